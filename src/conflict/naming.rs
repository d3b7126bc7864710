//! What two claims differ about, in a reporter's words: "bridge", "age of Ida Lund", "whether: close its factory".
//!
//! The same with the sides swapped: of two wordings the one that comes first in order of letters.

use std::ops::Range;

use super::ages::person;
use super::pair::{Pair, WINDOW, is_time};
use crate::align::Kind as WordKind;
use crate::clause::{is_saying, is_verb};
use crate::reading::is_person;
use crate::span::Span;

fn is_article(form: &str) -> bool {
    matches!(form, "the" | "a" | "an" | "its" | "his" | "her" | "their")
}

fn is_be(form: &str) -> bool {
    matches!(form, "is" | "are" | "was" | "were" | "be" | "been")
}

/// Whether a word is a verb behind the one before it.
fn verb(pair: &Pair, side: usize, at: usize) -> bool {
    is_verb(pair.form(side, at), at.checked_sub(1).map(|before| pair.form(side, before)))
}

fn adjacent(pair: &Pair, side: usize, at: usize) -> bool {
    let words = &pair.sides[side].words;
    at > 0 && &pair.texts[side][words[at - 1].span.end..words[at].span.start] == " "
}

/// The words of a range, as they stand there; a first word that is no name in lower case.
pub(super) fn written(pair: &Pair, side: usize, words: Range<usize>) -> String {
    let list = &pair.sides[side].words;
    let text = pair.span(side, &words).of(pair.texts[side]);
    let rest = list[words.start].span.len();
    match pair.word(side, words.start).kind {
        WordKind::Name => text.to_owned(),
        _ => format!("{}{}", pair.form(side, words.start), &text[rest..]),
    }
}

/// Whether a noun phrase ends with a word: behind an article, or at the head of a sentence before its verb.
fn is_noun(pair: &Pair, side: usize, at: usize) -> bool {
    let form = pair.form(side, at);
    if pair.word(side, at).kind != WordKind::Content || is_time(form) || form.ends_with("ly") {
        return false;
    }
    let words = &pair.sides[side].words;
    let next = words.get(at + 1).filter(|next| !next.starts_clause);
    let goes_on =
        next.is_some_and(|next| matches!(next.kind, WordKind::Content | WordKind::Name) && !verb(pair, side, at + 1));
    let opens = at == 0 && (next.is_some_and(|next| next.kind == WordKind::Function) || verb_follows(pair, side, at));
    !goes_on && (opens || at > 0 && is_article(pair.form(side, at - 1)))
}

fn verb_follows(pair: &Pair, side: usize, at: usize) -> bool {
    at + 1 < pair.sides[side].words.len() && verb(pair, side, at + 1)
}

/// Whether a noun phrase ends with a word, whatever stands before it.
fn is_head(pair: &Pair, side: usize, at: usize) -> bool {
    let words = &pair.sides[side].words;
    let plain = |at: usize| {
        words.get(at).is_some_and(|word| word.kind == WordKind::Content && !word.starts_clause) && !verb(pair, side, at)
    };
    plain(at) && !plain(at + 1) && !is_time(pair.form(side, at)) && !pair.form(side, at).ends_with("ly")
}

/// What a verb in a place is told of, right behind it: "mill" of "bought the old mill".
pub(super) fn object(pair: &Pair, side: usize, place: &Range<usize>) -> Option<usize> {
    let told = place.clone().any(|at| verb(pair, side, at));
    let article = |at: &usize| is_article(pair.form(side, *at));
    let first = (place.end..pair.sides[side].words.len()).next().filter(|at| told && article(at))?;
    (first + 1..pair.sides[side].words.len()).take(4).find(|&at| is_head(pair, side, at))
}

