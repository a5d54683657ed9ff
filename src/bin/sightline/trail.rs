//! `sightline trail`: who did what when, and whether the chain holds.

use lexopt::prelude::{Long, Short, Value};
use serde_json::json;
use sightline::journal::trail;

use crate::saved::{self, Given};
use crate::{Failure, Outcome, help, print};

const HELP: &str = "\
Who did what when in a saved round, and whether each entry follows the one before it.

Usage: sightline trail FILE [--passphrase-file PATH]

  FILE                    a file that the page saved (.sightline), also once age and gunzip have
                          opened it
  --passphrase-file PATH  a file with the passphrase in its first line; otherwise it is asked for

Gives one JSON object: holds, entries, broken (null, or what is wrong from which entry on), trail
[line, author, name, number, at, case, kind, what], up to the first broken entry.
Exit code 0: the chain holds; 1: it is broken; 2: the file is refused.";

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
    let (journal, _) = saved::round(&opened)?;
    let steps = trail::of(journal.entries());
    let result = json!({
        "holds": opened.lost.is_none(),
        "entries": opened.lost.as_ref().map_or(steps.len(), |lost| lost.of),
        "broken": opened.lost.as_ref().map(|lost| &lost.why),
        "trail": steps,
    });
    print(&format!("{result:#}\n"))?;
    Ok(saved::outcome(&opened))
}
