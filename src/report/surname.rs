//! Whom a bare name means in an article: "Holt" behind "Danilo Holt" is Danilo Holt.
//!
//! Of several with that name the one named last before is meant, as readers take it, and rather one whom the article lets
//! speak by the full name; nobody who is dead, no child, nobody of whom only a relative of that name speaks, and no company
//! or street that has the name in its own. Linear in the text for each name.

use crate::calendar::{MONTHS, WEEKDAYS};
use crate::clause::{is_function_word, is_saying};
use crate::link::{is_common, share_in_news};
use crate::reading::{is_person, stem};
use crate::span::Span;
use crate::token::words;

/// What a name goes on with: "Fatima al-Hassan", "Ursula von der Leyen".
pub(super) const PARTICLES: &[&str] =
    &["al", "bin", "da", "de", "del", "della", "der", "di", "dos", "du", "el", "la", "van", "von"];

/// Of whom one says who it is by somebody else, who may be the one named: "the mother of the child, Ina Holt".
#[rustfmt::skip]
pub(super) const KIN: &[&str] = &[
    "attorney", "aunt", "boyfriend", "brother", "cousin", "daughter", "father", "friend", "girlfriend", "grandfather", "grandmother",
    "husband", "lawyer", "mother", "neighbor", "neighbour", "nephew", "niece", "parents", "partner", "sister", "son", "uncle", "widow",
    "wife",
];

/// Whether a word stands in fewer than one of so many news sentences: a person's name, and not "One" or "Chinese".
pub(super) fn is_rare(word: &str) -> bool {
    share_in_news(&stem(&word.to_lowercase())) < 1.0 / 700.0
}

/// Whether a blank is missing behind a full stop within a word: "Street.Neighbour".
fn is_glued(word: &str) -> bool {
    let halves = word.split_once('.');
    halves.is_some_and(|(end, start)| end.ends_with(char::is_lowercase) && start.starts_with(char::is_uppercase))
}

fn capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// The name by which a reader knows who speaks at the offset `at`: "Danilo" is "Danilo Holt" where the article says so. None
/// where it names nobody for certain: no name, one cut in its middle ("the council's readout of"), a word of the language
/// ("One").
pub(super) fn full_name<'a>(text: &'a str, speaker: &'a str, at: usize) -> Option<&'a str> {
    let parts: Vec<&str> = speaker.split_whitespace().collect();
    let first = parts.iter().position(|part| capital(part))?;
    let of_name = |part: &&str| {
        capital(part)
            || PARTICLES.iter().any(|particle| {
                part.strip_prefix(particle).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            })
    };
    if !parts[first..].iter().all(of_name) {
        return None;
    }
    if first > 0 || parts.len() > 1 {
        return Some(speaker);
    }
    let people = people(text, speaker);
    let alive = |name: &&Span| {
        let own = name.of(text).split_whitespace().find(|part| *part != speaker).unwrap_or(speaker);
        !is_gone(text, name.of(text)) && !is_gone(text, own)
    };
    let speaks = |name: &&Span| speaks(text, **name);
    let spoken_of = |name: &&Span| {
        let same = |other: &&Span| other.of(text) == name.of(text);
        people.iter().filter(same).any(|other| is_kin(text, *other))
            && !people.iter().filter(alive).all(|other| same(&other))
    };
    let before = || people.iter().rev().filter(|name| name.start < at).filter(alive);
    let behind = || people.iter().filter(|name| name.start >= at).filter(alive);
    let named = before().find(speaks).or_else(|| before().next()).or_else(|| behind().next());
    let named = named.filter(|name| speaks(name) || !spoken_of(name));
    named.map(|name| without_role(name.of(text))).or_else(|| is_rare(speaker).then_some(speaker))
}

/// "Neighbour Ina Holt", where a sentence begins, is Ina Holt.
fn without_role(name: &str) -> &str {
    let rest = name.split_once(' ').filter(|(role, rest)| is_person(&role.to_lowercase()) && rest.contains(' '));
    rest.map_or(name, |(_, rest)| rest)
}

