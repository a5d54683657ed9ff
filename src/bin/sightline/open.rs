//! `sightline open`: what a saved round holds.

use lexopt::prelude::{Long, Short, Value};
use serde_json::json;

use crate::saved::{self, Given};
use crate::{Failure, Outcome, help, print};

const HELP: &str = "\
What a saved round holds: its list, its sample, how far its reviews have come.

Usage: sightline open FILE [--passphrase-file PATH]

  FILE                    a file that the page saved (.sightline)
  --passphrase-file PATH  a file with the passphrase in its first line; otherwise it is asked for

Gives one JSON object: round, title, auditor, opened_at, saved_at, made_up, entries, list, sample,
signed, and lost: null, or what of a damaged file is missing {read, of, why}.
Exit code 0: whole; 1: damaged, and what could be read is shown; 2: refused.";

/// Runs the command.
pub(crate) fn run(mut arguments: lexopt::Parser) -> Result<Outcome, Failure> {
    let mut given = Given::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => return help(HELP),
            Long("passphrase-file") => given.passphrase = Some(arguments.value()?),
            Value(path) if given.path.is_none() => given.path = Some(path),
            other @ (Long(_) | Short(_) | Value(_)) => return Err(other.unexpected().into()),
        }
    }
    let opened = saved::read(given)?;
    let (_, round) = saved::round(&opened)?;
    let coverage = round.coverage();
    let list = round.list.as_ref();
    let result = json!({
        "round": opened.saved.round,
        "title": round.title,
        "auditor": round.auditor,
        "opened_at": round.opened_at,
        "saved_at": opened.saved.saved_at,
        "made_up": round.made_up,
        "entries": opened.saved.lines.len(),
        "list": list.map(|list| json!({"name": list.source.name, "cases": list.size})),
        "sample": coverage.sampled,
        "signed": coverage.signed,
        "lost": opened.lost,
    });
    print(&format!("{result:#}\n"))?;
    Ok(saved::outcome(&opened))
}
