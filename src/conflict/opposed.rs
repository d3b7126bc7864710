//! What no rule sees: two sentences of much the same words that the cross-encoders find in conflict and not shared.
//!
//! They tell that the two contradict each other, not where: that is where they part, of all gaps between words that match the
//! one that holds most. They are easily fooled by another person, day or part in other words, and by short sentences, so that
//! they have to be the surer the fewer words there are and the fewer in common.

use std::cmp::Reverse;
use std::ops::Range;

use super::pair::{Pair, is_time};
use super::weights::{N_SIGNS, Sign};
use super::{Difference, Kind, Readings};
use crate::align::Kind as WordKind;
use crate::encode::PairOdds;
use crate::link::Scorer;
use crate::reading::Polarity;

/// Weights of a logistic regression: of what the large one says, what the small one says, the words of the shorter sentence and
/// those in common. Fitted on 495 sentences of invented stories with what contradicts each, 318 with a free paraphrase, what is
/// read of the leads of 122 real stories, and of 75 short stories of compatible details that a tester wrote; neither has seen any
/// of them. `tests/benchmarks/link/short.py` fits them again but for the tester's stories, which are not kept.
const SHARED: f32 = -0.175;
const CONFLICT: f32 = 0.337;
const SMALL_CONFLICT: f32 = 0.117;
const LENGTH: f32 = 0.5;
const COMMON: f32 = 0.294;
const MOST_COMMON: usize = 12;
const INTERCEPT: f32 = -5.42;
/// Told from here on: 0.41 of what contradicts (rules tell 0.26 and both 0.51), 0.01 of paraphrases, 2 of some 900 pairs of
/// short articles that are compatible and 2 of 7,000 of leads. Half of the stories being about one detail told in two ways, that
/// much more is asked than even odds.
const ENOUGH: f32 = 1.735;
/// What is told is true about so often, in log-odds, at least and at most.
const LEAST: f32 = 0.4;
const MOST: f32 = 2.2;
/// So much of one of the sentences the other one says: those that are told falsely of long stories have less in common.
const LEAST_SAID: f32 = 0.5;
/// Of what is told, the small one by itself suspects 0.9 from here on, and 0.005 of the pairs of leads.
const SUSPICIOUS: f32 = 0.0;
/// Words of one side that can be shown.
const MOST_WORDS: usize = 12;

/// Whether the small cross-encoder by itself suspects two sentences of contradicting each other, and how much.
pub fn suspicion(scorer: &Scorer, left: usize, right: usize, small: PairOdds) -> Option<f32> {
    Some(evidence(scorer, left, right, small, small)).filter(|&evidence| evidence >= SUSPICIOUS)
}

/// The contradiction of two sentences of which the two cross-encoders say that, beside the differences that rules find.
pub fn opposed(
    scorer: &Scorer,
    readings: &Readings,
    [left, right]: [usize; 2],
    [large, small]: [PairOdds; 2],
    differences: &[Difference],
) -> Option<Difference> {
    let enough = evidence(scorer, left, right, large, small) - ENOUGH;
    if enough < 0.0 {
        return None;
    }
    let pair = Pair::new(scorer, [left, right].map(|side| &readings.of[side]), left, right);
    if pair.cover[0].max(pair.cover[1]) < LEAST_SAID {
        return None;
    }
    let places = parted(&pair)?;
    let (kind, what) = kind(&pair, &places);
    // What rules read, they read better.
    let read = |kind: Kind| matches!(kind, Kind::Number | Kind::Date | Kind::Time);
    if read(kind) && !differences.iter().any(|one| read(one.kind)) {
        return None;
    }
    let mut signs = [0.0; N_SIGNS];
    Sign::opposed.set(&mut signs, (LEAST + enough).min(MOST));
    let [left, right] = [0, 1].map(|side| pair.span(side, &places[side]));
    Some(Difference { kind, what, left, right, signs })
}

