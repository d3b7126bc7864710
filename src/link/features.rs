//! What the model sees of a pair. Every feature is the same with the sides swapped: of two one-sided values it takes
//! the lower and the higher.

use super::contrast::contrast;
use super::scorer::{Scorer, cosine};
use crate::align::{Alignment, Kind, Prepared, dot, segments};

/// A pair's standing among the nearest of one of its sentences.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rivals {
    /// How many are nearer.
    rank: f32,
    /// The pair's cosine less that of the best other.
    margin: f32,
    /// Cosine of the best other.
    best: f32,
}

impl Rivals {
    pub(super) fn of(rivals: &[f32], cosine: f32) -> Self {
        const SAME: f32 = 1e-4;
        let rank = rivals.iter().take_while(|&&rival| rival > cosine + SAME).count();
        // The pair itself is among the rivals when its other side belongs to the story.
        let own = rivals.get(rank).is_some_and(|rival| (rival - cosine).abs() <= SAME);
        let best = if rank == 0 && own { rivals.get(1) } else { rivals.first() };
        let best = best.copied().unwrap_or(0.0);
        Self { rank: rank as f32, margin: cosine - best, best }
    }
}

macro_rules! features {
    ($($name:ident),* $(,)?) => {
        /// Names of the features, in order.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];
        /// How many features there are.
        pub const N_FEATURES: usize = NAMES.len();
        /// Where each feature stands.
        #[allow(non_camel_case_types, dead_code, reason = "the names are the model file's")]
        #[derive(Clone, Copy)]
        pub(super) enum At { $($name),* }
        struct Named { $($name: f32),* }
        impl Named {
            fn array(&self) -> [f32; N_FEATURES] { [$(self.$name),*] }
        }
    };
}

features!(
    cover_min,
    cover_max,
    exact_min,
    exact_max,
    mass_min,
    mass_max,
    top_match,
    top3_match,
    run_gain_min,
    run_gain_max,
    run_mass_min,
    run_mass_max,
    run_cover_min,
    run_cover_max,
    char_cosine,
    word_cosine,
    meaning_cosine,
    passage_words,
    passage_mass,
    ordered_share,
    pairs_mass,
    name_mass,
    name_left_min,
    name_left_max,
    name_share_min,
    number_match,
    number_left_min,
    number_left_max,
    content_mass,
    content_share_min,
    content_share_max,
    left_over_min,
    left_over_max,
    frame,
    slots,
    slot_names,
    slot_numbers,
    slot_count,
    edits,
    opposites,
    negation,
    modality,
    dates,
    crossing,
    voice,
    polarity,
    swapped,
    sources,
    synonyms,
    excluded,
    excluded_beside,
    other_figures,
    other_dates,
    other_turns,
    other_names,
    other_roles,
    total_min,
    total_max,
    length_min,
    length_max,
    length_ratio,
    rank_min,
    rank_max,
    margin_min,
    margin_max,
    rival_min,
    rival_max,
);

/// One-sided measures of a sentence against the other.
struct Side {
    cover: f32,
    exact: f32,
    mass: f32,
    run_gain: f32,
    run_mass: f32,
    run_cover: f32,
    name_total: f32,
    name_mass: f32,
    number_total: f32,
    number_mass: f32,
    content_total: f32,
    content_mass: f32,
}

fn side(sentence: &Prepared, likeness: &[f32]) -> Side {
    let mut side = Side {
        cover: 0.0,
        exact: 0.0,
        mass: 0.0,
        run_gain: 0.0,
        run_mass: 0.0,
        run_cover: 0.0,
        name_total: 0.0,
        name_mass: 0.0,
        number_total: 0.0,
        number_mass: 0.0,
        content_total: 0.0,
        content_mass: 0.0,
    };
    for ((word, &weight), &likeness) in sentence.words.iter().zip(&sentence.weights).zip(likeness) {
        side.mass += weight * likeness;
        if likeness >= 1.0 {
            side.exact += weight;
        }
        let (total, mass) = match word.kind {
            Kind::Name => (&mut side.name_total, &mut side.name_mass),
            Kind::Number => (&mut side.number_total, &mut side.number_mass),
            Kind::Content => (&mut side.content_total, &mut side.content_mass),
            Kind::Function => continue,
        };
        *total += weight;
        *mass += weight * likeness;
    }
    let total = sentence.total.max(1e-6);
    side.cover = side.mass / total;
    side.exact /= total;
    let best = segments(&sentence.weights, likeness, 0.5).into_iter().max_by(|a, b| a.gain.total_cmp(&b.gain));
    if let Some(run) = best {
        let range = run.start..run.end;
        let weight: f32 = sentence.weights[range.clone()].iter().sum();
        side.run_gain = run.gain;
        side.run_mass = sentence.weights[range.clone()].iter().zip(&likeness[range]).map(|(w, s)| w * s).sum();
        side.run_cover = weight / total;
    }
    side
}

