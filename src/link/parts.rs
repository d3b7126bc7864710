//! Who plays which part: the one who acts, the one acted on, the source. Read off the order of words, since there is no
//! parser: a word before the verb acts, unless the verb is passive; one after it is acted on, unless "by" stands before it.

use super::contrast::{Cues, cue};
use crate::align::{Alignment, Kind, Lexicon, Prepared};

/// Words farther from a verb than this play no part in what it tells.
const REACH: usize = 12;
/// Words less like each other than this are not the same.
const SAME: f32 = 0.6;

/// What one does in what a verb tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Acts,
    ActedOn,
    /// "sold it to", "took it from", "appealed against": by the stem of the preposition.
    Beside(u32),
}

/// Whether a word is a thing one can name: a name, or the end of a phrase after "the" or "a" or with a name in it.
fn names(side: &Prepared, at: usize, cues: &Cues) -> bool {
    let words = &side.words;
    let told = |before: &usize| words[*before].kind != Kind::Function;
    let phrase = (at.saturating_sub(4)..=at).rev().take_while(told).last().unwrap_or(at);
    let named = words[phrase..=at].iter().any(|word| word.kind == Kind::Name);
    let determined = phrase > 0 && cues.has(&words[phrase - 1], cue::DETERMINER);
    words[at].kind == Kind::Name || words[at].kind == Kind::Content && (named || determined)
}

/// Whether a word looks like a verb: inflected, or between names, or after what only a verb follows.
fn is_verb(side: &Prepared, at: usize, cues: &Cues) -> bool {
    let words = &side.words;
    let inflected = cues.has(&words[at], cue::INFLECTED);
    let name = |at: usize| words.get(at).is_some_and(|word| word.kind == Kind::Name);
    let before = at.checked_sub(1).map(|before| &words[before]);
    let determined = before.is_some_and(|before| cues.has(before, cue::DETERMINER));
    let auxiliary = before.is_some_and(|before| {
        let preposition = cues.has(before, cue::PREPOSITION) && !cues.has(before, cue::TO);
        before.kind == Kind::Function && !preposition
    });
    // "City beat Rovers": the first word may be a name.
    let between = at > 0 && name(at + 1) && (name(at - 1) || at == 1 && cues.has(&words[at], cue::CONVERSE));
    // "a tram hit a lorry"
    let tells = at > 0
        && cues.has(&words[at], cue::CONVERSE)
        && words[at - 1].kind != Kind::Function
        && words.get(at + 1).is_some_and(|next| cues.has(next, cue::DETERMINER) && !next.starts_clause);
    words[at].kind == Kind::Content && !determined && (inflected || auxiliary || between || tells)
}

/// Whether whoever acts and whoever is acted on are the same two in what a verb tells: "Ardle met Mosstown".
fn is_mutual(side: &Prepared, at: usize, cues: &Cues) -> bool {
    cues.has(&side.words[at], cue::MUTUAL)
}

/// The function word before the phrase that a word ends: "by" of "by the village authorities".
fn opener(side: &Prepared, at: usize, cues: &Cues) -> Option<usize> {
    let words = &side.words;
    let mut first = at;
    while first > 0 && words[first - 1].kind != Kind::Function && !words[first].starts_clause {
        first -= 1;
    }
    while first > 0 && cues.has(&words[first - 1], cue::DETERMINER) && !words[first].starts_clause {
        first -= 1;
    }
    first.checked_sub(1).filter(|&before| words[before].kind == Kind::Function && !words[first].starts_clause)
}

