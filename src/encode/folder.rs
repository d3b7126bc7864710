//! Models from folders, as Model2Vec, sentence-transformers and Hugging Face save them.
//!
//! Nothing in a folder is trusted: sizes are checked against the files before memory is taken, ids against tables before
//! they are used, and what would be computed otherwise than the folder says is an error.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use safetensors::Dtype;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::bert::{Bert, Shape};
use super::piece::Pieces;
use super::table::{Format, Table};
use super::weights::Weights;
use super::{Encoder, Model, Pooling, Transformer};
use crate::error::{Error, Result};

/// A configuration or tokenizer file is at most this long.
const MAX_BYTES: u64 = 1 << 28;

/// The bytes of a small file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    let fail = |reason: String| Error::Model { path: path.display().to_string(), reason };
    let file = File::open(path).map_err(|error| fail(format!("it cannot be read: {error}")))?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| fail(format!("it cannot be read: {error}")))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(fail(format!("it is longer than {MAX_BYTES} bytes")));
    }
    Ok(bytes)
}

/// A JSON file.
pub fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T> {
    serde_json::from_slice(&read(path)?)
        .map_err(|error| Error::Model { path: path.display().to_string(), reason: error.to_string() })
}

/// A JSON file, or null where there is none.
fn read_json_if_any(path: &Path) -> Result<Value> {
    if path.exists() { read_json(path) } else { Ok(Value::Null) }
}

/// The prefix of a transformer's tensors.
pub fn prefix(weights: &Weights) -> Result<&'static str> {
    ["", "bert.", "roberta.", "model."]
        .into_iter()
        .find(|prefix| weights.has(&format!("{prefix}embeddings.word_embeddings.weight")))
        .ok_or_else(|| weights.error("it has no tensor embeddings.word_embeddings.weight"))
}

/// What `modules.json` says of a sentence-transformers folder.
struct Modules {
    /// Where the network is.
    network: String,
    is_static: bool,
    pooling: Pooling,
    normalize: bool,
    /// Put before each text.
    prompt: String,
}

impl Modules {
    fn read(folder: &Path) -> Result<Self> {
        let path = folder.join("modules.json");
        // A plain Hugging Face folder says nothing: what sentence-transformers does with one, and rows of length 1.
        let mut modules = Self {
            network: String::new(),
            is_static: false,
            pooling: Pooling::Mean,
            normalize: !path.exists(),
            prompt: String::new(),
        };
        if !path.exists() {
            return Ok(modules);
        }
        let settings = read_json_if_any(&folder.join("config_sentence_transformers.json"))?;
        if let Some(name) = settings["default_prompt_name"].as_str() {
            modules.prompt = settings["prompts"][name].as_str().unwrap_or_default().into();
        }
        for module in read_json::<Vec<Value>>(&path)? {
            let place = module["path"].as_str().unwrap_or_default();
            match module["type"].as_str().and_then(|name| name.rsplit('.').next()) {
                Some("Transformer") => modules.network = place.into(),
                Some("StaticEmbedding") => (modules.is_static, modules.network) = (true, place.into()),
                Some("Pooling") => {
                    modules.pooling = pooling(&folder.join(place).join("config.json"), !modules.prompt.is_empty())?;
                }
                Some("Normalize") => modules.normalize = true,
                other => {
                    let reason = format!(
                        "a module must be Transformer, StaticEmbedding, Pooling or Normalize, got {:?}",
                        other.unwrap_or_default()
                    );
                    return Err(Error::Model { path: path.display().to_string(), reason });
                }
            }
        }
        Ok(modules)
    }
}

fn pooling(path: &Path, has_prompt: bool) -> Result<Pooling> {
    let fail = |reason: String| Error::Model { path: path.display().to_string(), reason };
    let config: Value = read_json(path)?;
    if has_prompt && config["include_prompt"] == false {
        return Err(fail("its pooling must include the prompt".into()));
    }
    let chosen: Vec<&str> = match config["pooling_mode"].as_str() {
        Some(mode) => vec![mode],
        None => [
            ("pooling_mode_mean_tokens", "mean"),
            ("pooling_mode_cls_token", "cls"),
            ("pooling_mode_max_tokens", "max"),
            ("pooling_mode_mean_sqrt_len_tokens", "mean_sqrt_len"),
            ("pooling_mode_weightedmean_tokens", "weightedmean"),
            ("pooling_mode_lasttoken", "lasttoken"),
        ]
        .into_iter()
        .filter_map(|(key, mode)| (config[key] == true).then_some(mode))
        .collect(),
    };
    match chosen[..] {
        ["mean"] => Ok(Pooling::Mean),
        ["cls"] => Ok(Pooling::First),
        ["max"] => Ok(Pooling::Max),
        _ => Err(fail(format!("its pooling must be one of mean, cls, max, got {chosen:?}"))),
    }
}

/// Reads a model.
pub fn load(folder: &Path) -> Result<Encoder> {
    let modules = Modules::read(folder)?;
    let network = folder.join(&modules.network);
    let config_path = network.join("config.json");
    let config = if modules.is_static { read_json_if_any(&config_path)? } else { read_json(&config_path)? };
    let name = folder.file_name().map_or_else(|| "model".into(), |name| name.to_string_lossy().into_owned());
    if modules.is_static || config["model_type"] == "model2vec" {
        load_static(name, folder, &network, modules, &config)
    } else {
        load_transformer(name, folder, &network, modules)
    }
}

