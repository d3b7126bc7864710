//! How much of one claim another repeats, word by word.
//!
//! A link says that two sentences have a claim in common, not which. Here the words of every claim of the one are held
//! against every claim of the other: by value, stem, alias, thesaurus and vector, as the aligner does.
//! Cost: the product of the numbers of words of the two sentences.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Excerpt;
use super::counted::{Counted, counted};
use crate::align::{Key, Kind, Lexicon, Prepared, Value, Vectors, Word, likely, resolve_aliases};
use crate::article::Article;
use crate::clause::MAX_WORDS;
use crate::encode::Encoder;
use crate::error::Result;
use crate::link::{is_common, share_in_news};
use crate::pool::GoOn;
use crate::sentence::Sentence;
use crate::span::{ArticleId, SentenceId, Span};
use crate::story::Story;

/// The story counts against the news at large as soon as it has this many sentences.
const PRIOR_SENTENCES: f32 = 20.0;
/// Words less alike than this have nothing to do with each other.
const MIN_LIKENESS: f32 = 0.45;
/// What a name counts beside other words: it says who, and a story names the same few again and again.
const NAME: f32 = 0.6;
/// Sentences between two looks at whether to go on.
const CHUNK: usize = 1024;

/// The words of a story's sentences, each with its claim.
pub(super) struct Claims {
    lexicon: Lexicon,
    vectors: Vectors,
    sentences: Vec<Words>,
    /// For each article the stems of its words, names under that which they stand for.
    stems: Vec<FxHashSet<u32>>,
    /// And its figures.
    figures: Vec<Vec<Value>>,
}

/// The words of one sentence that tell something.
#[derive(Default)]
struct Words {
    prepared: Prepared,
    /// For each word its claim.
    claim: Vec<usize>,
    /// For each claim the weight of its words.
    totals: Vec<f32>,
    /// For each word whether it is a name that no common word is.
    named: Vec<bool>,
    /// For each word what it counts as a figure, if that has to be known.
    counted: Vec<Option<Counted>>,
}

/// What two claims have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Common {
    /// Claim of the left sentence.
    pub left: usize,
    /// Claim of the right sentence.
    pub right: usize,
    /// The weight of what they share, in nats.
    pub weight: f32,
    /// The share of the lighter claim that the other repeats, in [0, 1].
    pub share: f32,
    /// The shares of the left and of the right claim that the other repeats.
    pub covered: [f32; 2],
    /// Whether both say the same words of other names: "Holt won in Quay County" / "Pell won in Marsh County".
    pub template: bool,
}

impl Common {
    /// How much speaks for this pair of claims among those of two sentences.
    pub fn rank(&self) -> f32 {
        self.weight * self.share.sqrt()
    }
}

/// Two names are one from this likeness on; a name and another word may be near by chance.
const SAME_NAME: f32 = 0.8;
/// And two figures, one of which may be rounded.
const SAME_FIGURE: f32 = 0.5;
/// The share of a claim's other words that have to be the same before its names are asked for.
const TEMPLATE: f32 = 0.7;

impl Words {
    /// Whether a claim says what a claim of another sentence says, but of other names; `best` holds for each word its
    /// best counterpart in each of that sentence's `n_claims`.
    fn is_template(&self, claim: usize, best: &[f32], n_claims: usize, other: usize) -> bool {
        let (mut n_names, mut total, mut same) = (0, 0.0, 0.0);
        for at in (0..self.claim.len()).filter(|&at| self.claim[at] == claim) {
            let best = best[at * n_claims + other];
            if self.named[at] {
                if best >= SAME_NAME {
                    return false;
                }
                n_names += 1;
            } else if self.prepared.words[at].kind != Kind::Name {
                total += self.prepared.weights[at];
                same += self.prepared.weights[at] * best;
            }
        }
        n_names > 0 && same >= TEMPLATE * total
    }
}

