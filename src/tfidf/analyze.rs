//! Text to n-grams: scikit-learn's three analyzers, and one that keeps marks inside words.

use std::sync::Arc;

use super::characters::{Character, Characters, decode, encode};

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
    /// Writes the text to `lowered`, in lower case if asked for. The other steps take what this gives.
    pub fn lower(&self, text: &[u8], lowered: &mut Vec<u8>) {
        lowered.clear();
        lowered.extend_from_slice(text);
        if !self.lowercase {
            return;
        }
        lowered.make_ascii_lowercase();
        if text.is_ascii() {
            return;
        }
        lowered.clear();
        let mut at = 0;
        while at < text.len() {
            let run = text[at..].iter().take_while(|byte| byte.is_ascii()).count();
            lowered.extend_from_slice(&text[at..at + run]);
            let from = lowered.len() - run;
            lowered[from..].make_ascii_lowercase();
            at += run;
            if at < text.len() {
                let (code_point, size) = decode(text, at);
                let character = self.characters.of(code_point);
                if character.is_special() {
                    self.characters.special(code_point).iter().for_each(|&part| encode(part, lowered));
                } else {
                    encode(character.lower(code_point), lowered);
                }
                at += size;
            }
        }
    }

    /// Calls `emit` with each word of `text`, in order.
    pub fn words(&self, text: &[u8], min_length: usize, marks: bool, mut emit: impl FnMut(&[u8])) {
        let mut at = 0;
        while at < text.len() {
            let (character, size) = self.at(text, at);
            if !character.is_word() {
                at += size;
                continue;
            }
            let start = at;
            let mut length = 0;
            while at < text.len() {
                let (character, size) = self.at(text, at);
                if !(character.is_word() || marks && character.is_mark()) {
                    break;
                }
                at += size;
                length += 1;
            }
            if length >= min_length {
                emit(&text[start..at]);
            }
        }
    }

    /// Calls `emit` with each run of characters that are not white space.
    pub fn pieces(&self, text: &[u8], mut emit: impl FnMut(&[u8])) {
        let (mut at, mut start) = (0, 0);
        while at < text.len() {
            let (character, size) = self.at(text, at);
            if character.is_space() {
                if at > start {
                    emit(&text[start..at]);
                }
                start = at + size;
            }
            at += size;
        }
        if at > start {
            emit(&text[start..at]);
        }
    }

    /// Writes the text to `spaced`, every run of two or more white spaces replaced by one space.
    pub fn space(&self, text: &[u8], spaced: &mut Vec<u8>) {
        spaced.clear();
        let (mut at, mut run_start, mut run) = (0, 0, 0);
        while at < text.len() {
            let (character, size) = self.at(text, at);
            if character.is_space() {
                run_start = if run == 0 { spaced.len() } else { run_start };
                run += 1;
            } else {
                run = 0;
            }
            if run < 2 {
                spaced.extend_from_slice(&text[at..at + size]);
            } else {
                spaced.truncate(run_start);
                spaced.push(b' ');
            }
            at += size;
        }
    }

    #[inline]
    fn at(&self, text: &[u8], at: usize) -> (Character, usize) {
        let byte = text[at];
        if byte < 0x80 {
            return (self.characters.ascii(byte), 1);
        }
        let (code_point, size) = decode(text, at);
        (self.characters.of(code_point), size)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn analysis(lowercase: bool) -> Analysis {
        let analyzer = Analyzer::Char;
        let characters = Characters::shared();
        Analysis { analyzer, ngram_range: (1, 1), lowercase, stop_words: Vec::new(), characters }
    }

    fn collect(run: impl FnOnce(&mut dyn FnMut(&[u8]))) -> Vec<String> {
        let mut found = Vec::new();
        run(&mut |text| found.push(String::from_utf8(text.to_vec()).unwrap()));
        found
    }

    #[test]
    fn words_are_runs_of_word_characters() {
        let cases: [(&str, usize, bool, &[&str]); 5] = [
            ("it is 12 o'clock", 2, false, &["it", "is", "12", "clock"]),
            ("it is 12 o'clock", 1, false, &["it", "is", "12", "o", "clock"]),
            ("naïve_café, été", 2, false, &["naïve_café", "été"]),
            ("cafe\u{301}s e\u{301}", 2, true, &["cafe\u{301}s", "e\u{301}"]),
            ("\u{301}ab", 2, true, &["ab"]),
        ];
        for (text, min_length, marks, expected) in cases {
            let words = collect(|emit| analysis(true).words(text.as_bytes(), min_length, marks, emit));
            assert_eq!(words, expected, "{text}");
        }
    }

    #[test]
    fn text_is_lowered_and_spaced() {
        let (mut lowered, mut spaced) = (Vec::new(), Vec::new());
        for (text, lower, expected) in [
            ("ABC", true, "abc"),
            ("ABC É İ", true, "abc é i\u{307}"),
            ("ABC", false, "ABC"),
            ("a \u{2003}\nb\tc", true, "a b\tc"),
            ("\u{2003}\u{2003}", true, " "),
        ] {
            let analysis = analysis(lower);
            analysis.lower(text.as_bytes(), &mut lowered);
            analysis.space(&lowered, &mut spaced);
            assert_eq!(std::str::from_utf8(&spaced), Ok(expected));
        }
    }

    #[test]
    fn pieces_and_their_ngrams() {
        let pieces = collect(|emit| analysis(true).pieces(" two  words\u{a0}é ".as_bytes(), emit));
        assert_eq!(pieces, ["two", "words", "é"]);
        let mut starts = Vec::new();
        let ngrams = collect(|emit| piece_ngrams(" é ".as_bytes(), (2, 4), &mut starts, emit));
        assert_eq!(ngrams, [" é", "é ", " é "]);
        let ngrams = collect(|emit| character_ngrams(b"abc", (2, 5), &mut starts, emit));
        assert_eq!(ngrams, ["ab", "bc", "abc"]);
    }
}
