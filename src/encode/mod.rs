//! Floor 6. Rows of embeddings.
//!
//! Enter texts, leave rows of length 1 ([`Encoder::encode`]) or a vector for each word piece with the bytes it stands for
//! ([`Encoder::token_vectors`]). Two models come with the crate, in `models/`: `"minilm"` is a transformer, its vectors know
//! the sentence around a word; `"static"` looks vectors up, several hundred times faster. [`Reader`] prepares sentences for
//! a closer comparison of their words, [`CrossEncoder`] reads the two of a pair together: the slowest, for few pairs.
//!
//! With all, results depend on nothing but the text: not on the other texts of a call, the number of threads or the
//! machine (see [`crate::kernel`]).

mod batches;
mod bert;
mod cache;
mod cross;
mod dense;
mod distance;
mod entail;
mod folder;
mod linear;
mod pairs;
mod piece;
mod reader;
mod reranker;
mod scorer;
mod table;
mod weights;
mod wordpiece;

use std::borrow::Cow;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use ndarray::{Array2, ArrayViewMut2, Axis};
use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::pool::{Progress, install};
use crate::span::Span;
pub use cache::{Cache, Question};
pub use cross::{CrossEncoder, PairOdds, PairSignals, Size};
pub use entail::{Entailed, Entailment, log_odds};
pub use reader::{N_SIGNALS, ONE, Reader, Reading};
pub use reranker::Reranker;
pub use scorer::{PairScorer, scores};

use bert::{Bert, Shape};
use piece::{Frame, Pieces};
use table::{Format, Table, normalize};
use weights::Weights;
use wordpiece::{Piece, WordPiece};

/// Why reading an embedded model cannot fail.
const WHOLE: &str = "the embedded model is whole";
/// The pieces of the embedded models, one a line.
const VOCABULARY: &str = include_str!("models/vocab.txt");

/// Texts or pairs of them tokenized at once; encoded by a static model between two calls of `progress`.
const CHUNK: usize = 4096;

/// The vectors of a text's word pieces; a piece that the vocabulary lacks has none.
#[derive(Debug, Clone, PartialEq)]
pub struct TokenVectors {
    /// The bytes of the text that each vector stands for, in order.
    pub spans: Vec<Span>,
    /// A row of length 1 per span.
    pub vectors: Array2<f32>,
}

/// A sentence encoder.
#[derive(Debug)]
pub struct Encoder {
    name: String,
    dimension: usize,
    pieces: Pieces,
    /// Put before each text that becomes a row.
    prompt: String,
    /// Whether rows are scaled to length 1.
    normalize: bool,
    model: Model,
}

#[derive(Debug)]
enum Model {
    /// And the number of pieces of a text that are read.
    Static(Table, usize),
    Transformer(Box<Transformer>),
}

#[derive(Debug)]
struct Transformer {
    bert: Bert,
    frame: Frame,
    /// Pieces of a text that are read, with those of the frame.
    max_length: usize,
    pooling: Pooling,
}

/// How a text's rows become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pooling {
    Mean,
    First,
    Max,
}

impl Encoder {
    /// The models that come with the crate.
    pub const NAMES: [&str; 2] = ["static", "minilm"];

    /// A model that comes with the crate, `"static"` or `"minilm"`; loaded at its first use.
    pub fn embedded(name: &str) -> Result<Arc<Self>> {
        static STATIC: LazyLock<Arc<Encoder>> = LazyLock::new(|| Arc::new(embedded_static()));
        static MINILM: LazyLock<Arc<Encoder>> = LazyLock::new(|| Arc::new(embedded_minilm()));
        match name {
            "static" => Ok(Arc::clone(&STATIC)),
            "minilm" => Ok(Arc::clone(&MINILM)),
            _ => Err(Error::InvalidParameter {
                parameter: "name",
                expected: "\"static\" or \"minilm\"".into(),
                actual: format!("{name:?}"),
            }),
        }
    }

