//! The names of a span that no other article has: whole, without the role before them, and none of who reports.

use std::ops::Range;

use super::amounts::numbers;
use super::known::is_short_state;
use super::stretch::OFFICES;
use super::surname::PARTICLES;
use super::telling::{CALENDAR, MIN_RARITY, Telling};
use crate::clause::is_function_word;
use crate::clean::is_address;
use crate::link::is_common;
use crate::reading::{is_person, is_zone, stem};
use crate::span::Span;

/// Words with a full stop that begin a name, and name nobody by themselves.
#[rustfmt::skip]
pub(super) const SHORTENED: &[&str] = &[
    "Atty", "Capt", "Col", "Comm", "Det", "Ft", "Gen", "Gov", "Lt", "Mt", "Prof", "Rep", "Reps", "Rev", "Sen", "Sens", "Sgt", "St", "Ste", "Supt",
];
/// What bodies call themselves.
#[rustfmt::skip]
const BODIES: &[&str] = &[
    "Administration", "Agency", "Association", "Authority", "Board", "Bureau", "Center", "Centre", "Commission", "Committee", "Council",
    "Department", "Federation", "Foundation", "Fund", "Institute", "Ministry", "Museum", "Office", "Service", "Services", "Society",
    "Union",
];
/// What stands before somebody's name at the start of a sentence besides nouns for people.
const STANDINGS: &[&str] = &["acting", "fellow", "former", "retired", "rival", "veteran"];
/// Shorter nouns for people are no second half of a word that we take for one.
const SECOND_HALF: usize = 5;

