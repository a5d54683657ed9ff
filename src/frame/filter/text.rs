//! Filters in words, as the command line takes them and as certificates show them.
//!
//! ```text
//! COLUMN = VALUE            COLUMN one of VALUE, VALUE       date COLUMN from DAY to DAY
//! COLUMN != VALUE           COLUMN not one of VALUE, VALUE   age COLUMN from YEARS to YEARS
//! days since COLUMN from DAYS to DAYS                        number COLUMN from N to N
//! ```
//!
//! Either end of a range may be left out. After a range may stand `, blank kept`,
//! `, blank left out`, `, unreadable kept` and `, unreadable left out`; after all, `; REASON`. What
//! stands in quotes (`"…"` or `“…”`) is taken as it is.

use std::fmt;
use std::str::FromStr;

use super::{Filter, Otherwise, Side, Test};
use crate::table::date::Date;
use crate::table::{Refusal, trimmed};

impl Filter {
    /// Reads a filter in words: `rows` says whether the rows for which they hold stay or go.
    ///
    /// # Errors
    /// What is not understood.
    pub fn parse(rows: Side, words: &str) -> Result<Self, Refusal> {
        let (words, reason) = match masked(words).find(';') {
            Some(at) => (head(words, at), trimmed(tail(words, at + 1))),
            None => (words, ""),
        };
        let mut rest = trimmed(words);
        let (mut blank, mut unreadable) = (Otherwise::Faulty, Otherwise::Faulty);
        while let Some((before, what, otherwise)) = suffix(rest) {
            rest = before;
            *(if what == "blank" {
                &mut blank
            } else {
                &mut unreadable
            }) = otherwise;
        }
        let (test, positive) = test(rest)?;
        check_range(&test)?;
        let rows = match (positive, rows) {
            (true, rows) => rows,
            (false, Side::Keep) => Side::LeaveOut,
            (false, Side::LeaveOut) => Side::Keep,
        };
        Ok(Self {
            blank,
            unreadable,
            reason: reason.to_owned(),
            ..Self::new(rows, test)
        })
    }
}

/// Refuses a range with no end, or whose end lies before its beginning.
pub(super) fn check_range(test: &Test) -> Result<(), Refusal> {
    let (open, upside_down) = match test {
        Test::Value { .. } | Test::Earlier { .. } => (false, false),
        Test::Date { from, to, .. } => ends(*from, *to),
        Test::Age { from, to, .. }
        | Test::DaysSince { from, to, .. }
        | Test::Number { from, to, .. } => ends(*from, *to),
    };
    if open {
        return Err(Refusal(format!(
            "The filter “{test}” needs a beginning, an end or both."
        )));
    }
    if upside_down {
        return Err(Refusal(format!(
            "The filter “{test}” ends before it begins, so no row would pass."
        )));
    }
    Ok(())
}

/// Whether a range is open at both ends, and whether it is upside down.
fn ends<T: PartialOrd>(from: Option<T>, to: Option<T>) -> (bool, bool) {
    match (from, to) {
        (None, None) => (true, false),
        (Some(from), Some(to)) => (false, to < from),
        (Some(_), None) | (None, Some(_)) => (false, false),
    }
}

/// What stands before a suffix that says what becomes of cells that a filter cannot read.
fn suffix(words: &str) -> Option<(&str, &'static str, Otherwise)> {
    for what in ["blank", "unreadable"] {
        for (then, otherwise) in [("kept", Otherwise::Keep), ("left out", Otherwise::LeaveOut)] {
            let before = words
                .strip_suffix(then)
                .and_then(|words| words.trim_end().strip_suffix(what))
                .and_then(|words| words.trim_end().strip_suffix(','));
            if let Some(before) = before {
                return Some((before.trim_end(), what, otherwise));
            }
        }
    }
    None
}

/// The test that words ask for, and whether it is that or its contrary.
fn test(words: &str) -> Result<(Test, bool), Refusal> {
    const OPERATORS: [(&str, bool, bool); 4] = [
        (" not one of ", true, false),
        (" one of ", true, true),
        ("!=", false, false),
        ("=", false, true),
    ];
    let mask = masked(words);
    let operator = OPERATORS
        .iter()
        .filter_map(|operator| Some((mask.find(operator.0)?, operator)))
        .min_by_key(|(at, _)| *at);
    if let Some((at, (operator, several, positive))) = operator {
        let column = unquoted(head(words, at)).to_owned();
        let values = tail(words, at + operator.len());
        let values = if *several {
            split(values)
        } else {
            vec![unquoted(values).to_owned()]
        };
        return if column.is_empty() {
            Err(not_understood(words))
        } else {
            Ok((Test::Value { column, values }, *positive))
        };
    }
    Ok((range(words)?, true))
}

