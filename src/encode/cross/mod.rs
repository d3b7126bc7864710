//! The cross-encoder: a transformer that reads the two sentences of a pair together.
//!
//! Enters a pair, leaves the log-odds that the two share a claim, contradict each other and say the same, of each kind of
//! contradiction, and the words on both sides that differ or belong to what is shared. It sees how the details of one
//! sentence stand to those of the other, which no comparison of vectors made alone does; it costs a forward pass a pair,
//! and so is meant for the few pairs that matter. Words and positions are those of the embedded encoder, the six layers its
//! own, in 8 bits; `tests/benchmarks/cross` packs them.
//!
//! The two go in by content, so that it is the same whichever of them is left.

#[cfg(test)]
mod tests;
mod words;

use std::sync::{Arc, LazyLock};

use super::bert::{Bert, Sequence, Shape};
use super::pairs::read_pairs;
use super::piece::Frame;
use super::weights::Weights;
use super::wordpiece::WordPiece;
use super::{WHOLE, embedded_base, embedded_frame, embedded_pieces};
use crate::error::Result;
use crate::kernel::{self, Level};
use crate::pool::Progress;
use crate::span::Span;
use words::{Word, marked, words};

/// Pieces of a text that are read.
const MAX_PIECES: usize = 92;
/// Kinds of contradiction.
const N_KINDS: usize = 11;
/// Marks of a piece: among the words that differ, in what is shared.
const N_MARKS: usize = 2;

/// What the cross-encoder says of a pair.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PairReading {
    /// The log-odds that both assert a claim in common.
    pub shared: f32,
    /// The log-odds that they cannot both be true.
    pub conflict: f32,
    /// The log-odds that all they say is the same.
    pub same: f32,
    /// If they conflict, a score of each kind: number, date, time, place, name, role, negation, modality, opposite, source,
    /// state.
    pub kinds: [f32; N_KINDS],
    /// The words that differ where they conflict, left and right.
    pub differing: (Vec<Span>, Vec<Span>),
    /// The words of what they share, left and right.
    pub common: (Vec<Span>, Vec<Span>),
}

/// What of a [`PairReading`] is weighed with all else that is known of the pair; the same with the sides swapped.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PairOdds {
    /// The log-odds that both assert a claim in common.
    pub shared: f32,
    /// The log-odds that they cannot both be true.
    pub conflict: f32,
}

impl PairReading {
    /// What is weighed of it.
    pub fn odds(&self) -> PairOdds {
        PairOdds { shared: self.shared, conflict: self.conflict }
    }

    /// How many log-odds and scores there are.
    pub const N_SIGNALS: usize = 3 + N_KINDS;

    /// They as the network gives them: shared, conflict, same, then the kinds.
    pub fn signals(&self) -> [f32; Self::N_SIGNALS] {
        let mut signals = [self.shared, self.conflict, self.same].into_iter().chain(self.kinds);
        std::array::from_fn(|_| signals.next().expect("as many as there are"))
    }
}

/// The trained model.
#[derive(Debug)]
pub struct CrossEncoder {
    pieces: WordPiece,
    frame: Frame,
    bert: Bert,
    /// From the first piece's row, through GELU, to the log-odds of the pair.
    dense: Dense,
    out: Dense,
    /// From each piece's row to its marks.
    tokens: Dense,
}

/// A small layer.
#[derive(Debug)]
struct Dense {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Dense {
    fn read(weights: &Weights, name: &str, n_in: usize, n_out: usize) -> Result<Self> {
        let weight = weights.floats(&format!("{name}.weight"), &[n_out, n_in])?;
        Ok(Self { weight, bias: weights.floats(&format!("{name}.bias"), &[n_out])? })
    }

    fn apply(&self, level: Level, rows: &[f32]) -> Vec<f32> {
        let n_in = self.weight.len() / self.bias.len();
        let mut out = vec![0.0; rows.len() / n_in * self.bias.len()];
        kernel::dense(level, rows, &self.weight, &self.bias, &mut out);
        out
    }
}

/// A text as it goes in.
struct Prepared {
    ids: Vec<u32>,
    words: Vec<Word>,
}

impl Prepared {
    /// Whether it goes in second; of texts with the same pieces either may.
    fn is_after(&self, other: &Self) -> bool {
        (self.ids.len(), &self.ids) > (other.ids.len(), &other.ids)
    }
}

impl CrossEncoder {
    /// The cross-encoder that comes with the crate; loaded at its first use.
    pub fn embedded() -> Arc<Self> {
        static CROSS: LazyLock<Arc<CrossEncoder>> = LazyLock::new(|| {
            let (base, shape) = embedded_base();
            let weights = Weights::embedded(include_bytes!("../models/cross/model.safetensors"));
            Arc::new(CrossEncoder::from_weights(&base, &weights, &shape).expect(WHOLE))
        });
        Arc::clone(&CROSS)
    }

