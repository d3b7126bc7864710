//! Neighbours among dense rows.
//!
//! Blocks of both sides are multiplied by the kernel of the encoder, and each row keeps its best so far. Cost: one
//! multiplication per pair and column. Memory: a copy of [`BLOCK_B`] rows of `b` and a few scores per thread.

use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;

use super::{Best, Search, append, check_n_rows, inverse_lengths};
use crate::error::{Error, Result};
use crate::kernel::{FloatMatrix, Level};
use crate::pool::{Progress, install};
use crate::tfidf::CsrMatrix;

/// Rows of `a` that a thread takes at once.
const BLOCK_A: usize = 96;
/// Rows of `b` that are laid out at once.
const BLOCK_B: usize = 1024;
/// Products between two calls of `progress`.
const ROUND: usize = 4_000_000_000;

/// For each row of `a`, the `n` rows of `b` with the highest cosine of at least `min_similarity`.
pub fn top_n_similar(a: ArrayView2<f32>, b: ArrayView2<f32>, search: &Search, progress: Progress) -> Result<CsrMatrix> {
    search.check(a.ncols(), b.ncols())?;
    check_n_rows(b.nrows())?;
    let (a, b) = (a.as_standard_layout(), b.as_standard_layout());
    let (a_values, b_values) = (a.as_slice().expect("standard layout"), b.as_slice().expect("standard layout"));
    let mut result = CsrMatrix { indptr: vec![0], n_columns: b.nrows(), ..CsrMatrix::default() };
    let width = a.ncols();
    let a_scales = inverse_lengths("a", a_values.chunks_exact(width.max(1)))?;
    let b_scales = inverse_lengths("b", b_values.chunks_exact(width.max(1)))?;
    if width == 0 || b.nrows() == 0 || search.n == 0 {
        result.indptr.resize(a.nrows() + 1, 0);
        return Ok(result);
    }
    let level = Level::best();
    let mut best = vec![Best::new(search.min_similarity); a.nrows()];
    let round = (ROUND / (BLOCK_B * width)).max(BLOCK_A).next_multiple_of(BLOCK_A);
    let mut done = 0;
    for (block, b_rows) in b_values.chunks(BLOCK_B * width).enumerate() {
        let first = block * BLOCK_B;
        let matrix = FloatMatrix::new(&scaled(b_rows, &b_scales[first..], width), width, &[]);
        let rounds = best.chunks_mut(round).zip(a_values.chunks(round * width)).zip(a_scales.chunks(round));
        for ((best, rows), scales) in rounds {
            progress(done / b.nrows().max(1), a.nrows())?;
            done += best.len() * matrix.n_out();
            install(search.n_threads, || {
                let blocks = best.par_chunks_mut(BLOCK_A).zip(rows.par_chunks(BLOCK_A * width));
                blocks.zip(scales.par_chunks(BLOCK_A)).for_each_init(Vec::new, |scores, ((best, rows), scales)| {
                    scores.resize(best.len() * matrix.n_out(), 0.0);
                    matrix.multiply(level, &scaled(rows, scales, width), scores);
                    for (best, scores) in best.iter_mut().zip(scores.chunks_exact(matrix.n_out())) {
                        scan(best, scores, first, search.n);
                    }
                });
            })?;
        }
    }
    append(&mut result, best.into_iter().map(|best| best.sorted(search.n)).collect())?;
    Ok(result)
}

/// Rows scaled to length 1.
fn scaled(rows: &[f32], scales: &[f64], width: usize) -> Vec<f32> {
    let rows = rows.chunks_exact(width).zip(scales);
    rows.flat_map(|(row, &scale)| row.iter().map(move |&x| (f64::from(x) * scale) as f32)).collect()
}

/// Offers the scores of rows `first`.. to `best`.
fn scan(best: &mut Best, scores: &[f32], first: usize, n: usize) {
    for (chunk, scores) in scores.chunks(32).enumerate() {
        // Most chunks hold nothing new, and this test is a few instructions for all 32.
        let least = best.least;
        if scores.iter().fold(false, |any, &score| any | (score >= least)) {
            for (column, &score) in (first + 32 * chunk..).zip(scores) {
                best.push(score.clamp(-1.0, 1.0), column as u32, n);
            }
        }
    }
}

/// The cosine of every pair of rows.
pub fn pairwise_cosine(a: ArrayView2<f32>, b: ArrayView2<f32>) -> Result<Array2<f32>> {
    if a.ncols() != b.ncols() {
        return Err(Error::ShapeMismatch { what: "columns of b", expected: a.ncols(), actual: b.ncols() });
    }
    let width = a.ncols();
    let mut cosines = Array2::zeros((a.nrows(), b.nrows()));
    let (a, b) = (a.as_standard_layout(), b.as_standard_layout());
    let (a, b) = (a.as_slice().expect("standard layout"), b.as_slice().expect("standard layout"));
    let a_scales = inverse_lengths("a", a.chunks_exact(width.max(1)))?;
    let b_scales = inverse_lengths("b", b.chunks_exact(width.max(1)))?;
    if width == 0 || cosines.is_empty() {
        return Ok(cosines);
    }
    let matrix = FloatMatrix::new(&scaled(b, &b_scales, width), width, &[]);
    for (index, mut rows) in cosines.axis_chunks_iter_mut(Axis(0), BLOCK_A).enumerate() {
        let range = index * BLOCK_A..index * BLOCK_A + rows.nrows();
        let block = scaled(&a[range.start * width..range.end * width], &a_scales[range], width);
        matrix.multiply(Level::best(), &block, rows.as_slice_mut().expect("rows are contiguous"));
    }
    cosines.mapv_inplace(|x| x.clamp(-1.0, 1.0));
    Ok(cosines)
}
