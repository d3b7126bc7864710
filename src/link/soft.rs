//! Soft alignment: for every word the nearest word of the other sentence, by vectors that know the sentence around them.
//!
//! This is BERTScore with idf (Zhang et al. 2020) in both directions, with its runs of well-covered words and the place
//! of a pair among its rivals. It sees what no list of words does: "slipped off its piers" / "fell into the river".
//! Sums of products of 16-bit integers are exact, so the features are the same on every machine.
//! Cost: the product of the numbers of words, times the length of a vector.

use rayon::prelude::*;

use crate::align::Prepared;
use crate::encode::TokenVectors;
use crate::error::Result;
use crate::kernel::{Level, best_products};
use crate::pool::{GoOn, install};

/// One in a vector's numbers: products of rows of length 1 stay below 2^27.
const ONE: f32 = 8192.0;
/// A cosine up to this is chance.
const CHANCE: f32 = 0.35;
/// From this cosine on two words are near.
const NEAR: f32 = 0.6;
/// Words covered less than this interrupt a run.
const RUN: f32 = 0.4;
/// A sentence nearer than this is a copy, not a rival.
const COPY: f32 = 0.97;
/// Sentences compared with those before them between two looks at whether to go on.
const CHUNK: usize = 16;
/// Two values closer than this are the same pair's.
const SAME: f32 = 1e-5;

/// What soft alignment says of a pair; of two one-sided values the left one first.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Soft {
    /// Share of the weight covered, by plain cosines.
    pub cosines: [f32; 2],
    /// Share of the weight covered beyond chance.
    pub cover: [f32; 2],
    /// Weight of what is near.
    pub mass: [f32; 2],
    /// Weight of the best run of covered words.
    pub gain: [f32; 2],
    /// Cosine of the two sentences.
    pub sentence: f32,
    /// How far each sentence's best rival stays behind in cover, and in the sentences' cosine.
    pub margins: [[f32; 2]; 2],
}

impl Soft {
    /// Swapping the sentences swaps the sides.
    pub fn swapped(self) -> Self {
        let swap = |[a, b]: [f32; 2]| [b, a];
        let margins = self.margins.map(swap);
        let [cosines, cover, mass, gain] = [self.cosines, self.cover, self.mass, self.gain].map(swap);
        Self { cosines, cover, mass, gain, margins, ..self }
    }
}

/// The sentences of a story with the vectors of their words.
#[derive(Debug)]
pub(super) struct SoftAligner {
    level: Level,
    width: usize,
    sentences: Vec<Sentence>,
    /// Without the margins: the pairs of the story's sentences, `left < right`, by `right`.
    known: Vec<Soft>,
    /// For each sentence of the story its two nearest: in cover, and in the sentences' cosine.
    rivals: Vec<[[f32; 2]; 2]>,
}

#[derive(Debug)]
struct Sentence {
    /// A row per word.
    rows: Vec<i16>,
    weights: Vec<f32>,
    total: f32,
    /// Mean of the word pieces.
    meaning: Vec<i16>,
}

impl SoftAligner {
    /// Takes the vectors of the sentences' word pieces; the first `n_story` sentences are each other's rivals.
    pub fn new(
        sentences: &[Prepared],
        vectors: &[TokenVectors],
        n_story: usize,
        n_threads: Option<usize>,
        go_on: GoOn,
    ) -> Result<Self> {
        let width = vectors.first().map_or(1, |found| found.vectors.ncols().max(1));
        let read = |(prepared, found)| read(prepared, found, width);
        let sentences = install(n_threads, || sentences.par_iter().zip(vectors).map(read).collect())?;
        let mut aligner =
            Self { level: Level::best(), width, sentences, known: Vec::new(), rivals: Vec::with_capacity(n_story) };
        let row = |right: usize| (0..right).map(|left| aligner.compute(left, right)).collect::<Vec<_>>();
        let mut known = Vec::with_capacity(n_story * n_story.saturating_sub(1) / 2);
        for first in (0..n_story).step_by(CHUNK) {
            go_on()?;
            let rows = first..n_story.min(first + CHUNK);
            let rows: Vec<_> = install(n_threads, || rows.into_par_iter().map(row).collect())?;
            known.extend(rows.into_iter().flatten());
        }
        aligner.known = known;
        aligner.rivals = (0..n_story).map(|at| aligner.nearest(at, n_story)).collect();
        Ok(aligner)
    }

    /// What the sentences `left` and `right` have in common.
    pub fn pair(&self, left: usize, right: usize) -> Soft {
        let (low, high) = (left.min(right), left.max(right));
        let mut soft = match self.known.get(place(low, high)) {
            Some(&known) if low < high && high < self.rivals.len() => known,
            _ => self.compute(low, high),
        };
        let own = [likeness(&soft), soft.sentence];
        for (side, at) in [low, high].into_iter().enumerate() {
            for (kind, own) in own.into_iter().enumerate() {
                let Some(rivals) = self.rivals.get(at) else { continue };
                let [first, second] = rivals[kind];
                soft.margins[kind][side] = own - if (first - own).abs() < SAME { second } else { first };
            }
        }
        if left == low { soft } else { soft.swapped() }
    }

