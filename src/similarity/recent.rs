//! Neighbours among sparse rows that have a time.
//!
//! The similarity of two rows is their cosine times `exp(-days / decay)`; beyond `window` days there is none. A row
//! whose time is not known (NaN) is near all others in time. The rows of `a` are taken in order of time, a window at a
//! time, and each such block is searched in an index of the rows of `b` that lie within reach: with a window the cost
//! grows with the rows, not with their square.

use super::sparse::{Discount, Index};
use super::{CsrView, Search, append, check_n_rows};
use crate::error::{Error, Result};
use crate::pool::Progress;
use crate::tfidf::CsrMatrix;

/// When the rows of both sides were made, and how long that matters.
#[derive(Debug, Clone, Copy)]
pub struct Times<'a> {
    /// Days since any date, one for each row of `a`; NaN: not known.
    pub a: &'a [f64],
    /// The same for `b`.
    pub b: &'a [f64],
    /// Rows more days apart are no neighbours; infinity: any number.
    pub window: f64,
    /// Days after which a similarity has fallen to 1/e; infinity: never.
    pub decay: f64,
}

impl Times<'_> {
    fn check(&self, n_a: usize, n_b: usize) -> Result<()> {
        for (what, expected, actual) in [("times of a", n_a, self.a.len()), ("times of b", n_b, self.b.len())] {
            if expected != actual {
                return Err(Error::ShapeMismatch { what, expected, actual });
            }
        }
        if self.a.iter().chain(self.b).any(|time| time.is_infinite()) {
            let expected = "finite numbers of days, or NaN".into();
            return Err(Error::InvalidParameter { parameter: "times", expected, actual: "infinity".into() });
        }
        let wrong = |value: f64, least: f64| value.is_nan() || value < least;
        for (parameter, value, bad) in [
            ("window", self.window, wrong(self.window, 0.0)),
            ("decay", self.decay, wrong(self.decay, f64::MIN_POSITIVE)),
        ] {
            if bad {
                let expected = "a positive number of days".into();
                return Err(Error::InvalidParameter { parameter, expected, actual: value.to_string() });
            }
        }
        Ok(())
    }

    /// What of a cosine counts between two times.
    fn factor(&self, a: f64, b: f64) -> f32 {
        let days = (a - b).abs();
        match days {
            _ if days.is_nan() => 1.0,
            _ if days > self.window => 0.0,
            _ => (-days / self.decay).exp() as f32,
        }
    }
}

/// Rows of `b` that an index holds, with their times.
struct Part<'a> {
    times: &'a Times<'a>,
    rows: Vec<usize>,
}

impl Discount for Part<'_> {
    fn of(&self, a: usize, b: u32) -> f32 {
        self.times.factor(self.times.a[a], self.times.b[self.rows[b as usize]])
    }
}

/// For each row of `a`, the `n` rows of `b` with the highest similarity of at least `min_similarity`.
pub fn top_n_recent_sparse(
    a: CsrView,
    b: CsrView,
    times: &Times,
    search: &Search,
    progress: Progress,
) -> Result<CsrMatrix> {
    a.check("a")?;
    b.check("b")?;
    search.check(a.n_columns, b.n_columns)?;
    times.check(a.n_rows(), b.n_rows())?;
    check_n_rows(b.n_rows())?;
    let (a_data, b_data) = (a.scaled("a")?, b.scaled("b")?);
    let (a, b) = (CsrView { data: &a_data, ..a }, CsrView { data: &b_data, ..b });
    let positive = a.data.iter().chain(b.data).all(|&x| x >= 0.0);
    let (dated_a, undated_a) = by_time(times.a);
    let (dated_b, undated_b) = by_time(times.b);
    let mut found: Vec<Vec<(f32, u32)>> = vec![Vec::new(); a.n_rows()];
    let mut done = 0;
    let mut search_in = |block: &[usize], mut rows: Vec<usize>| {
        progress(done, a.n_rows())?;
        done += block.len();
        // In order of row, so that ties go by column.
        rows.sort_unstable();
        let part = Part { times, rows };
        let kept = rows_of(b, &part.rows);
        let neighbours = Index::new(CsrView::of(&kept), positive).all_neighbours(a, block, search, &part)?;
        for (&row, neighbours) in block.iter().zip(neighbours) {
            found[row] = neighbours.into_iter().map(|(x, other)| (x, part.rows[other as usize] as u32)).collect();
        }
        Ok::<_, Error>(())
    };
    let mut rest = &dated_a[..];
    while let [first, ..] = rest {
        let start = times.a[*first];
        let n = rest.partition_point(|&row| times.a[row] <= start + times.window);
        let (block, later) = rest.split_at(n);
        let end = times.a[block[n - 1]];
        let from = dated_b.partition_point(|&row| times.b[row] < start - times.window);
        let to = dated_b.partition_point(|&row| times.b[row] <= end + times.window);
        search_in(block, dated_b[from..to].iter().chain(&undated_b).copied().collect())?;
        rest = later;
    }
    if !undated_a.is_empty() {
        search_in(&undated_a, (0..b.n_rows()).collect())?;
    }
    let mut result = CsrMatrix { indptr: vec![0], n_columns: b.n_rows(), ..CsrMatrix::default() };
    append(&mut result, found)?;
    Ok(result)
}

