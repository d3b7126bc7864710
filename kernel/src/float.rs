//! Matrices of floats.

use super::LANES;
use super::level::Level;
use super::panel::{Block, PANEL, ROWS, Sums, multiply_blocks};

/// A matrix of floats, stored so that [`FloatMatrix::multiply`] reads it from front to back.
#[derive(Debug)]
pub struct FloatMatrix {
    n_in: usize,
    n_out: usize,
    /// By panel of 32 outputs: for each input the 32 factors.
    panels: Vec<[f32; PANEL]>,
    bias: Vec<[f32; PANEL]>,
}

impl FloatMatrix {
    /// From `n_out` rows of `n_in` factors, and nothing or `n_out` numbers to add.
    pub fn new(rows: &[f32], n_in: usize, bias: &[f32]) -> Self {
        let n_out = rows.len() / n_in;
        let n_panels = n_out.div_ceil(PANEL);
        let mut matrix =
            Self { n_in, n_out, panels: vec![[0.0; PANEL]; n_panels * n_in], bias: vec![[0.0; PANEL]; n_panels] };
        matrix.bias.as_flattened_mut()[..bias.len()].copy_from_slice(bias);
        for (output, row) in rows.chunks_exact(n_in).enumerate() {
            let panel = &mut matrix.panels[output / PANEL * n_in..][..n_in];
            panel.iter_mut().zip(row).for_each(|(column, &x)| column[output % PANEL] = x);
        }
        matrix
    }

    /// Numbers in a row that goes in.
    pub fn n_in(&self) -> usize {
        self.n_in
    }

    /// Numbers in a row that comes out.
    pub fn n_out(&self) -> usize {
        self.n_out
    }

    /// Each row of `rows` times the matrix, plus the bias.
    pub fn multiply(&self, level: Level, rows: &[f32], out: &mut [f32]) {
        let block = |panel: usize, at: [usize; ROWS]| FloatBlock {
            rows: at.map(|row| &rows[row * self.n_in..][..self.n_in]),
            panel: &self.panels[panel * self.n_in..][..self.n_in],
        };
        multiply_blocks(level, rows.len() / self.n_in, &self.bias, block, out, self.n_out);
    }
}

/// A few rows and one panel of a [`FloatMatrix`].
struct FloatBlock<'a> {
    rows: [&'a [f32]; ROWS],
    panel: &'a [[f32; PANEL]],
}

impl Block for FloatBlock<'_> {
    #[inline(never)]
    fn plain(&self, bias: &[f32; PANEL], sums: &mut Sums) {
        *sums = [*bias; ROWS];
        // Half a panel at a time: the sums stay in registers.
        for (sums, row) in sums.iter_mut().zip(self.rows) {
            for (half, sums) in sums.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
                let mut totals = *sums;
                for (&x, factors) in row.iter().zip(self.panel) {
                    let factors = &factors.as_chunks::<LANES>().0[half];
                    for lane in 0..LANES {
                        totals[lane] += x * factors[lane];
                    }
                }
                *sums = totals;
            }
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn avx2(&self, bias: &[f32; PANEL], sums: &mut Sums) {
        use std::arch::x86_64::*;
        let rows = self.rows.map(|row| &row[..self.panel.len()]);
        // Half a panel at a time: twelve sums fit the sixteen registers.
        for half in 0..2 {
            let mut totals = [[_mm256_setzero_ps(); 2]; ROWS];
            for row in 0..ROWS {
                for part in 0..2 {
                    // SAFETY: 8 floats; the load asks for no alignment.
                    totals[row][part] = unsafe { _mm256_loadu_ps(bias.as_chunks::<8>().0[2 * half + part].as_ptr()) };
                }
            }
            for (i, factors) in self.panel.iter().enumerate() {
                let factors = factors.as_chunks::<8>().0;
                // SAFETY: 8 floats each; the load asks for no alignment.
                let (a, b) = unsafe {
                    (_mm256_loadu_ps(factors[2 * half].as_ptr()), _mm256_loadu_ps(factors[2 * half + 1].as_ptr()))
                };
                for row in 0..ROWS {
                    let x = _mm256_set1_ps(rows[row][i]);
                    totals[row][0] = _mm256_fmadd_ps(x, a, totals[row][0]);
                    totals[row][1] = _mm256_fmadd_ps(x, b, totals[row][1]);
                }
            }
            for row in 0..ROWS {
                for part in 0..2 {
                    let sum = &mut sums[row].as_chunks_mut::<8>().0[2 * half + part];
                    // SAFETY: 8 floats; the store asks for no alignment.
                    unsafe { _mm256_storeu_ps(sum.as_mut_ptr(), totals[row][part]) };
                }
            }
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f")]
    unsafe fn avx512(&self, bias: &[f32; PANEL], sums: &mut Sums) {
        use std::arch::x86_64::*;
        let rows = self.rows.map(|row| &row[..self.panel.len()]);
        let mut totals = [[_mm512_setzero_ps(); 2]; ROWS];
        for row in 0..ROWS {
            for part in 0..2 {
                // SAFETY: 16 floats; the load asks for no alignment.
                totals[row][part] = unsafe { _mm512_loadu_ps(bias.as_chunks::<LANES>().0[part].as_ptr()) };
            }
        }
        for (i, factors) in self.panel.iter().enumerate() {
            let factors = factors.as_chunks::<LANES>().0;
            // SAFETY: 16 floats each; the load asks for no alignment.
            let (a, b) = unsafe { (_mm512_loadu_ps(factors[0].as_ptr()), _mm512_loadu_ps(factors[1].as_ptr())) };
            for row in 0..ROWS {
                let x = _mm512_set1_ps(rows[row][i]);
                totals[row][0] = _mm512_fmadd_ps(x, a, totals[row][0]);
                totals[row][1] = _mm512_fmadd_ps(x, b, totals[row][1]);
            }
        }
        for row in 0..ROWS {
            for part in 0..2 {
                let sum = &mut sums[row].as_chunks_mut::<LANES>().0[part];
                // SAFETY: 16 floats; the store asks for no alignment.
                unsafe { _mm512_storeu_ps(sum.as_mut_ptr(), totals[row][part]) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbers;

    #[test]
    fn float_products_agree_with_float64() {
        for (n_in, n_out, n_rows) in [(7, 1, 1), (48, 33, 6), (40, 70, 17)] {
            let (factors, bias, rows) = (numbers(n_in * n_out, 1), numbers(n_out, 2), numbers(n_in * n_rows, 3));
            let matrix = FloatMatrix::new(&factors, n_in, &bias);
            for level in Level::all() {
                let mut out = vec![0.0; n_rows * n_out];
                matrix.multiply(level, &rows, &mut out);
                for (at, x) in out.iter().enumerate() {
                    let (row, output) = (at / n_out, at % n_out);
                    let products =
                        (0..n_in).map(|i| f64::from(rows[row * n_in + i]) * f64::from(factors[output * n_in + i]));
                    let exact = products.sum::<f64>() + f64::from(bias[output]);
                    assert!((f64::from(*x) - exact).abs() < 1e-5, "{level:?}: {x} is not {exact}");
                }
            }
        }
    }
}
