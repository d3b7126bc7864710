//! Whether a mark ends its sentence, by the word before it and the word after it.

use super::super::languages::{Abbreviation, titlecase};
use super::marks::{is_acronym, is_clipped, is_joined_initials, is_lower, is_roman, is_uncased_terminator, is_weekday};
use super::{LONGEST_WORD, Next, Run, Scanner};

const TOP_LEVEL: [&str; 14] =
    ["com", "net", "org", "gov", "edu", "info", "io", "js", "co", "uk", "de", "fr", "tv", "asp"];

impl<'a> Scanner<'a> {
    pub(super) fn ends_before_space(&self, at: usize, run: &Run, next: &Next) -> bool {
        let lower = is_lower(next.first);
        let before = &self.text[self.start..at];
        if run.strong {
            if is_uncased_terminator(self.char_at(at)) {
                return !lower && !self.uncased_speaker_follows(run);
            }
            // "Yahoo! shares", "(!) and": a mark that belongs to a name or a bracket.
            if before.ends_with('(')
                || matches!(self.word_before(at), "Yahoo" | "Jeopardy" | "E") && self.bytes[at] == b'!'
            {
                return false;
            }
            if !lower {
                return !(run.closes && !next.opened && self.speaker_follows(next));
            }
            return !run.closes && self.language.lower_starts && !next.opened && !self.inside_a_name(at, run, next);
        }
        if matches!(next.first, ',' | ';' | ':' | ')' | ']' | '№' | '§') {
            return false;
        }
        if run.stops > 1 {
            // An ellipsis ends a sentence only where a capital says so; ". . . I" and "[...] and" go on.
            let set_off = run.end == at + 5 && before.ends_with(' ') || before.ends_with(['[', '(']);
            let said = run.closes && !next.opened && self.speaker_follows(next);
            return next.first.is_uppercase() && !set_off && !said && !before.trim().is_empty();
        }
        if lower {
            return self.lower_case_sentence(at, run, next);
        }
        run.closes || self.full_stop_ends(at, next)
    }

    /// "The cast of Mamma Mia! sailed": the mark belongs to a title, whose word has a capital inside the sentence.
    fn inside_a_name(&self, at: usize, run: &Run, next: &Next) -> bool {
        let word = self.word_before(at);
        let mut letters = word.chars();
        let name = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
        let goes_on = !self.language.opens(&titlecase(next.word));
        name && goes_on && self.bytes[at] == b'!' && run.end == at + 1 && self.start + word.len() < at
    }

    /// Whether a single full stop before a word that is not in lower case ends the sentence.
    fn full_stop_ends(&self, at: usize, next: &Next) -> bool {
        let word = self.word_before(at);
        let word_start = at - word.len();
        let language = self.language;
        let opens = || language.opens(next.word);
        let first = word.chars().next().unwrap_or(' ');
        let begins = word_start == self.start;
        if word.is_empty() {
            return true;
        }
        if first.is_numeric() && word.chars().all(char::is_numeric) {
            return !language.ordinals || word.len() > 2 || opens() || !next.first.is_alphabetic();
        }
        if first.is_numeric() {
            return true;
        }
        // "l'Ing.", "«Dr.": the article and what opens are not part of the abbreviation.
        let plain = word.rsplit(['\'', '’']).next().unwrap_or(word).trim_start_matches(|c: char| !c.is_alphanumeric());
        let mut letters = plain.chars();
        let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        if is_weekday(plain) && self.calendar_goes_on(word_start, next) {
            return false;
        }
        if language.is_unit(plain) && next.first.is_uppercase() && self.measures_a_number(plain, word_start) {
            return true;
        }
        match language.abbreviation(plain) {
            Some(Abbreviation::Inner) => return false,
            Some(Abbreviation::Number) if self.names_a_figure(plain, word_start, next) || self.numbers_follow(next) => {
                return false;
            }
            Some(Abbreviation::Number) => return !next.first.is_numeric() && next.first != '#',
            Some(Abbreviation::Final) if matches!(plain, "a.m" | "p.m" | "A.M" | "P.M") => {
                return !language.is_calendar(next.word) && !self.only_a_time(word_start);
            }
            Some(Abbreviation::Final) => return opens() || self.new_clause(next),
            None if language.is_title_in_lower_case(plain) && self.is_initial(next) => return false,
            None if is_joined_initials(plain) || self.leads_a_title(plain, next) => return false,
            None => {}
        }
        if single && self.text[..word_start].ends_with(['/', '=', ':']) {
            return true; // the tail of an address
        }
        if single {
            return self.initial_ends(plain, word_start, begins, next);
        }
        if is_acronym(plain) {
            return opens() || self.new_clause(next);
        }
        if language.ordinals && is_roman(plain) {
            return opens();
        }
        // "Bldg.", "Ltg.": a capitalised word without a vowel is an abbreviation we do not know.
        if is_clipped(plain) {
            return opens() || self.new_clause(next);
        }
        true
    }

