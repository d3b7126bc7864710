//! Any numbers as rows, dense and sparse: an error, or the same neighbours both ways.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ndarray::ArrayView2;
use storydiff::similarity::{CsrView, Search, pairwise_cosine, top_n_similar, top_n_similar_sparse};
use storydiff::tfidf::CsrMatrix;

fn check(found: &CsrMatrix, search: &Search) {
    for row in 0..found.n_rows() {
        let (columns, values) = found.row(row);
        assert!(columns.len() <= search.n && columns.iter().all(|&column| (column as usize) < found.n_columns));
        assert!(values.iter().all(|value| (-1.0..=1.0).contains(value) && *value >= search.min_similarity));
        assert!(values.is_sorted_by(|a, b| a >= b));
    }
}

fuzz_target!(|input: (u8, u8, f32, Vec<f32>, Vec<i16>, Vec<u8>)| {
    let (n, n_columns, min_similarity, data, indices, indptr) = input;
    let search = Search { n: n.into(), min_similarity, n_threads: Some(1) };
    let n_columns = usize::from(n_columns % 16);
    // Positions a little outside their range are as likely as those inside.
    let indices: Vec<i32> = indices.iter().map(|&column| i32::from(column)).collect();
    let indptr: Vec<i32> = indptr.iter().map(|&end| i32::from(end) - 1).collect();
    let a = CsrView { data: &data, indices: &indices, indptr: &indptr, n_columns };
    if let Ok(found) = top_n_similar_sparse(a, a, &search, &mut |_, _| Ok(())) {
        check(&found, &search);
    }
    let n_rows = data.len() / n_columns.max(1);
    let rows = ArrayView2::from_shape((n_rows, n_columns), &data[..n_rows * n_columns]).unwrap();
    let dense = top_n_similar(rows, rows, &search, &mut |_, _| Ok(()));
    assert!(min_similarity.is_nan() || pairwise_cosine(rows, rows).is_ok() == dense.is_ok());
    let Ok(dense) = dense else { return };
    check(&dense, &search);
    let all = |end: usize| (0..=end).map(|row| (row * n_columns) as i32).collect::<Vec<_>>();
    let columns: Vec<i32> = (0..n_rows).flat_map(|_| 0..n_columns as i32).collect();
    let (data, indptr) = (&data[..n_rows * n_columns], all(n_rows));
    let full = CsrView { data, indices: &columns, indptr: &indptr, n_columns };
    let sparse = top_n_similar_sparse(full, full, &search, &mut |_, _| Ok(())).unwrap();
    for row in 0..n_rows {
        // A right angle is no neighbour, and rounding decides what is one.
        let [x, y] = [&sparse, &dense].map(|found| found.row(row).1.iter().filter(|x| x.abs() > 1e-6));
        assert!(x.zip(y).all(|(x, y)| (x - y).abs() < 1e-3));
    }
});
