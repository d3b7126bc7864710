//! Where a text's paragraphs are.
//!
//! A blank line always separates. A single newline separates unless the text is hard-wrapped there: a text
//! filled greedily to a width `w` breaks a line exactly where the next word would not fit, so each of its
//! newlines says that `w` lies in `[length of the line, that + 1 + length of the next word)`. When one width
//! satisfies most of the newlines and prose runs on across them, newlines that fit it are wrapping and the rest
//! (after headlines, list items, last lines of paragraphs) separate. One pass over the text, one over the lines.

use crate::span::Span;

/// Widths that people and mailers wrap to; longer lines are paragraphs of their own.
const WIDEST: usize = 120;
const NARROWEST: usize = 30;
/// A line that runs on into a lower-case word was cut there even in a text without a common width.
const RUNS_ON: usize = 40;

struct Line {
    span: Span,
    /// Characters with the indent, counted no further than needed.
    width: usize,
    indent: usize,
    /// Width at which the first word would still have fitted on this line, were it put there.
    first_word: usize,
    follows_blank: bool,
    /// White space stands before the newline: usual where text was cut out of a wider one.
    trailing_space: bool,
}

/// The paragraphs of `text`: in order, without overlap, without surrounding white space.
pub(crate) fn paragraphs(text: &str) -> Vec<Span> {
    let lines = lines(text);
    let width = wrap_width(text, &lines);
    let mut spans: Vec<Span> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        match spans.last_mut() {
            Some(last) if at > 0 && !line.follows_blank && wraps(text, &lines[at - 1], line, width) => {
                last.end = line.span.end;
            }
            _ => spans.push(line.span),
        }
    }
    spans
}

/// The lines that hold more than white space.
fn lines(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let (mut lines, mut start, mut follows_blank) = (Vec::new(), 0, true);
    while start < bytes.len() {
        let (end, next) = line_end(bytes, start);
        let span = Span::new(start, end).trimmed(text);
        if span.is_empty() {
            follows_blank = true;
        } else {
            let line = span.of(text);
            let indent = text[start..span.start].chars().take(WIDEST).count();
            let width = indent + line.chars().take(WIDEST + 1).count();
            let first_word = first_word_width(line);
            let trailing_space = span.end < end && !matches!(bytes[span.end], b'\r' | b'\n');
            lines.push(Line { span, width, indent, first_word, follows_blank, trailing_space });
            follows_blank = false;
        }
        start = next;
    }
    lines
}

/// Where the line that begins at `start` ends, and where the next begins: LF, CR, CR LF, VT, FF, NEL, LS, PS.
fn line_end(bytes: &[u8], start: usize) -> (usize, usize) {
    for (offset, &byte) in bytes[start..].iter().enumerate() {
        let at = start + offset;
        match byte {
            b'\n' | 0x0B | 0x0C => return (at, at + 1),
            b'\r' => return (at, at + 1 + usize::from(bytes.get(at + 1) == Some(&b'\n'))),
            0xC2 if bytes.get(at + 1) == Some(&0x85) => return (at, at + 2),
            0xE2 if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xA8 | 0xA9])) => return (at, at + 3),
            _ => {}
        }
    }
    (bytes.len(), bytes.len())
}

fn first_word_width(line: &str) -> usize {
    match line.chars().next() {
        Some(c) if breaks_anywhere(c) => 1,
        _ => 1 + line.chars().take(WIDEST).take_while(|c| !c.is_whitespace()).count(),
    }
}

/// Scripts written without spaces wrap after any character.
fn breaks_anywhere(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The width the text is wrapped to, if it is.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let pairs = || lines.windows(2).filter(|pair| !pair[1].follows_blank);
    // votes[w] becomes the number of newlines that a fill to width w explains.
    let mut votes = [0i32; WIDEST + 2];
    for pair in pairs().filter(|pair| (NARROWEST..=WIDEST).contains(&pair[0].width)) {
        votes[pair[0].width] += 1;
        votes[(pair[0].width + pair[1].first_word).min(WIDEST + 1)] -= 1;
    }
    let (mut best, mut most, mut sum) = (0, 0, 0);
    for (width, vote) in votes[..=WIDEST].iter().enumerate() {
        sum += vote;
        if sum > most {
            (best, most) = (width, sum);
        }
    }
    let (mut n, mut explained, mut run_on, mut too_long) = (0, 0, 0, 0);
    for pair in pairs() {
        n += 1;
        too_long += usize::from(pair[0].width > best);
        if pair[0].width <= best && best < pair[0].width + pair[1].first_word {
            explained += 1;
            run_on += usize::from(runs_on(text, &pair[0], &pair[1]));
        }
    }
    (explained >= 2 && explained * 2 >= n && run_on * 5 >= explained * 2 && too_long * 10 <= n).then_some(best)
}

fn wraps(text: &str, line: &Line, next: &Line, width: Option<usize>) -> bool {
    let (before, after) = (line.span.of(text), next.span.of(text));
    let lower = starts_lower(after);
    if lower && divided(before) && !starts_an_item(before) {
        return true;
    }
    if next.indent > line.indent && !lower
        || starts_an_item(after) && (ends_sentence(before) || !fits(line, next, width))
    {
        return false;
    }
    fits(line, next, width)
        || (line.width >= RUNS_ON || line.trailing_space)
            && (lower || breaks_off(before))
            && !ends_sentence(before)
            && !before.ends_with(['"', '”'])
}