/// What two places are about: what they qualify, what is done to it, else the heaviest matched noun near both.
pub(super) fn subject(pair: &Pair, left: &Range<usize>, right: &Range<usize>) -> Option<String> {
    let places = [left, right];
    let near = |side: usize, at: usize| {
        let place = places[side];
        !place.contains(&at) && at + WINDOW >= place.start && at < place.end + WINDOW
    };
    // "fixing it could cost" names no thing.
    let noun = |side: usize, at: usize| is_noun(pair, side, at) && !verb(pair, side, at);
    let name = |&(i, j): &(usize, usize)| -> Option<&str> {
        [(0, i), (1, j)].into_iter().filter(|&(side, at)| noun(side, at)).map(|(side, at)| pair.form(side, at)).min()
    };
    let weight = |found: &(usize, usize)| pair.sides[0].weights[found.0].min(pair.sides[1].weights[found.1]);
    // "the day shift" / "the night shift"; "bought the mill" / "sold the mill"
    let qualified = (left.end, right.end);
    let content = |&(i, j): &(usize, usize)| [(0, i), (1, j)].iter().all(|&(side, at)| is_head(pair, side, at));
    let figure =
        [(0, left), (1, right)].iter().any(|&(side, place)| pair.word(side, place.start).kind == WordKind::Number);
    if let Some(&(i, j)) = pair.matches.iter().find(|&&found| !figure && found == qualified && content(&found)) {
        let noun = pair.form(0, i).min(pair.form(1, j));
        return Some(match [(0, i), (1, j)].into_iter().filter_map(|(side, at)| belongs_to(pair, side, at)).min() {
            Some(whole) => format!("{noun} {whole}"),
            None => noun.to_owned(),
        });
    }
    let objects = [(0, left), (1, right)].map(|(side, place)| object(pair, side, place));
    if let [Some(i), Some(j)] = objects
        && pair.partner(0, i) == Some(j)
    {
        return Some(pair.form(0, i).min(pair.form(1, j)).to_owned());
    }
    let told = |side: usize, at: usize| !figure || is_of_figure(pair, side, at, places[side]);
    let found = pair.matches.iter().filter(|&&(i, j)| near(0, i) && near(1, j) && told(0, i) && told(1, j));
    let named = found.filter_map(|found| Some((weight(found), name(found)?)));
    if let Some(best) = named.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1))) {
        return Some(best.1.to_owned());
    }
    // "eastern gate was open" / "eastern gate was closed"
    let before = [(0, left), (1, right)].map(|(side, place)| noun_before(pair, side, place.start));
    let [Some(i), Some(j)] = before else { return None };
    let noun = |side: usize, at: usize| {
        let done = at > 0 && is_be(pair.form(side, at - 1));
        pair.word(side, at).kind == WordKind::Content && !verb(pair, side, at) && !done
    };
    let same = pair.partner(0, i) == Some(j) && noun(0, i) && noun(1, j) && told(0, i) && told(1, j);
    same.then(|| pair.form(0, i).min(pair.form(1, j)).to_owned())
}

/// What a noun is a part of, where the other side speaks of that too: "of the dam" of "the western end of the dam".
fn belongs_to(pair: &Pair, side: usize, noun: usize) -> Option<String> {
    /// Words of the longest name of a whole, with "of the": "of the old Haldermere dam".
    const LONGEST: usize = 5;
    let words = &pair.sides[side].words;
    let joined = |at: &usize| adjacent(pair, side, *at) && !words[*at].starts_clause;
    let end = (noun + 1..words.len()).take(LONGEST).take_while(joined).count() + noun + 1;
    if end < noun + 4 || pair.form(side, noun + 1) != "of" || pair.form(side, noun + 2) != "the" {
        return None;
    }
    let told = |at: &usize| matches!(words[*at].kind, WordKind::Content | WordKind::Name);
    let whole = (noun + 3..end).take_while(told).find(|&at| is_head(pair, side, at))?;
    pair.partner(side, whole).map(|_| format!("of the {}", pair.form(side, whole)))
}

/// Whether a noun may be what a figure is of: in its clause, with no verb of saying between the two; behind it only where "of" or
/// "for" joins them. "The mine is 15 km off, the army said" tells of no army, "$20m in the port" of no port.
fn is_of_figure(pair: &Pair, side: usize, at: usize, place: &Range<usize>) -> bool {
    let words = &pair.sides[side].words;
    let (first, last) = if at < place.start { (at, place.start) } else { (place.start, at) };
    let parted = (first + 1..=last).any(|at| words[at].starts_clause || is_saying(pair.form(side, at)));
    // "the highest for 30 years"
    let superlative = pair.form(side, at).ends_with("est")
        && words.get(at + 1).is_some_and(|_| matches!(pair.form(side, at + 1), "ever" | "for" | "in" | "since"));
    let joined = at < place.start || (place.end..at).any(|at| matches!(pair.form(side, at), "for" | "of"));
    // "the board | fined the bank $12m", but "the storm cost the town $12m"
    let acts = |at: usize| {
        let form = pair.form(side, at);
        verb(pair, side, at) && !is_be(form) && !matches!(form, "cost" | "costs" | "costing")
    };
    let acts_on =
        (at + 1..place.start).any(|at| acts(at) && at + 1 < place.start && is_article(pair.form(side, at + 1)));
    !parted && !superlative && joined && !acts_on && !is_person(pair.form(side, at))
}

