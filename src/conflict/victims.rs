//! Whom a deed was done to, and who is held to have done it: whoever was killed is another one than who was charged with it.
//!
//! Read from what stands next to somebody: the noun that says it, or the first verb of his own. Whoever is both, and whoever
//! the police shot, is neither.

use std::ops::Range;

use super::pair::{Side, is_time};
use crate::align::Kind as WordKind;
use crate::reading::is_person;

/// Somebody's part in a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Victim,
    Suspect,
}

use Part::{Suspect, Victim};

/// What a word says of somebody's part.
enum Cue {
    /// It names him: "the victim", "the gunman".
    Noun(Part),
    /// It was done to him: "killed", "charged"; whoever does it to somebody else may have another part.
    Done(Part),
    /// The deed, whose object stands behind it: "the killing of", "killing".
    Deed(Part),
    /// He does it himself: "died", "pleaded".
    Own(Part),
}

fn cue(form: &str) -> Option<Cue> {
    Some(match form {
        "victim" | "victims" => Cue::Noun(Victim),
        "suspect" | "gunman" | "shooter" | "attacker" | "assailant" | "killer" | "murderer" | "robber" | "arsonist"
        | "stabber" | "bomber" | "kidnapper" | "defendant" | "perpetrator" => Cue::Noun(Suspect),
        "killed" | "shot" | "stabbed" | "wounded" | "injured" | "hurt" | "beaten" | "attacked" | "assaulted"
        | "struck" | "strangled" | "murdered" | "slain" | "raped" | "robbed" | "abducted" | "kidnapped" => {
            Cue::Done(Victim)
        }
        "killing" | "shooting" | "stabbing" | "wounding" | "injuring" | "hurting" | "beating" | "attacking"
        | "assaulting" | "striking" | "strangling" | "murdering" | "robbing" | "abducting" | "kidnapping"
        | "murder" | "death" => Cue::Deed(Victim),
        "charged" | "arrested" | "accused" | "suspected" | "detained" | "indicted" | "convicted" | "sentenced"
        | "jailed" | "imprisoned" | "arraigned" | "apprehended" | "booked" => Cue::Done(Suspect),
        "charging" | "arresting" | "accusing" | "detaining" | "convicting" | "arrest" | "conviction" => {
            Cue::Deed(Suspect)
        }
        "died" | "dies" | "dead" | "suffered" | "suffering" | "sustained" | "sustaining" | "hospitalized"
        | "hospitalised" => Cue::Own(Victim),
        "pleaded" | "pled" | "pleads" | "confessed" | "surrendered" | "custody" => Cue::Own(Suspect),
        _ => return None,
    })
}

/// Whether a word tells of somebody's death.
pub(super) fn is_death(form: &str) -> bool {
    matches!(
        form,
        "bodies"
            | "body"
            | "dead"
            | "death"
            | "deaths"
            | "died"
            | "dies"
            | "fatal"
            | "fatally"
            | "homicide"
            | "killed"
            | "killing"
            | "murder"
            | "murdered"
            | "slain"
            | "slaying"
    )
}

/// Words behind somebody in which his verb must come.
const REACH: usize = 10;

/// The part of somebody whose age, noun and name stand in `phrase`.
pub(super) fn part(side: Side, phrase: &Range<usize>) -> Option<Part> {
    let words = Words(side);
    // "the 25-year-old suspect", "a Harl boy"
    let end = phrase.end + (phrase.end..words.len()).take_while(|&at| words.is_head(at)).count();
    if (phrase.start..end).any(|at| is_police(words.form(at))) {
        return None;
    }
    let named = (phrase.start..end).find_map(|at| match cue(words.form(at)) {
        Some(Cue::Noun(part)) => Some(part),
        _ => None,
    });
    let told = [named, words.beside(phrase.start), words.told_before(phrase.start), words.told_behind(end)];
    let mut parts = told.into_iter().flatten();
    let first = parts.next()?;
    parts.all(|other| other == first).then_some(first)
}

fn is_police(form: &str) -> bool {
    matches!(form, "police" | "policeman" | "policewoman" | "officer" | "officers" | "deputy" | "deputies" | "trooper")
}

fn is_being(form: &str) -> bool {
    matches!(form, "is" | "are" | "was" | "were" | "be" | "been" | "being" | "got")
}

fn is_determiner(form: &str) -> bool {
    matches!(form, "a" | "an" | "the" | "another" | "his" | "her" | "their" | "its")
}

/// The words of a sentence.
struct Words<'a>(Side<'a>);

