//! What a draw would be like, before there is a seed: its strata with their numbers, or what speaks
//! against it and which part of the plan that is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::List;
use super::allocation::{Part, allocate};
use super::bands::Bands;
use super::cap::Cap;
use super::columns::{self, Cases};
use super::draw;
use super::method::{Kind, Method};
use super::refusal::Refusal;
use super::two_stage;

/// What can be said of a draw without a seed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The cases that chance decides about: the frame without those that must be included.
    pub cases: usize,
    /// Cases with a weight of 0, which are never drawn.
    pub without_weight: usize,
    /// The strata, in their order; none where the frame is drawn from as a whole.
    pub strata: Vec<Planned>,
    /// What speaks against the draw. What is known of it all the same stands above.
    pub fault: Option<Fault>,
}

/// A stratum of a draw that is planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// The value that its cases share.
    pub name: String,
    /// Its cases that may be drawn.
    pub population: usize,
    /// How many of them are drawn, where the sample can be shared out.
    pub size: Option<usize>,
}

/// Why a draw cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What must be changed.
    pub part: PlanPart,
    /// Why, as a sentence.
    pub why: String,
}

/// A part of the plan of a draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlanPart {
    /// How many cases.
    Size,
    /// The columns of strata and their bands.
    Strata,
    /// How the sample is shared out among strata.
    Allocation,
    /// How many teams are drawn.
    Teams,
    /// The column of weights.
    Weight,
    /// The columns of the order.
    Order,
    /// The caps.
    Caps,
    /// The cases that must be included.
    MustInclude,
}

impl PlanPart {
    fn fault(self, refusal: &Refusal) -> Fault {
        Fault {
            part: self,
            why: refusal.to_string(),
        }
    }
}

impl Preview {
    /// Looks at a draw of this list. A method of 0 cases, where nobody has said how many, is looked
    /// at as far as that goes.
    #[must_use]
    pub fn of(method: &Method, list: &List) -> Self {
        let mut preview = Self::default();
        preview.fault = preview.look(method, list).err();
        preview
    }

    fn look(&mut self, method: &Method, list: &List) -> Result<(), Fault> {
        let cases = method
            .cases(list)
            .map_err(|refusal| PlanPart::MustInclude.fault(&refusal))?;
        self.cases = cases.ids().len();
        let size = PlanPart::Size;
        match &method.kind {
            Kind::Simple => {}
            Kind::Systematic { order_by } => {
                columns::names(&cases, order_by)
                    .map_err(|refusal| PlanPart::Order.fault(&refusal))?;
            }
            Kind::Weighted { weight } => self.look_at_weights(method, &cases, weight)?,
            Kind::Stratified { strata, bands, .. } => self.look_at_strata(&cases, strata, bands)?,
            Kind::TwoStage { stage, .. } => self.look_at_strata(&cases, stage, &[])?,
        }
        if method.size == 0 {
            return Ok(());
        }
        let whole = draw::Counts {
            drop: 0,
            ..method.counts()
        };
        draw::check(self.cases, whole).map_err(|refusal| size.fault(&refusal))?;
        self.share_out(method)?;
        caps_leave_room(method, &cases)
    }

    fn look_at_weights(
        &mut self,
        method: &Method,
        cases: &Cases,
        column: &str,
    ) -> Result<(), Fault> {
        let weights =
            columns::weights(cases, column).map_err(|refusal| PlanPart::Weight.fault(&refusal))?;
        self.without_weight = weights.iter().filter(|weight| **weight == 0.0).count();
        let drawable = self.cases - self.without_weight;
        if method.size > drawable {
            return Err(PlanPart::Size.fault(&Refusal::new(format!(
                "Only {drawable} of the {} cases have a weight above 0. Ask for {drawable} or fewer.",
                self.cases
            ))));
        }
        Ok(())
    }

    fn look_at_strata(
        &mut self,
        cases: &Cases,
        names: &[String],
        bands: &[Bands],
    ) -> Result<(), Fault> {
        let strata = columns::strata(cases, names, bands)
            .map_err(|refusal| PlanPart::Strata.fault(&refusal))?;
        let planned = strata.into_iter().map(|(name, cases)| Planned {
            name,
            population: cases.len(),
            size: None,
        });
        self.strata = planned.collect();
        Ok(())
    }

    fn share_out(&mut self, method: &Method) -> Result<(), Fault> {
        if let Kind::TwoStage {
            teams, allocation, ..
        } = &method.kind
        {
            // Which teams share the sample is known once there is a seed.
            return two_stage::check(self.strata.len(), *teams, allocation, method.size)
                .map_err(|refusal| PlanPart::Teams.fault(&refusal));
        }
        let Some((allocation, minimum)) = method.kind.sharing() else {
            return Ok(());
        };
        let parts: Vec<Part> = self
            .strata
            .iter()
            .map(|stratum| Part::whole(&stratum.name, stratum.population))
            .collect();
        let sizes = allocate(allocation, &parts, method.size, minimum)
            .map_err(|refusal| PlanPart::Allocation.fault(&refusal))?;
        for (stratum, size) in self.strata.iter_mut().zip(sizes) {
            stratum.size = Some(size);
        }
        Ok(())
    }
}

/// Refuses caps that leave too few cases whatever the seed. Where strata and caps meet, only the draw
/// itself can tell.
fn caps_leave_room(method: &Method, cases: &Cases) -> Result<(), Fault> {
    for Cap { column, most } in &method.caps {
        let refuse = |why: String| Err(PlanPart::Caps.fault(&Refusal::new(why)));
        if *most == 0 {
            return refuse(format!(
                "A cap of 0 for “{column}” lets nobody in. Give at least 1."
            ));
        }
        if matches!(method.kind, Kind::Systematic { .. }) {
            return refuse(
                "A systematic draw takes every so many cases and cannot keep to a cap. Leave the cap out."
                    .to_owned(),
            );
        }
        let names = columns::names(cases, std::slice::from_ref(column))
            .map_err(|refusal| PlanPart::Caps.fault(&refusal))?;
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for name in names {
            *counts.entry(name).or_default() += 1;
        }
        let room: usize = counts.values().map(|count| count.min(most)).sum();
        if room < method.size {
            return refuse(format!(
                "At most {most} for each “{column}” leaves room for {room} cases, and the sample is of {}. \
                 Raise the cap, or draw fewer cases.",
                method.size
            ));
        }
    }
    Ok(())
}
