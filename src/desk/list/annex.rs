//! On the desk, what a list is by Annex A: which of its lists, and which column was taken for what.

use serde::{Deserialize, Serialize};

use crate::frame::annex_a::{self, Unit};
use crate::table::Sheet;

/// A list of Annex A, recognised by its header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnexView {
    /// What the list is called: `List 7: Child protection`.
    pub name: String,
    /// The names that Annex A gives its columns, each with the list's column that was taken for
    /// it, from 0.
    pub columns: Vec<(String, Option<usize>)>,
    /// What one of its rows stands for.
    pub unit: Unit,
    /// The list's columns that it offers to make groups by.
    pub strata: Vec<usize>,
    /// The list's columns that show risk.
    pub risk: Vec<usize>,
}

impl AnnexView {
    /// The list that a header belongs to, if it is one of Annex A.
    pub(super) fn of(header: &[&str]) -> Option<Self> {
        let list = annex_a::recognise(header)?;
        let columns = list
            .names()
            .map(|name| (name.to_owned(), list.column(name, header)));
        Some(Self {
            name: title(list),
            columns: columns.collect(),
            unit: list.unit,
            strata: list.strata_columns(header),
            risk: list.risk_columns(header),
        })
    }
}

/// A sheet that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetView {
    /// Its name in the workbook.
    pub name: String,
    /// How many rows the file holds for it, header and titles among them.
    pub rows: u64,
    /// Whether the workbook hides it.
    pub hidden: bool,
    /// The list of Annex A that it is.
    pub annex: Option<String>,
}

impl SheetView {
    pub(super) fn of(sheet: &Sheet) -> Self {
        Self {
            name: sheet.name.clone(),
            rows: sheet.rows,
            hidden: sheet.hidden,
            annex: annex_a::recognise(&sheet.header).map(title),
        }
    }
}

fn title(list: &annex_a::List) -> String {
    format!("List {}: {}", list.number, list.name)
}
