//! `sightline merge`: what two files hold of one round, in one.

use lexopt::prelude::{Long, Short, Value};
use serde_json::json;
use sightline::file::{self, Lock, Saved};
use sightline::journal::merge::{Refusal, merge};
use sightline::seal::age::{Entropy, Work};
use sightline::seal::recipient::Recipient;

use crate::draw::needed;
use crate::saved::{self, Given};
use crate::{Failure, Outcome, help, print};

const HELP: &str = "\
What two files hold of one round, put together in a third. Each author's entries are taken from
the file that has more of them. Where one author's entries part, nothing is written.

Usage: sightline merge A B -o C [--passphrase-file PATH]… [--recipient KEY]…

  A, B                    files that the page saved (.sightline)
  -o C                    the file to write; one that is there is replaced
  --passphrase-file PATH  a file with a passphrase, or a secret key of age, in its first line: the
                          first for A, the second for B, the third for C; the last given serves for
                          the rest, and what is not given is asked for
  --recipient KEY         seals C for this public key (age1…) and not with a passphrase

Gives one JSON object: written, round, entries, came_in [entries only A has, only B has], forks
[author, number, entries], lost [what is missing of A, of B].
Exit code 0: written; 1: not written, as entries part, or written from a damaged file; 2: refused.";

/// Runs the command.
pub(crate) fn run(mut arguments: lexopt::Parser) -> Result<Outcome, Failure> {
    let (mut paths, mut passphrases) = (Vec::new(), Vec::new());
    let (mut out, mut recipients) = (None, Vec::new());
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => return help(HELP),
            Short('o') | Long("output") => out = Some(arguments.value()?),
            Long("passphrase-file") => passphrases.push(arguments.value()?),
            Long("recipient") => {
                let key = arguments.value()?.to_string_lossy().into_owned();
                let no_key = || Failure(format!("“{key}” is no public key of age."));
                recipients.push(Recipient::parse(&key).ok_or_else(no_key)?);
            }
            Value(path) if paths.len() < 2 => paths.push(path),
            other @ (Long(_) | Short(_) | Value(_)) => return Err(other.unexpected().into()),
        }
    }
    let out = out.ok_or_else(|| needed("-o and the file to write"))?;
    let [one, other] = <[_; 2]>::try_from(paths).map_err(|_| needed("two saved files"))?;
    let given = |at: usize| passphrases.get(at).or(passphrases.last()).cloned();
    let read = |path, at| {
        saved::read(Given {
            path: Some(path),
            passphrase: given(at),
        })
    };
    let (one, other) = (read(one, 0)?, read(other, 1)?);
    let lines = match merge(&one.saved.lines, &other.saved.lines) {
        Ok(lines) => lines,
        Err(refusal) => return refused(refusal),
    };
    let merged = Saved {
        round: one.saved.round.clone(),
        saved_at: one.saved.saved_at.max(other.saved.saved_at),
        lines,
    };
    let passphrase;
    let lock = if recipients.is_empty() {
        passphrase = saved::passphrase(given(2))?;
        Lock::Passphrase(&passphrase, Work::USUAL)
    } else {
        Lock::Recipients(&recipients)
    };
    let bytes = file::write(&merged, lock, &entropy()?)?;
    std::fs::write(&out, bytes)
        .map_err(|error| Failure(format!("“{}”: {error}.", out.to_string_lossy())))?;
    let entries = merged.lines.len();
    let result = json!({
        "written": out.to_string_lossy(),
        "round": merged.round,
        "entries": entries,
        "came_in": [entries - other.saved.lines.len(), entries - one.saved.lines.len()],
        "forks": [],
        "lost": [one.lost, other.lost],
    });
    print(&format!("{result:#}\n"))?;
    Ok(match saved::outcome(&one) {
        Outcome::Done => saved::outcome(&other),
        Outcome::Found => Outcome::Found,
    })
}

/// Says why nothing was put together.
fn refused(refusal: Refusal) -> Result<Outcome, Failure> {
    match refusal {
        Refusal::OtherRound => Err(Failure(
            "These files hold different rounds: their first entries are not the same.".to_owned(),
        )),
        Refusal::Broken(side, fault) => Err(Failure(format!("File {}: {fault}", side + 1))),
        Refusal::Forks(forks) => {
            for fork in &forks {
                eprintln!("{fork} Nothing was written; both files are as they were.");
            }
            let forks = forks.iter().map(|fork| {
                json!({
                    "author": fork.author,
                    "number": fork.number,
                    "entries": fork.entries,
                })
            });
            let result = json!({ "written": null, "forks": forks.collect::<Vec<_>>() });
            print(&format!("{result:#}\n"))?;
            Ok(Outcome::Found)
        }
    }
}

fn entropy() -> Result<Entropy, Failure> {
    let mut bytes = [0; 48];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure(format!("This computer gives no random bytes: {error}.")))?;
    Ok(Entropy(bytes))
}
