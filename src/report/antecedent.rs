//! What has to be read before a span to understand it: who speaks in it, or the sentence that names whom it tells of.
//!
//! Nothing is claimed by it: it is the article's own text.

use super::quotes::Quote;
use crate::clean::Kind;
use crate::reading::{Needs, needs, tells_of_somebody};
use crate::sentence::Sentence;
use crate::span::Span;

/// So many sentences further on nobody remembers a name.
const MOST_BACK: usize = 3;

/// What a reader of a span has to know first. It is a span of the article of `sentences`, the `first` of which it begins in; the
/// `quotes` are those that stand in it or run over it.
pub(super) fn antecedent<'a>(
    text: &str,
    sentences: &[Sentence],
    quotes: impl Iterator<Item = &'a Quote>,
    first: usize,
    span: Span,
) -> Option<Span> {
    let speaker = quotes.filter_map(|quote| quote.speaker).next();
    if let Some(name) = speaker.filter(|name| !name.overlaps(span)) {
        return Some(name);
    }
    let missing = needs(text, span, speaker.is_some())?;
    let back = if missing == Needs::Person { MOST_BACK } else { 1 };
    let before = (first.saturating_sub(back)..first).rev().map(|at| &sentences[at]);
    let mut before = before.filter(|sentence| sentence.kind == Kind::Body).map(|sentence| sentence.span);
    let tells = |span: Span| missing == Needs::Matter || tells_of_somebody(text, span);
    before.find(|&span| tells(span) && needs(text, span, true).is_none())
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
            let found = antecedent(text, &sentences, here, first, span);
            assert_eq!(found.map(|found| found.of(text)), expected, "{text}");
        }
    }
}
