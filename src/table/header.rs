//! Which of a sheet's first rows is the header, and whether its last rows are totals.

use super::{Sheet, column, date::Date, trimmed};

/// A filled row that is held back until the header is known.
#[derive(Debug, Default)]
pub(super) struct HeldRow {
    pub(super) number: u64,
    pub(super) width: usize,
    pub(super) cells: Vec<(usize, String)>,
}

impl Sheet {
    /// A sheet of which only the first rows were looked at.
    pub(crate) fn glance(name: &str, hidden: bool, rows: u64, first: Vec<Vec<String>>) -> Self {
        let held: Vec<HeldRow> = first
            .into_iter()
            .map(|cells| HeldRow {
                number: 0,
                width: cells.len(),
                cells: cells
                    .into_iter()
                    .enumerate()
                    .filter(|(_, text)| !trimmed(text).is_empty())
                    .collect(),
            })
            .filter(|row| !row.cells.is_empty())
            .collect();
        let header = header_among(&held)
            .and_then(|at| held.get(at))
            .map_or_else(Vec::new, |row| {
                row.cells
                    .iter()
                    .map(|(_, text)| trimmed(text).to_owned())
                    .collect()
            });
        Self {
            name: name.to_owned(),
            rows,
            hidden,
            header,
        }
    }
}

/// Which of the first filled rows is the header: the first that fills most of the width; but a
/// wider row of plain words a little below it is preferred to one that holds numbers or dates.
pub(super) fn header_among(rows: &[HeldRow]) -> Option<usize> {
    let filled = |row: &HeldRow| {
        row.cells
            .iter()
            .filter(|(_, text)| !trimmed(text).is_empty())
            .count()
    };
    let widest = rows.iter().map(filled).max()?;
    let enough = (widest * 2).div_ceil(3).max(1);
    let first = rows.iter().position(|row| filled(row) >= enough)?;
    let candidate = rows.get(first)?;
    let words = |row: &HeldRow| row.cells.iter().all(|(_, text)| !looks_like_data(text));
    if words(candidate) {
        return Some(first);
    }
    let wider = rows
        .iter()
        .take(first + 10)
        .skip(first + 1)
        .position(|row| filled(row) > filled(candidate) && words(row));
    Some(wider.map_or(first, |below| first + 1 + below))
}

pub(super) fn looks_like_data(text: &str) -> bool {
    let text = trimmed(text);
    column::is_number(text) || Date::parse(text).is_some()
}

pub(super) fn above_it(header: u64) -> String {
    match header {
        0 | 1 => String::new(),
        2 => "; row 1 above it is left out".to_owned(),
        3 => "; rows 1 and 2 above it are left out".to_owned(),
        _ => format!("; rows 1 to {} above it are left out", header - 1),
    }
}

pub(super) fn reads_as_total(first: &str, filled: usize, columns: usize) -> bool {
    const WORDS: [&str; 9] = [
        "total",
        "totals",
        "grand total",
        "grand totals",
        "overall total",
        "sub total",
        "subtotal",
        "sub-total",
        "sum",
    ];
    let text = first.to_lowercase();
    let text = text.trim_end_matches([':', '.', ' ']);
    if WORDS.contains(&text) {
        return true;
    }
    let sparse = filled == 1 || filled * 2 <= columns;
    sparse
        && ["total ", "total:", "grand total"]
            .iter()
            .any(|word| text.starts_with(word))
}
