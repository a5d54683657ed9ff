//! Columns that a frame adds to a list: days since a day, ages. They serve as strata, bands,
//! weights and filters like any other.

use serde::{Deserialize, Serialize};

use super::filter::{age, place};
use crate::table::date::Date;
use crate::table::{Refusal, Table};

/// A column that is worked out from another, as of the reference day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derived {
    /// What is worked out.
    pub measure: Measure,
    /// The column that it is worked out from.
    pub column: String,
}

/// What is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The days from the cell's day to the reference day; below 0 for a day to come.
    DaysSince,
    /// The age in whole years on the reference day, from a date of birth or a number of years.
    Age,
}

impl Derived {
    /// What the column is called.
    #[must_use]
    pub fn name(&self) -> String {
        match self.measure {
            Measure::DaysSince => format!("Days since {}", self.column),
            Measure::Age => format!("Age from {}", self.column),
        }
    }
}

/// Adds the columns to a table; a cell that cannot be read gives a blank one, and a notice counts
/// those.
///
/// # Errors
/// A column that is not there or has the name of one that is; no reference day.
pub(super) fn add(
    table: &mut Table,
    derived: &[Derived],
    day: Option<Date>,
    notices: &mut Vec<String>,
) -> Result<(), Refusal> {
    for one in derived {
        let name = one.name();
        let column = place(table, &one.column)?;
        let day = day.ok_or_else(|| {
            Refusal(format!(
                "The column “{name}” counts to a reference day, and none is given."
            ))
        })?;
        if table.column_named(&name).is_some() {
            return Err(Refusal(format!("There is a column “{name}” already.")));
        }
        let measured = |text: &str| match one.measure {
            Measure::DaysSince => Date::parse(text).map(|from| day.days() - from.days()),
            Measure::Age => age(text, day).map(i64::from),
        };
        let values: Vec<Option<i64>> = table.judged(column, measured).collect();
        let blank = values.iter().filter(|value| value.is_none()).count();
        if blank > 0 {
            notices.push(format!(
                "“{name}” is blank in {blank} rows, where “{}” is blank or cannot be read.",
                one.column
            ));
        }
        let cells = values.into_iter().map(|value| value.map(|n| n.to_string()));
        table.add_column(&name, cells.map(Option::unwrap_or_default));
    }
    Ok(())
}
