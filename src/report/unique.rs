//! What one article alone asserts.
//!
//! The unit is the claim: each has a probability that no other article makes it, the product over articles of the chance
//! that the most probable link on it is wrong (`statement` gives it); a new claim of a sentence that is in no shared statement is
//! no surer than that the surest link on the sentence is wrong. Neighbouring claims that are probably new are one span, never
//! less than a clause with a verb, or a quotation. A sentence that is in no shared statement and has no new claim, because
//! several weak links touch it, is listed too, low: nothing of an article is lost. Where others say part of a sentence, the
//! rest of it is listed by itself if it can be read so, else within the sentence, and the reason says what of it is new.

use rustc_hash::FxHashSet;

use crate::article::Article;
use crate::clause::{Clause, Word, is_balanced, is_joining, is_opener, without_stray_marks};
use crate::clean::{Kind, is_appeal};
use crate::conflict::Conflict;
use crate::error::Result;
use crate::link::Link;
use crate::pool::GoOn;
use crate::report::articles_of;
use crate::report::echo::Echoes;
use crate::report::known::{Known, numbers};
use crate::report::parts::{New, Place, RELATIVE};
use crate::report::quoted::quoted;
use crate::report::quotes::Quote;
use crate::report::repeats::{once, repeated, rows};
use crate::report::telling::{Telling, rarity};
use crate::report::together::{Found, Unique, together};
use crate::sentence::Sentence;
use crate::span::Span;
use crate::statement::Statement;
use crate::story::Story;

/// What a report is made from.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// In the order of the comparison.
    pub articles: &'a [Article],
    /// By article, then by offset.
    pub sentences: &'a [Sentence],
    /// The sentences taken apart.
    pub story: &'a Story,
    /// All statements.
    pub statements: &'a [Statement],
    /// For each clause of each sentence the probability that no other article says it.
    pub newness: &'a [Vec<f32>],
    /// All quotations.
    pub quotes: &'a [Quote],
    /// Where articles contradict each other.
    pub conflicts: &'a [Conflict],
    /// Every scored candidate.
    pub links: &'a [Link],
    /// From which probability on one is a link.
    pub min_probability: f32,
}

/// From this probability on it is said plainly that no other article says it; before, and of what stands beside a shared
/// claim, only that none clearly does.
const PLAIN: f32 = 0.7;
const NOBODY: &str = "no other article says it";
const UNCLEAR: &str = "not clearly said by another article";
/// Of what another article contradicts.
const OTHERWISE: &str = "another article says otherwise";
/// And of what is linked to another one that has much of its words, but in no statement.
const LINKED: &str = "another article may say it";
/// From this probability of a link on another article says a sentence at least in part: what of it is new is named.
const HEARD: f32 = 0.4;
/// A sentence of so many words is listed somewhere, whatever it says.
const MIN_WORDS: usize = 5;
/// What a headline tells, and a sentence that is only probably shared, beside one that is new.
const HEADLINE: f32 = 0.5;
const DOUBTFUL: f32 = 0.2;
/// And what readers are asked to do.
const APPEAL: f32 = 0.1;
/// And what nobody understands who has not read the sentence before, what the article says again, and the rows of a table.
const SCRAP: f32 = 0.05;
/// What another article contradicts is told as a dispute first.
const DISPUTED: f32 = 0.3;
/// How sure it is that nobody else names somebody who has no part of that name in any other article: near-spellings and first
/// names count as known, so what is left is a name that they write quite otherwise.
const NAMED: f32 = 0.8;
/// How much more a probable claim is worth than a doubtful one that tells as much.
const CERTAIN: i32 = 3;
/// Sentences between two looks at whether to go on.
const CHUNK: usize = 1 << 10;

