//! What a number measures, by the sign before it or the word after it.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::atoms::{Atom, Gap};
use crate::language::list;

/// What a number measures. Values are in the first unit of each line of `units.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Things or people, which the noun names.
    Count,
    /// A sum in one currency.
    Money(Currency),
    /// Hundredths of something.
    Percent,
    /// Points between two percentages.
    Points,
    /// Metres.
    Length,
    /// Square metres.
    Area,
    /// Kilograms.
    Weight,
    /// Litres.
    Volume,
    /// Metres a second.
    Speed,
    /// Degrees of one scale.
    Temperature(char),
    /// Minutes after midnight.
    Clock,
    /// Seconds.
    Duration,
    /// Megawatts.
    Energy,
    /// Years that somebody has lived.
    Age,
    /// A place in a row.
    Ordinal,
    /// A calendar year.
    Year,
    /// What two sides got.
    Score,
    /// Of an earthquake.
    Magnitude,
}

/// A currency, by its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the codes are ISO 4217's")]
pub enum Currency {
    Usd,
    Gbp,
    Eur,
    Jpy,
    Cny,
    Inr,
    Rub,
    Aud,
    Cad,
    Chf,
    Krw,
    Nok,
    Sek,
    Pln,
    Mxn,
    Try,
    Brl,
    Ils,
    Zar,
}

static UNITS: LazyLock<FxHashMap<&str, (Measure, f64)>> = LazyLock::new(|| {
    let mut units = FxHashMap::default();
    for line in list(include_str!("units.txt")).lines() {
        let mut words = line.split(' ');
        let measure = match words.next() {
            Some("length") => Measure::Length,
            Some("area") => Measure::Area,
            Some("weight") => Measure::Weight,
            Some("volume") => Measure::Volume,
            Some("speed") => Measure::Speed,
            Some("energy") => Measure::Energy,
            _ => Measure::Duration,
        };
        let factor = words.next().and_then(|factor| factor.parse().ok()).expect("every line has a factor");
        words.for_each(|word| {
            units.insert(word, (measure, factor));
        });
    }
    units
});

/// A unit found, with the factor to the measure's own and the atom after it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// What it measures.
    pub measure: Measure,
    /// What one of it is.
    pub factor: f64,
    /// The atom after it.
    pub next: usize,
}

/// The unit named from atom `at` on, after a number of this size.
pub fn unit(atoms: &[Atom], at: usize, amount: f64) -> Option<Unit> {
    let word = |at: usize| atoms.get(at).filter(|atom| atom.goes_on()).map_or("", |atom| atom.text.as_str());
    let found = |measure, factor, n| Some(Unit { measure, factor, next: at + n });
    match (word(at), word(at + 1), word(at + 2)) {
        ("%" | "pct" | "percent", "point" | "points", _) => return found(Measure::Points, 1.0, 2),
        ("%" | "pct" | "percent", ..) => return found(Measure::Percent, 1.0, 1),
        ("per", "cent", _) => return found(Measure::Percent, 1.0, 2),
        ("percentage", "point" | "points", _) => return found(Measure::Points, 1.0, 2),
        ("miles" | "mile", "an" | "per", "hour") => return found(Measure::Speed, 0.44704, 3),
        ("km" | "kilometres" | "kilometers", "an" | "per", "hour") => return found(Measure::Speed, 0.277778, 3),
        ("km", "h", _) if atoms[at + 1].gap == Gap::Slash => return found(Measure::Speed, 0.277778, 2),
        ("metres" | "meters", "a" | "per", "second") => return found(Measure::Speed, 1.0, 3),
        ("square" | "sq", side, _) => {
            let (_, factor) = UNITS.get(side).filter(|(measure, _)| *measure == Measure::Length)?;
            return found(Measure::Area, factor * factor, 2);
        }
        ("°", scale @ ("c" | "f"), _) => return found(Measure::Temperature(initial(scale)), 1.0, 2),
        ("degrees", scale @ ("celsius" | "fahrenheit"), _) => {
            return found(Measure::Temperature(initial(scale)), 1.0, 2);
        }
        ("us" | "american", "dollars", _) => return found(Measure::Money(Currency::Usd), 1.0, 2),
        ("australian", "dollars", _) => return found(Measure::Money(Currency::Aud), 1.0, 2),
        ("canadian", "dollars", _) => return found(Measure::Money(Currency::Cad), 1.0, 2),
        ("swiss", "francs", _) => return found(Measure::Money(Currency::Chf), 1.0, 2),
        _ => {}
    }
    if let Some(currency) = currency(word(at)) {
        // "200 pounds" is what somebody weighs, "two million pounds" what something costs.
        let weight = word(at).starts_with("pound") && amount < 1000.0;
        return match weight {
            true => found(Measure::Weight, 0.453592, 1),
            false => found(Measure::Money(currency), 1.0, 1),
        };
    }
    UNITS.get(word(at)).and_then(|&(measure, factor)| found(measure, factor, 1))
}

fn initial(scale: &str) -> char {
    if scale.starts_with('c') { 'C' } else { 'F' }
}

fn currency(word: &str) -> Option<Currency> {
    Some(match word {
        "dollar" | "dollars" => Currency::Usd,
        "pound" | "pounds" => Currency::Gbp,
        "euro" | "euros" => Currency::Eur,
        "yen" => Currency::Jpy,
        "yuan" | "renminbi" => Currency::Cny,
        "rupee" | "rupees" => Currency::Inr,
        "rouble" | "roubles" | "ruble" | "rubles" => Currency::Rub,
        "franc" | "francs" => Currency::Chf,
        // Norwegian or Danish, which no story mixes.
        "krone" | "kroner" => Currency::Nok,
        "krona" | "kronor" => Currency::Sek,
        "zloty" | "zlotys" => Currency::Pln,
        "peso" | "pesos" => Currency::Mxn,
        "lira" | "liras" => Currency::Try,
        "reais" => Currency::Brl,
        "shekel" | "shekels" => Currency::Ils,
        "rand" => Currency::Zar,
        _ => return None,
    })
}

/// The currency of a sign, with the letters glued before it: "US$", "A$".
pub fn sign(atoms: &[Atom], at: usize) -> Option<Currency> {
    let before = at.checked_sub(1).filter(|_| atoms[at].gap == Gap::Glued).map_or("", |at| &atoms[at].text);
    Some(match (atoms[at].text.as_str(), before) {
        ("$", "a" | "au") => Currency::Aud,
        ("$", "c" | "ca") => Currency::Cad,
        ("$", _) => Currency::Usd,
        ("£", _) => Currency::Gbp,
        ("€", _) => Currency::Eur,
        ("¥", _) => Currency::Jpy,
        ("₹", _) => Currency::Inr,
        _ => return None,
    })
}
