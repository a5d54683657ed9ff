//! Workbooks: which sheet is read, and its cells as text. XLSX and XLSB are streamed cell by cell,
//! never as a whole range, so that one cell far out costs nothing.

mod formats;

use std::fmt;
use std::io::Cursor;

use calamine::{DataRef, Ods, Reader, SheetVisible, Xls, Xlsb, Xlsx};

use self::formats::{Book, Bytes, Found};
use super::builder::{Builder, MAX_CELL, MAX_COLUMNS, MAX_PROBLEMS};
use super::container::Format;
use super::layout::Layout;
use super::merges::Merges;
use super::{Place, Problem, ReadOptions, Reading, Refusal, Sheet, Source, letters, share};

/// How many rows of each sheet are looked at to know its header.
const GLANCE: u32 = 40;

/// Reads the sheet asked for, or the first that looks like a list.
pub(super) fn read(
    format: Format,
    bytes: &[u8],
    options: &ReadOptions,
    progress: &mut dyn FnMut(f32),
) -> Result<Reading, Refusal> {
    let data = Cursor::new(bytes);
    let unknown = |_: &str| Layout::default();
    match format {
        Format::Xlsx { formulas, layout } => {
            let mut book = Xlsx::new(data).map_err(damaged)?;
            let layout_of = |sheet: &str| {
                let some = layout.then(|| Layout::of(bytes, sheet));
                some.unwrap_or_default()
            };
            let mut reading = read_book(&mut book, options, &layout_of, progress)?;
            if formulas {
                name_unsaved_formulas(&mut book, &mut reading)?;
            }
            Ok(reading)
        }
        Format::Xlsb => {
            let mut book = Xlsb::new(data).map_err(damaged)?;
            read_book(&mut book, options, &unknown, progress)
        }
        Format::Xls => {
            let mut book = Xls::new(data).map_err(damaged)?;
            read_book(&mut book, options, &unknown, progress)
        }
        Format::Ods => {
            super::opendocument::check(bytes)?;
            let mut book = Ods::new(data).map_err(damaged)?;
            read_book(&mut book, options, &unknown, progress)
        }
    }
}

fn read_book(
    book: &mut impl Book,
    options: &ReadOptions,
    layout_of: &dyn Fn(&str) -> Layout,
    progress: &mut dyn FnMut(f32),
) -> Result<Reading, Refusal> {
    let mut sheets = Vec::new();
    for sheet in book.sheets() {
        sheets.push(glance(book, &sheet)?);
    }
    let chosen = choose(&sheets, options)?;
    let (name, rows) = (chosen.name.clone(), chosen.rows);
    let mut layout = layout_of(&name);
    let mut builder = Builder::for_sheet(&name, Merges::new(std::mem::take(&mut layout.merges)));
    if sheets.len() > 1 && options.sheet.is_none() {
        builder.notice(format!(
            "Sheet “{name}” is read; the workbook has {}.",
            listed(&sheets)
        ));
    }
    let row = take_cells(book, &name, rows, &mut builder, progress)?;
    let built = builder.finish()?.ok_or_else(|| {
        Refusal::new(format!(
            "Sheet “{name}” is empty. The workbook has {}; choose the sheet that holds the list.",
            listed(&sheets)
        ))
    })?;
    if let Some(sheet) = sheets.iter_mut().find(|sheet| sheet.name == name) {
        sheet.rows = row;
    }
    let source = Source {
        sheet: Some(name),
        ..Source::default()
    };
    let (table, mut notices, problems) = (built.table, built.notices, built.problems);
    notices.extend(layout.notices(&table));
    Ok(Reading {
        table,
        source,
        sheets,
        notices,
        problems,
    })
}

/// Takes all cells of the sheet; gives the number of the last row.
fn take_cells(
    book: &mut impl Book,
    name: &str,
    rows: u64,
    builder: &mut Builder,
    progress: &mut dyn FnMut(f32),
) -> Result<u64, Refusal> {
    let total = usize::try_from(rows).unwrap_or(usize::MAX);
    let mut current = 0_u32;
    let mut refusal = None;
    book.cells(name, &mut |cell| {
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
        builder.cell(column, shortened(cell.text));
        builder.refused().is_none()
    })?;
    if let Some(refusal) = refusal {
        return Err(refusal);
    }
    builder.end_row(u64::from(current) + 1, 0);
    Ok(u64::from(current) + 1)
}

fn fault(cell: &Found<'_>) -> Option<String> {
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

fn shortened(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MAX_CELL))
        .unwrap_or_default()
}

fn glance(book: &mut impl Book, sheet: &calamine::Sheet) -> Result<Sheet, Refusal> {
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
                row.push(shortened(cell.text).to_owned());
            }
        }
        true
    })?;
    let hidden = sheet.visible != SheetVisible::Visible;
    let rows = if seen == 0 { 0 } else { declared.max(seen) };
    Ok(Sheet::glance(&sheet.name, hidden, rows, first))
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
        return Refusal::new(
            "This workbook is protected by a password. Open it in the spreadsheet program, take \
             the password off, save it and load it again.",
        );
    }
    Refusal::new(format!(
        "This workbook cannot be read ({why}). Open it in a spreadsheet program, save it again as \
         an Excel workbook (.xlsx) and load that."
    ))
}

/// Lists the cells with a formula whose result was not stored: they are not empty cells.
fn name_unsaved_formulas(book: &mut Xlsx<Bytes<'_>>, reading: &mut Reading) -> Result<(), Refusal> {
    let sheet = reading.source.sheet.clone().unwrap_or_default();
    let mut reader = book.worksheet_cells_reader(&sheet).map_err(damaged)?;
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(damaged)? {
        if cell.formula.is_none() || !matches!(cell.value, DataRef::Empty) {
            continue;
        }
        let place = Place {
            sheet: Some(sheet.clone()),
            row: Some(u64::from(cell.pos.0) + 1),
            column: usize::try_from(cell.pos.1).ok().map(letters),
        };
        let message = "This cell holds a formula whose result was not saved. Open the workbook in \
                       a spreadsheet program, save it and load it again.";
        reading.problems.push(Problem {
            place,
            message: message.to_owned(),
        });
        if reading.problems.len() > MAX_PROBLEMS {
            break;
        }
    }
    reading.problems.sort_by_key(|problem| problem.place.row);
    Ok(())
}
