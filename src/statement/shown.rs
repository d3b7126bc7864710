//! The text that stands for a statement: a clause or a sentence that can be printed as it is.
//!
//! A clause is shown when it has a subject and a verb, closes what it opens, needs nothing said before it, and claims
//! little more than the other mentions repeat; where no mention is such, the whole sentence of the best one is.

use rustc_hash::FxHashMap;

use super::carried::Carried;
use super::support::{all_say, support};
use super::{Excerpt, Material, Mention};
use crate::clause::{endings, reads_alone, without_dateline, without_stray_marks};
use crate::clean::Kind;
use crate::language::Language;
use crate::reading::needs;
use crate::sentence::Sentence;
use crate::span::{ArticleId, SentenceId, Span};

/// The least share of a clause that the mentions of other articles repeat on average.
const MIN_SHARED: f32 = 0.35;
/// What is longer is no sentence, and is not shown whole.
const LONGEST: usize = 80;
/// A clause of fewer words is a scrap.
pub(super) const MIN_WORDS: usize = 4;
/// So many wordings of other articles say what is shared.
const MOST_HEARD: usize = 40;
/// What a sentence counts that cannot be read without those before it, and what a headline does.
const DEPENDENT: f32 = 0.4;
const HEADLINE: f32 = 0.8;

/// What has so many words is not too short.
const ENOUGH: f32 = 8.0;
/// What a sentence counts that asserts nothing: a caption, an address.
const NO_CLAIM: f32 = 0.3;

/// A clause is shown rather than a sentence that fits so much better at most.
const CLAUSE: f32 = 2.0;
/// An ending of which an article repeats less is not its own.
const SAID: f32 = 0.5;
/// Nor is one that has its words, but for this share, somewhere else: another sentence says it.
const KNOWN: f32 = 0.8;

/// What a text counts that one of the articles contradicts: any other is shown rather.
const CONTRADICTED: f32 = 1e-3;

/// How surely all say a text with a name or a figure that one of them has nowhere, beside another one.
const LACKING: f32 = 0.7;

/// What a text counts that nobody read, beside those that were.
const UNREAD: f32 = 0.3;

/// What may be shown for a statement.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    /// Where it stands.
    pub place: Excerpt,
    /// How well it says what all the mentions say; more is better.
    pub score: f32,
    /// Whether it can be read without what stands around it.
    pub reads_alone: bool,
}

