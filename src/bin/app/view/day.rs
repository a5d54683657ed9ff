//! Days as people read them.

use sightline::table::date::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The day of a time in milliseconds since 1970 (UTC): `23 November 2026`.
pub(super) fn of(at: i64) -> String {
    long(Date::of_millis(at))
}

/// A day as a date field gives it (`2026-12-01`), for people; any other text as it is.
pub(super) fn written(text: &str) -> String {
    Date::of_field(text).map_or_else(|| text.to_owned(), long)
}

/// A day and time as an interval has them (`2026-10-24T09:30`), for people; a day as it is written.
pub(super) fn moment(text: &str) -> String {
    match text.split_once('T') {
        Some((day, time)) => format!("{} {time}", written(day)),
        None => written(text),
    }
}

/// A day: `23 November 2026`.
pub(super) fn long(date: Date) -> String {
    let month = usize::from(date.month())
        .checked_sub(1)
        .and_then(|at| MONTHS.get(at));
    format!("{} {} {}", date.day(), month.unwrap_or(&""), date.year())
}
