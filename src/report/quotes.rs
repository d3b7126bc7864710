//! Who is quoted, with what words, and which other articles have the quotation.
//!
//! A quotation runs from an opening to a closing mark within one paragraph; `speaker` tells who said it. Two cuts of one
//! quotation are one; the same words of another speaker are not.

use super::speaker::speaker;
use crate::article::Article;
use crate::clean::Kind;
use crate::language::Language;
use crate::sentence::Sentence;
use crate::span::{ArticleId, SentenceId, Span};
use crate::statement::longest_common_run;
use crate::token::words;

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
    let mut quotes = Vec::new();
    let marks: Vec<Marks> = articles.iter().map(|article| Marks::of(&article.text)).collect();
    for (at, sentence) in sentences.iter().enumerate().filter(|(_, sentence)| sentence.kind != Kind::Boilerplate) {
        let text = &articles[sentence.article.index()].text;
        for (span, end) in marked(text, sentence.span, marks[sentence.article.index()]) {
            let n_words = words(span.of(text)).len();
            // “We are heartbroken,” he said: what ends as a sentence does was said.
            let ends = span.of(text).ends_with([',', '.', '!', '?']);
            if n_words >= MIN_WORDS || ends && n_words + 1 == MIN_WORDS {
                // No other language's verbs of saying are known.
                let speaker = language.has_rules().then(|| speaker(text, sentence.span, span, end)).flatten();
                quotes.push(Quote {
                    article: sentence.article,
                    sentence: at.into(),
                    span,
                    speaker,
                    others: Vec::new(),
                });
            }
        }
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

/// Which marks an article's quotations begin with: what closes them in one language opens them in another.
#[derive(Debug, Clone, Copy)]
struct Marks {
    /// „so“, and not “so”
    low: bool,
    /// »so«, and not «so»
    inward: bool,
}

impl Marks {
    fn of(text: &str) -> Self {
        Self {
            low: text.contains('„'), inward: text.find(['«', '»']).is_some_and(|at| text[at..].starts_with('»'))
        }
    }

    fn open(self, c: char) -> bool {
        match c {
            '"' | '„' => true,
            '“' => !self.low,
            '«' => !self.inward,
            '»' => self.inward,
            _ => false,
        }
    }
}

/// The quotations that begin in a sentence: what stands between the marks, and where the closing mark ends.
fn marked(text: &str, sentence: Span, marks: Marks) -> Vec<(Span, usize)> {
    let mut paragraph = None;
    let mut found = Vec::new();
    let mut at = sentence.start;
    while let Some((open, mark)) = text[at..sentence.end].char_indices().find(|&(_, c)| marks.open(c)) {
        let start = at + open + mark.len_utf8();
        let closing = match mark {
            '“' => '”',
            '„' if text[start..].find(['”', '“']).is_some_and(|at| text[start + at..].starts_with('”')) => '”',
            '„' => '“',
            '«' => '»',
            '»' => '«',
            _ => '"',
        };
        // A quotation may go on for some sentences of its paragraph.
        let end_of_paragraph = || text[sentence.end..].find("\n\n").map_or(text.len(), |end| sentence.end + end);
        let rest = &text[start..start.max(*paragraph.get_or_insert_with(end_of_paragraph))];
        let Some(close) = closes(rest, mark, closing).or_else(|| rest.find(closing)) else { break };
        let end = start + close + closing.len_utf8();
        let span = Span::new(start, start + close).trimmed(text);
        if !span.is_empty() {
            found.push((span, end));
        }
        if end >= sentence.end {
            break;
        }
        at = end;
    }
    found
}

/// Where a quotation ends that may hold others.
fn closes(rest: &str, opening: char, closing: char) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in rest.char_indices() {
        if c == closing {
            depth -= 1;
        } else if c == opening {
            depth += 1;
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

fn forms(span: Span, article: ArticleId, articles: &[Article]) -> Vec<String> {
    let text = span.of(&articles[article.index()].text);
    words(text).iter().map(|word| word.span.of(text).to_lowercase().replace('’', "'")).collect()
}

fn capitals(span: Span, article: ArticleId, articles: &[Article]) -> Vec<String> {
    let text = span.of(&articles[article.index()].text);
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    words(text).iter().map(|word| word.span.of(text)).filter(capital).map(str::to_lowercase).collect()
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
            ("“Families are owed the truth,” said Bram Oduya.", 0),
            ("“Families are owed the moon,” said Ina Holt.", 0),
        ] {
            assert_eq!(others(&[whole, other])[0], n, "{other}");
        }
    }
}