/// The unique spans of all articles, best first, each text of an article once; ties in reading order.
pub fn unique(material: Material, go_on: GoOn) -> Result<Vec<Unique>> {
    let Material { articles, sentences, story, newness, quotes, .. } = material;
    let repeated = repeated(articles, sentences, story);
    let told = told(material);
    let disputed = disputed(material);
    let echoes = Echoes::new(story, material.links, material.min_probability);
    let rarity = rarity(story);
    let known = Known::new(articles, sentences);
    let rows = rows(articles, sentences, story);
    let mut found = Vec::new();
    let mut seen = FxHashSet::default();
    for (at, sentence) in sentences.iter().enumerate().filter(|(_, sentence)| sentence.kind != Kind::Boilerplate) {
        if at % CHUNK == 0 {
            go_on()?;
        }
        if repeated[at] {
            continue;
        }
        let first_time = seen.insert((sentence.article, story.first[at]));
        let again = if first_time && !rows[at] { 1.0 } else { SCRAP };
        let text = &*articles[sentence.article.index()].text;
        let telling = Telling {
            article: sentence.article.index(),
            text,
            words: &story.words[at],
            rarity: &rarity,
            story,
            known: &known,
            quotes: quoted(articles, sentence, quotes),
            outlet: outlet(&articles[sentence.article.index()]),
            headline: sentence.kind == Kind::Headline,
        };
        let first = &newness[story.first[at].index()];
        let least = first.iter().copied().fold(1.0, f32::min);
        let clauses = &story.clauses[at];
        // The same words with other marks may be cut otherwise.
        let newness: Vec<f32> =
            (0..clauses.len()).map(|claim| if first.len() == clauses.len() { first[claim] } else { least }).collect();
        // A quotation that others have too is no claim of one article.
        let is_quoted =
            |claim: &Clause| telling.quotes.iter().any(|quote| quote.shared && claim.part.span.contains(quote.span));
        let newness: Vec<f32> =
            newness.iter().zip(clauses).map(|(&new, claim)| if is_quoted(claim) { 0.0 } else { new }).collect();
        let (told, words, language) = (&told[at], &story.words[at], story.language);
        let quoted = clauses.iter().any(is_quoted);
        let shared = !told.is_empty() || echoes.heard(at) >= HEARD || quoted;
        let place = Place { text, sentence, clauses, words, newness: &newness, language, shared, told };
        let kind = if sentence.kind == Kind::Headline { HEADLINE } else { 1.0 };
        let mut listed = false;
        for New { span, parts, probability } in place.new_parts() {
            let (whole, alone) = (parts == [span], span == sentence.span);
            // A link on a sentence that is in no statement may be on none of its claims for sure; on one of them it is.
            let unheard = if told.is_empty() { 1.0 - echoes.heard(at) } else { 1.0 };
            let probability = probability.min(unheard);
            let span = without_stray_marks(text, span);
            let inside = story.words_in(at.into(), span);
            let n_telling = inside.iter().filter(|word| word.weight > 0.0).count();
            if n_telling < 2 {
                continue;
            }
            listed = true;
            // What another article has in one sentence is not called new.
            let new = |part: &Span| {
                !echoes.is_said(at, story.words_in(at.into(), *part)) && can_be_named(text, sentence.span, *part)
            };
            let named: Vec<Span> = parts.iter().copied().filter(new).collect();
            let parts = if whole { vec![span] } else { parts };
            let told: Vec<(f32, Vec<String>)> = parts.iter().map(|&part| telling.tell(part)).collect();
            let mut score = told.iter().map(|told| told.0).fold(0.0, f32::max);
            let mut reasons: Vec<String> = Vec::new();
            for reason in told.into_iter().flat_map(|told| told.1) {
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
            if language.has_rules() && reasons.is_empty() && is_scrap(text, span, inside, clauses) {
                score *= SCRAP;
            }
            let contradicted = disputed[at].iter().any(|other| parts.iter().any(|part| part.overlaps(*other)));
            if contradicted {
                score *= DISPUTED;
                reasons = vec![OTHERWISE.to_owned()];
            }
            if !whole && !named.is_empty() {
                let part = |&part: &Span| format!("“{}”", one_line(without_stray_marks(text, part).of(text)));
                let named: Vec<String> = named.iter().map(part).collect();
                reasons.insert(0, format!("new here: {}", named.join(", ")));
            }
            if reasons.is_empty() {
                let certain = probability >= PLAIN && !shared;
                reasons.push(if certain { NOBODY } else { UNCLEAR }.to_owned());
            }
            let asked = language.has_rules() && is_asked(text, span);
            let kind = if language.has_rules() && is_appeal(span.of(text)) { APPEAL } else { kind };
            let kind = if asked { SCRAP } else { kind };
            let score = score * kind * again * probability.powi(CERTAIN);
            let unique = Unique { article: sentence.article, span, score, probability, reasons };
            found.push(Found { sentences: (at, at), whole: whole && alone && !contradicted, unique });
        }
        // Others tell of somebody without a name, who has one here.
        if let Some(named) = telling.introduces(sentence.span).filter(|_| !listed && sentence.kind == Kind::Body) {
            let (score, own) = telling.tell(named);
            let span = without_stray_marks(text, sentence.span);
            let new = format!("new here: “{}”", one_line(named.of(text)));
            let reasons: Vec<String> = [new].into_iter().chain(own).collect();
            let unique =
                Unique { article: sentence.article, span, score: score * again * NAMED, probability: NAMED, reasons };
            found.push(Found { sentences: (at, at), whole: false, unique });
            listed = true;
        }
        if !listed && told.is_empty() && sentence.kind == Kind::Body && words.len() >= MIN_WORDS {
            let probability = newness.iter().copied().fold(0.0, f32::max);
            let linked = echoes.may_be_said(at);
            let why = match (disputed[at].is_empty(), quoted, linked) {
                (false, ..) => OTHERWISE,
                (true, true, _) => "others have the quotation",
                (true, false, true) => LINKED,
                (true, false, false) => UNCLEAR,
            };
            let reasons = vec![why.to_owned()];
            let last = linked || language.has_rules() && is_scrap(text, sentence.span, words, clauses);
            let (score, _) = telling.tell(sentence.span);
            let score = score * again * DOUBTFUL * probability.max(0.1) * if last { SCRAP } else { 1.0 };
            let span = without_stray_marks(text, sentence.span);
            let unique = Unique { article: sentence.article, span, score, probability, reasons };
            found.push(Found { sentences: (at, at), whole: why == UNCLEAR, unique });
        }
    }
    let mut found = together(found, articles, sentences, quotes, &[NOBODY, UNCLEAR]);
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.article, a.span).cmp(&(b.article, b.span))));
    Ok(once(found, articles, quotes))
}

