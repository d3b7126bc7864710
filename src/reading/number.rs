//! Numbers in figures and in words: "2.5 million", "two hundred and six", "half a million", "two-thirds", "dozens".

use super::atoms::{Atom, Gap};
use crate::align::{SMALL, TENS};

/// A number, or the range a vague one stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// The least it may be.
    pub low: f64,
    /// The most it may be.
    pub high: f64,
    /// Whether it is a share of one: "a third".
    pub share: bool,
    /// Whether it is written as an ordinal: "third", "3rd".
    pub ordinal: bool,
    /// Whether a word such as "million" scales it.
    pub scaled: bool,
}

impl Number {
    /// No more and no less.
    pub fn exact(value: f64) -> Self {
        Self { low: value, high: value, share: false, ordinal: false, scaled: false }
    }

    fn range(low: f64, high: f64) -> Self {
        Self { low, high, ..Self::exact(low) }
    }

    fn times(self, scale: f64) -> Self {
        Self { low: self.low * scale, high: self.high * scale, scaled: true, ..self }
    }
}

/// The number that begins at atom `at`, and the atom after it.
pub fn number(atoms: &[Atom], at: usize) -> Option<(Number, usize)> {
    let (found, next) = match atoms[at].figure {
        Some(_) if of_telephone(atoms, at) => return None,
        Some(value) => (Number::exact(value), at + 1),
        None => in_words(atoms, at)?,
    };
    if atoms[at].figure.is_some() && joined(atoms, next) && atoms[next].gap == Gap::Glued {
        match atoms[next].text.as_str() {
            "st" | "nd" | "rd" | "th" => return Some((Number { ordinal: true, ..found }, next + 1)),
            "s" if found.low % 10.0 == 0.0 => return Some((Number::range(found.low, found.low + 9.0), next + 1)),
            _ => {}
        }
    }
    Some(scaled(atoms, found, next))
}

/// Whether a figure is part of a telephone number: "555-263-1601", "555-263-TIPS".
fn of_telephone(atoms: &[Atom], at: usize) -> bool {
    let code = |at: usize| atoms[at].figure.is_some() && atoms[at].text.len() == 3;
    let follows = |at: usize| {
        at > 0
            && code(at - 1)
            && atoms[at].gap == Gap::Hyphen
            && atoms[at].figure.is_some()
            && matches!(atoms[at].text.len(), 3 | 4)
    };
    follows(at) || at + 1 < atoms.len() && follows(at + 1)
}

/// "3.5 million", "40m", "two and a half million".
fn scaled(atoms: &[Atom], mut found: Number, mut next: usize) -> (Number, usize) {
    if found.share || found.ordinal {
        return (found, next);
    }
    if atoms.len() > next + 2
        && atoms[next].text == "and"
        && atoms[next + 1].text == "a"
        && atoms[next + 2].is(&["half", "quarter"])
    {
        let part = if atoms[next + 2].text == "half" { 0.5 } else { 0.25 };
        (found.low, found.high, next) = (found.low + part, found.high + part, next + 3);
    }
    // "2 1/2", "4-1/2"
    if let Some(part) = mixed(atoms, next).filter(|_| found.low.fract() == 0.0) {
        (found.low, found.high, next) = (found.low + part, found.high + part, next + 2);
    }
    while joined(atoms, next)
        && let Some(scale) = scale(&atoms[next])
    {
        found = found.times(scale);
        next += 1;
    }
    (found, next)
}

/// The "1/2" after a whole number in figures.
fn mixed(atoms: &[Atom], at: usize) -> Option<f64> {
    let (above, below) = (atoms.get(at)?, atoms.get(at + 1)?);
    let whole = at > 0 && atoms[at - 1].figure.is_some() && matches!(above.gap, Gap::Space | Gap::Hyphen);
    let (x, y) = (above.figure?, below.figure?);
    (whole && below.gap == Gap::Slash && x < y && matches!(y as u32, 2 | 3 | 4 | 8)).then_some(x / y)
}

/// Whether an atom stands at `at` and belongs to the words before it.
fn joined(atoms: &[Atom], at: usize) -> bool {
    atoms.get(at).is_some_and(|atom| matches!(atom.gap, Gap::Glued | Gap::Space | Gap::Hyphen))
}

