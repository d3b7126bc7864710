//! The parts of a sentence that one article alone says, and what a reader has to be shown for them.
//!
//! Claims that are probably new come first, neighbours as one. Then what is in no list: words that neither a shared
//! statement nor a new claim covers, because a weak link touches their claim. A part is shown by itself where it can be read
//! so; else the sentence is, and the part is named. Linear in the words.

use super::quoted::has_mark;
use crate::clause::{Clause, Part, Word, is_balanced, is_joining, is_saying, is_verb, reads_alone};
use crate::language::Language;
use crate::sentence::Sentence;
use crate::span::Span;
use crate::token::words;

/// A claim is new from this probability on that nobody else makes it.
const MIN_PROBABILITY: f32 = 0.5;
/// And what stands beside a shared claim is worth a look from this one on.
const MIN_BESIDE: f32 = 0.2;
/// Fewer words beside a shared claim are no news, and so are those of which fewer tell something.
const MIN_WORDS: usize = 5;
const MIN_TELLING: usize = 2;
/// The verb of saying stands among so many words: "she told reporters".
const SPEAKER: usize = 3;
/// What is new in a sentence is named where it weighs less of what is shown than this.
const MOSTLY: f32 = 0.8;

/// Something that is new.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct New {
    /// What is to be shown.
    pub span: Span,
    /// What of it is new: all of it, or the parts, in order.
    pub parts: Vec<Span>,
    /// Probability that nobody else says it.
    pub probability: f32,
}

/// One sentence under inspection.
pub(super) struct Place<'a> {
    pub text: &'a str,
    pub sentence: &'a Sentence,
    pub clauses: &'a [Clause],
    pub words: &'a [Word],
    /// For each clause the probability that no other article says it.
    pub newness: &'a [f32],
    pub language: Language,
    /// Whether others say part of it.
    pub shared: bool,
    /// The mentions of shared statements in it.
    pub told: &'a [Span],
}

