//! What each character is to an analyzer: part of a word, white space, a mark; and its lower case.
//!
//! The answer depends on a Unicode version, and scikit-learn's answer is that of the running Python. So the
//! caller brings the ranges, and this table only makes them quick to ask: two levels of 256 entries, equal pages
//! stored once (about 300 KB).

use rustc_hash::FxHashMap;

/// Set of code points, as ascending half-open ranges.
pub type Ranges = [(u32, u32)];

const PAGE: usize = 256;
const N_CODE_POINTS: usize = 0x11_0000;

/// The low bits of an entry hold the lower case; then come the flags.
const CODE_POINT: u32 = (1 << 21) - 1;
const WORD: u32 = 1 << 21;
const SPACE: u32 = 1 << 22;
const MARK: u32 = 1 << 23;
const SPECIAL: u32 = 1 << 24;

/// Table of character properties.
#[derive(Debug)]
pub struct Characters {
    ascii: [Character; 128],
    pages: Vec<u16>,
    entries: Vec<u32>,
    special: FxHashMap<u32, Vec<u32>>,
}

/// Where one character stands among the classes that an analyzer tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Character {
    entry: u32,
}

impl Characters {
    /// Rust's own sets, made once for all tests: what a million code points are is slow to ask in a build without optimization.
    #[cfg(test)]
    pub fn shared() -> std::sync::Arc<Self> {
        static SHARED: std::sync::LazyLock<std::sync::Arc<Characters>> = std::sync::LazyLock::new(Default::default);
        std::sync::Arc::clone(&SHARED)
    }

    /// From the sets of word characters, white space and marks, and the lower case of every character that has one.
    ///
    /// A lower case that depends on the neighbours (the Greek final sigma) is the caller's to apply beforehand.
    pub fn new(word: &Ranges, space: &Ranges, mark: &Ranges, lower: &[(char, String)]) -> Self {
        let mut flat: Vec<u32> = (0..N_CODE_POINTS as u32).collect();
        let mut special = FxHashMap::default();
        for (upper, lower) in lower {
            let code_points: Vec<u32> = lower.chars().map(u32::from).collect();
            match code_points[..] {
                [one] => flat[*upper as usize] = one,
                _ => {
                    flat[*upper as usize] |= SPECIAL;
                    special.insert(u32::from(*upper), code_points);
                }
            }
        }
        for (ranges, flag) in [(word, WORD), (space, SPACE), (mark, MARK)] {
            for &(start, end) in ranges {
                flat[start as usize..end as usize].iter_mut().for_each(|entry| *entry |= flag);
            }
        }
        let mut known: FxHashMap<&[u32], u16> = FxHashMap::default();
        let mut pages = Vec::with_capacity(N_CODE_POINTS / PAGE);
        let mut entries = Vec::new();
        // Characters without case hold themselves, which would make every page differ: store the distance instead.
        for (at, entry) in flat.iter_mut().enumerate() {
            let distance = (*entry & CODE_POINT).wrapping_sub(at as u32) & CODE_POINT;
            *entry = (*entry & !CODE_POINT) | distance;
        }
        for page in flat.chunks(PAGE) {
            let number = *known.entry(page).or_insert_with(|| {
                entries.extend_from_slice(page);
                (entries.len() / PAGE - 1) as u16
            });
            pages.push(number);
        }
        let ascii = std::array::from_fn(|at| Character { entry: entries[at] });
        Self { ascii, pages, entries, special }
    }

    /// The properties of a code point.
    #[inline]
    pub fn of(&self, code_point: u32) -> Character {
        let page = self.pages.get(code_point as usize / PAGE).copied().unwrap_or(0) as usize;
        Character { entry: self.entries[page * PAGE + code_point as usize % PAGE] }
    }

    /// The properties of an ASCII character, given as a byte below 128.
    #[inline]
    pub fn ascii(&self, byte: u8) -> Character {
        self.ascii[usize::from(byte & 0x7F)]
    }

    /// The lower case of a character whose lower case is several.
    pub fn special(&self, code_point: u32) -> &[u32] {
        self.special.get(&code_point).map_or(&[], |lower| lower)
    }
}

