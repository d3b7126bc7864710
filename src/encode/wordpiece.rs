//! BERT's word pieces with byte offsets.
//!
//! Enters a text, leaves the pieces in order: id in the vocabulary and the bytes of the text it stands for. Normalisation
//! (control characters out, CJK characters apart, accents off, lower case), words (white space and punctuation split) and
//! greedy longest match are those of `tokenizers`' `BertNormalizer`, `BertPreTokenizer` and `WordPiece`, and the tests hold
//! the ids to that crate's on every character of Unicode. Two differences: the names of special tokens in a text are text,
//! and the offsets of a piece take in the accents that follow it.
//!
//! Faster than the general crate because a word is looked up as one number: its first 15 bytes and their count.

use rustc_hash::FxHashMap;
use unicode_categories::UnicodeCategories;
use unicode_normalization_alignments::char::decompose_canonical;

use crate::span::Span;

/// A piece of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its line in the vocabulary.
    pub id: u32,
    /// The bytes of the text it stands for.
    pub span: Span,
}

/// Words of more characters are unknown.
const MAX_CHARACTERS: usize = 100;
/// Bytes of a piece that fit a [`key`] beside their count.
const KEY_BYTES: usize = 15;
const CONTINUES: u128 = 0x80 << 120;

/// The tokenizer of uncased BERT models.
#[derive(Debug)]
pub struct WordPiece {
    /// Pieces of at most `KEY_BYTES` bytes.
    short: FxHashMap<u128, u32>,
    /// The longer ones, those inside a word with their `##`.
    long: FxHashMap<Box<[u8]>, u32>,
    /// Bytes of the longest piece.
    longest: usize,
    unknown: u32,
}

impl WordPiece {
    /// From the pieces in order of id; `None` without `[UNK]`.
    pub fn new<'a>(vocabulary: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let mut pieces =
            Self { short: FxHashMap::default(), long: FxHashMap::default(), longest: 0, unknown: u32::MAX };
        for (id, piece) in (0..).zip(vocabulary) {
            if piece == "[UNK]" {
                pieces.unknown = id;
            }
            let (text, continues) = match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => (rest, true),
                _ => (piece, false),
            };
            pieces.longest = pieces.longest.max(text.len());
            if text.len() <= KEY_BYTES {
                let mut bytes = [0; 16];
                bytes[..text.len()].copy_from_slice(text.as_bytes());
                pieces.short.insert(key(u128::from_le_bytes(bytes), text.len(), continues), id);
            } else {
                pieces.long.insert(piece.as_bytes().into(), id);
            }
        }
        (pieces.unknown != u32::MAX).then_some(pieces)
    }

    /// The id of `[UNK]`.
    pub fn unknown(&self) -> u32 {
        self.unknown
    }

    /// The id of a whole piece, as the vocabulary writes it.
    pub fn id(&self, piece: &str) -> Option<u32> {
        let bytes = piece.as_bytes();
        if bytes.len() > KEY_BYTES {
            return self.long.get(bytes).copied();
        }
        let mut padded = [0; 16];
        padded[..bytes.len()].copy_from_slice(bytes);
        self.short.get(&key(u128::from_le_bytes(padded), bytes.len(), false)).copied()
    }

    /// Calls `emit` with each piece of `text`, in order.
    pub fn for_each(&self, text: &str, mut emit: impl FnMut(Piece)) {
        let mut word = Word::default();
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            match ASCII[byte as usize] {
                SPACE => word.finish(self, &mut emit),
                PUNCTUATION => {
                    word.finish(self, &mut emit);
                    word.push_ascii(byte, at);
                    word.finish(self, &mut emit);
                }
                DROPPED => {}
                BEYOND => {
                    let character = text[at..].chars().next().expect("a character starts at a boundary");
                    let span = Span::new(at, at + character.len_utf8());
                    self.beyond_ascii(character, span, &mut word, &mut emit);
                    at = span.end;
                    continue;
                }
                lower => word.push_ascii(lower, at),
            }
            at += 1;
        }
        word.finish(self, &mut emit);
    }

    fn beyond_ascii(&self, character: char, span: Span, word: &mut Word, emit: &mut impl FnMut(Piece)) {
        if character == '\u{fffd}' || character.is_other() {
            return;
        }
        if character.is_whitespace() {
            word.finish(self, emit);
            return;
        }
        let alone = is_chinese(character);
        if alone {
            word.finish(self, emit);
        }
        let mut any = false;
        decompose_canonical(character, |part| {
            if part.is_mark_nonspacing() {
                return;
            }
            any = true;
            for lower in part.to_lowercase() {
                if is_punctuation(lower) {
                    word.finish(self, emit);
                    word.push(lower, span);
                    word.finish(self, emit);
                } else {
                    word.push(lower, span);
                }
            }
        });
        if !any {
            word.extend_to(span.end);
        }
        if alone {
            word.finish(self, emit);
        }
    }
}

