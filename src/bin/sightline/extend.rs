//! `sightline extend`: more cases of a draw, or one in the place of another.

use std::ffi::OsString;

use lexopt::Parser;
use lexopt::prelude::{Long, Short, Value, ValueExt};
use sightline::sample::List;
use sightline::sample::further::Step;
use sightline::sample::verify::make_again;
use sightline::table::ReadOptions;

use crate::draw::method::shares;
use crate::draw::{needed, whole};
use crate::profile::encoding;
use crate::verify::{given, read_certificate, read_lists};
use crate::{Failure, Outcome, help, print};

const HELP: &str = "\
Goes on from a draw with the next tickets, and prints the certificate with the further cases.

Usage:
  sightline extend CERTIFICATE --list LIST --more N --reason TEXT [--by-hand NAME=n,NAME=n,...]
  sightline extend CERTIFICATE --list LIST --replace ID --reason TEXT

  CERTIFICATE            the certificate of the draw so far (JSON)
  --list LIST            the list it was drawn from; again for each file of several lists
  --more N               draw N more cases; strata get theirs by the draw's own rule
  --by-hand NAME=n,...   how many of them from each stratum, where they were set by hand
  --replace ID           draw the next case in the place of this one, which stays on the certificate
  --reason TEXT          why; the certificate shows it
  --sheet NAME           the sheet to read; otherwise the one that the certificate names
  --encoding NAME        as for sightline profile; otherwise it is found out

Nothing that was drawn is undrawn. A list that does not match the certificate is refused.
Exit code 0: drawn; 2: wrong use, a file that is refused, or a step that cannot be taken.";

/// Runs the command.
pub(crate) fn run(arguments: Parser) -> Result<Outcome, Failure> {
    let Some(asked) = Asked::parse(arguments)? else {
        return help(HELP);
    };
    let step = asked.step()?;
    let path = asked
        .path
        .ok_or_else(|| needed("the certificate to go on from"))?;
    if asked.lists.is_empty() {
        return Err(needed("--list LIST, the list that was drawn from"));
    }
    let reason = asked
        .reason
        .ok_or_else(|| needed("--reason TEXT, why the draw goes on"))?;
    let certificate = read_certificate(&path)?;
    let readings = read_lists(&asked.lists, &asked.options, &certificate)?;
    let framing = make_again(&certificate, &given(&readings))
        .map_err(|mismatches| Failure(mismatches.join(" ")))?;
    let list = List::of(&framing);
    let further = certificate.extend(&list, step, &reason)?;
    print(&format!("{}\n", certificate.with(further).to_json()))?;
    Ok(Outcome::Done)
}

/// The arguments, understood.
#[derive(Default)]
struct Asked {
    path: Option<OsString>,
    lists: Vec<OsString>,
    options: ReadOptions,
    more: Option<usize>,
    by_hand: Option<String>,
    replace: Option<String>,
    reason: Option<String>,
}

impl Asked {
    /// Nothing where help was asked for.
    fn parse(mut arguments: Parser) -> Result<Option<Self>, Failure> {
        let mut asked = Self::default();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("help") | Short('h') => return Ok(None),
                Long("list") => asked.lists.push(arguments.value()?),
                Long("more") => asked.more = Some(whole(&mut arguments, "--more")?),
                Long("by-hand") => asked.by_hand = Some(arguments.value()?.string()?),
                Long("replace") => asked.replace = Some(arguments.value()?.string()?),
                Long("reason") => asked.reason = Some(arguments.value()?.string()?),
                Long("sheet") => asked.options.sheet = Some(arguments.value()?.string()?),
                Long("encoding") => {
                    asked.options.encoding = Some(encoding(&arguments.value()?.string()?)?);
                }
                Value(path) if asked.path.is_none() => asked.path = Some(path),
                other @ (Long(_) | Short(_) | Value(_)) => return Err(other.unexpected().into()),
            }
        }
        Ok(Some(asked))
    }

    fn step(&self) -> Result<Step, Failure> {
        match (self.more, &self.replace, &self.by_hand) {
            (Some(size), None, None) => Ok(Step::more(size)),
            (Some(size), None, Some(by_hand)) => Ok(Step::More {
                size,
                by_hand: shares(by_hand, "--by-hand")?,
            }),
            (None, Some(id), None) => Ok(Step::replacement(id.trim())),
            (None, Some(_), Some(_)) => Err(Failure("--by-hand belongs to --more.".to_owned())),
            (None, None, _) | (Some(_), Some(_), _) => Err(Failure(
                "Give either --more N or --replace ID. `--help` tells more.".to_owned(),
            )),
        }
    }
}
