//! Pairs of texts through a transformer: what rerankers and cross-encoders have in common.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::CHUNK;
use super::bert::{Bert, Sequence};
use crate::error::Result;
use crate::pool::{Progress, install};

/// Runs the network over pairs. `prepare` reads each text once, in however many pairs it stands; `frame` makes one
/// sequence of two, and `of` a result of the rows that are wanted.
#[allow(clippy::too_many_arguments, reason = "three functions that each caller has its own of")]
pub fn read_pairs<P: Send + Sync, T: Send>(
    bert: &Bert,
    pairs: &[(&str, &str)],
    n_threads: Option<usize>,
    progress: Progress,
    prepare: impl Fn(&str) -> P + Sync,
    frame: impl Fn(&P, &P) -> Sequence + Sync,
    of: impl Fn(&P, &P, &[f32]) -> T + Sync,
) -> Result<Vec<T>> {
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    let mut texts: Vec<&str> = Vec::new();
    let mut place = |text| {
        *places.entry(text).or_insert_with(|| {
            texts.push(text);
            texts.len() - 1
        })
    };
    let places: Vec<(usize, usize)> = pairs.iter().map(|&(left, right)| (place(left), place(right))).collect();
    let texts: Vec<P> = install(n_threads, || texts.par_iter().map(|text| prepare(text)).collect())?;
    let mut found = Vec::with_capacity(pairs.len());
    for (index, places) in places.chunks(CHUNK).enumerate() {
        let both = |&(left, right): &(usize, usize)| (&texts[left], &texts[right]);
        let sequences: Vec<Sequence> = install(n_threads, || {
            let frame = |places| {
                let (left, right) = both(places);
                frame(left, right)
            };
            places.par_iter().map(frame).collect()
        })?;
        let mut progress = |done| progress(index * CHUNK + done, pairs.len());
        let of = |at: usize, rows: &[f32]| {
            let (left, right) = both(&places[at]);
            of(left, right, rows)
        };
        bert.run(&sequences, n_threads, &mut progress, of, |result| found.push(result))?;
    }
    Ok(found)
}
