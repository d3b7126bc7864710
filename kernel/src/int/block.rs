//! A few rows times one panel of an [`IntMatrix`], by each level of instructions.

use crate::bytes::RowGroups;
use crate::panel::{Block, PANEL, ROWS, Sums};
use crate::rowwise::ROUND;
use crate::{GROUP, LANES};

/// The factors of 32 inputs and a panel.
type Factors<const NIBBLES: usize> = [[[u8; 4 * LANES]; NIBBLES]; GROUP / 4];

/// A few rows and one panel of an [`IntMatrix`].
pub(super) struct IntBlock<'a, const NIBBLES: usize> {
    pub(super) rows: &'a [RowGroups],
    pub(super) panel: &'a [Factors<NIBBLES>],
    pub(super) scales: &'a [[f32; PANEL]],
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

/// The products of a group of the rows with half a panel, two vectors of eight outputs: pairs of inputs summed in 16 bits, at most
/// 15 * 127 * 2 * 8 = 30,480.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx2")]
fn products_avx2<const NIBBLES: usize>(
    factors: &Factors<NIBBLES>,
    half: usize,
    words: &[[i32; GROUP / 4]; ROWS],
) -> [[std::arch::x86_64::__m256i; 2]; ROWS] {
    use std::arch::x86_64::*;
    let low = _mm256_set1_epi8(15);
    let mut products = [[_mm256_setzero_si256(); 2]; ROWS];
    for i in 0..GROUP / 4 {
        let nibbles: [_; 2] = std::array::from_fn(|part| {
            // SAFETY: 32 bytes; the load asks for no alignment.
            let bytes = unsafe { _mm256_loadu_si256(factors[i][0].as_chunks::<32>().0[part].as_ptr().cast()) };
            let shifted = if half == 0 { bytes } else { _mm256_srli_epi16::<4>(bytes) };
            _mm256_and_si256(shifted, low)
        });
        for row in 0..ROWS {
            let x = _mm256_set1_epi32(words[row][i]);
            for part in 0..2 {
                let pairs = _mm256_maddubs_epi16(nibbles[part], x);
                products[row][part] = _mm256_add_epi16(products[row][part], pairs);
            }
        }
    }
    let ones = _mm256_set1_epi16(1);
    products.map(|parts| parts.map(|pairs| _mm256_madd_epi16(pairs, ones)))
}

/// The products of a group of the rows with the factors of 8 bits of half a panel: the size of a factor times the number with the
/// factor's sign, at most 2 * 128 * 127 = 32,512 a pair. What was added to the factors is taken away first.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx2")]
fn products_of_bytes_avx2<const NIBBLES: usize>(
    factors: &Factors<NIBBLES>,
    half: usize,
    words: &[[i32; GROUP / 4]; ROWS],
) -> [[std::arch::x86_64::__m256i; 2]; ROWS] {
    use std::arch::x86_64::*;
    let (half_range, ones) = (_mm256_set1_epi8(-128), _mm256_set1_epi16(1));
    let mut products = [[_mm256_setzero_si256(); 2]; ROWS];
    for i in 0..GROUP / 4 {
        let signed: [_; 2] = std::array::from_fn(|part| {
            // Compiled for one nibble, too, where nobody calls it.
            let bytes = &factors[i][half % NIBBLES].as_chunks::<32>().0[part];
            // SAFETY: 32 bytes; the load asks for no alignment.
            let bytes = unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) };
            _mm256_xor_si256(bytes, half_range)
        });
        for row in 0..ROWS {
            let x = _mm256_set1_epi32(words[row][i]);
            for part in 0..2 {
                let size = _mm256_abs_epi8(signed[part]);
                let pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(x, signed[part]));
                products[row][part] = _mm256_add_epi32(products[row][part], _mm256_madd_epi16(pairs, ones));
            }
        }
    }
    products
}

