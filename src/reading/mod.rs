//! A sentence read once: its quantities, its dates, and which of its words a "not" or a "may" governs.
//!
//! In: the text of a sentence and its words. Out: a [`Reading`], which everything that compares two sentences shares.
//! Linear in the text.

mod antecedent;
mod atoms;
mod counted;
mod dates;
mod number;
mod polarity;
mod quantity;
mod street;
mod unit;

pub use antecedent::{Needs, needs, pronoun_speaks, tells_of_several, tells_of_somebody};
pub use counted::{is_anyone, is_fate, is_person, is_plural, label, stem};
pub use dates::{Date, published};
pub use polarity::Polarity;
pub use quantity::{Change, Exactness, Quantity, Zone, is_zone};
pub use street::street_kind;
pub use unit::{Currency, Measure};

use crate::align::{Lexicon, Word};
use crate::span::Span;

/// What a sentence says of amounts and times, and how.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// In order; spans count bytes of the sentence.
    pub quantities: Vec<Quantity>,
    /// In order.
    pub dates: Vec<Date>,
    /// Of its words.
    pub polarity: Polarity,
}

impl Reading {
    /// Reads a sentence whose words are known; `published` is the day of its article.
    pub fn new(text: &str, words: &[Word], lexicon: &Lexicon, published: Option<i64>) -> Self {
        let atoms = atoms::atoms(text);
        let (mut dates, taken) = dates::dates(&atoms);
        if let Some(published) = published {
            dates.iter_mut().for_each(|date| date.resolve(published));
        }
        let quantities = with_stops(text, quantity::quantities(&atoms, &taken));
        Self { quantities, dates, polarity: Polarity::new(text, words, lexicon) }
    }
}

/// The quantity whose words are a given part of a text, if there is one.
pub fn quantity_at(text: &str, span: Span) -> Option<Quantity> {
    quantities(text).into_iter().find(|quantity| quantity.span == span)
}

/// The quantities of a text on its own.
pub fn quantities(text: &str) -> Vec<Quantity> {
    let atoms = atoms::atoms(text);
    let (_, taken) = dates::dates(&atoms);
    with_stops(text, quantity::quantities(&atoms, &taken))
}

/// The same, with the full stop that belongs to "p.m." in it.
fn with_stops(text: &str, mut quantities: Vec<Quantity>) -> Vec<Quantity> {
    for quantity in &mut quantities {
        if quantity.span.of(text).ends_with(".m") && text[quantity.span.end..].starts_with('.') {
            quantity.span.end += 1;
        }
    }
    quantities
}
