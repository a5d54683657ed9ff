//! How long linking five lists takes, with a filter by age and a column of days since.

#![expect(
    clippy::disallowed_methods,
    reason = "a bench runs natively and reads the clock"
)]

use std::hint::black_box;
use std::time::Instant;

use sightline::frame::derived::{Derived, Measure};
use sightline::frame::filter::{Filter, Side};
use sightline::frame::plan::{Given, Plan, PlannedList};
use sightline::table::date::Date;
use sightline::table::{Source, Table};

const LISTS: u32 = 5;

fn main() {
    println!("{:>12} {:>9} {:>8}", "rows a list", "cases", "ms");
    for rows in [2_000, 20_000, 200_000] {
        measure(rows);
    }
}

fn measure(rows: u32) {
    let tables: Vec<Table> = (0..LISTS).map(|list| table(list, rows)).collect();
    let source = Source::default();
    let given: Vec<Given> = tables
        .iter()
        .map(|table| Given {
            source: &source,
            table,
        })
        .collect();
    let plan = plan();
    let start = Instant::now();
    match black_box(plan.run(&given)) {
        Ok(framing) => println!(
            "{rows:>12} {:>9} {:>8.0}",
            framing.table.rows(),
            start.elapsed().as_secs_f64() * 1e3
        ),
        Err(refusal) => println!("{refusal}"),
    }
}

/// A list that shares half of its children with the next one, out of order, some of them twice.
fn table(list: u32, rows: u32) -> Table {
    let header = ["Child ID", "Born", "Seen", "Team"].map(str::to_owned);
    let row = |row: u32| {
        let child = list * rows / 2 + row * 7_919 % rows.saturating_sub(rows / 50).max(1);
        vec![
            format!("C-{child:07}"),
            format!("{}-0{}-1{}", 2008 + child % 17, 1 + child % 9, child % 10),
            format!("2026-0{}-0{}", 1 + row % 3, 1 + row % 9),
            format!("Team {}", child % 12),
        ]
    };
    let rows: Vec<Vec<String>> = (0..rows).map(row).collect();
    Table::from_rows(&header, &rows)
}

fn plan() -> Plan {
    let filters = Filter::parse(Side::Keep, "age Born (L0) from 5, blank kept");
    Plan {
        day: Date::new(2026, 3, 31),
        lists: (0..LISTS)
            .map(|list| PlannedList {
                name: format!("L{list}"),
                id: vec!["Child ID".to_owned()],
                take: ["Born", "Seen", "Team"].map(str::to_owned).to_vec(),
                ..PlannedList::default()
            })
            .collect(),
        derived: vec![Derived {
            measure: Measure::DaysSince,
            column: "Seen (L1)".to_owned(),
        }],
        filters: filters.into_iter().collect(),
        ..Plan::default()
    }
}
