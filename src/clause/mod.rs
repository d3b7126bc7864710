//! Floor 5. The parts of a sentence: pieces between marks and conjunctions, and clauses, each of which makes one claim.
//!
//! No parser: marks, conjunctions and verb forms find most boundaries in English prose; in a language whose verbs are
//! not listed a sentence is one clause, and marks alone cut its pieces. A clause may be discontinuous: what a relative
//! clause interrupts goes on behind it. [`Clause::part`] is what a reader has to be shown for it: the subject of a bare
//! verb, the source of what is said, a whole quotation. Linear in the words.

mod alone;
mod endings;
mod phrases;
mod pieces;
mod quotes;
mod role;
mod scraps;
mod source;
mod verb;
mod words;

use std::ops::Range;
use std::sync::LazyLock;

pub use alone::{is_bare_speech, is_opener, leaves_open, reads_alone, without_dateline};
pub use endings::endings;
pub use phrases::compressed;
use pieces::{JOINING, Piece, part_span, pieces};
use role::{Role, doubts, governs, role, turns};
use rustc_hash::FxHashSet;

pub use quotes::{ends_single, is_balanced, opens_single, quotation};
pub use scraps::{is_bare, is_scrap, without_stray_marks};
pub use source::without_source;
pub use verb::is_verb;

use crate::language::list;
use crate::span::{Span, TermId};

/// One word of a sentence, with what it tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Word {
    /// Where it stands in its article.
    pub span: Span,
    /// Its lower-cased form.
    pub term: TermId,
    /// How much it tells; 0 for function words.
    pub weight: f32,
}

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its words, as indices into the sentence's words.
    pub words: Range<usize>,
    /// Where it stands in the article, without joining marks and conjunctions at its ends.
    pub span: Span,
}

/// A clause and the pieces it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The stretch that says what the clause claims: its pieces, and what they cannot do without.
    pub part: Part,
    /// Its own pieces, in order.
    pub pieces: Vec<Part>,
    /// Whether that stretch has a subject and a verb.
    pub stands: bool,
    /// Whether it has a verb at all.
    pub asserts: bool,
    /// Whether the sentence takes back what another part of it says; it is one clause then.
    pub retracts: bool,
}

impl Clause {
    /// Its own words, as indices into the sentence's words.
    pub fn words(&self) -> impl Iterator<Item = usize> + '_ {
        self.pieces.iter().flat_map(|piece| piece.words.clone())
    }
}

/// Words beyond which a sentence is no sentence, and is one clause.
pub const MAX_WORDS: usize = 400;

/// The clauses of the sentence at `sentence` in `text`; every word is in exactly one piece of one clause.
pub fn clauses(text: &str, sentence: Span, words: &[Span]) -> Vec<Clause> {
    if words.len() > MAX_WORDS {
        let range = 0..words.len();
        let part = Part { span: part_span(text, sentence, words, &range), words: range };
        return vec![Clause { pieces: vec![part.clone()], part, stands: true, asserts: true, retracts: false }];
    }
    let pieces = pieces(text, words);
    let whole = pieces.iter().skip(1).any(|piece| turns(text, &words[piece.words.clone()])) || doubts(text, words);
    let drafts = if whole { vec![Draft::whole(pieces.len())] } else { drafts(text, words, &pieces) };
    let clause = |draft: &Draft| Clause { retracts: whole, ..draft.clause(text, sentence, words, &pieces, &drafts) };
    drafts.iter().map(clause).collect()
}

/// A clause in the making.
#[derive(Debug)]
struct Draft {
    /// Indices of its pieces.
    pieces: Vec<usize>,
    role: Role,
    /// Whether it has its verb.
    complete: bool,
    /// The clause that has its subject, or says whose word it is.
    base: Option<usize>,
}

impl Draft {
    fn whole(n_pieces: usize) -> Self {
        Self { pieces: (0..n_pieces).collect(), role: Role::Main, complete: true, base: None }
    }

