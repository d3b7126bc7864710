//! Floor 6. A story taken apart: the words of its sentences with what each tells, their clauses, and which repeat.
//!
//! Made from articles and sentences alone, so that a comparison loaded from disk can make it again. Linear in the text.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::article::Article;
use crate::clause::{Clause, Word, clauses, is_function_word};
use crate::clean::Kind;
use crate::sentence::Sentence;
use crate::span::{SentenceId, Span, TermId};
use crate::token::{Vocabulary, words};

/// The sentences of a story, prepared for everything above.
#[derive(Debug, Clone, Default)]
pub struct Story {
    /// Lower-cased words without possessive endings.
    pub vocabulary: Vocabulary,
    /// The words of each sentence.
    pub words: Vec<Vec<Word>>,
    /// The clauses of each sentence.
    pub clauses: Vec<Vec<Clause>>,
    /// For each sentence the first one with the same words, itself where there is none.
    pub first: Vec<SentenceId>,
    /// What each term tells: idf over sentences, 0 for function words.
    pub weights: Vec<f32>,
    /// For each term the number of articles that have it.
    pub n_articles: Vec<u32>,
}

impl Story {
    /// Takes the sentences apart.
    pub fn new(articles: &[Article], sentences: &[Sentence]) -> Self {
        let text = |sentence: &Sentence| &*articles[sentence.article.index()].text;
        let tokens: Vec<Vec<(Span, String)>> = sentences
            .par_iter()
            .map(|sentence| {
                let inside = sentence.span.of(text(sentence));
                let place = |span: Span| (span.shifted(sentence.span.start), normal_form(span.of(inside)));
                words(inside).into_iter().map(|word| place(word.span)).collect()
            })
            .collect();
        let mut story = Self::default();
        let rows: Vec<Vec<TermId>> = tokens
            .iter()
            .map(|tokens| tokens.iter().map(|(_, form)| story.vocabulary.intern(form)).collect())
            .collect();
        story.weigh(sentences, &rows);
        story.words = tokens
            .iter()
            .zip(&rows)
            .map(|(tokens, row)| {
                let words = tokens.iter().zip(row);
                words
                    .map(|((span, _), &term)| Word { span: *span, term, weight: story.weights[term.index()] })
                    .collect()
            })
            .collect();
        story.clauses = sentences
            .par_iter()
            .zip(&story.words)
            .map(|(sentence, words)| {
                let spans: Vec<_> = words.iter().map(|word| word.span).collect();
                clauses(text(sentence), sentence.span, &spans)
            })
            .collect();
        let mut first: FxHashMap<&[TermId], SentenceId> = FxHashMap::default();
        for (at, (sentence, row)) in sentences.iter().zip(&rows).enumerate() {
            let comparable = sentence.kind != Kind::Boilerplate && !row.is_empty();
            story.first.push(if comparable { *first.entry(row).or_insert(at.into()) } else { at.into() });
        }
        story
    }

    /// Counts in how many sentences and articles each term occurs; boilerplate and repetitions do not count.
    fn weigh(&mut self, sentences: &[Sentence], rows: &[Vec<TermId>]) {
        let mut n_sentences = vec![0u32; self.vocabulary.len()];
        self.n_articles = vec![0; self.vocabulary.len()];
        let mut seen_in = vec![None; self.vocabulary.len()];
        let mut n = 0;
        for (sentence, row) in sentences.iter().zip(rows).filter(|(sentence, _)| sentence.kind != Kind::Boilerplate) {
            n += 1;
            let mut terms = row.clone();
            terms.sort_unstable();
            terms.dedup();
            for term in terms {
                n_sentences[term.index()] += 1;
                if seen_in[term.index()] != Some(sentence.article) {
                    seen_in[term.index()] = Some(sentence.article);
                    self.n_articles[term.index()] += 1;
                }
            }
        }
        let idf = |df: u32| ((1.0 + n as f32) / (1.0 + df as f32)).ln() + 0.1;
        self.weights = (0..self.vocabulary.len())
            .map(|term| {
                let function = is_function_word(self.vocabulary.term(term.into()));
                if function { 0.0 } else { idf(n_sentences[term]) }
            })
            .collect();
    }

    /// The words of each article in order; boilerplate is a `None`.
    pub fn placed(&self, sentences: &[Sentence]) -> Vec<Vec<(Span, Option<TermId>)>> {
        let n_articles = sentences.last().map_or(0, |sentence| sentence.article.index() + 1);
        let mut placed = vec![Vec::new(); n_articles];
        for (sentence, words) in sentences.iter().zip(&self.words) {
            let article: &mut Vec<_> = &mut placed[sentence.article.index()];
            match sentence.kind {
                Kind::Boilerplate => article.push((sentence.span, None)),
                _ => article.extend(words.iter().map(|word| (word.span, Some(word.term)))),
            }
        }
        placed
    }

    /// The words of `sentence` that lie inside `span`.
    pub fn words_in(&self, sentence: SentenceId, span: Span) -> &[Word] {
        let words = &self.words[sentence.index()];
        let start = words.partition_point(|word| word.span.start < span.start);
        let end = words.partition_point(|word| word.span.end <= span.end);
        &words[start..end.max(start)]
    }
}

/// Lower case, one apostrophe, no possessive ending.
fn normal_form(word: &str) -> String {
    let form = word.to_lowercase().replace('’', "'");
    match form.strip_suffix("'s") {
        Some(stem) if !stem.is_empty() => stem.to_owned(),
        _ => form,
    }
}
