//! The words of a text that a model marks by its pieces.

use unicode_categories::UnicodeCategories;

use crate::encode::wordpiece::Piece;
use crate::span::Span;
use crate::token::tokenize;

/// A word and the pieces that it was read by.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// The bytes of the whole word.
    pub span: Span,
    /// Its first piece and one past its last.
    pub pieces: (usize, usize),
    /// Whether only blanks or a hyphen stand between it and the word before.
    pub joins: bool,
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// The words that `pieces` touch, in order and apart: tokens taken apart at their hyphens, and what is neither part of a
/// token nor punctuation, an emoji for one.
pub fn words(text: &str, pieces: &[Piece]) -> Vec<Word> {
    let tokens: Vec<Span> = tokenize(text).into_iter().flat_map(|token| parts(text, token.span)).collect();
    let mut tokens = tokens.into_iter().peekable();
    let mut found: Vec<Word> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let mut span = piece.span;
        let mut in_token = false;
        while let Some(token) = tokens.next_if(|token| token.start < span.end) {
            if token.end > span.start {
                in_token = true;
                span = Span::new(span.start.min(token.start), span.end.max(token.end));
            }
        }
        match found.last_mut() {
            Some(last) if span.start < last.span.end => {
                last.span.end = last.span.end.max(span.end);
                last.pieces.1 = at + 1;
            }
            last if in_token || !span.of(text).chars().all(|c| c.is_punctuation()) => {
                let joins = last.is_some_and(|last| {
                    let between = text[last.span.end..span.start].trim();
                    between.is_empty() || between.chars().all(is_hyphen) && between.chars().count() == 1
                });
                found.push(Word { span, pieces: (at, at + 1), joins });
            }
            _ => {}
        }
    }
    found
}

/// A token's parts between hyphens.
fn parts(text: &str, token: Span) -> impl Iterator<Item = Span> {
    let mut start = token.start;
    let part = move |part: &str| {
        let span = Span::new(start, start + part.trim_end_matches(is_hyphen).len());
        start += part.len();
        span
    };
    token.of(text).split_inclusive(is_hyphen).map(part).filter(|span| !span.is_empty())
}

/// The words whose pieces have a mean above 0 in column `at` of `marks`, one span for those that join.
pub fn marked<const N: usize>(words: &[Word], marks: &[[f32; N]], at: usize) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut after_marked = false;
    for word in words {
        // The sign of the sum is that of the mean.
        let sum: f32 = marks[word.pieces.0..word.pieces.1].iter().map(|marks| marks[at]).sum();
        match found.last_mut() {
            _ if sum <= 0.0 => {}
            Some(last) if after_marked && word.joins => last.end = word.span.end,
            _ => found.push(word.span),
        }
        after_marked = sum > 0.0;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::embedded_pieces;

    fn read(text: &str) -> (Vec<Word>, usize) {
        let mut pieces = Vec::new();
        embedded_pieces().for_each(text, |piece| pieces.push(piece));
        (words(text, &pieces), pieces.len())
    }

    #[test]
    fn words_are_what_a_reader_would_copy() {
        // A word that joins the one before stands after a plus sign.
        for (text, expected) in [
            ("", ""),
            (" \r\n\t", ""),
            ("Two ships, struck.", "Two +ships struck"),
            ("A two-day strike", "A +two +day +strike"),
            ("about $2,500.50 (9%)", "about +$2,500.50 9%"),
            ("O\u{2019}Brien\r\n left", "O\u{2019}Brien +left"),
            ("Zoe\u{308} Mu\u{308}ller\u{2014}here", "Zoe\u{308} +Mu\u{308}ller here"),
            ("\u{1f600} sank \u{1f9d1}\u{200d}\u{1f680}!", "\u{1f600} +sank +\u{1f9d1}\u{200d}\u{1f680}"),
            ("ab\u{1f600}cd ef", "ab\u{1f600}cd +ef"),
            ("\u{5317}\u{4eac}", "\u{5317} +\u{4eac}"),
            ("--- - -5", "5"),
        ] {
            let (words, _) = read(text);
            let shown: Vec<String> = words
                .iter()
                .map(|word| format!("{}{}", if word.joins { "+" } else { "" }, word.span.of(text)))
                .collect();
            assert_eq!(shown.join(" "), expected, "{text:?}");
        }
    }

    #[test]
    fn words_are_marked_by_the_mean_of_their_pieces_and_merged() {
        let text = "donaudampfschiff two-day trip, ended";
        let (words, n_pieces) = read(text);
        let n_first = words[0].pieces.1;
        assert!(n_first > 2 && n_pieces == n_first + 6);
        let shown = |marks: &[f32]| {
            let marks: Vec<[f32; 1]> = marks.iter().map(|&x| [x]).collect();
            marked(&words, &marks, 0).iter().map(|span| span.of(text)).collect::<Vec<_>>().join("|")
        };
        let mut marks = vec![-1.0; n_pieces];
        assert_eq!(shown(&marks), "");
        marks[0] = n_first as f32 - 1.0;
        assert_eq!(shown(&marks), "", "a mean of 0");
        marks[0] += 0.5;
        assert_eq!(shown(&marks), "donaudampfschiff");
        // two - day trip , ended
        for (of_rest, expected) in [
            ([1.0, -1.0, 1.0, -1.0, -1.0, -1.0], "donaudampfschiff two-day"),
            ([-1.0, 1.0, 1.0, 1.0, 1.0, 1.0], "donaudampfschiff|day trip|ended"),
            ([1.0, 1.0, -1.0, 1.0, 1.0, -1.0], "donaudampfschiff two|trip"),
        ] {
            marks[n_first..].copy_from_slice(&of_rest);
            assert_eq!(shown(&marks), expected);
        }
    }
}
