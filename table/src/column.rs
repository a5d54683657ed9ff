//! What a column holds: its kind, how many cells are filled and distinct, samples, commonest
//! values. Counted over the distinct texts, so that a million rows take no longer than their words.

use serde::{Deserialize, Serialize};

use super::date::Date;
use super::dictionary::Column;
use super::{Table, trimmed};

/// What most of a column's cells are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Codes that tell rows apart.
    Id,
    /// Days, in a form that lists use.
    Date,
    /// Numbers.
    Number,
    /// Yes and no, in any spelling.
    YesNo,
    /// A few texts that come again and again.
    Category,
    /// Any other text.
    Text,
    /// No filled cell.
    Empty,
}

/// A text and in how many cells it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// The text.
    pub text: String,
    /// In how many cells it stands.
    pub count: usize,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The column's name.
    pub name: String,
    /// What most of its cells are.
    pub kind: Kind,
    /// How many cells are filled.
    pub filled: usize,
    /// How many different texts the filled cells hold.
    pub distinct: usize,
    /// The first few different texts.
    pub samples: Vec<String>,
    /// The commonest texts, commonest first.
    pub top: Vec<Value>,
    /// The earliest and the latest day, as `2026-03-31`, if the column holds dates.
    pub dates: Option<(String, String)>,
}

const SAMPLES: usize = 5;
const TOP: usize = 10;

/// The profile of every column, in order.
#[must_use]
pub fn profiles(table: &Table) -> Vec<Profile> {
    table
        .columns
        .iter()
        .map(|column| profile(column, table.rows))
        .collect()
}

/// The profile of one column.
fn profile(column: &Column, rows: usize) -> Profile {
    let values = values(column, rows);
    let filled = values.iter().map(|&(_, count)| count).sum();
    let samples = values
        .iter()
        .take(SAMPLES)
        .map(|&(text, _)| text.to_owned())
        .collect();
    let kind = kind(&column.name, &values, filled, rows);
    let dates = if kind == Kind::Date {
        range(&values)
    } else {
        None
    };
    let distinct = values.len();
    let top = commonest(&values)
        .into_iter()
        .map(|(text, count)| Value {
            text: text.to_owned(),
            count,
        })
        .collect();
    Profile {
        name: column.name.clone(),
        kind,
        filled,
        distinct,
        samples,
        top,
        dates,
    }
}

/// What most of a column's cells in the first `rows` rows are.
pub(crate) fn kind_of(column: &Column, rows: usize) -> Kind {
    let values = values(column, rows);
    let filled = values.iter().map(|&(_, count)| count).sum();
    kind(&column.name, &values, filled, rows)
}

/// The distinct texts of a column that are not blank, each with in how many cells it stands.
fn values(column: &Column, rows: usize) -> Vec<(&str, usize)> {
    let mut counts = vec![0_usize; column.dictionary.len()];
    column.codes.each(rows, |code| {
        let code = usize::try_from(code).unwrap_or(usize::MAX);
        if let Some(count) = counts.get_mut(code) {
            *count += 1;
        }
    });
    let mut values: Vec<(&str, usize)> = Vec::with_capacity(counts.len());
    for (text, &count) in column.dictionary.texts().zip(&counts) {
        if count > 0 && !trimmed(text).is_empty() {
            values.push((text, count));
        }
    }
    values
}

/// The commonest texts, commonest first; of the same count, in the order of the texts.
fn commonest<'a>(values: &[(&'a str, usize)]) -> Vec<(&'a str, usize)> {
    let before = |a: &(&str, usize), b: &(&str, usize)| (b.1, a.0) < (a.1, b.0);
    let mut top: Vec<(&str, usize)> = Vec::with_capacity(TOP + 1);
    for value in values {
        // Most lose against the last of the top, and cost one comparison.
        if top.len() == TOP && top.last().is_some_and(|last| !before(value, last)) {
            continue;
        }
        let at = top.partition_point(|other| before(other, value));
        top.insert(at, *value);
        top.truncate(TOP);
    }
    top
}

