//! Floor 7. The nearest rows by cosine.
//!
//! Enter two sets of rows, leave for each row of the first the `n` most similar rows of the second as one row of a CSR
//! matrix: highest first, ties by column. Two algorithms, both exact and without a matrix of all pairs: [`dense`] for
//! embeddings, [`sparse`] for TF-IDF. [`recent`] is the second where rows have times; [`heaviest`] shortens rows first.
//!
//! What is not obvious: a similarity of 0 is never stored, whatever `min_similarity` says (CSR leaves zeros out), so a
//! row of zeros has no neighbours; `n` beyond the number of rows asks for all of them; NaN and infinity are errors, with
//! their row; similarities are cut to [-1, 1].

mod dense;
mod heaviest;
mod recent;
mod sparse;

use ndarray::{Array2, ArrayView2};

pub use dense::top_n_similar;
pub use heaviest::heaviest;
pub use recent::{Times, top_n_recent_sparse};
pub use sparse::{CsrView, dot_products, top_n_similar_sparse};

use crate::error::{Error, Result};
use crate::tfidf::CsrMatrix;

/// How to look for neighbours.
#[derive(Debug, Clone, Copy)]
pub struct Search {
    /// Neighbours of a row, at most.
    pub n: usize,
    /// Least cosine of a neighbour.
    pub min_similarity: f32,
    /// Threads to use (`None`: as [`crate::pool::install`] says).
    pub n_threads: Option<usize>,
}

impl Search {
    fn check(&self, a_columns: usize, b_columns: usize) -> Result<()> {
        if a_columns != b_columns {
            return Err(Error::ShapeMismatch { what: "columns of b", expected: a_columns, actual: b_columns });
        }
        if self.min_similarity.is_nan() {
            return Err(Error::InvalidParameter {
                parameter: "min_similarity",
                expected: "a number".into(),
                actual: "nan".into(),
            });
        }
        Ok(())
    }
}

/// The best neighbours of one row seen so far.
#[derive(Debug, Clone, Default)]
struct Best {
    /// Twice `n` at most, then cut to `n`.
    found: Vec<(f32, u32)>,
    /// What a similarity must exceed, or reach, to be among the best.
    least: f32,
    /// Whether the `n`th best is known: an equal one comes later and loses.
    full: bool,
}

impl Best {
    fn new(min_similarity: f32) -> Self {
        Self { found: Vec::new(), least: min_similarity, full: false }
    }

    fn takes(&self, similarity: f32) -> bool {
        similarity > self.least || (similarity == self.least && !self.full)
    }

    /// Adds a neighbour; those of equal similarity come in order of column.
    fn push(&mut self, similarity: f32, column: u32, n: usize) {
        if similarity == 0.0 || n == 0 || !self.takes(similarity) {
            return;
        }
        self.found.push((similarity, column));
        if self.found.len() >= 2 * n + 16 {
            self.cut(n);
        }
    }

    /// [`Best::push`] for neighbours in any order.
    fn push_unordered(&mut self, similarity: f32, column: u32, n: usize) {
        if similarity != 0.0 && similarity >= self.least {
            self.found.push((similarity, column));
            if self.found.len() >= 2 * n + 16 {
                self.cut(n);
            }
        }
    }

    fn cut(&mut self, n: usize) {
        if self.found.len() >= n && n > 0 {
            self.found.select_nth_unstable_by(n - 1, best_first);
            self.found.truncate(n);
            self.least = self.found[n - 1].0;
            self.full = true;
        }
    }

    fn sorted(mut self, n: usize) -> Vec<(f32, u32)> {
        self.cut(n);
        self.found.sort_unstable_by(best_first);
        self.found.truncate(n);
        self.found
    }
}

fn best_first(a: &(f32, u32), b: &(f32, u32)) -> std::cmp::Ordering {
    b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
}

/// Adds rows of neighbours to a result.
fn append(result: &mut CsrMatrix, rows: Vec<Vec<(f32, u32)>>) -> Result<()> {
    for row in rows {
        result.data.extend(row.iter().map(|(similarity, _)| *similarity));
        result.indices.extend(row.iter().map(|(_, column)| *column as i32));
        let end = i32::try_from(result.data.len()).map_err(|_| Error::InvalidParameter {
            parameter: "n",
            expected: "so small that the result has fewer than 2^31 entries".into(),
            actual: "more".into(),
        })?;
        result.indptr.push(end);
    }
    Ok(())
}

