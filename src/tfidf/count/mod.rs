//! Documents to counts of n-grams.
//!
//! In: documents, as UTF-8. Out: [`Counts`], the distinct n-grams in order of first occurrence and, per document,
//! how often each occurs. Two counts [merge](Counts::merge) into what counting both inputs in one go gives, so the
//! same function joins threads, chunks and machines.
//!
//! An n-gram of words is a pair of numbers, the n-gram without its last word and that word, so no text is joined
//! before the vocabulary is asked for; an n-gram of characters is looked up by its bytes, and under
//! [`Analyzer::CharWithinWord`] only once per distinct piece of text. Cost: one pass over the text, one look-up per
//! n-gram; columns are sorted at the end.

mod counting;
mod rows;

pub use rows::{CountMatrix, Rows, Value};

use hashbrown::HashTable;
use rayon::prelude::*;

use super::analyze::Analysis;
use super::terms::Terms;
use counting::Counting;

/// Marks a unigram in [`Ngram::prefix`], and a word that is left out.
pub(super) const NONE: u32 = u32::MAX;

/// Below this many bytes one thread counts alone.
const MIN_BYTES: usize = 1 << 16;

/// An n-gram: the one before its last word, and that word (for a unigram the number of its text).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ngram {
    prefix: u32,
    last: u32,
}

/// The n-grams of some documents and how often each occurs where.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    texts: Terms,
    /// The n-gram of each text; `NONE` for a stop word.
    unigrams: Vec<u32>,
    ngrams: Vec<Ngram>,
    /// The n-grams of two and more words, prefix and last word in one key.
    pairs: HashTable<(u64, u32)>,
    /// Which n-grams occur in which document; blocks follow one another.
    rows: Vec<Rows>,
    /// Documents and occurrences of n-grams in rows that were [forgotten](Counts::forget_rows).
    forgotten: Totals,
}

/// What a model needs of the counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Number of documents.
    pub n_documents: usize,
    /// Per n-gram, in how many documents it occurs.
    pub document_frequency: Vec<i64>,
    /// Per n-gram, how often it occurs.
    pub term_frequency: Vec<i64>,
}

/// Texts, n-grams as (prefix, last word) pairs, totals.
pub type Parts<'a> = (Vec<&'a [u8]>, Vec<(u32, u32)>, Totals);

impl Counts {
    /// Counts documents, on the threads of the current pool.
    pub fn of<D: AsRef<[u8]> + Sync>(documents: &[D], analysis: &Analysis) -> Self {
        let n_bytes: usize = documents.iter().map(|document| document.as_ref().len()).sum();
        let block = (n_bytes / rayon::current_num_threads()).max(MIN_BYTES);
        Self::of_blocks(documents, n_bytes, block, analysis)
    }

    fn of_blocks<D: AsRef<[u8]> + Sync>(documents: &[D], n_bytes: usize, block: usize, analysis: &Analysis) -> Self {
        if documents.len() < 2 || n_bytes < block + block / 2 {
            return Counting::new(analysis).run(documents);
        }
        let mut n_left = 0;
        let mut middle = 0;
        while middle + 1 < documents.len() && (middle == 0 || n_left < n_bytes / 2) {
            n_left += documents[middle].as_ref().len();
            middle += 1;
        }
        let (left, right) = documents.split_at(middle);
        let (mut left, right) = rayon::join(
            || Self::of_blocks(left, n_left, block, analysis),
            || Self::of_blocks(right, n_bytes - n_left, block, analysis),
        );
        left.merge(right);
        left
    }

    /// Number of n-grams, among them those too short to count.
    pub fn n_ngrams(&self) -> usize {
        self.ngrams.len()
    }

    /// Number of documents.
    pub fn n_documents(&self) -> usize {
        self.forgotten.n_documents + self.rows.iter().map(Rows::len).sum::<usize>()
    }

