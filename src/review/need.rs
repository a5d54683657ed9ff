//! What one answer still needs, as an instruction to the auditor.

use super::measure::{Measured, number};
use super::{Action, Answer, Choice, Evidence, YesNo};
use crate::form::{Form, Kind, ReasonDue};
use crate::table::date::Date;

/// What an answer still needs, if anything. What is written must be right even where nothing is
/// required.
pub(super) fn need(form: &Form, kind: &Kind, answer: &Answer, required: bool) -> Option<String> {
    let missing = match (kind, answer) {
        (Kind::Grade { reason: due, .. }, Answer::Grade { choice, reason }) => {
            return grade(form, due, choice.as_ref(), reason, required);
        }
        (_, Answer::YesNo { choice, reason }) => {
            if *choice == Some(YesNo::NotApplicable) && reason.trim().is_empty() {
                return Some("Say why this does not apply".to_owned());
            }
            choice.is_none().then_some("Choose an answer")
        }
        (_, Answer::OneOf { choice }) => choice.is_none().then_some("Choose an answer"),
        (_, Answer::SeveralOf { choices }) => choices.is_empty().then_some("Choose all that apply"),
        (_, Answer::Text { text }) => text.trim().is_empty().then_some("Write an answer"),
        (Kind::Number(kind), Answer::Number { number: text }) => {
            return (required || !text.trim().is_empty())
                .then(|| number(kind, text).err())
                .flatten();
        }
        (_, Answer::Date { date }) => {
            if !date.trim().is_empty() && Date::of_field(date).is_none() {
                return Some("Enter a date, for example 27 March 2026".to_owned());
            }
            date.trim().is_empty().then_some("Enter a date")
        }
        (Kind::Interval(kind), Answer::Interval { from, to }) => {
            return match Measured::of(kind, from, to) {
                Err(wrong) => Some(wrong),
                Ok(None) if required || !answer.is_blank() => {
                    Some(format!("Enter both “{}” and “{}”", kind.from, kind.to))
                }
                Ok(_) => None,
            };
        }
        (_, Answer::Actions { actions }) => {
            let halves = actions.iter().filter(|action| !action.is_blank());
            if halves.clone().any(|action| action.what.trim().is_empty()) {
                return Some("Say what must happen in each action".to_owned());
            }
            let none = actions.iter().all(Action::is_blank);
            none.then_some("Add at least one action")
        }
        (_, Answer::Evidence { evidence }) => {
            let halves = evidence.iter().filter(|piece| !piece.is_blank());
            if halves.clone().any(|piece| piece.what.trim().is_empty()) {
                return Some("Say what each piece of evidence shows".to_owned());
            }
            if halves.clone().any(|piece| piece.source.trim().is_empty()) {
                return Some("Say where you saw or heard each piece of evidence".to_owned());
            }
            let none = evidence.iter().all(Evidence::is_blank);
            none.then_some("Add at least one piece of evidence")
        }
        // An answer always fits its question.
        (_, Answer::Grade { .. } | Answer::Number { .. } | Answer::Interval { .. }) => None,
    };
    missing.filter(|_| required).map(str::to_owned)
}

fn grade(
    form: &Form,
    due: &ReasonDue,
    choice: Option<&Choice>,
    reason: &str,
    required: bool,
) -> Option<String> {
    let given = !reason.trim().is_empty();
    match choice {
        None => (required || given).then(|| "Choose a grade".to_owned()),
        Some(Choice::NotApplicable) => (!given).then(|| "Say why this does not apply".to_owned()),
        Some(Choice::Grade(grade)) => {
            let due = match due {
                ReasonDue::Always => true,
                ReasonDue::Never => false,
                ReasonDue::AtOrBelow(limit) => form.is_at_or_below(grade, limit),
            };
            (due && !given).then(|| "Give the reason for the grade".to_owned())
        }
    }
}
