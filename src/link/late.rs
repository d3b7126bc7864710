//! Late interaction: what two sentences share by the vectors of a [`Reader`], each piece of one with its best match on the
//! other side.
//!
//! Enter the sentences of a story as they were read, leave ten signals and log-odds for each pair. Sums of products of
//! 16-bit integers are exact, so they are the same on every machine. Cost: the product of the numbers of pieces of all
//! pairs of the story, times the length of a vector.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::encode::{N_SIGNALS, ONE, Reader, Reading};
use crate::error::Result;
use crate::kernel::best_products;
use crate::pool::{GoOn, install};

/// Sentences compared with those before them between two looks at whether to go on.
const CHUNK: usize = 16;
/// Signals that do not need the other pairs of the story.
const N_OWN: usize = 8;
/// Of these, the two of which the network is also told how they stand among all pairs: mean cover and the greater one.
const AMONG: [usize; 2] = [7, 1];

/// What late interaction says of a pair; the same with the sides swapped.
#[derive(Debug, Clone, Copy, Default)]
pub struct Late {
    /// Lower and higher cover, share and mass of what matches, the sentences' cosine, mean cover; then how mean and higher
    /// cover stand among all pairs of the story, in standard deviations.
    pub signals: [f32; N_SIGNALS],
    /// That the two share a claim.
    pub log_odds: f32,
}

/// The sentences of a story, and what late interaction says of their pairs.
#[derive(Debug)]
pub struct LateInteraction {
    reader: Arc<Reader>,
    /// The pairs `left <= right` of distinct texts, by `right`.
    pairs: Vec<[f32; N_OWN]>,
    /// Of each sentence, the number of its text.
    texts: Vec<u32>,
    mean: [f32; 2],
    deviation: [f32; 2],
}

/// A sentence with the weights that its pieces have in the story.
struct Side<'a> {
    reading: &'a Reading,
    weights: Vec<f32>,
    total: f32,
}

impl LateInteraction {
    /// Compares every two sentences of a story. `order` gives the sentences in an order that no caller chooses, since sums
    /// of floats depend on it; `same` for each sentence the first of the same text.
    pub fn new(
        reader: Arc<Reader>,
        readings: &[Arc<Reading>],
        (order, same): (&[usize], &[u32]),
        n_threads: Option<usize>,
        go_on: GoOn,
    ) -> Result<Self> {
        // An empty text is a sentence that is not compared: it says nothing of what is rare or near.
        let n_read = readings.iter().filter(|reading| !reading.ids.is_empty()).count();
        let mut n_sentences: FxHashMap<u32, u32> = FxHashMap::default();
        for reading in readings {
            let mut ids = reading.ids.clone();
            ids.sort_unstable();
            ids.dedup();
            ids.into_iter().for_each(|id| *n_sentences.entry(id).or_default() += 1);
        }
        let side = |reading: &'_ Reading| {
            let idf = |id: &u32| ((n_read as f32 + 1.0) / (n_sentences[id] as f32 + 1.0)).ln() + 0.3;
            let weigh = |(id, weight): (&u32, &f32)| (weight + reader.idf * idf(id).max(1e-3).ln()).exp();
            reading.ids.iter().zip(&reading.weights).map(weigh).collect::<Vec<f32>>()
        };
        let distinct: Vec<usize> = (0..readings.len()).filter(|&at| same[at] as usize == at).collect();
        let mut texts = vec![0; readings.len()];
        distinct.iter().enumerate().for_each(|(number, &at)| texts[at] = number as u32);
        (0..readings.len()).for_each(|at| texts[at] = texts[same[at] as usize]);
        let sides: Vec<Side> = distinct
            .iter()
            .map(|&at| {
                let weights = side(&readings[at]);
                let total = weights.iter().sum::<f32>().max(1e-6);
                Side { reading: &readings[at], weights, total }
            })
            .collect();
        let row = |right: usize| {
            let pair = |left: usize| own(&reader, &sides[left], &sides[right]);
            (0..=right).map(pair).collect::<Vec<_>>()
        };
        let n = sides.len();
        let mut pairs = Vec::with_capacity(n * (n + 1) / 2);
        for first in (0..n).step_by(CHUNK) {
            go_on()?;
            let rows = first..n.min(first + CHUNK);
            let rows: Vec<_> = install(n_threads, || rows.into_par_iter().map(row).collect())?;
            pairs.extend(rows.into_iter().flatten());
        }
        let mut found = Self { reader, pairs, texts, mean: [0.0; 2], deviation: [1.0; 2] };
        let order: Vec<usize> = order.iter().copied().filter(|&at| !readings[at].ids.is_empty()).collect();
        found.measure(&order);
        Ok(found)
    }

    /// Mean and deviation of the signals of which the network is told how they stand.
    fn measure(&mut self, order: &[usize]) {
        let n = (order.len() * order.len().saturating_sub(1) / 2) as f64;
        if n < 2.0 {
            return;
        }
        for (at, signal) in AMONG.into_iter().enumerate() {
            let (mut sum, mut squares) = (0.0, 0.0);
            for (place_right, &right) in order.iter().enumerate() {
                for &left in &order[..place_right] {
                    let value = f64::from(self.pairs[self.place(left, right)][signal]);
                    sum += value;
                    squares += value * value;
                }
            }
            let mean = sum / n;
            self.mean[at] = mean as f32;
            self.deviation[at] = (((squares - n * mean * mean) / (n - 1.0)).max(0.0).sqrt() + 1e-6) as f32;
        }
    }

    /// How many sentences were compared.
    pub fn n_sentences(&self) -> usize {
        self.texts.len()
    }

    /// What two of the sentences share.
    pub fn pair(&self, left: usize, right: usize) -> Late {
        let Some(own) = self.pairs.get(self.place(left, right)).filter(|_| left != right) else {
            return Late::default();
        };
        let mut signals = [0.0; N_SIGNALS];
        signals[..N_OWN].copy_from_slice(own);
        for (at, signal) in AMONG.into_iter().enumerate() {
            signals[N_OWN + at] = (own[signal] - self.mean[at]) / self.deviation[at];
        }
        Late { signals, log_odds: self.reader.log_odds(&signals) }
    }

    /// Where a pair of sentences stands among those of texts.
    fn place(&self, left: usize, right: usize) -> usize {
        let [left, right] = [left, right].map(|sentence| self.texts[sentence] as usize);
        let (low, high) = (left.min(right), left.max(right));
        high * (high + 1) / 2 + low
    }
}

