//! By whose clock a time of day is told: "21:00 local time", "19:00 GMT", "9pm EST".

use crate::reading::atoms::Atom;

/// By whose clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// Of the place, most likely.
    Unsaid,
    /// Of the place.
    Local,
    /// The one that all others are told from: GMT, UTC.
    Universal,
    /// Of another zone, by the letters of its short name.
    Named([u8; 4]),
}

impl Zone {
    /// Whether two times are told by two clocks. A zone that one side does not name may be that of the other.
    pub fn differs(self, other: Self) -> bool {
        match (self, other) {
            (Self::Universal, other) | (other, Self::Universal) => other != Self::Universal,
            (Self::Unsaid, _) | (_, Self::Unsaid) => false,
            (one, other) => one != other,
        }
    }
}

/// The zone named from atom `at` on, behind a time of day.
pub(super) fn zone(atoms: &[Atom], at: usize) -> Zone {
    let word = |at: usize| atoms.get(at).filter(|atom| atom.goes_on()).map_or("", |atom| atom.text.as_str());
    match (word(at), word(at + 1)) {
        ("gmt" | "utc", _) => Zone::Universal,
        ("local", "time") => Zone::Local,
        (name, _) if is_zone(name) && atoms[at].capital => {
            let mut letters = [0; 4];
            letters.iter_mut().zip(name.bytes()).for_each(|(place, letter)| *place = letter);
            Zone::Named(letters)
        }
        _ => Zone::Unsaid,
    }
}

/// Whether a lower-cased word is the short name of a zone: "cst".
pub fn is_zone(name: &str) -> bool {
    const ZONES: &[&str] = &[
        "aedt", "aest", "bst", "cdt", "cest", "cet", "cst", "edt", "eest", "eet", "est", "hkt", "ist", "jst", "kst",
        "mdt", "msk", "mst", "nzdt", "nzst", "pdt", "pst", "sgt",
    ];
    ZONES.contains(&name)
}
