//! What each article counts and measures, so that "the only figure of" is said of nothing that another has in another form: in
//! words, as a share, as so many decades, in round figures.
//!
//! A number is known to an article that has the same number, whatever its unit. Doubt always counts as known: a reason that is
//! false once costs all trust. Linear in the text; a question about a rough amount looks at all amounts.

use rustc_hash::FxHashMap;

use super::known::{Owners, elsewhere};
use crate::align::{SMALL, TENS};
use crate::reading::{Measure, Quantity, quantities};

/// A number in thousandths from which on one in round figures is taken for it, whatever both count: a million. Of smaller ones
/// two are near each other by chance.
const LARGE: u64 = 1_000_000_000;
/// A round figure is no farther from what it rounds, and a share in words no farther from one in figures.
const FAR: f64 = 0.05;

/// The numbers of the articles, each with those that have it.
#[derive(Default)]
pub(super) struct Amounts {
    /// With and without what multiplies them.
    numbers: FxHashMap<u64, Owners>,
    /// What the large ones are in round figures.
    rounded: FxHashMap<u64, Owners>,
    /// Sums and amounts with their units, some of them rough: "more than £300,000".
    amounts: Vec<(usize, Quantity)>,
    /// Shares in words, in percent: "a quarter", "seven in ten".
    shares: Vec<(usize, f64)>,
}

impl Amounts {
    /// Reads a text of an article, given with its words.
    pub fn read(&mut self, article: usize, text: &str, words: &[&str]) {
        self.amounts.extend(quantities(text).into_iter().map(|amount| (article, amount)));
        for at in 0..words.len() {
            for number in numbers(words, at) {
                self.numbers.entry(number).or_default().add(article);
                rounded(number).for_each(|rounded| self.rounded.entry(rounded).or_default().add(article));
            }
            self.shares.extend(share(words, at).map(|share| (article, share)));
        }
    }

    /// Whether no other article has a number, or an amount that it may be a rounding of.
    pub fn is_only(&self, article: usize, numbers: &[u64], amount: Option<&Quantity>) -> bool {
        let has = |number: u64| {
            elsewhere(article, self.numbers.get(&number))
                || elsewhere(article, self.rounded.get(&number))
                || rounded(number).any(|rounded| elsewhere(article, self.numbers.get(&rounded)))
        };
        let rounds = |own| self.amounts.iter().any(|(other, amount)| *other != article && is_near(own, amount));
        let is_share = |own: &Quantity| {
            let near = |share: f64| (own.low - share).abs() <= FAR * share;
            own.measure == Measure::Percent && self.shares.iter().any(|&(other, share)| other != article && near(share))
        };
        !numbers.iter().any(|&number| has(number)) && !amount.is_some_and(|own| rounds(own) || is_share(own))
    }
}

/// Whether one amount may be another one in round figures: of one measure, of the same things where things are counted, and
/// both can be true: "more than £300,000" and "£310,000". Farther apart they are two facts.
fn is_near(a: &Quantity, b: &Quantity) -> bool {
    const FAR: f64 = 0.1;
    let measured =
        !matches!(a.measure, Measure::Clock | Measure::Year | Measure::Ordinal | Measure::Score | Measure::Age);
    let counted = a.measure != Measure::Count || a.noun.is_some() && a.noun == b.noun;
    a.measure == b.measure && measured && counted && a.agrees(b) && a.distance(b) < FAR
}

/// A large number with one figure and with two: 1.98 billion as 2 billion. None that is far from it, and not the number itself.
fn rounded(number: u64) -> impl Iterator<Item = u64> {
    let figures = number.max(1).ilog10();
    (1..=2).filter(move |_| number >= LARGE).filter_map(move |kept| {
        let unit = 10u64.checked_pow((figures + 1).saturating_sub(kept))?;
        let rounded = number.checked_add(unit / 2)? / unit * unit;
        (rounded != number && rounded.abs_diff(number) as f64 <= FAR * number as f64).then_some(rounded)
    })
}

