//! Counts per document, and the sparse matrix made of them.

use rayon::prelude::*;

use super::Totals;

/// Counts per document of numbered things: n-grams, or columns.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    pub(super) ids: Vec<u32>,
    pub(super) counts: Vec<u32>,
    pub(super) ends: Vec<usize>,
}

/// A number that a count can become.
pub trait Value: Copy + Default + Send + Sync {
    /// From a count.
    fn of(count: u32) -> Self;
}

macro_rules! value {
    ($($kind:ty),*) => {$(
        impl Value for $kind {
            #[inline]
            fn of(count: u32) -> Self {
                count as Self
            }
        }
    )*};
}

value!(i32, i64, f32, f64);

/// Compressed sparse rows with values of any kind; `indptr` as 64 bits, since large corpora pass 2^31 values.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CountMatrix<T> {
    /// The counts.
    pub data: Vec<T>,
    /// The column of each, ascending within a row.
    pub indices: Vec<i32>,
    /// Where each row starts, and one past the last.
    pub indptr: Vec<i64>,
}

impl Rows {
    /// Number of documents.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Adds a document by the numbers that occur in it, in any order, which leaves `numbers` sorted.
    pub fn push(&mut self, numbers: &mut [u32]) {
        numbers.sort_unstable();
        for same in numbers.chunk_by(|a, b| a == b) {
            self.ids.push(same[0]);
            self.counts.push(same.len() as u32);
        }
        self.ends.push(self.ids.len());
    }

    /// Adds documents whose number `n` is our `numbers[n]`, where -1 leaves it out.
    pub fn extend_known(&mut self, other: Self, numbers: &[i32]) {
        let mut start = 0;
        for end in other.ends {
            let pairs = other.ids[start..end].iter().zip(&other.counts[start..end]);
            for (&id, &count) in pairs {
                if let Ok(number) = u32::try_from(numbers[id as usize]) {
                    self.ids.push(number);
                    self.counts.push(count);
                }
            }
            self.ends.push(self.ids.len());
            start = end;
        }
    }

    /// How often each of `n` numbers occurs.
    pub fn totals(&self, n: usize) -> Totals {
        let mut totals = Totals::default();
        totals.resize(n);
        self.add_to(&mut totals);
        totals
    }

    pub(super) fn add_to(&self, totals: &mut Totals) {
        totals.n_documents += self.len();
        for (&id, &count) in self.ids.iter().zip(&self.counts) {
            totals.document_frequency[id as usize] += 1;
            totals.term_frequency[id as usize] += i64::from(count);
        }
    }

    /// How many numbers of each row have a column.
    fn lengths<'a>(&'a self, columns: &'a [i32]) -> impl Iterator<Item = usize> + 'a {
        self.ranges().map(|range| self.ids[range].iter().filter(|&&id| columns[id as usize] >= 0).count())
    }

    fn ranges(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        [0].iter().chain(&self.ends).zip(&self.ends).map(|(&start, &end)| start..end)
    }
}

impl<T: Value> CountMatrix<T> {
    /// Blocks of documents as compressed sparse rows: number `n` becomes column `columns[n]`, where -1 leaves it
    /// out; with `binary` every count is 1. A block's memory goes back as soon as it is written.
    pub fn new(blocks: Vec<Rows>, columns: &[i32], binary: bool) -> Self {
        let mut indptr = vec![0i64];
        for block in &blocks {
            for length in block.lengths(columns) {
                indptr.push(indptr[indptr.len() - 1] + length as i64);
            }
        }
        let n_values = indptr[indptr.len() - 1] as usize;
        let (mut data, mut indices) = (vec![T::default(); n_values], vec![0i32; n_values]);
        let (mut data_left, mut indices_left) = (&mut data[..], &mut indices[..]);
        let mut row = 0;
        for block in blocks {
            let mut jobs = Vec::with_capacity(block.len());
            for range in block.ranges() {
                let length = (indptr[row + 1] - indptr[row]) as usize;
                let (row_data, rest) = data_left.split_at_mut(length);
                data_left = rest;
                let (row_indices, rest) = indices_left.split_at_mut(length);
                indices_left = rest;
                jobs.push((range, row_data, row_indices));
                row += 1;
            }
            jobs.into_par_iter().with_min_len(16).for_each_init(Vec::new, |row, (range, data, indices)| {
                row.clear();
                let pairs = block.ids[range.clone()].iter().zip(&block.counts[range]);
                row.extend(pairs.filter_map(|(&id, &count)| {
                    let column = u32::try_from(columns[id as usize]).ok()?;
                    Some(u64::from(column) << 32 | u64::from(if binary { 1 } else { count }))
                }));
                row.sort_unstable();
                for ((packed, value), column) in row.iter().zip(data).zip(indices) {
                    *value = T::of(*packed as u32);
                    *column = (packed >> 32) as i32;
                }
            });
        }
        Self { data, indices, indptr }
    }
}
