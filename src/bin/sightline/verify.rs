//! `sightline verify`: a certificate checked against a list.

use std::ffi::{OsStr, OsString};

use lexopt::Parser;
use lexopt::prelude::{Long, Short, Value, ValueExt};
use sightline::sample::certificate::Certificate;
use sightline::sample::verify::verify_table;
use sightline::table::{ReadOptions, Reading};

use crate::draw::needed;
use crate::profile::{encoding, read};
use crate::{Failure, Outcome, help, print};

const HELP: &str = "\
Checks a certificate against a list: the draw is done again, and each mismatch is named.

Usage: sightline verify CERTIFICATE --list LIST [--sheet NAME] [--encoding NAME]

  CERTIFICATE      the certificate that sightline draw or the page gave (JSON)
  --list LIST      the list it was drawn from
  --sheet NAME     the sheet to read; otherwise the one that the certificate names
  --encoding NAME  as for sightline profile; otherwise it is found out

Gives one JSON object: matches, mismatches [text], notes [text].
Exit code 0: all of it matches; 1: something does not; 2: wrong use, or a file that is refused.";

/// Runs the command.
pub(crate) fn run(mut arguments: Parser) -> Result<Outcome, Failure> {
    let (mut path, mut list) = (None, None);
    let mut options = ReadOptions::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => return help(HELP),
            Long("list") => list = Some(arguments.value()?),
            Long("sheet") => options.sheet = Some(arguments.value()?.string()?),
            Long("encoding") => options.encoding = Some(encoding(&arguments.value()?.string()?)?),
            Value(given) if path.is_none() => path = Some(given),
            other @ (Long(_) | Short(_) | Value(_)) => return Err(other.unexpected().into()),
        }
    }
    let path = path.ok_or_else(|| needed("the certificate to check"))?;
    let certificate = read_certificate(&path)?;
    let list = list.ok_or_else(|| needed("--list LIST, the list to check against"))?;
    let reading = read_list(list, options, &certificate)?;
    let found = verify_table(&certificate, &reading.source, &reading.table);
    let json = serde_json::to_string_pretty(&found).unwrap_or_default();
    print(&format!("{json}\n"))?;
    for mismatch in &found.mismatches {
        eprintln!("{mismatch}");
    }
    Ok(if found.matches {
        Outcome::Done
    } else {
        Outcome::Found
    })
}

/// Reads a certificate from its file.
pub(crate) fn read_certificate(path: &OsStr) -> Result<Certificate, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure(format!(
            "“{}” could not be opened: {error}.",
            path.to_string_lossy()
        ))
    })?;
    Ok(Certificate::read(&text)?)
}

/// Reads the list: the sheet that was asked for, or the certificate's, or else the first.
pub(crate) fn read_list(
    list: OsString,
    mut options: ReadOptions,
    certificate: &Certificate,
) -> Result<Reading, Failure> {
    if options.sheet.is_none() && certificate.list.sheet.is_some() {
        options.sheet.clone_from(&certificate.list.sheet);
        if let Ok(reading) = read(Some(list.clone()), &options) {
            return Ok(reading);
        }
        // Saved anew, a list may have another sheet's name, or none.
        options.sheet = None;
    }
    read(Some(list), &options)
}
