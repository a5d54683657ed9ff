//! `sightline balance`: a sample beside the list that it was drawn from.

use lexopt::Parser;
use sightline::sample::List;
use sightline::sample::verify::make_again;
use sightline::table::column;

use crate::verify::{certificate_and_lists, given};
use crate::{Failure, Outcome, help, print};

const HELP: &str = "\
Sets a sample beside the list that it was drawn from, column by column. It is no ground for drawing
again.

Usage: sightline balance CERTIFICATE --list LIST [--list LIST] [--sheet NAME] [--encoding NAME]

  CERTIFICATE      the certificate that sightline draw or the page gave (JSON)
  --list LIST      the list it was drawn from; again for each file, where several lists were linked
  --sheet NAME     the sheet to read; otherwise the one that the certificate names
  --encoding NAME  as for sightline profile; otherwise it is found out

Gives one JSON object: frame and sample (cases that chance decided about, and those drawn of them),
columns [{column, groups [{name, frame, sample, range}]}]; range is the least and the most cases in the
sample that chance alone explains, null where the method gives no simple rule.
Exit code 0: done; 2: wrong use, a file that is refused, or a list that was not drawn from.";

/// Runs the command.
pub(crate) fn run(arguments: Parser) -> Result<Outcome, Failure> {
    let Some((certificate, readings)) = certificate_and_lists(arguments)? else {
        return help(HELP);
    };
    let framing = make_again(&certificate, &given(&readings))
        .map_err(|mismatches| Failure(mismatches.join(" ")))?;
    let list = List::of(&framing);
    let balance = certificate.balance(&list, &column::profiles(list.table))?;
    let json = serde_json::to_string_pretty(&balance).unwrap_or_default();
    print(&format!("{json}\n"))?;
    eprintln!("{balance}");
    Ok(Outcome::Done)
}
