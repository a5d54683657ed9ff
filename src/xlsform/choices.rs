//! The sheet `choices`: lists of answers on offer, by name.

use std::collections::BTreeMap;

use super::cell;
use crate::form::{Alternative, AlternativeId, Grade, GradeId};
use crate::table::{Problem, Table};

/// Every list of answers.
#[derive(Debug, Default)]
pub(super) struct Lists(BTreeMap<String, Vec<Alternative>>);

impl Lists {
    /// The answers of a list.
    pub(super) fn get(&self, list: &str) -> Option<&Vec<Alternative>> {
        self.0.get(list)
    }

    /// A list as a scale of grades, best first.
    pub(super) fn grades(&self, list: &str) -> Vec<Grade> {
        let answers = self.0.get(list).into_iter().flatten();
        answers
            .map(|answer| Grade {
                id: GradeId(answer.id.0.clone()),
                label: answer.label.clone(),
            })
            .collect()
    }
}

/// Reads the sheet.
pub(super) fn lists(table: Option<&Table>, faults: &mut Vec<Problem>) -> Lists {
    let mut lists = Lists::default();
    let Some(table) = table else {
        return lists;
    };
    for row in 0..table.rows() {
        // Older files call the column `list name`, which `cell` takes for the same.
        let (list, name, label) = (
            cell(table, row, "list_name"),
            cell(table, row, "name"),
            cell(table, row, "label"),
        );
        if list.is_empty() && name.is_empty() && label.is_empty() {
            continue;
        }
        if list.is_empty() || name.is_empty() {
            faults.push(Problem {
                place: table.place(row, None),
                message: "A choice needs its list in “list_name” and its own “name”. Fill in both."
                    .to_owned(),
            });
            continue;
        }
        let hint = cell(table, row, "hint");
        lists
            .0
            .entry(list.to_owned())
            .or_default()
            .push(Alternative {
                id: AlternativeId(name.to_owned()),
                label: if label.is_empty() { name } else { label }.to_owned(),
                hint: (!hint.is_empty()).then(|| hint.to_owned()),
                exclusive: super::survey::is_yes(cell(table, row, "exclusive")),
            });
    }
    lists
}
