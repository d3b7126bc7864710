//! What one article alone asserts, ranked by how much it tells.
//!
//! A piece of a sentence (between marks and conjunctions) is unique when the links to other articles leave most of its
//! weight unmatched; neighbouring unique pieces are one span. So a new fact inside a shared sentence is found too.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::clause::{Part, Word};
use crate::clean::Kind;
use crate::link::Link;
use crate::report::articles_of;
use crate::sentence::Sentence;
use crate::span::{ArticleId, Span};
use crate::statement::Statement;
use crate::story::Story;

/// A span that one article alone asserts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unique {
    /// The article.
    pub article: ArticleId,
    /// The part of its text.
    pub span: Span,
    /// How much it tells; unbounded, higher is more.
    pub score: f32,
    /// Why it is worth reading.
    pub reasons: Vec<String>,
}

/// The share of a piece's weight that must be new: in a sentence part that nobody shares, and inside a shared one.
const MIN_NOVELTY: f32 = 0.5;
const MIN_NOVELTY_IN_SHARED: f32 = 0.8;

/// The unique spans of all articles, best first; ties in reading order.
pub fn unique(
    articles: &[Article],
    sentences: &[Sentence],
    story: &Story,
    links: &[Link],
    statements: &[Statement],
    min_probability: f32,
) -> Vec<Unique> {
    let matched = Matched::new(sentences, story, links, min_probability);
    let shared = shared_words(sentences, story, statements);
    let mut found = Vec::new();
    for (at, sentence) in sentences.iter().enumerate().filter(|(_, sentence)| sentence.kind != Kind::Boilerplate) {
        if story.first[at].index() != at || matched.repeated[at] {
            continue;
        }
        let text = &articles[sentence.article.index()].text;
        let place = Place { text, words: &story.words[at], matched: &matched.words[at], shared: &shared[at] };
        for span in place.unique_pieces(story, at) {
            let (score, reasons) = place.tell(story, &span);
            let near = 1.0 - 0.5 * matched.nearest[at];
            let kind = if sentence.kind == Kind::Headline { 0.5 } else { 1.0 };
            found.push(Unique { article: sentence.article, span: span.span, score: score * near * kind, reasons });
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.article, a.span).cmp(&(b.article, b.span))));
    found
}

/// What links say about each sentence.
struct Matched {
    /// For each word whether a link matches it.
    words: Vec<Vec<bool>>,
    /// The highest probability below the threshold.
    nearest: Vec<f32>,
    /// Whether another article has the same sentence.
    repeated: Vec<bool>,
}

impl Matched {
    fn new(sentences: &[Sentence], story: &Story, links: &[Link], min_probability: f32) -> Self {
        let mut words: Vec<Vec<bool>> = story.words.iter().map(|words| vec![false; words.len()]).collect();
        let mut nearest = vec![0f32; sentences.len()];
        for link in links {
            if link.probability < min_probability {
                for side in [link.left, link.right] {
                    nearest[side.index()] = nearest[side.index()].max(link.probability);
                }
                continue;
            }
            for &(left, right) in &link.spans {
                for (sentence, span) in [(link.left, left), (link.right, right)] {
                    let row = &story.words[sentence.index()];
                    let start = row.partition_point(|word| word.span.end <= span.start);
                    let end = row.partition_point(|word| word.span.start < span.end);
                    words[sentence.index()][start..end.max(start)].fill(true);
                }
            }
        }
        let mut repeated = vec![false; sentences.len()];
        for (at, first) in story.first.iter().enumerate() {
            repeated[first.index()] |= sentences[at].article != sentences[first.index()].article;
        }
        Self { words, nearest, repeated }
    }
}

/// For each word of each sentence whether it stands in a mention of a shared statement.
fn shared_words(sentences: &[Sentence], story: &Story, statements: &[Statement]) -> Vec<Vec<bool>> {
    let mut shared: Vec<Vec<bool>> = story.words.iter().map(|words| vec![false; words.len()]).collect();
    for statement in statements.iter().filter(|statement| articles_of(statement, sentences).len() > 1) {
        for mention in &statement.mentions {
            for (word, shared) in
                story.words[mention.sentence.index()].iter().zip(&mut shared[mention.sentence.index()])
            {
                *shared |= mention.span.contains(word.span);
            }
        }
    }
    shared
}

/// One sentence under inspection.
struct Place<'a> {
    text: &'a str,
    words: &'a [Word],
    matched: &'a [bool],
    shared: &'a [bool],
}

