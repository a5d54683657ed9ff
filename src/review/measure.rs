//! Numbers and intervals as an auditor wrote them: what they come to, or what is wrong with them.

use std::fmt;

use crate::calendar::london::{self, WallTime};
use crate::calendar::working_days;
use crate::form::{NumberKind, TimeLimit, Unit};
use crate::table::date::Date;

/// Minutes in an hour.
const HOUR: i64 = 60;

/// How long an interval is, and how long it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    unit: Unit,
    /// Minutes where hours are counted, days otherwise.
    length: i64,
    limit: Option<i64>,
}

impl Measured {
    /// Measures an interval: `None` while one of its ends has not been given.
    ///
    /// # Errors
    /// If an end is no moment that ever was, or it ends before it begins: what to do.
    pub fn of(kind: &TimeLimit, from: &str, to: &str) -> Result<Option<Self>, String> {
        let (from, to) = (from.trim(), to.trim());
        if from.is_empty() || to.is_empty() {
            return Ok(None);
        }
        let length = match kind.unit {
            Unit::Hours => {
                let (begins, ends) = (wall(&kind.from, from)?, wall(&kind.to, to)?);
                london::minutes(begins, ends).map_err(|_| {
                    "One of these times never was: the clocks went forward over it. Correct it."
                        .to_owned()
                })?
            }
            Unit::Days => day(&kind.to, to)?.days() - day(&kind.from, from)?.days(),
            Unit::WorkingDays => working_days(day(&kind.from, from)?, day(&kind.to, to)?),
        };
        let ends_first = match kind.unit {
            Unit::Hours => length < 0,
            // A day that ends earlier is one, even where no working day lies between.
            Unit::Days | Unit::WorkingDays => to < from,
        };
        if ends_first {
            return Err(format!(
                "“{}” lies before “{}”. Correct one of them.",
                kind.to, kind.from
            ));
        }
        Ok(Some(Self {
            unit: kind.unit,
            length,
            limit: kind.limit.map(i64::from),
        }))
    }

    /// Whether it is longer than its limit; `None` where it has none.
    #[must_use]
    pub fn is_late(&self) -> Option<bool> {
        self.limit.map(|limit| self.length > limit * self.in_unit())
    }

    /// How many of what is measured make one of what is counted.
    fn in_unit(&self) -> i64 {
        match self.unit {
            Unit::Hours => HOUR,
            Unit::Days | Unit::WorkingDays => 1,
        }
    }

    /// A length as people say it: `43 hours 30 minutes`, `4 working days`.
    fn say(&self, length: i64) -> String {
        let (whole, rest) = (length / self.in_unit(), length % self.in_unit());
        let minutes = match rest {
            0 => String::new(),
            1 => "1 minute".to_owned(),
            rest => format!("{rest} minutes"),
        };
        if whole == 0 && rest > 0 {
            return minutes;
        }
        format!("{whole} {} {minutes}", self.unit.of(whole))
            .trim_end()
            .to_owned()
    }
}

/// `43 hours 30 minutes: within the limit of 72 hours`.
impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(self.length))?;
        let Some(limit) = self.limit else {
            return Ok(());
        };
        let limit = limit * self.in_unit();
        if self.length > limit {
            let over = self.say(self.length - limit);
            write!(f, ": {over} over the limit of {}", self.say(limit))
        } else {
            write!(f, ": within the limit of {}", self.say(limit))
        }
    }
}

fn wall(end: &str, text: &str) -> Result<WallTime, String> {
    WallTime::parse(text).ok_or_else(|| format!("Enter a date and a time for “{end}”"))
}

fn day(end: &str, text: &str) -> Result<Date, String> {
    Date::of_field(text).ok_or_else(|| format!("Enter a date for “{end}”"))
}

/// The number that a text is, in the smallest steps that the question takes.
///
/// # Errors
/// What to enter.
pub fn number(kind: &NumberKind, text: &str) -> Result<i64, String> {
    let step = 10_i64.pow(u32::from(kind.decimals.min(6)));
    let scaled = |limit: i64| limit.saturating_mul(step);
    decimal(text.trim(), usize::from(kind.decimals))
        .filter(|number| kind.min.is_none_or(|min| *number >= scaled(min)))
        .filter(|number| kind.max.is_none_or(|max| *number <= scaled(max)))
        .ok_or_else(|| {
            let what = match kind.decimals {
                0 => "a whole number".to_owned(),
                1 => "a number with at most one decimal place".to_owned(),
                places => format!("a number with at most {places} decimal places"),
            };
            match (kind.min, kind.max) {
                (Some(min), Some(max)) => format!("Enter {what} from {min} to {max}"),
                (Some(min), None) => format!("Enter {what}, {min} or more"),
                (None, Some(max)) => format!("Enter {what}, {max} or less"),
                (None, None) => format!("Enter {what}"),
            }
        })
}

