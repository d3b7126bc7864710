//! Who is quoted, with what words, and which other articles have the quotation.
//!
//! A quotation runs from an opening to a closing mark within one paragraph. Its speaker is who the sentence says said it,
//! by name or in the sentence's own words; a pronoun names nobody. Two cuts of one quotation are one; the same words of
//! another speaker are not.

use crate::article::Article;
use crate::clause::{is_function_word, is_saying};
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

/// How a description begins.
const ARTICLES: &[&str] = &["the", "a", "an", "his", "her", "its", "their"];
const PRONOUNS: &[&str] = &["he", "i", "it", "she", "they", "we", "who", "you", "that", "this", "which"];
/// Words that no speaker's description goes beyond.
const STOPS: &[&str] = &["and", "but", "as", "when", "while", "after", "in", "on", "at", "to", "during", "that"];
/// What follows these tells more about the speaker.
const RELATIVE: &[&str] = &["who", "whose", "whom", "which"];
/// What stands between a description and a name that is somebody else's: "the father of Ina Holt".
const OF: &[&str] = &["of", "for", "from", "with", "by"];

/// Who a sentence says said what it quotes: what stands next to a verb of saying outside the marks.
fn speaker(text: &str, sentence: Span, quote: Span, end: usize) -> Option<Span> {
    let paragraph = text[end..].find("\n\n").map_or(text.len(), |at| end + at);
    let mut after = Span::new(end, paragraph.min(end + 160).max(end));
    after.end = text.floor_char_boundary(after.end);
    if end < sentence.end {
        after.end = after.end.min(sentence.end).max(end);
    } else if let Some(stop) = after.of(text).find(['.', '“', '"']) {
        after.end = end + stop;
    }
    let before = Span::new(sentence.start, quote.start.max(sentence.start));
    [after, before].into_iter().find_map(|outside| beside_verb(text, outside))
}

/// The name or the description beside the verb of saying in a stretch of text.
fn beside_verb(text: &str, outside: Span) -> Option<Span> {
    let tokens: Vec<Span> = words(outside.of(text)).iter().map(|word| word.span.shifted(outside.start)).collect();
    let lower = |at: usize| tokens[at].of(text).to_lowercase();
    let verb = (0..tokens.len()).find(|&at| is_saying(&lower(at)))?;
    let gap = |at: usize| &text[tokens[at].end..tokens[at + 1].start];
    let plain = |at: usize| matches!(gap(at), " " | "-" | ". " | "’" | "'");
    // "said its chief executive, Petra Lindqvist": a name after the description is better than the description.
    let mut following = Vec::new();
    for at in verb + 1..tokens.len() {
        if STOPS.contains(&&*lower(at))
            || RELATIVE.contains(&&*lower(at))
            || is_saying(&lower(at))
            || gap(at - 1).contains(['.', ';', '(']) && !plain(at - 1)
        {
            break;
        }
        following.push(at);
    }
    let mut preceding = Vec::new();
    for at in (0..verb).rev() {
        let crosses = gap(at).contains(['“', '”', '"', ';', ':']);
        // "Ina Holt, an analyst at Quay Bank, said": where somebody works does not speak.
        let place = matches!(&*lower(at), "at" | "in" | "on")
            && preceding.first() == Some(&(at + 1))
            && preceding.windows(2).all(|pair: &[usize]| plain(pair[0]))
            && preceding.iter().all(|&at| tokens[at].of(text).starts_with(char::is_uppercase));
        if place && !crosses {
            preceding.clear();
            continue;
        }
        if crosses || STOPS.contains(&&*lower(at)) && !preceding.is_empty() {
            break;
        }
        preceding.insert(0, at);
    }
    if preceding.last().is_some_and(|&last| PRONOUNS.contains(&&*lower(last))) {
        return None;
    }
    let told = matches!(&*lower(verb), "told");
    for side in [&preceding, &following] {
        if told && std::ptr::eq(side, &following) {
            continue;
        }
        if side.first().is_some_and(|&first| PRONOUNS.contains(&&*lower(first))) {
            return None;
        }
        // "the father of Ina Holt" is not Ina Holt.
        let other = side.first().is_some_and(|&first| ARTICLES.contains(&&*lower(first)))
            && side.iter().any(|&at| OF.contains(&&*lower(at)));
        let name = name(text, &tokens, side, std::ptr::eq(side, &preceding), &plain);
        if let Some(name) = name.filter(|_| !other) {
            return Some(name);
        }
        let run: Vec<usize> = side.iter().copied().take(6).collect();
        let described = run.first().is_some_and(|&first| ARTICLES.contains(&&*lower(first)));
        if described {
            let mut last = run[0];
            while run.contains(&(last + 1)) && plain(last) {
                last += 1;
            }
            if last > run[0] {
                return Some(Span::new(tokens[run[0]].start, tokens[last].end));
            }
        }
    }
    None
}

