//! Moments by the clocks of London, and the minutes between them.
//!
//! Summer time runs from 01:00 universal time on the last Sunday of March to 01:00 universal time
//! on the last Sunday of October. Source: The Summer Time Order 2002 (SI 2002/262), which carried
//! on the dates in force since 1996. Earlier years are counted by the same rule.

use std::fmt;

use super::{EPOCH, plus, weekday};
use crate::table::date::Date;

/// Minutes in an hour and in a day.
const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// A time of a day, as a clock on a wall in London shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WallTime {
    /// The day.
    pub day: Date,
    /// Minutes since its midnight, by the wall.
    minute: i64,
}

/// The clocks went forward over this time: no clock showed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Skipped;

impl WallTime {
    /// The time that a text names: `2026-10-25T01:30`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (day, time) = text.split_once('T')?;
        let (hours, minutes) = time.split_once(':')?;
        let number = |text: &str, below: i64| -> Option<i64> {
            let fits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            let number = text.parse().ok().filter(|_| fits)?;
            (number < below).then_some(number)
        };
        Some(Self {
            day: Date::of_field(day)?,
            minute: HOUR * number(hours, 24)? + number(minutes, 60)?,
        })
    }

    /// What the clocks show at a moment, given in milliseconds since 1970 (UTC).
    #[must_use]
    pub fn of_millis(at: i64) -> Self {
        let minutes = at.div_euclid(60_000);
        let universal = |minutes: i64| Self {
            day: plus(Date::of_millis(0), minutes.div_euclid(DAY)),
            minute: minutes.rem_euclid(DAY),
        };
        let now = universal(minutes);
        let one_o_clock = |month| Self {
            day: last_sunday(now.day.year(), month),
            minute: HOUR,
        };
        if one_o_clock(3) <= now && now < one_o_clock(10) {
            universal(minutes + HOUR)
        } else {
            now
        }
    }

    /// Whether the clock showed this time twice, because it went back over it.
    #[must_use]
    pub fn comes_twice(self) -> bool {
        self.day == last_sunday(self.day.year(), 10) && (HOUR..2 * HOUR).contains(&self.minute)
    }

    /// Minutes since 1970 in universal time. Of a time that comes twice, the first.
    fn universal(self) -> Result<i64, Skipped> {
        let (year, minute) = (self.day.year(), self.minute);
        let (begins, ends) = (last_sunday(year, 3), last_sunday(year, 10));
        if self.day == begins && (HOUR..2 * HOUR).contains(&minute) {
            return Err(Skipped);
        }
        let summer = (begins < self.day || (begins == self.day && minute >= 2 * HOUR))
            && (self.day < ends || (self.day == ends && minute < 2 * HOUR));
        let ahead = if summer { HOUR } else { 0 };
        Ok((self.day.days() - EPOCH) * DAY + minute - ahead)
    }
}

/// `2026-10-25 01:30`.
impl fmt::Display for WallTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes) = (self.minute / HOUR, self.minute % HOUR);
        write!(f, "{} {hours:02}:{minutes:02}", self.day)
    }
}

/// The minutes that passed between two times; below zero where `to` came first. A time that the
/// clock showed twice is taken as the first, and as the second where the interval would otherwise
/// end before it begins.
///
/// # Errors
/// If one of the times never was.
pub fn minutes(from: WallTime, to: WallTime) -> Result<i64, Skipped> {
    let passed = to.universal()? - from.universal()?;
    Ok(if passed < 0 && to.comes_twice() && passed + HOUR >= 0 {
        passed + HOUR
    } else {
        passed
    })
}