impl Place<'_> {
    /// What is new in the sentence, in reading order.
    pub fn new_parts(&self) -> Vec<New> {
        let mut found = self.new_claims();
        if !self.told.is_empty() && self.language.has_rules() {
            self.add_left_over(&mut found);
        }
        found.iter_mut().for_each(|new| self.name_parts(new));
        found
    }

    /// Stretches of claims that are probably new.
    fn new_claims(&self) -> Vec<New> {
        let new = |at: usize| self.newness.get(at).is_some_and(|newness| *newness >= MIN_PROBABILITY);
        let all: Vec<usize> = (0..self.clauses.len()).collect();
        // Where nobody says any of it for certain, nothing is cut off that a reader of the rest would miss.
        let claims: Vec<usize> = all.iter().copied().filter(|&at| new(at)).collect();
        if !self.shared && !claims.is_empty() {
            let span = self.sentence.span;
            return vec![New { span, parts: vec![span], probability: self.mean(&claims) }];
        }
        // A claim may be interrupted by another: go by its pieces.
        let mut pieces: Vec<(&Part, usize)> =
            all.iter().flat_map(|&at| self.clauses[at].pieces.iter().map(move |piece| (piece, at))).collect();
        pieces.sort_by_key(|(piece, _)| piece.words.start);
        let mut found: Vec<New> = Vec::new();
        for run in pieces.chunk_by(|a, b| new(a.1) == new(b.1)).filter(|run| new(run[0].1)) {
            let mut claims: Vec<usize> = run.iter().map(|&(_, at)| at).collect();
            claims.dedup();
            let whole = |&at: &usize| {
                let inside = run.iter().filter(|(_, claim)| *claim == at).count();
                self.clauses[at].asserts && inside == self.clauses[at].pieces.len()
            };
            if !claims.iter().any(whole) {
                continue;
            }
            let part = Span::new(run[0].0.span.start, run[run.len() - 1].0.span.end);
            let mut span = part;
            if !is_balanced(span.of(self.text)) {
                span = claims.iter().map(|&at| self.clauses[at].part.span).fold(span, hull);
            }
            let Some(span) = self.readable(span, part, &claims) else { continue };
            add(&mut found, New { span, parts: vec![part], probability: self.mean(&claims) });
        }
        found
    }

    /// What has to be shown for some new claims: they themselves, with their subject, or the sentence.
    fn readable(&self, span: Span, part: Span, claims: &[usize]) -> Option<Span> {
        let whole = claims.iter().map(|&at| self.clauses[at].part.span).fold(span, hull);
        let shown = [span, whole].into_iter().find(|&span| self.reads_alone(span));
        shown.or_else(|| self.is_news(part).then_some(self.sentence.span))
    }

    /// The runs of words that nothing covers so far: the end of a new claim, or something new by itself.
    fn add_left_over(&self, found: &mut Vec<New>) {
        let told = |at: usize| self.told.iter().any(|span| span.contains(self.words[at].span));
        let new = |found: &[New], at: usize| found.iter().position(|new| new.span.contains(self.words[at].span));
        let mut at = 0;
        while at < self.words.len() {
            let start = at;
            while at < self.words.len() && !told(at) && new(found, at).is_none() {
                at += 1;
            }
            let end = at;
            at += usize::from(end == start);
            let Some(part) = self.trimmed(start, end) else { continue };
            let probability = self.newness_of(start, end);
            if !self.is_news(part) || probability < MIN_BESIDE {
                continue;
            }
            let stands = self.clauses.iter().any(|clause| clause.stands && part.contains(clause.part.span));
            let beside = [start.checked_sub(1), (end < self.words.len()).then_some(end)].into_iter().flatten();
            let cut = beside
                .filter_map(|at| new(found, at))
                .find(|&at| probability >= MIN_PROBABILITY * found[at].probability);
            let alone = stands && self.reads_alone(part);
            let span = match cut {
                _ if alone => part,
                Some(beside) => hull(found[beside].span, part),
                None => self.sentence.span,
            };
            add(found, New { span, parts: vec![part], probability });
        }
    }

    /// The words from one on to another, without what joins them to the rest.
    fn trimmed(&self, start: usize, end: usize) -> Option<Span> {
        let words = self.words[start..end].iter().map(|word| word.span);
        let first = words.clone().find(|word| !is_joining(word.of(self.text)))?;
        let last = words.clone().rfind(|word| !is_joining(word.of(self.text)))?;
        let end = if last.end < self.words[end - 1].span.end { end - 1 } else { end };
        // Marks that hang on the first and on the last word.
        let before = start.checked_sub(1).map_or(self.sentence.span.start, |before| self.words[before].span.end);
        let after = self.words.get(end).map_or(self.sentence.span.end, |after| after.span.start);
        let lead = if first.start == self.words[start].span.start { &self.text[before..first.start] } else { "" };
        let lead = lead.rsplit(char::is_whitespace).next().unwrap_or("");
        let lead = lead.trim_start_matches(|c: char| !matches!(c, '"' | '“' | '«' | '‘' | '('));
        let tail = &self.text[last.end..after];
        let tail = tail.split(char::is_whitespace).next().unwrap_or("");
        let tail =
            if end < self.words.len() { tail.trim_end_matches([',', ';', ':', '—', '–', '-']) } else { tail };
        Some(Span::new(first.start - lead.len(), last.end + tail.len()))
    }

    /// Whether a part is long enough to tell something, and does not only say to whom somebody said what others have too.
    pub fn is_news(&self, part: Span) -> bool {
        let inside = self.words.iter().filter(|word| part.contains(word.span));
        let says = inside.clone().take(SPEAKER).any(|word| is_saying(&word.span.of(self.text).to_lowercase()));
        if says && !has_mark(part.of(self.text)) && has_mark(self.sentence.span.of(self.text)) {
            return false;
        }
        inside.clone().count() >= MIN_WORDS && inside.filter(|word| word.weight > 0.0).count() >= MIN_TELLING
    }

    fn reads_alone(&self, span: Span) -> bool {
        !self.language.has_rules()
            || reads_alone(self.text, self.sentence.span, span) && !hangs(self.text, self.sentence.span, span)
    }

    /// Where the new parts are nearly all that is shown, nothing has to be named.
    fn name_parts(&self, new: &mut New) {
        let weight = |span: Span| -> f32 {
            self.words.iter().filter(|word| span.contains(word.span)).map(|word| word.weight).sum()
        };
        let named: f32 = new.parts.iter().map(|&part| weight(part)).sum();
        if !self.shared || named >= MOSTLY * weight(new.span) {
            new.parts = vec![new.span];
        }
    }

    fn mean(&self, claims: &[usize]) -> f32 {
        claims.iter().map(|&at| self.newness[at]).sum::<f32>() / claims.len().max(1) as f32
    }

    /// How new the claims of some words are, on average over the words.
    fn newness_of(&self, start: usize, end: usize) -> f32 {
        let of = |at: usize| self.clauses.iter().position(|clause| clause.words().any(|word| word == at));
        (start..end).map(|at| of(at).map_or(0.0, |claim| self.newness[claim])).sum::<f32>()
            / (end - start).max(1) as f32
    }
}

