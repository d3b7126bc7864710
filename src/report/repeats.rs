//! What an article says again and again: equal texts, which are listed once, and the rows of a table or the captions of a
//! slide show, which are worth little to a reader whatever figures they hold.
//!
//! Linear in the words.

use rustc_hash::{FxHashMap, FxHashSet};

use super::quotes::Quote;
use super::together::Unique;
use crate::article::Article;
use crate::clean::Kind;
use crate::sentence::Sentence;
use crate::span::{ArticleId, Span};
use crate::story::Story;

/// Fewer words may be two sentences by chance.
const LONG: usize = 6;
/// As many sentences that are cut behind the same words are looked at.
const MOST_CUT: usize = 64;
/// What stands around a quotation has more bytes than its marks.
const QUOTED: usize = 8;
/// Sentences of one pattern that make a table.
const ROWS: usize = 5;
/// A pattern of fewer words is a list of people: "Ina Holt, 41".
const MIN_PATTERN: usize = 3;

/// Of spans, the best first, those whose words the same article has not had yet, and no other span quotes: a page prints words
/// of a quotation by themselves too, in large letters.
pub(super) fn once(mut unique: Vec<Unique>, articles: &[Article], quotes: &[Quote]) -> Vec<Unique> {
    let words = |article: ArticleId, span: Span| plain_words(span.of(&articles[article.index()].text)).join(" ");
    let holds = |unique: &Unique, quote: &Quote| {
        unique.article == quote.article
            && unique.span.contains(quote.span)
            && unique.span.len() > quote.span.len() + QUOTED
    };
    let by_place = |unique: &Unique| (unique.article, unique.span.start);
    let mut places: Vec<&Unique> = unique.iter().collect();
    places.sort_by_key(|unique| by_place(unique));
    let held = quotes.iter().filter(|quote| {
        let next = places.partition_point(|unique| by_place(unique) <= (quote.article, quote.span.start));
        next.checked_sub(1).is_some_and(|before| holds(places[before], quote))
    });
    let quoted: FxHashSet<(ArticleId, String)> =
        held.map(|quote| (quote.article, words(quote.article, quote.span))).collect();
    let mut seen = FxHashSet::default();
    unique.retain(|unique| {
        let key = (unique.article, words(unique.article, unique.span));
        !quoted.contains(&key) && seen.insert(key)
    });
    unique
}

/// Which sentences stand in another article too: word for word, in whatever furniture, or up to the dots at which one of the
/// two is cut.
pub(super) fn repeated(articles: &[Article], sentences: &[Sentence], story: &Story) -> Vec<bool> {
    let mut elsewhere = vec![false; sentences.len()];
    for (at, first) in story.first.iter().enumerate() {
        elsewhere[first.index()] |= sentences[at].article != sentences[first.index()].article;
    }
    let mut repeated: Vec<bool> = story.first.iter().map(|first| elsewhere[first.index()]).collect();
    let said: Vec<(&str, String)> = sentences
        .iter()
        .map(|sentence| {
            let text = sentence.span.of(&articles[sentence.article.index()].text);
            (text, plain_words(text).join(" "))
        })
        .collect();
    let is_long = |words: &str| words.split(' ').nth(LONG - 1).is_some();
    let mut whole: FxHashMap<&str, ArticleId> = FxHashMap::default();
    // For the first words of a cut sentence all that is cut behind them.
    let mut cut: FxHashMap<&str, FxHashSet<(ArticleId, &str)>> = FxHashMap::default();
    for (sentence, (text, words)) in sentences.iter().zip(&said).filter(|(_, (_, words))| is_long(words)) {
        if sentence.kind == Kind::Boilerplate {
            whole.insert(words, sentence.article);
        }
        if text.ends_with("...") || text.ends_with('…') {
            let known = cut.entry(opening(words)).or_default();
            if known.len() < MOST_CUT {
                known.insert((sentence.article, words));
            }
        }
    }
    let mut begun: FxHashSet<(ArticleId, &str)> = FxHashSet::default();
    for (at, (_, words)) in said.iter().enumerate().filter(|(_, (_, words))| is_long(words)) {
        let own = sentences[at].article;
        let in_furniture = whole.get(&**words).is_some_and(|other| *other != own);
        let begins = |(other, start): &&(ArticleId, &str)| {
            let behind = words.strip_prefix(start);
            *other != own && behind.is_some_and(|behind| behind.is_empty() || behind.starts_with(' '))
        };
        let known: Vec<_> = cut.get(opening(words)).into_iter().flatten().filter(begins).copied().collect();
        repeated[at] |= in_furniture || !known.is_empty();
        begun.extend(known);
    }
    for (at, (_, words)) in said.iter().enumerate() {
        repeated[at] |= begun.contains(&(sentences[at].article, &**words));
    }
    repeated
}

/// The first words of a sentence.
fn opening(words: &str) -> &str {
    words.match_indices(' ').nth(LONG - 1).map_or(words, |(at, _)| &words[..at])
}

/// The words of a text, lower-cased.
fn plain_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
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
    use crate::report::of_one_sentence;
    use crate::report::quotes::quotes;
    use crate::sentence::split_sentences;

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
            antecedent: None,
        };
        let spans: Vec<Span> = sentences(text).iter().map(|sentence| sentence.span).collect();
        let all = (0..2).flat_map(|article| spans.iter().map(move |&span| found(article, span))).collect();
        let kept: Vec<_> =
            once(all, &articles, &[]).iter().map(|unique| (unique.article.index(), unique.span)).collect();
        assert_eq!(kept, [(0, spans[0]), (0, spans[1]), (1, spans[0]), (1, spans[1])]);
    }
    #[test]
    fn words_of_a_quotation_in_large_letters_are_listed_with_it() {
        let text = "“Our boats belong in the water, not on the quay,” said Ina Holt. Our boats belong in the water, not on the quay. \
                    Our nets belong in the water.";
        let (articles, sentences) = ([Article::new("a", text)], sentences(text));
        let quotes = quotes(&articles, &sentences, Language::English);
        let found = |sentence: &Sentence| Unique {
            article: 0.into(),
            span: sentence.span,
            score: 1.0,
            probability: 0.9,
            reasons: Vec::new(),
            antecedent: None,
        };
        let kept = once(sentences.iter().map(found).collect(), &articles, &quotes);
        let kept: Vec<Span> = kept.iter().map(|unique| unique.span).collect();
        assert_eq!(kept, [sentences[0].span, sentences[2].span]);
    }

    #[test]
    fn what_another_article_has_in_full_or_cut_is_repeated() {
        for (own, other, kind, is) in [
            (
                "Divers lower the last of the anchors...",
                "Divers lower the last of the anchors on Monday.",
                Kind::Body,
                true,
            ),
            (
                "Divers lower the last of the anchors on Monday.",
                "Divers lower the last of the anchors…",
                Kind::Body,
                true,
            ),
            ("Divers lower the last of the anchors.", "Divers lower the last of the anchors", Kind::Boilerplate, true),
            (
                "Divers lower the last of the anchors on Monday.",
                "Divers lower the last of the anchors.",
                Kind::Body,
                false,
            ),
            (
                "Divers lower the last of the anchors...",
                "Divers lower the last of the anchorsmen here.",
                Kind::Body,
                false,
            ),
            ("Divers left...", "Divers left the dam.", Kind::Body, false),
        ] {
            let (articles, mut sentences) = of_one_sentence(&[own, other]);
            sentences[1].kind = kind;
            let story = Story::new(&articles, &sentences, Language::English);
            assert_eq!(repeated(&articles, &sentences, &story)[0], is, "{own} / {other}");
        }
    }
}
