//! The sentences of a story, those with the same words as one.

use crate::clause::Clause;
use crate::sentence::Sentence;
use crate::span::SentenceId;
use crate::story::Story;

/// Sentences numbered through; those with the same words share their number.
pub(super) struct Nodes {
    /// The number of each sentence.
    pub of: Vec<usize>,
    /// The sentences of each number, ascending.
    pub sentences: Vec<Vec<SentenceId>>,
}

impl Nodes {
    pub fn new(story: &Story) -> Self {
        let mut nodes = Self { of: Vec::new(), sentences: Vec::new() };
        for (at, clauses) in story.clauses.iter().enumerate() {
            let first = story.first[at].index();
            // The same words may be cut otherwise where they are marked otherwise.
            let same = |a: &Clause, b: &Clause| a.words().eq(b.words());
            let twins = &story.clauses[first];
            let repeats =
                first < at && twins.len() == clauses.len() && twins.iter().zip(clauses).all(|(a, b)| same(a, b));
            let node = if repeats { nodes.of[first] } else { nodes.sentences.len() };
            if !repeats {
                nodes.sentences.push(Vec::new());
            }
            nodes.sentences[node].push(at.into());
            nodes.of.push(node);
        }
        nodes
    }

    /// The sentence that stands for all with its words.
    pub fn first(&self, node: usize) -> SentenceId {
        self.sentences[node][0]
    }

    /// For each number its articles, ascending.
    pub fn articles(&self, sentences: &[Sentence]) -> Vec<Vec<u32>> {
        let articles = |of: &Vec<SentenceId>| {
            let mut articles: Vec<u32> = of.iter().map(|at| sentences[at.index()].article.0).collect();
            articles.dedup();
            articles
        };
        self.sentences.iter().map(articles).collect()
    }
}
