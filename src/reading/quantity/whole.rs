//! How a count stands to the whole it is taken from: "seven of the nine", "all but two".

use crate::reading::atoms::Atom;
use crate::reading::number::number;

/// How many there are in all, where it is said behind a count: "seven of the nine judges", "12 out of 20".
pub(super) fn whole(atoms: &[Atom], end: usize) -> Option<f64> {
    let at = behind_of(atoms, end)?;
    let (whole, _) = atoms.get(at).filter(|atom| atom.goes_on()).and_then(|_| number(atoms, at))?;
    (whole.low == whole.high && !whole.share && !whole.ordinal).then_some(whole.low)
}

/// The atom behind "of the", "out of", "of its".
fn behind_of(atoms: &[Atom], end: usize) -> Option<usize> {
    let is = |at: usize, words: &[&str]| atoms.get(at).is_some_and(|atom| atom.goes_on() && atom.is(words));
    let of = end + usize::from(is(end, &["out"]));
    let behind = is(of, &["of"]).then_some(of + 1)?;
    Some(behind + usize::from(is(behind, &["the", "its", "his", "her", "their", "these", "those"])))
}

/// Whether a count is of those left out: "all but two", "all except for three".
pub(super) fn is_left_out(atoms: &[Atom], start: usize) -> bool {
    let back = |n: usize| start.checked_sub(n).map_or("", |at| atoms[at].text.as_str());
    let n = 1 + usize::from(back(1) == "for");
    let all = matches!(back(n + 1), "all" | "every" | "everyone" | "everybody" | "everything");
    all && matches!(back(n), "but" | "bar" | "except" | "save")
}
