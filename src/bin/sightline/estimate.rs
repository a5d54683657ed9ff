//! `sightline estimate`: what a random sample says of the population, with how sure it is.

use std::ffi::OsString;

use lexopt::Parser;
use lexopt::prelude::{Long, Short, Value, ValueExt};
use serde_json::json;
use sightline::chance::Confidence;
use sightline::finding::estimate::Observed;
use sightline::finding::estimate::stratified::{self, Stratum};
use sightline::table::{ReadOptions, Table};

use crate::draw::{columns, needed, whole};
use crate::profile::read;
use crate::{Failure, Outcome, help, print};

const HELP: &str = "\
What a random sample says of the whole population. Only for cases that were drawn at random.

Usage:
  sightline estimate --population N --sample n --found x [--confidence C]
  sightline estimate --strata FILE [--confidence C]

  --population N  how many cases there are
  --sample n      how many of them were drawn at random and read
  --found x       how many of those are of interest
  --strata FILE   a list with the columns stratum, population, sample and found
  --confidence C  a percentage with at most two decimals (default 95)

Gives one JSON object. For one sample: count [low, high], the exact limits of how many cases of the
population are of interest; share [low, high], the same as shares; upper_one_sided, the share that
is not exceeded, with all of the uncertainty on that side; clopper_pearson and wilson, which take the
population for endless; wilson_finite, which does not. For strata: share, standard_error, interval
(null where the samples show no spread to judge by).
Exit code 0: done; 2: wrong use, or figures that cannot be.";

/// Runs the command.
pub(crate) fn run(mut arguments: Parser) -> Result<Outcome, Failure> {
    let mut figures = Figures::default();
    let (mut strata, mut confidence) = (None, "95".to_owned());
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => return help(HELP),
            Long("population") => {
                figures.population = Some(whole(&mut arguments, "--population")?);
            }
            Long("sample") => figures.sample = Some(whole(&mut arguments, "--sample")?),
            Long("found") => figures.found = Some(whole(&mut arguments, "--found")?),
            Long("strata") => strata = Some(arguments.value()?),
            Long("confidence") => confidence = arguments.value()?.string()?,
            other @ (Long(_) | Short(_) | Value(_)) => return Err(other.unexpected().into()),
        }
    }
    let confidence: Confidence = confidence.parse()?;
    let result = match (strata, figures.is_empty()) {
        (Some(list), true) => of_strata(list, confidence)?,
        (None, _) => of_one(figures.observed()?, confidence),
        (Some(_), false) => {
            return Err(Failure(
                "Give either --strata, or --population, --sample and --found. `--help` tells more."
                    .to_owned(),
            ));
        }
    };
    print(&format!("{result:#}\n"))?;
    Ok(Outcome::Done)
}

/// The figures of one sample, as they were given.
#[derive(Default)]
struct Figures {
    population: Option<u32>,
    sample: Option<u32>,
    found: Option<u32>,
}

impl Figures {
    fn is_empty(&self) -> bool {
        self.population.is_none() && self.sample.is_none() && self.found.is_none()
    }

    fn observed(&self) -> Result<Observed, Failure> {
        let missing = |what: &str| needed(what);
        let observed = Observed::new(
            self.population
                .ok_or_else(|| missing("--population N, how many cases there are"))?,
            self.sample
                .ok_or_else(|| missing("--sample n, how many cases were read"))?,
            self.found
                .ok_or_else(|| missing("--found x, how many of those are of interest"))?,
        );
        Ok(observed?)
    }
}

fn of_one(observed: Observed, confidence: Confidence) -> serde_json::Value {
    let (low, high) = observed.count_interval(confidence);
    let upper = observed.upper_count(confidence);
    json!({
        "count": [low, high],
        "share": [observed.share(low), observed.share(high)],
        "upper_one_sided": observed.share(upper),
        "clopper_pearson": observed.clopper_pearson(confidence),
        "wilson": observed.wilson(confidence),
        "wilson_finite": observed.wilson_finite(confidence),
    })
}

fn of_strata(list: OsString, confidence: Confidence) -> Result<serde_json::Value, Failure> {
    let table = read(Some(list), &ReadOptions::default())?.table;
    let names = ["stratum", "population", "sample", "found"].map(str::to_owned);
    let places = columns(&table, &names)?;
    let strata: Result<Vec<_>, _> = (0..table.rows())
        .map(|row| stratum(&table, row, &places))
        .collect();
    let found = stratified::estimate(&strata?, confidence)?;
    if found.interval.is_none() {
        eprintln!(
            "The samples show no spread (none, or nothing but cases of interest, in each stratum), so \
             there is no interval. Estimate each stratum by itself instead."
        );
    }
    Ok(json!({
        "share": found.share,
        "standard_error": found.standard_error,
        "interval": found.interval,
    }))
}

fn stratum(table: &Table, row: usize, places: &[usize]) -> Result<Stratum, Failure> {
    let here = table.row_number(row);
    let number = |place: Option<&usize>| {
        let text = place.map_or("", |place| table.cell(row, *place)).trim();
        let number = text.parse::<u32>();
        number.map_err(|_| Failure(format!("Row {here}: “{text}” is no whole number.")))
    };
    let figures = (
        number(places.get(1))?,
        number(places.get(2))?,
        number(places.get(3))?,
    );
    let name = places
        .first()
        .map_or("", |place| table.cell(row, *place))
        .to_owned();
    let observed = Observed::new(figures.0, figures.1, figures.2)
        .map_err(|refusal| Failure(format!("Row {here}: {refusal}")))?;
    Ok(Stratum { name, observed })
}
