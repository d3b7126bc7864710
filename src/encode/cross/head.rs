//! What is said of a pair, and the layers that say it from the row of its first piece.

use crate::encode::dense::Dense;
use crate::encode::weights::Weights;
use crate::error::Result;
use crate::kernel::{self, Level};

/// Kinds of contradiction.
const N_KINDS: usize = 11;

/// What a cross-encoder says of a pair as a whole; the same with the sides swapped.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PairSignals {
    /// The log-odds that both assert a claim in common.
    pub shared: f32,
    /// The log-odds that they cannot both be true.
    pub conflict: f32,
    /// The log-odds that all they say is the same.
    pub same: f32,
    /// If they conflict, a score of each kind: number, date, time, place, name, role, negation, modality, opposite, source,
    /// state.
    pub kinds: [f32; N_KINDS],
}

/// What of [`PairSignals`] is weighed with all else that is known of the pair.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PairOdds {
    /// The log-odds that both assert a claim in common.
    pub shared: f32,
    /// The log-odds that they cannot both be true.
    pub conflict: f32,
}

impl PairSignals {
    /// How many log-odds and scores there are.
    pub const N: usize = 3 + N_KINDS;

    /// What is weighed of them.
    pub fn odds(&self) -> PairOdds {
        PairOdds { shared: self.shared, conflict: self.conflict }
    }

    /// They as the network gives them: shared, conflict, same, then the kinds.
    pub fn all(&self) -> [f32; Self::N] {
        let mut signals = [self.shared, self.conflict, self.same].into_iter().chain(self.kinds);
        std::array::from_fn(|_| signals.next().expect("as many as there are"))
    }
}

/// Two layers with GELU between them.
#[derive(Debug)]
pub struct Head {
    dense: Dense,
    out: Dense,
}

impl Head {
    /// Reads `head.dense` and `head.out`.
    pub fn read(weights: &Weights, width: usize) -> Result<Self> {
        let dense = Dense::read(weights, "head.dense", width, width)?;
        Ok(Self { dense, out: Dense::read(weights, "head.out", width, PairSignals::N)? })
    }

    /// What the row of a pair's first piece says.
    pub fn signals(&self, level: Level, row: &[f32]) -> PairSignals {
        let mut hidden = self.dense.apply(level, row);
        kernel::gelu(level, &mut hidden);
        let signals = self.out.apply(level, &hidden);
        let signals: &[f32; PairSignals::N] = signals[..].try_into().expect("the head was read with so many outputs");
        let [shared, conflict, same, ref kinds @ ..] = *signals;
        PairSignals { shared, conflict, same, kinds: *kinds }
    }
}
