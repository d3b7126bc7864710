//! Cross-encoders in float64, one number at a time, and small networks of random numbers to read with them.

use std::collections::BTreeMap;

use safetensors::Dtype;
use safetensors::tensor::TensorView;

use super::head::PairSignals;
use crate::encode::VOCABULARY;
use crate::encode::bert::{Sequence, Shape};
use crate::encode::weights::Weights;
use crate::kernel::{GROUP, numbers};

const WIDTH: usize = 32;
const WIDE: usize = 64;
const N_LAYERS: usize = 2;
const N_HEADS: usize = 2;
/// Kinds of distances, where they enter.
const N_DISTANCES: usize = 16;

/// Tensors by name, with their shape.
type Tensors = BTreeMap<String, (Vec<usize>, Vec<f32>)>;

/// A network of random numbers.
pub struct Network {
    tensors: Tensors,
    /// Whether it is like the large cross-encoder.
    large: bool,
}

impl Network {
    /// Like the small one.
    pub fn small() -> Self {
        Self { tensors: tensors(), large: false }
    }

    /// Like the large one, where distances enter.
    pub fn large() -> Self {
        let mut tensors = tensors();
        let near = numbers(N_DISTANCES * N_HEADS, 99);
        tensors.insert("encoder.relative_attention_bias.weight".into(), (vec![N_DISTANCES, N_HEADS], near));
        Self { tensors, large: true }
    }

    /// What `config.json` says of it.
    pub fn shape(&self) -> Shape {
        serde_json::from_value(serde_json::json!({
            "model_type": "bert", "hidden_size": WIDTH, "num_attention_heads": N_HEADS, "num_hidden_layers": N_LAYERS,
            "intermediate_size": WIDE, "hidden_act": "gelu", "max_position_embeddings": 256,
            "vocab_size": VOCABULARY.lines().count(), "layer_norm_eps": self.epsilon(),
            "relative_attention_num_buckets": self.large.then_some(N_DISTANCES),
        }))
        .unwrap()
    }

    fn epsilon(&self) -> f64 {
        if self.large { 1e-5 } else { 1e-12 }
    }

    /// As a file: with `int8` the layers' matrices in bytes.
    pub fn weights(&self, int8: bool) -> Weights {
        weights(&self.tensors, int8)
    }
}

/// All that a network has but distances.
fn tensors() -> Tensors {
    let mut tensors = Tensors::new();
    let mut seed = 0;
    let mut random = |name: String, shape: &[usize], mean: f32, spread: f32| {
        seed += 1;
        let values = numbers(shape.iter().product(), seed).iter().map(|x| mean + spread * x).collect();
        tensors.insert(name, (shape.to_vec(), values));
    };
    let words = VOCABULARY.lines().count();
    random("embeddings.word_embeddings.weight".into(), &[words, WIDTH], 0.0, 1.0);
    random("embeddings.position_embeddings.weight".into(), &[256, WIDTH], 0.0, 0.5);
    random("embeddings.token_type_embeddings.weight".into(), &[2, WIDTH], 0.0, 0.5);
    let mut norms = vec!["embeddings.LayerNorm".to_owned()];
    let mut linear = Vec::new();
    for layer in (0..N_LAYERS).map(|layer| format!("encoder.layer.{layer}")) {
        for part in ["self.query", "self.key", "self.value", "output.dense"] {
            linear.push((format!("{layer}.attention.{part}"), WIDTH, WIDTH));
        }
        linear.push((format!("{layer}.intermediate.dense"), WIDE, WIDTH));
        linear.push((format!("{layer}.output.dense"), WIDTH, WIDE));
        norms.extend(["attention.output", "output"].map(|part| format!("{layer}.{part}.LayerNorm")));
    }
    linear.push(("head.dense".into(), WIDTH, WIDTH));
    linear.push(("head.out".into(), PairSignals::N, WIDTH));
    for name in norms {
        random(format!("{name}.weight"), &[WIDTH], 1.0, 0.2);
        random(format!("{name}.bias"), &[WIDTH], 0.0, 0.2);
    }
    for (name, n_out, n_in) in linear {
        random(format!("{name}.weight"), &[n_out, n_in], 0.0, 0.4);
        random(format!("{name}.bias"), &[n_out], 0.0, 0.2);
    }
    tensors
}

/// As a file.
fn weights(tensors: &Tensors, int8: bool) -> Weights {
    let mut parts: Vec<(String, Dtype, Vec<usize>, Vec<u8>)> = Vec::new();
    let floats = |values: &[f32]| values.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>();
    for (name, (shape, values)) in tensors {
        if !int8 || shape.len() == 1 || !name.starts_with("encoder.layer") {
            parts.push((name.clone(), Dtype::F32, shape.clone(), floats(values)));
            continue;
        }
        let (mut bytes, mut scales) = (Vec::new(), Vec::new());
        for group in values.chunks(GROUP) {
            // Of few bits, as the kernel wants it.
            let most = group.iter().fold(0.0f32, |most, x| most.max(x.abs()));
            let scale = f32::from_bits((most / 127.0).to_bits() & !3);
            bytes.extend(group.iter().map(|x| (x / scale).round() as i8 as u8));
            scales.push(scale);
        }
        parts.push((format!("{name}.q8"), Dtype::I8, shape.clone(), bytes));
        parts.push((format!("{name}.scale"), Dtype::F32, vec![shape[0], shape[1] / GROUP], floats(&scales)));
    }
    let views =
        parts.iter().map(|(name, dtype, shape, bytes)| (name, TensorView::new(*dtype, shape.clone(), bytes).unwrap()));
    Weights::embedded(safetensors::serialize(views, None).unwrap().leak())
}

