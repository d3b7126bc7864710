//! Floor 6. A story taken apart: the words of its sentences with what each tells, their clauses, and which repeat.
//!
//! Made from articles and sentences alone, so that a comparison loaded from disk can make it again. Linear in the text.

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use crate::article::Article;
use crate::clause::{Clause, Part, Word, clauses, is_function_word};
use crate::clean::Kind;
use crate::language::Language;
use crate::sentence::Sentence;
use crate::span::{SentenceId, Span, TermId};
use crate::token::{Vocabulary, is_invisible, one_apostrophe, words};

/// The sentences of a story, prepared for everything above.
#[derive(Debug, Clone, Default)]
pub struct Story {
    /// What its articles are written in.
    pub language: Language,
    /// Lower-cased words without possessive endings.
    pub vocabulary: Vocabulary,
    /// The words of each sentence.
    pub words: Vec<Vec<Word>>,
    /// The clauses of each sentence.
    pub clauses: Vec<Vec<Clause>>,
    /// For each sentence the first one with the same words, itself where there is none.
    pub first: Vec<SentenceId>,
    /// What each term tells: idf over sentences, 0 for function words.
    pub weights: Vec<f32>,
    /// For each term the number of articles that have it.
    pub n_articles: Vec<u32>,
    /// Words in a row that are one to who reads the page, in order.
    joined: Vec<Joined>,
}

/// "direc-\ntor", which other sentences write as one word; "J. R." beside "J.R.".
#[derive(Debug, Clone)]
struct Joined {
    sentence: SentenceId,
    words: std::ops::Range<usize>,
    form: String,
}

impl Story {
    /// Takes the sentences apart.
    pub fn new(articles: &[Article], sentences: &[Sentence], language: Language) -> Self {
        let text = |sentence: &Sentence| &*articles[sentence.article.index()].text;
        let tokens: Vec<Vec<(Span, String)>> = sentences
            .par_iter()
            .map(|sentence| {
                let inside = sentence.span.of(text(sentence));
                let place = |span: Span| (span.shifted(sentence.span.start), normal_form(span.of(inside), language));
                words(inside).into_iter().map(|word| place(word.span)).collect()
            })
            .collect();
        let mut story = Self { language, ..Self::default() };
        let rows: Vec<Vec<TermId>> = tokens
            .iter()
            .map(|tokens| tokens.iter().map(|(_, form)| story.vocabulary.intern(form)).collect())
            .collect();
        story.weigh(sentences, &rows);
        for (at, (sentence, tokens)) in sentences.iter().zip(&tokens).enumerate() {
            story.join(text(sentence), at.into(), tokens);
        }
        story.words = tokens
            .iter()
            .zip(&rows)
            .map(|(tokens, row)| {
                let words = tokens.iter().zip(row);
                words
                    .map(|((span, _), &term)| Word { span: *span, term, weight: story.weights[term.index()] })
                    .collect()
            })
            .collect();
        story.clauses = sentences
            .par_iter()
            .zip(&story.words)
            .map(|(sentence, words)| {
                let spans: Vec<_> = words.iter().map(|word| word.span).collect();
                match language.has_rules() {
                    true => clauses(text(sentence), sentence.span, &spans),
                    false => vec![whole(sentence, spans.len())],
                }
            })
            .collect();
        // Sums in two currencies are not the same words.
        let signs =
            |sentence: &Sentence| sentence.span.of(text(sentence)).chars().filter(|c| is_sign(*c)).collect::<String>();
        let mut first: FxHashMap<(&[TermId], String), SentenceId> = FxHashMap::default();
        for (at, (sentence, row)) in sentences.iter().zip(&rows).enumerate() {
            let comparable = sentence.kind != Kind::Boilerplate && !row.is_empty();
            story.first.push(if comparable {
                *first.entry((row, signs(sentence))).or_insert(at.into())
            } else {
                at.into()
            });
        }
        story
    }

