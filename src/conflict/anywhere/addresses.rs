//! The house numbers and blocks that articles give of one street: "46 Mill Street" / "66 Mill St.", "the 5300 block of Elm Road".

use std::collections::BTreeMap;

use super::{Found, Mention, difference, longest, opposed};
use crate::align::Kind as WordKind;
use crate::conflict::Kind;
use crate::conflict::pair::Side;
use crate::conflict::weights::Sign;
use crate::reading::street_kind;
use crate::span::Span;

/// Every address of a story, by its street.
#[derive(Debug, Default)]
pub(in crate::conflict) struct Addresses(BTreeMap<Vec<String>, Vec<(String, Mention<Number>)>>);

/// Where on its street a house stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Number {
    number: u32,
    /// Whether it is the block that begins with it.
    block: bool,
    /// "n" of "N. Mill Street".
    direction: Option<char>,
}

impl Number {
    /// Whether both may be one house: a block holds a hundred.
    fn agrees(&self, other: &Self) -> bool {
        let hundred = |one: &Self| one.number / 100;
        let same = match (self.block, other.block) {
            (false, false) => self.number == other.number,
            _ => hundred(self) == hundred(other),
        };
        same || self.is_on_other_side(other)
    }

    fn is_on_other_side(&self, other: &Self) -> bool {
        matches!((self.direction, other.direction), (Some(a), Some(b)) if a != b)
    }
}

/// Words of the longest name of a street.
const LONGEST: usize = 3;

impl Addresses {
    /// A sentence of an article; articles come in order.
    pub fn hear(&mut self, article: usize, sentence: usize, side: Side) {
        for at in 0..side.words.len() {
            if let Some((value, span, street, written)) = address(side, at) {
                self.0.entry(street).or_default().push((written, Mention { article, sentence, span, value }));
            }
        }
    }

    /// Where two articles give other numbers of one street.
    pub fn differences(&self) -> Vec<Found> {
        self.0.values().flat_map(|told| of_street(told)).collect()
    }
}

fn of_street(told: &[(String, Mention<Number>)]) -> Vec<Found> {
    let mentions: Vec<Mention<Number>> = told.iter().map(|(_, mention)| mention.clone()).collect();
    let pairs = opposed(&mentions, Number::agrees, |_, _| true);
    let what = format!("address on {}", longest(told.iter().map(|(written, _)| &**written)));
    pairs.iter().map(|pair| difference(pair, Kind::Place, &what, Sign::place)).collect()
}

/// The address whose number is a word: its place, the words that say it, its street by name, and as it stands there.
fn address(side: Side, at: usize) -> Option<(Number, Span, Vec<String>, String)> {
    let digits = side.words[at].span.of(side.text);
    let written = (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    // "31/33", "10-12"
    let parted =
        |next: usize| next > 0 && next < side.words.len() && side.between(next).contains(['/', '-', '–', ':', '$']);
    if side.words[at].kind != WordKind::Number || !written || parted(at) || parted(at + 1) || is_home(side, at) {
        return None;
    }
    let mut first = at + 1;
    let block = matches!(side.form(first), "block" | "blk");
    let last = if block { first } else { at };
    first += match (block, side.form(first + 1)) {
        (true, "of") => 2,
        (true, _) => 1,
        _ => 0,
    };
    first += usize::from(block && side.form(first) == "the");
    let direction = direction(side.form(first));
    let name = first + usize::from(direction.is_some());
    let joined = |at: &usize| {
        *at < side.words.len() && (*at == first || !side.between(*at).contains([',', ';', ':', '(', ')', '\n']))
    };
    let named = |at: usize| side.words[at].kind == WordKind::Name || is_capital(side, at);
    let end = (name + 1..=name + LONGEST).filter(joined).find_map(|at| Some((at, street_kind(side.form(at))?)));
    let (end, kind) = end.filter(|(end, _)| (name..*end).all(|at| joined(&at) && named(at)))?;
    let street = (name..end).map(|at| side.form(at).to_owned()).chain([kind.to_owned()]).collect();
    let said = side.text[side.words[name].span.start..side.words[end].span.end].to_owned();
    let span = Span::new(side.words[at].span.start, side.words[last].span.end);
    Some((Number { number: digits.parse().ok()?, block, direction }, span, street, said))
}

fn is_capital(side: Side, at: usize) -> bool {
    side.words[at].span.of(side.text).starts_with(char::is_uppercase)
}

fn direction(form: &str) -> Option<char> {
    let direction = matches!(
        form.trim_end_matches('.'),
        "n" | "s" | "e" | "w" | "north" | "south" | "east" | "west" | "ne" | "nw" | "se" | "sw"
    );
    form.chars().next().filter(|_| direction)
}

/// Whether an address is where somebody lives, who need not be who lives in another house there: "Ida Lund, 42, of 46 Mill
/// Street", "he lived at".
fn is_home(side: Side, at: usize) -> bool {
    const NEAR: usize = 5;
    let before = |n: usize| at.checked_sub(n).map_or("", |at| side.form(at));
    let lives = (1..=NEAR).any(|n| matches!(before(n), "live" | "lived" | "lives" | "living" | "resident" | "resides"));
    let of = 1 + usize::from(before(1) == "the");
    let owner = at.checked_sub(of + 1).filter(|_| before(of) == "of");
    lives
        || owner.is_some_and(|at| side.is_name(at) || side.words[at].kind == WordKind::Number || is_age(side.form(at)))
}

fn is_age(form: &str) -> bool {
    form.ends_with("year-old") || form == "old"
}

#[cfg(test)]
mod tests {
    use crate::conflict::anywhere::tests::told;

    #[test]
    fn two_numbers_of_one_street_are_two_houses() {
        let left = "The fire broke out at 46 Mill Street.";
        for (right, expected) in [
            ("Crews were sent to 66 Mill St. at dawn.", Some(["46", "66"])),
            ("Crews were sent to the 300 block of Mill Street at dawn.", Some(["46", "300 block"])),
            ("Crews were sent to the 0 block of Mill Street at dawn.", None),
            ("Crews were sent to 46 Mill St. at dawn.", None),
            ("Crews were sent to 66 Mill Road at dawn.", None),
            ("Crews were sent to 66 Elm Street at dawn.", None),
            ("Ida Lund, 42, of 66 Mill Street, called the crews.", None),
            ("Ida Lund, who lives at 66 Mill Street, called the crews.", None),
            ("Crews were sent from 66 Mill Street to 46 Mill Street.", None),
        ] {
            for articles in [[&[left] as &[&str], &[right]], [&[right], &[left]]] {
                let mut found: Vec<[String; 2]> = told(&articles, [None; 2]).into_iter().map(|one| one.2).collect();
                found.iter_mut().for_each(|one| one.sort_by_key(|said| (said.len(), said.clone())));
                let expected: Vec<[String; 2]> = expected.iter().map(|one| one.map(str::to_owned)).collect();
                assert_eq!(found, expected, "{articles:?}");
            }
        }
    }

    #[test]
    fn two_ends_of_a_street_are_counted_apart() {
        let articles: [&[&str]; 2] =
            [&["It burned in the 500 block of North Mill Street."], &["It burned in the 900 block of S. Mill Street."]];
        assert_eq!(told(&articles, [None; 2]).len(), 0);
    }
}
