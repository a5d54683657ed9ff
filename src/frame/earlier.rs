//! Cases of an earlier round, from a list of ids with a column of dates: who was audited in the last
//! six months. (From a certificate they come without one: `Certificate::audited`.)

use std::collections::BTreeSet;

use super::UnitId;
use super::filter::{Test, place};
use super::plan::Given;
use crate::table::date::Date;
use crate::table::{Problem, Refusal};

/// The test for the cases on a list whose day in the column `on` lies in the window, both ends
/// included; for all of them, where no such column is given. With it come the rows that could not
/// be read: their cases are not among those left out.
///
/// # Errors
/// A column that the list does not have.
pub fn of_list(
    list: Given,
    id: &str,
    on: Option<(&str, Date, Date)>,
) -> Result<(Test, Vec<Problem>), Refusal> {
    let (table, column) = (list.table, place(list.table, id)?);
    let on = on
        .map(|(on, from, to)| Ok::<_, Refusal>((place(table, on)?, from, to)))
        .transpose()?;
    let (mut ids, mut problems) = (BTreeSet::new(), Vec::new());
    for row in 0..table.rows() {
        let day = on.map(|(on, from, to)| (on, Date::parse(table.cell(row, on)), from, to));
        let (at, message) = match (UnitId::new(table.cell(row, column)), day) {
            (None, _) => (column, "This row of the earlier round has no id."),
            (Some(_), Some((on, None, ..))) => (
                on,
                "This row of the earlier round has no date that can be read, so its case is not left \
                 out. Mend it if it should be.",
            ),
            (Some(id), Some((_, Some(day), from, to))) => {
                if from <= day && day <= to {
                    ids.insert(id);
                }
                continue;
            }
            (Some(id), None) => {
                ids.insert(id);
                continue;
            }
        };
        problems.push(Problem {
            place: table.place(row, Some(at)),
            message: message.to_owned(),
        });
    }
    let test = Test::Earlier {
        file: list.source.name.clone(),
        sha256: list.source.sha256.clone(),
        column: None,
        ids: ids.into_iter().collect(),
    };
    Ok((test, problems))
}
