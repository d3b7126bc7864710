//! What sets two sentences apart though their words are close: another word in the same place, the sides of an action
//! swapped, a "not" or a "may" on one side only, opposite words, another weekday.

use rustc_hash::{FxHashMap, FxHashSet};

use super::parts;
use crate::align::{Alignment, Kind, Lexicon, OPPOSITES, Prepared, Word};
use crate::language::list;

const CUES: &str = list(include_str!("cues.txt"));
/// What tells one thing from its two ends.
const CONVERSES: &str = list(include_str!("converses.txt"));

/// What two do to each other.
const MUTUAL: &str = list(include_str!("mutual.txt"));

/// What a word does to the meaning of its sentence, as bits.
pub(super) mod cue {
    pub const NEGATION: u16 = 1;
    pub const MODAL: u16 = 2;
    pub const WEEKDAY: u16 = 4;
    pub const MONTH: u16 = 8;
    pub const SPEECH: u16 = 16;
    pub const BE: u16 = 32;
    pub const BY: u16 = 64;
    pub const PREPOSITION: u16 = 128;
    pub const DETERMINER: u16 = 256;
    pub const TO: u16 = 512;
    pub const RELATIVE: u16 = 1024;
    /// Inflected as verbs are.
    pub const INFLECTED: u16 = 2048;
    /// What two do to each other.
    pub const MUTUAL: u16 = 4096;
    /// What can be told from its two ends.
    pub const CONVERSE: u16 = 8192;
}

/// The cues and opposites among the words of a lexicon.
#[derive(Debug, Default)]
pub(super) struct Cues {
    /// Bits of each word form.
    bits: Vec<u16>,
    /// Pairs of stems that mean the opposite, both ways.
    opposites: FxHashSet<(u32, u32)>,
    /// Pairs of stems that tell one thing from its two ends, both ways.
    converses: FxHashSet<(u32, u32)>,
    /// Whether a stem is in any pair, so that few are looked up.
    paired: Vec<bool>,
    /// The stems of "to" and "from".
    ends: Vec<u32>,
    /// Those of "with" and "against".
    with: Vec<u32>,
}

impl Cues {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let known =
            |words: &str| -> Vec<u32> { words.split_whitespace().filter_map(|word| lexicon.find(word)).collect() };
        let none = vec![false; lexicon.stems.len()];
        let [ends, with] = ["to from", "with against"].map(known);
        let mut cues = Self { bits: vec![0; lexicon.forms.len()], paired: none, ends, with, ..Self::default() };
        if !lexicon.language().has_rules() {
            return cues;
        }
        let mut of_form: FxHashMap<&str, u16> = FxHashMap::default();
        let mut of_stem = vec![0; lexicon.stems.len()];
        for (kind, words) in CUES.lines().filter_map(|line| line.split_once(' ')) {
            let bit = match kind.trim_end_matches('=') {
                "negation" => cue::NEGATION,
                "modal" => cue::MODAL,
                "weekday" => cue::WEEKDAY,
                "month" => cue::MONTH,
                "speech" => cue::SPEECH,
                "be" => cue::BE,
                "by" => cue::BY,
                "preposition" => cue::PREPOSITION,
                "determiner" => cue::DETERMINER,
                "to" => cue::TO,
                _ => cue::RELATIVE,
            };
            // With "=" the words as written: "notes" is another form of the stem of "not".
            match kind.ends_with('=') {
                true => words.split_whitespace().for_each(|word| *of_form.entry(word).or_default() |= bit),
                false => known(words).into_iter().for_each(|stem| of_stem[stem as usize] |= bit),
            }
        }
        known(CONVERSES).into_iter().for_each(|stem| of_stem[stem as usize] |= cue::CONVERSE);
        known(MUTUAL).into_iter().for_each(|stem| of_stem[stem as usize] |= cue::MUTUAL);
        for (bits, form) in cues.bits.iter_mut().zip(&lexicon.forms) {
            *bits = of_stem[form.stem as usize] | of_form.get(&*form.text).copied().unwrap_or(0);
            if form.text.ends_with("ed") || form.text.ends_with("ing") || lexicon.is_irregular(form) {
                *bits |= cue::INFLECTED;
            }
        }
        for (list, pairs) in [(OPPOSITES, &mut cues.opposites), (CONVERSES, &mut cues.converses)] {
            for (one, other) in list.lines().filter_map(|line| line.split_once(" / ")) {
                for &a in &known(one) {
                    for &b in known(other).iter().filter(|&&b| b != a) {
                        pairs.insert((a, b));
                        pairs.insert((b, a));
                    }
                }
            }
        }
        // "safe" and "unsafe", "legal" and "illegal".
        for (stem, id) in lexicon.stems.iter().zip(0..) {
            for prefix in ["un", "in", "im", "il", "ir", "dis", "non"] {
                if let Some(plain) =
                    stem.strip_prefix(prefix).filter(|rest| rest.len() > 3).and_then(|rest| lexicon.find_stem(rest))
                {
                    cues.opposites.insert((plain, id));
                    cues.opposites.insert((id, plain));
                }
            }
        }
        for &(a, _) in cues.opposites.iter().chain(&cues.converses) {
            cues.paired[a as usize] = true;
        }
        cues
    }

    pub(super) fn has(&self, word: &Word, bit: u16) -> bool {
        self.bits[word.form as usize] & bit != 0
    }

    /// The bits of all words of a sentence: most have few.
    fn of(&self, side: &Prepared) -> u16 {
        side.words.iter().fold(0, |bits, word| bits | self.bits[word.form as usize])
    }

    /// Whether a stem has a converse or an opposite.
    pub(super) fn is_paired(&self, stem: u32) -> bool {
        self.paired[stem as usize]
    }

    pub(super) fn converse(&self, a: u32, b: u32) -> bool {
        self.is_paired(a) && self.converses.contains(&(a, b))
    }

    pub(super) fn opposite(&self, a: u32, b: u32) -> bool {
        self.is_paired(a) && self.opposites.contains(&(a, b))
    }

    /// Whether a stem is that of "with" or of "against".
    pub(super) fn is_with(&self, stem: u32) -> bool {
        self.with.contains(&stem)
    }

    /// Whether a stem is that of "to" or of "from".
    pub(super) fn is_end(&self, stem: u32) -> bool {
        self.ends.contains(&stem)
    }
}

