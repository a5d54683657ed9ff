//! What a method takes from the list's other columns: each case's stratum, place and weight.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::List;
use super::refusal::Refusal;
use crate::table::trimmed;

/// What stands for an empty cell in a stratum's name.
pub const EMPTY: &str = "(empty)";

/// At most this many faulty cells are named.
const NAMED: usize = 5;

/// The cases of each stratum, by the stratum's name: the texts of these columns, trimmed and in
/// Unicode's form NFC, joined by `|`.
///
/// # Errors
/// A column that the list does not have, or none at all.
pub fn strata(list: &List, columns: &[String]) -> Result<BTreeMap<String, Vec<usize>>, Refusal> {
    if columns.is_empty() {
        return Err(Refusal::new(
            "A stratified draw needs at least one column of strata.",
        ));
    }
    let mut strata: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (case, name) in names(list, columns)?.into_iter().enumerate() {
        strata.entry(name).or_default().push(case);
    }
    Ok(strata)
}

/// The text of these columns for each case, as in [`strata`].
///
/// # Errors
/// A column that the list does not have.
pub fn names(list: &List, columns: &[String]) -> Result<Vec<String>, Refusal> {
    let places = columns
        .iter()
        .map(|name| place(list, name))
        .collect::<Result<Vec<_>, _>>()?;
    let name = |case| {
        let row = list.frame.table_row(case);
        let cells = places
            .iter()
            .map(|column| plain(list.table.cell(row, *column)));
        cells.collect::<Vec<_>>().join("|")
    };
    Ok((0..list.frame.size()).map(name).collect())
}

/// The weight of each case: a decimal number, not below 0.
///
/// # Errors
/// A column that the list does not have, cells that hold no such number (the first few are named),
/// or weights that are all 0.
pub fn weights(list: &List, column: &str) -> Result<Vec<f64>, Refusal> {
    let place = place(list, column)?;
    let mut weights = Vec::with_capacity(list.frame.size());
    let mut faults = Vec::new();
    for case in 0..list.frame.size() {
        let row = list.frame.table_row(case);
        let cell = trimmed(list.table.cell(row, place));
        match cell.parse::<f64>() {
            Ok(weight) if weight.is_finite() && weight >= 0.0 => weights.push(weight),
            Ok(_) | Err(_) => faults.push((list.table.row_number(row), cell)),
        }
    }
    if !faults.is_empty() {
        let named = faults.iter().take(NAMED).map(|(row, cell)| match *cell {
            "" => format!("row {row} is empty"),
            cell => format!("row {row} has “{cell}”"),
        });
        return Err(Refusal::new(format!(
            "A weight must be a number that is not below 0, and in column “{column}” {} of {} cases have \
             none: {}. Mend them, or exclude those rows.",
            faults.len(),
            list.frame.size(),
            named.collect::<Vec<_>>().join(", ")
        )));
    }
    if weights.iter().all(|weight| *weight == 0.0) {
        return Err(Refusal::new(format!(
            "Every weight in column “{column}” is 0, so no case could be drawn."
        )));
    }
    Ok(weights)
}

fn place(list: &List, name: &str) -> Result<usize, Refusal> {
    list.table
        .column_named(name)
        .ok_or_else(|| Refusal::new(format!("The list has no column “{name}”.")))
}

/// A cell's text on one line, [`EMPTY`] where there is none.
fn plain(cell: &str) -> String {
    let text: String = trimmed(cell)
        .nfc()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.is_empty() {
        EMPTY.to_owned()
    } else {
        text
    }
}