    /// With the words and positions of `base`.
    fn from_weights(base: &Weights, weights: &Weights, shape: &Shape) -> Result<Self> {
        let bert = Bert::read_above(base, weights, shape)?;
        let pieces = embedded_pieces();
        let width = bert.width();
        Ok(Self {
            frame: embedded_frame(&pieces),
            pieces,
            bert,
            dense: Dense::read(weights, "head.dense", width, width)?,
            out: Dense::read(weights, "head.out", width, PairReading::N_SIGNALS)?,
            tokens: Dense::read(weights, "head.tokens", width, N_MARKS)?,
        })
    }

    /// Reads each pair, the first 92 word pieces of each text.
    pub fn read(
        &self,
        pairs: &[(&str, &str)],
        n_threads: Option<usize>,
        progress: Progress,
    ) -> Result<Vec<PairReading>> {
        let prepare = |text: &str| self.prepare(text);
        let frame = |left: &Prepared, right: &Prepared| self.sequence(left, right);
        let of = |left: &Prepared, right: &Prepared, rows: &[f32]| self.reading(left, right, rows);
        read_pairs(&self.bert, pairs, n_threads, progress, prepare, frame, of)
    }

    fn prepare(&self, text: &str) -> Prepared {
        let mut pieces = Vec::new();
        self.pieces.for_each(text, |piece| pieces.push(piece));
        pieces.truncate(MAX_PIECES);
        Prepared { ids: pieces.iter().map(|piece| piece.id).collect(), words: words(text, &pieces) }
    }

    fn sequence(&self, left: &Prepared, right: &Prepared) -> Sequence {
        let (first, second) = if left.is_after(right) { (right, left) } else { (left, right) };
        self.frame.around_pair(&first.ids, &second.ids, usize::MAX)
    }

    fn reading(&self, left: &Prepared, right: &Prepared, rows: &[f32]) -> PairReading {
        let (level, width) = (self.bert.level(), self.bert.width());
        let mut hidden = self.dense.apply(level, &rows[..width]);
        kernel::gelu(level, &mut hidden);
        let signals = self.out.apply(level, &hidden);
        let signals: &[f32; PairReading::N_SIGNALS] =
            signals[..].try_into().expect("the head was read with so many outputs");
        let [shared, conflict, same, ref kinds @ ..] = *signals;

        let [of_left, of_right] = self.marks(left, right, rows);
        let side = |at: usize| (marked(&left.words, &of_left, at), marked(&right.words, &of_right, at));
        PairReading { shared, conflict, same, kinds: *kinds, differing: side(0), common: side(1) }
    }

    /// The marks of the pieces of both texts.
    fn marks(&self, left: &Prepared, right: &Prepared, rows: &[f32]) -> [Vec<[f32; N_MARKS]>; 2] {
        let marks = self.tokens.apply(self.bert.level(), rows);
        let marks = marks.as_chunks::<N_MARKS>().0;
        let n_before = self.frame.n_before();
        let inside = &marks[n_before..marks.len() - (self.frame.len() - n_before)];
        let ends = |first: &Prepared, second: &Prepared| {
            [&inside[..first.ids.len()], &inside[inside.len() - second.ids.len()..]].map(<[_]>::to_vec)
        };
        if left.ids == right.ids {
            // Neither comes first, and what is read of them is the same.
            let [first, second] = ends(left, right);
            let mean = |(a, b): (&[f32; N_MARKS], &[f32; N_MARKS])| std::array::from_fn(|at| (a[at] + b[at]) / 2.0);
            let means: Vec<[f32; N_MARKS]> = first.iter().zip(&second).map(mean).collect();
            return [means.clone(), means];
        }
        match left.is_after(right) {
            false => ends(left, right),
            true => {
                let [first, second] = ends(right, left);
                [second, first]
            }
        }
    }
}