/// The differences of two sentences that have much in common.
#[derive(Debug, Clone, Default)]
pub(super) struct Contrast {
    /// Share of the shorter sentence's weight that stands in the other in the same order.
    pub frame: f32,
    /// Weight of what stands in each other's place within that frame.
    pub slots: f32,
    /// Of that, names.
    pub slot_names: f32,
    /// Of that, figures.
    pub slot_numbers: f32,
    /// How many places differ: words on one side or on both.
    pub edits: usize,
    /// Pairs of words in each other's place: the likest one of each slot, for the reasons.
    pub slot_pairs: Vec<(usize, usize)>,
    /// Pairs of opposite words, one on each side.
    pub opposites: Vec<(usize, usize)>,
    /// A negation on one side only, near what matches.
    pub negation: bool,
    /// A modality on one side only, near what matches.
    pub modality: bool,
    /// Other weekdays or months, and none in common.
    pub dates: bool,
    /// Weight of equal words that stand outside the common order.
    pub crossing: f32,
    /// One side is in the passive voice.
    pub voice: bool,
    /// Whether negations and opposites turn the one round: 1 when their number is odd, -1 when they undo each other.
    pub polarity: f32,
    /// Weight of who acts on one side and is acted on on the other, less that of who keeps the part.
    pub swapped: f32,
    /// Weight of what matches by the thesaurus alone.
    pub synonyms: f32,
    /// Weight of the heaviest pair of open words that exclude each other.
    pub excluded: f32,
    /// How many such pairs there are whose neighbours match.
    pub excluded_beside: usize,
    /// How surely the two have it from different sources, up to 1; -1 when they have it from the same.
    pub sources: f32,
}

/// A word less like its best counterpart than this has none.
const OPEN: f32 = 0.7;

