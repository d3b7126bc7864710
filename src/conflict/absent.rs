//! What is denied by one side with a "no" and by the other with a word that says as much: "no bus ran" / "buses stayed in
//! the depot", "without water" / "a water shortage".

use super::pair::Pair;
use crate::clause::is_verb;

/// Whether what one side denies of a thing the other tells of it without a "not". `heads` are what is denied and what matches it.
pub(super) fn say_the_same(pair: &Pair, denies: usize, cue: usize, [head, other]: [usize; 2]) -> bool {
    let there = 1 - denies;
    let noun =
        |side: usize, at: usize| !is_verb(pair.form(side, at), at.checked_sub(1).map(|before| pair.form(side, before)));
    let thing = matches!(pair.form(denies, cue), "no" | "without") && noun(denies, head) && noun(there, other);
    // "No flight was cancelled" denies that.
    let denied =
        (0..pair.sides[denies].words.len()).any(|at| is_failing(pair, denies, at) || is_lack(pair, denies, at));
    thing && !denied && (lacks(pair, there, other) || fails(pair, there, other))
}

/// Whether a thing stands with a word for its lack: "water shortage", "lack of water".
fn lacks(pair: &Pair, side: usize, thing: usize) -> bool {
    let words = &pair.sides[side].words;
    let behind = thing + 1 < words.len() && !words[thing + 1].starts_clause && is_lack(pair, side, thing + 1);
    let before = thing >= 2 && pair.form(side, thing - 1) == "of" && is_lack(pair, side, thing - 2);
    behind || before
}

fn is_lack(pair: &Pair, side: usize, at: usize) -> bool {
    matches!(
        pair.form(side, at),
        "absence"
            | "blackout"
            | "cancellation"
            | "cancellations"
            | "cut"
            | "cuts"
            | "failure"
            | "failures"
            | "lack"
            | "loss"
            | "outage"
            | "outages"
            | "shortage"
            | "shortages"
            | "shutdown"
            | "stoppage"
    )
}

/// Whether the clause of a thing tells that it does nothing, or is not there: "buses stayed in the depot".
fn fails(pair: &Pair, side: usize, thing: usize) -> bool {
    pair.side(side).clause(&(thing..thing + 1)).any(|at| is_failing(pair, side, at))
}

/// Whether a word is a verb for what comes to nothing, or for staying where nothing is done.
fn is_failing(pair: &Pair, side: usize, at: usize) -> bool {
    const REACH: usize = 4;
    let all = pair.side(side);
    let idle = |at: usize| {
        matches!(
            all.form(at),
            "anchor"
                | "away"
                | "berth"
                | "closed"
                | "depot"
                | "depots"
                | "dock"
                | "empty"
                | "garage"
                | "ground"
                | "grounded"
                | "hangar"
                | "harbor"
                | "harbour"
                | "home"
                | "idle"
                | "moored"
                | "port"
                | "shut"
                | "still"
                | "unused"
        )
    };
    match all.form(at) {
        "cancelled" | "canceled" | "grounded" | "halted" | "stranded" | "suspended" | "failed" | "lacked" | "lacks"
        | "lost" => true,
        "stopped" | "ceased" => all.form(at + 1) != "to",
        "stay" | "stayed" | "remain" | "remained" | "stood" | "lay" => (at + 1..at + REACH).any(idle),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::conflict::Kind;
    use crate::conflict::tests::read;

    #[test]
    fn what_is_not_there_is_denied_without_a_not() {
        for (left, right, differ) in [
            ("No bus ran in Holm on Monday.", "Buses stayed in the depot in Holm on Monday.", false),
            ("No bus ran in Holm on Monday.", "Buses were cancelled in Holm on Monday.", false),
            ("No bus ran in Holm on Monday.", "Buses ran in Holm on Monday.", true),
            ("No bus was cancelled in Holm on Monday.", "Buses were cancelled in Holm on Monday.", true),
            ("Dale was without water on Monday.", "A water shortage hit Dale on Monday.", false),
            ("Dale was without water on Monday.", "Dale had water on Monday.", true),
            ("The climbers got no higher than the hut.", "The climbers slept in the hut.", false),
            ("The climbers got as far as the hut.", "The climbers never got as far as the hut.", true),
        ] {
            for (left, right) in [(left, right), (right, left)] {
                let found = read(left, right).0.iter().any(|one| one.kind == Kind::Negation);
                assert_eq!(found, differ, "{left} / {right}");
            }
        }
    }
}
