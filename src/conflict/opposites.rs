//! Words of which at most one is true: opposites, exclusives of the thesaurus, and states that follow each other.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::naming::{object, subject, with_particle};
use super::pair::{Pair, is_time};
use super::weights::{Sign, signs};
use super::{Difference, Kind};
use crate::align::{Kind as WordKind, Lexicon, OPPOSITES, Prepared, Word};
use crate::clause::is_verb;
use crate::language::list;
use crate::link::Scorer;
use crate::reading::{Measure, is_person, is_plural, stem};
use crate::span::Span;

/// A line is a set of states of one thing, apart by " / "; the words of a phrase are joined by "_". States of people alone
/// begin with [`OF_PEOPLE`].
const STATES: &str = list(include_str!("states.txt"));

const OF_PEOPLE: &str = "people: ";

/// A line and a place in it.
type Places = Vec<(u16, u8)>;

struct Tables {
    opposites: FxHashMap<String, Places>,
    states: FxHashMap<String, Places>,
    /// The lines of states that hold of people alone.
    of_people: Vec<bool>,
    /// The most words of a state.
    longest: usize,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let read = |list: &'static str| {
        let mut places: FxHashMap<String, Places> = FxHashMap::default();
        for (line, number) in list.lines().zip(0..) {
            let line = line.strip_prefix(OF_PEOPLE).unwrap_or(line);
            for (words, place) in line.split(" / ").zip(0..) {
                for phrase in words.split_whitespace() {
                    let key = phrase.split('_').map(stem).collect::<Vec<_>>().join("_");
                    places.entry(key).or_default().push((number, place));
                }
            }
        }
        places
    };
    let longest = STATES.split_whitespace().map(|phrase| phrase.split('_').count()).max().unwrap_or(1);
    let of_people = STATES.lines().map(|line| line.starts_with(OF_PEOPLE)).collect();
    Tables { opposites: read(OPPOSITES), states: read(STATES), of_people, longest }
});

/// A word or phrase of a sentence that has opposites.
#[derive(Debug, Clone)]
struct Turn {
    /// First and one past the last word.
    words: (usize, usize),
    places: &'static Places,
    state: bool,
}

/// What of a sentence can be turned round by another word.
#[derive(Debug, Clone, Default)]
pub(super) struct Turns {
    listed: Vec<Turn>,
    /// Words that the thesaurus knows exclusives of.
    exclusive: Vec<usize>,
}

impl Turns {
    pub fn new(words: &[Word], lexicon: &Lexicon) -> Self {
        let tables = &*TABLES;
        let mut turns = Self::default();
        for at in 0..words.len() {
            let mut key = String::new();
            for end in at + 1..=(at + tables.longest).min(words.len()) {
                if end > at + 1 {
                    key.push('_');
                }
                key.push_str(&lexicon.stems[words[end - 1].stem as usize]);
                if let Some(places) = tables.states.get(&key) {
                    turns.listed.push(Turn { words: (at, end), places, state: true });
                }
            }
            let stem = &lexicon.stems[words[at].stem as usize];
            let told = !matches!(words[at].kind, WordKind::Function | WordKind::Number);
            let form = |at: usize| words.get(at).map_or("", |word| lexicon.forms[word.form as usize].text.as_str());
            // "more people voted" / "fewer people voted"; but "one more", "no more", "more than"
            let counted = words.get(at + 1).is_some_and(|next| next.kind == WordKind::Content);
            let first = at == 0 || words[at].starts_clause;
            let compares = matches!(form(at), "more" | "fewer" | "less") && counted && first;
            let told = told || compares || matches!(form(at), "before" | "after");
            if let Some(places) = tables.opposites.get(stem).filter(|_| told) {
                turns.listed.push(Turn { words: (at, at + 1), places, state: false });
            }
            let timed = is_time(form(at)) || words[at].kind == WordKind::Function;
            if told && !timed && lexicon.excludes_some(&words[at]) {
                turns.exclusive.push(at);
            }
        }
        turns
    }
}

fn apart(a: &Turn, b: &Turn) -> bool {
    let of = |&(line, place): &(u16, u8)| b.places.iter().any(|&(at, other)| at == line && other != place);
    let same = |&(line, place): &(u16, u8)| b.places.contains(&(line, place));
    a.state == b.state && a.places.iter().any(of) && !a.places.iter().any(same)
}

