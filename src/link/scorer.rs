//! Sentences of one story, read once, and the features of pairs of them.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::background;
use super::contradictions;
use super::contrast::Cues;
use super::features::{Known, N_FEATURES, Rivals, features};
use super::late::{Late, LateInteraction};
use super::parts;
use crate::align::{
    Alignment, Key, Kind, Lexicon, Likenesses, Prepared, Vectors, Word, align, dot, likeness, resolve_aliases,
};
use crate::encode::{Encoder, Reader, Reading};
use crate::error::Result;
use crate::language::Language;
use crate::pool::{GoOn, install};
use crate::token::words;

/// The story counts against the background as soon as it has this many sentences.
const PRIOR_SENTENCES: f32 = 20.0;
/// Fewer sentences than this that no transformer has read are no story: they say neither what is rare nor what is near. Of
/// contradictions planted in articles of a sentence, words alone link 0.13 without a story and 0.67 with one.
const MIN_STORY: usize = 4;
/// How many of a sentence's nearest in the story are kept as its rivals.
const N_RIVALS: usize = 12;
/// A stem in more sentences than this says little, and looking them all up would take the square of the story.
const MAX_POSTINGS: usize = 2_000;
/// Sentences between two looks at whether to go on.
const CHUNK: usize = 1024;
/// A sentence nearer than this is a copy, not a rival.
const COPY: f32 = 0.85;

/// Sentences read once for scoring many pairs of them.
#[derive(Debug)]
pub struct Scorer {
    pub(super) lexicon: Lexicon,
    pub(super) vectors: Vectors,
    /// Of the words of the story.
    known: Likenesses,
    pub(super) cues: Cues,
    pub(super) sentences: Vec<Prepared>,
    pub(super) texts: Vec<String>,
    /// The stems that some sentence has in small letters.
    small: FxHashSet<u32>,
    /// For each sentence its place among the sentences in order of text: the one order that no caller chooses.
    place: Vec<u32>,
    /// For each sentence the first of the same text.
    same: Vec<u32>,
    /// For each sentence the cosines of its nearest in the story, highest first.
    rivals: Vec<Vec<f32>>,
    pub(super) n_story: usize,
    /// Of a story that the reader has read.
    late: Option<LateInteraction>,
}

impl Scorer {
    /// Reads `texts`; the first `n_story` of them are the story that says which words are rare and which sentences
    /// are rivals. Without a story the background alone says what is rare. With what the [`Reader`] made of the story's
    /// sentences, they are also compared by late interaction: at a cost of the square of `n_story`.
    pub fn new(texts: &[&str], n_story: usize, readings: Option<&[Arc<Reading>]>) -> Result<Self> {
        Self::new_with(texts, n_story, readings, Language::English, None, &mut || Ok(()))
    }