    /// The text of an n-gram, appended to `text`.
    pub fn text(&self, id: usize, text: &mut Vec<u8>) {
        let Ngram { prefix, last } = self.ngrams[id];
        if prefix == NONE {
            return text.extend_from_slice(self.texts.get(last as usize));
        }
        self.text(prefix as usize, text);
        text.push(b' ');
        self.text(last as usize, text);
    }

    /// Adds the counts of the documents that follow, made with the same analysis.
    pub fn merge(&mut self, other: Self) {
        if self.ngrams.is_empty() && self.n_documents() == 0 {
            *self = other;
            return;
        }
        let mut ids: Vec<u32> = Vec::with_capacity(other.ngrams.len());
        for &Ngram { prefix, last } in &other.ngrams {
            ids.push(match prefix {
                NONE => self.unigram(other.texts.get(last as usize)),
                _ => self.pair(Ngram { prefix: ids[prefix as usize], last: ids[last as usize] }),
            });
        }
        let totals = &other.forgotten;
        if totals.n_documents > 0 {
            self.forgotten.resize(self.ngrams.len());
            for (from, &to) in ids.iter().enumerate().take(totals.document_frequency.len()) {
                self.forgotten.document_frequency[to as usize] += totals.document_frequency[from];
                self.forgotten.term_frequency[to as usize] += totals.term_frequency[from];
            }
            self.forgotten.n_documents += totals.n_documents;
        }
        for mut rows in other.rows {
            rows.ids.iter_mut().for_each(|id| *id = ids[*id as usize]);
            self.rows.push(rows);
        }
    }

    /// The documents, which is all that a matrix needs; the rest is dropped.
    pub fn into_rows(self) -> Vec<Rows> {
        self.rows
    }

    /// Drops the documents and keeps their totals, which is all that a model needs.
    pub fn forget_rows(&mut self) {
        self.forgotten = self.totals();
        self.rows = Vec::new();
    }

