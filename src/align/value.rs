//! What a word says in figures: "$240 billion", "240bn dollars" and "240,000,000,000 dollars" are one value.

use crate::span::Span;
use crate::token::Token;

/// A number as a word or a run of words gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    /// Its size.
    pub amount: f64,
    /// What it counts, where a sign or the next word says so.
    pub unit: Unit,
    /// Its size with one to four figures that count: asked for in every pair of values, so known from the start.
    rounded: [f64; 4],
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Anything.
    Plain,
    /// A currency.
    Money,
    /// Hundredths.
    Percent,
}

impl Value {
    fn new(amount: f64, unit: Unit) -> Self {
        let rounded = std::array::from_fn(|more| format!("{amount:.more$e}").parse().unwrap_or(amount));
        Self { amount, unit, rounded }
    }

    /// Whether it looks like a year: no rounding of another.
    pub fn is_year(self) -> bool {
        self.unit == Unit::Plain && (1900.0..2100.0).contains(&self.amount) && self.amount.fract() == 0.0
    }

    /// Whether both say the same, roundings aside: 1 when equal, less when near, 0 when not.
    pub fn agreement(self, other: Self) -> f32 {
        let (a, b) = (self.amount, other.amount);
        let units = self.unit == other.unit || self.unit == Unit::Plain || other.unit == Unit::Plain;
        let near = (a - b).abs() / a.abs().max(b.abs()).max(1e-9);
        match near {
            _ if !units => 0.0,
            near if near < 1e-6 => 1.0,
            _ if self.is_year() && other.is_year() => 0.0,
            near if near < 0.05 && (rounds(self, other) || rounds(other, self)) => 0.6,
            _ => 0.0,
        }
    }
}

/// Whether `coarse` is `fine` with fewer figures that count: 44 of 43.9, 4,000 of 3,980; 74 is no rounding of 73.
fn rounds(coarse: Value, fine: Value) -> bool {
    let both = || coarse.rounded.into_iter().zip(fine.rounded);
    fine.rounded[1] != fine.amount && both().any(|(own, other)| own == coarse.amount && other == coarse.amount)
}

/// The number at token `at` and how many tokens it takes.
pub fn value(text: &str, tokens: &[Token], at: usize) -> Option<(Value, usize)> {
    let word = |index: usize| tokens.get(index).map(|token| token.span.of(text).to_lowercase());
    let first = word(at)?;
    // "half a dozen", "half a million"
    if first == "half"
        && word(at + 1).as_deref() == Some("a")
        && let Some(scale) = word(at + 2).filter(|word| word.len() > 2).as_deref().and_then(scale)
    {
        return Some((Value::new(scale / 2.0, Unit::Plain), 3));
    }
    let (mut amount, mut unit) = leading(&first)?;
    let mut next = at + 1;
    // "twenty-five", "two hundred", "3.5 million"
    while let Some(word) = word(next) {
        let close = gap(text, tokens[next - 1].span, tokens[next].span);
        if let Some(scale) = scale(&word).filter(|_| close == " " || close == "-") {
            amount *= scale;
        } else if let Some(small) = number_word(&word).filter(|small| {
            close == "-" && (20.0..100.0).contains(&amount) && amount % 10.0 == 0.0 && (1.0..10.0).contains(small)
        }) {
            amount += small;
        } else {
            break;
        }
        next += 1;
    }
    let before = text[..tokens[at].span.start].trim_end().chars().next_back();
    if before.is_some_and(|c| matches!(c, '$' | '£' | '€' | '¥' | '₹')) {
        unit = Unit::Money;
    }
    let after = &text[tokens[next - 1].span.end..];
    if after.starts_with('%') {
        unit = Unit::Percent;
    }
    match word(next).as_deref() {
        Some("dollars" | "dollar" | "euros" | "euro" | "pounds" | "yuan" | "yen" | "roubles" | "rubles" | "rupees") => {
            unit = Unit::Money;
            next += 1;
        }
        Some("percent" | "pct" | "pc") => {
            unit = Unit::Percent;
            next += 1;
        }
        // "48-hour" and "two-day"
        Some("hour" | "hours") if amount > 0.0 && amount % 24.0 == 0.0 => {
            amount /= 24.0;
            next += 1;
        }
        Some("per") if word(next + 1).as_deref() == Some("cent") => {
            unit = Unit::Percent;
            next += 2;
        }
        _ => {}
    }
    Some((Value::new(amount, unit), next - at))
}

/// The number written in digits at `token`, whatever the language: what stands behind its last mark is a fraction unless
/// three digits do ("1,5", "1.500", "12.500,75").
pub fn figure(text: &str, token: Span) -> Option<Value> {
    let word = token.of(text);
    let (whole, fraction) = match word.rsplit_once([',', '.']) {
        Some((whole, fraction)) if fraction.len() != 3 => (whole, fraction),
        _ => (word, ""),
    };
    let whole: String = whole.chars().filter(|c| !matches!(c, ',' | '.')).collect();
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(&whole) || !is_digits(fraction) {
        return None;
    }
    let amount = format!("{whole}.{fraction}0").parse().ok()?;
    let is_sign = |c: char| matches!(c, '$' | '£' | '€' | '¥' | '₹');
    let before = text[..token.start].trim_end().chars().next_back();
    let after = text[token.end..].trim_start().chars().next();
    let unit = match after {
        Some('%') => Unit::Percent,
        _ if [before, after].into_iter().flatten().any(is_sign) => Unit::Money,
        _ => Unit::Plain,
    };
    Some(Value::new(amount, unit))
}

