//! Neighbouring sentences that a reader takes in as one: a quotation that runs over sentences, and a lead-in with what it
//! leads to.
//!
//! Only sentences that are listed whole, and are as probable or as doubtful as each other, are shown as one. Linear.

use serde::{Deserialize, Serialize};

use super::quotes::Quote;
use super::worth::{ONLY_QUOTE, ONLY_SPEAKER};
use crate::article::Article;
use crate::clause::{is_saying, without_dateline, without_stray_marks};
use crate::sentence::Sentence;
use crate::span::{ArticleId, Span};
use crate::token::words;

/// A span that one article alone asserts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unique {
    /// The article.
    pub article: ArticleId,
    /// The part of its text.
    pub span: Span,
    /// How much it tells; unbounded, higher is more.
    pub score: f32,
    /// Probability that no other article says it, in [0, 1].
    pub probability: f32,
    /// Why it is worth reading.
    pub reasons: Vec<String>,
    /// What of its article has to be read first, if it does not say of whom it tells or who speaks.
    #[serde(default)]
    pub antecedent: Option<Span>,
}

/// A unique span and where it comes from.
pub(super) struct Found {
    /// The numbers of its first sentence and its last.
    pub sentences: (usize, usize),
    /// Whether all of the sentence is new, and nobody contradicts it.
    pub whole: bool,
    pub unique: Unique,
}

/// A lead-in to somebody's words has a verb of saying among so many last words: "the mayor said in a statement:".
const LEAD_IN: usize = 6;
/// From here on a span is probable.
const PROBABLE: f32 = 0.5;
/// What a lead-in is worth whose other half is not listed.
const ALONE: f32 = 0.05;

/// Makes one span of those that belong together; `found` is in reading order. Of the `generic` reasons, which say nothing of
/// the words themselves, the last is the weakest.
pub(super) fn together(
    found: Vec<Found>,
    articles: &[Article],
    sentences: &[Sentence],
    quotes: &[Quote],
    generic: &[&str],
) -> Vec<Unique> {
    let mut joined: Vec<Found> = Vec::new();
    for next in found {
        if let Some(last) = joined.last_mut() {
            let article = next.unique.article;
            let place = Place { article, text: &articles[article.index()].text, sentences, quotes };
            if place.belong(last, &next) {
                last.sentences.1 = next.sentences.1;
                merge(&mut last.unique, next.unique, generic);
                last.unique.span = place.shown(last);
                place.tell_quotation(&mut last.unique, generic);
                continue;
            }
        }
        joined.push(next);
    }
    joined.into_iter().map(|found| without_colon(found.unique, articles)).collect()
}

struct Place<'a> {
    article: ArticleId,
    text: &'a str,
    sentences: &'a [Sentence],
    quotes: &'a [Quote],
}

impl Place<'_> {
    fn belong(&self, a: &Found, b: &Found) -> bool {
        let (first, second) = (&self.sentences[a.sentences.1], &self.sentences[b.sentences.0]);
        let alike = (a.unique.probability >= PROBABLE) == (b.unique.probability >= PROBABLE);
        a.sentences.1 + 1 == b.sentences.0
            && a.unique.article == b.unique.article
            && first.kind == second.kind
            && a.whole
            && b.whole
            && (alike && self.is_one_quotation(first.span, second.span) || self.leads_in(first.span, second.span))
    }

    /// From the first sentence to the last. Where a quotation goes on behind them its other marks stay.
    fn shown(&self, found: &Found) -> Span {
        let (first, last) = found.sentences;
        let span = Span::new(self.sentences[first].span.start, self.sentences[last].span.end);
        match span.of(self.text).matches(['"', '“', '”', '«', '»']).count() {
            1 => without_stray_marks(self.text, span),
            _ => without_dateline(self.text, span),
        }
    }

    /// Whether a quotation runs over both, or goes on behind its speaker: "“It fell,” said Ina Holt. “It was loud.”"
    fn is_one_quotation(&self, a: Span, b: Span) -> bool {
        let runs_on = self.quotes_in(a).any(|quote| b.start < quote.span.end && self.is_paired(quote.span));
        let speaker = self.quotes_in(a).filter_map(|quote| quote.speaker).last();
        let goes_on = self.quotes_in(b).next().is_some_and(|quote| {
            let outside = |part: &str| part.chars().any(char::is_alphanumeric);
            let before = &self.text[b.start..quote.span.start.max(b.start)];
            let after = self.text.get(quote.span.end..b.end).unwrap_or("");
            quote.speaker.is_none_or(|own| Some(own) == speaker)
                && quote.span.start >= b.start
                && !outside(before)
                && !outside(after)
        });
        !self.text[a.end..b.start].contains('\n') && (runs_on || speaker.is_some() && goes_on)
    }

    /// Where the marks of a quotation are shown now, it is told as one.
    fn tell_quotation(&self, unique: &mut Unique, generic: &[&str]) {
        let marked = unique.span.of(self.text).starts_with(['"', '“', '«', '„']);
        let own = self.quotes_in(unique.span).all(|quote| quote.others.is_empty());
        if marked && own && unique.reasons.iter().all(|reason| generic.contains(&&**reason)) {
            unique.reasons = vec![ONLY_QUOTE.to_owned()];
        }
    }

    /// Whether the first mark opens and the second closes; else words between two quotations are taken for one.
    fn is_paired(&self, quote: Span) -> bool {
        let before = &self.text[..quote.start];
        let after = &self.text[quote.end..];
        let apart = before.ends_with(char::is_whitespace)
            && before.trim_end().chars().rev().nth(1).is_some_and(|c| !c.is_whitespace())
            || after.starts_with(char::is_whitespace)
                && after.trim_start().chars().nth(1).is_some_and(char::is_alphanumeric);
        !apart
    }

    /// The quotations that stand in a sentence or run over it.
    fn quotes_in(&self, sentence: Span) -> impl Iterator<Item = &Quote> {
        let start =
            self.quotes.partition_point(|quote| (quote.article, quote.span.end) <= (self.article, sentence.start));
        self.quotes[start..]
            .iter()
            .take_while(move |quote| quote.article == self.article && quote.span.start < sentence.end)
    }

    /// "The mayor tweeted:" and the tweet.
    fn leads_in(&self, a: Span, b: Span) -> bool {
        let said = a.of(self.text);
        let tokens = words(said);
        let last = tokens.iter().rev().take(LEAD_IN).map(|word| word.span.of(said).to_lowercase());
        let says = last.into_iter().any(|word| is_saying(&word) || matches!(&*word, "posted" | "tweeted"));
        let listed = b.of(self.text).starts_with(['•', '·', '▪', '-', '*']);
        said.ends_with(':') && !listed && (says || b.of(self.text).starts_with(['"', '“', '«', '„']))
    }
}

