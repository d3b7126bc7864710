//! Floor 1. What the rules of words can do in the language of a story.
//!
//! Word lists, stems, clauses, amounts and times, cues, page furniture and the words of reasons are English. In another
//! language they find words that only look like theirs ("ten" is "this" in Polish, "once" is "eleven" in Spanish) and
//! would say what is false. There, what holds in every language is left: letters, capitals, digits, marks and frequency.
//! Where sentences end is known of more languages; `sentence` keeps that itself.

/// The lines of a word list below its head: the lines with "#" that say how it was made.
pub const fn list(text: &'static str) -> &'static str {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() && bytes[at] == b'#' {
        while at < bytes.len() && bytes[at] != b'\n' {
            at += 1;
        }
        at += 1;
    }
    text.split_at(at).1
}

/// The language of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// The one that the rules know.
    #[default]
    English,
    /// One without rules that writes only names with a capital.
    Other,
    /// One without rules in which a capital may be any noun's, as in German, or in which there are no capitals.
    OtherWithoutNames,
}

impl Language {
    /// The language of an ISO 639-1 code; a region after it ("en-GB", "pt_BR") says nothing.
    pub fn of(code: &str) -> Self {
        match code.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase().as_str() {
            "en" => Self::English,
            "de" | "lb" | "zh" | "ja" | "ko" | "ar" | "fa" | "ur" | "he" | "hi" | "bn" | "ta" | "th" | "ka" => {
                Self::OtherWithoutNames
            }
            _ => Self::Other,
        }
    }

    /// Whether there are lists of its words, and rules that know how they go together.
    pub fn has_rules(self) -> bool {
        self == Self::English
    }

    /// Whether a capital within a sentence makes a name.
    pub fn has_names(self) -> bool {
        self != Self::OtherWithoutNames
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_begins_below_its_head() {
        for (text, lines) in [("# made\n# by hand\na b\nc\n", "a b\nc\n"), ("a b\n", "a b\n"), ("# a\n", "")] {
            assert_eq!(list(text), lines);
        }
    }

    #[test]
    fn a_language_is_known_by_its_code_with_or_without_a_region() {
        for (code, language) in [
            ("en", Language::English),
            ("en-GB", Language::English),
            ("EN_us", Language::English),
            ("de", Language::OtherWithoutNames),
            ("de-AT", Language::OtherWithoutNames),
            ("fr", Language::Other),
            ("", Language::Other),
        ] {
            assert_eq!(Language::of(code), language, "{code}");
        }
    }
}
