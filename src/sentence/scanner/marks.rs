//! What characters and words are: terminators, bullets, markers of lists, short forms.

use super::{Bracket, Item};

/// The list marker at the start of `text`, perhaps after a bullet, and its length: `1.`, `a)`, `(a)`, `1.)`.
pub(super) fn item_marker(text: &str) -> Option<(Item, usize)> {
    let marker = text.trim_start_matches(|c: char| is_bullet(c) || c == ' ');
    let around = marker.starts_with('(');
    let inner = &marker[usize::from(around)..];
    let (word, rest) = inner.split_at(inner.bytes().take(4).take_while(u8::is_ascii_alphanumeric).count());
    let (bracket, width) = match rest.as_bytes() {
        [b')', ..] if around => (Bracket::Around, 1),
        _ if around => return None,
        [b'.', b')', ..] => (Bracket::StopClose, 2),
        [b'.', ..] => (Bracket::Stop, 1),
        [b')', ..] => (Bracket::Close, 1),
        _ => return None,
    };
    if !rest[width..].starts_with(char::is_whitespace) || word.len() > 3 {
        return None;
    }
    let (number, letter) = match (word.parse(), word.as_bytes()) {
        (Ok(number), _) => (number, false),
        (_, [letter]) if letter.is_ascii_lowercase() => (u32::from(*letter), true),
        _ => return None,
    };
    let length = text.len() - marker.len() + usize::from(around) + word.len() + width;
    Some((Item { number, letter, bracket }, length))
}

pub(super) fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '‽' | '．') || is_uncased_terminator(c)
}

/// Marks of scripts without upper and lower case: they end the sentence, space or not.
pub(super) fn is_uncased_terminator(c: char) -> bool {
    matches!(
        c,
        '。' | '！'
            | '？'
            | '｡'
            | '؟'
            | '۔'
            | '।'
            | '॥'
            | '։'
            | ';'
            | '။'
            | '។'
            | '៕'
            | '።'
            | '፧'
            | '፨'
            | '᠃'
            | '᙮'
            | '෴'
            | '།'
            | '༎'
            | '᭞'
    )
}

pub(super) fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '●' | '▪' | '◦' | '‣' | '⁃' | '■' | '►')
}

/// Lower case where case means something: Georgian letters have it only on paper.
pub(super) fn is_lower(c: char) -> bool {
    c.is_lowercase() && !matches!(c, '\u{10D0}'..='\u{10FF}' | 'ª' | 'º')
}

/// "U.S", "e.V", "J.-C": single letters between full stops.
pub(super) fn is_acronym(word: &str) -> bool {
    word.contains('.')
        && word
            .split('.')
            .all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic) && !part.is_empty())
}

/// "J.-P", "Ch.-M": the initials of a name that is two joined.
pub(super) fn is_joined_initials(word: &str) -> bool {
    let is_initial = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.all(char::is_lowercase)
            && part.chars().nth(2).is_none()
    };
    word.contains(".-") && word.split(".-").all(is_initial)
}

/// Days as English shortens them; all but some are words too: "they wed", "he sat".
pub(super) fn is_weekday(word: &str) -> bool {
    matches!(word, "Mon" | "Tue" | "Wed" | "Thu" | "Thur" | "Fri" | "Sat" | "Sun")
}

pub(super) fn is_roman(word: &str) -> bool {
    word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L'))
}

/// A capital, then small consonants only, five letters at most.
pub(super) fn is_clipped(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| c.is_ascii_uppercase() && !matches!(c, 'A' | 'E' | 'I' | 'O' | 'U' | 'Y'))
        && (2..=5).contains(&word.len())
        && !word.ends_with("mm")
        && !matches!(word, "Mm" | "Hm" | "Mhm" | "Shh" | "Psst" | "Pst" | "Grr" | "Brr" | "Tsk")
        && chars.all(|c| c.is_ascii_lowercase() && !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
}
