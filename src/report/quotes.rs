//! Who is quoted, with what words, and which other articles have the quotation.
//!
//! `marks` finds them; one that goes on over paragraphs is a quotation in each, all of one speaker; `speaker` tells who said it.
//! Two cuts of one quotation are one; the same words of another speaker are not.

use super::marks::{Marked, marked};
use super::speaker::{named_before, speaker, speaker_before};
use crate::article::Article;
use crate::clause::is_function_word;
use crate::clean::{Kind, paragraphs};
use crate::language::Language;
use crate::sentence::Sentence;
use crate::span::{ArticleId, SentenceId, Span};
use crate::statement::longest_common_run;
use crate::token::{one_apostrophe, without_accents, words};

/// Words in quotation marks with who said them.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// The article.
    pub article: ArticleId,
    /// The sentence in which it begins.
    pub sentence: SentenceId,
    /// The words between the marks.
    pub span: Span,
    /// Who said it, where the sentence says so, or the one before it of "she".
    pub speaker: Option<Span>,
    /// The other articles that have it, in order.
    pub others: Vec<ArticleId>,
}

/// Fewer words in marks are a title or irony.
const MIN_WORDS: usize = 4;
/// Two cuts of one quotation have so many words in a row in common, or this share of the shorter one.
const MIN_RUN: usize = 5;
const MIN_SHARE: f32 = 0.6;

/// The quotations of all articles in reading order.
pub fn quotes(articles: &[Article], sentences: &[Sentence], language: Language) -> Vec<Quote> {
    let (mut quotes, mut first) = (Vec::new(), 0);
    for own in sentences.chunk_by(|a, b| a.article == b.article) {
        quotes.extend(of_article(&articles[own[0].article.index()].text, own, first, language));
        first += own.len();
    }
    let said: Vec<Vec<String>> = quotes.iter().map(|quote| forms(quote.span, quote.article, articles)).collect();
    let names: Vec<Vec<String>> = quotes
        .iter()
        .map(|quote| quote.speaker.map_or(Vec::new(), |speaker| capitals(speaker, quote.article, articles)))
        .collect();
    for a in 0..quotes.len() {
        for b in 0..quotes.len() {
            let other = quotes[b].article;
            if quotes[a].article == other || quotes[a].others.contains(&other) {
                continue;
            }
            let named = !names[a].is_empty() && !names[b].is_empty();
            let apart = named && !names[a].iter().any(|name| names[b].contains(name));
            if !apart && are_one(&said[a], &said[b]) {
                quotes[a].others.push(other);
            }
        }
        quotes[a].others.sort_unstable();
    }
    quotes
}

/// The quotations of one article, of which the sentences are numbered from `first` on.
fn of_article(text: &str, sentences: &[Sentence], first: usize, language: Language) -> Vec<Quote> {
    let said = |at: &usize| sentences[*at].kind != Kind::Boilerplate;
    let holds = |paragraph: &Span| {
        let at = sentences.partition_point(|sentence| sentence.span.end <= paragraph.start);
        (at..sentences.len()).take_while(|&at| sentences[at].span.start < paragraph.end).any(|at| said(&at))
    };
    let paragraphs: Vec<Span> = paragraphs(text).into_iter().filter(holds).collect();
    let marked = marked(text, &paragraphs);
    let mut quotes: Vec<Quote> = Vec::new();
    let mut before: Option<Said> = None;
    for run in marked.chunk_by(|a, _| a.goes_on) {
        // No other language's verbs of saying are known.
        let said_by = language.has_rules().then(|| said_by(text, sentences, &marked, run, before)).flatten();
        let said_by = said_by.or_else(|| before.filter(|before| goes_on_behind(text, *before, &run[0])));
        before = said_by.map(|said| Said { quote: &run[run.len() - 1], ..said });
        let speaker = said_by.map(|said| said.speaker);
        for quote in run {
            let at = sentences.partition_point(|sentence| sentence.span.end <= quote.span.start);
            if at >= sentences.len() || !said(&at) || is_title(text, sentences[at].span, quote) {
                continue;
            }
            let n_words = words(quote.span.of(text)).len();
            // “We are heartbroken,” he said: what ends as a sentence does was said; so was “We are heartbroken”, said Ina Holt.
            let opens = text[sentences[at].span.start..quote.span.start].chars().all(|c| !c.is_alphanumeric());
            let told = || {
                opens && text[quote.end..].starts_with(',') && said_by.is_some_and(|said| said.told.start > quote.end)
            };
            let ends = quote.span.of(text).ends_with([',', '.', '!', '?']) || told();
            if n_words >= MIN_WORDS || ends && n_words + 1 == MIN_WORDS {
                let (article, sentence) = (sentences[at].article, (first + at).into());
                quotes.push(Quote { article, sentence, span: quote.span, speaker, others: Vec::new() });
            }
        }
    }
    quotes
}

