//! Any text: sentences and words lie in order, without overlap, on characters.
#![no_main]

use libfuzzer_sys::fuzz_target;
use storydiff::encode::Encoder;
use storydiff::sentence::split_sentences;
use storydiff::token::tokenize;

fuzz_target!(|text: &str| {
    for language in ["en", "de"] {
        let mut end = 0;
        for span in split_sentences(text, language).unwrap() {
            assert!(end <= span.start && span.start < span.end);
            assert!(!span.of(text).trim().is_empty());
            end = span.end;
        }
    }
    let mut end = 0;
    for token in tokenize(text) {
        assert!(end <= token.span.start && !token.span.of(text).is_empty());
        end = token.span.end;
    }
    let rows = Encoder::embedded("static").unwrap().encode_with(&[text], Some(1), &mut |_, _| Ok(())).unwrap();
    assert!(rows.iter().all(|value| value.is_finite()));
});
