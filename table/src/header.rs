//! Which of a sheet's first rows is the header, and whether its last rows are totals.

use std::collections::BTreeMap;

use super::layout::Merge;
use super::merges::Merges;
use super::{Sheet, column, date::Date, trimmed};

/// A filled row that is held back until the header is known.
#[derive(Debug, Default)]
pub(super) struct HeldRow {
    pub(super) number: u64,
    pub(super) width: usize,
    /// Whether cells stand beyond the last column that can be read.
    pub(super) left_over: bool,
    pub(super) cells: Vec<(usize, String)>,
}

impl HeldRow {
    fn text(&self, column: usize) -> &str {
        let cell = self.cells.iter().find(|(at, _)| *at == column);
        cell.map_or("", |(_, text)| trimmed(text))
    }
}

impl Sheet {
    /// A sheet of which only the first rows were looked at.
    pub(crate) fn glance(name: &str, hidden: bool, rows: u64, first: Vec<Vec<String>>) -> Self {
        let held: Vec<HeldRow> = first
            .into_iter()
            .map(|cells| HeldRow {
                number: 0,
                width: cells.len(),
                left_over: false,
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

/// The row or the two rows that name the columns.
#[derive(Debug)]
pub(super) struct HeaderRows {
    first: u64,
    pub(super) last: u64,
    /// The place among the held rows of the first that is no header.
    pub(super) below: usize,
    pub(super) width: usize,
    /// Each column's name, by its column from 0.
    pub(super) names: BTreeMap<usize, String>,
}

impl HeaderRows {
    /// The header at `at` among the first rows, and with it the row above or below that merged
    /// cells tie to it.
    pub(super) fn among(rows: &[HeldRow], at: usize, merges: &Merges) -> Self {
        let tied = |upper: usize| {
            let (above, below) = (rows.get(upper)?, rows.get(upper + 1)?);
            ties(above, below, merges.beginning(above.number)).then_some(upper)
        };
        let upper = tied(at).or_else(|| at.checked_sub(1).and_then(tied));
        let lower = upper.map_or(at, |upper| upper + 1);
        let mut header = Self {
            first: 0,
            last: 0,
            below: lower + 1,
            width: 0,
            names: BTreeMap::new(),
        };
        for row in rows.get(upper.unwrap_or(at)..=lower).unwrap_or_default() {
            header.first = if header.first == 0 {
                row.number
            } else {
                header.first
            };
            header.last = row.number;
            header.width = header.width.max(row.width);
            let named = row
                .cells
                .iter()
                .map(|(at, text)| (*at, trimmed(text).to_owned()));
            header.names.extend(named);
        }
        if let Some(above) = upper.and_then(|upper| rows.get(upper)) {
            header.tell_apart(above, merges.beginning(above.number));
        }
        header
    }

    /// Puts the upper row's name before the lower one's where two columns would be called the same.
    fn tell_apart(&mut self, above: &HeldRow, merges: &[Merge]) {
        let mut borne: BTreeMap<String, usize> = BTreeMap::new();
        for name in self.names.values() {
            *borne.entry(name.clone()).or_default() += 1;
        }
        for (column, name) in &mut self.names {
            let merge = merges.iter().find(|m| (m.left..=m.right).contains(column));
            let group = above.text(merge.map_or(*column, |merge| merge.left));
            if borne.get(name).is_some_and(|&n| n > 1) && !group.is_empty() && group != name {
                *name = format!("{group}: {name}");
            }
        }
    }

    /// Where the header stands, unless it is where anybody expects it.
    pub(super) fn notice(&self) -> Option<String> {
        let left_out = above_it(self.first);
        if self.first < self.last {
            return Some(format!(
                "Rows {} and {} are taken as one header of two rows{left_out}.",
                self.first, self.last
            ));
        }
        (self.first > 1).then(|| format!("Row {} is taken as the header{left_out}.", self.first))
    }
}

/// Whether merged cells make one header of two rows: names that reach over both, or names of
/// groups over names of columns. What stands below must be words.
fn ties(above: &HeldRow, below: &HeldRow, merges: &[Merge]) -> bool {
    if below.number != above.number + 1 || below.cells.iter().any(|(_, t)| looks_like_data(t)) {
        return false;
    }
    let filled = |row: &HeldRow| {
        row.cells
            .iter()
            .filter(|(_, t)| !trimmed(t).is_empty())
            .count()
    };
    let group = |column: usize| {
        let wide = |m: &&Merge| m.right > m.left && m.bottom == m.top;
        let over = |m: &Merge| (m.left..=m.right).contains(&column);
        merges.iter().filter(wide).any(over)
    };
    // A name of its own below one that is no group's would be a case below its header.
    let free = |&(column, ref text): &(usize, String)| {
        trimmed(text).is_empty() || group(column) || above.text(column).is_empty()
    };
    let groups = below
        .cells
        .iter()
        .filter(|(column, _)| group(*column))
        .count();
    filled(above) > 1 && groups > 1 && below.cells.iter().all(free)
}

fn above_it(header: u64) -> String {
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
