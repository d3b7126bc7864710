//! Figures of a part and of the whole: of one day and of several, of one town and of a whole country, of each and of all.

use std::ops::Range;

use super::pair::{Pair, is_time};
use crate::align::Kind as WordKind;
use crate::reading::{Change, Measure, Quantity, is_plural};

/// Whether one figure is of a part of what the other is of.
pub(super) fn of_part_and_whole(pair: &Pair, figures: [&Quantity; 2], places: &[Range<usize>; 2]) -> bool {
    let adds_up = matches!(
        figures[0].measure,
        Measure::Count
            | Measure::Money(_)
            | Measure::Percent
            | Measure::Points
            | Measure::Length
            | Measure::Weight
            | Measure::Volume
            | Measure::Area
            | Measure::Energy
    );
    adds_up && (of_one_day(pair, figures) || of_one_place(pair, figures) || of_each(pair, figures, places))
}

/// Whether a figure moves by a share of what it was, so that the whole of it may be less than a part.
fn is_move(figure: &Quantity) -> bool {
    matches!(figure.measure, Measure::Percent | Measure::Points) || figure.change == Change::By
}

/// "On Friday 6,200 came" / "over the four days 31,000 came"; what moved since March moved otherwise today.
fn of_one_day(pair: &Pair, figures: [&Quantity; 2]) -> bool {
    let frames = [0, 1].map(|side| Frame::of(pair, side));
    [0, 1].into_iter().any(|whole| {
        let part = 1 - whole;
        let less = figures[part].low < figures[whole].low || is_move(figures[0]) && is_move(figures[1]);
        let moved = frames[whole].runs_on && is_move(figures[0]) && is_move(figures[1]);
        frames[whole].is_long
            && !frames[part].is_long
            && (frames[part].is_day && !frames[whole].is_day && less || moved)
    })
}

/// Of which time a sentence tells.
#[derive(Default)]
struct Frame {
    /// One day, or a part of it.
    is_day: bool,
    /// Several days, or all there were.
    is_long: bool,
    /// From some time on: "since March", "so far".
    runs_on: bool,
}

impl Frame {
    fn of(pair: &Pair, side: usize) -> Self {
        let n = pair.sides[side].words.len();
        let runs_on = (0..n).find(|&at| runs_on(pair, side, at));
        let over = (0..n).any(|at| is_over(pair, side, at));
        // The day since which it is is none on which it was.
        let since = |day: &Range<usize>| runs_on.is_some_and(|at| (at + 1..at + 4).contains(&day.start));
        let dates = pair.readings[side].dates.iter().filter(|date| !date.of_speech);
        let days = dates.filter(|date| date.weekday.is_some() || date.day.is_some() || date.relative.is_some());
        let dated = days.into_iter().any(|date| !since(&pair.words_under(side, date.span)));
        let is_day = dated || (0..n).any(|at| is_one_day(pair, side, at));
        Self { is_day, is_long: over || runs_on.is_some(), runs_on: runs_on.is_some() }
    }
}

/// "since March", "since the start of the year", "so far", "to date".
fn runs_on(pair: &Pair, side: usize, at: usize) -> bool {
    const REACH: usize = 4;
    let side = pair.side(side);
    let timed = |at: usize| {
        let form = side.form(at);
        let year = form.len() == 4 && form.bytes().all(|byte| byte.is_ascii_digit());
        is_time(form)
            || year
            || matches!(
                form,
                "autumn" | "beginning" | "easter" | "christmas" | "spring" | "start" | "summer" | "winter"
            )
    };
    match side.form(at) {
        "since" => (at + 1..at + REACH).any(timed),
        "so" => side.form(at + 1) == "far",
        "to" => side.form(at + 1) == "date",
        _ => false,
    }
}

