//! Another name in the same place of two sentences that speak of one thing.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::dates::years;
use super::naming::phrase;
use super::pair::{Pair, is_time};
use super::subject::ALIKE;
use super::weights::{Sign, signs};
use super::{Difference, Kind};
use crate::align::{Kind as WordKind, Word};
use crate::link::share_most_letters;
use crate::reading::{is_person, is_plural};

/// The least weight that must match around two names.
const MIN_AROUND: f32 = 4.0;
/// The least where only one can have won.
const MIN_WON: f32 = 2.0;
/// The least share of what stands around them.
const MIN_SHARE: f32 = 0.4;

/// Names that stand side by side in a sentence, by their stems.
pub(super) fn full_names(text: &str, words: &[Word]) -> impl Iterator<Item = (u32, u32)> {
    let name = |word: &Word| word.kind == WordKind::Name;
    let whole = move |two: &&[Word]| two.iter().all(name) && &text[two[0].span.end..two[1].span.start] == " ";
    words.windows(2).filter(whole).map(|two| (two[0].stem, two[1].stem))
}

/// `full_names` are those of the story: of two that are one person's, neither is another name.
pub(super) fn differences(pair: &Pair, full_names: &FxHashSet<(u32, u32)>) -> Vec<Difference> {
    let mut found = Vec::new();
    let one_person = |a: &Range<usize>, b: &Range<usize>| {
        let stems = |side: usize, run: &Range<usize>| run.clone().map(move |at| pair.word(side, at).stem);
        let both = |x: u32, y: u32| full_names.contains(&(x, y)) || full_names.contains(&(y, x));
        a.len().min(b.len()) == 1 && stems(0, a).any(|x| stems(1, b).any(|y| both(x, y)))
    };
    let runs = [0, 1].map(|side| open_names(pair, side));
    for a in &runs[0] {
        for b in &runs[1] {
            let (left, right) = (pair.span(0, a), pair.span(1, b));
            if spelt_alike(left.of(pair.texts[0]), right.of(pair.texts[1])) || one_person(a, b) {
                continue;
            }
            let beside = [pair.same_beside(a.start, b.start, -1), pair.same_beside(a.end - 1, b.end - 1, 1)];
            let namesake = shares_word(pair, a, b);
            let places = [placed(pair, 0, a), placed(pair, 1, b)];
            let place = places[0] && places[1];
            if places[0] != places[1] || !(namesake || beside[0] && beside[1]) {
                continue;
            }
            let rule = match (namesake, place) {
                (true, _) => Sign::namesake,
                (_, true) => Sign::place,
                _ => Sign::name,
            };
            let mut signs = signs(pair, a, b, rule);
            let others = |side: usize| runs[side].len() > 1;
            let one_wins = wins(pair, 0, a) && wins(pair, 1, b) && !(others(0) && others(1)) && same_year(pair);
            let least = if one_wins { MIN_WON } else { MIN_AROUND };
            // "Dale took the north ward" / "Holt took the south ward", "Dale is a clerk" / "Holt is a clerk": both may be so.
            let several = !namesake && !one_wins && others(0) && others(1);
            if several || is_one_of_several(pair, 0, a) || is_one_of_several(pair, 1, b) {
                continue;
            }
            if signs[Sign::around as usize] < least || signs[Sign::around_share as usize] < MIN_SHARE {
                continue;
            }
            Sign::beside.set(&mut signs, beside.iter().filter(|same| **same).count() as f32);
            // The two names themselves are no others.
            Sign::other_names.set(&mut signs, 0.0);
            let like_acts =
                if place { other_told(pair, [a, b]) } else { !namesake && may_all(pair, 0, a) && may_all(pair, 1, b) };
            Sign::apart.set(&mut signs, f32::from(u8::from(like_acts)));
            let kind = if place { Kind::Place } else { Kind::Name };
            let what = what(pair, place, [a, b]);
            found.push(Difference { kind, what, left, right, signs });
        }
    }
    found.truncate(1);
    found
}

/// One of two on one side, and which on the other: "Arven or Holm" / "Arven".
pub(super) fn alternatives(pair: &Pair) -> Option<Difference> {
    let words = |side: usize| 0..pair.sides[side].words.len();
    let or = |side: usize| words(side).filter(move |&at| pair.form(side, at) == "or");
    let name = |side: usize, at: usize| pair.sides[side].words.get(at).is_some_and(|word| word.kind == WordKind::Name);
    let side = [0, 1].into_iter().find(|&side| or(1 - side).next().is_none() && or(side).next().is_some())?;
    let (either, other) = or(side).filter(|&at| at > 0 && name(side, at - 1) && name(side, at + 1)).find_map(|at| {
        let known = [at - 1, at + 1].map(|name| pair.partner(side, name));
        known[0].xor(known[1]).map(|other| (at - 1..at + 2, other))
    })?;
    let places = if side == 0 { [either, other..other + 1] } else { [other..other + 1, either] };
    let mut signs = signs(pair, &places[0], &places[1], Sign::name);
    Sign::apart.set(&mut signs, 1.0);
    let [left, right] = [0, 1].map(|side| pair.span(side, &places[side]));
    let what = "one of two".to_owned();
    Some(Difference { kind: Kind::Name, what, left, right, signs })
}