/// The longest run of words that both sentences have in common, as (words, weight).
fn passage(left: &Prepared, right: &Prepared, alignment: &Alignment) -> (f32, f32) {
    // For each right word the run that last ended there, and the left word that would carry it on.
    let mut runs = vec![(0, 0u32, 0.0f32); right.words.len()];
    let mut best = (0u32, 0.0f32);
    for row in alignment.same.chunk_by(|a, b| a.0 == b.0) {
        // From the right, so that the run before is still that of the left word before.
        for &(i, j) in row.iter().rev() {
            let before = j.checked_sub(1).map(|before| runs[before]).filter(|run| run.0 == i);
            let (_, n_words, weight) = before.unwrap_or_default();
            runs[j] = (i + 1, n_words + 1, weight + left.weights[i]);
            best = (best.0.max(runs[j].1), best.1.max(runs[j].2));
        }
    }
    (best.0 as f32, best.1)
}

/// Share of the matched weight that keeps its order, by the heaviest increasing run of matches.
fn ordered(left: &Prepared, alignment: &Alignment) -> f32 {
    let mut heaviest: Vec<(usize, f32)> = Vec::new();
    let mut total = 0.0;
    for &(i, j, likeness) in alignment.matches.iter().filter(|m| left.words[m.0].kind != Kind::Function) {
        let weight = left.weights[i] * likeness;
        total += weight;
        let before = heaviest.iter().filter(|(other, _)| *other < j).map(|(_, sum)| *sum).fold(0.0, f32::max);
        heaviest.push((j, before + weight));
    }
    let best = heaviest.iter().map(|(_, sum)| *sum).fold(0.0, f32::max);
    if total > 0.0 { best / total } else { 0.0 }
}

/// Weight of matched words that stand next to each other on both sides, function words between them aside.
fn neighbours(left: &Prepared, right: &Prepared, alignment: &Alignment) -> f32 {
    let place = |side: &Prepared| {
        let mut at = 0;
        let counted = side.words.iter().map(|word| {
            at += usize::from(word.kind != Kind::Function);
            at
        });
        counted.collect::<Vec<_>>()
    };
    let (a, b) = (place(left), place(right));
    let kept: Vec<_> = alignment.matches.iter().filter(|m| left.words[m.0].kind != Kind::Function).collect();
    let adjacent =
        kept.windows(2).filter(|two| a[two[1].0] == a[two[0].0] + 1 && b[two[1].1].abs_diff(b[two[0].1]) == 1);
    adjacent.map(|two| (left.weights[two[0].0] * two[0].2).min(left.weights[two[1].0] * two[1].2)).sum()
}

/// What others say of a pair.
pub(super) struct Known {
    /// Cosine of the words.
    pub word_cosine: f32,
    /// Where the pair stands among those of either sentence.
    pub rivals: [Rivals; 2],
    /// How many conflicts of figures, dates, turns, names and roles there are.
    pub conflicts: [f32; 5],
}

