//! What has to be read before a span to understand it: who speaks in it, or the sentence that names whom it tells of.
//!
//! Nothing is claimed by it: it is the article's own text.

use super::quotes::Quote;
use crate::article::Article;
use crate::clause::is_saying;
use crate::clean::Kind;
use crate::reading::{Needs, needs, pronoun_speaks, tells_of_several, tells_of_somebody};
use crate::sentence::Sentence;
use crate::span::{ArticleId, Span};
use crate::token::{Token, words};

/// So many sentences further on nobody remembers a name.
const MOST_BACK: usize = 3;
/// Unless it is all said by the same one; nor is it looked for farther back.
const FARTHEST: usize = 12;

/// In these somebody speaks, whatever the verb.
const SPEECHES: &[&str] = &["conference", "interview", "letter", "post", "reporters", "speech", "statement"];

/// What a reader of a span of an article has to know first, a span of the same article. Sentences and quotes are those of all
/// articles, in order.
pub(super) fn antecedent_of(
    articles: &[Article],
    sentences: &[Sentence],
    quotes: &[Quote],
    article: ArticleId,
    span: Span,
) -> Option<Span> {
    let text = &*articles[article.index()].text;
    let start = sentences.partition_point(|sentence| sentence.article < article);
    let own = &sentences[start..sentences.partition_point(|sentence| sentence.article <= article)];
    let first = own.partition_point(|sentence| sentence.span.end <= span.start);
    let start = quotes.partition_point(|quote| (quote.article, quote.span.end) <= (article, span.start));
    let here = quotes[start..].iter().take_while(|quote| quote.article == article && quote.span.start < span.end);
    antecedent(text, own, here, first, span)
}

/// What a reader of a span has to know first. It is a span of the article of `sentences`, the `first` of which it begins in;
/// the `quotes` are those that stand in it or run over it. No name of which it has a word itself.
fn antecedent<'a>(
    text: &str,
    sentences: &[Sentence],
    quotes: impl Iterator<Item = &'a Quote>,
    first: usize,
    span: Span,
) -> Option<Span> {
    let speaker = quotes.filter_map(|quote| quote.speaker).next();
    if let Some(name) = speaker.filter(|name| !name.overlaps(span) && !has_word_of(text, *name, span)) {
        return Some(name);
    }
    let missing = needs(text, span, speaker.is_some())?;
    // Who "she said" is speaks before, too.
    let spoken = missing != Needs::Matter && pronoun_speaks(text, span);
    let names = |span: Span| match missing {
        Needs::People => tells_of_several(text, span),
        _ => tells_of_somebody(text, span),
    };
    let tells = |span: Span| missing == Needs::Matter || names(span) && (!spoken || says_something(text, span));
    // "That did not satisfy Ina Holt" names her all the same.
    let is_clear = |span: Span| match needs(text, span, true) {
        None => true,
        Some(needs) => needs == Needs::Matter && missing != Needs::Matter,
    };
    let mut left = if missing == Needs::Matter { 1 } else { MOST_BACK };
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

/// Whether a span has a word of a name: "Holt" of "Ina Holt" says enough.
fn has_word_of(text: &str, name: Span, span: Span) -> bool {
    let capitals = |span: Span| {
        let forms = words(span.of(text)).into_iter().map(move |word| word.span.of(span.of(text)));
        forms.filter(|form| form.starts_with(char::is_uppercase))
    };
    let bare = |form: &'_ str| form.trim_end_matches("'s").trim_end_matches("’s").to_owned();
    capitals(name).any(|part| capitals(span).any(|word| bare(word) == bare(part)))
}

/// Whether somebody speaks: "said", "released a statement".
fn says_something(text: &str, span: Span) -> bool {
    let word = |word: &Token| word.span.of(span.of(text)).to_lowercase();
    words(span.of(text)).iter().map(word).any(|word| is_saying(&word) || SPEECHES.contains(&&*word))
}

#[cfg(test)]
mod tests {
    use super::*;
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
            ("Ina Holt fell. Holt was not hurt.", "Holt was not hurt.", None),
            ("Council to Mend Lock Road-Rail Bridge\nThe Lock was dark.", "The Lock was dark.", None),
            ("“It was loud, and we ran,” said Ina Holt of Holt’s dog.", "“It was loud, and we ran,”", Some("Ina Holt")),
            ("“Ina’s dog barked, and we ran,” said Ina Holt.", "“Ina’s dog barked, and we ran,”", None),
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
            ("Two divers fell. Ina Holt left. They were not hurt.", "They were not hurt.", Some("Two divers fell.")),
            ("The homes are dry. Ina Holt left. They are to get water.", "They are to get water.", None),
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
            let found = antecedent(text, &sentences, here, first, span);
            assert_eq!(found.map(|found| found.of(text)), expected, "{text}");
        }
    }
}
