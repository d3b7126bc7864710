//! Neighbours among sparse rows.
//!
//! An inverted index of `b` is read term by term, the rarest first, and stops as soon as what the remaining terms can add
//! cannot bring in a row not yet met (Turtle and Flood 1995, "max-score"); only rows that may still be among the best get
//! their exact cosine. Frequent terms hold most of the index and little of the weight, so most of it is never read.
//! Exact: bounds carry a margin for rounding, and a cosine is the same sum for (a, b) as for (b, a).
//! Memory: a copy of `b`'s entries, and a float and a flag per row of `b` and thread.
//!
//! A [`Discount`] makes pairs less similar that lie apart in some other way ([`super::recent`]: in time). It is at most
//! 1, so every bound on a cosine bounds the discounted one.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::{Best, Search, append, check_n_rows, inverse_lengths};
use crate::error::{Error, Result};
use crate::pool::{Progress, install};
use crate::tfidf::CsrMatrix;

/// Rows of `a` between two calls of `progress`.
const ROUND: usize = 1024;
/// Added to bounds that were computed in floating point, for vectors of length 1.
const MARGIN: f32 = 1e-5;

/// Borrowed compressed sparse rows, as SciPy names the arrays; columns ascend within a row.
#[derive(Debug, Clone, Copy)]
pub struct CsrView<'a> {
    /// The stored values.
    pub data: &'a [f32],
    /// The column of each value.
    pub indices: &'a [i32],
    /// Where each row starts in `data`, and one past the last.
    pub indptr: &'a [i32],
    /// Number of columns.
    pub n_columns: usize,
}

impl<'a> CsrView<'a> {
    /// The arrays of a matrix.
    pub fn of(matrix: &'a CsrMatrix) -> Self {
        Self { data: &matrix.data, indices: &matrix.indices, indptr: &matrix.indptr, n_columns: matrix.n_columns }
    }

    pub(super) fn n_rows(&self) -> usize {
        self.indptr.len() - 1
    }

    pub(super) fn row(&self, row: usize) -> (&'a [i32], &'a [f32]) {
        let range = self.indptr[row] as usize..self.indptr[row + 1] as usize;
        (&self.indices[range.clone()], &self.data[range])
    }

    pub(super) fn check(&self, name: &'static str) -> Result<()> {
        let bad = |actual: String| {
            let expected = "a CSR matrix whose columns ascend within a row".into();
            Err(Error::InvalidParameter { parameter: name, expected, actual })
        };
        let ends = (self.indptr.first(), self.indptr.last());
        let n_values = i32::try_from(self.data.len()).ok();
        if ends.0 != Some(&0) || ends.1.copied() != n_values || !self.indptr.is_sorted() {
            return bad("indptr that does not run from 0 to the number of values".into());
        }
        if self.indices.len() != self.data.len() {
            return bad(format!("{} indices for {} values", self.indices.len(), self.data.len()));
        }
        for row in 0..self.n_rows() {
            let (columns, _) = self.row(row);
            let inside = columns.iter().all(|&column| usize::try_from(column).is_ok_and(|c| c < self.n_columns));
            if !inside || !columns.is_sorted_by(|a, b| a < b) {
                return bad(format!("row {row} with columns out of order or beyond {}", self.n_columns));
            }
        }
        Ok(())
    }

    /// The values scaled to rows of length 1.
    pub(super) fn scaled(&self, name: &'static str) -> Result<Vec<f32>> {
        let scales = inverse_lengths(name, (0..self.n_rows()).map(|row| self.row(row).1))?;
        let rows = (0..self.n_rows()).zip(scales);
        Ok(rows.flat_map(|(row, scale)| self.row(row).1.iter().map(move |&x| (f64::from(x) * scale) as f32)).collect())
    }
}

/// For each row of `a`, the `n` rows of `b` with the highest cosine of at least `min_similarity`.
pub fn top_n_similar_sparse(a: CsrView, b: CsrView, search: &Search, progress: Progress) -> Result<CsrMatrix> {
    a.check("a")?;
    b.check("b")?;
    search.check(a.n_columns, b.n_columns)?;
    check_n_rows(b.n_rows())?;
    let (a_data, b_data) = (a.scaled("a")?, b.scaled("b")?);
    let (a, b) = (CsrView { data: &a_data, ..a }, CsrView { data: &b_data, ..b });
    let index = Index::new(b, a.data.iter().chain(b.data).all(|&x| x >= 0.0));
    let mut result = CsrMatrix { indptr: vec![0], n_columns: b.n_rows(), ..CsrMatrix::default() };
    let rows: Vec<usize> = (0..a.n_rows()).collect();
    for round in rows.chunks(ROUND) {
        progress(round[0], rows.len())?;
        append(&mut result, index.all_neighbours(a, round, search, &Undiscounted)?)?;
    }
    Ok(result)
}

