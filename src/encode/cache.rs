//! What the transformers made of texts, kept so that no text and no pair of texts is read twice.
//!
//! What is read of a text depends on nothing else, and of a pair on its two texts alone, whichever is left: so what was
//! kept of an earlier story, or of an equal text, is what reading again would give, to the bit. Kept are 250 bytes for
//! each word piece of a text and some 16 for each pair and cross-encoder.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::cross::{CrossEncoder, PairOdds, Size};
use super::entail::{Entailed, Entailment};
use super::reader::{Reader, Reading};
use crate::error::Result;
use crate::pool::Progress;

/// A text and the one or two sentences that may say it.
pub type Question<'a> = (&'a str, &'a str, Option<&'a str>);

/// Texts and pairs of texts as they were read.
#[derive(Debug, Clone, Default)]
pub struct Cache {
    texts: FxHashMap<Arc<str>, u32>,
    /// By text; of the texts that were read.
    readings: FxHashMap<u32, Arc<Reading>>,
    /// By size, then by the two texts, the lower number first.
    pairs: [FxHashMap<(u32, u32), PairOdds>; 2],
    /// By the text and its evidence; [`NONE`] for a second sentence that there is not.
    entailed: FxHashMap<(u32, u32, u32), Arc<Entailed>>,
}

const NONE: u32 = u32::MAX;

impl Cache {
    /// Each of the texts as the reader reads it. Those that `before` lacks are read; all are kept.
    pub fn read_texts(
        &mut self,
        before: &Self,
        texts: &[&str],
        n_threads: Option<usize>,
        progress: Progress,
    ) -> Result<Vec<Arc<Reading>>> {
        let mut seen = FxHashSet::default();
        let new: Vec<&str> =
            texts.iter().copied().filter(|text| seen.insert(*text) && before.reading(text).is_none()).collect();
        let read = Reader::embedded().read(&new, n_threads, progress)?;
        for (text, reading) in new.into_iter().zip(read) {
            let text = self.number(text);
            self.readings.insert(text, Arc::new(reading));
        }
        let of = |text: &&str| {
            let number = self.number(text);
            let known = self
                .readings
                .entry(number)
                .or_insert_with(|| Arc::clone(before.reading(text).expect("what is not known before was read")));
            Arc::clone(known)
        };
        Ok(texts.iter().map(of).collect())
    }

    /// What the cross-encoder of that size says of each pair. Those that `before` lacks are read; all are kept.
    pub fn read_pairs(
        &mut self,
        size: Size,
        before: &Self,
        pairs: &[(&str, &str)],
        n_threads: Option<usize>,
        progress: Progress,
    ) -> Result<Vec<PairOdds>> {
        let nothing = Self::default();
        let before = if before.is_current(size, n_threads)? { before } else { &nothing };
        let numbers: Vec<(u32, u32)> = pairs.iter().map(|&(left, right)| self.numbers(left, right)).collect();
        let mut new = Vec::new();
        for (&(left, right), &numbers) in pairs.iter().zip(&numbers) {
            if self.pairs[size as usize].contains_key(&numbers) {
                continue;
            }
            let known = before.pair(size, left, right);
            if known.is_none() {
                new.push((numbers, (left, right)));
            }
            // A pair that is still to be read has a place already, so that it is not asked for again.
            self.pairs[size as usize].insert(numbers, known.unwrap_or_default());
        }
        let (places, texts): (Vec<_>, Vec<_>) = new.into_iter().unzip();
        let kept = &mut self.pairs[size as usize];
        if !texts.is_empty() {
            let read = CrossEncoder::embedded(size).read(&texts, n_threads, progress)?;
            kept.extend(places.into_iter().zip(read.iter().map(|signals| signals.odds())));
        }
        Ok(numbers.iter().map(|pair| kept[pair]).collect())
    }

    /// What the cross-encoder of that size said of a pair.
    pub fn pair(&self, size: Size, left: &str, right: &str) -> Option<PairOdds> {
        let [left, right] = [*self.texts.get(left)?, *self.texts.get(right)?];
        self.pairs[size as usize].get(&(left.min(right), left.max(right))).copied()
    }

    /// Keeps what the cross-encoder of that size said of a pair.
    pub fn keep_pair(&mut self, size: Size, left: &str, right: &str, odds: PairOdds) {
        let numbers = self.numbers(left, right);
        self.pairs[size as usize].insert(numbers, odds);
    }

