//! Where a token ends: a table of classes for ASCII, rules for what joins letters, digits and signs.

use unicode_normalization::char::is_combining_mark;

use super::TokenKind;

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

pub(super) struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, bytes: text.as_bytes() }
    }

    /// The end and kind of the token that starts at `at`, or where to look next.
    #[inline]
    pub(super) fn token(&self, at: usize) -> Result<(usize, TokenKind), usize> {
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