fn scale(atom: &Atom) -> Option<f64> {
    let glued = atom.gap == Gap::Glued;
    Some(match atom.text.as_str() {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "k" if glued => 1e3,
        "million" | "mn" | "mln" => 1e6,
        "billion" | "bn" | "bln" => 1e9,
        "trillion" | "tn" | "trn" => 1e12,
        "lakh" => 1e5,
        "crore" => 1e7,
        "dozen" => 12.0,
        _ => return None,
    })
}

const ORDINALS: [&str; 20] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];

fn place(list: &[&str], word: &str) -> Option<f64> {
    list.iter().position(|known| *known == word).map(|at| at as f64)
}

fn small(word: &str) -> Option<f64> {
    place(&SMALL, word).or_else(|| place(&TENS, word).map(|tens| tens * 10.0 + 20.0))
}

fn in_words(atoms: &[Atom], at: usize) -> Option<(Number, usize)> {
    let word = |at: usize| atoms.get(at).map_or("", |atom| atom.text.as_str());
    let first = word(at);
    if let Some(found) = vague(first, word(at + 1), word(at + 2)) {
        return Some((found.0, at + found.1));
    }
    if let Some(found) = fraction(atoms, at) {
        return Some(found);
    }
    if let Some(value) = place(&ORDINALS, first) {
        return Some((Number { ordinal: true, ..Number::exact(value) }, at + 1));
    }
    // "a hundred", "a million", "a dozen"
    if matches!(first, "a" | "an") {
        let scale = joined(atoms, at + 1).then(|| scale(&atoms[at + 1])).flatten()?;
        return Some((Number::exact(1.0).times(scale), at + 2));
    }
    if matches!(first, "hundred" | "thousand" | "million" | "dozen") && at > 0 && atoms[at].goes_on() {
        // "the dozen men": nothing counts it
        let scale = scale(&atoms[at])?;
        return Some((Number::exact(1.0).times(scale), at + 1));
    }
    let (mut total, mut part, mut next) = (0.0, small(first)?, at + 1);
    let mut scaled = false;
    loop {
        let connected = joined(atoms, next) && word(next) == "and" && joined(atoms, next + 1) && scaled;
        let place = next + usize::from(connected);
        if !joined(atoms, place) {
            break;
        }
        if let Some(more) = small(word(place)) {
            let tens = (20.0..100.0).contains(&(part % 100.0)) && part % 10.0 == 0.0 && more < 10.0 && !connected;
            let hundreds = part >= 100.0 && part % 100.0 == 0.0 && more < 100.0;
            let thousands = part == 0.0 && total > 0.0;
            if !(tens && (part > 0.0) || hundreds || thousands) {
                break;
            }
            part += more;
        } else if word(place) == "hundred" && part < 100.0 && !connected {
            part *= 100.0;
            scaled = true;
        } else if matches!(word(place), "thousand" | "million" | "billion" | "trillion") && !connected && part > 0.0 {
            total += part * scale(&atoms[place]).unwrap_or(1.0);
            part = 0.0;
            scaled = true;
        } else if atoms[place].figure.is_none()
            && let Some(ordinal) = place_of_ordinal(word(place))
            && (20.0..100.0).contains(&part)
        {
            return Some((Number { ordinal: true, ..Number::exact(total + part + ordinal) }, place + 1));
        } else {
            break;
        }
        next = place + 1;
    }
    Some((Number { scaled, ..Number::exact(total + part) }, next))
}

fn place_of_ordinal(word: &str) -> Option<f64> {
    place(&ORDINALS, word).filter(|ordinal| (1.0..10.0).contains(ordinal))
}

/// "a third", "two-thirds", "three quarters", "half".
fn fraction(atoms: &[Atom], at: usize) -> Option<(Number, usize)> {
    let word = |at: usize| atoms.get(at).map_or("", |atom| atom.text.as_str());
    let share = |value: f64, next: usize| Some((Number { share: true, ..Number::exact(100.0 * value) }, next));
    let part = |word: &str| {
        Some(match word {
            "half" | "halves" => 2.0,
            "third" | "thirds" => 3.0,
            "quarter" | "quarters" => 4.0,
            "fifth" | "fifths" => 5.0,
            "tenth" | "tenths" => 10.0,
            _ => return None,
        })
    };
    let of = |next: usize| word(next) == "of" || word(next + 1) == "of";
    match word(at) {
        "half" => {
            let next = at + 1 + usize::from(matches!(word(at + 1), "a" | "an"));
            if let Some(scale) = atoms.get(next).and_then(scale).filter(|_| joined(atoms, next)) {
                return Some((Number::exact(0.5).times(scale), next + 1));
            }
            // "half an hour", "half-hour"
            match word(next) {
                "hour" | "mile" | "century" | "decade" | "year" => Some((Number::exact(0.5), next)),
                _ if of(at + 1) || word(at + 1) == "the" => share(0.5, at + 1),
                _ => None,
            }
        }
        "a" | "an" | "one" => {
            let parts = part(word(at + 1)).filter(|_| joined(atoms, at + 1))?;
            if word(at + 2) == "of" && word(at + 3) == "a" && word(at + 4) == "million" {
                return Some((Number::exact(1e6 / parts), at + 5));
            }
            (of(at + 2)).then(|| share(1.0 / parts, at + 2)).flatten()
        }
        many => {
            let parts = part(word(at + 1)).filter(|_| joined(atoms, at + 1) && word(at + 1).ends_with('s'))?;
            small(many).and_then(|many| share(many / parts, at + 2))
        }
    }
}

