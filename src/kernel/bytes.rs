//! Rows of floats rounded to bytes, which the matrices of integers multiply.

use super::GROUP;
use super::level::{Level, for_each_level};
use super::rowwise::{ROUND, max_of};

/// Rows of floats as bytes, a scale for every 32 of them.
#[derive(Debug, Default)]
pub struct ByteRows {
    pub(super) n_groups: usize,
    /// Four signed bytes a word, the first lowest.
    pub(super) words: Vec<[i32; GROUP / 4]>,
    pub(super) scales: Vec<f32>,
    /// Per group, minus the sum of its bytes: times the offset of a matrix's factors, what that adds too much.
    pub(super) minus_sums: Vec<i32>,
}

impl ByteRows {
    /// Rounds rows of `n_in` numbers, a multiple of 32, to the nearest of 255 steps of each group.
    pub fn fill(&mut self, level: Level, rows: &[f32], n_in: usize) {
        let n = rows.len() / GROUP;
        self.n_groups = n_in / GROUP;
        self.words.resize(n, [0; GROUP / 4]);
        self.scales.resize(n, 0.0);
        self.minus_sums.resize(n, 0);
        quantize(level, rows, self);
    }
}

for_each_level! {
    fn quantize(rows: &[f32], bytes: &mut ByteRows) {
        let groups = rows.as_chunks::<GROUP>().0.iter();
        let targets = bytes.words.iter_mut().zip(&mut bytes.scales).zip(&mut bytes.minus_sums);
        for (group, ((words, scale), minus_sum)) in groups.zip(targets) {
            let most = max_of(group, 0.0, f32::abs);
            *scale = most / 127.0;
            let inverse = if most > 1e-30 { 127.0 / most } else { 0.0 };
            let mut steps = [0i32; GROUP];
            for i in 0..GROUP {
                steps[i] = (group[i] * inverse + ROUND).to_bits().wrapping_sub(ROUND.to_bits()) as i32;
            }
            *minus_sum = -steps.iter().sum::<i32>();
            let bytes = steps.map(|step| step as u8);
            for (word, bytes) in words.iter_mut().zip(bytes.as_chunks().0) {
                *word = i32::from_le_bytes(*bytes);
            }
        }
    }
}