/// The word being read: its normalised bytes, and where each stands in the text.
#[derive(Default)]
struct Word {
    bytes: Vec<u8>,
    n_characters: usize,
    /// Start in the text of the word.
    start: usize,
    /// The span of the character behind each byte; empty while byte `i` is the text's byte `start + i`.
    origins: Vec<Span>,
}

impl Word {
    fn push_ascii(&mut self, byte: u8, at: usize) {
        if self.bytes.is_empty() {
            self.start = at;
        } else if !self.origins.is_empty() || at != self.start + self.bytes.len() {
            self.push(char::from(byte), Span::new(at, at + 1));
            return;
        }
        self.bytes.push(byte);
        self.n_characters += 1;
    }

    fn push(&mut self, character: char, span: Span) {
        if self.origins.is_empty() {
            self.origins.extend((0..self.bytes.len()).map(|i| Span::new(self.start + i, self.start + i + 1)));
        }
        let mut buffer = [0; 4];
        let encoded = character.encode_utf8(&mut buffer).as_bytes();
        self.bytes.extend_from_slice(encoded);
        self.origins.extend(std::iter::repeat_n(span, encoded.len()));
        self.n_characters += 1;
    }

    /// A combining mark that was stripped belongs to the character before it.
    fn extend_to(&mut self, end: usize) {
        if self.bytes.is_empty() {
            return;
        }
        if self.origins.is_empty() {
            self.origins.extend((0..self.bytes.len()).map(|i| Span::new(self.start + i, self.start + i + 1)));
        }
        if let Some(last) = self.origins.last_mut()
            && last.end <= end
        {
            last.end = end;
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        match self.origins.is_empty() {
            true => Span::new(self.start + start, self.start + end),
            false => Span::new(self.origins[start].start, self.origins[end - 1].end),
        }
    }

    /// Splits the word into its pieces and starts a new one.
    fn finish(&mut self, vocabulary: &WordPiece, emit: &mut impl FnMut(Piece)) {
        let n_bytes = self.bytes.len();
        if n_bytes == 0 {
            return;
        }
        self.bytes.resize(n_bytes + 16, 0);
        let mut pieces = [(0, 0, 0); MAX_CHARACTERS];
        let mut n_pieces = 0;
        let mut start = if self.n_characters > MAX_CHARACTERS { usize::MAX } else { 0 };
        while start < n_bytes {
            let Some((id, length)) = vocabulary.longest_at(&self.bytes, start, n_bytes) else {
                start = usize::MAX;
                break;
            };
            pieces[n_pieces] = (id, start, start + length);
            n_pieces += 1;
            start += length;
        }
        if start == usize::MAX {
            emit(Piece { id: vocabulary.unknown, span: self.span(0, n_bytes) });
        } else {
            for &(id, start, end) in &pieces[..n_pieces] {
                emit(Piece { id, span: self.span(start, end) });
            }
        }
        self.bytes.clear();
        self.origins.clear();
        self.n_characters = 0;
    }
}

impl WordPiece {
    /// The longest piece that `bytes[start..end]` begins with; `bytes` goes on for 16 bytes after `end`.
    fn longest_at(&self, bytes: &[u8], start: usize, end: usize) -> Option<(u32, usize)> {
        let continues = start > 0;
        let mut length = (end - start).min(self.longest);
        while length > KEY_BYTES {
            let found = match continues {
                true => self.long.get(&[b"##", &bytes[start..start + length]].concat()[..]),
                false => self.long.get(&bytes[start..start + length]),
            };
            if let Some(&id) = found {
                return Some((id, length));
            }
            length -= 1;
        }
        let window = u128::from_le_bytes(bytes[start..start + 16].try_into().expect("16 bytes"));
        while length > 0 {
            if let Some(&id) = self.short.get(&key(window, length, continues)) {
                return Some((id, length));
            }
            length -= 1;
        }
        None
    }
}

/// The first `length` bytes of `window`, their count and whether they continue a word, as one number.
fn key(window: u128, length: usize, continues: bool) -> u128 {
    let mask = (1 << (8 * length)) - 1;
    (window & mask) | (length as u128) << 120 | if continues { CONTINUES } else { 0 }
}

const DROPPED: u8 = 0;
const SPACE: u8 = 1;
const PUNCTUATION: u8 = 2;
const BEYOND: u8 = 3;

/// What an ASCII byte does to the word: one of the constants above, else the lower-case letter or digit.
static ASCII: [u8; 256] = {
    let mut table = [DROPPED; 256];
    let mut byte = 0;
    while byte < 256 {
        let c = byte as u8;
        table[byte] = match c {
            b'\t' | b'\n' | b'\r' | b' ' => SPACE,
            c if c.is_ascii_alphanumeric() => c.to_ascii_lowercase(),
            c if c.is_ascii_punctuation() => PUNCTUATION,
            0x80.. => BEYOND,
            _ => DROPPED,
        };
        byte += 1;
    }
    table
};

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || c.is_punctuation()
}

