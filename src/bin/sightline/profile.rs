//! `sightline profile`: what a case list holds, and what is wrong with it.

use std::ffi::OsString;
use std::path::Path;

use lexopt::prelude::{Long, Short, Value, ValueExt};
use serde_json::json;
use sightline::frame::{self, Frame, annex_a};
use sightline::table::{self, Encoding, ReadOptions, Reading, column};

use crate::{Failure, Outcome, help, print};

const HELP: &str = "\
What a case list holds: its columns, what was decided on reading it, what is wrong with it.

Usage: sightline profile LIST [--sheet NAME] [--encoding NAME]

  LIST             a workbook (XLSX, XLSM, XLSB, XLS, ODS) or a text file (CSV and its like)
  --sheet NAME     the sheet to read; otherwise the first visible one that holds a list
  --encoding NAME  UTF-8, UTF-16LE, UTF-16BE or Windows-1252; otherwise it is found out

Gives one JSON object: rows, columns [name, kind, filled, distinct, samples, top, dates], sheet,
encoding, sheets, notices, problems [sheet, row, column, message], annex_a.
Exit code 0: the list loads; 1: it has faulty rows, each named; 2: it is refused.";

/// Runs the command.
pub(crate) fn run(mut arguments: lexopt::Parser) -> Result<Outcome, Failure> {
    let mut list = None;
    let mut options = ReadOptions::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => return help(HELP),
            Long("sheet") => options.sheet = Some(arguments.value()?.string()?),
            Long("encoding") => options.encoding = Some(encoding(&arguments.value()?.string()?)?),
            Value(path) if list.is_none() => list = Some(path),
            other @ (Long(_) | Short(_) | Value(_)) => return Err(other.unexpected().into()),
        }
    }
    let mut reading = read(list, &options)?;
    add_what_ids_show(&mut reading);
    let names: Vec<&str> = reading.table.names().collect();
    let known = annex_a::recognise(&names);
    let sheets: Vec<_> = reading
        .sheets
        .iter()
        .map(|sheet| {
            let known = annex_a::recognise(&sheet.header).map(|list| list.number);
            json!({"name": sheet.name, "rows": sheet.rows, "hidden": sheet.hidden, "annex_a": known})
        })
        .collect();
    let result = json!({
        "rows": reading.table.rows(),
        "columns": column::profiles(&reading.table),
        "sheet": reading.source.sheet,
        "encoding": reading.source.encoding,
        "sheets": sheets,
        "notices": reading.notices,
        "problems": reading.problems,
        "annex_a": known.map(|list| list.number),
    });
    print(&format!("{result:#}\n"))?;
    for notice in &reading.notices {
        eprintln!("{notice}");
    }
    for problem in &reading.problems {
        eprintln!("{problem}");
    }
    Ok(if reading.problems.is_empty() {
        Outcome::Done
    } else {
        Outcome::Found
    })
}

/// What is wrong with the ids of the column that most likely holds them.
fn add_what_ids_show(reading: &mut Reading) {
    let Some(column) = frame::guess_id_column(&column::profiles(&reading.table)) else {
        return;
    };
    let frame = Frame::new(&reading.table, &[column]);
    let name = reading.table.name(column);
    let repeats = frame.repeats().len();
    if repeats > 0 {
        let rows = if repeats == 1 {
            "row repeats"
        } else {
            "rows repeat"
        };
        reading.notices.push(format!(
            "{repeats} {rows} the id of an earlier row in “{name}”."
        ));
    }
    reading
        .problems
        .extend(frame.faulty().iter().chain(frame.lookalikes()).cloned());
    reading.problems.sort_by_key(|problem| problem.place.row);
}

/// Reads the list that a command was given.
pub(crate) fn read(list: Option<OsString>, options: &ReadOptions) -> Result<Reading, Failure> {
    let list = list.ok_or_else(|| Failure("Which list? Give the path of a file.".to_owned()))?;
    let path = Path::new(&list);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let bytes = std::fs::read(path).map_err(|error| {
        Failure(format!(
            "“{}” could not be opened: {error}.",
            path.display()
        ))
    })?;
    table::read(&name, &bytes, options, &mut |_| {})
        .map_err(|refusal| Failure(format!("“{name}” could not be read. {refusal}")))
}

/// The encoding of that name.
pub(crate) fn encoding(name: &str) -> Result<Encoding, Failure> {
    Encoding::named(name).ok_or_else(|| {
        Failure(format!(
            "There is no encoding “{name}” here; there are UTF-8, UTF-16LE, UTF-16BE and \
             Windows-1252."
        ))
    })
}
