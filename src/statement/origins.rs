//! How many independent wordings a statement has: articles that print one text are one origin.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::{Material, Mention};
use crate::clause::Word;
use crate::span::TermId;

/// As many words in a row are a copy, whatever else the sentences say.
const MIN_COPY: usize = 8;
/// Short sentences are copies when so large a part of the shorter one stands in a row in the other.
const MIN_SHARE: f32 = 0.8;
const MIN_SHORT: usize = 5;

/// The number of groups of articles whose mentions do not copy each other.
pub(super) fn n_origins(material: Material, mentions: &[Mention]) -> usize {
    let Material { articles, sentences, story, .. } = material;
    // What an article says again in the same words adds nothing.
    let mut seen = FxHashSet::default();
    let own = |mention: &&Mention| {
        let sentence = mention.sentence.index();
        seen.insert((sentences[sentence].article, story.first[sentence]))
    };
    let mentions: Vec<&Mention> = mentions.iter().filter(own).collect();
    let article = |at: usize| sentences[mentions[at].sentence.index()].article;
    // The same words in quotation marks say that both heard them.
    let terms = |at: usize| -> Vec<TermId> {
        let sentence = mentions[at].sentence.index();
        let text = &*articles[sentences[sentence].article.index()].text;
        let quoted = quoted(sentences[sentence].span.of(text));
        let start = sentences[sentence].span.start;
        let inside = |word: &&Word| quoted.iter().any(|marks| marks.contains(&(word.span.start - start)));
        story.words[sentence].iter().filter(|word| !inside(word)).map(|word| word.term).collect()
    };
    let words: Vec<Vec<TermId>> = (0..mentions.len()).map(terms).collect();
    let mut articles: Vec<_> = (0..mentions.len()).map(article).collect();
    articles.dedup();
    let place = |at: usize| articles.binary_search(&article(at)).unwrap_or(0);
    let mut group: Vec<usize> = (0..articles.len()).collect();
    for a in 0..mentions.len() {
        for b in a + 1..mentions.len() {
            let (x, y) = (group[place(a)], group[place(b)]);
            if x != y && is_copy(&words[a], &words[b]) {
                group.iter_mut().filter(|own| **own == y).for_each(|own| *own = x);
            }
        }
    }
    group.sort_unstable();
    group.dedup();
    group.len()
}

/// What stands in quotation marks in a sentence, which may begin or end within a quotation.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match c {
            '“' | '«' => open = Some(at),
            '”' | '»' => found.push(open.take().unwrap_or(0)..at),
            '"' => match open.take() {
                Some(start) => found.push(start..at),
                None => open = Some(at),
            },
            _ => {}
        }
    }
    found.extend(open.map(|start| start..text.len()));
    found
}

/// Whether two sentences have a long run of words in common.
fn is_copy(a: &[TermId], b: &[TermId]) -> bool {
    let shorter = a.len().min(b.len());
    let longest = longest_common_run(a, b);
    longest >= MIN_COPY || longest >= MIN_SHORT && longest as f32 >= MIN_SHARE * shorter as f32
}

/// The length of the longest run of words that two texts have in common.
pub fn longest_common_run<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let mut lengths = vec![0usize; b.len() + 1];
    let mut longest = 0;
    for x in a {
        for (at, y) in b.iter().enumerate().rev() {
            lengths[at + 1] = if x == y { lengths[at] + 1 } else { 0 };
            longest = longest.max(lengths[at + 1]);
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<TermId> {
        text.bytes().map(|byte| TermId(u32::from(byte))).collect()
    }

    #[test]
    fn a_quotation_may_begin_or_end_elsewhere() {
        for (text, expected) in [
            ("“One tug,” said Holt.", vec!["“One tug,"]),
            ("It was late.” Holt left.", vec!["It was late."]),
            ("Holt said: “It was late.", vec!["“It was late."]),
            ("Holt said: \"It was late\" and \"it was cold\".", vec!["\"It was late", "\"it was cold"]),
            ("It was late.", vec![]),
        ] {
            let found: Vec<&str> = quoted(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_long_run_or_most_of_a_short_sentence_is_a_copy() {
        for (a, b, copy) in [
            ("abcdefgh", "xxabcdefghyy", true),
            ("abcdefgx", "yabcdefgz", true),
            ("abcde", "abcde", true),
            ("abcd", "abcd", false),
            ("abcdexxxxxx", "abcdeyyyyyyy", false),
            // "Holt put the damage at $18 million" / "the damage at $18 million, Ferris thought"
            ("xxabcde", "abcdeyyyy", false),
            ("", "", false),
        ] {
            assert_eq!(is_copy(&terms(a), &terms(b)), copy, "{a} {b}");
        }
    }
}
