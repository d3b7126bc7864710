//! The claims of a story, numbered.

use crate::clause::Clause;
use crate::sentence::Sentence;
use crate::span::SentenceId;
use crate::story::Story;

/// Claims numbered through; sentences with the same words share their numbers.
pub(super) struct Nodes {
    /// The number of each sentence's first claim.
    pub start: Vec<usize>,
    /// How many claims each sentence makes.
    n_claims: Vec<usize>,
    /// The sentence and the clause of each number.
    pub owner: Vec<(SentenceId, usize)>,
    /// The article and the sentence of each number.
    pub places: Vec<(u32, u32)>,
    /// For each sentence the one whose numbers it has.
    pub first: Vec<SentenceId>,
}

impl Nodes {
    pub fn new(sentences: &[Sentence], story: &Story) -> Self {
        let mut nodes =
            Self { start: Vec::new(), n_claims: Vec::new(), owner: Vec::new(), places: Vec::new(), first: Vec::new() };
        for (at, clauses) in story.clauses.iter().enumerate() {
            let first = story.first[at].index();
            // The same words may be cut otherwise where they are marked otherwise.
            let same = |a: &Clause, b: &Clause| a.words().eq(b.words());
            let twins = &story.clauses[first];
            let repeats =
                first < at && twins.len() == clauses.len() && twins.iter().zip(clauses).all(|(a, b)| same(a, b));
            nodes.start.push(if repeats { nodes.start[first] } else { nodes.owner.len() });
            nodes.n_claims.push(clauses.len());
            nodes.first.push(if repeats { first.into() } else { at.into() });
            if !repeats {
                nodes.owner.extend((0..clauses.len()).map(|clause| (SentenceId::from(at), clause)));
                nodes.places.extend(clauses.iter().map(|_| (sentences[at].article.0, at as u32)));
            }
        }
        nodes
    }

    pub fn n_claims(&self, sentence: SentenceId) -> usize {
        self.n_claims[sentence.index()]
    }

    /// The numbers of a sentence's claims.
    pub fn of(&self, sentence: SentenceId) -> std::ops::Range<usize> {
        let start = self.start[sentence.index()];
        start..start + self.n_claims(sentence)
    }
}