impl<const NIBBLES: usize> Block for IntBlock<'_, NIBBLES> {
    #[inline(never)]
    fn plain(&self, bias: &[f32; PANEL], sums: &mut Sums) {
        *sums = [*bias; ROWS];
        for ((rows, factors), scales) in self.rows.iter().zip(self.panel).zip(self.scales) {
            for block in 0..NIBBLES {
                let nibbles = nibbles(factors, block);
                for (row, sums) in sums.iter_mut().enumerate() {
                    let [low, high] = products(&nibbles, &rows.words[row]);
                    let scale = rows.scales[row];
                    let start = rows.starts[NIBBLES - 1][row];
                    let mut add = |first: usize, products: &[i32; LANES]| {
                        for lane in 0..LANES {
                            let product = f32::from_bits((products[lane].wrapping_add(start)) as u32) - ROUND;
                            sums[first + lane] += product * scales[first + lane] * scale;
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
        for ((rows, factors), scales) in self.rows.iter().zip(self.panel).zip(self.scales) {
            // Half a panel of all rows: as many sums as there are registers for.
            for half in 0..2 {
                let (products, starts) = match NIBBLES {
                    1 => (products_avx2(factors, half, &rows.words), rows.starts[0]),
                    _ => (products_of_bytes_avx2(factors, half, &rows.words), [ROUND.to_bits() as i32; ROWS]),
                };
                let scales = &scales.as_chunks::<16>().0[half].as_chunks::<8>().0;
                // SAFETY: 8 floats; the load asks for no alignment.
                let factors: [_; 2] = std::array::from_fn(|part| unsafe { _mm256_loadu_ps(scales[part].as_ptr()) });
                // Exact, and so is what is rounded once below: the products less what they start from, times their factor.
                let minus = factors.map(|factor| _mm256_mul_ps(factor, _mm256_set1_ps(-ROUND)));
                for row in 0..ROWS {
                    let start = _mm256_set1_epi32(starts[row]);
                    let scale = _mm256_set1_ps(rows.scales[row]);
                    for part in 0..2 {
                        let product = _mm256_castsi256_ps(_mm256_add_epi32(products[row][part], start));
                        let scaled = _mm256_fmadd_ps(product, factors[part], minus[part]);
                        let sum = &mut sums[row].as_chunks_mut::<8>().0[2 * half + part];
                        // SAFETY: 8 floats; loads and stores ask for no alignment.
                        unsafe {
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
    unsafe fn avx512(&self, bias: &[f32; PANEL], sums: &mut Sums) {
        use std::arch::x86_64::*;
        let low = _mm512_set1_epi8(15);
        // SAFETY: each part is 16 floats; the load asks for no alignment.
        let load =
            |floats: &[f32; PANEL], part: usize| unsafe { _mm512_loadu_ps(floats[part * LANES..][..LANES].as_ptr()) };
        let mut totals = [[load(bias, 0), load(bias, 1)]; ROWS];
        for ((rows, factors), scales) in self.rows.iter().zip(self.panel).zip(self.scales) {
            let mut products = [[_mm512_setzero_si512(); 2]; ROWS];
            for row in 0..ROWS {
                products[row] = [_mm512_set1_epi32(rows.starts[NIBBLES - 1][row]); 2];
            }
            for i in 0..GROUP / 4 {
                // SAFETY: 64 bytes; the load asks for no alignment.
                let nibbles = |block: usize| unsafe { _mm512_loadu_si512(factors[i][block].as_ptr().cast()) };
                let first = nibbles(0);
                let halves = match NIBBLES {
                    1 => [_mm512_and_si512(first, low), _mm512_and_si512(_mm512_srli_epi16::<4>(first), low)],
                    _ => [first, nibbles(1)],
                };
                for row in 0..ROWS {
                    let x = _mm512_set1_epi32(rows.words[row][i]);
                    for part in 0..2 {
                        products[row][part] = _mm512_dpbusd_epi32(products[row][part], halves[part], x);
                    }
                }
            }
            let factors = [load(scales, 0), load(scales, 1)];
            // Exact, and so is what is rounded once below: the products less what they start from, times their factor.
            let minus = factors.map(|factor| _mm512_mul_ps(factor, _mm512_set1_ps(-ROUND)));
            for row in 0..ROWS {
                let scale = _mm512_set1_ps(rows.scales[row]);
                for part in 0..2 {
                    let product = _mm512_castsi512_ps(products[row][part]);
                    let scaled = _mm512_fmadd_ps(product, factors[part], minus[part]);
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
