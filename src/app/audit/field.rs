//! The ids of the fields on the pages of the walk: what the focus is sent to, and what an error
//! links to.

use super::edit::{ActionPart, EvidencePart};
use crate::form::{Kind, Section, TimeLimit, Unit};
use crate::review::{Action, Answer, Asked, Evidence, Instance, Place};

/// The id of the field for the signature.
pub const SIGNATURE: &str = "signature";
/// The id of the field for the reason of opening a review again.
pub const REOPEN: &str = "reopen-reason";
/// The id of the question whether an instance is really to be removed.
pub const CONFIRM: &str = "confirm-remove";

/// The id of a question's field; of a group of fields, of the first.
#[must_use]
pub fn of(place: &Place) -> String {
    let question = place.question.as_str().replace('.', "-");
    match place.instance {
        None => question,
        Some(instance) => format!("{question}_{}", instance.0),
    }
}

/// The id of the field for the reason of a choice.
#[must_use]
pub fn reason(place: &Place) -> String {
    format!("{}-reason", of(place))
}

/// The id of the field for the end of an interval; its beginning has the question's own.
#[must_use]
pub fn to(place: &Place) -> String {
    format!("{}-to", of(place))
}

/// The id of the button that adds an action or a piece of evidence.
#[must_use]
pub fn add(place: &Place) -> String {
    format!("{}-add", of(place))
}

/// The id of the field for part of an action.
#[must_use]
pub fn action(place: &Place, index: usize, part: ActionPart) -> String {
    let part = match part {
        ActionPart::What => "what",
        ActionPart::Owner => "owner",
        ActionPart::Due => "due",
    };
    format!("{}-{index}-{part}", of(place))
}

/// The id of the field for part of a piece of evidence.
#[must_use]
pub fn evidence(place: &Place, index: usize, part: EvidencePart) -> String {
    let part = match part {
        EvidencePart::What => "what",
        EvidencePart::Source => "source",
        EvidencePart::Date => "date",
    };
    format!("{}-{index}-{part}", of(place))
}

/// The id of the heading of an instance.
#[must_use]
pub fn instance(section: &Section, instance: Instance) -> String {
    format!("{}_{}", section.id, instance.0)
}

/// The id of the button that adds an instance.
#[must_use]
pub fn add_instance(section: &Section) -> String {
    format!("{}_add", section.id)
}

/// The id of the field in which what is missing at a question is to be put right.
#[must_use]
pub fn missing(asked: &Asked) -> String {
    let place = &asked.place;
    match (&*asked.answer, &asked.question.kind) {
        (
            Answer::Grade {
                choice: Some(_), ..
            }
            | Answer::YesNo {
                choice: Some(_), ..
            },
            _,
        ) => reason(place),
        (Answer::Interval { from, to: end }, Kind::Interval(limit)) => {
            missing_end(place, limit, from, end)
        }
        (Answer::Actions { actions }, _) => {
            let half = |it: &Action| !it.is_blank() && it.what.trim().is_empty();
            match actions.iter().position(half) {
                Some(index) => action(place, index, ActionPart::What),
                None => add(place),
            }
        }
        (Answer::Evidence { evidence: pieces }, _) => missing_evidence(place, pieces),
        _ => of(place),
    }
}

/// The end of an interval that is missing; where its day is given, its time.
fn missing_end(place: &Place, limit: &TimeLimit, from: &str, end: &str) -> String {
    let parts = |text: &str| {
        let (day, time) = text.split_once('T').unwrap_or((text, ""));
        let timed = limit.unit != Unit::Hours || !time.is_empty();
        (!day.is_empty(), timed)
    };
    let (id, missing) = match parts(from) {
        (true, true) => (to(place), parts(end)),
        missing => (of(place), missing),
    };
    match missing {
        (true, false) => format!("{id}-time"),
        _ => id,
    }
}

fn missing_evidence(place: &Place, pieces: &[Evidence]) -> String {
    let half = |text: fn(&Evidence) -> &String| {
        move |it: &Evidence| !it.is_blank() && text(it).trim().is_empty()
    };
    let what = pieces.iter().position(half(|it| &it.what));
    let source = pieces.iter().position(half(|it| &it.source));
    match (what, source) {
        (Some(index), _) => evidence(place, index, EvidencePart::What),
        (None, Some(index)) => evidence(place, index, EvidencePart::Source),
        (None, None) => add(place),
    }
}
