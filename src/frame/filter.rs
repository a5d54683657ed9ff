//! Who is in: filters as data, each with its reason. A row leaves by the first filter that it does
//! not pass, and is counted there; a cell that a filter cannot read is named with its place, unless
//! somebody says what becomes of such rows.

mod age;
mod text;

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::{Exclusion, UnitId, only, without_id};
use crate::table::date::Date;
use crate::table::{Problem, Refusal, Table, trimmed};

pub(super) use self::age::age;

/// Rows that stay or go by what one of their cells says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// What is asked of a row.
    #[serde(flatten)]
    pub test: Test,
    /// Whether the rows for which it holds stay or go.
    pub rows: Side,
    /// What becomes of a row whose cell is blank, where a date or a number is asked for.
    #[serde(default, skip_serializing_if = "Otherwise::is_faulty")]
    pub blank: Otherwise,
    /// What becomes of a row whose cell is no such date or number.
    #[serde(default, skip_serializing_if = "Otherwise::is_faulty")]
    pub unreadable: Otherwise,
    /// Why the rows that go are left out: it stands in the certificate. Blank for what the filter
    /// itself says, see [`Filter::reason`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// What is asked of a row. Both ends of a range belong to it, and either may be open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "test", rename_all = "snake_case")]
pub enum Test {
    /// Is the cell one of these texts? White space at the ends and Unicode's forms make no
    /// difference, capitals do. The empty text stands for a blank cell.
    Value {
        /// The column.
        column: String,
        /// The texts.
        values: Vec<String>,
    },
    /// Does the cell's day lie in a window?
    Date {
        /// The column.
        column: String,
        /// The first day.
        from: Option<Date>,
        /// The last day.
        to: Option<Date>,
    },
    /// Does the age in whole years on the reference day? The cell is a date of birth, or a number
    /// of years, of which the fraction is left off.
    Age {
        /// The column.
        column: String,
        /// The youngest.
        from: Option<i32>,
        /// The oldest.
        to: Option<i32>,
    },
    /// Do the days from the cell's day to the reference day?
    DaysSince {
        /// The column.
        column: String,
        /// The fewest.
        from: Option<i32>,
        /// The most.
        to: Option<i32>,
    },
    /// Does the cell's number?
    Number {
        /// The column.
        column: String,
        /// The smallest.
        from: Option<i32>,
        /// The largest.
        to: Option<i32>,
    },
    /// Was the case looked at before?
    Earlier {
        /// The file that says so.
        file: String,
        /// The file's SHA-256.
        sha256: String,
        /// The column to compare, where it is not the id of the case itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        column: Option<String>,
        /// The ids of the cases.
        ids: Vec<UnitId>,
    },
}

/// Whether rows stay or go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// They stay, all others go.
    Keep,
    /// They go, all others stay.
    LeaveOut,
}

/// What becomes of a row whose cell says nothing that a filter can use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Otherwise {
    /// It is faulty, and its cell named.
    #[default]
    Faulty,
    /// It stays, as far as this filter goes, and is counted in a notice.
    Keep,
    /// It is left out, with a reason and a count of its own.
    LeaveOut,
}

impl Otherwise {
    /// Whether such rows are faulty, as they are where nothing is said.
    #[must_use]
    pub fn is_faulty(&self) -> bool {
        *self == Self::Faulty
    }
}

impl Filter {
    /// A filter without a reason of its own; cells that it cannot read are faults.
    #[must_use]
    pub fn new(rows: Side, test: Test) -> Self {
        Self {
            test,
            rows,
            blank: Otherwise::Faulty,
            unreadable: Otherwise::Faulty,
            reason: String::new(),
        }
    }

    /// Why the rows that go are left out.
    #[must_use]
    pub fn reason(&self) -> String {
        match (trimmed(&self.reason), self.rows) {
            ("", Side::Keep) => format!("Not so: {}", self.test),
            ("", Side::LeaveOut) => self.test.to_string(),
            (reason, _) => reason.to_owned(),
        }
    }
}

impl Test {
    /// The column that is asked, if it is not the id.
    #[must_use]
    pub fn column(&self) -> Option<&str> {
        match self {
            Self::Value { column, .. }
            | Self::Date { column, .. }
            | Self::Age { column, .. }
            | Self::DaysSince { column, .. }
            | Self::Number { column, .. } => Some(column),
            Self::Earlier { column, .. } => column.as_deref(),
        }
    }
}