/// The longer names that begin or end with a word.
fn people(text: &str, word: &str) -> Vec<Span> {
    let tokens: Vec<Span> = words(text).iter().map(|token| token.span).collect();
    let said = |at: usize| tokens[at].of(text);
    let letter = |at: usize| said(at).chars().count() == 1;
    let joined = |at: usize| {
        let gap = &text[tokens[at].end..tokens[at + 1].start];
        gap == " " || gap == ". " && letter(at)
    };
    let dated = |word: &str| WEEKDAYS.iter().chain(&MONTHS).any(|day| day.eq_ignore_ascii_case(word));
    // "Michael", but not "Officer", which news mostly write small.
    let known = |at: usize| {
        let lower = said(at).to_lowercase();
        !is_function_word(&lower) && !is_common(&stem(&lower)) && !dated(&lower)
    };
    let named = |at: usize| capital(said(at)) && !is_glued(said(at)) && (is_rare(said(at)) || letter(at));
    let first_name = |at: usize| is_rare(word) && capital(said(at)) && known(at);
    let junior = |at: usize| matches!(said(at), "Jr" | "Sr" | "II" | "III");
    let mut found = Vec::new();
    for at in (0..tokens.len()).filter(|&at| said(at) == word) {
        let (mut from, mut to) = (at, at);
        while from > 0 && joined(from - 1) && (named(from - 1) || (from..at).all(letter) && first_name(from - 1)) {
            from -= 1;
        }
        while to + 1 < tokens.len() && joined(to) && named(to + 1) {
            to += 1;
        }
        // "Danilo Holt Bridge", "Danilo Holt/Quay": a place, a company.
        let longer = to + 1 < tokens.len() && joined(to) && capital(said(to + 1)) && !dated(said(to + 1));
        let slashed = text[tokens[to].end..].starts_with('/') || text[..tokens[from].start].ends_with('/');
        let last = if to > at && junior(to) { to - 1 } else { to };
        if from < last && (at == from || at == last) && !longer && !slashed {
            found.push(Span::new(tokens[from].start, tokens[to].end));
        }
    }
    found
}

/// Whether a verb of saying stands beside a name: "Ina Holt said", "said Ina Holt".
fn speaks(text: &str, name: Span) -> bool {
    let word = |word: Option<&str>| word.is_some_and(|word| is_saying(&word.to_lowercase()));
    let after = text[name.end..].strip_prefix(' ').and_then(|rest| rest.split(|c: char| !c.is_alphabetic()).next());
    let before = text[..name.start].strip_suffix(' ').and_then(|rest| rest.rsplit(|c: char| !c.is_alphabetic()).next());
    word(after) || word(before)
}

/// Whether a name is that of a relative of whom somebody speaks, who may bear the surname too: "her son, Ina Holt", but not
/// "said her son, Ina Holt".
fn is_kin(text: &str, name: Span) -> bool {
    let lead = text[..name.start].trim_end_matches([',', ' ']);
    let mut words = lead.rsplit([' ', '\n']);
    let kin = words.next().is_some_and(|word| KIN.contains(&word));
    let mut owner = words.skip_while(|word| word.contains("-old"));
    kin && owner
        .next()
        .is_some_and(|word| matches!(word.to_lowercase().as_str(), "her" | "his" | "my" | "our" | "their"))
        && !owner.next().is_some_and(|word| is_saying(&word.to_lowercase()))
}

/// As many words around a name say that somebody is dead.
const AROUND: usize = 6;
/// Nobody younger speaks to reporters as "Holt".
const GROWN: u32 = 13;
#[rustfmt::skip]
const DEATHS: &[&str] = &[
    "body", "burial", "death", "deaths", "funeral", "killing", "life", "loss", "lives", "murder", "remains", "slaying", "vigil",
];
const KILLS: &[&str] = &["bury", "kill", "killed", "killing", "kills", "late", "mourn", "mourned", "murdered", "slain"];
const CHILDREN: &[&str] = &["baby", "boy", "girl", "infant", "newborn", "toddler", "victim"];
#[rustfmt::skip]
const DIED: &[&str] = &[
    "dead", "died", "dies", "drowned", "fatally", "gone", "gunned", "killed", "murdered", "perished", "slain", "succumbed",
];
/// What may stand between a name and that.
#[rustfmt::skip]
const BETWEEN: &[&str] = &[
    "also", "and", "are", "been", "declared", "found", "had", "has", "is", "later", "pronounced", "shot", "stabbed", "struck", "then",
    "was", "were", "who",
];

/// Whether the article says of a name that its bearer is dead, or a child: "the death of Ina Holt", "Ina Holt, 3,".
fn is_gone(text: &str, name: &str) -> bool {
    let whole = |at: usize| {
        let letter = |c: char| c.is_alphanumeric();
        !text[..at].ends_with(letter) && !text[at + name.len()..].starts_with(letter)
    };
    text.match_indices(name)
        .filter(|&(at, _)| whole(at))
        .any(|(at, _)| is_mourned(&text[..at]) || has_died(&text[at + name.len()..]))
}

/// Whether what leads up to a name says so.
fn is_mourned(before: &str) -> bool {
    let sentence = before.rsplit(['.', ',', ';', ':', '\n', '"', '“', '”']).next().unwrap_or("");
    let mut words: Vec<String> = sentence.split_whitespace().rev().take(AROUND).map(str::to_lowercase).collect();
    if words.first().is_some_and(|word| CHILDREN.contains(&&**word) || is_young(word)) {
        return true;
    }
    words.retain(|word| !word.ends_with("-old"));
    let of = words.first().is_some_and(|word| word == "of" || word == "for");
    words.first().is_some_and(|word| KILLS.contains(&&**word))
        || of && words.get(1).is_some_and(|word| DEATHS.contains(&&**word))
}

/// "3-year-old", "five-month-old".
fn is_young(word: &str) -> bool {
    let years = word.strip_suffix("-year-old").map(|age| age.parse().is_ok_and(|age: u32| age < GROWN));
    years.unwrap_or_else(|| ["-month-old", "-week-old", "-day-old"].iter().any(|age| word.ends_with(age)))
}

