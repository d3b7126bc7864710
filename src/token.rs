//! Floor 5. Words, and the numbers that stand for them.
//!
//! A token is what a reader would copy as one word: `two-day`, `Xi’s`, `O’Brien`, `U.S`, `example.com`; a number with
//! its separators, currency and unit: `US$2.5bn`, `1,000km`, `12-point`, `9%`, `5:42`; `#hashtag` and `@handle`; an
//! address. Han and Hiragana, written without spaces, give a token per character, Katakana and Thai one per run.
//! The rules are those of Unicode's word boundaries (UAX #29) for letters and marks, and looser for what joins them.
//!
//! One pass over the bytes; ASCII, most of all prose, is looked up in a table of 128 classes.

use rustc_hash::FxHashMap;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::span::{Span, TermId};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, perhaps with digits: "COVID-19".
    Word,
    /// Begins with a digit, or with a sign or currency and a digit: "US$2.5bn".
    Number,
    /// One character of a script without spaces.
    Ideogram,
    /// "#hashtag" or "@handle".
    Tag,
    /// Of a page or a mailbox.
    Address,
}

/// One occurrence of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the text that was tokenized.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// The tokens of `text`, in order.
pub fn tokenize(text: &str) -> Vec<Token> {
    let reader = Reader { text, bytes: text.as_bytes() };
    let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
    let mut at = 0;
    while at < text.len() {
        match reader.token(at) {
            Ok((end, kind)) => {
                tokens.push(Token { span: Span::new(at, end), kind });
                at = end;
            }
            Err(next) => at = next,
        }
    }
    tokens
}

/// The words of `text` by UAX #29, for matching: compounds, signs and units are taken apart.
pub fn words(text: &str) -> Vec<Token> {
    let word = |(start, word): (usize, &str)| {
        let number = word.starts_with(|c: char| c.is_numeric());
        let kind = if number { TokenKind::Number } else { TokenKind::Word };
        Token { span: Span::new(start, start + word.len()), kind }
    };
    let mut found: Vec<Token> = Vec::new();
    for token in text.unicode_word_indices().map(word) {
        match found.last_mut() {
            Some(last) if divides_no_word(text, last.span.end, token.span.start) => last.span.end = token.span.end,
            _ => found.push(token),
        }
    }
    found
}

/// Whether only a zero-width space stands between two words of a script that writes spaces: pages use it to say where
/// a long word may break. In Thai or Khmer it does divide words.
fn divides_no_word(text: &str, end: usize, start: usize) -> bool {
    let spaced = |c: char| c.is_alphanumeric() && c < '\u{590}';
    matches!(&text[end..start], "\u{200B}" | "\u{FEFF}")
        && text[..end].ends_with(spaced)
        && text[start..].starts_with(spaced)
}

/// Prints nothing and says nothing: soft hyphens, spaces of no width.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Nothing of a token.
    Other,
    Letter,
    Digit,
    /// Begins a number before a digit: `$`, `+`, `-`.
    Prefix,
    /// `#`, `@`.
    Tag,
    /// A byte beyond ASCII.
    Wide,
}

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' => Class::Digit,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => Class::Letter,
            b'$' | b'+' | b'-' => Class::Prefix,
            b'#' | b'@' => Class::Tag,
            0x80..=0xFF => Class::Wide,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
}

