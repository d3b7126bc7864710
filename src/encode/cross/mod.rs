//! Cross-encoders: transformers that read the two sentences of a pair together. [`Size::Small`] is for all pairs that may be
//! links, [`Size::Large`], with some eight times the work, for those of them on which most is to be learned.
//!
//! Enters a pair, leaves the log-odds that the two share a claim, contradict each other and say the same, and of each kind of
//! contradiction. It sees how the details of one sentence stand to those of the other, which no comparison of vectors made
//! alone does; it costs a forward pass a pair. The small one has the words and positions of the embedded encoder and six
//! layers of its own in 8 bits, the large one twelve in 4 bits and distances besides positions; `tests/benchmarks/cross`
//! trains and packs them.
//!
//! The two sentences go in by content, so that it is the same whichever of them is left.

mod head;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;

use std::sync::{Arc, LazyLock};

use super::bert::{Bert, Sequence};
use super::pairs::read_pairs;
use super::piece::Frame;
use super::weights::Weights;
use super::wordpiece::WordPiece;
use super::{WHOLE, embedded_base, embedded_frame, embedded_pieces};
use crate::error::Result;
use crate::pool::Progress;
use head::Head;
pub use head::{PairOdds, PairSignals};

/// Pieces of a text that are read.
const MAX_PIECES: usize = 92;

/// Which of the two that come with the crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// MiniLM's.
    Small,
    /// MPNet's.
    Large,
}

/// A trained model.
#[derive(Debug)]
pub struct CrossEncoder {
    pieces: WordPiece,
    frame: Frame,
    bert: Bert,
    /// From the first piece's row to the log-odds of the pair.
    head: Head,
}

/// The pieces of a text as they go in.
type Ids = Vec<u32>;

/// Whether a text goes in second; of texts with the same pieces either may.
fn is_after(ids: &Ids, other: &Ids) -> bool {
    (ids.len(), ids) > (other.len(), other)
}

/// The tensors of the small one, which the entailment reader shares: included once, or the linker may keep two copies.
pub(super) fn embedded_small() -> Weights {
    Weights::embedded(include_bytes!("../models/cross-small/model.safetensors"))
}

impl CrossEncoder {
    /// The one of that size that comes with the crate; loaded at its first use.
    pub fn embedded(size: Size) -> Arc<Self> {
        static SMALL: LazyLock<Arc<CrossEncoder>> = LazyLock::new(|| {
            let (base, shape) = embedded_base();
            let weights = embedded_small();
            let bert = Bert::read_above(&base, &weights, &shape);
            Arc::new(bert.and_then(|bert| CrossEncoder::new(bert, &weights)).expect(WHOLE))
        });
        static LARGE: LazyLock<Arc<CrossEncoder>> = LazyLock::new(|| {
            let shape = serde_json::from_str(include_str!("../models/cross-large/config.json")).expect(WHOLE);
            let weights = Weights::embedded(include_bytes!("../models/cross-large/model.safetensors"));
            let bert = Bert::read(&weights, &shape, "");
            Arc::new(bert.and_then(|bert| CrossEncoder::new(bert, &weights)).expect(WHOLE))
        });
        Arc::clone(match size {
            Size::Small => &SMALL,
            Size::Large => &LARGE,
        })
    }

    fn new(bert: Bert, weights: &Weights) -> Result<Self> {
        let pieces = embedded_pieces();
        let head = Head::read(weights, bert.width())?;
        Ok(Self { frame: embedded_frame(&pieces), pieces, bert, head })
    }

    /// Reads each pair, the first 92 word pieces of each text.
    pub fn read(
        &self,
        pairs: &[(&str, &str)],
        n_threads: Option<usize>,
        progress: Progress,
    ) -> Result<Vec<PairSignals>> {
        let level = self.bert.level();
        let of = |_: &Ids, _: &Ids, row: &[f32]| self.head.signals(level, row);
        read_pairs(&self.bert, pairs, n_threads, progress, |text| self.prepare(text), |a, b| self.sequence(a, b), of)
    }

    fn prepare(&self, text: &str) -> Ids {
        let mut ids = Vec::new();
        self.pieces.for_each(text, |piece| ids.push(piece.id));
        ids.truncate(MAX_PIECES);
        ids
    }

    fn sequence(&self, left: &Ids, right: &Ids) -> Sequence {
        let (first, second) = if is_after(left, right) { (right, left) } else { (left, right) };
        self.frame.around_pair(first, second, usize::MAX).wanted(1)
    }
}
