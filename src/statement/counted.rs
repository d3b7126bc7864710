//! People or households: 60,000 of the one are not 60,000 of the other, whatever else two sentences have in common.

use crate::reading::{Measure, is_anyone, quantities};
use crate::span::Span;

/// What a figure counts, of things that are told of the same matter with figures of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    People,
    /// In which several live.
    Households,
}

const INHABITANTS: &[&str] = &["inhabitants", "residents"];
const HOUSEHOLDS: &[&str] = &["apartments", "families", "flats", "homes", "households", "houses"];

impl Counted {
    fn of(noun: &str) -> Option<Self> {
        let people = is_anyone(noun) || INHABITANTS.contains(&noun);
        people.then_some(Self::People).or_else(|| HOUSEHOLDS.contains(&noun).then_some(Self::Households))
    }
}

/// Where the figures of a sentence stand that count such things.
pub(super) fn counted(text: &str) -> Vec<(Span, Counted)> {
    let counts = quantities(text).into_iter().filter(|quantity| quantity.measure == Measure::Count);
    counts.filter_map(|quantity| Some((quantity.span, Counted::of(quantity.noun.as_deref()?)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_no_households() {
        let of = |text: &str| counted(text).into_iter().map(|(_, counted)| counted).collect::<Vec<_>>();
        assert_eq!(of("The dam supplies 60,000 people."), [Counted::People]);
        assert_eq!(
            of("The dam supplies some 60,000 households, and 14 residents left."),
            [Counted::Households, Counted::People]
        );
        assert_eq!(of("It has 40 ships and 3 per cent of the trade."), []);
    }
}
