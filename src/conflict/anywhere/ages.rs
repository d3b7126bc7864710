//! How old articles say that somebody is whom they name in full.

use std::collections::BTreeMap;

use super::full_name::{FullName, persons};
use super::{Found, Mention, difference, longest, opposed};
use crate::conflict::ages::person;
use crate::conflict::pair;
use crate::conflict::victims::{Part, is_death, part};
use crate::conflict::weights::Sign;
use crate::conflict::{Kind, numbers};
use crate::reading::{Exactness, Measure, Quantity};
use crate::span::Span;

/// Everybody whose age is told beside a full name.
#[derive(Debug, Default)]
pub(in crate::conflict) struct Ages {
    told: Vec<(Mention<FullName>, Mention<Quantity>)>,
    /// Who died and who is held to have done it, by sentence and where the age stands.
    parts: BTreeMap<(usize, usize), Fate>,
    /// The articles that tell of a case in court.
    in_court: Vec<bool>,
}

/// What became of whom an age is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Died,
    Suspected,
}

/// An age, its sentence and its article.
pub(in crate::conflict) struct Side<'a> {
    pub article: usize,
    pub sentence: usize,
    pub age: &'a Quantity,
}

/// Days between two articles from which on a birthday may well lie between.
const WEEKS: i64 = 14;
/// So many years may lie between a deed and the day in court of which an article tells.
const YEARS_TO_COURT: f64 = 3.0;
/// Two of one name whose ages are further apart are father and son.
const GENERATION: f64 = 15.0;

impl Ages {
    /// A sentence of an article; articles come in order.
    pub fn hear(&mut self, article: usize, sentence: usize, side: pair::Side) {
        self.in_court.resize(article + 1, false);
        self.in_court[article] |= super::tells_of_court(side);
        for age in side.reading.quantities.iter().filter(|one| one.measure == Measure::Age) {
            let place = side.words_under(age.span);
            let person = person(side, &place);
            if let Some(fate) = fate(side, part(side, &person.phrase(&place))) {
                self.parts.insert((sentence, age.span.start), fate);
            }
            let exact = age.low == age.high && age.exactness == Exactness::Exact;
            if let Some(name) = FullName::of(side, &person.names).filter(|_| exact) {
                let mention = |span| Mention { article, sentence, span, value: () };
                let (first, last) = (person.names.start, person.names.end - 1);
                let written = Span::new(side.words[first].span.start, side.words[last].span.end);
                self.told.push((mention(written).of(name), mention(age.span).of(age.clone())));
            }
        }
    }

    /// Whether whoever is older on one side may have grown older since the other: where the days of the articles tell, or
    /// else in an article that tells of a case in court. The dead grow no older.
    pub fn grew(&self, sides: [Side; 2], published: [Option<i64>; 2]) -> bool {
        let later = usize::from(sides[1].age.low > sides[0].age.low);
        let years = sides[later].age.low - sides[1 - later].age.low;
        let fate = |side: &Side| self.parts.get(&(side.sentence, side.age.span.start)).copied();
        let fates = [0, 1].map(|side| fate(&sides[side]));
        if fates.contains(&Some(Fate::Died)) && !fates.contains(&Some(Fate::Suspected)) {
            return false;
        }
        match [published[1 - later], published[later]] {
            [Some(earlier), Some(later)] => later - earlier >= WEEKS && years < 1.01 + (later - earlier) as f64 / 365.0,
            _ => self.in_court[sides[later].article] && years < YEARS_TO_COURT + 0.01,
        }
    }

    /// Where two articles give other ages of one person.
    pub fn differences(&self, published: &[Option<i64>]) -> Vec<Found> {
        let names: Vec<&FullName> = self.told.iter().map(|(name, _)| &name.value).collect();
        persons(&names).iter().flat_map(|person| self.of_one(person, published)).collect()
    }

    fn of_one(&self, person: &[usize], published: &[Option<i64>]) -> Vec<Found> {
        let mentions: Vec<Mention<Quantity>> = person.iter().map(|&at| self.told[at].1.clone()).collect();
        let fates = || mentions.iter().filter_map(|one| self.parts.get(&(one.sentence, one.span.start)));
        let dead = fates().any(|fate| *fate == Fate::Died) && fates().all(|fate| *fate == Fate::Died);
        let opposes = |a: &Mention<Quantity>, b: &Mention<Quantity>| {
            let sides = [a, b].map(|one| Side { article: one.article, sentence: one.sentence, age: &one.value });
            let near = (a.value.low - b.value.low).abs() <= GENERATION;
            near && (dead || !self.grew(sides, [a, b].map(|one| published[one.article])))
        };
        let pairs = opposed(&mentions, numbers::agree, opposes);
        if pairs.is_empty() {
            return Vec::new();
        }
        let what = format!("age of {}", longest(person.iter().map(|&at| &*self.told[at].0.value.written)));
        pairs.iter().map(|pair| difference(pair, Kind::Number, &what, Sign::age)).collect()
    }
}

