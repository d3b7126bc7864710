//! Rows cut to their heaviest entries.
//!
//! A row of TF-IDF holds most of its weight in few terms: stories found by the 24 heaviest words of an article were as good
//! as by all of them, and the index is shorter.

use super::CsrView;
use crate::error::Result;
use crate::tfidf::CsrMatrix;

/// Each row with only its `n` entries of greatest magnitude; among equal ones those of lower column.
pub fn heaviest(rows: CsrView, n: usize) -> Result<CsrMatrix> {
    rows.check("rows")?;
    let mut cut = CsrMatrix { indptr: vec![0], n_columns: rows.n_columns, ..CsrMatrix::default() };
    let mut order = Vec::new();
    for row in 0..rows.n_rows() {
        let (columns, values) = rows.row(row);
        order.clear();
        order.extend(0..columns.len());
        if order.len() > n && n > 0 {
            order.select_nth_unstable_by(n - 1, |&x, &y| values[y].abs().total_cmp(&values[x].abs()).then(x.cmp(&y)));
        }
        order.truncate(n);
        order.sort_unstable();
        cut.indices.extend(order.iter().map(|&at| columns[at]));
        cut.data.extend(order.iter().map(|&at| values[at]));
        cut.indptr.push(cut.data.len() as i32);
    }
    Ok(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_keeps_its_heaviest_entries_in_order_of_column() {
        let (data, indices, indptr) = ([1.0, -3.0, 2.0, 2.0, 5.0], [0, 2, 4, 7, 1], [0, 4, 4, 5]);
        let rows = CsrView { data: &data, indices: &indices, indptr: &indptr, n_columns: 9 };
        for (n, expected) in [
            (0, vec![vec![], vec![], vec![]]),
            (1, vec![vec![2], vec![], vec![1]]),
            (2, vec![vec![2, 4], vec![], vec![1]]),
            (9, vec![vec![0, 2, 4, 7], vec![], vec![1]]),
        ] {
            let cut = heaviest(rows, n).unwrap();
            let columns: Vec<Vec<i32>> = (0..3).map(|row| cut.row(row).0.to_vec()).collect();
            assert_eq!(columns, expected, "{n}");
        }
    }
}