    /// A model from a folder: Model2Vec, or sentence-transformers and Hugging Face of the BERT family.
    ///
    /// Pooling, scaling and the number of pieces read are those the folder says.
    pub fn load(folder: &Path) -> Result<Self> {
        folder::load(folder)
    }

    /// Name of the model.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Length of a row.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// One row of length 1 per text; a text without a known word gives a row of zeros from a static model.
    pub fn encode(&self, texts: &[&str]) -> Result<Array2<f32>> {
        self.encode_with(texts, None, &mut |_, _| Ok(()))
    }

    /// [`Encoder::encode`] on `n_threads` threads (`None`: as [`install`] says).
    pub fn encode_with(&self, texts: &[&str], n_threads: Option<usize>, progress: Progress) -> Result<Array2<f32>> {
        let mut rows = Array2::<f32>::zeros((texts.len(), self.dimension));
        let chunks = texts.chunks(CHUNK).zip(rows.axis_chunks_iter_mut(Axis(0), CHUNK));
        for (index, (chunk, rows)) in chunks.enumerate() {
            let mut progress = |done| progress(index * CHUNK + done, texts.len());
            match &self.model {
                Model::Static(table, max_length) => {
                    progress(0)?;
                    install(n_threads, || self.look_up(table, *max_length, chunk, rows))?;
                }
                Model::Transformer(transformer) => {
                    let sequences = install(n_threads, || {
                        let read = |text: &&str| {
                            transformer.frame.around(&self.pieces.ids(&self.prompted(text)), transformer.max_length)
                        };
                        chunk.par_iter().map(read).collect::<Vec<_>>()
                    })?;
                    let mut rows = rows;
                    let mut targets = rows.outer_iter_mut();
                    let of = |_, hidden: &[f32]| {
                        let mut row = vec![0.0; self.dimension];
                        transformer.pooling.pool(hidden, &mut row);
                        if self.normalize {
                            normalize(&mut row);
                        }
                        row
                    };
                    transformer.bert.run(&sequences, n_threads, &mut progress, of, |row| {
                        let mut target = targets.next().expect("a row per text");
                        target.as_slice_mut().expect("rows are contiguous").copy_from_slice(&row);
                    })?;
                }
            }
        }
        Ok(rows)
    }

