//! Floor 6. Rows of embeddings.
//!
//! Enter texts, leave rows of length 1 ([`Encoder::encode`]) or a vector for each word piece with the bytes it stands for
//! ([`Encoder::token_vectors`]). Two models come with the crate, in `models/`: `"static"` looks vectors up, about a hundred
//! times faster; `"minilm"` is a transformer, its vectors know the sentence around a word.
//!
//! Results depend on nothing but the text: not on the other texts of a call, the number of threads or the machine.

#[allow(dead_code, reason = "folders use the rest")]
mod table;
#[allow(dead_code, reason = "folders use the rest")]
mod wordpiece;

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use ndarray::{Array2, Axis};
use rayon::prelude::*;
use safetensors::{Dtype, SafeTensors};

use crate::error::{Error, Result};
use crate::pool::install;
use crate::span::Span;
use table::{Format, Table, normalize};
use wordpiece::{Piece, WordPiece};

/// The pieces of both embedded models, one a line.
const VOCABULARY: &str = include_str!("models/vocab.txt");

/// Texts between two calls of `progress`.
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
    pieces: WordPiece,
    model: Table,
}

/// Told how many of how many texts are done, on the caller's thread; an error stops the work.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize) -> Result<()>;

impl Encoder {
    /// A model that comes with the crate, `"static"` or `"minilm"`; loaded at its first use.
    pub fn embedded(name: &str) -> Result<Arc<Self>> {
        static STATIC: LazyLock<Arc<Encoder>> = LazyLock::new(|| Arc::new(embedded_static()));
        match name {
            "static" | "minilm" => Ok(Arc::clone(&STATIC)),
            _ => Err(Error::InvalidParameter {
                parameter: "name",
                expected: "\"static\" or \"minilm\"".into(),
                actual: format!("{name:?}"),
            }),
        }
    }

    /// Name of the model.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Length of a row.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// One row of length 1 per text; a text without a known word gives a row of zeros.
    pub fn encode(&self, texts: &[&str]) -> Result<Array2<f32>> {
        self.encode_with(texts, None, &mut |_, _| Ok(()))
    }

    /// [`Encoder::encode`] on `n_threads` threads (`None`: as [`install`] says).
    pub fn encode_with(&self, texts: &[&str], n_threads: Option<usize>, progress: Progress) -> Result<Array2<f32>> {
        let mut rows = Array2::<f32>::zeros((texts.len(), self.dimension));
        let chunks = texts.chunks(CHUNK).zip(rows.axis_chunks_iter_mut(Axis(0), CHUNK));
        for (index, (texts_of_chunk, mut rows)) in chunks.enumerate() {
            progress(index * CHUNK, texts.len())?;
            install(n_threads, || {
                rows.outer_iter_mut().into_par_iter().zip(texts_of_chunk).with_min_len(64).for_each(
                    |(mut row, text)| {
                        let sum = row.as_slice_mut().expect("rows are contiguous");
                        self.pieces.for_each(text, |piece| self.model.add(piece.id, sum));
                        normalize(row);
                    },
                );
            })?;
        }
        Ok(rows)
    }

    /// The vectors of each text's word pieces.
    pub fn token_vectors(&self, texts: &[&str]) -> Result<Vec<TokenVectors>> {
        self.token_vectors_with(texts, None, &mut |_, _| Ok(()))
    }

    /// [`Encoder::token_vectors`] on `n_threads` threads (`None`: as [`install`] says).
    pub fn token_vectors_with(
        &self,
        texts: &[&str],
        n_threads: Option<usize>,
        progress: Progress,
    ) -> Result<Vec<TokenVectors>> {
        let mut found = Vec::with_capacity(texts.len());
        for chunk in texts.chunks(CHUNK) {
            progress(found.len(), texts.len())?;
            let vectors: Vec<_> = install(n_threads, || chunk.par_iter().map(|text| self.vectors_of(text)).collect())?;
            found.extend(vectors);
        }
        Ok(found)
    }

    fn vectors_of(&self, text: &str) -> TokenVectors {
        let mut pieces: Vec<Piece> = Vec::new();
        self.pieces.for_each(text, |piece| pieces.push(piece));
        pieces.retain(|piece| piece.id != self.pieces.unknown());
        let mut vectors = Array2::zeros((pieces.len(), self.dimension));
        for (mut row, piece) in vectors.outer_iter_mut().zip(&pieces) {
            self.model.add(piece.id, row.as_slice_mut().expect("rows are contiguous"));
            normalize(row);
        }
        TokenVectors { spans: pieces.iter().map(|piece| piece.span).collect(), vectors }
    }
}

fn embedded_static() -> Encoder {
    const FILE: &[u8] = include_bytes!("models/static-128/model.safetensors");
    let tensors = SafeTensors::deserialize(FILE).expect("the embedded model is whole");
    let rows = tensors.tensor("embeddings").expect("the embedded model is whole");
    let weights = tensors.tensor("weights").expect("the embedded model is whole");
    assert_eq!((rows.dtype(), weights.dtype()), (Dtype::I8, Dtype::F32), "the embedded model is whole");
    let model = Table {
        rows: Cow::Borrowed(rows.data()),
        format: Format::I8,
        dimension: rows.shape()[1],
        weights: weights.data().as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect(),
        mapping: Vec::new(),
    };
    let pieces = WordPiece::new(VOCABULARY.lines()).expect("the embedded vocabulary has [UNK]");
    Encoder { name: "static-128".into(), dimension: model.dimension, pieces, model }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_length_one_and_depend_on_their_text_alone() {
        for name in ["static", "minilm"] {
            let encoder = Encoder::embedded(name).unwrap();
            let texts = ["The bridge closed on Monday.", "", "Two ships had struck it.", "\u{e000}"];
            let rows = encoder.encode(&texts).unwrap();
            assert_eq!(rows.dim(), (4, encoder.dimension()));
            for (row, text) in rows.outer_iter().zip(texts) {
                assert_eq!(row, encoder.encode(&[text]).unwrap().row(0), "{name}: {text:?}");
                assert!((row.dot(&row) - 1.0).abs() < 1e-5 || row.iter().all(|&x| x == 0.0));
            }
            assert!(rows.row(0).dot(&rows.row(0)) > rows.row(0).dot(&rows.row(2)));
        }
    }

    #[test]
    fn token_vectors_say_where_they_stand() {
        let encoder = Encoder::embedded("static").unwrap();
        let text = "Zoë Müller's café \u{e000}closed.";
        let found = encoder.token_vectors(&[text, ""]).unwrap();
        let words: Vec<_> = found[0].spans.iter().map(|span| span.of(text)).collect();
        assert_eq!(words.concat(), "ZoëMüller'scaféclosed.");
        assert_eq!(found[0].vectors.nrows(), words.len());
        assert!(found[0].vectors.outer_iter().all(|row| (row.dot(&row) - 1.0).abs() < 1e-5));
        assert!(found[1].spans.is_empty());
    }

    #[test]
    fn an_unknown_name_is_an_error() {
        assert!(Encoder::embedded("huge").unwrap_err().to_string().contains("\"static\" or \"minilm\""));
    }
}
