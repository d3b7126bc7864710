//! One slot of otherwise the same claim, filled on each side from a closed class of the language, of which a thing has one value at a
//! time: a colour, a direction, the degree of a killing, a place in an order. "A grey van" / "a yellow van".
//!
//! No dictionary has these for opposites, and most sentences that hold two of them tell of two things. So they are told only where
//! what they belong to is the same word, the rest of the claim is said on both sides, and neither article has both values.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::pair::{Pair, Side, is_time};
use super::weights::{Sign, signs};
use super::{Difference, Kind};
use crate::align::{Kind as WordKind, Lexicon, Word};
use crate::clause::is_verb;
use crate::language::list;
use crate::reading::is_plural;

const SLOTS: &str = list(include_str!("slots.txt"));

/// What ties a value to its thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tie {
    /// The noun that it stands before, or is told of; else the verb.
    Thing,
    /// Somebody is charged with it, or found guilty of it, and of one alone.
    Charge,
    /// The same, and there may be several.
    OneOfSeveral,
    /// The vote on whether a government stays.
    Vote,
    /// What something is: "it was her first title".
    Order,
}

struct Class {
    tie: Tie,
    what: &'static str,
}

struct Table {
    classes: Vec<Class>,
    /// Of each phrase its class and its values, as bits.
    phrases: FxHashMap<&'static str, (usize, u32)>,
    /// The most words of a phrase that begins with a word.
    longest: FxHashMap<&'static str, usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let (mut classes, mut phrases) = (Vec::new(), FxHashMap::default());
    for (class, line) in SLOTS.lines().enumerate() {
        let (name, values) = line.split_once(": ").expect("a class has a name");
        let (tie, what) = match name {
            "killing" => (Tie::Charge, "charge"),
            "offence" => (Tie::OneOfSeveral, "charge"),
            "vote" => (Tie::Vote, "outcome of the vote"),
            "order" => (Tie::Order, "place in the order"),
            "heading" => (Tie::Thing, "direction"),
            _ => (Tie::Thing, "colour"),
        };
        classes.push(Class { tie, what });
        for (value, words) in values.split(" / ").enumerate() {
            for phrase in words.split(' ') {
                phrases.entry(phrase).or_insert((class, 0)).1 |= 1 << value;
            }
        }
    }
    let mut longest: FxHashMap<&str, usize> = FxHashMap::default();
    for line in SLOTS.lines() {
        for phrase in line.split(' ').skip(1) {
            let most = longest.entry(phrase.split('_').next().unwrap_or(phrase)).or_default();
            *most = phrase.split('_').count().max(*most);
        }
    }
    Table { classes, phrases, longest }
});

/// A word or phrase of a class.
#[derive(Debug, Clone)]
pub(super) struct Member {
    words: Range<usize>,
    class: usize,
    /// Its values, as bits.
    values: u32,
}

/// The words of a sentence that stand in a class, the longest phrases first.
pub(super) fn members(words: &[Word], lexicon: &Lexicon) -> Vec<Member> {
    let table = &*TABLE;
    let form = |at: usize| lexicon.forms[words[at].form as usize].text.as_str();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let longest = |n: &usize| {
            let phrase = match n {
                1 => table.phrases.get(form(at)),
                n => table.phrases.get((at..at + n).map(form).collect::<Vec<_>>().join("_").as_str()),
            };
            phrase.map(|&(class, values)| Member { words: at..at + n, class, values })
        };
        let most = table.longest.get(form(at)).map_or(0, |&most| most.min(words.len() - at));
        let member = (1..=most).rev().find_map(|n| longest(&n)).filter(|_| words[at].kind != WordKind::Name);
        at = member.as_ref().map_or(at + 1, |member| member.words.end);
        found.extend(member);
    }
    found
}

/// The two values of a class of which each side has one, and not the same.
fn fillers(members: [&[Member]; 2]) -> impl Iterator<Item = [&Member; 2]> {
    let only = move |side: usize, class: usize| {
        let mut of = members[side].iter().filter(move |member| member.class == class);
        of.next().filter(|_| of.next().is_none())
    };
    members[0].iter().filter_map(move |a| {
        let (a, b) = (only(0, a.class)?, only(1, a.class)?);
        (a.values & b.values == 0).then_some([a, b])
    })
}

