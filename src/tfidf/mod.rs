//! Floor 6. Rows of term weights. A "document" is a row, and in a comparison a row is a sentence.
//!
//! Two ways in. A comparison has numbered its terms already ([`idf`], [`tfidf`]). Raw text is counted here
//! ([`Counts`]), under the rules of scikit-learn's vectorizers, and weighed in place ([`weigh_rows`]).

mod analyze;
mod characters;
mod count;
mod prune;
mod terms;
mod weigh;

pub use analyze::{Analysis, Analyzer};
pub use characters::Characters;
pub use count::{CountMatrix, Counts, Rows, Totals, Value};
pub use weigh::{Index, Norm, Weight, weigh_rows};

use crate::span::TermId;

/// Compressed sparse rows, as SciPy names the arrays; column indices ascend within a row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CsrMatrix {
    /// The stored values.
    pub data: Vec<f32>,
    /// The column of each value.
    pub indices: Vec<i32>,
    /// Where each row starts in `data`, and one past the last.
    pub indptr: Vec<i32>,
    /// Number of columns.
    pub n_columns: usize,
}

impl CsrMatrix {
    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.indptr.len().saturating_sub(1)
    }

    /// Columns and values of one row.
    pub fn row(&self, row: usize) -> (&[i32], &[f32]) {
        let range = self.indptr[row] as usize..self.indptr[row + 1] as usize;
        (&self.indices[range.clone()], &self.data[range])
    }
}

/// Smoothed inverse document frequency, `ln((1 + n) / (1 + df)) + 1`.
pub fn idf(rows: &[Vec<TermId>], n_terms: usize) -> Vec<f32> {
    let mut document_frequency = vec![0u32; n_terms];
    for row in rows {
        let mut terms: Vec<_> = row.iter().collect();
        terms.sort_unstable();
        terms.dedup();
        for term in terms {
            document_frequency[term.index()] += 1;
        }
    }
    let n = rows.len() as f32;
    document_frequency.iter().map(|&df| ((1.0 + n) / (1.0 + df as f32)).ln() + 1.0).collect()
}

/// Rows of `tf * idf`, scaled to length 1.
pub fn tfidf(rows: &[Vec<TermId>], idf: &[f32]) -> CsrMatrix {
    let mut matrix = CsrMatrix { indptr: vec![0], n_columns: idf.len(), ..CsrMatrix::default() };
    for row in rows {
        let mut terms = row.clone();
        terms.sort_unstable();
        let start = matrix.data.len();
        for group in terms.chunk_by(|a, b| a == b) {
            matrix.indices.push(group[0].0 as i32);
            matrix.data.push(group.len() as f32 * idf[group[0].index()]);
        }
        let norm = matrix.data[start..].iter().map(|x| x * x).sum::<f32>().sqrt();
        matrix.data[start..].iter_mut().for_each(|x| *x /= norm);
        matrix.indptr.push(matrix.data.len() as i32);
    }
    matrix
}