fn evidence(scorer: &Scorer, left: usize, right: usize, large: PairOdds, small: PairOdds) -> f32 {
    let stems = |at: usize| {
        let long = |stem: &u32| scorer.lexicon().stems[*stem as usize].len() > 2;
        let terms = &scorer.sentence(at).terms;
        terms.iter().map(|(stem, _)| *stem).filter(long).collect::<Vec<u32>>()
    };
    let [a, b] = [left, right].map(stems);
    let common = a.iter().filter(|stem| b.binary_search(stem).is_ok()).count().min(MOST_COMMON);
    let shorter = a.len().min(b.len());
    SHARED * large.shared
        + CONFLICT * large.conflict
        + SMALL_CONFLICT * small.conflict
        + LENGTH * (1.0 + shorter as f32).ln()
        + COMMON * common as f32
        + INTERCEPT
}

/// Where two sentences part: the words of both sides between two matches, where most is told.
fn parted(pair: &Pair) -> Option<[Range<usize>; 2]> {
    // Words that both have in another order part nothing.
    let crosses = |a: (usize, usize), b: (usize, usize)| (a.0 < b.0) != (a.1 < b.1) && a != b;
    let alone = |one: &(usize, usize)| !pair.matches.iter().any(|&other| crosses(*one, other));
    let matches: Vec<(usize, usize)> = pair.matches.iter().copied().filter(alone).collect();
    let lengths = [0, 1].map(|side| pair.sides[side].words.len());
    let ends = matches.iter().copied().chain([(lengths[0], lengths[1])]);
    let starts = [(0, 0)].into_iter().chain(matches.iter().map(|&(i, j)| (i + 1, j + 1)));
    let gaps = starts.zip(ends).map(|((i, j), (end_i, end_j))| [i..end_i, j..end_j]);
    let told = |gap: &[Range<usize>; 2]| -> [f32; 2] {
        [0, 1].map(|side| {
            gap[side].clone().filter(|&at| tells(pair, side, at)).map(|at| pair.sides[side].weights[at]).sum()
        })
    };
    let worth = |gap: &[Range<usize>; 2]| {
        let [a, b] = told(gap);
        // Both sides have to say something, best as much as each other.
        4.0 * a.min(b) + a.max(b)
    };
    let place = |gap: &[Range<usize>; 2]| Reverse(gap[0].start + gap[1].start);
    let best = gaps
        .filter(|gap| worth(gap) > 0.0)
        .max_by(|a, b| worth(a).total_cmp(&worth(b)).then_with(|| place(a).cmp(&place(b))))?;
    let shown = [0, 1].map(|side| shown(pair, side, &best[side]));
    shown.iter().all(|words| !words.is_empty()).then_some(shown)
}

/// Whether a word that matches nothing tells something; what denies or hedges does.
fn tells(pair: &Pair, side: usize, at: usize) -> bool {
    let polarity = &pair.readings[side].polarity;
    let turns = |cues: &[Option<usize>]| cues.iter().flatten().any(|&cue| cue == at);
    pair.partner(side, at).is_none()
        && (pair.word(side, at).kind != WordKind::Function || turns(&polarity.negated) || turns(&polarity.hedged))
}

/// What is shown of a side: from the first word of the gap that tells something to the last one, and the word behind them that
/// both have where nothing else stands there.
fn shown(pair: &Pair, side: usize, gap: &Range<usize>) -> Range<usize> {
    let length = pair.sides[side].words.len();
    // "Per" of "Per Holt" is a common word by itself.
    let capital = |at: usize| at > 0 && pair.word(side, at).span.of(pair.texts[side]).starts_with(char::is_uppercase);
    let telling = |at: &usize| tells(pair, side, *at) || capital(*at) && pair.partner(side, *at).is_none();
    let words = match (gap.clone().find(telling), gap.clone().rev().find(telling)) {
        (Some(first), Some(last)) => first..last + 1,
        // What the other side adds is left out here, beside these words.
        _ => {
            let mut beside = (gap.end..length).chain((0..gap.start).rev());
            let at = beside.find(|&at| pair.word(side, at).kind != WordKind::Function);
            at.map_or(0..0, |at| at..at + 1)
        }
    };
    words.start..words.end.min(words.start + MOST_WORDS)
}

