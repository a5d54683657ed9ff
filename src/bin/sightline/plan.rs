//! `sightline plan`: how many cases, or what a number of cases can tell.

use lexopt::prelude::{Long, Short, ValueExt};
use lexopt::{Arg as Argument, Parser};
use serde_json::{Value, json};
use sightline::chance::{BasisPoints, Confidence};
use sightline::sample::size::{Assurance, Errors, Population, assurance, detection, precision};

use crate::draw::{needed, whole};
use crate::{Failure, Outcome, help, print};

const HELP: &str = "\
How many cases to draw, or what a number of cases can tell. Exact, for a finite population.

Usage:
  sightline plan --population N --confidence C --tolerable T [--allowed K or --expected E]
      to be C % sure that fewer than T % are weak, with at most K weak cases in the sample
      (default 0), or with the share E % of it
  sightline plan --population N --confidence C --margin M
      to know a share to within M percentage points either way
  sightline plan --population N --size n --weak K
      the chance that n cases meet at least one of K weak ones

  --population N    how many cases there are; large for a population without an end
  Percentages have at most two decimals, such as 95 or 1.25. The confidence is 95 unless given.

Gives one JSON object: n (and allowed), or detection, a chance from 0 to 1.
Exit code 0: done; 2: wrong use, or a question that no sample can answer.";

/// Runs the command.
pub(crate) fn run(mut arguments: Parser) -> Result<Outcome, Failure> {
    let mut asked = Asked::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => return help(HELP),
            Long("population") => asked.population = Some(population(&mut arguments)?),
            Long("confidence") => {
                asked.confidence = Some(arguments.value()?.string()?.parse()?);
            }
            Long("tolerable") => asked.tolerable = Some(percent(&mut arguments, "--tolerable")?),
            Long("allowed") => asked.allowed = Some(whole(&mut arguments, "--allowed")?),
            Long("expected") => asked.expected = Some(percent(&mut arguments, "--expected")?),
            Long("margin") => asked.margin = Some(percent(&mut arguments, "--margin")?),
            Long("size") => asked.size = Some(whole(&mut arguments, "--size")?),
            Long("weak") => asked.weak = Some(whole(&mut arguments, "--weak")?),
            other @ (Long(_) | Short(_) | Argument::Value(_)) => {
                return Err(other.unexpected().into());
            }
        }
    }
    let answer = asked.answer()?;
    print(&format!("{answer:#}\n"))?;
    Ok(Outcome::Done)
}

/// The options as they were given.
#[derive(Default)]
struct Asked {
    population: Option<Population>,
    confidence: Option<Confidence>,
    tolerable: Option<BasisPoints>,
    allowed: Option<u64>,
    expected: Option<BasisPoints>,
    margin: Option<BasisPoints>,
    size: Option<u64>,
    weak: Option<u64>,
}

impl Asked {
    fn answer(&self) -> Result<Value, Failure> {
        let population = self
            .population
            .ok_or_else(|| needed("--population N, how many cases there are"))?;
        let confidence = match self.confidence {
            Some(confidence) => confidence,
            None => "95".parse()?,
        };
        match (self.tolerable, self.margin, self.size) {
            (Some(tolerable), None, None) => {
                let Assurance { size, allowed } =
                    assurance(population, confidence, tolerable, self.errors()?)?;
                Ok(json!({"n": size, "allowed": allowed}))
            }
            (None, Some(margin), None) => {
                Ok(json!({"n": precision(population, confidence, margin)?}))
            }
            (None, None, Some(size)) => {
                let weak = self
                    .weak
                    .ok_or_else(|| needed("--weak K, how many cases are weak"))?;
                let Population::Of(cases) = population else {
                    return Err(Failure(
                        "--weak needs a population that is a number.".to_owned(),
                    ));
                };
                Ok(json!({"detection": detection(cases, size, weak)?}))
            }
            _ => Err(Failure(
                "Give one of --tolerable, --margin and --size: each asks another question. \
                 `--help` tells more."
                    .to_owned(),
            )),
        }
    }

    fn errors(&self) -> Result<Errors, Failure> {
        match (self.allowed, self.expected) {
            (Some(_), Some(_)) => Err(Failure(
                "Give either --allowed or --expected: both say how many weak cases may be in the sample."
                    .to_owned(),
            )),
            (None, Some(expected)) => Ok(Errors::Expected(expected)),
            (allowed, None) => Ok(Errors::Allowed(allowed.unwrap_or_default())),
        }
    }
}

fn population(arguments: &mut Parser) -> Result<Population, Failure> {
    let text = arguments.value()?.string()?;
    if text == "large" {
        return Ok(Population::Large);
    }
    let cases = text.parse().map_err(|_| {
        Failure(format!(
            "--population takes a whole number or the word large, not “{text}”."
        ))
    })?;
    Ok(Population::Of(cases))
}

fn percent(arguments: &mut Parser, option: &str) -> Result<BasisPoints, Failure> {
    let text = arguments.value()?.string()?;
    text.parse()
        .map_err(|refusal| Failure(format!("{option}: {refusal}")))
}
