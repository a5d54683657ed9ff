//! The small list that the page offers to whoever has no file at hand: part of List 7, tidy but for
//! one repeated child and one row without an id, so that the page can show what it makes of them.

use super::authority::Authority;
use super::lists;
use super::sheet::{Cell, Sheet};

/// How many different children stand on it.
pub(crate) const CHILDREN: usize = 120;

/// The first plans of List 7 that are still open, and the two rows with something wrong.
pub(crate) fn made_up_list(authority: &Authority) -> Option<Sheet> {
    let mut sheet = lists::annex_a(authority).into_iter().nth(6)?;
    let ended = sheet.column("Child Protection Plan End Date")?;
    sheet.rows.retain(|row| row[ended] == Cell::Empty);
    let mut unnamed = sheet.rows.get(CHILDREN)?.clone();
    unnamed[0] = Cell::Empty;
    sheet.rows.truncate(CHILDREN);
    let repeated = sheet.rows.get(40)?.clone();
    sheet.rows.insert(41, repeated);
    sheet.rows.insert(77, unnamed);
    Some(sheet)
}
