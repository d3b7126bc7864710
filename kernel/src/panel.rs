//! Matrix products by panel: a few rows times 32 outputs at a time, whose sums stay in registers.

use super::LANES;
use super::level::{Kind, Level};

/// Outputs computed together.
pub(super) const PANEL: usize = 2 * LANES;
/// Rows computed together.
pub(super) const ROWS: usize = 6;

/// Floats of the result, 512 KiB, that are filled panel after panel: they stay in the processor's second cache, while the
/// matrix, which is read again for each such part, comes from the third.
const TILE: usize = 1 << 17;

/// The sums of a few rows and one panel.
pub(super) type Sums = [[f32; PANEL]; ROWS];

/// A few rows and one panel of a matrix.
pub(super) trait Block {
    /// Puts `bias` plus the products into `sums`.
    fn plain(&self, bias: &[f32; PANEL], sums: &mut Sums);

    /// [`Block::plain`] for processors with AVX2 and FMA.
    #[cfg(target_arch = "x86_64")]
    unsafe fn avx2(&self, bias: &[f32; PANEL], sums: &mut Sums);

    /// [`Block::plain`] for processors of [`Kind::Avx512`].
    #[cfg(target_arch = "x86_64")]
    unsafe fn avx512(&self, bias: &[f32; PANEL], sums: &mut Sums);
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
    // Written by the block with its widest stores, and read by narrower ones: the other way round each read would wait.
    let mut sums = [[0.0; PANEL]; ROWS];
    let n_together = (TILE / n_out.max(1)).max(1).next_multiple_of(ROWS);
    let tiles = (0..n_rows).step_by(n_together);
    for (start, (panel, bias)) in tiles.flat_map(|start| biases.iter().enumerate().map(move |bias| (start, bias))) {
        let columns = panel * PANEL..n_out.min((panel + 1) * PANEL);
        for first in (start..n_rows.min(start + n_together)).step_by(ROWS) {
            // Past the last row, the last once more.
            let block = block(panel, std::array::from_fn(|row| (first + row).min(n_rows - 1)));
            match level.kind() {
                Kind::Plain => block.plain(bias, &mut sums),
                // SAFETY: a `Level` is made only where the processor has the features.
                #[cfg(target_arch = "x86_64")]
                Kind::Avx2 => unsafe { block.avx2(bias, &mut sums) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Kind::Avx512 => unsafe { block.avx512(bias, &mut sums) },
            }
            for (row, sums) in out[first * n_out..].chunks_exact_mut(n_out).zip(&sums) {
                let row = &mut row[columns.clone()];
                match row.first_chunk_mut() {
                    Some(whole) => *whole = *sums,
                    None => row.copy_from_slice(&sums[..row.len()]),
                }
            }
        }
    }
}