impl Claims {
    /// Reads the sentences of a story; repetitions are read once.
    pub fn new(
        articles: &[Article],
        sentences: &[Sentence],
        story: &Story,
        n_threads: Option<usize>,
        go_on: GoOn,
    ) -> Result<Self> {
        let mut lexicon = Lexicon::of(story.language);
        // Of what is no sentence the beginning is held against others.
        let text = |at: usize| {
            let span = sentences[at].span;
            let end = story.words[at].get(MAX_WORDS).map_or(span.end, |word| word.span.start);
            Span::new(span.start, end).of(&articles[sentences[at].article.index()].text)
        };
        let mut order: Vec<usize> = (0..sentences.len()).filter(|&at| !story.clauses[at].is_empty()).collect();
        // The numbers of stems follow the order of reading: let no caller choose it.
        order.sort_by_key(|&at| text(at));
        let mut prepared = vec![Prepared::default(); sentences.len()];
        for (rank, &at) in order.iter().enumerate() {
            if rank % CHUNK == 0 {
                go_on()?;
            }
            prepared[at].words = lexicon.read(text(at), is_common);
        }
        let texts: Vec<&str> = (0..sentences.len()).map(text).collect();
        resolve_aliases(&mut prepared, &texts, &lexicon);
        let mut frequency: FxHashMap<u32, (usize, u32)> = FxHashMap::default();
        for (at, sentence) in prepared.iter().enumerate() {
            for word in &sentence.words {
                let (last, count) = frequency.entry(word.stem).or_insert((usize::MAX, 0));
                *count += u32::from(*last != at);
                *last = at;
            }
        }
        let n = sentences.len() as f32;
        let surprise = |stem: u32| {
            let count = frequency.get(&stem).map_or(0, |found| found.1) as f32;
            let known = PRIOR_SENTENCES * share_in_news(&lexicon.stems[stem as usize]);
            -((count + known) / (n + PRIOR_SENTENCES)).min(1.0).ln()
        };
        let forms: Vec<&str> = lexicon.forms.iter().map(|form| &*form.text).collect();
        let rows = Encoder::embedded("static")?.encode_with(&forms, n_threads, &mut |_, _| go_on())?;
        let vectors = Vectors::of(rows);
        let read = |(at, mut prepared): (usize, Prepared)| {
            let weight = |word: &Word| match word.kind {
                Kind::Function => 0.0,
                Kind::Name => NAME * surprise(word.stem),
                _ => surprise(word.stem),
            };
            prepared.words.retain(|word| word.kind != Kind::Function);
            prepared.keys = prepared.words.iter().map(|word| Key::new(word, &lexicon)).collect();
            prepared.weights = prepared.words.iter().map(weight).collect();
            let claim = claim_of_words(story, at, &prepared, sentences[at].span.start);
            let mut totals = vec![0.0; story.clauses[at].len()];
            claim.iter().zip(&prepared.weights).for_each(|(&claim, weight)| totals[claim] += weight);
            let named = |word: &Word| word.kind == Kind::Name && !is_common(&lexicon.stems[word.stem as usize]);
            let named = prepared.words.iter().map(named).collect();
            let figures = match prepared.words.iter().any(|word| word.kind == Kind::Number) {
                true => counted(text(at)),
                false => Vec::new(),
            };
            let counted = |word: &Word| figures.iter().find(|(span, _)| span.overlaps(word.span)).map(|found| found.1);
            let counted = prepared.words.iter().map(counted).collect();
            Words { prepared, claim, totals, named, counted }
        };
        let mut stems = vec![FxHashSet::default(); articles.len()];
        let mut figures = vec![Vec::new(); articles.len()];
        for (sentence, prepared) in sentences.iter().zip(&prepared) {
            stems[sentence.article.index()].extend(prepared.words.iter().flat_map(|word| [word.stem, meant(word)]));
            figures[sentence.article.index()].extend(prepared.words.iter().filter_map(|word| word.value));
        }
        let sentences = prepared.into_iter().enumerate().map(read).collect();
        Ok(Self { lexicon, vectors, sentences, stems, figures })
    }

    /// Whether an article has a word somewhere, in whatever inflection; a figure however it is written or rounded.
    fn has(&self, article: ArticleId, word: &Word) -> bool {
        let figure =
            |value: Value| self.figures[article.index()].iter().any(|other| other.agreement(value) >= SAME_FIGURE);
        self.stems[article.index()].contains(&meant(word)) || word.value.is_some_and(figure)
    }

