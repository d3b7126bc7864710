//! One wording for figures that agree: "gusts of 100 mph" / "gusts of 160 kilometres an hour", "noon" / "12 p.m.", "nearly 400" /
//! "398". Whoever reads two sentences together knows words, and no conversions: so where two figures agree and are written
//! otherwise, it reads one sentence with the other's figure. What is shown to readers stays as it was written.

use rustc_hash::FxHashMap;

use super::neighbourhood::Again;
use super::scorer::Scorer;
use crate::candidate::CandidatePair;
use crate::error::Result;
use crate::pool::GoOn;
use crate::reading::{Change, Measure, Quantity, quantities};

/// Pairs less likely than this are no links, whatever their figures.
const LEAST: f32 = -7.0;
/// At most so many pairs a sentence.
const MOST: usize = 8;
/// Figures that differ by more, as a share, are not the same to everybody.
const NEAR: f64 = 0.03;
/// Numbers below this are written in words or in digits, and readers know both.
const SMALL: f64 = 2.0;

/// How the sentences of each pair are read.
#[derive(Debug)]
pub struct Wordings<'a> {
    texts: &'a [&'a str],
    /// Both texts of some pairs, by their place among all, with one wording of their figures.
    worded: FxHashMap<usize, [String; 2]>,
}

impl<'a> Wordings<'a> {
    /// As they are written.
    pub fn given(texts: &'a [&'a str]) -> Self {
        Self { texts, worded: FxHashMap::default() }
    }

    /// With one wording where the pairs may be links; their log-odds grow by what the forest finds in them so worded.
    pub fn one(
        texts: &'a [&'a str],
        pairs: &[CandidatePair],
        seen: &mut [Again],
        scorer: &Scorer,
        n_threads: Option<usize>,
        go_on: GoOn,
    ) -> Result<Self> {
        let read: Vec<Vec<Quantity>> = texts.iter().map(|text| quantities(text)).collect();
        let likely = (0..pairs.len()).filter(|&at| seen[at].log_odds >= LEAST);
        let worded = likely.filter_map(|at| {
            let ends = [pairs[at].left.index(), pairs[at].right.index()];
            Some((at, one_wording(ends.map(|end| texts[end]), ends.map(|end| &*read[end]))?))
        });
        let mut worded: Vec<(usize, [String; 2])> = worded.collect();
        // The likeliest, so that it grows with the sentences and not with their square.
        worded.sort_by(|(a, _), (b, _)| seen[*b].log_odds.total_cmp(&seen[*a].log_odds).then(a.cmp(b)));
        worded.truncate(MOST * texts.len());
        worded.sort_unstable_by_key(|(at, _)| *at);
        if worded.is_empty() {
            return Ok(Self::given(texts));
        }
        let changed = worded.iter().flat_map(|(_, both)| both.iter().map(String::as_str));
        let all: Vec<&str> = texts.iter().copied().chain(changed).collect();
        let again = Scorer::new_with(&all, texts.len(), None, scorer.lexicon().language(), n_threads, go_on)?;
        let given: Vec<_> = worded.iter().map(|&(at, _)| (pairs[at].left.index(), pairs[at].right.index())).collect();
        let same: Vec<_> = (0..worded.len()).map(|at| (texts.len() + 2 * at, texts.len() + 2 * at + 1)).collect();
        let gained = again.log_odds(&given).into_iter().zip(again.log_odds(&same)).map(|(old, new)| new - old);
        for ((at, _), gained) in worded.iter().zip(gained) {
            seen[*at].log_odds += gained.max(0.0);
        }
        Ok(Self { texts, worded: worded.into_iter().collect() })
    }

    /// Both texts of the pair at each of some places among `pairs`.
    pub fn of(&self, pairs: &[CandidatePair], places: &[usize]) -> Vec<(&str, &str)> {
        let both = |&at: &usize| match self.worded.get(&at) {
            Some([left, right]) => (left.as_str(), right.as_str()),
            None => (self.texts[pairs[at].left.index()], self.texts[pairs[at].right.index()]),
        };
        places.iter().map(both).collect()
    }

    /// How many sentences there are.
    pub fn n_sentences(&self) -> usize {
        self.texts.len()
    }
}

