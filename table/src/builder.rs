//! Rows as they come from a file to a [`Table`]: finds the header under title rows, leaves blank
//! rows and totals out, gives each column a name of its own, and tells what it did.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::dictionary::Column;
use super::header::{HeaderRows, HeldRow, header_among, looks_like_data, reads_as_total};
use super::merges::Merges;
use super::{Place, Problem, Refusal, Table, count, damage, letters, row_number, trimmed};

/// As many columns as a spreadsheet has.
pub(crate) const MAX_COLUMNS: usize = 16_384;
/// The longest text of one cell, in bytes; a spreadsheet's own limit is 32,767 characters.
pub(crate) const MAX_CELL: usize = 1 << 20;
/// Cells held, blank ones before a filled one too: 16 times what a million rows of 16 columns need.
const MAX_CELLS: usize = 1 << 28;
/// Bytes of all distinct texts of all columns: a browser's memory for a program ends at 4 GB.
const MAX_TEXT: usize = 1 << 29;
/// So many columns that bear no name of their own are told one by one.
const MAX_RENAMED: usize = 20;
/// So many problems are listed one by one; the rest are counted.
pub(crate) const MAX_PROBLEMS: usize = 10_000;
/// So many filled rows are looked at before one of them is taken as the header.
const HEAD_ROWS: usize = 40;

/// Takes cells row by row and makes a table of them.
#[derive(Debug)]
pub(crate) struct Builder {
    sheet: Option<String>,
    /// Whether a row that is longer or shorter than the header is a fault (in text it is).
    strict: bool,
    merges: Merges,
    held: Vec<HeldRow>,
    row: HeldRow,
    header: Option<Header>,
    columns: Vec<Column>,
    rows: usize,
    cells: usize,
    text: usize,
    runs: Vec<(usize, u64)>,
    filled: usize,
    /// Whether the current row put anything into a column.
    touched: bool,
    left_over: bool,
    last_number: u64,
    blank: u64,
    notices: Vec<String>,
    problems: Vec<Problem>,
    untold: u64,
    refusal: Option<Refusal>,
}

#[derive(Debug)]
struct Header {
    row: u64,
    width: usize,
}

/// What a finished builder gives.
pub(crate) struct Built {
    pub(crate) table: Table,
    pub(crate) notices: Vec<String>,
    pub(crate) problems: Vec<Problem>,
}

impl Builder {
    /// A builder for the rows of a text file: each must be as long as the header.
    pub(crate) fn for_text() -> Self {
        Self::new(None, true, Merges::default())
    }

    /// A builder for the rows of a sheet, where trailing blanks are nothing.
    pub(super) fn for_sheet(name: &str, merges: Merges) -> Self {
        Self::new(Some(name.to_owned()), false, merges)
    }

    fn new(sheet: Option<String>, strict: bool, merges: Merges) -> Self {
        Self {
            sheet,
            strict,
            merges,
            held: Vec::new(),
            row: HeldRow::default(),
            header: None,
            columns: Vec::new(),
            rows: 0,
            cells: 0,
            text: 0,
            runs: Vec::new(),
            filled: 0,
            touched: false,
            left_over: false,
            last_number: 0,
            blank: 0,
            notices: Vec::new(),
            problems: Vec::new(),
            untold: 0,
            refusal: None,
        }
    }

    /// A cell of the current row, by its column counted from 0.
    pub(crate) fn cell(&mut self, column: usize, text: &str) {
        self.shared_cell(column, text, None);
    }

    /// The same for a text that many cells of the file may share under a number.
    pub(super) fn shared_cell(&mut self, column: usize, text: &str, number: Option<usize>) {
        if text.is_empty() || self.refusal.is_some() {
            return;
        }
        // A cell that begins with a letter or a digit is filled: the usual one costs one look.
        let first = text.as_bytes().first();
        let blank = !first.is_some_and(u8::is_ascii_graphic) && trimmed(text).is_empty();
        if column >= MAX_COLUMNS || (self.header.is_some() && column >= self.columns.len()) {
            if blank {
                return;
            }
            if self.strict || column >= MAX_COLUMNS {
                self.left_over = true;
                return;
            }
        }
        self.filled += usize::from(!blank);
        if self.header.is_none() {
            self.count_text(text.len());
            self.row.cells.push((column, text.to_owned()));
            return;
        }
        while self.columns.len() <= column {
            self.columns
                .push(Column::new(String::new(), self.columns.len(), 0));
        }
        let Some(slot) = self.columns.get_mut(column) else {
            return;
        };
        self.cells += (self.rows + 1).saturating_sub(slot.codes.len());
        if self.cells > MAX_CELLS {
            self.refusal = Some(Refusal::new(format!(
                "This list has {} rows and {} columns, which is more than can be held. Keep only \
                 the columns that the audit needs and load it again.",
                count(u64::try_from(self.rows).unwrap_or(u64::MAX)),
                self.columns.len()
            )));
            return;
        }
        let before = slot.dictionary.bytes();
        match number {
            Some(number) => slot.put_shared(self.rows, number, text),
            None => slot.put(self.rows, text),
        }
        let added = slot.dictionary.bytes() - before;
        self.touched = true;
        self.count_text(added);
    }