impl Place<'_> {
    /// Runs of unique pieces that hold at least two telling words, or one that no other article has.
    fn unique_pieces(&self, story: &Story, sentence: usize) -> Vec<Part> {
        let pieces: Vec<&Part> = story.clauses[sentence].iter().flat_map(|clause| &clause.pieces).collect();
        let mut runs: Vec<Part> = Vec::new();
        let mut open = false;
        for piece in pieces {
            let weight = self.weight(&piece.words, |_| true);
            let new = self.weight(&piece.words, |at| !self.matched[at]);
            let in_shared = piece.words.clone().any(|at| self.shared[at]);
            let least = if in_shared { MIN_NOVELTY_IN_SHARED } else { MIN_NOVELTY };
            // A piece of function words goes with what stands before it.
            let unique = if weight == 0.0 { open } else { new >= least * weight };
            match runs.last_mut() {
                Some(run) if open && unique => {
                    run.words.end = piece.words.end;
                    run.span.end = piece.span.end;
                }
                _ if unique => runs.push(piece.clone()),
                _ => {}
            }
            open = unique;
        }
        runs.retain(|run| {
            let new: Vec<_> =
                run.words.clone().filter(|&at| self.words[at].weight > 0.0 && !self.matched[at]).collect();
            let alone = |at: &usize| story.n_articles[self.words[*at].term.index()] == 1;
            new.len() > 2 || new.len() == 2 && new.iter().any(alone)
        });
        runs
    }

    fn weight(&self, words: &Range<usize>, keep: impl Fn(usize) -> bool) -> f32 {
        words.clone().filter(|&at| keep(at)).map(|at| self.words[at].weight).sum()
    }

    /// How much a span tells and why.
    fn tell(&self, story: &Story, span: &Part) -> (f32, Vec<String>) {
        let alone = |at: usize| story.n_articles[self.words[at].term.index()] == 1;
        let rare = self.weight(&span.words, |at| alone(at) && !self.matched[at]);
        let known = self.weight(&span.words, |at| !alone(at) && !self.matched[at]);
        let mut score = (rare + 0.3 * known).sqrt();
        let mut reasons = Vec::new();
        for name in self.names(&span.words, alone) {
            reasons.push(format!("only this article names {name}"));
            score += 1.0;
        }
        for figure in self.figures(&span.words, alone) {
            reasons.push(format!("the only figure of {figure}"));
            score += 1.0;
        }
        if self.is_quote(&span.words) {
            reasons.push("a quote nobody else has".to_owned());
            score += 0.5;
        }
        if reasons.is_empty() {
            let mut words: Vec<usize> =
                span.words.clone().filter(|&at| alone(at) && self.words[at].weight > 0.0).collect();
            words.sort_by(|&a, &b| self.words[b].span.len().cmp(&self.words[a].span.len()).then(a.cmp(&b)));
            words.truncate(3);
            words.sort_unstable();
            let words: Vec<_> = words.iter().map(|&at| self.words[at].span.of(self.text)).collect();
            reasons.push(match words.is_empty() {
                true => "no other article says it".to_owned(),
                false => format!("no other article mentions {}", words.join(", ")),
            });
        }
        (score, reasons)
    }

    /// Runs of capitalised words, at least one of which stands in no other article; not the sentence's first word.
    fn names(&self, words: &Range<usize>, alone: impl Fn(usize) -> bool) -> Vec<&str> {
        let capital = |at: usize| {
            let word = &self.words[at];
            word.weight > 0.0 && word.span.of(self.text).chars().next().is_some_and(char::is_uppercase)
        };
        let mut names = Vec::new();
        let mut at = words.start;
        while at < words.end {
            if !capital(at) {
                at += 1;
                continue;
            }
            let start = at;
            at += 1;
            while at < words.end
                && capital(at)
                && &self.text[self.words[at - 1].span.end..self.words[at].span.start] == " "
            {
                at += 1;
            }
            // A lone capital at the start of a sentence says nothing.
            let named = at - start > 1 || start > 0 && !self.opens(start);
            if named && (start..at).any(&alone) {
                let name = Span::new(self.words[start].span.start, self.words[at - 1].span.end).of(self.text);
                names.push(name.strip_suffix("’s").or(name.strip_suffix("'s")).unwrap_or(name));
            }
        }
        names
    }

    /// Whether the word stands after a mark that lets a sentence begin.
    fn opens(&self, at: usize) -> bool {
        let gap = &self.text[self.words[at - 1].span.end..self.words[at].span.start];
        gap.contains(['"', '“', ':', '‘', '.', '•'])
    }

    /// Words with digits that stand in no other article, with their sign and unit.
    fn figures(&self, words: &Range<usize>, alone: impl Fn(usize) -> bool) -> Vec<&str> {
        let mut figures = Vec::new();
        for at in words.clone() {
            let word = &self.words[at];
            if self.matched[at] || !alone(at) || !word.span.of(self.text).starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let before = &self.text[..word.span.start];
            let sign = before.chars().next_back().filter(|c| "$£€¥₹".contains(*c)).map_or(0, char::len_utf8);
            let mut end = word.span.end + usize::from(self.text[word.span.end..].starts_with('%'));
            if let Some(next) = self.words.get(at + 1).filter(|next| next.span.start == word.span.end + 1)
                && end == word.span.end
            {
                end = next.span.end;
            }
            figures.push(&self.text[word.span.start - sign..end]);
        }
        figures
    }

    /// Whether most of the span stands between quotation marks.
    fn is_quote(&self, words: &Range<usize>) -> bool {
        let start = self.words[0].span.start;
        let mut inside = false;
        let mut quoted = 0;
        let mut last = start.saturating_sub(4);
        while !self.text.is_char_boundary(last) {
            last -= 1;
        }
        for (at, word) in self.words.iter().enumerate().take(words.end) {
            for c in self.text[last..word.span.start].chars() {
                inside = match c {
                    '“' | '«' => true,
                    '”' | '»' => false,
                    '"' => !inside,
                    _ => inside,
                };
            }
            last = word.span.end;
            quoted += usize::from(inside && at >= words.start);
        }
        quoted >= 4 && quoted * 2 > words.len()
    }
}
