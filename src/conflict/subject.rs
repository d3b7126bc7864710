//! Of whom or of what two values are told: another subject, or another one of its kind, lets both be right.

use std::ops::Range;

use super::Difference;
use super::pair::{Pair, is_time};
use super::weights::Sign;
use crate::align::Kind as WordKind;
use crate::clause::{is_saying, is_verb};
use crate::reading::is_person;
use crate::span::Span;

/// Words less like each other than this are not the same.
const SAME: f32 = 0.6;
/// Words less like each other than this have nothing in common.
pub(super) const ALIKE: f32 = 0.4;

/// Whether the words of a difference are two kinds of people: "a cook" / "a waiter".
pub(super) fn both_people(pair: &Pair, difference: &Difference) -> bool {
    let of = |side: usize, span: Span| {
        let place = pair.words_under(side, span);
        let article =
            place.start.checked_sub(1).is_some_and(|at| matches!(pair.form(side, at), "a" | "an" | "another"));
        (article, place.clone().any(|at| is_person(pair.form(side, at))))
    };
    let (a, b) = (of(0, difference.left), of(1, difference.right));
    a.1 && b.1 || a.0 && b.0 && difference.signs[Sign::exclusive as usize] > 0.0
}

/// Whether what stands before the verbs of two places has nothing in common: "the owner was held on Monday" / "the driver
/// was held on Tuesday".
pub(super) fn nothing_of_one(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let told = [0, 1].map(|side| {
        let tells = |at: &usize| {
            matches!(pair.word(side, *at).kind, WordKind::Content | WordKind::Name) && !is_time(pair.form(side, *at))
        };
        before_verb(pair, side, &places[side]).filter(tells).collect::<Vec<usize>>()
    });
    let alike = |i: usize| told[1].iter().any(|&j| pair.likeness_of(i, j) >= ALIKE || pair.partner(0, i) == Some(j));
    let done_to = |side: usize| told[side].last().is_some_and(|&head| is_done_to(pair, side, &places[side], head));
    !told[0].is_empty() && !told[1].is_empty() && !told[0].iter().any(|&i| alike(i)) && !done_to(0) && !done_to(1)
}

/// Whether the subject of a passive verb is what the other side's verb is about: "the deal was signed" / "they signed the
/// deal", "the sale was announced" / "they announced the sale".
fn is_done_to(pair: &Pair, side: usize, place: &Range<usize>, head: usize) -> bool {
    let Some(verb) = pair.verb(side, place).filter(|&verb| verb > head) else { return false };
    let passive =
        (head + 1..verb).any(|at| matches!(pair.form(side, at), "is" | "are" | "was" | "were" | "be" | "been"));
    passive && pair.partner(side, head).is_some()
}

/// Whether names stand before the verbs of two places, on both sides, and none of them is the same; or another person, or
/// another thing of the kind.
pub(super) fn other_subject(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let before = [0, 1].map(|side| before_verb(pair, side, &places[side]));
    let of = |side: usize, kind: WordKind| {
        let told = move |&at: &usize| pair.word(side, at).kind == kind && !is_time(pair.form(side, at));
        before[side].clone().filter(told).collect::<Vec<usize>>()
    };
    let names = [0, 1].map(|side| of(side, WordKind::Name));
    let same = |i: usize| names[1].iter().any(|&j| pair.likeness_of(i, j) >= SAME || pair.partner(0, i) == Some(j));
    let named = !names[0].is_empty() && !names[1].is_empty() && !names[0].iter().any(|&i| same(i));
    let nouns = [0, 1].map(|side| of(side, WordKind::Content));
    let open = |side: usize, at: usize| pair.word(side, at).kind == WordKind::Content && pair.likeness(side, at) < SAME;
    // "a boy was found" / "a guest was found"
    let anyone = |side: usize| {
        let person = |&&at: &&usize| {
            let article = at > 0 && matches!(pair.form(side, at - 1), "a" | "an" | "another");
            article && is_person(pair.form(side, at)) && open(side, at)
        };
        nouns[side].iter().find(person).copied()
    };
    let other = anyone(0).zip(anyone(1)).is_some_and(|(i, j)| pair.likeness_of(i, j) < SAME);
    // "the coast line" / "the hill line"
    let kinds = |&i: &usize| {
        let Some(j) = pair.partner(0, i).filter(|j| nouns[1].contains(j)) else { return false };
        let beside = |side: usize, at: usize| at > 0 && open(side, at - 1) && is_kind(pair.form(side, at - 1));
        beside(0, i) && beside(1, j) && pair.likeness_of(i - 1, j - 1) < SAME
    };
    named || other || nouns[0].iter().any(kinds)
}

