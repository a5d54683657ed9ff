//! Cases that were audited before, as the file of an earlier round tells: who was audited in the last
//! six months is left out.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::UnitId;
use super::filter::{Test, place};
use super::plan::Given;
use crate::table::date::Date;
use crate::table::{Problem, Refusal};

/// What a file tells of cases that were audited before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// The file's name.
    pub file: String,
    /// SHA-256 of the file's bytes, in hex.
    pub sha256: String,
    /// The cases, in the order of the file; one may come more than once.
    pub cases: Vec<Audited>,
    /// Cases that it holds and that were not audited, as far as it says so.
    pub unaudited: usize,
}

/// A case that was audited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audited {
    /// The case.
    pub id: UnitId,
    /// The day, where the file says it.
    pub on: Option<Date>,
}

impl Earlier {
    /// The cases that stand on a list, with their days in the column `on`; for all of them, where no
    /// such column is given. With it come the rows that could not be read: their cases are not among
    /// those audited.
    ///
    /// # Errors
    /// A column that the list does not have.
    pub fn of_list(
        list: Given,
        id: &str,
        on: Option<&str>,
    ) -> Result<(Self, Vec<Problem>), Refusal> {
        let (table, column) = (list.table, place(list.table, id)?);
        let on = on.map(|on| place(table, on)).transpose()?;
        let (mut cases, mut problems) = (Vec::new(), Vec::new());
        for row in 0..table.rows() {
            let day = on.map(|on| (on, Date::parse(table.cell(row, on))));
            let (at, message) = match (UnitId::new(table.cell(row, column)), day) {
                (None, _) => (column, "This row of the earlier round has no id."),
                (Some(_), Some((on, None))) => (
                    on,
                    "This row of the earlier round has no date that can be read, so its case is not \
                     left out. Mend it if it should be.",
                ),
                (Some(id), day) => {
                    let on = day.and_then(|(_, day)| day);
                    cases.push(Audited { id, on });
                    continue;
                }
            };
            problems.push(Problem {
                place: table.place(row, Some(at)),
                message: message.to_owned(),
            });
        }
        let earlier = Self {
            file: list.source.name.clone(),
            sha256: list.source.sha256.clone(),
            cases,
            unaudited: 0,
        };
        Ok((earlier, problems))
    }

    /// The first and the last day on which a case was audited; none where the file says no day.
    #[must_use]
    pub fn days(&self) -> Option<(Date, Date)> {
        let days = || self.cases.iter().filter_map(|case| case.on);
        days().min().zip(days().max())
    }

    /// The cases audited in a window, both ends included, each once; all of them without a window.
    #[must_use]
    pub fn within(&self, window: Option<(Date, Date)>) -> BTreeSet<&UnitId> {
        let lies = |case: &&Audited| {
            window.is_none_or(|(from, to)| case.on.is_some_and(|on| from <= on && on <= to))
        };
        self.cases
            .iter()
            .filter(lies)
            .map(|case| &case.id)
            .collect()
    }

    /// The test for those cases.
    #[must_use]
    pub fn test(&self, window: Option<(Date, Date)>) -> Test {
        Test::Earlier {
            file: self.file.clone(),
            sha256: self.sha256.clone(),
            column: None,
            ids: self.within(window).into_iter().cloned().collect(),
        }
    }
}