/// The dot product of each pair of rows, given by their positions; cosines where rows have length 1.
pub fn dot_products(rows: CsrView, left: &[u32], right: &[u32]) -> Result<Vec<f32>> {
    rows.check("rows")?;
    if left.len() != right.len() {
        return Err(Error::ShapeMismatch { what: "right rows", expected: left.len(), actual: right.len() });
    }
    if let Some(row) = left.iter().chain(right).find(|row| **row as usize >= rows.n_rows()) {
        let expected = format!("below {}, the number of rows", rows.n_rows());
        return Err(Error::InvalidParameter { parameter: "a row's position", expected, actual: row.to_string() });
    }
    Ok(left.iter().zip(right).map(|(&a, &b)| dot(rows.row(a as usize), rows.row(b as usize))).collect())
}

fn dot((a_columns, a_values): (&[i32], &[f32]), (b_columns, b_values): (&[i32], &[f32])) -> f32 {
    let (mut a, mut b, mut sum) = (0, 0, 0.0);
    while a < a_columns.len() && b < b_columns.len() {
        match a_columns[a].cmp(&b_columns[b]) {
            Ordering::Less => a += 1,
            Ordering::Greater => b += 1,
            Ordering::Equal => {
                sum += a_values[a] * b_values[b];
                (a, b) = (a + 1, b + 1);
            }
        }
    }
    sum
}

/// How much of the cosine of a pair counts, from 0 to 1.
pub(super) trait Discount: Sync {
    /// Of row `a` of the one side and row `b` of the indexed side.
    fn of(&self, a: usize, b: u32) -> f32;
}

/// The cosine as it is.
struct Undiscounted;

impl Discount for Undiscounted {
    fn of(&self, _: usize, _: u32) -> f32 {
        1.0
    }
}

/// The rows of `b` by column.
pub(super) struct Index<'a> {
    b: CsrView<'a>,
    /// Where each column starts in `postings`.
    starts: Vec<usize>,
    /// Row and value.
    postings: Vec<(u32, f32)>,
    /// The largest magnitude of each column.
    most: Vec<f32>,
    /// By level, then by row: the length, in steps of 1/255 and rounded up, of the row's terms that at least 2^level rows hold.
    lengths: Vec<Vec<u8>>,
    /// No value is below zero: a sum only grows.
    positive: bool,
}

/// Room for [`Index::neighbours`].
#[derive(Default)]
struct Space {
    /// Per row of `b`: its product with the terms read so far.
    sums: Vec<f32>,
    /// The rows that met a term.
    met: Vec<u32>,
    /// The row of `a`, spread over the columns.
    row: Vec<f32>,
    /// Terms of the row: column and value, the rarest first.
    terms: Vec<(usize, f32)>,
    /// What the terms from each on can add to a row's product, and their length.
    rest: Vec<(f32, f32)>,
    order: Vec<f32>,
    candidates: Vec<(f32, u32)>,
}

impl<'a> Index<'a> {
    /// Of rows of length 1.
    pub(super) fn new(b: CsrView<'a>, positive: bool) -> Self {
        let mut starts = vec![0; b.n_columns + 1];
        b.indices.iter().for_each(|&column| starts[column as usize + 1] += 1);
        for column in 0..b.n_columns {
            starts[column + 1] += starts[column];
        }
        let mut next = starts.clone();
        let mut postings = vec![(0, 0.0); b.data.len()];
        let mut most = vec![0.0f32; b.n_columns];
        for row in 0..b.n_rows() {
            let (columns, values) = b.row(row);
            for (&column, &value) in columns.iter().zip(values) {
                let column = column as usize;
                postings[next[column]] = (row as u32, value);
                next[column] += 1;
                most[column] = most[column].max(value.abs());
            }
        }
        let mut index = Self { b, starts, postings, most, lengths: Vec::new(), positive };
        let n_levels = (0..b.n_columns).map(|column| index.level(column) + 1).max().unwrap_or(1);
        index.lengths = vec![vec![0; b.n_rows()]; n_levels];
        let mut squares = vec![0.0; n_levels];
        for row in 0..b.n_rows() {
            squares.fill(0.0);
            let (columns, values) = b.row(row);
            columns.iter().zip(values).for_each(|(&column, &x)| squares[index.level(column as usize)] += x * x);
            let mut sum = 0.0;
            for (lengths, square) in index.lengths.iter_mut().zip(&squares).rev() {
                sum += square;
                lengths[row] = (255.0 * f32::sqrt(sum)).ceil() as u8;
            }
        }
        index
    }

    /// The largest level whose lengths count this column.
    fn level(&self, column: usize) -> usize {
        self.postings(column).len().max(1).ilog2() as usize
    }

