//! One quotation that two sentences give to two named speakers: "..., Ida Lund said" / "..., Eva Dahl told reporters".

use std::ops::Range;

use super::names::spelt_alike;
use super::pair::Pair;
use super::weights::{Sign, signs};
use super::{Difference, Kind};
use crate::align::Kind as WordKind;
use crate::clause::{is_saying, quotation};
use crate::span::Span;

/// A quotation of fewer words that tell something may be anybody's.
const MIN_TELLING: usize = 3;
/// Names less alike than that are two.
const ALIKE: f32 = 0.6;

/// Where two sentences let two people say the same words.
pub(super) fn difference(pair: &Pair) -> Option<Difference> {
    let [one, other] = [Said::of(pair, 0)?, Said::of(pair, 1)?];
    let within = |side: usize, at: &usize, quote: &Range<usize>| {
        pair.partner(side, *at).is_some_and(|partner| quote.contains(&partner))
    };
    let telling = |side: usize, quote: &Range<usize>| -> Vec<usize> {
        quote.clone().filter(|&at| pair.word(side, at).kind != WordKind::Function).collect()
    };
    let repeats = |side: usize, own: &Range<usize>, quote: &Range<usize>| {
        let telling = telling(side, own);
        telling.len() >= MIN_TELLING && telling.iter().all(|at| within(side, at, quote))
    };
    // Two cuts of one quotation are one.
    let same = repeats(0, &one.quote, &other.quote) || repeats(1, &other.quote, &one.quote);
    let apart = |side: usize, name: &Range<usize>| name.clone().all(|at| pair.likeness(side, at) < ALIKE);
    let said = [(0, &one.speaker), (1, &other.speaker)].map(|(side, name)| pair.span(side, name).of(pair.texts[side]));
    if !same || !apart(0, &one.speaker) || !apart(1, &other.speaker) || spelt_alike(said[0], said[1]) {
        return None;
    }
    let mut signs = signs(pair, &one.speaker, &other.speaker, Sign::name);
    Sign::of_one.set(&mut signs, 1.0);
    let (left, right) = (pair.span(0, &one.speaker), pair.span(1, &other.speaker));
    Some(Difference { kind: Kind::Source, what: "who said it".to_owned(), left, right, signs })
}

/// A quotation and who is named beside a verb of saying.
struct Said {
    quote: Range<usize>,
    speaker: Range<usize>,
}

impl Said {
    fn of(pair: &Pair, side: usize) -> Option<Self> {
        let text = pair.texts[side];
        let quote = quotation(text)?;
        let quote = pair.words_under(side, Span::new(quote.start, quote.end));
        let all = pair.side(side);
        let n = all.words.len();
        let outside = |at: usize| at < n && !quote.contains(&at);
        let is_named = |at: usize| outside(at) && all.is_name(at);
        let run = |at: usize| {
            let first = (0..=at).rev().take_while(|&at| is_named(at)).last().unwrap_or(at);
            let last = (at..n).take_while(|&at| is_named(at)).last().unwrap_or(at);
            first..last + 1
        };
        let mut speakers = (0..n).filter(|&at| outside(at) && is_saying(all.form(at))).map(|verb| {
            let before = verb.checked_sub(1).filter(|&at| is_named(at));
            before.or(Some(verb + 1).filter(|&at| is_named(at))).map(run)
        });
        // Of two who speak the words may be either's.
        let speaker = speakers.next()??;
        speakers.next().is_none().then_some(Self { quote, speaker })
    }
}

#[cfg(test)]
mod tests {
    use crate::conflict::Kind;
    use crate::conflict::tests::read;

    #[test]
    fn one_quotation_has_one_speaker() {
        let mut wrong = Vec::new();
        for (left, right, told) in [
            (
                "“Nobody mends a quay with promises,” Lund said.",
                "“Nobody mends a quay with promises,” harbour master Eva Dahl told reporters.",
                true,
            ),
            (
                "“Nobody mends a quay with promises,” said Ida Lund.",
                "“Nobody mends a quay with promises and fog,” said Eva Dahl.",
                true,
            ),
            (
                "“Nobody mends a quay with promises,” Lund said.",
                "“Nobody mends a quay with promises,” said Ida Lund.",
                false,
            ),
            (
                "“Nobody mends a quay with promises,” Lund said.",
                "“Nobody mends a quay with promises,” the harbour master said.",
                false,
            ),
            ("“Nobody mends a quay with fog,” Lund said.", "“Nobody sells a ferry with promises,” Dahl said.", false),
            ("“We are sad,” Lund said.", "“We are sad,” Dahl said.", false),
        ] {
            for (left, right) in [(left, right), (right, left)] {
                let found = read(left, right).1.iter().any(|one| one.kind == Kind::Source);
                if found != told {
                    wrong.push(format!("{found}: {left} / {right}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
