//! The rows of a table in the order of a column, and those alone that hold a text. Both look at
//! each column's distinct texts, so that a million rows take little longer than their words.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::column::{Kind, kind_of, number};
use super::date::Date;
use super::dictionary::Column;
use super::{Table, trimmed};

/// Which way a column is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// The earliest, smallest, or first of the alphabet first.
    Ascending,
    /// The latest, largest, or last of the alphabet first.
    Descending,
}

/// By which column rows are sorted, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// The column, from 0.
    pub column: usize,
    /// Which way.
    pub direction: Direction,
}

/// What a cell is compared by: days and numbers in columns of such, before texts that are neither.
#[derive(PartialEq, PartialOrd)]
enum Key {
    Day(i64),
    Number(f64),
    Text(String),
}

/// The rows of `table` that hold `search` in any cell, whatever its capitals, in the order of
/// `sort`. Rows whose cells are the same stay in the order of the file; blank cells come last,
/// whichever way the column is sorted. Rows are counted from 0.
#[must_use]
pub fn rows(table: &Table, sort: Option<Sort>, search: &str) -> Vec<usize> {
    let found = found(table, search);
    let rows = (0..table.rows).filter(|&row| {
        found
            .as_ref()
            .is_none_or(|found| found.get(row).copied().unwrap_or(false))
    });
    let sorted = sort.and_then(|sort| Some((table.columns.get(sort.column)?, sort.direction)));
    match sorted {
        Some((column, direction)) => by_rank(column, &ranks(column, table.rows, direction), rows),
        None => rows.collect(),
    }
}

/// For each row whether it holds the text; nothing if no text is looked for.
fn found(table: &Table, search: &str) -> Option<Vec<bool>> {
    let search = trimmed(search).to_lowercase();
    if search.is_empty() {
        return None;
    }
    let mut found = vec![false; table.rows];
    for column in &table.columns {
        let holds: Vec<bool> = texts(column)
            .map(|text| text.to_lowercase().contains(&search))
            .collect();
        if !holds.contains(&true) {
            continue;
        }
        for (row, code) in found.iter_mut().zip(column.codes.iter()) {
            *row |= holds.get(at(code)).copied().unwrap_or(false);
        }
    }
    Some(found)
}

/// For each code of a column the place of its text among all of them; of the same key, the same.
fn ranks(column: &Column, rows: usize, direction: Direction) -> Vec<usize> {
    let kind = kind_of(column, rows);
    let mut keys: Vec<(Option<Key>, usize)> =
        texts(column).map(|text| key(text, kind)).zip(0..).collect();
    keys.sort_unstable_by(|(a, _), (b, _)| compare(a.as_ref(), b.as_ref(), direction));
    let mut ranks = vec![0; keys.len()];
    let mut rank = 0;
    let mut before = None;
    for (key, code) in &keys {
        if before.is_some_and(|before| before != key) {
            rank += 1;
        }
        before = Some(key);
        if let Some(place) = ranks.get_mut(*code) {
            *place = rank;
        }
    }
    ranks
}

/// The rows in the order of their codes' ranks, those of one rank as they come (a counting sort).
fn by_rank(
    column: &Column,
    ranks: &[usize],
    rows: impl Iterator<Item = usize> + Clone,
) -> Vec<usize> {
    let rank = |row: usize| {
        let code = column.codes.get(row).unwrap_or(0);
        ranks.get(at(code)).copied().unwrap_or(0)
    };
    let mut starts = vec![0_usize; ranks.len() + 1];
    let mut count = 0;
    for row in rows.clone() {
        count += 1;
        if let Some(next) = starts.get_mut(rank(row) + 1) {
            *next += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut ordered = vec![0; count];
    for row in rows {
        let Some(next) = starts.get_mut(rank(row)) else {
            continue;
        };
        if let Some(place) = ordered.get_mut(*next) {
            *place = row;
        }
        *next += 1;
    }
    ordered
}

/// What a text is compared by in a column of that kind; nothing if it is blank.
fn key(text: &str, kind: Kind) -> Option<Key> {
    let text = trimmed(text);
    if text.is_empty() {
        return None;
    }
    let of_kind = match kind {
        Kind::Date => Date::parse(text).map(|day| Key::Day(day.days())),
        Kind::Number => number(text).map(Key::Number),
        Kind::Id | Kind::YesNo | Kind::Category | Kind::Text | Kind::Empty => None,
    };
    Some(of_kind.unwrap_or_else(|| Key::Text(text.to_lowercase())))
}

fn compare(a: Option<&Key>, b: Option<&Key>, direction: Direction) -> Ordering {
    match (a, b) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(a), Some(b)) => {
            // No number that a text gives is out of order with another.
            let order = a.partial_cmp(b).unwrap_or(Ordering::Equal);
            match direction {
                Direction::Ascending => order,
                Direction::Descending => order.reverse(),
            }
        }
    }
}