    fn postings(&self, column: usize) -> &[(u32, f32)] {
        &self.postings[self.starts[column]..self.starts[column + 1]]
    }

    /// The neighbours of some rows of `a`, which have length 1, in their order.
    pub(super) fn all_neighbours(
        &self,
        a: CsrView,
        rows: &[usize],
        search: &Search,
        discount: &impl Discount,
    ) -> Result<Vec<Vec<(f32, u32)>>> {
        install(search.n_threads, || {
            let neighbours = |space: &mut Space, &row: &usize| {
                self.neighbours(a.row(row), search, space, |other| discount.of(row, other))
            };
            let (n_rows, n_columns) = (self.b.n_rows(), self.b.n_columns);
            let space = || Space { sums: vec![0.0; n_rows], row: vec![0.0; n_columns], ..Space::default() };
            rows.par_iter().with_min_len(64).map_init(space, neighbours).collect()
        })
    }

    fn neighbours(
        &self,
        (columns, values): (&[i32], &[f32]),
        search: &Search,
        space: &mut Space,
        discount: impl Fn(u32) -> f32,
    ) -> Vec<(f32, u32)> {
        let Space { sums, met, row, terms, rest, order, candidates } = space;
        let n = search.n.min(self.b.n_rows());
        if n == 0 {
            return Vec::new();
        }
        terms.clear();
        terms.extend(columns.iter().zip(values).map(|(&column, &value)| (column as usize, value)));
        terms.retain(|&(column, value)| value != 0.0 && !self.postings(column).is_empty());
        terms.sort_unstable_by_key(|&(column, _)| (self.postings(column).len(), column));
        rest.clear();
        rest.resize(terms.len() + 1, (MARGIN, 0.0));
        let (mut largest, mut squares) = (0.0f32, 0.0f32);
        for (at, &(column, value)) in terms.iter().enumerate().rev() {
            largest += value.abs() * self.most[column];
            squares += value * value;
            // A row of length 1 adds at most the length of what is left (Cauchy and Schwarz).
            rest[at] = (largest.min(squares.sqrt()) + MARGIN, squares.sqrt());
        }

        let mut least = search.min_similarity;
        let mut read = 0;
        for (at, &(column, value)) in terms.iter().enumerate() {
            let postings = self.postings(column);
            if rest[at].0 < least {
                break;
            }
            // To know the n-th best so far costs a look at the rows met: worth it before a long list.
            if at > 0 && met.len() >= n && postings.len() > met.len() / 2 {
                let slack = if self.positive { MARGIN } else { rest[at].0 };
                order.clear();
                order.extend(met.iter().map(|&column| sums[column as usize] * discount(column)));
                let (_, nth, _) = order.select_nth_unstable_by(n - 1, |x, y| y.total_cmp(x));
                least = least.max(*nth - slack);
                if rest[at].0 < least {
                    break;
                }
            }
            for &(column, other) in postings {
                let sum = &mut sums[column as usize];
                // A sum that was met is never exactly zero again: the smallest number marks it.
                if *sum == 0.0 {
                    met.push(column);
                    *sum = f32::MIN_POSITIVE;
                }
                *sum += value * other;
                if *sum == 0.0 {
                    *sum = f32::MIN_POSITIVE;
                }
            }
            read = at + 1;
        }

        columns.iter().zip(values).for_each(|(&column, &value)| row[column as usize] = value);
        let (open, length) = rest[read];
        let lengths = &self.lengths[terms.get(read).map_or(0, |&(column, _)| self.level(column))];
        let bound = |row: u32| {
            let product = length * f32::from(lengths[row as usize]) / 255.0 + MARGIN;
            (sums[row as usize] + open.min(product) + MARGIN) * discount(row)
        };
        candidates.clear();
        candidates.extend(met.iter().map(|&row| (bound(row), row)));
        candidates.retain(|&(bound, _)| bound >= least);
        let mut best = Best::new(search.min_similarity);
        if candidates.len() > 4 * n {
            // The n most promising first: their cosines rule out most of the others.
            candidates.select_nth_unstable_by(n - 1, super::best_first);
        }
        let exact = |candidates: &[(f32, u32)], best: &mut Best| {
            for &(bound, column) in candidates {
                if bound >= best.least {
                    let (columns, values) = self.b.row(column as usize);
                    let products = columns.iter().zip(values).map(|(&column, &x)| row[column as usize] * x);
                    best.push_unordered(products.sum::<f32>().clamp(-1.0, 1.0) * discount(column), column, n);
                }
            }
        };
        let promising = candidates.len().min(n);
        exact(&candidates[..promising], &mut best);
        best.cut(n);
        exact(&candidates[promising..], &mut best);
        columns.iter().for_each(|&column| row[column as usize] = 0.0);
        met.drain(..).for_each(|column| sums[column as usize] = 0.0);
        best.sorted(n)
    }
}
