//! Days as numbers, counted from 1970-01-01.

/// Days from 1970-01-01 (Howard Hinnant's algorithm).
pub fn days(year: i32, month: u8, day: u8) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a number of days from 1970-01-01.
pub(super) fn civil(number: i64) -> (i32, u8, u8) {
    let number = number + 719_468;
    let era = number.div_euclid(146_097);
    let of_era = number.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let part = (5 * of_year + 2) / 153;
    let month = (if part < 10 { part + 3 } else { part - 9 }) as u8;
    ((year + era * 400 + i64::from(month <= 2)) as i32, month, (of_year - (153 * part + 2) / 5 + 1) as u8)
}

/// The day an article was published, from "2026-11-14" or "2026-11-14T08:00:00Z".
pub fn published(written: &str) -> Option<i64> {
    let mut parts = written.get(..10)?.split('-').map(|part| part.parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then(|| days(year, month as u8, day as u8))
}