impl Words<'_> {
    fn len(&self) -> usize {
        self.0.words.len()
    }

    /// Behind the last word there is none.
    fn form(&self, at: usize) -> &str {
        self.0.form(at)
    }

    /// Whether a noun for somebody goes on with the words before it.
    fn is_head(&self, at: usize) -> bool {
        !self.0.words[at].starts_clause && is_person(self.form(at))
    }

    fn is_denied(&self, at: usize) -> bool {
        self.0.reading.polarity.negated[at].is_some()
    }

    /// The noun that somebody stands beside, over an "of" or "in": "the victim of the shooting, a".
    fn beside(&self, start: usize) -> Option<Part> {
        let first = start - usize::from(start > 0 && is_determiner(self.form(start - 1)));
        if first == 0 || !self.0.words[first].starts_clause {
            return None;
        }
        let starts = |at: &usize| *at == 0 || self.0.words[*at].starts_clause;
        let clause = (0..first).rev().find(starts)?..first;
        let noun = clause.clone().find(|&at| is_person(self.form(at)))?;
        let narrowed = clause.start < noun && matches!(self.form(noun + 1), "of" | "in");
        match cue(self.form(noun)) {
            Some(Cue::Noun(part)) if narrowed => Some(part),
            _ => None,
        }
    }

    /// What the words up to somebody say: "charged a", "the killing of a", "shot by a", "the victim was a", "the suspect,".
    fn told_before(&self, start: usize) -> Option<Part> {
        let mut at = start.checked_sub(1)?;
        if is_determiner(self.form(at)) {
            at = at.checked_sub(1)?;
        }
        let (link, mut last) = (self.form(at), at);
        if matches!(link, "of" | "by" | "as") || is_being(link) {
            last = at.checked_sub(1)?;
        }
        // "the victim was identified as a"
        while link == "as" && !is_being(self.form(last)) && last > 0 && at - last < 3 {
            last -= 1;
        }
        if link == "as" && is_being(self.form(last)) {
            last = last.checked_sub(1)?;
        }
        if self.is_denied(last) {
            return None;
        }
        match cue(self.form(last))? {
            Cue::Noun(part) if !matches!(link, "of" | "by") => Some(part),
            Cue::Done(Victim) if link == "by" => Some(Suspect),
            Cue::Done(Victim) if self.does_police(last) => None,
            Cue::Done(part) if last == at => Some(part),
            Cue::Deed(part) if link == "of" => Some(part),
            // "killing a 24-year-old", but neither "a shooting, a 24-year-old man" nor "death, a"
            Cue::Deed(part) if last == at && self.form(last).ends_with("ing") => {
                (!self.0.words[last + 1].starts_clause).then_some(part)
            }
            _ => None,
        }
    }

    /// Whether the police do what a verb tells.
    fn does_police(&self, verb: usize) -> bool {
        const NEAR: usize = 3;
        (verb.saturating_sub(NEAR)..verb).any(|at| is_police(self.form(at)))
    }

    /// What the first verb behind somebody says, or the noun that he is said to be: ", the suspect", "was the gunman".
    fn told_behind(&self, end: usize) -> Option<Part> {
        let reach = end..self.len().min(end + REACH);
        for at in reach {
            match cue(self.form(at)) {
                _ if self.ends_clause(at) => return None,
                Some(_) if self.is_denied(at) => return None,
                Some(Cue::Noun(part)) => return (at <= end + 1 || self.is_said_to_be(at)).then_some(part),
                Some(Cue::Done(part)) => return self.done(at, part),
                Some(Cue::Own(part)) => return Some(part),
                Some(Cue::Deed(_)) => {}
                // "in critical condition", "was taken to hospital", "faces charges"
                None => match self.form(at) {
                    "condition" if self.is_near(at, &["critical", "serious", "grave", "stable"]) => {
                        return Some(Victim);
                    }
                    "hospital" if self.is_near(at, &["to", "in", "at"]) => return Some(Victim),
                    "charge" | "charges" if self.is_near(at, &["face", "faces", "faced", "facing"]) => {
                        return Some(Suspect);
                    }
                    form if is_person(form) => return None,
                    _ => {}
                },
            }
        }
        None
    }

    /// Whether what follows is told of something else.
    fn ends_clause(&self, at: usize) -> bool {
        matches!(self.form(at), "that" | "which" | "when" | "where" | "while" | "after" | "before" | "because" | "but")
            || self.0.words[at].kind == WordKind::Number
    }

    fn is_near(&self, at: usize, words: &[&str]) -> bool {
        const NEAR: usize = 4;
        (at.saturating_sub(NEAR)..at).any(|before| words.contains(&self.form(before)))
    }

    /// "was the gunman", "confirmed to be the shooter", "named as the victim"
    fn is_said_to_be(&self, at: usize) -> bool {
        const BETWEEN: usize = 3;
        let link = |at: usize| self.form(at) == "as" || is_being(self.form(at));
        let near = at.saturating_sub(BETWEEN)..at;
        near.clone().any(link) && near.into_iter().all(|before| !is_person(self.form(before)))
    }

    /// Whose part it is whom a verb behind him tells of: of who is its object, or of who has one.
    fn done(&self, at: usize, part: Part) -> Option<Part> {
        let before = |n: usize| at.checked_sub(n).map_or("", |before| self.form(before));
        let adverb = before(1).ends_with("ly") || matches!(before(1), "also" | "since" | "later" | "first");
        let passive = is_being(before(1 + usize::from(adverb)));
        // "shot and killed", "shot dead"
        let mut last = at;
        if self.form(last + 1) == "and" && matches!(cue(self.form(last + 2)), Some(Cue::Done(_))) {
            last += 2;
        }
        let next = last + 1 + usize::from(self.form(last + 1) == "dead");
        let by_police = self.form(next) == "by" && (next + 1..next + 5).any(|at| is_police(self.form(at)));
        let has_object = next < self.len() && {
            let word = &self.0.words[next];
            let time = is_time(self.form(next)) || is_time(self.form(next + 1));
            let named = matches!(word.kind, WordKind::Name | WordKind::Number);
            !word.starts_clause && !time && (named || is_determiner(self.form(next)) || is_person(self.form(next)))
        };
        match part {
            Victim if by_police => None,
            _ if passive || !has_object => Some(part),
            Victim => Some(Suspect),
            Suspect => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::conflict::Kind;
    use crate::conflict::tests::read;

    /// How often two ages are held against each other, either way round.
    fn held(left: &str, right: &str) -> [usize; 2] {
        [(left, right), (right, left)]
            .map(|(left, right)| read(left, right).0.iter().filter(|one| one.kind == Kind::Number).count())
    }

    #[test]
    fn who_was_hurt_is_another_one_than_who_is_held_to_have_done_it() {
        let suspects = [
            "Prosecutors charged a 25-year-old man over the shooting in the harbour.",
            "A man, 25, was arrested over the shooting in the harbour.",
            "The 25-year-old suspect was seen near the harbour.",
            "The shooter was a 25-year-old man from the harbour.",
            "A neighbour of hers, a 25-year-old man, was confirmed to be the shooter at the harbour.",
            "The harbour gunman, a 25-year-old man, hid in a shed.",
            "She was shot by a 25-year-old man at the harbour.",
            "A 25-year-old man shot and killed two clerks at the harbour.",
            "A 25-year-old man pleaded guilty to the shooting in the harbour.",
            "A 25-year-old man from the harbour is in custody.",
        ];
        let victims = [
            "The shooting in the harbour killed a 24-year-old man.",
            "A 24-year-old man was shot and killed in the harbour.",
            "They saw the killing of a 24-year-old man in the harbour.",
            "They found a 24-year-old man suffering a wound to the head at the harbour.",
            "The victim of the harbour shooting, a 24-year-old man, was asleep.",
            "A 24-year-old man shot in the harbour was found by a neighbour.",
            "A 24-year-old man from the harbour is in critical condition.",
            "A man, 24, died in the shooting at the harbour.",
        ];
        for suspect in suspects {
            for victim in victims {
                assert_eq!(held(suspect, victim), [0, 0], "{suspect} / {victim}");
            }
        }
    }

    #[test]
    fn ages_of_one_part_or_of_one_name_are_held_against_each_other() {
        for (left, right) in [
            ("A man, 24, was killed in the harbour.", "A man, 25, was killed in the harbour."),
            ("A 24-year-old man was charged with arson.", "A 25-year-old man was charged with arson."),
            ("A 24-year-old man was shot at the harbour.", "The shooting at the harbour killed a 25-year-old man."),
            ("Police shot a 24-year-old man, the suspect.", "Police arrested a 25-year-old man, the suspect."),
            ("A 24-year-old man was shot dead by police.", "A 25-year-old man was arrested by police."),
            ("A 24-year-old man was not hurt by the blast.", "A 25-year-old man was arrested after the blast."),
            ("Ivo Lenk, 24, was shot at the harbour.", "Ivo Lenk, 25, was charged after the harbour shooting."),
        ] {
            assert_eq!(held(left, right), [1, 1], "{left} / {right}");
        }
    }
}