    /// [`Scorer::new`] of a story in `language`, on `n_threads` threads (`None`: as [`install`] says).
    pub fn new_with(
        texts: &[&str],
        n_story: usize,
        readings: Option<&[Arc<Reading>]>,
        language: Language,
        n_threads: Option<usize>,
        go_on: GoOn,
    ) -> Result<Self> {
        let n_story = if n_story < MIN_STORY && readings.is_none() { 0 } else { n_story };
        let mut lexicon = Lexicon::of(language);
        let small = small(texts, language);
        let common = |stem: &str| match language.has_rules() {
            true => background::common(stem),
            false => small.contains(stem),
        };
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|&at| texts[at]);
        let mut place = vec![0; texts.len()];
        let mut sentences = vec![Prepared::default(); texts.len()];
        for (rank, &at) in order.iter().enumerate() {
            if rank % CHUNK == 0 {
                go_on()?;
            }
            place[at] = rank as u32;
            sentences[at].words = lexicon.read(texts[at], common);
        }
        let same = first_of_text(texts, &order);
        resolve_aliases(&mut sentences[..n_story], &texts[..n_story], &lexicon);
        let mut frequency = vec![0u32; lexicon.stems.len()];
        let mut seen = vec![usize::MAX; lexicon.stems.len()];
        for (at, sentence) in sentences[..n_story].iter().enumerate() {
            for word in &sentence.words {
                if seen[word.stem as usize] != at {
                    seen[word.stem as usize] = at;
                    frequency[word.stem as usize] += 1;
                }
            }
        }
        let n = n_story as f32;
        let in_news = |stem: &str| if language.has_rules() { background::share(stem) } else { background::UNKNOWN };
        let surprise: Vec<f32> = lexicon
            .stems
            .iter()
            .zip(&frequency)
            .map(|(stem, &count)| {
                let share = (count as f32 + PRIOR_SENTENCES * in_news(stem)) / (n + PRIOR_SENTENCES);
                -share.min(1.0).ln()
            })
            .collect();
        let forms: Vec<&str> = lexicon.forms.iter().map(|form| &*form.text).collect();
        let rows = Encoder::embedded("static")?.encode_with(&forms, n_threads, &mut |_, _| go_on())?;
        let vectors = Vectors::of(rows);
        for chunk in sentences.chunks_mut(CHUNK) {
            go_on()?;
            install(n_threads, || {
                chunk.par_iter_mut().for_each(|sentence| weigh(sentence, &lexicon, &vectors, &surprise));
            })?;
        }
        let known = Likenesses::new(&mut sentences[..n_story], &lexicon, &vectors, n_threads)?;
        let rivals = rivals(&sentences, n_story, lexicon.stems.len(), n_threads, go_on)?;
        let written = |(sentence, text): (&Prepared, &&str)| {
            let small = |word: &&Word| word.span.of(text).starts_with(char::is_lowercase);
            sentence.words.iter().filter(small).map(|word| word.stem).collect::<Vec<u32>>()
        };
        let small = sentences.iter().zip(texts).flat_map(written).collect();
        let texts = texts.iter().map(|&text| text.to_owned()).collect();
        let cues = Cues::new(&lexicon);
        order.retain(|&at| at < n_story);
        let late = |readings: &[Arc<Reading>]| {
            let order = (&order[..], &same[..n_story]);
            LateInteraction::new(Reader::embedded(), &readings[..n_story], order, n_threads, go_on)
        };
        let late = readings.filter(|_| n_story > 0).map(late).transpose()?;
        Ok(Self { lexicon, vectors, known, cues, sentences, texts, small, place, same, rivals, n_story, late })
    }

    /// Whether two words, each given with the text of its sentence, are names in it: within a sentence a capital says so, where
    /// one begins only if no sentence has the word in small letters: "Trams" and "a tram".
    pub(super) fn are_names(&self, words: [(&str, &Word); 2]) -> bool {
        let capital = |(text, word): (&str, &Word)| word.span.of(text).starts_with(char::is_uppercase);
        let inside = |(text, word): (&str, &Word)| {
            let before = text[..word.span.start].trim_end();
            before.ends_with(|c: char| c.is_alphanumeric() || c == ',')
        };
        let small = words.iter().any(|(_, word)| self.small.contains(&word.stem));
        words.into_iter().all(capital) && (words.into_iter().any(inside) || !small)
    }

    /// The stems of a sentence, and whether a capital stands where a small letter would.
    pub fn stems(text: &str) -> Vec<(String, bool)> {
        let mut lexicon = Lexicon::new();
        let words = lexicon.read(text, |_| true);
        words.iter().map(|word| (lexicon.stems[word.stem as usize].clone(), word.kind == Kind::Name)).collect()
    }

    /// A sentence as it was read.
    pub fn sentence(&self, at: usize) -> &Prepared {
        &self.sentences[at]
    }

    /// The text of a sentence.
    pub fn text(&self, at: usize) -> &str {
        &self.texts[at]
    }

    /// The forms and stems of all sentences.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Weight of who acts in one of two sentences and is acted on in the other; less than 0 where they keep their parts.
    pub fn swapped(&self, sides: [&Prepared; 2], alignment: &Alignment) -> f32 {
        parts::swapped(sides, alignment, &self.lexicon, &self.cues)
    }

    /// Whether two words tell one thing from its two ends: "sold" and "bought".
    pub fn are_converse(&self, a: &Word, b: &Word) -> bool {
        self.cues.converse(a.stem, b.stem)
    }

    /// A pair in the order of its texts. Sums of floats depend on their order; with this the features do not depend on
    /// which side is which.
    pub(super) fn oriented(&self, left: usize, right: usize) -> (usize, usize) {
        if self.place[left] <= self.place[right] { (left, right) } else { (right, left) }
    }

    /// The two texts of a pair, by number: pairs of the same two have the same log-odds.
    pub fn texts_of(&self, left: usize, right: usize) -> (u32, u32) {
        let [left, right] = [self.same[left], self.same[right]];
        (left.min(right), left.max(right))
    }

    /// Whether the transformer has read the story.
    pub fn is_read(&self) -> bool {
        self.late.is_some()
    }

    /// What late interaction says of two sentences of a story that the reader has read.
    pub fn late(&self, left: usize, right: usize) -> Option<Late> {
        self.late.as_ref().filter(|late| left.max(right) < late.n_sentences()).map(|late| late.pair(left, right))
    }

    /// Whether the two sentences name another of one family where the rest of them matches.
    pub fn namesakes(&self, left: usize, right: usize) -> bool {
        contradictions::namesakes(self, left, right)
    }

    /// Whether both sentences have a figure that the other has not, where no rule reads what figures count.
    pub fn other_figures(&self, left: usize, right: usize) -> bool {
        let figures = |at: usize| self.sentences[at].words.iter().filter_map(|word| word.value);
        let lacks = |a: usize, b: usize| figures(a).any(|x| figures(b).all(|y| x.agreement(y) == 0.0));
        !self.lexicon.language().has_rules() && lacks(left, right) && lacks(right, left)
    }

    /// How like two words are, in [0, 1].
    pub fn likeness(&self, a: &Word, b: &Word) -> f32 {
        likeness(a, b, &self.lexicon, &self.vectors)
    }

    /// Aligns two of the sentences.
    pub fn align(&self, left: usize, right: usize) -> Alignment {
        align(&self.sentences[left], &self.sentences[right], &self.known, &self.lexicon, &self.vectors)
    }

    /// What the model sees of a pair; the same with the sides swapped.
    pub fn features(&self, left: usize, right: usize, alignment: &Alignment) -> [f32; N_FEATURES] {
        let (a, b) = (&self.sentences[left], &self.sentences[right]);
        let word_cosine = cosine(&a.terms, &b.terms);
        let known = Known {
            word_cosine,
            rivals: [left, right].map(|side| Rivals::of(&self.rivals[side], word_cosine)),
            conflicts: contradictions::counts(self, left, right, alignment),
        };
        features(a, b, alignment, self, known)
    }
}