impl Telling<'_> {
    /// Names with a rare word that no other article has in any form, and how rare it is; not the sentence's first word. None
    /// where a capital makes no name.
    pub(super) fn names(&self, span: &Range<usize>) -> Vec<(&str, f32)> {
        self.named(span).into_iter().map(|(_, name, rarity)| (name, rarity)).collect()
    }

    /// The same with the words that each name is.
    fn named(&self, span: &Range<usize>) -> Vec<(Range<usize>, &str, f32)> {
        let mut names: Vec<(Range<usize>, &str, f32)> = Vec::new();
        let mut at = if self.headline || !self.story.language.has_names() { span.end } else { span.start };
        while at < span.end {
            if !self.is_capital(at) {
                at += 1;
                continue;
            }
            let mut run = at..self.name_end(at, span.end);
            at = run.end;
            let opens = run.start == 0 || self.opens(run.start);
            if opens {
                self.drop_role(&mut run);
            }
            // A lone capital at the start of a sentence says nothing, nor does one before a number: "Berth 9".
            let numbered = self.gap(run.end - 1) == " "
                && self
                    .words
                    .get(run.end)
                    .is_some_and(|next| next.span.of(self.text).starts_with(|c: char| c.is_ascii_digit()));
            let named = run.len() > 1 || run.start > 0 && !self.opens(run.start) && !numbered;
            let introduced = self.introduction(&run).is_some();
            // "the PRIDE of the port": capitals throughout stress a word that news write small.
            let stressed = |at: usize| {
                let word = self.said(at);
                let shouted = word.chars().count() > 3 && !word.contains(|c: char| !c.is_uppercase());
                shouted && is_common(&stem(&word.to_lowercase()))
            };
            let telling = |at: &usize| {
                let short = self.said(*at).chars().filter(|c| c.is_alphabetic()).count() < 3;
                self.is_capital(*at)
                    && (introduced || self.rarity_of(*at) >= MIN_RARITY)
                    && !short
                    && !stressed(*at)
                    && !SHORTENED.contains(&self.said(*at))
                    && !CALENDAR.contains(&self.said(*at))
                    && !is_zone(&self.said(*at).to_lowercase())
            };
            let telling: Vec<usize> = run.clone().filter(telling).collect();
            let least = if introduced { MIN_RARITY } else { 0.0 };
            let rarity = telling.iter().map(|&at| self.rarity_of(at)).fold(least, f32::max);
            let name = without_owner(self.name(&run));
            let forms: Vec<&str> = run.clone().map(|at| self.said(at)).collect();
            // "Nick", "Holt-Pell"
            let part = (run.start..run.end - 1).all(|at| self.gap(at) == "-");
            let telling: Vec<&str> = telling.iter().map(|&at| self.said(at)).collect();
            if named
                && !telling.is_empty()
                && !telling.iter().all(|word| self.outlet.contains(&word.to_lowercase()))
                && names.iter().all(|other| other.1 != name)
                && !self.reports(&run)
                && !self.is_party(&run)
                && !self.is_kin(&run)
                && !self.is_number(&run)
                && !self.is_office(&run)
                && !self.is_of_a_group(&run)
                && !self.is_a_kind(&run)
                && !run.clone().any(|at| self.is_in_address(at))
                && !(part && self.known.has_surname(self.article, &forms))
                && self.known.is_only_name(self.article, &forms, &telling)
            {
                names.push((run, name, rarity));
            }
        }
        names
    }

    /// What in a span names somebody whom no other article names, with the age or the words that say that it is a name: "Ina
    /// Holt, 63". Nobody else says that, whatever else of the sentence they have.
    pub(super) fn introduces(&self, span: Span) -> Option<Span> {
        let start = self.words.partition_point(|word| word.span.start < span.start);
        let end = self.words.partition_point(|word| word.span.end <= span.end);
        self.named(&(start..end.max(start))).into_iter().find_map(|(run, ..)| self.introduction(&run))
    }

    /// A name of two words or more, with an age behind it or "named as" before it.
    fn introduction(&self, run: &Range<usize>) -> Option<Span> {
        let span = Span::new(self.words[run.start].span.start, self.words[run.end - 1].span.end);
        let at_end = self.alias_end(run.end);
        let age = self.words.get(at_end).filter(|age| {
            let behind = self.gap(at_end);
            let digits = age.span.of(self.text);
            let old = digits.parse().is_ok_and(|years: u32| (1..120).contains(&years)) && digits.len() < 4;
            let closed =
                behind.starts_with([',', '.', ')', ';']) || behind.is_empty() || behind.starts_with("-year-old");
            old && closed && matches!(self.gap(at_end - 1), ", " | " (" | ",” " | ",\" ")
        });
        let named_as = (run.start.saturating_sub(4)..run.start)
            .any(|at| matches!(self.said(at), "named" | "identified"))
            && self.said(run.start - 1) == "as";
        let people = run.len() > 1 && run.clone().filter(|&at| self.is_capital(at)).count() > 1;
        let end = age.map_or(span.end, |age| age.span.end);
        (people && (age.is_some() || named_as)).then_some(Span::new(span.start, end))
    }

    /// One past what somebody is called besides, behind a name that ends before `end`: "Ina Holt, aka “The Eel,” | 63".
    fn alias_end(&self, end: usize) -> usize {
        const LONGEST: usize = 3;
        if self.words.get(end).is_none() || !matches!(self.said(end), "aka" | "alias") {
            return end;
        }
        let called =
            (end + 1..self.words.len()).take(LONGEST).take_while(|&at| self.said(at).starts_with(char::is_uppercase));
        end + 1 + called.count()
    }

    /// The text of a run of words, without a possessive ending.
    fn name(&self, run: &Range<usize>) -> &str {
        let name = Span::new(self.words[run.start].span.start, self.words[run.end - 1].span.end).of(self.text);
        name.strip_suffix("’s").or(name.strip_suffix("'s")).unwrap_or(name)
    }

    /// Takes the word off that only the start of a sentence writes with a capital: "Shares of Arlen Corp.", "Goalkeeper Ina
    /// Holt".
    fn drop_role(&self, run: &mut Range<usize>) {
        let common = |word: &str| is_common(&stem(&word.to_lowercase()));
        let role = self.said(run.start).to_lowercase();
        let rest = run.start + 1..run.end;
        if run.len() > 2 && self.said(run.start + 1) == "of" {
            // "Inspectors of the HPA", but "Bank of Arlen"
            let several = role.ends_with('s') || is_person(&role) || OFFICES.contains(&&*role);
            let written_small = self.rarity_of(run.start) < MIN_RARITY || common(&role) || self.known.is_small(&role);
            if several && written_small && !self.stands_inside(self.name(run)) {
                run.start += if self.said(run.start + 2) == "the" && run.len() > 3 { 3 } else { 2 };
            }
            return;
        }
        // "Police Union", "Citizen Advice" name no person; "Passenger Ina Frost" does.
        let given = || rest.len() == 2 && !common(self.said(rest.start)) && !BODIES.contains(&self.said(rest.end - 1));
        let own = |at: usize| !common(self.said(at)) || is_joint(self.said(at));
        let proper = !rest.is_empty()
            && self.gap(run.start) == " "
            && rest.clone().all(|at| self.is_capital(at) || is_joint(self.said(at)))
            && (rest.clone().all(own) || given());
        let does = (role.ends_with("er") || role.ends_with("or"))
            && rest.len() > 1
            && (common(&role) || self.known.is_small(&role));
        let second_half = (3..role.len().saturating_sub(SECOND_HALF - 1))
            .any(|at| role.is_char_boundary(at) && is_person(&role[at..]));
        let man = (role.ends_with("man") || role.ends_with("woman")) && common(&role);
        let is_role = STANDINGS.contains(&&*role) || is_person(&role) || second_half || man || does;
        if proper && is_role && !self.stands_inside(self.name(run)) {
            run.start += 1;
        }
    }

    /// Whether the article has a name within a sentence too, where a capital is part of it: "and Hunter Holt".
    fn stands_inside(&self, name: &str) -> bool {
        self.text.match_indices(name).any(|(at, _)| {
            let before = self.text[..at].trim_end();
            before.ends_with(|c: char| c.is_lowercase() || c == ',') && before.len() < at
        })
    }

    /// Whether a name is that of a newsroom or of its reporter: "KQX7", "Quay News", "KQX7's Ina Holt reported."
    fn reports(&self, run: &Range<usize>) -> bool {
        let last = self.said(run.end - 1);
        let (letters, digits) = last.split_at(last.find(|c: char| c.is_ascii_digit()).unwrap_or(last.len()));
        let channel = matches!(letters.len(), 2..=4)
            && letters.bytes().all(|b| b.is_ascii_uppercase())
            && matches!(digits.len(), 1 | 2)
            && digits.bytes().all(|b| b.is_ascii_digit());
        let station = run.start > 0 && matches!(self.said(run.start - 1), "affiliate" | "station");
        let newsroom = run.len() > 1 && matches!(last, "News" | "Newsroom" | "Radio" | "TV");
        if channel || station || newsroom {
            return true;
        }
        if matches!(self.gap(run.end - 1), "'s " | "’s ") || last.ends_with("'s") || last.ends_with("’s") {
            let owned = run.end..self.words.len();
            return !owned.is_empty()
                && self.is_capital(run.end)
                && self.attributes(self.name_end(run.end, self.words.len()));
        }
        self.attributes(run.end)
    }

    /// Whether a word stands in a link, a handle, an address of mail.
    fn is_in_address(&self, at: usize) -> bool {
        let span = self.words[at].span;
        let before = self.text[..span.start].rsplit(char::is_whitespace).next().unwrap_or("");
        let start = span.start - before.len();
        let end = self.text[span.end..].find(char::is_whitespace).map_or(self.text.len(), |at| span.end + at);
        is_address(self.text[start..end].trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@'))
    }

    /// "Assistant Harbour Attorney": what somebody is, with nobody's name.
    fn is_office(&self, run: &Range<usize>) -> bool {
        let last = self.said(run.end - 1).to_lowercase();
        let small = |at: usize| is_common(&stem(&self.said(at).to_lowercase()));
        run.len() > 1 && (OFFICES.contains(&&*last) || is_person(&last)) && run.clone().all(small)
    }

    /// "a Hispanic diver", "black, white, Hispanic": an adjective of people, by its ending and by its place; "Congressional
    /// delay", of a body.
    fn is_of_a_group(&self, run: &Range<usize>) -> bool {
        const ENDINGS: &[&str] = &["ese", "ian", "ic", "ish", "can"];
        const OF_BODIES: &[&str] = &["ional", "ential", "orial", "mental", "entary"];
        let (at, word) = (run.start, self.said(run.start));
        if run.len() == 1 && OF_BODIES.iter().any(|ending| word.ends_with(ending)) {
            return true;
        }
        if run.len() > 1 || !ENDINGS.iter().any(|ending| word.ends_with(ending)) {
            return false;
        }
        let small = |at: usize| self.said(at).starts_with(char::is_lowercase);
        let counted = at > 0 && self.gap(at - 1) == " " && matches!(self.said(at - 1), "a" | "an");
        let listed = at > 1 && (at - 2..at).all(|at| small(at) && self.gap(at) == ", ");
        counted && at + 1 < self.words.len() && self.gap(at) == " " && small(at + 1) || listed
    }

    /// "in a white SUV", "two ATVs", but "an FBI agent": letters behind an article or a number, with no noun behind them.
    fn is_a_kind(&self, run: &Range<usize>) -> bool {
        let at = run.end - 1;
        let letters = self.said(at).trim_end_matches('s');
        let behind = |at: usize| at > 0 && self.gap(at - 1) == " ";
        let small = |at: usize| self.said(at).starts_with(char::is_lowercase);
        let counts = |at: usize| {
            let form = self.said(at).to_lowercase();
            matches!(&*form, "a" | "an" | "another" | "her" | "his" | "their") || !numbers(&[&form], 0).is_empty()
        };
        if letters.len() < 2
            || !letters.bytes().all(|b| b.is_ascii_uppercase())
            || !run.clone().all(|one| one == at || counts(one))
        {
            return false;
        }
        // "a dark coloured SUV"
        let first =
            (at.saturating_sub(2)..at).rev().take_while(|&at| behind(at + 1) && small(at) && !counts(at)).last();
        let first = first.unwrap_or(at);
        let next = at + 1;
        let alone =
            next >= self.words.len() || self.gap(at) != " " || is_function_word(&self.said(next).to_lowercase());
        alone && behind(first) && counts(first - 1)
    }

    /// "Twenty-one", "Fifth", and the short form of a state: "Tenn."
    fn is_number(&self, run: &Range<usize>) -> bool {
        const ORDINALS: &[&str] =
            &["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
        let forms: Vec<&str> = run.clone().map(|at| self.said(at)).collect();
        let word = forms[0].to_lowercase();
        (0..forms.len()).all(|at| !numbers(&forms, at).is_empty())
            || forms.len() == 1 && (ORDINALS.contains(&&*word) || is_short_state(&word))
    }

    /// "They lost Daddy, and Cuz.": a word for kin or for people that stands for a name.
    fn is_kin(&self, run: &Range<usize>) -> bool {
        const CALLED: &[&str] = &[
            "auntie", "cuz", "dad", "daddy", "gramma", "grandma", "grandpa", "granny", "mama", "mom", "mommy", "mum",
            "nana", "papa",
        ];
        run.len() == 1 && CALLED.contains(&&*self.said(run.start).to_lowercase())
    }

    /// "Ina Holt (D-Ohio)"
    fn is_party(&self, run: &Range<usize>) -> bool {
        self.said(run.start).chars().count() == 1 && self.gap(run.start) == "-"
    }

    /// Whether a word ends an attribution: "the port is shut, Ina Holt | reported."
    fn attributes(&self, at: usize) -> bool {
        let says = at > 0 && at < self.words.len() && matches!(self.said(at), "reported" | "reports");
        says && self.gap(at - 1) == " " && (at + 1 == self.words.len() || self.gap(at).starts_with(['.', ',']))
    }

    /// One past the last word of the name that starts at `start`: "Ursula von der Leyen", "James T. Renacci", "Ching-te".
    fn name_end(&self, start: usize, limit: usize) -> usize {
        let mut end = start + 1;
        loop {
            // "Ching-te", and not "Budapest-based"
            if end < limit && self.gap(end - 1) == "-" {
                if self.said(end).starts_with(char::is_lowercase) && self.said(end).chars().count() > 3 {
                    return end;
                }
                end += 1;
                continue;
            }
            let letter = self.said(end - 1).chars().count() == 1;
            let initial = letter || SHORTENED.contains(&self.said(end - 1));
            // "Ina O’Holt"
            if letter && end < limit && matches!(self.gap(end - 1), "'" | "’") && self.is_capital(end) {
                end += 1;
                continue;
            }
            // "Dock Workers' Union"
            let plural = matches!(self.gap(end - 1), "' " | "’ ");
            if !(self.gap(end - 1) == " " || plural || initial && self.gap(end - 1) == ". ") {
                return end;
            }
            // "Ministry of Ports and Rivers", "Port and Rivers Board", not "Holt and Pell"
            let and = end < limit && self.said(end) == "and" && self.gap(end) == " ";
            if and && end + 1 < limit && self.is_capital(end + 1) {
                let long = (start..end).any(|at| self.said(at) == "of");
                if long || self.joins_a_body(start, end, limit) {
                    end += 2;
                    continue;
                }
            }
            // "Museum for Ships", not "Holt for Mayor"
            let body = BODIES.contains(&self.said(end - 1));
            if body && end + 1 < limit && self.said(end) == "for" && self.gap(end) == " " && self.is_capital(end + 1) {
                end += 2;
                continue;
            }
            let mut next = end;
            while next < limit && next < end + 2 && self.joins(next) && self.gap(next) == " " {
                next += 1;
            }
            // "Dale Police | Lt. Ina Holt"
            if next >= limit || !self.is_capital(next) || SHORTENED.contains(&self.said(next)) && self.gap(next) == ". "
            {
                return end;
            }
            end = next + 1;
        }
    }

    /// "of", or "On" where it has a capital: "Eye On Dale".
    fn joins(&self, at: usize) -> bool {
        const PREPOSITIONS: &[&str] = &["At", "By", "For", "From", "In", "On", "To", "With"];
        is_joint(self.said(at)) || PREPOSITIONS.contains(&self.said(at))
    }

    /// Whether an "and" stands within the name of a body: "Port | and Rivers Board", not "Port Council and Rivers Board".
    fn joins_a_body(&self, start: usize, and: usize, limit: usize) -> bool {
        let mut end = and + 1;
        while end < limit && self.is_capital(end) && (end == and + 1 || self.gap(end - 1) == " ") {
            end += 1;
        }
        let body = |at: usize| BODIES.contains(&self.said(at));
        body(end - 1) && end > and + 2 && !(start..and).any(body)
    }

    /// Whether the word stands after a mark that lets a sentence begin.
    fn opens(&self, at: usize) -> bool {
        self.gap(at - 1).contains(['"', '“', ':', '‘', '.', '•', '—', '–', '(', '|'])
    }
}

/// What joins the words of a name: "the Port of Dale".
fn is_joint(word: &str) -> bool {
    PARTICLES.contains(&word) || matches!(word, "of" | "the")
}

/// "Gazette's Ina Holt" is Ina Holt; a "St Brannoc's Church" is no Church, and a "People's Bank of Arven" no Bank of Arven.
fn without_owner(name: &str) -> &str {
    let owned = ["'s ", "’s "].iter().filter_map(|mark| name.split_once(mark)).next();
    let is_word = |owner: &str| {
        let owner = owner.rsplit(' ').next().unwrap_or(owner).to_lowercase();
        is_common(&stem(&owner)) || is_person(&owner)
    };
    let owned = owned.filter(|(owner, _)| !is_word(owner));
    owned.map(|(_, owned)| owned).filter(|owned| owned.split_whitespace().count() > 1).unwrap_or(name)
}
