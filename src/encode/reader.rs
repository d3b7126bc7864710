//! The reader: the embedded transformer with its upper layers trained on labelled stories, for late interaction.
//!
//! Each sentence is read once: a vector and a weight for each of its word pieces, and one vector for the whole. What two
//! sentences share is then the best match of every piece on the other side (ColBERT, Khattab and Zaharia 2020); a small
//! network makes log-odds of it. The file holds what training added to the encoder's matrices, in 4 bits, so that the two
//! together weigh little more than one; `tests/benchmarks/reader` trains and packs it.

use std::sync::{Arc, LazyLock};

use rayon::prelude::*;

use super::bert::Bert;
use super::linear::Linear;
use super::piece::{Frame, Pieces};
use super::weights::Weights;
use super::{WHOLE, embedded_base, embedded_frame, embedded_pieces};
use crate::error::Result;
use crate::kernel::{self, ByteRows, Level};
use crate::pool::{Progress, install};

/// One in a vector's numbers: products of rows of length 1 stay below 2^27.
pub const ONE: f32 = 8192.0;
/// Pieces of a sentence that are read.
const MAX_PIECES: usize = 126;
/// Length of a piece's vector.
const WIDTH: usize = 128;
/// How many signals of a pair the network sees.
pub const N_SIGNALS: usize = 10;
const HIDDEN: usize = 32;

/// A sentence as it was read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The ids of its pieces.
    pub ids: Vec<u32>,
    /// A row of [`Reader::width`] numbers per piece, of length [`ONE`].
    pub rows: Vec<i16>,
    /// The logarithm of each piece's weight in its sentence.
    pub weights: Vec<f32>,
    /// Of the whole sentence, of length [`ONE`].
    pub meaning: Vec<i16>,
}

/// The trained model.
#[derive(Debug)]
pub struct Reader {
    pieces: Pieces,
    frame: Frame,
    bert: Bert,
    level: Level,
    project: Linear,
    weigh: Vec<f32>,
    weigh_bias: f32,
    /// What the logarithm of a piece's idf in the story adds to that of its weight.
    pub idf: f32,
    /// A cosine counts as a match by a logistic curve around the first with the slope of the second.
    pub bend: [f32; 2],
    line: Vec<f32>,
    dense: Vec<f32>,
    dense_bias: Vec<f32>,
    out: Vec<f32>,
    bias: f32,
}

impl Reader {
    /// The reader that comes with the crate; loaded at its first use.
    pub fn embedded() -> Arc<Self> {
        static READER: LazyLock<Arc<Reader>> = LazyLock::new(|| Arc::new(Reader::new()));
        Arc::clone(&READER)
    }

    fn new() -> Self {
        let (base, shape) = embedded_base();
        let added = Weights::embedded(include_bytes!("models/reader/model.safetensors"));
        let bert = Bert::read_tuned(&base, &shape, &added).expect(WHOLE);
        let floats = |name: &str, shape: &[usize]| added.floats(name, shape).expect(WHOLE);
        let width = bert.width();
        let pieces = embedded_pieces();
        let [line_bias, out_bias] = ["line.bias", "out.bias"].map(|name| floats(name, &[1])[0]);
        Self {
            level: bert.level(),
            project: Linear::packed(&added, "project", width, WIDTH).expect(WHOLE),
            weigh: floats("weigh.weight", &[1, width]),
            weigh_bias: floats("weigh.bias", &[1])[0],
            idf: floats("idf", &[1])[0],
            bend: floats("bend", &[2]).try_into().expect(WHOLE),
            line: floats("line.weight", &[1, N_SIGNALS]),
            dense: floats("dense.weight", &[HIDDEN, N_SIGNALS]),
            dense_bias: floats("dense.bias", &[HIDDEN]),
            out: floats("out.weight", &[1, HIDDEN]),
            bias: line_bias + out_bias,
            frame: embedded_frame(&pieces),
            bert,
            pieces: Pieces::Own(pieces),
        }
    }

