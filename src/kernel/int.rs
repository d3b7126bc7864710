//! Matrices of small integers.

use super::bytes::ByteRows;
use super::level::Level;
use super::panel::{Block, PANEL, ROWS, Sums, multiply_blocks};
use super::{GROUP, LANES};

/// A matrix of 4-bit numbers, a scale for every 32 of a row, multiplied as it is stored.
#[derive(Debug)]
pub struct Int4Matrix {
    n_in: usize,
    n_out: usize,
    /// By panel of 32 outputs, then by four inputs: 16 outputs x 4 inputs in the low nibbles, 16 more in the high ones.
    panels: Vec<[u8; 4 * LANES]>,
    /// By panel, then by group of inputs.
    scales: Vec<[f32; PANEL]>,
    bias: Vec<[f32; PANEL]>,
}

impl Int4Matrix {
    /// From `n_out` rows of `n_in / 2` bytes, each two numbers with 8 added, the low nibble first; `n_in / 32` scales a row;
    /// `n_out` numbers to add. `n_in` and `n_out` are multiples of 32.
    pub fn new(rows: &[u8], scales: &[f32], n_in: usize, bias: &[f32]) -> Self {
        let n_out = bias.len();
        assert!(n_in.is_multiple_of(GROUP) && n_out.is_multiple_of(PANEL), "{n_out} x {n_in} is in groups of 32");
        assert!(rows.len() == n_out * n_in / 2 && scales.len() == n_out * n_in / GROUP, "sizes fit {n_out} x {n_in}");
        let n_panels = n_out / PANEL;
        let mut panels = vec![[0; 4 * LANES]; n_panels * n_in / 4];
        let mut panel_scales = vec![[0.0; PANEL]; n_panels * n_in / GROUP];
        for (output, (row, scales)) in rows.chunks_exact(n_in / 2).zip(scales.chunks_exact(n_in / GROUP)).enumerate() {
            let (panel, within) = (output / PANEL, output % PANEL);
            let shift = if within < LANES { 0 } else { 4 };
            let column = 4 * (within % LANES);
            for (target, pairs) in panels[panel * n_in / 4..].iter_mut().zip(row.as_chunks::<2>().0) {
                let nibbles = [pairs[0] & 15, pairs[0] >> 4, pairs[1] & 15, pairs[1] >> 4];
                target[column..column + 4].iter_mut().zip(nibbles).for_each(|(byte, nibble)| *byte |= nibble << shift);
            }
            for (target, &scale) in panel_scales[panel * n_in / GROUP..].iter_mut().zip(scales) {
                target[within] = scale;
            }
        }
        Self { n_in, n_out, panels, scales: panel_scales, bias: bias.as_chunks().0.to_vec() }
    }

    /// Numbers in a row that goes in.
    pub fn n_in(&self) -> usize {
        self.n_in
    }

    /// Numbers in a row that comes out.
    pub fn n_out(&self) -> usize {
        self.n_out
    }

    /// Each row times the matrix, plus the bias.
    pub fn multiply(&self, level: Level, rows: &ByteRows, out: &mut [f32]) {
        let n_groups = self.n_in / GROUP;
        assert_eq!(rows.n_groups, n_groups, "rows of {} numbers", self.n_in);
        let block = |panel: usize, at: [usize; ROWS]| Int4Block {
            rows,
            starts: at.map(|row| row * n_groups),
            panel: self.panels[panel * self.n_in / 4..][..self.n_in / 4].as_chunks().0,
            scales: &self.scales[panel * n_groups..][..n_groups],
        };
        multiply_blocks(level, rows.words.len() / n_groups, &self.bias, block, out, self.n_out);
    }
}

/// A few rows and one panel of an [`Int4Matrix`].
struct Int4Block<'a> {
    rows: &'a ByteRows,
    /// The first group of each row.
    starts: [usize; ROWS],
    panel: &'a [[[u8; 4 * LANES]; GROUP / 4]],
    scales: &'a [[f32; PANEL]],
}

