//! `sightline draw`: a sample from a list, with its certificate.

mod lists;
pub(crate) mod method;

use std::str::FromStr;

use lexopt::Parser;
use lexopt::prelude::{Long, Short, Value, ValueExt};
use sightline::sample::List;
use sightline::sample::cap::Cap;
use sightline::sample::certificate::{Certificate, DrawNumber};
use sightline::sample::method::{Method, MustInclude};
use sightline::sample::seed::{Seed, SeedOrigin};
use sightline::table::Table;

use self::lists::ListWords;
use self::method::MethodWords;
use crate::{Failure, Outcome, help, print};

const HELP: &str = "\
Draws a random sample from a case list, or from several linked ones, and prints its certificate (JSON).

Usage: sightline draw LIST --id COLUMN --seed TEXT --size N [options]

  --seed TEXT            the seed: dice rolls, or a phrase agreed beforehand
  --size N               how many cases
  --method WORD          simple (default), stratified, two_stage, systematic or weighted
  --strata COLUMN        stratified: the column of strata; again for several columns
  --bands COLUMN=0-4,5-9,10+
                         stratified: a column of strata, cut at these edges; for a column of dates
                         add the day to which they are counted: COLUMN=0-30,31+ days to 2026-03-31,
                         or years to; or give days as edges: 2025-04-01 to 2025-06-30,2025-07-01+
  --allocation WORD      stratified: proportional (default), equal, neyman, or NAME=n,NAME=n,...;
                         two_stage: proportional (default) or equal
  --spread NAME=s,...    neyman: each stratum's standard deviation, up to six decimals
  --min-per-stratum K    stratified: at least K from each stratum (default 0)
  --stage COLUMN         two_stage: the column of teams; again for several columns
  --teams T              two_stage: draw T teams, and then the sample from these
  --order-by COLUMN      systematic: order the list by this column, then by id; again for several
  --weight COLUMN        weighted: the column with the weights
  --drop M               pass over the first M tickets, in each stratum (default 0)
  --reserve R            how many cases to keep in reserve, in each stratum
                         (default: half of N, at least 5; in a stratum half, at least 2)
  --cap COLUMN=K         at most K cases in the sample for each value of the column; again for more
  --must-include ID=WHY  a case that is audited anyway and apart from the sample; again for more
  --origin WORD          where the seed came from: given (default), dice or machine
  --number K             which draw of this list it is (default 1)
  --reason TEXT          why it is drawn again, from the second draw on";

const EXIT: &str = "\
Exit code 0: drawn; 2: wrong use, a list that is refused, or a draw that cannot be made.";

/// Runs the command.
pub(crate) fn run(arguments: Parser) -> Result<Outcome, Failure> {
    let Some(asked) = Asked::parse(arguments)? else {
        return help(&format!("{HELP}\n\n{}\n\n{EXIT}", lists::HELP));
    };
    let seed = Seed::new(&asked.seed, asked.origin)?;
    let framing = asked.lists.framing()?;
    let list = List::of(&framing);
    let certificate = Certificate::draw(&list, &asked.method, &seed, asked.number)?;
    print(&format!("{}\n", certificate.to_json()))?;
    for notice in &framing.notices {
        eprintln!("{notice}");
    }
    let frame = &framing.frame;
    let problems = [frame.faulty(), frame.repeats(), frame.lookalikes()];
    for problem in framing
        .problems
        .iter()
        .chain(problems.into_iter().flatten())
    {
        eprintln!("{problem}");
    }
    Ok(Outcome::Done)
}

/// The columns of these names.
pub(crate) fn columns(table: &Table, names: &[String]) -> Result<Vec<usize>, Failure> {
    let place = |name: &String| {
        table.column_named(name).ok_or_else(|| {
            let there: Vec<String> = table.names().map(|name| format!("“{name}”")).collect();
            Failure(format!(
                "The list has no column “{name}”. Its columns are: {}.",
                there.join(", ")
            ))
        })
    };
    names.iter().map(place).collect()
}

