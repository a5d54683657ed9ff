//! `sightline verify`: a certificate checked against a list.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use lexopt::Parser;
use lexopt::prelude::{Long, Short, Value, ValueExt};
use sightline::frame::plan::Given;
use sightline::sample::certificate::Certificate;
use sightline::sample::verify::{self, GivenFile, verify_lists};
use sightline::table::{ReadOptions, Reading};

use crate::draw::needed;
use crate::profile::encoding;
use crate::{Failure, Outcome, help, print};

const HELP: &str = "\
Checks a certificate against a list: the draw is done again, and each mismatch is named.

Usage: sightline verify CERTIFICATE --list LIST [--list LIST] [--sheet NAME] [--encoding NAME]

  CERTIFICATE      the certificate that sightline draw or the page gave (JSON)
  --list LIST      the list it was drawn from; again for each file, where several lists were linked.
                   Files are known by their bytes, else by their names, else by their order
  --sheet NAME     the sheet to read; otherwise the one that the certificate names (of several lists
                   always those)
  --encoding NAME  as for sightline profile; otherwise it is found out

Gives one JSON object: matches, checked [{what, matches}], mismatches [text], notes [text].
Exit code 0: all of it matches; 1: something does not; 2: wrong use, or a file that is refused.";

/// Runs the command.
pub(crate) fn run(arguments: Parser) -> Result<Outcome, Failure> {
    let Some((certificate, readings)) = certificate_and_lists(arguments)? else {
        return help(HELP);
    };
    let found = verify_lists(&certificate, &given(&readings));
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

/// A certificate with the lists that it was drawn from, where they were given.
pub(crate) type Checkable = (Certificate, Vec<Option<Reading>>);

/// Reads the certificate and the lists that stand on the command line; nothing where help was asked
/// for.
pub(crate) fn certificate_and_lists(mut arguments: Parser) -> Result<Option<Checkable>, Failure> {
    let (mut path, mut lists) = (None, Vec::new());
    let mut options = ReadOptions::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(None),
            Long("list") => lists.push(arguments.value()?),
            Long("sheet") => options.sheet = Some(arguments.value()?.string()?),
            Long("encoding") => options.encoding = Some(encoding(&arguments.value()?.string()?)?),
            Value(given) if path.is_none() => path = Some(given),
            other @ (Long(_) | Short(_) | Value(_)) => return Err(other.unexpected().into()),
        }
    }
    let path = path.ok_or_else(|| needed("the certificate"))?;
    let certificate = read_certificate(&path)?;
    if lists.is_empty() {
        return Err(needed("--list LIST, the list that was drawn from"));
    }
    let readings = read_lists(&lists, &options, &certificate)?;
    Ok(Some((certificate, readings)))
}

/// Reads a certificate from its file.
pub(crate) fn read_certificate(path: &OsStr) -> Result<Certificate, Failure> {
    Ok(Certificate::read_bytes(&bytes_of(Path::new(path))?)?)
}

/// Reads the lists that a certificate was drawn from, in its order, from these files; nothing in the
/// place of one that is in none of them.
pub(crate) fn read_lists(
    paths: &[OsString],
    options: &ReadOptions,
    certificate: &Certificate,
) -> Result<Vec<Option<Reading>>, Failure> {
    if certificate.listed_files().len() == 1 && paths.len() > 1 {
        return Err(Failure(
            "The certificate was drawn from one list: give one --list.".to_owned(),
        ));
    }
    let mut files = Vec::new();
    for path in paths {
        let path = Path::new(path);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        files.push((name, bytes_of(path)?));
    }
    let given: Vec<GivenFile> = files
        .iter()
        .map(|(name, bytes)| GivenFile {
            name,
            contents: bytes,
        })
        .collect();
    let lists = verify::read_lists(certificate, &given, options, &mut |_| {});
    let lists = lists.map_err(|unread| {
        let name = given.get(unread.file).map_or("", |file| file.name);
        Failure(format!("“{name}” could not be read. {}", unread.why))
    })?;
    Ok(lists.readings)
}

/// The readings as lists of a plan.
pub(crate) fn given(readings: &[Option<Reading>]) -> Vec<Option<Given<'_>>> {
    readings
        .iter()
        .map(|reading| reading.as_ref().map(Given::from))
        .collect()
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| {
        Failure(format!(
            "“{}” could not be opened: {error}.",
            path.display()
        ))
    })
}