/// The rows of a table after all filters. Rows = those that stay + excluded + faulty.
#[derive(Debug, Default)]
pub(super) struct Sifted {
    /// For each row whether it stays.
    pub(super) stays: Vec<bool>,
    /// Those that go, by reason, in the order of the filters.
    pub(super) excluded: Vec<Exclusion>,
    /// Those without an id, and those with a cell that a filter cannot read.
    pub(super) faulty: Vec<Problem>,
    /// What a person should know besides.
    pub(super) notices: Vec<String>,
}

/// What a filter finds of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Finding {
    Holds,
    HoldsNot,
    Blank,
    /// What the cell is not.
    Unreadable(&'static str),
}

/// Takes the rows without an id out of a table, and those that the filters say.
///
/// # Errors
/// A column that is not there, a range that is upside down or open at both ends, two filters with
/// one reason, or a filter that needs a reference day where none is given.
pub(super) fn sift(
    table: &Table,
    unit: &[usize],
    filters: &[Filter],
    day: Option<Date>,
) -> Result<Sifted, Refusal> {
    check(filters)?;
    let mut sifted = Sifted {
        stays: vec![!unit.is_empty(); table.rows()],
        ..Sifted::default()
    };
    for &column in unit {
        let filled = table.judged(column, |text| !text.is_empty());
        for (stays, filled) in sifted.stays.iter_mut().zip(filled) {
            *stays &= filled;
        }
    }
    let without = sifted
        .stays
        .iter()
        .enumerate()
        .filter(|(_, stays)| !**stays);
    sifted.faulty = without
        .map(|(row, _)| without_id(table, unit, row))
        .collect();
    for filter in filters {
        sifted.apply(filter, table, unit, day)?;
    }
    sifted.faulty.sort_by_key(|problem| problem.place.row);
    Ok(sifted)
}

fn check(filters: &[Filter]) -> Result<(), Refusal> {
    let mut reasons = BTreeSet::from([super::exclusion::REPEATED.to_owned()]);
    for filter in filters {
        if !reasons.insert(filter.reason()) {
            return Err(Refusal(format!(
                "Two filters bear the reason “{}”. Give each a reason of its own, so that each can \
                 be counted.",
                filter.reason()
            )));
        }
        text::check_range(&filter.test)?;
    }
    Ok(())
}

impl Sifted {
    fn apply(
        &mut self,
        filter: &Filter,
        table: &Table,
        unit: &[usize],
        day: Option<Date>,
    ) -> Result<(), Refusal> {
        let (column, findings) = findings(&filter.test, table, unit, day)?;
        let (mut gone, mut blank, mut unread) =
            (Tally::default(), Tally::default(), Tally::default());
        for (row, finding) in findings.into_iter().enumerate() {
            let Some(stays) = self.stays.get_mut(row).filter(|stays| **stays) else {
                continue;
            };
            let (otherwise, tally) = match finding {
                Finding::Holds | Finding::HoldsNot => {
                    if (finding == Finding::Holds) != (filter.rows == Side::Keep) {
                        *stays = false;
                        gone.out += 1;
                    }
                    continue;
                }
                Finding::Blank => (filter.blank, &mut blank),
                Finding::Unreadable(_) => (filter.unreadable, &mut unread),
            };
            *stays = otherwise == Otherwise::Keep;
            match otherwise {
                Otherwise::Keep => tally.kept += 1,
                Otherwise::LeaveOut => tally.out += 1,
                Otherwise::Faulty => {
                    let problem = unread_cell(filter, table, row, column, finding);
                    self.faulty.push(problem);
                }
            }
        }
        let reason = filter.reason();
        self.excluded.extend(Exclusion::of(&reason, gone.out));
        for (tally, what) in [(blank, "blank"), (unread, "unreadable")] {
            let reason = format!("{reason} ({what})");
            self.excluded.extend(Exclusion::of(&reason, tally.out));
            if tally.kept > 0 {
                let column = filter.test.column().unwrap_or_default();
                self.notices.push(format!(
                    "Rows kept though “{column}” is {what}: {}.",
                    tally.kept
                ));
            }
        }
        Ok(())
    }
}

/// Rows of one kind that a filter let stay or took out.
#[derive(Default)]
struct Tally {
    kept: usize,
    out: usize,
}

