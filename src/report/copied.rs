//! Which words of a sentence another article has too, word for word: those of a run that stands there in the same order.
//!
//! Nobody calls such words new, whatever is thought of the sentences around them. Linear in the words.

use rustc_hash::FxHashMap;

use crate::clause::Word;
use crate::sentence::Sentence;
use crate::span::{ArticleId, Span, TermId};
use crate::story::Story;

/// Fewer words in a row are a phrase that anybody uses, and so are those of which fewer tell something.
const RUN: usize = 5;
const MIN_TELLING: usize = 2;

/// Who has a run of words.
#[derive(Clone, Copy, PartialEq)]
enum Owner {
    One(ArticleId),
    Several,
}

/// The runs of words of all sentences.
pub(super) struct Copied(FxHashMap<[TermId; RUN], Owner>);

impl Copied {
    pub fn new(sentences: &[Sentence], story: &Story) -> Self {
        let mut runs = FxHashMap::default();
        for (sentence, words) in sentences.iter().zip(&story.words) {
            for run in words.windows(RUN).filter(|run| tells(run)) {
                let own = Owner::One(sentence.article);
                runs.entry(terms(run))
                    .and_modify(|owner| {
                        if *owner != own {
                            *owner = Owner::Several
                        }
                    })
                    .or_insert(own);
            }
        }
        Self(runs)
    }

    /// For each word of a sentence of an article whether it stands in a run that another one has.
    pub fn words(&self, article: ArticleId, words: &[Word]) -> Vec<bool> {
        let mut copied = vec![false; words.len()];
        for (at, run) in words.windows(RUN).enumerate().filter(|(_, run)| tells(run)) {
            let others = |owner: &Owner| *owner != Owner::One(article);
            if self.0.get(&terms(run)).is_some_and(others) {
                copied[at..at + RUN].fill(true);
            }
        }
        copied
    }
}

fn tells(run: &[Word]) -> bool {
    run.iter().filter(|word| word.weight > 0.0).count() >= MIN_TELLING
}

fn terms(run: &[Word]) -> [TermId; RUN] {
    std::array::from_fn(|at| run[at].term)
}

/// The share of the words of a span that are copied.
pub(super) fn share(words: &[Word], copied: &[bool], span: Span) -> f32 {
    let inside = || words.iter().zip(copied).filter(|(word, _)| span.contains(word.span));
    inside().filter(|(_, copied)| **copied).count() as f32 / inside().count().max(1) as f32
}

/// A part of a sentence without what is copied at either end.
pub(super) fn own_part(words: &[Word], copied: &[bool], part: Span) -> Option<Span> {
    let inside = words.iter().zip(copied).filter(|(word, _)| part.contains(word.span));
    let inside: Vec<(Span, bool)> = inside.map(|(word, copied)| (word.span, *copied)).collect();
    let first = inside.iter().position(|(_, copied)| !copied)?;
    let last = inside.iter().rposition(|(_, copied)| !copied)?;
    // Marks at an end that stays belong to it.
    let start = if first == 0 { part.start } else { inside[first].0.start };
    let end = if last + 1 == inside.len() { part.end } else { inside[last].0.end };
    Some(Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::report::of_one_sentence;

    #[test]
    fn what_another_article_has_word_for_word_is_cut_off() {
        let own = "Holt was charged with theft of two old boats, a clerk told reporters outside the court.";
        let part = "charged with theft of two old boats, a clerk told reporters outside the court.";
        for (other, left) in [
            ("He is charged with theft of two old boats.", Some("a clerk told reporters outside the court.")),
            ("A clerk told reporters outside the court.", Some("charged with theft of two old boats")),
            ("He is charged with theft of a boat.", Some(part)),
            ("Charged with theft of two old boats, a clerk told reporters outside the court.", None),
        ] {
            let (articles, sentences) = of_one_sentence(&[own, other]);
            let story = Story::new(&articles, &sentences, Language::English);
            let copied = Copied::new(&sentences, &story).words(0.into(), &story.words[0]);
            let start = own.find(part).unwrap();
            let found = own_part(&story.words[0], &copied, Span::new(start, start + part.len()));
            assert_eq!(found.map(|span| span.of(own)), left, "{other}");
        }
    }
}