/// Whether what is told right behind a name is true of one at most: "won the vote", "came third".
fn wins(pair: &Pair, side: usize, run: &Range<usize>) -> bool {
    let words = &pair.sides[side].words;
    let form = |at: usize| if at < words.len() && !words[at].starts_clause { pair.form(side, at) } else { "" };
    let verb = run.end + usize::from(matches!(form(run.end), "has" | "had" | "have"));
    let places = ["first", "second", "third", "fourth", "fifth", "last"];
    match form(verb) {
        "won" | "wins" => true,
        "came" | "comes" | "finished" | "finishes" => places.contains(&form(verb + 1)),
        _ => false,
    }
}

/// Whether a name is said to be one of several: "is a former clerk".
fn is_one_of_several(pair: &Pair, side: usize, run: &Range<usize>) -> bool {
    let side = pair.side(side);
    matches!(side.form(run.end), "is" | "was") && matches!(side.form(run.end + 1), "a" | "an")
}

/// Whether what is told right behind a name may hold of several of its kind: "raise rents", "raised its rents", but not "bought
/// the mill".
fn may_all(pair: &Pair, side: usize, run: &Range<usize>) -> bool {
    const AUXILIARIES: usize = 3;
    let all = pair.side(side);
    let verb = pair.verb(side, run).filter(|verb| (run.end..run.end + AUXILIARIES).contains(verb));
    // "will raise": behind these a verb stands that no form gives away.
    let coming = matches!(all.form(run.end), "will" | "would" | "may" | "could" | "can").then_some(run.end + 1);
    let Some(next) = coming.or(verb).map(|verb| verb + 1) else { return false };
    let own = matches!(all.form(next), "its" | "their");
    let plain = all.words.get(next).is_some_and(|word| word.kind == WordKind::Content && !word.starts_clause);
    let several = (next..all.words.len().min(next + 3))
        .take_while(|&at| all.words[at].kind == WordKind::Content)
        .last()
        .is_some_and(|head| is_plural(all.form(head)) && !is_person(all.form(head)));
    own || plain && several
}

/// Whether the clauses of two places tell of two things as well: "in Dale the council has banned bonfires" / "in Holm the council
/// has banned kites".
fn other_told(pair: &Pair, [a, b]: [&Range<usize>; 2]) -> bool {
    let open = |side: usize, run: &Range<usize>| -> Vec<usize> {
        let words = &pair.sides[side].words;
        let tells = |at: &usize| {
            words[*at].kind == WordKind::Content && !is_time(pair.form(side, *at)) && pair.likeness(side, *at) < ALIKE
        };
        pair.side(side).clause(run).filter(|at| !run.contains(at)).filter(tells).collect()
    };
    let (left, right) = (open(0, a), open(1, b));
    let alike = left.iter().any(|&i| right.iter().any(|&j| pair.likeness_of(i, j) >= ALIKE));
    !left.is_empty() && !right.is_empty() && !alike
}

/// Whether two sentences name the same years, or none.
pub(super) fn same_year(pair: &Pair) -> bool {
    let [left, right] = pair.readings.map(years);
    left == right
}

/// What is told of either: "who or what: won the vote".
fn what(pair: &Pair, place: bool, [a, b]: [&Range<usize>; 2]) -> String {
    let told = |side: usize, run: &Range<usize>| {
        let verb = pair.verb(side, run).filter(|&verb| (run.end..run.end + 3).contains(&verb))?;
        Some(phrase(pair, side, verb))
    };
    match told(0, a).zip(told(1, b)) {
        _ if place => "where".to_owned(),
        Some((x, y)) => format!("who or what: {}", x.min(y)),
        None => "who or what".to_owned(),
    }
}

