//! Whether a stretch of a sentence can be printed by itself: nothing before or after it is needed to read it, and
//! nothing that is left out changes what it says.

use super::pieces::{JOINING, OUTCOMES, RELATIVE, TURNING};
use super::quotes::{closes_only, opens_only};
use super::role::{SAYING, is_adverb};
use super::scraps::without_list_mark;
use super::verb::{asserts, is_finite, is_number, is_verb};
use super::{is_balanced, lower};
use crate::clean::is_date_or_time;
use crate::span::Span;

/// Words that point at something said before, or go on from it.
const POINTING: &[&str] = &[
    "and", "being", "but", "he", "her", "hers", "him", "his", "it", "its", "she", "that", "their", "theirs", "them",
    "these", "they", "this", "those", "which", "who", "whom", "whose",
];
const APOSTROPHES: [char; 2] = ['\'', '’'];
const MARKS: [(char, char); 4] = [('“', '”'), ('"', '"'), ('«', '»'), ('‘', '’')];
/// Words of whoever speaks.
const OWN: &[&str] = &["i", "me", "my", "our", "us", "we"];
/// What may stand before the subject and says nothing of it.
const OPENERS: &[&str] = &[
    "also",
    "here",
    "however",
    "instead",
    "later",
    "meanwhile",
    "moreover",
    "nevertheless",
    "now",
    "so",
    "still",
    "then",
    "there",
    "therefore",
    "though",
    "thus",
    "too",
    "yet",
];
/// Whether a lower-cased word may stand before the subject and says nothing of it: "then", "however".
pub fn is_opener(word: &str) -> bool {
    OPENERS.contains(&word)
}

/// Marks that part two claims.
const PARTING: [char; 4] = [';', '—', '–', '|'];
/// What stands between two claims rather than between two verbs of one.
const PAUSES: [char; 3] = [',', ';', '—'];
const BE: &[&str] = &["are", "be", "been", "is", "was", "were"];
/// So many words at the end of a sentence give the source of all of it: "..., the port's director said".
const SOURCE: usize = 5;
/// Words besides the verbs of saying by which a sentence says that it is not the reporter who claims something.
const HEDGES: &[&str] = &["according", "allegedly", "if", "reportedly", "unless", "whether"];

/// Without the place, the day and the agency before an article's first sentence, without the mark of a list, and without the
/// label of a newsroom and the time on it.
pub fn without_dateline(text: &str, span: Span) -> Span {
    let span = without_place(text, span);
    let rest = without_label(span.of(text));
    if rest.is_empty() { span } else { Span::new(span.end - rest.len(), span.end) }
}

/// What newsrooms print before a sentence.
const LABELS: &[&str] = &["BREAKING", "DEVELOPING", "EXCLUSIVE", "UPDATED", "UPDATE", "VIDEO", "WATCH"];
/// What follows "UPDATE:", "UPDATE 8:40 AM:", "UPDATE: 8:40 AM:". A time without a label is when something happened.
fn without_label(said: &str) -> &str {
    let Some(rest) = LABELS.iter().find_map(|label| said.strip_prefix(label)) else { return said };
    let stamped = |rest: &'_ str| {
        let (stamp, after) = rest.split_once(": ")?;
        (stamp.trim().is_empty() || is_date_or_time(stamp)).then(|| rest.len() - after.trim_start().len())
    };
    let Some(start) = stamped(rest) else { return said };
    let rest = &rest[start..];
    stamped(rest).map_or(rest, |start| &rest[start..])
}

fn without_place(text: &str, span: Span) -> Span {
    const LONGEST: usize = 60;
    let span = Span::new(span.end - without_list_mark(span.of(text)).len(), span.end);
    let said = span.of(text);
    let place = said.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let capitals = place.chars().count() > 2 && place.chars().all(char::is_uppercase);
    let dash = ["—", "–", " - ", "--"].iter().filter_map(|dash| Some((said.find(dash)?, dash.len()))).min();
    match dash.filter(|&(at, _)| capitals && at < LONGEST) {
        Some((at, length)) => {
            let rest = &said[at + length..];
            let start = span.end - rest.trim_start().len();
            if start < span.end { Span::new(start, span.end) } else { span }
        }
        None => span,
    }
}

