//! Cells that a spreadsheet has damaged before the list reached us: shortened numbers, error
//! values, lost characters, dates turned American. Looked for among a column's distinct texts, so
//! that clean columns cost next to nothing.

use std::collections::BTreeMap;

use memchr::memchr3;

use super::builder::Builder;
use super::column::is_error;
use super::date::Date;
use super::dictionary::Column;
use super::{count, counted, trimmed};

/// So many rows with a doubtful date are named.
const FIRST_PLACES: usize = 5;

/// Names every damaged cell; `#N/A`, which many systems write for “nothing”, is only counted.
pub(super) fn name_cells(
    columns: &[Column],
    row_number: impl Fn(usize) -> u64,
    builder: &mut Builder,
) {
    for column in columns {
        tell_doubtful_dates(column, &row_number, builder);
        let found: BTreeMap<u32, String> = (0..)
            .zip(column.dictionary.texts())
            .filter_map(|(code, text)| Some((code, damage(text)?)))
            .collect();
        let missing = |text: &str| trimmed(text).eq_ignore_ascii_case("#N/A");
        let mut nothing = 0;
        if found.is_empty() {
            continue;
        }
        for (row, code) in column.codes.iter().enumerate() {
            let Some(message) = found.get(&code) else {
                continue;
            };
            if missing(column.dictionary.get(code)) {
                nothing += 1;
            } else {
                builder.problem(row_number(row), Some(column.position), message.clone());
            }
        }
        if nothing > 0 {
            let cells = if nothing == 1 {
                "cell holds"
            } else {
                "cells hold"
            };
            builder.notice(format!(
                "{} {cells} “#N/A” in column “{}”, kept as that text.",
                count(nothing),
                column.name
            ));
        }
    }
}

/// Tells of dates that would be dates with the month first too, if the column holds dates.
fn tell_doubtful_dates(column: &Column, row_number: impl Fn(usize) -> u64, builder: &mut Builder) {
    let texts = || (0..).zip(column.dictionary.texts()).skip(1);
    // Half of the texts are dates, or it is no column of dates; once it cannot be, no more is read.
    let mut others = 0;
    let holds_dates = texts().all(|(_, text)| {
        others += usize::from(Date::parse(text).is_none());
        others * 2 < column.dictionary.len()
    });
    if !holds_dates {
        return;
    }
    let doubtful: Vec<Option<(Date, Date)>> = column
        .dictionary
        .texts()
        .map(|text| {
            let date = Date::parse(text).filter(|_| is_day_first(text))?;
            Some((date, turned_round(date)?))
        })
        .collect();
    if doubtful.iter().all(Option::is_none) {
        return;
    }
    let mut rows = column.codes.iter().enumerate().filter_map(|(row, code)| {
        let (date, other) = (*doubtful.get(usize::try_from(code).ok()?)?)?;
        Some((row, code, date, other))
    });
    let Some((row, code, date, other)) = rows.next() else {
        return;
    };
    let mut places = vec![row_number(row).to_string()];
    places.extend(
        rows.by_ref()
            .take(FIRST_PLACES - 1)
            .map(|(row, ..)| row_number(row).to_string()),
    );
    let more = rows.count();
    let number = places.len() + more;
    let more = if more > 0 { " and more" } else { "" };
    builder.notice(format!(
        "{} in column “{}” that can be read two ways, and {} read day first: “{}” in row {} as \
         {date}, not {other} ({} {}{more}).",
        counted(number, "date stands", "dates stand"),
        column.name,
        if number == 1 { "is" } else { "are" },
        trimmed(column.dictionary.get(code)),
        row_number(row),
        if number == 1 { "row" } else { "rows" },
        places.join(", "),
    ));
}

/// Whether a date is written in numbers with the year last.
fn is_day_first(text: &str) -> bool {
    let day = trimmed(text).split([' ', 'T']).next().unwrap_or_default();
    let mut parts = day.split(['/', '-', '.']);
    parts.next().is_some_and(|first| first.len() <= 2)
        && parts
            .next()
            .is_some_and(|month| month.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The day that an American reader would take the date for, if that is another.
fn turned_round(date: Date) -> Option<Date> {
    date.is_doubtful()
        .then(|| Date::new(date.year(), date.day(), date.month()))?
}

fn damage(text: &str) -> Option<String> {
    // Damage shows in one of these; most texts hold none, and are looked at once.
    if memchr3(b'#', b'+', b'/', text.as_bytes()).is_none() && text.is_ascii() {
        return None;
    }
    if is_error(text) {
        return Some(format!(
            "“{}” is an error of the spreadsheet, not a value. Mend the formula, or put the value \
             in.",
            trimmed(text)
        ));
    }
    if is_shortened(trimmed(text)) {
        return Some(format!(
            "“{}” is a long number that a spreadsheet has shortened; its last digits are lost. \
             Export the list again with this column as text.",
            trimmed(text)
        ));
    }
    if text.contains('\u{fffd}') {
        return Some(
            "This cell holds the sign “\u{fffd}”, which stands for a character lost before the \
             list was saved. Export the list again as “CSV UTF-8”."
                .to_owned(),
        );
    }
    is_month_first(trimmed(text)).then(|| {
        format!(
            "“{}” is no date with the day first, but is one with the month first. Other dates in \
             this column may be turned round too: export the list again with British dates.",
            trimmed(text)
        )
    })
}

/// `1.2E+11`, as spreadsheets show long numbers; `3E5` alone may be a code.
fn is_shortened(text: &str) -> bool {
    let Some((digits, power)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some(power) = power.strip_prefix('+') else {
        return false;
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    whole.len() == 1 && plain(whole) && plain(part) && power.len() <= 3 && plain(power)
}

fn is_month_first(text: &str) -> bool {
    let day = text.split(' ').next().unwrap_or_default();
    let parts: Vec<&str> = day.split('/').collect();
    let &[month, day, year] = parts.as_slice() else {
        return false;
    };
    year.len() == 4
        && Date::parse(&format!("{month}/{day}/{year}")).is_none()
        && Date::parse(&format!("{day}/{month}/{year}")).is_some()
}