/// Runs of names that the other side lacks; a name that goes on with one both have counts as a whole.
fn open_names(pair: &Pair, side: usize) -> Vec<Range<usize>> {
    let words = &pair.sides[side].words;
    let name = |at: usize| words[at].kind == WordKind::Name && !is_time(pair.form(side, at));
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in (0..words.len()).filter(|&at| name(at)) {
        match runs.last_mut() {
            Some(run) if run.end == at && joined(pair, side, at) => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs.retain(|run| run.clone().any(|at| pair.likeness(side, at) < 0.6));
    runs
}

/// Whether nothing but a space stands before a word.
fn joined(pair: &Pair, side: usize, at: usize) -> bool {
    let words = &pair.sides[side].words;
    &pair.texts[side][words[at - 1].span.end..words[at].span.start] == " "
}

/// Two words each, one of them the same: "Corvina Star" / "Corvina Moon".
fn shares_word(pair: &Pair, a: &Range<usize>, b: &Range<usize>) -> bool {
    let both = a.len() == 2 && b.len() == 2;
    let same = |x: usize, y: usize| pair.word(0, x).stem == pair.word(1, y).stem;
    both && same(a.start, b.start) != same(a.start + 1, b.start + 1)
}

/// After "in", "at", "near": a place.
fn placed(pair: &Pair, side: usize, run: &Range<usize>) -> bool {
    let before = run.start.checked_sub(1).map(|at| pair.form(side, at));
    before.is_some_and(|before| matches!(before, "in" | "at" | "near" | "outside" | "off" | "across" | "around"))
}

/// Whether a name of a few letters leaves out letters of another: "Tenn." and "TN" of "Tennessee", "TN" of "Tenn.".
fn shortens(short: &str, long: &str) -> bool {
    let marked = short.ends_with('.') || short.chars().all(char::is_uppercase);
    let letters =
        |name: &str| name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect::<Vec<_>>();
    let (short, long) = (letters(short), letters(long));
    let mut rest = long.iter();
    let left_out = short.iter().all(|letter| rest.any(|other| other == letter));
    marked && (2..=5).contains(&short.len()) && short.first() == long.first() && left_out
}

/// Whether two first names may be one: "Mick" and "Michael".
fn same_start(a: &str, b: &str) -> bool {
    a.chars().zip(b.chars()).take(3).filter(|(x, y)| x == y).count() == 3
}

/// Whether a word in lower case stands before a name and is none.
pub(super) fn is_title(form: &str) -> bool {
    matches!(
        form,
        "mr" | "mrs"
            | "ms"
            | "miss"
            | "dr"
            | "sir"
            | "sen"
            | "rep"
            | "gov"
            | "president"
            | "minister"
            | "judge"
            | "officer"
            | "sgt"
            | "capt"
            | "lt"
            | "det"
            | "chief"
            | "sheriff"
            | "mayor"
            | "king"
            | "queen"
            | "prince"
            | "princess"
            | "professor"
            | "prof"
            | "administrator"
            | "attorney"
            | "captain"
            | "col"
            | "commander"
            | "commissioner"
            | "coroner"
            | "corporal"
            | "cpl"
            | "director"
            | "governor"
            | "inspector"
            | "lieutenant"
            | "maj"
            | "major"
            | "manager"
            | "rev"
            | "senator"
            | "sergeant"
            | "spokesman"
            | "spokesperson"
            | "spokeswoman"
            | "superintendent"
            | "trooper"
    )
}

/// Two spellings of one name, an abbreviation, or one name within the other: "Qaddafi" and "Gadhafi", "N.C." and
/// "North Carolina", "Reyes" and "Ana Reyes".
pub(super) fn spelt_alike(a: &str, b: &str) -> bool {
    let letters = |name: &str| name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<Vec<char>>();
    let initials = |name: &str| {
        name.split_whitespace()
            .filter_map(|word| word.chars().next())
            .flat_map(char::to_lowercase)
            .collect::<Vec<char>>()
    };
    let (x, y) = (letters(a), letters(b));
    if initials(a) == y || initials(b) == x || shortens(a, b) || shortens(b, a) {
        return true;
    }
    let within =
        |long: &[char], short: &[char]| !short.is_empty() && long.windows(short.len()).any(|part| part == short);
    if within(&x, &y) || within(&y, &x) {
        return true;
    }
    // "Casey Dean" / "Mr Dean"
    let words = |name: &str| -> Vec<String> {
        name.split_whitespace().map(|word| word.trim_end_matches('.').to_lowercase()).collect()
    };
    let (p, q) = (words(a), words(b));
    let titled = |name: &[String]| name.first().is_some_and(|first| is_title(first));
    if (titled(&p) || titled(&q)) && p.last() == q.last() {
        return true;
    }
    let two_words = a.contains(' ') && b.contains(' ');
    if two_words && p.last() == q.last() && same_start(&p[0], &q[0]) {
        return true;
    }
    !two_words && share_most_letters(&x, &y)
}

#[cfg(test)]
mod tests {
    use crate::conflict::Kind;
    use crate::conflict::tests::read;

    #[test]
    fn what_several_may_do_two_may_do() {
        let mut wrong = Vec::new();
        for (left, right, apart) in [
            (
                "Norlo will raise rents in the harbour from May.",
                "Vesta will raise rents in the harbour from May.",
                true,
            ),
            ("Norlo has raised its rents in the harbour.", "Vesta has raised its rents in the harbour.", true),
            ("Norlo bought the mill in the harbour.", "Vesta bought the mill in the harbour.", false),
            (
                "In Arven the council has banned bonfires until October.",
                "In Halder the council has banned kites until October.",
                true,
            ),
            (
                "In Arven the council has banned bonfires until October.",
                "In Halder the council has banned bonfires until October.",
                false,
            ),
        ] {
            for (left, right) in [(left, right), (right, left)] {
                let found = read(left, right).0.into_iter().filter(|one| matches!(one.kind, Kind::Name | Kind::Place));
                let set: Vec<bool> = found.map(|one| one.is_apart()).collect();
                if set != [apart] {
                    wrong.push(format!("{set:?}: {left} / {right}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
