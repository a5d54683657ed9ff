//! On the desk, rows of the list to look at: sorted, searched, and shown a page at a time.

use serde::{Deserialize, Serialize};

use super::super::{Desk, no_list};
use super::Reply;
use crate::table::order::{self, Sort};
use crate::table::{Refusal, Table};

/// How many columns are shown side by side.
pub const COLUMNS: usize = 40;

/// How much of a cell is shown, in characters.
const CELL: usize = 300;

/// Which rows the page asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowsAsked {
    /// How they are sorted; as in the file if not at all.
    pub sort: Option<Sort>,
    /// What a cell of them holds; all rows if it is empty.
    pub search: String,
    /// The first of them, from 0.
    pub from: usize,
    /// How many.
    pub count: usize,
    /// The first column that is shown, from 0.
    pub first_column: usize,
}

/// Rows of a list, as the page shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowsView {
    /// What was asked for.
    pub asked: RowsAsked,
    /// How many rows hold what is looked for.
    pub found: usize,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its number in the sheet, as a spreadsheet counts.
    pub number: u64,
    /// Its cells, at most [`COLUMNS`] of them.
    pub cells: Vec<String>,
}

impl Row {
    /// A row of the table, from a column on.
    pub(super) fn of(table: &Table, row: usize, first_column: usize) -> Self {
        let columns = first_column..table.columns().min(first_column.saturating_add(COLUMNS));
        Self {
            number: table.row_number(row),
            cells: columns
                .map(|column| shown(table.cell(row, column)))
                .collect(),
        }
    }
}

/// The rows that were found last, in their order: a page of them is then at hand.
pub(in crate::desk) struct Found {
    sort: Option<Sort>,
    search: String,
    rows: Vec<usize>,
}

impl Desk {
    pub(super) fn show_rows(&mut self, asked: &RowsAsked) -> Result<Reply, Refusal> {
        let table = &self.reading.as_ref().ok_or_else(no_list)?.table;
        let same = |found: &Found| found.sort == asked.sort && found.search == asked.search;
        let found = match self.rows.take().filter(same) {
            Some(found) => found,
            None => Found {
                sort: asked.sort,
                search: asked.search.clone(),
                rows: order::rows(table, asked.sort, &asked.search),
            },
        };
        let page = found.rows.iter().skip(asked.from).take(asked.count);
        let view = RowsView {
            asked: asked.clone(),
            found: found.rows.len(),
            rows: page
                .map(|row| Row::of(table, *row, asked.first_column))
                .collect(),
        };
        self.rows = Some(found);
        Ok(Reply::Rows(view))
    }
}

/// The beginning of a cell that is too long to be shown whole.
fn shown(cell: &str) -> String {
    match cell.char_indices().nth(CELL) {
        Some((end, _)) => format!("{}…", cell.get(..end).unwrap_or_default()),
        None => cell.to_owned(),
    }
}