/// What a number and a noun are a part of the name of: "crew" of "six-man crew".
pub(super) fn made_of<'a>(pair: &'a Pair, side: usize, noun: Option<Span>) -> Option<&'a str> {
    let words = pair.words_under(side, noun?);
    let (first, next) = (words.start, words.end);
    let hyphened = pair.texts[side][..pair.word(side, first).span.start].ends_with('-');
    (hyphened && next < pair.sides[side].words.len() && is_head(pair, side, next) && adjacent(pair, side, next))
        .then(|| pair.form(side, next))
}

/// Whose an age is: "age of Ida Lund", "age of the girl".
pub(super) fn age(pair: &Pair, places: &[Range<usize>; 2]) -> String {
    let of = |side: usize| {
        let names = person(pair.side(side), &places[side]).names;
        let told = names.clone().any(|at| pair.form(side, at).chars().filter(|c| c.is_alphabetic()).count() > 1);
        // "a 16-year-old Arven County boy"
        let owned = names.end < pair.sides[side].words.len() && is_person(pair.form(side, names.end));
        (told && !owned).then(|| written(pair, side, names))
    };
    // The full name says more than the surname.
    let longer = |a: &String, b: &String| a.len().cmp(&b.len()).then(b.cmp(a));
    match [of(0), of(1)].into_iter().flatten().max_by(longer) {
        Some(name) => format!("age of {name}"),
        None => "age".to_owned(),
    }
}

/// Verbs that say little without the word behind them: "stayed silent", "went off".
fn is_light(form: &str) -> bool {
    const LIGHT: &[&str] = &[
        "became", "become", "came", "come", "comes", "go", "goes", "went", "remain", "remained", "remains", "stay",
        "stayed", "stays", "take", "taken", "takes", "taking", "took",
    ];
    LIGHT.contains(&form)
}

/// Words that a phrase may have at most.
const MAX_WORDS: usize = 5;

/// The end of a verb that says nothing alone: "off" of "went off".
pub(super) fn with_particle(pair: &Pair, side: usize, at: usize) -> usize {
    let next = at + 1;
    let words = &pair.sides[side].words;
    if next >= words.len() || words[next].starts_clause || !adjacent(pair, side, next) {
        return next;
    }
    let particle = matches!(
        pair.form(side, next),
        "away" | "back" | "down" | "in" | "off" | "on" | "out" | "over" | "part" | "up"
    );
    let light = is_light(pair.form(side, at)) && (particle || words[next].kind == WordKind::Content);
    if light { next + 1 } else { next }
}

/// The same, and the end of a noun that goes on behind a word: "error" of "software error".
pub(super) fn whole(pair: &Pair, side: usize, at: usize) -> usize {
    let next = at + 1;
    let words = &pair.sides[side].words;
    let goes_on = next < words.len() && !words[next].starts_clause && adjacent(pair, side, next);
    let noun = goes_on && words[next].kind == WordKind::Content && !verb(pair, side, at) && !verb(pair, side, next);
    let said = noun && pair.partner(side, next).is_some() && !pair.form(side, next).ends_with("ly");
    if said { next + 1 } else { with_particle(pair, side, at) }
}

