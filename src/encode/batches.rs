//! Sequences through a transformer, on all threads.

use std::sync::Mutex;

use rayon::prelude::*;

use super::bert::{Bert, Sequence, Space};
use crate::error::Result;
use crate::pool::install;

/// Pieces that go through a transformer together: their rows fit the processor's second cache.
const BATCH: usize = 192;
/// Multiplications of each thread between two calls of `progress`: a fraction of a second.
const ROUND: usize = 8_000_000_000;

impl Bert {
    /// Runs the sequences in batches of about [`BATCH`] pieces. On the threads, `of` makes something of the place of each
    /// and its rows that are wanted; on the caller's, `take` gets that, in order.
    pub fn run<T: Send>(
        &self,
        sequences: &[Sequence],
        n_threads: Option<usize>,
        progress: &mut dyn FnMut(usize) -> Result<()>,
        of: impl Fn(usize, &[f32]) -> T + Sync,
        mut take: impl FnMut(T),
    ) -> Result<()> {
        let mut batches: Vec<Vec<(usize, &Sequence)>> = Vec::new();
        let mut room = 0;
        for (index, sequence) in sequences.iter().enumerate() {
            if room < sequence.ids.len() {
                batches.push(Vec::new());
                room = BATCH.max(sequence.ids.len());
            }
            room -= sequence.ids.len();
            batches.last_mut().expect("one was pushed").push((index, sequence));
        }
        let per_round = install(n_threads, rayon::current_num_threads)?
            * (ROUND / (BATCH * self.multiplications_per_piece())).max(1);
        // Room that a batch leaves, for the next one.
        let spaces: Mutex<Vec<Space>> = Mutex::default();
        let mut done = 0;
        for round in batches.chunks(per_round) {
            progress(done)?;
            let run = |batch: &Vec<(usize, &Sequence)>| {
                let mut space = spaces.lock().expect("nothing panics that holds it").pop().unwrap_or_default();
                let sequences: Vec<&Sequence> = batch.iter().map(|&(_, sequence)| sequence).collect();
                let mut rows = self.forward(&sequences, &mut space);
                let mut found = Vec::with_capacity(batch.len());
                for &(index, sequence) in batch {
                    let (own, rest) = rows.split_at(sequence.n_wanted * self.width());
                    found.push(of(index, own));
                    rows = rest;
                }
                spaces.lock().expect("nothing panics that holds it").push(space);
                found
            };
            let results: Vec<Vec<T>> = install(n_threads, || round.par_iter().with_max_len(1).map(run).collect())?;
            for found in results {
                done += found.len();
                found.into_iter().for_each(&mut take);
            }
        }
        Ok(())
    }
}