/// A quotation that somebody is known to have said.
#[derive(Clone, Copy)]
struct Said<'a> {
    quote: &'a Marked,
    /// What says so beside it: a name, a description, a pronoun.
    told: Span,
    /// Who is meant by that.
    speaker: Span,
}

/// Who says a quotation, where words beside it tell: by name, as described, or by a pronoun for who speaks just before.
fn said_by<'a>(
    text: &str,
    sentences: &[Sentence],
    marked: &[Marked],
    run: &'a [Marked],
    before: Option<Said>,
) -> Option<Said<'a>> {
    let quote = &run[run.len() - 1];
    let pair = last_sentence(sentences, &run[0]);
    if let Some(told) = speaker_of(text, sentences, marked, run) {
        let named = pair.and_then(|[last, _]| named_before(text, last, told));
        return Some(Said { quote, told, speaker: named.unwrap_or(told) });
    }
    let pair = pair?;
    let near = before.filter(|said| said.quote.end > pair[0].start).map(|said| said.speaker);
    // Of whom else that sentence quotes it is not known who it is.
    let quoted = marked.iter().any(|one| one.span.overlaps(pair[0]) && one.end <= run[0].span.start);
    if near.is_none() && quoted {
        return None;
    }
    let (speaker, told) = speaker_before(text, pair, quote, marked, near)?;
    Some(Said { quote, told, speaker })
}

/// The sentence in which a quotation begins, and the one before it.
fn last_sentence(sentences: &[Sentence], quote: &Marked) -> Option<[Span; 2]> {
    let at = sentences.partition_point(|sentence| sentence.span.end <= quote.span.start);
    let last = sentences.get(at.checked_sub(1)?).filter(|last| last.kind == Kind::Body)?;
    Some([last.span, sentences.get(at)?.span])
}

/// Whether the words in marks are the title of a work: each that tells something has a capital, in a sentence where others have
/// none, and no mark of a sentence ends them. A headline may have capitals throughout.
fn is_title(text: &str, sentence: Span, quote: &Marked) -> bool {
    let tells = |span: Span| {
        let words = words(span.of(text)).into_iter().map(move |word| word.span.shifted(span.start).of(text));
        words.filter(|word| word.starts_with(char::is_alphabetic) && !is_function_word(&word.to_lowercase()))
    };
    let small = |word: &str| word.starts_with(char::is_lowercase);
    let closed = quote.span.of(text).ends_with([',', '.', '!', '?', '…']) || quote.goes_on;
    let around = [(sentence.start, quote.span.start), (quote.end, sentence.end)];
    let others =
        around.iter().filter(|(start, end)| start < end).flat_map(|&(start, end)| tells(Span::new(start, end)));
    !closed
        && tells(quote.span).count() > 1
        && !tells(quote.span).any(small)
        && others.filter(|word| small(word)).count() > 0
}

/// Who says a quotation that may go on over paragraphs: whom its first or its last sentence names, where no other is named.
fn speaker_of(text: &str, sentences: &[Sentence], marked: &[Marked], run: &[Marked]) -> Option<Span> {
    let named = |quote: &Marked| {
        let at = sentences.partition_point(|sentence| sentence.span.end <= quote.span.start);
        speaker(text, sentences.get(at)?.span, quote, marked)
    };
    let (first, last) = (named(&run[0]), named(&run[run.len() - 1]));
    let other = first.zip(last).is_some_and(|(first, last)| first.of(text) != last.of(text));
    first.or(last).filter(|_| !other)
}

