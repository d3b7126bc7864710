//! Who is quoted, with what words, and which other articles have the quotation.
//!
//! `marks` finds them; one that goes on over paragraphs is a quotation in each, all of one speaker; `speaker` tells who said it.
//! Two cuts of one quotation are one; the same words of another speaker are not.

use super::marks::{Marked, marked};
use super::speaker::speaker;
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
    /// Who said it, where the sentence says so.
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
    // The last quotation that somebody is known to have said, and who.
    let mut before: Option<(&Marked, Span)> = None;
    for run in marked.chunk_by(|a, _| a.goes_on) {
        // No other language's verbs of saying are known.
        let speaker = language.has_rules().then(|| speaker_of(text, sentences, &marked, run)).flatten();
        let speaker = speaker.or_else(|| {
            let goes_on = |&(said, speaker): &(&Marked, Span)| goes_on_behind(text, (said, speaker), &run[0]);
            before.filter(goes_on).map(|(_, speaker)| speaker)
        });
        before = speaker.map(|speaker| (&run[run.len() - 1], speaker));
        for quote in run {
            let at = sentences.partition_point(|sentence| sentence.span.end <= quote.span.start);
            if at >= sentences.len() || !said(&at) || is_title(text, sentences[at].span, quote) {
                continue;
            }
            let n_words = words(quote.span.of(text)).len();
            // “We are heartbroken,” he said: what ends as a sentence does was said; so was “We are heartbroken”, said Ina Holt.
            let opens = text[sentences[at].span.start..quote.span.start].chars().all(|c| !c.is_alphanumeric());
            let told =
                || opens && text[quote.end..].starts_with(',') && speaker.is_some_and(|name| name.start > quote.end);
            let ends = quote.span.of(text).ends_with([',', '.', '!', '?']) || told();
            if n_words >= MIN_WORDS || ends && n_words + 1 == MIN_WORDS {
                let (article, sentence) = (sentences[at].article, (first + at).into());
                quotes.push(Quote { article, sentence, span: quote.span, speaker, others: Vec::new() });
            }
        }
    }
    quotes
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
fn goes_on_behind(text: &str, (said, speaker): (&Marked, Span), quote: &Marked) -> bool {
    /// "said Ina Holt, who runs the port with her two brothers."
    const MOST_BETWEEN: usize = 16;
    if said.paragraph != quote.paragraph || said.goes_on || quote.span.start < said.end {
        return false;
    }
    let gap = Span::new(said.end, quote.span.start);
    let between = gap.of(text).trim_matches(|c: char| !c.is_alphanumeric());
    let told = between.is_empty() || gap.contains(speaker) && !between.contains([':', ';', '?', '!']);
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

    #[test]
    fn one_that_goes_on_over_paragraphs_has_one_speaker() {
        for (text, speakers) in [
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
            ("“It was loud as thunder,” said Ina Holt. “We all ran home,” he added.", [Some("Ina Holt"), None]),
            ("“It was loud as thunder,” said Ina Holt. Soto wept. “We all ran home.”", [Some("Ina Holt"), None]),
            ("“It was loud as thunder,” said Ina Holt.\n\n“We all ran home from it.”", [Some("Ina Holt"), None]),
        ] {
            let articles = [Article::new("a", text)];
            let spans = split_sentences(text, "en").unwrap().into_iter().zip(0..);
            let sentences: Vec<Sentence> =
                spans.map(|(span, index)| Sentence { article: 0.into(), index, span, kind: Kind::Body }).collect();
            let found = quotes(&articles, &sentences, Language::English);
            let found: Vec<_> = found.iter().map(|quote| quote.speaker.map(|speaker| speaker.of(text))).collect();
            assert_eq!(found, speakers, "{text}");
        }
    }
}
