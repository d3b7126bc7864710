//! Two names of which one article tells the same: both are right, as of two people under two pictures.

use super::pair::Pair;
use super::{Difference, Kind, Readings};
use crate::align::{Kind as WordKind, Prepared};
use crate::link::Scorer;

/// So much of what a sentence says beside a name must be said again.
const SAID: f32 = 0.6;

/// Whether the article of either sentence says elsewhere with the other's name what the other says with it.
pub(super) fn are_told(
    pair: &Pair,
    scorer: &Scorer,
    readings: &Readings,
    articles: [usize; 2],
    one: &Difference,
) -> bool {
    one.kind == Kind::Name
        && [(0, one.right), (1, one.left)].into_iter().any(|(side, name)| {
            let other = pair.sides[1 - side];
            let name = pair.words_under(1 - side, name);
            let stems: Vec<u32> = name.clone().map(|at| other.words[at].stem).collect();
            let beside = |at: &usize| {
                !name.contains(at) && !matches!(other.words[*at].kind, WordKind::Function | WordKind::Number)
            };
            let rest: Vec<usize> = (0..other.words.len()).filter(beside).collect();
            let all: f32 = rest.iter().map(|&at| other.weights[at]).sum();
            let said = |sentence: &Prepared| {
                let named = sentence
                    .words
                    .windows(stems.len().max(1))
                    .any(|run| run.iter().map(|word| word.stem).eq(stems.iter().copied()));
                let has = |at: &&usize| sentence.words.iter().any(|word| word.stem == other.words[**at].stem);
                named && rest.iter().filter(has).map(|&at| other.weights[at]).sum::<f32>() >= SAID * all
            };
            readings.sentences_of(articles[side]).any(|at| said(scorer.sentence(at)))
        })
}

#[cfg(test)]
mod tests {
    use crate::conflict::tests::read_in;

    #[test]
    fn two_people_under_two_pictures_are_no_contradiction() {
        let left = "Ivo Solberg lights a candle at the harbour chapel.";
        let right = "Tove Solberg lights a candle at the harbour chapel.";
        let none: &[&str] = &[];
        for (more, apart) in [
            (none, false),
            (&[right] as &[&str], true),
            (&["A candle burns at the harbour chapel, lit by Tove Solberg."], true),
            // Who is named in another matter may be taken for who did it.
            (&["Tove Solberg saw the ferry leave."], false),
        ] {
            for (first, more) in [([left, right], [more, none]), ([right, left], [none, more])] {
                let found: Vec<bool> = read_in(first, more, [None; 2]).0.iter().map(|one| one.is_apart()).collect();
                assert_eq!(found, [apart], "{first:?} {more:?}");
            }
        }
    }
}
