//! What the judge weighs of a difference.

use super::pair::Pair;
use crate::encode::PairOdds;

macro_rules! signs {
    ($($name:ident),* $(,)?) => {
        /// Names of the signs, in order.
        pub const SIGNS: &[&str] = &[$(stringify!($name)),*];
        /// How many signs there are.
        pub const N_SIGNS: usize = SIGNS.len();
        /// Where each sign stands.
        #[allow(non_camel_case_types, reason = "the names are those of the fitted weights")]
        #[derive(Clone, Copy)]
        pub(super) enum Sign { $($name),* }
    };
}

signs!(
    // Of the pair.
    link,
    cover_min,
    cover_max,
    // Of both sentences read together; whether they were.
    read,
    read_shared,
    read_conflict,
    // By the large cross-encoder; 0 where it has not read the pair.
    closely_conflict,
    // How far it is both from a conflict being unlikely and from the pair being shared.
    closely_opposed,
    // Where no rule found it: the log-odds that are its own.
    opposed,
    // Of the two places.
    around,
    around_share,
    other_names,
    // What speaks for another occasion, another subject, another figure of the same thing.
    other_occasion,
    other_move,
    other_subject,
    qualified,
    // Two claims that are not one and may both be right.
    apart,
    // Figures of two things, or days of two acts, in sentences that may have all else in common.
    of_two,
    // Of figures and days.
    same_verb,
    other_verb,
    both_here,
    both_elsewhere,
    both_telling,
    // Of figures.
    same_noun,
    same_fact,
    fact_on_one,
    rivals,
    echo,
    commonness,
    same_person,
    named_on_one,
    noun_on_one,
    part,
    left_over,
    grown,
    other_years,
    distance,
    nobody,
    vague,
    // Of one and the same named person or street, wherever it stands.
    of_one,
    // Of words.
    beside,
    weight,
    hedged,
    scope,
    distance_of_cue,
    // The same words in other parts, a word and itself with "un" before it.
    plain,
    // Which rule found it.
    count,
    counted_people,
    money,
    percent,
    duration,
    size,
    age,
    year,
    clock,
    ordinal,
    date,
    negation,
    modality,
    antonym,
    exclusive,
    state,
    name,
    namesake,
    place,
    role,
);

impl Sign {
    pub fn set(self, signs: &mut [f32; N_SIGNS], value: f32) {
        signs[self as usize] = value;
    }
}

/// No sign yet but those of two places and the rule that found them.
pub(super) fn signs(
    pair: &Pair,
    left: &std::ops::Range<usize>,
    right: &std::ops::Range<usize>,
    rule: Sign,
) -> [f32; N_SIGNS] {
    let mut signs = [0.0; N_SIGNS];
    let (around, share) = pair.around(left, right);
    Sign::around.set(&mut signs, around.min(20.0));
    Sign::around_share.set(&mut signs, share);
    Sign::other_names.set(&mut signs, pair.other_names(left, right).min(10.0));
    rule.set(&mut signs, 1.0);
    signs
}

/// Whether two figures or two days hang on the same verb.
pub(super) fn set_verbs(signs: &mut [f32; N_SIGNS], pair: &Pair, [left, right]: &[std::ops::Range<usize>; 2]) {
    if let Some(same) = pair.same_verb(left, right) {
        (if same { Sign::same_verb } else { Sign::other_verb }).set(signs, 1.0);
    }
}

/// The signs of a whole pair.
pub(super) fn set_pair(signs: &mut [f32; N_SIGNS], pair: &Pair, log_odds: f32, together: Option<PairOdds>) {
    Sign::link.set(signs, log_odds.clamp(-8.0, 5.0));
    Sign::cover_min.set(signs, pair.cover[0].min(pair.cover[1]));
    Sign::cover_max.set(signs, pair.cover[0].max(pair.cover[1]));
    if let Some(odds) = together {
        Sign::read.set(signs, 1.0);
        Sign::read_shared.set(signs, odds.shared.clamp(-8.0, 8.0));
        Sign::read_conflict.set(signs, odds.conflict.clamp(-8.0, 8.0));
    }
}