pub(super) fn contrast(
    left: &Prepared,
    right: &Prepared,
    alignment: &Alignment,
    lexicon: &Lexicon,
    cues: &Cues,
) -> Contrast {
    let frame = frame(left, right, alignment);
    let total = left.total.min(right.total).max(1e-6);
    let mut contrast = Contrast {
        frame: frame.iter().map(|&(i, j)| left.weights[i].min(right.weights[j])).sum::<f32>() / total,
        ..Contrast::default()
    };
    slots(left, right, alignment, &frame, &mut contrast);
    let free = |likeness: &[f32], at: usize| likeness[at] < 1.0;
    let turning = |&(i, a): &(usize, &Word)| cues.is_paired(a.stem) && free(&alignment.left, i);
    for (i, a) in left.words.iter().enumerate().filter(turning) {
        for (j, b) in right.words.iter().enumerate().filter(|&(j, _)| free(&alignment.right, j)) {
            if cues.opposite(a.stem, b.stem) {
                contrast.opposites.push((i, j));
            }
        }
    }
    let bits = [left, right].map(|side| cues.of(side));
    let near = |at: usize, bit: u16| {
        let (side, likeness) = if at == 0 { (left, &alignment.left) } else { (right, &alignment.right) };
        let matched = |at: usize| likeness[at] >= 0.5 && side.words[at].kind != Kind::Function;
        let words = if bits[at] & bit == 0 { 0..0 } else { 0..side.words.len() };
        words
            .filter(|&at| cues.has(&side.words[at], bit) && likeness[at] < OPEN)
            .any(|at| (at.saturating_sub(3)..(at + 4).min(side.words.len())).any(|other| other != at && matched(other)))
    };
    let negated = [0, 1].map(|side| near(side, cue::NEGATION));
    let modal = [0, 1].map(|side| near(side, cue::MODAL));
    contrast.negation = negated[0] != negated[1];
    contrast.modality = modal[0] != modal[1];
    let turned = !contrast.opposites.is_empty();
    contrast.polarity = match [negated[0], negated[1], turned].into_iter().filter(|&turns| turns).count() {
        0 => 0.0,
        n if n % 2 == 1 => 1.0,
        _ => -1.0,
    };
    let named = |side: &Prepared, bit: u16| -> Vec<u32> {
        side.words.iter().filter(|word| cues.has(word, bit)).map(|word| word.stem).collect()
    };
    contrast.dates = [cue::WEEKDAY, cue::MONTH].into_iter().filter(|bit| bits[0] & bits[1] & bit != 0).any(|bit| {
        let (a, b) = (named(left, bit), named(right, bit));
        !a.iter().any(|stem| b.contains(stem))
    });
    let in_frame = |i: usize| frame.binary_search_by_key(&i, |&(own, _)| own).is_ok();
    let crossing =
        alignment.matches.iter().filter(|m| m.2 >= 1.0 && left.words[m.0].kind != Kind::Function && !in_frame(m.0));
    contrast.crossing = crossing.map(|&(i, j, _)| left.weights[i].min(right.weights[j])).sum();
    const PASSIVE: u16 = cue::BE | cue::BY;
    let passive = |at: usize, side: &Prepared| bits[at] & PASSIVE == PASSIVE && passive(side, cues);
    contrast.voice = passive(0, left) != passive(1, right);
    let synonyms = alignment.matches.iter().filter(|&&(i, j, likeness)| {
        likeness < 1.0 && left.words[i].kind != Kind::Function && lexicon.are_synonyms(&left.words[i], &right.words[j])
    });
    contrast.synonyms = synonyms.map(|&(i, j, _)| left.weights[i].min(right.weights[j])).sum();
    let open =
        left.words.iter().enumerate().filter(|&(i, _)| alignment.left[i] < OPEN && left.keys[i].may_exclude_some());
    for (i, a) in open {
        for (j, b) in right.words.iter().enumerate().filter(|&(j, _)| alignment.right[j] < OPEN) {
            if left.keys[i].may_exclude(&right.keys[j]) && lexicon.exclude_each_other(a, b) {
                contrast.excluded = contrast.excluded.max(left.weights[i].min(right.weights[j]));
                let beside = alignment.matches.iter().any(|&(x, y, likeness)| {
                    likeness >= OPEN
                        && x.abs_diff(i) <= 2
                        && y.abs_diff(j) <= 2
                        && (x < i) == (y < j)
                        && left.words[x].kind != Kind::Function
                });
                contrast.excluded_beside += usize::from(beside);
            }
        }
    }
    contrast.swapped = parts::swapped([left, right], alignment, lexicon, cues);
    contrast.sources = parts::sources([left, right], alignment, cues);
    contrast
}