/// The sentences and spans that may be shown for some mentions, the best first.
pub(super) fn shown(material: Material, carried: &Carried, mentions: &[Mention]) -> Vec<Text> {
    let Material { articles, sentences, story, .. } = material;
    let text = |mention: &Mention| &*articles[sentences[mention.sentence.index()].article.index()].text;
    let article = |mention: &Mention| sentences[mention.sentence.index()].article;
    // What an article says again in the same words is held against the others once.
    let mut number: FxHashMap<(ArticleId, SentenceId, &str), usize> = FxHashMap::default();
    let mut wordings: Vec<(&Mention, usize)> = Vec::new();
    for mention in mentions {
        let first = story.first[mention.sentence.index()];
        let at = *number.entry((article(mention), first, mention.span.of(text(mention)))).or_insert(wordings.len());
        if at == wordings.len() {
            wordings.push((mention, 0));
        }
        wordings[at].1 += 1;
    }
    let candidate = |&(mention, _): &(&Mention, usize)| {
        let sentence = &sentences[mention.sentence.index()];
        let text = text(mention);
        let undated = without_dateline(text, mention.span);
        let span = undated;
        let n_words = |span: Span| story.words_in(mention.sentence, span).len();
        // Behind a dateline the sentence begins.
        let dated = span.start > mention.span.start;
        let whole = if dated { Span::new(span.start, sentence.span.end) } else { sentence.span };
        let others = wordings.iter().filter(|(other, _)| article(other) != article(mention)).take(MOST_HEARD);
        let others: Vec<_> = others.collect();
        let repeated = Repeated::of(carried, mention, mention.span, &others, sentences);
        let readable = stands(material, mention) && n_words(span) >= MIN_WORDS && reads_alone(text, whole, span);
        let part = readable && repeated.mean >= MIN_SHARED;
        let (span, repeated, alone, is_alone) = match part {
            true => (span, repeated, 1.0, true),
            false => {
                let whole = without_stray_marks(text, sentence.span);
                let asserts = story.clauses[mention.sentence.index()].iter().any(|clause| clause.asserts);
                let is_alone = reads_alone(text, whole, whole);
                let alone = if is_alone || lacks_somebody(story.language, text, whole) { 1.0 } else { DEPENDENT }
                    * if asserts { 1.0 } else { NO_CLAIM };
                (whole, Repeated::of(carried, mention, whole, &others, sentences), alone, is_alone)
            }
        };
        let place = |span: Span| Excerpt::whole(mention.sentence, span);
        let surely = |span: Span| {
            let others = others.iter().map(|(other, _)| other.sentence);
            let support = support(material, carried, &place(span), others);
            let lacks = support.iter().any(|says| says.lacks);
            let all = all_say(&support) * if lacks { LACKING } else { 1.0 };
            (all, support.iter().all(|says| says.is_read))
        };
        let (all, is_read) = surely(span);
        let shorter = if is_read { span } else { without_own_ending(material, carried, mention, span, &others) };
        let cut = if shorter == span { all } else { surely(shorter).0 };
        let (all, told) = if cut < all { (all, span) } else { (cut, shorter) };
        let score = |told: Span, repeated: Repeated, surely: f32, alone: f32, part: bool| {
            let told = place(told);
            let is_contradicted = others.iter().any(|(other, _)| carried.contradicts(material, &told, article(other)));
            // Of two, the one that says less beyond what they share.
            repeated.mean
                * repeated.least
                * surely.powi(2)
                * if sentence.kind == Kind::Body { 1.0 } else { HEADLINE }
                * alone
                * if lacks_somebody(story.language, text, told.span) { DEPENDENT } else { 1.0 }
                * if is_contradicted { CONTRADICTED } else { 1.0 }
                * if part { CLAUSE } else { 1.0 }
                * length(n_words(span))
        };
        let score_of_best = score(told, repeated, all, alone, part);
        let mut best = Text { place: place(told), score: score_of_best, reads_alone: is_alone };
        if is_read {
            let articles = distinct(others.iter().map(|(other, _)| article(other)));
            let words = story.words_in(mention.sentence, whole);
            let shared: Vec<f32> = words
                .iter()
                .map(|word| word.weight * carried.entailments.all_say_word(mention.sentence, word.span, &articles))
                .collect();
            // How much of what all say a part keeps.
            let kept = |part: Span| -> f32 {
                let inside = words.iter().zip(&shared).filter(|(word, _)| part.contains(word.span));
                inside.map(|(_, shared)| shared).sum::<f32>()
            };
            let whole_kept = kept(told).max(f32::MIN_POSITIVE);
            for shorter in shortened(text, undated, whole) {
                if shorter == told || n_words(shorter) < MIN_WORDS || !reads_alone(text, whole, shorter) {
                    continue;
                }
                let repeated = Repeated::of(carried, mention, shorter, &others, sentences);
                let score = score(shorter, repeated, surely(shorter).0, 1.0, true)
                    * (kept(shorter) / whole_kept).min(1.0).powi(2);
                if score > best.score {
                    best = Text { place: place(shorter), score, reads_alone: true };
                }
            }
        }
        (best, is_read)
    };
    let mut candidates: Vec<(Text, bool)> = wordings.iter().map(candidate).collect();
    if candidates.iter().any(|(_, is_read)| *is_read) {
        let unread = candidates.iter_mut().filter(|(_, is_read)| !is_read);
        unread.for_each(|(text, _)| text.score *= UNREAD);
    }
    let mut candidates: Vec<Text> = candidates.into_iter().map(|(text, _)| text).collect();
    // Equals stay in reading order.
    candidates.sort_by(|x, y| y.score.total_cmp(&x.score));
    candidates
}

/// Whether one has to know whom the sentences before tell of to read a stretch.
pub(super) fn lacks_somebody(language: Language, text: &str, span: Span) -> bool {
    language.has_rules() && needs(text, span, true).is_some()
}

