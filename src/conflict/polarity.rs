//! What one side denies, or only expects, and the other says: "no fuel leaked" / "fuel leaked", "may close" / "closed".

use std::collections::BTreeSet;

use super::absent;
use super::aside::is_any;
use super::naming::{governing, phrase, whole, written};
use super::opposites::excepts;
use super::pair::Pair;
use super::weights::{Sign, signs};
use super::{Context, Difference, Kind};
use crate::align::Kind as WordKind;
use crate::clause::{is_saying, is_verb};
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

pub(super) fn differences(pair: &Pair, context: &Context) -> Vec<Difference> {
    let mut found = Vec::new();
    found.extend(turned(pair, Kind::Negation));
    for one in &mut found {
        if changed_since(pair, context, one) {
            Sign::apart.set(&mut one.signs, 1.0);
        }
    }
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
    let head = scope.iter().copied().find(|&at| !is_light(pair.form(side, at)));
    // "they never happen" on both sides denies the same.
    let turned_both =
        head.and_then(|at| pair.partner(side, at)).is_some_and(|at| marks(pair, kind, 1 - side)[at].is_some());
    if turned_both {
        return None;
    }
    let head = ruled_out(pair, side, cue).or_else(|| event(pair, side, cue, head?)).or(head)?;
    let other = pair.partner(side, head)?;
    let there = marks(pair, kind, 1 - side);
    // "declined to comment on the brakes" / "said that the line is shut": of what is not told.
    let speaks = |side: usize, at: usize| is_saying(pair.form(side, at)) || pair.form(side, at).starts_with("comment");
    if speaks(side, head) && speaks(1 - side, other) {
        return None;
    }
    // "not issued any orders" / "issued no orders"
    let object = there.iter().skip(other + 1).take(2).flatten().any(|&cue| cue > other);
    let turned_there = there[other].is_some() || object;
    let verbs = pair.word(side, head).kind == WordKind::Content;
    let negated = |side: usize, at: usize| pair.readings[side].polarity.negated[at].is_some();
    let same_otherwise = kind == Kind::Negation || negated(side, head) == negated(1 - side, other);
    // "has not yet been cleared" / "will be cleared"
    let yet = kind == Kind::Negation && (cue..head.max(cue)).any(|at| pair.form(side, at) == "yet");
    let ahead = |at: &usize| matches!(pair.form(1 - side, *at), "will" | "would" | "shall" | "to");
    let to_come = yet && (other.saturating_sub(3)..other).any(|at| ahead(&at));
    // "no bus ran" / "buses stayed in the depot"
    let absent = kind == Kind::Negation && absent::say_the_same(pair, side, cue, [head, other]);
    if absent || turned_there || !verbs || !same_otherwise || to_come || is_asked_for(pair, 1 - side, other) {
        return None;
    }
    let (i, j) = if side == 0 { (head, other) } else { (other, head) };
    let rule = if kind == Kind::Negation { Sign::negation } else { Sign::modality };
    let mut signs = signs(pair, &(i..i + 1), &(j..j + 1), rule);
    // "all but two escaped" / "two did not escape"
    let excepted = excepts(pair, 0) != excepts(pair, 1);
    Sign::apart.set(&mut signs, f32::from(u8::from(excepted)));
    let weight = |at: usize| pair.sides[side].weights[at];
    let all: f32 = scope.iter().map(|&at| weight(at)).sum();
    let matched: f32 = scope.iter().filter(|&&at| pair.partner(side, at).is_some()).map(|&at| weight(at)).sum();
    // "not arrested anyone so far" leaves nothing out.
    let any = pair.sides[side].words.get(head + 1).is_some_and(|_| is_any(pair.form(side, head + 1)));
    Sign::scope.set(&mut signs, if any { 1.0 } else { matched / all.max(1e-6) });
    Sign::weight.set(&mut signs, matched.min(12.0));
    Sign::distance_of_cue.set(&mut signs, head.abs_diff(cue).min(5) as f32);
    let beside = [-1, 1].into_iter().filter(|&step| pair.same_beside(i, j, step)).count();
    Sign::beside.set(&mut signs, beside as f32);
    let n: usize =
        [0, 1].map(|side| marks(pair, kind, side).iter().flatten().collect::<BTreeSet<_>>().len()).iter().sum();
    Sign::rivals.set(&mut signs, n.saturating_sub(1).min(4) as f32);
    let hedged = pair.readings.map(|reading| &reading.polarity.hedged);
    let other_hedge = kind == Kind::Negation && hedged[0][i].is_some() != hedged[1][j].is_some();
    Sign::hedged.set(&mut signs, f32::from(u8::from(other_hedge)));
    let words = &pair.sides[side].words;
    let end = |side: usize, at: usize| pair.sides[side].words[whole(pair, side, at) - 1].span.end;
    // "accepted the offer" / "rejected the offer": an object alone tells nothing.
    let [here, there] =
        [(side, cue.min(head)), (1 - side, other)].map(|(side, at)| governing(pair, side, at).unwrap_or(at));
    let said = if there < other {
        written(pair, 1 - side, there..whole(pair, 1 - side, other))
    } else {
        phrase(pair, 1 - side, other)
    };
    let here = Span::new(words[here].span.start, if cue > head { words[cue].span.end } else { end(side, head) });
    let there = Span::new(pair.word(1 - side, there).span.start, end(1 - side, other));
    let (left, right) = if side == 0 { (here, there) } else { (there, here) };
    // The side that says so says it plainly.
    let what = match kind {
        Kind::Negation => format!("whether: {said}"),
        _ => format!("whether for certain: {said}"),
    };
    Some((matched, Difference { kind, what, left, right, signs }))
}

