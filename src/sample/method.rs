//! How a sample is drawn: the method's name, version and figures, as the certificate states them.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::List;
use super::allocation::Allocation;
use super::bands::Bands;
use super::cap::{self, Cap};
use super::columns::{self, Cases};
use super::draw::{self, Counts, Drawn};
use super::refusal::Refusal;
use super::stratified::stratified;
use super::systematic::systematic;
use super::ticket::SeedHash;
use super::two_stage::{self, two_stage};
use super::weighted::weighted;
use crate::frame::UnitId;

/// The version of every method that this program knows. A change that would draw other cases from
/// the same list and seed raises it.
pub const VERSION: u32 = 1;

/// The whole of what a draw is asked to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// The method, with what only this method needs.
    #[serde(flatten)]
    pub kind: Kind,
    /// The method's version, see [`VERSION`].
    pub version: u32,
    /// Cases in the sample.
    pub size: usize,
    /// Tickets passed over before the first case of the sample.
    #[serde(default)]
    pub drop: usize,
    /// How many cases stand in reserve, where somebody asked for a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserve: Option<usize>,
    /// At most so many cases of one worker, team or the like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caps: Vec<Cap>,
    /// Cases that are audited whatever chance says. They are no part of the sample and of no
    /// estimate, for ever: the sample is drawn from the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub must_include: Vec<MustInclude>,
}

/// A case that somebody chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MustInclude {
    /// Its id, as in the frame.
    pub id: String,
    /// Why it must be included.
    pub reason: String,
}

/// The methods by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Kind {
    /// The smallest tickets of the frame.
    Simple,
    /// The smallest tickets of each stratum.
    Stratified {
        /// The columns whose values together make a stratum.
        strata: Vec<String>,
        /// Those of them that are cut into bands.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        bands: Vec<Bands>,
        /// How the sample is shared out among strata.
        allocation: Allocation,
        /// At least so many cases from each stratum, or all of them where it has fewer.
        #[serde(default)]
        min_per_stratum: usize,
    },
    /// The smallest tickets of some teams, which are drawn first.
    TwoStage {
        /// The columns whose values together make a team.
        stage: Vec<String>,
        /// How many teams are drawn.
        teams: usize,
        /// How the sample is shared out among them.
        allocation: Allocation,
    },
    /// Every N/n-th case of the ordered frame.
    Systematic {
        /// The columns by whose text the frame is ordered before its ids.
        #[serde(default)]
        order_by: Vec<String>,
    },
    /// Chances in proportion to a weight.
    Weighted {
        /// The column with the weights.
        weight: String,
    },
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Simple => f.write_str("Simple: the smallest tickets"),
            Self::Stratified { strata, .. } => {
                write!(
                    f,
                    "Stratified: the smallest tickets of each {}",
                    strata.join(" and ")
                )
            }
            Self::TwoStage { stage, teams, .. } => write!(
                f,
                "Two stages: {teams} by {}, then the smallest tickets of each",
                stage.join(" and ")
            ),
            Self::Systematic { .. } => {
                f.write_str("Systematic: every so many cases of the ordered list")
            }
            Self::Weighted { weight } => write!(f, "Weighted by {weight}"),
        }
    }
}

impl Kind {
    /// How the sample is shared out among parts that are drawn from apart, with the least of each.
    pub(super) fn sharing(&self) -> Option<(&Allocation, usize)> {
        match self {
            Self::Stratified {
                allocation,
                min_per_stratum,
                ..
            } => Some((allocation, *min_per_stratum)),
            Self::TwoStage { allocation, .. } => Some((allocation, two_stage::LEAST)),
            Self::Simple | Self::Systematic { .. } | Self::Weighted { .. } => None,
        }
    }
}

impl Method {
    /// A simple draw of this size with the usual reserve.
    #[must_use]
    pub fn simple(size: usize) -> Self {
        Self {
            kind: Kind::Simple,
            version: VERSION,
            size,
            drop: 0,
            reserve: None,
            caps: Vec::new(),
            must_include: Vec::new(),
        }
    }

    /// The cases of a list that chance decides about: all but those that must be included.
    pub(super) fn cases<'a>(&self, list: &List<'a>) -> Result<Cases<'a>, Refusal> {
        // Only the ids that are asked for are looked up: a set of a whole frame takes longer than a draw.
        let asked: BTreeSet<&str> = self.must_include.iter().map(|it| it.id.as_str()).collect();
        let ids = list.frame.ids().iter().map(UnitId::as_str);
        let found: BTreeSet<&str> = ids.filter(|id| asked.contains(id)).collect();
        let mut apart = BTreeSet::new();
        for MustInclude { id, reason } in &self.must_include {
            if !found.contains(id.as_str()) {
                return Err(Refusal::new(format!(
                    "The case “{id}” must be included, and is not in the frame."
                )));
            }
            if !apart.insert(id.as_str()) {
                return Err(Refusal::new(format!("The case “{id}” is included twice.")));
            }
            if reason.trim().is_empty() {
                return Err(Refusal::new(format!(
                    "The case “{id}” must be included, but nobody says why. Give the reason."
                )));
            }
        }
        Cases::new(*list, &apart)
    }

    /// Draws from the cases as many as these counts say.
    pub(super) fn draw(
        &self,
        cases: &Cases,
        counts: Counts,
        hash: &SeedHash,
    ) -> Result<Drawn, Refusal> {
        if self.caps.is_empty() {
            return self.draw_uncapped(cases, counts, hash);
        }
        if matches!(self.kind, Kind::Systematic { .. }) {
            return Err(Refusal::new(
                "A systematic draw takes every so many cases and cannot keep to a cap. Leave the cap out.",
            ));
        }
        let endless = Counts {
            reserve: Some(usize::MAX),
            ..counts
        };
        let whole = self.draw_uncapped(cases, endless, hash)?;
        cap::within(&self.caps, cases, whole, counts)
    }

    fn draw_uncapped(
        &self,
        cases: &Cases,
        counts: Counts,
        hash: &SeedHash,
    ) -> Result<Drawn, Refusal> {
        let ids = cases.ids();
        match &self.kind {
            Kind::Simple => draw::simple(ids, counts, hash),
            Kind::Stratified {
                strata,
                bands,
                allocation,
                min_per_stratum,
            } => {
                let strata = columns::strata(cases, strata, bands)?;
                stratified(ids, &strata, (allocation, *min_per_stratum), counts, hash)
            }
            Kind::TwoStage {
                stage,
                teams,
                allocation,
            } => {
                let parts = columns::strata(cases, stage, &[])?;
                two_stage(ids, &parts, (*teams, allocation), counts, hash)
            }
            Kind::Systematic { order_by } => {
                systematic(ids, &columns::names(cases, order_by)?, counts, hash)
            }
            Kind::Weighted { weight } => {
                weighted(ids, &columns::weights(cases, weight)?, counts, hash)
            }
        }
    }

    /// How many tickets are taken.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts {
            size: self.size,
            drop: self.drop,
            reserve: self.reserve,
        }
    }

    /// Refuses a method of a later version, which might draw otherwise.
    pub(super) fn check_version(&self) -> Result<(), Refusal> {
        if self.version == VERSION {
            return Ok(());
        }
        Err(Refusal::new(format!(
            "This draw was made by version {} of its method, and this program knows version {VERSION}. \
             Use the program that made it, or a newer one.",
            self.version
        )))
    }
}