/// The run of capitalised words nearest to the verb among some tokens before or behind it.
fn name(text: &str, tokens: &[Span], among: &[usize], before: bool, plain: &dyn Fn(usize) -> bool) -> Option<Span> {
    let said = |at: usize| tokens[at].of(text);
    let capital = |at: usize| said(at).starts_with(char::is_uppercase) && !is_function_word(&said(at).to_lowercase());
    let mut found: Option<Span> = None;
    let mut at = 0;
    while at < among.len() {
        let first = among[at];
        if !capital(first) {
            at += 1;
            continue;
        }
        let mut last = first;
        let goes_on = |last: usize| {
            among.contains(&(last + 1))
                && plain(last)
                && (capital(last + 1) || text[tokens[last].end..].starts_with('-'))
        };
        while goes_on(last) {
            last += 1;
        }
        // "Holt's mother, Maud Ferris", and what is meant for it: "Holt mother, Maud Ferris"
        let relative = among.contains(&(last + 2))
            && plain(last)
            && said(last + 1).starts_with(char::is_lowercase)
            && text[tokens[last + 1].end..tokens[last + 2].start] == *", "
            && capital(last + 2);
        let owner = said(last).ends_with("'s") || said(last).ends_with("’s") || relative;
        if !owner || found.is_none() && last == among[among.len() - 1] {
            found = Some(Span::new(tokens[first].start, tokens[last].end));
            if !before {
                break;
            }
        }
        at += last + 1 - first;
    }
    found
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

    fn all(texts: &[&str]) -> Vec<(String, Option<String>, usize)> {
        let articles: Vec<_> = texts.iter().zip('a'..).map(|(&text, id)| Article::new(id, text)).collect();
        let sentences: Vec<_> = (0..texts.len())
            .map(|at| Sentence { article: at.into(), index: 0, span: Span::new(0, texts[at].len()), kind: Kind::Body })
            .collect();
        let of = |quote: &Quote| {
            let text = &articles[quote.article.index()].text;
            let speaker = quote.speaker.map(|speaker| speaker.of(text).to_owned());
            (quote.span.of(text).to_owned(), speaker, quote.others.len())
        };
        quotes(&articles, &sentences, Language::English).iter().map(of).collect()
    }

    #[test]
    fn a_quotation_has_its_speaker() {
        for (text, speaker) in [
            ("“One tug was ordered, and one was sent,” said its chief executive, Ina Holt.", Some("Ina Holt")),
            ("\"We all felt it in the kitchen,\" Maud Ferris told the paper.", Some("Maud Ferris")),
            ("Of the first woman he reached, Danilo said: “She would not let go of me.”", Some("Danilo")),
            ("Mayor Ana Ruiz said: “Nobody told us that it would come.”", Some("Mayor Ana Ruiz")),
            ("“It sounded like a thunder clap,” said the father of three.", Some("the father of three")),
            ("“It sounded like a thunder clap,” said a man who had a stall beside Maud Ferris.", Some("a man")),
            ("“It sounded like a thunder clap,” said the father of Maud Ferris.", Some("the father of Maud Ferris")),
            ("“It sounded like a clap,” said Holt’s mother, Maud Ferris.", Some("Maud Ferris")),
            ("“They call him “Red” and Ina told him to run,” said Maud Ferris.", Some("Maud Ferris")),
            ("“It was thunder,” said Maud Ferris.", Some("Maud Ferris")),
            ("Maud Ferris, an analyst at Quay Bank, said: “It sounded like thunder.”", Some("Maud Ferris")),
            ("In Raven Bay, Maud Ferris said: “It sounded like thunder.”", Some("Maud Ferris")),
            ("“It sounded like a clap,” said Holt mother, Maud, in tears.", Some("Maud")),
            ("“It sounded like a thunder clap,” he said.", None),
            ("“It sounded like a thunder clap.”", None),
            ("“Our crew did everything they could,” the company said in a statement.", Some("the company")),
        ] {
            let found = all(&[text]);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].1.as_deref(), speaker, "{text}");
        }
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
            assert_eq!(all(&[whole, other])[0].2, n, "{other}");
        }
    }
}
