//! Cross-encoders: a transformer that reads two texts at once and says how probably the second belongs to the first.
//!
//! Slower than comparing embeddings, by a forward pass per pair, and so meant for the few pairs that matter.

use std::path::Path;

use super::bert::Bert;
use super::folder;
use super::pairs::read_pairs;
use super::piece::{Frame, Pieces};
use super::scorer::PairScorer;
use crate::error::Result;
use crate::kernel::FloatMatrix;
use crate::pool::Progress;

/// A cross-encoder of the BERT family with a classification head.
#[derive(Debug)]
pub struct Reranker {
    name: String,
    pieces: Pieces,
    frame: Frame,
    max_length: usize,
    bert: Bert,
    /// From the first piece's row, through tanh, to the label.
    dense: FloatMatrix,
    label: FloatMatrix,
}

impl Reranker {
    /// Reads a folder of `config.json`, `tokenizer.json` and `model.safetensors`.
    pub fn load(folder: &Path) -> Result<Self> {
        let (bert, weights) = folder::bert(folder)?;
        let (pieces, frame, n_ids) = Pieces::read(&folder.join("tokenizer.json"))?;
        if n_ids.max(frame.largest() as usize + 1) > bert.n_words() {
            return Err(weights.error(format!("it has {} rows for {n_ids} pieces", bert.n_words())));
        }
        let width = bert.width();
        let (dense, label) = if weights.has("classifier.dense.weight") {
            ("classifier.dense".to_owned(), "classifier.out_proj")
        } else {
            (format!("{}pooler.dense", folder::prefix(&weights)?), "classifier")
        };
        let linear = |name: &str, n_out: usize| {
            let rows = weights.floats(&format!("{name}.weight"), &[n_out, width])?;
            Ok(FloatMatrix::new(&rows, width, &weights.floats(&format!("{name}.bias"), &[n_out])?))
        };
        let n_labels = weights.shape(&format!("{label}.weight"))?.first().copied().unwrap_or(0);
        if !(1..=2).contains(&n_labels) {
            return Err(weights.error(format!("its head must have one label or two, got {n_labels}")));
        }
        let max_length = bert.max_pieces().min(512).min(folder::max_pieces(folder)?);
        if max_length <= frame.around_pair(&[], &[], 0).ids.len() {
            return Err(weights.error(format!("it reads only {max_length} pieces")));
        }
        let name = folder.file_name().map_or_else(|| "model".into(), |name| name.to_string_lossy().into_owned());
        let (dense, label) = (linear(&dense, width)?, linear(label, n_labels)?);
        Ok(Self { name, pieces, frame, max_length, bert, dense, label })
    }

    /// Name of the model.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The score of each pair, from 0 to 1: the logistic function of the one label, or the share of the second of two.
    pub fn score(&self, pairs: &[(&str, &str)], n_threads: Option<usize>, progress: Progress) -> Result<Vec<f32>> {
        let prepare = |text: &str| {
            let mut ids = self.pieces.ids(text);
            ids.truncate(self.max_length);
            ids
        };
        let frame = |left: &Vec<u32>, right: &Vec<u32>| self.frame.around_pair(left, right, self.max_length).wanted(1);
        let of = |_: &Vec<u32>, _: &Vec<u32>, row: &[f32]| self.score_of(row);
        read_pairs(&self.bert, pairs, n_threads, progress, prepare, frame, of)
    }

    /// By the row of the first piece.
    fn score_of(&self, first: &[f32]) -> f32 {
        let level = self.bert.level();
        let mut pooled = vec![0.0; self.dense.n_out()];
        self.dense.multiply(level, first, &mut pooled);
        pooled.iter_mut().for_each(|x| *x = x.tanh());
        let mut labels = vec![0.0; self.label.n_out()];
        self.label.multiply(level, &pooled, &mut labels);
        let other = if labels.len() == 2 { labels[0] } else { 0.0 };
        1.0 / (1.0 + (other - labels[labels.len() - 1]).exp())
    }
}

impl PairScorer for Reranker {
    fn score(&self, pairs: &[(&str, &str)], n_threads: Option<usize>, progress: Progress) -> Result<Vec<f32>> {
        Self::score(self, pairs, n_threads, progress)
    }
}
