//! Finds the ends of sentences inside one paragraph.
//!
//! One pass over the bytes stops at the marks that can end a sentence; at each, the word before it and the word
//! after it decide ([`verdict`]). What is looked at around a mark is bounded, so the time is linear in the text whatever it holds.

mod marks;
mod speakers;
mod verdict;

use super::languages::Language;
use crate::span::Span;
use marks::{is_bullet, is_terminator, item_marker};

/// How far back the word before a full stop, or an open quotation mark, is looked for, in bytes.
const LONGEST_WORD: usize = 64;
const LONGEST_QUOTE: usize = 2000;

/// Adds the sentences of the paragraph `paragraph` of `text` to `spans`.
pub(super) fn scan(text: &str, paragraph: Span, language: &Language, spans: &mut Vec<Span>) {
    let text = &text[..paragraph.end];
    let mut scanner = Scanner { text, bytes: text.as_bytes(), start: paragraph.start, item: None, language };
    let mut at = scanner.begin(paragraph.start);
    while let Some(mark) = scanner.next_mark(at) {
        let (end, next) = match scanner.boundary(mark) {
            Found::Nothing(next) => {
                at = next;
                continue;
            }
            Found::Sentence { end, next } => (end, next),
        };
        spans.push(Span::new(scanner.start, end));
        at = scanner.begin(next);
    }
    if scanner.start < text.len() {
        spans.push(Span::new(scanner.start, text.len()));
    }
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    /// Where the current sentence starts.
    start: usize,
    /// The number and style of the list item we are in.
    item: Option<Item>,
    language: &'a Language,
}

/// The verdict on one mark.
enum Found {
    /// No boundary; go on at this byte.
    Nothing(usize),
    /// The sentence ends at `end` and the next one starts at `next`.
    Sentence { end: usize, next: usize },
}

/// A run of terminators with what closes after it: `?!`, `. . .`, `."`, `.) [12]`.
struct Run {
    end: usize,
    /// Holds a mark that ends sentences whatever follows: `?`, `!` or that of a script without cases.
    strong: bool,
    /// Full stops in it; an ellipsis character counts as three.
    stops: usize,
    /// A quotation mark or bracket closes in it.
    closes: bool,
}

/// What follows a run.
struct Next<'a> {
    /// Where it starts.
    at: usize,
    /// A quotation mark, bracket or dash stands before the first word.
    opened: bool,
    /// The first letters, digits, or the one symbol.
    word: &'a str,
    /// Where that word ends.
    end: usize,
    first: char,
}

/// A list marker: its number, or its letter, and what stands around it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Item {
    number: u32,
    letter: bool,
    bracket: Bracket,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bracket {
    /// `1.`
    Stop,
    /// `1)`
    Close,
    /// `1.)`
    StopClose,
    /// `(1)`
    Around,
}

impl<'a> Scanner<'a> {
    /// Starts a sentence and returns where to look for its end: behind its list marker, if it has one.
    fn begin(&mut self, start: usize) -> usize {
        self.start = start;
        match item_marker(&self.text[start..]) {
            Some((item, length)) => {
                self.item = Some(item);
                start + length
            }
            None => start,
        }
    }

    /// The next byte at or after `at` that may begin a mark.
    fn next_mark(&self, at: usize) -> Option<usize> {
        self.bytes[at..].iter().position(|&byte| self.language.marks[byte as usize]).map(|offset| at + offset)
    }

    fn boundary(&self, at: usize) -> Found {
        match self.bytes[at] {
            b'.' | b'!' | b'?' => {}
            b')' => return self.next_item(at).unwrap_or(Found::Nothing(at + 1)),
            _ => {
                let c = self.char_at(at);
                if is_bullet(c) {
                    return self.bullet(at, c);
                }
                if !self.is_terminator(c) {
                    return Found::Nothing(at + c.len_utf8());
                }
            }
        }
        if let Some(found) = self.next_item(at) {
            return found;
        }
        let run = self.run(at);
        let rest = &self.text[run.end..];
        if rest.is_empty() {
            return Found::Nothing(run.end);
        }
        let spaced = rest.starts_with(char::is_whitespace);
        let Some(next) = self.next(run.end) else { return Found::Nothing(run.end) };
        let ends =
            if spaced { self.ends_before_space(at, &run, &next) } else { self.ends_without_space(at, &run, &next) };
        if ends { Found::Sentence { end: run.end, next: next.at } } else { Found::Nothing(run.end) }
    }