    fn compute(&self, left: usize, right: usize) -> Soft {
        let sides = [&self.sentences[left], &self.sentences[right]];
        let mut best = sides.map(|side| vec![0; side.weights.len()]);
        let [best_left, best_right] = &mut best;
        best_products(self.level, &sides[0].rows, &sides[1].rows, self.width, best_left, best_right);
        let mut soft = Soft::default();
        for (at, (side, best)) in sides.into_iter().zip(&best).enumerate() {
            let mut run = 0.0f32;
            for (&product, &weight) in best.iter().zip(&side.weights) {
                let cosine = product as f32 / (ONE * ONE);
                let covered = ((cosine - CHANCE) / (1.0 - CHANCE)).clamp(0.0, 1.0);
                soft.cosines[at] += weight * cosine;
                soft.cover[at] += weight * covered;
                soft.mass[at] += weight * ((cosine - NEAR) / (1.0 - NEAR)).clamp(0.0, 1.0);
                run = (run + weight * (covered - RUN)).max(0.0);
                soft.gain[at] = soft.gain[at].max(run);
            }
            soft.cosines[at] /= side.total;
            soft.cover[at] /= side.total;
        }
        let product: i32 =
            sides[0].meaning.iter().zip(&sides[1].meaning).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum();
        soft.sentence = product as f32 / (ONE * ONE);
        soft
    }

    fn nearest(&self, at: usize, n_story: usize) -> [[f32; 2]; 2] {
        let mut nearest = [[0.0f32; 2]; 2];
        for other in (0..n_story).filter(|&other| other != at) {
            let soft = &self.known[place(at.min(other), at.max(other))];
            for (two, value) in nearest.iter_mut().zip([likeness(soft), soft.sentence]) {
                if value > two[0] && value <= COPY {
                    *two = [value, two[0]];
                } else if value > two[1] && value <= COPY {
                    two[1] = value;
                }
            }
        }
        nearest
    }
}

/// Where a pair stands among those with `left < right`.
fn place(left: usize, right: usize) -> usize {
    (right * right.saturating_sub(1)) / 2 + left
}

/// One number for how much two sentences cover each other.
fn likeness(soft: &Soft) -> f32 {
    (soft.cover[0] + soft.cover[1]) / 2.0
}

fn read(prepared: &Prepared, found: &TokenVectors, width: usize) -> Sentence {
    let mut rows = Vec::with_capacity(prepared.words.len() * width);
    let mut first = 0;
    for word in &prepared.words {
        first += found.spans[first..].iter().take_while(|span| span.end <= word.span.start).count();
        let pieces = found.spans[first..].iter().take_while(|span| span.start < word.span.end).count();
        rows.extend(mean(found, first..first + pieces, width));
    }
    let meaning = mean(found, 0..found.spans.len(), width);
    // What tells nothing counts nothing, and nothing is ever divided by.
    let total = prepared.total.max(1e-6);
    Sentence { rows, weights: prepared.weights.clone(), total, meaning }
}

/// The mean of some pieces' vectors, scaled to length 1; zeros where there are none.
fn mean(found: &TokenVectors, pieces: std::ops::Range<usize>, width: usize) -> Vec<i16> {
    let mut sum = vec![0.0f32; width];
    for piece in pieces {
        sum.iter_mut().zip(found.vectors.row(piece)).for_each(|(sum, x)| *sum += x);
    }
    let norm = crate::align::dot(&sum, &sum).sqrt().max(1e-9);
    sum.iter().map(|x| (x / norm * ONE).round() as i16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::Encoder;
    use crate::link::Scorer;

    #[test]
    fn sides_swap_and_paraphrases_are_nearest() {
        let texts = [
            "The bridge was closed to traffic on Monday.",
            "On Monday the crossing was shut to cars and lorries.",
            "A choir of forty sang at the opening of the fair.",
            "Fish is sold at the market.",
            "",
        ];
        let vectors = Encoder::embedded("minilm").unwrap().token_vectors(&texts).unwrap();
        let scorer = Scorer::new(&texts, texts.len(), Some(&vectors)).unwrap();
        let aligner = |n| SoftAligner::new(&scorer.sentences, &vectors, n, None, &mut || Ok(())).unwrap();
        let (aligner, alone) = (aligner(texts.len()), aligner(0));
        let (soft, back) = (aligner.pair(0, 1), aligner.pair(1, 0));
        assert_eq!(format!("{soft:?}"), format!("{:?}", back.swapped()));
        assert!(soft.cover[0] > 0.3 && soft.margins[0][0] > 0.0, "{soft:?}");
        assert!(aligner.pair(0, 2).cover[0] < soft.cover[0]);
        assert!(aligner.pair(0, 0).cosines.iter().all(|cosine| (cosine - 1.0).abs() < 1e-2));
        assert_eq!(aligner.pair(3, 4).cover, [0.0; 2]);
        // Alone, the same pair without margins.
        let alone = alone.pair(0, 1);
        assert_eq!((alone.cover, alone.margins), (soft.cover, [[0.0; 2]; 2]));
    }
}
