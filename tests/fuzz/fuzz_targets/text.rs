//! Any text: sentences, words, pieces of clauses and word pieces lie in order, without overlap, on characters.
#![no_main]

use libfuzzer_sys::fuzz_target;
use storydiff::clause::clauses;
use storydiff::encode::Encoder;
use storydiff::sentence::split_sentences;
use storydiff::span::Span;
use storydiff::token::{tokenize, words};

fn check(text: &str, spans: impl IntoIterator<Item = Span>) {
    let mut end = 0;
    for span in spans {
        assert!(end <= span.start && !span.of(text).is_empty());
        end = span.end;
    }
}

fuzz_target!(|text: &str| {
    for language in ["en", "de", "zh"] {
        let sentences = split_sentences(text, language).unwrap();
        check(text, sentences.iter().copied());
        for &sentence in &sentences {
            assert!(!sentence.of(text).trim().is_empty());
            let place = |span: Span| span.shifted(sentence.start);
            let words: Vec<Span> = words(sentence.of(text)).into_iter().map(|word| place(word.span)).collect();
            let clauses = clauses(text, sentence, &words);
            // What shows a clause may hold a subject or a quotation that others hold too; a piece is of one clause.
            let is_sound = |span: Span| sentence.contains(span) && !span.of(text).is_empty();
            assert!(clauses.iter().all(|clause| is_sound(clause.part.span)));
            let mut pieces: Vec<_> = clauses.iter().flat_map(|clause| &clause.pieces).collect();
            pieces.sort_unstable_by_key(|piece| piece.words.start);
            assert!(pieces.iter().all(|piece| sentence.contains(piece.span)));
            assert!(pieces.iter().flat_map(|piece| piece.words.clone()).eq(0..words.len()));
            check(text, pieces.iter().map(|piece| piece.span));
        }
    }
    check(text, tokenize(text).into_iter().map(|token| token.span));
    let encoder = Encoder::embedded("static").unwrap();
    let rows = encoder.encode_with(&[text], Some(1), &mut |_, _| Ok(())).unwrap();
    assert!(rows.iter().all(|value| value.is_finite()));
    let tokens = encoder.token_vectors_with(&[text], Some(1), &mut |_, _| Ok(())).unwrap();
    check(text, tokens[0].spans.iter().copied());
});