    /// Counts in how many sentences and articles each term occurs; boilerplate and repetitions do not count.
    fn weigh(&mut self, sentences: &[Sentence], rows: &[Vec<TermId>]) {
        let mut n_sentences = vec![0u32; self.vocabulary.len()];
        self.n_articles = vec![0; self.vocabulary.len()];
        let mut seen_in = vec![None; self.vocabulary.len()];
        let mut n = 0;
        for (sentence, row) in sentences.iter().zip(rows).filter(|(sentence, _)| sentence.kind != Kind::Boilerplate) {
            n += 1;
            let mut terms = row.clone();
            terms.sort_unstable();
            terms.dedup();
            for term in terms {
                n_sentences[term.index()] += 1;
                if seen_in[term.index()] != Some(sentence.article) {
                    seen_in[term.index()] = Some(sentence.article);
                    self.n_articles[term.index()] += 1;
                }
            }
        }
        let idf = |df: u32| ((1.0 + n as f32) / (1.0 + df as f32)).ln() + 0.1;
        self.weights = (0..self.vocabulary.len())
            .map(|term| {
                let function = self.language.has_rules() && is_function_word(self.vocabulary.term(term.into()));
                if function { 0.0 } else { idf(n_sentences[term]) }
            })
            .collect();
    }

    /// Finds the words of a sentence that are one on the page.
    fn join(&mut self, text: &str, sentence: SentenceId, tokens: &[(Span, String)]) {
        let initial = |at: usize| {
            let word = tokens[at].0.of(text);
            word.starts_with(char::is_uppercase) && word.chars().nth(1).is_none()
        };
        let gap = |at: usize| &text[tokens[at].0.end..tokens[at + 1].0.start];
        let mut at = 0;
        while at + 1 < tokens.len() {
            let next = (at..tokens.len() - 1).find(|&at| !(initial(at) && initial(at + 1) && gap(at) == ". "));
            let initials = at..next.unwrap_or(tokens.len() - 1) + 1;
            let halves = || format!("{}{}", tokens[at].1, tokens[at + 1].1);
            if initials.len() > 1 {
                let form = tokens[initials.clone()].iter().map(|(_, form)| form.as_str()).collect();
                self.joined.push(Joined { sentence, words: initials.clone(), form });
                at = initials.end;
            } else if is_divided(gap(at)) && self.vocabulary.find(&halves()).is_some() {
                self.joined.push(Joined { sentence, words: at..at + 2, form: halves() });
                at += 2;
            } else {
                at += 1;
            }
        }
    }

    /// The words of each article in order, as a reader who compares letters sees them; boilerplate is a `None`.
    pub fn placed(&self, sentences: &[Sentence]) -> Vec<Vec<(Span, Option<TermId>)>> {
        self.place(sentences, &[])
    }

    /// The same, with what is one word on the page as one: not the words of [`words`](Self::words), then.
    pub fn placed_as_read(&self, sentences: &[Sentence]) -> Vec<Vec<(Span, Option<TermId>)>> {
        self.place(sentences, &self.joined)
    }

    fn place(&self, sentences: &[Sentence], mut joined: &[Joined]) -> Vec<Vec<(Span, Option<TermId>)>> {
        let mut letters = Vocabulary::default();
        let terms = (0..self.vocabulary.len()).map(|term| self.vocabulary.term(term.into()));
        let seen: Vec<TermId> = terms.map(|term| letters.intern(&as_letters(term))).collect();
        let n_articles = sentences.last().map_or(0, |sentence| sentence.article.index() + 1);
        let mut placed = vec![Vec::new(); n_articles];
        for (at, (sentence, words)) in sentences.iter().zip(&self.words).enumerate() {
            let article: &mut Vec<_> = &mut placed[sentence.article.index()];
            let (here, rest) = joined.split_at(joined.partition_point(|run| run.sentence.index() <= at));
            joined = rest;
            if sentence.kind == Kind::Boilerplate {
                article.push((sentence.span, None));
                continue;
            }
            let mut from = 0;
            for run in here {
                let [first, last] = [run.words.start, run.words.end - 1].map(|at| words[at].span);
                let before = words[from..run.words.start].iter();
                article.extend(before.map(|word| (word.span, Some(seen[word.term.index()]))));
                article.push((Span::new(first.start, last.end), Some(letters.intern(&as_letters(&run.form)))));
                from = run.words.end;
            }
            article.extend(words[from..].iter().map(|word| (word.span, Some(seen[word.term.index()]))));
        }
        placed
    }

    /// The words of `sentence` that lie inside `span`.
    pub fn words_in(&self, sentence: SentenceId, span: Span) -> &[Word] {
        let words = &self.words[sentence.index()];
        let start = words.partition_point(|word| word.span.start < span.start);
        let end = words.partition_point(|word| word.span.end <= span.end);
        &words[start..end.max(start)]
    }
}