/// Whether the stretch `span` of the sentence at `sentence` in `text` needs nothing that stands around it.
pub fn reads_alone(text: &str, sentence: Span, span: Span) -> bool {
    let said = span.of(text);
    let first = words(said).next().unwrap_or_default();
    let subject = words(said).find(|word| !OPENERS.contains(&&**word)).unwrap_or_default();
    let whole = span.start <= sentence.start;
    let points = |word: &String| POINTING.contains(&uncontracted(word));
    if [&first, &subject].into_iter().any(points)
        || speaks_of_itself(said)
        || counts_others(said)
        || !whole && counts_no_one(said)
        || !is_balanced(said)
        || opens_only(said)
        || closes_only(said)
        || said.ends_with(['?', ':'])
    {
        return false;
    }
    // Somebody without a name: "Half an hour later she drove into the pier."
    let somebody = |word: &str| matches!(word, "he" | "she" | "they" | "He" | "She" | "They");
    let unnamed = said
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .skip(1)
        .find(|word| somebody(word) || word.starts_with(char::is_uppercase));
    if unnamed.is_some_and(somebody) {
        return false;
    }
    // A verb without its subject; "three of whom remain at large".
    let head = words(said).find(|word| !is_adverb(word)).unwrap_or_default();
    if !whole && is_verb(&head, None) || words(said).take(4).any(|word| matches!(&*word, "whom" | "which")) {
        return false;
    }
    let lead = Span::new(sentence.start, span.start.max(sentence.start)).of(text);
    let tail = Span::new(span.end.min(sentence.end), sentence.end).of(text);
    let object = |word: &str| matches!(word, "him" | "it" | "them");
    if words(said).any(|word| object(&word)) && lead.chars().any(char::is_uppercase) {
        return false;
    }
    if !whole && lacks_its_verb(said, lead) {
        return false;
    }
    !is_unfinished(said, tail)
        && !lacks_its_object(said, tail)
        && begins_a_claim(lead)
        && !supposes(lead)
        && ends_a_claim(tail)
        && !undone(tail)
        && !is_parted(tail)
        && !splits_a_word(tail)
        && !splits_a_list(said, tail)
        && !splits_a_name(said, tail)
        && !only_says(said, tail)
        && !hangs(said, tail)
        && !sourced(lead, usize::MAX)
        && !sourced(tail, SOURCE)
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric() && !APOSTROPHES.contains(&c)).filter(|word| !word.is_empty()).map(lower)
}

/// The places of the verbs among lower-cased words.
fn verbs(forms: &[String]) -> impl Iterator<Item = usize> {
    let previous = |at: usize| at.checked_sub(1).map(|before| forms[before].as_str());
    (0..forms.len()).filter(move |&at| is_verb(&forms[at], previous(at)))
}

/// "he" of "he's", "we" of "we've".
fn uncontracted(word: &str) -> &str {
    word.split(APOSTROPHES).next().unwrap_or_default()
}

/// "My son is innocent.", "We've had enough": whose? Somebody who is not named with it.
fn speaks_of_itself(said: &str) -> bool {
    let own = |word: String| OWN.contains(&uncontracted(&word));
    words(said).take(2).any(own) && !words(said).any(|word| SAYING.contains(&&*word))
}

/// Whether a text is the words of somebody who is not named with them: a quotation by itself or of a "he", or "Give me your
/// keys."
pub fn is_bare_speech(said: &str) -> bool {
    let quoted = MARKS.iter().any(|&(open, close)| {
        let inside = said.strip_prefix(open).and_then(|rest| rest.split_once(close));
        inside.is_some_and(|(_, behind)| {
            let by = words(behind).find(|word| !SAYING.contains(&&**word));
            by.is_none_or(|by| POINTING.contains(&&*by)) && !behind.contains(char::is_uppercase)
        })
    });
    let own = |word: &str| matches!(word, "I" | "me" | "Me" | "my" | "My");
    let speaks = said.split(|c: char| !c.is_alphanumeric()).any(own);
    quoted || speaks && !words(said).any(|word| SAYING.contains(&&*word))
}

