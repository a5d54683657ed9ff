//! Small made-up lists, and plans for them.

use sightline::frame::Frame;
use sightline::frame::plan::{Framing, Given, Plan, PlannedList};
use sightline::frame::{Exclusion, UnitId};
use sightline::table::date::Date;
use sightline::table::{Problem, Source, Table};

/// A list that was read.
pub(crate) struct World {
    pub(crate) source: Source,
    pub(crate) table: Table,
}

impl World {
    /// A list from lines of cells with commas between them, the header first.
    pub(crate) fn new(file: &str, lines: &[&str]) -> Self {
        let mut rows = lines
            .iter()
            .map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        let header = rows.next().unwrap_or_default();
        let rows: Vec<Vec<String>> = rows.collect();
        Self {
            source: Source {
                name: file.to_owned(),
                sha256: format!("{file:a>64}"),
                ..Source::default()
            },
            table: Table::from_rows(&header, &rows),
        }
    }

    pub(crate) fn given(&self) -> Given<'_> {
        Given {
            source: &self.source,
            table: &self.table,
        }
    }
}

/// A list of a plan, its id in the column `id`.
pub(crate) fn planned(name: &str, take: &[&str]) -> PlannedList {
    PlannedList {
        name: name.to_owned(),
        id: vec!["id".to_owned()],
        take: take.iter().map(|column| (*column).to_owned()).collect(),
        ..PlannedList::default()
    }
}

/// A plan of these lists, as of 31 March 2026.
pub(crate) fn plan(lists: Vec<PlannedList>) -> Plan {
    Plan {
        lists,
        day: Date::of_field("2026-03-31"),
        ..Plan::default()
    }
}

pub(crate) fn run(plan: &Plan, worlds: &[&World]) -> Framing {
    let lists: Vec<Given> = worlds.iter().map(|world| world.given()).collect();
    plan.run(&lists).expect("the plan fits the lists")
}

pub(crate) fn refused(plan: &Plan, worlds: &[&World]) -> String {
    let lists: Vec<Given> = worlds.iter().map(|world| world.given()).collect();
    plan.run(&lists).unwrap_err().0
}

pub(crate) fn ids(frame: &Frame) -> Vec<&str> {
    frame.ids().iter().map(UnitId::as_str).collect()
}

pub(crate) fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

pub(crate) fn counts(excluded: &[Exclusion]) -> Vec<(&str, usize)> {
    let counts = excluded.iter().map(|one| (one.reason.as_str(), one.count));
    counts.collect()
}

/// The table's rows as lines, the header first.
pub(crate) fn lines(table: &Table) -> Vec<String> {
    let header = table.names().collect::<Vec<_>>().join(",");
    let row = |row| {
        let cells = (0..table.columns()).map(|column| table.cell(row, column));
        cells.collect::<Vec<_>>().join(",")
    };
    let rows = (0..table.rows()).map(row);
    std::iter::once(header).chain(rows).collect()
}
