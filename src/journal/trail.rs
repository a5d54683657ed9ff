//! The audit trail: who did what when, as the journal tells it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Act, AuthorId, Entry, Fact};
use crate::form::{Form, SectionId};
use crate::review::{CaseNumber, Instance, Patch, Place};

/// An entry as a person reads it: what was done, without the words that were written on the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Its line in the journal, from 1.
    pub line: usize,
    /// Who wrote it: random text.
    pub author: String,
    /// The name that the author gave; empty if none is known.
    pub name: String,
    /// Its number among the author's entries, from 1.
    pub number: u64,
    /// When, by the author's clock: milliseconds since 1970 (UTC).
    pub at: i64,
    /// The case that it is about.
    pub case: Option<u32>,
    /// What it is about.
    pub kind: Kind,
    /// What was done.
    pub what: String,
}

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The round as a whole: opened, its list, its form.
    Round,
    /// The sample.
    Sample,
    /// An answer.
    Answer,
    /// An immediate safeguarding concern.
    Concern,
    /// A signature, or the end of one.
    Signature,
}

/// Every kind, in the order in which a person is offered them.
pub const KINDS: [Kind; 5] = [
    Kind::Round,
    Kind::Sample,
    Kind::Answer,
    Kind::Concern,
    Kind::Signature,
];

/// Which steps are wanted; what is `None` leaves none out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Of this author only.
    pub author: Option<String>,
    /// About this case only.
    pub case: Option<u32>,
    /// Of this kind only.
    pub kind: Option<Kind>,
}

impl Filter {
    /// Whether a step is wanted.
    #[must_use]
    pub fn takes(&self, step: &Step) -> bool {
        self.author.as_ref().is_none_or(|it| *it == step.author)
            && self.case.is_none_or(|case| step.case == Some(case))
            && self.kind.is_none_or(|kind| step.kind == kind)
    }
}

/// The trail of a journal's entries, oldest first.
#[must_use]
pub fn of(entries: &[Entry]) -> Vec<Step> {
    steps(None, entries.iter())
}

/// The trail of entries that were written with that form.
pub fn of_form<'a>(form: &'a Form, entries: impl Iterator<Item = &'a Entry>) -> Vec<Step> {
    steps(Some(form), entries)
}

fn steps<'a>(mut form: Option<&'a Form>, entries: impl Iterator<Item = &'a Entry>) -> Vec<Step> {
    let mut names: BTreeMap<&AuthorId, &str> = BTreeMap::new();
    let mut steps = Vec::new();
    for (line, entry) in (1..).zip(entries) {
        if let Fact::RoundOpened { auditor, .. } = &entry.fact {
            names.insert(&entry.author, auditor);
        }
        if let Fact::RoundOpened { form: its, .. } | Fact::FormUpdated { form: its } = &entry.fact {
            form = Some(its);
        }
        let (kind, what) = told(&entry.fact, form);
        steps.push(Step {
            line,
            author: entry.author.0.clone(),
            name: names.get(&entry.author).copied().unwrap_or("").to_owned(),
            number: entry.number,
            at: entry.at,
            case: entry.fact.case().map(|CaseNumber(case)| case),
            kind,
            what,
        });
    }
    steps
}

/// What a fact is about, and what it says was done.
#[expect(clippy::too_many_lines, reason = "an arm for each fact")]
fn told(fact: &Fact, form: Option<&Form>) -> (Kind, String) {
    match fact {
        Fact::RoundOpened { title, auditor, .. } => {
            let what = format!("{auditor} opened the round “{title}”");
            (Kind::Round, what)
        }
        Fact::ListTaken(list) => {
            let (name, size) = (&list.source.name, list.size);
            let what = format!("took the list {name}: {size} cases to draw from");
            (Kind::Round, what)
        }
        Fact::FormUpdated { form } => {
            let what = format!("went over to version {} of the form", form.version);
            (Kind::Round, what)
        }
        Fact::AdriftSettled { taken, left } => {
            let what = format!(
                "settled entries of another tab: {} taken, {} left",
                taken.len(),
                left.len()
            );
            (Kind::Round, what)
        }
        Fact::SampleDrawn { certificate, .. } => {
            let what = format!("drew a sample of {} cases", certificate.sample.len());
            (Kind::Sample, what)
        }
        Fact::SampleExtended { cells, .. } => {
            let what = format!("went on with the draw: {} more", cells.len());
            (Kind::Sample, what)
        }
        Fact::Answered { case, place, .. } => {
            let what = format!("answered {} of case {case}", question(place, form));
            (Kind::Answer, what)
        }
        Fact::InstanceAdded {
            case,
            section: id,
            instance: Instance(instance),
        } => {
            let what = format!("added {} ({instance}) to case {case}", section(id, form));
            (Kind::Answer, what)
        }
        Fact::InstanceRemoved {
            case,
            section: id,
            instance: Instance(instance),
        } => {
            let section = section(id, form);
            let what = format!("removed {section} ({instance}) from case {case}");
            (Kind::Answer, what)
        }
        Fact::ConcernWritten { concern, case, .. } => {
            let what = format!("wrote concern {concern}, about case {case}");
            (Kind::Concern, what)
        }
        Fact::WordsBegun {
            act: Act::Reopen(case),
            ..
        } => {
            let what = format!("began to write why case {case} is to be opened again");
            (Kind::Signature, what)
        }
        Fact::WordsBegun {
            act: Act::Close(concern),
            ..
        } => {
            let what = format!("began to write what came of concern {concern}");
            (Kind::Concern, what)
        }
        Fact::ConcernClosed { concern, name, .. } => {
            let what = format!("{name} closed concern {concern}");
            (Kind::Concern, what)
        }
        Fact::ReviewSigned { case, name } => {
            let what = format!("{name} signed case {case}");
            (Kind::Signature, what)
        }
        Fact::ReviewReopened { case, reason } => {
            let what = format!("opened case {case} again: {reason}");
            (Kind::Signature, what)
        }
        Fact::ChangeUndone { case, patch } => {
            let what = format!("took back a change to {}", part(*case, patch, form));
            (Kind::Answer, what)
        }
        Fact::ChangeRedone { case, patch } => {
            let what = format!("made a change again to {}", part(*case, patch, form));
            (Kind::Answer, what)
        }
        Fact::ShownChosen { id, columns } => {
            let shown = if *id {
                "its id and "
            } else {
                "not its id, and "
            };
            let count = columns.len();
            let what =
                format!("chose what is shown of a case: {shown}{count} of the list’s columns");
            (Kind::Sample, what)
        }
    }
}

/// The question as it is asked, with the instance where its section repeats.
fn question(place: &Place, form: Option<&Form>) -> String {
    let asked = form.and_then(|form| form.question(&place.question));
    let asked = asked.map_or_else(
        || place.question.to_string(),
        |question| format!("“{}”", question.text),
    );
    match place.instance {
        Some(Instance(instance)) => format!("{asked} ({instance})"),
        None => asked,
    }
}

fn section(id: &SectionId, form: Option<&Form>) -> String {
    let section = form.and_then(|form| form.section(id));
    section.map_or_else(|| id.to_string(), |section| format!("“{}”", section.title))
}

/// What of a case a patch is about.
fn part(case: CaseNumber, patch: &Patch, form: Option<&Form>) -> String {
    let answered = patch.answers.first().map(|it| question(&it.place, form));
    match &patch.instances {
        Some(repeated) => format!("{} of case {case}", section(&repeated.section, form)),
        None => format!("{} of case {case}", answered.unwrap_or_default()),
    }
}
