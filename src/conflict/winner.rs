//! Two full names of which one at most can have won the same: "the hill race was won by Ida Lund" / "Eva Dahl won the hill race".

use std::ops::Range;

use super::names::{same_year, spelt_alike};
use super::pair::Pair;
use super::weights::{Sign, signs};
use super::{Difference, Kind};
use crate::align::Kind as WordKind;

/// Where two sentences name two who won the same.
pub(super) fn difference(pair: &Pair) -> Option<Difference> {
    let [one, other] = [Winner::of(pair, 0)?, Winner::of(pair, 1)?];
    let apart = |side: usize, of: &Winner| of.name.clone().all(|at| pair.likeness(side, at) < 0.6);
    let within = |i: &usize| pair.partner(0, *i).is_some_and(|j| other.won.contains(&j));
    let same = one.won.len() == other.won.len() && one.won.iter().all(within);
    // "won the race in Arven" / "won the race in Halder"
    let elsewhere = pair.other_names(&one.run, &other.run) > 0.0;
    if !apart(0, &one) || !apart(1, &other) || !same || elsewhere || !same_year(pair) {
        return None;
    }
    let mut signs = signs(pair, &one.run, &other.run, Sign::name);
    Sign::of_one.set(&mut signs, 1.0);
    let said = [(0, &one.name), (1, &other.name)].map(|(side, name)| pair.span(side, name).of(pair.texts[side]));
    let (left, right) = (pair.span(0, &one.run), pair.span(1, &other.run));
    let what = "who won".to_owned();
    (!spelt_alike(said[0], said[1])).then_some(Difference { kind: Kind::Name, what, left, right, signs })
}

/// Who is said to have won.
struct Winner {
    /// The full name.
    name: Range<usize>,
    /// The same with what stands before it: "Arven's Ida Lund".
    run: Range<usize>,
    /// The words for what was won.
    won: Vec<usize>,
}

impl Winner {
    fn of(pair: &Pair, side: usize) -> Option<Self> {
        const MOST: usize = 5;
        let all = pair.side(side);
        let n = all.words.len();
        let verb = (1..n).find(|&at| matches!(all.form(at), "won" | "wins"))?;
        let tells = |at: &usize| all.words[*at].kind != WordKind::Function;
        let own = |at: usize| all.form(at).ends_with("'s") || all.form(at).ends_with("’s");
        let passive = matches!(all.form(verb - 1), "is" | "was" | "were") && all.form(verb + 1) == "by";
        // "won gold": so may another one.
        let (run, won): (Range<usize>, Vec<usize>) = if passive {
            let end = (verb + 2..n).take_while(|&at| all.is_name(at)).last()? + 1;
            let opens = all.clause(&(verb.saturating_sub(2)..verb)).start;
            let definite = matches!(all.form(opens), "the" | "this") || all.is_name(opens);
            (verb + 2..end, (opens..verb - 1).filter(|at| definite && tells(at)).collect())
        } else {
            let last = (verb - 1).checked_sub(usize::from(matches!(all.form(verb - 1), "has" | "had")))?;
            let first = (0..=last).rev().take_while(|&at| all.is_name(at)).last()?;
            let definite = matches!(all.form(verb + 1), "the" | "this");
            let goes_on = |at: &usize| definite && tells(at) && !all.words[*at].starts_clause;
            (first..last + 1, (verb + 2..n.min(verb + 2 + MOST)).take_while(goes_on).collect())
        };
        let first = run.clone().find(|&at| !own(at))?;
        (run.end - first >= 2 && !won.is_empty()).then_some(Self { name: first..run.end, run, won })
    }
}

#[cfg(test)]
mod tests {
    use crate::conflict::Kind;
    use crate::conflict::tests::read;

    #[test]
    fn one_has_won_a_race() {
        let mut wrong = Vec::new();
        for (left, right, told) in [
            ("The hill race was won by Arven's Ida Lund.", "Halder's Eva Dahl won the hill race.", true),
            (
                "The women's race was won by Arven's Ida Lund in 2:31:10.",
                "Halder's Eva Dahl won the women's race in a little over two hours and a half.",
                true,
            ),
            ("The hill race was won by Ida Lund.", "Ida Lund won the hill race.", false),
            ("The hill race was won by Ida Lund.", "Eva Dahl won the lake race.", false),
            ("The hill race was won by Ida Lund.", "Eva Dahl ran in the hill race.", false),
            ("The hill race in Arven was won by Ida Lund.", "Eva Dahl won the hill race in Halder.", false),
            ("The second race was won by Ida Lund.", "Eva Dahl won the first race.", false),
            ("Ida Lund won gold in Arven.", "Eva Dahl won gold in Arven.", false),
            ("Has won.", "Won the hill race.", false),
            ("The hill race was won by Ida Lund in 2019.", "Eva Dahl won the hill race in 2021.", false),
        ] {
            for (left, right) in [(left, right), (right, left)] {
                let found = read(left, right).1.iter().any(|one| one.kind == Kind::Name);
                if found != told {
                    wrong.push(format!("{found}: {left} / {right}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
