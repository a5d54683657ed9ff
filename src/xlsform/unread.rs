//! What a workbook holds beside what is read: columns, and conditions about what was left out.

use std::collections::{BTreeMap, BTreeSet};

use super::{cell, column_of, plain};
use crate::form::{Condition, Section};
use crate::table::{Problem, Table};

/// The columns of `survey` whose cells are named one by one where they are not supported.
pub(super) const NAMED: [&str; 5] = [
    "calculation",
    "choice_filter",
    "default",
    "repeat_count",
    "trigger",
];

/// The columns of `choices` that are read.
pub(super) const CHOICES: [&str; 5] = ["list_name", "name", "label", "hint", "exclusive"];

/// The columns in which something stands that is not read, each at its first row.
pub(super) fn columns(table: &Table, read: &[&str]) -> Vec<Problem> {
    let is_read = |at: usize, name: &str| {
        let language = name.split_once("::").map(|(column, _)| column);
        read.contains(&name)
            || name.is_empty()
            || name.starts_with("benchmark_")
            || language.is_some_and(|column| {
                read.contains(&column) && column_of(table, column) == Some(at)
            })
    };
    let names = table.names().map(plain).enumerate();
    let unread = names.filter(|(at, name)| !is_read(*at, name));
    unread
        .filter_map(|(at, name)| {
            let mut filled =
                (0..table.rows()).filter(|row| !table.cell(*row, at).trim().is_empty());
            let first = filled.next()?;
            let shown = table.names().nth(at).unwrap_or_default();
            let message = if name.contains("::") {
                format!(
                    "The column “{shown}” is another language or a medium. Of several languages \
                     the first is read."
                )
            } else {
                format!("The column “{shown}” is not read.")
            };
            let message = match filled.count() {
                0 => message,
                1 => format!("{message} One more row has something in it."),
                more => format!("{message} {more} more rows have something in it."),
            };
            Some(Problem {
                place: table.place(first, Some(at)),
                message,
            })
        })
        .collect()
}

/// Takes away the conditions that ask about a row of the survey which is no question of the form, and
/// names them.
pub(super) fn conditions(
    sections: &mut [Section],
    table: &Table,
    rows: &BTreeMap<String, usize>,
) -> Vec<Problem> {
    let asked: BTreeSet<String> = sections
        .iter()
        .flat_map(|section| &section.questions)
        .map(|question| question.id.0.clone())
        .collect();
    let named: BTreeSet<&str> = (0..table.rows())
        .map(|row| cell(table, row, "name"))
        .collect();
    let mut problems = Vec::new();
    let mut look = |condition: &mut Option<Condition>, id: &str, column: &str| {
        let gone = condition.as_ref().and_then(|condition| {
            let tests = condition.tests().into_iter();
            let mut ids = tests.map(|(question, _)| question.0.clone());
            ids.find(|id| !asked.contains(id) && named.contains(id.as_str()))
        });
        let Some(gone) = gone else { return };
        *condition = None;
        let what = if column == "relevant" {
            "what this row stands for is always asked"
        } else {
            "the answer is never required"
        };
        problems.push(Problem {
            place: rows.get(id).map_or_else(Default::default, |row| {
                table.place(*row, column_of(table, column))
            }),
            message: format!("The expression asks about “{gone}”, which is left out: {what}."),
        });
    };
    for section in sections {
        look(&mut section.show_if, section.id.as_str(), "relevant");
        for question in &mut section.questions {
            let id = question.id.0.clone();
            look(&mut question.show_if, &id, "relevant");
            look(&mut question.required_if, &id, "required");
        }
    }
    problems
}
