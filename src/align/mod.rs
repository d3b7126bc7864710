//! Floor 9. Which words of two sentences match, and how well.
//!
//! In: two sentences read once into [`Prepared`]. Out: an [`Alignment`]: for every word its best counterpart on the
//! other side, and the one-to-one matches among them. Words match by value (figures), by stem, by a shared beginning
//! or by the cosine of their vectors, whichever says most. Swapping the two sentences swaps the alignment.
//! Cost: the product of the numbers of words that carry meaning, some hundred steps for a news sentence.

mod alias;
mod known;
mod likeness;
mod stem;
mod thesaurus;
mod value;
mod words;

pub use alias::resolve as resolve_aliases;
pub use known::Likenesses;
use known::alike;
pub use likeness::{Key, Vectors, dot, likely, likeness};
pub use stem::Stemmer;
pub use thesaurus::OPPOSITES;
pub use value::{SMALL, TENS, Unit, Value};
pub use words::{Form, Kind, Lexicon, Word};

use crate::span::Span;

/// A sentence ready to be aligned.
#[derive(Debug, Clone, Default)]
pub struct Prepared {
    /// Its words, in order.
    pub words: Vec<Word>,
    /// What is asked first of each word.
    pub keys: Vec<Key>,
    /// How much each word tells, in nats.
    pub weights: Vec<f32>,
    /// Sum of the weights.
    pub total: f32,
    /// Its character n-grams, sorted, with weights of length 1.
    pub grams: Vec<(u32, f32)>,
    /// Its stems, sorted, with weights of length 1.
    pub terms: Vec<(u32, f32)>,
    /// Mean of its words' vectors by weight, of length 1.
    pub meaning: Vec<f32>,
}

/// How two sentences match.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alignment {
    /// `(left word, right word, likeness)`, each word at most once, in order of the left word.
    pub matches: Vec<(usize, usize, f32)>,
    /// For each left word the likeness of its best counterpart.
    pub left: Vec<f32>,
    /// For each right word the likeness of its best counterpart.
    pub right: Vec<f32>,
    /// `(left word, right word)` of one stem, in order.
    pub same: Vec<(usize, usize)>,
}

/// Aligns two sentences.
pub fn align(left: &Prepared, right: &Prepared, known: &Likenesses, lexicon: &Lexicon, vectors: &Vectors) -> Alignment {
    let mut best =
        Alignment { left: vec![0.0; left.words.len()], right: vec![0.0; right.words.len()], ..Alignment::default() };
    let mut found: Vec<(f32, usize, usize)> = Vec::new();
    for (i, a) in left.keys.iter().enumerate() {
        let row = known.row(a);
        for (j, b) in right.keys.iter().enumerate() {
            if a.stem == b.stem {
                best.same.push((i, j));
            }
            let likeness = match row.get(b.number as usize) {
                Some(&known) => known,
                None => alike((a, &left.words[i]), (b, &right.words[j]), lexicon, vectors),
            };
            if likeness > 0.0 {
                best.left[i] = best.left[i].max(likeness);
                best.right[j] = best.right[j].max(likeness);
                found.push((likeness, i, j));
            }
        }
    }
    // Among equal words the pair whose neighbours match too.
    let equal =
        |i: usize, j: usize| matches!((left.words.get(i), right.words.get(j)), (Some(a), Some(b)) if a.stem == b.stem);
    let rank = |&(likeness, i, j): &(f32, usize, usize)| {
        let neighbours = u8::from(i > 0 && j > 0 && equal(i - 1, j - 1)) + u8::from(equal(i + 1, j + 1));
        let function = left.words[i].kind == Kind::Function;
        (likeness + 0.1 * f32::from(neighbours) - if function { 0.5 } else { 0.0 }, i.abs_diff(j), i + j)
    };
    let mut ranked: Vec<_> = found.iter().map(|pair| (rank(pair), *pair)).collect();
    // Two pairs that compete for a word differ in i + j, so the order is the same with the sides swapped.
    ranked.sort_unstable_by(|(a, x), (b, y)| b.0.total_cmp(&a.0).then((a.1, a.2, x.1).cmp(&(b.1, b.2, y.1))));
    let (mut free_left, mut free_right) = (vec![true; left.words.len()], vec![true; right.words.len()]);
    for (_, (likeness, i, j)) in ranked {
        if free_left[i] && free_right[j] {
            (free_left[i], free_right[j]) = (false, false);
            best.matches.push((i, j, likeness));
        }
    }
    best.matches.sort_unstable_by_key(|&(i, _, _)| i);
    best
}

/// A run of words and what it holds of the other sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// Weight that matches, less the threshold's share of all its weight.
    pub gain: f32,
}

/// The runs of words that match better than `threshold`, each as long as its gain grows (Ruzzo and Tompa 1999:
/// all maximal scoring subsequences, in linear time).
pub fn segments(weights: &[f32], likeness: &[f32], threshold: f32) -> Vec<Segment> {
    struct Run {
        segment: Segment,
        before: f32,
        after: f32,
    }
    let mut runs: Vec<Run> = Vec::new();
    let mut sum = 0.0;
    for (at, (weight, likeness)) in weights.iter().zip(likeness).enumerate() {
        let gain = weight * (likeness - threshold);
        let before = sum;
        sum += gain;
        if gain <= 0.0 {
            continue;
        }
        let mut run = Run { segment: Segment { start: at, end: at + 1, gain }, before, after: sum };
        while let Some(earlier) = runs.iter().rposition(|other| other.before < run.before) {
            if runs[earlier].after >= run.after {
                break;
            }
            run.segment.start = runs[earlier].segment.start;
            run.before = runs[earlier].before;
            run.segment.gain = run.after - run.before;
            runs.truncate(earlier);
        }
        runs.push(run);
    }
    runs.into_iter().map(|run| run.segment).collect()
}

/// The parts of both sentences that match: pairs of spans in the sentences' own bytes.
pub fn spans(left: &Prepared, right: &Prepared, alignment: &Alignment) -> Vec<(Span, Span)> {
    let sides = [(left, &alignment.left), (right, &alignment.right)];
    let [a, b] = sides.map(|(side, likeness)| {
        segments(&side.weights, likeness, SPAN_THRESHOLD)
            .into_iter()
            .filter(|run| side.words[run.start..run.end].iter().any(|word| word.kind != Kind::Function))
            .collect::<Vec<_>>()
    });
    let holding = |runs: &[Segment], word: usize| runs.iter().position(|run| run.start <= word && word < run.end);
    let mut shared = vec![0.0f32; a.len() * b.len()];
    for &(i, j, likeness) in &alignment.matches {
        if let (Some(x), Some(y)) = (holding(&a, i), holding(&b, j)) {
            shared[x * b.len() + y] += likeness * (left.weights[i] + right.weights[j]);
        }
    }
    let mut pairs = Vec::new();
    for x in 0..a.len() {
        for y in 0..b.len() {
            let weight = shared[x * b.len() + y];
            let best_of_left = (0..b.len()).all(|other| shared[x * b.len() + other] <= weight);
            let best_of_right = (0..a.len()).all(|other| shared[other * b.len() + y] <= weight);
            if weight > 0.0 && (best_of_left || best_of_right) {
                let span =
                    |words: &[Word], run: Segment| Span::new(words[run.start].span.start, words[run.end - 1].span.end);
                pairs.push((span(&left.words, a[x]), span(&right.words, b[y])));
            }
        }
    }
    pairs
}

/// A run of words belongs to a span when more than this share of its weight matches.
const SPAN_THRESHOLD: f32 = 0.3;