impl Reader<'_> {
    /// The end and kind of the token that starts at `at`, or where to look next.
    #[inline]
    fn token(&self, at: usize) -> Result<(usize, TokenKind), usize> {
        match CLASSES[usize::from(self.bytes[at])] {
            Class::Other => Err(at + 1),
            Class::Letter => self.word(at),
            Class::Digit => Ok(self.number(at)),
            Class::Prefix => {
                let signed = self.bytes[at] == b'$' || self.begins_after_space(at);
                if signed && self.digit_at(at + 1) { Ok(self.number(at + 1)) } else { Err(at + 1) }
            }
            Class::Tag => {
                let end = self.run(at + 1);
                if end > at + 1 { Ok((end, TokenKind::Tag)) } else { Err(at + 1) }
            }
            Class::Wide => {
                let c = self.char_at(at);
                let after = at + c.len_utf8();
                if is_ideogram(c) {
                    Ok((self.marks(after), TokenKind::Ideogram))
                } else if c.is_alphabetic() {
                    // One that a run does not take, if there is any, is a word by itself.
                    self.word(at).map(|(end, kind)| (end.max(after), kind))
                } else if c.is_numeric() {
                    Ok(self.number(at))
                } else if is_currency(c) && self.digit_at(after)
                    || c == '−' && self.begins_after_space(at) && self.digit_at(after)
                {
                    Ok(self.number(after))
                } else {
                    Err(after)
                }
            }
        }
    }

    fn char_at(&self, at: usize) -> char {
        self.text[at..].chars().next().unwrap_or(' ')
    }

    fn begins_after_space(&self, at: usize) -> bool {
        at == 0 || matches!(self.bytes[at - 1], b' ' | b'\n' | b'\t' | b'\r' | b'(')
    }

    fn digit_at(&self, at: usize) -> bool {
        self.bytes.get(at).is_some_and(u8::is_ascii_digit)
    }

    /// The end of the letters, digits and marks from `at` on, without what joins words.
    #[inline]
    fn run(&self, mut at: usize) -> usize {
        while let Some(&byte) = self.bytes.get(at) {
            match CLASSES[usize::from(byte)] {
                Class::Letter | Class::Digit => at += 1,
                Class::Wide => match self.wide(at, byte) {
                    Some(next) => at = next,
                    None => break,
                },
                _ => break,
            }
        }
        at
    }

    /// The end of the character beyond ASCII at `at`, if it goes on with a word.
    fn wide(&self, at: usize, byte: u8) -> Option<usize> {
        // Latin Extended and the letters of Cyrillic fill their blocks.
        if matches!(byte, 0xC4..=0xC9 | 0xD0 | 0xD1) {
            return Some(at + 2);
        }
        let c = self.char_at(at);
        ((c.is_alphanumeric() || is_extension(c)) && !is_ideogram(c)).then(|| at + c.len_utf8())
    }

    fn marks(&self, at: usize) -> usize {
        at + self.text[at..].chars().take_while(|c| is_extension(*c)).map(char::len_utf8).sum::<usize>()
    }

    #[inline]
    fn word(&self, start: usize) -> Result<(usize, TokenKind), usize> {
        let end = self.run(start);
        let joins = self
            .bytes
            .get(end)
            .is_some_and(|&byte| matches!(byte, b'-' | b'\'' | b'.' | b'&' | b'@' | b'$' | b':' | 0x80..));
        if joins {
            return self.compound(start, end);
        }
        if self.bytes[start] == b'_' && self.bytes[start..end].iter().all(|&byte| byte == b'_') {
            return Err(end);
        }
        Ok((end, TokenKind::Word))
    }

    /// The word that starts at `start` and whose first part ends at `end`, where a mark stands that may join.
    fn compound(&self, start: usize, mut end: usize) -> Result<(usize, TokenKind), usize> {
        let mut kind = TokenKind::Word;
        while let Some(next) = self.bytes.get(end).and_then(|&byte| self.joined(start, end, byte)) {
            end = match self.bytes[end] {
                b'@' => {
                    kind = TokenKind::Address;
                    self.run(next)
                }
                b':' => return Ok((self.address(next), TokenKind::Address)),
                b'$' => return Ok((self.number(next).0, TokenKind::Number)),
                _ => self.run(next),
            };
        }
        if self.bytes[start..end].iter().all(|&byte| byte == b'_') {
            return Err(end);
        }
        if self.bytes[start..end].starts_with(b"www.") {
            return Ok((self.address(end), TokenKind::Address));
        }
        Ok((end, kind))
    }

    /// Where the word goes on behind the mark at `end`, if that mark joins what stands on both its sides.
    fn joined(&self, start: usize, end: usize, byte: u8) -> Option<usize> {
        let (mark, next) = match byte {
            0..0x80 => (char::from(byte), end + 1),
            _ => {
                let c = self.char_at(end);
                (c, end + c.len_utf8())
            }
        };
        if matches!(self.bytes.get(next), None | Some(b' ' | b'\n')) {
            return None;
        }
        let follows = self.text.get(next..)?.chars().next()?;
        let letter = follows.is_alphanumeric() && !is_ideogram(follows);
        let joins = match mark {
            '-' | '‐' | '‑' | '\'' | '’' | 'ʼ' | '·' | '‧' => letter,
            '.' => letter && self.stop_joins(start, end, follows),
            '&' => letter && follows.is_uppercase() && self.text[..end].ends_with(char::is_uppercase),
            '@' => {
                letter
                    && self.bytes[next..].iter().take(256).take_while(|b| !b.is_ascii_whitespace()).any(|b| *b == b'.')
            }
            '$' => follows.is_ascii_digit(),
            ':' => {
                matches!(&self.text[start..end], "http" | "https" | "ftp" | "HTTP" | "HTTPS")
                    && self.text[next..].starts_with("//")
            }
            _ => false,
        };
        joins.then_some(next)
    }

    /// "U.S", "example.com", "Ph.D" are one word; "the end.The next" is two.
    fn stop_joins(&self, start: usize, end: usize, follows: char) -> bool {
        let piece = self.text[start..end].rsplit('.').next().unwrap_or("");
        follows.is_lowercase() || follows.is_ascii_digit() || piece.chars().nth(2).is_none()
    }

    /// The end of an address that is under way at `at`: up to white space, without the marks of the sentence around it.
    fn address(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let length = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '”' | '“' | '’' | '»' | '。' | '、'));
        let address = &rest[..length.unwrap_or(rest.len())];
        let kept = address
            .trim_end_matches(|c: char| c.is_ascii_punctuation() && !matches!(c, '/' | '-' | '_' | '=' | '#' | '&'));
        at + kept.len()
    }

    /// The end of the number whose first digit is at `at`: digits, separators between digits, a unit.
    fn number(&self, mut at: usize) -> (usize, TokenKind) {
        loop {
            at = self.run(at);
            let Some(&byte) = self.bytes.get(at) else { break };
            let between = self.digit_at(at + 1);
            let after_letter = !self.bytes[at - 1].is_ascii_digit();
            match byte {
                b' ' => break,
                b'.' | b',' | b':' | b'/' | b'\'' if between && !after_letter => at += 1,
                b'\'' if self.letter_at(at + 1) => at += 1,
                b'-' if between || self.letter_at(at + 1) => at += 1,
                b'%' => return (at + 1, TokenKind::Number),
                0x80.. => {
                    let c = self.char_at(at);
                    let next = at + c.len_utf8();
                    match c {
                        // Thin and no-break spaces group digits by three.
                        '\u{A0}' | '\u{2009}' | '\u{202F}' if self.groups(next) => at = next,
                        '’' if self.digit_at(next) || self.letter_at(next) => at = next,
                        '‐' | '‑' if self.digit_at(next) || self.letter_at(next) => at = next,
                        '٫' | '٬' if self.char_at(next).is_numeric() => at = next,
                        '°' if matches!(self.bytes.get(next), Some(b'C' | b'F')) => {
                            return (next + 1, TokenKind::Number);
                        }
                        '%' | '‰' | '٪' | '°' | '′' | '″' => return (next, TokenKind::Number),
                        c if is_currency(c) => return (next, TokenKind::Number),
                        _ => break,
                    }
                }
                _ => break,
            }
        }
        (at, TokenKind::Number)
    }

    /// Exactly three digits stand at `at`.
    fn groups(&self, at: usize) -> bool {
        self.bytes[at..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count() == 3
    }

    fn letter_at(&self, at: usize) -> bool {
        self.text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(|c| c.is_alphabetic() && !is_ideogram(c))
    }
}