/// Whether a quotation goes on in the paragraph of one that somebody is known to have said, with nothing between the two but
/// who said it, and nothing behind it in its sentence: "“It was loud,” said Ina Holt. “We ran.”".
fn goes_on_behind(text: &str, before: Said, quote: &Marked) -> bool {
    /// "said Ina Holt, who runs the port with her two brothers."
    const MOST_BETWEEN: usize = 16;
    let said = before.quote;
    if said.paragraph != quote.paragraph || said.goes_on || quote.span.start < said.end {
        return false;
    }
    let gap = Span::new(said.end, quote.span.start);
    let between = gap.of(text).trim_matches(|c: char| !c.is_alphanumeric());
    let told = between.is_empty() || gap.contains(before.told) && !between.contains([':', ';', '?', '!']);
    let one_sentence = between.match_indices(". ").all(|(at, _)| {
        // "Dr. Holt", "J. Holt"
        let word = between[..at].rsplit(' ').next().unwrap_or("");
        word.chars().count() <= 3 && word.starts_with(char::is_uppercase)
    });
    let rest = &text[quote.end..quote.paragraph];
    let next = rest.trim_start().chars().next();
    let closed = quote.span.of(text).trim_end_matches(['\'', '’', '”', '"']).ends_with(['.', '!', '?']);
    let ends = next.is_none_or(|next| !next.is_lowercase() && !matches!(next, ',' | '—' | '–'));
    told && one_sentence && closed && ends && words(between).len() <= MOST_BETWEEN
}

fn forms(span: Span, article: ArticleId, articles: &[Article]) -> Vec<String> {
    let text = span.of(&articles[article.index()].text);
    // "I'm waiting" here, "I waiting" there
    let form = |word: &str| word.split(|c| one_apostrophe(c) == '\'').next().unwrap_or_default().to_lowercase();
    words(text).iter().map(|word| form(word.span.of(text))).collect()
}

fn capitals(span: Span, article: ArticleId, articles: &[Article]) -> Vec<String> {
    let text = span.of(&articles[article.index()].text);
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    words(text)
        .iter()
        .map(|word| word.span.of(text))
        .filter(capital)
        .map(|word| without_accents(&word.to_lowercase()))
        .collect()
}

