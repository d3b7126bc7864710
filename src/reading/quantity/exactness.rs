//! How exactly a number is meant, and whether it is so much for each of something, by the words around it.

use super::Exactness;
use crate::reading::atoms::Atom;

/// Before a number: how exactly it is meant.
const ABOUT: &[&str] =
    &["about", "around", "roughly", "approximately", "nearly", "almost", "some", "estimated", "circa", "close", "near"];

pub(super) fn exactness(atoms: &[Atom], start: usize, end: usize) -> Exactness {
    let back = |n: usize| {
        let inside = (0..n).all(|n| atoms[start - n].goes_on());
        start.checked_sub(n).filter(|_| inside).map_or("", |at| atoms[at].text.as_str())
    };
    let word = |n: usize| if n <= start { back(n) } else { "" };
    let after = |n: usize| atoms.get(end + n).map_or("", |atom| atom.text.as_str());
    let (one, two, three) = (word(1), word(2), word(3));
    match (three, two, one) {
        (_, "no", "than") => Exactness::About,
        ("no", "more" | "greater" | "later", "than") => Exactness::AtMost,
        ("no" | "not", "fewer" | "less", "than") => Exactness::AtLeast,
        (_, "more" | "greater" | "higher" | "longer" | "faster", "than") => Exactness::AtLeast,
        (_, "fewer" | "less" | "lower", "than") => Exactness::AtMost,
        ("as", "many" | "much" | "long", "as") => Exactness::AtMost,
        (_, "at", "least") | (_, "upwards", "of") => Exactness::AtLeast,
        (_, "at", "most") | (_, "up", "to") => Exactness::AtMost,
        (_, _, "over" | "exceeding" | "topped" | "exceeded" | "exceed" | "above") => Exactness::AtLeast,
        (_, _, "under" | "below") => Exactness::AtMost,
        _ if ABOUT.contains(&one) || ABOUT.contains(&two) && matches!(one, "a" | "an" | "to" | "the" | "at") => {
            Exactness::About
        }
        _ => match (after(0), after(1)) {
            ("or", "so") | ("odd", _) => Exactness::About,
            ("or", "more") | ("plus", _) => Exactness::AtLeast,
            ("or", "less" | "fewer") => Exactness::AtMost,
            _ => Exactness::Exact,
        },
    }
}

/// "a day", "per head", "an hour", "each".
pub(super) fn rate(atoms: &[Atom], end: usize) -> bool {
    const PERIODS: &[&str] = &["day", "week", "month", "year", "hour", "minute", "head", "person", "share", "night"];
    let word = |n: usize| atoms.get(end + n).filter(|atom| atom.goes_on()).map_or("", |atom| atom.text.as_str());
    let period = |n: usize| PERIODS.contains(&word(n));
    let of = |n: usize| matches!(word(n), "a" | "an" | "per" | "every" | "each") && (period(n + 1) || word(n) == "per");
    of(0) || of(1) || matches!(word(0), "each" | "apiece" | "annually" | "daily" | "monthly" | "weekly")
}