    /// Whether it says who says what follows.
    fn is_said(&self, text: &str, words: &[Span], pieces: &[Piece]) -> bool {
        self.pieces.iter().any(|&piece| governs(text, &words[pieces[piece].words.clone()]))
    }

    fn clause(&self, text: &str, sentence: Span, words: &[Span], pieces: &[Piece], drafts: &[Draft]) -> Clause {
        let part = |range: Range<usize>| Part { span: part_span(text, sentence, words, &range), words: range };
        let mut first = self.pieces[0];
        let mut last = self.pieces[self.pieces.len() - 1];
        let mut base = self.base;
        while let Some(at) = base {
            first = first.min(drafts[at].pieces[0]);
            base = drafts[at].base.filter(|&next| next < at);
        }
        let mut start = pieces[first].words.start;
        let opener = lower(words[start].of(text));
        if first == self.pieces[0] && STRIPPED.contains(&&*opener) && self.role == Role::Subordinate {
            start += 1;
        }
        let hull = |start: usize, last: usize| part(start..pieces[last].words.end);
        let mut whole = hull(start, last);
        while !is_balanced(whole.span.of(text)) && (last + 1 < pieces.len() || first > 0) {
            if last + 1 < pieces.len() {
                last += 1;
            } else {
                first -= 1;
                start = pieces[first].words.start;
            }
            whole = hull(start, last);
        }
        // Words between quotation marks have a speaker.
        let quotes = |text: &str| text.contains(['"', '“', '«']);
        if last + 1 < pieces.len() && quotes(whole.span.of(text)) {
            let is = |at: usize, wanted: Role| {
                pieces.get(at).is_some_and(|piece| role(text, words, &piece.words, piece.apart) == wanted)
            };
            if is(last + 1, Role::Source) {
                last += 1;
                // "said its chief executive, Ina Holt"
                while is(last + 1, Role::Fragment) {
                    last += 1;
                }
                whole = hull(start, last);
            }
        }
        let own = |&at: &usize| part(pieces[at].words.clone());
        let stands = self.role == Role::Main
            || matches!(self.role, Role::Predicate | Role::Complement) && self.base.is_some()
            || self.role == Role::Subordinate && start > pieces[first].words.start;
        let asserts = self.complete && !matches!(self.role, Role::Fragment | Role::Source | Role::Condition);
        Clause {
            part: whole,
            pieces: self.pieces.iter().map(own).collect(),
            stands: stands && self.complete,
            asserts,
            retracts: false,
        }
    }
}

/// Conjunctions without which the clause behind them can be read.
const STRIPPED: &[&str] = &["after", "as", "because", "since", "when"];
/// A clause that leans on another is a claim of its own from this many words on.
const MIN_CLAIM: usize = 4;
const MIN_PARTICIPLE: usize = 3;

