use std::collections::BTreeMap;

use safetensors::Dtype;
use safetensors::tensor::TensorView;

use super::*;
use crate::encode::VOCABULARY;
use crate::kernel::{GROUP, numbers};

const WIDTH: usize = 32;
const WIDE: usize = 64;
const N_LAYERS: usize = 2;
const N_HEADS: usize = 2;
const EPSILON: f64 = 1e-12;

/// Tensors by name, with their shape.
type Tensors = BTreeMap<String, (Vec<usize>, Vec<f32>)>;

/// Words and positions, and all else, of a small network of random numbers.
fn network() -> (Tensors, Tensors) {
    let (mut base, mut own) = (Tensors::new(), Tensors::new());
    let mut seed = 0;
    let mut random = |tensors: &mut Tensors, name: String, shape: &[usize], mean: f32, spread: f32| {
        seed += 1;
        let values = numbers(shape.iter().product(), seed).iter().map(|x| mean + spread * x).collect();
        tensors.insert(name, (shape.to_vec(), values));
    };
    let words = VOCABULARY.lines().count();
    random(&mut base, "embeddings.word_embeddings.weight".into(), &[words, WIDTH], 0.0, 1.0);
    random(&mut base, "embeddings.position_embeddings.weight".into(), &[256, WIDTH], 0.0, 0.5);
    random(&mut own, "embeddings.token_type_embeddings.weight".into(), &[2, WIDTH], 0.0, 0.5);
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
    linear.push(("head.out".into(), PairReading::N_SIGNALS, WIDTH));
    linear.push(("head.tokens".into(), N_MARKS, WIDTH));
    for name in norms {
        random(&mut own, format!("{name}.weight"), &[WIDTH], 1.0, 0.2);
        random(&mut own, format!("{name}.bias"), &[WIDTH], 0.0, 0.2);
    }
    for (name, n_out, n_in) in linear {
        random(&mut own, format!("{name}.weight"), &[n_out, n_in], 0.0, 0.4);
        random(&mut own, format!("{name}.bias"), &[n_out], 0.0, 0.2);
    }
    (base, own)
}

fn shape() -> Shape {
    serde_json::from_value(serde_json::json!({
        "model_type": "bert", "hidden_size": WIDTH, "num_attention_heads": N_HEADS, "num_hidden_layers": N_LAYERS,
        "intermediate_size": WIDE, "hidden_act": "gelu", "max_position_embeddings": 256,
        "vocab_size": VOCABULARY.lines().count(),
    }))
    .unwrap()
}