/// Makes one of two but for the span.
fn merge(one: &mut Unique, next: Unique, generic: &[&str]) {
    let [a, b] = [one.span.len(), next.span.len()].map(|length| length as f32);
    one.probability = (one.probability * a + next.probability * b) / (a + b);
    one.score = one.score.max(next.score);
    for reason in next.reasons {
        if !one.reasons.contains(&reason) {
            one.reasons.push(reason);
        }
    }
    if one.reasons.iter().any(|reason| !generic.contains(&&**reason)) {
        one.reasons.retain(|reason| !generic.contains(&&**reason));
    } else if let Some(weakest) =
        generic.iter().rev().find(|generic| one.reasons.iter().any(|reason| reason == *generic))
    {
        one.reasons = vec![(*weakest).to_owned()];
    }
    if one.reasons.iter().any(|reason| reason.starts_with(ONLY_SPEAKER)) {
        one.reasons.retain(|reason| reason != ONLY_QUOTE);
    }
}

/// A span never ends in a colon: what a lead-in leads to is not listed with it.
fn without_colon(mut unique: Unique, articles: &[Article]) -> Unique {
    let said = unique.span.of(&articles[unique.article.index()].text);
    let bare = said.trim_end().trim_end_matches(':').trim_end();
    if bare.len() < said.trim_end().len() && !bare.is_empty() {
        unique.span = Span::new(unique.span.start, unique.span.start + bare.len());
        unique.score *= ALONE;
    }
    unique
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::Kind;
    use crate::language::Language;
    use crate::report::quotes::quotes;
    use crate::sentence::split_sentences;

    /// The spans shown of a text, all of whose sentences are new.
    fn shown(text: &str) -> Vec<String> {
        let articles = [Article::new("a", text)];
        let spans = split_sentences(text, "en").unwrap();
        let sentences: Vec<Sentence> = spans
            .iter()
            .zip(0..)
            .map(|(&span, index)| Sentence { article: 0.into(), index, span, kind: Kind::Body })
            .collect();
        let quotes = quotes(&articles, &sentences, Language::English);
        let unique = |span| Unique {
            article: 0.into(),
            span,
            score: 1.0,
            probability: 0.8,
            reasons: vec!["plain".to_owned()],
            antecedent: None,
        };
        let found = spans.iter().enumerate().map(|(at, &span)| Found {
            sentences: (at, at),
            whole: true,
            unique: unique(span),
        });
        let joined = together(found.collect(), &articles, &sentences, &quotes, &["plain", "weak"]);
        joined.iter().map(|unique| unique.span.of(text).to_owned()).collect()
    }

    #[test]
    fn what_one_speaker_says_in_one_breath_is_one_span() {
        for (text, expected) in [
            ("“It fell. It was loud. We ran from it,” said Ina Holt. |She wept.", 2),
            ("“It fell right there,” said Ina Holt. “It was loud in the lock.” |She wept.", 2),
            ("\"It fell right there,\" said Ina Holt. \"It was loud in the lock.\" |She wept.", 2),
            ("“It fell right there,” said Ina Holt. |“It was loud,” said Danilo Soto.", 2),
            ("“It fell right there,” said Ina Holt.\n\n|“It was loud in the lock.”", 2),
            ("She wept. |“It was loud in the lock.”", 2),
            ("\" It fell there. It was loud, 'run' \" Ina Holt recalled. |She wept.", 2),
            ("The tag\" fell hard today. |Her \"gate\" was found by him.", 2),
            ("Ina Holt said in a statement:\n\nThe lock fell. |She wept.", 2),
            ("The gate was found by a diver:\n\n|Employees say it fell.", 2),
            ("They are, said Ina Holt:\n\n|• Danilo Soto, who fell.", 2),
        ] {
            let parts: Vec<&str> = text.split('|').map(|part| part.trim().trim_end_matches(':')).collect();
            let shown = shown(&text.replace('|', ""));
            assert_eq!(shown, parts, "{text}");
            assert_eq!(shown.len(), expected);
        }
    }
}