    /// "Wed. Jan. 5", "Sat. Sen. Cole", "on Fri. Cole": what follows says that the day is part of the sentence.
    fn calendar_goes_on(&self, word_start: usize, next: &Next) -> bool {
        let language = self.language;
        let title = || self.text[next.end..].starts_with('.') && language.abbreviation(next.word).is_some();
        let on = || self.text[self.start..word_start].trim_end().ends_with(" on");
        language.is_calendar(next.word)
            || next.first.is_numeric()
            || title()
            || on() && !language.opens(next.word) && !next.opened
    }

    /// "320 м. Он", "3 млн руб. Проф.", "в 1970-х гг. Он"; but "В 2024 г. Иванов" has said nothing yet.
    fn measures_a_number(&self, unit: &str, word_start: usize) -> bool {
        const MULTIPLES: [&str; 6] = ["млн", "млрд", "трлн", "тыс", "тис", "сот"];
        const TIMES: [&str; 9] = ["г", "гг", "год", "р", "рр", "ч", "хв", "мин", "сек"];
        let mut words = self.text[self.start..word_start].split_whitespace().rev();
        let mut counted = words.next().unwrap_or_default();
        if MULTIPLES.contains(&counted.trim_end_matches('.')) {
            counted = words.next().unwrap_or_default();
        }
        let n_more = if TIMES.contains(&unit) { 2 } else { 1 };
        let number = counted.trim_start_matches(['(', '«', '$', '€', '~']);
        number.starts_with(char::is_numeric) && words.nth(n_more - 1).is_some()
    }

    /// "Çınar Cad. No. 12": a number behind the word that announces it.
    fn numbers_follow(&self, next: &Next) -> bool {
        let behind = self.text[next.end..].trim_start_matches(['.', ':', 'º', '°']).trim_start();
        !next.opened
            && behind.starts_with(char::is_numeric)
            && self.language.abbreviation(next.word) == Some(Abbreviation::Number)
    }

    /// Whether what follows is an initial: "J. Holt", "J.-P. Aubert".
    fn is_initial(&self, next: &Next) -> bool {
        next.first.is_uppercase() && next.word.chars().nth(1).is_none() && self.text[next.end..].starts_with('.')
    }

    /// "Tech. Sgt. Lind": a word like others, but before a shortened rank.
    fn leads_a_title(&self, word: &str, next: &Next) -> bool {
        const LEADS: [&str; 5] = ["Tech", "Chief", "Master", "Staff", "Gunnery"];
        let title = || self.language.abbreviation(next.word) == Some(Abbreviation::Inner);
        LEADS.contains(&word) && self.text[next.end..].starts_with('.') && !next.opened && title()
    }

    /// "see Fig. A for details": a letter or a Roman numeral instead of a number.
    fn names_a_figure(&self, word: &str, word_start: usize, next: &Next) -> bool {
        const NUMBERED: [&str; 15] =
            ["fig", "figs", "eq", "sec", "sect", "ch", "chap", "app", "vol", "vols", "art", "par", "para", "pt", "ex"];
        let letter = next.word.chars().nth(1).is_none() && next.first.is_uppercase()
            || next.word.len() <= 4 && is_roman(next.word) && !next.word.is_empty();
        let said =
            |before: &str| ["see", "in", "of", "cf.", "and", "to", "("].iter().any(|word| before.ends_with(word));
        // "A" and "I" are words as well.
        let sure = !self.language.opens(next.word)
            || word.starts_with(char::is_uppercase)
            || said(&self.text[self.start..word_start].trim_end().to_lowercase());
        NUMBERED.contains(&word.to_lowercase().as_str()) && letter && !next.opened && sure
    }

    /// "J. Smith", "Plan B. The", "you and I. Did".
    fn initial_ends(&self, letter: &str, word_start: usize, begins: bool, next: &Next) -> bool {
        if begins {
            return false;
        }
        let c = letter.chars().next().unwrap_or(' ');
        if !c.is_uppercase() {
            return c >= '\u{2E80}' || self.language.opens(next.word);
        }
        let mut words = self.text[self.start..word_start].split_whitespace();
        if letter == "I"
            && self.language.lower_starts
            && words.next_back().is_some_and(|word| word.starts_with(is_lower))
        {
            return true;
        }
        let initial = next.word.chars().nth(1).is_none() && self.text[next.end..].starts_with('.');
        if self.is_lettered(word_start) && !initial {
            return true;
        }
        self.language.opens(next.word) && (next.opened || !initial) && !self.names_a_street(letter, next)
    }

    /// "The crew lacked vitamin C. Doctors": a word that a letter follows as a number would.
    fn is_lettered(&self, word_start: usize) -> bool {
        const LETTERED: [&str; 18] = [
            "appendix",
            "block",
            "category",
            "class",
            "exhibit",
            "gate",
            "grade",
            "group",
            "hepatitis",
            "influenza",
            "option",
            "plan",
            "platform",
            "schedule",
            "terminal",
            "type",
            "vitamin",
            "wing",
        ];
        let before = self.text[self.start..word_start].split_whitespace().next_back().unwrap_or_default();
        self.language.lower_starts && LETTERED.contains(&before.to_lowercase().as_str())
    }