    fn prompted<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.prompt.is_empty() { text.into() } else { [&self.prompt, text].concat().into() }
    }

    fn look_up(&self, table: &Table, max_length: usize, texts: &[&str], mut rows: ArrayViewMut2<f32>) {
        rows.outer_iter_mut().into_par_iter().zip(texts).with_min_len(64).for_each(|(mut row, text)| {
            let sum = row.as_slice_mut().expect("rows are contiguous");
            let (mut n_read, mut n_pieces) = (0, 0);
            self.pieces.for_each(&self.prompted(text), |piece| {
                n_read += 1;
                if Some(piece.id) != self.pieces.unknown() && n_read <= max_length {
                    table.add(piece.id, sum);
                    n_pieces += 1;
                }
            });
            if self.normalize {
                normalize(sum);
            } else {
                sum.iter_mut().for_each(|x| *x /= i32::max(n_pieces, 1) as f32);
            }
        });
    }

    /// The vectors of each text's word pieces.
    pub fn token_vectors(&self, texts: &[&str]) -> Result<Vec<TokenVectors>> {
        self.token_vectors_with(texts, None, &mut |_, _| Ok(()))
    }

    /// [`Encoder::token_vectors`] on `n_threads` threads (`None`: as [`install`] says).
    ///
    /// A text that is too long for a transformer is read in parts, each on its own.
    pub fn token_vectors_with(
        &self,
        texts: &[&str],
        n_threads: Option<usize>,
        progress: Progress,
    ) -> Result<Vec<TokenVectors>> {
        let mut found = Vec::with_capacity(texts.len());
        for chunk in texts.chunks(CHUNK) {
            progress(found.len(), texts.len())?;
            let pieces: Vec<Vec<Piece>> =
                install(n_threads, || chunk.par_iter().map(|text| self.pieces.list(text)).collect())?;
            let first = found.len();
            found.extend(pieces.iter().map(|pieces| {
                let n_known = pieces.iter().filter(|piece| Some(piece.id) != self.pieces.unknown()).count();
                TokenVectors { spans: Vec::with_capacity(n_known), vectors: Array2::zeros((n_known, self.dimension)) }
            }));
            match &self.model {
                Model::Static(table, _) => {
                    let targets = found[first..].par_iter_mut().zip(&pieces);
                    install(n_threads, || {
                        targets.for_each(|(found, pieces)| {
                            self.fill(found, pieces, |index, row| table.add(pieces[index].id, row));
                        });
                    })?;
                }
                Model::Transformer(transformer) => {
                    let size = transformer.bert.max_pieces() - transformer.frame.len();
                    let mut parts = Vec::new();
                    let mut sequences = Vec::new();
                    for (text, pieces) in pieces.iter().enumerate() {
                        for part in pieces.chunks(size) {
                            let ids: Vec<u32> = part.iter().map(|piece| piece.id).collect();
                            parts.push((text, part));
                            sequences.push(transformer.frame.around(&ids, usize::MAX));
                        }
                    }
                    let mut parts = parts.into_iter();
                    let mut progress = |_| progress(first, texts.len());
                    let of = |_, hidden: &[f32]| hidden.to_vec();
                    transformer.bert.run(&sequences, n_threads, &mut progress, of, |hidden| {
                        let (text, part) = parts.next().expect("a part per sequence");
                        let start = transformer.frame.n_before();
                        self.fill(&mut found[first + text], part, |index, row| {
                            row.copy_from_slice(&hidden[(start + index) * row.len()..][..row.len()]);
                        });
                    })?;
                }
            }
        }
        Ok(found)
    }

    /// Adds the known ones of `pieces`, each with the row that `write` gives it.
    fn fill(&self, found: &mut TokenVectors, pieces: &[Piece], mut write: impl FnMut(usize, &mut [f32])) {
        for (index, piece) in pieces.iter().enumerate() {
            if Some(piece.id) != self.pieces.unknown() {
                let mut row = found.vectors.row_mut(found.spans.len());
                let row = row.as_slice_mut().expect("rows are contiguous");
                write(index, row);
                normalize(row);
                found.spans.push(piece.span);
            }
        }
    }
}

impl Pooling {
    fn pool(self, hidden: &[f32], row: &mut [f32]) {
        let rows = hidden.chunks_exact(row.len());
        let n_rows = rows.len().max(1) as f32;
        match self {
            Self::First => row.copy_from_slice(&hidden[..row.len()]),
            Self::Mean => {
                rows.for_each(|hidden| row.iter_mut().zip(hidden).for_each(|(sum, x)| *sum += x));
                row.iter_mut().for_each(|sum| *sum /= n_rows);
            }
            Self::Max => {
                row.fill(f32::NEG_INFINITY);
                rows.for_each(|hidden| row.iter_mut().zip(hidden).for_each(|(most, x)| *most = most.max(*x)));
            }
        }
    }
}

fn embedded_pieces() -> WordPiece {
    WordPiece::new(VOCABULARY.lines()).expect("the embedded vocabulary has [UNK]")
}

/// The tensors of the embedded transformer, and the shape of its network.
fn embedded_base() -> (Weights, Shape) {
    static TENSORS: &[u8] = include_bytes!("models/minilm-l6-int4/model.safetensors");
    let shape = serde_json::from_str(include_str!("models/minilm-l6-int4/config.json")).expect(WHOLE);
    (Weights::embedded(TENSORS), shape)
}