/// Whether two states exclude each other of people alone.
fn are_of_people(a: &Turn, b: &Turn) -> bool {
    let excluded = |&(line, place): &(u16, u8)| b.places.iter().any(|&(at, other)| at == line && other != place);
    a.places.iter().filter(|place| excluded(place)).all(|&(line, _)| TABLES.of_people[usize::from(line)])
}

/// Whether a verb is told of a thing and not of a person: "released a statement", "the autopsies have been released".
fn tells_of_thing(pair: &Pair, side: usize, turn: &Turn) -> bool {
    let words = &pair.sides[side].words;
    let (start, end) = turn.words;
    if !is_verb(pair.form(side, start), start.checked_sub(1).map(|at| pair.form(side, at))) {
        return false;
    }
    let is_thing = |at: usize| words[at].kind == WordKind::Content && !is_person(pair.form(side, at));
    if let Some(head) = object(pair, side, &(start..end)) {
        return is_thing(head);
    }
    let plural = end < words.len() && !words[end].starts_clause && is_plural(pair.form(side, end));
    let passive = (start.saturating_sub(2)..start)
        .any(|at| matches!(pair.form(side, at), "are" | "be" | "been" | "being" | "is" | "was" | "were"));
    if !passive {
        return plural && is_thing(end) && !is_time(pair.form(side, end));
    }
    // The head of the subject is the last word of the first noun phrase: "the autopsies for the three men were released".
    let opens = pair.side(side).clause(&(start..start)).start;
    let tells = |at: &usize| matches!(words[*at].kind, WordKind::Content | WordKind::Name);
    let Some(first) = (opens..start).find(tells) else { return false };
    let phrase: Vec<usize> = (first..start).take_while(tells).collect();
    phrase.iter().all(|&at| words[at].kind == WordKind::Content) && phrase.last().is_some_and(|&head| is_thing(head))
}

/// Whether two sentences have states that follow each other.
pub(super) fn changed(turns: [&Turns; 2]) -> bool {
    let states = |side: usize| turns[side].listed.iter().filter(|turn| turn.state);
    states(0).any(|a| states(1).any(|b| apart(a, b)))
}

/// Whether one of two sentences has both states: it tells how the one became the other.
fn retells(turns: [&Turns; 2], a: &Turn, b: &Turn) -> bool {
    let holds = |side: usize, places: &Places, other: &Places| {
        let same = |place: &(u16, u8)| places.contains(place) && !other.contains(place);
        a.state && turns[side].listed.iter().any(|turn| turn.state && turn.places.iter().any(same))
    };
    let lines = |places: &Places, of: &Places| -> Places {
        places.iter().filter(|place| of.iter().any(|other| other.0 == place.0 && other.1 != place.1)).copied().collect()
    };
    let (x, y) = (lines(a.places, b.places), lines(b.places, a.places));
    holds(0, &y, &x) || holds(1, &x, &y)
}

/// Whether two sentences have words that exclude each other.
pub(super) fn comparable(left: (&Turns, &Prepared), right: (&Turns, &Prepared), lexicon: &Lexicon) -> bool {
    let excluded = |i: usize, j: usize| {
        left.1.keys[i].may_exclude(&right.1.keys[j]) && lexicon.exclude_each_other(&left.1.words[i], &right.1.words[j])
    };
    left.0.listed.iter().any(|a| right.0.listed.iter().any(|b| apart(a, b)))
        || left.0.exclusive.iter().any(|&i| right.0.exclusive.iter().any(|&j| excluded(i, j)))
}

