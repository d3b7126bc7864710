//! What one side of a difference says, to be found again elsewhere in the story.

use rustc_hash::FxHashMap;

use crate::reading::{Measure, Quantity, Reading, quantity_at};
use crate::span::Span;

/// A figure, or the words that say something else; two that are written otherwise are the same where they mean the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Value {
    /// A measure, the least and the most, by their bits.
    Figure(Measure, u64, u64),
    /// In lower case.
    Words(String),
}

impl Value {
    pub fn of_figure(figure: &Quantity) -> Self {
        Self::Figure(figure.measure, figure.low.to_bits(), figure.high.to_bits())
    }

    pub fn of_words(text: &str, span: Span) -> Self {
        Self::Words(span.of(text).to_lowercase())
    }

    /// Of whatever stands in a place of a sentence.
    pub fn of(text: &str, span: Span) -> Self {
        quantity_at(text, span).map_or_else(|| Self::of_words(text, span), |figure| Self::of_figure(&figure))
    }
}

/// Which articles give a value, whatever it is of: of small numbers some are of other things, and yet those of which an
/// article gives both are less often in conflict.
#[derive(Debug, Default)]
pub(super) struct Givers(FxHashMap<Value, Vec<usize>>);

impl Givers {
    /// A sentence of an article; articles come in order.
    pub fn hear(&mut self, article: usize, text: &str, reading: &Reading) {
        let figures = reading.quantities.iter().map(Value::of_figure);
        let dates = reading.dates.iter().map(|date| Value::of_words(text, date.span));
        for value in figures.chain(dates) {
            let givers = self.0.entry(value).or_default();
            if givers.last() != Some(&article) {
                givers.push(article);
            }
        }
    }

    /// Whether an article gives a value.
    pub fn gives(&self, article: usize, value: &Value) -> bool {
        self.0.get(value).is_some_and(|givers| givers.binary_search(&article).is_ok())
    }

    /// Whether one of two articles gives both values, and whether another one does.
    pub fn of_both(&self, values: &[Value; 2], own: [usize; 2]) -> (bool, bool) {
        let [Some(a), Some(b)] = values.each_ref().map(|value| self.0.get(value)) else { return (false, false) };
        let both = || a.iter().filter(|article| b.binary_search(article).is_ok());
        (both().any(|article| own.contains(article)), both().any(|article| !own.contains(article)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::quantities;

    #[test]
    fn who_gives_both_values_is_known() {
        let mut givers = Givers::default();
        let texts = ["Six people died.", "67 people died.", "6 people died, 67 people were hurt."];
        for (article, text) in texts.iter().enumerate() {
            let reading = Reading { quantities: quantities(text), ..Reading::default() };
            givers.hear(article, text, &reading);
        }
        let value = |text: &str| Value::of_figure(&quantities(text)[0]);
        let both = |a: &str, b: &str, own: [usize; 2]| givers.of_both(&[value(a), value(b)], own);
        assert_eq!(value("Six people died."), value("6 people died."));
        assert_eq!(both("6 people died.", "67 people died.", [0, 1]), (false, true));
        assert_eq!(both("6 people died.", "67 people died.", [0, 2]), (true, false));
        assert_eq!(both("6 people died.", "9 people died.", [0, 2]), (false, false));
    }
}