    /// The state without rows, to be sent elsewhere.
    pub fn parts(&self) -> Parts<'_> {
        let texts = (0..self.unigrams.len()).map(|number| self.texts.get(number)).collect();
        let ngrams = self.ngrams.iter().map(|ngram| (ngram.prefix, ngram.last)).collect();
        (texts, ngrams, self.totals())
    }

    /// The inverse of [`parts`](Counts::parts); `None` when the parts do not belong together.
    pub fn from_parts<T: AsRef<[u8]>>(texts: &[T], ngrams: &[(u32, u32)], totals: Totals) -> Option<Self> {
        let mut counts = Self::default();
        for (number, text) in texts.iter().enumerate() {
            if counts.texts.intern(text.as_ref()) != number {
                return None;
            }
            counts.unigrams.push(NONE);
        }
        for (id, &(prefix, last)) in ngrams.iter().enumerate() {
            if prefix == NONE {
                if *counts.unigrams.get(last as usize)? != NONE {
                    return None;
                }
                counts.unigrams[last as usize] = counts.push(Ngram { prefix, last });
            } else if (prefix as usize) < id && (last as usize) < id {
                counts.pair(Ngram { prefix, last });
            }
        }
        let fits = |frequencies: &[i64]| frequencies.len() == ngrams.len() && frequencies.iter().all(|&n| n >= 0);
        let whole = counts.ngrams.len() == ngrams.len();
        counts.forgotten = totals;
        let totals = &counts.forgotten;
        (whole && fits(&totals.document_frequency) && fits(&totals.term_frequency)).then_some(counts)
    }

    /// How often each n-gram occurs.
    pub fn totals(&self) -> Totals {
        let mut totals = self.forgotten.clone();
        totals.resize(self.ngrams.len());
        self.rows.iter().for_each(|rows| rows.add_to(&mut totals));
        totals
    }

    /// The n-grams that occur, sorted as Python sorts strings.
    pub fn sorted(&self) -> Vec<u32> {
        let mut occurs = vec![false; self.ngrams.len()];
        self.rows.iter().flat_map(|rows| &rows.ids).for_each(|&id| occurs[id as usize] = true);
        for (id, &frequency) in self.forgotten.document_frequency.iter().enumerate() {
            occurs[id] |= frequency > 0;
        }
        let mut order: Vec<u32> = (0..self.ngrams.len() as u32).filter(|&id| occurs[id as usize]).collect();
        let ranks = self.ranks();
        order.par_sort_unstable_by_key(|&id| ranks[id as usize]);
        order
    }

    /// The rank of each n-gram among all in code point order, level by level: with a space below every character of
    /// a word, texts compare as the lists of their words do.
    fn ranks(&self) -> Vec<u32> {
        let text = |id: u32| self.texts.get(self.ngrams[id as usize].last as usize);
        let mut level: Vec<u32> =
            (0..self.ngrams.len() as u32).filter(|&id| self.ngrams[id as usize].prefix == NONE).collect();
        level.par_sort_unstable_by(|&a, &b| text(a).cmp(text(b)));
        let mut ranks = vec![0; self.ngrams.len()];
        level.iter().zip(0..).for_each(|(&id, rank)| ranks[id as usize] = rank);
        let words = ranks.clone();
        let mut depths = vec![1u32; self.ngrams.len()];
        for (id, ngram) in self.ngrams.iter().enumerate().filter(|(_, ngram)| ngram.prefix != NONE) {
            depths[id] = depths[ngram.prefix as usize] + 1;
        }
        for depth in 2..=depths.iter().copied().max().unwrap_or(1) {
            let key = |id: u32| {
                let Ngram { prefix, last } = self.ngrams[id as usize];
                match depths[id as usize] < depth {
                    true => u64::from(ranks[id as usize]) << 32,
                    false => u64::from(ranks[prefix as usize]) << 32 | u64::from(words[last as usize] + 1),
                }
            };
            let ids = (0..self.ngrams.len() as u32).into_par_iter().filter(|&id| depths[id as usize] <= depth);
            let mut keyed: Vec<(u64, u32)> = ids.map(|id| (key(id), id)).collect();
            keyed.par_sort_unstable();
            keyed.iter().zip(0..).for_each(|(&(_, id), rank)| ranks[id as usize] = rank);
        }
        ranks
    }

    fn unigram(&mut self, text: &[u8]) -> u32 {
        let number = self.texts.intern(text);
        if number == self.unigrams.len() {
            let id = self.push(Ngram { prefix: NONE, last: number as u32 });
            self.unigrams.push(id);
        }
        self.unigrams[number]
    }

    #[inline]
    fn pair(&mut self, ngram: Ngram) -> u32 {
        let hash = |key: u64| {
            let product = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            product ^ product >> 32
        };
        let key = u64::from(ngram.prefix) << 32 | u64::from(ngram.last);
        if let Some(&(_, id)) = self.pairs.find(hash(key), |&(other, _)| other == key) {
            return id;
        }
        let id = self.push(ngram);
        self.pairs.insert_unique(hash(key), (key, id), |&(key, _)| hash(key));
        id
    }

    fn push(&mut self, ngram: Ngram) -> u32 {
        let id = u32::try_from(self.ngrams.len()).expect("memory ends before 2^32 n-grams do");
        self.ngrams.push(ngram);
        id
    }
}

