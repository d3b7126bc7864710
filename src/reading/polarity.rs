//! Which words of a sentence are under a "not" or a "may".
//!
//! A cue holds for the words that follow it up to the end of its clause, as far as [`REACH`]: scope by order of words,
//! as NegEx does it (Chapman et al. 2001), since there is no parser.

use crate::align::{Kind, Lexicon, Word};

/// Content words that a cue reaches.
const REACH: usize = 5;

const NEGATIONS: &[&str] = &[
    "not",
    "no",
    "never",
    "none",
    "nothing",
    "nobody",
    "neither",
    "nor",
    "cannot",
    "without",
    "unable",
    "won't",
    "don't",
    "doesn't",
    "didn't",
    "isn't",
    "aren't",
    "wasn't",
    "weren't",
    "haven't",
    "hasn't",
    "hadn't",
    "can't",
    "wouldn't",
    "shouldn't",
    "couldn't",
    "cant",
    "didnt",
    "doesnt",
    "dont",
    "isnt",
    "wasnt",
    "denied",
    "denies",
    "deny",
    "denying",
    "failed",
    "refused",
    "refuses",
    "refuse",
    "declined",
    "fails",
    "rejected",
    "untrue",
    "false",
];
/// After these a "not" turns nothing round.
const NOT_ALONE: &[&str] = &["only", "just", "merely", "doubt", "matter", "more", "less", "fewer", "sooner", "later"];
const MODALS: &[&str] = &[
    "may",
    "might",
    "could",
    "would",
    "possibly",
    "perhaps",
    "allegedly",
    "reportedly",
    "apparently",
    "probably",
    "likely",
];
/// With "to" after them: "plans to close", "threatened to close".
const INTENTS: &[&str] = &[
    "plan",
    "plans",
    "planned",
    "planning",
    "threaten",
    "threatens",
    "threatened",
    "threatening",
    "intend",
    "intends",
    "intended",
    "meant",
    "hope",
    "hopes",
    "hoped",
    "want",
    "wants",
    "wanted",
    "propose",
    "proposes",
    "proposed",
    "seek",
    "seeks",
    "sought",
    "expected",
    "considering",
    "attempted",
    "tried",
    "vowed",
    "vows",
    "likely",
    "set",
    "due",
    "ready",
    "preparing",
    "agreed",
    "promised",
    "pledged",
    "wish",
    "wishes",
    "believed",
    "suspected",
    "alleged",
    "thought",
];

/// What holds for each word of a sentence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Polarity {
    /// The cue that negates each word, as an index into the words.
    pub negated: Vec<Option<usize>>,
    /// The cue that makes each word a mere possibility or plan.
    pub hedged: Vec<Option<usize>>,
    /// Whether the sentence asks or supposes.
    pub supposed: bool,
}

impl Polarity {
    /// Reads the words of a sentence.
    pub fn new(text: &str, words: &[Word], lexicon: &Lexicon) -> Self {
        let form = |at: usize| words.get(at).map_or("", |word| lexicon.forms[word.form as usize].text.as_str());
        let mut polarity = Self {
            negated: vec![None; words.len()],
            hedged: vec![None; words.len()],
            supposed: text.trim_end().ends_with('?') || matches!(form(0), "if" | "unless" | "should"),
        };
        for at in 0..words.len() {
            let written = words[at].span.of(text);
            let small = written.starts_with(char::is_lowercase);
            let cue = form(at).replace('’', "'");
            let ruled_out = cue == "ruled" && form(at + 1) == "out";
            // "has yet to rule", "are yet to be found"
            let auxiliary = at > 0 && matches!(form(at - 1), "has" | "have" | "had" | "is" | "are" | "was" | "were");
            let yet_to = cue == "yet" && form(at + 1) == "to" && auxiliary;
            // "no higher than the hut" sets a limit.
            let limits = cue == "no" && form(at + 2) == "than";
            let alone = !NOT_ALONE.contains(&form(at + 1)) && !limits;
            if (NEGATIONS.contains(&cue.as_str()) || ruled_out || yet_to) && alone {
                let infinitive = !matches!(&*cue, "failed" | "refused" | "refuses" | "refuse" | "declined" | "fails")
                    || form(at + 1) == "to";
                if infinitive {
                    mark(text, words, at, &mut polarity.negated);
                }
            }
            // "in May" is no modal.
            let modal = MODALS.contains(&cue.as_str()) && (small || at == 0) && words[at].kind != Kind::Name;
            let intent = INTENTS.contains(&cue.as_str()) && (form(at + 1) == "to" || cue == "considering");
            if modal || intent {
                mark(text, words, at, &mut polarity.hedged);
            }
        }
        polarity
    }
}

/// Sets the cue of the words it reaches; a second cue undoes the first.
fn mark(text: &str, words: &[Word], cue: usize, marks: &mut [Option<usize>]) {
    let mut reached = 0;
    for at in cue + 1..words.len() {
        // What is quoted ends with its quotation.
        if text[words[at - 1].span.end..words[at].span.start].contains(['"', '“', '”', '«', '»']) {
            break;
        }
        if words[at].starts_clause && at > cue + 1 && !matches!(words[at].kind, Kind::Name | Kind::Number)
            || reached >= REACH
        {
            break;
        }
        if words[at].kind != Kind::Function {
            reached += 1;
            marks[at] = match marks[at] {
                Some(_) => None,
                None => Some(cue),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, of: fn(&Polarity) -> &Vec<Option<usize>>) -> String {
        let mut lexicon = Lexicon::new();
        let words = lexicon.read(text, |_| true);
        let polarity = Polarity::new(text, &words, &lexicon);
        let marked = words.iter().zip(of(&polarity)).filter(|(_, cue)| cue.is_some());
        marked.map(|(word, _)| word.span.of(text)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_cue_holds_to_the_end_of_its_clause() {
        for (text, negated) in [
            ("No fuel had leaked from the ship, he said.", "fuel leaked ship"),
            ("Nobody was hurt.", "hurt"),
            ("They ruled out a leak.", "leak"),
            ("It did not close, but traffic stopped.", "close"),
            ("Not only fuel leaked.", ""),
            ("It failed to close.", "close"),
            ("It has yet to close.", "close"),
            ("It closed, yet to no avail.", "avail"),
            ("The failed bank closed.", ""),
            ("He did not deny paying.", "deny"),
            ("Fuel leaked.", ""),
        ] {
            assert_eq!(marked(text, |polarity| &polarity.negated), negated, "{text}");
        }
    }

    #[test]
    fn a_modal_is_no_month() {
        for (text, hedged) in [
            ("It may open soon.", "open soon"),
            ("It opened in May amid cheers.", ""),
            ("Norland threatens to close the strait.", "close strait"),
            ("They plan a park.", ""),
        ] {
            assert_eq!(marked(text, |polarity| &polarity.hedged), hedged, "{text}");
        }
    }
}