/// What a sentence says became of somebody who plays a part in it.
fn fate(side: pair::Side, part: Option<Part>) -> Option<Fate> {
    match part? {
        Part::Suspect => Some(Fate::Suspected),
        Part::Victim => (0..side.words.len()).any(|at| is_death(side.form(at))).then_some(Fate::Died),
    }
}

#[cfg(test)]
mod tests {
    use crate::conflict::Kind;
    use crate::conflict::anywhere::tests::told;

    /// What is told of two articles with these sentences, either way round.
    fn ages(left: &[&str], right: &[&str]) -> Vec<String> {
        let of = |articles: [&[&str]; 2]| told(&articles, [None; 2]);
        let (one, other) = (of([left, right]), of([right, left]));
        assert!(one.iter().all(|(kind, ..)| *kind == Kind::Number));
        let what = |found: &[(Kind, String, [String; 2])]| found.iter().map(|one| one.1.clone()).collect::<Vec<_>>();
        assert_eq!(what(&one), what(&other), "{left:?} {right:?}");
        what(&one)
    }

    #[test]
    fn an_age_belongs_to_a_full_name_wherever_it_stands() {
        let asleep = "Police found 43-year-old Ida Lund asleep on the quay.";
        for (right, told) in [
            ("The boat was lent by Ida Lund-Vey, 42.", true),
            ("Ida Maren Lund, 42, of Arven, owns the boat.", true),
            ("The boat belongs to Ida Lund, aka Finch, 42, of Arven.", true),
            ("The boat belongs to 42-year-old Ida Lund.", true),
            ("The boat belongs to Ida Lund, 43.", false),
            ("The boat belongs to Ivo Lund, 42.", false),
            ("The boat belongs to Lund, 42.", false),
            ("The boat belongs to Ida Lund, 42; Ivo Lund, 43.", true),
            // Father and son.
            ("The boat belongs to Ida Lund, 71.", false),
        ] {
            assert_eq!(ages(&[asleep], &[right]).len(), usize::from(told), "{right}");
        }
        assert_eq!(ages(&[asleep], &["The boat belongs to Ida Maren Lund, 42."]), ["age of Ida Maren Lund"]);
    }

    #[test]
    fn who_gives_both_ages_takes_no_side() {
        let both = ["Ida Lund, 43, slept.", "The boat belongs to Ida Lund, 42."];
        assert_eq!(ages(&both, &["Ida Lund, 42, owns the boat."]), Vec::<String>::new());
        let third = |articles: &[&[&str]]| told(articles, [None; 2]).len();
        assert_eq!(third(&[&["Ida Lund, 43, slept."], &["Ida Lund, 42, owns it."], &["Nobody was there."]]), 1);
        assert_eq!(third(&[&["Ida Lund, 43, slept."], &["Ida Lund, 42, owns it."], &both]), 0);
    }

    #[test]
    fn the_living_grow_older_on_the_way_to_court() {
        let arrested = "Police arrested Ida Lund, 42, on the quay.";
        let court = "Ida Lund, 43, pleaded guilty to theft.";
        assert_eq!(ages(&[arrested], &[court]).len(), 0);
        // Nobody is younger when the case comes to court, nor ten years older.
        assert_eq!(ages(&["Police arrested Ida Lund, 44, on the quay."], &[court]).len(), 1);
        assert_eq!(ages(&["Police arrested Ida Lund, 33, on the quay."], &[court]).len(), 1);
        let tried = "A jury heard how Ida Lund, 43, was killed on the quay.";
        assert_eq!(ages(&["Ida Lund, 42, was killed on the quay."], &[tried]).len(), 1);
        let days = |published: [Option<&str>; 2]| {
            told(&[&[arrested], &["The case against Ida Lund, 43, goes on."]], published).len()
        };
        assert_eq!(days([None, None]), 1);
        assert_eq!(days([Some("2026-01-10"), Some("2026-01-11")]), 1);
        assert_eq!(days([Some("2026-01-10"), Some("2026-04-11")]), 0);
    }
}
