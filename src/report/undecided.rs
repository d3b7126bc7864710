//! Disputes of which one article holds both sides: it speaks of two things, or of a part and its whole, and so do the others.
//! An article that puts right what it told before holds to the later one alone.

use std::collections::BTreeMap;

use crate::article::Article;
use crate::sentence::Sentence;
use crate::statement::Mention;
use crate::token::words;

/// Whether an article gives two of the values, and does not say that one of them is no longer right.
pub(super) fn is_undecided(values: &[Vec<Mention>], articles: &[Article], sentences: &[Sentence]) -> bool {
    let mut told: BTreeMap<usize, (usize, bool, bool)> = BTreeMap::new();
    for (value, mention) in values.iter().enumerate().flat_map(|(at, value)| value.iter().map(move |one| (at, one))) {
        let sentence = &sentences[mention.sentence.index()];
        let article = sentence.article.index();
        let corrects = corrects(sentence.span.of(&articles[article].text));
        let (first, both, corrected) = told.entry(article).or_insert((value, false, false));
        *both |= *first != value;
        *corrected |= corrects;
    }
    told.values().any(|&(_, both, corrected)| both && !corrected)
}

/// Whether a sentence tells of what was reported before, or puts it right.
fn corrects(text: &str) -> bool {
    words(text).iter().any(|word| {
        matches!(
            &*word.span.of(text).to_lowercase(),
            "corrected"
                | "correction"
                | "earlier"
                | "incorrectly"
                | "initial"
                | "initially"
                | "mistakenly"
                | "originally"
                | "previous"
                | "previously"
                | "revised"
                | "updated"
                | "wrongly"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::Kind;
    use crate::span::Span;

    #[test]
    fn who_gives_both_values_decides_nothing() {
        let undecided = |told: [(usize, &str); 2]| {
            let text = |article: usize| told.iter().filter(|one| one.0 == article).map(|one| one.1).collect::<String>();
            let articles: Vec<Article> = (0..2).map(|at| Article::new(at.to_string(), text(at))).collect();
            let sentence = |(article, said): (usize, &str)| {
                let start = text(article).find(said).unwrap();
                let span = Span::new(start, start + said.len());
                Sentence { article: article.into(), index: 0, span, kind: Kind::Body }
            };
            let sentences = told.map(sentence);
            let mention = |at: usize| Mention::new(at.into(), Span::new(0, 4), 0.9);
            is_undecided(&[vec![mention(0)], vec![mention(1)]], &articles, &sentences)
        };
        assert!(undecided([(0, "Four were hurt."), (0, "Five were hurt.")]));
        assert!(!undecided([(0, "Four were hurt."), (1, "Five were hurt.")]));
        assert!(!undecided([(0, "Four were hurt."), (0, "Initially five were said to be hurt.")]));
    }
}