    fn count_text(&mut self, bytes: usize) {
        self.text += bytes;
        if self.text > MAX_TEXT && self.refusal.is_none() {
            self.refusal = Some(Refusal::new(
                "This list holds more than 512 MB of text, which is more than can be held. Keep \
                 only the columns that the audit needs and load it again.",
            ));
        }
    }

    /// Ends the current row: its number in the sheet, and how many cells it had (blank ones too).
    pub(crate) fn end_row(&mut self, number: u64, width: usize) {
        let filled = std::mem::take(&mut self.filled);
        let left_over = std::mem::take(&mut self.left_over);
        if filled == 0 && !left_over {
            self.row.cells.clear();
            if std::mem::take(&mut self.touched) {
                for column in &mut self.columns {
                    column.codes.truncate(self.rows);
                }
            }
            return;
        }
        self.touched = false;
        if self.header.is_none() {
            let mut row = std::mem::take(&mut self.row);
            (row.number, row.width, row.left_over) = (number, width, left_over);
            self.held.push(row);
            if self.held.len() >= HEAD_ROWS {
                self.choose_header();
            }
            return;
        }
        if !self.merges.is_empty() {
            self.fill_covered(number);
        }
        self.blank += number.saturating_sub(self.last_number.saturating_add(1));
        self.last_number = number;
        self.check_width(number, width, left_over);
        let next = self.runs.last().map(|&(from, first)| {
            first.saturating_add(u64::try_from(self.rows - from).unwrap_or(u64::MAX))
        });
        if next != Some(number) {
            self.runs.push((self.rows, number));
        }
        self.rows += 1;
    }

    /// Puts the text of merged cells that reach into the current row into it.
    fn fill_covered(&mut self, number: u64) {
        let mut merges = std::mem::take(&mut self.merges);
        let row = self.rows;
        let columns = &self.columns;
        let covered = merges.covered(number, |at| columns.get(at).map_or("", |c| c.cell(row)));
        for (column, text) in covered {
            self.cell(column, &text);
        }
        self.merges = merges;
        // They are no cells of the next row.
        (self.filled, self.touched) = (0, false);
    }

    /// A fault in the file at a row, and a column if it is one cell's.
    pub(crate) fn problem(&mut self, row: u64, column: Option<usize>, message: String) {
        if self.problems.len() >= MAX_PROBLEMS {
            self.untold += 1;
            return;
        }
        let place = Place {
            sheet: self.sheet.clone(),
            row: Some(row),
            column: column.map(letters),
        };
        self.problems.push(Problem { place, message });
    }

    /// What was decided, as a sentence for people.
    pub(crate) fn notice(&mut self, sentence: String) {
        self.notices.push(sentence);
    }

    /// Whether reading on is of no use, because the list cannot be held.
    pub(crate) fn refused(&self) -> Option<&Refusal> {
        self.refusal.as_ref()
    }

    /// The table, after the last row; nothing if no cell was filled.
    pub(crate) fn finish(mut self) -> Result<Option<Built>, Refusal> {
        if self.header.is_none() {
            self.choose_header();
        }
        if let Some(refusal) = self.refusal {
            return Err(refusal);
        }
        let Some(header) = self.header.take() else {
            return Ok(None);
        };
        self.notices.extend(too_wide(header.width));
        self.leave_totals_out();
        self.name_columns(&header);
        self.doubt_the_foot();
        let (columns, runs) = (
            std::mem::take(&mut self.columns),
            std::mem::take(&mut self.runs),
        );
        damage::name_cells(&columns, |row| row_number(&runs, row), &mut self);
        (self.columns, self.runs) = (columns, runs);
        if self.blank > 0 {
            let rows = if self.blank == 1 {
                "row is"
            } else {
                "rows are"
            };
            self.notices
                .push(format!("{} blank {rows} left out.", count(self.blank)));
        }
        self.notices.extend(self.merges.notice());
        if self.rows == 0 {
            let message = "There is a header but no row below it. Load a list that has cases.";
            self.problem(header.row, None, message.to_owned());
        }
        if self.untold > 0 {
            let untold = count(self.untold);
            self.notices.push(format!(
                "There are {untold} more problems that are not listed."
            ));
        }
        self.problems.sort_by_key(|problem| problem.place.row);
        for column in &mut self.columns {
            column.close();
        }
        let table = Table {
            sheet: self.sheet,
            columns: self.columns.into_iter().map(Arc::new).collect(),
            rows: self.rows,
            runs: self.runs,
        };
        Ok(Some(Built {
            table,
            notices: self.notices,
            problems: self.problems,
        }))
    }

    fn check_width(&mut self, number: u64, width: usize, left_over: bool) {
        let Some(header) = &self.header else { return };
        let named = header.width;
        if left_over && named > MAX_COLUMNS {
            // Told once for all rows.
        } else if left_over {
            let message = if self.strict {
                format!(
                    "This row has {width} cells, the header has {named}; what stands after column \
                     {} is left out. A cell that holds the separator must stand in quotes.",
                    letters(self.columns.len().saturating_sub(1))
                )
            } else {
                format!(
                    "Cells beyond column {} are left out.",
                    letters(MAX_COLUMNS - 1)
                )
            };
            self.problem(number, None, message);
        } else if self.strict && width < named {
            let message = format!(
                "This row has only {width} {}, the header has {named}. Check that none is missing \
                 before the end.",
                if width == 1 { "cell" } else { "cells" }
            );
            self.problem(number, None, message);
        }
    }

