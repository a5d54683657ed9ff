//! From a plan as typed to a method of drawing, or to a sentence at each field that is not right yet.

use super::limits::{CAP_FIELD, CAP_MOST_FIELD, RESERVE_FIELD};
use super::{
    Aim, BANDS_FIELD, Errors, FIGURE_FIELD, MINIMUM_FIELD, Plan, SIZE_FIELD, STRATA_FIELD, Sharing,
    TEAMS_FIELD, WEIGHT_FIELD, at, numbered,
};
use crate::chance::decimal::{grouped, scaled};
use crate::sample::allocation::{Allocation, Share, Spread};
use crate::sample::bands::Bands;
use crate::sample::cap::Cap;
use crate::sample::method::{Kind, Method};
use crate::sample::preview::Planned;
use crate::table::column::Profile;

impl Plan {
    /// The method that was typed, as far as it is one, and what is wrong with the rest. `strata` are
    /// the groups that are known so far.
    pub(in crate::app::sampling) fn method(
        &self,
        columns: &[Profile],
        strata: &[Planned],
    ) -> (Method, Errors) {
        let mut errors = Errors::new();
        let mut method = Method::simple(self.size(strata, &mut errors));
        method.kind = self.kind(columns, strata, &mut errors);
        method.reserve = self.reserve(&mut errors);
        method.caps = self.caps(columns, &mut errors);
        method.must_include.clone_from(&self.limits.must_include);
        (method, errors)
    }

    /// The number of cases in reserve, where one was typed.
    fn reserve(&self, errors: &mut Errors) -> Option<usize> {
        let reserve = grouped(&self.limits.reserve);
        if reserve.is_none() && !self.limits.reserve.trim().is_empty() {
            errors.push(at(
                RESERVE_FIELD,
                "Enter how many cases stand in reserve, as a whole number, or leave it empty",
            ));
        }
        reserve
    }

    fn caps(&self, columns: &[Profile], errors: &mut Errors) -> Vec<Cap> {
        let mut caps = Vec::new();
        for (place, cap) in self.limits.caps.iter().enumerate() {
            let column = cap.column.and_then(|column| columns.get(column));
            if column.is_none() {
                errors.push(at(
                    &numbered(CAP_FIELD, place),
                    "Choose the column that the limit is for, or remove the limit",
                ));
            }
            let most = grouped(&cap.most).filter(|most| *most > 0);
            if most.is_none() {
                errors.push(at(
                    &numbered(CAP_MOST_FIELD, place),
                    "Enter the most cases that one may have, 1 or more",
                ));
            }
            if let (Some(column), Some(most)) = (column, most) {
                caps.push(Cap {
                    column: column.name.clone(),
                    most,
                });
            }
        }
        caps
    }

    /// The number of cases; 0 where there is none, with what is wrong.
    fn size(&self, strata: &[Planned], errors: &mut Errors) -> usize {
        let by_hand = self.aim == Aim::EveryGroup && self.sharing == Sharing::ByHand;
        if by_hand && self.size.trim().is_empty() {
            return self.by_hand(strata);
        }
        let size = grouped(&self.size).unwrap_or_default();
        if size == 0 {
            errors.push(at(
                SIZE_FIELD,
                "Enter how many cases to draw, as a whole number",
            ));
        }
        size
    }

    /// The numbers set by hand, taken together.
    #[must_use]
    pub fn by_hand(&self, strata: &[Planned]) -> usize {
        let sizes = strata.iter().map(|stratum| self.figure(stratum));
        sizes.fold(0, usize::saturating_add)
    }

    /// The number set by hand for a group; 0 where there is none.
    fn figure(&self, stratum: &Planned) -> usize {
        let figure = self.figures.get(&stratum.name);
        figure.and_then(|text| grouped(text)).unwrap_or_default()
    }

    fn kind(&self, columns: &[Profile], strata: &[Planned], errors: &mut Errors) -> Kind {
        let name = |column: Option<usize>| {
            let column = column.and_then(|column| columns.get(column));
            column.map(|column| column.name.clone())
        };
        match self.aim {
            Aim::SameChance => Kind::Simple,
            Aim::Spread => Kind::Systematic {
                order_by: name(self.order).into_iter().collect(),
            },
            Aim::ByWeight => {
                let weight = name(self.weight);
                if weight.is_none() {
                    errors.push(at(WEIGHT_FIELD, "Choose the column with the weights"));
                }
                Kind::Weighted {
                    weight: weight.unwrap_or_default(),
                }
            }
            Aim::EveryGroup => self.stratified(columns, strata, errors),
            Aim::SomeTeams => self.two_stage(name(self.team), errors),
        }
    }

