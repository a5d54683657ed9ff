//! `sightline agreement`: how far two auditors' grades of the same cases agree.

use std::collections::BTreeSet;

use lexopt::Parser;
use lexopt::prelude::{Long, Short, Value, ValueExt};
use serde_json::json;
use sightline::finding::agreement::alpha::{Metric, alpha};
use sightline::finding::agreement::{Pairs, Weights};
use sightline::form::Form;
use sightline::table::{ReadOptions, Table};

use crate::profile::read;
use crate::{Failure, Outcome, help, print};

const HELP: &str = "\
How far two auditors agree who graded the same cases, beyond what chance would give.

Usage: sightline agreement PAIRS [--scale POOREST,…,BEST]

  PAIRS            a list with two columns of grades, header first: the first and the second auditor's
  --scale A,B,C    all grades, poorest first. Otherwise numbers stand for themselves, and words are
                   those of the core practice audit

Gives one JSON object: n; exact and within_one, shares of the cases; signed_shift, the mean of second
less first (below zero: the second is the stricter); kappa and ac {unweighted, linear, quadratic};
alpha {nominal, ordinal, interval}. A figure is null where chance alone would agree in full.
Exit code 0: done; 2: wrong use, or a list that is refused.";

/// Runs the command.
pub(crate) fn run(mut arguments: Parser) -> Result<Outcome, Failure> {
    let (mut list, mut scale) = (None, None);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => return help(HELP),
            Long("scale") => scale = Some(arguments.value()?.string()?),
            Value(path) if list.is_none() => list = Some(path),
            other @ (Long(_) | Short(_) | Value(_)) => return Err(other.unexpected().into()),
        }
    }
    let table = read(list, &ReadOptions::default())?.table;
    if table.columns() != 2 {
        return Err(Failure(format!(
            "The list has {} columns. Give one with two: the first and the second auditor's grades.",
            table.columns()
        )));
    }
    let scale = Scale::of(scale.as_deref(), &table)?;
    let (mut pairs, mut left_out) = (Vec::new(), 0);
    for row in 0..table.rows() {
        match (scale.score(&table, row, 0)?, scale.score(&table, row, 1)?) {
            (Some(first), Some(second)) => pairs.push((first, second)),
            (Some(_) | None, None) | (None, Some(_)) => left_out += 1,
        }
    }
    if left_out > 0 {
        eprintln!("Rows left out because one grade, or both, is missing: {left_out}.");
    }
    let pairs = Pairs::new(scale.scores(), pairs)
        .ok_or_else(|| Failure("The list has no row with two grades.".to_owned()))?;
    print(&format!("{:#}\n", figures(&pairs)))?;
    Ok(Outcome::Done)
}

fn figures(pairs: &Pairs) -> serde_json::Value {
    let weighted = |figure: fn(&Pairs, Weights) -> Option<f64>| {
        json!({
            "unweighted": figure(pairs, Weights::Unweighted),
            "linear": figure(pairs, Weights::Linear),
            "quadratic": figure(pairs, Weights::Quadratic),
        })
    };
    let cases = pairs.units();
    json!({
        "n": pairs.count(),
        "exact": pairs.exact(),
        "within_one": pairs.within_one(),
        "signed_shift": pairs.signed_shift(),
        "kappa": weighted(Pairs::kappa),
        "ac": weighted(Pairs::ac),
        "alpha": {
            "nominal": alpha(&cases, Metric::Nominal),
            "ordinal": alpha(&cases, Metric::Ordinal),
            "interval": alpha(&cases, Metric::Interval),
        },
    })
}

/// The grades as they may be written, each with its score.
struct Scale(Vec<(String, f64)>);

impl Scale {
    /// The scale that was given; or that of the numbers in the table; or the core form's.
    fn of(given: Option<&str>, table: &Table) -> Result<Self, Failure> {
        if let Some(given) = given {
            return Self::named(given.split(','));
        }
        let cells = (0..table.rows()).flat_map(|row| [table.cell(row, 0), table.cell(row, 1)]);
        let texts: BTreeSet<&str> = cells
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .collect();
        let number = |text: &&str| {
            let number = text
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())?;
            Some(((*text).to_owned(), number))
        };
        match texts.iter().map(number).collect() {
            Some(numbers) => Ok(Self(numbers)),
            None => Self::core(),
        }
    }

    fn named<'a>(names: impl Iterator<Item = &'a str>) -> Result<Self, Failure> {
        let scale: Vec<_> = names
            .map(|name| name.trim().to_owned())
            .zip((1_u16..).map(f64::from))
            .collect();
        let different: BTreeSet<String> = scale.iter().map(|(name, _)| plain(name)).collect();
        if different.len() < scale.len() || different.contains("") {
            return Err(Failure(
                "--scale names a grade twice, or none between two commas.".to_owned(),
            ));
        }
        Ok(Self(scale))
    }

    fn core() -> Result<Self, Failure> {
        let form = Form::core()
            .map_err(|_| Failure("The built-in form cannot be read. Give --scale.".to_owned()))?;
        Self::named(form.grades.iter().rev().map(|grade| grade.label.as_str()))
    }

    fn scores(&self) -> Vec<f64> {
        self.0.iter().map(|(_, score)| *score).collect()
    }

    /// The score of a cell's grade; nothing where it is empty.
    fn score(&self, table: &Table, row: usize, column: usize) -> Result<Option<f64>, Failure> {
        let text = table.cell(row, column).trim();
        if text.is_empty() {
            return Ok(None);
        }
        let known = self.0.iter().find(|(name, _)| plain(name) == plain(text));
        known.map(|(_, score)| Some(*score)).ok_or_else(|| {
            let grades: Vec<_> = self.0.iter().map(|(name, _)| name.as_str()).collect();
            Failure(format!(
                "Row {}, column “{}”: “{text}” is no grade of the scale ({}). Correct it, or give the \
                 scale with --scale.",
                table.row_number(row),
                table.name(column),
                grades.join(", ")
            ))
        })
    }
}

/// A grade as it is compared: however it is capitalised.
fn plain(text: &str) -> String {
    text.to_lowercase()
}