/// The blocks that BERT takes for Chinese: each of their characters is a word.
fn is_chinese(c: char) -> bool {
    matches!(u32::from(c), 0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F
        | 0x2B740..=0x2B81F | 0x2B920..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tokenizers::Tokenizer;

    use crate::encode::VOCABULARY;

    fn own() -> WordPiece {
        WordPiece::new(VOCABULARY.lines()).unwrap()
    }

    fn reference() -> Tokenizer {
        let vocabulary: serde_json::Map<_, _> =
            VOCABULARY.lines().enumerate().map(|(id, piece)| (piece.to_owned(), id.into())).collect();
        let settings = serde_json::json!({
            "version": "1.0",
            "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                           "strip_accents": null, "lowercase": true},
            "pre_tokenizer": {"type": "BertPreTokenizer"},
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                      "max_input_chars_per_word": 100, "vocab": vocabulary},
        });
        Tokenizer::from_bytes(settings.to_string()).unwrap()
    }

    fn ids(pieces: &WordPiece, text: &str) -> Vec<u32> {
        let mut ids = Vec::new();
        pieces.for_each(text, |piece| ids.push(piece.id));
        ids
    }

    #[test]
    fn ids_are_those_of_the_tokenizers_crate() {
        let (own, reference) = (own(), reference());
        let long = "a".repeat(100) + " " + &"b".repeat(101);
        let sentences = [
            "",
            " \t\n",
            "The bridge closed on Monday; two ships had struck it.",
            "Überraschung! Ça coûte 3,50 € (naïve café) — “déjà vu”…",
            "antidisestablishmentarianism counterrevolutionaries donaudampfschifffahrt",
            "北京 访问 and 東京タワー 한국어 ﬁ ½ ² ①",
            "e\u{301}te\u{301} I\u{307}stanbul İ ẞ Å K",
            "zero\u{200b}width\u{0}null\u{ad}soft \u{85}next \u{2028}line a\u{1f600}b \u{1f9d1}\u{200d}\u{1f680}",
            &long,
        ];
        for text in sentences {
            assert_eq!(ids(&own, text), reference.encode(text, false).unwrap().get_ids(), "{text:?}");
        }
    }

    #[test]
    fn every_character_gives_the_ids_of_the_tokenizers_crate() {
        let (own, reference) = (own(), reference());
        // The planes between hold nothing.
        let characters: Vec<char> = ('\0'..='\u{3ffff}').chain('\u{e0000}'..='\u{e0fff}').collect();
        // A space on both sides of each group keeps a failure's message short.
        for group in characters.chunks(64) {
            let text: String = group.iter().flat_map(|&c| [' ', 'b', c, 'a', ' ', c]).collect();
            assert_eq!(ids(&own, &text), reference.encode(&*text, false).unwrap().get_ids(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_the_ids_and_offsets_in_order(text in "(\\PC|[a-z]{1,12}|[A-Z] |\u{301}|[0-9]){0,40}") {
            thread_local!(static BOTH: (WordPiece, Tokenizer) = (own(), reference()));
            BOTH.with(|(own, reference)| {
                let mut pieces = Vec::new();
                own.for_each(&text, |piece| pieces.push(piece));
                let expected = reference.encode(&*text, false).unwrap();
                prop_assert_eq!(pieces.iter().map(|piece| piece.id).collect::<Vec<_>>(), expected.get_ids());
                for (piece, &(start, _)) in pieces.iter().zip(expected.get_offsets()) {
                    prop_assert!(!piece.span.of(&text).is_empty());
                    // Marks that are dropped may count for what they stand before.
                    let (first, last) = (piece.span.start.min(start), piece.span.start.max(start));
                    prop_assert!(ids(own, &text[first..last]).is_empty());
                }
                prop_assert!(pieces.is_sorted_by(|a, b| a.span.start <= b.span.start));
                Ok(())
            })?;
        }
    }
}