/// Whether two sentences have two values of one class.
pub(super) fn comparable(members: [&[Member]; 2]) -> bool {
    !members[0].is_empty() && !members[1].is_empty() && fillers(members).next().is_some()
}

/// Whether an article has a value elsewhere.
pub(super) fn has(sentences: &[Vec<Member>], member: &Member) -> bool {
    sentences.iter().flatten().any(|one| one.class == member.class && one.values & member.values != 0)
}

/// How the two values stand to their things.
enum Stand {
    /// Each is of the same one.
    SameThing,
    /// Of things of one kind, which may be two.
    SameKind,
}

/// Adds the differences of two sentences in such words, or marks those found before. `both` is whether one of the articles has
/// both values.
pub(super) fn set(
    pair: &Pair,
    members: [&[Member]; 2],
    log_odds: f32,
    both: impl Fn([&Member; 2]) -> bool,
    found: &mut Vec<Difference>,
) {
    for two in fillers(members) {
        let places = two.map(|member| member.words.clone());
        let Some(stand) = stand(pair, two) else { continue };
        let class = &TABLE.classes[two[0].class];
        // A government has one vote of confidence to stand, whatever else is told of it.
        let same = class.tie == Tie::Vote || rest_is_same(pair, &places, log_odds);
        if !same || pair.other_names(&places[0], &places[1]) > 0.0 {
            continue;
        }
        let told = matches!(stand, Stand::SameThing) && !(class.tie == Tie::Thing && both(two));
        let [left, right] = [0, 1].map(|side| pair.span(side, &places[side]));
        let at = found.iter().position(|one| one.left.overlaps(left) && one.right.overlaps(right));
        // What the thesaurus takes to exclude each other was weighed before.
        if at.is_some() && class.tie == Tie::OneOfSeveral {
            continue;
        }
        let at = at.unwrap_or_else(|| {
            let signs = signs(pair, &places[0], &places[1], Sign::exclusive);
            found.push(Difference { kind: Kind::Opposite, what: class.what.to_owned(), left, right, signs });
            found.len() - 1
        });
        (if told { Sign::of_one } else { Sign::apart }).set(&mut found[at].signs, 1.0);
    }
}

/// So much of what one side tells beside its value is said on the other, and so much of the other, unless the pair is a link.
const MOST_SAID: f32 = 0.8;
const LEAST_SAID: f32 = 0.6;
/// Log-odds from which a pair surely tells of one thing.
const SURELY: f32 = 1.0;

/// Whether all that is told beside two places is told on both sides.
fn rest_is_same(pair: &Pair, places: &[Range<usize>; 2], log_odds: f32) -> bool {
    let said = [0, 1].map(|side| {
        let tells = |at: &usize| {
            let kind = matches!(pair.word(side, *at).kind, WordKind::Content | WordKind::Name);
            kind && !is_time(pair.form(side, *at)) && !is_shade(pair.form(side, *at))
        };
        let beside = (0..pair.sides[side].words.len()).filter(|at| !places[side].contains(at)).filter(tells);
        let weight = |at: usize| pair.sides[side].weights[at];
        let (mut all, mut same) = (0.0, 0.0);
        for at in beside {
            all += weight(at);
            same += if pair.partner(side, at).is_some() { weight(at) } else { 0.0 };
        }
        if all > 0.0 { same / all } else { 0.0 }
    });
    let (least, most) = (said[0].min(said[1]), said[0].max(said[1]));
    most >= if log_odds > SURELY { LEAST_SAID } else { MOST_SAID } && (least >= LEAST_SAID || log_odds > 0.0)
}

/// "dark green"
fn is_shade(form: &str) -> bool {
    matches!(form, "bright" | "dark" | "light" | "pale")
}

fn stand(pair: &Pair, members: [&Member; 2]) -> Option<Stand> {
    let places = members.map(|member| member.words.clone());
    let tie = TABLE.classes[members[0].class].tie;
    let negated = [0, 1].map(|side| places[side].clone().any(|at| pair.readings[side].polarity.negated[at].is_some()));
    if negated[0] != negated[1] && tie != Tie::Vote {
        return None;
    }
    match tie {
        Tie::Thing => of_thing(pair, &places),
        Tie::Charge | Tie::OneOfSeveral => {
            let stages = [0, 1].map(|side| stage(pair.side(side), &places[side]));
            let same = stages[0].is_some() && stages[0] == stages[1];
            same.then_some(if tie == Tie::Charge { Stand::SameThing } else { Stand::SameKind })
        }
        Tie::Vote => {
            let mut matched = pair.matches.iter();
            let confidence = matched.any(|&(i, j)| pair.form(0, i) == "confidence" && pair.form(1, j) == "confidence");
            confidence.then_some(Stand::SameThing)
        }
        Tie::Order => {
            let is = [0, 1].iter().all(|&side| is_predicate(pair.side(side), &places[side]));
            let same =
                pair.sides[0].words.len() > places[0].end && pair.partner(0, places[0].end) == Some(places[1].end);
            (is && same).then_some(Stand::SameThing)
        }
    }
}