/// A sentence as its one clause, where no rule knows its verbs.
fn whole(sentence: &Sentence, n_words: usize) -> Clause {
    let part = Part { words: 0..n_words, span: sentence.span };
    Clause { pieces: vec![part.clone()], part, stands: true, asserts: true, retracts: false }
}

/// Signs that are no part of a word and yet tell two figures apart.
fn is_sign(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₹' | '%' | '°')
}

/// "u.s" as "us", "ph.d" as "phd": letters between full stops are written without them too; and "straße" as "strasse", as
/// capitals write it.
fn as_letters(term: &str) -> Cow<'_, str> {
    let short = |part: &str| part.chars().all(char::is_alphabetic) && matches!(part.chars().count(), 1 | 2);
    let acronym = term.contains('.') && term.split('.').all(short);
    if acronym {
        term.replace('.', "").into()
    } else if term.contains(['ß', 'œ', 'æ']) {
        term.replace('ß', "ss").replace('œ', "oe").replace('æ', "ae").into()
    } else {
        term.into()
    }
}

/// Whether what stands between two words divides one word at the end of a line.
fn is_divided(gap: &str) -> bool {
    let rest = gap.strip_prefix(['-', '‐']).unwrap_or_default();
    rest.contains(['\n', '\r', '\u{2028}']) && rest.chars().all(char::is_whitespace)
}

/// Lower case, one apostrophe, no possessive ending; ligatures and accents in one way, nothing that does not print.
fn normal_form(word: &str, language: Language) -> String {
    let form = match word.is_ascii() {
        true => word.to_lowercase().replace('`', "'"),
        // An acute accent by itself is a blank with a mark to Unicode.
        false => {
            let letters = word.chars().map(one_apostrophe).nfkc();
            letters.filter(|c| !is_invisible(*c)).map(one_apostrophe).collect::<String>().to_lowercase()
        }
    };
    match form.strip_suffix("'s") {
        Some(stem) if !stem.is_empty() && language.has_rules() => stem.to_owned(),
        _ => form,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_form_however_it_is_written() {
        for (word, form) in [
            ("Pier", "pier"),
            ("Ann’s", "ann"),
            ("nor\u{AD}thern", "northern"),
            ("nor\u{200B}thern", "northern"),
            ("nor\u{200C}th\u{200D}er\u{200E}n", "northern"),
            ("don´t", "don't"),
            ("don`t", "don't"),
            ("Annʼs", "ann"),
            ("of\u{FB01}ce", "office"),
            ("cafe\u{301}", "caf\u{E9}"),
            ("\u{FF11}\u{FF12}", "12"),
        ] {
            assert_eq!(normal_form(word, Language::English), form, "{word:?}");
        }
    }

    #[test]
    fn letters_between_stops_are_written_without_them_too() {
        let cases = [
            ("u.s", "us"),
            ("u.s.a", "usa"),
            ("us", "us"),
            ("ph.d", "phd"),
            ("example.com", "example.com"),
            ("3.5", "3.5"),
            ("größe", "grösse"),
        ];
        for (term, seen) in cases {
            assert_eq!(as_letters(term), seen);
        }
    }

    #[test]
    fn what_a_page_writes_as_two_words_is_placed_as_one() {
        let lines = [
            "The keep-\ner, J. R. Holt, came.",
            "The keeper, J.R. Holt, came.",
            "A well-\nknown lock",
            "A well-known lock",
        ];
        let articles: Vec<Article> =
            lines.iter().enumerate().map(|(at, text)| Article::new(at.to_string(), *text)).collect();
        let whole = |(at, article): (usize, &Article)| {
            let span = Span::new(0, article.text.len());
            Sentence { article: at.into(), index: 0, span, kind: Kind::Body }
        };
        let sentences: Vec<Sentence> = articles.iter().enumerate().map(whole).collect();
        let story = Story::new(&articles, &sentences, Language::English);
        let placed = story.placed_as_read(&sentences);
        let terms = |at: usize| placed[at].iter().map(|word| word.1).collect::<Vec<_>>();
        assert_eq!(terms(0), terms(1));
        assert_eq!(terms(2), terms(3));
        let said: Vec<&str> = placed[0].iter().map(|word| word.0.of(&articles[0].text)).collect();
        assert_eq!(said, ["The", "keep-\ner", "J. R", "Holt", "came"]);
        assert_eq!(story.placed(&sentences)[0].len(), story.words[0].len());
    }
}