/// The part that the word `at` plays in what the word `verb` tells.
fn part(side: &Prepared, verb: usize, at: usize, lexicon: &Lexicon, cues: &Cues) -> Option<Part> {
    let words = &side.words;
    if at.abs_diff(verb) > REACH {
        return None;
    }
    let has = |at: usize, bit: u16| cues.has(&words[at], bit);
    let by = |before: usize| has(before, cue::BY);
    let goes_on = lexicon.forms[words[verb].form as usize].text.ends_with("ing");
    // "was soon sued", but not "it was Skyvane who sued"
    let been = |before: usize| {
        has(before, cue::BE) && !(before + 1..verb).any(|at| words[at].kind == Kind::Name || has(at, cue::RELATIVE))
    };
    let is_passive = !goes_on && ((verb.saturating_sub(3)..verb).any(been) || words.len() > verb + 1 && by(verb + 1));
    let before = opener(side, at, cues);
    if at > verb {
        let apart = |between: usize| {
            let word = &words[between];
            word.starts_clause && !by(between) || is_verb(side, between, cues)
        };
        return match before.filter(|&before| before > verb) {
            _ if (verb + 1..=at).any(apart) => None,
            Some(before) if by(before) => is_passive.then_some(Part::Acts),
            Some(before) if has(before, cue::PREPOSITION) => Some(Part::Beside(words[before].stem)),
            _ => (!is_passive).then_some(Part::ActedOn),
        };
    }
    // Who stands in another clause, or before another verb, plays no part; but "the dog that bit him" bites.
    let relative = (at + 1..verb).find(|&between| has(between, cue::RELATIVE)).unwrap_or(verb);
    let opens = |between: usize| {
        let word = &words[between];
        word.starts_clause && word.kind == Kind::Function && !has(between, cue::RELATIVE)
    };
    // "agreed to sell" is one act.
    let other_act = |other: usize| is_verb(side, other, cues) && !has(other + 1, cue::TO);
    let apart = (at + 1..=verb).any(opens) || (at + 1..relative).any(other_act);
    let governed = before.filter(|&before| has(before, cue::PREPOSITION));
    match governed {
        _ if apart => None,
        Some(before) => Some(Part::Beside(words[before].stem)),
        None if is_passive => Some(Part::ActedOn),
        None => Some(Part::Acts),
    }
}

