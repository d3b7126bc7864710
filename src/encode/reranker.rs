//! Cross-encoders: a transformer that reads two texts at once and says how probably the second belongs to the first.
//!
//! Slower than comparing embeddings, by a forward pass per pair, and so meant for the few pairs that matter.

use std::path::Path;

use rayon::prelude::*;

use super::bert::{Bert, Sequence, Space};
use super::folder;
use super::piece::{Frame, Pieces};
use super::{BATCH, ROUND};
use crate::error::Result;
use crate::kernel::FloatMatrix;
use crate::pool::{Progress, install};

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
        let mut scores = Vec::with_capacity(pairs.len());
        let cost = self.bert.multiplications_per_piece() * BATCH;
        let per_round = install(n_threads, rayon::current_num_threads)? * (ROUND / cost).max(1);
        for round in pairs.chunks(per_round * 4) {
            progress(scores.len(), pairs.len())?;
            let run = |space: &mut Space, batch: &[(&str, &str)]| self.score_batch(batch, space);
            let found: Vec<Vec<f32>> =
                install(n_threads, || round.par_chunks(4).with_max_len(1).map_init(Space::default, run).collect())?;
            scores.extend(found.into_iter().flatten());
        }
        Ok(scores)
    }

    fn score_batch(&self, pairs: &[(&str, &str)], space: &mut Space) -> Vec<f32> {
        let frame = |&(left, right): &(&str, &str)| {
            self.frame.around_pair(&self.pieces.ids(left), &self.pieces.ids(right), self.max_length)
        };
        let sequences: Vec<Sequence> = pairs.iter().map(frame).collect();
        let width = self.bert.width();
        let rows = self.bert.forward(&sequences.iter().collect::<Vec<_>>(), space);
        let mut first = Vec::with_capacity(pairs.len() * width);
        let mut at = 0;
        for sequence in &sequences {
            first.extend_from_slice(&rows[at..at + width]);
            at += sequence.ids.len() * width;
        }
        let level = self.bert.level();
        let mut pooled = vec![0.0; first.len()];
        self.dense.multiply(level, &first, &mut pooled);
        pooled.iter_mut().for_each(|x| *x = x.tanh());
        let n_labels = self.label.n_out();
        let mut labels = vec![0.0; pairs.len() * n_labels];
        self.label.multiply(level, &pooled, &mut labels);
        let logit = |labels: &[f32]| labels[n_labels - 1] - if n_labels == 2 { labels[0] } else { 0.0 };
        labels.chunks_exact(n_labels).map(|labels| 1.0 / (1.0 + (-logit(labels)).exp())).collect()
    }
}
