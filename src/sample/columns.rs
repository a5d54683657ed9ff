//! What a method takes from the list: the cases it may draw, each with its stratum, place or weight.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::List;
use super::bands::{Bands, cut_of};
use super::refusal::Refusal;
use crate::frame::UnitId;
use crate::table::{Problem, trimmed};

/// What stands for an empty cell in a stratum's name.
pub const EMPTY: &str = "(empty)";

/// The cases that chance decides about: the frame without those that are included anyway.
#[derive(Clone, Debug)]
pub struct Cases<'a> {
    list: List<'a>,
    ids: Vec<&'a str>,
    // Each case's place in the frame.
    places: Vec<usize>,
}

impl<'a> Cases<'a> {
    /// The cases of a list without those of these ids.
    ///
    /// # Errors
    /// An id that cannot stand in a file with one id a line.
    pub fn new(list: List<'a>, apart: &BTreeSet<&str>) -> Result<Self, Refusal> {
        let frame: Vec<&str> = list.frame.ids().iter().map(UnitId::as_str).collect();
        let breaks = |byte| matches!(byte, b'\n' | b'\r' | b'\t');
        if let Some(id) = frame.iter().find(|id| id.bytes().any(breaks)) {
            return Err(Refusal::new(format!(
                "The id {id:?} holds a line break or a tab, so nobody could check the draw from a file \
                 with one id a line. Mend it in the list."
            )));
        }
        let cases = frame
            .into_iter()
            .enumerate()
            .filter(|(_, id)| !apart.contains(id));
        let (places, ids) = cases.unzip();
        Ok(Self { list, ids, places })
    }

    /// Their ids.
    #[must_use]
    pub fn ids(&self) -> &[&'a str] {
        &self.ids
    }

    /// The text of each in this column, trimmed.
    ///
    /// # Errors
    /// A column that the list does not have.
    pub fn cells(&self, column: &str) -> Result<impl Iterator<Item = &'a str>, Refusal> {
        let (table, place) = (self.list.table, place(&self.list, column)?);
        Ok(self.rows().map(move |row| trimmed(table.cell(row, place))))
    }

    /// The rows of the table on which they stand.
    fn rows(&self) -> impl Iterator<Item = usize> {
        self.places
            .iter()
            .map(|place| self.list.frame.table_row(*place))
    }
}

/// At most this many faulty cells are named.
const NAMED: usize = 5;

/// The cases of each stratum, with the stratum's name: the texts of these columns, trimmed and in
/// Unicode's form NFC, or the bands they fall into, joined by `|`. Strata stand in the order of their
/// bands, and then in the byte order of their names.
///
/// # Errors
/// A column that the list does not have, or none at all; cells that fall into no band.
pub fn strata(
    cases: &Cases,
    columns: &[String],
    bands: &[Bands],
) -> Result<Vec<(String, Vec<usize>)>, Refusal> {
    if columns.is_empty() {
        return Err(Refusal::new(
            "A stratified draw needs at least one column of strata.",
        ));
    }
    check_bands(columns, bands)?;
    let (problems, table) = (band_problems(cases, bands)?, cases.list.table);
    if !problems.is_empty() {
        return Err(without_band(&problems));
    }
    let places = columns
        .iter()
        .map(|name| Ok((place(&cases.list, name)?, cut_of(name, bands))))
        .collect::<Result<Vec<_>, Refusal>>()?;
    let mut strata: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (case, row) in cases.rows().enumerate() {
        let (mut names, mut order) = (Vec::with_capacity(places.len()), Vec::new());
        for (column, cut) in &places {
            let cell = table.cell(row, *column);
            let band = cut.and_then(|cut| Some((cut.place(cell).ok()?, cut)));
            names.push(match band {
                Some((band, cut)) => {
                    order.push(band);
                    cut.bands()
                        .get(band)
                        .map_or_else(String::new, ToString::to_string)
                }
                None => plain(cell),
            });
        }
        let (first, members) = strata
            .entry(names.join("|"))
            .or_insert_with(|| (order.clone(), Vec::new()));
        *first = order.min(first.clone());
        members.push(case);
    }
    let mut strata: Vec<_> = strata.into_iter().collect();
    strata.sort_by(|(_, (a, _)), (_, (b, _))| a.cmp(b));
    let strata = strata.into_iter().map(|(name, (_, cases))| (name, cases));
    Ok(strata.collect())
}

/// Each cell of a column of bands that falls into none of them.
///
/// # Errors
/// A column that the list does not have.
pub fn band_problems(cases: &Cases, bands: &[Bands]) -> Result<Vec<Problem>, Refusal> {
    let mut problems = Vec::new();
    for Bands { column, cut } in bands {
        let (table, at) = (cases.list.table, place(&cases.list, column)?);
        for row in cases.rows() {
            if let Err(why) = cut.place(table.cell(row, at)) {
                problems.push(Problem {
                    place: table.place(row, Some(at)),
                    message: format!("“{column}” {why}"),
                });
            }
        }
    }
    Ok(problems)
}

/// The refusal of a draw for cells that fall into no band.
fn without_band(problems: &[Problem]) -> Refusal {
    let named = problems
        .iter()
        .take(NAMED)
        .map(|problem| match problem.place.row {
            Some(row) => format!("row {row}: {}", problem.message),
            None => problem.message.clone(),
        });
    let counted = match problems.len() {
        1 => "1 cell falls".to_owned(),
        several => format!("{several} cells fall"),
    };
    Refusal::new(format!(
        "{counted} into no band: {}. Mend them, add a band, or exclude those rows.",
        named.collect::<Vec<_>>().join("; ")
    ))
}

/// Refuses bands of a column that makes no strata, and two cuts of one column.
fn check_bands(columns: &[String], bands: &[Bands]) -> Result<(), Refusal> {
    for (at, Bands { column, .. }) in bands.iter().enumerate() {
        if !columns.contains(column) {
            return Err(Refusal::new(format!(
                "The column “{column}” is cut into bands, and is no column of strata."
            )));
        }
        if bands
            .iter()
            .take(at)
            .any(|earlier| earlier.column == *column)
        {
            return Err(Refusal::new(format!(
                "The column “{column}” is cut into bands twice."
            )));
        }
    }
    Ok(())
}

/// The text of these columns for each case, trimmed and in Unicode's form NFC, joined by `|`.
///
/// # Errors
/// A column that the list does not have.
pub fn names(cases: &Cases, columns: &[String]) -> Result<Vec<String>, Refusal> {
    let table = cases.list.table;
    let places = columns
        .iter()
        .map(|name| place(&cases.list, name))
        .collect::<Result<Vec<_>, _>>()?;
    let name = |row| {
        let cells = places.iter().map(|column| plain(table.cell(row, *column)));
        cells.collect::<Vec<_>>().join("|")
    };
    Ok(cases.rows().map(name).collect())
}

/// The weight of each case: a decimal number, not below 0.
///
/// # Errors
/// A column that the list does not have, cells that hold no such number (the first few are named),
/// or weights that are all 0.
pub fn weights(cases: &Cases, column: &str) -> Result<Vec<f64>, Refusal> {
    let (table, place) = (cases.list.table, place(&cases.list, column)?);
    let mut weights = Vec::with_capacity(cases.ids.len());
    let mut faults = Vec::new();
    for row in cases.rows() {
        let cell = trimmed(table.cell(row, place));
        match cell.parse::<f64>() {
            Ok(weight) if weight.is_finite() && weight >= 0.0 => weights.push(weight),
            Ok(_) | Err(_) => faults.push((table.row_number(row), cell)),
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
            cases.ids.len(),
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
