//! Any bytes as a saved comparison: an error, or one whose every claim can be read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use storydiff::pipeline::Silent;
use storydiff::saved::{from_json, to_json};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(comparison) = from_json(bytes, &mut Silent) {
        assert!(from_json(&to_json(&comparison), &mut Silent).is_ok());
        comparison.rethreshold(0.3, &mut Silent).unwrap();
        comparison.likeness(&mut || Ok(())).unwrap();
        comparison.passages(2, &mut || Ok(())).unwrap();
        (0..comparison.articles.len()).for_each(|article| drop(comparison.terms(article.into(), 3)));
    }
});
