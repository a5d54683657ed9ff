//! "How many cases?", answered four ways while the person types: precision, discovery, assurance, and
//! what the number that can be managed tells. Exact, and quick enough for the page: a population of a
//! million takes a few milliseconds.

use super::plan;
use super::{Effect, Open, Route};
use crate::chance::decimal::grouped;
use crate::chance::{BasisPoints, Confidence, real};
use crate::finding::estimate::Observed;
use crate::sample::size::bearing::{margin, unseen};
use crate::sample::size::{Errors, Population, assurance, detection, precision};

/// Points of a curve beside its first.
const STEPS: u64 = 40;

/// The shares of weak cases at which it is said what a sample meets, in hundredths of a percent.
const SHARES: [u64; 4] = [500, 1_000, 2_000, 3_000];

/// What the person typed; percentages as decimal text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planner {
    /// How sure one wants to be.
    pub confidence: String,
    /// The margin of a share.
    pub margin: String,
    /// The share of weak cases of which at least one shall be met.
    pub weak: String,
    /// The share of weak cases that shall be ruled out.
    pub tolerable: String,
    /// How many weak cases the sample may hold then.
    pub allowed: String,
    /// How many cases can be managed.
    pub manageable: String,
}

impl Default for Planner {
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            confidence: text("95"),
            margin: text("10"),
            weak: text("5"),
            tolerable: text("10"),
            allowed: text("0"),
            manageable: text("12"),
        }
    }
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person chose how sure to be.
    ChoseConfidence(String),
    /// The person typed a margin.
    EnteredMargin(String),
    /// The person typed the share of weak cases of which one shall be met.
    EnteredWeak(String),
    /// The person typed the share that shall be ruled out.
    EnteredTolerable(String),
    /// The person typed how many weak cases are allowed.
    EnteredAllowed(String),
    /// The person typed how many cases can be managed.
    EnteredManageable(String),
    /// The person takes a number of cases.
    ClickedTake(u64),
}

/// A sample of which half is weak: the exact interval for the list, as the findings give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Halves {
    /// Weak cases in the sample.
    pub weak: u64,
    /// The fewest weak cases that the list may then hold.
    pub from: u64,
    /// The most.
    pub to: u64,
}

/// What a number of cases can tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Bearing {
    /// The number.
    pub size: u64,
    /// The margin of a share.
    pub margin: BasisPoints,
    /// What it would say if half of it were weak, where the margin is widest.
    pub halves: Halves,
    /// The most weak cases that may be there though none was met.
    pub unseen: u64,
    /// Shares of weak cases, each with the chance to meet at least one.
    pub meets: Vec<(BasisPoints, f64)>,
}

/// How the chance to meet a weak case grows with the sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Discovery {
    /// The share of weak cases.
    pub weak: BasisPoints,
    /// How many cases that is.
    pub count: u64,
    /// The smallest sample whose chance is enough.
    pub size: u64,
    /// Sizes of samples, each with its chance; from none to twice the size, or to all.
    pub curve: Vec<(u64, f64)>,
}

/// A sample that rules a share out.
#[derive(Clone, Debug, PartialEq)]
pub struct Assured {
    /// The share.
    pub tolerable: BasisPoints,
    /// The weak cases that the sample may hold.
    pub allowed: u64,
    /// The smallest sample.
    pub size: u64,
}

impl Planner {
    pub(super) fn update(&mut self, msg: Msg) {
        match msg {
            Msg::ChoseConfidence(text) => self.confidence = text,
            Msg::EnteredMargin(text) => self.margin = text,
            Msg::EnteredWeak(text) => self.weak = text,
            Msg::EnteredTolerable(text) => self.tolerable = text,
            Msg::EnteredAllowed(text) => self.allowed = text,
            Msg::EnteredManageable(text) => self.manageable = text,
            Msg::ClickedTake(_) => {}
        }
    }

    /// The sample that gives a share to within the margin by the usual formula, and what it would say
    /// exactly.
    ///
    /// # Errors
    /// What of the figures is no figure, as a sentence.
    pub fn precision(&self, cases: u64) -> Result<(u64, Halves), String> {
        let points = percent(&self.margin)?;
        let size = precision(Population::Of(cases), self.confidence()?, points).map_err(said)?;
        Ok((size, self.halves(cases, size)?))
    }

