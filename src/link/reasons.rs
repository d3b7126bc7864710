//! The evidence for and against a link, in a reporter's words.

use super::contrast::contrast;
use super::scorer::Scorer;
use super::{Reason, Relation};
use crate::align::{Alignment, Kind, Word};

/// How many shared words a reason names.
const N_WORDS: usize = 5;

/// Strongest first.
pub(super) fn reasons(scorer: &Scorer, left: usize, right: usize, alignment: &Alignment) -> Vec<Reason> {
    let (a, b) = (&scorer.sentences[left], &scorer.sentences[right]);
    let texts = [left, right].map(|side| &*scorer.texts[side]);
    let of = |side: usize, word: &Word| word.span.of(texts[side]);
    let mut reasons = Vec::new();
    let supports = |text: String| Reason { relation: Relation::Supports, text };
    let mut names = Vec::new();
    let mut words: Vec<(f32, usize, String)> = Vec::new();
    for &(i, j, likeness) in &alignment.matches {
        let (x, y) = (&a.words[i], &b.words[j]);
        let (said, also) = (of(0, x), of(1, y));
        let both = if said.eq_ignore_ascii_case(also) { said.to_owned() } else { format!("{said} / {also}") };
        match x.kind {
            Kind::Function => {}
            Kind::Number => reasons.push(supports(format!("same figure: {both}"))),
            Kind::Name if likeness >= 0.8 => names.push(both),
            _ if likeness >= 0.5 => words.push((a.weights[i].min(b.weights[j]) * likeness, i, both)),
            _ => {}
        }
    }
    names.dedup();
    if !names.is_empty() {
        reasons.push(supports(format!("both name {}", names.join(", "))));
    }
    words.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
    words.truncate(N_WORDS);
    words.sort_by_key(|&(_, at, _)| at);
    if !words.is_empty() {
        let list: Vec<_> = words.into_iter().map(|(_, _, both)| both).collect();
        reasons.push(supports(format!("both say {}", list.join(", "))));
    }
    reasons.extend(conflicts(scorer, left, right, alignment));
    reasons
}

/// Two sentences contradict each other only where the rest of the shorter one stands in the other.
const MIN_FRAME: f32 = 0.5;
/// "Will" and "called" are everywhere: only in sentences that differ in little else do they say that one is not so.
const MIN_FRAME_OF_MODALITY: f32 = 0.8;

/// "60m" and "60 metres" give the same figure.
fn digits(word: &str) -> String {
    word.chars().filter(char::is_ascii_digit).collect()
}

fn conflicts(scorer: &Scorer, left: usize, right: usize, alignment: &Alignment) -> Vec<Reason> {
    let (a, b) = (&scorer.sentences[left], &scorer.sentences[right]);
    let contrast = contrast(a, b, alignment, &scorer.cues);
    if contrast.frame < MIN_FRAME {
        return Vec::new();
    }
    let said = |i: usize, j: usize| (a.words[i].span.of(&scorer.texts[left]), b.words[j].span.of(&scorer.texts[right]));
    let mut found = Vec::new();
    for &(i, j) in &contrast.slot_pairs {
        let (x, y) = said(i, j);
        match (a.words[i].kind, b.words[j].kind) {
            (Kind::Number, Kind::Number) if digits(x) != digits(y) => {
                found.push(format!("left says {x}, right says {y}"))
            }
            (Kind::Name, Kind::Name) => found.push(format!("left names {x}, right names {y}")),
            _ => {}
        }
    }
    for &(i, j) in &contrast.opposites {
        let (x, y) = said(i, j);
        found.push(format!("opposites: {x} / {y}"));
    }
    if contrast.negation {
        found.push("one of them negates it".into());
    }
    if contrast.modality && contrast.frame >= MIN_FRAME_OF_MODALITY {
        found.push("one says it is so, the other that it may be or is meant to be".into());
    }
    if contrast.dates {
        found.push("they give different days or months".into());
    }
    found.into_iter().map(|text| Reason { relation: Relation::Conflicts, text }).collect()
}