pub(super) fn features(
    left: &Prepared,
    right: &Prepared,
    alignment: &Alignment,
    scorer: &Scorer,
    known: Known,
) -> [f32; N_FEATURES] {
    let Known { word_cosine, rivals, conflicts } = known;
    let a = side(left, &alignment.left);
    let b = side(right, &alignment.right);
    let low = |of: fn(&Side) -> f32| of(&a).min(of(&b));
    let high = |of: fn(&Side) -> f32| of(&a).max(of(&b));
    let share = |mass: f32, total: f32| if total > 0.0 { mass / total } else { 0.5 };
    let mut matched: Vec<f32> = alignment
        .matches
        .iter()
        .filter(|m| left.words[m.0].kind != Kind::Function)
        .map(|&(i, j, likeness)| likeness * left.weights[i].min(right.weights[j]))
        .collect();
    matched.sort_unstable_by(|a, b| b.total_cmp(a));
    let (passage_words, passage_mass) = passage(left, right, alignment);
    let contrast = contrast(left, right, alignment, &scorer.lexicon, &scorer.cues);
    let truth = |value: bool| f32::from(u8::from(value));
    let words = [left, right].map(|side| side.words.len() as f32);
    Named {
        cover_min: low(|s| s.cover),
        cover_max: high(|s| s.cover),
        exact_min: low(|s| s.exact),
        exact_max: high(|s| s.exact),
        mass_min: low(|s| s.mass),
        mass_max: high(|s| s.mass),
        top_match: matched.first().copied().unwrap_or(0.0),
        top3_match: matched.iter().take(3).sum(),
        run_gain_min: low(|s| s.run_gain),
        run_gain_max: high(|s| s.run_gain),
        run_mass_min: low(|s| s.run_mass),
        run_mass_max: high(|s| s.run_mass),
        run_cover_min: low(|s| s.run_cover),
        run_cover_max: high(|s| s.run_cover),
        char_cosine: cosine(&left.grams, &right.grams),
        word_cosine,
        meaning_cosine: dot(&left.meaning, &right.meaning),
        passage_words,
        passage_mass,
        ordered_share: ordered(left, alignment),
        pairs_mass: neighbours(left, right, alignment),
        name_mass: low(|s| s.name_mass),
        name_left_min: low(|s| s.name_total - s.name_mass),
        name_left_max: high(|s| s.name_total - s.name_mass),
        name_share_min: share(a.name_mass, a.name_total).min(share(b.name_mass, b.name_total)),
        number_match: low(|s| s.number_mass),
        number_left_min: low(|s| s.number_total - s.number_mass),
        number_left_max: high(|s| s.number_total - s.number_mass),
        content_mass: low(|s| s.content_mass),
        content_share_min: share(a.content_mass, a.content_total).min(share(b.content_mass, b.content_total)),
        content_share_max: share(a.content_mass, a.content_total).max(share(b.content_mass, b.content_total)),
        left_over_min: (left.total - a.mass).min(right.total - b.mass),
        left_over_max: (left.total - a.mass).max(right.total - b.mass),
        frame: contrast.frame,
        slots: contrast.slots,
        slot_names: contrast.slot_names,
        slot_numbers: contrast.slot_numbers,
        slot_count: contrast.slot_pairs.len() as f32,
        edits: contrast.edits as f32,
        opposites: contrast.opposites.len().min(3) as f32,
        negation: truth(contrast.negation),
        modality: truth(contrast.modality),
        dates: truth(contrast.dates),
        crossing: contrast.crossing,
        voice: truth(contrast.voice),
        polarity: contrast.polarity,
        swapped: contrast.swapped,
        sources: contrast.sources,
        synonyms: contrast.synonyms,
        excluded: contrast.excluded,
        other_figures: conflicts[0],
        other_dates: conflicts[1],
        other_turns: conflicts[2],
        other_names: conflicts[3],
        other_roles: conflicts[4],
        excluded_beside: contrast.excluded_beside.min(3) as f32,
        total_min: left.total.min(right.total),
        total_max: left.total.max(right.total),
        length_min: words[0].min(words[1]),
        length_max: words[0].max(words[1]),
        length_ratio: words[0].min(words[1]) / words[0].max(words[1]).max(1.0),
        rank_min: rivals[0].rank.min(rivals[1].rank),
        rank_max: rivals[0].rank.max(rivals[1].rank),
        margin_min: rivals[0].margin.min(rivals[1].margin),
        margin_max: rivals[0].margin.max(rivals[1].margin),
        rival_min: rivals[0].best.min(rivals[1].best),
        rival_max: rivals[0].best.max(rivals[1].best),
    }
    .array()
}