/// Where the tokenizer is: beside the network, else at the top.
fn tokenizer(folder: &Path, network: &Path) -> PathBuf {
    let beside = network.join("tokenizer.json");
    if beside.exists() { beside } else { folder.join("tokenizer.json") }
}

fn load_static(name: String, folder: &Path, network: &Path, modules: Modules, config: &Value) -> Result<Encoder> {
    let weights = Weights::open(&network.join("model.safetensors"))?;
    let tensor = if weights.has("embeddings") { "embeddings" } else { "embedding.weight" };
    let [n_rows, dimension] = *weights.shape(tensor)? else {
        return Err(weights.error(format!("tensor {tensor} must have two dimensions")));
    };
    let (pieces, _, n_ids) = Pieces::read(&tokenizer(folder, network))?;
    let format = match weights.dtype(tensor)? {
        Dtype::I8 => Format::I8,
        Dtype::F16 => Format::F16,
        Dtype::BF16 => Format::BF16,
        Dtype::F32 => Format::F32,
        other => return Err(weights.error(format!("tensor {tensor} must hold int8 or floats, got {other:?}"))),
    };
    let mapping = if weights.has("mapping") { mapping(&weights)? } else { Vec::new() };
    let factors = if weights.has("weights") {
        let shape = weights.shape("weights")?.to_vec();
        weights.floats("weights", &shape)?
    } else {
        Vec::new()
    };
    let fits = |length: usize| length == 0 || length >= n_ids;
    let largest = mapping.iter().max().map_or(0, |&row| row as usize + 1);
    if dimension == 0 || !fits(mapping.len()) || !fits(factors.len()) || largest.max(1) > n_rows {
        return Err(weights.error(format!("its tensors do not fit each other and {n_ids} pieces")));
    }
    if mapping.is_empty() && n_rows < n_ids {
        return Err(weights.error(format!("it has {n_rows} rows for {n_ids} pieces")));
    }
    let table = Table {
        rows: weights.bytes(tensor, &[n_rows, dimension])?,
        format,
        scales: Default::default(),
        dimension,
        weights: factors,
        mapping,
    };
    let max_length = config["max_length"].as_u64().map_or(512, |n| n as usize);
    let normalize = config["normalize"].as_bool().unwrap_or(modules.normalize);
    let model = Model::Static(table, max_length);
    Ok(Encoder { name, dimension, pieces, prompt: modules.prompt, normalize, model })
}

/// The row of each piece, stored in any of the integer types.
fn mapping(weights: &Weights) -> Result<Vec<u32>> {
    let shape = weights.shape("mapping")?.to_vec();
    let bytes = weights.bytes("mapping", &shape)?;
    let rows: Option<Vec<u32>> = match weights.dtype("mapping")? {
        Dtype::I64 => bytes.as_chunks().0.iter().map(|&row| u32::try_from(i64::from_le_bytes(row)).ok()).collect(),
        Dtype::U64 => bytes.as_chunks().0.iter().map(|&row| u32::try_from(u64::from_le_bytes(row)).ok()).collect(),
        Dtype::I32 => bytes.as_chunks().0.iter().map(|&row| u32::try_from(i32::from_le_bytes(row)).ok()).collect(),
        Dtype::U32 => bytes.as_chunks().0.iter().map(|&row| Some(u32::from_le_bytes(row))).collect(),
        other => return Err(weights.error(format!("tensor mapping must hold integers, got {other:?}"))),
    };
    rows.ok_or_else(|| weights.error("tensor mapping names rows below 0 or beyond 2^32"))
}

fn load_transformer(name: String, folder: &Path, network: &Path, modules: Modules) -> Result<Encoder> {
    let (bert, weights) = bert(network)?;
    let (mut pieces, frame, n_ids) = Pieces::read(&tokenizer(folder, network))?;
    if n_ids.max(frame.largest() as usize + 1) > bert.n_words() {
        return Err(weights.error(format!("it has {} rows for {n_ids} pieces", bert.n_words())));
    }
    let settings: Value = read_json_if_any(&network.join("sentence_bert_config.json"))?;
    if settings["do_lower_case"] == true {
        pieces.lowercase()?;
    }
    let stated = settings["max_seq_length"].as_u64().map(|n| usize::try_from(n).unwrap_or(usize::MAX));
    let max_length = stated.map_or_else(|| max_pieces(network), Ok)?.min(bert.max_pieces());
    if max_length <= frame.len() {
        return Err(weights.error(format!("it reads only {max_length} pieces")));
    }
    let dimension = bert.width();
    let model = Model::Transformer(Box::new(Transformer { bert, frame, max_length, pooling: modules.pooling }));
    Ok(Encoder { name, dimension, pieces, prompt: modules.prompt, normalize: modules.normalize, model })
}

/// The most pieces of a text, as `tokenizer_config.json` has it.
pub fn max_pieces(folder: &Path) -> Result<usize> {
    let settings = read_json_if_any(&folder.join("tokenizer_config.json"))?;
    // Unlimited is written as 10^30, which is no integer here.
    Ok(settings["model_max_length"].as_u64().map_or(usize::MAX, |n| usize::try_from(n).unwrap_or(usize::MAX)))
}

/// The network of a folder, and its tensors.
pub fn bert(folder: &Path) -> Result<(Bert, Weights)> {
    let shape: Shape = read_json(&folder.join("config.json"))?;
    let weights = Weights::open(&folder.join("model.safetensors"))?;
    let prefix = prefix(&weights)?;
    Ok((Bert::read(&weights, &shape, prefix)?, weights))
}