fn range(words: &str) -> Result<Test, Refusal> {
    const MEASURES: [&str; 4] = ["date ", "age ", "days since ", "number "];
    let measure = MEASURES
        .into_iter()
        .find(|measure| words.to_lowercase().starts_with(measure))
        .ok_or_else(|| not_understood(words))?;
    let (rest, to) = end(tail(words, measure.len()), " to ");
    let (rest, from) = end(rest, " from ");
    let column = unquoted(rest).to_owned();
    if column.is_empty() {
        return Err(not_understood(words));
    }
    if measure == "date " {
        let (from, to) = (bound(from, Date::parse)?, bound(to, Date::parse)?);
        return Ok(Test::Date { column, from, to });
    }
    let whole = |end: &str| i32::from_str(end).ok();
    let (from, to) = (bound(from, whole)?, bound(to, whole)?);
    Ok(match measure {
        "age " => Test::Age { column, from, to },
        "days since " => Test::DaysSince { column, from, to },
        _ => Test::Number { column, from, to },
    })
}

/// What stands before the last such word, and the end of a range that follows it.
fn end<'a>(words: &'a str, word: &str) -> (&'a str, Option<&'a str>) {
    match masked(words).rfind(word) {
        Some(at) => (head(words, at), Some(tail(words, at + word.len()))),
        None => (words, None),
    }
}

/// The value of an end of a range, if there is such an end.
fn bound<T>(end: Option<&str>, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Refusal> {
    end.map(|end| read(unquoted(end)).ok_or_else(|| not_understood(end)))
        .transpose()
}

/// Values with commas between them.
fn split(words: &str) -> Vec<String> {
    let mask = masked(words);
    let mut values = Vec::new();
    let mut start = 0;
    for (at, _) in mask.match_indices(',').chain([(words.len(), "")]) {
        values.push(unquoted(words.get(start..at).unwrap_or_default()).to_owned());
        start = at + 1;
    }
    values
}

/// The words with all that stands in quotes made unreadable, each byte in its place.
fn masked(words: &str) -> String {
    let mut until = None;
    let mut mask = String::with_capacity(words.len());
    for c in words.chars() {
        let inside = until.is_some();
        until = match (until, c) {
            (Some(end), c) if c == end => None,
            (Some(end), _) => Some(end),
            (None, '"') => Some('"'),
            (None, '“') => Some('”'),
            (None, _) => None,
        };
        if inside || until.is_some() {
            mask.extend(std::iter::repeat_n('\u{1}', c.len_utf8()));
        } else {
            mask.push(c);
        }
    }
    mask
}

fn unquoted(words: &str) -> &str {
    let words = trimmed(words);
    let inner = |open, close| {
        let inner = words.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains(close)).then_some(inner)
    };
    inner('"', '"').or_else(|| inner('“', '”')).unwrap_or(words)
}

fn head(words: &str, at: usize) -> &str {
    words.get(..at).unwrap_or_default()
}

fn tail(words: &str, at: usize) -> &str {
    words.get(at..).unwrap_or_default()
}

fn not_understood(words: &str) -> Refusal {
    Refusal(format!(
        "The filter “{words}” is not understood. Write for instance: Case Status = Open; Team one of \
         North, South; date CIN Start Date from 2025-10-01 to 2026-03-31; age Date of Birth from 10 to \
         17; days since Date Child Was Last Seen from 43."
    ))
}

/// Writes a test as it is read.
pub(super) fn write(test: &Test, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let quoted = |values: &[String]| {
        let values = values.iter().map(|value| format!("“{value}”"));
        values.collect::<Vec<_>>().join(", ")
    };
    match test {
        Test::Value { column, values } => match values.as_slice() {
            [value] => write!(f, "“{column}” = “{value}”"),
            values => write!(f, "“{column}” one of {}", quoted(values)),
        },
        Test::Date { column, from, to } => write_range(f, "date", column, *from, *to),
        Test::Age { column, from, to } => write_range(f, "age", column, *from, *to),
        Test::DaysSince { column, from, to } => write_range(f, "days since", column, *from, *to),
        Test::Number { column, from, to } => write_range(f, "number", column, *from, *to),
        Test::Earlier { file, .. } => write!(f, "looked at before, as “{file}” says"),
    }
}

fn write_range<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    measure: &str,
    column: &str,
    from: Option<T>,
    to: Option<T>,
) -> fmt::Result {
    write!(f, "{measure} “{column}”")?;
    if let Some(from) = from {
        write!(f, " from {from}")?;
    }
    if let Some(to) = to {
        write!(f, " to {to}")?;
    }
    Ok(())
}
