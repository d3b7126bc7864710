//! What a part of a sentence tells, and which articles say all of it; what not all of them say may be left out of it.

use super::carried::Carried;
use super::members::articles;
use super::shown::{MIN_WORDS, distinct, lacks_somebody};
use super::support::{Support, support};
use super::{Excerpt, Material};
use crate::clause::{compressed, endings, is_saying, leaves_open, reads_alone, without_dateline, without_source};
use crate::span::{ArticleId, SentenceId, Span};

/// An article says all of a fact as probably as that. On 112 labelled stories those from 0.6 on are right in every pair in 94 of
/// 100, those from 0.45 to 0.6 in 89, and what groups show, from 0.3 on, in 86.
pub(super) const MIN_SAID: f32 = 0.5;
/// And all of one of which something is left out, or that is told already of fewer articles.
pub(super) const MIN_SAID_OF_MORE: f32 = 0.6;
/// And the other one of two articles all of one of which something is left out: in ten local stories readers found the only such
/// line of two articles false that the other one said with 0.6.
const MIN_SAID_OF_TWO: f32 = 0.85;
/// And its sentence is linked to the fact's as probably as that.
const MIN_LINKED: f32 = 0.5;
/// Of a sentence goes what an article says with lower log-odds; if then not all is said, with these.
const SAID: [f32; 2] = [0.0, 1.0];
/// What is left, or is told already of fewer articles, has so many words that tell something at least.
pub(super) const MIN_TELLING: usize = 4;
/// What is left has gaps in so many places at most.
const MOST_GAPS: usize = 2;

/// A part of a sentence and who says it.
pub(super) struct Fact {
    pub place: Excerpt,
    /// The sentences that say it, its own first.
    pub nodes: Vec<usize>,
    /// In order.
    pub articles: Vec<ArticleId>,
    /// Those of them that surely say all of it, in order.
    pub in_full: Vec<ArticleId>,
    /// That all of them say it, and that the one does that says it least.
    pub said: f32,
    pub least: f32,
    pub n_words: usize,
    pub n_telling: usize,
}

/// The parts of a sentence that can be read by themselves.
pub(super) fn parts(material: Material, sentence: SentenceId) -> Vec<Span> {
    let Material { articles, sentences, story, .. } = material;
    let text = &*articles[sentences[sentence.index()].article.index()].text;
    let whole = without_dateline(text, sentences[sentence.index()].span);
    let clauses = story.clauses[sentence.index()].iter().filter(|clause| clause.stands);
    let mut parts: Vec<Span> = clauses.map(|clause| clause.part.span).chain([whole]).collect();
    parts.extend(parts.iter().flat_map(|&part| parted(text, part)).collect::<Vec<_>>());
    let shorter = |&part: &Span| endings(text, part).into_iter().map(move |end| Span::new(part.start, end));
    parts.extend(parts.iter().flat_map(shorter).collect::<Vec<_>>());
    parts.sort_unstable();
    parts.dedup();
    parts.retain(|&part| {
        let long = story.words_in(sentence, part).len() >= MIN_WORDS;
        long && reads_alone(text, whole, part) && !lacks_somebody(story.language, text, part)
    });
    parts
}

/// What stands before and behind a colon that no words of somebody follow: "Two were killed: Ina Holt and the mate."
fn parted(text: &str, part: Span) -> Vec<Span> {
    let said = part.of(text);
    let Some((before, behind)) = said.split_once(": ") else { return Vec::new() };
    let last = before.split(|c: char| !c.is_alphanumeric()).next_back().unwrap_or_default().to_lowercase();
    if is_saying(&last) {
        return Vec::new();
    }
    vec![Span::new(part.start, part.start + before.len()), Span::new(part.end - behind.len(), part.end)]
}