/// The differences, the one that most speaks for first.
pub(super) fn differences(pair: &Pair, turns: [&Turns; 2]) -> Vec<Difference> {
    if pair.readings.iter().any(|reading| reading.polarity.supposed) {
        return Vec::new();
    }
    let mut found: Vec<(f32, Difference)> = Vec::new();
    let free = |side: usize, words: (usize, usize)| (words.0..words.1).any(|at| pair.likeness(side, at) < 1.0);
    let unit = |side: usize, at: usize| is_unit(pair, side, at);
    for a in turns[0].listed.iter().filter(|a| free(0, a.words)) {
        for b in turns[1].listed.iter().filter(|b| free(1, b.words) && apart(a, b) && !retells(turns, a, b)) {
            if [0, 1].map(|side| is_order(pair, side, [a, b][side].words.0)).contains(&true) && !same_order(pair, a, b)
            {
                continue;
            }
            if a.state && are_of_people(a, b) && [0, 1].iter().any(|&side| tells_of_thing(pair, side, [a, b][side])) {
                continue;
            }
            let rule = if a.state { Sign::state } else { Sign::antonym };
            found.extend(difference(pair, a.words, b.words, rule));
        }
    }
    for &i in turns[0].exclusive.iter().filter(|&&i| pair.likeness(0, i) < OPEN) {
        for &j in turns[1].exclusive.iter().filter(|&&j| pair.likeness(1, j) < OPEN) {
            let excluded = pair.lexicon.exclude_each_other(pair.word(0, i), pair.word(1, j));
            if excluded && !(unit(0, i) && unit(1, j)) && !is_from_owner(pair, [i, j]) {
                found.extend(difference(pair, (i, i + 1), (j, j + 1), Sign::exclusive));
            }
        }
    }
    found.retain(|(_, difference)| {
        difference.signs[Sign::around as usize] >= MIN_AROUND
            && difference.signs[Sign::around_share as usize] >= MIN_SHARE
    });
    found.sort_by(|(a, x), (b, y)| {
        b.total_cmp(a).then((x.left.start + x.right.start).cmp(&(y.left.start + y.right.start)))
    });
    found.into_iter().map(|(_, difference)| difference).collect()
}

/// Whether what is had from somebody is what he does: "she hired the barn from a farmer" / "the farmer owns the barn".
fn is_from_owner(pair: &Pair, verbs: [usize; 2]) -> bool {
    const REACH: usize = 6;
    let from = |side: usize| {
        let all = pair.side(side);
        let end = all.words.len().min(verbs[side] + REACH);
        let from = (verbs[side] + 1..end).find(|&at| all.form(at) == "from")?;
        let giver =
            (from + 1..all.words.len().min(from + REACH)).filter(|&at| all.words[at].kind != WordKind::Function);
        giver.map(|at| pair.partner(side, at)).find(Option::is_some)?
    };
    [0, 1].into_iter().any(|side| from(side).is_some_and(|giver| giver < verbs[1 - side]))
}

/// Whether the words of a difference tell one thing from its two ends, and of the same two: "Ardle sold it to Mosstown" /
/// "Mosstown bought it from Ardle".
pub(super) fn are_two_ends(pair: &Pair, scorer: &Scorer, difference: &Difference) -> bool {
    let words = |side: usize, span: Span| pair.words_under(side, span);
    let converse = |i: usize| words(1, difference.right).any(|j| scorer.are_converse(pair.word(0, i), pair.word(1, j)));
    words(0, difference.left).any(converse) && scorer.swapped(pair.sides, &pair.alignment) < 0.0
}

/// Whether a word is the unit of a figure: what is so many miles long is as many kilometres long.
fn is_unit(pair: &Pair, side: usize, at: usize) -> bool {
    let measured = pair.readings[side].quantities.iter().filter(|one| one.measure != Measure::Count);
    measured.into_iter().any(|one| one.span.overlaps(pair.word(side, at).span))
}

/// Whether a sentence tells of all but some.
pub(super) fn excepts(pair: &Pair, side: usize) -> bool {
    let all = |at: usize| {
        matches!(pair.form(side, at), "all" | "any" | "anyone" | "anything" | "everyone" | "everybody" | "everything")
    };
    let apart = |at: usize| match pair.form(side, at) {
        "except" | "excluding" => true,
        "but" | "bar" | "save" => at > 0 && all(at - 1),
        _ => false,
    };
    (0..pair.sides[side].words.len()).any(apart)
}

/// Whether the clause of a place opens with "unless", which turns it round.
fn has_unless(pair: &Pair, side: usize, place: &Range<usize>) -> bool {
    (pair.side(side).clause(place).start..place.start).any(|at| pair.form(side, at) == "unless")
}

/// Whether a word says which of two acts came first.
pub(super) fn is_order(pair: &Pair, side: usize, at: usize) -> bool {
    matches!(pair.form(side, at), "before" | "after")
}