    /// Length of a piece's vector.
    pub fn width(&self) -> usize {
        WIDTH
    }

    /// The instructions used.
    pub fn level(&self) -> Level {
        self.level
    }

    /// Reads each text; an empty one has no pieces.
    pub fn read(&self, texts: &[&str], n_threads: Option<usize>, progress: Progress) -> Result<Vec<Reading>> {
        let ids: Vec<Vec<u32>> = install(n_threads, || {
            let ids = |text: &&str| {
                let mut ids = self.pieces.ids(text);
                ids.truncate(MAX_PIECES - self.frame.len());
                ids
            };
            texts.par_iter().map(ids).collect()
        })?;
        let sequences: Vec<_> = ids.iter().map(|ids| self.frame.around(ids, MAX_PIECES)).collect();
        let mut found = Vec::with_capacity(texts.len());
        let mut progress = |done| progress(done, texts.len());
        let of = |index: usize, hidden: &[f32]| self.reading(ids[index].clone(), hidden);
        self.bert.run(&sequences, n_threads, &mut progress, of, |reading| found.push(reading))?;
        Ok(found)
    }

    fn reading(&self, ids: Vec<u32>, hidden: &[f32]) -> Reading {
        let width = self.weigh.len();
        let first = self.frame.n_before();
        let rows = &hidden[first * width..(first + ids.len()) * width];
        let mut meaning = vec![0.0f32; width];
        let mut weights = Vec::with_capacity(ids.len());
        for row in rows.chunks_exact(width) {
            meaning.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
            weights.push(self.weigh_bias + row.iter().zip(&self.weigh).map(|(x, w)| x * w).sum::<f32>());
        }
        let mut projected = Vec::new();
        if !ids.is_empty() {
            self.project.apply(self.level, rows, &mut ByteRows::default(), &mut projected);
        }
        let rows = projected.chunks_exact(WIDTH).flat_map(whole).collect();
        Reading { ids, rows, weights, meaning: whole(&meaning).collect() }
    }

    /// The log-odds that two sentences share a claim, by the signals of the pair.
    pub fn log_odds(&self, signals: &[f32; N_SIGNALS]) -> f32 {
        let dot = |row: &[f32]| row.iter().zip(signals).map(|(w, x)| w * x).sum::<f32>();
        let rows = self.dense.chunks_exact(N_SIGNALS).zip(&self.dense_bias);
        let mut hidden: Vec<f32> = rows.map(|(row, bias)| dot(row) + bias).collect();
        kernel::gelu(self.level, &mut hidden);
        dot(&self.line) + hidden.iter().zip(&self.out).map(|(x, w)| x * w).sum::<f32>() + self.bias
    }
}

/// A row in whole numbers, scaled to length [`ONE`].
fn whole(row: &[f32]) -> impl Iterator<Item = i16> {
    let norm = row.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-9);
    row.iter().map(move |x| (x / norm * ONE).round() as i16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_depends_on_its_text_alone() {
        let reader = Reader::embedded();
        let long = "word and word ".repeat(300);
        let texts = ["The bridge closed on Monday.", "", "Two ships had struck it.", &long];
        let read = reader.read(&texts, None, &mut |_, _| Ok(())).unwrap();
        for (reading, text) in read.iter().zip(texts) {
            let alone = &reader.read(&[text], Some(1), &mut |_, _| Ok(())).unwrap()[0];
            assert_eq!(
                (&reading.rows, &reading.weights, &reading.meaning),
                (&alone.rows, &alone.weights, &alone.meaning)
            );
            assert_eq!(reading.rows.len(), reading.ids.len() * reader.width());
            let length = |row: &[i16]| row.iter().map(|&x| f32::from(x).powi(2)).sum::<f32>().sqrt();
            assert!(reading.rows.chunks(reader.width()).all(|row| (length(row) / ONE - 1.0).abs() < 1e-2));
        }
        assert!(read[1].ids.is_empty() && read[3].ids.len() < 126);
    }
}