impl Default for Characters {
    /// By the Unicode version of the Rust compiler.
    fn default() -> Self {
        let ranges = |is: fn(char) -> bool| {
            let all = (0..N_CODE_POINTS as u32).filter_map(char::from_u32);
            all.filter(|&c| is(c)).map(|c| (u32::from(c), u32::from(c) + 1)).collect::<Vec<_>>()
        };
        let all = (0..N_CODE_POINTS as u32).filter_map(char::from_u32);
        let lower: Vec<(char, String)> = all
            .map(|c| (c, c.to_lowercase().collect()))
            .filter(|(c, lower): &(char, String)| !lower.chars().eq([*c]))
            .collect();
        Self::new(
            &ranges(|c| c.is_alphanumeric() || c == '_'),
            &ranges(char::is_whitespace),
            &ranges(unicode_normalization::char::is_combining_mark),
            &lower,
        )
    }
}

impl Character {
    /// Whether the character is part of a word.
    #[inline]
    pub fn is_word(self) -> bool {
        self.entry & WORD != 0
    }

    /// Whether the character is a mark that combines with the one before it.
    #[inline]
    pub fn is_mark(self) -> bool {
        self.entry & MARK != 0
    }

    /// Whether the character is white space.
    #[inline]
    pub fn is_space(self) -> bool {
        self.entry & SPACE != 0
    }

    /// Whether the lower case is several characters.
    #[inline]
    pub fn is_special(self) -> bool {
        self.entry & SPECIAL != 0
    }

    /// The lower case of `code_point`, whose properties these are.
    #[inline]
    pub fn lower(self, code_point: u32) -> u32 {
        code_point.wrapping_add(self.entry & CODE_POINT) & CODE_POINT
    }
}

/// The code point at `at` and its length in bytes. Text is UTF-8, where lone surrogates may stand as three bytes;
/// other bytes give some code point, never a panic.
#[inline]
pub fn decode(text: &[u8], at: usize) -> (u32, usize) {
    let lead = u32::from(text[at]);
    let (size, head) = match lead {
        0..0x80 => return (lead, 1),
        0x80..0xE0 => (2, lead & 0x1F),
        0xE0..0xF0 => (3, lead & 0x0F),
        _ => (4, lead & 0x07),
    };
    let end = (at + size).min(text.len());
    let code_point = text[at + 1..end].iter().fold(head, |sum, byte| sum << 6 | u32::from(byte & 0x3F));
    (code_point, end - at)
}

/// Appends a code point as UTF-8, a lone surrogate as three bytes.
#[inline]
pub fn encode(code_point: u32, text: &mut Vec<u8>) {
    let tail = |shift: u32| 0x80 | (code_point >> shift & 0x3F) as u8;
    match code_point {
        0..0x80 => text.push(code_point as u8),
        0x80..0x800 => text.extend([0xC0 | (code_point >> 6) as u8, tail(0)]),
        0x800..0x1_0000 => text.extend([0xE0 | (code_point >> 12) as u8, tail(6), tail(0)]),
        _ => text.extend([0xF0 | (code_point >> 18) as u8, tail(12), tail(6), tail(0)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_keeps_its_properties_and_its_bytes() {
        let characters = Characters::default();
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            let character = characters.of(u32::from(c));
            assert_eq!(character.is_word(), c.is_alphanumeric() || c == '_', "{c:?}");
            assert_eq!(character.is_space(), c.is_whitespace(), "{c:?}");
            let lower: Vec<u32> = c.to_lowercase().map(u32::from).collect();
            match lower[..] {
                [one] => assert_eq!(character.lower(u32::from(c)), one, "{c:?}"),
                _ => assert_eq!(characters.special(u32::from(c)), lower, "{c:?}"),
            }
            let mut bytes = Vec::new();
            encode(u32::from(c), &mut bytes);
            assert_eq!(bytes, c.to_string().as_bytes());
            assert_eq!(decode(&bytes, 0), (u32::from(c), bytes.len()));
        }
    }

    #[test]
    fn lone_surrogates_and_broken_bytes_do_not_panic() {
        let mut bytes = Vec::new();
        encode(0xD800, &mut bytes);
        assert_eq!((decode(&bytes, 0), bytes.len()), ((0xD800, 3), 3));
        for broken in [&[0xFFu8][..], &[0xC3], &[0xE2, 0x82], &[0xF7, 0xBF, 0xBF, 0xBF], &[0x80]] {
            let (code_point, size) = decode(broken, 0);
            assert!(size >= 1 && size <= broken.len());
            Characters::new(&[], &[], &[], &[]).of(code_point);
        }
    }
}