    /// The words of an excerpt that tell something, with their weights.
    fn words<'a>(&'a self, told: &Excerpt, sentences: &[Sentence]) -> impl Iterator<Item = (&'a Word, f32)> {
        let start = sentences[told.sentence.index()].span.start;
        let Prepared { words, weights, .. } = &self.sentences[told.sentence.index()].prepared;
        let pairs = words.iter().zip(weights.iter().copied());
        pairs.filter(move |(word, _)| told.has(word.span.shifted(start)))
    }

    /// How many names and figures of an excerpt an article has nowhere.
    pub fn n_missing(&self, told: &Excerpt, article: ArticleId, sentences: &[Sentence]) -> usize {
        let told = self.words(told, sentences).filter(|(word, _)| matches!(word.kind, Kind::Name | Kind::Number));
        told.filter(|(word, _)| !self.has(article, word)).count()
    }

    /// The names of an excerpt that an article has, where the sentences of it that are looked at have no other name.
    pub fn understood(
        &self,
        told: &Excerpt,
        article: ArticleId,
        mut by: impl Iterator<Item = SentenceId>,
        sentences: &[Sentence],
    ) -> Vec<Span> {
        let named =
            |at: SentenceId| self.sentences[at.index()].prepared.words.iter().filter(|word| word.kind == Kind::Name);
        let own = |word: &Word| named(told.sentence).any(|own| meant(own) == meant(word));
        if by.any(|at| named(at).any(|word| !own(word))) {
            return Vec::new();
        }
        let start = sentences[told.sentence.index()].span.start;
        let names = self.words(told, sentences).map(|(word, _)| word);
        let known = names.filter(|word| word.kind == Kind::Name && self.has(article, word));
        known.map(|word| word.span.shifted(start)).collect()
    }

    /// Whether an excerpt has a figure that an article has nowhere.
    pub fn lacks_figure(&self, told: &Excerpt, article: ArticleId, sentences: &[Sentence]) -> bool {
        let mut words = self.words(told, sentences);
        words.any(|(word, _)| word.kind == Kind::Number && !self.has(article, word))
    }

    /// Whether an excerpt counts people with a figure with which none but households are counted in some other sentences, or the
    /// other way round.
    pub fn counts_others(
        &self,
        told: &Excerpt,
        others: impl Iterator<Item = SentenceId> + Clone,
        sentences: &[Sentence],
    ) -> bool {
        let figures = |at: SentenceId| {
            let Words { prepared, counted, .. } = &self.sentences[at.index()];
            let start = sentences[at.index()].span.start;
            let of = move |(word, &counted): (&Word, &Option<Counted>)| {
                Some((word.value?, counted?, word.span.shifted(start)))
            };
            prepared.words.iter().zip(counted).filter_map(of)
        };
        let same = |value: Value| {
            let all = others.clone().flat_map(figures);
            all.filter(move |(other, ..)| other.agreement(value) >= SAME_FIGURE).map(|(_, counted, _)| counted)
        };
        let mut own = figures(told.sentence).filter(|figure| told.has(figure.2));
        own.any(|(value, counted, _)| same(value).next().is_some() && same(value).all(|other| other != counted))
    }

    /// The share of what the words of a span weigh that an article has somewhere.
    pub fn known_share(&self, sentence: SentenceId, span: Span, article: ArticleId, sentences: &[Sentence]) -> f32 {
        let (mut known, mut all) = (0.0, 0.0);
        for (word, weight) in self.words(&Excerpt::whole(sentence, span), sentences) {
            all += weight;
            known += if self.has(article, word) { weight } else { 0.0 };
        }
        if all > 0.0 { known / all } else { 0.0 }
    }

    /// What each pair of claims of two sentences has in common, in order; pairs with nothing in common are left out.
    pub fn common(&self, left: SentenceId, right: SentenceId) -> Vec<Common> {
        self.common_apart_from(left, right, [&[], &[]])
    }

    /// The same without some parts of the two sentences, in bytes of the sentences.
    pub fn common_apart_from(&self, left: SentenceId, right: SentenceId, apart: [&[Span]; 2]) -> Vec<Common> {
        let (a, b) = (&self.sentences[left.index()], &self.sentences[right.index()]);
        let (rows, columns) = (a.totals.len(), b.totals.len());
        let counts = |side: usize, word: &Word| !apart[side].iter().any(|span| span.overlaps(word.span));
        let words = |side: usize| {
            let prepared = &[a, b][side].prepared;
            let words = prepared.keys.iter().zip(&prepared.words).enumerate();
            words.filter(move |(_, (_, word))| counts(side, word))
        };
        // For each word its best counterpart in each claim of the other sentence.
        let mut best_left = vec![0.0f32; a.claim.len() * columns];
        let mut best_right = vec![0.0f32; b.claim.len() * rows];
        for (i, x) in words(0) {
            for (j, y) in words(1) {
                let alike = likely(x, y, &self.lexicon, &self.vectors);
                if alike >= MIN_LIKENESS {
                    let (left, right) =
                        (&mut best_left[i * columns + b.claim[j]], &mut best_right[j * rows + a.claim[i]]);
                    (*left, *right) = (left.max(alike), right.max(alike));
                }
            }
        }
        let mut covered = vec![[0.0f32; 2]; rows * columns];
        for (i, &row) in a.claim.iter().enumerate() {
            for column in 0..columns {
                covered[row * columns + column][0] += a.prepared.weights[i] * best_left[i * columns + column];
            }
        }
        for (j, &column) in b.claim.iter().enumerate() {
            for row in 0..rows {
                covered[row * columns + column][1] += b.prepared.weights[j] * best_right[j * rows + row];
            }
        }
        let mut found = Vec::new();
        for (at, [from_left, from_right]) in covered.into_iter().enumerate() {
            let (left, right) = (at / columns, at % columns);
            let share = |covered: f32, total: f32| if total > 0.0 { (covered / total).min(1.0) } else { 0.0 };
            let (x, y) = (share(from_left, a.totals[left]), share(from_right, b.totals[right]));
            let share = if a.totals[left] <= b.totals[right] { x } else { y };
            let weight = from_left.min(from_right);
            if weight > 0.0 {
                let template =
                    a.is_template(left, &best_left, columns, right) && b.is_template(right, &best_right, rows, left);
                found.push(Common { left, right, weight, share, covered: [x, y], template });
            }
        }
        found
    }

    /// The shares of the words of an excerpt that the words under each of some spans repeat.
    pub fn repeated(&self, told: &Excerpt, others: &[(SentenceId, Span)], sentences: &[Sentence]) -> Vec<f32> {
        others.iter().map(|other| self.repeated_by_any(told, std::slice::from_ref(other), sentences)).collect()
    }

    /// The share of the words of an excerpt that the words under any of some spans repeat.
    pub fn repeated_by_any(&self, told: &Excerpt, others: &[(SentenceId, Span)], sentences: &[Sentence]) -> f32 {
        let words = |at: SentenceId| {
            let start = sentences[at.index()].span.start;
            let Prepared { keys, words, weights, .. } = &self.sentences[at.index()].prepared;
            let words = keys.iter().zip(words).zip(weights.iter().copied());
            words.map(move |(word, weight)| (word, weight, word.1.span.shifted(start)))
        };
        let heard = others.iter().flat_map(|&(other, span)| words(other).filter(move |word| span.contains(word.2)));
        let heard: Vec<(&Key, &Word)> = heard.map(|(word, ..)| word).collect();
        let alike = |word: (&Key, &Word)| {
            let best = heard.iter().map(|&other| likely(word, other, &self.lexicon, &self.vectors)).fold(0.0, f32::max);
            if best >= MIN_LIKENESS { best } else { 0.0 }
        };
        let own = words(told.sentence).filter(|word| told.has(word.2));
        let sums = own.fold((0.0, 0.0), |(said, all), (word, weight, _)| (said + weight * alike(word), all + weight));
        if sums.1 > 0.0 { sums.0 / sums.1 } else { 0.0 }
    }
}

/// The stem of what a word stands for.
fn meant(word: &Word) -> u32 {
    word.alias.unwrap_or(word.stem)
}

/// For each word as the aligner reads it the claim in which it stands.
fn claim_of_words(story: &Story, at: usize, prepared: &Prepared, start: usize) -> Vec<usize> {
    let words = &story.words[at];
    let mut claim_of = vec![0; words.len()];
    for (claim, clause) in story.clauses[at].iter().enumerate() {
        clause.words().for_each(|word| claim_of[word] = claim);
    }
    let claim = |span: Span| {
        let first = words.partition_point(|word| word.span.end <= span.start);
        claim_of.get(first).copied().unwrap_or(0)
    };
    prepared.words.iter().map(|word| claim(word.span.shifted(start))).collect()
}