impl Totals {
    fn resize(&mut self, n_ngrams: usize) {
        self.document_frequency.resize(n_ngrams, 0);
        self.term_frequency.resize(n_ngrams, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tfidf::{Analyzer, Characters};

    const TEXTS: [&str; 6] = [
        "The bridge closed. The BRIDGE closed!",
        "Two ships struck the bridge; the ships sank",
        "",
        "a b c",
        "Çà et là: l’été, naïve",
        "the bridge",
    ];

    fn analysis(analyzer: Analyzer, ngram_range: (usize, usize)) -> Analysis {
        let stop_words = vec![b"the".to_vec()];
        Analysis { analyzer, ngram_range, lowercase: true, stop_words, characters: Characters::shared() }
    }

    fn terms(counts: &Counts, ids: impl IntoIterator<Item = u32>) -> Vec<String> {
        let text = |id: u32| {
            let mut text = Vec::new();
            counts.text(id as usize, &mut text);
            String::from_utf8(text).unwrap()
        };
        ids.into_iter().map(text).collect()
    }

    /// Terms in order of first occurrence and in their own order, totals, and the matrix.
    fn outcome(counts: Counts) -> (Vec<String>, Vec<String>, Totals, CountMatrix<i64>) {
        let all = terms(&counts, 0..counts.n_ngrams() as u32);
        let sorted = terms(&counts, counts.sorted());
        let totals = counts.totals();
        let columns: Vec<i32> = (0..counts.n_ngrams() as i32).collect();
        (all, sorted, totals, CountMatrix::new(counts.into_rows(), &columns, false))
    }

    fn analyses() -> Vec<Analysis> {
        let word = Analyzer::Word { min_length: 2, marks: false };
        let kinds = [(word, (1, 1)), (word, (1, 3)), (word, (2, 2)), (Analyzer::Char, (1, 3))];
        let kinds = kinds.into_iter().chain([(Analyzer::CharWithinWord, (2, 5))]);
        kinds.map(|(analyzer, range)| analysis(analyzer, range)).collect()
    }

    #[test]
    fn words_are_counted_without_stop_words() {
        let (all, sorted, totals, matrix) = outcome(Counts::of(&TEXTS[..2], &analyses()[1]));
        assert_eq!(all[..5], ["bridge", "closed", "bridge closed", "closed bridge", "bridge closed bridge"]);
        let mut by_text = sorted.clone();
        by_text.sort();
        assert_eq!(sorted, by_text);
        assert_eq!((totals.document_frequency[0], totals.term_frequency[0]), (2, 3));
        assert_eq!(matrix.data[..3], [2, 2, 2]);
        assert_eq!(matrix.indptr, [0, 6, matrix.data.len() as i64]);
    }

    #[test]
    fn parts_merge_to_the_whole_wherever_they_are_cut() {
        for analysis in analyses() {
            let whole = outcome(Counts::of(&TEXTS, &analysis));
            for cut in 0..=TEXTS.len() {
                let mut parts = Counts::of(&TEXTS[..cut], &analysis);
                parts.merge(Counts::of(&TEXTS[cut..], &analysis));
                assert_eq!(outcome(parts), whole, "cut at {cut}, {analysis:?}");
            }
        }
    }

    #[test]
    fn totals_survive_without_rows_and_as_parts() {
        for analysis in analyses() {
            let whole = Counts::of(&TEXTS, &analysis);
            let mut first = Counts::of(&TEXTS[..3], &analysis);
            first.forget_rows();
            let (texts, ngrams, totals) = first.parts();
            let mut again = Counts::from_parts(&texts, &ngrams, totals).unwrap();
            again.merge(Counts::of(&TEXTS[3..], &analysis));
            assert_eq!(again.totals(), whole.totals());
            assert_eq!(terms(&again, again.sorted()), terms(&whole, whole.sorted()));
        }
        assert!(Counts::from_parts(&["a"], &[(3, 4)], Totals::default()).is_none());
        let twice = |n: usize| Totals { document_frequency: vec![1; n], term_frequency: vec![1; n], n_documents: 1 };
        assert!(Counts::from_parts(&["a", "a"], &[(NONE, 0), (NONE, 1)], twice(2)).is_none());
        assert!(Counts::from_parts(&["a", "b"], &[(NONE, 0), (NONE, 0)], twice(2)).is_none());
    }

    #[test]
    fn columns_are_left_out_and_rows_stay() {
        let counts = Counts::of(&TEXTS, &analyses()[0]);
        let mut columns = vec![-1; counts.n_ngrams()];
        columns[0] = 0;
        let matrix = CountMatrix::<f32>::new(counts.into_rows(), &columns, true);
        assert_eq!((matrix.data, matrix.indices), (vec![1.0; 3], vec![0; 3]));
        assert_eq!(matrix.indptr, [0, 1, 2, 2, 2, 2, 3]);
    }
}
