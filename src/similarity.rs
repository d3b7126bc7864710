//! Floor 7. The nearest rows by cosine.

use ndarray::{ArrayView1, ArrayView2};

use crate::error::{Error, Result};
use crate::tfidf::CsrMatrix;

/// For each row of `a`, the `n` rows of `b` with the highest cosine of at least `min_similarity`:
/// highest first, ties by row.
pub fn top_n_similar(a: ArrayView2<f32>, b: ArrayView2<f32>, n: usize, min_similarity: f32) -> Result<CsrMatrix> {
    if a.ncols() != b.ncols() {
        return Err(Error::ShapeMismatch { what: "columns of a and b", expected: a.ncols(), actual: b.ncols() });
    }
    let mut result = CsrMatrix { indptr: vec![0], n_columns: b.nrows(), ..CsrMatrix::default() };
    for left in a.outer_iter() {
        let mut row: Vec<(f32, usize)> = b.outer_iter().map(|right| cosine(left, right)).zip(0..).collect();
        row.retain(|(similarity, _)| *similarity >= min_similarity);
        row.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        row.truncate(n);
        result.data.extend(row.iter().map(|(similarity, _)| *similarity));
        result.indices.extend(row.iter().map(|(_, column)| *column as i32));
        result.indptr.push(result.data.len() as i32);
    }
    Ok(result)
}

fn cosine(a: ArrayView1<f32>, b: ArrayView1<f32>) -> f32 {
    let norm = (a.dot(&a) * b.dot(&b)).sqrt();
    if norm > 0.0 { a.dot(&b) / norm } else { 0.0 }
}