/// Weight of who acts on one side and is acted on on the other, or less than 0, of who keeps the part. Whoever sells on
/// one side and buys on the other does not keep it.
pub(super) fn swapped(sides: [&Prepared; 2], alignment: &Alignment, lexicon: &Lexicon, cues: &Cues) -> f32 {
    let same: Vec<(usize, usize)> = alignment
        .matches
        .iter()
        .filter(|found| found.2 >= SAME && sides[0].words[found.0].kind != Kind::Function)
        .map(|&(i, j, _)| (i, j))
        .collect();
    if same.len() < 2 {
        return 0.0;
    }
    // A phrase of several words is one: its last word stands for it.
    let goes_on = |at: usize| {
        let (i, j) = same[at];
        same.get(at + 1) == Some(&(i + 1, j + 1))
            && !is_verb(sides[0], i + 1, cues)
            && !sides[0].words[i + 1].starts_clause
    };
    // A name that opens a sentence looks like any word; the other side may tell.
    let is_thing = |(i, j): (usize, usize)| {
        let named = sides[0].words[i].kind == Kind::Name || sides[1].words[j].kind == Kind::Name;
        named || names(sides[0], i, cues) && names(sides[1], j, cues)
    };
    // What opens both sentences may be a name, and must be one if it does to the other what the other does to it.
    let opens = |pair: (usize, usize)| pair == (0, 0) && sides.iter().all(|side| side.words[0].kind == Kind::Content);
    let things: Vec<(usize, usize)> = (0..same.len())
        .filter(|&at| (is_thing(same[at]) || opens(same[at])) && !goes_on(at))
        .map(|at| same[at])
        .collect();
    let sure = |thing: (usize, usize)| !opens(thing) || is_thing(thing);
    if things.len() < 2 {
        return 0.0;
    }
    // Who says something stands before or behind "said".
    let says = |side: usize, at: usize| is_said(&lexicon.forms[sides[side].words[at].form as usize].text);
    let verbs = |&(v, w): &(usize, usize)| {
        is_verb(sides[0], v, cues) && is_verb(sides[1], w, cues) && !says(0, v) && !says(1, w)
    };
    let converse = converses(sides, cues);
    let told = same.iter().copied().filter(|pair| !converse.contains(pair) && verbs(pair)).map(|pair| (pair, false));
    let told = told.chain(converse.iter().map(|&pair| (pair, true)));
    let (mut most_swapped, mut most_kept) = (0.0f32, 0.0f32);
    for ((v, w), turned) in told {
        let (mut swap, mut keep) = ((0.0f32, 0), (0.0f32, 0));
        let mutual = is_mutual(sides[0], v, cues) && is_mutual(sides[1], w, cues);
        let plays = |part: Part| !matches!(part, Part::Beside(word) if !cues.is_with(word));
        let mut goods = false;
        for &(i, j) in things.iter().filter(|&&(i, j)| i != v && j != w) {
            let parts = (part(sides[0], v, i, lexicon, cues), part(sides[1], w, j, lexicon, cues));
            let (Some(one), Some(other)) = parts else { continue };
            goods |= turned && (one, other) == (Part::ActedOn, Part::ActedOn);
            let keeps = match (one, other) {
                _ if mutual && plays(one) && plays(other) => true,
                // "from Ardle to Mosstown", "from Mosstown to Ardle"; but "in Ardle", "at Ardle"
                (Part::Beside(a), Part::Beside(b)) if a != b && cues.is_end(a) && cues.is_end(b) => false,
                // Where it happened is no part in it.
                (Part::Beside(_), Part::Beside(_)) => continue,
                _ if one == Part::Acts || other == Part::Acts => (one == other) != turned,
                _ if one != other && turned => false,
                _ if one == other && !turned => true,
                // "gave her a prize", "gave a prize to her"
                _ => continue,
            };
            if keeps && !sure((i, j)) {
                continue;
            }
            let side = if keeps { &mut keep } else { &mut swap };
            *side = (side.0 + sides[0].weights[i].min(sides[1].weights[j]), side.1 + 1);
        }
        // "Ardle bought the mill" / "Ardle sold the mill"
        if swap.1 + usize::from(goods) > 1 && swap.0 > keep.0 {
            most_swapped = most_swapped.max(swap.0);
        } else if keep.1 > 1 && swap.1 == 0 {
            most_kept = most_kept.max(keep.0);
        }
    }
    if most_swapped > 0.0 { most_swapped } else { -most_kept }
}

/// Verbs that whoever speaks stands before or behind.
fn is_said(form: &str) -> bool {
    matches!(form, "said" | "says" | "say" | "added" | "adds" | "wrote" | "writes" | "explained" | "stated")
}

/// Pairs of words that tell one thing from its two ends: "sold" and "bought".
fn converses(sides: [&Prepared; 2], cues: &Cues) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (i, a) in sides[0].words.iter().enumerate().filter(|(_, a)| cues.is_paired(a.stem)) {
        let others = sides[1].words.iter().enumerate();
        found.extend(others.filter(|(_, b)| cues.converse(a.stem, b.stem)).map(|(j, _)| (i, j)));
    }
    found
}

/// The words that name a side's source: before a word of saying, or after it when a comma or nothing stands before.
fn source(side: &Prepared, cues: &Cues) -> Vec<usize> {
    let words = &side.words;
    let told = |at: &usize| matches!(words[*at].kind, Kind::Name | Kind::Content);
    let Some(says) = (0..words.len()).rev().find(|&at| cues.has(&words[at], cue::SPEECH)) else { return Vec::new() };
    let before: Vec<usize> = match words[says].starts_clause {
        true => Vec::new(),
        false => (says.saturating_sub(5)..says).rev().skip_while(|at| !told(at)).take_while(told).collect(),
    };
    if !before.is_empty() {
        return before;
    }
    (says + 1..words.len().min(says + 7)).skip_while(|at| !told(at)).take_while(told).collect()
}

