//! Any bytes as the files of a model's folder: an error, or a model that encodes.
//!
//! Files end at 0xFF 0xFE: `config.json`, `tokenizer.json`, `modules.json` (none if empty), then `model.safetensors`.
#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use storydiff::encode::{Encoder, Reranker};

const FILES: [&str; 4] = ["config.json", "tokenizer.json", "modules.json", "model.safetensors"];

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("storydiff-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("1_Pooling")).unwrap();
    std::fs::write(folder.join("1_Pooling/config.json"), "{\"pooling_mode_cls_token\": true}").unwrap();
    folder
});

/// A panic that is caught is an error like others; one that is not still ends the run.
static CAUGHT: LazyLock<()> = LazyLock::new(|| std::panic::set_hook(Box::new(|panic| eprintln!("{panic}"))));

fuzz_target!(|bytes: &[u8]| {
    *CAUGHT;
    let mut rest = bytes;
    for name in FILES {
        let end = rest.windows(2).position(|pair| pair == [0xFF, 0xFE] && name != FILES[3]);
        let (file, after) = end.map_or((rest, &[][..]), |end| (&rest[..end], &rest[end + 2..]));
        let path = FOLDER.join(name);
        match file.is_empty() && name == "modules.json" {
            true => drop(std::fs::remove_file(path)),
            false => std::fs::write(path, file).unwrap(),
        }
        rest = after;
    }
    let texts = ["The bridge closed on Monday.", "", "Zoë: 桥 \u{1F600}\u{301}"];
    if let Ok(encoder) = Encoder::load(&FOLDER) {
        let rows = encoder.encode_with(&texts, Some(1), &mut |_, _| Ok(())).unwrap();
        assert_eq!(rows.dim(), (texts.len(), encoder.dimension()));
        encoder.token_vectors_with(&texts, Some(1), &mut |_, _| Ok(())).unwrap();
    }
    if let Ok(reranker) = Reranker::load(&FOLDER) {
        reranker.score(&[(texts[0], texts[2])], Some(1), &mut |_, _| Ok(())).unwrap();
    }
});