/// What a word tells with what it tells it of: "close its factory", "software error"; where nothing follows a verb, with the
/// noun before it, "bridge will reopen".
pub(super) fn phrase(pair: &Pair, side: usize, at: usize) -> String {
    let words = &pair.sides[side].words;
    if let Some(whole) = predicate(pair, side, at) {
        return written(pair, side, whole);
    }
    let is_noun = !verb(pair, side, at)
        && !matches!(at.checked_sub(1).map(|at| pair.form(side, at)), Some("to" | "will" | "would" | "may" | "could"));
    let mut end = at + 1;
    let mut last = end;
    while end < words.len() && end < at + MAX_WORDS && !words[end].starts_clause && adjacent(pair, side, end) {
        let form = pair.form(side, end);
        if is_time(form)
            || is_saying(form)
            || is_noun && (words[end].kind == WordKind::Function || verb(pair, side, end))
        {
            break;
        }
        if words[end].kind != WordKind::Function {
            last = end + 1;
        } else if last > at + 1 {
            break;
        }
        end += 1;
    }
    // "arrested a | 34-year-old man"
    if words.get(last).is_some_and(|next| pair.texts[side][words[last - 1].span.end..next.span.start].starts_with('-'))
    {
        let open = |word: usize| matches!(words[word].kind, WordKind::Number | WordKind::Function);
        last = (at + 1..last).rev().find(|&word| !open(word)).map_or(at + 1, |word| word + 1);
    }
    if last == at + 1
        && !is_noun
        && let Some(noun) = noun_before(pair, side, at)
    {
        return written(pair, side, noun..at + 1);
    }
    written(pair, side, at..last)
}

/// The verb of which a word is the object, with nothing but words of the object between the two: "accepted" of "accepted the new
/// offer".
pub(super) fn governing(pair: &Pair, side: usize, at: usize) -> Option<usize> {
    const LONGEST: usize = 4;
    let words = &pair.sides[side].words;
    let joined = |at: &usize| !words[*at].starts_clause && adjacent(pair, side, *at);
    let coming = |at: usize| {
        matches!(pair.form(side, at), "can" | "could" | "may" | "must" | "should" | "to" | "will" | "would")
    };
    let acts = |at: usize| verb(pair, side, at) || at > 0 && coming(at - 1);
    let tells = |at: usize| words[at].kind == WordKind::Content && !is_saying(pair.form(side, at));
    let found = (1..=at).rev().take(LONGEST).take_while(joined).map(|at| at - 1).find(|&before| acts(before))?;
    let inside = (found + 1..at).all(|at| {
        let form = pair.form(side, at);
        words[at].kind != WordKind::Function
            || is_article(form)
            || matches!(form, "any" | "none" | "of" | "that" | "this")
    });
    let article =
        (found + 1..at).any(|at| is_article(pair.form(side, at))) || matches!(pair.form(side, at), "no" | "none");
    (!verb(pair, side, at) && tells(found) && inside && article).then_some(found)
}

/// The words of a claim of which a word that is no verb is the end: "harbour is open", "tank held fuel"; or the start, "fuel
/// leaked".
fn predicate(pair: &Pair, side: usize, at: usize) -> Option<Range<usize>> {
    let words = &pair.sides[side].words;
    if verb(pair, side, at) || pair.word(side, at).kind != WordKind::Content {
        return None;
    }
    let joined = |at: usize| at > 0 && at < words.len() && !words[at].starts_clause && adjacent(pair, side, at);
    let tells = |at: usize| {
        is_be(pair.form(side, at))
            || words[at].kind == WordKind::Content && verb(pair, side, at) && !is_saying(pair.form(side, at))
    };
    if joined(at + 1) && tells(at + 1) {
        let passive = words[at + 1].kind == WordKind::Function;
        let end = at + 2 + usize::from(passive);
        return (end <= words.len() && (at + 1..end).all(joined)).then_some(at..end);
    }
    if joined(at + 1) && words[at + 1].kind == WordKind::Content {
        return None;
    }
    let start = (at > 0 && joined(at) && tells(at - 1)).then(|| at - 1)?;
    let first = noun_before(pair, side, start).filter(|&noun| (noun + 1..=at).all(joined)).unwrap_or(start);
    (first < start || !matches!(pair.form(side, start), "be" | "been")).then_some(first..at + 1)
}

/// The head of the noun phrase before a verb: "cheeses" of "cheeses from the valley are affected".
fn noun_before(pair: &Pair, side: usize, verb: usize) -> Option<usize> {
    const FAR: usize = 7;
    let words = &pair.sides[side].words;
    let near = (verb.saturating_sub(FAR)..verb).rev().take_while(|&at| !words[at + 1].starts_clause);
    let mut found = None;
    for at in near {
        let form = pair.form(side, at);
        match words[at].kind {
            // "coins | worth $20m"
            _ if form == "worth" => {}
            WordKind::Content | WordKind::Name if !form.ends_with("ly") => found = found.or(Some(at)),
            _ if matches!(form, "of" | "from" | "to" | "in" | "on" | "at" | "for" | "with") => found = None,
            _ => {}
        }
    }
    found
}
