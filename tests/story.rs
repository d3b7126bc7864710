//! Properties of whole comparisons, on stories made of odd pieces.

use proptest::prelude::*;
use proptest::sample::select;

use crate::article::Article;
use crate::clean::Kind;
use crate::link::Encoding;
use crate::pipeline::{Comparison, Config, Silent, compare};
use crate::saved::{from_json, to_json};
use crate::span::Span;

const PIECES: [&str; 24] = [
    "The bridge closed on Monday.",
    "On Monday, the bridge was closed.",
    "The bridge closed on Tuesday after two ships struck it, and one worker was missing.",
    "Fourteen people were injured, three of them critically.",
    "Injured: 14 people.",
    "Rehn attacked Soto.",
    "Soto attacked Rehn(42) at dawn.",
    "“Nobody was hurt,” she said. “Nobody.”",
    "It cost $2.4bn — 2.4 billion dollars.",
    "Read more",
    "BRIDGE CLOSED AFTER CRASH",
    "By Ana Reyes",
    "a. b, c; d (e) “f” g—h",
    "桥关闭了。两艘船撞上了大桥。",
    "e\u{301}\u{301} \u{1F468}\u{200D}\u{1F469} \u{202E}dne",
    "\u{FEFF}\u{200B}",
    "...!?",
    "1,000.50 5% No. 3",
    "U.S. Mr. A. B.",
    "word(word)word[word]",
    "'s ’s n't",
    "\u{0}",
    "İstanbul ǅ ß",
    "and but or",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![6 => select(&PIECES[..]).prop_map(str::to_owned), 1 => any::<String>()];
    let joint = select(&[" ", "\n", "\n\n", "\r\n", ""][..]);
    prop::collection::vec((piece, joint), 0..14)
        .prop_map(|parts| parts.into_iter().flat_map(|(piece, joint)| [piece, joint.to_owned()]).collect())
}

fn story() -> impl Strategy<Value = Vec<Article>> {
    let article = (text(), prop::option::of(select(&["Gazette", "Chronicle"][..])));
    prop::collection::vec(article, 0..5).prop_map(|parts| {
        let article = |(id, (text, source)): (usize, (String, Option<&str>))| Article {
            source: source.map(str::to_owned),
            ..Article::new(format!("article {id}"), text)
        };
        parts.into_iter().enumerate().map(article).collect()
    })
}

fn run(articles: &[Article], encoding: Encoding, min_probability: f32, n_threads: usize) -> Comparison {
    let config = Config { min_probability, encoding, n_threads: Some(n_threads), ..Config::default() };
    compare(articles.to_vec(), &config, &mut Silent).unwrap()
}

/// Everything said points at text that is there.
fn check(cmp: &Comparison) {
    let text = |sentence: usize| &*cmp.articles[cmp.sentences[sentence].article.index()].text;
    for (at, sentence) in cmp.sentences.iter().enumerate() {
        let inside = sentence.span.of(text(at));
        assert!(!inside.is_empty() && inside.trim() == inside);
    }
    let ends = cmp.sentences.windows(2);
    assert!(ends.into_iter().all(|pair| pair[0].article < pair[1].article || pair[0].span.end <= pair[1].span.start));
    for link in &cmp.links {
        let (left, right) = (link.left.index(), link.right.index());
        assert!((0.0..=1.0).contains(&link.probability));
        assert!(cmp.sentences[left].article < cmp.sentences[right].article);
        for (a, b) in &link.spans {
            assert!(!a.of(text(left)).is_empty() && cmp.sentences[left].span.contains(*a));
            assert!(!b.of(text(right)).is_empty() && cmp.sentences[right].span.contains(*b));
        }
    }
    let mut mentioned = vec![false; cmp.sentences.len()];
    for statement in &cmp.report.statements {
        let shown = &statement.shown;
        assert!(cmp.sentences[shown.sentence.index()].span.contains(shown.span));
        let kept: Vec<Span> = shown.kept().collect();
        assert_eq!(kept.len(), shown.omitted.len() + 1, "gaps lie inside and apart");
        assert!(kept.windows(2).all(|two| two[0].end < two[1].start));
        assert!((1..=statement.mentions.len()).contains(&statement.n_origins));
        assert!((0.0..=1.0).contains(&statement.probability));
        for mention in &statement.mentions {
            let sentence = cmp.sentences[mention.sentence.index()];
            assert!(sentence.kind != Kind::Boilerplate && sentence.span.contains(mention.span));
            assert!(!mention.span.of(text(mention.sentence.index())).is_empty());
            assert!(mention.probability >= cmp.config.min_probability && mention.probability <= 1.0);
            mentioned[mention.sentence.index()] = true;
        }
    }
    for (at, sentence) in cmp.sentences.iter().enumerate().filter(|(_, s)| s.kind != Kind::Boilerplate) {
        let has_words = crate::token::words(sentence.span.of(text(at))).is_empty();
        assert!(mentioned[at] != has_words, "a sentence with words is in a statement, one without in none");
    }
    for unique in &cmp.report.unique {
        assert!(!unique.span.of(&cmp.articles[unique.article.index()].text).is_empty() && unique.score.is_finite());
        assert!((0.0..=1.0).contains(&unique.probability));
    }
    let likeness = cmp.likeness(&mut || Ok(())).unwrap();
    assert!(likeness.similarity.iter().chain(&likeness.containment).all(|value| (0.0..=1.0).contains(value)));
    assert_eq!(likeness.similarity, likeness.similarity.t());
    for passage in cmp.passages(2, &mut || Ok(())).unwrap() {
        assert!(!passage.left_span.of(&cmp.articles[passage.left.index()].text).is_empty());
        assert!(!passage.right_span.of(&cmp.articles[passage.right.index()].text).is_empty());
    }
}

/// Whatever the order of the articles and the number of threads, and after saving.
fn check_order(articles: &[Article], encoding: Encoding) -> Result<(), TestCaseError> {
    let cmp = run(articles, encoding, 0.5, 1);
    check(&cmp);
    let turned: Vec<Article> = articles.iter().rev().cloned().collect();
    let other = run(&turned, encoding, 0.5, 3);
    prop_assert_eq!(to_json(&cmp), to_json(&other));
    prop_assert_eq!(&cmp.report, &other.report);
    prop_assert_eq!(from_json(&to_json(&cmp), &mut Silent).unwrap().report, cmp.report);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_comparison_points_at_text_and_depends_on_neither_order_nor_threads(articles in story()) {
        check_order(&articles, Encoding::Static)?;
    }
}

proptest! {
    // Every pair may be read by a transformer, compiled for finding faults and not for speed: of three articles at most.
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_transformers_read_depends_on_neither_order_nor_threads(articles in story()) {
        check_order(&articles[..articles.len().min(3)], Encoding::Auto)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn another_threshold_gives_what_comparing_at_it_gives(articles in story(), low in 0f32..=1.0, high in 0f32..=1.0) {
        let cmp = run(&articles, Encoding::Static, low, 1);
        check(&cmp);
        let again = cmp.rethreshold(high, &mut Silent).unwrap();
        check(&again);
        prop_assert_eq!(&again.report, &run(&articles, Encoding::Static, high, 1).report);
        prop_assert_eq!(&again.links, &cmp.links);
        prop_assert_eq!(again.rethreshold(low, &mut Silent).unwrap().report, cmp.report);
    }
}