/// Han and Hiragana.
fn is_ideogram(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309F}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '々' | '〇')
}

/// Belongs to the letter before it: combining marks, joiners, soft hyphens.
fn is_extension(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}') || c >= '\u{300}' && is_combining_mark(c)
}

fn is_currency(c: char) -> bool {
    matches!(
        c,
        '$' | '¢' | '£' | '¤' | '¥' | '֏' | '؋' | '৳' | '฿' | '៛' | '\u{20A0}'
            ..='\u{20CF}' | '﷼' | '﹩' | '＄' | '￠' | '￡' | '￥' | '￦'
    )
}

/// Terms numbered in order of first occurrence.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    ids: FxHashMap<String, TermId>,
    terms: Vec<String>,
}

impl Vocabulary {
    /// The id of `term`, a new one if it was not known.
    pub fn intern(&mut self, term: &str) -> TermId {
        if let Some(id) = self.ids.get(term) {
            return *id;
        }
        let id = TermId::from(self.terms.len());
        self.terms.push(term.to_owned());
        self.ids.insert(term.to_owned(), id);
        id
    }

    /// The term behind an id.
    pub fn term(&self, id: TermId) -> &str {
        &self.terms[id.index()]
    }

    /// Number of terms.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there is no term.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::TokenKind::{Address, Ideogram, Number, Tag, Word};
    use super::*;

