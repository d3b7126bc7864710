//! What has to be read before a span to understand it: who speaks in it, or the sentence that names whom it tells of.
//!
//! Nothing is claimed by it: it is the article's own text.

use rustc_hash::FxHashMap;

use super::quotes::Quote;
use super::surname::is_rare;
use crate::calendar::is_day_or_month;
use crate::clause::is_saying;
use crate::clean::Kind;
use crate::reading::{Needs, needs, pronoun_speaks, tells_of_somebody};
use crate::sentence::Sentence;
use crate::span::Span;
use crate::token::{Token, words};

/// So many sentences further on nobody remembers a name.
const MOST_BACK: usize = 3;
/// Unless it is all said by the same one; nor is it looked for farther back.
const FARTHEST: usize = 12;

/// In these somebody speaks, whatever the verb.
const SPEECHES: &[&str] = &["conference", "interview", "letter", "post", "reporters", "speech", "statement"];

/// What a reader of a span has to know first. It is a span of the article of `sentences`, the `first` of which it begins in, and
/// of the full `names`; the `quotes` are those that stand in it or run over it.
pub(super) fn antecedent<'a>(
    text: &str,
    names: &FullNames,
    sentences: &[Sentence],
    quotes: impl Iterator<Item = &'a Quote>,
    first: usize,
    span: Span,
) -> Option<Span> {
    let speaker = quotes.filter_map(|quote| quote.speaker).next();
    if let Some(name) = speaker.filter(|name| !name.overlaps(span)) {
        return Some(name);
    }
    let Some(missing) = needs(text, span, speaker.is_some()) else { return names.before(text, span) };
    // Who "she said" is speaks before, too.
    let spoken = missing == Needs::Person && pronoun_speaks(text, span);
    let tells = |span: Span| {
        missing == Needs::Matter || tells_of_somebody(text, span) && (!spoken || says_something(text, span))
    };
    // "That did not satisfy Ina Holt" names her all the same.
    let is_clear = |span: Span| match needs(text, span, true) {
        None => true,
        Some(needs) => needs == Needs::Matter && missing == Needs::Person,
    };
    let mut left = if missing == Needs::Person { MOST_BACK } else { 1 };
    for sentence in sentences[..first].iter().rev().take(FARTHEST) {
        let span = sentence.span;
        if sentence.kind != Kind::Body || !ends(span.of(text)) {
            continue;
        }
        if tells(span) && is_clear(span) {
            return Some(span);
        }
        // What the same one says before takes nobody's place.
        if !(spoken && pronoun_speaks(text, span)) {
            left -= 1;
        }
        if left == 0 {
            break;
        }
    }
    None
}

/// Whether a sentence has its mark, as the heading of another article between two paragraphs has not.
fn ends(sentence: &str) -> bool {
    sentence.trim_end().ends_with(|last: char| !last.is_alphanumeric())
}

/// Whom an article calls by first name and surname, by either; nothing where two people bear it.
pub(super) struct FullNames<'a>(FxHashMap<&'a str, Option<Span>>);

impl<'a> FullNames<'a> {
    pub fn of(text: &'a str) -> Self {
        let mut names: FxHashMap<&str, Option<Span>> = FxHashMap::default();
        let tokens: Vec<Span> = words(text).iter().map(|word| word.span).collect();
        let is_name = |at: usize| {
            let word = tokens[at].of(text);
            word.starts_with(char::is_uppercase)
                && word.chars().count() > 1
                && !is_day_or_month(&word.to_lowercase())
                && is_rare(word)
        };
        let joined = |at: usize| &text[tokens[at].end..tokens[at + 1].start] == " ";
        for at in 1..tokens.len() {
            let ends =
                at + 1 == tokens.len() || !joined(at) || !tokens[at + 1].of(text).starts_with(char::is_uppercase);
            if ends && joined(at - 1) && is_name(at - 1) && is_name(at) {
                let name = Span::new(tokens[at - 1].start, tokens[at].end);
                for part in [tokens[at - 1], tokens[at]] {
                    let known = names.entry(part.of(text)).or_insert(Some(name));
                    if known.is_some_and(|known| known.of(text) != name.of(text)) {
                        *known = None;
                    }
                }
            }
        }
        Self(names)
    }