/// The signals of a pair on its own.
fn own(reader: &Reader, left: &Side, right: &Side) -> [f32; N_OWN] {
    let sides = [left, right];
    let least = -(ONE * ONE) as i32;
    let mut best = sides.map(|side| vec![least; side.weights.len()]);
    let [best_left, best_right] = &mut best;
    best_products(reader.level(), &left.reading.rows, &right.reading.rows, reader.width(), best_left, best_right);
    let (mut cover, mut mass) = ([0.0f32; 2], [0.0f32; 2]);
    for (at, (side, best)) in sides.into_iter().zip(&best).enumerate() {
        for (&product, &weight) in best.iter().zip(&side.weights) {
            let cosine = product as f32 / (ONE * ONE);
            cover[at] += weight * cosine;
            mass[at] += weight / (1.0 + (-(cosine - reader.bend[0]) * reader.bend[1]).exp());
        }
        cover[at] /= side.total;
    }
    let share = [mass[0] / left.total, mass[1] / right.total];
    let meanings = left.reading.meaning.iter().zip(&right.reading.meaning);
    let product: i32 = meanings.map(|(&a, &b)| i32::from(a) * i32::from(b)).sum();
    let (low, high) = (|of: [f32; 2]| of[0].min(of[1]), |of: [f32; 2]| of[0].max(of[1]));
    [
        low(cover),
        high(cover),
        low(share),
        high(share),
        low(mass).ln_1p(),
        high(mass).ln_1p(),
        product as f32 / (ONE * ONE),
        (cover[0] + cover[1]) / 2.0,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_swap_and_paraphrases_are_likeliest() {
        let texts = [
            "The bridge was closed to traffic on Monday.",
            "On Monday the crossing was shut to cars and lorries.",
            "A choir of forty sang at the opening of the fair.",
            "Fish is sold at the market.",
            "",
            "Fish is sold at the market.",
        ];
        let reader = Reader::embedded();
        let readings = reader.read(&texts, None, &mut |_, _| Ok(())).unwrap();
        let readings: Vec<_> = readings.into_iter().map(Arc::new).collect();
        let compared = |same: &[u32]| {
            let order = [4, 0, 2, 3, 5, 1];
            LateInteraction::new(Reader::embedded(), &readings, (&order, same), None, &mut || Ok(())).unwrap()
        };
        let late = compared(&[0, 1, 2, 3, 4, 3]);
        // Equal texts are compared once; nothing shows that they are.
        let each = compared(&[0, 1, 2, 3, 4, 5]);
        for (left, right) in [(0, 1), (0, 5), (3, 5), (2, 4)] {
            assert_eq!(late.pair(left, right).signals, each.pair(left, right).signals);
        }
        assert_eq!(late.pair(0, 1).signals, late.pair(1, 0).signals);
        let odds = |left, right| late.pair(left, right).log_odds;
        assert!(odds(0, 1) > odds(0, 2) && odds(0, 1) > odds(2, 3), "{} {}", odds(0, 1), odds(0, 2));
        assert!(odds(3, 4).is_finite() && late.pair(2, 2).log_odds == 0.0);
    }
}