/// Words that stand for a range, and how many words they take.
fn vague(first: &str, second: &str, third: &str) -> Option<(Number, usize)> {
    let thousands = |of: f64, taken| Some((Number { scaled: true, ..Number::range(of, 9.99 * of) }, taken));
    match (first, second, third) {
        ("tens", "of", "thousands") => thousands(1e4, 3),
        ("hundreds", "of", "thousands") => thousands(1e5, 3),
        ("tens", "of", "millions") => thousands(1e7, 3),
        ("hundreds", "of", "millions") => thousands(1e8, 3),
        ("dozens", ..) => Some((Number::range(20.0, 119.0), 1)),
        ("scores", "of", _) => Some((Number::range(30.0, 119.0), 1)),
        ("hundreds", ..) => thousands(150.0, 1),
        ("thousands", ..) => thousands(1500.0, 1),
        ("millions", ..) => thousands(1.5e6, 1),
        ("billions", ..) => thousands(1.5e9, 1),
        ("several", ..) => Some((Number::range(3.0, 12.0), 1)),
        ("a", "few", _) => Some((Number::range(2.0, 8.0), 2)),
        ("a", "handful", _) => Some((Number::range(2.0, 8.0), 2)),
        ("a", "couple", _) => Some((Number::range(2.0, 3.0), 2)),
        ("a", "pair", "of") => Some((Number::exact(2.0), 2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::atoms::atoms;
    use super::*;

    #[test]
    fn numbers_are_read_in_words_and_figures() {
        for (text, low, high, n) in [
            ("40", 40.0, 40.0, 1),
            ("two hundred and six men", 206.0, 206.0, 4),
            ("thirty-three people", 33.0, 33.0, 2),
            ("one thousand four hundred", 1400.0, 1400.0, 4),
            ("two million three hundred thousand", 2.3e6, 2.3e6, 5),
            ("fifteen hundred", 1500.0, 1500.0, 2),
            ("3.5 million", 3.5e6, 3.5e6, 2),
            ("two and a half million", 2.5e6, 2.5e6, 5),
            ("half a million", 5e5, 5e5, 3),
            ("half an hour", 0.5, 0.5, 2),
            ("a quarter of a million", 2.5e5, 2.5e5, 5),
            ("half a dozen", 6.0, 6.0, 3),
            ("a dozen", 12.0, 12.0, 2),
            ("two-thirds of", 200.0 / 3.0, 200.0 / 3.0, 2),
            ("a third of", 100.0 / 3.0, 100.0 / 3.0, 2),
            ("twenty-first", 21.0, 21.0, 2),
            ("3rd", 3.0, 3.0, 2),
            ("1990s", 1990.0, 1999.0, 2),
            ("dozens", 20.0, 119.0, 1),
            ("tens of thousands", 1e4, 9.99e4, 3),
            ("240bn", 240e9, 240e9, 2),
            ("five", 5.0, 5.0, 1),
        ] {
            let atoms = atoms(text);
            let (found, next) = number(&atoms, 0).unwrap_or_else(|| panic!("{text}"));
            assert!(
                (found.low - low).abs() <= 1e-9 * low && (found.high - high).abs() <= 1e-9 * high,
                "{text} {found:?}"
            );
            assert_eq!(next, n, "{text}");
        }
        for text in ["a man", "the end", "half the", "anyone"] {
            let found = number(&atoms(text), 0);
            assert!(found.is_none_or(|(found, _)| found.share), "{text}");
        }
    }
}
