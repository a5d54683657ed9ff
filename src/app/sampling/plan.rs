//! The plan of a draw as a person fills it in: what matters most, with what it needs; limits; cases
//! that must be included. What is typed becomes a method, or a sentence at its field.

pub mod columns;
pub mod limits;
mod method;

use std::collections::BTreeMap;

use self::columns::{Use, offered, usual_bands};
use self::limits::{CAP_FIELD, INCLUDE_FIELD, Limits};
use crate::sample::preview::{Fault, PlanPart};
use crate::table::column::Profile;
use crate::table::date::Date;

/// What is wrong, by field id.
pub type Errors = Vec<(String, String)>;

/// The id of the field for the number of cases.
pub const SIZE_FIELD: &str = "sample-size";
/// The ids of the fields for a column of strata and its bands; a number follows.
pub const STRATA_FIELD: &str = "strata";
/// See [`STRATA_FIELD`].
pub const BANDS_FIELD: &str = "bands";
/// The id of the choice how the sample is shared out.
pub const SHARING_FIELD: &str = "sharing";
/// The id of the field for each stratum's number; a number follows.
pub const FIGURE_FIELD: &str = "figure";
/// The id of the field for the least of each stratum.
pub const MINIMUM_FIELD: &str = "minimum";
/// The id of the field for the number of teams.
pub const TEAMS_FIELD: &str = "teams";
/// The id of the field for the column of weights.
pub const WEIGHT_FIELD: &str = "weight";
/// The id of the field for the column of the order.
pub const ORDER_FIELD: &str = "order";
/// At most so many columns make strata together.
pub const MOST_STRATA: usize = 3;

/// What matters most: the method in plain words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aim {
    /// Every case has the same chance: a simple draw.
    #[default]
    SameChance,
    /// Every team, category or age group is looked at: a stratified draw.
    EveryGroup,
    /// Only some teams or offices are visited: a draw in two stages.
    SomeTeams,
    /// Some cases shall come up more often: a weighted draw.
    ByWeight,
    /// The sample spreads evenly over an order: a systematic draw.
    Spread,
}

/// How the sample is shared out among groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sharing {
    /// As the list is made up.
    #[default]
    Proportional,
    /// The same from each.
    Equal,
    /// Numbers set by hand.
    ByHand,
    /// By cases and by how much earlier results differed.
    Neyman,
}

/// A column that makes groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grouping {
    /// The column, once chosen.
    pub column: Option<usize>,
    /// Its bands, as typed; empty where each value is a group.
    pub bands: String,
}

/// A plan as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many cases.
    pub size: String,
    /// What matters most.
    pub aim: Aim,
    /// The columns that make groups, at least one.
    pub groupings: Vec<Grouping>,
    /// How the sample is shared out among groups.
    pub sharing: Sharing,
    /// The least of each group.
    pub minimum: String,
    /// The column that names a team, once chosen.
    pub team: Option<usize>,
    /// How many teams are drawn.
    pub teams: String,
    /// Each group's number or spread, by its name.
    pub figures: BTreeMap<String, String>,
    /// The column of weights.
    pub weight: Option<usize>,
    /// The column of the order; by id where there is none.
    pub order: Option<usize>,
    /// What holds for a draw of whatever method.
    pub limits: Limits,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            size: String::new(),
            aim: Aim::default(),
            groupings: vec![Grouping::default()],
            sharing: Sharing::default(),
            minimum: "1".to_owned(),
            team: None,
            teams: String::new(),
            figures: BTreeMap::new(),
            weight: None,
            order: None,
            limits: Limits::default(),
        }
    }
}

/// What can happen to a plan.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person typed how many cases.
    EnteredSize(String),
    /// The person said what matters most.
    ChoseAim(Aim),
    /// The person chose the column of the grouping of that place, or none.
    ChoseGrouping(usize, Option<usize>),
    /// The person typed the bands of the grouping of that place.
    EnteredBands(usize, String),
    /// The person wants a further column of groups.
    ClickedAddGrouping,
    /// The person chose how the sample is shared out.
    ChoseSharing(Sharing),
    /// The person typed the least of each group.
    EnteredMinimum(String),
    /// The person typed the number or spread of the group of that name.
    EnteredFigure(String, String),
    /// The person chose the column that names a team, or none.
    ChoseTeam(Option<usize>),
    /// The person typed how many teams are drawn.
    EnteredTeams(String),
    /// The person chose the column of weights, or none.
    ChoseWeight(Option<usize>),
    /// The person chose the column of the order, or none.
    ChoseOrder(Option<usize>),
    /// The person changed a limit, the cases that must be included or the reserve.
    Limits(limits::Msg),
}

