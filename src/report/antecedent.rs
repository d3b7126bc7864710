//! What has to be read before a span to understand it: who speaks in it, or the sentence that names whom it tells of.
//!
//! Nothing is claimed by it: it is the article's own text.

use rustc_hash::FxHashMap;

use super::quotes::Quote;
use super::surname::is_rare;
use crate::calendar::is_day_or_month;
use crate::clause::is_saying;
use crate::clean::Kind;
use crate::reading::{Needs, needs, tells_of_somebody};
use crate::sentence::Sentence;
use crate::span::Span;
use crate::token::words;

/// So many sentences further on nobody remembers a name.
const MOST_BACK: usize = 3;

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
    let back = if missing == Needs::Person { MOST_BACK } else { 1 };
    let before = (first.saturating_sub(back)..first).rev().map(|at| &sentences[at]);
    let mut before = before.filter(|sentence| sentence.kind == Kind::Body).map(|sentence| sentence.span);
    // Who "she said" is speaks before, too.
    let spoken = missing == Needs::Person && speaks(text, span);
    let tells = |span: Span| {
        missing == Needs::Matter || tells_of_somebody(text, span) && (!spoken || says_something(text, span))
    };
    // "That did not satisfy Ina Holt" names her all the same.
    let is_clear = |span: Span| match needs(text, span, true) {
        None => true,
        Some(needs) => needs == Needs::Matter && missing == Needs::Person,
    };
    before.find(|&span| tells(span) && is_clear(span))
}

/// Whom an article calls by first name and surname, by surname; nothing where two people bear it.
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
                let known = names.entry(tokens[at].of(text)).or_insert(Some(name));
                if known.is_some_and(|known| known.of(text) != name.of(text)) {
                    *known = None;
                }
            }
        }
        Self(names)
    }

    /// The full name of the first who is named in a span, where the span has the surname alone and the text before it both.
    fn before(&self, text: &str, span: Span) -> Option<Span> {
        let inside: Vec<Span> = words(span.of(text)).iter().map(|word| word.span.shifted(span.start)).collect();
        let (at, name) = inside.iter().enumerate().find_map(|(at, word)| Some((at, (*self.0.get(word.of(text))?)?)))?;
        let alone = at == 0 || !inside[at - 1].of(text).starts_with(char::is_uppercase) || at == 1;
        let again = span.of(text).contains(name.of(text));
        (alone && !again && name.end <= span.start).then_some(name)
    }
}

/// Whether a pronoun stands beside a verb of saying: "he said", "said he".
fn speaks(text: &str, span: Span) -> bool {
    let words = lower(text, span);
    let pronoun = |word: &String| matches!(&**word, "he" | "she" | "they");
    words.windows(2).any(|pair| pronoun(&pair[0]) && is_saying(&pair[1]) || is_saying(&pair[0]) && pronoun(&pair[1]))
}

fn says_something(text: &str, span: Span) -> bool {
    lower(text, span).iter().any(|word| is_saying(word))
}

fn lower(text: &str, span: Span) -> Vec<String> {
    words(span.of(text)).iter().map(|word| word.span.of(span.of(text)).to_lowercase()).collect()
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