/// Whether what follows a name says so.
fn has_died(after: &str) -> bool {
    if let Some(owned) = after.strip_prefix("'s ").or_else(|| after.strip_prefix("’s ")) {
        let owned = owned.split_whitespace().next().unwrap_or("");
        return DEATHS.contains(&owned.trim_end_matches(|c: char| !c.is_alphanumeric()));
    }
    let mut rest = after;
    if let Some((aside, behind)) = after.strip_prefix(", ").and_then(|after| after.split_once([',', '.'])) {
        if aside.trim().parse().is_ok_and(|age: u32| age < GROWN) {
            return true;
        }
        if aside.split_whitespace().count() <= AROUND {
            rest = behind;
        }
    }
    let words = rest.split_whitespace().take(AROUND).map(str::to_lowercase);
    let plain = words.map(|word| word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned());
    let mut next = plain.skip_while(|word| BETWEEN.contains(&&**word));
    rest.starts_with(' ') && next.next().is_some_and(|word| DIED.contains(&&*word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_speaks_is_named_in_full_or_not_at_all() {
        let text = "Danilo Holt runs the ferry. The council met. Chinese buyers came, and Ferris Arlen sold.";
        for (speaker, name) in [
            ("Danilo", Some("Danilo Holt")),
            ("Arlen", Some("Ferris Arlen")),
            ("Maud Ferris", Some("Maud Ferris")),
            ("the Council", Some("the Council")),
            ("Quillfeather", Some("Quillfeather")),
            ("One", None),
            ("Chinese", None),
            ("the Council's readout of their", None),
            ("a man", None),
        ] {
            assert_eq!(full_name(text, speaker, text.len()), name, "{speaker}");
        }
    }

    #[test]
    fn a_name_begins_behind_a_full_stop_without_a_blank() {
        let text = "The gate fell on Tarvin Street.Neighbour Danilo Arlen ran.";
        assert_eq!(full_name(text, "Arlen", text.len()), Some("Danilo Arlen"));
    }

    #[test]
    fn of_a_family_the_one_named_last_speaks_and_nobody_who_is_dead() {
        for (text, name) in [
            ("Danilo Arlen runs the ferry. Ferris Arlen sold it. |", "Ferris Arlen"),
            ("Danilo Arlen runs the ferry. | Ferris Arlen sold it.", "Danilo Arlen"),
            ("| Ferris Arlen sold it. Danilo Arlen left.", "Ferris Arlen"),
            ("Ferris Arlen sold it after the death of Danilo Arlen. |", "Ferris Arlen"),
            ("Ferris Arlen sold it. Danilo Arlen, 41, was found dead on Monday. |", "Ferris Arlen"),
            ("Ferris Arlen sold it. Danilo Arlen was there when the mate died. |", "Danilo Arlen"),
            ("Ferris Arlen is the uncle of 3-year-old Danilo Arlen. |", "Ferris Arlen"),
            ("Ferris Arlen knew Danilo Arlen, 3. |", "Ferris Arlen"),
            ("Ferris Arlen spoke at Danilo’s funeral. Danilo Arlen was loved. |", "Ferris Arlen"),
            ("Danilo Arlen died on Monday. |", "Arlen"),
            ("Ferris Arlen said she wept for her son, Danilo Arlen, 30. |", "Ferris Arlen"),
            ("Ferris Arlen said the ferry was sold to Danilo Arlen. |", "Ferris Arlen"),
            ("Ferris Arlen sold it. Neighbor Danilo Arlen said so. Danilo Arlen left. |", "Danilo Arlen"),
            ("The town wept with Ferris Arlen and her son, Danilo Arlen. |", "Arlen"),
            ("His mother, Ferris Arlen, met the press. |", "Ferris Arlen"),
            ("Danilo Arlen, 3, fell. His uncle, Ferris Arlen, saw it. |", "Ferris Arlen"),
            ("“It fell,” said her son, Danilo Arlen. |", "Danilo Arlen"),
            ("Ferris Arlen wept that her son, Danilo Arlen, 30, is gone. |", "Ferris Arlen"),
            ("Danilo Arlen fell. Michael Arlen, an officer, saw it. |", "Michael Arlen"),
            ("Michael Arlen, an officer, saw it. Officer Arlen left. |", "Michael Arlen"),
            ("Michael R. Arlen Jr. runs the ferry. |", "Michael R. Arlen Jr"),
            ("Danilo R. Arlen Jr. runs the ferry. |", "Danilo R. Arlen Jr"),
            ("The crowd met on the Danilo Arlen Bridge. |", "Arlen"),
            ("A Danilo Arlen/Quay spokesman left. Ferris Arlen Monday sold it. |", "Ferris Arlen"),
        ] {
            let at = text.find('|').unwrap();
            assert_eq!(full_name(text, "Arlen", at), Some(name), "{text}");
        }
    }
}
