//! Matrices of small integers.

mod block;

use super::bytes::ByteRows;
use super::level::Level;
use super::panel::{PANEL, ROWS, multiply_blocks};
use super::{GROUP, LANES};
use block::IntBlock;

/// A matrix of small integers, a scale for every 32 of a row, multiplied as it is stored: as so many nibbles a factor,
/// with half their range added, so that none is below 0.
#[derive(Debug)]
struct IntMatrix<const NIBBLES: usize> {
    n_in: usize,
    n_out: usize,
    /// By panel of 32 outputs, then by four inputs, 64 bytes a nibble. Of one nibble: 16 outputs x 4 inputs in the low
    /// ones, 16 more in the high ones. Of two: 16 outputs x 4 inputs, then 16 more.
    panels: Vec<[[u8; 4 * LANES]; NIBBLES]>,
    /// By panel, then by group of inputs.
    scales: Vec<[f32; PANEL]>,
    bias: Vec<[f32; PANEL]>,
}

/// What a caller holds: one compiled here, whoever calls it.
macro_rules! matrix {
    ($(#[$doc:meta])* $name:ident, $nibbles:literal) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name(IntMatrix<$nibbles>);

        impl $name {
            /// Numbers in a row that goes in.
            pub fn n_in(&self) -> usize {
                self.0.n_in
            }

            /// Numbers in a row that comes out.
            pub fn n_out(&self) -> usize {
                self.0.n_out
            }

            /// Each row times the matrix, plus the bias.
            #[inline(never)]
            pub fn multiply(&self, level: Level, rows: &ByteRows, out: &mut [f32]) {
                self.0.multiply(level, rows, out);
            }
        }
    };
}

matrix! {
    /// Of 4 bits a factor.
    Int4Matrix, 1
}
matrix! {
    /// Of 8 bits a factor.
    Int8Matrix, 2
}

/// Whether at most 22 bits of a float count, as they do if it has 16 at all: then its products with 1.5 * 2^23 are exact.
pub fn has_few_bits(scale: f32) -> bool {
    scale.to_bits() & 3 == 0
}

impl Int4Matrix {
    /// From `n_out` rows of `n_in / 2` bytes, each two numbers with 8 added, the low nibble first; `n_in / 32` scales a row
    /// that have few bits; `n_out` numbers to add. `n_in` and `n_out` are multiples of 32.
    pub fn new(rows: &[u8], scales: &[f32], n_in: usize, bias: &[f32]) -> Self {
        let numbers: Vec<u8> = rows.iter().flat_map(|byte| [byte & 15, byte >> 4]).collect();
        Self(IntMatrix::from_numbers(&numbers, scales, n_in, bias, |blocks, within, four| {
            let column = 4 * (within % LANES);
            let shift = if within < LANES { 0 } else { 4 };
            blocks[0][column..column + 4].iter_mut().zip(four).for_each(|(byte, nibble)| *byte |= nibble << shift);
        }))
    }
}

impl Int8Matrix {
    /// From `n_out` rows of `n_in` signed bytes; the rest as in [`Int4Matrix::new`].
    pub fn new(rows: &[u8], scales: &[f32], n_in: usize, bias: &[f32]) -> Self {
        let numbers: Vec<u8> = rows.iter().map(|byte| byte ^ 0x80).collect();
        Self(IntMatrix::from_numbers(&numbers, scales, n_in, bias, |blocks, within, four| {
            blocks[within / LANES][4 * (within % LANES)..][..4].copy_from_slice(four);
        }))
    }
}

impl<const NIBBLES: usize> IntMatrix<NIBBLES> {
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
        assert!(scales.iter().all(|&scale| has_few_bits(scale)), "few bits of a scale count");
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

    fn multiply(&self, level: Level, rows: &ByteRows, out: &mut [f32]) {
        let n_groups = self.n_in / GROUP;
        assert_eq!(rows.n_groups, n_groups, "rows of {} numbers", self.n_in);
        let block = |panel: usize, at: [usize; ROWS]| IntBlock {
            rows: &rows.groups[at[0] / ROWS * n_groups..][..n_groups],
            panel: self.panels[panel * self.n_in / 4..][..self.n_in / 4].as_chunks().0,
            scales: &self.scales[panel * n_groups..][..n_groups],
        };
        multiply_blocks(level, rows.n_rows, &self.bias, block, out, self.n_out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbers;

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
        let short = |x: &f32| f32::from_bits((x.abs() / 8.0).to_bits() & !3);
        let scales: Vec<f32> = numbers(n_out * n_in / GROUP, 2).iter().map(short).collect();
        let scale = |output: usize, i: usize| f64::from(scales[(output * n_in + i) / GROUP]);
        let bias = numbers(n_out, 3);
        let rows = numbers(n_rows * n_in, 4);

        let four = bytes(n_out * n_in / 2);
        check(&Int4Matrix::new(&four, &scales, n_in, &bias).0, &rows, &bias, |output, i| {
            let byte = four[(output * n_in + i) / 2];
            let nibble = if i.is_multiple_of(2) { byte & 15 } else { byte >> 4 };
            (f64::from(nibble) - 8.0) * scale(output, i)
        });

        let eight = bytes(n_out * n_in);
        let fine: Vec<f32> = scales.iter().map(|x| x / 16.0).collect();
        check(&Int8Matrix::new(&eight, &fine, n_in, &bias).0, &rows, &bias, |output, i| {
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