/// Where no list says which words are written small: those that the texts themselves write small.
fn small(texts: &[&str], language: Language) -> FxHashSet<String> {
    let texts = if language.has_rules() { &[] } else { texts };
    let forms = texts.iter().flat_map(|text| words(text).into_iter().map(|word| word.span.of(text)));
    forms.filter(|form| form.starts_with(char::is_lowercase)).map(str::to_owned).collect()
}

/// For each text the first of those equal to it; `order` is ascending by text, then by place.
fn first_of_text(texts: &[&str], order: &[usize]) -> Vec<u32> {
    let mut first = vec![0; texts.len()];
    for equal in order.chunk_by(|&a, &b| texts[a] == texts[b]) {
        equal.iter().for_each(|&at| first[at] = equal[0] as u32);
    }
    first
}

/// Keys, weights, n-grams and terms of a sentence that has its words.
fn weigh(sentence: &mut Prepared, lexicon: &Lexicon, vectors: &Vectors, surprise: &[f32]) {
    sentence.keys = sentence.words.iter().map(|word| Key::new(word, lexicon)).collect();
    sentence.weights = sentence.words.iter().map(|word| surprise[word.stem as usize]).collect();
    sentence.total = sentence.weights.iter().sum();
    let mut grams = Vec::new();
    for (word, weight) in sentence.words.iter().zip(&sentence.weights) {
        let form = &lexicon.forms[word.form as usize].grams;
        let share = weight / (form.len() as f32).sqrt().max(1.0);
        grams.extend(form.iter().map(|&gram| (gram, share)));
    }
    sentence.grams = unit(grams);
    sentence.terms =
        unit(sentence.words.iter().zip(&sentence.weights).map(|(word, &weight)| (word.stem, weight)).collect());
    sentence.meaning = vec![0.0; vectors.dimension()];
    for (word, weight) in sentence.words.iter().zip(&sentence.weights) {
        let row = vectors.row(word.form);
        sentence.meaning.iter_mut().zip(row).for_each(|(sum, value)| *sum += weight * value);
    }
    let norm = dot(&sentence.meaning, &sentence.meaning).sqrt().max(1e-9);
    sentence.meaning.iter_mut().for_each(|value| *value /= norm);
}

/// Sums equal keys and scales to length 1.
fn unit(mut entries: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    entries.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut vector: Vec<(u32, f32)> = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        match vector.last_mut() {
            Some((last, sum)) if *last == key => *sum += value,
            _ => vector.push((key, value)),
        }
    }
    let norm = vector.iter().map(|(_, value)| value * value).sum::<f32>().sqrt().max(1e-9);
    vector.iter_mut().for_each(|(_, value)| *value /= norm);
    vector
}