impl Block for Int4Block<'_> {
    #[inline(never)]
    fn plain(&self, sums: &mut Sums) {
        // Written so that the compiler vectorises it for any processor: every inner loop is eight numbers of 16 bits. Inputs 0
        // and 2 of a word, then 1 and 3, stand side by side and are summed last: at most 15 * 127 * 16 = 30,480.
        for (group, (factors, scales)) in self.panel.iter().zip(self.scales).enumerate() {
            let mut nibbles = [[[[0i16; 8]; 4]; 4]; GROUP / 4];
            for (nibbles, factors) in nibbles.iter_mut().zip(factors) {
                let pairs = factors.as_chunks::<16>().0;
                for part in 0..4 {
                    for at in 0..4 {
                        for i in 0..8 {
                            let pair = u16::from_le_bytes([pairs[at][2 * i], pairs[at][2 * i + 1]]);
                            nibbles[part][at][i] = (pair >> (4 * part) & 15) as i16;
                        }
                    }
                }
            }
            for (sums, start) in sums.iter_mut().zip(self.starts) {
                let mut products = [[[0i16; 8]; 4]; 2];
                for (nibbles, word) in nibbles.iter().zip(&self.rows.words[start + group]) {
                    let x = word.to_le_bytes().map(|byte| i16::from(byte as i8));
                    for second in 0..2 {
                        let [even, odd] = [x[second], x[second + 2]];
                        let x = [even, odd, even, odd, even, odd, even, odd];
                        for half in 0..2 {
                            for at in 0..4 {
                                for i in 0..8 {
                                    products[half][at][i] += nibbles[2 * second + half][at][i] * x[i];
                                }
                            }
                        }
                    }
                }
                let scale = self.rows.scales[start + group];
                let correction = self.rows.corrections[start + group];
                let products = products.as_flattened().as_flattened();
                for lane in 0..PANEL {
                    let product = i32::from(products[2 * lane]) + i32::from(products[2 * lane + 1]) + correction;
                    sums[lane] += product as f32 * scales[lane] * scale;
                }
            }
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn avx2(&self, sums: &mut Sums) {
        use std::arch::x86_64::*;
        const TOGETHER: usize = 2;
        let low = _mm256_set1_epi8(15);
        let ones = _mm256_set1_epi16(1);
        for (group, (factors, scales)) in self.panel.iter().zip(self.scales).enumerate() {
            for first in (0..ROWS).step_by(TOGETHER) {
                let words: [&[i32; GROUP / 4]; TOGETHER] =
                    std::array::from_fn(|row| &self.rows.words[self.starts[first + row] + group]);
                // Pairs of products summed in 16 bits: at most 15 * 127 * 2 * 8 = 30,480.
                let mut products = [[_mm256_setzero_si256(); 4]; TOGETHER];
                for i in 0..GROUP / 4 {
                    let halves = factors[i].as_chunks::<32>().0;
                    // SAFETY: each half is 32 bytes; the load asks for no alignment.
                    let (a, b) = unsafe {
                        (_mm256_loadu_si256(halves[0].as_ptr().cast()), _mm256_loadu_si256(halves[1].as_ptr().cast()))
                    };
                    let nibbles = [
                        _mm256_and_si256(a, low),
                        _mm256_and_si256(b, low),
                        _mm256_and_si256(_mm256_srli_epi16::<4>(a), low),
                        _mm256_and_si256(_mm256_srli_epi16::<4>(b), low),
                    ];
                    for row in 0..TOGETHER {
                        let x = _mm256_set1_epi32(words[row][i]);
                        for part in 0..4 {
                            let pairs = _mm256_maddubs_epi16(nibbles[part], x);
                            products[row][part] = _mm256_add_epi16(products[row][part], pairs);
                        }
                    }
                }
                for row in 0..TOGETHER {
                    let at = self.starts[first + row] + group;
                    let correction = _mm256_set1_epi32(self.rows.corrections[at]);
                    let scale = _mm256_set1_ps(self.rows.scales[at]);
                    for part in 0..4 {
                        let product = _mm256_add_epi32(_mm256_madd_epi16(products[row][part], ones), correction);
                        let sum = &mut sums[first + row].as_chunks_mut::<8>().0[part];
                        let factor = &scales.as_chunks::<8>().0[part];
                        // SAFETY: both are 8 floats; loads and stores ask for no alignment.
                        unsafe {
                            let scaled = _mm256_mul_ps(_mm256_cvtepi32_ps(product), _mm256_loadu_ps(factor.as_ptr()));
                            let total = _mm256_add_ps(_mm256_loadu_ps(sum.as_ptr()), _mm256_mul_ps(scaled, scale));
                            _mm256_storeu_ps(sum.as_mut_ptr(), total);
                        }
                    }
                }
            }
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    unsafe fn avx512(&self, sums: &mut Sums) {
        use std::arch::x86_64::*;
        let low = _mm512_set1_epi8(15);
        let mut totals = [[_mm512_setzero_ps(); 2]; ROWS];
        for (totals, sums) in totals.iter_mut().zip(&*sums) {
            for (total, sum) in totals.iter_mut().zip(sums.as_chunks::<LANES>().0) {
                // SAFETY: 16 floats; the load asks for no alignment.
                *total = unsafe { _mm512_loadu_ps(sum.as_ptr()) };
            }
        }
        for (group, (factors, scales)) in self.panel.iter().zip(self.scales).enumerate() {
            let words: [&[i32; GROUP / 4]; ROWS] =
                std::array::from_fn(|row| &self.rows.words[self.starts[row] + group]);
            let mut products: [[__m512i; 2]; ROWS] =
                std::array::from_fn(|row| [_mm512_set1_epi32(self.rows.corrections[self.starts[row] + group]); 2]);
            for i in 0..GROUP / 4 {
                // SAFETY: 64 bytes; the load asks for no alignment.
                let bytes = unsafe { _mm512_loadu_si512(factors[i].as_ptr().cast()) };
                let nibbles = [_mm512_and_si512(bytes, low), _mm512_and_si512(_mm512_srli_epi16::<4>(bytes), low)];
                for row in 0..ROWS {
                    let x = _mm512_set1_epi32(words[row][i]);
                    for part in 0..2 {
                        products[row][part] = _mm512_dpbusd_epi32(products[row][part], nibbles[part], x);
                    }
                }
            }
            // SAFETY: each part is 16 floats; the load asks for no alignment.
            let factors: [__m512; 2] =
                std::array::from_fn(|part| unsafe { _mm512_loadu_ps(scales[part * LANES..][..LANES].as_ptr()) });
            for row in 0..ROWS {
                let scale = _mm512_set1_ps(self.rows.scales[self.starts[row] + group]);
                for part in 0..2 {
                    let scaled = _mm512_mul_ps(_mm512_cvtepi32_ps(products[row][part]), factors[part]);
                    totals[row][part] = _mm512_add_ps(totals[row][part], _mm512_mul_ps(scaled, scale));
                }
            }
        }
        for (totals, sums) in totals.iter().zip(sums) {
            for (total, sum) in totals.iter().zip(sums.as_chunks_mut::<LANES>().0) {
                // SAFETY: 16 floats; the store asks for no alignment.
                unsafe { _mm512_storeu_ps(sum.as_mut_ptr(), *total) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{AttentionSpace, attention, gelu, layer_norm, numbers};

    #[test]
    fn levels_give_the_same_bytes_and_float64_the_same_numbers() {
        let (n_in, n_out, n_rows) = (96, 64, 13);
        let nibbles: Vec<u8> = numbers(n_out * n_in / 2, 1).iter().map(|x| (x * 1e6) as i32 as u8).collect();
        let scales: Vec<f32> = numbers(n_out * n_in / GROUP, 2).iter().map(|x| x.abs() / 8.0).collect();
        let bias = numbers(n_out, 3);
        let rows = numbers(n_rows * n_in, 4);
        let matrix = Int4Matrix::new(&nibbles, &scales, n_in, &bias);
        let mut results = Vec::new();
        for level in Level::all() {
            let mut bytes = ByteRows::default();
            bytes.fill(level, &rows, n_in);
            let mut out = vec![0.0; n_rows * n_out];
            matrix.multiply(level, &bytes, &mut out);
            layer_norm(level, &mut out, &[], &numbers(n_out, 5), &bias, 1e-12);
            gelu(level, &mut out);
            let mut attended = vec![0.0; 11 * n_out];
            attention(level, &numbers(11 * 3 * n_out, 6), n_out, 2, &mut attended, &mut AttentionSpace::default());
            results.push((out, attended));
        }
        assert!(results.windows(2).all(|pair| pair[0] == pair[1]));

        let mut bytes = ByteRows::default();
        bytes.fill(Level::best(), &rows, n_in);
        let mut out = vec![0.0; n_rows * n_out];
        matrix.multiply(Level::best(), &bytes, &mut out);
        for row in 0..n_rows {
            for output in 0..n_out {
                let factor = |i: usize| {
                    let byte = nibbles[(output * n_in + i) / 2];
                    let nibble = if i.is_multiple_of(2) { byte & 15 } else { byte >> 4 };
                    (f64::from(nibble) - 8.0) * f64::from(scales[(output * n_in + i) / GROUP])
                };
                let exact: f64 = (0..n_in).map(|i| f64::from(rows[row * n_in + i]) * factor(i)).sum();
                let error = f64::from(out[row * n_out + output]) - exact - f64::from(bias[output]);
                assert!(error.abs() < 0.05, "row {row}, output {output}: off by {error}");
            }
        }
    }
}
