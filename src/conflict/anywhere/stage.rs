//! Whether an article tells of a case that has come to court, months after the deed: whoever is in it may have had a birthday
//! since the first reports.

use crate::conflict::pair::Side;

/// Whether a sentence tells of a hearing, a plea, a trial, a sentence, or of what was last year.
pub fn tells_of_court(side: Side) -> bool {
    let court = |form: &str| {
        matches!(
            form,
            "convicted"
                | "conviction"
                | "guilty"
                | "hearing"
                | "indicted"
                | "indictment"
                | "juror"
                | "jurors"
                | "jury"
                | "plea"
                | "pleaded"
                | "pleads"
                | "pled"
                | "sentenced"
                | "sentencing"
                | "testified"
                | "testimony"
                | "trial"
                | "verdict"
        )
    };
    let period = |form: &str| matches!(form, "year" | "summer" | "winter" | "spring" | "fall");
    (0..side.words.len()).any(|at| {
        let next = side.form(at + 1);
        court(side.form(at)) || side.form(at) == "last" && period(next)
    })
}
