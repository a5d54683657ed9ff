//! What kinds of answer a question takes.

use serde::{Deserialize, Serialize};

use super::{AlternativeId, GradeId};

/// What kind of answer a question takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// One of the form's grades, with the reason for it.
    Grade {
        /// Whether "not applicable" may be chosen, with a reason.
        #[serde(default)]
        not_applicable: bool,
        /// At which grades the reason is due.
        #[serde(default, skip_serializing_if = "ReasonDue::is_always")]
        reason: ReasonDue,
        /// What good looks like, one for each grade; or none at all.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        benchmarks: Vec<Benchmark>,
    },
    /// Yes or no.
    YesNo {
        /// Whether "not applicable" may be chosen, with a reason.
        #[serde(default)]
        not_applicable: bool,
    },
    /// One of several answers on offer.
    OneOf {
        /// The answers on offer.
        options: Vec<Alternative>,
    },
    /// Any number of several answers on offer.
    SeveralOf {
        /// The answers on offer.
        options: Vec<Alternative>,
    },
    /// Free text.
    Text {
        /// How many lines the field shows at first; a field of one line never has more.
        #[serde(default = "one_line", skip_serializing_if = "is_one_line")]
        lines: u8,
    },
    /// A number.
    Number(NumberKind),
    /// A day.
    Date,
    /// How long something took, from one moment or day to another: computed, never opined.
    Interval(TimeLimit),
    /// Any number of actions: what must happen, who does it, by when.
    Actions,
    /// Any number of pieces of evidence: what was seen, where, of which day.
    Evidence,
}

impl Kind {
    /// The answers that it offers by name; none where it offers none.
    #[must_use]
    pub fn options(&self) -> &[Alternative] {
        if let Self::OneOf { options } | Self::SeveralOf { options } = self {
            options
        } else {
            &[]
        }
    }

    /// The same, to be changed.
    pub fn options_mut(&mut self) -> Option<&mut Vec<Alternative>> {
        if let Self::OneOf { options } | Self::SeveralOf { options } = self {
            Some(options)
        } else {
            None
        }
    }
}

fn one_line() -> u8 {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_one_line(lines: &u8) -> bool {
    *lines == 1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_none(places: &u8) -> bool {
    *places == 0
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_false(flag: &bool) -> bool {
    !*flag
}

/// At which grades the reason for a grade is due. Saying why a question does not apply always is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonDue {
    /// At each grade.
    #[default]
    Always,
    /// At none: the reason may still be given.
    Never,
    /// At this grade and those below it.
    AtOrBelow(GradeId),
}

impl ReasonDue {
    fn is_always(&self) -> bool {
        *self == Self::Always
    }
}

/// What practice at one grade looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Benchmark {
    /// The grade.
    pub grade: GradeId,
    /// What is seen in a case at that grade.
    pub text: String,
}

/// One of the answers that a question offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alternative {
    /// Its id.
    pub id: AlternativeId,
    /// What it says.
    pub label: String,
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Whether it stands alone, as “None of these” does: nothing else is chosen beside it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub exclusive: bool,
}

/// What numbers a question takes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberKind {
    /// The smallest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// The largest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// What is counted or measured: `weeks`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// How many decimal places it may have.
    #[serde(default, skip_serializing_if = "is_none")]
    pub decimals: u8,
}

/// How long something may take, and from what to what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeLimit {
    /// What is counted.
    pub unit: Unit,
    /// How many of them are still in time; `None` where it is only measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// What it begins with: `Child returned`.
    pub from: String,
    /// What it ends with: `Interview held`.
    pub to: String,
}

/// What the length of an interval is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Hours that passed, from a date and time to another.
    Hours,
    /// Days of the calendar after the first day.
    Days,
    /// Days after the first that are no Saturday, Sunday or public holiday in England.
    WorkingDays,
}

impl Unit {
    /// The unit as people say it, for a number of them.
    #[must_use]
    pub fn of(self, count: i64) -> &'static str {
        match (self, count) {
            (Self::Hours, 1) => "hour",
            (Self::Hours, _) => "hours",
            (Self::Days, 1) => "day",
            (Self::Days, _) => "days",
            (Self::WorkingDays, 1) => "working day",
            (Self::WorkingDays, _) => "working days",
        }
    }
}