/// Whether a word before a noun may say what kind of thing it is: no participle, no plain adjective.
fn is_kind(form: &str) -> bool {
    const ENDINGS: &[&str] =
        &["ed", "ing", "ful", "ous", "ive", "al", "less", "ish", "able", "ible", "ic", "est", "ly"];
    !ENDINGS.iter().any(|ending| form.ends_with(ending))
}

/// The words from the start of the clause to the verb of a place, or to the place where no verb stands before it; of the
/// clause before where the verb opens its own: "the minister, Karin Dahl, resigned".
fn before_verb(pair: &Pair, side: usize, place: &Range<usize>) -> Range<usize> {
    let words = &pair.sides[side].words;
    let verb = pair.verb(side, place).filter(|&verb| verb < place.start).unwrap_or(place.start);
    let starts = |at: usize| words[at].starts_clause || is_saying(pair.form(side, at));
    let opens = |end: usize| (0..end).rev().find(|&at| starts(at)).unwrap_or(0);
    let start = opens(verb);
    let tells = (start..verb).any(|at| matches!(words[at].kind, WordKind::Content | WordKind::Name));
    if tells { start..verb } else { opens(start)..verb }
}

/// The words before what is told of somebody: up to a verb that is itself the place, else up to the verb of the place.
fn subject(pair: &Pair, side: usize, place: &Range<usize>) -> Range<usize> {
    let words = &pair.sides[side].words;
    let last = place.end.saturating_sub(1);
    let before = last.checked_sub(1).map(|at| pair.form(side, at));
    if last < words.len() && is_verb(pair.form(side, last), before) {
        let opens = |at: &usize| words[*at].starts_clause || is_saying(pair.form(side, *at));
        return (0..=place.start).rev().find(opens).unwrap_or(0)..place.start;
    }
    before_verb(pair, side, place)
}

/// Whether the same one does what two places tell, and does the same: "she pleaded guilty" / "she pleaded not guilty".
pub(super) fn same_subject(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let subjects = [0, 1].map(|side| subject(pair, side, &places[side]));
    let told = [0, 1].map(|side| {
        let tells = |at: &usize| {
            let form = pair.form(side, *at);
            matches!(pair.word(side, *at).kind, WordKind::Content | WordKind::Name)
                && !is_time(form)
                && !form.ends_with("ly")
        };
        subjects[side].clone().filter(tells).collect::<Vec<usize>>()
    });
    let matched = |side: usize| {
        let there = |at: &usize| pair.partner(side, *at).is_some_and(|other| told[1 - side].contains(&other));
        !told[side].is_empty() && told[side].iter().all(there)
    };
    (matched(0) || matched(1)) && pair.same_verb(&places[0], &places[1]) != Some(false)
}

/// Whether a word names several, and no article says which: "flights to the islands", "cabin crew".
fn is_bare(pair: &Pair, side: usize, subject: &Range<usize>, head: usize) -> bool {
    let form = pair.form(side, head);
    let several = form.len() > 3 && form.ends_with('s') && !form.ends_with("ss") || is_person(form);
    let known = |at: usize| {
        let form = pair.form(side, at);
        matches!(
            form,
            "the" | "its" | "his" | "her" | "their" | "our" | "this" | "that" | "these" | "those" | "a" | "an"
        )
    };
    several && !(subject.start..head).any(known)
}