/// A network in float64.
pub struct Reference(Network);

type Rows = Vec<Vec<f64>>;

impl Reference {
    pub fn new(network: Network) -> Self {
        Self(network)
    }

    fn row(&self, name: &str, row: usize) -> Vec<f64> {
        let (shape, values) = &self.0.tensors[name];
        let n = shape[shape.len() - 1];
        values[row * n..][..n].iter().map(|&x| f64::from(x)).collect()
    }

    fn linear(&self, name: &str, row: &[f64]) -> Vec<f64> {
        let bias = self.row(&format!("{name}.bias"), 0);
        let weight = format!("{name}.weight");
        let output =
            |(at, bias): (usize, &f64)| self.row(&weight, at).iter().zip(row).map(|(w, x)| w * x).sum::<f64>() + bias;
        bias.iter().enumerate().map(output).collect()
    }

    fn norm(&self, name: &str, a: &[f64], b: &[f64]) -> Vec<f64> {
        let sum: Vec<f64> = a.iter().zip(b).map(|(a, b)| a + b).collect();
        let mean = sum.iter().sum::<f64>() / WIDTH as f64;
        let variance = sum.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / WIDTH as f64;
        let [gain, bias] = ["weight", "bias"].map(|kind| self.row(&format!("{name}.{kind}"), 0));
        let scaled = |at: usize| (sum[at] - mean) / (variance + self.0.epsilon()).sqrt() * gain[at] + bias[at];
        (0..WIDTH).map(scaled).collect()
    }

    pub fn rows(&self, sequence: &Sequence) -> Rows {
        let embed = |(at, &id): (usize, &u32)| {
            let word = self.row("embeddings.word_embeddings.weight", id as usize);
            let position = self.row("embeddings.position_embeddings.weight", at);
            let kind = self.row("embeddings.token_type_embeddings.weight", usize::from(sequence.kinds[at]));
            let both: Vec<f64> = word.iter().zip(&kind).map(|(a, b)| a + b).collect();
            self.norm("embeddings.LayerNorm", &both, &position)
        };
        let mut rows: Rows = sequence.ids.iter().enumerate().map(embed).collect();
        for layer in (0..N_LAYERS).map(|layer| format!("encoder.layer.{layer}")) {
            let [queries, keys, values] = ["query", "key", "value"].map(|part| -> Rows {
                rows.iter().map(|row| self.linear(&format!("{layer}.attention.self.{part}"), row)).collect()
            });
            let attend = |(at, (row, query)): (usize, (&Vec<f64>, &Vec<f64>))| {
                let mut attended = vec![0.0; WIDTH];
                for (head, first) in (0..WIDTH).step_by(WIDTH / N_HEADS).enumerate() {
                    let range = first..first + WIDTH / N_HEADS;
                    let odds = |(other, key): (usize, &Vec<f64>)| -> f64 {
                        let dot: f64 = range.clone().map(|i| query[i] * key[i]).sum();
                        (dot / (range.len() as f64).sqrt() + self.near(head, at, other)).exp()
                    };
                    let odds: Vec<f64> = keys.iter().enumerate().map(odds).collect();
                    let total: f64 = odds.iter().sum();
                    for (odds, value) in odds.iter().zip(&values) {
                        range.clone().for_each(|i| attended[i] += odds / total * value[i]);
                    }
                }
                let mixed = self.linear(&format!("{layer}.attention.output.dense"), &attended);
                let row = self.norm(&format!("{layer}.attention.output.LayerNorm"), row, &mixed);
                let wide: Vec<f64> =
                    self.linear(&format!("{layer}.intermediate.dense"), &row).iter().map(|&x| gelu(x)).collect();
                let out = self.linear(&format!("{layer}.output.dense"), &wide);
                self.norm(&format!("{layer}.output.LayerNorm"), &row, &out)
            };
            rows = rows.iter().zip(&queries).enumerate().map(attend).collect();
        }
        rows
    }

    /// What a head adds to the score of the key at `key` for the query at `query`: by kinds of distance as the original's
    /// code has them, which start at these.
    fn near(&self, head: usize, query: usize, key: usize) -> f64 {
        if !self.0.large {
            return 0.0;
        }
        let starts = [1, 2, 3, 4, 10, 23, 54];
        let kind = starts.iter().filter(|&&start| query.abs_diff(key) >= start).count();
        let kind = if key > query { kind + N_DISTANCES / 2 } else { kind };
        self.row("encoder.relative_attention_bias.weight", kind)[head]
    }

    /// The log-odds of a sequence with such rows.
    pub fn signals(&self, rows: &Rows) -> Vec<f64> {
        let hidden: Vec<f64> = self.linear("head.dense", &rows[0]).iter().map(|&x| gelu(x)).collect();
        self.linear("head.out", &hidden)
    }
}

/// x times the normal distribution function of x, that by its Taylor series.
fn gelu(x: f64) -> f64 {
    let mut term = x / (2.0 * std::f64::consts::PI).sqrt();
    let mut sum = 0.5 + term;
    for n in 1..120 {
        term *= -x * x / 2.0 / f64::from(n);
        sum += term / f64::from(2 * n + 1);
    }
    x * sum
}