/// Ends in a word that goes on in the next line, as scans and columns divide it: "har-".
fn divided(line: &str) -> bool {
    let mut back = line.chars().rev();
    matches!(back.next(), Some('-' | '\u{AD}' | '‐'))
        && back.next().is_some_and(char::is_lowercase)
        && back.next().is_some_and(char::is_alphabetic)
}

/// Whether a fill to `width` breaks the line here. Two characters of slack: mailers differ in how they count.
fn fits(line: &Line, next: &Line, width: Option<usize>) -> bool {
    width.is_some_and(|width| line.width <= width + 2 && width < line.width + next.first_word + 2)
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?', ':', ';'])
}

fn runs_on(text: &str, line: &Line, next: &Line) -> bool {
    let first = next.span.of(text).chars().next().unwrap_or(' ');
    if first.is_lowercase() || breaks_off(line.span.of(text)) {
        return true;
    }
    let uncased = first.is_alphabetic() && !first.is_uppercase();
    uncased && !line.span.of(text).ends_with(['.', '!', '?', '。', '！', '？', '؟', '।', '۔', '」'])
}

/// Ends in a word that no headline or sentence ends in.
fn breaks_off(line: &str) -> bool {
    const OPEN: [&str; 24] = [
        "the", "a", "an", "of", "and", "or", "to", "for", "from", "with", "by", "at", "in", "on", "than", "that",
        "der", "und", "de", "la", "le", "el", "y", "et",
    ];
    OPEN.contains(&line.rsplit(' ').next().unwrap_or(""))
}

fn starts_lower(line: &str) -> bool {
    line.chars().next().is_some_and(char::is_lowercase)
}

/// A bullet, or a short number or letter with a full stop or a bracket.
fn starts_an_item(line: &str) -> bool {
    let mut chars = line.chars();
    match chars.next() {
        Some('•' | '●' | '▪' | '◦' | '‣' | '⁃' | '■' | '►') => true,
        Some('-' | '*' | '+' | '–' | '—') => chars.next().is_some_and(char::is_whitespace),
        Some(_) => {
            let marker = line.split(char::is_whitespace).next().unwrap_or("");
            let inner = marker.trim_start_matches('(').trim_end_matches([')', '.']);
            inner.len() < marker.len()
                && marker.ends_with([')', '.'])
                && (inner.len() <= 2 && inner.bytes().all(|b| b.is_ascii_digit()) && !inner.is_empty()
                    || marker.ends_with(')') && inner.len() <= 3 && inner.bytes().all(|b| b.is_ascii_lowercase()))
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        paragraphs(text).into_iter().map(|span| span.of(text)).collect()
    }

    const WRAPPED: &str = "\
Ferry fares rise again

The harbour board raised the fares of all four ferry lines on Monday, the
second rise within a year, and said that fuel and the new landing stages
left it no choice. Season tickets go up by nine per cent.
A spokeswoman for the passengers' union called the decision a betrayal of
the islands. Her members will meet on Friday.";

    #[test]
    fn wrapped_lines_join_and_short_last_lines_end_paragraphs() {
        let found = split(WRAPPED);
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(found[1].starts_with("The harbour") && found[1].ends_with("per cent."));
        assert!(found[2].starts_with("A spokeswoman") && found[2].ends_with("Friday."));
        assert_eq!(split(&WRAPPED.replace('\n', "\r\n")).len(), 3);
    }

    #[test]
    fn lines_of_their_own_stay_apart() {
        for text in [
            "Fares rise\nThe harbour board raised the fares.\nThe union is angry.",
            "features\ncontact manager\nevents, activities",
            "Minister resigns over ferry deal after months of pressure\nHarbour board raises fares again\nIslanders plan a blockade",
            "one\u{2028}Two\u{2029}Three",
            "One\rTwo\rThree",
            "shopping\n- bread from the good baker in Quay Street, if he has any\n- milk",
        ] {
            assert_eq!(split(text).len(), 3, "{text:?}");
        }
    }

    #[test]
    fn an_indent_starts_a_paragraph() {
        let text = [
            "    The harbour board raised the fares of all four ferry lines on",
            "Monday, the second rise within a year, and said that fuel left it no",
            "choice – none at all, said Ms. Duarte, who has run the boards since",
            "– well, since 2019.",
            "    A second paragraph begins here, and a fare of a crown goes up to",
            "12. Nobody laughed.",
        ]
        .join("\n");
        assert_eq!(split(&text).len(), 2, "{:#?}", split(&text));
    }

    #[test]
    fn a_word_divided_at_the_line_end_joins_the_lines() {
        assert_eq!(split("The lock was re-\nopened by the coun-\nty after the in-\nspection.").len(), 1);
        assert_eq!(split("- bread\n- milk -\ncheese").len(), 3);
        assert_eq!(split("A headline -\nA line").len(), 2);
    }

    #[test]
    fn a_cut_sentence_runs_on() {
        assert_eq!(split("It was a cold \nnight in the city.").len(), 1);
        assert_eq!(split("The hammer falls when the sear slips out of its notch initiating\na shot.").len(), 1);
    }
}
