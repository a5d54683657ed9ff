//! The options of `sightline draw` that say which method, understood together at the end.

use lexopt::Parser;
use lexopt::prelude::ValueExt;
use sightline::chance::decimal::scaled;
use sightline::sample::allocation::{Allocation, Share, Spread};
use sightline::sample::bands::Bands;
use sightline::sample::method::Kind;

use super::{needed, whole};
use crate::Failure;

/// The method's options as they were given.
#[derive(Default)]
pub(super) struct MethodWords {
    method: Option<String>,
    strata: Vec<String>,
    bands: Vec<Bands>,
    allocation: Option<String>,
    spread: Option<String>,
    minimum: Option<usize>,
    order_by: Vec<String>,
    weight: Option<String>,
    stage: Vec<String>,
    teams: Option<usize>,
}

impl MethodWords {
    /// The options that belong here.
    pub(super) const OPTIONS: [&str; 10] = [
        "method",
        "strata",
        "bands",
        "allocation",
        "spread",
        "min-per-stratum",
        "order-by",
        "weight",
        "stage",
        "teams",
    ];

    /// Takes the value of one of [`Self::OPTIONS`].
    pub(super) fn take(&mut self, option: &str, arguments: &mut Parser) -> Result<(), Failure> {
        if option == "min-per-stratum" {
            self.minimum = Some(whole(arguments, "--min-per-stratum")?);
            return Ok(());
        }
        if option == "teams" {
            self.teams = Some(whole(arguments, "--teams")?);
            return Ok(());
        }
        let text = arguments.value()?.string()?;
        match option {
            "method" => self.method = Some(text),
            "strata" if self.strata.contains(&text) => {}
            "strata" => self.strata.push(text),
            "bands" => self.band(&text)?,
            "allocation" => self.allocation = Some(text),
            "spread" => self.spread = Some(text),
            "stage" => self.stage.push(text),
            "order-by" => self.order_by.push(text),
            _ => self.weight = Some(text),
        }
        Ok(())
    }

    /// A column of strata and its bands.
    fn band(&mut self, text: &str) -> Result<(), Failure> {
        let (column, cut) = text.split_once('=').ok_or_else(|| {
            Failure(format!(
                "--bands takes COLUMN=0-4,5-9,10+, and “{text}” is not so."
            ))
        })?;
        let column = column.trim().to_owned();
        let cut = cut
            .parse()
            .map_err(|refusal| Failure(format!("--bands: {refusal}")))?;
        if !self.strata.contains(&column) {
            self.strata.push(column.clone());
        }
        self.bands.push(Bands { column, cut });
        Ok(())
    }

    /// The method that the options make together.
    pub(super) fn kind(self) -> Result<Kind, Failure> {
        let method = self
            .method
            .clone()
            .unwrap_or_else(|| self.likely().to_owned());
        self.check_strangers(&method)?;
        match method.as_str() {
            "simple" => Ok(Kind::Simple),
            "stratified" => Ok(Kind::Stratified {
                allocation: self.allocation()?,
                strata: self.strata,
                bands: self.bands,
                min_per_stratum: self.minimum.unwrap_or_default(),
            }),
            "two_stage" => Ok(Kind::TwoStage {
                allocation: self.allocation()?,
                stage: self.stage,
                teams: self
                    .teams
                    .ok_or_else(|| needed("--teams T, how many teams are drawn"))?,
            }),
            "systematic" => Ok(Kind::Systematic {
                order_by: self.order_by,
            }),
            "weighted" => self
                .weight
                .map(|weight| Kind::Weighted { weight })
                .ok_or_else(|| Failure("A weighted draw needs --weight COLUMN.".to_owned())),
            _ => Err(Failure(format!(
                "--method is simple, stratified, two_stage, systematic or weighted, not “{method}”."
            ))),
        }
    }

    /// The method that the other options speak of.
    fn likely(&self) -> &'static str {
        if !self.stage.is_empty() {
            "two_stage"
        } else if !self.strata.is_empty() {
            "stratified"
        } else if self.weight.is_some() {
            "weighted"
        } else if self.order_by.is_empty() {
            "simple"
        } else {
            "systematic"
        }
    }

    /// Refuses an option that this method would silently pass over.
    fn check_strangers(&self, method: &str) -> Result<(), Failure> {
        let given = [
            ("--strata", !self.strata.is_empty(), "stratified"),
            ("--bands", !self.bands.is_empty(), "stratified"),
            ("--spread", self.spread.is_some(), "stratified"),
            ("--min-per-stratum", self.minimum.is_some(), "stratified"),
            ("--stage", !self.stage.is_empty(), "two_stage"),
            ("--teams", self.teams.is_some(), "two_stage"),
            ("--order-by", !self.order_by.is_empty(), "systematic"),
            ("--weight", self.weight.is_some(), "weighted"),
        ];
        if self.allocation.is_some() && !matches!(method, "stratified" | "two_stage") {
            return Err(Failure(format!(
                "--allocation belongs to a stratified or two_stage draw, and this one is {method}."
            )));
        }
        for (option, is_given, belongs) in given {
            if is_given && method != belongs {
                return Err(Failure(format!(
                    "{option} belongs to a {belongs} draw, and this one is {method}."
                )));
            }
        }
        Ok(())
    }

    fn allocation(&self) -> Result<Allocation, Failure> {
        let word = self.allocation.as_deref().unwrap_or("proportional");
        if self.spread.is_some() && word != "neyman" {
            return Err(Failure(
                "--spread belongs to --allocation neyman.".to_owned(),
            ));
        }
        match word {
            "proportional" => Ok(Allocation::Proportional),
            "equal" => Ok(Allocation::Equal),
            "neyman" => self.neyman(),
            by_hand => shares(by_hand, "--allocation").map(Allocation::ByHand),
        }
    }

    fn neyman(&self) -> Result<Allocation, Failure> {
        let spread = self.spread.as_deref().ok_or_else(|| {
            Failure(
                "--allocation neyman needs --spread NAME=s,..., each stratum's standard deviation."
                    .to_owned(),
            )
        })?;
        pairs(
            spread,
            "--spread",
            "a number of up to six decimals",
            |stratum, number| {
                let millionths = scaled(number, 6)?;
                Some(Spread {
                    stratum,
                    millionths,
                })
            },
        )
        .map(Allocation::Neyman)
    }
}

/// Reads the numbers of each stratum, `NAME=n,NAME=n`.
pub(crate) fn shares(text: &str, option: &str) -> Result<Vec<Share>, Failure> {
    pairs(text, option, "a whole number", |stratum, number| {
        let size = number.parse().ok()?;
        Some(Share { stratum, size })
    })
}

/// Reads `NAME=value,NAME=value`.
fn pairs<T>(
    text: &str,
    option: &str,
    what: &str,
    pair: impl Fn(String, &str) -> Option<T>,
) -> Result<Vec<T>, Failure> {
    let one = |part: &str| {
        let (name, value) = part.rsplit_once('=')?;
        pair(name.trim().to_owned(), value.trim())
    };
    text.split(',')
        .map(|part| {
            one(part).ok_or_else(|| {
                Failure(format!(
                    "{option} takes NAME=n,NAME=n with {what} each, and “{part}” is not so."
                ))
            })
        })
        .collect()
}
