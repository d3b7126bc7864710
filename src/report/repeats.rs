//! What an article says again and again: equal texts, which are listed once, and the rows of a table or the captions of a
//! slide show, which are worth little to a reader whatever figures they hold.
//!
//! Linear in the words.

use rustc_hash::{FxHashMap, FxHashSet};

use super::together::Unique;
use crate::article::Article;
use crate::clean::Kind;
use crate::sentence::Sentence;
use crate::story::Story;

/// Sentences of one pattern that make a table.
const ROWS: usize = 5;
/// A pattern of fewer words is a list of people: "Ina Holt, 41".
const MIN_PATTERN: usize = 3;

/// Of spans, the best first, those whose words the same article has not had yet.
pub(super) fn once(mut unique: Vec<Unique>, articles: &[Article]) -> Vec<Unique> {
    let mut seen = FxHashSet::default();
    unique.retain(|unique| {
        let said = unique.span.of(&articles[unique.article.index()].text).to_lowercase();
        let words: Vec<&str> = said.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        seen.insert((unique.article, words.join(" ")))
    });
    unique
}

/// Which sentences differ from others of their article in names and numbers alone, and assert nothing: "Dale: 1,204 thefts of
/// boats and nets". Five people who died alike are five facts.
pub(super) fn rows(articles: &[Article], sentences: &[Sentence], story: &Story) -> Vec<bool> {
    if !story.language.has_rules() {
        return vec![false; sentences.len()];
    }
    let pattern = |at: usize| {
        let text = &articles[sentences[at].article.index()].text;
        let body = sentences[at].kind == Kind::Body && !story.clauses[at].iter().any(|clause| clause.asserts);
        body.then(|| pattern(story.words[at].iter().map(|word| word.span.of(text)))).flatten()
    };
    let patterns: Vec<Option<Vec<&str>>> = (0..sentences.len()).map(pattern).collect();
    let mut counts: FxHashMap<_, usize> = FxHashMap::default();
    let keys = || patterns.iter().zip(sentences).map(|(pattern, sentence)| (sentence.article, pattern));
    keys().for_each(|key| *counts.entry(key).or_default() += 1);
    keys().map(|key| key.1.is_some() && counts[&key] >= ROWS).collect()
}

/// The words of a sentence with a blank for each run of names and numbers; none where it has no number, or says too little.
fn pattern<'a>(words: impl Iterator<Item = &'a str>) -> Option<Vec<&'a str>> {
    let (mut pattern, mut counts) = (Vec::new(), false);
    for word in words {
        let number = word.starts_with(|c: char| c.is_ascii_digit());
        counts |= number;
        if !number && !word.starts_with(char::is_uppercase) {
            pattern.push(word);
        } else if pattern.last() != Some(&"") {
            pattern.push("");
        }
    }
    let told = pattern.iter().filter(|word| !word.is_empty()).count();
    (counts && told >= MIN_PATTERN).then_some(pattern)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::sentence::split_sentences;
    use crate::span::Span;

    fn sentences(text: &str) -> Vec<Sentence> {
        let spans = split_sentences(text, "en").unwrap().into_iter().zip(0..);
        spans.map(|(span, index)| Sentence { article: 0.into(), index, span, kind: Kind::Body }).collect()
    }

    #[test]
    fn rows_of_a_table_are_told_from_facts_of_one_kind() {
        let towns = ["Dale", "Raven Bay", "Tarvin", "Marlow", "Upper Quay"];
        for (row, n, are) in [
            ("thefts of boats per 100 berths: 12.", 5, true),
            ("thefts of boats per 100 berths: 12.", 4, false),
            ("drowned 12 boats and their crews.", 5, false),
            (", 12.", 5, false),
            ("thefts of boats and of nets.", 5, false),
        ] {
            let text: String = towns[..n].iter().map(|town| format!("{town} {row}\n\n")).collect();
            let (articles, sentences) = ([Article::new("a", &*text)], sentences(&text));
            let story = Story::new(&articles, &sentences, Language::English);
            assert_eq!(rows(&articles, &sentences, &story), vec![are; n], "{row}");
        }
    }

    #[test]
    fn equal_texts_are_listed_once() {
        let text = "Divers left the dam. Ina Holt wept. DIVERS left the dam!";
        let articles = [Article::new("a", text), Article::new("b", text)];
        let found = |article: usize, span: Span| Unique {
            article: article.into(),
            span,
            score: 1.0,
            probability: 0.9,
            reasons: Vec::new(),
        };
        let spans: Vec<Span> = sentences(text).iter().map(|sentence| sentence.span).collect();
        let all = (0..2).flat_map(|article| spans.iter().map(move |&span| found(article, span))).collect();
        let kept: Vec<_> = once(all, &articles).iter().map(|unique| (unique.article.index(), unique.span)).collect();
        assert_eq!(kept, [(0, spans[0]), (0, spans[1]), (1, spans[0]), (1, spans[1])]);
    }
}