    /// The full name of the first who is named in a span, where the span has one of the names alone and the text before it both.
    fn before(&self, text: &str, span: Span) -> Option<Span> {
        let inside: Vec<Span> = words(span.of(text)).iter().map(|word| word.span.shifted(span.start)).collect();
        let (at, name) = inside.iter().enumerate().find_map(|(at, word)| Some((at, (*self.0.get(word.of(text))?)?)))?;
        let capital = |at: usize| inside[at].of(text).starts_with(char::is_uppercase);
        let follows =
            inside.get(at + 1).is_some_and(|next| text[inside[at].end..next.start] == *" " && capital(at + 1));
        let alone = (at < 2 || !capital(at - 1)) && !follows;
        let again = span.of(text).contains(name.of(text));
        (alone && !again && name.end <= span.start).then_some(name)
    }
}

/// Whether somebody speaks: "said", "released a statement".
fn says_something(text: &str, span: Span) -> bool {
    let word = |word: &Token| word.span.of(span.of(text)).to_lowercase();
    words(span.of(text)).iter().map(word).any(|word| is_saying(&word) || SPEECHES.contains(&&*word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::language::Language;
    use crate::report::quotes::quotes;
    use crate::sentence::split_sentences;

    #[test]
    fn who_is_meant_stands_before() {
        for (text, span, expected) in [
            ("Ina Holt fell. She was not hurt.", "She was not hurt.", Some("Ina Holt fell.")),
            ("Ina Holt fell. It was dark. She was not hurt.", "She was not hurt.", Some("Ina Holt fell.")),
            ("Ina Holt fell. It was dark. It was late. It rained. She ran.", "She ran.", None),
            ("Ina Holt fell. She ran, she said.", "She ran, she said.", None),
            ("Ina Holt said so. It rained. She ran, she said.", "She ran, she said.", Some("Ina Holt said so.")),
            ("Ina Holt fell. Holt was not hurt.", "Holt was not hurt.", Some("Ina Holt")),
            ("Ina Holt and Bo Holt fell. Holt was not hurt.", "Holt was not hurt.", None),
            ("Ina Holt fell. Ina was not hurt.", "Ina was not hurt.", Some("Ina Holt")),
            ("Ina Holt and Ina Berg fell. Ina was not hurt.", "Ina was not hurt.", None),
            ("Ina Holt fell. Ina Street was dark.", "Ina Street was dark.", None),
            (
                "“It was dark,” said Ina Holt.\nFerry strikes a pier\n“It was loud,” she added.",
                "“It was loud,” she added.",
                Some("“It was dark,” said Ina Holt."),
            ),
            (
                "Ina Holt gave a statement. “It was loud,” she said.",
                "“It was loud,” she said.",
                Some("Ina Holt gave a statement."),
            ),
            (
                "Ina Holt said so. It rained, she said. It hailed, she said. She ran, she said. She fell, she said.",
                "She fell, she said.",
                Some("Ina Holt said so."),
            ),
            ("It rained. Holt was not hurt.", "Holt was not hurt.", None),
            ("That did not help Ina Holt. She ran.", "She ran.", Some("That did not help Ina Holt.")),
            ("Two ferries met. This led to a fire.", "This led to a fire.", Some("Two ferries met.")),
            ("Ina Holt fell. Bram Oduya was not hurt.", "Bram Oduya was not hurt.", None),
            ("“It was loud, and we ran,” said Ina Holt.", "It was loud, and we ran,", Some("Ina Holt")),
            ("“It was loud, and we ran,” said Ina Holt.", "“It was loud, and we ran,” said Ina Holt.", None),
        ] {
            let articles = [Article::new("a", text)];
            let sentence = |(index, span): (usize, Span)| Sentence {
                article: 0.into(),
                index: index as u32,
                span,
                kind: Kind::Body,
            };
            let sentences: Vec<_> =
                split_sentences(text, "en").unwrap().into_iter().enumerate().map(sentence).collect();
            let quotes = quotes(&articles, &sentences, Language::English);
            let start = text.find(span).unwrap();
            let span = Span::new(start, start + span.len());
            let first = sentences.iter().position(|sentence| sentence.span.overlaps(span)).unwrap();
            let here = quotes.iter().filter(|quote| quote.span.overlaps(span));
            let found = antecedent(text, &FullNames::of(text), &sentences, here, first, span);
            assert_eq!(found.map(|found| found.of(text)), expected, "{text}");
        }
    }
}