/// The last Sunday of March or October, which have 31 days; of another month with as many.
fn last_sunday(year: u16, month: u8) -> Date {
    // Without a 31st there is no such day: the first of days stands for it, and is never reached.
    let last = Date::new(year, month, 31).unwrap_or_else(|| Date::of_millis(i64::MIN));
    plus(last, -((weekday(last) + 1) % 7))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn time(text: &str) -> WallTime {
        WallTime::parse(text).unwrap()
    }

    fn between(from: &str, to: &str) -> Result<i64, Skipped> {
        minutes(time(from), time(to))
    }

    #[test]
    fn a_moment_is_told_by_the_clocks_of_its_day() {
        for (at, shown) in [
            (0, "1970-01-01 00:00"), // Counted by today's rule; the clocks of 1970 were an hour ahead.
            (1_774_745_999_000, "2026-03-29 00:59"),
            (1_774_746_000_000, "2026-03-29 02:00"),
            (1_792_889_999_000, "2026-10-25 01:59"),
            (1_792_890_000_000, "2026-10-25 01:00"),
            (1_795_816_787_000, "2026-11-27 21:59"),
        ] {
            assert_eq!(WallTime::of_millis(at).to_string(), shown);
        }
    }

    #[test]
    fn a_day_on_the_wall_is_23_24_or_25_hours() {
        // The clocks went back on 25 October 2026 and forward on 29 March 2026.
        assert_eq!(between("2026-10-24T12:00", "2026-10-25T12:00"), Ok(25 * 60));
        assert_eq!(between("2026-03-28T12:00", "2026-03-29T12:00"), Ok(23 * 60));
        assert_eq!(between("2026-06-28T12:00", "2026-06-29T12:00"), Ok(24 * 60));
    }

    #[test]
    fn an_interview_72_hours_on_the_wall_after_the_clocks_went_back_is_late_by_an_hour() {
        assert_eq!(between("2026-10-24T09:00", "2026-10-27T09:00"), Ok(73 * 60));
        assert_eq!(between("2026-10-24T09:00", "2026-10-27T08:00"), Ok(72 * 60));
        assert_eq!(between("2026-03-27T09:00", "2026-03-30T10:00"), Ok(72 * 60));
    }

    #[test]
    fn a_time_that_comes_twice_is_the_first_unless_that_ends_before_it_begins() {
        assert!(time("2026-10-25T01:00").comes_twice() && time("2026-10-25T01:59").comes_twice());
        assert!(!time("2026-10-25T00:59").comes_twice() && !time("2026-10-25T02:00").comes_twice());
        assert_eq!(between("2026-10-25T00:30", "2026-10-25T01:30"), Ok(60));
        assert_eq!(between("2026-10-25T01:30", "2026-10-25T02:30"), Ok(120));
        assert_eq!(between("2026-10-25T01:50", "2026-10-25T01:10"), Ok(20));
    }

    #[test]
    fn a_time_that_the_clocks_went_over_never_was() {
        assert_eq!(
            between("2026-03-29T01:30", "2026-03-29T09:00"),
            Err(Skipped)
        );
        assert_eq!(between("2026-03-29T00:59", "2026-03-29T02:00"), Ok(1));
    }

    #[test]
    fn only_a_day_and_a_time_as_a_field_gives_them_are_read() {
        for text in [
            "",
            "2026-10-25",
            "T01:30",
            "2026-10-25T",
            "2026-10-25T24:00",
            "25/10/2026T01:30",
            "2026-10-25T1:30",
        ] {
            assert_eq!(WallTime::parse(text), None, "{text}");
        }
        assert_eq!(time("2026-10-25T01:05").to_string(), "2026-10-25 01:05");
    }

    /// The dates that the orders of 1998 to 2002 and every year after name.
    #[test]
    fn the_clocks_change_on_the_published_days() {
        for (year, march, october) in [
            (1998, 29, 25),
            (2002, 31, 27),
            (2020, 29, 25),
            (2024, 31, 27),
            (2025, 30, 26),
            (2027, 28, 31),
        ] {
            assert_eq!(last_sunday(year, 3).day(), march);
            assert_eq!(last_sunday(year, 10).day(), october);
        }
    }

    proptest! {
        #[test]
        fn the_way_over_a_third_time_is_as_long(
            days in prop::collection::vec((9_862_i64..25_000, 0_i64..1440), 3)
        ) {
            let at = |(day, minute): (i64, i64)| WallTime { day: Date::of_millis(day * 86_400_000), minute };
            let times: Vec<_> = days.into_iter().map(at).filter(|it| !it.comes_twice()).collect();
            if let [a, b, c] = times[..]
                && let (Ok(ab), Ok(bc), Ok(ac)) = (minutes(a, b), minutes(b, c), minutes(a, c))
            {
                prop_assert_eq!(ab + bc, ac);
            }
        }
    }
}