/// What two colours or directions are of: the same noun, which they stand before or are told of, or the same verb.
fn of_thing(pair: &Pair, places: &[Range<usize>; 2]) -> Option<Stand> {
    let things = [0, 1].map(|side| things(pair, side, &places[side]));
    let same = things[0].iter().any(|&i| things[1].iter().any(|&j| pair.partner(0, i) == Some(j)));
    // "rolling | uphill"
    let beside =
        places.iter().all(|place| place.start > 0) && pair.partner(0, places[0].start - 1) == Some(places[1].start - 1);
    let verb = beside && pair.word(0, places[0].start - 1).kind == WordKind::Content;
    let verbs = things.iter().all(Vec::is_empty) && (verb || pair.same_verb(&places[0], &places[1]) == Some(true));
    if !same && !verbs {
        return None;
    }
    // Of several vans, or of "a red van" that somebody saw, there may be another one.
    let several = |side: usize| things[side].iter().any(|&at| is_plural(pair.form(side, at)));
    let opens = |side: usize| opens(pair.side(side), &places[side]);
    let kind = several(0) || several(1) || opens(0) && opens(1);
    Some(if kind { Stand::SameKind } else { Stand::SameThing })
}

/// The noun that a value stands before, and those between; else the one that it is told of: "van" of "a silver delivery van", "the
/// van was silver".
fn things(pair: &Pair, side: usize, place: &Range<usize>) -> Vec<usize> {
    const MOST: usize = 3;
    let all = pair.side(side);
    let noun = |at: usize| {
        let verb = is_verb(all.form(at), Some(all.form(at - 1)));
        matches!(all.words[at].kind, WordKind::Content | WordKind::Name) && !verb && !is_time(all.form(at))
    };
    let goes_on = |at: &usize| !all.words[*at].starts_clause && noun(*at);
    let behind: Vec<usize> = (place.end..all.words.len()).take(MOST).take_while(goes_on).collect();
    let told = place.start >= 2 && matches!(all.form(place.start - 1), "is" | "was" | "are" | "were" | "painted");
    if !behind.is_empty() || !told {
        return behind;
    }
    // The head of the subject is the last word of its first noun phrase: "the van of the thieves was silver".
    let opens = all.clause(&(place.start - 1..place.start)).start;
    let tells = |at: &usize| matches!(all.words[*at].kind, WordKind::Content | WordKind::Name);
    let Some(first) = (opens..place.start - 1).find(tells) else { return Vec::new() };
    (first..place.start - 1).take_while(tells).last().into_iter().collect()
}

/// Whether a noun phrase with a value is the first of its clause: what the clause is of.
fn opens(side: Side, place: &Range<usize>) -> bool {
    let article = |at: usize| {
        let form = side.form(at);
        matches!(form, "a" | "an" | "the" | "his" | "her" | "its" | "their") || is_shade(form)
    };
    let first = (0..place.start).rev().take_while(|&at| article(at)).last().unwrap_or(place.start);
    first == 0 || side.words[first].starts_clause || place.start > 0 && side.words[place.start].starts_clause
}

/// How far a case has come in which somebody has to do with an offence.
fn stage(side: Side, place: &Range<usize>) -> Option<u8> {
    const BEFORE: usize = 7;
    const BEHIND: usize = 2;
    let of = |form: &str| match form {
        "charged" | "charge" | "charges" | "accused" | "indicted" | "suspected" | "suspicion" => Some(1),
        "convicted" | "guilty" | "conviction" | "sentenced" | "jailed" | "imprisoned" => Some(2),
        "acquitted" | "cleared" => Some(3),
        _ => None,
    };
    let near = (place.start.saturating_sub(BEFORE)..place.start).rev().chain(place.end..place.end + BEHIND);
    let found = near.into_iter().find_map(|at| Some((at, of(side.form(at))?)))?;
    // "not guilty of murder", "pleaded not guilty"
    let denied = side.reading.polarity.negated[found.0].is_some();
    (!denied).then_some(found.1)
}

