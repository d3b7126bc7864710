//! Distinct byte strings, numbered in order of first occurrence, in one piece of memory.

use std::hash::Hasher;

use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// Terms and their numbers. Each is UTF-8, in which lone surrogates may stand as three bytes.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// Upper half of the hash, and the number.
    table: HashTable<(u32, u32)>,
}

fn hash(term: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(term);
    hasher.finish()
}

impl Terms {
    /// The term of a number.
    #[inline]
    pub fn get(&self, number: usize) -> &[u8] {
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.bytes[start..self.ends[number]]
    }

    /// Whether a term is known.
    pub fn contains(&self, term: &[u8]) -> bool {
        let tag = (hash(term) >> 32) as u32;
        self.table.find(spread(tag), |&(other, number)| other == tag && self.get(number as usize) == term).is_some()
    }

    /// The number of a term, a new one if it was not known.
    #[inline]
    pub fn intern(&mut self, term: &[u8]) -> usize {
        let Self { bytes, ends, table } = self;
        let hash = hash(term);
        let tag = (hash >> 32) as u32;
        let same = |&(other, number): &(u32, u32)| {
            let number = number as usize;
            other == tag && &bytes[if number == 0 { 0 } else { ends[number - 1] }..ends[number]] == term
        };
        // The table probes with the bits of the tag alone, so that it can grow without the terms.
        match table.find(spread(tag), same) {
            Some(&(_, number)) => number as usize,
            None => {
                let number = u32::try_from(ends.len()).expect("memory ends before 2^32 terms do");
                bytes.extend_from_slice(term);
                ends.push(bytes.len());
                table.insert_unique(spread(tag), (tag, number), |&(tag, _)| spread(tag));
                number as usize
            }
        }
    }
}

/// A 64-bit hash from 32 good bits: the table takes its buckets from the low end and its tags from the high one.
#[inline]
fn spread(tag: u32) -> u64 {
    u64::from(tag) | u64::from(tag) << 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_first_occurrence() {
        let mut terms = Terms::default();
        let numbers: Vec<_> = ["a", "", "b", "a", "", "c"].iter().map(|term| terms.intern(term.as_bytes())).collect();
        assert_eq!(numbers, [0, 1, 2, 0, 1, 3]);
        assert_eq!((0..4).map(|number| terms.get(number)).collect::<Vec<_>>(), [&b"a"[..], b"", b"b", b"c"]);
    }

    #[test]
    fn ten_thousand_terms_are_told_apart() {
        let mut terms = Terms::default();
        for round in 0..2 {
            for n in 0..10_000 {
                assert_eq!(terms.intern(format!("term {n}").as_bytes()), n, "round {round}");
            }
        }
    }
}
