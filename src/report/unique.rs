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
use crate::clause::{Clause, Word, is_balanced, is_joining, is_opener, is_verb, without_stray_marks};
use crate::clean::{Kind, is_appeal, is_in_post};
use crate::conflict::Conflict;
use crate::error::Result;
use crate::link::Link;
use crate::pool::GoOn;
use crate::report::amounts::numbers;
use crate::report::antecedent::antecedent_of;
use crate::report::articles_of;
use crate::report::copied::{Copied, own_part, share};
use crate::report::echo::Echoes;
use crate::report::known::Known;
use crate::report::parts::{New, Place, RELATIVE, halves_a_list};
use crate::report::quoted::quoted;
use crate::report::quotes::Quote;
use crate::report::repeats::{once, repeated, rows};
use crate::report::telling::{Telling, rarity};
use crate::report::together::{Found, Unique, together};
use crate::report::worth::{ONLY_QUOTE, ONLY_SPEAKER};
use crate::sentence::Sentence;
use crate::span::Span;
use crate::statement::Statement;
use crate::story::Story;
use crate::token::words as token_words;

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

/// From this probability on a reader is told that it was looked for and not found; before, and of what stands beside a shared
/// claim, only that no other article clearly says it. That none does is never said: at this probability one in four has it.
const PLAIN: f32 = 0.7;
const NOT_FOUND: &str = "not found in another article";
const UNCLEAR: &str = "not clearly said by another article";
/// Of what another article contradicts.
const OTHERWISE: &str = "another article says otherwise";
/// And of what is linked to another one that has much of its words, but in no statement; and of all that is hardly new. Sixteen
/// stories read by editors: of 48 lines below this probability for which it was said that nobody says them clearly 23 are new.
const LINKED: &str = "another article may say it";
const HARDLY: f32 = 0.3;
/// What a sentence says that is not in the rest of it, and where that is less than plain.
const NEW: &str = "new here";
const PERHAPS_NEW: &str = "perhaps new here";
/// A part of which another article has so many words in their order is no news, and a quotation is one that others have.
const COPIED: f32 = 0.6;
/// And so is a whole sentence of which it has so many.
const MOSTLY_COPIED: f32 = 0.9;
/// From this probability of a link on another article says a sentence at least in part: what of it is new is named.
const HEARD: f32 = 0.4;
/// A sentence of so many words is listed somewhere, whatever it says, and one of so few if it says something: "She will appeal."
const MIN_WORDS: usize = 5;
const FEW_WORDS: usize = 3;
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
/// And of a sentence of which others may have all but a name or a figure, where no link is on it; each link takes its
/// probability off. Of 193 such sentences in 51 labelled stories, by the surest link: to 0.4 0.47 are labelled as one article's
/// alone, to 0.6 0.38, to 0.8 0.18, to 1 0.05.
const OWN: f32 = 0.55;
/// But the name or the figure itself is news: of such reasons that editors read in sixteen stories 56 of 68 lead to what nobody
/// else says. So it counts as much where it is shown. Of the first eight unique spans of each article in those 51 stories 0.439
/// are labelled as one's alone with 0.45 for all, 0.451 with this, 0.452 with none.
const LEAST_OWN: f32 = 0.2;
/// Half of a quotation is worth so much less than all of it.
const HALVED: f32 = 0.2;
/// How much more a probable claim is worth than a doubtful one that tells as much.
const CERTAIN: i32 = 3;
/// Sentences between two looks at whether to go on.
const CHUNK: usize = 1 << 10;

