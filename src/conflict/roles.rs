//! Who did it to whom, and who says so.

use super::pair::Pair;
use super::weights::{Sign, signs};
use super::{Difference, Kind};
use crate::link::Scorer;
use crate::span::Span;

/// The weight of those who change sides from which on a swap counts.
const MIN_SWAPPED: f32 = 3.0;

/// From so much of the lesser covered sentence on, nothing but the parts differs.
const PLAIN: f32 = 0.95;

pub(super) fn differences(pair: &Pair, scorer: &Scorer) -> Vec<Difference> {
    let whole = |side: usize| 0..pair.sides[side].words.len();
    let mut found = Vec::new();
    let swapped = scorer.swapped(pair.sides, &pair.alignment);
    if swapped >= MIN_SWAPPED {
        let mut signs = signs(pair, &(0..0), &(0..0), Sign::role);
        Sign::weight.set(&mut signs, swapped.min(12.0));
        let plain = pair.cover[0].min(pair.cover[1]) >= PLAIN;
        Sign::plain.set(&mut signs, f32::from(u8::from(plain)));
        let span = |side: usize| {
            let words = &pair.sides[side].words;
            Span::new(words[0].span.start, words[whole(side).end - 1].span.end)
        };
        found.push(Difference {
            kind: Kind::Role,
            what: "who did it to whom".to_owned(),
            left: span(0),
            right: span(1),
            signs,
        });
    }
    found
}