/// "Four others were hurt", "Several others are suspended", "Another two fled": others than who?
fn counts_others(said: &str) -> bool {
    let mut next = words(said);
    let first = next.next().unwrap_or_default();
    let few = matches!(&*first, "a" | "few" | "many" | "most" | "several" | "some" | "the");
    let counted = few || is_number(&first) || first.starts_with(|c: char| c.is_ascii_digit());
    first == "another"
        || first == "others"
        || counted && next.next().is_some_and(|word| matches!(&*word, "other" | "others"))
}

/// "Four injured in the square", "one of them was driving": who?
fn counts_no_one(said: &str) -> bool {
    let mut next = words(said);
    let counted = next.next().is_some_and(|word| is_number(&word));
    let (second, third) = (next.next().unwrap_or_default(), next.next().unwrap_or_default());
    let told = second.len() > 4 && second.ends_with("ed") || second == "dead" || second == "hurt";
    counted && (told || second == "of" && POINTING.contains(&&*third))
}

/// Whether what is said breaks off: "The paper reports that the customer —", or a subject whose verb comes behind an outcome:
/// "The man who shot into a crowd | killing a woman faces new charges".
fn is_unfinished(said: &str, tail: &str) -> bool {
    let forms: Vec<&str> = said.split_whitespace().collect();
    let spoken = forms.windows(2).rposition(|pair| pair[1] == "that" && SAYING.contains(&&*lower(pair[0])));
    let broken = spoken.is_some_and(|at| {
        let rest = &said[forms[at + 1].as_ptr() as usize - said.as_ptr() as usize + "that".len()..];
        let spans: Vec<Span> = crate::token::words(rest).iter().map(|word| word.span).collect();
        !asserts(rest, &spans)
    });
    let piece = tail.split([',', ';', '—', '–']).next().unwrap_or("");
    let mut next = words(piece);
    let outcome = next.next().is_some_and(|word| OUTCOMES.contains(&&*word));
    (broken || leaves_open(said)) && !tail.is_empty()
        || outcome && next.take_while(|word| !RELATIVE.contains(&&**word)).any(|word| is_finite(&word))
}

