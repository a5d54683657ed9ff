//! Who is in: the filters that rows of the list pass, each with its reason, and the day as of which
//! the list speaks.

use super::super::{Effect, Open};
use super::OnDesk;
use crate::desk::list::ListView;
use crate::frame::filter::{Filter, Otherwise, Side, Test};
use crate::frame::plan::Plan;
use crate::table::column::{Kind, Profile};
use crate::table::date::Date;

/// Who is in.
#[derive(Debug, Default)]
pub struct Stage {
    /// The reference day, as of which the list speaks: `2026-12-01`.
    pub day: String,
    /// The filters, in the order in which rows pass them.
    pub filters: Vec<Filter>,
    /// The filter that is being made.
    pub draft: Draft,
    /// Whether the filter that is being made is for the list on the desk alone, before it is linked
    /// with the others.
    pub alone: bool,
    /// Whether the filters are remembered for the next list of the same columns.
    pub remembered: bool,
    /// What is wrong, by field id.
    pub errors: Vec<(&'static str, String)>,
}

/// A filter that is being made, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The column, from 0, once chosen.
    pub column: Option<usize>,
    /// What is asked of the column.
    pub asks: Asks,
    /// The values that were ticked, of those that are offered.
    pub ticked: Vec<String>,
    /// Further values, a line each.
    pub typed: String,
    /// The beginning of a range.
    pub from: String,
    /// The end of a range.
    pub to: String,
    /// Whether the rows for which it holds stay or go.
    pub leaves_out: bool,
    /// What becomes of rows whose cell is blank or cannot be read.
    pub otherwise: Otherwise,
    /// Why the others are left out.
    pub reason: String,
}

/// What a filter asks of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asks {
    /// Is it one of these values?
    #[default]
    Values,
    /// Does its day lie in a window?
    Days,
    /// Do the days since it?
    DaysSince,
    /// Does the age?
    Age,
    /// Does its number?
    Number,
}

/// What can happen while a person says who is in.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person gave the reference day.
    EnteredDay(String),
    /// The person changed the filter that is being made.
    Changed(Change),
    /// The person asked for the filter.
    ClickedAdd,
    /// The person took a filter away.
    ClickedRemove(usize),
    /// The person said whether the filter is for the list on the desk alone.
    ChoseAlone(bool),
    /// The person said whether the filters are remembered.
    ToggledRemembered(bool),
}

/// What a person changes of the filter that is being made.
#[derive(Clone, Debug)]
pub enum Change {
    /// The column that it asks.
    Column(usize),
    /// What it asks of the column.
    Asks(Asks),
    /// A value was ticked, or the tick taken off.
    Ticked(String),
    /// Values were typed.
    Typed(String),
    /// The beginning of a range.
    From(String),
    /// The end of a range.
    To(String),
    /// Whether the rows for which it holds stay or go.
    Side(Side),
    /// What becomes of rows that it cannot tell of.
    Otherwise(Otherwise),
    /// The reason.
    Reason(String),
}