    fn choose_header(&mut self) {
        let held = std::mem::take(&mut self.held);
        let Some(at) = header_among(&held) else {
            return;
        };
        let found = HeaderRows::among(&held, at, &self.merges);
        let width = found.names.keys().next_back().map_or(0, |last| last + 1);
        self.columns = (0..width)
            .map(|at| Column::new(String::new(), at, 0))
            .collect();
        for (column, name) in &found.names {
            if let Some(slot) = self.columns.get_mut(*column) {
                name.clone_into(&mut slot.name);
            }
        }
        let number = found.last;
        let rows = held.into_iter().skip(found.below);
        self.notices.extend(found.notice());
        let doubtful = found.names.values().any(|text| looks_like_data(text));
        if doubtful && rows.len() > 0 {
            self.notices.push(format!(
                "Row {number} is taken as the header, yet it holds numbers or dates: check that it \
                 is not a case."
            ));
        }
        self.header = Some(Header {
            row: number,
            width: found.width.max(width),
        });
        self.last_number = number;
        for row in rows {
            for (column, text) in &row.cells {
                self.cell(*column, text);
            }
            self.left_over |= row.left_over;
            self.end_row(row.number, row.width);
        }
    }

    fn leave_totals_out(&mut self) {
        while let Some(last) = self.rows.checked_sub(1) {
            let filled = self.columns.iter().map(|column| trimmed(column.cell(last)));
            let filled: Vec<&str> = filled.filter(|text| !text.is_empty()).collect();
            let Some(first) = filled.first() else { return };
            if !reads_as_total(first, filled.len(), self.columns.len()) {
                return;
            }
            let number = row_number(&self.runs, last);
            self.notices.push(format!(
                "Row {number} at the foot reads “{first}” and is left out as a total."
            ));
            self.rows = last;
            for column in &mut self.columns {
                column.codes.truncate(last);
            }
            if self.runs.last().is_some_and(|&(from, _)| from >= last) {
                self.runs.pop();
            }
        }
    }

    /// A last row of a wide list with one filled cell is most likely a note, such as who ran it.
    fn doubt_the_foot(&mut self) {
        let Some(last) = self.rows.checked_sub(1) else {
            return;
        };
        let filled = self
            .columns
            .iter()
            .filter(|c| !trimmed(c.cell(last)).is_empty());
        let filled: Vec<&Column> = filled.collect();
        let &[only] = filled.as_slice() else { return };
        if self.columns.len() < 4 {
            return;
        }
        let message = "This last row has one filled cell alone: it looks like a note, not a case. \
                       If it is one, take it out of the list and load it again.";
        let (number, column) = (row_number(&self.runs, last), only.position);
        self.problem(number, Some(column), message.to_owned());
    }

    /// Leaves out columns with neither a name nor a cell, and makes the names distinct.
    fn name_columns(&mut self, header: &Header) {
        self.columns
            .retain(|column| !column.name.is_empty() || column.dictionary.len() > 1);
        let mut taken: BTreeSet<String> = self
            .columns
            .iter()
            .map(|column| column.name.clone())
            .collect();
        // How many columns bore each name so far.
        let mut borne: BTreeMap<String, usize> = BTreeMap::new();
        let mut renamed = Vec::new();
        for column in &mut self.columns {
            let place = letters(column.position);
            let nameless = column.name.is_empty();
            let number = borne.entry(column.name.clone()).or_default();
            *number += 1;
            if !nameless && *number == 1 {
                continue;
            }
            let stem = if nameless {
                format!("Column {place}")
            } else {
                column.name.clone()
            };
            let mut name = stem.clone();
            while !taken.insert(name.clone()) {
                *number = (*number).max(2);
                name = format!("{stem} ({number})");
                *number += usize::from(taken.contains(&name));
            }
            let why = if nameless {
                "has no name in the header".to_owned()
            } else {
                format!("is called “{stem}” like a column before it")
            };
            let row = header.row;
            renamed.push(format!(
                "Column {place} {why} (row {row}); it is called “{name}” here."
            ));
            column.name = name;
        }
        let more = renamed.len().saturating_sub(MAX_RENAMED);
        self.notices.extend(renamed.into_iter().take(MAX_RENAMED));
        if more > 0 {
            self.notices.push(format!(
                "{more} more columns were given a name of their own."
            ));
        }
    }
}

/// What is told of a header with more columns than there can be.
fn too_wide(width: usize) -> Option<String> {
    (width > MAX_COLUMNS).then(|| {
        format!(
            "The header has {} columns, more than a spreadsheet can show: those after column {} are \
             left out.",
            count(u64::try_from(width).unwrap_or(u64::MAX)),
            letters(MAX_COLUMNS - 1)
        )
    })
}