/// As a file: with `int8` the layers' matrices in bytes.
fn weights(tensors: &Tensors, int8: bool) -> Weights {
    let mut parts: Vec<(String, Dtype, Vec<usize>, Vec<u8>)> = Vec::new();
    let floats = |values: &[f32]| values.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>();
    for (name, (shape, values)) in tensors {
        if !int8 || shape.len() == 1 || !name.starts_with("encoder") {
            parts.push((name.clone(), Dtype::F32, shape.clone(), floats(values)));
            continue;
        }
        let (mut bytes, mut scales) = (Vec::new(), Vec::new());
        for group in values.chunks(GROUP) {
            let scale = group.iter().fold(0.0f32, |most, x| most.max(x.abs())) / 127.0;
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

fn encoder(int8: bool) -> CrossEncoder {
    let (base, own) = network();
    CrossEncoder::from_weights(&weights(&base, false), &weights(&own, int8), &shape()).unwrap()
}

/// The same network in float64, one number at a time.
struct Reference {
    base: Tensors,
    own: Tensors,
}

type Rows = Vec<Vec<f64>>;

impl Reference {
    fn row(tensors: &Tensors, name: &str, row: usize) -> Vec<f64> {
        let (shape, values) = &tensors[name];
        let n = shape[shape.len() - 1];
        values[row * n..][..n].iter().map(|&x| f64::from(x)).collect()
    }

    fn linear(&self, name: &str, row: &[f64]) -> Vec<f64> {
        let bias = Self::row(&self.own, &format!("{name}.bias"), 0);
        let weight = format!("{name}.weight");
        let output = |(at, bias): (usize, &f64)| {
            Self::row(&self.own, &weight, at).iter().zip(row).map(|(w, x)| w * x).sum::<f64>() + bias
        };
        bias.iter().enumerate().map(output).collect()
    }

    fn norm(&self, name: &str, a: &[f64], b: &[f64]) -> Vec<f64> {
        let sum: Vec<f64> = a.iter().zip(b).map(|(a, b)| a + b).collect();
        let mean = sum.iter().sum::<f64>() / WIDTH as f64;
        let variance = sum.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / WIDTH as f64;
        let [gain, bias] = ["weight", "bias"].map(|kind| Self::row(&self.own, &format!("{name}.{kind}"), 0));
        let scaled = |at: usize| (sum[at] - mean) / (variance + EPSILON).sqrt() * gain[at] + bias[at];
        (0..WIDTH).map(scaled).collect()
    }

    fn rows(&self, sequence: &Sequence) -> Rows {
        let embed = |(at, &id): (usize, &u32)| {
            let word = Self::row(&self.base, "embeddings.word_embeddings.weight", id as usize);
            let position = Self::row(&self.base, "embeddings.position_embeddings.weight", at);
            let segment = usize::from(at >= sequence.second);
            let kind = Self::row(&self.own, "embeddings.token_type_embeddings.weight", segment);
            let both: Vec<f64> = word.iter().zip(&kind).map(|(a, b)| a + b).collect();
            self.norm("embeddings.LayerNorm", &both, &position)
        };
        let mut rows: Rows = sequence.ids.iter().enumerate().map(embed).collect();
        for layer in (0..N_LAYERS).map(|layer| format!("encoder.layer.{layer}")) {
            let [queries, keys, values] = ["query", "key", "value"].map(|part| -> Rows {
                rows.iter().map(|row| self.linear(&format!("{layer}.attention.self.{part}"), row)).collect()
            });
            let attend = |(row, query): (&Vec<f64>, &Vec<f64>)| {
                let mut attended = vec![0.0; WIDTH];
                for head in (0..WIDTH).step_by(WIDTH / N_HEADS).map(|first| first..first + WIDTH / N_HEADS) {
                    let odds = |key: &Vec<f64>| -> f64 {
                        let dot: f64 = head.clone().map(|i| query[i] * key[i]).sum();
                        (dot / (head.len() as f64).sqrt()).exp()
                    };
                    let total: f64 = keys.iter().map(odds).sum();
                    for (key, value) in keys.iter().zip(&values) {
                        head.clone().for_each(|i| attended[i] += odds(key) / total * value[i]);
                    }
                }
                let mixed = self.linear(&format!("{layer}.attention.output.dense"), &attended);
                let row = self.norm(&format!("{layer}.attention.output.LayerNorm"), row, &mixed);
                let wide: Vec<f64> =
                    self.linear(&format!("{layer}.intermediate.dense"), &row).iter().map(|&x| gelu(x)).collect();
                let out = self.linear(&format!("{layer}.output.dense"), &wide);
                self.norm(&format!("{layer}.output.LayerNorm"), &row, &out)
            };
            rows = rows.iter().zip(&queries).map(attend).collect();
        }
        rows
    }

    fn signals(&self, rows: &Rows) -> Vec<f64> {
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

const LONG: &str = "The two-day strike cost $2,500 a head, they said. ";

fn texts() -> Vec<String> {
    let texts = [
        "The bridge closed on Monday after two ships had struck it.",
        "the BRIDGE closed on monday after two ships had struck it",
        "The BRIDGE closed on Monday after two ships had struck it.",
        "It reopened on Friday; nobody was hurt.",
        "",
        " \r\n",
        "\u{1f600} Zoë\r\nMüller \u{1f9d1}\u{200d}\u{1f680} left\u{1f600}early —\u{a0}at 5:42\r\n",
        "北京 e\u{301}te\u{301} U.S.\u{200b}A.",
    ];
    texts.map(str::to_owned).into_iter().chain([LONG.repeat(40), "x".repeat(3000)]).collect()
}

fn pairs(texts: &[String]) -> Vec<(&str, &str)> {
    texts.iter().flat_map(|a| texts.iter().map(|b| (&**a, &**b))).collect()
}

fn read(encoder: &CrossEncoder, pairs: &[(&str, &str)], n_threads: Option<usize>) -> Vec<PairReading> {
    encoder.read(pairs, n_threads, &mut |_, _| Ok(())).unwrap()
}

#[test]
fn the_forward_pass_agrees_with_float64() {
    let (base, own) = network();
    let reference = Reference { base, own };
    let texts = texts();
    let some =
        [(0, 3), (3, 0), (4, 0), (6, 8), (4, 5)].map(|(left, right): (usize, usize)| (&*texts[left], &*texts[right]));
    for (int8, tolerance) in [(false, 1e-3), (true, 0.25)] {
        let encoder = encoder(int8);
        for (reading, (left, right)) in read(&encoder, &some, None).iter().zip(some) {
            let sequence = encoder.sequence(&encoder.prepare(left), &encoder.prepare(right));
            let rows = reference.rows(&sequence);
            for (x, exact) in reading.signals().iter().zip(reference.signals(&rows)) {
                assert!((f64::from(*x) - exact).abs() < tolerance, "int8: {int8}, {left:?}: {x} is not {exact}");
            }
            let sequences = [&sequence];
            let found = encoder.bert.forward(&sequences, &mut Default::default()).to_vec();
            let marks = encoder.tokens.apply(encoder.bert.level(), &found);
            for (marks, row) in marks.chunks(N_MARKS).zip(&rows) {
                for (x, exact) in marks.iter().zip(reference.linear("head.tokens", row)) {
                    assert!((f64::from(*x) - exact).abs() < tolerance, "int8: {int8}, {left:?}: {x} is not {exact}");
                }
            }
        }
    }
}

#[test]
fn it_is_the_same_whichever_side_is_left() {
    let texts = texts();
    let pairs = pairs(&texts);
    let swapped: Vec<_> = pairs.iter().map(|&(left, right)| (right, left)).collect();
    let encoder = encoder(true);
    for ((reading, other), pair) in read(&encoder, &pairs, None).iter().zip(read(&encoder, &swapped, None)).zip(&pairs)
    {
        let swap = |(left, right): &(Vec<Span>, Vec<Span>)| (right.clone(), left.clone());
        let swapped = PairReading { differing: swap(&other.differing), common: swap(&other.common), ..other.clone() };
        assert_eq!(*reading, swapped, "{pair:?}");
    }
}

#[test]
fn a_reading_depends_on_its_pair_alone() {
    let texts = texts();
    let pairs = pairs(&texts);
    let encoder = encoder(true);
    let all = read(&encoder, &pairs, Some(3));
    assert_eq!(read(&encoder, &pairs, Some(1)), all);
    for (reading, pair) in all.iter().zip(&pairs).step_by(7) {
        assert_eq!(read(&encoder, &[*pair], Some(1))[0], *reading, "{pair:?}");
    }
    assert!(read(&encoder, &[], None).is_empty());
}

#[test]
fn spans_hold_whole_words_of_what_was_read() {
    let texts = texts();
    let pairs = pairs(&texts);
    let mut n_marked = 0;
    for (reading, (left, right)) in read(&encoder(true), &pairs, None).iter().zip(&pairs) {
        assert!(reading.signals().iter().all(|x| x.is_finite()));
        for (text, spans) in [
            (left, &reading.differing.0),
            (right, &reading.differing.1),
            (left, &reading.common.0),
            (right, &reading.common.1),
        ] {
            n_marked += spans.len();
            assert!(spans.windows(2).all(|two| two[0].end < two[1].start || !two[0].overlaps(two[1])));
            assert!(spans.is_sorted());
            for span in spans {
                let word = text.get(span.start..span.end).expect("at characters' boundaries");
                assert!(!word.is_empty() && word.trim() == word, "{word:?}");
                let inside = |at: usize| {
                    text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
                        && text[at..].chars().next().is_some_and(|c| c.is_alphanumeric() && c.is_ascii())
                };
                assert!(!inside(span.start) && !inside(span.end), "{word:?} of {text:?}");
            }
        }
    }
    assert!(n_marked > pairs.len());
}

#[test]
fn only_the_first_pieces_are_read() {
    let encoder = encoder(true);
    let (long, longer) = (LONG.repeat(10), LONG.repeat(20));
    let other = "It reopened on Friday.";
    let readings = read(&encoder, &[(&long, other), (&longer, other)], None);
    assert_eq!(readings[0], readings[1]);
    assert_eq!(encoder.prepare(&longer).ids.len(), MAX_PIECES);
}

#[test]
fn progress_can_stop_the_work() {
    let outcome = encoder(true).read(&[("a", "b")], None, &mut |_, _| Err(crate::error::Error::Interrupted));
    assert!(matches!(outcome, Err(crate::error::Error::Interrupted)));
}

#[test]
fn the_embedded_model_is_read() {
    let reading = &read(&CrossEncoder::embedded(), &[("The bridge closed.", "The bridge is shut.")], None)[0];
    assert!(reading.signals().iter().all(|x| x.is_finite()));
}