/// The unique spans of all articles, best first, each text of an article once; ties in reading order.
pub fn unique(material: Material, go_on: GoOn) -> Result<Vec<Unique>> {
    let Material { articles, sentences, story, newness, quotes, .. } = material;
    let repeated = repeated(articles, sentences, story);
    let told = told(material);
    let shown = shown(material);
    let disputed = disputed(material);
    let echoes = Echoes::new(story, material.links, material.min_probability);
    let rarity = rarity(story);
    let known = Known::new(articles, sentences);
    let runs = Copied::new(sentences, story);
    let rows = rows(articles, sentences, story);
    let mut found = Vec::new();
    let mut seen = FxHashSet::default();
    let mut named_beside = FxHashSet::default();
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
        let copied = runs.words(sentence.article, &story.words[at]);
        let mut own_quotes = quoted(articles, sentence, quotes, &known);
        for quote in &mut own_quotes {
            quote.shared |= share(&story.words[at], &copied, quote.span) >= COPIED;
        }
        let telling = Telling {
            article: sentence.article.index(),
            text,
            words: &story.words[at],
            rarity: &rarity,
            story,
            known: &known,
            quotes: own_quotes,
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
            // What another article has word for word is not new, and is not called so.
            let own = |part: &Span| {
                let own = own_part(words, &copied, *part)?;
                (own == *part || place.is_news(own)).then_some(own)
            };
            // Nor is what is shown as shared.
            let is_shown = |part: &Span| shown[at].iter().any(|shown| shown.contains(*part));
            let parts: Vec<Span> = parts.iter().filter_map(own).filter(|part| !is_shown(part)).collect();
            if n_telling < 2 || parts.is_empty() || whole && share(words, &copied, span) >= MOSTLY_COPIED {
                continue;
            }
            listed = true;
            // Nor is what it has in one sentence.
            let new = |part: &Span| {
                !echoes.is_said(at, story.words_in(at.into(), *part)) && can_be_named(text, sentence.span, *part)
            };
            let parts: Vec<Span> = parts.into_iter().map(|part| without_half_clause(text, part)).collect();
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
            if !is_balanced(span.of(text)) {
                score *= HALVED;
            }
            let contradicted = disputed[at].iter().find(|(other, _)| parts.iter().any(|part| part.overlaps(*other)));
            if let Some((_, what)) = contradicted {
                score *= DISPUTED;
                reasons = vec![otherwise(what)];
            }
            let contradicted = contradicted.is_some();
            if !whole && !named.is_empty() {
                let part = |&part: &Span| format!("“{}”", one_line(without_stray_marks(text, part).of(text)));
                let named: Vec<String> = named.iter().map(part).collect();
                let new = if probability >= PLAIN { NEW } else { PERHAPS_NEW };
                reasons.insert(0, format!("{new}: {}", named.join(", ")));
            }
            if reasons.is_empty() {
                reasons.push(plainly(probability, !shared).to_owned());
            }
            let asked = language.has_rules() && is_asked(text, span);
            let kind = if language.has_rules() && is_appeal(span.of(text)) { APPEAL } else { kind };
            let kind = if asked { SCRAP } else { kind };
            // A post that the page shows is told by somebody else, or the reporter's first word of what the article says better.
            let kind = if language.has_rules() && is_in_post(text, span) { kind * DOUBTFUL } else { kind };
            let score = score * kind * again * probability.powi(CERTAIN);
            let unique = Unique { article: sentence.article, span, score, probability, reasons, antecedent: None };
            found.push(Found { sentences: (at, at), whole: whole && alone && !contradicted, unique });
        }
        // Others tell of somebody without a name, who has one here.
        if let Some(named) = telling.introduces(sentence.span).filter(|_| !listed && sentence.kind == Kind::Body) {
            let (score, own) = telling.tell(named);
            let span = without_stray_marks(text, sentence.span);
            let new = format!("{NEW}: “{}”", one_line(named.of(text)));
            let reasons: Vec<String> = [new].into_iter().chain(own).collect();
            let unique = Unique {
                article: sentence.article,
                span,
                score: score * again * NAMED,
                probability: NAMED,
                reasons,
                antecedent: None,
            };
            found.push(Found { sentences: (at, at), whole: false, unique });
            listed = true;
        }
        let least = if clauses.iter().any(|clause| clause.asserts) { FEW_WORDS } else { MIN_WORDS };
        if listed || sentence.kind != Kind::Body || words.len() < least {
            continue;
        }
        let (score, own) = telling.tell(sentence.span);
        let span = without_stray_marks(text, sentence.span);
        let contradicted = disputed[at].first().map(|(_, what)| otherwise(what));
        // Others may have all but a name or a figure.
        let in_marks = |reason: &String| [ONLY_QUOTE, ONLY_SPEAKER].iter().any(|quote| reason.starts_with(quote));
        let own: Vec<String> = own.into_iter().filter(|reason| !in_marks(reason)).collect();
        // Beside what others say a name is news once.
        let news = told.is_empty() || telling.is_news_beside(sentence.span);
        let first_named =
            own.iter().filter(|reason| named_beside.insert((sentence.article, (*reason).clone()))).count() > 0;
        if !own.is_empty() && news && (told.is_empty() || first_named) {
            let probability = OWN * (1.0 - echoes.heard(at));
            let certain = probability.max(LEAST_OWN).powi(CERTAIN);
            let score = score * again * certain * if contradicted.is_some() { DISPUTED } else { 1.0 };
            let reasons = own.into_iter().chain(contradicted).collect();
            let unique = Unique { article: sentence.article, span, score, probability, reasons, antecedent: None };
            found.push(Found { sentences: (at, at), whole: false, unique });
        } else if told.is_empty() {
            let probability = newness.iter().copied().fold(0.0, f32::max);
            let linked = quoted || echoes.may_be_said(at) || share(words, &copied, sentence.span) >= 0.5;
            let why = if linked { LINKED } else { plainly(probability, false) };
            let whole = !linked && contradicted.is_none();
            let reasons = vec![contradicted.unwrap_or_else(|| why.to_owned())];
            let last = linked || language.has_rules() && is_scrap(text, sentence.span, words, clauses);
            let score = score * again * DOUBTFUL * probability.max(0.1) * if last { SCRAP } else { 1.0 };
            let unique = Unique { article: sentence.article, span, score, probability, reasons, antecedent: None };
            found.push(Found { sentences: (at, at), whole, unique });
        }
    }
    let mut found = together(found, articles, sentences, quotes, &[NOT_FOUND, UNCLEAR, LINKED]);
    if story.language.has_rules() {
        with_antecedent(&mut found, material, go_on)?;
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.article, a.span).cmp(&(b.article, b.span))));
    Ok(once(found, articles, quotes))
}