/// Who may say what a sentence says.
pub(super) struct Sayers<'a> {
    material: Material<'a>,
    carried: &'a Carried<'a>,
    sentence: SentenceId,
    /// The sentences that were asked and are linked to it, in order.
    linked: Vec<SentenceId>,
    /// Their articles, in order.
    pub articles: Vec<ArticleId>,
}

impl<'a> Sayers<'a> {
    pub fn new(material: Material<'a>, carried: &'a Carried<'a>, sentence: SentenceId) -> Self {
        let mut sayers = Self { material, carried, sentence, linked: Vec::new(), articles: Vec::new() };
        let asked = carried.entailments.evidence(sentence, material.articles.len());
        sayers.linked = asked.filter(|&by| sayers.link(by) >= MIN_LINKED).collect();
        sayers.linked.sort_unstable();
        sayers.articles = distinct(sayers.linked.iter().map(|by| material.sentences[by.index()].article));
        sayers
    }

    fn link(&self, by: SentenceId) -> f32 {
        let node = |sentence: SentenceId| self.carried.nodes.of[sentence.index()];
        self.carried.groups.known(node(self.sentence), node(by)).unwrap_or(0.0)
    }

    /// How probably those that were read for an excerpt of the sentence, and do not contradict it, say it.
    pub fn says(&self, place: &Excerpt) -> Vec<Support> {
        let Self { material, carried, ref linked, .. } = *self;
        let mut says = support(material, carried, place, linked.iter().copied());
        says.retain(|says| says.is_read && !carried.contradicts(material, place, says.article));
        says
    }

    /// An excerpt of the sentence with those that say all of it.
    pub fn fact(&self, place: &Excerpt, says: &[Support], least: f32) -> Option<Fact> {
        let Self { material, carried, ref linked, .. } = *self;
        let article = |by: &SentenceId| material.sentences[by.index()].article;
        let spans: Vec<_> = linked.iter().map(|&by| (by, material.sentences[by.index()].span)).collect();
        let shares = carried.repeated(place, &spans, material.sentences);
        let says = says.iter().filter(|says| says.in_whole >= least);
        let (mut said, mut least) = (1.0f32, 1.0f32);
        let mut hardly = Vec::new();
        let mut nodes = vec![carried.nodes.of[self.sentence.index()]];
        for says in says {
            (said, least) = (said * says.in_whole, least.min(says.in_whole));
            if !says.is_in_full() {
                hardly.push(says.article);
            }
            // Of two sentences of its article the one that repeats more of it says it.
            let of = linked.iter().zip(&shares).filter(|(by, _)| article(by) == says.article);
            let by = of
                .max_by(|x, y| x.1.total_cmp(y.1).then(self.link(*x.0).total_cmp(&self.link(*y.0))).then(y.0.cmp(x.0)));
            nodes.extend(by.map(|(by, _)| carried.nodes.of[by.index()]));
        }
        nodes[1..].sort_unstable();
        nodes.dedup();
        let articles = articles(material, carried, nodes.iter().copied());
        let words = place.words(material.story);
        let (n_words, n_telling) = (words.clone().count(), words.filter(|word| word.weight > 0.0).count());
        let place = place.clone();
        let in_full: Vec<ArticleId> = articles.iter().copied().filter(|article| !hardly.contains(article)).collect();
        (articles.len() > 1).then_some(Fact { place, nodes, articles, in_full, said, least, n_words, n_telling })
    }

    /// A part of the sentence without what not all say, of as many as say what is left; who says the least of it is left out first.
    pub fn compressed(&self, part: Span) -> Option<Fact> {
        let text = self.text();
        let claimed = without_source(text, part);
        self.without_own(claimed, |telling, by| {
            SAID.iter().find_map(|&least| {
                let lacks = |word: Span| {
                    telling.binary_search(&word).is_ok_and(|at| by.iter().any(|(_, odds)| odds[at] < least))
                };
                let (span, omitted) = compressed(text, claimed, lacks)?;
                let place = with_source(text, Excerpt { sentence: self.sentence, span, omitted }, claimed, part);
                let least = if by.len() > 1 { MIN_SAID_OF_MORE } else { MIN_SAID_OF_TWO };
                self.is_readable(&place).then(|| self.fact(&place, &self.says(&place), least)).flatten()
            })
        })
    }