/// The distinct texts of a column, by code.
fn texts(column: &Column) -> impl Iterator<Item = &str> {
    let codes = 0..u32::try_from(column.dictionary.len()).unwrap_or(u32::MAX);
    codes.map(|code| column.dictionary.get(code))
}

fn at(code: u32) -> usize {
    usize::try_from(code).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table(cells: &[&str]) -> Table {
        let rows: Vec<Vec<&str>> = cells.iter().map(|cell| vec![*cell]).collect();
        Table::from_rows(&["Column"], &rows)
    }

    fn sorted<'a>(cells: &[&'a str], direction: Direction) -> Vec<&'a str> {
        let sort = Sort {
            column: 0,
            direction,
        };
        let order = rows(&table(cells), Some(sort), "");
        order.into_iter().map(|row| cells[row]).collect()
    }

    #[test]
    fn numbers_are_sorted_as_numbers_and_blanks_come_last_either_way() {
        let cells = ["10", "9", "", "1,000", "-3", " ", "9.5", "£20"];
        assert_eq!(
            sorted(&cells, Direction::Ascending),
            ["-3", "9", "9.5", "10", "£20", "1,000", "", " "]
        );
        assert_eq!(
            sorted(&cells, Direction::Descending),
            ["1,000", "£20", "10", "9.5", "9", "-3", "", " "]
        );
    }

    #[test]
    fn days_are_sorted_as_days_whatever_their_form() {
        let cells = ["01/02/2026", "31 Jan 2026", "2025-12-31", "", "03/01/2026"];
        assert_eq!(
            sorted(&cells, Direction::Ascending),
            ["2025-12-31", "03/01/2026", "31 Jan 2026", "01/02/2026", ""]
        );
    }

    #[test]
    fn texts_are_sorted_whatever_their_capitals_and_stay_in_order_where_they_are_the_same() {
        let cells = ["north", "East", "North", "east", "South"];
        assert_eq!(
            sorted(&cells, Direction::Ascending),
            ["East", "east", "north", "North", "South"]
        );
        assert_eq!(
            sorted(&cells, Direction::Descending),
            ["South", "north", "North", "East", "east"]
        );
    }

    #[test]
    fn a_text_is_found_in_any_cell_whatever_its_capitals() {
        let cells = [vec!["1", "North"], vec!["2", "South"], vec!["3", "NORTH-1"]];
        let table = Table::from_rows(&["Id", "Team"], &cells);
        assert_eq!(rows(&table, None, " nORth "), [0, 2]);
        assert_eq!(rows(&table, None, "1"), [0, 2]);
        assert_eq!(rows(&table, None, "West"), [0_usize; 0]);
        assert_eq!(rows(&table, None, "  "), [0, 1, 2]);
    }

    proptest! {
        /// Judged by the standard library's own stable sort.
        #[test]
        fn the_order_is_a_stable_sort(numbers in prop::collection::vec(0_u8..20, 1..60), up: bool) {
            let cells: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            let direction = if up { Direction::Ascending } else { Direction::Descending };
            let sort = Sort { column: 0, direction };
            let order = rows(&table(&cells), Some(sort), "1");
            let mut expected: Vec<usize> = (0..cells.len()).filter(|row| cells[*row].contains('1')).collect();
            expected.sort_by(|a, b| {
                let order = numbers[*a].cmp(&numbers[*b]);
                if up { order } else { order.reverse() }
            });
            prop_assert_eq!(order, expected);
        }
    }
}