/// Whether two quotations are cuts of one.
fn are_one(a: &[String], b: &[String]) -> bool {
    let longest = longest_common_run(a, b);
    let shorter = a.len().min(b.len());
    longest >= MIN_RUN.min(shorter) && longest as f32 >= MIN_SHARE * shorter as f32 || longest >= 2 * MIN_RUN
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::of_one_sentence;
    use crate::sentence::split_sentences;

    /// For each quotation the number of other articles that have it.
    fn others(texts: &[&str]) -> Vec<usize> {
        let (articles, sentences) = of_one_sentence(texts);
        quotes(&articles, &sentences, Language::English).iter().map(|quote| quote.others.len()).collect()
    }

    #[test]
    fn two_cuts_are_one_quotation_unless_others_say_it() {
        let whole = "“Families are owed the truth, and they will get it,” said Ina Holt.";
        for (other, n) in [
            ("“Families are owed the truth,” Holt said.", 1),
            ("“Families are owed the truth,” he said.", 1),
            ("“Families are owed the truth,” said Ína Hölt.", 1),
            ("“Families are owed the truth,” said Bram Oduya.", 0),
            ("“Families are owed the moon,” said Ina Holt.", 0),
            ("“Family’s owed the truth,” said Ina Holt.", 0),
            ("“Families’re owed the truth,” said Ina Holt.", 0),
        ] {
            assert_eq!(others(&[whole, other])[0], n, "{other}");
        }
    }

    #[test]
    fn a_title_is_no_quotation_and_three_words_with_a_speaker_are_one() {
        for (text, n) in [
            ("The play “The Long Night of the Lock” opens in May.", 0),
            ("Her book, 'The Long Night of the Lock', is out, said Ina Holt.", 0),
            ("Her book is “The Long Night of the Lock,” said Ina Holt.", 1),
            ("The play “The long night of the lock” opens in May.", 1),
            ("Keeper: “We Lost the Lock in May”", 1),
            ("“It is over”, said Ina Holt.", 1),
            ("«It is over», said Ina Holt.", 1),
            ("“It is over”, a song, was sung.", 0),
            ("A sign of “the last days”, said Ina Holt.", 0),
        ] {
            let (articles, sentences) = of_one_sentence(&[text]);
            assert_eq!(quotes(&articles, &sentences, Language::English).len(), n, "{text}");
        }
    }

    /// The quotations of a text with who says each.
    fn speakers(text: &str) -> Vec<Option<String>> {
        let articles = [Article::new("a", text)];
        let spans = split_sentences(text, "en").unwrap().into_iter().zip(0..);
        let sentences: Vec<Sentence> =
            spans.map(|(span, index)| Sentence { article: 0.into(), index, span, kind: Kind::Body }).collect();
        let found = quotes(&articles, &sentences, Language::English);
        found.iter().map(|quote| quote.speaker.map(|speaker| speaker.of(text).to_owned())).collect()
    }

    #[test]
    fn a_pronoun_is_who_speaks_by_name_just_before() {
        for (text, speaker) in [
            ("Ina Holt said the lock was old. “We all ran home from it,” she said.", Some("Ina Holt")),
            ("Ina Holt said the lock was old.\n\nShe added: “We all ran home from it.”", Some("Ina Holt")),
            ("The lock was old, Ina Holt said. “We all ran home from it,” said she.", Some("Ina Holt")),
            ("Ina Holt said the lock was old. “We all ran home from it,” it said.", None),
            ("Ina Holt said Maud Ferris fell. “We all ran home from it,” she said.", None),
            ("Ina Holt left the lock. “We all ran home from it,” she said.", None),
            ("The council said the lock was old. “We all ran home from it,” she said.", None),
            ("Ina Holt said the lock was old. “We all ran home from it,” a man said.", Some("a man")),
            ("Danilo Soto, 41, saw it. “We all ran home from it,” said the dad-of-two.", Some("Danilo Soto")),
            ("Danilo Soto saw it. “We all ran home from it,” the 41-year-old said.", Some("Danilo Soto")),
            ("Danilo Soto saw it. “We all ran home from it,” said the man.", Some("the man")),
            ("The lock fell. “We all ran home from it,” said the dad-of-two.", Some("the dad-of-two")),
            (
                "“We all ran home from it,” the council’s minutes of their last long meeting said.",
                Some("the council’s minutes"),
            ),
        ] {
            assert_eq!(speakers(text), [speaker.map(str::to_owned)], "{text}");
        }
    }

    #[test]
    fn one_that_goes_on_over_paragraphs_has_one_speaker() {
        for (text, expected) in [
            ("Ina Holt said: “It was loud as thunder.\n\n“We all ran home from it.”", [Some("Ina Holt"); 2]),
            ("“It was loud as thunder.\n\n“We all ran home from it,” said Ina Holt.", [Some("Ina Holt"); 2]),
            ("‘It was loud as thunder.\n\n‘We all ran home from it,’ said Ina Holt.", [Some("Ina Holt"); 2]),
            ("“It was loud as thunder.\n\n“We all ran home from it.”", [None; 2]),
            ("Soto said: “It was loud as thunder.\n\n“We all ran home,” said Ina Holt.", [None; 2]),
            ("“It was loud as thunder.”\n\n“We all ran home from it,” said Ina Holt.", [None, Some("Ina Holt")]),
            ("“It was loud as thunder,” said Ina Holt. “We all ran home from it.”", [Some("Ina Holt"); 2]),
            ("“It was loud as thunder,” said Dr. Ina Holt, a vet. “We all ran home.”", [Some("Ina Holt"); 2]),
            ("Ina Holt said: “It was loud as thunder.” “We all ran home from it.”", [Some("Ina Holt"); 2]),
            ("“It was loud as thunder,” said Ina Holt. “She cried: ‘We all run.’”", [Some("Ina Holt"); 2]),
            ("“It was loud as thunder,” said Ina Holt. “We all ran home,” she added.", [Some("Ina Holt"); 2]),
            ("Ina Holt left, she said. “It was loud as thunder,” she added. “We all ran home.”", [None; 2]),
            ("Ina Holt said so. “It was loud as thunder,” she added. “We all ran home.”", [Some("Ina Holt"); 2]),
            ("Ina Holt saw it. “It was loud as thunder,” said the mum-of-two. “We all ran.”", [Some("Ina Holt"); 2]),
            ("“It was loud as thunder,” said Ms Holt. “We all ran home,” he added.", [Some("Ms Holt"), None]),
            ("“It was loud as thunder,” said Holt to her son. “We all ran home,” he added.", [Some("Holt"), None]),
            ("“It was loud as thunder,” said Ina Holt. “We all ran home,” they added.", [Some("Ina Holt"), None]),
            ("“It was loud as thunder,” said the company. “We all ran home,” he added.", [Some("the company"), None]),
            (
                "“It was loud as thunder,” said Ina Holt. It rained. “We all ran home,” she added.",
                [Some("Ina Holt"), None],
            ),
            ("“It was loud as thunder,” said Ina Holt. Soto wept. “We all ran home.”", [Some("Ina Holt"), None]),
            ("“It was loud as thunder,” said Ina Holt.\n\n“We all ran home from it.”", [Some("Ina Holt"), None]),
        ] {
            assert_eq!(speakers(text), expected.map(|one| one.map(str::to_owned)), "{text}");
        }
    }
}