    fn text(&self) -> &'a str {
        let Material { articles, sentences, .. } = self.material;
        &articles[sentences[self.sentence.index()].article.index()].text
    }

    /// What is left of a stretch of the sentence, given its words that tell something and the log-odds of each for each article,
    /// for the most articles for which something is left that they all say.
    fn without_own(
        &self,
        stretch: Span,
        left: impl Fn(&[Span], &[(ArticleId, Vec<f32>)]) -> Option<Fact>,
    ) -> Option<Fact> {
        let Self { material, carried, sentence, .. } = *self;
        if !material.story.language.has_rules() {
            return None;
        }
        let whole = Excerpt::whole(sentence, stretch);
        let telling = whole.words(material.story).filter(|word| word.weight > 0.0);
        let telling: Vec<Span> = telling.map(|word| word.span).collect();
        let odds = |article: ArticleId| -> Option<(ArticleId, Vec<f32>)> {
            let understood = carried.understood(material, &whole, article);
            let says = |&word: &Span| carried.entailments.says_word(sentence, word, article, &understood);
            Some((article, telling.iter().map(says).collect::<Option<_>>()?))
        };
        let mut by: Vec<(ArticleId, Vec<f32>)> = self.articles.iter().copied().filter_map(odds).collect();
        while !by.is_empty() {
            if let Some(fact) = left(&telling, &by).filter(|fact| fact.articles.len() > by.len()) {
                return Some(fact);
            }
            let mean = |(_, odds): &(ArticleId, Vec<f32>)| odds.iter().map(|odds| odds.clamp(-2.0, 2.0)).sum::<f32>();
            let (least, _) = by.iter().enumerate().min_by(|x, y| mean(x.1).total_cmp(&mean(y.1)))?;
            by.remove(least);
        }
        None
    }

    /// Whether what is left of a sentence tells something and can be read.
    fn is_readable(&self, place: &Excerpt) -> bool {
        let (text, story) = (self.text(), self.material.story);
        let words = place.words(story);
        let whole = self.material.sentences[place.sentence.index()].span;
        place.omitted.len() <= MOST_GAPS
            && !place.omitted.iter().any(|gap| leaves_open(gap.of(text)))
            && words.clone().count() >= MIN_WORDS
            && words.filter(|word| word.weight > 0.0).count() >= MIN_TELLING
            && reads_alone(text, whole, place.span)
            && !lacks_somebody(story.language, text, place.span)
    }
}

/// What is left of the claim of a part of a sentence, with the source that the part gives for it.
fn with_source(text: &str, left: Excerpt, claimed: Span, part: Span) -> Excerpt {
    let Excerpt { sentence, mut span, mut omitted } = left;
    let source = |gap: Span| gap.of(text).chars().any(char::is_alphanumeric);
    if source(Span::new(part.start, claimed.start)) {
        if source(Span::new(claimed.start, span.start)) {
            omitted.insert(0, Span::new(claimed.start, span.start));
        }
        span.start = part.start;
    }
    if source(Span::new(claimed.end, part.end)) {
        if source(Span::new(span.end, claimed.end)) {
            omitted.push(Span::new(span.end, claimed.end));
        }
        span.end = part.end;
    }
    Excerpt { sentence, span, omitted }
}

impl Fact {
    /// Whether it is a part of another one that no fewer articles say.
    pub fn is_within(&self, other: &Self) -> bool {
        self.place.sentence == other.place.sentence
            && self.place.span != other.place.span
            && other.place.span.contains(self.place.span)
            && other.articles.iter().all(|article| self.articles.contains(article))
    }
}
