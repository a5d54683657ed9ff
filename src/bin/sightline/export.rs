//! `sightline export`: the findings of a saved round, as the page writes them.

use lexopt::prelude::{Long, Short, Value, ValueExt};
use serde_json::json;
use sightline::export::{Options, Report, csv, json as as_json, workbook};
use sightline::file::Opened;

use crate::draw::needed;
use crate::saved::{self, Given};
use crate::{Failure, Outcome, help, print};

const HELP: &str = "\
The findings of a saved round as a file, dated by the round's last entry.

Usage: sightline export FILE --to KIND -o OUT [--with-ids] [--drafts] [--passphrase-file PATH]

  FILE                    a file that the page saved (.sightline)
  --to KIND               xlsx, csv (the answers) or json
  -o OUT                  the file to write; one that is there is replaced
  --with-ids              case ids, tickets and the certificate go with it
  --drafts                reviews that nobody has signed count
  --passphrase-file PATH  a file with the passphrase in its first line; otherwise it is asked for

Gives one JSON object: written, kind, sheets [name, rows], lost.
Exit code 0: written; 1: written from a damaged file, as far as it goes; 2: refused.";

/// Runs the command.
pub(crate) fn run(mut arguments: lexopt::Parser) -> Result<Outcome, Failure> {
    let (mut given, mut options) = (Given::default(), Options::default());
    let (mut kind, mut out) = (None, None);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => return help(HELP),
            Long("to") => kind = Some(arguments.value()?.string()?),
            Long("out") | Short('o') => out = Some(arguments.value()?),
            Long("with-ids") => options.with_ids = true,
            Long("drafts") => options.drafts = true,
            Long("passphrase-file") => given.passphrase = Some(arguments.value()?),
            Value(path) if given.path.is_none() => given.path = Some(path),
            other @ (Long(_) | Short(_) | Value(_)) => return Err(other.unexpected().into()),
        }
    }
    let kind = kind.ok_or_else(|| needed("--to, the kind of file"))?;
    let out = out.ok_or_else(|| needed("-o, the file to write"))?;
    let opened = saved::read(given)?;
    let (bytes, report) = write(&opened, options, &kind)?;
    std::fs::write(&out, bytes).map_err(|error| {
        Failure(format!(
            "“{}” could not be written: {error}.",
            out.to_string_lossy()
        ))
    })?;
    let sheets = report
        .sheets
        .iter()
        .map(|sheet| json!({"name": sheet.name.to_string(), "rows": sheet.rows.len()}));
    let result = json!({
        "written": out.to_string_lossy(),
        "kind": kind,
        "sheets": sheets.collect::<Vec<_>>(),
        "lost": opened.lost,
    });
    print(&format!("{result:#}\n"))?;
    for warning in &report.warnings {
        eprintln!("{warning}");
    }
    Ok(saved::outcome(&opened))
}

fn write(opened: &Opened, mut options: Options, kind: &str) -> Result<(Vec<u8>, Report), Failure> {
    let (journal, round) = saved::round(opened)?;
    options.made_at = journal.entries().last().map_or(0, |entry| entry.at);
    let report = Report::of(&round, &options);
    let bytes = match kind {
        "xlsx" => workbook::write(&report)
            .map_err(|error| Failure(format!("The workbook could not be written: {error}")))?,
        "csv" => csv::write(&report),
        "json" => as_json::write(&report),
        _ => {
            return Err(Failure(format!(
                "There is no kind of file “{kind}”: xlsx, csv or json."
            )));
        }
    };
    Ok((bytes, report))
}
