//! Conditions: when a question is asked or required, as plain data over earlier answers.

use serde::{Deserialize, Serialize};

use super::{GradeId, QuestionId};

/// Something that holds or not, given the answers so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub enum Condition {
    /// All of these hold.
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// An earlier question is answered so. A question that is not asked is not answered.
    Answer(QuestionId, Test),
}

/// What an answer is tested for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// It is one of these (of several that may be ticked: one of these is ticked): `yes`, `no`,
    /// `not_applicable`, the id of an option or of a grade.
    OneOf(Vec<String>),
    /// It has been given, or has not.
    Answered(bool),
    /// It is this grade or a lower one.
    AtOrBelow(GradeId),
    /// It is this number or a larger one.
    AtLeast(i64),
    /// It is this number or a smaller one.
    AtMost(i64),
    /// The interval is longer than its limit, or is not.
    Late(bool),
}

impl Condition {
    /// One of several conditions; several answers of one question, of which one is enough, are one
    /// test.
    #[must_use]
    pub fn any_of(parts: Vec<Self>) -> Self {
        let mut merged: Vec<Self> = Vec::new();
        for part in parts {
            if let (
                Some(Self::Answer(before, Test::OneOf(values))),
                Self::Answer(question, Test::OneOf(more)),
            ) = (merged.last_mut(), &part)
                && before == question
            {
                values.extend(more.iter().cloned());
                continue;
            }
            merged.push(part);
        }
        match merged.pop() {
            Some(only) if merged.is_empty() => only,
            last => {
                merged.extend(last);
                Self::Any(merged)
            }
        }
    }

    /// The questions that it asks about, with what it tests them for.
    #[must_use]
    pub fn tests(&self) -> Vec<(&QuestionId, &Test)> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::tests).collect(),
            Self::Not(part) => part.tests(),
            Self::Answer(question, test) => vec![(question, test)],
        }
    }

    /// Whether it holds, where `answers` says whether one question is answered so.
    pub fn holds(&self, answers: &impl Fn(&QuestionId, &Test) -> bool) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(answers)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(answers)),
            Self::Not(part) => !part.holds(answers),
            Self::Answer(question, test) => answers(question, test),
        }
    }

    /// The lists of conditions in it that are empty: they would hold always or never.
    pub(super) fn has_empty_list(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                parts.is_empty() || parts.iter().any(Self::has_empty_list)
            }
            Self::Not(part) => part.has_empty_list(),
            Self::Answer(_, Test::OneOf(values)) => values.is_empty(),
            Self::Answer(..) => false,
        }
    }
}

/// A condition as it stands in JSON: the fields that are there say what it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    all: Option<Vec<Condition>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    any: Option<Vec<Condition>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    not: Option<Box<Condition>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    question: Option<QuestionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    equals: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    one_of: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answered: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_or_below: Option<GradeId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_least: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_most: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    late: Option<bool>,
}

impl TryFrom<Written> for Condition {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let lists = [
            written.all.map(Self::All),
            written.any.map(Self::Any),
            written.not.map(Self::Not),
        ];
        let tests = [
            written.equals.map(|value| Test::OneOf(vec![value])),
            written.one_of.map(Test::OneOf),
            written.answered.map(Test::Answered),
            written.at_or_below.map(Test::AtOrBelow),
            written.at_least.map(Test::AtLeast),
            written.at_most.map(Test::AtMost),
            written.late.map(Test::Late),
        ];
        let mut lists = lists.into_iter().flatten();
        let mut tests = tests.into_iter().flatten();
        match (lists.next(), written.question, tests.next()) {
            (Some(list), None, None) if lists.next().is_none() => Ok(list),
            (None, Some(question), Some(test)) if tests.next().is_none() => {
                Ok(Self::Answer(question, test))
            }
            _ => Err(
                "a condition is either one of “all”, “any” and “not”, or a “question” with one of \
                 “equals”, “one_of”, “answered”, “at_or_below”, “at_least”, “at_most” and “late”"
                    .to_owned(),
            ),
        }
    }
}

impl From<Condition> for Written {
    fn from(condition: Condition) -> Self {
        let mut written = Self::default();
        match condition {
            Condition::All(parts) => written.all = Some(parts),
            Condition::Any(parts) => written.any = Some(parts),
            Condition::Not(part) => written.not = Some(part),
            Condition::Answer(question, test) => {
                written.question = Some(question);
                match test {
                    Test::OneOf(mut values) if values.len() == 1 => written.equals = values.pop(),
                    Test::OneOf(values) => written.one_of = Some(values),
                    Test::Answered(given) => written.answered = Some(given),
                    Test::AtOrBelow(grade) => written.at_or_below = Some(grade),
                    Test::AtLeast(number) => written.at_least = Some(number),
                    Test::AtMost(number) => written.at_most = Some(number),
                    Test::Late(late) => written.late = Some(late),
                }
            }
        }
        written
    }
}