    /// "The 1200 block of S. First Street": a point of the compass before a street that is called as a sentence may begin.
    fn names_a_street(&self, letter: &str, next: &Next) -> bool {
        const STREETS: [&str; 12] =
            ["Ave", "Avenue", "Blvd", "Boulevard", "Court", "Drive", "Lane", "Place", "Rd", "Road", "St", "Street"];
        let end = self.text.floor_char_boundary(self.text.len().min(next.end + LONGEST_WORD));
        let mut behind = self.text[next.end..end].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        matches!(letter, "N" | "S" | "E" | "W") && behind.next().is_some_and(|word| STREETS.contains(&word))
    }

    /// An abbreviation that can end a sentence is followed by what can only start one.
    fn new_clause(&self, next: &Next) -> bool {
        next.opened && matches!(self.char_at(next.at), '"' | '“' | '„' | '«' | '—')
    }

    /// "At 5 a.m. Mr. Smith": so far the sentence holds a preposition and a time.
    fn only_a_time(&self, word_start: usize) -> bool {
        let before = self.text[self.start..word_start].trim();
        before.len() < 24 && before.split_whitespace().count() <= 2 && before.starts_with(|c: char| c.is_uppercase())
    }

    /// A full stop, a space, a word in lower case: hasty writing, or an abbreviation we do not know.
    fn lower_case_sentence(&self, at: usize, run: &Run, next: &Next) -> bool {
        if !self.language.lower_starts || run.closes || next.opened && self.bytes[next.at] != b'(' {
            return false;
        }
        let word = self.word_before(at);
        let plain = word.len() > 1 && word.chars().all(|c| is_lower(c) || matches!(c, '\'' | '’' | '-'));
        let number = word.len() > 3 && word.chars().all(|c| c.is_ascii_digit() || c == '-');
        (plain || number || word.ends_with(')') || next.word == "i" && word.len() > 1)
            && self.language.abbreviation(word).is_none()
    }

    /// A mark with no space after it: "the end.The next", "said.\"The", "。次".
    pub(super) fn ends_without_space(&self, at: usize, run: &Run, next: &Next) -> bool {
        let mark = self.char_at(at);
        if is_uncased_terminator(mark) && self.uncased_speaker_follows(run) {
            return false;
        }
        if is_uncased_terminator(mark) || mark == '．' && !next.first.is_ascii() {
            return !next.first.is_numeric() && !self.inside_title(at) || mark != '．' && !self.inside_title(at);
        }
        let chunk = self.chunk(at);
        let lower = mark == '?' && is_lower(next.first) && next.word.len() > 1;
        if !next.first.is_uppercase() && !lower
            || chunk.contains(['@', '/', '\\', '_', '=', '&'])
            || chunk.starts_with("www.")
        {
            return false;
        }
        let word = self.word_before(at);
        let mut last = word.chars().rev();
        let (z, y) = (last.next().unwrap_or(' '), last.next().unwrap_or(' '));
        let ended_word = run.closes
            || z.is_lowercase() && y.is_lowercase()
            || z.is_ascii_digit() && !next.opened && y.is_ascii_digit();
        let mut following = next.word.chars().skip(1);
        let starts_word = match following.next() {
            Some(c) => c.is_lowercase() || lower || !next.first.is_ascii_alphabetic(),
            None => self.text[next.at..].starts_with(['A', 'I']) || next.opened,
        };
        ended_word
            && starts_word
            && !word.contains('.')
            && self.language.abbreviation(word).is_none()
            && !TOP_LEVEL.contains(&next.word.to_ascii_lowercase().as_str())
    }

    /// Whether `at` lies in a title: 《…！…》.
    fn inside_title(&self, at: usize) -> bool {
        let mut from = self.start.max(at.saturating_sub(LONGEST_WORD));
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        self.text[from..at]
            .chars()
            .rev()
            .find(|c| matches!(c, '《' | '》' | '〈' | '〉'))
            .is_some_and(|c| matches!(c, '《' | '〈'))
    }

    /// What stands around `at` without white space, as far as it matters.
    fn chunk(&self, at: usize) -> &'a str {
        let boundary = |mut at: usize| {
            while !self.text.is_char_boundary(at) {
                at += 1;
            }
            at
        };
        let from = boundary(self.start.max(at.saturating_sub(LONGEST_WORD)));
        let to = boundary(self.text.len().min(at + LONGEST_WORD));
        let start = self.text[from..at].trim_end_matches(|c: char| !c.is_whitespace()).len() + from;
        let end = self.text[at..to].find(char::is_whitespace).map_or(to, |offset| at + offset);
        self.text.get(start..end).unwrap_or("")
    }
}
