//! The groups into which a column's cells fall: the commonest values, or quarters of its numbers or
//! days.

use std::collections::BTreeMap;

use super::super::columns::{Cases, EMPTY};
use super::super::refusal::Refusal;
use crate::table::column::{Kind as Holds, Profile};
use crate::table::date::Date;

/// So many values have a group of their own; the others are one together.
const COMMONEST: usize = 8;
/// What the others are called.
const OTHERS: &str = "(other values)";

/// The groups of a column.
pub(super) struct Groups {
    /// What they are called.
    pub(super) names: Vec<String>,
    /// Each case's group.
    pub(super) of_case: Vec<usize>,
}

impl Groups {
    /// The groups of a column, as its profile says what it holds.
    pub(super) fn of(cases: &Cases, profile: &Profile) -> Result<Self, Refusal> {
        let cells: Vec<&str> = cases.cells(&profile.name)?.collect();
        Ok(match profile.kind {
            Holds::Number => quarters(&cells, number, ToString::to_string, "(no number)"),
            Holds::Date => quarters(&cells, Date::parse, ToString::to_string, "(no date)"),
            Holds::Id | Holds::YesNo | Holds::Category | Holds::Text | Holds::Empty => {
                commonest(&cells)
            }
        })
    }
}

/// The commonest values, in the order of how common they are, then the others, then the empty cells.
fn commonest(cells: &[&str]) -> Groups {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| !cell.is_empty()) {
        *counts.entry(cell).or_default() += 1;
    }
    let mut values: Vec<(&str, usize)> = counts.into_iter().collect();
    values.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let mut names: Vec<String> = values
        .iter()
        .take(COMMONEST)
        .map(|(text, _)| (*text).to_owned())
        .collect();
    let own: BTreeMap<&str, usize> = values
        .iter()
        .map(|(text, _)| *text)
        .zip(0..names.len())
        .collect();
    let others = names.len();
    if values.len() > COMMONEST {
        names.push(OTHERS.to_owned());
    }
    let empty = names.len();
    if cells.iter().any(|cell| cell.is_empty()) {
        names.push(EMPTY.to_owned());
    }
    let group = |cell: &&str| {
        if cell.is_empty() {
            return empty;
        }
        own.get(cell).copied().unwrap_or(others)
    };
    Groups {
        of_case: cells.iter().map(group).collect(),
        names,
    }
}

/// Four groups with about as many cells each, lowest first; equal values stay together. Then cells
/// that hold no such value, and empty ones.
fn quarters<V: Ord + Copy>(
    cells: &[&str],
    read: impl Fn(&str) -> Option<V>,
    write: impl Fn(&V) -> String,
    unread: &str,
) -> Groups {
    let values: Vec<Option<V>> = cells.iter().map(|cell| read(cell)).collect();
    let mut sorted: Vec<V> = values.iter().flatten().copied().collect();
    sorted.sort_unstable();
    // The last value of each quarter.
    let ends = (1..=4).filter_map(|quarter| {
        let end = (sorted.len() * quarter).div_ceil(4);
        sorted.get(end.checked_sub(1)?).copied()
    });
    let mut ends: Vec<V> = ends.collect();
    ends.dedup();
    let mut names = Vec::new();
    let mut from = 0;
    for end in &ends {
        let to = sorted.partition_point(|value| value <= end);
        if let (Some(first), Some(last)) = (sorted.get(from), sorted.get(to.saturating_sub(1))) {
            names.push(if first == last {
                write(first)
            } else {
                format!("{} to {}", write(first), write(last))
            });
        }
        from = to;
    }
    let (no_value, mut empty) = (names.len(), names.len());
    if cells
        .iter()
        .zip(&values)
        .any(|(cell, value)| value.is_none() && !cell.is_empty())
    {
        names.push(unread.to_owned());
        empty += 1;
    }
    if cells.iter().any(|cell| cell.is_empty()) {
        names.push(EMPTY.to_owned());
    }
    let group = |(cell, value): (&&str, &Option<V>)| match value {
        Some(value) => ends.partition_point(|end| end < value),
        None if cell.is_empty() => empty,
        None => no_value,
    };
    Groups {
        of_case: cells.iter().zip(&values).map(group).collect(),
        names,
    }
}

/// A number in a spreadsheet's spelling, for putting in order.
#[derive(Clone, Copy, PartialEq)]
struct Number(f64);

fn number(text: &str) -> Option<Number> {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, ',' | '£' | '%'))
        .collect();
    let number: f64 = plain.parse().ok()?;
    number.is_finite().then_some(Number(number))
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