/// Adds what a reader has to know first.
fn with_antecedent(found: &mut [Unique], material: Material, go_on: GoOn) -> Result<()> {
    let Material { articles, sentences, quotes, .. } = material;
    for (at, unique) in found.iter_mut().enumerate() {
        if at % CHUNK == 0 {
            go_on()?;
        }
        unique.antecedent = antecedent_of(articles, sentences, quotes, unique.article, unique.span);
    }
    Ok(())
}

/// How plainly it can be said that something is new, where nothing else is to be said of it.
fn plainly(probability: f32, alone: bool) -> &'static str {
    match probability {
        PLAIN.. if alone => NOT_FOUND,
        HARDLY.. => UNCLEAR,
        _ => LINKED,
    }
}

/// In what another article says otherwise: the rest of the sentence is not disputed.
fn otherwise(what: &str) -> String {
    format!("{OTHERWISE}: {what}")
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

/// For each sentence the parts of it that are shown for shared statements.
fn shown(material: Material) -> Vec<Vec<Span>> {
    let mut shown = vec![Vec::new(); material.sentences.len()];
    for statement in material.statements.iter().filter(|s| articles_of(s, material.sentences).len() > 1) {
        shown[statement.shown.sentence.index()].extend(statement.shown.kept());
    }
    shown
}

/// For each sentence the parts of it that another article contradicts, and in what; the most certain first.
fn disputed<'a>(material: Material<'a>) -> Vec<Vec<(Span, &'a str)>> {
    let mut disputed = vec![Vec::new(); material.sentences.len()];
    for conflict in material.conflicts {
        disputed[conflict.left.index()].push((conflict.left_span, &*conflict.what));
        disputed[conflict.right.index()].push((conflict.right_span, &*conflict.what));
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
    words.len() < SHORT && (points && bare || !asserts || withholds(&forms) || goes_on(&forms))
        || words.len() < LEAD_IN && speaks_to_newsroom(&forms)
        || words.len() < LEAD_IN && ends_open
}

/// Whether a part can be named as what is new: none that begins or ends inside a quotation, and none that begins within the
/// sentence with a word that hangs on the one before it: "who left the lock at dawn".
fn can_be_named(text: &str, sentence: Span, part: Span) -> bool {
    let first = part.of(text).split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or("");
    let opens = part.start <= sentence.start;
    let lead = if opens { "" } else { &text[sentence.start..part.start] };
    is_balanced(part.of(text)) && (opens || !RELATIVE.contains(&first)) && !halves_a_list(lead)
}

/// A part without the clause that begins at its end and has its verb behind it: "they went to the lock, | where the brothers".
fn without_half_clause(text: &str, part: Span) -> Span {
    /// "where the two brothers and their mother"
    const LONGEST: usize = 7;
    let said = part.of(text);
    let tokens = token_words(said);
    let form = |at: usize| tokens[at].span.of(said);
    let opens = |at: &usize| *at > 0 && (RELATIVE.contains(&form(*at)) || matches!(form(*at), "when" | "where"));
    let from = tokens.len().saturating_sub(LONGEST);
    let Some(opening) = (from..tokens.len()).rev().find(opens) else { return part };
    let verb = (opening + 1..tokens.len()).any(|at| is_verb(&form(at).to_lowercase(), Some(form(at - 1))));
    let goes_on = text[part.end..].starts_with(" and ") || text[part.end..].starts_with(" or ");
    if verb || !goes_on {
        return part;
    }
    Span::new(part.start, part.start + tokens[opening - 1].span.end)
}

/// "Police are investigating.": what goes without saying, in a few words.
fn goes_on(forms: &[&str]) -> bool {
    let [.., verb, last] = forms else { return false };
    *last == "investigating" && matches!(*verb, "are" | "is" | "still" | "was" | "were")
}

/// "Ina Holt talked to News 4 after the fire.": that a newsroom was told something, and not what.
fn speaks_to_newsroom(forms: &[&str]) -> bool {
    const NEWSROOMS: &[&str] = &["Channel", "Fox", "FOX", "News"];
    let numbered = |at: usize| {
        NEWSROOMS.contains(&forms[at])
            && forms.get(at + 1).is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
    };
    let spoke =
        forms.windows(2).position(|pair| matches!(pair[0], "spoke" | "talked") && matches!(pair[1], "to" | "with"));
    spoke.is_some_and(|spoke| (0..forms.len()).any(|at| numbered(at) && (at + 2 == spoke || at == spoke + 2)))
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
            ("Hurt were three -- two women and one man -- at the lock.", "one man -- at the lock", false),
        ] {
            let start = text.find(part).unwrap();
            let part = Span::new(start, start + part.len());
            assert_eq!(can_be_named(text, Span::new(0, text.len()), part), named, "{text}");
        }
    }

    #[test]
    fn a_clause_that_is_cut_behind_its_subject_is_not_named() {
        for (text, part, left) in [
            (
                "They went down to the old lock, where the brothers and a diver were.",
                "They went down to the old lock, where the brothers",
                "They went down to the old lock",
            ),
            ("They met Holt, who wept and left.", "They met Holt, who wept", "They met Holt, who wept"),
            ("They met at the lock where it fell.", "They met at the lock where", "They met at the lock where"),
        ] {
            assert_eq!(without_half_clause(text, Span::new(0, part.len())).of(text), left, "{text}");
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
            ("The sheriff's office is investigating.", true),
            ("Ina Holt talked to News 4 after the fire at the lock.", true),
            ("Channel 4 spoke with two divers about the fire.", true),
            ("Ina Holt talked to Soto about the fire at the lock.", false),
            ("He was seen weeping on the quay with a blanket round his shoulders.", false),
        ] {
            let (articles, sentences) = of_one_sentence(&[text]);
            let span = Span::new(0, text.len());
            let story = Story::new(&articles, &sentences, Language::English);
            assert_eq!(is_scrap(text, span, &story.words[0], &story.clauses[0]), scrap, "{text}");
        }
    }
}