/// What hangs on the word before it.
pub(super) const RELATIVE: &[&str] = &["that", "which", "who", "whom", "whose"];

/// Whether a stretch hangs on what stands around it in its sentence: the second of two nouns, "the names or | races of the
/// crew, who were ...", "thanked the divers and | everyone who helped", a time that says when something else was, half of a
/// name, or "one" of what stands before.
fn hangs(text: &str, sentence: Span, span: Span) -> bool {
    const TIMES: &[&str] = &["after", "ago", "before", "earlier", "later"];
    /// "one week after", "some two and a half years before"
    const AMONG: usize = 6;
    let said = span.of(text);
    let forms: Vec<&str> = words(said).iter().map(|word| word.span.of(said)).collect();
    let tail = Span::new(span.end.min(sentence.end), sentence.end).of(text);
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let halved = forms.last().is_some_and(|last| capital(last))
        && tail.strip_prefix(" and ").is_some_and(capital)
        && !tail[" and ".len()..]
            .split_whitespace()
            .nth(1)
            .is_some_and(|next| is_verb(next.trim_end_matches(['.', ',']), None));
    if span.start <= sentence.start || forms.first().is_none_or(|first| capital(first)) {
        return halved;
    }
    let lead = text[sentence.start..span.start].trim_end();
    let without_verb = |end: usize| !(1..end).any(|at| is_verb(forms[at], Some(forms[at - 1])));
    let noun = forms.iter().position(|form| RELATIVE.contains(form)).is_some_and(without_verb);
    let timed = forms.iter().take(AMONG).position(|form| TIMES.contains(form)).is_some_and(without_verb);
    let one = forms.len() > 1 && forms[forms.len() - 1] == "one" && is_verb(forms[forms.len() - 2], None);
    halved || noun || timed || one || lead.ends_with(" or") || halves_a_list(lead)
}

/// Whether the "and" at the end of this joins two nouns, and not two claims: what stands before it has no verb, back to the mark
/// or the joint before. "... were hurt -- two women and | one man -- were taken to hospital", "where the brothers and | a diver
/// swam".
pub(super) fn halves_a_list(lead: &str) -> bool {
    let joined = lead.trim_end();
    let Some(before) = joined.strip_suffix(" and").or(joined.strip_suffix(" or")) else { return false };
    let marks = |c: char| matches!(c, ',' | ';' | ':' | '—' | '–' | '(' | '"' | '“' | '”');
    let joints = [" and ", " or ", " but ", " that ", " when ", " where ", " which ", " who ", "--"];
    let start = joints.iter().filter_map(|joint| Some(before.rfind(joint)? + joint.len())).max().unwrap_or(0);
    let noun = &before[start..];
    let noun = noun.rsplit(marks).next().unwrap_or(noun);
    let forms: Vec<&str> = words(noun).iter().map(|word| word.span.of(noun)).collect();
    let verb = |at: usize| is_verb(&forms[at].to_lowercase(), at.checked_sub(1).map(|before| forms[before]));
    !forms.is_empty() && !(0..forms.len()).any(verb)
}

/// Adds something new, to what is shown already where the two overlap.
fn add(found: &mut Vec<New>, mut new: New) {
    while let Some(at) = found.iter().position(|other| other.span.overlaps(new.span)) {
        let other = found.remove(at);
        new.span = hull(other.span, new.span);
        new.probability = new.probability.max(other.probability);
        new.parts.extend(other.parts);
        new.parts.sort_unstable();
    }
    let at = found.partition_point(|other| other.span.start < new.span.start);
    found.insert(at, new);
}

