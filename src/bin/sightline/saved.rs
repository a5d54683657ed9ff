//! A saved round, as three commands read it: `open`, `trail` and `export`.

use std::ffi::OsString;
use std::path::Path;

use sightline::file::{self, Opened};
use sightline::journal::Journal;
use sightline::round::Round;

use crate::draw::needed;
use crate::{Failure, Outcome};

/// The file that a command was given, and where its passphrase stands.
#[derive(Debug, Default)]
pub(crate) struct Given {
    /// The path of the file.
    pub(crate) path: Option<OsString>,
    /// The path of a file with the passphrase in its first line.
    pub(crate) passphrase: Option<OsString>,
}

/// Reads a saved round. The passphrase is asked for where it is needed and not given.
pub(crate) fn read(given: Given) -> Result<Opened, Failure> {
    let path = given.path.ok_or_else(|| needed("the saved file"))?;
    let bytes = bytes(&path)?;
    let passphrase = match given.passphrase {
        None if !file::is_sealed(&bytes) => String::new(),
        given => passphrase(given)?,
    };
    Ok(file::read(&bytes, &passphrase)?)
}

/// The first line of a file; or what is asked for at the terminal.
pub(crate) fn passphrase(path: Option<OsString>) -> Result<String, Failure> {
    match path {
        Some(path) => {
            let text = String::from_utf8(bytes(&path)?)
                .map_err(|_| Failure("The passphrase file is not text in UTF-8.".to_owned()))?;
            Ok(text.lines().next().unwrap_or_default().to_owned())
        }
        None => {
            asked_for().map_err(|_| needed("--passphrase-file, as there is no terminal to ask at"))
        }
    }
}

/// The journal of a saved round, and the round that it tells of.
pub(crate) fn round(opened: &Opened) -> Result<(Journal, Round), Failure> {
    let mut journal = Journal::default();
    for line in &opened.saved.lines {
        journal.take(line)?;
    }
    let (round, _) = Round::fold(&journal).ok_or_else(|| {
        Failure("The beginning of the round cannot be read. Use another copy of it.".to_owned())
    })?;
    Ok((journal, round))
}

/// How a command on a saved round ends: what is lost of a damaged one is told.
pub(crate) fn outcome(opened: &Opened) -> Outcome {
    match &opened.lost {
        Some(lost) => {
            eprintln!("{lost}");
            Outcome::Found
        }
        None => Outcome::Done,
    }
}

fn bytes(path: &OsString) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| {
        Failure(format!(
            "“{}” could not be opened: {error}.",
            Path::new(path).display()
        ))
    })
}

/// The passphrase that a person types, without showing it.
#[cfg(not(target_family = "wasm"))]
fn asked_for() -> std::io::Result<String> {
    rpassword::prompt_password("Passphrase: ")
}

/// Where there is no terminal nobody can be asked. (The benchmarks are built for WebAssembly with all that
/// stands beside them.)
#[cfg(target_family = "wasm")]
fn asked_for() -> std::io::Result<String> {
    Err(std::io::ErrorKind::Unsupported.into())
}