fn drafts(text: &str, words: &[Span], pieces: &[Piece]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    // The clause that waits for its verb, and the last one with a subject.
    let (mut open, mut subject): (Option<usize>, Option<usize>) = (None, None);
    for (at, piece) in pieces.iter().enumerate() {
        let mut role = role(text, words, &piece.words, piece.apart);
        let n_words = piece.words.len();
        let leans = matches!(role, Role::Relative | Role::Subordinate | Role::Nominal);
        if leans && n_words < MIN_CLAIM || role == Role::Participle && n_words < MIN_PARTICIPLE {
            role = Role::Fragment;
        }
        if role == Role::Nominal && open.is_some() {
            role = Role::Fragment;
        }
        let last = drafts.len().checked_sub(1);
        let joining = JOINING.contains(&&*lower(words[piece.words.start].of(text)));
        let comma = at > 0 && !pieces[at - 1].words.is_empty() && {
            let gap = &text[words[piece.words.start - 1].end..words[piece.words.start].start];
            gap.contains(',')
        };
        // "Ferries start at dawn, and mourners will hold a vigil": a verb that no list knows.
        if let Some(waiting) = open.filter(|_| role == Role::Main && joining && comma) {
            let draft = &mut drafts[waiting];
            if draft.pieces.len() == 1 && pieces[draft.pieces[0]].words.len() >= MIN_CLAIM {
                (draft.complete, draft.role, open, subject) = (true, Role::Main, None, Some(waiting));
            }
        }
        let resumed = open.filter(|_| matches!(role, Role::Main | Role::Predicate | Role::Complement));
        // "... although one assistant, aged 58, was treated": a subject that waits for its verb.
        let waits = role == Role::Fragment && joining && comma && open.is_none();
        let joined = match role {
            _ if resumed.is_some() => resumed,
            Role::Condition | Role::Source => last,
            Role::Fragment => last.filter(|_| !(waits || piece.apart && open.is_none() && n_words > 1)),
            _ => None,
        };
        if let Some(joined) = joined {
            drafts[joined].pieces.push(at);
            if resumed.is_some() {
                (drafts[joined].complete, drafts[joined].role) = (true, Role::Main);
                (open, subject) = (None, Some(joined));
            }
            continue;
        }
        let complete = !matches!(role, Role::Fragment | Role::Source | Role::Condition) || piece.apart;
        let base = match role {
            Role::Predicate | Role::Complement => subject,
            Role::Main => subject.filter(|&base| !piece.apart && drafts[base].is_said(text, words, pieces)),
            _ => None,
        };
        match role {
            Role::Main => subject = Some(drafts.len()),
            _ if !complete => open = Some(drafts.len()),
            _ => {}
        }
        drafts.push(Draft { pieces: vec![at], role, complete, base });
    }
    // A subject whose verb never came belongs to what stands before it.
    if let Some(waiting) = open.filter(|&waiting| waiting > 0) {
        let draft = drafts.remove(waiting);
        drafts[waiting - 1].pieces.extend(draft.pieces);
        drafts[waiting - 1].pieces.sort_unstable();
        let shift = |base: usize| if base >= waiting { base - 1 } else { base };
        drafts.iter_mut().for_each(|draft| draft.base = draft.base.map(shift));
    }
    drafts
}

fn lower(word: &str) -> String {
    word.to_lowercase()
}

/// Whether a lower-cased word is a verb that gives a source: "said", "told".
pub fn is_saying(word: &str) -> bool {
    role::SAYING.contains(&word)
}

/// Whether a word joins clauses of equal rank: "and", "while".
pub fn is_joining(word: &str) -> bool {
    JOINING.contains(&&*lower(word))
}

/// Whether a lower-cased word tells nothing by itself.
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(word)
}

/// Whether a lower-cased word is a finite verb that no ending gives away: "ran", "is", "says".
pub fn is_finite_verb(word: &str) -> bool {
    verb::is_finite(word)
}

