//! The time that passes between two moments in England: over the changes of the clocks, and in
//! working days.
//!
//! It holds two rules as code and needs no table of time zones: when British Summer Time begins and
//! ends ([`london`]), and which days are public holidays ([`holidays`]).

pub mod holidays;
pub mod london;

use crate::table::date::Date;

/// The day of 1 January 1970, a Thursday, as [`Date::days`] counts.
const EPOCH: i64 = 719_468;

/// Milliseconds in a day.
const DAY: i64 = 86_400_000;

/// The day of the week: 0 is Monday, 6 is Sunday.
#[must_use]
pub fn weekday(day: Date) -> i64 {
    (day.days() - EPOCH + 3).rem_euclid(7)
}

/// The day that is so many days later, or earlier.
#[must_use]
pub fn plus(day: Date, days: i64) -> Date {
    Date::of_millis((day.days() - EPOCH + days) * DAY)
}

/// The working days after `from`, up to and with `to`: those that are no Saturday, Sunday or public
/// holiday in England. Below zero where `to` is the earlier.
#[must_use]
pub fn working_days(from: Date, to: Date) -> i64 {
    if to < from {
        return -working_days(to, from);
    }
    let holidays = (from.year()..=to.year())
        .flat_map(holidays::of)
        .filter(|day| from < *day && *day <= to && weekday(*day) < 5)
        .count();
    weekdays_until(to) - weekdays_until(from) - i64::try_from(holidays).unwrap_or(i64::MAX)
}

/// Mondays to Fridays from a Monday long ago up to and with a day.
fn weekdays_until(day: Date) -> i64 {
    let since_monday = day.days() - EPOCH + 3;
    5 * since_monday.div_euclid(7) + (since_monday.rem_euclid(7) + 1).min(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::of_field(text).unwrap()
    }

    #[test]
    fn days_of_the_week_are_known() {
        assert_eq!(weekday(day("1970-01-01")), 3);
        assert_eq!(weekday(day("2026-11-23")), 0);
        assert_eq!(weekday(day("2000-02-29")), 1);
        assert_eq!(plus(day("2024-02-28"), 2), day("2024-03-01"));
    }

    #[test]
    fn working_days_leave_out_weekends_and_holidays() {
        for (from, to, count) in [
            ("2026-11-23", "2026-11-23", 0),
            ("2026-11-23", "2026-11-24", 1),
            ("2026-11-20", "2026-11-23", 1), // Friday to Monday
            ("2026-11-21", "2026-11-22", 0), // Saturday to Sunday
            ("2026-12-24", "2026-12-29", 1), // 25 and 28 December are holidays
            ("2026-04-02", "2026-04-07", 1), // Good Friday and Easter Monday
            ("2026-11-24", "2026-11-23", -1),
            ("2022-09-16", "2022-09-20", 1), // the state funeral
        ] {
            assert_eq!(working_days(day(from), day(to)), count, "{from} to {to}");
        }
    }

    #[test]
    fn counting_at_once_is_counting_day_by_day() {
        let from = day("2019-12-20");
        let mut count = 0;
        for later in 1..=2600 {
            let to = plus(from, later);
            let free = weekday(to) > 4 || holidays::of(to.year()).contains(&to);
            count += i64::from(!free);
            assert_eq!(working_days(from, to), count, "to {to}");
        }
    }
}