/// Two texts in which figures that agree are written as in the one that comes first in order of letters; `None` where they
/// are.
fn one_wording(texts: [&str; 2], quantities: [&[Quantity]; 2]) -> Option<[String; 2]> {
    let model = usize::from(texts[1] < texts[0]);
    let other = 1 - model;
    let worded = worded((texts[other], quantities[other]), (texts[model], quantities[model]))?;
    let mut both = texts.map(str::to_owned);
    both[other] = worded;
    Some(both)
}

/// A text with its figures written as in another one, where they agree and are not.
pub fn worded_as(text: &str, model: &str) -> Option<String> {
    worded((text, &quantities(text)), (model, &quantities(model)))
}

fn worded((text, own): (&str, &[Quantity]), (model, others): (&str, &[Quantity])) -> Option<String> {
    let mut taken = vec![false; own.len()];
    let mut changes = Vec::new();
    for other in others {
        let wording = other.span.of(model);
        let found = (0..own.len()).filter(|&at| !taken[at] && is_one(&own[at], other));
        // What is written alike has its partner.
        let alike = |at: &usize| own[*at].span.of(text).to_lowercase() == wording.to_lowercase();
        let Some(at) = found.clone().find(alike).or_else(|| found.clone().next()) else { continue };
        taken[at] = true;
        if !alike(&at) {
            changes.push((own[at].span, wording));
        }
    }
    changes.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut worded = text.to_owned();
    for (span, wording) in &changes {
        worded.replace_range(span.start..span.end, wording);
    }
    (!changes.is_empty()).then_some(worded)
}

/// Whether two quantities are one to whoever knows units, and both are told as they are.
fn is_one(a: &Quantity, b: &Quantity) -> bool {
    let plain = |one: &Quantity| {
        one.low == one.high
            && (one.measure != Measure::Count || one.low >= SMALL)
            && !one.left_out
            && !matches!(one.measure, Measure::Ordinal | Measure::Year)
    };
    let near = (a.low - b.low).abs() <= NEAR * a.low.abs().max(b.low.abs());
    let clock = a.measure == Measure::Clock;
    // "came to 40" is 40, "rose by 40" is not.
    let told = |one: &Quantity| if one.change == Change::To { Change::None } else { one.change };
    a.measure == b.measure && (clock || plain(a) && plain(b) && near) && told(a) == told(b) && a.agrees(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_that_agree_get_one_wording() {
        for (left, right, worded) in [
            (
                "Gusts of 100 mph were felt.",
                "The port felt gusts of 160 kilometres an hour.",
                Some("The port felt gusts of 100 mph."),
            ),
            ("Six inches of rain fell.", "The rain came to 15 cm.", Some("The rain came to Six inches.")),
            ("About 400 people left.", "It was left by 398 people.", Some("It was left by 400 people.")),
            (
                "Half a million people left.",
                "It was left by 500,000 people.",
                Some("It was left by Half a million people."),
            ),
            ("All was over at noon.", "By 12 p.m. it was over.", Some("By noon it was over.")),
            ("A strike of two weeks began.", "It is to last a fortnight.", Some("It is to last two weeks.")),
            (
                "A third of the voters stayed home.",
                "Of voters, 33 percent stayed home.",
                Some("Of voters, A third stayed home."),
            ),
            ("It cost 480 marks.", "They paid 480 marks.", None),
            ("It cost 480 marks.", "They paid 530 marks.", None),
            ("The lock is 40 metres long.", "The lock has 40 gates.", None),
            ("Two men left.", "A man left.", None),
        ] {
            let found = one_wording([left, right], [&quantities(left), &quantities(right)]);
            assert_eq!(found.map(|both| both[1].clone()).as_deref(), worded, "{left} / {right}");
            let swapped = one_wording([right, left], [&quantities(right), &quantities(left)]);
            assert_eq!(swapped.map(|both| both[0].clone()).as_deref(), worded, "{right} / {left}");
        }
    }
}
