//! Looking at the rows of the list: a page at a time, sorted by a column, searched. The rows lie
//! on the desk; what is here is which of them are asked for, and the page that was shown last.

use super::super::{Effect, Open};
use crate::desk::list::Request;
use crate::desk::list::rows::{COLUMNS, RowsAsked, RowsView};
use crate::table::order::{Direction, Sort};

/// How many rows a page may have.
pub const PER_PAGE: [usize; 3] = [25, 50, 100];

/// The rows that are looked at.
#[derive(Debug)]
pub struct Stage {
    /// Which rows were asked for last.
    pub asked: RowsAsked,
    /// What is looked for, as typed.
    pub search: String,
    /// What the desk showed last.
    pub shown: Option<RowsView>,
}

impl Default for Stage {
    fn default() -> Self {
        Self {
            asked: RowsAsked {
                count: PER_PAGE[0],
                ..RowsAsked::default()
            },
            search: String::new(),
            shown: None,
        }
    }
}

/// What can happen while looking at rows.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person asked to sort by a column: upwards, downwards, then as in the file.
    ClickedSort(usize),
    /// The person typed what to look for.
    EnteredSearch(String),
    /// The person asked to look for it.
    ClickedSearch,
    /// The person asked for all rows again.
    ClickedClear,
    /// The person turned to another page.
    ClickedPage(Turn),
    /// The person chose how many rows a page has.
    ChosePerPage(usize),
    /// The person turned to other columns, of a list that is wider than can be shown.
    ClickedColumns(Turn),
}

/// Where a person turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// To the first.
    First,
    /// To the one before.
    Previous,
    /// To the next.
    Next,
    /// To the last.
    Last,
}

impl Turn {
    /// The beginning of the page turned to, of `all` things with `size` on a page.
    fn from(self, from: usize, size: usize, all: usize) -> usize {
        let size = size.max(1);
        let last = all.saturating_sub(1) / size * size;
        match self {
            Self::First => 0,
            Self::Previous => from.saturating_sub(size),
            Self::Next => from.saturating_add(size).min(last),
            Self::Last => last,
        }
    }
}

impl Open {
    pub(super) fn update_rows(&mut self, msg: Msg) -> Vec<Effect> {
        let columns = self.list.columns();
        let stage = &mut self.list.rows;
        let asked = &mut stage.asked;
        let found = stage.shown.as_ref().map_or(0, |shown| shown.found);
        match msg {
            Msg::EnteredSearch(text) => {
                stage.search = text;
                return Vec::new();
            }
            Msg::ClickedSort(column) => {
                asked.sort = next_sort(asked.sort, column);
                asked.from = 0;
            }
            Msg::ClickedSearch => {
                stage.search.trim().clone_into(&mut asked.search);
                asked.from = 0;
            }
            Msg::ClickedClear => {
                stage.search.clear();
                asked.search.clear();
                asked.from = 0;
            }
            Msg::ClickedPage(turn) => asked.from = turn.from(asked.from, asked.count, found),
            Msg::ChosePerPage(count) => {
                // The page then shown begins with the same row, or holds it.
                asked.count = count.max(1);
                asked.from = asked.from / asked.count * asked.count;
            }
            Msg::ClickedColumns(turn) => {
                asked.first_column = turn.from(asked.first_column, COLUMNS, columns);
            }
        }
        vec![self.ask_for_rows()]
    }

    /// Asks for the rows that are looked at.
    pub(super) fn ask_for_rows(&mut self) -> Effect {
        let asked = self.list.rows.asked.clone();
        self.ask_of_list(Request::Rows(asked), None)
    }

    /// Takes the rows that the desk shows.
    pub(super) fn rows_shown(&mut self, view: RowsView) -> Vec<Effect> {
        self.list.rows.shown = Some(view);
        Vec::new()
    }
}

fn next_sort(sort: Option<Sort>, column: usize) -> Option<Sort> {
    let direction = match sort.filter(|sort| sort.column == column) {
        None => Direction::Ascending,
        Some(Sort {
            direction: Direction::Ascending,
            ..
        }) => Direction::Descending,
        Some(Sort {
            direction: Direction::Descending,
            ..
        }) => return None,
    };
    Some(Sort { column, direction })
}
