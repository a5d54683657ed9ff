//! Case ids in what people wrote: a report that leaves ids out warns of those left in its texts.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, Sheet};
use crate::round::Round;

/// A sentence for each sheet whose texts hold the id of a sampled case as a word of its own.
pub(super) fn all(round: &Round, sheets: &[Sheet]) -> Vec<String> {
    let ids: BTreeSet<&str> = round.every_case().map(|case| case.id.as_str()).collect();
    let mut warnings = Vec::new();
    for sheet in sheets {
        let mut cases = BTreeMap::new();
        for row in &sheet.rows {
            let Some(Cell::Number(case)) = row.first() else {
                continue;
            };
            if row
                .iter()
                .any(|cell| matches!(cell, Cell::Text(text) if holds(text, &ids)))
            {
                cases.insert(*case, case.to_string());
            }
        }
        if !cases.is_empty() {
            let cases: Vec<_> = cases.into_values().collect();
            warnings.push(format!(
                "A text on the sheet “{}” holds the id of a case (case {}). Ids are left out of \
                 the columns, not of what people wrote: change the text if the id should not leave.",
                sheet.name,
                cases.join(", ")
            ));
        }
    }
    warnings
}

/// Whether one of the ids stands in the text between spaces, with or without marks around it.
fn holds(text: &str, ids: &BTreeSet<&str>) -> bool {
    text.split_whitespace().any(|word| {
        let bare = word.trim_matches(|char: char| !char.is_alphanumeric());
        ids.contains(word) || ids.contains(bare)
    })
}
