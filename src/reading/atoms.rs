//! The smallest pieces a quantity is read from: runs of letters, figures and signs, with what stands between them.
//!
//! "US$2.5bn" is "us", "$", 2.5, "bn"; "54-year-old" is 54, "year", "old", joined by hyphens. One pass over the text.

use crate::span::Span;

/// A run of letters, a figure or a sign.
#[derive(Debug, Clone, PartialEq)]
pub struct Atom {
    /// Where it stands in the sentence.
    pub span: Span,
    /// In lower case, without dots: "pm" of "p.m.".
    pub text: String,
    /// The figure, where it is one.
    pub figure: Option<f64>,
    /// Whether it is written with a capital.
    pub capital: bool,
    /// What joins it to the one before.
    pub gap: Gap,
}

/// What stands between two atoms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Nothing.
    Glued,
    /// White space.
    Space,
    /// A hyphen or a dash without space.
    Hyphen,
    /// A colon without space, as in "5:42".
    Colon,
    /// A slash without space.
    Slash,
    /// A full stop without space, as in "7.15pm" or "3.11.2014" where it is no decimal.
    Stop,
    /// A mark that parts clauses.
    Mark,
}

impl Atom {
    /// Whether the clause goes on from the atom before this one.
    pub fn goes_on(&self) -> bool {
        self.gap != Gap::Mark
    }

    /// Whether this is one of `words`.
    pub fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.text.as_str())
    }
}

/// The atoms of a sentence.
pub fn atoms(text: &str) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::with_capacity(text.len() / 5 + 1);
    let mut at = 0;
    let mut after = 0;
    while let Some(c) = text[at..].chars().next() {
        let (end, figure) = if c.is_ascii_digit() {
            let (end, figure) = digits(text, at);
            (end, Some(figure))
        } else if c.is_alphabetic() {
            (letters(text, at), None)
        } else if let Some(half) = vulgar(c) {
            (at + c.len_utf8(), Some(half))
        } else if matches!(c, '$' | '£' | '€' | '¥' | '₹' | '%' | '°') {
            (at + c.len_utf8(), None)
        } else {
            at += c.len_utf8();
            continue;
        };
        let span = Span::new(at, end);
        let written = span.of(text);
        // "2½"
        if let (Some(half), Some(last)) = (vulgar(c), atoms.last_mut())
            && last.span.end == at
            && let Some(whole) = last.figure
        {
            last.figure = Some(whole + half);
            last.span.end = end;
        } else {
            atoms.push(Atom {
                span,
                text: written.replace('.', "").replace('’', "'").to_lowercase(),
                figure,
                capital: written.starts_with(char::is_uppercase),
                gap: gap(&text[after..at]),
            });
        }
        (at, after) = (end, end);
    }
    atoms
}

fn gap(between: &str) -> Gap {
    match between {
        "" => Gap::Glued,
        "-" | "‐" | "‑" | "–" => Gap::Hyphen,
        ":" => Gap::Colon,
        "/" => Gap::Slash,
        "." => Gap::Stop,
        _ if between.chars().all(|c| c.is_whitespace() || matches!(c, '\'' | '’' | '‘')) => Gap::Space,
        _ => Gap::Mark,
    }
}

fn vulgar(c: char) -> Option<f64> {
    Some(match c {
        '½' => 0.5,
        '¼' => 0.25,
        '¾' => 0.75,
        _ => return None,
    })
}

/// A figure with its thousands set apart and its decimals: "1,234.5", "40".
fn digits(text: &str, start: usize) -> (usize, f64) {
    let bytes = text.as_bytes();
    let run = |from: usize| from + bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = run(start);
    let mut written = text[start..end].to_owned();
    if end - start <= 3 {
        while bytes.get(end) == Some(&b',') && run(end + 1) == end + 4 {
            written.push_str(&text[end + 1..end + 4]);
            end += 4;
        }
    }
    // "3.5", but not the "3.11" of "3.11.2014" or the stop of "in 2014.The".
    if bytes.get(end) == Some(&b'.') {
        let decimals = run(end + 1);
        let dated = bytes.get(decimals) == Some(&b'.') && run(decimals + 1) > decimals + 1;
        if decimals > end + 1 && !dated {
            written.push_str(&text[end..decimals]);
            end = decimals;
        }
    }
    (end, written.parse().unwrap_or(f64::MAX))
}

/// The end of a word: letters, apostrophes and the dots of an abbreviation between them.
fn letters(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut chars = text[start..].char_indices().peekable();
    let mut since_dot = 0;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        match c {
            c if c.is_alphabetic() || ('\u{300}'..'\u{370}').contains(&c) => since_dot += 1,
            '\'' | '’' if next => since_dot += 1,
            '.' if next && since_dot == 1 => since_dot = 0,
            _ => break,
        }
        end = start + at + c.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_figures_and_units_are_apart() {
        for (text, expected) in [
            ("US$2.5bn", "us|$|2.5|bn"),
            ("a 54-year-old, 1,234.5 km", "a|54|year|old|1,234.5|km"),
            ("at 5:42 p.m. in the U.S.", "at|5|42|pm|in|the|us"),
            ("2½ hours, 9% and 5°C", "2½|hours|9|%|and|5|°|c"),
            ("in 2014.The end", "in|2014|the|end"),
            ("it wasn’t 12,5", "it|wasn't|12|5"),
        ] {
            let found: Vec<_> = atoms(text)
                .iter()
                .map(|atom| if atom.figure.is_some() { atom.span.of(text).into() } else { atom.text.clone() })
                .collect();
            assert_eq!(found.join("|"), expected);
        }
        assert_eq!(atoms("2½")[0].figure, Some(2.5));
        assert_eq!(atoms("1,234.5")[0].figure, Some(1234.5));
    }
}
