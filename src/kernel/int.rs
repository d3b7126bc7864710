//! Matrices of small integers.

use super::bytes::ByteRows;
use super::level::Level;
use super::panel::{Block, PANEL, ROWS, Sums, multiply_blocks};
use super::{GROUP, LANES};

/// A matrix of small integers, a scale for every 32 of a row, multiplied as it is stored: as so many nibbles a factor,
/// with half their range added, so that none is below 0.
#[derive(Debug)]
pub struct IntMatrix<const NIBBLES: usize> {
    n_in: usize,
    n_out: usize,
    /// By panel of 32 outputs, then by four inputs, 64 bytes a nibble. Of one nibble: 16 outputs x 4 inputs in the low
    /// ones, 16 more in the high ones. Of two: 16 outputs x 4 inputs, then 16 more.
    panels: Vec<[[u8; 4 * LANES]; NIBBLES]>,
    /// By panel, then by group of inputs.
    scales: Vec<[f32; PANEL]>,
    bias: Vec<[f32; PANEL]>,
}

/// Of 4 bits a factor.
pub type Int4Matrix = IntMatrix<1>;
/// Of 8 bits a factor.
pub type Int8Matrix = IntMatrix<2>;

impl Int4Matrix {
    /// From `n_out` rows of `n_in / 2` bytes, each two numbers with 8 added, the low nibble first; `n_in / 32` scales a row;
    /// `n_out` numbers to add. `n_in` and `n_out` are multiples of 32.
    pub fn new(rows: &[u8], scales: &[f32], n_in: usize, bias: &[f32]) -> Self {
        let numbers: Vec<u8> = rows.iter().flat_map(|byte| [byte & 15, byte >> 4]).collect();
        Self::from_numbers(&numbers, scales, n_in, bias, |blocks, within, four| {
            let column = 4 * (within % LANES);
            let shift = if within < LANES { 0 } else { 4 };
            blocks[0][column..column + 4].iter_mut().zip(four).for_each(|(byte, nibble)| *byte |= nibble << shift);
        })
    }
}

impl Int8Matrix {
    /// From `n_out` rows of `n_in` signed bytes; the rest as in [`Int4Matrix::new`].
    pub fn new(rows: &[u8], scales: &[f32], n_in: usize, bias: &[f32]) -> Self {
        let numbers: Vec<u8> = rows.iter().map(|byte| byte ^ 0x80).collect();
        Self::from_numbers(&numbers, scales, n_in, bias, |blocks, within, four| {
            blocks[within / LANES][4 * (within % LANES)..][..4].copy_from_slice(four);
        })
    }
}

impl<const NIBBLES: usize> IntMatrix<NIBBLES> {
    /// What is added to each factor is this power of 2.
    const OFFSET_BITS: usize = 4 * NIBBLES - 1;

