//! Links that need no scoring: whole clauses, word for word.

use rustc_hash::FxHashMap;

use crate::clean::Kind;
use crate::error::Result;
use crate::link::{Link, Reason, Relation};
use crate::passage::passages;
use crate::pool::GoOn;
use crate::sentence::Sentence;
use crate::span::{ArticleId, SentenceId, Span};
use crate::story::Story;

/// Pairs of sentences that a passage makes certain: it gives whole clauses of one of them word for word.
pub struct Verbatim(FxHashMap<(SentenceId, SentenceId), (Span, Span, usize)>);

/// The least these clauses must have in words for the repetition to be no accident.
const MIN_VERBATIM: usize = 8;
/// The probability that two sentences with a clause in common assert a common statement.
const VERBATIM: f32 = 0.98;
/// Passages between two looks at whether to go on.
const CHUNK: usize = 1 << 12;

impl Verbatim {
    /// Looks for what the sentences of two articles have in common word for word.
    pub fn new(sentences: &[Sentence], story: &Story, go_on: GoOn) -> Result<Self> {
        let mut found: FxHashMap<(SentenceId, SentenceId), (Span, Span, usize)> = FxHashMap::default();
        let words_under = |article: ArticleId, span: Span| {
            let first = sentences.partition_point(|s| (s.article, s.span.end) <= (article, span.start));
            let rest = sentences[first..].iter().take_while(move |s| s.article == article && s.span.start < span.end);
            rest.enumerate().filter(|(_, sentence)| sentence.kind != Kind::Boilerplate).flat_map(move |(at, _)| {
                let words = story.words[first + at].iter().enumerate();
                words.filter(move |(_, word)| span.contains(word.span)).map(move |(word, _)| (first + at, word))
            })
        };
        let passages = passages(&story.placed(sentences), MIN_VERBATIM, go_on)?;
        for (at, passage) in passages.into_iter().enumerate() {
            if at % CHUNK == 0 {
                go_on()?;
            }
            let left = words_under(passage.left, passage.left_span);
            let pairs: Vec<_> = left.zip(words_under(passage.right, passage.right_span)).collect();
            for run in pairs.chunk_by(|a, b| (a.0.0, a.1.0) == (b.0.0, b.1.0)) {
                let ((left, i), (right, j)) = run[0];
                let whole = |sentence: usize, start: usize| {
                    let clauses = story.clauses[sentence]
                        .iter()
                        .flat_map(|clause| &clause.pieces)
                        .map(|piece| piece.words.clone());
                    let inside = clauses.filter(|words| start <= words.start && words.end <= start + run.len());
                    inside.map(|words| words.len()).sum::<usize>() >= MIN_VERBATIM
                };
                if whole(left, i) || whole(right, j) {
                    let span = |sentence: usize, start: usize| {
                        let words = &story.words[sentence][start..start + run.len()];
                        Span::new(words[0].span.start, words[run.len() - 1].span.end)
                    };
                    let pair = (left.into(), right.into());
                    let known = found.entry(pair).or_insert((span(left, i), span(right, j), 0));
                    if known.2 < run.len() {
                        *known = (span(left, i), span(right, j), run.len());
                    }
                }
            }
        }
        Ok(Self(found))
    }

    /// The pairs, in no order.
    pub fn pairs(&self) -> impl Iterator<Item = (SentenceId, SentenceId)> + '_ {
        self.0.keys().copied()
    }

    /// Raises a link that is certain.
    pub fn raise(&self, link: &mut Link) {
        if let Some(&(left, right, n_words)) = self.0.get(&(link.left, link.right)) {
            link.probability = link.probability.max(VERBATIM);
            if link.spans.is_empty() {
                link.spans.push((left, right));
            }
            let text = format!("the same {n_words} words in a row");
            link.reasons.insert(0, Reason { relation: Relation::Supports, text });
        }
    }
}