/// What a test finds of each row, and the column that it asked.
fn findings(
    test: &Test,
    table: &Table,
    unit: &[usize],
    day: Option<Date>,
) -> Result<(Option<usize>, Vec<Finding>), Refusal> {
    let column = test.column().map(|name| place(table, name)).transpose()?;
    let Some(at) = column else {
        return Ok((only(unit), seen_before(test, table, unit)));
    };
    let needed = || day.ok_or_else(|| no_day(test));
    let found = match test {
        Test::Value { values, .. } => {
            let values: BTreeSet<String> = values.iter().map(|text| plain(text)).collect();
            let is = |text: &str| held(values.contains(&plain(text)));
            table.judged(at, is).collect()
        }
        Test::Earlier { ids, .. } => {
            let ids: BTreeSet<&UnitId> = ids.iter().collect();
            let is = |text: &str| held(UnitId::new(text).is_some_and(|id| ids.contains(&id)));
            table.judged(at, is).collect()
        }
        Test::Date { from, to, .. } => {
            let is = |text: &str| in_range(Date::parse(text), *from, *to, "date");
            table.judged(at, is).collect()
        }
        Test::Age { from, to, .. } => {
            let day = needed()?;
            let is = |text: &str| in_range(age(text, day), *from, *to, "date of birth or age");
            table.judged(at, is).collect()
        }
        Test::DaysSince { from, to, .. } => {
            let day = needed()?;
            let days = |text: &str| {
                Date::parse(text).and_then(|from| i32::try_from(day.days() - from.days()).ok())
            };
            let is = |text: &str| in_range(days(text), *from, *to, "date");
            table.judged(at, is).collect()
        }
        Test::Number { from, to, .. } => {
            let (from, to) = (from.map(f64::from), to.map(f64::from));
            let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
            let is = |text: &str| in_range(number(text), from, to, "number");
            table.judged(at, is).collect()
        }
    };
    // A blank cell is a text like another where texts are compared.
    let texts = matches!(test, Test::Value { .. } | Test::Earlier { .. });
    if texts {
        return Ok((column, found));
    }
    let blank = table.judged(at, str::is_empty).zip(found);
    let found = blank.map(|(blank, finding)| if blank { Finding::Blank } else { finding });
    Ok((column, found.collect()))
}

/// For each row whether its own id is among those of an earlier round.
fn seen_before(test: &Test, table: &Table, unit: &[usize]) -> Vec<Finding> {
    let ids: BTreeSet<&UnitId> = match test {
        Test::Earlier { ids, .. } => ids.iter().collect(),
        Test::Value { .. }
        | Test::Date { .. }
        | Test::Age { .. }
        | Test::DaysSince { .. }
        | Test::Number { .. } => BTreeSet::new(),
    };
    let id = |row| UnitId::joined(unit.iter().map(|&column| table.cell(row, column)));
    (0..table.rows())
        .map(|row| held(id(row).is_some_and(|id| ids.contains(&id))))
        .collect()
}

fn held(holds: bool) -> Finding {
    if holds {
        Finding::Holds
    } else {
        Finding::HoldsNot
    }
}

fn in_range<T: PartialOrd>(
    value: Option<T>,
    from: Option<T>,
    to: Option<T>,
    what: &'static str,
) -> Finding {
    let Some(value) = value else {
        return Finding::Unreadable(what);
    };
    held(from.is_none_or(|from| from <= value) && to.is_none_or(|to| value <= to))
}

fn plain(text: &str) -> String {
    trimmed(text).nfc().collect()
}

/// The column of that name.
pub(super) fn place(table: &Table, name: &str) -> Result<usize, Refusal> {
    table
        .column_named(name)
        .ok_or_else(|| Refusal(format!("The list has no column “{name}”.")))
}

fn no_day(test: &Test) -> Refusal {
    Refusal(format!(
        "The filter “{test}” counts to a reference day, and none is given. Give the day as of which \
         the list speaks."
    ))
}

fn unread_cell(
    filter: &Filter,
    table: &Table,
    row: usize,
    column: Option<usize>,
    finding: Finding,
) -> Problem {
    let name = column.map_or("", |column| table.name(column));
    let cell = column.map_or("", |column| trimmed(table.cell(row, column)));
    let what = match finding {
        Finding::Unreadable(what) => format!("has “{cell}”, which is no {what}"),
        Finding::Holds | Finding::HoldsNot | Finding::Blank => "is blank".to_owned(),
    };
    Problem {
        place: table.place(row, column),
        message: format!(
            "“{name}” {what}, so the filter “{}” cannot tell. Mend it, or say that such rows are kept \
             or left out.",
            filter.test
        ),
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::write(self, f)
    }
}
