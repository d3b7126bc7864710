//! Who plays which part: the one who acts, the one acted on, the source. Read off the order of words, since there is no
//! parser: a word before the verb acts, unless the verb is passive; one after it is acted on, unless "by" stands before it.

use super::contrast::{Cues, cue};
use crate::align::{Alignment, Kind, Lexicon, Prepared};

/// Words farther from a verb than this play no part in what it tells.
const REACH: usize = 12;
/// Words less like each other than this are not the same.
const SAME: f32 = 0.6;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Acts,
    ActedOn,
}

/// Whether a word is a thing one can name: a name, or a word after "the" or "a".
fn names(side: &Prepared, at: usize, cues: &Cues) -> bool {
    let word = &side.words[at];
    let determined = || {
        let before = (at.saturating_sub(3)..at).rev().find(|&before| side.words[before].kind == Kind::Function);
        before.is_some_and(|before| cues.has(&side.words[before], cue::DETERMINER))
    };
    word.kind == Kind::Name || word.kind == Kind::Content && determined()
}

/// Whether a word looks like a verb: inflected, or between names, or after what only a verb follows.
fn is_verb(side: &Prepared, at: usize, lexicon: &Lexicon, cues: &Cues) -> bool {
    let words = &side.words;
    let form = &lexicon.forms[words[at].form as usize].text;
    let stem = &lexicon.stems[words[at].stem as usize];
    let irregular = || !stem.char_indices().next_back().is_some_and(|(last, _)| form.starts_with(&stem[..last]));
    let inflected = form.ends_with("ed") || form.ends_with("ing") || irregular();
    let name = |at: usize| words.get(at).is_some_and(|word| word.kind == Kind::Name);
    let before = at.checked_sub(1).map(|before| &words[before]);
    let auxiliary = before.is_some_and(|before| {
        before.kind == Kind::Function && !cues.has(before, cue::DETERMINER) && !cues.has(before, cue::PREPOSITION)
    });
    words[at].kind == Kind::Content && (inflected || auxiliary || at > 0 && name(at - 1) && name(at + 1))
}

/// The part that the word `at` plays in what the word `verb` tells.
fn part(side: &Prepared, verb: usize, at: usize, lexicon: &Lexicon, cues: &Cues) -> Option<Part> {
    let words = &side.words;
    if at.abs_diff(verb) > REACH {
        return None;
    }
    let has = |at: usize, bit: u16| cues.has(&words[at], bit);
    // What stands before the phrase that the word belongs to.
    let first = if at > verb { verb + 1 } else { 0 };
    let opener =
        (first..at).rev().find(|&before| words[before].kind == Kind::Function && !has(before, cue::DETERMINER));
    let by = |before: usize| has(before, cue::BY);
    let goes_on = lexicon.forms[words[verb].form as usize].text.ends_with("ing");
    let is_passive = !goes_on
        && ((verb.saturating_sub(3)..verb).any(|before| has(before, cue::BE))
            || (verb + 1..words.len().min(verb + REACH)).any(by));
    match opener {
        Some(before) if at > verb && by(before) => Some(Part::Acts),
        Some(before) if has(before, cue::PREPOSITION) && at - before <= 4 => None,
        _ if at < verb => Some(if is_passive { Part::ActedOn } else { Part::Acts }),
        _ => Some(Part::ActedOn),
    }
}

/// Weight of the words that act on one side and are acted on on the other, or less than 0, of those that keep their part.
pub(super) fn swapped(sides: [&Prepared; 2], alignment: &Alignment, lexicon: &Lexicon, cues: &Cues) -> f32 {
    let kind = |at: usize| sides[0].words[at].kind;
    let same: Vec<_> =
        alignment.matches.iter().filter(|found| found.2 >= SAME && kind(found.0) != Kind::Function).collect();
    let verbs = |found: &&&(usize, usize, f32)| {
        is_verb(sides[0], found.0, lexicon, cues) && is_verb(sides[1], found.1, lexicon, cues)
    };
    for &&(v, w, _) in same.iter().filter(verbs) {
        let (mut swap, mut keep) = ((0.0f32, 0), (0.0f32, 0));
        for &&(i, j, _) in same.iter().filter(|found| found.0 != v) {
            // A name that opens a sentence looks like any word; the other side may tell.
            let named = sides[0].words[i].kind == Kind::Name || sides[1].words[j].kind == Kind::Name;
            if !(named || names(sides[0], i, cues) && names(sides[1], j, cues)) {
                continue;
            }
            let parts = (part(sides[0], v, i, lexicon, cues), part(sides[1], w, j, lexicon, cues));
            let (Some(one), Some(other)) = parts else { continue };
            let side = if one == other { &mut keep } else { &mut swap };
            *side = (side.0 + sides[0].weights[i].min(sides[1].weights[j]), side.1 + 1);
        }
        // The first verb with two parts is the main one. Two swap their parts, or nobody does.
        match (swap.1, keep.1) {
            (0 | 1, 0) | (0, 1) => {}
            (0, _) => return -keep.0,
            (2.., _) if swap.0 > keep.0 => return swap.0,
            _ => return 0.0,
        }
    }
    0.0
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

/// 1 when the two name different sources, -1 when they name the same, 0 when one names none.
pub(super) fn sources(sides: [&Prepared; 2], alignment: &Alignment, cues: &Cues) -> f32 {
    let [left, right] = sides.map(|side| source(side, cues));
    if left.is_empty() || right.is_empty() {
        return 0.0;
    }
    let open = |words: &[usize], likeness: &[f32]| words.iter().any(|&at| likeness[at] < SAME);
    match (open(&left, &alignment.left), open(&right, &alignment.right)) {
        (true, true) => 1.0,
        (false, false) => -1.0,
        _ => 0.0,
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
        assert!(swapped("Mosstown is suing Ardle over a flood.", "Ardle is suing Mosstown over a flood.") > 0.0);
        assert!(swapped("On Monday Mosstown fined Ardle.", "Mosstown fined Ardle on Monday.") <= 0.0);
        assert_eq!(swapped("The bridge closed.", "A choir sang."), 0.0);
    }

    #[test]
    fn sources_differ_when_both_are_named() {
        let sources = |left, right| feature("sources", left, right);
        assert_eq!(sources("The bridge is safe, the mayor said.", "The bridge is safe, said the harbour master."), 1.0);
        assert_eq!(sources("The bridge is safe, the mayor said.", "The mayor said the bridge is safe."), -1.0);
        assert_eq!(sources("The bridge is safe.", "The mayor said the bridge is safe."), 0.0);
    }
}