/// Whether what follows goes on with the last word: "was struck by a hit | -and-run driver".
fn splits_a_word(tail: &str) -> bool {
    let rest = tail.trim_start().strip_prefix('-');
    rest.is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

/// Whether a stretch behind the start of its sentence is a thing whose only verb stands in a clause on it, "treated at Quay and | Holm
/// hospitals where they are listed", or one of several subjects: "a diver and | a pilot were hurt".
fn lacks_its_verb(said: &str, lead: &str) -> bool {
    let forms: Vec<String> = words(said).collect();
    let mut verbs = verbs(&forms);
    let Some(first) = verbs.next() else { return false };
    let on_a_thing = forms[..first].iter().skip(1).any(|word| matches!(&**word, "where" | "which" | "who" | "whose"));
    let one = matches!(&*forms[0], "a" | "an" | "another" | "one") && matches!(&*forms[first], "are" | "have" | "were");
    on_a_thing && verbs.next().is_none() || one && words(lead).next_back().is_some_and(|word| word == "and")
}

/// Whether what follows goes on with a subject or a list behind the last comma: "After the ferry sank, divers | and pilots met".
fn splits_a_list(said: &str, tail: &str) -> bool {
    const MOST: usize = 3;
    let Some((_, last)) = said.rsplit_once(',') else { return false };
    let forms: Vec<String> = words(last).collect();
    let goes_on = words(tail).next().is_some_and(|word| matches!(&*word, "and" | "or"));
    goes_on && !tail.trim_start().starts_with(PAUSES) && forms.len() <= MOST && verbs(&forms).next().is_none()
}

/// Whether a stretch ends before the verb of a clause that it opens: "was killed in what police | say was a robbery".
pub fn leaves_open(said: &str) -> bool {
    const OPENING: &[&str] = &["what", "whatever", "who", "whom", "whose"];
    let forms: Vec<String> = words(said).collect();
    let opened = forms.iter().rposition(|word| OPENING.contains(&&**word));
    opened.is_some_and(|at| !forms[at + 1..].iter().any(|word| is_finite(word)))
}

/// Whether what is said ends with a verb that has its object together with the next one, "the man robbed | and shot two clerks",
/// or with a word that belongs to what follows: "was arrested for allegedly".
fn lacks_its_object(said: &str, tail: &str) -> bool {
    let mut next = words(tail);
    let Some(first) = next.next() else { return false };
    let mut ends = words(said).rev();
    let last = ends.next().unwrap_or_default();
    let previous = ends.next();
    let joined = matches!(&*first, "and" | "or") && !tail.trim_start().starts_with(PAUSES);
    let passive = previous.as_deref().is_some_and(|word| BE.contains(&word) || is_adverb(word));
    let open = joined && !passive && is_verb(&last, previous.as_deref());
    open && next.next().is_some_and(|word| is_verb(&word, None)) || HEDGES.contains(&&*last)
}

/// Whether a claim can start behind this.
fn begins_a_claim(lead: &str) -> bool {
    let Some(last) = words(lead).next_back() else { return true };
    // "since 1987, when three people were killed": what is left out says of which time that is true.
    let timed =
        last == "when" && lead.trim_end().strip_suffix("when").is_some_and(|lead| lead.trim_end().ends_with(','));
    let joint = JOINING.contains(&&*last) && !joins_names(lead) || TURNING.contains(&&*last) && !timed;
    joint || lead.trim_end().ends_with(PARTING)
}

/// Whether the "and" at the end of what is left out in front joins a subject to what follows: "her sister and | the keeper were
/// hurt".
fn joins_names(lead: &str) -> bool {
    let mut forms: Vec<String> = words(lead.rsplit(PAUSES).next().unwrap_or("")).collect();
    if !forms.pop().is_some_and(|last| matches!(&*last, "and" | "or")) || forms.is_empty() {
        return false;
    }
    let opens = |word: &String| [JOINING, TURNING, RELATIVE].iter().any(|list| list.contains(&&**word));
    let first = forms.iter().rposition(opens).map_or(0, |at| at + 1);
    !verbs(&forms).any(|at| at >= first)
}

/// Whether a clause that is opened has no verb before the end: "was shot while her sister | and the keeper were hurt".
fn hangs(said: &str, tail: &str) -> bool {
    const OPENING: &[&str] = &["although", "because", "though", "when", "whereas", "while"];
    let forms: Vec<String> = words(said).collect();
    let open = forms.iter().rposition(|word| OPENING.contains(&&**word));
    words(tail).next().is_some() && open.is_some_and(|open| !verbs(&forms).any(|at| at > open))
}

/// Whether what is left out in front only supposes something, and what follows goes on with it: "It could have been a day when
/// they mend their nets and | the gate breaks". A "but" ends that.
fn supposes(lead: &str) -> bool {
    const MODALS: &[&str] = &["could", "might", "would"];
    let mut forms = words(lead).collect::<Vec<_>>();
    let turned = forms.iter().rposition(|word| word == "but").map_or(0, |at| at + 1);
    forms.drain(..turned);
    let goes_on = forms.last().is_some_and(|last| matches!(&**last, "and" | "or"));
    let have = |word: &str| matches!(word, "have" | "'ve");
    let modal = |at: usize| MODALS.contains(&&*forms[at]) && forms[at + 1..].iter().take(2).any(|word| have(word));
    let short = |word: &String| MODALS.iter().any(|modal| word.replace('’', "'") == format!("{modal}'ve"));
    goes_on && (forms.iter().any(short) || (0..forms.len()).any(modal))
}

/// Whether a claim can end before this: what follows is joined to it, or an outcome.
fn ends_a_claim(tail: &str) -> bool {
    let Some(next) = words(tail).next() else { return true };
    let joined = JOINING.contains(&&*next) || TURNING.contains(&&*next) || OUTCOMES.contains(&&*next);
    joined || tail.trim_start().starts_with(PARTING)
}

/// Whether what follows takes back what was said, or part of it: "was booked and never happened", "all survived, except for
/// two", "closed the road, but only on Sundays".
fn undone(tail: &str) -> bool {
    const DENYING: &[&str] = &["never", "no", "not", "only"];
    const EXCEPTING: &[&str] =
        &["apart", "bar", "barring", "except", "excepting", "excluding", "if", "provided", "save", "unless"];
    let mut next = words(tail);
    if words(tail).next().is_some_and(|word| EXCEPTING.contains(&&*word)) {
        return true;
    }
    let joined = next.next().is_some_and(|word| JOINING.contains(&&*word));
    joined && next.take(2).any(|word| DENYING.contains(&&*word) || word.ends_with("n't") || word.ends_with("n’t"))
}

/// Whether what is left out belongs to the word before it: "shot | and killed", "two | or more".
fn is_parted(tail: &str) -> bool {
    let mut next = words(tail);
    let (first, second) = (next.next().unwrap_or_default(), next.next().unwrap_or_default());
    let outcome = matches!(&*second, "killed" | "injured" | "hurt" | "wounded" | "died");
    let bound = matches!(&*second, "more" | "fewer" | "less");
    !tail.trim_start().starts_with(',') && (first == "and" && outcome || first == "or" && bound)
}

/// Whether a name goes on in what is left out: "Ina “Eel” | Holt was hurt".
fn splits_a_name(said: &str, tail: &str) -> bool {
    let goes_on = tail.strip_prefix(' ').is_some_and(|tail| tail.starts_with(char::is_uppercase));
    goes_on
        && said
            .split_whitespace()
            .next_back()
            .is_some_and(|last| last.trim_start_matches(['“', '"', '(']).starts_with(char::is_uppercase))
}

/// Whether nothing but that somebody speaks is said before the end: "Investigators tell us the boy | was asleep".
fn only_says(said: &str, tail: &str) -> bool {
    let forms: Vec<String> = words(said).collect();
    let mut verbs = verbs(&forms);
    let first = verbs.next();
    words(tail).next().is_some()
        && verbs.next().is_none()
        && first.is_some_and(|at| matches!(&*forms[at], "say" | "says" | "said" | "tell" | "tells" | "told"))
}

/// Whether the last `n` words of what is left out say whose word the rest is, or on what it depends.
fn sourced(rest: &str, n: usize) -> bool {
    words(rest).rev().take(n).any(|word| SAYING.contains(&&*word) || HEDGES.contains(&&*word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_speaks_of_himself_is_named_or_unknown() {
        let alone = |said: &str| reads_alone(said, Span::new(0, said.len()), Span::new(0, said.len()));
        assert!(!alone("My son is innocent."));
        assert!(!alone("“We’ve had enough of the ferry.”"));
        assert!(!alone("He’s due back in court on 29 May."));
        assert!(alone("“We have had enough,” the mayor of Quay said."));
    }

    #[test]
    fn an_outcome_and_a_bound_are_not_cut_off() {
        let alone = |text: &str, said: &str| reads_alone(text, Span::new(0, text.len()), Span::new(0, said.len()));
        assert!(!alone("A keeper of Quay was shot and killed.", "A keeper of Quay was shot"));
        assert!(!alone("The port was shut for two or more days.", "The port was shut for two"));
        assert!(alone("A keeper of Quay was shot and robbed.", "A keeper of Quay was shot"));
    }

    #[test]
    fn what_somebody_says_it_was_is_not_cut_off() {
        let alone = |text: &str, said: &str| reads_alone(text, Span::new(0, text.len()), Span::new(0, said.len()));
        let text = "A keeper of Quay was hurt in what divers and the port say was a prank at noon.";
        assert!(!alone(text, "A keeper of Quay was hurt in what divers"));
        let text = "A keeper of Quay was hurt by a hit -and-run driver.";
        assert!(!alone(text, "A keeper of Quay was hurt by a hit"));
        assert!(leaves_open("in what divers and the port"));
        assert!(!leaves_open("in what was a prank"));
        assert!(!leaves_open("in the port"));
    }

    #[test]
    fn nothing_ends_within_a_name_or_with_the_source() {
        let alone = |text: &str, said: &str| reads_alone(text, Span::new(0, text.len()), Span::new(0, said.len()));
        assert!(!alone("Divers found Ina “Eel” Holt on the pier.", "Divers found Ina “Eel”"));
        assert!(!alone("Keepers say the boy of five was asleep.", "Keepers say the boy of five"));
        assert!(alone("Divers found Ina Holt, and the port mourned her.", "Divers found Ina Holt"));
        assert!(alone("Keepers say the boy was asleep, and the port was shut.", "Keepers say the boy was asleep"));
    }

    #[test]
    fn two_subjects_of_one_verb_are_not_parted() {
        let text = "Ina Holt was shot while her sister and the keeper were hurt by glass.";
        let alone = |part: &str| {
            let start = text.find(part).unwrap();
            reads_alone(text, Span::new(0, text.len()), Span::new(start, start + part.len()))
        };
        assert!(!alone("Ina Holt was shot while her sister"));
        assert!(!alone("the keeper were hurt by glass."));
        let text = "Ina Holt was shot at noon and the keeper was hurt by glass.";
        let start = text.find("the keeper").unwrap();
        assert!(reads_alone(text, Span::new(0, text.len()), Span::new(start, text.len())));
    }

    #[test]
    fn words_without_their_speaker_are_bare() {
        for bare in [
            "“And then the road was gone.”",
            "“It was loud,” he said.",
            "\"It was loud.\"",
            "Give me your keys.",
            "I saw the ferry.",
        ] {
            assert!(is_bare_speech(bare), "{bare}");
        }
        for told in
            ["“It was loud,” Ina Holt said.", "“Lantern Bridge” reopened.", "The ferry sank.", "Holt told me so."]
        {
            assert!(!is_bare_speech(told), "{told}");
        }
    }

    #[test]
    fn what_is_cut_or_points_back_does_not_read_alone() {
        for (sentence, part, alone) in [
            ("Two ships struck the bridge.", "Two ships struck the bridge.", true),
            ("“One tug was ordered,” said Ina Holt.", "“One tug was ordered,” said Ina Holt.", true),
            ("A tug pulled four people out after a ship hit the bridge.", "A tug pulled four people out", true),
            ("A tug pulled four people out after a ship hit the bridge.", "a ship hit the bridge.", true),
            ("Cargo ship hits bridge, killing two workers", "Cargo ship hits bridge", true),
            ("Cargo ship hits bridge, killing two workers", "killing two workers", false),
            ("Two died and the road was shut, police said.", "Two died", false),
            ("Police said two died and the road was shut.", "the road was shut.", false),
            ("It could've been a day at home and a thief shoots the child.", "a thief shoots the child.", false),
            (
                "It could easily have been a day at home and a thief shoots the child.",
                "a thief shoots the child.",
                false,
            ),
            ("Holt would have come, but the road was shut.", "the road was shut.", true),
            ("Holt could have come and the road was open.", "the road was open.", false),
            ("Holt came and the road was open.", "the road was open.", true),
            (
                "They were treated at Quay and Holm hospitals where they are listed as stable.",
                "Holm hospitals where they are listed as stable.",
                false,
            ),
            ("Police came and divers who fled were caught in Holm.", "divers who fled were caught in Holm.", true),
            ("A diver of 40 and a pilot of 50 were taken to Holm.", "a pilot of 50 were taken to Holm.", false),
            (
                "After the ferry left Holm empty, divers and pilots met on the quay.",
                "the ferry left Holm empty, divers",
                false,
            ),
            ("According to police, Pell robbed and shot two clerks.", "According to police, Pell robbed", false),
            ("Pell was arrested and charged with theft.", "Pell was arrested", true),
            (
                "A boy of 15 was held on Sunday for allegedly robbing a clerk.",
                "A boy of 15 was held on Sunday for allegedly",
                false,
            ),
            ("Holt, who runs the port, resigned.", "who runs the port", false),
            ("Holt, who runs the port, resigned.", "Holt", false),
            ("A boy died after being struck by a tram.", "being struck by a tram.", false),
            ("The dam has stood since 1987, when three people were killed.", "three people were killed.", false),
            ("Six men fled, three of whom remain at large.", "three of whom remain at large.", false),
            ("The court won't sit, and won't resume until May.", "won't resume until May.", false),
            ("She pleaded guilty but later withdrew the plea.", "later withdrew the plea.", false),
            ("Half an hour later she drove into the pier.", "Half an hour later she drove into the pier.", false),
            ("The police say Holt left before they came.", "The police say Holt left before they came.", true),
            ("Holt left, but has not said why.", "has not said why.", false),
            ("He was taken to hospital.", "He was taken to hospital.", false),
            ("The mate, believed to be 58, was checking his pots.", "The mate, believed to be 58", false),
            ("“One tug was ordered", "“One tug was ordered", false),
            ("The question is simple: who pays?", "The question is simple:", false),
            ("Holt says the check was booked and never happened.", "Holt says the check was booked", false),
            ("Holt says the check was booked and paid for.", "Holt says the check was booked", true),
            ("The board closed the road, but only on Sundays.", "The board closed the road", false),
            ("All the sailors lived, except for two cooks.", "All the sailors lived", false),
            ("However, it has said no.", "However, it has said no.", false),
            ("However, Holt has said no.", "However, Holt has said no.", true),
            ("Four others were hurt.", "Four others were hurt.", false),
            ("A blast left a girl dead and four injured in the square.", "four injured in the square.", false),
            ("Police seized two vans, and one of them was stolen.", "one of them was stolen.", false),
            ("Police seized two vans, and one of the vans was stolen.", "one of the vans was stolen.", true),
            ("Four injured in the square", "Four injured in the square", true),
            ("Several others are suspended.", "Several others are suspended.", false),
            ("The other ferry was late.", "The other ferry was late.", false),
            (
                "Holt failed after a court order barred it from the sale.",
                "a court order barred it from the sale.",
                false,
            ),
            ("The Gazette reports that the pilot — named as Holt — fled.", "The Gazette reports that the pilot", false),
            ("The Gazette reports that the pilot fled — or hid.", "The Gazette reports that the pilot fled", true),
            ("The man who drove off killing a woman faces two charges.", "The man who drove off", false),
        ] {
            let start = sentence.find(part).unwrap();
            let span = Span::new(start, start + part.len());
            assert_eq!(reads_alone(sentence, Span::new(0, sentence.len()), span), alone, "{part}");
        }
    }

    #[test]
    fn a_dateline_is_not_shown() {
        for (text, expected) in [
            ("RAVEN BAY (Quay News) — Two ships collided.", "Two ships collided."),
            ("RAVEN BAY, N.C. - Two ships collided.", "Two ships collided."),
            ("RAVEN BAY, Nov 9 (Quay News) - Two ships collided.", "Two ships collided."),
            ("• Two ships collided.", "Two ships collided."),
            ("RAVEN BAY - UPDATE: Two ships collided.", "Two ships collided."),
            ("UPDATE 8:40 AM: Two ships collided.", "Two ships collided."),
            ("UPDATE: 8:40 AM: Two ships collided.", "Two ships collided."),
            ("UPDATED Nov. 9, 5 p.m.: Two ships collided.", "Two ships collided."),
            ("8:40 AM: Two ships collided.", "8:40 AM: Two ships collided."),
            ("UPDATE on the port: Two ships collided.", "UPDATE on the port: Two ships collided."),
            ("WATCHMEN: Two ships collided.", "WATCHMEN: Two ships collided."),
            ("BREAKING: Two ships collided.", "Two ships collided."),
            ("The port — or what is left — is shut.", "The port — or what is left — is shut."),
        ] {
            assert_eq!(without_dateline(text, Span::new(0, text.len())).of(text), expected);
        }
    }
}
