//! Floor 5. Words, and the numbers that stand for them.
//!
//! A token is what a reader would copy as one word: `two-day`, `Xi’s`, `O’Brien`, `U.S`, `example.com`; a number with
//! its separators, currency and unit: `US$2.5bn`, `1,000km`, `12-point`, `9%`, `5:42`; `#hashtag` and `@handle`; an
//! address. Han and Hiragana, written without spaces, give a token per character, Katakana and Thai one per run.
//! The rules are those of Unicode's word boundaries (UAX #29) for letters and marks, and looser for what joins them.
//!
//! One pass over the bytes; ASCII, most of all prose, is looked up in a table of 128 classes.

mod reader;
mod vocabulary;

pub use vocabulary::Vocabulary;

use reader::Reader;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::span::Span;

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
    let reader = Reader::new(text);
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
    for token in text.unicode_word_indices().flat_map(without_narrow_blanks).map(word) {
        match found.last_mut() {
            Some(last) if divides_no_word(text, last.span.end, token.span.start) => last.span.end = token.span.end,
            _ => found.push(token),
        }
    }
    found
}

/// The parts of a word between narrow no-break spaces, which join words to Unicode and are blanks on the page.
fn without_narrow_blanks((start, word): (usize, &str)) -> impl Iterator<Item = (usize, &str)> {
    let base = word.as_ptr() as usize;
    let parts = word.split('\u{202F}').filter(|part| part.chars().any(char::is_alphanumeric));
    parts.map(move |part| (start + part.as_ptr() as usize - base, part))
}

/// Whether only a zero-width space stands between two words of a script that writes spaces: pages use it to say where
/// a long word may break. In Thai or Khmer it does divide words. Or one of the marks that are typed for an apostrophe.
fn divides_no_word(text: &str, end: usize, start: usize) -> bool {
    let spaced = |c: char| c.is_alphanumeric() && c < '\u{590}';
    matches!(&text[end..start], "\u{200B}" | "\u{FEFF}" | "`" | "´" | "′" | "‛")
        && text[..end].ends_with(spaced)
        && text[start..].starts_with(spaced)
}

/// Prints nothing and says nothing: soft hyphens, spaces of no width, what joins letters or sets their direction.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// The apostrophe for each mark that is typed or set in its place within a word.
pub(crate) fn one_apostrophe(c: char) -> char {
    if matches!(c, '’' | '‘' | '‛' | 'ʼ' | '＇' | '`' | '´' | '′') { '\'' } else { c }
}

/// A Latin letter without what stands above or below it, as texts write names that have no such letter: "José" as "Jose",
/// "Łódź" as "Lodz", "Weiß" as "Weiss".
pub(crate) fn without_accents(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ß' => plain.push_str("ss"),
            'ø' => plain.push('o'),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'þ' => plain.push_str("th"),
            'ı' => plain.push('i'),
            'Ø' => plain.push('O'),
            'Ł' => plain.push('L'),
            'Đ' | 'Ð' => plain.push('D'),
            '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => plain.extend(std::iter::once(c).nfd().next()),
            '\u{300}'..='\u{36F}' => {}
            c => plain.push(c),
        }
    }
    plain
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
    fn words_are_apart_where_a_reader_sees_a_blank() {
        for (text, found) in [
            ("le\u{202F}pont\u{202F}; 12\u{202F}500", "le|pont|12|500"),
            ("don`t l´ami Holt′s O‛Brien", "don`t|l´ami|Holt′s|O‛Brien"),
            ("the `lock` and 5′ of it", "the|lock|and|5|of|it"),
            ("nor\u{200D}thern find\u{200E}ing", "nor\u{200D}thern|find\u{200E}ing"),
        ] {
            let words: Vec<_> = words(text).iter().map(|token| token.span.of(text)).collect();
            assert_eq!(words.join("|"), found);
        }
    }

    #[test]
    fn letters_lose_what_stands_above_them() {
        for (word, plain) in
            [("Łódź", "Lodz"), ("Müller", "Muller"), ("Jose\u{301}", "Jose"), ("Йод", "Йод"), ("Weiß", "Weiss")]
        {
            assert_eq!(without_accents(word), plain);
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
}