/// `[CLS] text [SEP]`, and of a pair `[CLS] text [SEP] text [SEP]`.
fn embedded_frame(pieces: &WordPiece) -> Frame {
    let id = |name| pieces.id(name).expect(WHOLE);
    Frame::new(id("[CLS]"), vec![id("[SEP]")], id("[SEP]"))
}

fn embedded_static() -> Encoder {
    let weights = Weights::embedded(include_bytes!("models/static-128/model.safetensors"));
    let [n_rows, dimension] = *weights.shape("embeddings").expect(WHOLE) else { panic!("{WHOLE}") };
    let model = Table {
        rows: weights.bytes("embeddings", &[n_rows, dimension]).expect(WHOLE),
        format: Format::I8,
        scales: Cow::default(),
        dimension,
        weights: weights.floats("weights", &[n_rows]).expect(WHOLE),
        mapping: Vec::new(),
    };
    let pieces = Pieces::Own(embedded_pieces());
    let model = Model::Static(model, usize::MAX);
    Encoder { name: "static-128".into(), dimension, pieces, prompt: String::new(), normalize: true, model }
}

fn embedded_minilm() -> Encoder {
    let (weights, shape) = embedded_base();
    let bert = Bert::read(&weights, &shape, "").expect(WHOLE);
    let pieces = embedded_pieces();
    let model = Transformer { frame: embedded_frame(&pieces), max_length: 128, pooling: Pooling::Mean, bert };
    Encoder {
        name: "minilm-l6-int4".into(),
        dimension: model.bert.width(),
        pieces: Pieces::Own(pieces),
        prompt: String::new(),
        normalize: true,
        model: Model::Transformer(Box::new(model)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_length_one_and_depend_on_their_text_alone() {
        for name in ["static", "minilm"] {
            let encoder = Encoder::embedded(name).unwrap();
            let long = "word and word ".repeat(300);
            let texts = ["The bridge closed on Monday.", "", "Two ships had struck it.", "\u{e000}", &long];
            let rows = encoder.encode(&texts).unwrap();
            assert_eq!(rows.dim(), (5, encoder.dimension()));
            for (row, text) in rows.outer_iter().zip(texts) {
                assert_eq!(row, encoder.encode_with(&[text], Some(1), &mut |_, _| Ok(())).unwrap().row(0), "{text:?}");
                assert!((row.dot(&row) - 1.0).abs() < 1e-5 || row.iter().all(|&x| x == 0.0));
            }
            assert!(rows.row(0).dot(&rows.row(0)) > rows.row(0).dot(&rows.row(2)));
        }
    }

    #[test]
    fn token_vectors_say_where_they_stand() {
        for name in ["static", "minilm"] {
            let encoder = Encoder::embedded(name).unwrap();
            let text = "Zoë Müller's café \u{e000}closed.";
            let long = "bridge ".repeat(600);
            let found = encoder.token_vectors(&[text, "", &long]).unwrap();
            let words: Vec<_> = found[0].spans.iter().map(|span| span.of(text)).collect();
            assert_eq!(words.concat(), "ZoëMüller'scaféclosed.");
            assert!(found[1].spans.is_empty());
            assert_eq!(found[2].spans.len(), 600);
            for found in &found {
                assert_eq!(found.vectors.dim(), (found.spans.len(), encoder.dimension()));
                assert!(found.vectors.outer_iter().all(|row| (row.dot(&row) - 1.0).abs() < 1e-5));
            }
        }
    }

    #[test]
    fn progress_can_stop_the_work() {
        for name in ["static", "minilm"] {
            let encoder = Encoder::embedded(name).unwrap();
            let outcome = encoder.encode_with(&["a"], None, &mut |_, _| Err(Error::Interrupted));
            assert!(matches!(outcome, Err(Error::Interrupted)));
        }
    }

    #[test]
    fn an_unknown_name_is_an_error() {
        assert!(Encoder::embedded("huge").unwrap_err().to_string().contains("\"static\" or \"minilm\""));
    }
}
