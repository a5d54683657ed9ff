//! Cells merged into one. A file holds the text of such a cell in its first row alone; a person
//! sees it in each row that it covers, and so does the table.

use std::collections::BTreeMap;

use super::layout::Merge;
use super::{counted, letters, trimmed};

/// The merged areas of a sheet, and those that reach into the current row.
#[derive(Debug, Default)]
pub(super) struct Merges {
    /// The areas that begin in a row.
    areas: BTreeMap<u64, Vec<Merge>>,
    open: Vec<(Merge, String)>,
    filled: usize,
    first: Option<Merge>,
}

impl Merges {
    pub(super) fn new(all: Vec<Merge>) -> Self {
        let mut areas: BTreeMap<u64, Vec<Merge>> = BTreeMap::new();
        for merge in all {
            areas.entry(merge.top).or_default().push(merge);
        }
        Self {
            areas,
            ..Self::default()
        }
    }

    /// Whether there are none, so that nothing need be minded.
    pub(super) fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// The areas that begin in this row.
    pub(super) fn beginning(&self, row: u64) -> &[Merge] {
        self.areas.get(&row).map_or(&[], Vec::as_slice)
    }

    /// The texts that this row lacks because a cell above it covers them, with their columns;
    /// `text` gives the row's own cells.
    pub(super) fn covered<'a>(
        &mut self,
        row: u64,
        text: impl Fn(usize) -> &'a str,
    ) -> Vec<(usize, String)> {
        self.open.retain(|(merge, _)| merge.bottom >= row);
        let lacking: Vec<(usize, String)> = self
            .open
            .iter()
            .map(|(merge, text)| (merge.left, text.clone()))
            .filter(|(column, _)| trimmed(text(*column)).is_empty())
            .collect();
        if let (Some((merge, _)), false) = (self.open.first(), lacking.is_empty()) {
            self.first.get_or_insert(*merge);
        }
        self.filled += lacking.len();
        for merge in self.areas.get(&row).into_iter().flatten() {
            let text = text(merge.left);
            if merge.bottom > row && !trimmed(text).is_empty() {
                self.open.push((*merge, text.to_owned()));
            }
        }
        lacking
    }

    /// What was done, as a sentence for people.
    pub(super) fn notice(&self) -> Option<String> {
        let first = self.first?;
        let column = letters(first.left);
        Some(format!(
            "{} covered by a merged cell and given its text (the first merged cell is {column}{} to \
             {column}{}).",
            counted(self.filled, "cell is", "cells are"),
            first.top,
            first.bottom
        ))
    }
}
