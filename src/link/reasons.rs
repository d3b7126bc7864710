//! The evidence for a link, in a reporter's words.

use super::scorer::Scorer;
use super::{Reason, Relation};
use crate::align::{Alignment, Kind, Word};

/// How many shared words a reason names.
const N_WORDS: usize = 5;

/// Strongest first.
pub(super) fn reasons(scorer: &Scorer, left: usize, right: usize, alignment: &Alignment, beside: bool) -> Vec<Reason> {
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
    if beside {
        reasons.push(supports("the sentences beside them match too".to_owned()));
    }
    reasons
}
