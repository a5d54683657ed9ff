//! An age in whole years, from a date of birth or from a column of ages.

use crate::table::date::Date;

/// The age on a day, in whole years: from a date of birth, or from a number of years, of which the
/// fraction is left off. Nothing for a day of birth that is still to come.
pub(crate) fn age(text: &str, day: Date) -> Option<i32> {
    let years = match Date::parse(text) {
        Some(birth) => birth.years_to(day),
        None => whole(text)?,
    };
    i32::try_from(years).ok().filter(|years| *years >= 0)
}

/// The whole part of a decimal number.
fn whole(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && digits(fraction))
        .then(|| whole.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_counted_by_birthdays_and_fractions_left_off() {
        let day = Date::new(2026, 3, 31).unwrap();
        for (text, years) in [
            ("2016-03-31", Some(10)),
            ("01/04/2016", Some(9)),
            ("6.138", Some(6)),
            ("17", Some(17)),
            ("2026-03-31", Some(0)),
            ("2026-04-01", None),
            ("-1", None),
            ("six", None),
            ("#N/A", None),
            ("", None),
            (".5", None),
        ] {
            assert_eq!(age(text, day), years, "{text}");
        }
    }
}
