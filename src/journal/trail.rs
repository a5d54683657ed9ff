//! The audit trail: who did what when, as the journal tells it.

use serde::Serialize;

use super::{Entry, Fact};
use crate::review::{CaseNumber, Instance, Patch};

/// An entry as a person reads it: what was done, without the words that were written on the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Its line in the journal, from 1.
    pub line: usize,
    /// Who wrote it.
    pub author: String,
    /// Its number among the author's entries, from 1.
    pub number: u64,
    /// When, by the author's clock: milliseconds since 1970 (UTC).
    pub at: i64,
    /// The case that it is about.
    pub case: Option<u32>,
    /// What was done.
    pub what: String,
}

/// The trail of a journal's entries, oldest first.
#[must_use]
pub fn of(entries: &[Entry]) -> Vec<Step> {
    (1..)
        .zip(entries)
        .map(|(line, entry)| Step {
            line,
            author: entry.author.0.clone(),
            number: entry.number,
            at: entry.at,
            case: entry.fact.case().map(|CaseNumber(case)| case),
            what: what(&entry.fact),
        })
        .collect()
}

fn what(fact: &Fact) -> String {
    match fact {
        Fact::RoundOpened { title, auditor, .. } => format!("{auditor} opened the round “{title}”"),
        Fact::ListTaken(list) => format!(
            "took the list {}: {} cases to draw from",
            list.source.name, list.size
        ),
        Fact::SampleDrawn { certificate, .. } => {
            format!("drew a sample of {} cases", certificate.sample.len())
        }
        Fact::SampleExtended { cells, .. } => {
            format!("went on with the draw: {} more", cells.len())
        }
        Fact::Answered { case, place, .. } => match place.instance {
            Some(Instance(instance)) => {
                format!("answered {} ({instance}) of case {case}", place.question)
            }
            None => format!("answered {} of case {case}", place.question),
        },
        Fact::InstanceAdded {
            case,
            section,
            instance: Instance(instance),
        } => format!("added {section} ({instance}) to case {case}"),
        Fact::InstanceRemoved {
            case,
            section,
            instance: Instance(instance),
        } => format!("removed {section} ({instance}) from case {case}"),
        Fact::ReviewSigned { case, name } => format!("{name} signed case {case}"),
        Fact::ConcernWritten { concern, case, .. } => {
            format!("wrote concern {concern}, about case {case}")
        }
        Fact::FormUpdated { form, .. } => {
            format!("went over to version {} of the form", form.version)
        }
        Fact::ConcernClosed { concern, name, .. } => format!("{name} closed concern {concern}"),
        Fact::ChangeUndone { case, patch } => {
            format!("took back a change to {}", part(*case, patch))
        }
        Fact::ChangeRedone { case, patch } => {
            format!("made a change again to {}", part(*case, patch))
        }
        Fact::ShownChosen { id, columns } => format!(
            "chose what is shown of a case: {}{} of the list’s columns",
            if *id {
                "its id and "
            } else {
                "not its id, and "
            },
            columns.len()
        ),
        Fact::ReviewReopened { case, reason } => format!("opened case {case} again: {reason}"),
    }
}

/// What of a case a patch is about.
fn part(case: CaseNumber, patch: &Patch) -> String {
    let answers = patch.answers.first().map(|it| it.place.question.as_str());
    match &patch.instances {
        Some(repeated) => format!("{} of case {case}", repeated.section),
        None => format!("{} of case {case}", answers.unwrap_or_default()),
    }
}
