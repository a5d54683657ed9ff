//! What a sheet looks like beside its cells: rows and columns that are hidden, and cells merged
//! into one. None of it changes what is read without being told.

use std::io::{BufReader, Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::{Table, counted, letters};

/// So many merged areas of a sheet are minded; a list has a few, if any.
const MAX_MERGES: usize = 100_000;

/// Cells merged into one: first and last row from 1, first and last column from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merge {
    pub(super) top: u64,
    pub(super) bottom: u64,
    pub(super) left: usize,
    pub(super) right: usize,
}

/// The looks of a sheet.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// The numbers of hidden rows, in order.
    pub(super) hidden_rows: Vec<u64>,
    /// Whether a filter hides them.
    pub(super) filtered: bool,
    /// First and last of columns that are hidden, from 0.
    pub(super) hidden_columns: Vec<(usize, usize)>,
    /// The merged areas.
    pub(super) merges: Vec<Merge>,
}

impl Layout {
    /// The looks of an XLSX workbook's sheet; where its parts do not fit together, none: the reader
    /// of the cells decides whether the workbook can be read at all.
    pub(super) fn of(bytes: &[u8], sheet: &str) -> Self {
        ZipArchive::new(Cursor::new(bytes))
            .ok()
            .and_then(|mut zip| {
                let path = sheet_path(&mut zip, sheet)?;
                let part = zip.by_name(&path).ok()?;
                Self::read(part)
            })
            .unwrap_or_default()
    }

    /// What is hidden of the table that was read, as sentences for people: all of it is included.
    pub(super) fn notices(&self, table: &Table) -> Vec<String> {
        let numbers = (0..table.rows()).map(|row| table.row_number(row));
        let hidden: Vec<u64> = numbers
            .filter(|number| self.hidden_rows.binary_search(number).is_ok())
            .collect();
        let columns = table.columns.iter().map(|column| column.position);
        let unseen = columns.filter(|at| {
            let mut hidden = self.hidden_columns.iter();
            hidden.any(|(first, last)| (first..=last).contains(&at))
        });
        let unseen: Vec<String> = unseen.map(letters).collect();
        let mut notices = Vec::new();
        if let Some(first) = hidden.first() {
            notices.push(format!(
                "{} hidden{}: included (the first is row {first}).",
                counted(hidden.len(), "row is", "rows are"),
                if self.filtered { " by a filter" } else { "" },
            ));
        }
        if let Some(first) = unseen.first() {
            notices.push(format!(
                "{} hidden: included (the first is column {first}).",
                counted(unseen.len(), "column is", "columns are"),
            ));
        }
        notices
    }

    fn read(part: ZipFile<'_, impl Read>) -> Option<Self> {
        let mut layout = Self::default();
        let mut row = 0;
        each_element(part, &mut |element| {
            layout.take(element, &mut row);
            true
        })?;
        layout.hidden_rows.sort_unstable();
        layout.hidden_rows.dedup();
        Some(layout)
    }

    fn take(&mut self, element: &BytesStart<'_>, row: &mut u64) {
        let on = |name| attribute(element, name).is_some_and(|v| v == "1" || v == "true");
        match element.local_name().as_ref() {
            "row" => {
                let given = attribute(element, "r").and_then(|number| number.parse().ok());
                *row = given.unwrap_or(*row + 1);
                if on("hidden") {
                    self.hidden_rows.push(*row);
                }
            }
            "col" if on("hidden") => {
                let number = |name| attribute(element, name)?.parse::<usize>().ok();
                if let (Some(first @ 1..), Some(last @ 1..)) = (number("min"), number("max")) {
                    self.hidden_columns.push((first - 1, last - 1));
                }
            }
            "sheetPr" => self.filtered |= on("filterMode"),
            "filterColumn" => self.filtered = true,
            "mergeCell" if self.merges.len() < MAX_MERGES => {
                let area = attribute(element, "ref");
                self.merges.extend(area.and_then(|area| merge(&area)));
            }
            _ => {}
        }
    }
}

/// `B2:C4` as an area.
fn merge(area: &str) -> Option<Merge> {
    let (first, last) = area.split_once(':')?;
    let ((left, top), (right, bottom)) = (position(first)?, position(last)?);
    (left <= right && top <= bottom).then_some(Merge {
        top,
        bottom,
        left,
        right,
    })
}

/// `B2` as its column from 0 and its row from 1.
fn position(cell: &str) -> Option<(usize, u64)> {
    let digits = cell.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = cell.split_at_checked(digits)?;
    let column = letters.bytes().try_fold(0_usize, |column, letter| {
        let digit = letter.to_ascii_uppercase().checked_sub(b'A')?;
        (digit < 26 && column < 1_000).then(|| column * 26 + usize::from(digit) + 1)
    })?;
    Some((column.checked_sub(1)?, row.parse().ok()?))
}

/// The name of the part that holds a sheet's cells.
fn sheet_path(zip: &mut ZipArchive<Cursor<&[u8]>>, sheet: &str) -> Option<String> {
    let book = zip.by_name("xl/workbook.xml").ok()?;
    let mut id = None;
    each_element(book, &mut |element| {
        let is_sheet = element.local_name().as_ref() == "sheet";
        if is_sheet && attribute(element, "name").as_deref() == Some(sheet) {
            id = attribute(element, "id");
        }
        id.is_none()
    })?;
    let links = zip.by_name("xl/_rels/workbook.xml.rels").ok()?;
    let mut target = None;
    each_element(links, &mut |element| {
        if id.is_some() && attribute(element, "Id") == id {
            target = attribute(element, "Target");
        }
        target.is_none()
    })?;
    let target = target?;
    Some(match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    })
}

/// Shows each element of a part, as long as `look` wants to go on; nothing if it is no XML.
fn each_element(
    part: ZipFile<'_, impl Read>,
    look: &mut dyn FnMut(&BytesStart<'_>) -> bool,
) -> Option<()> {
    let mut reader = Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).ok()?;
        if matches!(event, Event::Eof) {
            return Some(());
        }
        if let Event::Start(element) | Event::Empty(element) = event
            && !look(&element)
        {
            return Some(());
        }
    }
}

/// An attribute's value, whatever prefix its name bears.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element
        .attributes()
        .filter_map(Result::ok)
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}
