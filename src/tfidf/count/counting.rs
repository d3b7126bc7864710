//! The pass over the text: one thread's documents to counts.

use super::{Counts, NONE, Ngram, Rows};
use crate::tfidf::analyze::{Analysis, Analyzer, character_ngrams, piece_ngrams};
use crate::tfidf::terms::Terms;

/// One thread's work.
pub(super) struct Counting<'a> {
    analysis: &'a Analysis,
    stop_words: Terms,
    counts: Counts,
    rows: Rows,
    /// Per n-gram, its count in the current document; zero between documents.
    count: Vec<u32>,
    /// The n-grams of the current document.
    seen: Vec<u32>,
}

impl<'a> Counting<'a> {
    pub(super) fn new(analysis: &'a Analysis) -> Self {
        let mut stop_words = Terms::default();
        analysis.stop_words.iter().for_each(|word| {
            stop_words.intern(word);
        });
        Self {
            analysis,
            stop_words,
            counts: Counts::default(),
            rows: Rows::default(),
            count: Vec::new(),
            seen: Vec::new(),
        }
    }

    pub(super) fn run<D: AsRef<[u8]>>(mut self, documents: &[D]) -> Counts {
        match self.analysis.analyzer {
            Analyzer::Word { min_length, marks } => self.words(documents, min_length, marks),
            Analyzer::Char => self.characters(documents),
            Analyzer::CharWithinWord => self.pieces(documents),
        }
        self.counts.rows.push(self.rows);
        self.counts
    }

    fn words<D: AsRef<[u8]>>(&mut self, documents: &[D], min_length: usize, marks: bool) {
        let analysis = self.analysis;
        let (min_n, max_n) = analysis.ngram_range;
        let (mut text, mut words, mut prefixes) = (Vec::new(), Vec::new(), Vec::new());
        for document in documents {
            analysis.lower(document.as_ref(), &mut text);
            words.clear();
            analysis.words(&text, min_length, marks, |word| {
                let id = self.word(word);
                if id != NONE {
                    if max_n > 1 {
                        words.push(id);
                    }
                    if min_n == 1 {
                        self.add(id, 1);
                    }
                }
            });
            prefixes.clone_from(&words);
            for n in 2..=max_n.min(words.len()) {
                prefixes.truncate(words.len() + 1 - n);
                for (prefix, &last) in prefixes.iter_mut().zip(&words[n - 1..]) {
                    *prefix = self.counts.pair(Ngram { prefix: *prefix, last });
                }
                if n >= min_n {
                    prefixes.iter().for_each(|&id| self.add(id, 1));
                }
            }
            self.end_row();
        }
    }

    /// The n-gram of a word; `NONE` for a stop word.
    #[inline]
    fn word(&mut self, word: &[u8]) -> u32 {
        let number = self.counts.texts.intern(word);
        if number == self.counts.unigrams.len() {
            let is_stop = self.stop_words.contains(word);
            let id = if is_stop { NONE } else { self.counts.push(Ngram { prefix: NONE, last: number as u32 }) };
            self.counts.unigrams.push(id);
        }
        self.counts.unigrams[number]
    }

    fn characters<D: AsRef<[u8]>>(&mut self, documents: &[D]) {
        let (mut lowered, mut text, mut starts) = (Vec::new(), Vec::new(), Vec::new());
        for document in documents {
            self.analysis.lower(document.as_ref(), &mut lowered);
            self.analysis.space(&lowered, &mut text);
            character_ngrams(&text, self.analysis.ngram_range, &mut starts, |ngram| {
                let id = self.counts.unigram(ngram);
                self.add(id, 1);
            });
            self.end_row();
        }
    }

    fn pieces<D: AsRef<[u8]>>(&mut self, documents: &[D]) {
        let analysis = self.analysis;
        let mut pieces = Terms::default();
        // The n-grams of piece `p` are ids[ends[p]..ends[p + 1]].
        let (mut ids, mut ends) = (Vec::new(), vec![0]);
        let mut count: Vec<u32> = Vec::new();
        let mut seen = Vec::new();
        let (mut text, mut starts, mut padded) = (Vec::new(), Vec::new(), Vec::new());
        for document in documents {
            analysis.lower(document.as_ref(), &mut text);
            analysis.pieces(&text, |piece| {
                let number = pieces.intern(piece);
                if number == count.len() {
                    count.push(0);
                    padded.clear();
                    padded.push(b' ');
                    padded.extend_from_slice(piece);
                    padded.push(b' ');
                    piece_ngrams(&padded, analysis.ngram_range, &mut starts, |ngram| {
                        ids.push(self.counts.unigram(ngram))
                    });
                    ends.push(ids.len());
                }
                if count[number] == 0 {
                    seen.push(number);
                }
                count[number] += 1;
            });
            for number in seen.drain(..) {
                let n = std::mem::take(&mut count[number]);
                ids[ends[number]..ends[number + 1]].iter().for_each(|&id| self.add(id, n));
            }
            self.end_row();
        }
    }

    #[inline]
    fn add(&mut self, id: u32, n: u32) {
        let at = id as usize;
        if at >= self.count.len() {
            self.count.resize(self.counts.ngrams.len().max(at + 1), 0);
        }
        if self.count[at] == 0 {
            self.seen.push(id);
        }
        self.count[at] += n;
    }

    fn end_row(&mut self) {
        let rows = &mut self.rows;
        rows.counts.extend(self.seen.iter().map(|&id| std::mem::take(&mut self.count[id as usize])));
        rows.ids.append(&mut self.seen);
        rows.ends.push(rows.ids.len());
    }
}