/// "over the four days", "during the week", "in the past month", "in all".
fn is_over(pair: &Pair, side: usize, at: usize) -> bool {
    const REACH: usize = 5;
    let side = pair.side(side);
    let long = |form: &str| {
        matches!(form, "days" | "nights" | "weeks" | "months" | "years" | "hours")
            || matches!(
                form,
                "week" | "weekend" | "month" | "quarter" | "season" | "summer" | "winter" | "year" | "decade"
            )
    };
    let between = |at: usize| {
        let form = side.form(at);
        let number = side.words.get(at).is_some_and(|word| word.kind == WordKind::Number || word.value.is_some());
        number
            || matches!(
                form,
                "the" | "a" | "all" | "past" | "last" | "whole" | "entire" | "these" | "those" | "few" | "several"
            )
    };
    match side.form(at) {
        "over" | "during" | "throughout" | "within" | "in" => {
            let end = (at + 1..at + REACH).find(|&at| !between(at)).unwrap_or(at);
            // "in two days" is when it comes to an end, "in the four days" how long it took.
            long(side.form(end)) && end > at + 1 && (side.form(at) != "in" || side.form(at + 1) == "the")
                || side.form(at) == "in" && matches!(side.form(at + 1), "all" | "total")
        }
        "altogether" => true,
        _ => false,
    }
}

/// "on the first day", "on the last night".
fn is_one_day(pair: &Pair, side: usize, at: usize) -> bool {
    let side = pair.side(side);
    let which = matches!(
        side.form(at),
        "first" | "second" | "third" | "fourth" | "last" | "opening" | "final" | "single" | "one" | "each" | "every"
    );
    which && matches!(side.form(at + 1), "day" | "night" | "evening" | "morning" | "afternoon")
}

/// "in Arven twelve wells ran dry" / "across the country 300 wells ran dry".
fn of_one_place(pair: &Pair, figures: [&Quantity; 2]) -> bool {
    let counted = figures.iter().all(|one| matches!(one.measure, Measure::Count | Measure::Money(_)));
    let wide = [0, 1].map(|side| (0..pair.sides[side].words.len()).any(|at| is_everywhere(pair, side, at)));
    let somewhere = |side: usize| (0..pair.sides[side].words.len()).any(|at| is_somewhere(pair, side, at));
    counted
        && [0, 1].into_iter().any(|whole| {
            let part = 1 - whole;
            wide[whole] && !wide[part] && somewhere(part) && figures[part].low < figures[whole].low
        })
}

fn is_region(form: &str) -> bool {
    matches!(
        form,
        "city"
            | "continent"
            | "country"
            | "county"
            | "district"
            | "island"
            | "kingdom"
            | "land"
            | "nation"
            | "province"
            | "region"
            | "state"
            | "territory"
            | "town"
            | "valley"
            | "world"
    )
}

/// "nationwide", "across the region", "in the whole country".
fn is_everywhere(pair: &Pair, side: usize, at: usize) -> bool {
    let side = pair.side(side);
    let article = |at: usize| usize::from(matches!(side.form(at), "the" | "this" | "that" | "our"));
    match side.form(at) {
        "citywide" | "countrywide" | "countywide" | "nationwide" | "statewide" | "worldwide" => true,
        "across" | "throughout" => is_region(side.form(at + 1 + article(at + 1))),
        "all" if side.form(at + 1) == "over" => is_region(side.form(at + 2 + article(at + 2))),
        "whole" | "entire" => is_region(side.form(at + 1)),
        _ => false,
    }
}

/// "in Arven", "in the capital", "in Arven alone": the other side does not name it.
fn is_somewhere(pair: &Pair, side: usize, at: usize) -> bool {
    const SAME: f32 = 0.6;
    let place = pair.side(side);
    let open = |at: usize| at < place.words.len() && pair.likeness(side, at) < SAME;
    let next = at + 1 + usize::from(place.form(at + 1) == "the");
    let part = matches!(
        place.form(next),
        "capital"
            | "centre"
            | "center"
            | "city"
            | "district"
            | "east"
            | "north"
            | "port"
            | "south"
            | "suburbs"
            | "town"
            | "village"
            | "west"
    );
    matches!(place.form(at), "at" | "in" | "near") && open(next) && (part || place.is_name(next))
}

