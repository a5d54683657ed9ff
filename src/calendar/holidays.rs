//! Public holidays in England and Wales.
//!
//! Source: Banking and Financial Dealings Act 1971, schedule 1, and the royal proclamations under
//! it, as <https://www.gov.uk/bank-holidays> lists them. Good Friday and Christmas Day are holidays
//! by common law. A holiday that is proclaimed for one year alone has to be added here.

use super::{plus, weekday};
use crate::table::date::Date;

/// Days that were holidays once.
const ONCE: [(u16, u8, u8); 7] = [
    (1999, 12, 31), // the end of the millennium
    (2002, 6, 3),   // jubilee
    (2011, 4, 29),  // royal wedding
    (2012, 6, 5),   // jubilee
    (2022, 6, 3),   // jubilee
    (2022, 9, 19),  // state funeral
    (2023, 5, 8),   // coronation
];

/// Years in which the holiday of early May, or of the end of May, stood on another day.
const EARLY_MAY: [(u16, u8, u8); 2] = [(1995, 5, 8), (2020, 5, 8)];
const LATE_MAY: [(u16, u8, u8); 3] = [(2002, 6, 4), (2012, 6, 4), (2022, 6, 2)];

/// The public holidays of a year; of one that falls on a weekend, the day given in its place.
#[must_use]
pub fn of(year: u16) -> Vec<Date> {
    let day = |month, day| Date::new(year, month, day);
    let moved = |days: &[(u16, u8, u8)]| {
        let found = days.iter().find(|(of, ..)| *of == year);
        found.and_then(|(_, month, on)| day(*month, *on))
    };
    let easter = easter(year);
    let mut holidays = vec![
        day(1, 1).map(next_weekday),
        easter.map(|sunday| plus(sunday, -2)),
        easter.map(|sunday| plus(sunday, 1)),
        moved(&EARLY_MAY).or_else(|| day(5, 7).map(monday_before)),
        moved(&LATE_MAY).or_else(|| day(5, 31).map(monday_before)),
        day(8, 31).map(monday_before),
    ];
    holidays.extend(christmas(year));
    let once = ONCE.iter().filter(|(of, ..)| *of == year);
    holidays.extend(once.map(|(_, month, on)| day(*month, *on)));
    holidays.into_iter().flatten().collect()
}

/// Christmas Day and Boxing Day, or the days in their place: no two on one day.
fn christmas(year: u16) -> [Option<Date>; 2] {
    let christmas = Date::new(year, 12, 25);
    let days = christmas.map(|christmas| match weekday(christmas) {
        4 => (0, 3), // Friday: Boxing Day moves to Monday
        5 => (2, 3), // Saturday: both move
        6 => (2, 1), // Sunday: Boxing Day is Monday, Christmas Day moves to Tuesday
        _ => (0, 1),
    });
    let plus = |days: i64| christmas.map(|day| self::plus(day, days));
    days.map_or([None, None], |(christmas, boxing)| {
        [plus(christmas), plus(boxing)]
    })
}

/// The day itself; the Monday after it if it falls on a weekend.
fn next_weekday(day: Date) -> Date {
    plus(day, (7 - weekday(day)) % 7 * i64::from(weekday(day) > 4))
}

/// The day itself if it is a Monday, or the last Monday before it.
fn monday_before(day: Date) -> Date {
    plus(day, -weekday(day))
}

/// Easter Sunday.
///
/// Source: the anonymous Gregorian algorithm, J. Meeus, Astronomical Algorithms, 2nd edition 1998,
/// chapter 8.
fn easter(year: u16) -> Option<Date> {
    let year = u32::from(year);
    let (golden, century, of_century) = (year % 19, year / 100, year % 100);
    let skipped = (century + 8) / 25;
    let epact = (19 * golden + century + 15 - century / 4 - (century - skipped + 1) / 3) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let sum = epact + weekday + 114 - 7 * late;
    let year = u16::try_from(year).ok()?;
    Date::new(
        year,
        u8::try_from(sum / 31).ok()?,
        u8::try_from(sum % 31 + 1).ok()?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As gov.uk lists them.
    #[test]
    fn the_holidays_of_published_years_are_these() {
        for (year, expected) in [
            (
                2002,
                "01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26",
            ),
            (
                2012,
                "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26",
            ),
            (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
            (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
            (
                2022,
                "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
            ),
            (
                2023,
                "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
            ),
            (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
            (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
            (2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
        ] {
            let mut holidays = of(year);
            holidays.sort();
            let expected: Vec<String> = expected
                .split(' ')
                .map(|day| format!("{year}-{day}"))
                .collect();
            let found: Vec<String> = holidays.iter().map(ToString::to_string).collect();
            assert_eq!(found, expected);
        }
    }
}