/// Cosine of two sparse vectors of length 1.
pub(super) fn cosine(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(&(x, weight)), Some(&(y, other))) = (a.get(i), b.get(j)) {
        if x == y {
            sum += weight * other;
        }
        // No branch: which of the two is less cannot be foreseen.
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    sum
}

/// For each sentence the cosines of the nearest sentences of the story, by an inverted index from stems.
fn rivals(
    sentences: &[Prepared],
    n_story: usize,
    n_stems: usize,
    n_threads: Option<usize>,
    go_on: GoOn,
) -> Result<Vec<Vec<f32>>> {
    // A stem in many sentences says little and costs most.
    let limit = (n_story / 5).clamp(50, MAX_POSTINGS);
    let mut postings: Vec<Vec<(u32, f32)>> = vec![Vec::new(); n_stems];
    let mut distinct: FxHashMap<Vec<u32>, ()> = FxHashMap::default();
    for (at, sentence) in sentences[..n_story].iter().enumerate() {
        if distinct.insert(sentence.words.iter().map(|word| word.form).collect(), ()).is_none() {
            sentence.terms.iter().for_each(|&(stem, weight)| postings[stem as usize].push((at as u32, weight)));
        }
    }
    let nearest = |sums: &mut Vec<f32>, sentence: &Prepared| {
        let mut touched = Vec::new();
        for &(stem, weight) in &sentence.terms {
            let posting = &postings[stem as usize];
            if posting.len() > limit {
                continue;
            }
            for &(other, other_weight) in posting {
                if sums[other as usize] == 0.0 {
                    touched.push(other);
                }
                sums[other as usize] += weight * other_weight;
            }
        }
        let mut cosines: Vec<f32> = touched.iter().map(|&other| std::mem::take(&mut sums[other as usize])).collect();
        cosines.retain(|&cosine| cosine < COPY);
        cosines.sort_unstable_by(|a, b| b.total_cmp(a));
        cosines.truncate(N_RIVALS);
        cosines
    };
    let mut found = Vec::with_capacity(sentences.len());
    for chunk in sentences.chunks(CHUNK) {
        go_on()?;
        let rivals: Vec<Vec<f32>> =
            install(n_threads, || chunk.par_iter().map_init(|| vec![0.0f32; n_story], nearest).collect())?;
        found.extend(rivals);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_that_only_begins_a_sentence_makes_no_name() {
        for (left, right, rest, words, names) in [
            ("Dredging is banned.", "They stopped dredging.", "It rained.", ["Dredging", "dredging"], false),
            ("Ferries were late.", "Ferries met there.", "A ferry sank.", ["Ferries", "Ferries"], false),
            ("Zelenov left.", "Zelenov wept.", "It rained.", ["Zelenov", "Zelenov"], true),
            ("They met Frost.", "Frost wept.", "The frost was hard.", ["Frost", "Frost"], true),
            ("Frost wept.", "Frost left.", "The frost was hard.", ["Frost", "Frost"], false),
        ] {
            let scorer = Scorer::new(&[left, right, rest], 0, None).unwrap();
            let word = |at: usize, text: &'static str| {
                let own = scorer.sentences[at].words.iter().find(|word| word.span.of(text) == words[at]);
                (text, own.unwrap())
            };
            assert_eq!(scorer.are_names([word(0, left), word(1, right)]), names, "{left} {right}");
        }
    }

    #[test]
    fn pairs_of_the_same_texts_have_the_same_odds() {
        let texts = [
            "The bridge closed on Monday, the mayor said.",
            "On Monday the bridge was shut.",
            "The bridge closed on Monday, the mayor said.",
            "Mayor Ida Sund spoke of a long winter.",
            "On Monday the bridge was shut.",
            "",
        ];
        let readings = crate::encode::Reader::embedded().read(&texts, None, &mut |_, _| Ok(())).unwrap();
        let readings: Vec<_> = readings.into_iter().map(Arc::new).collect();
        for readings in [None, Some(&readings[..])] {
            let scorer = Scorer::new(&texts, texts.len(), readings).unwrap();
            for (equal, texts) in
                [(&[(0, 1), (0, 4), (1, 2), (4, 2)][..], (0, 1)), (&[(0, 3), (3, 2)], (0, 3)), (&[(0, 2)], (0, 0))]
            {
                for &(left, right) in equal {
                    assert_eq!(scorer.texts_of(left, right), texts);
                    assert_eq!(scorer.log_odds(&[(left, right)]), scorer.log_odds(&equal[..1]));
                }
            }
        }
    }
}