/// Whether the same happens before and after what is the same: "they sang before the bridge fell" / "they sang after the
/// bridge had fallen"; of what has no verb, one may have been before and another after.
fn same_order(pair: &Pair, a: &Turn, b: &Turn) -> bool {
    let (i, j) = (a.words.0, b.words.0);
    let verb = |side: usize, at: usize| {
        pair.word(side, at).kind == WordKind::Content
            && is_verb(pair.form(side, at), at.checked_sub(1).map(|at| pair.form(side, at)))
    };
    let told = |&&(x, _): &&(usize, usize)| pair.word(0, x).kind != WordKind::Function;
    let same = |inside: fn(usize, usize) -> bool| {
        let words: Vec<_> = pair.matches.iter().filter(told).filter(|&&(x, y)| inside(x, i) && inside(y, j)).collect();
        words.len() > 1 && words.iter().any(|&&(x, y)| verb(0, x) && verb(1, y))
    };
    is_order(pair, 0, i) && is_order(pair, 1, j) && same(|at, place| at < place) && same(|at, place| at > place)
}

/// The least weight that must match around two words, and its share of all that stands around them.
const MIN_AROUND: f32 = 2.0;
const MIN_SHARE: f32 = 0.2;
/// A word less like its best counterpart than this has none.
const OPEN: f32 = 0.7;

fn difference(pair: &Pair, a: (usize, usize), b: (usize, usize), rule: Sign) -> Option<(f32, Difference)> {
    let [left, right] = pair.readings.map(|reading| &reading.polarity.negated);
    let negated = [(a, left), (b, right)].map(|(words, negated)| negated[words.1 - 1].is_some());
    // "not closed" / "open", "open to all but lorries" / "closed to lorries"
    if negated[0] != negated[1] || excepts(pair, 0) != excepts(pair, 1) {
        return None;
    }
    let places = [a.0..a.1, b.0..b.1];
    // "unless the budget passes" / "if the budget fails"
    if has_unless(pair, 0, &places[0]) != has_unless(pair, 1, &places[1]) {
        return None;
    }
    let mut signs = signs(pair, &places[0], &places[1], rule);
    let beside = [-1, 1].map(|step| {
        let (i, j) = if step < 0 { (a.0, b.0) } else { (a.1 - 1, b.1 - 1) };
        pair.same_beside(i, j, step)
    });
    Sign::beside.set(&mut signs, beside.iter().filter(|same| **same).count() as f32);
    let weight =
        |side: usize, words: (usize, usize)| -> f32 { pair.sides[side].weights[words.0..words.1].iter().sum() };
    Sign::weight.set(&mut signs, weight(0, a).min(weight(1, b)).min(8.0));
    let hedged = pair.readings.map(|reading| &reading.polarity.hedged);
    let other_hedge = hedged[0][a.1 - 1].is_some() != hedged[1][b.1 - 1].is_some();
    Sign::hedged.set(&mut signs, f32::from(u8::from(other_hedge)));
    let span = |side: usize, words: (usize, usize)| {
        let list = &pair.sides[side].words;
        Span::new(list[words.0].span.start, list[with_particle(pair, side, words.1 - 1) - 1].span.end)
    };
    let (left, right) = (span(0, a), span(1, b));
    let said = [left.of(pair.texts[0]).to_lowercase(), right.of(pair.texts[1]).to_lowercase()];
    let order = [0, 1].iter().all(|&side| is_order(pair, side, places[side].start));
    let what = match subject(pair, &places[0], &places[1]).filter(|_| !order) {
        Some(subject) => subject,
        None => format!("{} or {}", said[0].as_str().min(&said[1]), said[0].as_str().max(&said[1])),
    };
    let negated = |x: &str, y: &str| x.strip_prefix("un") == Some(y);
    let plain = order || negated(&said[0], &said[1]) || negated(&said[1], &said[0]);
    Sign::plain.set(&mut signs, f32::from(u8::from(plain)));
    let kind = if matches!(rule, Sign::state) { Kind::State } else { Kind::Opposite };
    let rank = signs[Sign::around as usize] + 3.0 * signs[Sign::beside as usize] + signs[Sign::weight as usize] / 10.0;
    Some((rank, Difference { kind, what, left, right, signs }))
}
