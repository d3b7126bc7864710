//! What one side denies, or only expects, and the other says: "no fuel leaked" / "fuel leaked", "may close" / "closed".

use std::collections::BTreeSet;

use super::pair::Pair;
use super::weights::{Sign, signs};
use super::{Difference, Kind};
use crate::align::Kind as WordKind;
use crate::reading::Reading;
use crate::span::Span;

/// Whether one side denies or expects something.
pub(super) fn comparable(left: &Reading, right: &Reading) -> bool {
    let [a, b] = [left, right].map(|reading| {
        let polarity = &reading.polarity;
        let any = |cues: &[Option<usize>]| cues.iter().any(Option::is_some);
        (any(&polarity.negated), any(&polarity.hedged))
    });
    (a.0 || b.0 || a.1 != b.1) && !left.polarity.supposed && !right.polarity.supposed
}

pub(super) fn differences(pair: &Pair) -> Vec<Difference> {
    let mut found = Vec::new();
    found.extend(turned(pair, Kind::Negation));
    if found.is_empty() {
        found.extend(turned(pair, Kind::Modality));
    }
    found
}

/// What one side alone negates, or hedges: of all cues the one whose scope the other side repeats best.
fn turned(pair: &Pair, kind: Kind) -> Option<Difference> {
    let found = [0, 1].into_iter().flat_map(|side| {
        let cues: BTreeSet<usize> = marks(pair, kind, side).iter().flatten().copied().collect();
        cues.into_iter().filter_map(move |cue| of_cue(pair, kind, side, cue))
    });
    // Ties break by the words, so that swapping the sides changes nothing.
    found
        .max_by(|(a, x), (b, y)| {
            a.total_cmp(b).then_with(|| (y.left.start + y.right.start).cmp(&(x.left.start + x.right.start)))
        })
        .map(|(_, difference)| difference)
}

/// For each word of a side its cue.
fn marks<'a>(pair: &Pair<'a>, kind: Kind, side: usize) -> &'a [Option<usize>] {
    let polarity = &pair.readings[side].polarity;
    if kind == Kind::Negation { &polarity.negated } else { &polarity.hedged }
}

/// The difference that a cue makes, if the other side says without it what follows it here.
fn of_cue(pair: &Pair, kind: Kind, side: usize, cue: usize) -> Option<(f32, Difference)> {
    let own = marks(pair, kind, side);
    let scope: Vec<usize> = (0..own.len()).filter(|&at| own[at] == Some(cue)).collect();
    // What a cue turns is the first word it reaches that tells something.
    let head = *scope.iter().find(|&&at| !is_light(pair.form(side, at)))?;
    let other = pair.partner(side, head)?;
    let there = marks(pair, kind, 1 - side);
    // "not issued any orders" / "issued no orders"
    let object = there.iter().skip(other + 1).take(2).flatten().any(|&cue| cue > other);
    let turned_there = there[other].is_some() || object;
    let verbs = pair.word(side, head).kind == WordKind::Content;
    let negated = |side: usize, at: usize| pair.readings[side].polarity.negated[at].is_some();
    let same_otherwise = kind == Kind::Negation || negated(side, head) == negated(1 - side, other);
    if turned_there || !verbs || !same_otherwise {
        return None;
    }
    let (i, j) = if side == 0 { (head, other) } else { (other, head) };
    let rule = if kind == Kind::Negation { Sign::negation } else { Sign::modality };
    let mut signs = signs(pair, &(i..i + 1), &(j..j + 1), rule);
    let weight = |at: usize| pair.sides[side].weights[at];
    let all: f32 = scope.iter().map(|&at| weight(at)).sum();
    let matched: f32 = scope.iter().filter(|&&at| pair.partner(side, at).is_some()).map(|&at| weight(at)).sum();
    Sign::scope.set(&mut signs, matched / all.max(1e-6));
    Sign::weight.set(&mut signs, matched.min(12.0));
    Sign::distance_of_cue.set(&mut signs, (head - cue).min(5) as f32);
    let beside = [-1, 1].into_iter().filter(|&step| pair.same_beside(i, j, step)).count();
    Sign::beside.set(&mut signs, beside as f32);
    let n: usize =
        [0, 1].map(|side| marks(pair, kind, side).iter().flatten().collect::<BTreeSet<_>>().len()).iter().sum();
    Sign::rivals.set(&mut signs, n.saturating_sub(1).min(4) as f32);
    let hedged = pair.readings.map(|reading| &reading.polarity.hedged);
    let other_hedge = kind == Kind::Negation && hedged[0][i].is_some() != hedged[1][j].is_some();
    Sign::hedged.set(&mut signs, f32::from(u8::from(other_hedge)));
    let words = &pair.sides[side].words;
    let here = Span::new(words[cue].span.start, words[head].span.end);
    let there = pair.word(1 - side, other).span;
    let (left, right) = if side == 0 { (here, there) } else { (there, here) };
    let said = pair.form(0, i).min(pair.form(1, j));
    let what = match kind {
        Kind::Negation => format!("whether: {said}"),
        _ => format!("whether for certain: {said}"),
    };
    Some((matched, Difference { kind, what, left, right, signs }))
}

/// Words that a "not" passes over to the one that counts: "not yet been", "no new".
fn is_light(form: &str) -> bool {
    matches!(
        form,
        "yet"
            | "immediately"
            | "ever"
            | "new"
            | "further"
            | "longer"
            | "one"
            | "any"
            | "made"
            | "reported"
            | "believed"
            | "said"
            | "says"
            | "told"
            | "added"
            | "wrote"
            | "reads"
    )
}
