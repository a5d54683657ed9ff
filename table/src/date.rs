//! Days of the calendar, and the forms in which British lists write them: day first.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::trimmed;

/// Milliseconds in a day.
const DAY: i64 = 86_400_000;

/// The days of 1 January of the year 1 and 31 December 9999, as [`Date::days`] counts.
const CALENDAR: (i64, i64) = (306, 3_652_364);

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, if there is one of that number in that month.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        (1..=days)
            .contains(&day)
            .then_some(Self { year, month, day })
    }

    /// The day that a text names, a time of day after it or not: `2026-03-31`, `31/03/2026`,
    /// `31.3.26`, `31 Mar 2026`, `31st March 2026`. `05/04/2026` is 5 April.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = trimmed(text);
        // Nothing longer than “30th September 2026 00:00:00.000” names a day.
        if text.len() > 40 || !text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let parts: Vec<&str> = day_part(text)?
            .split(['/', '-', '.', ' '])
            .filter(|part| !part.is_empty())
            .collect();
        let &[first, month, last] = parts.as_slice() else {
            return None;
        };
        if first.len() == 4 {
            return Self::new(
                number(first)?,
                number(month)?.try_into().ok()?,
                short(last)?,
            );
        }
        let month = if month.starts_with(|c: char| c.is_ascii_digit()) {
            short(month)?
        } else {
            month_named(month)?
        };
        let day = first.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = first
            .get(day.len()..)
            .unwrap_or_default()
            .to_ascii_lowercase();
        if !matches!(suffix.as_str(), "" | "st" | "nd" | "rd" | "th") {
            return None;
        }
        Self::new(full_year(last)?, month, short(day)?)
    }

    /// The day that a date field means: `2026-12-01` and no other form.
    #[must_use]
    pub fn of_field(text: &str) -> Option<Self> {
        Self::parse(text).filter(|day| day.to_string() == text)
    }

    /// The day of a moment, in milliseconds since 1970, both in universal time. Moments outside the
    /// years 1 to 9999 are of the first or the last day of those.
    ///
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`
    /// (<https://howardhinnant.github.io/date_algorithms.html>): years run from 1 March, in eras of
    /// 400 years.
    #[must_use]
    pub fn of_millis(millis: i64) -> Self {
        let days = (millis.div_euclid(DAY) + 719_468).clamp(CALENDAR.0, CALENDAR.1);
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
        let year = year + era * 400 + i64::from(month <= 2);
        let small = |number: i64| u8::try_from(number).unwrap_or(1);
        Self {
            year: u16::try_from(year).unwrap_or(1),
            month: small(month),
            day: small(day),
        }
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, from 1.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }

    /// Whether a text of the form `05/04/2026` would be a day month first as well: a spreadsheet
    /// set to American dates would have read it so.
    #[must_use]
    pub fn is_doubtful(self) -> bool {
        self.day <= 12 && self.day != self.month
    }

    /// Days since 1 March of the year 0, for differences between days.
    #[must_use]
    pub fn days(self) -> i64 {
        // Counting years from March puts the leap day at the end of a year.
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let (year, month) = if month > 2 {
            (year, month - 3)
        } else {
            (year - 1, month + 9)
        };
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        365 * year + leap_days + (153 * month + 2) / 5 + i64::from(self.day) - 1
    }

    /// Whole years from this day to another, as ages are counted: the birthdays in between.
    #[must_use]
    pub fn years_to(self, to: Self) -> i64 {
        let in_year = |day: Self| (day.month, day.day);
        i64::from(to.year) - i64::from(self.year) - i64::from(in_year(to) < in_year(self))
    }

    /// The day so many months earlier; the month's last day where it has no such day.
    #[must_use]
    pub fn months_before(self, months: u16) -> Self {
        let all = i64::from(self.year) * 12 + i64::from(self.month) - 1 - i64::from(months);
        let year = u16::try_from(all.div_euclid(12)).unwrap_or(1).max(1);
        let month = u8::try_from(all.rem_euclid(12) + 1).unwrap_or(1);
        let mut days = (1..=self.day).rev();
        days.find_map(|day| Self::new(year, month, day))
            .unwrap_or(self)
    }
}

impl TryFrom<String> for Date {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::of_field(&text).ok_or_else(|| format!("“{text}” is no day like 2026-03-31"))
    }
}

impl From<Date> for String {
    fn from(day: Date) -> Self {
        day.to_string()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The text before a time of day, if what follows it is one.
fn day_part(text: &str) -> Option<&str> {
    let Some(colon) = text.find(':') else {
        return Some(text);
    };
    let start = text.get(..colon)?.rfind([' ', 'T'])?;
    let time = text.get(start + 1..)?.trim_end_matches(['Z', 'z']);
    let time = time.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    time.chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'))
        .then_some(())?;
    text.get(..start)
}

fn number(text: &str) -> Option<u16> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())?
}

fn short(text: &str) -> Option<u8> {
    (text.len() <= 2)
        .then(|| number(text))?
        .and_then(|number| number.try_into().ok())
}

fn full_year(text: &str) -> Option<u16> {
    match text.len() {
        4 => number(text),
        // As spreadsheets do: 30 to 99 are of the last century.
        2 => number(text).map(|year| if year < 30 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

fn month_named(text: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let text = text.to_ascii_lowercase();
    let text = if text == "sept" { "sep" } else { text.as_str() };
    let at = MONTHS
        .iter()
        .position(|month| *month == text || month.get(..3) == Some(text))?;
    u8::try_from(at + 1).ok()
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
            (253_402_300_799_999, "9999-12-31"),
            (i64::MAX, "9999-12-31"),
            (i64::MIN, "0001-01-01"),
        ];
        for (millis, date) in cases {
            assert_eq!(Date::of_millis(millis).to_string(), date);
        }
    }

    #[test]
    fn a_date_field_has_one_form() {
        for text in ["2024-02-29", "2026-12-31"] {
            assert_eq!(Date::of_field(text).unwrap().to_string(), text);
        }
        for text in [
            "",
            "2026-02-29",
            "2026-1-01",
            "01/12/2026",
            "2026-12-01 14:00",
            " 2026-12-01",
        ] {
            assert_eq!(Date::of_field(text), None, "{text}");
        }
    }

    #[test]
    fn months_are_counted_back_to_a_day_that_there_is() {
        let day = |text| Date::of_field(text).unwrap();
        for (from, months, to) in [
            ("2026-03-31", 6, "2025-09-30"),
            ("2026-03-31", 1, "2026-02-28"),
            ("2026-03-15", 12, "2025-03-15"),
            ("2026-01-01", 0, "2026-01-01"),
        ] {
            assert_eq!(day(from).months_before(months), day(to));
        }
    }

    proptest! {
        #[test]
        fn days_are_counted_and_counted_back(days in CALENDAR.0..=CALENDAR.1) {
            let date = Date::of_millis((days - 719_468) * DAY);
            prop_assert_eq!(date.days(), days);
            prop_assert_eq!(Date::new(date.year, date.month, date.day), Some(date));
            prop_assert_eq!(Date::of_field(&date.to_string()), Some(date));
        }
    }
}
