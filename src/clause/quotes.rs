//! Quotation marks and brackets in a stretch of text.
//!
//! A single mark is an apostrophe as well, so it opens only in front of a word that is not clipped ("'em", "'90s"), and
//! closes only where no possessive or clipped word can end ("the workers' union", "goin' home").

use std::ops::Range;

use super::is_saying;

/// Whether every quotation mark and bracket that opens in a text closes in it.
pub fn is_balanced(text: &str) -> bool {
    let mut open = Open::default();
    text.chars().all(|c| open.read(c)) && open.is_none()
}

/// The quotation marks and brackets that are open at a place of a text.
#[derive(Default)]
pub(super) struct Open {
    curly: u32,
    angled: u32,
    round: u32,
    straight: bool,
}

impl Open {
    pub fn is_none(&self) -> bool {
        (self.curly, self.angled, self.round, self.straight) == (0, 0, 0, false)
    }

    /// Reads on; whether a mark that closes has one to close.
    pub fn read(&mut self, c: char) -> bool {
        let (depth, opens) = match c {
            '“' => (&mut self.curly, true),
            '”' => (&mut self.curly, false),
            '«' => (&mut self.angled, true),
            '»' => (&mut self.angled, false),
            '(' => (&mut self.round, true),
            ')' => (&mut self.round, false),
            '"' => {
                self.straight = !self.straight;
                return true;
            }
            _ => return true,
        };
        let next = if opens { depth.checked_add(1) } else { depth.checked_sub(1) };
        *depth = next.unwrap_or(*depth);
        next.is_some()
    }
}

/// The words in double marks of which a text mostly consists, if it does, as a range of bytes: of somebody's own words it matters
/// who repeats them.
pub fn quotation(text: &str) -> Option<Range<usize>> {
    const LEAST: usize = 4;
    let n_words = |part: &str| part.split_whitespace().count();
    let (open, mark) = text.char_indices().find(|(_, c)| matches!(c, '“' | '"'))?;
    let start = open + mark.len_utf8();
    let end = start + text[start..].find(if mark == '"' { '"' } else { '”' })?;
    let inside = n_words(&text[start..end]);
    (inside >= LEAST && 2 * inside >= n_words(text)).then_some(start..end)
}

/// Words of which English leaves off the head and puts a mark in its place.
#[rustfmt::skip]
const CLIPPED: &[&str] = &[
    "bout", "cause", "cos", "coz", "cuz", "em", "er", "im", "neath", "round", "til", "till", "tis", "twas", "twere", "twill", "un", "uns",
];
/// Words of which it leaves off the tail, besides those in "-in'".
const CUT_SHORT: &[&str] = &["an", "fo", "lil", "mo", "n", "o", "ol", "po", "th", "wi"];

/// Whether a single mark between two stretches of text opens a quotation: it stands in front of a word that is not clipped.
pub fn opens_single(before: &str, after: &str) -> bool {
    let free = before.chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–'));
    let word: String = after.chars().take_while(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let letters = word.chars().count();
    // "the '90s", "the class of '12"
    let year = word.trim_end_matches('s').len() == 2 && word.starts_with(|c: char| c.is_ascii_digit());
    // "rock 'n' roll", "'t Hooft"
    let clipped = CLIPPED.contains(&&*word) || letters == 1 && !matches!(&*word, "a" | "i" | "o");
    let begins = letters > 0 || after.starts_with(['…', '“', '"', '£', '$', '€']) || after.starts_with("...");
    free && begins && !year && !clipped
}

/// Whether a single mark between two stretches of text can be nothing but the end of a quotation.
pub fn ends_single(before: &str, after: &str) -> bool {
    let next = after.chars().next();
    if next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')) {
        return false;
    }
    let Some(last) = before.chars().next_back() else { return false };
    if matches!(last, ',' | '.' | '!' | '?' | '…' | '—' | '–' | '"' | '”' | ')') {
        return true;
    }
    let word: String = before.chars().rev().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let word: String = word.chars().rev().collect();
    let clipped = word.ends_with("in") && word.len() > 3 || CUT_SHORT.contains(&&*word);
    // "the workers' union", but "'a gift to the workers'." and "'a gift to the workers' in her book"
    let owns = word.ends_with(['s', 'x', 'z']) && next.is_some_and(char::is_whitespace) && !is_behind_no_owner(after);
    // "'the summer of '69' in the film"
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let year = digits == 2 && before[..before.len() - digits].ends_with(['\'', '’']);
    year || last.is_alphabetic() && !clipped && !owns
}