    fn halves(&self, cases: u64, size: u64) -> Result<Halves, String> {
        let small = |count: u64| u32::try_from(count).map_err(said);
        let weak = size / 2;
        let observed = Observed::new(small(cases)?, small(size)?, small(weak)?).map_err(said)?;
        let (from, to) = observed.count_interval(self.confidence()?);
        Ok(Halves {
            weak,
            from: from.into(),
            to: to.into(),
        })
    }

    /// The sample that meets at least one weak case.
    ///
    /// # Errors
    /// What of the figures is no figure, as a sentence.
    pub fn discovery(&self, cases: u64) -> Result<Discovery, String> {
        let (weak, confidence) = (percent(&self.weak)?, self.confidence()?);
        let found = assurance(Population::Of(cases), confidence, weak, Errors::Allowed(0));
        let (size, count) = (found.map_err(said)?.size, weak.of(cases));
        let most = size.saturating_mul(2).min(cases);
        let steps = STEPS.min(most).max(1);
        let sizes = (0..=steps).map(|step| most * step / steps);
        let curve = sizes.map(|size| Ok((size, detection(cases, size, count).map_err(said)?)));
        Ok(Discovery {
            weak,
            count,
            size,
            curve: curve.collect::<Result<_, String>>()?,
        })
    }

    /// The sample that rules a share of weak cases out.
    ///
    /// # Errors
    /// What of the figures is no figure, as a sentence.
    pub fn assurance(&self, cases: u64) -> Result<Assured, String> {
        let tolerable = percent(&self.tolerable)?;
        let allowed = count(&self.allowed)
            .ok_or("Enter how many weak cases the sample may hold, 0 for none.")?;
        let errors = Errors::Allowed(allowed);
        let found = assurance(Population::Of(cases), self.confidence()?, tolerable, errors);
        Ok(Assured {
            tolerable,
            allowed,
            size: found.map_err(said)?.size,
        })
    }

    /// What the number that can be managed tells.
    ///
    /// # Errors
    /// What of the figures is no figure, as a sentence.
    pub fn bearing(&self, cases: u64) -> Result<Bearing, String> {
        let size = count(&self.manageable)
            .ok_or("Enter how many cases can be managed, as a whole number.")?;
        let confidence = self.confidence()?;
        let meets = SHARES.map(|points| {
            let share = BasisPoints::new(points).unwrap_or_default();
            Ok((
                share,
                detection(cases, size, share.of(cases)).map_err(said)?,
            ))
        });
        Ok(Bearing {
            size,
            margin: margin(cases, confidence, size).map_err(said)?,
            halves: self.halves(cases, size)?,
            unseen: unseen(cases, confidence, size).map_err(said)?,
            meets: meets.into_iter().collect::<Result<_, String>>()?,
        })
    }

    /// How sure one wants to be.
    ///
    /// # Errors
    /// A text that is no level of confidence.
    pub fn confidence(&self) -> Result<Confidence, String> {
        self.confidence.parse().map_err(said)
    }
}

impl Open {
    pub(super) fn update_planner(&mut self, msg: Msg) -> Vec<Effect> {
        if let Msg::ClickedTake(size) = msg {
            self.sampling.plan.size = size.to_string();
            return vec![
                Effect::Navigate(Route::Sample),
                Effect::Focus(plan::SIZE_FIELD.to_owned()),
            ];
        }
        self.sampling.planner.update(msg);
        Vec::new()
    }
}

/// One number as a share of another, for a picture.
#[must_use]
pub fn fraction(part: u64, whole: u64) -> f64 {
    real(part) / real(whole.max(1))
}

fn count(text: &str) -> Option<u64> {
    grouped(text).and_then(|count| u64::try_from(count).ok())
}

fn percent(text: &str) -> Result<BasisPoints, String> {
    let text = text.trim().trim_end_matches('%').trim_end();
    text.parse().map_err(said)
}

fn said(refusal: impl std::fmt::Display) -> String {
    refusal.to_string()
}