    /// The pairs that the cross-encoder of that size has read, in no order.
    pub fn pairs(&self, size: Size) -> impl Iterator<Item = (&str, &str, PairOdds)> {
        let texts = self.by_number();
        self.pairs[size as usize]
            .iter()
            .map(move |(&(left, right), &odds)| (texts[left as usize], texts[right as usize], odds))
    }

    /// What the evidence of each question says of its text. Those that `before` lacks are read; all are kept.
    pub fn read_entailed(
        &mut self,
        before: &Self,
        questions: &[Question],
        n_threads: Option<usize>,
        progress: Progress,
    ) -> Result<Vec<Arc<Entailed>>> {
        let nothing = Self::default();
        let before = if before.is_current_entailment(n_threads)? { before } else { &nothing };
        let numbers: Vec<_> = questions.iter().map(|question| self.question(question)).collect();
        let (mut new, mut asked) = (Vec::new(), FxHashSet::default());
        for (question, &numbers) in questions.iter().zip(&numbers) {
            if self.entailed.contains_key(&numbers) || !asked.insert(numbers) {
                continue;
            }
            match before.entailed(question) {
                Some(known) => drop(self.entailed.insert(numbers, known)),
                None => new.push((numbers, question)),
            }
        }
        let read = read_entailed(new.iter().map(|&(_, question)| question), n_threads, progress)?;
        self.entailed.extend(new.iter().map(|&(numbers, _)| numbers).zip(read.into_iter().map(Arc::new)));
        Ok(numbers.iter().map(|numbers| Arc::clone(&self.entailed[numbers])).collect())
    }

    /// What the evidence of a question said.
    fn entailed(&self, &(text, first, second): &Question) -> Option<Arc<Entailed>> {
        let number = |text: &str| self.texts.get(text).copied();
        let second = second.map_or(Some(NONE), number)?;
        self.entailed.get(&(number(text)?, number(first)?, second)).cloned()
    }

    /// Keeps what the evidence of a question said.
    pub fn keep_entailed(&mut self, question: &Question, entailed: Entailed) {
        let numbers = self.question(question);
        self.entailed.insert(numbers, Arc::new(entailed));
    }

    /// The same, of what was said of sentences only what this version says.
    pub fn without_outdated(mut self, n_threads: Option<usize>) -> Result<Self> {
        if !self.is_current_entailment(n_threads)? {
            self.entailed.clear();
        }
        Ok(self)
    }

    /// The questions that were answered, in no order.
    pub fn all_entailed(&self) -> impl Iterator<Item = (Question<'_>, &Entailed)> {
        let texts = self.by_number();
        self.entailed.iter().map(move |(&(text, first, second), entailed)| {
            let second = (second != NONE).then(|| texts[second as usize]);
            ((texts[text as usize], texts[first as usize], second), &**entailed)
        })
    }

    /// As [`Self::is_current`], of questions.
    fn is_current_entailment(&self, n_threads: Option<usize>) -> Result<bool> {
        let shortest = self.all_entailed().min_by_key(|((text, first, second), _)| {
            (text.len() + first.len() + second.map_or(0, str::len), *text, *first, *second)
        });
        let Some((question, entailed)) = shortest else { return Ok(true) };
        Ok(read_entailed([&question].into_iter(), n_threads, &mut |_, _| Ok(()))?[0] == *entailed)
    }

    fn question(&mut self, &(text, first, second): &Question) -> (u32, u32, u32) {
        (self.number(text), self.number(first), second.map_or(NONE, |second| self.number(second)))
    }

    fn by_number(&self) -> Vec<&str> {
        let mut texts = vec![""; self.texts.len()];
        self.texts.iter().for_each(|(text, &number)| texts[number as usize] = text);
        texts
    }

    /// Whether what is kept is what this cross-encoder says: a saved comparison may come from another version. One pair
    /// is read to see it.
    fn is_current(&self, size: Size, n_threads: Option<usize>) -> Result<bool> {
        let Some((left, right, odds)) = self.pairs(size).min_by_key(|&(left, right, _)| left.len() + right.len())
        else {
            return Ok(true);
        };
        let read = CrossEncoder::embedded(size).read(&[(left, right)], n_threads, &mut |_, _| Ok(()))?;
        Ok(read[0].odds() == odds)
    }

    fn reading(&self, text: &str) -> Option<&Arc<Reading>> {
        self.readings.get(self.texts.get(text)?)
    }

    fn numbers(&mut self, left: &str, right: &str) -> (u32, u32) {
        let [left, right] = [left, right].map(|text| self.number(text));
        (left.min(right), left.max(right))
    }

    fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.texts.get(text) {
            return number;
        }
        let number = self.texts.len() as u32;
        self.texts.insert(text.into(), number);
        number
    }
}

fn read_entailed<'a, 'b: 'a>(
    questions: impl Iterator<Item = &'a Question<'b>>,
    n_threads: Option<usize>,
    progress: Progress,
) -> Result<Vec<Entailed>> {
    let joined = |first: &str, second: Option<&str>| [first, second.unwrap_or_default()].join(" ");
    let questions: Vec<(&str, String)> =
        questions.map(|&(text, first, second)| (text, joined(first, second))).collect();
    if questions.is_empty() {
        return Ok(Vec::new());
    }
    let questions: Vec<(&str, &str)> = questions.iter().map(|(text, evidence)| (*text, &**evidence)).collect();
    Entailment::embedded().read(&questions, n_threads, progress)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 3] =
        ["The bridge closed on Monday.", "On Monday the bridge was shut.", "The bridge closed on Monday."];

    /// How many texts or pairs are read, by what is told of the progress.
    fn counted<T>(read: impl FnOnce(Progress) -> Result<T>) -> (T, usize) {
        let mut n = 0;
        let found = read(&mut |_, total| {
            n = total;
            Ok(())
        });
        (found.unwrap(), n)
    }

    #[test]
    fn a_text_is_read_once_and_gives_what_reading_it_gives() {
        let (mut first, mut second) = (Cache::default(), Cache::default());
        let (read, n) = counted(|progress| first.read_texts(&Cache::default(), &TEXTS, None, progress));
        assert_eq!(n, 2);
        let plain = Reader::embedded().read(&TEXTS, None, &mut |_, _| Ok(())).unwrap();
        assert!(read.iter().zip(&plain).all(|(a, b)| a.rows == b.rows && a.weights == b.weights));
        let more = [TEXTS[1], "Nobody was hurt."];
        let (read, n) = counted(|progress| second.read_texts(&first, &more, None, progress));
        assert_eq!(n, 1);
        assert_eq!(read[0].rows, plain[1].rows);
        // What the second story does not hold is not kept for a third.
        assert!(second.reading(TEXTS[0]).is_none() && second.reading(TEXTS[1]).is_some());
    }

    #[test]
    fn a_pair_is_read_once_whichever_text_is_left() {
        let (mut first, mut second) = (Cache::default(), Cache::default());
        let pairs = [(TEXTS[0], TEXTS[1]), (TEXTS[1], TEXTS[2]), (TEXTS[0], TEXTS[2])];
        let (read, n) = counted(|progress| first.read_pairs(Size::Small, &Cache::default(), &pairs, None, progress));
        assert_eq!((n, read[0]), (2, read[1]));
        let plain = CrossEncoder::embedded(Size::Small).read(&pairs, None, &mut |_, _| Ok(())).unwrap();
        assert!(read.iter().zip(&plain).all(|(a, b)| *a == b.odds()));
        let (again, n) = counted(|progress| second.read_pairs(Size::Small, &first, &pairs[..1], None, progress));
        assert_eq!((n, again[0], second.pairs(Size::Small).count()), (0, read[0], 1));
    }

    #[test]
    fn what_another_model_said_of_a_sentence_is_asked_again() {
        let question: Question = (TEXTS[0], TEXTS[1], None);
        let mut other = Cache::default();
        other.keep_entailed(&question, vec![1; 6]);
        let mut kept = other.without_outdated(None).unwrap();
        let nothing = Cache::default();
        let (said, n) = counted(|progress| kept.read_entailed(&nothing, &[question, question], None, progress));
        assert_eq!((n, &said[0]), (1, &said[1]));
        assert_ne!(*said[0], vec![1; 6]);
        // What is of this version is not read again.
        let mut kept = kept.without_outdated(None).unwrap();
        let (again, n) = counted(|progress| kept.read_entailed(&nothing, &[question], None, progress));
        assert_eq!((n, &again[0]), (0, &said[0]));
    }

    #[test]
    fn what_another_model_read_is_read_again() {
        let mut other = Cache::default();
        other.keep_pair(Size::Small, TEXTS[0], TEXTS[1], PairOdds { shared: 1.0, conflict: 2.0 });
        let (read, n) = counted(|progress| {
            Cache::default().read_pairs(Size::Small, &other, &[(TEXTS[0], TEXTS[1])], None, progress)
        });
        assert_eq!(n, 1);
        assert_ne!(read[0], other.pair(Size::Small, TEXTS[1], TEXTS[0]).unwrap());
    }
}