    #[test]
    fn tokens_are_what_a_reader_would_copy_as_one_word() {
        let cases: &[(&str, &str, TokenKind)] = &[
            ("Two ships, at dawn (late) — no!", "Two|ships|at|dawn|late|no", Word),
            ("Xi's two-day visit; Xi’s O’Brien don't", "Xi's|two-day|visit|Xi’s|O’Brien|don't", Word),
            ("the U.S. Ph.D. AT&T example.com COVID-19", "the|U.S|Ph.D|AT&T|example.com|COVID-19", Word),
            ("the end.The next 'quoted' rock 'n' roll", "the|end|The|next|quoted|rock|n|roll", Word),
            (
                "US$2.5bn $40 €5 £1.2m 9% 1,000km 12-point 5:42 3rd",
                "US$2.5bn|$40|€5|£1.2m|9%|1,000km|12-point|5:42|3rd",
                Number,
            ),
            (
                "-5 (+3) 2024-05-16 24/7 1 234 1\u{202F}234 5°C 2½ 54-year-old 555-0143.",
                "-5|+3|2024-05-16|24/7|1|234|1\u{202F}234|5°C|2½|54-year-old|555-0143",
                Number,
            ),
            ("#Breaking @j_doe #１２３", "#Breaking|@j_doe|#１２３", Tag),
            (
                "(https://a.example/b?c=d), www.example.org/x. j.doe@mail.example.org!",
                "https://a.example/b?c=d|www.example.org/x|j.doe@mail.example.org",
                Address,
            ),
            ("北京会談", "北|京|会|談", Ideogram),
            ("हिन्दी में किताब", "हिन्दी|में|किताब", Word),
            (
                "cafe\u{301} e\u{301}te\u{301} Ελλάδα Россия العربية",
                "cafe\u{301}|e\u{301}te\u{301}|Ελλάδα|Россия|العربية",
                Word,
            ),
            ("カタカナ 한국어", "カタカナ|한국어", Word),
        ];
        for (text, expected, kind) in cases {
            let tokens = tokenize(text);
            let found: Vec<_> = tokens.iter().map(|token| token.span.of(text)).collect();
            assert_eq!(found.join("|"), *expected);
            assert!(tokens.iter().all(|token| token.kind == *kind), "{tokens:?}");
        }
    }

    #[test]
    fn nothing_is_a_token() {
        for text in ["", " ", "— … !?", "___", "😀 ☕", "$ # @ + -", "\u{301}", "\u{200D}"] {
            assert!(tokenize(text).is_empty(), "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn tokens_stand_in_order_and_hold_every_letter(text in "[a-zé0-9$.,'’#@:/ \u{301}北カ\u{a0}%-]{0,40}|\\PC{0,40}") {
            let mut outside = String::new();
            let mut at = 0;
            for token in tokenize(&text) {
                proptest::prop_assert!(token.span.start >= at && token.span.end > token.span.start);
                outside.push_str(&text[at..token.span.start]);
                at = token.span.end;
            }
            outside.push_str(&text[at..]);
            proptest::prop_assert!(!outside.contains(char::is_alphanumeric), "{outside:?}");
        }
    }

    #[test]
    fn terms_are_numbered_as_they_come() {
        let mut vocabulary = Vocabulary::default();
        assert!(vocabulary.is_empty());
        let ids: Vec<u32> = ["b", "a", "b"].map(|term| vocabulary.intern(term).0).into();
        assert_eq!((ids, vocabulary.len(), vocabulary.term(TermId(1))), (vec![0, 1, 0], 2, "a"));
    }
}
