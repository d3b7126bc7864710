//! Terms and the numbers that stand for them.

use rustc_hash::FxHashMap;

use crate::span::TermId;

/// Terms numbered in order of first occurrence.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    ids: FxHashMap<String, TermId>,
    terms: Vec<String>,
}

impl Vocabulary {
    /// The id of `term`, a new one if it was not known.
    pub fn intern(&mut self, term: &str) -> TermId {
        if let Some(id) = self.ids.get(term) {
            return *id;
        }
        let id = TermId::from(self.terms.len());
        self.terms.push(term.to_owned());
        self.ids.insert(term.to_owned(), id);
        id
    }

    /// The id of `term`, if it is known.
    pub fn find(&self, term: &str) -> Option<TermId> {
        self.ids.get(term).copied()
    }

    /// The term behind an id.
    pub fn term(&self, id: TermId) -> &str {
        &self.terms[id.index()]
    }

    /// Number of terms.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there is no term.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_numbered_as_they_come() {
        let mut vocabulary = Vocabulary::default();
        assert!(vocabulary.is_empty());
        let ids: Vec<u32> = ["b", "a", "b"].map(|term| vocabulary.intern(term).0).into();
        assert_eq!((ids, vocabulary.len(), vocabulary.term(TermId(1))), (vec![0, 1, 0], 2, "a"));
    }
}
