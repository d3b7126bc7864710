//! Any sentences, one a line: probabilities that do not depend on which side is which, and spans inside the sentences.
#![no_main]

use libfuzzer_sys::fuzz_target;
use storydiff::link::{Again, Scorer};

fuzz_target!(|text: &str| {
    let sentences: Vec<&str> = text.split('\n').take(8).collect();
    for n_story in [0, sentences.len()] {
        let scorer = Scorer::new(&sentences, n_story, None).unwrap();
        for left in 0..sentences.len() {
            for right in 0..left {
                let link = scorer.link(left, right, Again { log_odds: scorer.log_odds(&[(left, right)])[0], beside: false });
                assert!((0.0..=1.0).contains(&link.probability));
                assert_eq!(link.probability, scorer.probability(left, right));
                assert_eq!(link.probability, scorer.probability(right, left));
                for (a, b) in &link.spans {
                    assert!(!a.of(sentences[left]).is_empty() && !b.of(sentences[right]).is_empty());
                }
                assert!(scorer.pair_features(left, right).iter().all(|feature| feature.is_finite()));
            }
        }
    }
});