/// 1 / length of each row, 0 for a row of zeros. The sum is taken in float64: rows of any scale have a length.
fn inverse_lengths<'a>(matrix: &'static str, rows: impl Iterator<Item = &'a [f32]>) -> Result<Vec<f64>> {
    rows.enumerate()
        .map(|(row, values)| {
            let squares: f64 = values.iter().map(|&x| f64::from(x) * f64::from(x)).sum();
            if !squares.is_finite() {
                return Err(Error::InvalidParameter {
                    parameter: matrix,
                    expected: "finite numbers".into(),
                    actual: format!("NaN or infinity in row {row}"),
                });
            }
            Ok(if squares > 0.0 { 1.0 / squares.sqrt() } else { 0.0 })
        })
        .collect()
}

fn check_n_rows(n_rows: usize) -> Result<()> {
    if i32::try_from(n_rows).is_err() {
        let expected = "fewer than 2^31 rows".into();
        return Err(Error::InvalidParameter { parameter: "b", expected, actual: n_rows.to_string() });
    }
    Ok(())
}

/// The cosine of every pair of rows, for small inputs: `n_a` x `n_b` values, 0 where a row is all zeros.
pub fn pairwise_cosine(a: ArrayView2<f32>, b: ArrayView2<f32>) -> Result<Array2<f32>> {
    dense::pairwise_cosine(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;
    use proptest::prelude::*;

    fn search(n: usize, min_similarity: f32) -> Search {
        Search { n, min_similarity, n_threads: None }
    }

    fn silent(_: usize, _: usize) -> Result<()> {
        Ok(())
    }

    fn to_csr(dense: &Array2<f32>) -> CsrMatrix {
        let mut csr = CsrMatrix { indptr: vec![0], n_columns: dense.ncols(), ..CsrMatrix::default() };
        for row in dense.outer_iter() {
            for (column, &x) in row.iter().enumerate().filter(|(_, x)| **x != 0.0) {
                csr.indices.push(column as i32);
                csr.data.push(x);
            }
            csr.indptr.push(csr.data.len() as i32);
        }
        csr
    }

    #[test]
    fn no_number_is_an_error_whatever_is_asked_for() {
        let (good, bad) = (array![[1.0f32]], array![[f32::NAN]]);
        for n in [0, 1] {
            for (a, b) in [(&good, &bad), (&bad, &good)] {
                assert!(top_n_similar(a.view(), b.view(), &search(n, 0.0), &mut silent).is_err());
                let (x, y) = (to_csr(a), to_csr(b));
                let sparse = top_n_similar_sparse(CsrView::of(&x), CsrView::of(&y), &search(n, 0.0), &mut silent);
                assert!(sparse.is_err());
            }
        }
        let none = Array2::zeros((0, 1));
        assert!(top_n_similar(bad.view(), none.view(), &search(1, 0.0), &mut silent).is_err());
        assert!(pairwise_cosine(bad.view(), none.view()).is_err());
    }

    /// All cosines, sorted: what both algorithms must find.
    fn oracle(a: &Array2<f32>, b: &Array2<f32>, n: usize, least: f32) -> Vec<Vec<(f32, u32)>> {
        let cosine = |x: ndarray::ArrayView1<f32>, y: ndarray::ArrayView1<f32>| {
            let dot = |x: ndarray::ArrayView1<f32>, y: ndarray::ArrayView1<f32>| -> f64 {
                x.iter().zip(y).map(|(&x, &y)| f64::from(x) * f64::from(y)).sum()
            };
            let length = (dot(x, x) * dot(y, y)).sqrt();
            if length > 0.0 { (dot(x, y) / length) as f32 } else { 0.0 }
        };
        a.outer_iter()
            .map(|x| {
                let mut row: Vec<_> = b.outer_iter().zip(0..).map(|(y, column)| (cosine(x, y), column)).collect();
                row.retain(|(similarity, _)| similarity.abs() > 1e-7 && *similarity >= least);
                row.sort_by(best_first);
                row.truncate(n);
                row
            })
            .collect()
    }

    fn check(a: &Array2<f32>, b: &Array2<f32>, n: usize, least: f32) {
        let (sparse_a, sparse_b) = (to_csr(a), to_csr(b));
        let dense = top_n_similar(a.view(), b.view(), &search(n, least), &mut silent).unwrap();
        let (view_a, view_b) = (CsrView::of(&sparse_a), CsrView::of(&sparse_b));
        let sparse = top_n_similar_sparse(view_a, view_b, &search(n, least), &mut silent).unwrap();
        for (row, expected) in oracle(a, b, n, least).iter().enumerate() {
            for result in [&dense, &sparse] {
                let (_, similarities) = result.row(row);
                assert_eq!(similarities.len(), expected.len(), "row {row} of {a:?} in {b:?}");
                for (x, (y, _)) in similarities.iter().zip(expected) {
                    assert!((x - y).abs() < 1e-5, "{x} is not {y}");
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn both_find_what_a_full_sort_finds(
            seed in 0u32..10_000, n_a in 0usize..90, n_b in 0usize..120, n in 0usize..14, negative: bool,
            density in 1u32..100,
        ) {
            let mut state = seed;
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state >> 8
            };
            let mut value = || {
                let x = (next() % 1000) as f32 / 997.0 + 0.01;
                let x = if negative && next().is_multiple_of(2) { -x } else { x };
                if next() % 100 < density { x } else { 0.0 }
            };
            let a = Array2::from_shape_fn((n_a, 19), |_| value());
            let b = Array2::from_shape_fn((n_b, 19), |_| value());
            // Off the values themselves, so that rounding decides nothing.
            for least in [-2.0, 0.0, 0.300_017] {
                check(&a, &b, n, least);
            }
        }
    }

    #[test]
    fn edges_are_defined() {
        let a = array![[1.0, 0.0], [0.0, 0.0], [1.0, 1.0]];
        let b = array![[2.0, 0.0], [0.0, 0.0], [3.0, 0.0], [0.0, -1.0]];
        let result = top_n_similar(a.view(), b.view(), &search(9, 0.0), &mut silent).unwrap();
        assert_eq!(result.row(0), (&[0, 2][..], &[1.0, 1.0][..]));
        assert_eq!(result.row(1), (&[][..], &[][..]));
        assert_eq!(result.row(2).0, [0, 2]);
        let result = top_n_similar(a.view(), b.view(), &search(1, -1.0), &mut silent).unwrap();
        assert_eq!(result.row(0), (&[0][..], &[1.0][..]));
        let nan = array![[f32::NAN, 0.0]];
        let error = top_n_similar(a.view(), nan.view(), &search(1, 0.0), &mut silent).unwrap_err();
        assert_eq!(error.to_string(), "b must be finite numbers, got NaN or infinity in row 0");
        assert!(top_n_similar(a.view(), array![[1.0]].view(), &search(1, 0.0), &mut silent).is_err());
        assert!(top_n_similar(a.view(), b.view(), &search(1, f32::NAN), &mut silent).is_err());
        let cosines = pairwise_cosine(a.view(), b.view()).unwrap();
        assert_eq!(cosines.row(0).to_vec(), [1.0, 0.0, 1.0, 0.0]);
        assert_eq!(cosines.row(1).to_vec(), [0.0; 4]);
    }

    #[test]
    fn dot_products_are_those_of_the_pairs_asked_for() {
        let csr = to_csr(&array![[1.0, 2.0, 0.0], [0.0, 3.0, 4.0], [0.0, 0.0, 0.0]]);
        let rows = CsrView::of(&csr);
        assert_eq!(dot_products(rows, &[0, 1, 2, 0], &[1, 1, 0, 0]).unwrap(), [6.0, 25.0, 0.0, 5.0]);
        assert!(dot_products(rows, &[0], &[]).is_err());
        assert!(dot_products(rows, &[0], &[3]).is_err());
    }

    #[test]
    fn malformed_csr_is_an_error() {
        let good = CsrMatrix { data: vec![1.0], indices: vec![0], indptr: vec![0, 1], n_columns: 2 };
        for bad in [
            CsrMatrix { indices: vec![2], ..good.clone() },
            CsrMatrix { indices: vec![-1], ..good.clone() },
            CsrMatrix { indptr: vec![0, 2], ..good.clone() },
            CsrMatrix { indptr: vec![1, 0], ..good.clone() },
            CsrMatrix { indptr: vec![], ..good.clone() },
            CsrMatrix { data: vec![1.0, 1.0], indices: vec![1, 0], indptr: vec![0, 2], n_columns: 2 },
        ] {
            let result = top_n_similar_sparse(CsrView::of(&good), CsrView::of(&bad), &search(1, 0.0), &mut silent);
            assert!(result.is_err(), "{bad:?}");
        }
    }
}