    fn is_terminator(&self, c: char) -> bool {
        is_terminator(c) || self.language.mark == Some(c)
    }

    fn char_at(&self, at: usize) -> char {
        self.text[at..].chars().next().unwrap_or(' ')
    }

    fn char_before(&self, at: usize) -> char {
        self.text[self.start..at].chars().next_back().unwrap_or(' ')
    }

    /// Reads the terminators from `at` on, and what closes after them.
    fn run(&self, at: usize) -> Run {
        let mut run = Run { end: at, strong: false, stops: 0, closes: false };
        loop {
            let c = self.char_at(run.end);
            if run.end < self.text.len() && self.is_terminator(c) {
                match c {
                    '.' | '．' => run.stops += 1,
                    '…' => run.stops += 3,
                    _ => run.strong = true,
                }
                run.end += c.len_utf8();
            } else if self.spaced_mark(run.end, &run) {
                run.end += 1;
            } else {
                break;
            }
        }
        loop {
            let end = self.close(run.end);
            if end == run.end {
                break;
            }
            run.closes = true;
            run.end = end;
            while run.end < self.text.len() && self.is_terminator(self.char_at(run.end)) {
                run.strong |= !matches!(self.char_at(run.end), '.' | '．' | '…');
                run.end += self.char_at(run.end).len_utf8();
            }
        }
        run.end = self.footnotes(at, run.end);
        run.end = self.emoticon(run.end);
        run
    }

    /// `. . .`, `! ?`, `... 。`: a space, then another mark of the run that is followed by no letter.
    fn spaced_mark(&self, at: usize, run: &Run) -> bool {
        let mut chars = self.text[at..].chars();
        let same = match (chars.next(), chars.next()) {
            (Some(' '), Some('.')) => run.stops > 0,
            (Some(' '), Some('!' | '?' | '！' | '？')) => run.strong,
            (Some(' '), Some('。')) => true,
            _ => false,
        };
        same && run.end > self.start && !chars.next().is_some_and(char::is_alphanumeric)
    }

    /// The end of one closing bracket or quotation mark that stands at `at`, perhaps after a space; else `at`.
    fn close(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let Some(c) = rest.chars().next() else { return at };
        let after = at + c.len_utf8();
        let follows = self.text[after..].chars().next().unwrap_or(' ');
        match c {
            ')' | ']' | '}' | '”' | '’' | '»' | '›' | '」' | '』' | '）' | '】' | '〉' | '》' | '〕' | '］' | '｝'
            | '＂' => after,
            '“' | '‘' if !follows.is_alphanumeric() => after,
            '"' if !follows.is_alphanumeric() || self.inside_quotes(at) => after,
            '\'' | '*' | '_' if !follows.is_alphanumeric() => after,
            ' ' | '\u{A0}' | '\u{202F}' => {
                let beyond = self.text[after..].chars().nth(1).unwrap_or(' ');
                let closes = match follows {
                    '»' | '”' | '」' | '』' | '）' => beyond.is_whitespace() || beyond.is_ascii_punctuation(),
                    '"' => beyond.is_whitespace() && self.inside_quotes(after),
                    ')' | ']' => true,
                    _ => false,
                };
                if closes { after + follows.len_utf8() } else { at }
            }
            _ => at,
        }
    }

    /// Whether an odd number of `"` stands between the start of the sentence and `at`.
    fn inside_quotes(&self, at: usize) -> bool {
        let from = self.start.max(at.saturating_sub(LONGEST_QUOTE));
        self.bytes[from..at].iter().filter(|&&byte| byte == b'"').count() % 2 == 1
    }

    /// `[12]`, ` [3, 4]`, and a bare number glued to the full stop belong to the sentence before them.
    fn footnotes(&self, mark: usize, mut at: usize) -> usize {
        loop {
            let open = at + usize::from(self.bytes.get(at) == Some(&b' '));
            let inside = match self.bytes.get(open) {
                Some(b'[') => &self.bytes[open + 1..self.bytes.len().min(open + 32)],
                _ => break,
            };
            let Some(length) = inside.iter().position(|&byte| byte == b']') else { break };
            let note = &self.text[open + 1..open + 1 + length];
            let numbers =
                !note.is_empty() && note.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–'));
            if !numbers && !matches!(note, "citation needed" | "..." | "…") {
                break;
            }
            at = open + length + 2;
        }
        let digits = self.bytes[at..].iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
        let glued = (1..=2).contains(&digits)
            && at == mark + 1
            && (self.char_before(mark) == ')' || self.word_before(mark).len() > 3)
            && !self.char_before(mark).is_ascii_digit()
            && self.bytes.get(at + digits).is_some_and(u8::is_ascii_whitespace);
        if glued { at + digits } else { at }
    }

