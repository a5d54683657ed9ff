//! One change that a person makes to an answer.

use crate::form::{AlternativeId, Kind};
use crate::review::{Action, Answer, Choice, Evidence, YesNo};

/// A change to the answer to one question. One that is of another kind than the answer changes
/// nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A grade was chosen, or that the question does not apply.
    Grade(Choice),
    /// Yes, no or "not applicable" was chosen.
    YesNo(YesNo),
    /// One of the answers on offer was chosen.
    OneOf(AlternativeId),
    /// One of the answers on offer was ticked, or no longer is.
    Ticked(AlternativeId, bool),
    /// The reason for a choice was typed.
    Reason(String),
    /// A text was typed.
    Text(String),
    /// A number was typed.
    Number(String),
    /// A day was entered.
    Date(String),
    /// The beginning of an interval was entered.
    From(String),
    /// The end of an interval was entered.
    To(String),
    /// Part of an action was typed.
    Action(usize, ActionPart, String),
    /// Part of a piece of evidence was typed.
    Evidence(usize, EvidencePart, String),
    /// One more action, or piece of evidence, was asked for.
    Added,
    /// An action, or a piece of evidence, was removed.
    Removed(usize),
}

/// One of the texts of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionPart {
    /// What must happen.
    What,
    /// Who makes it happen.
    Owner,
    /// By when.
    Due,
}

/// One of the texts of a piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidencePart {
    /// What it shows.
    What,
    /// The document or the conversation.
    Source,
    /// Its day.
    Date,
}

impl Edit {
    /// Whether more of it is likely to follow at once: typed words wait for a pause.
    pub(super) fn is_typing(&self) -> bool {
        match self {
            Self::Reason(_)
            | Self::Text(_)
            | Self::Number(_)
            | Self::Date(_)
            | Self::From(_)
            | Self::To(_)
            | Self::Action(..)
            | Self::Evidence(..) => true,
            Self::Grade(_)
            | Self::YesNo(_)
            | Self::OneOf(_)
            | Self::Ticked(..)
            | Self::Added
            | Self::Removed(_) => false,
        }
    }

    /// Changes the answer to a question of that kind.
    pub(super) fn apply(self, kind: &Kind, answer: &mut Answer) {
        match (self, answer) {
            (Self::Grade(chosen), Answer::Grade { choice, .. }) => *choice = Some(chosen),
            (Self::YesNo(chosen), Answer::YesNo { choice, .. }) => *choice = Some(chosen),
            (Self::OneOf(chosen), Answer::OneOf { choice }) => *choice = Some(chosen),
            (Self::Ticked(id, on), Answer::SeveralOf { choices }) => tick(kind, choices, id, on),
            (Self::Reason(typed), Answer::Grade { reason, .. } | Answer::YesNo { reason, .. }) => {
                *reason = typed;
            }
            (Self::Text(typed), Answer::Text { text }) => *text = typed,
            (Self::Number(typed), Answer::Number { number }) => *number = typed,
            (Self::Date(entered), Answer::Date { date }) => *date = entered,
            (Self::From(entered), Answer::Interval { from, .. }) => *from = entered,
            (Self::To(entered), Answer::Interval { to, .. }) => *to = entered,
            (Self::Action(index, part, text), Answer::Actions { actions }) => {
                if let Some(action) = actions.get_mut(index) {
                    *action_text(action, part) = text;
                }
            }
            (Self::Evidence(index, part, text), Answer::Evidence { evidence }) => {
                if let Some(piece) = evidence.get_mut(index) {
                    *evidence_text(piece, part) = text;
                }
            }
            (Self::Added, Answer::Actions { actions }) => actions.push(Action::default()),
            (Self::Added, Answer::Evidence { evidence }) => evidence.push(Evidence::default()),
            (Self::Removed(index), Answer::Actions { actions }) if index < actions.len() => {
                actions.remove(index);
            }
            (Self::Removed(index), Answer::Evidence { evidence }) if index < evidence.len() => {
                evidence.remove(index);
            }
            _ => {}
        }
    }
}

fn action_text(action: &mut Action, part: ActionPart) -> &mut String {
    match part {
        ActionPart::What => &mut action.what,
        ActionPart::Owner => &mut action.owner,
        ActionPart::Due => &mut action.due,
    }
}

fn evidence_text(piece: &mut Evidence, part: EvidencePart) -> &mut String {
    match part {
        EvidencePart::What => &mut piece.what,
        EvidencePart::Source => &mut piece.source,
        EvidencePart::Date => &mut piece.date,
    }
}

/// Ticks a box. One that stands alone unticks the others, and any other unticks it.
fn tick(kind: &Kind, choices: &mut Vec<AlternativeId>, id: AlternativeId, on: bool) {
    let Kind::SeveralOf { options } = kind else {
        return;
    };
    let alone = |id: &AlternativeId| options.iter().any(|it| it.exclusive && it.id == *id);
    choices.retain(|it| *it != id);
    if on {
        let is_alone = alone(&id);
        choices.retain(|it| !is_alone && !alone(it));
        choices.push(id);
    }
}
