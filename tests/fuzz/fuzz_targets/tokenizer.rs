//! Any bytes as a `tokenizer.json`, and the text after the last NUL through it; any other text to learn from.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use storydiff::subword::{SubwordModel, SubwordTokenizer, Training};

fn encode(tokenizer: &SubwordTokenizer, text: &str) {
    let Ok(encodings) = tokenizer.encode_batch(&[(text, None), ("a b", Some(text))], true, || Ok(())) else { return };
    let n_characters = text.chars().count();
    assert!(encodings[0].get_offsets().iter().all(|&(start, end)| start <= end && end <= n_characters));
    let _ = tokenizer.decode(encodings[0].get_ids(), true);
}

/// A panic that is caught is an error like others; one that is not still ends the run.
static CAUGHT: LazyLock<()> = LazyLock::new(|| std::panic::set_hook(Box::new(|panic| eprintln!("{panic}"))));

fuzz_target!(|input: &str| {
    *CAUGHT;
    let (json, text) = input.rsplit_once('\0').unwrap_or((input, "The bridge closed on Monday."));
    if let Ok(tokenizer) = SubwordTokenizer::from_json(json) {
        encode(&tokenizer, text);
        tokenizer.vocabulary();
        tokenizer.to_json(false).unwrap();
    } else if !json.starts_with('{') && input.len() < 500 {
        // With the sanitizer learning takes seconds: nothing is learned from broken files, nor from long texts.
        for model in [SubwordModel::Bpe, SubwordModel::WordPiece, SubwordModel::Unigram] {
            let special_tokens = vec![text.chars().take(3).collect()];
            let training = Training { model, vocab_size: 300, min_frequency: 1, lowercase: true, special_tokens };
            if let Ok(tokenizer) = SubwordTokenizer::train(&training, input.lines()) {
                encode(&tokenizer, text);
            }
        }
    }
});
