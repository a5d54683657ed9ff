//! Workbooks: which sheet is read, and its cells as text. XLSX is read by ourselves in one pass, the
//! other formats by way of a transcript, which calamine makes; XLSX and XLSB are streamed cell by cell,
//! never as a whole range, so that one cell far out costs nothing.

mod formats;
#[cfg(test)]
mod judge;
mod transcript;
mod xlsx;

use std::fmt;

use self::formats::{Book, Found, SheetName};
use self::transcript::Transcript;
use self::xlsx::Xlsx;
use super::archive;
use super::builder::{Builder, MAX_CELL, MAX_COLUMNS};
use super::container::{self, Format};
use super::layout::{Layout, Merge};
use super::merges::Merges;
use super::{File, ReadOptions, Reading, Refusal, Sheet, Source, share};

/// So much of a cell is looked at to know whether it names a column.
const MAX_NAME: usize = 1_000;
/// How many rows of each sheet are looked at to know its header.
const GLANCE: u32 = 40;

/// Reads the sheet asked for, or the first that looks like a list.
pub(super) fn read(
    file: &(impl File + ?Sized),
    bytes: &[u8],
    options: &ReadOptions,
    progress: &mut dyn FnMut(f32),
) -> Result<Reading, Refusal> {
    if container::workbook(bytes)? == Format::Xlsx {
        return read_book(&mut Xlsx::new(bytes)?, options, progress);
    }
    let transcript = file.transcript()?;
    read_book(&mut Transcript::open(&transcript)?, options, progress)
}

/// The cells of a workbook in a format other than XLSX, written down.
pub(super) fn transcribe(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    transcript::write(container::workbook(bytes)?, bytes)
}

/// Whether it is a workbook whose cells must be written down before it can be read.
pub(super) fn needs_transcript(bytes: &[u8]) -> bool {
    container::workbook(bytes).is_ok_and(|format| format != Format::Xlsx)
}

fn read_book(
    book: &mut impl Book,
    options: &ReadOptions,
    progress: &mut dyn FnMut(f32),
) -> Result<Reading, Refusal> {
    let mut sheets = Vec::new();
    for sheet in book.sheets() {
        sheets.push(glance(book, &sheet)?);
    }
    let chosen = choose(&sheets, options)?;
    let (name, rows) = (chosen.name.clone(), chosen.rows);
    let notice = (sheets.len() > 1 && options.sheet.is_none()).then(|| {
        format!(
            "Sheet “{name}” is read; the workbook has {}.",
            listed(&sheets)
        )
    });
    let mut taken = take_cells(book, &name, rows, &[], progress)?;
    if !taken.layout.merges.is_empty() {
        // They stand behind the cells in the file, and settle how the cells are read.
        let merges = std::mem::take(&mut taken.layout.merges);
        taken = take_cells(book, &name, rows, &merges, progress)?;
    }
    let Taken {
        builder,
        layout,
        last,
    } = taken;
    let built = builder.finish()?.ok_or_else(|| {
        Refusal::new(format!(
            "Sheet “{name}” is empty. The workbook has {}; choose the sheet that holds the list.",
            listed(&sheets)
        ))
    })?;
    if let Some(sheet) = sheets.iter_mut().find(|sheet| sheet.name == name) {
        sheet.rows = last;
    }
    let source = Source {
        sheet: Some(name),
        ..Source::default()
    };
    let (table, problems) = (built.table, built.problems);
    let mut notices: Vec<String> = notice.into_iter().chain(built.notices).collect();
    notices.extend(layout.notices(&table));
    Ok(Reading {
        table,
        source,
        sheets,
        notices,
        problems,
    })
}

/// What was taken from a sheet: its cells, its looks, and the number of its last row.
struct Taken {
    builder: Builder,
    layout: Layout,
    last: u64,
}

/// Takes all cells of the sheet, of which those in `merges` are merged into one.
fn take_cells(
    book: &mut impl Book,
    name: &str,
    rows: u64,
    merges: &[Merge],
    progress: &mut dyn FnMut(f32),
) -> Result<Taken, Refusal> {
    let mut builder = Builder::for_sheet(name, Merges::new(merges.to_vec()));
    let total = usize::try_from(rows).unwrap_or(usize::MAX);
    let mut current = 0_u32;
    let mut refusal = None;
    let layout = book.cells(name, &mut |cell| {
        let number = u64::from(cell.row) + 1;
        if cell.row < current {
            refusal = Some(damaged(format!(
                "row {number} stands after row {}",
                current + 1
            )));
            return false;
        }
        if cell.row > current {
            builder.end_row(u64::from(current) + 1, 0);
            if cell.row / 4096 > current / 4096 {
                progress(share(usize::try_from(cell.row).unwrap_or(0), total));
            }
            current = cell.row;
        }
        let column = usize::try_from(cell.column).unwrap_or(MAX_COLUMNS);
        if let Some(message) = fault(cell) {
            builder.problem(number, Some(column), message);
        }
        builder.shared_cell(column, start(cell.text, MAX_CELL), cell.shared);
        builder.refused().is_none()
    })?;
    if let Some(refusal) = refusal {
        return Err(refusal);
    }
    builder.end_row(u64::from(current) + 1, 0);
    Ok(Taken {
        builder,
        layout,
        last: u64::from(current) + 1,
    })
}