    /// `:)` or `;-)` after the mark.
    fn emoticon(&self, at: usize) -> usize {
        let open = at + usize::from(self.bytes.get(at) == Some(&b' '));
        let rest = &self.bytes[open..];
        if !matches!(rest.first(), Some(b':' | b';' | b'=')) {
            return at;
        }
        let nose = usize::from(rest.get(1) == Some(&b'-'));
        let mouth = matches!(rest.get(1 + nose), Some(b')' | b'(' | b'D' | b'P' | b'p' | b'/'));
        let ends = rest.get(2 + nose).is_none_or(u8::is_ascii_whitespace);
        if mouth && ends { open + 2 + nose } else { at }
    }

    /// What stands after `at`, past white space and what opens.
    fn next(&self, at: usize) -> Option<Next<'a>> {
        let text = self.text;
        let start = at + text[at..].find(|c: char| !c.is_whitespace())?;
        let opens = |c: char| {
            matches!(c, '"' | '\'' | '(' | '[' | '{' | '*' | '_' | '-')
                || matches!(
                    c,
                    '“' | '‘'
                        | '„'
                        | '‚'
                        | '«'
                        | '‹'
                        | '”'
                        | '»'
                        | '–'
                        | '—'
                        | '―'
                        | '¿'
                        | '¡'
                        | '「'
                        | '『'
                        | '（'
                        | '《'
                )
                || c.is_whitespace()
        };
        let word_at = start + text[start..].find(|c: char| !opens(c)).unwrap_or(0);
        let first = text[word_at..].chars().next()?;
        let length = text[word_at..]
            .char_indices()
            .take(24)
            .find(|(_, c)| !c.is_alphanumeric())
            .map_or_else(|| text[word_at..].chars().take(24).map(char::len_utf8).sum(), |(offset, _)| offset);
        let end = word_at + length;
        Some(Next { at: start, opened: word_at > start, word: &text[word_at..end], end, first })
    }

    /// The word that ends at `at`: back to white space, a bracket, a quotation mark, a dash or a slash.
    fn word_before(&self, at: usize) -> &'a str {
        let mut from = self.start.max(at.saturating_sub(LONGEST_WORD));
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let window = &self.text[from..at];
        let breaks = |c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '(' | '['
                        | '{'
                        | '"'
                        | '“'
                        | '„'
                        | '«'
                        | '‘'
                        | '—'
                        | '–'
                        | '/'
                        | ','
                        | ';'
                        | ':'
                        | '<'
                        | '>'
                        | '='
                        | '、'
                        | '。'
                )
        };
        match window.char_indices().rev().find(|(_, c)| breaks(*c)) {
            Some((offset, c)) => &window[offset + c.len_utf8()..],
            None => window,
        }
    }

    /// A bullet with space before it starts a sentence.
    fn bullet(&self, at: usize, c: char) -> Found {
        let before = &self.text[self.start..at];
        if before.trim().is_empty() || !before.ends_with(char::is_whitespace) {
            return Found::Nothing(at + c.len_utf8());
        }
        Found::Sentence { end: self.start + before.trim_end().len(), next: at }
    }

    /// In a list "1. … 2. …", the marker that follows the item we are in starts a sentence.
    fn next_item(&self, mark: usize) -> Option<Found> {
        let item = self.item?;
        let mut start = mark - self.word_before(mark).len();
        if item.bracket == Bracket::Around {
            start = start.checked_sub(1)?;
        }
        let before = self.text.get(self.start..start)?;
        let (marker, _) = item_marker(&self.text[start..])?;
        let follows = marker == Item { number: item.number + 1, ..item } && before.ends_with(char::is_whitespace);
        let end = self.start + before.trim_end().len();
        (follows && end > self.start).then_some(Found::Sentence { end, next: start })
    }
}