fn kind(name: &str, values: &[(&str, usize)], filled: usize, rows: usize) -> Kind {
    if filled == 0 {
        return Kind::Empty;
    }
    // `#N/A` and its like say nothing of what a column holds.
    let said: usize = values
        .iter()
        .filter(|(text, _)| !is_error(text))
        .map(|&(_, n)| n)
        .sum();
    // Nineteen cells of twenty; once too many are otherwise, the rest is not looked at.
    let most = |is: fn(&str) -> bool| {
        let mut cells = filled;
        for &(_, n) in values.iter().filter(|(text, _)| !is(text)) {
            cells -= n;
            if cells * 20 < said * 19 {
                return false;
            }
        }
        cells > 0
    };
    let distinct = values.len();
    let tells_apart = distinct == filled && filled == rows && rows > 1;
    if most(|text| Date::parse(text).is_some()) {
        Kind::Date
    } else if names_an_id(name) && most(is_code) || tells_apart && most(is_long_code) {
        Kind::Id
    } else if most(is_yes_or_no) {
        Kind::YesNo
    } else if most(is_number) {
        Kind::Number
    } else if distinct <= 50 && distinct * 2 <= filled {
        Kind::Category
    } else {
        Kind::Text
    }
}

fn range(values: &[(&str, usize)]) -> Option<(String, String)> {
    let days = || values.iter().filter_map(|(text, _)| Date::parse(text));
    Some((days().min()?.to_string(), days().max()?.to_string()))
}

/// Whether a column's name says that it holds ids.
#[must_use]
pub fn names_an_id(name: &str) -> bool {
    const WORDS: [&str; 17] = [
        "id",
        "ids",
        "identifier",
        "number",
        "no",
        "ref",
        "reference",
        "upn",
        "urn",
        "mosaic",
        "liquidlogic",
        "lcs",
        "nhs",
        "uid",
        "pid",
        "key",
        "code",
    ];
    let name = name.to_lowercase();
    // “Number of …” counts something, and a “Need Code” sorts cases rather than tells them apart.
    if name.contains("number of") || name.contains("no. of") || name.contains("need code") {
        return false;
    }
    let words = || {
        name.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
    };
    words().any(|word| WORDS.contains(&word)) || name.ends_with("id") && words().count() == 1
}

/// Whether a text is a number as spreadsheets write it: `12`, `-3.5`, `1,234`, `40%`, `£12`.
#[must_use]
pub fn is_number(text: &str) -> bool {
    let text = trimmed(text)
        .trim_start_matches(['-', '+', '£'])
        .trim_end_matches('%');
    let mut points = 0;
    let mut digits = 0;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'.' => points += 1,
            b',' if digits > 0 && points == 0 => {}
            _ => return false,
        }
    }
    digits > 0 && points <= 1
}

/// The number that a text gives, if [`is_number`]; a per cent sign changes nothing.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    is_number(text).then(|| {
        let digits: String = text
            .chars()
            .filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-'))
            .collect();
        digits.parse().ok()
    })?
}

/// Whether a text is an error value of a spreadsheet.
#[must_use]
pub fn is_error(text: &str) -> bool {
    const ERRORS: [&str; 14] = [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#DATA!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#CONNECT!",
        "#GETTING_DATA",
    ];
    let text = trimmed(text);
    text.starts_with('#') && ERRORS.iter().any(|error| text.eq_ignore_ascii_case(error))
}

fn is_yes_or_no(text: &str) -> bool {
    let text = trimmed(text).to_lowercase();
    // Annex A writes `a) Yes`, `Y - Yes` and the like.
    let text = text.rsplit([')', '-']).next().unwrap_or_default().trim();
    matches!(text, "y" | "n" | "yes" | "no" | "true" | "false")
}

fn is_code(text: &str) -> bool {
    let text = trimmed(text);
    text.len() <= 64
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && !text.chars().any(char::is_whitespace)
}

fn is_long_code(text: &str) -> bool {
    is_code(text) && !trimmed(text).contains('.') && trimmed(text).len() >= 4
}