/// Whether a word of a subject may say which of several it is: before them a kind, behind them a thing.
fn narrows(pair: &Pair, side: usize, at: usize, head: usize) -> bool {
    let form = pair.form(side, at);
    // The first word of a sentence may look like a name.
    let content = at == 0 || pair.word(side, at).kind == WordKind::Content;
    let told = content && pair.likeness(side, at) < SAME;
    let thing = !["ed", "ing", "ly"].iter().any(|ending| form.ends_with(ending));
    told && !is_time(form) && if at < head { is_kind(form) } else { thing }
}

/// Whether the two tell of some of a kind, and not of the same ones: "flights to the islands" / "flights to the mainland",
/// "online orders" / "orders placed in showrooms".
pub(super) fn narrowed(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let subjects = [0, 1].map(|side| subject(pair, side, &places[side]));
    let ways = |side: usize, head: usize| -> Vec<usize> {
        let before = head.checked_sub(1).filter(|at| subjects[side].contains(at));
        before.into_iter().chain(head + 1..subjects[side].end).filter(|&at| narrows(pair, side, at, head)).collect()
    };
    let heads = pair.matches.iter().filter(|&&(i, j)| {
        let bare = |side: usize, at: usize| {
            subjects[side].contains(&at)
                && pair.word(side, at).kind == WordKind::Content
                && is_bare(pair, side, &subjects[side], at)
        };
        bare(0, i) && bare(1, j)
    });
    heads.into_iter().any(|&(i, j)| {
        let (left, right) = (ways(0, i), ways(1, j));
        let alike = left.iter().any(|&x| right.iter().any(|&y| pair.likeness_of(x, y) >= ALIKE));
        // "domestic flights" / "international flights"
        let exclusive = i > subjects[0].start
            && j > subjects[1].start
            && pair.lexicon.exclude_each_other(pair.word(0, i - 1), pair.word(1, j - 1));
        exclusive || !left.is_empty() && !right.is_empty() && !alike
    })
}

/// Whether the two tell of two groups that have nothing in common: "pilots are not on strike" / "cabin crew are on strike".
pub(super) fn other_group(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let group = |side: usize| {
        let subject = subject(pair, side, &places[side]);
        let tells = |at: &usize| {
            let kind = pair.word(side, *at).kind;
            let opens = *at == 0 && kind == WordKind::Name;
            (kind == WordKind::Content || opens) && is_kind(pair.form(side, *at))
        };
        let named = subject.clone().any(|at| at > 0 && pair.word(side, at).kind == WordKind::Name);
        let head = subject.clone().rev().find(tells).filter(|&head| !named && is_bare(pair, side, &subject, head))?;
        (subject.clone().all(|at| pair.partner(side, at).is_none() || !tells(&at))).then_some(head)
    };
    group(0).zip(group(1)).is_some_and(|(i, j)| pair.likeness_of(i, j) < ALIKE)
}

/// Whether two words say which of several things: "hard cheeses" / "soft cheeses", "among the young" / "among the old".
pub(super) fn restrict(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let restricts = |side: usize| {
        let place = &places[side];
        let next = pair.sides[side].words.get(place.end).filter(|word| !word.starts_clause);
        let noun = next.is_some_and(|word| {
            let verb = is_verb(pair.form(side, place.end), Some(pair.form(side, place.end - 1)));
            matches!(word.kind, WordKind::Content | WordKind::Name) && !verb
        });
        let those = place.start > 0 && pair.form(side, place.start - 1) == "the";
        let verb = is_verb(pair.form(side, place.start), place.start.checked_sub(1).map(|at| pair.form(side, at)));
        place.len() == 1 && !verb && (noun || those)
    };
    restricts(0) && restricts(1)
}
