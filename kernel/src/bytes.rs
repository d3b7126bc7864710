//! Rows of floats rounded to bytes, which the matrices of integers multiply.

use super::GROUP;
#[cfg(target_arch = "x86_64")]
use super::LANES;
use super::level::{Kind, Level, for_each_level};
use super::panel::ROWS;
use super::rowwise::{ROUND, max_of};

/// Rows of floats as bytes, a scale for every 32 of them.
#[derive(Debug, Default)]
pub struct ByteRows {
    pub(super) n_rows: usize,
    pub(super) n_groups: usize,
    /// By so many rows, then by group: all that a block multiplies, in one stream. Past the last row anything.
    pub(super) groups: Vec<RowGroups>,
}

/// A group of each of a few rows.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RowGroups {
    /// Four signed bytes a word, the first lowest.
    pub(super) words: [[i32; GROUP / 4]; ROWS],
    pub(super) scales: [f32; ROWS],
    /// Where the sums of products start with factors of one nibble, and of two: see [`starts`].
    pub(super) starts: [[i32; ROWS]; 2],
}

/// The bits of [`ROUND`] less what the offset of a matrix's factors of so many nibbles adds too much, by the sum of a group's
/// bytes. With products added these are the bits of their sum and [`ROUND`] as a float: no integer has to become one.
#[inline(always)]
fn starts(sum: i32) -> [i32; 2] {
    [3, 7].map(|shift| (ROUND.to_bits() as i32).wrapping_sub(sum << shift))
}

impl ByteRows {
    /// Rounds rows of `n_in` numbers, a multiple of 32, to the nearest of 255 steps of each group.
    pub fn fill(&mut self, level: Level, rows: &[f32], n_in: usize) {
        self.n_rows = rows.len() / n_in;
        self.n_groups = n_in / GROUP;
        self.groups.resize(self.n_rows.div_ceil(ROWS) * self.n_groups, RowGroups::default());
        match level.kind() {
            // SAFETY: a `Level` is made only where the processor has the features.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => unsafe { quantize_avx512(rows, self) },
            _ => quantize(level, rows, self),
        }
    }
}

for_each_level! {
    fn quantize(rows: &[f32], bytes: &mut ByteRows) {
        let n_groups = bytes.n_groups;
        for (row, numbers) in rows.chunks_exact(n_groups * GROUP).enumerate() {
            let (block, row) = (row / ROWS, row % ROWS);
            for (group, target) in numbers.as_chunks::<GROUP>().0.iter().zip(&mut bytes.groups[block * n_groups..]) {
                let most = max_of(group, 0.0, f32::abs);
                target.scales[row] = most / 127.0;
                let inverse = if most > 1e-30 { 127.0 / most } else { 0.0 };
                let mut steps = [0i32; GROUP];
                for i in 0..GROUP {
                    steps[i] = (group[i] * inverse + ROUND).to_bits().wrapping_sub(ROUND.to_bits()) as i32;
                }
                let sum = steps.iter().fold(0i32, |sum, step| sum.wrapping_add(*step));
                for (target, start) in target.starts.iter_mut().zip(starts(sum)) {
                    target[row] = start;
                }
                let bytes = steps.map(|step| step as u8);
                for (word, bytes) in target.words[row].iter_mut().zip(bytes.as_chunks().0) {
                    *word = i32::from_le_bytes(*bytes);
                }
            }
        }
    }
}

/// [`quantize`] by hand: the compiler puts its bytes and sums together one by one.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn quantize_avx512(rows: &[f32], bytes: &mut ByteRows) {
    use std::arch::x86_64::*;
    let n_groups = bytes.n_groups;
    let round = _mm512_set1_ps(ROUND);
    for (row, numbers) in rows.chunks_exact(n_groups * GROUP).enumerate() {
        let (block, row) = (row / ROWS, row % ROWS);
        for (group, target) in numbers.as_chunks::<GROUP>().0.iter().zip(&mut bytes.groups[block * n_groups..]) {
            // SAFETY: each half is 16 floats; the load asks for no alignment.
            let half = |at: usize| unsafe { _mm512_loadu_ps(group[at * LANES..][..LANES].as_ptr()) };
            let halves = [half(0), half(1)];
            // Where either is no number, the second.
            let most = _mm512_max_ps(_mm512_abs_ps(halves[0]), _mm512_setzero_ps());
            let most = _mm512_reduce_max_ps(_mm512_max_ps(_mm512_abs_ps(halves[1]), most));
            target.scales[row] = most / 127.0;
            let inverse = _mm512_set1_ps(if most > 1e-30 { 127.0 / most } else { 0.0 });
            let steps = |half: __m512| {
                let sum = _mm512_add_ps(_mm512_mul_ps(half, inverse), round);
                _mm512_sub_epi32(_mm512_castps_si512(sum), _mm512_castps_si512(round))
            };
            let steps = [steps(halves[0]), steps(halves[1])];
            let sum = _mm512_reduce_add_epi32(_mm512_add_epi32(steps[0], steps[1]));
            for (target, start) in target.starts.iter_mut().zip(starts(sum)) {
                target[row] = start;
            }
            for (words, steps) in target.words[row].as_chunks_mut::<4>().0.iter_mut().zip(steps) {
                // SAFETY: 16 bytes; the store asks for no alignment.
                unsafe { _mm_storeu_si128(words.as_mut_ptr().cast(), _mm512_cvtepi32_epi8(steps)) };
            }
        }
    }
}