fn gap(text: &str, left: Span, right: Span) -> &str {
    &text[left.end..right.start]
}

/// "240", "1,000", "3.5", "240bn", "5th", "twelve".
fn leading(word: &str) -> Option<(f64, Unit)> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return number_word(word).filter(|_| word != "a").map(|amount| (amount, Unit::Plain));
    }
    let digits = word.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(word.len());
    let amount: f64 = word[..digits].trim_end_matches('.').replace(',', "").parse().ok()?;
    match &word[digits..] {
        "" | "st" | "nd" | "rd" | "th" | "s" => Some((amount, Unit::Plain)),
        "mph" | "kph" | "kmh" | "km" | "cm" | "mm" | "kg" | "ft" | "lb" | "mw" | "gw" | "am" | "pm" | "hrs" | "min" => {
            Some((amount, Unit::Plain))
        }
        suffix => scale(suffix).map(|scale| (amount * scale, Unit::Plain)),
    }
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" | "hundreds" => 1e2,
        "thousand" | "thousands" | "k" => 1e3,
        "million" | "millions" | "m" | "mn" => 1e6,
        "billion" | "billions" | "bn" | "b" => 1e9,
        "trillion" | "trillions" | "tn" | "trn" => 1e12,
        "dozen" => 12.0,
        "decade" | "decades" => 10.0,
        _ => return None,
    })
}

/// The numbers below twenty, each at its place.
pub const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
/// Twenty, thirty and so on.
pub const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn number_word(word: &str) -> Option<f64> {
    const ORDINALS: [&str; 13] = [
        "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth",
    ];
    let at = |list: &[&str]| list.iter().position(|known| *known == word);
    at(&SMALL)
        .or_else(|| at(&ORDINALS))
        .or_else(|| at(&TENS).map(|tens| tens * 10 + 20))
        .map(|amount| amount as f64)
        .or_else(|| match word {
            "dozen" => Some(12.0),
            "twice" => Some(2.0),
            "hundred" | "thousand" | "million" | "billion" => scale(word),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::words;

    #[test]
    fn figures_in_any_writing_have_one_value() {
        for (text, amount, unit, taken) in [
            ("$240 billion", 240e9, Unit::Money, 2),
            ("240bn dollars", 240e9, Unit::Money, 2),
            ("1,000 people", 1000.0, Unit::Plain, 1),
            ("two-day visit", 2.0, Unit::Plain, 1),
            ("twenty-five men", 25.0, Unit::Plain, 2),
            ("3.5 per cent", 3.5, Unit::Percent, 3),
            ("40% of", 40.0, Unit::Percent, 1),
            ("5th floor", 5.0, Unit::Plain, 1),
            ("two hundred", 200.0, Unit::Plain, 2),
            ("48-hour strike", 2.0, Unit::Plain, 2),
            ("half a dozen men", 6.0, Unit::Plain, 3),
            ("half a million men", 500_000.0, Unit::Plain, 3),
            ("three decades", 30.0, Unit::Plain, 2),
            ("94mph gusts", 94.0, Unit::Plain, 1),
        ] {
            let tokens = words(text);
            let (value, n) = value(text, &tokens, 0).unwrap();
            assert!((value.amount - amount).abs() < amount * 1e-9, "{text}: {value:?}");
            assert_eq!((value.unit, n), (unit, taken), "{text}");
        }
    }

    #[test]
    fn digits_have_a_value_in_every_language() {
        for (text, expected) in [
            ("1.500 Boote", Some((1500.0, Unit::Plain))),
            ("1,5 Kilometer", Some((1.5, Unit::Plain))),
            ("12.500,75 €", Some((12500.75, Unit::Money))),
            ("2000 habitants", Some((2000.0, Unit::Plain))),
            ("40 % des voix", Some((40.0, Unit::Percent))),
            ("ten most", None),
            ("once barcos", None),
            ("3e étage", None),
        ] {
            let value = figure(text, words(text)[0].span);
            assert_eq!(value, expected.map(|(amount, unit)| Value::new(amount, unit)), "{text}");
        }
    }

    #[test]
    fn a_rounding_agrees_and_another_number_does_not() {
        let plain = |amount| Value::new(amount, Unit::Plain);
        for (a, b, agreement) in [
            (43.9, 44.0, 0.6),
            (3_980.0, 4_000.0, 0.6),
            (2_460_000_000.0, 2_400_000_000.0, 0.0),
            (2_460_000_000.0, 2_500_000_000.0, 0.6),
            (2011.0, 2014.0, 0.0),
            (2019.0, 2020.0, 0.0),
            (94.0, 74.0, 0.0),
            (100.0, 101.0, 0.6),
            (240.0, 240.0, 1.0),
        ] {
            assert_eq!(plain(a).agreement(plain(b)), agreement, "{a} {b}");
            assert_eq!(plain(b).agreement(plain(a)), agreement, "{b} {a}");
        }
    }
}