/// Whether a stretch begins with a word that no possessive stands before: what somebody owns begins with no "in" or "said".
fn is_behind_no_owner(after: &str) -> bool {
    let after = after.trim_start();
    let word = &after[..after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len())];
    is_saying(word)
        || matches!(
            word,
            "after" | "as" | "at" | "because" | "before" | "but" | "by" | "during" | "for" | "from" | "if" | "in"
        )
        || matches!(word, "on" | "that" | "to" | "was" | "were" | "when" | "where" | "which" | "while" | "who" | "with")
}

/// Whether a single mark at the front of a text opens what the text does not close.
pub(super) fn opens_only(text: &str) -> bool {
    let mut marks = text.char_indices();
    let Some((_, open)) = marks.next().filter(|(_, c)| matches!(c, '\'' | '‘')) else { return false };
    let close = if open == '‘' { '’' } else { open };
    let ends = |(at, c): (usize, char)| c == close && ends_single(&text[..at], &text[at + c.len_utf8()..]);
    opens_single("", &text[open.len_utf8()..]) && !marks.any(ends)
}

/// Whether a single mark behind the end of a sentence, or behind a comma, closes what the text does not open.
pub(super) fn closes_only(text: &str) -> bool {
    let Some(said) = text.strip_suffix(['\'', '’']) else { return false };
    let opens =
        |(at, c): (usize, char)| matches!(c, '\'' | '‘') && opens_single(&said[..at], &said[at + c.len_utf8()..]);
    said.ends_with([',', '.', '!', '?', '…']) && !said.char_indices().any(opens)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_mostly_stands_in_marks_is_a_quotation() {
        for (text, words) in [
            ("“We heard the horn twice,” Ina Holt said.", Some("We heard the horn twice,")),
            ("\"We heard the horn twice.\"", Some("We heard the horn twice.")),
            ("Ina Holt, who was on the quay with her sister, said “we heard the horn twice”.", None),
            ("The “Red Eel” sank.", None),
            ("“We heard the horn twice", None),
        ] {
            assert_eq!(quotation(text).map(|words| &text[words]), words, "{text}");
        }
    }

    #[test]
    fn what_opens_has_to_close() {
        for (text, balanced) in [
            ("", true),
            ("The port’s tug", true),
            ("“One tug was ordered,” she said", true),
            ("\"One tug was ordered,\" she said", true),
            ("“One tug was ordered", false),
            ("and was sent,” she said", false),
            ("\"One tug", false),
            ("the union (HDU", false),
            ("HDU) said", false),
        ] {
            assert_eq!(is_balanced(text), balanced, "{text}");
        }
    }

    #[test]
    fn a_single_mark_alone_is_told_from_an_apostrophe() {
        for (text, opens, closes) in [
            ("'We heard it all", true, false),
            ("‘We heard it all.", true, false),
            ("'We heard it all,' said Ina Holt", false, false),
            ("'90s bands sang", false, false),
            ("'Tis late", false, false),
            ("And it was dark.'", false, true),
            ("And it was dark,’", false, true),
            ("She said: 'It was dark.'", false, false),
            ("It was the dockers'", false, false),
            ("'We heard the dockers' wives", true, false),
        ] {
            assert_eq!((opens_only(text), closes_only(text)), (opens, closes), "{text}");
        }
    }
}
