//! Any sentences, one a line: log-odds that depend neither on the order of a pair nor on other pairs; spans inside the
//! sentences.
#![no_main]

use libfuzzer_sys::fuzz_target;
use storydiff::link::{Again, Scorer};

fuzz_target!(|text: &str| {
    let sentences: Vec<&str> = text.split('\n').take(8).collect();
    for n_story in [0, sentences.len()] {
        let scorer = Scorer::new(&sentences, n_story, None).unwrap();
        let pairs: Vec<_> = (0..sentences.len()).flat_map(|left| (0..left).map(move |right| (left, right))).collect();
        for (&(left, right), log_odds) in pairs.iter().zip(scorer.log_odds(&pairs)) {
            assert_eq!(scorer.log_odds(&[(right, left)]), [log_odds]);
            let features = scorer.pair_features(left, right);
            assert!(features.iter().all(|feature| feature.is_finite()));
            assert_eq!(features, scorer.pair_features(right, left));
            // Explained, however unlikely.
            let link = scorer.link(left, right, Again { log_odds: log_odds.max(0.0), beside: false });
            assert!((0.5..=1.0).contains(&link.probability));
            for (a, b) in &link.spans {
                assert!(!a.of(sentences[left]).is_empty() && !b.of(sentences[right]).is_empty());
            }
        }
    }
});