/// The heaviest common subsequence of stems, as pairs of words in order.
fn frame(left: &Prepared, right: &Prepared, alignment: &Alignment) -> Vec<(usize, usize)> {
    let same = same(left, right, alignment);
    // Words that are like none change nothing, and few are like any.
    let rows: Vec<_> = same.chunk_by(|a, b| a.0 == b.0).collect();
    let mut columns: Vec<usize> = same.iter().map(|&(_, j)| j).collect();
    columns.sort_unstable();
    columns.dedup();
    let (n, m) = (rows.len(), columns.len());
    let width = m + 1;
    let mut best = vec![0.0f32; (n + 1) * width];
    for (row, same) in rows.iter().enumerate().rev() {
        let mut same = same.iter().rev().peekable();
        for column in (0..m).rev() {
            let skip = best[(row + 1) * width + column].max(best[row * width + column + 1]);
            best[row * width + column] = match same.next_if(|pair| pair.1 == columns[column]) {
                Some(&(i, j)) => {
                    skip.max(left.weights[i].min(right.weights[j]) + 0.01 + best[(row + 1) * width + column + 1])
                }
                None => skip,
            };
        }
    }
    let (mut row, mut column, mut frame) = (0, 0, Vec::new());
    while row < n && column < m {
        let here = best[row * width + column];
        if here == best[(row + 1) * width + column] {
            row += 1;
        } else if here == best[row * width + column + 1] {
            column += 1;
        } else {
            frame.push((rows[row][0].0, columns[column]));
            (row, column) = (row + 1, column + 1);
        }
    }
    frame
}

/// Words that say the same: figures by their value, all others by their stem; in order.
fn same(left: &Prepared, right: &Prepared, alignment: &Alignment) -> Vec<(usize, usize)> {
    let [a, b] = [left, right].map(|side| {
        let values = side.words.iter().enumerate().filter_map(|(at, word)| Some((at, word.value?)));
        values.collect::<Vec<_>>()
    });
    let figures = |&(i, j): &(usize, usize)| left.words[i].value.is_some() && right.words[j].value.is_some();
    let mut same: Vec<_> = alignment.same.iter().copied().filter(|pair| !figures(pair)).collect();
    for &(i, x) in &a {
        same.extend(b.iter().filter(|(_, y)| x.agreement(*y) >= 1.0).map(|&(j, _)| (i, j)));
    }
    same.sort_unstable();
    same
}

fn slots(left: &Prepared, right: &Prepared, alignment: &Alignment, frame: &[(usize, usize)], contrast: &mut Contrast) {
    const MAX_SLOT: usize = 6;
    let (mut from_i, mut from_j) = (0, 0);
    for &(i, j) in frame.iter().chain([&(left.words.len(), right.words.len())]) {
        let (gap_i, gap_j) = (from_i..i, from_j..j);
        (from_i, from_j) = (i + 1, j + 1);
        let told =
            |side: &Prepared, gap: &std::ops::Range<usize>| gap.clone().any(|at| side.words[at].kind != Kind::Function);
        contrast.edits += usize::from(told(left, &gap_i) || told(right, &gap_j));
        if gap_i.is_empty() || gap_j.is_empty() || gap_i.len() > MAX_SLOT || gap_j.len() > MAX_SLOT {
            continue;
        }
        let open = |side: &Prepared, likeness: &[f32], gap: std::ops::Range<usize>, kind: Option<Kind>| {
            let told = gap.filter(|&at| {
                side.words[at].kind != Kind::Function && kind.is_none_or(|kind| side.words[at].kind == kind)
            });
            told.map(|at| (side.weights[at] * (1.0 - likeness[at]), at)).collect::<Vec<_>>()
        };
        let both = |kind| {
            let sides =
                [open(left, &alignment.left, gap_i.clone(), kind), open(right, &alignment.right, gap_j.clone(), kind)];
            let [a, b] = sides.each_ref().map(|side| side.iter().map(|(weight, _)| weight).sum::<f32>());
            let [x, y] = sides.map(|side| side.into_iter().max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, at)| at));
            (a.min(b), x.zip(y))
        };
        let (weight, pair) = both(None);
        contrast.slots += weight;
        contrast.slot_pairs.extend(pair.filter(|_| weight > 1.0));
        contrast.slot_names += both(Some(Kind::Name)).0;
        contrast.slot_numbers += both(Some(Kind::Number)).0;
    }
}

/// "was accused by": a form of "be", a participle, "by".
fn passive(side: &Prepared, cues: &Cues) -> bool {
    let words = &side.words;
    (0..words.len()).any(|at| {
        cues.has(&words[at], cue::BE)
            && words.iter().skip(at + 1).take(7).any(|word| cues.has(word, cue::BY))
            && words.get(at + 1).is_some_and(|next| next.kind != Kind::Number)
    })
}