fn fault(cell: &Found<'_>) -> Option<String> {
    if cell.unsaved {
        return Some(
            "This cell holds a formula whose result was not saved. Open the workbook in a \
             spreadsheet program, save it and load it again."
                .to_owned(),
        );
    }
    if cell.too_long_a_number {
        return Some(format!(
            "{} is held as a number of 16 digits or more, of which a spreadsheet keeps only 15: its \
             last digits may be wrong. Export the list again with this column as text.",
            cell.text
        ));
    }
    (cell.text.len() > MAX_CELL).then(|| {
        "This cell holds more than a million characters; only the first are kept.".to_owned()
    })
}

fn start(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes))
        .unwrap_or_default()
}

fn glance(book: &mut impl Book, sheet: &SheetName) -> Result<Sheet, Refusal> {
    let mut first: Vec<Vec<String>> = Vec::new();
    let mut filled = 0;
    let mut last = None;
    let mut seen = 0_u64;
    let declared = u64::from(book.declared_rows(&sheet.name)?);
    book.cells(&sheet.name, &mut |cell| {
        if last != Some(cell.row) {
            last = Some(cell.row);
            filled += 1;
            if filled <= GLANCE {
                first.push(Vec::new());
            }
        }
        seen = u64::from(cell.row) + 1;
        if filled > GLANCE {
            // Only a sheet that does not say how long it is must be gone through.
            return declared < seen;
        }
        let column = usize::try_from(cell.column).unwrap_or(MAX_COLUMNS);
        if let (Some(row), true) = (first.last_mut(), column < MAX_COLUMNS) {
            row.resize(column.max(row.len()), String::new());
            if row.len() == column {
                row.push(start(cell.text, MAX_NAME).to_owned());
            }
        }
        true
    })?;
    let rows = if seen == 0 { 0 } else { declared.max(seen) };
    Ok(Sheet::glance(&sheet.name, sheet.hidden, rows, first))
}

/// The sheet asked for; or the first visible one with a list, with any cell, then hidden ones.
fn choose<'a>(sheets: &'a [Sheet], options: &ReadOptions) -> Result<&'a Sheet, Refusal> {
    if let Some(asked) = &options.sheet {
        let same = |sheet: &&Sheet| sheet.name == *asked;
        let alike =
            |sheet: &&Sheet| sheet.name.trim().to_lowercase() == asked.trim().to_lowercase();
        let found = sheets
            .iter()
            .find(same)
            .or_else(|| sheets.iter().find(alike));
        return found.ok_or_else(|| {
            Refusal::new(format!(
                "There is no sheet “{asked}” in this workbook. It has {}.",
                listed(sheets)
            ))
        });
    }
    let list = |sheet: &&Sheet| sheet.header.len() > 1 && sheet.rows > 1;
    let visible = || sheets.iter().filter(|sheet| !sheet.hidden);
    let found = visible()
        .find(list)
        .or_else(|| visible().find(|sheet| sheet.rows > 0));
    let hidden = || {
        sheets
            .iter()
            .find(list)
            .or_else(|| sheets.iter().find(|s| s.rows > 0))
    };
    found.or_else(hidden).ok_or_else(|| {
        Refusal::new("This workbook has no filled cell. Choose the workbook that holds the list.")
    })
}

fn listed(sheets: &[Sheet]) -> String {
    let names: Vec<String> = sheets
        .iter()
        .map(|sheet| {
            format!(
                "“{}”{}",
                sheet.name,
                if sheet.hidden { " (hidden)" } else { "" }
            )
        })
        .collect();
    match names.as_slice() {
        [] => "no sheets".to_owned(),
        [one] => format!("only {one}"),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

fn damaged(why: impl fmt::Display) -> Refusal {
    let why = why.to_string();
    if why.to_lowercase().contains("password") {
        return super::container::protected();
    }
    Refusal::new(format!(
        "This workbook cannot be read ({why}). Open it in a spreadsheet program, save it again as \
         an Excel workbook (.xlsx) and load that."
    ))
}

/// The refusal of a part of a workbook that cannot be unpacked.
fn not_whole(part: &str) -> Refusal {
    archive::damaged(&format!("{part}: its bytes do not fit its checksum"))
}