/// The rows of known time in order of it, and the others.
fn by_time(times: &[f64]) -> (Vec<usize>, Vec<usize>) {
    let (mut dated, undated): (Vec<usize>, Vec<usize>) = (0..times.len()).partition(|&row| !times[row].is_nan());
    dated.sort_by(|&x, &y| times[x].total_cmp(&times[y]));
    (dated, undated)
}

fn rows_of(matrix: CsrView, rows: &[usize]) -> CsrMatrix {
    let mut kept = CsrMatrix { indptr: vec![0], n_columns: matrix.n_columns, ..CsrMatrix::default() };
    for &row in rows {
        let (columns, values) = matrix.row(row);
        kept.indices.extend_from_slice(columns);
        kept.data.extend_from_slice(values);
        kept.indptr.push(kept.data.len() as i32);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::top_n_similar_sparse;
    use super::*;
    use proptest::prelude::*;

    fn silent(_: usize, _: usize) -> Result<()> {
        Ok(())
    }

    fn matrix(rows: &[Vec<f32>]) -> CsrMatrix {
        let mut csr = CsrMatrix { indptr: vec![0], n_columns: 7, ..CsrMatrix::default() };
        for row in rows {
            for (column, &x) in row.iter().enumerate().filter(|(_, x)| **x != 0.0) {
                csr.indices.push(column as i32);
                csr.data.push(x);
            }
            csr.indptr.push(csr.data.len() as i32);
        }
        csr
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn the_neighbours_are_those_of_all_cosines_discounted(
            rows in proptest::collection::vec(proptest::collection::vec(0u8..4, 7), 1..60),
            days in proptest::collection::vec(0u8..40, 60), n in 1usize..6,
            window in prop_oneof![Just(f64::INFINITY), Just(0.0), Just(3.0), Just(11.0)],
            decay in prop_oneof![Just(f64::INFINITY), Just(5.0)],
        ) {
            let rows: Vec<Vec<f32>> = rows.iter().map(|row| row.iter().map(|&x| f32::from(x)).collect()).collect();
            let csr = matrix(&rows);
            let times: Vec<f64> =
                days[..rows.len()].iter().map(|&day| if day < 4 { f64::NAN } else { f64::from(day) }).collect();
            let times = Times { a: &times, b: &times, window, decay };
            let search = Search { n, min_similarity: 0.2, n_threads: None };
            let view = CsrView::of(&csr);
            let found = top_n_recent_sparse(view, view, &times, &search, &mut silent).unwrap();
            let all = Search { n: rows.len(), min_similarity: 0.0, n_threads: None };
            let cosines = top_n_similar_sparse(view, view, &all, &mut silent).unwrap();
            for row in 0..rows.len() {
                let (columns, values) = cosines.row(row);
                let mut expected: Vec<(f32, i32)> = columns.iter().zip(values)
                    .map(|(&other, &cosine)| (cosine * times.factor(times.a[row], times.b[other as usize]), other))
                    .filter(|(x, _)| *x >= 0.2).collect();
                expected.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
                expected.truncate(n);
                let (columns, values) = found.row(row);
                let found: Vec<(f32, i32)> = values.iter().copied().zip(columns.iter().copied()).collect();
                prop_assert_eq!(found, expected);
            }
        }
    }

    #[test]
    fn times_that_do_not_fit_are_errors() {
        let csr = matrix(&[vec![1.0; 7], vec![2.0; 7]]);
        let search = Search { n: 1, min_similarity: 0.0, n_threads: None };
        for (a, window, decay, told) in [
            (&[0.0][..], 1.0, 1.0, "times of a: expected 2, got 1"),
            (&[0.0, f64::INFINITY], 1.0, 1.0, "times must be finite numbers of days, or NaN, got infinity"),
            (&[0.0, 1.0], -1.0, 1.0, "window must be a positive number of days, got -1"),
            (&[0.0, 1.0], 1.0, 0.0, "decay must be a positive number of days, got 0"),
        ] {
            let times = Times { a, b: &[0.0, 1.0], window, decay };
            let view = CsrView::of(&csr);
            let error = top_n_recent_sparse(view, view, &times, &search, &mut silent).unwrap_err();
            assert_eq!(error.to_string(), told);
        }
    }
}