/// The arguments, understood.
struct Asked {
    lists: ListWords,
    seed: String,
    origin: SeedOrigin,
    method: Method,
    number: DrawNumber,
}

impl Asked {
    /// Nothing where help was asked for.
    fn parse(mut arguments: Parser) -> Result<Option<Self>, Failure> {
        let (mut seed, mut size, mut words) = (None, None, MethodWords::default());
        let mut asked = Self {
            lists: ListWords::default(),
            seed: String::new(),
            origin: SeedOrigin::Given,
            method: Method::simple(0),
            number: DrawNumber::first(),
        };
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("help") | Short('h') => return Ok(None),
                Long("seed") => seed = Some(arguments.value()?.string()?),
                Long("size") => size = Some(whole(&mut arguments, "--size")?),
                Long("drop") => asked.method.drop = whole(&mut arguments, "--drop")?,
                Long("reserve") => asked.method.reserve = Some(whole(&mut arguments, "--reserve")?),
                Long("cap") => asked.method.caps.push(cap(&arguments.value()?.string()?)?),
                Long("must-include") => {
                    asked
                        .method
                        .must_include
                        .push(must_include(&arguments.value()?.string()?)?);
                }
                Long("origin") => asked.origin = origin(&arguments.value()?.string()?)?,
                Long("number") => asked.number.number = whole(&mut arguments, "--number")?,
                Long("reason") => asked.number.reason = Some(arguments.value()?.string()?),
                Value(path) => asked.lists.first(path)?,
                Long(option) if ListWords::OPTIONS.contains(&option) => {
                    let option = option.to_owned();
                    asked.lists.take(&option, &mut arguments)?;
                }
                Long(option) if MethodWords::OPTIONS.contains(&option) => {
                    let option = option.to_owned();
                    words.take(&option, &mut arguments)?;
                }
                other @ (Long(_) | Short(_)) => return Err(other.unexpected().into()),
            }
        }
        asked.lists.id()?;
        asked.seed = seed.ok_or_else(|| needed("--seed TEXT, the seed"))?;
        asked.method.size = size.ok_or_else(|| needed("--size N, how many cases"))?;
        asked.method.kind = words.kind()?;
        Ok(Some(asked))
    }
}

/// The failure of an argument that was left out.
pub(crate) fn needed(argument: &str) -> Failure {
    Failure(format!(
        "Something is missing: {argument}. `--help` tells more."
    ))
}

/// The whole number that follows an option.
pub(crate) fn whole<N: FromStr>(arguments: &mut Parser, option: &str) -> Result<N, Failure> {
    let text = arguments.value()?.string()?;
    let number = text.parse();
    number.map_err(|_| {
        Failure(format!(
            "{option} takes a whole number, and “{text}” is none."
        ))
    })
}

fn cap(text: &str) -> Result<Cap, Failure> {
    let parts = text.rsplit_once('=').and_then(|(column, most)| {
        let most = most.trim().parse().ok()?;
        Some(Cap {
            column: column.trim().to_owned(),
            most,
        })
    });
    parts.ok_or_else(|| Failure(format!("--cap takes COLUMN=K, and “{text}” is not so.")))
}

fn must_include(text: &str) -> Result<MustInclude, Failure> {
    let (id, reason) = text.split_once('=').ok_or_else(|| {
        Failure(format!(
            "--must-include takes ID=WHY, and “{text}” has no reason."
        ))
    })?;
    Ok(MustInclude {
        id: id.trim().to_owned(),
        reason: reason.trim().to_owned(),
    })
}

fn origin(word: &str) -> Result<SeedOrigin, Failure> {
    match word {
        "given" => Ok(SeedOrigin::Given),
        "dice" => Ok(SeedOrigin::Dice),
        "machine" => Ok(SeedOrigin::Machine),
        _ => Err(Failure(format!(
            "--origin is given, dice or machine, not “{word}”."
        ))),
    }
}