/// How surely the two name different sources, or -1 when they name the same; 0 when one names none.
pub(super) fn sources(sides: [&Prepared; 2], alignment: &Alignment, cues: &Cues) -> f32 {
    let [left, right] = sides.map(|side| source(side, cues));
    if left.is_empty() || right.is_empty() {
        return 0.0;
    }
    let same = |found: &(usize, usize, f32)| found.2 >= SAME && left.contains(&found.0) && right.contains(&found.1);
    let open = |words: &[usize], likeness: &[f32]| words.iter().all(|&at| likeness[at] < SAME);
    match (open(&left, &alignment.left), open(&right, &alignment.right)) {
        _ if alignment.matches.iter().any(same) => -1.0,
        (true, true) => 1.0,
        _ => 0.5,
    }
}

#[cfg(test)]
mod tests {
    use crate::link::{NAMES, Scorer};

    fn feature(name: &str, left: &str, right: &str) -> f32 {
        let scorer = Scorer::new(&[left, right], 0, None).unwrap();
        scorer.pair_features(0, 1)[NAMES.iter().position(|known| *known == name).unwrap()]
    }

    #[test]
    fn who_acts_is_told_by_order_and_voice() {
        let swapped = |left, right| feature("swapped", left, right);
        assert!(swapped("Skyvane sued its rival Hoverly.", "Hoverly sued its rival Skyvane.") > 0.0);
        assert!(swapped("The city sued the builder.", "The builder was sued by the city.") < 0.0);
        assert!(swapped("The city sued the builder.", "The city was sued by the builder.") > 0.0);
        assert!(swapped("Skyvane sued Hoverly.", "It was Hoverly who sued Skyvane.") > 0.0);
        assert!(swapped("Skyvane sued Hoverly.", "It was Skyvane who sued Hoverly.") < 0.0);
        assert!(swapped("Mosstown is suing Ardle over a flood.", "Ardle is suing Mosstown over a flood.") > 0.0);
        assert!(swapped("On Monday Mosstown fined Ardle.", "Mosstown fined Ardle on Monday.") <= 0.0);
        assert_eq!(swapped("The bridge closed.", "A choir sang."), 0.0);
        assert!(
            swapped("Ardle has agreed to sell its mill to Mosstown.", "Mosstown has agreed to sell its mill to Ardle.")
                > 0.0
        );
        assert!(swapped("He flew from Ardle to Mosstown.", "He flew from Mosstown to Ardle.") > 0.0);
        assert!(swapped("A Labrador saved its owner.", "On Sunday a Labrador was rescued by its owner.") > 0.0);
        assert!(
            swapped(
                "Jurors heard that the wife rang to warn his brother.",
                "Jurors heard that the brother rang to warn his wife."
            ) > 0.0
        );
    }

    #[test]
    fn converse_verbs_tell_one_thing_from_two_ends() {
        let swapped = |left, right| feature("swapped", left, right);
        assert!(swapped("Ardle sold the mill to Mosstown.", "Mosstown bought the mill from Ardle.") < 0.0);
        assert!(swapped("Ardle sold the mill to Mosstown.", "Ardle bought the mill from Mosstown.") > 0.0);
        assert!(swapped("Mosstown beat Ardle.", "Ardle lost to Mosstown.") < 0.0);
        assert!(swapped("Mosstown beat Ardle.", "Mosstown lost to Ardle.") > 0.0);
    }

    #[test]
    fn sources_differ_when_both_are_named() {
        let sources = |left, right| feature("sources", left, right);
        assert_eq!(sources("The bridge is safe, the mayor said.", "The bridge is safe, said the harbour master."), 1.0);
        assert_eq!(sources("The bridge is safe, the mayor said.", "The mayor said the bridge is safe."), -1.0);
        assert_eq!(sources("The bridge is safe.", "The mayor said the bridge is safe."), 0.0);
    }
}