/// In what two places differ, and about what, by the words that stand there.
fn kind(pair: &Pair, places: &[Range<usize>; 2]) -> (Kind, String) {
    let cues = |of: fn(&Polarity) -> &Vec<Option<usize>>| {
        let polarity = pair.readings.map(|reading| &reading.polarity);
        [0, 1].map(|side| of(polarity[side]).iter().flatten().any(|cue| places[side].contains(cue)))
    };
    let both = |of: &dyn Fn(usize, usize) -> bool| (0..2).all(|side| places[side].clone().any(|at| of(side, at)));
    let [negated, other] = cues(|polarity| &polarity.negated);
    let [hedged, sure] = cues(|polarity| &polarity.hedged);
    let figure = |side: usize, at: usize| pair.word(side, at).value.is_some();
    let timed = |side: usize, at: usize| is_time(pair.form(side, at));
    let named = |side: usize, at: usize| pair.side(side).is_name(at);
    let placed = |side: usize, at: usize| {
        named(side, at) && at > 0 && matches!(pair.form(side, at - 1), "at" | "in" | "near" | "from" | "to" | "on")
    };
    match () {
        () if negated != other => (Kind::Negation, "whether it is so".to_owned()),
        () if both(&timed) => (Kind::Date, "when it happened".to_owned()),
        () if both(&figure) => (Kind::Number, "how many".to_owned()),
        () if hedged != sure => (Kind::Modality, "whether for certain".to_owned()),
        () if both(&placed) => (Kind::Place, "where".to_owned()),
        () if both(&named) => (Kind::Name, "who or what".to_owned()),
        () => (Kind::State, "what happened".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::clean::Kind as SentenceKind;
    use crate::sentence::Sentence;
    use crate::span::Span;

    const SURE: PairOdds = PairOdds { shared: -8.0, conflict: 8.0 };

    fn of(texts: [&str; 2], odds: PairOdds) -> Option<(Kind, String, String, u32)> {
        let rest =
            ["A freight train left the rails near Lower Marsh late at night.", "An inquiry will report in spring."];
        let texts = [texts[0], texts[1], rest[0], rest[1]];
        let articles: Vec<_> = (0..texts.len()).map(|at| Article::new(at.to_string(), "")).collect();
        let sentence = |(article, text): (usize, &&str)| Sentence {
            article: article.into(),
            index: 0,
            span: Span::new(0, text.len()),
            kind: SentenceKind::Body,
        };
        let sentences: Vec<_> = texts.iter().enumerate().map(sentence).collect();
        let scorer = Scorer::new(&texts, texts.len(), None).unwrap();
        let readings = Readings::new(&scorer, &articles, &sentences);
        let found = opposed(&scorer, &readings, [0, 1], [odds, odds], &[])?;
        let words = |span: Span, at: usize| span.of(texts[at]).to_owned();
        let probability = found.signs[Sign::opposed as usize].to_bits();
        Some((found.kind, words(found.left, 0), words(found.right, 1), probability))
    }

    #[test]
    fn what_is_opposed_is_shown_where_the_two_part() {
        let who = "The harbour master of Lower Marsh, who had spent the whole night on the old pier,";
        for (left, right, kind, words) in [
            ("praised the crew", "scolded the crew", Kind::State, ["praised", "scolded"]),
            ("never left his post", "left his post", Kind::Negation, ["never", "left"]),
            ("was relieved by Ida Sund", "was relieved by Per Holt", Kind::Name, ["Ida Sund", "Per Holt"]),
        ] {
            let [left, right] = [left, right].map(|tail| format!("{who} {tail}."));
            let told = of([&left, &right], SURE).unwrap_or_else(|| panic!("{left} / {right}"));
            assert_eq!((told.0, &*told.1, &*told.2), (kind, words[0], words[1]), "{left} / {right}");
            let swapped = of([&right, &left], SURE).unwrap();
            assert_eq!(swapped, (told.0, told.2, told.1, told.3), "{right} / {left}");
            assert_eq!(of([&left, &right], PairOdds { shared: -2.0, conflict: 2.0 }), None, "{left} / {right}");
        }
    }

    #[test]
    fn of_few_words_in_common_nothing_is_told() {
        assert_eq!(of(["Ships may enter again.", "The harbour was closed until dusk."], SURE), None);
        assert_eq!(of(["The pumps go on until May.", "They will be switched off in May."], SURE), None);
    }
}