/// A field by its id, and what is wrong with it.
type Wrong = (&'static str, String);
/// Both ends of a range, either of which may be left out.
type Range<T> = (Option<T>, Option<T>);

/// The id of the field for the reference day.
pub const DAY_FIELD: &str = "reference-day";
/// The id of the field for a filter's column.
pub const COLUMN_FIELD: &str = "filter-column";
/// The id of the field for the values of a filter.
pub const VALUES_FIELD: &str = "filter-values";
/// The id of the field for the beginning of a range.
pub const FROM_FIELD: &str = "filter-from";

impl Stage {
    /// Begins with the day of a moment as the reference day, unless a person gave another.
    pub(super) fn begin(&mut self, at: i64) {
        if self.day.is_empty() {
            self.day = Date::of_millis(at).to_string();
        }
    }

    /// Forgets the filters, which were for another list.
    pub(super) fn clear(&mut self) {
        self.filters.clear();
        self.begin_list(true);
    }

    /// Begins with another list: filters of linked lists stay, since their columns do.
    pub(super) fn begin_list(&mut self, linked: bool) {
        if !linked {
            self.filters.clear();
        }
        self.draft = Draft::default();
        self.alone = false;
        self.remembered &= linked;
        self.errors.clear();
    }
}

impl super::Stage {
    /// The reference day, if a filter of the plan counts to it.
    pub(super) fn day_needed(&self, plan: &Plan) -> Option<Date> {
        let counts = |filter: &Filter| match filter.test {
            Test::Age { .. } | Test::DaysSince { .. } => true,
            Test::Value { .. } | Test::Date { .. } | Test::Number { .. } | Test::Earlier { .. } => {
                false
            }
        };
        let of_lists = plan.lists.iter().flat_map(|list| &list.filters);
        let needed = plan.filters.iter().chain(of_lists).any(counts);
        Date::of_field(&self.who.day).filter(|_| needed)
    }

    /// What the page shows of the list that the filter which is being made asks.
    #[must_use]
    pub fn asked_view(&self) -> Option<&ListView> {
        match &self.desk {
            OnDesk::List { view, .. } if self.who.alone => Some(view),
            OnDesk::List { .. } | OnDesk::Nothing | OnDesk::Reading { .. } => self.view(),
        }
    }

    /// The filters that the one which is being made is put beside.
    fn filters_beside(&mut self) -> &mut Vec<Filter> {
        match self.linking.own_part().filter(|_| self.who.alone) {
            Some(part) => &mut part.filters,
            None => &mut self.who.filters,
        }
    }
}

impl Draft {
    fn change(&mut self, change: Change, columns: &[Profile]) {
        match change {
            Change::Column(column) => {
                *self = Self {
                    column: Some(column),
                    asks: columns.get(column).map(usual).unwrap_or_default(),
                    ..Self::default()
                };
            }
            Change::Asks(asks) => self.asks = asks,
            Change::Ticked(value) => {
                let before = self.ticked.len();
                self.ticked.retain(|ticked| *ticked != value);
                if self.ticked.len() == before {
                    self.ticked.push(value);
                }
            }
            Change::Typed(text) => self.typed = text,
            Change::From(text) => self.from = text,
            Change::To(text) => self.to = text,
            Change::Side(side) => self.leaves_out = side == Side::LeaveOut,
            Change::Otherwise(otherwise) => self.otherwise = otherwise,
            Change::Reason(text) => self.reason = text,
        }
    }

    /// The filter that was typed.
    fn filter(&self, columns: &[Profile]) -> Result<Filter, Wrong> {
        let column = self.column.and_then(|at| columns.get(at));
        let Some(Profile { name, .. }) = column else {
            return Err((
                COLUMN_FIELD,
                "Choose the column that the filter asks".to_owned(),
            ));
        };
        let column = name.clone();
        let test = match self.asks {
            Asks::Values => Test::Value {
                column,
                values: self.values()?,
            },
            Asks::Days => {
                let (from, to) = self.range(Date::of_field, "Enter a day, an end or both")?;
                Test::Date { column, from, to }
            }
            Asks::DaysSince => {
                let (from, to) = self.range(whole, "Enter whole numbers of days")?;
                Test::DaysSince { column, from, to }
            }
            Asks::Age => {
                let (from, to) = self.range(whole, "Enter ages in whole years")?;
                Test::Age { column, from, to }
            }
            Asks::Number => {
                let (from, to) = self.range(whole, "Enter whole numbers")?;
                Test::Number { column, from, to }
            }
        };
        let side = if self.leaves_out {
            Side::LeaveOut
        } else {
            Side::Keep
        };
        Ok(Filter {
            blank: self.otherwise,
            unreadable: self.otherwise,
            reason: self.reason.trim().to_owned(),
            ..Filter::new(side, test)
        })
    }

    fn values(&self) -> Result<Vec<String>, Wrong> {
        let mut values = self.ticked.clone();
        for line in self.typed.lines().map(str::trim) {
            if !line.is_empty() && !values.iter().any(|value| value == line) {
                values.push(line.to_owned());
            }
        }
        if values.is_empty() {
            return Err((VALUES_FIELD, "Choose at least one value".to_owned()));
        }
        Ok(values)
    }

    /// Both ends of a range, either of which may be left out.
    fn range<T: PartialOrd>(
        &self,
        read: impl Fn(&str) -> Option<T>,
        ask: &str,
    ) -> Result<Range<T>, Wrong> {
        let wrong = || (FROM_FIELD, ask.to_owned());
        let end = |text: &str| match text.trim() {
            "" => Ok(None),
            text => read(text).map(Some).ok_or_else(wrong),
        };
        let (from, to) = (end(&self.from)?, end(&self.to)?);
        let upside_down = from
            .as_ref()
            .zip(to.as_ref())
            .is_some_and(|(from, to)| to < from);
        if upside_down {
            return Err((
                FROM_FIELD,
                "The range must not end before it begins".to_owned(),
            ));
        }
        if from.is_none() && to.is_none() {
            return Err(wrong());
        }
        Ok((from, to))
    }
}

impl Open {
    pub(super) fn update_who(&mut self, msg: Msg) -> Vec<Effect> {
        let Some(columns) = self.list.asked_view().map(|view| view.columns.clone()) else {
            return Vec::new();
        };
        let who = &mut self.list.who;
        who.errors.clear();
        match msg {
            Msg::EnteredDay(day) => {
                who.day = day;
                if Date::of_field(&who.day).is_none() {
                    who.errors = vec![(DAY_FIELD, "Enter the reference day".to_owned())];
                    return Vec::new();
                }
            }
            Msg::ClickedAdd => {
                if let Err(error) = self.add_filter(&columns) {
                    self.list.who.errors = vec![error];
                    return vec![Effect::Focus("error-summary".to_owned())];
                }
            }
            Msg::ClickedRemove(at) => {
                if at < who.filters.len() {
                    who.filters.remove(at);
                }
            }
            Msg::ChoseAlone(alone) => {
                who.alone = alone;
                who.draft = Draft::default();
                return Vec::new();
            }
            Msg::ToggledRemembered(remembered) => {
                who.remembered = remembered;
                return Vec::new();
            }
            Msg::Changed(change) => {
                who.draft.change(change, &columns);
                return Vec::new();
            }
        }
        let mut effects = self.ask_for_frame();
        effects.push(Effect::Focus("who-is-in".to_owned()));
        effects
    }

    /// Adds the filter that was made, and begins with another.
    fn add_filter(&mut self, columns: &[Profile]) -> Result<(), Wrong> {
        let filter = self.list.who.draft.filter(columns)?;
        let beside = self.list.filters_beside();
        if beside.iter().any(|it| it.reason() == filter.reason()) {
            let why = "There is a filter with this reason already".to_owned();
            return Err((COLUMN_FIELD, why));
        }
        beside.push(filter);
        self.list.who.draft = Draft::default();
        Ok(())
    }
}

/// What is most likely asked of a column.
fn usual(column: &Profile) -> Asks {
    let name = column.name.to_lowercase();
    match column.kind {
        Kind::Date if name.contains("birth") || name.contains("dob") => Asks::Age,
        Kind::Date => Asks::DaysSince,
        Kind::Number => Asks::Number,
        Kind::Id | Kind::YesNo | Kind::Category | Kind::Text | Kind::Empty => Asks::Values,
    }
}

fn whole(text: &str) -> Option<i32> {
    text.parse().ok()
}
