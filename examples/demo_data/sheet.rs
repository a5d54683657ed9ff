//! A list before it is written to any kind of file.

use super::calendar::{Day, Moment};

/// One cell, with the type that a spreadsheet would give it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Number(f64),
    Date(Day),
    Moment(Moment),
}

/// One list: its name, the rows above its header, the header and the rows.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// The name on the sheet's tab.
    pub(crate) name: String,
    /// The name of its CSV file, without folder and ending.
    pub(crate) file: &'static str,
    /// Lines above the header; an empty one leaves a row blank.
    pub(crate) title: Vec<String>,
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Sheet {
    pub(crate) fn new(
        name: &str,
        file: &'static str,
        header: &[&str],
        rows: Vec<Vec<Cell>>,
    ) -> Sheet {
        debug_assert!(rows.iter().all(|row| row.len() == header.len()), "{name}");
        let header = header.iter().map(|&column| column.to_owned()).collect();
        Sheet {
            name: name.to_owned(),
            file,
            title: Vec::new(),
            header,
            rows,
        }
    }

    /// The place of a column by its exact heading.
    pub(crate) fn column(&self, heading: &str) -> Option<usize> {
        self.header.iter().position(|name| name == heading)
    }
}

pub(crate) fn text(words: impl Into<String>) -> Cell {
    Cell::Text(words.into())
}

pub(crate) fn number(value: impl Into<f64>) -> Cell {
    Cell::Number(value.into())
}

/// A date, or an empty cell where there is none.
pub(crate) fn date(day: impl Into<Option<Day>>) -> Cell {
    day.into().map_or(Cell::Empty, Cell::Date)
}

pub(crate) fn yes_no(yes: bool) -> Cell {
    text(if yes { "Yes" } else { "No" })
}

/// Yes or no, or an empty cell where the question does not arise.
pub(crate) fn yes_no_or_empty(answer: Option<bool>) -> Cell {
    answer.map_or(Cell::Empty, yes_no)
}
