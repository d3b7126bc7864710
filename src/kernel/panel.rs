//! Matrix products by panel: a few rows times 32 outputs at a time, whose sums stay in registers.

use super::LANES;
use super::level::{Kind, Level};

/// Outputs computed together.
pub(super) const PANEL: usize = 2 * LANES;
/// Rows computed together.
pub(super) const ROWS: usize = 6;

/// The sums of a few rows and one panel.
pub(super) type Sums = [[f32; PANEL]; ROWS];

/// A few rows and one panel of a matrix.
pub(super) trait Block {
    /// Adds the products to `sums`.
    fn plain(&self, sums: &mut Sums);

    /// [`Block::plain`] for processors with AVX2 and FMA.
    #[cfg(target_arch = "x86_64")]
    unsafe fn avx2(&self, sums: &mut Sums);

    /// [`Block::plain`] for processors of [`Kind::Avx512`].
    #[cfg(target_arch = "x86_64")]
    unsafe fn avx512(&self, sums: &mut Sums);
}

/// Multiplies `n_rows` rows with a matrix, one of `biases` for each of its panels; `block` takes a panel and some rows.
pub(super) fn multiply_blocks<B: Block>(
    level: Level,
    n_rows: usize,
    biases: &[[f32; PANEL]],
    block: impl Fn(usize, [usize; ROWS]) -> B,
    out: &mut [f32],
    n_out: usize,
) {
    for (panel, bias) in biases.iter().enumerate() {
        let columns = panel * PANEL..n_out.min((panel + 1) * PANEL);
        for first in (0..n_rows).step_by(ROWS) {
            // Past the last row, the last once more.
            let block = block(panel, std::array::from_fn(|row| (first + row).min(n_rows - 1)));
            let mut sums = [*bias; ROWS];
            match level.kind() {
                Kind::Plain => block.plain(&mut sums),
                // SAFETY: a `Level` is made only where the processor has the features.
                #[cfg(target_arch = "x86_64")]
                Kind::Avx2 => unsafe { block.avx2(&mut sums) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Kind::Avx512 => unsafe { block.avx512(&mut sums) },
            }
            for (row, sums) in out.chunks_exact_mut(n_out).skip(first).zip(&sums) {
                row[columns.clone()].copy_from_slice(&sums[..columns.len()]);
            }
        }
    }
}
