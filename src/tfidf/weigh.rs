//! Rows of counts to rows of weights, in place: times idf, then to length 1.

use rayon::prelude::*;

/// What the length of a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Norm {
    /// Sum of absolute values.
    L1,
    /// Root of the sum of squares.
    L2,
}

/// A weight: `f32` or `f64`. Sums run in `f64`.
pub trait Weight: Copy + Send + Sync + std::ops::Mul<Output = Self> + std::ops::Div<Output = Self> {
    /// As `f64`.
    fn wide(self) -> f64;
    /// From `f64`, rounded.
    fn narrow(wide: f64) -> Self;
}

impl Weight for f32 {
    fn wide(self) -> f64 {
        f64::from(self)
    }
    fn narrow(wide: f64) -> Self {
        wide as Self
    }
}

impl Weight for f64 {
    fn wide(self) -> f64 {
        self
    }
    fn narrow(wide: f64) -> Self {
        wide
    }
}

/// A column or row position, as SciPy stores it: `i32` or `i64`.
pub trait Index: Copy + Send + Sync {
    /// As a position; a negative one becomes one that no array has.
    fn position(self) -> usize;
}

impl Index for i32 {
    fn position(self) -> usize {
        usize::try_from(self).unwrap_or(usize::MAX)
    }
}

impl Index for i64 {
    fn position(self) -> usize {
        usize::try_from(self).unwrap_or(usize::MAX)
    }
}

/// Multiplies each value by the idf of its column and scales each row to length 1; rows of length 0 stay.
///
/// Returns whether every value was finite before scaling. A column outside `idf` has no weight and counts as not
/// finite; `indptr` that runs backwards or past the values is cut.
pub fn weigh_rows<W: Weight, I: Index>(
    data: &mut [W],
    indices: &[I],
    indptr: &[I],
    idf: Option<&[W]>,
    norm: Option<Norm>,
) -> bool {
    let mut rows = Vec::with_capacity(indptr.len());
    let most = data.len().min(indices.len());
    let place = |at: &I| at.position().min(most);
    let mut at = indptr.first().map_or(0, place);
    let mut left = &mut data[at..most];
    for end in indptr.iter().skip(1) {
        let end = place(end).max(at);
        let (row, rest) = left.split_at_mut(end - at);
        rows.push((row, &indices[at..end]));
        (left, at) = (rest, end);
    }
    rows.into_par_iter().map(|(row, columns)| weigh_row(row, columns, idf, norm)).reduce(|| true, |a, b| a && b)
}

fn weigh_row<W: Weight, I: Index>(row: &mut [W], columns: &[I], idf: Option<&[W]>, norm: Option<Norm>) -> bool {
    let mut finite = true;
    if let Some(idf) = idf {
        for (value, column) in row.iter_mut().zip(columns) {
            match idf.get(column.position()) {
                Some(&weight) => *value = *value * weight,
                None => finite = false,
            }
        }
    }
    let Some(norm) = norm else {
        return finite && row.iter().all(|value| value.wide().is_finite());
    };
    // The product of f32 values is rounded to f32 before it is summed, as scikit-learn does it.
    let terms = row.iter().map(|&value| match norm {
        Norm::L1 => value.wide().abs(),
        Norm::L2 => (value * value).wide(),
    });
    let sum = terms.fold(0.0, |sum, term| sum + term);
    let length = if norm == Norm::L2 { sum.sqrt() } else { sum };
    finite &= row.iter().all(|value| value.wide().is_finite());
    if length != 0.0 {
        row.iter_mut().for_each(|value| *value = W::narrow(value.wide() / length));
    }
    finite
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_get_length_one_and_empty_rows_stay() {
        let mut data = [3.0, 4.0, 0.0, 5.0f64];
        assert!(weigh_rows(&mut data, &[0, 1, 0, 1], &[0, 2, 2, 3, 4], None, Some(Norm::L2)));
        assert_eq!(data, [0.6, 0.8, 0.0, 1.0]);
        let mut data = [1.0, 3.0f32];
        assert!(weigh_rows(&mut data, &[0i64, 1], &[0, 2], Some(&[3.0, 1.0]), Some(Norm::L1)));
        assert_eq!(data, [0.5, 0.5]);
    }

    #[test]
    fn what_cannot_be_weighed_is_said() {
        for (value, column, indptr) in [(f64::INFINITY, 0, [0, 1]), (1.0, 7, [0, 1]), (1.0, -1, [0, 1])] {
            assert!(!weigh_rows(&mut [value], &[column], &indptr, Some(&[1.0]), Some(Norm::L2)));
        }
        for indptr in [[0, 9, -3, 4], [7, 9, 8, 0], [-1, 0, 1, 2]] {
            assert!(weigh_rows(&mut [1.0f64], &[0], &indptr, Some(&[1.0]), None));
            assert!(weigh_rows::<f64, i32>(&mut [], &[], &indptr, None, Some(Norm::L2)));
        }
    }
}
