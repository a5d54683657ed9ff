//! `sightline rows`: the table as it was read, as CSV.

use lexopt::prelude::{Long, Short, Value, ValueExt};
use sightline::table::{ReadOptions, csv};

use crate::profile::{encoding, read};
use crate::{Failure, Outcome, help, print};

const HELP: &str = "\
The list as it is read, as RFC 4180 CSV in UTF-8, header first.

Usage: sightline rows LIST [--sheet NAME] [--encoding NAME] [--from ROW] [--count N]

  LIST             a workbook (XLSX, XLSM, XLSB, XLS, ODS) or a text file (CSV and its like)
  --sheet NAME     the sheet to read; otherwise the first visible one that holds a list
  --encoding NAME  UTF-8, UTF-16LE, UTF-16BE or Windows-1252; otherwise it is found out
  --from ROW       the first row to give; the row below the header is 1
  --count N        how many rows to give; otherwise all
Exit code 0: done; 2: the list is refused.";

/// How many rows are written at once.
const AT_ONCE: usize = 10_000;

/// Runs the command.
pub(crate) fn run(mut arguments: lexopt::Parser) -> Result<Outcome, Failure> {
    let mut list = None;
    let mut options = ReadOptions::default();
    let (mut from, mut count) = (1_usize, usize::MAX);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => return help(HELP),
            Long("sheet") => options.sheet = Some(arguments.value()?.string()?),
            Long("encoding") => options.encoding = Some(encoding(&arguments.value()?.string()?)?),
            Long("from") => from = arguments.value()?.parse()?,
            Long("count") => count = arguments.value()?.parse()?,
            Value(path) if list.is_none() => list = Some(path),
            other @ (Long(_) | Short(_) | Value(_)) => return Err(other.unexpected().into()),
        }
    }
    if from == 0 {
        return Err(Failure(
            "Rows are counted from 1: --from 1 is the first.".to_owned(),
        ));
    }
    let table = read(list, &options)?.table;
    let mut text = String::new();
    csv::write_row(table.names(), &mut text);
    for row in (0..table.rows()).skip(from - 1).take(count) {
        csv::write_row(
            (0..table.columns()).map(|column| table.cell(row, column)),
            &mut text,
        );
        if row % AT_ONCE == 0 {
            print(&text)?;
            text.clear();
        }
    }
    print(&text)?;
    Ok(Outcome::Done)
}