static FUNCTION_WORDS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| list(include_str!("function.txt")).split_whitespace().collect());

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::words;

    fn cut(text: &str) -> Vec<&str> {
        let words: Vec<_> = words(text).iter().map(|word| word.span).collect();
        let clauses = clauses(text, Span::new(0, text.len()), &words);
        let mut covered: Vec<_> =
            clauses.iter().flat_map(|clause| clause.pieces.iter()).flat_map(|p| p.words.clone()).collect();
        covered.sort_unstable();
        assert_eq!(covered, (0..words.len()).collect::<Vec<_>>());
        clauses.iter().map(|clause| clause.part.span.of(text)).collect()
    }

    #[test]
    fn function_words_tell_nothing() {
        assert!(is_function_word("the") && !is_function_word("bridge"));
    }

    #[test]
    fn a_sentence_is_cut_into_its_claims() {
        for (text, expected) in [
            ("", vec![]),
            ("Two ships collided at 5:42 on Monday.", vec!["Two ships collided at 5:42 on Monday."]),
            (
                "A fisherman dragged four people from the water after a ship smashed into the bridge.",
                vec!["A fisherman dragged four people from the water", "a ship smashed into the bridge."],
            ),
            ("Cargo ship hits bridge, killing two workers", vec!["Cargo ship hits bridge", "killing two workers"]),
            (
                "Fourteen people were injured, three of them critically, and one worker was still missing.",
                vec!["Fourteen people were injured, three of them critically", "one worker was still missing."],
            ),
            // A bare verb has its subject with it, and what somebody says its source.
            (
                "The ship was held in Hesse in March, and was released after four days.",
                vec![
                    "The ship was held in Hesse in March",
                    "The ship was held in Hesse in March, and was released after four days.",
                ],
            ),
            (
                "The owner said the captain had asked for a tug and that the request was refused.",
                vec![
                    "The owner said the captain had asked for a tug",
                    "The owner said the captain had asked for a tug and that the request was refused.",
                ],
            ),
            // A quotation is whole.
            (
                "“Families are owed the truth, and they will get it,” Rehn told reporters.",
                vec![
                    "“Families are owed the truth, and they will get it,” Rehn told reporters.",
                    "“Families are owed the truth, and they will get it,” Rehn told reporters.",
                ],
            ),
            // What is retracted or depends on something stays with it.
            (
                "Early reports said a boy was hurt, but that information was incorrect.",
                vec!["Early reports said a boy was hurt, but that information was incorrect."],
            ),
            ("If the dam breaks, the town will be flooded.", vec!["If the dam breaks, the town will be flooded."]),
            ("It was her first trip since she won.", vec!["It was her first trip since she won."]),
            // A relative clause does not end what it interrupts.
            (
                "Ina Holt, who runs the port, announced an inquiry.",
                vec!["Ina Holt, who runs the port, announced an inquiry.", "who runs the port"],
            ),
            (
                "Neighbours who plan to build it should look elsewhere, the senator said.",
                vec!["Neighbours who plan to build it should look elsewhere, the senator said."],
            ),
            (
                "Lina Abara, 29, and Marek Soto, 41, were killed.",
                vec!["Lina Abara, 29, and Marek Soto, 41, were killed."],
            ),
            (
                "Repairs could cost $40 million—the city has $2.4 billion.",
                vec!["Repairs could cost $40 million", "the city has $2.4 billion."],
            ),
        ] {
            assert_eq!(cut(text), expected);
        }
    }

    #[test]
    fn a_clause_stands_with_subject_and_verb() {
        let stands = |text: &str| {
            let words: Vec<_> = words(text).iter().map(|word| word.span).collect();
            let clauses = clauses(text, Span::new(0, text.len()), &words);
            clauses.iter().map(|clause| (clause.stands, clause.asserts)).collect::<Vec<_>>()
        };
        assert_eq!(stands("Cargo ship hits bridge, killing two workers"), [(true, true), (false, true)]);
        assert_eq!(stands("Questions for ministers"), [(false, false)]);
    }

    #[test]
    fn what_takes_back_or_doubts_is_one_clause() {
        for (text, retracts) in [
            ("An inspection was booked for May but it never took place.", true),
            ("Holt says that the inspection was booked and never happened.", true),
            ("The talks were set for May, and did not come about.", true),
            ("Early reports said a boy was hurt, but that information was incorrect.", true),
            ("Engineers have cast doubt over claims that the dam was safe.", true),
            ("Reports that the dam had cracked were false, the mayor said.", true),
            ("It is not true that the dam has cracked.", true),
            ("A rumour that the dam had cracked emptied the valley.", true),
            ("Reports that the dam had cracked emptied the valley.", false),
            ("The vote took place in May, and it was close.", false),
            ("Nothing like it had happened, and nobody was hurt.", false),
            ("The dam was built in May, and it never took water.", false),
            ("It never took place.", false),
        ] {
            let words: Vec<_> = words(text).iter().map(|word| word.span).collect();
            let clauses = clauses(text, Span::new(0, text.len()), &words);
            assert_eq!(clauses[0].retracts, retracts, "{text}");
        }
    }

    #[test]
    fn degrees_and_parts_of_a_phrase_open_no_clause() {
        for text in [
            "She has so far declined to say whether she trusts him.",
            "The unit was sold as part of an effort to pay what the port says it owes.",
            "The man who shot into a crowd killing a woman faces four charges.",
        ] {
            assert_eq!(cut(text), [text]);
        }
    }
}
