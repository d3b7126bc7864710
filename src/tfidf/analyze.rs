//! Text to n-grams: scikit-learn's three analyzers, and one that keeps marks inside words.

use std::sync::Arc;

use super::characters::{Characters, decode, encode};

/// What an n-gram is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Analyzer {
    /// Runs of at least `min_length` word characters. With `marks`, a mark after a word character belongs to its
    /// word, as scripts with vowel signs need it (Devanagari, Tamil, Thai, pointed Hebrew).
    Word {
        /// Shorter runs are no words.
        min_length: usize,
        /// Whether marks belong to words.
        marks: bool,
    },
    /// Characters, after every run of white space has become one space.
    Char,
    /// Characters of one white-space separated piece with a space on both sides.
    CharWithinWord,
}

/// How documents become n-grams.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// What an n-gram is made of.
    pub analyzer: Analyzer,
    /// Shortest and longest n-gram; the shortest is at least 1.
    pub ngram_range: (usize, usize),
    /// Whether text is lower-cased first.
    pub lowercase: bool,
    /// Words that are left out before n-grams are built.
    pub stop_words: Vec<Vec<u8>>,
    /// What is a word character, white space, a mark.
    pub characters: Arc<Characters>,
}

impl Analysis {
    /// Calls `emit` with each word of `text`, in order.
    pub fn words(&self, text: &[u8], min_length: usize, marks: bool, mut emit: impl FnMut(&[u8])) {
        let lower = self.lowercase;
        // Per byte: 0 ends a word, 0xFF starts a character of several bytes, else the byte to keep.
        let mut ascii = [0xFFu8; 256];
        for byte in 0..0x80u8 {
            let character = self.characters.of(u32::from(byte));
            let kept = if lower { character.lower(u32::from(byte)) as u8 } else { byte };
            ascii[usize::from(byte)] = if character.is_word(lower) { kept } else { 0 };
        }
        let mut word = Word { bytes: Vec::with_capacity(64), length: 0, min_length };
        let mut at = 0;
        while at < text.len() {
            let byte = text[at];
            match ascii[usize::from(byte)] {
                0 => word.end(&mut emit),
                0xFF => {
                    let (code_point, size) = decode(text, at);
                    let character = self.characters.of(code_point);
                    if lower && character.is_special() {
                        for &part in self.characters.special(code_point) {
                            let character = self.characters.of(part);
                            let inside =
                                character.is_word(false) || marks && word.length > 0 && character.is_mark(false);
                            word.push_or_end(part, inside, &mut emit);
                        }
                    } else {
                        let kept = if lower { character.lower(code_point) } else { code_point };
                        let inside = character.is_word(lower) || marks && word.length > 0 && character.is_mark(lower);
                        word.push_or_end(kept, inside, &mut emit);
                    }
                    at += size;
                    continue;
                }
                kept => {
                    word.bytes.push(kept);
                    word.length += 1;
                }
            }
            at += 1;
        }
        word.end(&mut emit);
    }

    /// Calls `emit` with each run of characters that are not white space.
    pub fn pieces(&self, text: &[u8], mut emit: impl FnMut(&[u8])) {
        let mut piece = Vec::with_capacity(64);
        self.characters(text, |code_point, is_space| {
            if !is_space {
                encode(code_point, &mut piece);
            } else if !piece.is_empty() {
                emit(&piece);
                piece.clear();
            }
        });
        if !piece.is_empty() {
            emit(&piece);
        }
    }

    /// The text in lower case if asked for, every run of two or more white spaces replaced by one space.
    pub fn spaced(&self, text: &[u8]) -> Vec<u8> {
        let mut spaced = Vec::with_capacity(text.len());
        let mut run = 0;
        self.characters(text, |code_point, is_space| {
            run = if is_space { run + 1 } else { 0 };
            match run {
                0 | 1 => encode(code_point, &mut spaced),
                2 => {
                    while spaced.pop().is_some_and(|byte| byte & 0xC0 == 0x80) {}
                    spaced.push(b' ');
                }
                _ => {}
            }
        });
        spaced
    }

    fn characters(&self, text: &[u8], mut emit: impl FnMut(u32, bool)) {
        let mut at = 0;
        while at < text.len() {
            let (code_point, size) = decode(text, at);
            let character = self.characters.of(code_point);
            if !self.lowercase {
                emit(code_point, character.is_space());
            } else if character.is_special() {
                self.characters.special(code_point).iter().for_each(|&part| emit(part, false));
            } else {
                emit(character.lower(code_point), character.is_space());
            }
            at += size;
        }
    }
}

/// Calls `emit` with each n-gram of characters of `text`, the short ones first.
pub fn character_ngrams(
    text: &[u8],
    (min_n, max_n): (usize, usize),
    starts: &mut Vec<usize>,
    mut emit: impl FnMut(&[u8]),
) {
    character_starts(text, starts);
    let length = starts.len() - 1;
    for n in min_n..=max_n.min(length) {
        for start in 0..=length - n {
            emit(&text[starts[start]..starts[start + n]]);
        }
    }
}

/// Calls `emit` with each n-gram of a padded piece; a piece no longer than n characters counts once, whole.
pub fn piece_ngrams(
    piece: &[u8],
    (min_n, max_n): (usize, usize),
    starts: &mut Vec<usize>,
    mut emit: impl FnMut(&[u8]),
) {
    character_starts(piece, starts);
    let length = starts.len() - 1;
    for n in min_n..=max_n {
        if length <= n {
            return emit(piece);
        }
        for start in 0..=length - n {
            emit(&piece[starts[start]..starts[start + n]]);
        }
    }
}

/// Where each character starts, and the end of the text.
fn character_starts(text: &[u8], starts: &mut Vec<usize>) {
    starts.clear();
    starts.extend((0..text.len()).filter(|&at| text[at] & 0xC0 != 0x80));
    starts.push(text.len());
}

struct Word {
    bytes: Vec<u8>,
    length: usize,
    min_length: usize,
}

impl Word {
    #[inline]
    fn end(&mut self, emit: &mut impl FnMut(&[u8])) {
        if self.length >= self.min_length && self.length > 0 {
            emit(&self.bytes);
        }
        self.bytes.clear();
        self.length = 0;
    }

    #[inline]
    fn push_or_end(&mut self, code_point: u32, inside: bool, emit: &mut impl FnMut(&[u8])) {
        if inside {
            encode(code_point, &mut self.bytes);
            self.length += 1;
        } else {
            self.end(emit);
        }
    }
}
