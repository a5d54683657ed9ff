//! The answers that the questions of a form take.

use serde::{Deserialize, Serialize};

use crate::form::{Alternative, AlternativeId, Form, GradeId, Kind};

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Answer {
    /// To a graded question.
    Grade {
        /// The grade, or that the question does not apply.
        choice: Option<Choice>,
        /// Why.
        #[serde(default)]
        reason: String,
    },
    /// To a question of yes or no.
    YesNo {
        /// Which.
        choice: Option<YesNo>,
        /// Why it does not apply, where it does not.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// To a question that offers answers, of which one is chosen.
    OneOf {
        /// Which.
        choice: Option<AlternativeId>,
    },
    /// To a question that offers answers, of which any number are chosen.
    SeveralOf {
        /// Which, in the order in which they were chosen.
        choices: Vec<AlternativeId>,
    },
    /// To a text question.
    Text {
        /// What was written.
        text: String,
    },
    /// To a question for a number.
    Number {
        /// The number as it was written.
        number: String,
    },
    /// To a question for a day.
    Date {
        /// The day, `2026-12-01`, or what was written in its place.
        date: String,
    },
    /// To a question for an interval.
    Interval {
        /// Its beginning: `2026-10-24T09:30`, or `2026-10-24` where days are counted.
        from: String,
        /// Its end.
        to: String,
    },
    /// To an actions question.
    Actions {
        /// The actions, in the order in which they were written.
        actions: Vec<Action>,
    },
    /// To a question for evidence.
    Evidence {
        /// The pieces, in the order in which they were written.
        evidence: Vec<Evidence>,
    },
}

/// What an auditor chose for a graded question.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// A grade of the form.
    Grade(GradeId),
    /// The question does not apply to this case: not the same as leaving it blank.
    NotApplicable,
}

/// What an auditor chose for a question of yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YesNo {
    /// Yes.
    Yes,
    /// No.
    No,
    /// The question does not apply to this case.
    NotApplicable,
}

impl YesNo {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::NotApplicable];

    /// How answers and conditions name it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::NotApplicable => crate::form::NOT_APPLICABLE,
        }
    }

    /// How people say it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Yes => "Yes",
            Self::No => "No",
            Self::NotApplicable => "Not applicable",
        }
    }
}

/// Something that must happen in a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What must happen.
    pub what: String,
    /// Who makes it happen.
    pub owner: String,
    /// By when, as written (`2026-12-01` from a date field).
    pub due: String,
}

impl Action {
    /// Whether nothing at all has been written.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        are_blank(&[&self.what, &self.owner, &self.due])
    }
}

/// Something that was seen or heard, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What it shows.
    pub what: String,
    /// The document or the conversation.
    pub source: String,
    /// Its day, as written (`2026-06-02` from a date field).
    pub date: String,
}

impl Evidence {
    /// Whether nothing at all has been written.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        are_blank(&[&self.what, &self.source, &self.date])
    }
}

fn are_blank(texts: &[&str]) -> bool {
    texts.iter().all(|text| text.trim().is_empty())
}

impl Answer {
    /// The answer that nobody has given yet, of the kind that the question takes.
    #[must_use]
    pub fn blank(kind: &Kind) -> Self {
        let blank = String::new;
        match kind {
            Kind::Grade { .. } => Self::Grade {
                choice: None,
                reason: blank(),
            },
            Kind::YesNo { .. } => Self::YesNo {
                choice: None,
                reason: blank(),
            },
            Kind::OneOf { .. } => Self::OneOf { choice: None },
            Kind::SeveralOf { .. } => Self::SeveralOf {
                choices: Vec::new(),
            },
            Kind::Text { .. } => Self::Text { text: blank() },
            Kind::Number(_) => Self::Number { number: blank() },
            Kind::Date => Self::Date { date: blank() },
            Kind::Interval(_) => Self::Interval {
                from: blank(),
                to: blank(),
            },
            Kind::Actions => Self::Actions {
                actions: Vec::new(),
            },
            Kind::Evidence => Self::Evidence {
                evidence: Vec::new(),
            },
        }
    }

    /// Whether nothing has been answered.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Grade { choice, reason } => choice.is_none() && are_blank(&[reason]),
            Self::YesNo { choice, reason } => choice.is_none() && are_blank(&[reason]),
            Self::OneOf { choice } => choice.is_none(),
            Self::SeveralOf { choices } => choices.is_empty(),
            Self::Text { text } => are_blank(&[text]),
            Self::Number { number } => are_blank(&[number]),
            Self::Date { date } => are_blank(&[date]),
            Self::Interval { from, to } => are_blank(&[from, to]),
            Self::Actions { actions } => actions.iter().all(Action::is_blank),
            Self::Evidence { evidence } => evidence.iter().all(Evidence::is_blank),
        }
    }

    /// All that was written in it.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Grade { reason, .. } | Self::YesNo { reason, .. } => vec![reason],
            Self::OneOf { .. } | Self::SeveralOf { .. } => Vec::new(),
            Self::Text { text } => vec![text],
            Self::Number { number } => vec![number],
            Self::Date { date } => vec![date],
            Self::Interval { from, to } => vec![from, to],
            Self::Actions { actions } => {
                let texts = actions.iter().map(|it| [&it.what, &it.owner, &it.due]);
                texts.flatten().map(String::as_str).collect()
            }
            Self::Evidence { evidence } => {
                let texts = evidence.iter().map(|it| [&it.what, &it.source, &it.date]);
                texts.flatten().map(String::as_str).collect()
            }
        }
    }

    /// Whether the answer is one that a question of the form takes.
    #[must_use]
    pub fn fits(&self, kind: &Kind, form: &Form) -> bool {
        match (self, kind) {
            (Self::Grade { choice, .. }, Kind::Grade { not_applicable, .. }) => match choice {
                None => true,
                Some(Choice::NotApplicable) => *not_applicable,
                Some(Choice::Grade(grade)) => form.grades.iter().any(|it| it.id == *grade),
            },
            (Self::YesNo { choice, .. }, Kind::YesNo { not_applicable }) => {
                *choice != Some(YesNo::NotApplicable) || *not_applicable
            }
            (Self::OneOf { choice }, Kind::OneOf { options }) => {
                choice.iter().all(|id| offered(options, id).is_some())
            }
            (Self::SeveralOf { choices }, Kind::SeveralOf { options }) => {
                let chosen: Vec<_> = choices.iter().map(|id| offered(options, id)).collect();
                let alone = chosen.iter().flatten().any(|option| option.exclusive);
                chosen.iter().all(Option::is_some) && (!alone || chosen.len() == 1)
            }
            (Self::Text { .. }, Kind::Text { .. })
            | (Self::Number { .. }, Kind::Number(_))
            | (Self::Date { .. }, Kind::Date)
            | (Self::Interval { .. }, Kind::Interval(_))
            | (Self::Actions { .. }, Kind::Actions)
            | (Self::Evidence { .. }, Kind::Evidence) => true,
            _ => false,
        }
    }
}

/// The answer on offer that has an id.
fn offered<'a>(options: &'a [Alternative], id: &AlternativeId) -> Option<&'a Alternative> {
    options.iter().find(|option| option.id == *id)
}
