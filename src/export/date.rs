//! Civil dates, as exports show them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Milliseconds in a day.
const DAY: i64 = 86_400_000;

/// A day of the Gregorian calendar, in universal time (UTC).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Date {
    /// The year; 0 is the year before 1.
    pub year: i64,
    /// The month, from 1 to 12.
    pub month: u8,
    /// The day of the month, from 1 to 31.
    pub day: u8,
}

impl Date {
    /// The day of a moment, given in milliseconds since 1970 (UTC).
    ///
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`
    /// (<https://howardhinnant.github.io/date_algorithms.html>): years run from 1 March, in eras of
    /// 400 years.
    #[must_use]
    pub fn of_millis(millis: i64) -> Self {
        let days = millis.div_euclid(DAY) + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        let small = |number: i64| u8::try_from(number).unwrap_or_default();
        Self {
            year: year + era * 400 + i64::from(month <= 2),
            month: small(month),
            day: small(day),
        }
    }

    /// The day that a text such as `2026-12-01` names; `None` if it is no such date.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let [year, month, day] = <[&str; 3]>::try_from(text.split('-').collect::<Vec<_>>()).ok()?;
        let digits = |text: &str, count: usize| {
            text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
            return None;
        }
        let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        (1..=last)
            .contains(&day)
            .then_some(Self { year, month, day })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_moments_fall_on_their_days() {
        // From `date -u -d 2026-11-23T23:59:59 +%s` and the like.
        let cases = [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (951_782_400_000, "2000-02-29"),
            (1_795_478_399_999, "2026-11-23"),
            (1_795_478_400_000, "2026-11-24"),
            (253_402_300_799_000, "9999-12-31"),
        ];
        for (millis, date) in cases {
            assert_eq!(Date::of_millis(millis).to_string(), date);
        }
    }

    #[test]
    fn only_real_days_are_dates() {
        for text in ["2024-02-29", "2026-12-31", "2000-02-29"] {
            assert_eq!(Date::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "",
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-1-01",
            "01/12/2026",
            "2026-04-31",
            "2026-00-10",
            "2026-01-00",
            "+026-01-01",
            "2026-01-01 ",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn days_follow_one_another(day in -700_000_i64..2_900_000) {
            let (today, next) = (Date::of_millis(day * DAY), Date::of_millis((day + 1) * DAY));
            let steps = (next.year - today.year, i16::from(next.month) - i16::from(today.month));
            prop_assert!(today < next);
            if next.day == 1 {
                prop_assert!(today.day >= 28 && matches!(steps, (0, 1) | (1, -11)));
            } else {
                prop_assert_eq!((steps, next.day), ((0, 0), today.day + 1));
            }
            if (1..=9999).contains(&today.year) {
                prop_assert_eq!(Date::parse(&today.to_string()), Some(today));
            }
        }

        #[test]
        fn any_moment_has_a_day(millis in any::<i64>()) {
            let date = Date::of_millis(millis);
            prop_assert!((1..=12).contains(&date.month) && (1..=31).contains(&date.day));
        }
    }
}