/// Who publishes an article, as far as is known.
fn outlet(article: &Article) -> String {
    article.source.as_deref().unwrap_or(&article.id).to_lowercase()
}

/// For each sentence the mentions of shared statements in it.
fn told(material: Material) -> Vec<Vec<Span>> {
    let mut told = vec![Vec::new(); material.sentences.len()];
    for statement in material.statements.iter().filter(|s| articles_of(s, material.sentences).len() > 1) {
        statement.mentions.iter().for_each(|mention| told[mention.sentence.index()].push(mention.span));
    }
    told
}

/// For each sentence the parts of it that another article contradicts.
fn disputed(material: Material) -> Vec<Vec<Span>> {
    let mut disputed = vec![Vec::new(); material.sentences.len()];
    for conflict in material.conflicts {
        disputed[conflict.left.index()].push(conflict.left_span);
        disputed[conflict.right.index()].push(conflict.right_span);
    }
    disputed
}

/// A sentence of fewer words is a scrap where it only points back or asserts nothing, and where a colon or a question mark
/// ends it, a lead-in or no answer.
const SHORT: usize = 10;
const LEAD_IN: usize = 15;
/// How what points back begins.
const POINTING: &[&str] = &[
    "he", "her", "here", "his", "i", "it", "it's", "its", "my", "our", "she", "that", "that's", "their", "there",
    "there's", "these", "they", "this", "those", "we", "what", "you", "your",
];

/// Whether a reader of a list gets nothing from a sentence: few words about "it" or "them" without a name or a figure, few
/// that assert nothing, a question, or what only leads in to the next sentence.
fn is_scrap(text: &str, span: Span, words: &[Word], clauses: &[Clause]) -> bool {
    let form = |word: &Word| word.span.of(text).replace('’', "'");
    let opens = |word: &Word| is_joining(word.span.of(text)) || is_opener(&form(word).to_lowercase());
    let points = |word: &Word| POINTING.contains(&form(word).to_lowercase().as_str());
    let first = words.iter().find(|word| !opens(word) || points(word));
    let points = first.is_some_and(points);
    let forms: Vec<&str> = words.iter().map(|word| word.span.of(text)).collect();
    let named = |at: usize| words[at].weight > 0.0 && forms[at].starts_with(char::is_uppercase);
    let bare = !(1..words.len()).any(|at| named(at) || !numbers(&forms, at).is_empty());
    let asserts = clauses.iter().any(|clause| clause.asserts && clause.part.span.overlaps(span));
    let ends_open = span.of(text).trim_end().ends_with([':', '?']);
    words.len() < SHORT && (points && bare || !asserts || withholds(&forms)) || words.len() < LEAD_IN && ends_open
}