fn hull(a: Span, b: Span) -> Span {
    Span::new(a.start.min(b.start), a.end.max(b.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::of_one_sentence;
    use crate::story::Story;

    /// What is shown of a sentence, and what of it is named as new; `told` stands in a shared statement.
    fn new_parts(text: &str, told: &[&str], newness: &[f32]) -> Vec<(String, Vec<String>)> {
        let (articles, sentences) = of_one_sentence(&[text]);
        let story = Story::new(&articles, &sentences, Language::English);
        assert_eq!(story.clauses[0].len(), newness.len(), "{:?}", story.clauses[0]);
        let place = |part: &&str| text.find(*part).map(|start| Span::new(start, start + part.len())).unwrap();
        let told: Vec<Span> = told.iter().map(place).collect();
        let place = Place {
            text,
            sentence: &sentences[0],
            clauses: &story.clauses[0],
            words: &story.words[0],
            newness,
            language: Language::English,
            shared: !told.is_empty(),
            told: &told,
        };
        let of = |span: Span| span.of(text).to_owned();
        place.new_parts().into_iter().map(|new| (of(new.span), new.parts.into_iter().map(of).collect())).collect()
    }

    #[test]
    fn what_hangs_on_the_words_around_it_is_not_shown_alone() {
        for (text, part, is) in [
            (
                "Holt did not give the names or races of the crew, who were sent home.",
                "races of the crew, who were sent home.",
                true,
            ),
            (
                "Holt thanked all divers and everyone who helped in the flood.",
                "everyone who helped in the flood.",
                true,
            ),
            (
                "A keeper died on Monday — one week after the lock had burst.",
                "one week after the lock had burst.",
                true,
            ),
            ("The crews were to have boats but none of the keepers had one.", "none of the keepers had one.", true),
            ("The lock fell and the mass will be at Tarvin and Holt Chapel.", "the mass will be at Tarvin", true),
            (
                "Three were hurt -- two women and one man -- were taken to the port.",
                "one man -- were taken to the port.",
                true,
            ),
            ("They sat where the brothers and the diver swam.", "the diver swam.", true),
            ("The dam broke and the diver swam.", "the diver swam.", false),
            ("The dam, which broke, and the diver swam.", "the diver swam.", false),
            ("The lock fell and Ina Holt left Tarvin and Soto said so.", "Ina Holt left Tarvin", false),
            ("The lock fell and divers left for Dale after it rained.", "divers left for Dale after it rained.", false),
            (
                "The lock fell and police met the keeper who had shut it.",
                "police met the keeper who had shut it.",
                false,
            ),
        ] {
            let start = text.find(part).unwrap();
            let span = Span::new(start, start + part.len());
            assert_eq!(hangs(text, Span::new(0, text.len()), span), is, "{text}");
        }
    }

    #[test]
    fn the_new_part_of_a_sentence_is_told_by_itself_or_named() {
        let donors = "Two men were hurt, and the hospital has put out an appeal for blood donors.";
        let appeal = "the hospital has put out an appeal for blood donors.";
        let visit = "The minister visited Raven Bay on Monday and was heckled outside the library.";
        let heckled = "was heckled outside the library.";
        let short = "Two men were hurt, and Holt left.";
        let quote = "“Two men were hurt in there,” she told those who had come to hear her.";
        for (text, told, newness, shown, named) in [
            (donors, &["Two men were hurt"][..], &[0.1, 0.4][..], Some(appeal), appeal),
            (donors, &["Two men were hurt"], &[0.1, 0.8], Some(appeal), appeal),
            (donors, &["Two men were hurt"], &[0.1, 0.1], None, ""),
            (donors, &[], &[0.8, 0.8], Some(donors), donors),
            (donors, &[], &[0.1, 0.8], Some(donors), donors),
            (donors, &[], &[0.1, 0.1], None, ""),
            (visit, &["The minister visited Raven Bay on Monday"], &[0.1, 0.6], Some(visit), heckled),
            (visit, &["The minister visited Raven Bay on Monday"], &[0.1, 0.3], Some(visit), heckled),
            (short, &["Two men were hurt"], &[0.1, 0.4], None, ""),
            (quote, &["“Two men were hurt in there,”"], &[0.1, 0.6], None, ""),
        ] {
            let expected = shown.map(|shown| (shown.to_owned(), vec![named.to_owned()]));
            assert_eq!(new_parts(text, told, newness), Vec::from_iter(expected), "{text} {newness:?}");
        }
    }
}
