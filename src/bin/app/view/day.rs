//! Days as people read them.

use sightline::date::Date;

/// The day of a time in milliseconds since 1970 (UTC): `23 November 2026`.
pub(super) fn of(at: i64) -> String {
    const MONTHS: [&str; 12] = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ];
    let date = Date::of_millis(at);
    let month = MONTHS.get(usize::from(date.month()) - 1).unwrap_or(&"");
    format!("{} {month} {}", date.day(), date.year())
}
