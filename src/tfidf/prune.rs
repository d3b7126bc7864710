//! Counts without what is rare: most n-grams of a large corpus occur once or twice, and take most of the memory.

use super::count::{Counts, NONE};

impl Counts {
    /// The counts without rows, of the n-grams that at least `min_df` documents have; the others are forgotten, with the
    /// texts that stand in no other.
    pub fn pruned(&self, min_df: i64) -> Self {
        let (texts, ngrams, mut totals) = self.parts();
        let mut keep: Vec<bool> = totals.document_frequency.iter().map(|&n| n >= min_df).collect();
        // What an n-gram is made of stays with it.
        for (id, &(prefix, last)) in ngrams.iter().enumerate().rev() {
            if keep[id] && prefix != NONE {
                (keep[prefix as usize], keep[last as usize]) = (true, true);
            }
        }
        let (mut kept_texts, mut kept_ngrams) = (Vec::new(), Vec::new());
        let mut number = vec![NONE; ngrams.len()];
        for (id, &(prefix, last)) in ngrams.iter().enumerate().filter(|&(id, _)| keep[id]) {
            number[id] = kept_ngrams.len() as u32;
            if prefix == NONE {
                kept_ngrams.push((NONE, kept_texts.len() as u32));
                kept_texts.push(texts[last as usize]);
            } else {
                kept_ngrams.push((number[prefix as usize], number[last as usize]));
            }
        }
        for frequencies in [&mut totals.document_frequency, &mut totals.term_frequency] {
            let mut keep = keep.iter();
            frequencies.retain(|_| *keep.next().expect("a frequency an n-gram"));
        }
        Self::from_parts(&kept_texts, &kept_ngrams, totals).expect("a part of counts is counts")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tfidf::{Analysis, Analyzer, Characters};

    #[test]
    fn what_is_rare_is_forgotten_and_the_rest_keeps_its_counts() {
        let texts = ["a ship and a ship sank", "the ship sank", "the pier", ""];
        for ngram_range in [(1, 1), (1, 2), (2, 3)] {
            let analysis = Analysis {
                analyzer: Analyzer::Word { min_length: 1, marks: false },
                ngram_range,
                lowercase: true,
                stop_words: vec![b"the".to_vec()],
                characters: Characters::shared(),
            };
            let whole = Counts::of(&texts, &analysis);
            for min_df in 0..4 {
                let pruned = whole.pruned(min_df);
                let (before, after) = (whole.totals(), pruned.totals());
                assert_eq!(after.n_documents, 4);
                let kept = |id: &&u32| before.document_frequency[**id as usize] >= min_df;
                let order = whole.sorted();
                let expected: Vec<i64> =
                    order.iter().filter(kept).map(|&id| before.term_frequency[id as usize]).collect();
                let found: Vec<i64> = pruned.sorted().iter().map(|&id| after.term_frequency[id as usize]).collect();
                assert_eq!(found, expected, "{ngram_range:?} {min_df}");
                // What is counted later joins what was kept.
                let mut later = pruned;
                later.merge(Counts::of(&texts, &analysis));
                assert_eq!(later.sorted().len(), order.len());
            }
        }
    }
}