/// Whether somebody is only asked to do what a word tells: "she called on him to resign".
fn is_asked_for(pair: &Pair, side: usize, at: usize) -> bool {
    const ASKS: &[&str] =
        &["call", "called", "calling", "calls", "urge", "urged", "urges", "demanded", "asked", "told"];
    let infinitive = at > 0 && pair.form(side, at - 1) == "to";
    infinitive && (at.saturating_sub(10)..at).any(|before| ASKS.contains(&pair.form(side, before)))
}

/// What was ruled out: "a leak was ruled out".
fn ruled_out(pair: &Pair, side: usize, cue: usize) -> Option<usize> {
    let before = cue.checked_sub(1).map_or("", |at| pair.form(side, at));
    let passive = pair.form(side, cue) == "ruled" && matches!(before, "was" | "were" | "been" | "is" | "are");
    (0..cue).filter(|_| passive).find(|&at| is_matched(pair, side, at))
}

fn is_matched(pair: &Pair, side: usize, at: usize) -> bool {
    pair.word(side, at).kind == WordKind::Content && pair.partner(side, at).is_some()
}

/// What did not happen, where the verb says no more than that: "an inspection never took place".
fn event(pair: &Pair, side: usize, cue: usize, head: usize) -> Option<usize> {
    let next = pair.sides[side].words.get(head + 1).map(|_| pair.form(side, head + 1));
    let happens = match pair.form(side, head) {
        "take" | "took" | "taken" | "takes" => next == Some("place"),
        form => matches!(form, "happen" | "happened" | "occur" | "occurred" | "occurs" | "happens"),
    };
    // Of what "they" are another clause tells, and it may do so of several things.
    let stands_in =
        cue > 0 && matches!(pair.form(side, cue - 1), "it" | "that" | "these" | "they" | "this" | "those" | "which");
    let noun = |&at: &usize| {
        is_matched(pair, side, at) && !is_verb(pair.form(side, at), at.checked_sub(1).map(|at| pair.form(side, at)))
    };
    (0..cue).filter(|_| happens && !stands_in).find(noun)
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

/// Words beside what is told that may say when it was.
const BESIDE: usize = 6;

/// Whether what one side denies came later: nobody "has been arrested" yet in an article of an earlier day, or somebody "was
/// later arrested".
fn changed_since(pair: &Pair, context: &Context, one: &Difference) -> bool {
    let places = [(0, one.left), (1, one.right)].map(|(side, span)| pair.words_under(side, span));
    let beside = |side: usize, told: &dyn Fn(usize) -> bool| {
        let place = &places[side];
        (place.start.saturating_sub(BESIDE)..pair.sides[side].words.len().min(place.end + BESIDE)).any(told)
    };
    let form = |side: usize, at: usize| if at < pair.sides[side].words.len() { pair.form(side, at) } else { "" };
    let has = |form: &str| matches!(form, "has" | "have" | "had" | "hasn't" | "haven't" | "hadn't");
    let denies = |side: usize| places[side].clone().any(|at| pair.readings[side].polarity.negated[at].is_some());
    let came = |denied: usize| {
        let told = 1 - denied;
        let earlier =
            context.published[denied].zip(context.published[told]).is_some_and(|(before, after)| before < after);
        let later = |at: usize| match form(told, at) {
            "later" | "subsequently" | "eventually" => true,
            "since" => at > 0 && has(form(told, at - 1)),
            _ => false,
        };
        let first = |at: usize| match form(denied, at) {
            "initially" | "originally" => true,
            "at" => form(denied, at + 1) == "first" || form(denied, at + 1) == "the" && form(denied, at + 2) == "time",
            _ => false,
        };
        earlier && beside(denied, &|at| has(form(denied, at))) || beside(told, &later) || beside(denied, &first)
    };
    denies(0) != denies(1) && came(usize::from(denies(1)))
}

#[cfg(test)]
mod tests {
    use crate::conflict::Kind;
    use crate::conflict::tests::read_in;

    #[test]
    fn what_had_not_happened_yet_may_have_come_later() {
        let days = |before: &'static str, after: &'static str| [Some(before), Some(after)];
        let same = days("2026-03-02", "2026-03-02");
        for (left, right, published, apart) in [
            ("No arrests have been made.", "An arrest was made.", [None; 2], false),
            ("No arrests have been made.", "An arrest was made.", same, false),
            ("No arrests have been made.", "An arrest was made.", days("2026-03-02", "2026-03-09"), true),
            // Whoever writes later knows better.
            ("No arrests have been made.", "An arrest was made.", days("2026-03-09", "2026-03-02"), false),
            ("The mine did not flood.", "The mine flooded.", days("2026-03-02", "2026-03-09"), false),
            ("The driver was not hurt.", "The driver was hurt.", [None; 2], false),
            ("The driver was not arrested.", "The driver was later arrested.", [None; 2], true),
            ("The driver was not arrested at the time.", "The driver was arrested.", [None; 2], true),
            ("The driver has not been arrested.", "The driver has since been arrested.", [None; 2], true),
            ("The driver has not been arrested since Monday.", "The driver was arrested.", [None; 2], false),
        ] {
            for (first, published) in [([left, right], published), ([right, left], [published[1], published[0]])] {
                let found = read_in(first, [&[], &[]], published).0;
                let turned: Vec<bool> =
                    found.iter().filter(|one| one.kind == Kind::Negation).map(|one| one.is_apart()).collect();
                assert_eq!(turned, [apart], "{first:?} {published:?}");
            }
        }
    }
}
