//! How like the words of a small story are, asked once: the same thousand words meet in every pair of its sentences.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Prepared;
use super::likeness::{Key, Vectors, likely};
use super::words::{Kind, Lexicon, Word};
use crate::error::Result;
use crate::pool::install;

/// The most words of which all pairs are asked, 16 MB of likenesses: those of some 300 sentences. In a larger story few
/// pairs of words meet more than once.
const MAX_WORDS: usize = 2048;

/// How like any two of some words are; of none at first.
#[derive(Debug, Default)]
pub struct Likenesses {
    n_words: usize,
    /// By word, then by word.
    all: Vec<f32>,
}

impl Likenesses {
    /// Of the words of sentences that have their keys, which get their numbers here; of none if they are too many.
    pub fn new(
        sentences: &mut [Prepared],
        lexicon: &Lexicon,
        vectors: &Vectors,
        n_threads: Option<usize>,
    ) -> Result<Self> {
        let mut numbers = FxHashMap::default();
        let mut words: Vec<(Key, Word)> = Vec::new();
        for sentence in sentences {
            for (key, word) in sentence.keys.iter_mut().zip(&sentence.words) {
                // Of figures there are as many as are written.
                if word.kind == Kind::Number {
                    continue;
                }
                let number =
                    numbers.entry((word.form, word.kind, word.alias, word.phrase)).or_insert(words.len() as u32);
                key.number = *number;
                if *number as usize == words.len() {
                    words.push((*key, *word));
                }
            }
        }
        let n_words = words.len();
        if n_words > MAX_WORDS {
            return Ok(Self::default());
        }
        let row = |at: usize| {
            let (a, x) = &words[at];
            let like = |(b, y): &(Key, Word)| alike((a, x), (b, y), lexicon, vectors);
            (at..n_words).map(|other| (other, like(&words[other]))).filter(|(_, like)| *like > 0.0).collect()
        };
        let rows: Vec<Vec<(usize, f32)>> = install(n_threads, || (0..n_words).into_par_iter().map(row).collect())?;
        let mut all = vec![0.0; n_words * n_words];
        for (at, row) in rows.iter().enumerate() {
            for &(other, like) in row {
                all[at * n_words + other] = like;
                all[other * n_words + at] = like;
            }
        }
        Ok(Self { n_words, all })
    }

    /// How like a word is to each by its number; to none where that is not known.
    #[inline]
    pub(super) fn row(&self, word: &Key) -> &[f32] {
        self.all.get(word.number as usize * self.n_words..).map_or(&[], |rows| &rows[..self.n_words])
    }
}

/// How like two words are, or 0 where that is chance; what tells nothing of its own is like itself alone.
pub(super) fn alike((a, x): (&Key, &Word), (b, y): (&Key, &Word), lexicon: &Lexicon, vectors: &Vectors) -> f32 {
    match a.is_function() || b.is_function() {
        true => f32::from(u8::from(a.stem == b.stem)),
        false => likely((a, x), (b, y), lexicon, vectors),
    }
}