/// The number that begins at a word, in thousandths: bare, and times the scale that follows.
pub(super) fn numbers(words: &[&str], at: usize) -> Vec<u64> {
    let in_thousandths = |amount: f64| (amount * 1e3).round() as u64;
    let word = words[at].to_lowercase();
    let next = words.get(at + 1).map_or(String::new(), |next| next.to_lowercase());
    // "a dozen", "half a century"
    let part = match &*word {
        "a" | "an" => Some((1.0, at + 1)),
        "half" => Some((0.5, at + 1 + usize::from(matches!(&*next, "a" | "an")))),
        _ => None,
    };
    if let Some((part, behind)) = part {
        let scaled = words.get(behind).filter(|scale| scale.len() > 2).map_or(1.0, |word| scale(&word.to_lowercase()));
        return if scaled > 1.0 { vec![in_thousandths(part * scaled)] } else { Vec::new() };
    }
    let digits: String =
        word.chars().take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).filter(|c| *c != ',').collect();
    let amount = match digits.parse::<f64>() {
        Ok(amount) if !digits.is_empty() => amount,
        _ => {
            let Some(mut amount) = small(&word) else { return Vec::new() };
            // "twenty-five"
            if amount >= 20.0 {
                amount += small(&next).filter(|unit| *unit < 10.0).unwrap_or(0.0);
            }
            amount
        }
    };
    let suffix = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.')).to_owned();
    let mut found = vec![in_thousandths(amount)];
    for scale in [scale(&suffix), scale(&next)] {
        if scale > 1.0 {
            found.push(in_thousandths(amount * scale));
        }
    }
    found
}

/// "seven", "twenty"
fn small(word: &str) -> Option<f64> {
    let place = |list: &[&str]| list.iter().position(|known| *known == word).map(|at| at as f64);
    place(&SMALL).or_else(|| place(&TENS).map(|tens| (tens + 2.0) * 10.0))
}

/// How many of the unit before it a word makes: "million", and the years of a "decade", which are counted by themselves elsewhere.
fn scale(word: &str) -> f64 {
    match word {
        "decade" | "decades" => 10.0,
        "dozen" => 12.0,
        "hundred" | "century" | "centuries" => 1e2,
        "thousand" | "k" => 1e3,
        "million" | "m" | "mn" => 1e6,
        "billion" | "bn" | "b" => 1e9,
        "trillion" | "tn" => 1e12,
        _ => 1.0,
    }
}

/// The share in percent that begins at a word: "a third", "two-thirds", "half", "seven in ten", "nine out of 10".
fn share(words: &[&str], at: usize) -> Option<f64> {
    let word = |at: usize| words.get(at).map_or(String::new(), |word| word.to_lowercase());
    let count = |word: &str| small(word).or_else(|| word.parse().ok()).filter(|count| *count > 0.0);
    let first = word(at);
    match &*first {
        "half" | "halved" => return Some(50.0),
        "double" | "doubled" | "doubles" | "doubling" => return Some(100.0),
        _ => {}
    }
    let many = if matches!(&*first, "a" | "an") { Some(1.0) } else { count(&first) }?;
    if let Some(parts) = parts(&word(at + 1)) {
        return Some(100.0 * many / parts);
    }
    let behind = match (&*word(at + 1), &*word(at + 2)) {
        ("in", _) => at + 2,
        ("out", "of") => at + 3,
        _ => return None,
    };
    let all = count(&word(behind)).filter(|all| many < *all && matches!(*all as u32, 3 | 4 | 5 | 10 | 100))?;
    Some(100.0 * many / all)
}