impl Plan {
    /// Brings the plan forward. `columns` are those of the list, `today` the day on which the person
    /// chooses. Gives what is wrong with what was to be added.
    pub(super) fn update(&mut self, msg: Msg, columns: &[Profile], today: Date) -> Errors {
        match msg {
            Msg::EnteredSize(size) => self.size = size,
            Msg::ChoseAim(aim) => self.choose_aim(aim, columns, today),
            Msg::ChoseGrouping(place, column) => {
                self.choose_grouping(place, column, columns, today);
            }
            Msg::EnteredBands(place, bands) => {
                if let Some(grouping) = self.groupings.get_mut(place) {
                    grouping.bands = bands;
                }
            }
            Msg::ClickedAddGrouping if self.groupings.len() < MOST_STRATA => {
                self.groupings.push(Grouping::default());
            }
            Msg::ClickedAddGrouping => {}
            Msg::ChoseSharing(sharing) => {
                self.sharing = sharing;
                self.figures.clear();
            }
            Msg::EnteredMinimum(minimum) => self.minimum = minimum,
            Msg::EnteredFigure(stratum, figure) => {
                self.figures.insert(stratum, figure);
            }
            Msg::ChoseTeam(column) => self.team = column,
            Msg::EnteredTeams(teams) => self.teams = teams,
            Msg::ChoseWeight(column) => self.weight = column,
            Msg::ChoseOrder(column) => self.order = column,
            Msg::Limits(msg) => return self.limits.update(msg),
        }
        Errors::new()
    }

    /// Takes what the list itself suggests, where nothing was chosen yet.
    fn choose_aim(&mut self, aim: Aim, columns: &[Profile], today: Date) {
        self.aim = aim;
        if aim == Aim::SomeTeams && self.sharing != Sharing::Equal {
            // Nobody can set numbers for teams that are not drawn yet.
            self.sharing = Sharing::Proportional;
        }
        match aim {
            Aim::EveryGroup if self.groupings.iter().all(|it| it.column.is_none()) => {
                let first = offered(Use::Strata, columns).into_iter().next();
                self.choose_grouping(0, first, columns, today);
            }
            Aim::ByWeight if self.weight.is_none() => {
                self.weight = offered(Use::Weight, columns).into_iter().next();
            }
            Aim::SomeTeams if self.team.is_none() => {
                let teams = offered(Use::Team, columns);
                let is_team = |column: &&usize| {
                    let column = columns.get(**column);
                    column.is_some_and(|it| it.name.to_lowercase().contains("team"))
                };
                self.team = teams.iter().find(is_team).or(teams.first()).copied();
            }
            Aim::SameChance | Aim::EveryGroup | Aim::SomeTeams | Aim::ByWeight | Aim::Spread => {}
        }
    }

    fn choose_grouping(
        &mut self,
        place: usize,
        column: Option<usize>,
        columns: &[Profile],
        today: Date,
    ) {
        if column.is_none() && self.groupings.len() > 1 && place < self.groupings.len() {
            self.groupings.remove(place);
        } else if let Some(grouping) = self.groupings.get_mut(place) {
            let profile = column.and_then(|at| columns.get(at));
            grouping.column = column;
            grouping.bands = profile.map_or_else(String::new, |it| usual_bands(it, today));
        }
        self.figures.clear();
    }

    /// Whether the desk can say anything of the plan that the page does not know itself.
    pub(super) fn asks_for_preview(&self) -> bool {
        self.aim != Aim::SameChance
            || !self.limits.caps.is_empty()
            || !self.limits.must_include.is_empty()
    }
}

/// The field at which a fault is said.
#[must_use]
pub fn field_of(fault: &Fault) -> String {
    match fault.part {
        PlanPart::Size => SIZE_FIELD.to_owned(),
        PlanPart::Strata => numbered(STRATA_FIELD, 0),
        PlanPart::Allocation => SHARING_FIELD.to_owned(),
        PlanPart::Teams => TEAMS_FIELD.to_owned(),
        PlanPart::Weight => WEIGHT_FIELD.to_owned(),
        PlanPart::Order => ORDER_FIELD.to_owned(),
        PlanPart::Caps => numbered(CAP_FIELD, 0),
        PlanPart::MustInclude => INCLUDE_FIELD.to_owned(),
    }
}

/// The id of one of several fields of a kind, by its place from 0.
#[must_use]
pub fn numbered(field: &str, place: usize) -> String {
    format!("{field}-{}", place + 1)
}

fn at(field: &str, what: &str) -> (String, String) {
    (field.to_owned(), what.to_owned())
}
