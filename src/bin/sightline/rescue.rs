//! `sightline rescue`: what a browser kept of a round, from its raw sealed files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lexopt::prelude::{Long, Short, Value, ValueExt};
use serde::Deserialize;
use serde_json::json;
use sightline::seal::base64;
use sightline::seal::keyring;
use sightline::store::assemble::{Copy, assemble, outline};
use sightline::store::segment::Segment;

use crate::draw::needed;
use crate::{Failure, Outcome, help, print, saved};

const HELP: &str = "\
What a browser kept of a round, from its raw sealed files, which the page without WebAssembly
saves. Copies from both places are taken together: what is whole in one is read.

Usage: sightline rescue FILE [--passphrase-file PATH]
       sightline rescue FOLDER [FOLDER] [--round NAME] [--passphrase-file PATH]

  FILE                    the file that the page without WebAssembly saved (sightline-raw-….json)
  FOLDER                  a folder of files ROUND.EPOCH.seg, of one place
  --round NAME            which round, where the folder has several
  --passphrase-file PATH  a file with the passphrase, the recovery code or the secret key in its
                          first line; otherwise it is asked for

Gives one JSON object: round, opened_at, lines (the journal), adrift (lines that are not part of it:
of a window that another had overtaken, or behind damage), damaged (bytes that cannot be read).
Exit code 0: all is in its place; 1: something is adrift or damaged; 2: refused.";

/// Runs the command.
pub(crate) fn run(mut arguments: lexopt::Parser) -> Result<Outcome, Failure> {
    let (mut folders, mut named, mut passphrase) = (Vec::new(), None, None);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => return help(HELP),
            Long("round") => named = Some(arguments.value()?.string()?),
            Long("passphrase-file") => passphrase = Some(arguments.value()?),
            Value(path) if folders.len() < 2 => folders.push(PathBuf::from(path)),
            other @ (Long(_) | Short(_) | Value(_)) => return Err(other.unexpected().into()),
        }
    }
    let mut rounds: BTreeMap<String, Vec<Copy>> = BTreeMap::new();
    let is_raw = folders.len() == 1 && folders.iter().all(|path| path.is_file());
    for path in folders.iter().filter(|_| is_raw) {
        let (round, copies) = raw(path)?;
        rounds.insert(round, copies);
    }
    for (number, folder) in folders.iter().enumerate().filter(|_| !is_raw) {
        for (segment, bytes) in read(folder)? {
            let copies = rounds.entry(segment.round).or_default();
            copies.resize(folders.len(), Copy::new());
            copies[number].insert(segment.epoch, bytes);
        }
    }
    if let Some(named) = &named {
        rounds.retain(|round, _| round == named);
    }
    let mut rounds = rounds.into_iter();
    let (Some((round, copies)), None) = (rounds.next(), rounds.next()) else {
        return Err(needed("a folder with one round, or --round and its name"));
    };
    let outline = outline(&copies).ok_or_else(|| {
        Failure("The beginning of this round cannot be read in any copy.".to_owned())
    })?;
    let key = match keyring::open_key(&outline.header.slots) {
        Some(key) => key.clone(),
        None => keyring::unlock(&outline.header.slots, &saved::passphrase(passphrase)?)
            .map_err(|refusal| Failure(refusal.0))?,
    };
    let found = assemble(&round, &key, &copies);
    let whole = found.adrift.is_empty() && found.damaged == 0;
    let result = json!({
        "round": round,
        "opened_at": outline.header.opened_at,
        "lines": found.lines,
        "adrift": found.adrift,
        "damaged": found.damaged,
    });
    print(&format!("{result:#}\n"))?;
    Ok(if whole { Outcome::Done } else { Outcome::Found })
}

/// What the page without WebAssembly saved: the round, and its segments in each place.
fn raw(path: &Path) -> Result<(String, Vec<Copy>), Failure> {
    let strange = || {
        Failure(format!(
            "“{}” is no file of sealed records.",
            path.display()
        ))
    };
    let bytes = std::fs::read(path)?;
    let file: Raw = serde_json::from_slice(&bytes).map_err(|_| strange())?;
    if file.format != FORMAT {
        return Err(strange());
    }
    let mut places: BTreeMap<String, Copy> = BTreeMap::new();
    for part in file.segments {
        // Pieces of earlier versions have no epoch, and are not sealed.
        if let Some(epoch) = part.epoch {
            let bytes = base64::decode(&part.bytes).ok_or_else(strange)?;
            places.entry(part.place).or_default().insert(epoch, bytes);
        }
    }
    Ok((file.round, places.into_values().collect()))
}

/// The format of that file.
const FORMAT: &str = "sightline-raw/1";

#[derive(Deserialize)]
struct Raw {
    format: String,
    round: String,
    segments: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    place: String,
    epoch: Option<u64>,
    bytes: String,
}

fn read(folder: &Path) -> Result<Vec<(Segment, Vec<u8>)>, Failure> {
    let failed = |error: std::io::Error| Failure(format!("“{}”: {error}.", folder.display()));
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let segment = name.and_then(|name| Segment::parse(name.strip_suffix(".seg")?));
        if let Some(segment) = segment {
            found.push((segment, std::fs::read(&path).map_err(failed)?));
        }
    }
    Ok(found)
}
