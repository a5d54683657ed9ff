//! What a sheet looks like beside its cells: rows and columns that are hidden, and cells merged
//! into one. None of it changes what is read without being told.

use super::xml::{Fault, Tag};
use super::{Table, counted, letters};

/// So many merged areas of a sheet are minded; a list has a few, if any.
const MAX_MERGES: usize = 100_000;

/// Cells merged into one: first and last row from 1, first and last column from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merge {
    pub(super) top: u64,
    pub(super) bottom: u64,
    pub(super) left: usize,
    pub(super) right: usize,
}

/// The looks of a sheet.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// The numbers of hidden rows, in order.
    pub(super) hidden_rows: Vec<u64>,
    /// Whether a filter hides them.
    pub(super) filtered: bool,
    /// First and last of columns that are hidden, from 0.
    pub(super) hidden_columns: Vec<(usize, usize)>,
    /// The merged areas.
    pub(super) merges: Vec<Merge>,
}

impl Layout {
    /// What is hidden of the table that was read, as sentences for people: all of it is included.
    pub(super) fn notices(&self, table: &Table) -> Vec<String> {
        let numbers = (0..table.rows()).map(|row| table.row_number(row));
        let hidden: Vec<u64> = numbers
            .filter(|number| self.hidden_rows.binary_search(number).is_ok())
            .collect();
        let columns = table.columns.iter().map(|column| column.position);
        let unseen = columns.filter(|at| {
            let mut hidden = self.hidden_columns.iter();
            hidden.any(|(first, last)| (first..=last).contains(&at))
        });
        let unseen: Vec<String> = unseen.map(letters).collect();
        let mut notices = Vec::new();
        if let Some(first) = hidden.first() {
            notices.push(format!(
                "{} hidden{}: included (the first is row {first}).",
                counted(hidden.len(), "row is", "rows are"),
                if self.filtered { " by a filter" } else { "" },
            ));
        }
        if let Some(first) = unseen.first() {
            notices.push(format!(
                "{} hidden: included (the first is column {first}).",
                counted(unseen.len(), "column is", "columns are"),
            ));
        }
        notices
    }

    /// Minds what an element of a sheet's XML says of looks; of a row, with its number from 1.
    pub(super) fn take(&mut self, tag: Tag<'_>, row: u64) -> Result<(), Fault> {
        match tag.name {
            b"row" if tag.is_on(b"hidden")? => self.hidden_rows.push(row),
            b"col" if tag.is_on(b"hidden")? => {
                let number = |name| Ok(tag.get(name)?.and_then(|number| number.parse().ok()));
                if let (Some(first @ 1..), Some(last @ 1..)) = (number(b"min")?, number(b"max")?) {
                    self.hidden_columns.push((first - 1, last - 1));
                }
            }
            b"sheetPr" => self.filtered |= tag.is_on(b"filterMode")?,
            b"filterColumn" => self.filtered = true,
            b"mergeCell" if self.merges.len() < MAX_MERGES => {
                let area = tag.get(b"ref")?;
                self.merges.extend(area.and_then(|area| merge(&area)));
            }
            _ => {}
        }
        Ok(())
    }
}

/// `B2:C4` as an area.
fn merge(area: &str) -> Option<Merge> {
    let (first, last) = area.split_once(':')?;
    let ((left, top), (right, bottom)) = (position(first)?, position(last)?);
    (left <= right && top <= bottom).then_some(Merge {
        top,
        bottom,
        left,
        right,
    })
}

/// `B2` as its column from 0 and its row from 1.
fn position(cell: &str) -> Option<(usize, u64)> {
    let digits = cell.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = cell.split_at_checked(digits)?;
    let column = letters.bytes().try_fold(0_usize, |column, letter| {
        let digit = letter.to_ascii_uppercase().checked_sub(b'A')?;
        (digit < 26 && column < 1_000).then(|| column * 26 + usize::from(digit) + 1)
    })?;
    Some((column.checked_sub(1)?, row.parse().ok()?))
}
