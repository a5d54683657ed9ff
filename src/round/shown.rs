//! What is shown of each case beside its number: an audit is of the practice, not of the child.

use super::{Case, Rejection, Round, reject};

/// What is shown of each case beside its number in the draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Whether its id is.
    pub id: bool,
    /// The columns that are.
    pub columns: Vec<String>,
}

impl Round {
    /// Whether the id of a case is shown.
    #[must_use]
    pub fn shows_id(&self) -> bool {
        self.shown.as_ref().is_none_or(|shown| shown.id)
    }

    /// Whether a column of the sample is shown: until it is chosen, all are.
    #[must_use]
    pub fn shows(&self, column: &str) -> bool {
        let shown = self.shown.as_ref();
        shown.is_none_or(|shown| shown.columns.iter().any(|it| it == column))
    }

    /// The columns of the sample that say more of a case than its id.
    #[must_use]
    pub fn fact_columns(&self) -> Vec<&str> {
        let Some(sample) = &self.sample else {
            return Vec::new();
        };
        let says_more = |at: usize| {
            let mut cases = sample.cases.iter();
            cases.any(|case| case.cells.get(at).is_some_and(|cell| *cell != case.id))
        };
        let columns = sample.columns.iter().enumerate();
        let columns = columns.filter(|(at, _)| says_more(*at));
        columns.map(|(_, column)| column.as_str()).collect()
    }

    /// What is shown of a case, by column. A cell that holds the id alone says nothing more.
    #[must_use]
    pub fn facts_of<'a>(&'a self, case: &'a Case) -> Vec<(&'a str, &'a str)> {
        let sample = self.sample.as_ref();
        let columns = sample.map_or(&[][..], |sample| &sample.columns);
        columns
            .iter()
            .map(String::as_str)
            .zip(case.cells.iter().map(String::as_str))
            .filter(|(column, cell)| *cell != case.id && self.shows(column))
            .collect()
    }

    pub(super) fn show_of_cases(&mut self, id: bool, columns: &[String]) -> Result<(), Rejection> {
        let sample = self.sample.as_ref();
        let known = sample.map_or(&[][..], |sample| &sample.columns);
        if let Some(unknown) = columns.iter().find(|it| !known.contains(it)) {
            return Err(reject(format!("The sample has no column “{unknown}”.")));
        }
        self.shown = Some(Shown {
            id,
            columns: columns.to_vec(),
        });
        Ok(())
    }
}