/// Of how many parts a word names one: 3 for "third".
fn parts(word: &str) -> Option<f64> {
    Some(match word.strip_suffix('s').unwrap_or(word) {
        "third" => 3.0,
        "quarter" => 4.0,
        "fifth" => 5.0,
        "sixth" => 6.0,
        "eighth" => 8.0,
        "tenth" => 10.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::words;

    /// Whether the first figure of an article is told as its own beside another article.
    fn is_only(own: &str, other: &str) -> bool {
        let mut amounts = Amounts::default();
        let forms = |text| words(text).iter().map(|word| word.span.of(text)).collect::<Vec<&str>>();
        amounts.read(1, other, &forms(other));
        let forms = forms(own);
        let at = forms.iter().position(|form| form.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(0);
        amounts.is_only(0, &numbers(&forms, at), quantities(own).first())
    }

    #[test]
    fn a_number_in_another_form_is_known() {
        for (number, other, only) in [
            ("212 metres", "a 212m ship", false),
            ("14 people", "fourteen were hurt", false),
            ("$52million", "$52 million", false),
            ("2,900 boxes", "2900 containers", false),
            ("25 boats", "twenty-five boats", false),
            ("11 vessels", "12 vessels", true),
            ("36 sheep", "three dozen rams", false),
            ("12 sheep", "a dozen rams", false),
            ("6 sheep", "half a dozen rams", false),
            ("30 years", "three decades ago", false),
            ("10 years", "a decade ago", false),
            ("100 years", "a century of fog", false),
            ("50 years", "half a century of fog", false),
            ("50 boats", "a century of fog", true),
            ("500,000 sheep", "half a million rams", false),
        ] {
            assert_eq!(is_only(number, other), only, "{number} / {other}");
        }
    }

    #[test]
    fn a_share_in_words_is_known() {
        for (own, other, only) in [
            ("The lake lost 33 percent of its eels.", "A third of the eels are gone.", false),
            ("The toll rose by 25%.", "The toll went up by a quarter.", false),
            ("Of all voters 67 percent stayed away.", "Two-thirds of the voters did not come.", false),
            ("It says 81 percent are for it.", "Eight in ten want it.", false),
            ("It says 20 percent are for it.", "One out of five wants it.", false),
            ("It lost 50 percent of its value.", "Its value halved.", false),
            ("It says 81 percent are for it.", "A third of them want it.", true),
            ("It says 81 percent are for it.", "Eight in May want it.", true),
            ("There were 33 eels.", "A third of the eels are gone.", true),
        ] {
            assert_eq!(is_only(own, other), only, "{own} / {other}");
        }
    }

    #[test]
    fn an_amount_in_round_figures_is_known() {
        for (own, other, only) in [
            ("It loses more than £300,000.", "It loses £310,000 a year.", false),
            ("It loses £310,000.", "It loses more than £300,000.", false),
            ("It loses nearly £400,000.", "It loses £395,000.", false),
            ("It cost $43m.", "It cost $43.2 million.", false),
            ("About 1,200 homes were dark.", "The storm cut off 1,187 homes.", false),
            ("It lies 15 kilometres away.", "It lies some 15,200 metres away.", false),
            ("At least 40 people came.", "There were 43 people.", false),
            ("It loses more than £300,000.", "It loses £410,000.", true),
            ("It loses £300,000.", "It loses £310,000.", true),
            ("It loses more than £300,000.", "It loses $310,000.", true),
            ("About 1,200 homes were dark.", "The storm drowned 1,187 cows.", true),
            ("More than 40 people came.", "It was 42 years ago.", true),
            ("The toll rose by 12 percent.", "The toll rose by 14 percent.", true),
            ("It fetched 2.96 billion talers.", "It brought in about three billion.", false),
            ("It fetched 3 billion talers.", "It brought in 2.96 billion.", false),
            ("The firm has 1,187 boats.", "It has about twelve hundred.", true),
            ("It fetched 2.6 billion talers.", "It brought in about three billion.", true),
        ] {
            assert_eq!(is_only(own, other), only, "{own} / {other}");
        }
    }
}