/// Whether a value tells what something is: "was her | first".
fn is_predicate(side: Side, place: &Range<usize>) -> bool {
    let before = |back: usize| place.start.checked_sub(back).map_or("", |at| side.form(at));
    let article = matches!(before(1), "the" | "a" | "his" | "her" | "its" | "their");
    article
        && matches!(before(2), "is" | "was" | "became")
        && !side.words.get(place.end).is_none_or(|next| next.starts_clause)
}

#[cfg(test)]
mod tests {
    use crate::conflict::tests::read;

    /// Whether a pair is told, set apart, or neither.
    fn told(left: &str, right: &str) -> &'static str {
        let (found, told) = read(left, right);
        match () {
            () if !told.is_empty() => "told",
            () if found.iter().any(|one| one.is_apart()) => "apart",
            () => "none",
        }
    }

    #[test]
    fn a_thing_has_one_value_of_a_class() {
        let mut wrong = Vec::new();
        for (left, right, expected) in [
            (
                "The thieves fled in a grey pick-up with a torn roof.",
                "The thieves fled in a yellow pick-up with a torn roof.",
                "told",
            ),
            ("The van of the thieves was grey.", "The van of the thieves was yellow.", "told"),
            ("The thieves fled in a grey pick-up.", "The thieves fled in a silver pick-up.", "none"),
            ("The thieves fled in a blue pick-up.", "The thieves fled in a yellow pick-up.", "told"),
            ("The thieves fled in a grey pick-up.", "The thieves wore yellow gloves.", "none"),
            ("A grey pick-up was parked at the mill.", "A yellow pick-up was parked at the mill.", "apart"),
            (
                "The tanker lay on the eastbound track near Holm.",
                "The tanker lay on the westbound track near Holm.",
                "told",
            ),
            ("The eastbound track is shut near Holm.", "The westbound track is shut near Holm.", "apart"),
            ("The tanker had been rolling uphill.", "The tanker had been rolling downhill.", "told"),
            ("The tanker skidded on the inner lane.", "The tanker skidded on the outer lane.", "told"),
            (
                "Ida Lund was charged with murder on Monday.",
                "Ida Lund was charged with manslaughter on Monday.",
                "told",
            ),
            ("Ida Lund was found guilty of manslaughter.", "Ida Lund was convicted of negligent homicide.", "told"),
            (
                "Ida Lund was charged with murder on Monday.",
                "Ida Lund was convicted of manslaughter on Monday.",
                "apart",
            ),
            ("Ida Lund was found not guilty of murder.", "Ida Lund was found guilty of manslaughter.", "none"),
            ("A court found Ida Lund guilty of forgery.", "A court found Ida Lund guilty of trespass.", "apart"),
            (
                "Lund's cabinet survived the vote of confidence.",
                "Lund's cabinet fell in the vote of confidence.",
                "told",
            ),
            (
                "Lund's cabinet survived the vote of confidence.",
                "Lund's cabinet survived a vote of confidence.",
                "none",
            ),
            (
                "Holt's cabinet survived the vote of confidence by a hair.",
                "Prime minister Ida Holt's cabinet was toppled in a vote of no confidence.",
                "told",
            ),
            ("Ida Lund was charged with murder.", "Eva Dahl was charged with manslaughter.", "no"),
            ("Two brothers were charged with murder.", "A teacher was charged with manslaughter.", "no"),
            ("The thieves fled in a grey van.", "The owner came back in a yellow van.", "no"),
            ("The tanker drove on the eastbound track.", "A tram was stopped on the westbound track.", "no"),
            ("Lund's first race was long.", "Lund's second race was long.", "no"),
            ("It was her third cup of the winter.", "It was her fourth cup of the winter.", "told"),
            ("The first cup went to Lund.", "The second cup went to Lund.", "none"),
        ] {
            for (left, right) in [(left, right), (right, left)] {
                let found = told(left, right);
                // A few are set apart by other rules.
                let as_expected = if expected == "no" { found != "told" } else { found == expected };
                if !as_expected {
                    wrong.push(format!("{found}, not {expected}: {left} / {right}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