/// Whether a part can be named as what is new: none that begins or ends inside a quotation, and none that begins within the
/// sentence with a word that hangs on the one before it: "who left the lock at dawn".
fn can_be_named(text: &str, sentence: Span, part: Span) -> bool {
    let first = part.of(text).split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or("");
    is_balanced(part.of(text)) && (part.start <= sentence.start || !RELATIVE.contains(&first))
}

/// "No other information was released": that there is nothing to tell.
fn withholds(forms: &[&str]) -> bool {
    const OTHER: &[&str] = &["additional", "further", "more", "other"];
    const DETAILS: &[&str] = &["details", "information"];
    let [no, rest @ ..] = forms else { return false };
    let rest = if rest.first().is_some_and(|first| OTHER.contains(first)) { &rest[1..] } else { rest };
    no.eq_ignore_ascii_case("no")
        && rest.first().is_some_and(|what| DETAILS.contains(what))
        && rest.get(1).is_some_and(|verb| matches!(*verb, "are" | "has" | "have" | "is" | "was" | "were"))
}

/// Whether a line is a question of an interview, and the next gives the answer: "Holt: “Was it loud?”", "Soto: “It was.”".
fn is_asked(text: &str, span: Span) -> bool {
    const LONGEST: usize = 10;
    let labelled = |line: &str| {
        let label = line.split_once(':').filter(|(_, said)| said.trim_start().starts_with(['"', '“', '«', '\'', '‘']));
        label.is_some_and(|(label, _)| {
            label.starts_with(char::is_uppercase) && label.split_whitespace().count() <= LONGEST && !label.contains('.')
        })
    };
    let asks = span.of(text).trim_end_matches(['"', '”', '»', '\'', '’', ' ']).ends_with('?');
    let next = || text[span.end..].split('\n').map(str::trim).find(|line| line.chars().any(char::is_alphanumeric));
    asks && labelled(span.of(text)) && next().is_some_and(labelled)
}

/// Part of a sentence as it is printed in a line.
fn one_line(text: &str) -> String {
    text.trim_end_matches('.').split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::report::of_one_sentence;

    #[test]
    fn a_part_is_named_where_it_can_be_read() {
        for (text, part, named) in [
            ("Holt left the lock at dawn, who saw it fall.", "who saw it fall", false),
            ("“We ran and had to go,” said another keeper.", "go,” said another keeper", false),
            ("Holt left the lock at dawn with her two dogs.", "with her two dogs", true),
            ("Who saw it fall is unknown.", "Who saw it fall", true),
        ] {
            let start = text.find(part).unwrap();
            let part = Span::new(start, start + part.len());
            assert_eq!(can_be_named(text, Span::new(0, text.len()), part), named, "{text}");
        }
    }

    #[test]
    fn a_question_with_its_answer_is_told_from_a_quotation() {
        for (line, next, asked) in [
            ("Ina Holt: “Was it loud?”", "Danilo Soto, keeper of the lock: “It was.”", true),
            ("Holt: \"Was it loud?\"", "\n\nSoto: \"It was.\"", true),
            ("Holt: “Was it loud?”", "The lock fell at dawn.", false),
            ("Holt: “It was loud.”", "Soto: “It was.”", false),
            ("Holt asked who had left the gate open?", "Soto: “It was.”", false),
        ] {
            let text = format!("{line}\n{next}");
            assert_eq!(is_asked(&text, Span::new(0, line.len())), asked, "{text}");
        }
    }

    #[test]
    fn what_only_points_back_or_leads_in_is_a_scrap() {
        for (text, scrap) in [
            ("His name was not released.", true),
            ("That has turned out not to be the case.", true),
            ("Then, she said, she took action.", true),
            ("Storm link?", true),
            ("Was nobody at the wheel when she struck the pier?", true),
            ("Children on the quay.", true),
            ("Holt refused.", false),
            ("But there is still potential for surprises.", true),
            ("It’s where it gets strange.", true),
            ("The Gazette, no friend of the port, seethes:", true),
            ("He was taken to Raven Bay.", false),
            ("They heard between four and six shots.", false),
            ("Divers left the dam.", false),
            ("No other details were immediately available.", true),
            ("No information on the leak reached Dale.", false),
            ("He was seen weeping on the quay with a blanket round his shoulders.", false),
        ] {
            let (articles, sentences) = of_one_sentence(&[text]);
            let span = Span::new(0, text.len());
            let story = Story::new(&articles, &sentences, Language::English);
            assert_eq!(is_scrap(text, span, &story.words[0], &story.clauses[0]), scrap, "{text}");
        }
    }
}
