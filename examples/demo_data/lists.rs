//! The lists as tidy tables: the eleven of Annex A, and three that other services keep.
//!
//! Headings and codes are those of Ofsted's Annex A and of the Department for Education's returns,
//! as the public `annex-a-merge.yml` of liia-tools records them.

mod adolescents;
mod adoption;
mod care;
mod front_door;
mod plans;

use super::authority::{Authority, Child};
use super::calendar::{Day, REFERENCE};
use super::random::Random;
use super::sheet::{Cell, Sheet, date, number, text};

/// The five columns with which every list of children begins.
const CHILD: [&str; 5] = [
    "Child Unique ID",
    "Gender",
    "Ethnicity",
    "Date of Birth",
    "Age of Child (Years)",
];
const DISABILITY: &str = "Does the Child have a Disability";
const TEAM: [&str; 2] = ["Allocated Team", "Allocated Worker"];

/// Lists 1 to 11, in order.
pub(crate) fn annex_a(authority: &Authority) -> Vec<Sheet> {
    vec![
        front_door::contacts(authority),
        front_door::early_help(authority),
        front_door::referrals(authority),
        front_door::assessments(authority),
        front_door::enquiries(authority),
        plans::in_need(authority),
        plans::protection(authority),
        care::in_care(authority),
        care::leavers(authority),
        adoption::children(authority),
        adoption::adopters(authority),
    ]
}

/// The lists outside Annex A, on which vulnerable adolescents stand as well.
pub(crate) fn vulnerable_adolescents(authority: &Authority) -> Vec<Sheet> {
    vec![
        adolescents::missing(authority),
        adolescents::exploitation(authority),
        adolescents::offending(authority),
    ]
}

/// The columns of `CHILD` for one child.
fn about(child: &Child) -> Vec<Cell> {
    vec![
        text(child.id.to_string()),
        text(child.gender),
        text(child.ethnicity),
        date(child.born),
        number(child.age()),
    ]
}

/// The columns of `TEAM` for one child.
fn allocated(child: &Child) -> Vec<Cell> {
    vec![text(child.team), text(child.worker.clone())]
}

/// A day `low` to `high` days before `end` where `start` leaves room for it.
fn since(start: Day, end: Day, low: i32, high: i32, random: &mut Random) -> Option<Day> {
    let room = end.0 - start.0;
    (room >= low).then(|| end.plus(-random.between(low, high.min(room))))
}

/// Rows that carry their date, put in its order (as a report of events comes), then without it.
fn by_date(mut rows: Vec<(Day, Vec<Cell>)>) -> Vec<Vec<Cell>> {
    rows.sort_by_key(|(day, _)| *day);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// How many of `days` lie within a year of the reference date.
fn in_last_year(days: impl Iterator<Item = Day>) -> i32 {
    i32::try_from(days.filter(|day| REFERENCE.0 - day.0 <= 365).count()).unwrap_or(0)
}