    /// From the factors, a byte each; `put` writes four inputs of one of the panel's outputs.
    fn from_numbers(
        numbers: &[u8],
        scales: &[f32],
        n_in: usize,
        bias: &[f32],
        put: impl Fn(&mut [[u8; 4 * LANES]; NIBBLES], usize, &[u8; 4]),
    ) -> Self {
        let n_out = bias.len();
        assert!(n_in.is_multiple_of(GROUP) && n_out.is_multiple_of(PANEL), "{n_out} x {n_in} is in groups of 32");
        assert!(numbers.len() == n_out * n_in && scales.len() == n_out * n_in / GROUP, "sizes fit {n_out} x {n_in}");
        let n_panels = n_out / PANEL;
        let mut panels = vec![[[0; 4 * LANES]; NIBBLES]; n_panels * n_in / 4];
        let mut panel_scales = vec![[0.0; PANEL]; n_panels * n_in / GROUP];
        for (output, (row, scales)) in numbers.chunks_exact(n_in).zip(scales.chunks_exact(n_in / GROUP)).enumerate() {
            let (panel, within) = (output / PANEL, output % PANEL);
            for (blocks, four) in panels[panel * n_in / 4..].iter_mut().zip(row.as_chunks().0) {
                put(blocks, within, four);
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
        let block = |panel: usize, at: [usize; ROWS]| IntBlock {
            words: at.map(|row| &rows.words[row * n_groups..][..n_groups]),
            row_scales: at.map(|row| &rows.scales[row * n_groups..][..n_groups]),
            minus_sums: at.map(|row| &rows.minus_sums[row * n_groups..][..n_groups]),
            panel: self.panels[panel * self.n_in / 4..][..self.n_in / 4].as_chunks().0,
            scales: &self.scales[panel * n_groups..][..n_groups],
        };
        multiply_blocks(level, rows.words.len() / n_groups, &self.bias, block, out, self.n_out);
    }
}

/// The factors of 32 inputs and a panel.
type Factors<const NIBBLES: usize> = [[[u8; 4 * LANES]; NIBBLES]; GROUP / 4];

/// A few rows and one panel of an [`IntMatrix`].
struct IntBlock<'a, const NIBBLES: usize> {
    /// Of each row, as in [`ByteRows`].
    words: [&'a [[i32; GROUP / 4]]; ROWS],
    row_scales: [&'a [f32]; ROWS],
    minus_sums: [&'a [i32]; ROWS],
    panel: &'a [Factors<NIBBLES>],
    scales: &'a [[f32; PANEL]],
}

/// The nibbles of one block as [`products`] takes them.
type Nibbles = [[[[i16; 8]; 4]; 4]; GROUP / 4];

/// By four inputs and their place in a pair of bytes: input 0 or 2 of the low nibbles, of the high ones, 1 or 3 of both.
#[inline(always)]
fn nibbles<const NIBBLES: usize>(factors: &Factors<NIBBLES>, block: usize) -> Nibbles {
    let mut nibbles = [[[[0i16; 8]; 4]; 4]; GROUP / 4];
    for (nibbles, factors) in nibbles.iter_mut().zip(factors) {
        let pairs = factors[block].as_chunks::<16>().0;
        for part in 0..4 {
            for at in 0..4 {
                for i in 0..8 {
                    let pair = u16::from_le_bytes([pairs[at][2 * i], pairs[at][2 * i + 1]]);
                    nibbles[part][at][i] = (pair >> (4 * part) & 15) as i16;
                }
            }
        }
    }
    nibbles
}

/// The products of a group of a row with the low nibbles, then with the high ones.
///
/// Written so that the compiler vectorises it for any processor: every inner loop is eight numbers of 16 bits. Inputs 0
/// and 2 of a word, then 1 and 3, stand side by side and are summed last: at most 15 * 127 * 16 = 30,480.
#[inline(always)]
fn products(nibbles: &Nibbles, words: &[i32; GROUP / 4]) -> [[i32; LANES]; 2] {
    let mut products = [[[0i16; 8]; 4]; 2];
    for (nibbles, word) in nibbles.iter().zip(words) {
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
    products.map(|products| {
        let pairs = products.as_flattened();
        std::array::from_fn(|lane| i32::from(pairs[2 * lane]) + i32::from(pairs[2 * lane + 1]))
    })
}

/// The products of a group of a few rows with the low nibbles of one block, two vectors, then with the high ones: pairs
/// of inputs summed in 16 bits, at most 15 * 127 * 2 * 8 = 30,480.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx2")]
fn products_avx2<const NIBBLES: usize, const N_ROWS: usize>(
    factors: &Factors<NIBBLES>,
    block: usize,
    words: [&[i32; GROUP / 4]; N_ROWS],
) -> [[std::arch::x86_64::__m256i; 4]; N_ROWS] {
    use std::arch::x86_64::*;
    let low = _mm256_set1_epi8(15);
    let mut products = [[_mm256_setzero_si256(); 4]; N_ROWS];
    for i in 0..GROUP / 4 {
        let halves = factors[i][block].as_chunks::<32>().0;
        // SAFETY: each half is 32 bytes; the load asks for no alignment.
        let (a, b) =
            unsafe { (_mm256_loadu_si256(halves[0].as_ptr().cast()), _mm256_loadu_si256(halves[1].as_ptr().cast())) };
        let nibbles = [
            _mm256_and_si256(a, low),
            _mm256_and_si256(b, low),
            _mm256_and_si256(_mm256_srli_epi16::<4>(a), low),
            _mm256_and_si256(_mm256_srli_epi16::<4>(b), low),
        ];
        for row in 0..N_ROWS {
            let x = _mm256_set1_epi32(words[row][i]);
            for part in 0..4 {
                let pairs = _mm256_maddubs_epi16(nibbles[part], x);
                products[row][part] = _mm256_add_epi16(products[row][part], pairs);
            }
        }
    }
    products
}

impl<const NIBBLES: usize> Block for IntBlock<'_, NIBBLES> {
    #[inline(never)]
    fn plain(&self, bias: &[f32; PANEL], sums: &mut Sums) {
        *sums = [*bias; ROWS];
        for (group, (factors, scales)) in self.panel.iter().zip(self.scales).enumerate() {
            for block in 0..NIBBLES {
                let nibbles = nibbles(factors, block);
                for (row, sums) in sums.iter_mut().enumerate() {
                    let [low, high] = products(&nibbles, &self.words[row][group]);
                    let scale = self.row_scales[row][group];
                    let correction = self.minus_sums[row][group] << IntMatrix::<NIBBLES>::OFFSET_BITS;
                    let mut add = |first: usize, products: &[i32; LANES]| {
                        for lane in 0..LANES {
                            let product = products[lane] + correction;
                            sums[first + lane] += product as f32 * scales[first + lane] * scale;
                        }
                    };
                    if NIBBLES == 1 {
                        add(0, &low);
                        add(LANES, &high);
                    } else {
                        add(block * LANES, &std::array::from_fn(|lane| low[lane] + 16 * high[lane]));
                    }
                }
            }
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn avx2(&self, bias: &[f32; PANEL], sums: &mut Sums) {
        use std::arch::x86_64::*;
        *sums = [*bias; ROWS];
        const TOGETHER: usize = 2;
        let ones = _mm256_set1_epi16(1);
        let sixteens = _mm256_set1_epi16(16);
        for (group, (factors, scales)) in self.panel.iter().zip(self.scales).enumerate() {
            for first in (0..ROWS).step_by(TOGETHER) {
                let words: [&[i32; GROUP / 4]; TOGETHER] = std::array::from_fn(|row| &self.words[first + row][group]);
                for block in 0..NIBBLES {
                    let products = products_avx2(factors, block, words);
                    for row in 0..TOGETHER {
                        let minus_sum = self.minus_sums[first + row][group];
                        let correction = _mm256_set1_epi32(minus_sum << IntMatrix::<NIBBLES>::OFFSET_BITS);
                        let scale = _mm256_set1_ps(self.row_scales[first + row][group]);
                        for part in 0..4 / NIBBLES {
                            let mut product = _mm256_madd_epi16(products[row][part], ones);
                            if NIBBLES == 2 {
                                let high = _mm256_madd_epi16(products[row][part + 2], sixteens);
                                product = _mm256_add_epi32(product, high);
                            }
                            let product = _mm256_add_epi32(product, correction);
                            let sum = &mut sums[first + row].as_chunks_mut::<8>().0[2 * block + part];
                            let factor = &scales.as_chunks::<8>().0[2 * block + part];
                            // SAFETY: both are 8 floats; loads and stores ask for no alignment.
                            unsafe {
                                let factor = _mm256_loadu_ps(factor.as_ptr());
                                let scaled = _mm256_mul_ps(_mm256_cvtepi32_ps(product), factor);
                                let total = _mm256_add_ps(_mm256_loadu_ps(sum.as_ptr()), _mm256_mul_ps(scaled, scale));
                                _mm256_storeu_ps(sum.as_mut_ptr(), total);
                            }
                        }
                    }
                }
            }
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    unsafe fn avx512(&self, bias: &[f32; PANEL], sums: &mut Sums) {
        use std::arch::x86_64::*;
        let low = _mm512_set1_epi8(15);
        // SAFETY: each part is 16 floats; the load asks for no alignment.
        let bias: [__m512; 2] =
            std::array::from_fn(|part| unsafe { _mm512_loadu_ps(bias[part * LANES..][..LANES].as_ptr()) });
        let mut totals = [bias; ROWS];
        let n_groups = self.panel.len();
        let words = self.words.map(|words| &words[..n_groups]);
        let row_scales = self.row_scales.map(|scales| &scales[..n_groups]);
        let minus_sums = self.minus_sums.map(|sums| &sums[..n_groups]);
        for (group, (factors, scales)) in self.panel.iter().zip(self.scales).enumerate() {
            let mut products: [[__m512i; 2]; ROWS] = std::array::from_fn(|row| {
                let minus_sum = _mm512_set1_epi32(minus_sums[row][group]);
                [if NIBBLES == 1 { _mm512_slli_epi32::<3>(minus_sum) } else { _mm512_slli_epi32::<7>(minus_sum) }; 2]
            });
            for i in 0..GROUP / 4 {
                // SAFETY: 64 bytes; the load asks for no alignment.
                let load = |block: usize| unsafe { _mm512_loadu_si512(factors[i][block].as_ptr().cast()) };
                let first = load(0);
                let halves = match NIBBLES {
                    1 => [_mm512_and_si512(first, low), _mm512_and_si512(_mm512_srli_epi16::<4>(first), low)],
                    _ => [first, load(1)],
                };
                for row in 0..ROWS {
                    let x = _mm512_set1_epi32(words[row][group][i]);
                    for part in 0..2 {
                        products[row][part] = _mm512_dpbusd_epi32(products[row][part], halves[part], x);
                    }
                }
            }
            // SAFETY: each part is 16 floats; the load asks for no alignment.
            let factors: [__m512; 2] =
                std::array::from_fn(|part| unsafe { _mm512_loadu_ps(scales[part * LANES..][..LANES].as_ptr()) });
            for row in 0..ROWS {
                let scale = _mm512_set1_ps(row_scales[row][group]);
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
    use crate::kernel::numbers;

    const SIZES: [usize; 3] = [96, 64, 13];

    /// Each level gives the same bytes, and float64 the same numbers; `factor` is one of the matrix by output and input.
    fn check<const NIBBLES: usize>(
        matrix: &IntMatrix<NIBBLES>,
        rows: &[f32],
        bias: &[f32],
        factor: impl Fn(usize, usize) -> f64,
    ) {
        let [n_in, n_out, n_rows] = SIZES;
        let mut results = Level::all().into_iter().map(|level| {
            let mut bytes = ByteRows::default();
            bytes.fill(level, rows, n_in);
            let mut out = vec![0.0; n_rows * n_out];
            matrix.multiply(level, &bytes, &mut out);
            out
        });
        let out = results.next().unwrap();
        assert!(results.all(|other| other == out));
        for row in 0..n_rows {
            for output in 0..n_out {
                let exact: f64 = (0..n_in).map(|i| f64::from(rows[row * n_in + i]) * factor(output, i)).sum();
                let error = f64::from(out[row * n_out + output]) - exact - f64::from(bias[output]);
                assert!(error.abs() < 0.05, "row {row}, output {output}: off by {error}");
            }
        }
    }

    #[test]
    fn levels_give_the_same_bytes_and_float64_the_same_numbers() {
        let [n_in, n_out, n_rows] = SIZES;
        let bytes = |n: usize| -> Vec<u8> { numbers(n, 1).iter().map(|x| (x * 1e6) as i32 as u8).collect() };
        let scales: Vec<f32> = numbers(n_out * n_in / GROUP, 2).iter().map(|x| x.abs() / 8.0).collect();
        let scale = |output: usize, i: usize| f64::from(scales[(output * n_in + i) / GROUP]);
        let bias = numbers(n_out, 3);
        let rows = numbers(n_rows * n_in, 4);

        let four = bytes(n_out * n_in / 2);
        check(&Int4Matrix::new(&four, &scales, n_in, &bias), &rows, &bias, |output, i| {
            let byte = four[(output * n_in + i) / 2];
            let nibble = if i.is_multiple_of(2) { byte & 15 } else { byte >> 4 };
            (f64::from(nibble) - 8.0) * scale(output, i)
        });

        let eight = bytes(n_out * n_in);
        let fine: Vec<f32> = scales.iter().map(|x| x / 16.0).collect();
        check(&Int8Matrix::new(&eight, &fine, n_in, &bias), &rows, &bias, |output, i| {
            f64::from(eight[output * n_in + i] as i8) * scale(output, i) / 16.0
        });
    }

    #[test]
    fn the_largest_numbers_overflow_at_no_level() {
        let n_in = 2 * GROUP;
        let bias = vec![0.0; PANEL];
        let scales = vec![1.0; PANEL * n_in / GROUP];
        for (byte, factor) in [(0x7f, 127.0), (0x81, -127.0), (0x80, -128.0), (0x00, 0.0)] {
            let eight = Int8Matrix::new(&vec![byte; PANEL * n_in], &scales, n_in, &bias);
            let nibbles: u8 = if factor > 0.0 { 0xff } else { 0x00 };
            let four = Int4Matrix::new(&vec![nibbles; PANEL * n_in / 2], &scales, n_in, &bias);
            for sign in [1.0, -1.0] {
                let rows = vec![sign * 127.0; n_in];
                for level in Level::all() {
                    let mut bytes = ByteRows::default();
                    bytes.fill(level, &rows, n_in);
                    let mut out = vec![0.0; PANEL];
                    eight.multiply(level, &bytes, &mut out);
                    assert_eq!(out, vec![sign * 127.0 * n_in as f32 * factor; PANEL], "{level:?}: {byte:#x}");
                    four.multiply(level, &bytes, &mut out);
                    let factor = if nibbles == 0 { -8.0 } else { 7.0 };
                    assert_eq!(out, vec![sign * 127.0 * n_in as f32 * factor; PANEL], "{level:?}: {nibbles:#x}");
                }
            }
        }
    }
}