/// "each club gets 600 seats" / "there are 1,200 seats"; but of what "passengers get" each may get as much.
fn of_each(pair: &Pair, figures: [&Quantity; 2], places: &[Range<usize>; 2]) -> bool {
    let each = [0, 1].map(|side| is_each(pair, side, &places[side]));
    let one = usize::from(each[1]);
    let [a, b] = [figures[one].low, figures[1 - one].low];
    let shares = !matches!(figures[0].measure, Measure::Percent | Measure::Points | Measure::Length);
    let times = b / a;
    let fits = times > 1.5 && (times - times.round()).abs() < 1e-6;
    shares && each[0] != each[1] && b > a && (fits || pair.same_verb(&places[0], &places[1]) != Some(true))
}

/// Whether a figure is of each of several: "every tenant got 300 crowns"; but not "each of the 14 tenants".
fn is_each(pair: &Pair, side: usize, place: &Range<usize>) -> bool {
    let all = pair.side(side);
    let counted = |at: usize| {
        at < place.start && (at + 1..place.start).all(|at| matches!(all.form(at), "of" | "the" | "these" | "those"))
    };
    let each = |at: usize| match all.form(at) {
        "each" | "apiece" => true,
        // "every day" makes no share of it.
        "every" => !is_time(all.form(at + 1)) && !is_plural(all.form(at + 1)),
        _ => false,
    };
    all.clause(place).any(|at| each(at) && !counted(at))
}

#[cfg(test)]
mod tests {
    use crate::conflict::Kind;
    use crate::conflict::tests::read;
    use crate::conflict::weights::Sign;

    #[test]
    fn a_part_is_less_than_the_whole() {
        let mut wrong = Vec::new();
        for (left, right, apart) in [
            ("Over the four days 31,000 sailors came to Holm.", "On Friday 6,200 sailors came to Holm.", true),
            (
                "Over the four days 31,000 sailors came to Holm.",
                "Over the four days 36,000 sailors came to Holm.",
                false,
            ),
            ("On Friday 9,100 sailors came to Holm.", "On Friday 6,200 sailors came to Holm.", false),
            // No part is more than the whole.
            ("Over the four days 31,000 sailors came to Holm.", "On Friday 46,000 sailors came to Holm.", false),
            ("Zinc rose by 2 percent.", "Since March zinc has risen by 14 percent.", true),
            ("Since March zinc has risen by 9 percent.", "Since March zinc has risen by 14 percent.", false),
            ("Zinc rose by 2 percent.", "Zinc rose by 14 percent.", false),
            ("Some 40 wells ran dry in Arven.", "Some 300 wells ran dry across the country.", true),
            ("Some 640 wells ran dry in Arven.", "Some 300 wells ran dry across the country.", false),
            ("Some 640 wells ran dry across the country.", "Some 300 wells ran dry across the country.", false),
            ("There are 1,200 seats.", "Each club gets 600 seats.", true),
            ("There are 1,200 seats.", "There are 600 seats.", false),
            ("Tenants get 700 crowns.", "Every tenant gets 450 crowns.", false),
            ("Tenants shared 9,000 crowns.", "Every tenant got 450 crowns.", true),
            ("Each of the 14 tenants was heard.", "The 17 tenants were heard.", false),
        ] {
            for (left, right) in [(left, right), (right, left)] {
                let found = read(left, right).0.into_iter().filter(|one| one.kind == Kind::Number);
                let of_two: Vec<bool> = found.map(|one| one.signs[Sign::of_two as usize] > 0.0).collect();
                if of_two != [apart] {
                    wrong.push(format!("{of_two:?}: {left} / {right}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