/// Whether a number lies on the wanted side of a whole number.
pub(super) fn compares(kind: &NumberKind, text: &str, whole: i64, at_least: bool) -> bool {
    let step = 10_i64.pow(u32::from(kind.decimals.min(6)));
    let whole = whole.saturating_mul(step);
    number(kind, text).is_ok_and(|number| {
        if at_least {
            number >= whole
        } else {
            number <= whole
        }
    })
}

/// A decimal number in steps of its last place; `None` if it is none, or too fine or large.
fn decimal(text: &str, places: usize) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let too_fine = fraction.len() > places || (digits.contains('.') && fraction.is_empty());
    if whole.is_empty() || too_fine || !are_digits(whole) || !are_digits(fraction) {
        return None;
    }
    let number: i64 = format!("{whole}{fraction:0<places$}").parse().ok()?;
    Some(if negative { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(unit: Unit, limit: Option<u32>) -> TimeLimit {
        TimeLimit {
            unit,
            limit,
            from: "Returned".into(),
            to: "Interview".into(),
        }
    }

    fn said(kind: &TimeLimit, from: &str, to: &str) -> String {
        match Measured::of(kind, from, to) {
            Ok(Some(measured)) => measured.to_string(),
            Ok(None) => "open".into(),
            Err(why) => why,
        }
    }

    #[test]
    fn an_interval_says_its_length_and_how_it_stands_to_its_limit() {
        let hours = limit(Unit::Hours, Some(72));
        for (from, to, expected) in [
            (
                "2026-11-01T14:00",
                "2026-11-03T09:30",
                "43 hours 30 minutes: within the limit of 72 hours",
            ),
            (
                "2026-11-01T14:00",
                "2026-11-04T14:00",
                "72 hours: within the limit of 72 hours",
            ),
            (
                "2026-11-01T14:00",
                "2026-11-04T14:01",
                "72 hours 1 minute: 1 minute over the limit of 72 hours",
            ),
            // Three days on the wall, but the clocks went back in the night to 25 October.
            (
                "2026-10-24T09:00",
                "2026-10-27T09:00",
                "73 hours: 1 hour over the limit of 72 hours",
            ),
            ("2026-11-01T14:00", "", "open"),
            (
                "2026-11-01T14:00",
                "2026-11-01T13:00",
                "“Interview” lies before “Returned”. Correct one of them.",
            ),
            (
                "2026-11-01T14:00",
                "2026-11-03T",
                "Enter a date and a time for “Interview”",
            ),
        ] {
            assert_eq!(said(&hours, from, to), expected);
        }
        let measured = limit(Unit::Hours, None);
        assert_eq!(
            said(&measured, "2026-11-01T14:00", "2026-11-01T14:20"),
            "20 minutes"
        );
        let days = limit(Unit::WorkingDays, Some(1));
        assert_eq!(
            said(&days, "2026-11-20", "2026-11-24"),
            "2 working days: 1 working day over the limit of 1 working day"
        );
        assert_eq!(
            said(&days, "2026-11-22", "2026-11-21"),
            "“Interview” lies before “Returned”. Correct one of them."
        );
    }

    #[test]
    fn a_number_is_read_exactly_and_within_its_limits() {
        let weeks = NumberKind {
            min: Some(0),
            max: Some(52),
            decimals: 1,
            unit: None,
        };
        assert_eq!(number(&weeks, " 2.5 "), Ok(25));
        assert_eq!(number(&weeks, "52"), Ok(520));
        for text in [
            "", "-1", "52.1", "2.25", "2.", ".5", "two", "1e1", "1,5", "+3", "--3",
        ] {
            assert_eq!(
                number(&weeks, text),
                Err("Enter a number with at most one decimal place from 0 to 52".into()),
                "{text}"
            );
        }
        assert_eq!(number(&NumberKind::default(), "-7"), Ok(-7));
        assert!(number(&NumberKind::default(), "99999999999999999999").is_err());
        assert!(compares(&weeks, "3.0", 3, true) && compares(&weeks, "3.0", 3, false));
        assert!(!compares(&weeks, "", 0, true) && !compares(&weeks, "", 0, false));
    }
}