/// A stretch without what stands at its end and one of the other articles does not say: "on Wednesday", "for hiding losses".
fn without_own_ending(
    material: Material,
    carried: &Carried,
    mention: &Mention,
    span: Span,
    others: &[&(&Mention, usize)],
) -> Span {
    let Material { articles, sentences, .. } = material;
    let text = &*articles[sentences[mention.sentence.index()].article.index()].text;
    let said: Vec<_> =
        others.iter().map(|(other, _)| (other.sentence, sentences[other.sentence.index()].span)).collect();
    let article = |sentence: SentenceId| sentences[sentence.index()].article;
    let heard = distinct(said.iter().map(|&(other, _)| article(other)));
    let mut end = span.end;
    for ending in endings(text, span) {
        let own = Span::new(ending, end);
        let shares = carried.repeated(&Excerpt::whole(mention.sentence, own), &said, sentences);
        let known = heard.iter().map(|&article| {
            let known = carried.claims.known_share(mention.sentence, own, article, sentences);
            (article, if known >= KNOWN { known } else { 0.0 })
        });
        if least_by_article(said.iter().map(|&(other, _)| article(other)).zip(shares).chain(known)) >= SAID {
            break;
        }
        end = ending;
    }
    Span::new(span.start, end)
}

/// A mention and its sentence without what may stand at their ends.
fn shortened(text: &str, mention: Span, whole: Span) -> impl Iterator<Item = Span> {
    let mut spans: Vec<Span> = [mention, whole]
        .into_iter()
        .flat_map(|span| endings(text, span).into_iter().map(move |end| Span::new(span.start, end)))
        .chain([mention])
        .collect();
    spans.sort_unstable();
    spans.dedup();
    spans.into_iter()
}

/// Of two that all say as surely the shorter is shown, unless it is very short.
fn length(n_words: usize) -> f32 {
    (n_words as f32 / ENOUGH).min(1.0) / (n_words as f32).max(ENOUGH).sqrt()
}

/// How much of a stretch the mentions of other articles repeat.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Repeated {
    /// On average, each mention as often as it stands there.
    mean: f32,
    /// By the article that repeats the least of it.
    least: f32,
}

impl Repeated {
    fn of(
        carried: &Carried,
        mention: &Mention,
        span: Span,
        others: &[&(&Mention, usize)],
        sentences: &[Sentence],
    ) -> Self {
        let spans: Vec<_> = others.iter().map(|(other, _)| (other.sentence, other.span)).collect();
        let shares = carried.repeated(&Excerpt::whole(mention.sentence, span), &spans, sentences);
        let (mut sum, mut n) = (0.0, 0);
        for ((_, times), share) in others.iter().zip(&shares) {
            sum += *times as f32 * share;
            n += times;
        }
        let articles = others.iter().map(|(other, _)| sentences[other.sentence.index()].article);
        Self { mean: if n > 0 { sum / n as f32 } else { 1.0 }, least: least_by_article(articles.zip(shares)) }
    }
}

/// Articles in order, each once.
pub(super) fn distinct(articles: impl Iterator<Item = ArticleId>) -> Vec<ArticleId> {
    let mut articles: Vec<ArticleId> = articles.collect();
    articles.sort_unstable();
    articles.dedup();
    articles
}

/// The greatest share of each article, and of these the least; 1 where there is none.
fn least_by_article(shares: impl Iterator<Item = (ArticleId, f32)>) -> f32 {
    let mut best: FxHashMap<ArticleId, f32> = FxHashMap::default();
    for (article, share) in shares {
        let known = best.entry(article).or_default();
        *known = known.max(share);
    }
    best.into_values().fold(1.0, f32::min)
}

/// Whether a stretch has a claim with its subject and its verb.
fn stands(material: Material, mention: &Mention) -> bool {
    let clauses = &material.story.clauses[mention.sentence.index()];
    clauses.iter().any(|clause| clause.stands && mention.span.contains(clause.part.span))
}

/// The part of the article to be read for a mention: its claims where they can be read by themselves, else the sentence.
pub(super) fn readable(material: Material, mention: &Mention) -> Span {
    let sentence = &material.sentences[mention.sentence.index()];
    let text = &*material.articles[sentence.article.index()].text;
    let long = material.story.words[mention.sentence.index()].len() > LONGEST;
    let n_words = material.story.words_in(mention.sentence, mention.span).len();
    let cut = n_words < MIN_WORDS || !stands(material, mention) || !reads_alone(text, sentence.span, mention.span);
    match long || !cut {
        true => mention.span,
        false => sentence.span,
    }
}