    fn two_stage(&self, team: Option<String>, errors: &mut Errors) -> Kind {
        if team.is_none() {
            errors.push(at(
                &numbered(STRATA_FIELD, 0),
                "Choose the column that names the team",
            ));
        }
        let teams = grouped(&self.teams).filter(|teams| *teams > 0);
        if teams.is_none() {
            errors.push(at(
                TEAMS_FIELD,
                "Enter how many teams are drawn, as a whole number",
            ));
        }
        Kind::TwoStage {
            stage: team.into_iter().collect(),
            teams: teams.unwrap_or_default(),
            allocation: match self.sharing {
                Sharing::Equal => Allocation::Equal,
                Sharing::Proportional | Sharing::ByHand | Sharing::Neyman => {
                    Allocation::Proportional
                }
            },
        }
    }

    fn stratified(&self, columns: &[Profile], known: &[Planned], errors: &mut Errors) -> Kind {
        let (mut strata, mut bands) = (Vec::new(), Vec::new());
        for (place, grouping) in self.groupings.iter().enumerate() {
            let Some(column) = grouping.column.and_then(|column| columns.get(column)) else {
                errors.push(at(
                    &numbered(STRATA_FIELD, place),
                    "Choose the column that makes the groups",
                ));
                continue;
            };
            if strata.contains(&column.name) {
                errors.push(at(
                    &numbered(STRATA_FIELD, place),
                    "This column makes the groups already. Choose another",
                ));
                continue;
            }
            strata.push(column.name.clone());
            if grouping.bands.trim().is_empty() {
                continue;
            }
            match grouping.bands.trim().parse() {
                Ok(cut) => bands.push(Bands {
                    column: column.name.clone(),
                    cut,
                }),
                Err(refusal) => {
                    errors.push((numbered(BANDS_FIELD, place), refusal.to_string()));
                }
            }
        }
        let minimum = match self.minimum.trim() {
            // Numbers set by hand are what they are.
            _ if self.sharing == Sharing::ByHand => Some(0),
            "" => Some(0),
            text => grouped(text),
        };
        if minimum.is_none() {
            errors.push(at(
                MINIMUM_FIELD,
                "Enter the fewest cases of each group, as a whole number such as 1",
            ));
        }
        Kind::Stratified {
            strata,
            bands,
            allocation: self.allocation(known, errors),
            min_per_stratum: minimum.unwrap_or_default(),
        }
    }

    fn allocation(&self, strata: &[Planned], errors: &mut Errors) -> Allocation {
        let text = |stratum: &Planned| self.figures.get(&stratum.name).map_or("", |it| it.trim());
        let mut wrong = |place: usize, what: &str| {
            errors.push((numbered(FIGURE_FIELD, place), what.to_owned()));
        };
        let strata = strata.iter().enumerate();
        match self.sharing {
            Sharing::Proportional => Allocation::Proportional,
            Sharing::Equal => Allocation::Equal,
            Sharing::ByHand => {
                let share = |(place, stratum): (usize, &Planned)| {
                    if !text(stratum).is_empty() && grouped(text(stratum)).is_none() {
                        wrong(place, "Enter a whole number of cases, 0 for none");
                    }
                    Share {
                        stratum: stratum.name.clone(),
                        size: self.figure(stratum),
                    }
                };
                Allocation::ByHand(strata.map(share).collect())
            }
            Sharing::Neyman => {
                let spread = |(place, stratum): (usize, &Planned)| {
                    let spread = scaled(text(stratum), 6);
                    if spread.is_none() {
                        wrong(
                            place,
                            "Enter the standard deviation that was found, such as 0.4",
                        );
                    }
                    Spread {
                        stratum: stratum.name.clone(),
                        millionths: spread.unwrap_or_default(),
                    }
                };
                Allocation::Neyman(strata.map(spread).collect())
            }
        }
    }
}
