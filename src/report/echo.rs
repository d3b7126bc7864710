//! What links say of one sentence: how surely another article says it at least in part, and how many of its words those
//! have that may. A link over a few words of a sentence says nothing of the rest. Linear in the links and the words: each
//! word of the story is stemmed once.

use rustc_hash::{FxHashMap, FxHashSet};

use super::amounts::numbers;
use crate::align::Stemmer;
use crate::clause::Word;
use crate::link::Link;
use crate::span::SentenceId;
use crate::story::Story;

/// Another article has much of a sentence with this share of what its words weigh.
const MUCH: f32 = 0.3;

/// By sentence; of sentences that repeat, the first knows it.
pub(super) struct Echoes<'a> {
    story: &'a Story,
    min_probability: f32,
    /// The probability of the surest link.
    heard: Vec<f32>,
    /// The sentences that links lead to, with their probability.
    others: Vec<Vec<(SentenceId, f32)>>,
    /// For each term the number of its stem.
    stems: Vec<usize>,
    /// The stems of a sentence that links lead to, and its numbers: "21" and "Twenty-one" are one.
    said: FxHashMap<SentenceId, (FxHashSet<usize>, FxHashSet<u64>)>,
}

impl<'a> Echoes<'a> {
    pub fn new(story: &'a Story, links: &[Link], min_probability: f32) -> Self {
        let n = story.first.len();
        let (mut heard, mut others) = (vec![0f32; n], vec![Vec::new(); n]);
        let stems = stems(story);
        let mut said = FxHashMap::default();
        for link in links {
            for (own, other) in [(link.left, link.right), (link.right, link.left)] {
                let own = story.first[own.index()].index();
                heard[own] = heard[own].max(link.probability);
                others[own].push((other, link.probability));
                if link.probability >= min_probability {
                    let words = &story.words[other.index()];
                    said.entry(other).or_insert_with(|| {
                        let forms = forms(story, words);
                        let figures = (0..forms.len()).flat_map(|at| numbers(&forms, at)).collect();
                        (words.iter().map(|word| stems[word.term.index()]).collect(), figures)
                    });
                }
            }
        }
        Self { story, min_probability, heard, others, stems, said }
    }

    /// How probable the surest link of a sentence to another one is.
    pub fn heard(&self, sentence: usize) -> f32 {
        self.heard[self.story.first[sentence].index()]
    }

    /// Whether a sentence is linked to one that has much of its words.
    pub fn may_be_said(&self, sentence: usize) -> bool {
        let words = &self.story.words[sentence];
        self.linked(sentence).any(|other| self.share(words, other) >= MUCH)
    }

    /// Whether a sentence is linked to one that has all that some words of it tell.
    pub fn is_said(&self, sentence: usize, words: &[Word]) -> bool {
        self.linked(sentence).any(|other| self.share(words, other) >= 1.0)
    }

    fn linked(&self, sentence: usize) -> impl Iterator<Item = SentenceId> {
        let others = &self.others[self.story.first[sentence].index()];
        others.iter().filter(|(_, probability)| *probability >= self.min_probability).map(|(other, _)| *other)
    }

    /// The share of what some words weigh that another sentence has, in whatever inflection.
    fn share(&self, words: &[Word], other: SentenceId) -> f32 {
        let (stems, figures) = &self.said[&other];
        let forms = forms(self.story, words);
        let (mut said, mut all) = (0.0, 0.0);
        for (at, word) in words.iter().enumerate() {
            // The "one" of "twenty-one" belongs to the number that begins before it.
            let figure =
                || (at.saturating_sub(1)..=at).any(|at| numbers(&forms, at).iter().any(|it| figures.contains(it)));
            let has = stems.contains(&self.stems[word.term.index()]) || !numbers(&forms, at).is_empty() && figure();
            all += word.weight;
            said += if has { word.weight } else { 0.0 };
        }
        if all > 0.0 { said / all } else { 0.0 }
    }
}

fn forms<'a>(story: &'a Story, words: &[Word]) -> Vec<&'a str> {
    words.iter().map(|word| story.vocabulary.term(word.term)).collect()
}

/// The stems of a story's vocabulary, numbered as they come.
fn stems(story: &Story) -> Vec<usize> {
    let stemmer = Stemmer::default();
    let mut numbers = FxHashMap::default();
    let terms = (0..story.vocabulary.len()).map(|term| stemmer.stem(story.vocabulary.term(term.into())));
    terms
        .map(|stem| {
            let next = numbers.len();
            *numbers.entry(stem).or_insert(next)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::report::of_one_sentence;
    use crate::span::Span;

    #[test]
    fn a_number_in_words_is_said_by_one_in_digits() {
        for (own, other) in
            [("Police heard 21 shots.", "Twenty-one shots were heard by police."), ("Five fell.", "5 fell.")]
        {
            for texts in [[own, other], [other, own]] {
                let (articles, sentences) = of_one_sentence(&texts);
                let story = Story::new(&articles, &sentences, Language::English);
                let link =
                    Link { left: 0.into(), right: 1.into(), probability: 0.6, spans: Vec::new(), reasons: Vec::new() };
                assert!(Echoes::new(&story, &[link], 0.5).is_said(0, &story.words[0]), "{texts:?}");
            }
        }
    }

    #[test]
    fn a_link_over_a_few_words_says_nothing_of_the_rest() {
        let own = "Records show that Ina Holt is charged with arson, and she was held.";
        for (other, much, arson) in [
            ("A man was charged with murder.", false, false),
            ("The record shows she is charged with arson.", true, true),
            ("The court held Ina Holt, whom records show was charged.", true, false),
        ] {
            let (articles, sentences) = of_one_sentence(&[own, other]);
            let story = Story::new(&articles, &sentences, Language::English);
            let link =
                Link { left: 0.into(), right: 1.into(), probability: 0.6, spans: Vec::new(), reasons: Vec::new() };
            let echoes = Echoes::new(&story, &[link], 0.5);
            let said = story.words_in(0.into(), Span::new(own.find("charged").unwrap(), own.find(',').unwrap()));
            assert_eq!((echoes.may_be_said(0), echoes.is_said(0, said)), (much, arson), "{other}");
        }
    }
}
