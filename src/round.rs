//! The state of a round: a fold over its journal.
//!
//! Nothing here is ever stored: [`Round::fold`] makes it anew from the entries, and
//! [`Round::apply`] is the only way that it changes.

mod audited;
mod concern;
mod form_update;
mod history;
mod known;
mod reviews;
mod search;
mod shown;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::concern::Concern;
use crate::finding::coverage::Coverage;
use crate::form::Form;
use crate::journal::{Act, Entry, Fact, Journal, ListTaken};
use crate::review::{CaseNumber, Place, Progress, Review, Signature};
use crate::sample::certificate::Certificate;
use crate::sample::further::{Further, Step};

use known::Known;

pub use form_update::FormEffect;
pub use history::History;
pub use search::{Excerpt, Found};
pub use shown::Shown;

/// One audit, from list to report.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    /// What the round is called.
    pub title: String,
    /// Who opened it.
    pub auditor: String,
    /// When, in milliseconds since 1970 (UTC).
    pub opened_at: i64,
    /// Whether it is a trial with the made-up list.
    pub made_up: bool,
    /// The form, as it was when the round was opened or a newer version of it was taken.
    pub form: Arc<Form>,
    /// The list that the sample is drawn from, once taken.
    pub list: Option<ListTaken>,
    /// When it was taken, and the frame fixed with it: milliseconds since 1970 (UTC).
    pub list_taken_at: Option<i64>,
    /// The sample, once drawn.
    pub sample: Option<Sample>,
    /// The samples that were drawn before it, oldest first. They count no more, and the words written
    /// of their cases are kept.
    pub earlier: Vec<Sample>,
    /// The reviews begun so far, also of cases that count no more.
    pub reviews: BTreeMap<CaseNumber, Review>,
    /// The concerns raised so far, in order.
    pub concerns: Vec<Concern>,
    /// Words that wait for their button.
    pub begun: BTreeMap<Act, String>,
    /// The entries of other tabs that were dealt with, each by the SHA-256 of its line.
    pub settled: BTreeSet<String>,
    /// What is shown of each case, once that was chosen.
    pub shown: Option<Shown>,
    /// The place in a case that somebody worked at last.
    pub latest: Option<(CaseNumber, Option<Place>)>,
    histories: BTreeMap<CaseNumber, History>,
    known: Known,
}

/// The sample of a round.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// How it was drawn, in all rounds of drawing.
    pub certificate: Certificate,
    /// When the seed was given and the sample drawn: milliseconds since 1970 (UTC), after the frame
    /// was fixed.
    pub drawn_at: i64,
    /// The list's columns that go with each case.
    pub columns: Vec<String>,
    /// The cases that chance chose and that count, in order of the draw.
    pub cases: Vec<Case>,
    /// The cases that must be included: audited, but no part of the sample and of no estimate.
    pub included: Vec<Case>,
    /// The cases that were drawn and then replaced: they count no more, and their words are kept.
    pub replaced: Vec<Replaced>,
}

/// A case in whose place another was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// The case.
    pub case: Case,
    /// The case that took its place.
    pub by: CaseNumber,
    /// Why.
    pub reason: String,
}

/// A case that is audited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its number in the round, which it keeps.
    pub number: CaseNumber,
    /// Its id in the list.
    pub id: String,
    /// Its cells, one for each of the sample's columns.
    pub cells: Vec<String>,
}

/// Why an entry does not fit the round that it was written for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection(pub String);

impl std::fmt::Display for Rejection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Rejection {}

impl Round {
    /// The round that a journal tells of; `None` if it does not open one. Entries that do not fit
    /// are given back beside it, by their place in the journal, and change nothing.
    #[must_use]
    pub fn fold(journal: &Journal) -> Option<(Self, Vec<(usize, Rejection)>)> {
        let (first, rest) = journal.entries().split_first()?;
        let mut round = Self::open(first)?;
        let mut rejected = Vec::new();
        for (at, entry) in rest.iter().enumerate() {
            if let Err(rejection) = round.apply(entry) {
                rejected.push((at + 1, rejection));
            }
        }
        Some((round, rejected))
    }

    /// The round that a first entry opens.
    #[must_use]
    pub fn open(entry: &Entry) -> Option<Self> {
        let Fact::RoundOpened {
            title,
            auditor,
            made_up,
            form,
        } = &entry.fact
        else {
            return None;
        };
        Some(Self {
            title: title.clone(),
            auditor: auditor.clone(),
            opened_at: entry.at,
            made_up: *made_up,
            form: Arc::new(Form::clone(form)),
            list: None,
            list_taken_at: None,
            sample: None,
            earlier: Vec::new(),
            reviews: BTreeMap::new(),
            concerns: Vec::new(),
            shown: None,
            latest: None,
            histories: BTreeMap::new(),
            known: Known::default(),
            begun: BTreeMap::new(),
            settled: BTreeSet::new(),
        })
    }

    /// Brings the round forward by one entry.
    ///
    /// # Errors
    /// If the entry does not fit the round as it stands, which is then unchanged.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), Rejection> {
        self.known.forget(entry.fact.case());
        match &entry.fact {
            Fact::RoundOpened { .. } => Err(reject("The round is open already.")),
            Fact::ListTaken(list) => {
                if self.sample.is_some() {
                    return Err(reject(
                        "The sample has been drawn: its list stays as it was.",
                    ));
                }
                self.list = Some(list.clone());
                self.list_taken_at = Some(entry.at);
                Ok(())
            }
            Fact::SampleDrawn {
                certificate,
                columns,
                cells,
            } => self.take_sample(entry.at, certificate, columns, cells),
            Fact::SampleExtended { further, cells } => self.extend_sample(further, cells),
            Fact::Answered {
                case,
                place,
                answer,
            } => self.take_answer(entry.at, *case, place, answer),
            Fact::InstanceAdded {
                case,
                section,
                instance,
            } => self.add_instance(entry.at, *case, section, *instance),
            Fact::InstanceRemoved {
                case,
                section,
                instance,
            } => self.remove_instance(entry.at, *case, section, *instance),
            Fact::ReviewSigned { case, name } => self.take_signature(*case, signature(name, entry)),
            Fact::ConcernWritten {
                concern,
                case,
                words,
            } => self.take_concern(entry.at, *concern, *case, words),
            Fact::ConcernClosed {
                concern,
                outcome,
                name,
            } => self.close_concern(*concern, outcome, signature(name, entry)),
            Fact::ReviewReopened { case, .. } => self.reopen(*case),
            Fact::FormUpdated { form } => self.take_form(form),
            Fact::ChangeUndone { case, patch } => self.undo(*case, patch),
            Fact::ChangeRedone { case, patch } => self.redo(*case, patch),
            Fact::ShownChosen { id, columns } => self.show_of_cases(*id, columns),
            Fact::WordsBegun { act, words } => self.begin_words(*act, words),
            Fact::AdriftSettled { taken, left } => {
                self.settled.extend(taken.iter().chain(left).cloned());
                Ok(())
            }
        }
    }

    /// Takes words for an act that is still to be done.
    fn begin_words(&mut self, act: Act, words: &str) -> Result<(), Rejection> {
        match act {
            Act::Reopen(case) => self.check_signed(case)?,
            Act::Close(concern) => self.check_open(concern)?,
        }
        if words.trim().is_empty() {
            self.begun.remove(&act);
        } else {
            self.begun.insert(act, words.to_owned());
        }
        Ok(())
    }

    /// The sampled cases that count, in order of the draw.
    #[must_use]
    pub fn cases(&self) -> &[Case] {
        self.sample.as_ref().map_or(&[], |sample| &sample.cases)
    }

    /// A case by its number, also one that was replaced, that must be included, or that only an
    /// earlier draw holds.
    #[must_use]
    pub fn case(&self, number: CaseNumber) -> Option<&Case> {
        self.every_case().find(|case| case.number == number)
    }

    /// The reviews of the sampled cases that count: what findings are made of.
    pub fn counted_reviews(&self) -> impl Iterator<Item = (CaseNumber, &Review)> {
        let numbers = self.cases().iter().map(|case| case.number);
        numbers.filter_map(|number| Some((number, self.reviews.get(&number)?)))
    }

    /// Every case that was drawn or must be included, in whichever draw; one that two draws hold
    /// comes twice.
    pub fn every_case(&self) -> impl Iterator<Item = &Case> {
        let samples = self.sample.iter().chain(self.earlier.iter().rev());
        samples.flat_map(Sample::every_case)
    }

    /// How far the review of a case has come, and whether it is signed.
    #[must_use]
    pub fn progress(&self, case: CaseNumber) -> (Progress, bool) {
        self.reviews
            .get(&case)
            .map_or((Progress::NotStarted, false), |review| {
                match review.signed {
                    Some(_) => (Progress::Complete, true), // Nothing else can be signed.
                    None => (
                        self.known.progress(case, || review.progress(&self.form)),
                        false,
                    ),
                }
            })
    }

    /// How much of the sample has been looked at.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        Coverage::of(self.cases().iter().map(|case| self.progress(case.number)))
    }

    /// Takes a draw. A case that an earlier draw held keeps its number, and with it its review.
    fn take_sample(
        &mut self,
        at: i64,
        certificate: &Certificate,
        columns: &[String],
        cells: &[Vec<String>],
    ) -> Result<(), Rejection> {
        match &self.list {
            None => {
                return Err(reject(
                    "No list has been taken: the frame is fixed before the seed is given.",
                ));
            }
            Some(list) if list.fingerprint != certificate.frame.fingerprint => {
                return Err(reject(
                    "The sample was drawn from another frame than that of the list that was taken.",
                ));
            }
            Some(_) => {}
        }
        if let Some(before) = &self.sample {
            check_redraw(&before.certificate, certificate)?;
        }
        if !certificate.further.is_empty() {
            return Err(reject(
                "A draw comes into the round as it was first made; what goes on from it comes after.",
            ));
        }
        let sampled = certificate.sample.iter().map(|case| &case.id);
        let included = certificate.method.must_include.iter().map(|case| &case.id);
        let ids: Vec<&String> = sampled.chain(included).collect();
        if ids.iter().collect::<BTreeSet<_>>().len() < ids.len() {
            return Err(reject("The sample holds a case twice."));
        }
        if !fit(cells, ids.len(), columns) {
            return Err(reject("The sample's cells do not match its certificate."));
        }
        let mut cases = self.numbered(ids, cells);
        let included = cases.split_off(certificate.sample.len());
        let sample = Sample {
            cases,
            included,
            replaced: Vec::new(),
            drawn_at: at,
            certificate: certificate.clone(),
            columns: columns.to_vec(),
        };
        self.earlier.extend(self.sample.replace(sample));
        Ok(())
    }

    /// Takes a further round of drawing of the sample.
    fn extend_sample(&mut self, further: &Further, cells: &[Vec<String>]) -> Result<(), Rejection> {
        let Some(sample) = &self.sample else {
            return Err(reject(
                "No sample has been drawn that could be gone on with.",
            ));
        };
        check_further(sample, further)?;
        if !fit(cells, further.cases.len(), &sample.columns) {
            return Err(reject("The further cases' cells do not match their draw."));
        }
        if let Step::Replacement { replaces } = &further.step {
            let is_signed = |case: &&Case| {
                let review = self.reviews.get(&case.number);
                case.id == *replaces && review.is_some_and(|review| review.signed.is_some())
            };
            if let Some(case) = sample.cases.iter().find(is_signed) {
                return Err(reject(format!(
                    "Case {} is signed, so it was audited and needs no replacement. Open it again first.",
                    case.number
                )));
            }
        }
        let cases = self.numbered(further.cases.iter().map(|case| &case.id).collect(), cells);
        if let Some(sample) = &mut self.sample {
            sample.extend(further, cases);
        }
        Ok(())
    }

    /// Cases with their numbers: the one that the id has in this round already, or the next.
    fn numbered(&self, ids: Vec<&String>, cells: &[Vec<String>]) -> Vec<Case> {
        let known: BTreeMap<&str, CaseNumber> = self
            .every_case()
            .map(|case| (case.id.as_str(), case.number))
            .collect();
        let last = known.values().max().map_or(0, |number| number.0);
        let mut next = (last.saturating_add(1)..).map(CaseNumber);
        let mut number = |id: &str| known.get(id).copied().or_else(|| next.next());
        ids.into_iter()
            .zip(cells)
            .filter_map(|(id, cells)| {
                Some(Case {
                    number: number(id)?,
                    id: id.clone(),
                    cells: cells.clone(),
                })
            })
            .collect()
    }
}

impl Sample {
    /// All its cases, also those that count no more.
    fn every_case(&self) -> impl Iterator<Item = &Case> {
        let replaced = self.replaced.iter().map(|replaced| &replaced.case);
        self.cases.iter().chain(&self.included).chain(replaced)
    }

    /// Adds the cases of a further round of drawing, and sets aside the one that it replaces.
    fn extend(&mut self, further: &Further, cases: Vec<Case>) {
        let replaced = match &further.step {
            Step::Replacement { replaces } => self.cases.iter().position(|it| it.id == *replaces),
            Step::More { .. } => None,
        };
        if let (Some(at), Some(by)) = (replaced, cases.first()) {
            self.replaced.push(Replaced {
                case: self.cases.remove(at),
                by: by.number,
                reason: further.reason.clone(),
            });
        }
        self.cases.extend(cases);
        self.certificate = self.certificate.clone().with(further.clone());
    }
}

/// Refuses a second draw that hides that it is one.
fn check_redraw(before: &Certificate, again: &Certificate) -> Result<(), Rejection> {
    let number = before.draw.number.saturating_add(1);
    if again.draw.number != number {
        return Err(reject(format!(
            "This round holds draw {} of its frame, so the next is draw {number}, not {}.",
            before.draw.number, again.draw.number
        )));
    }
    let reason = again.draw.reason.as_deref().unwrap_or_default();
    if reason.trim().is_empty() {
        return Err(reject("A second draw needs a reason."));
    }
    Ok(())
}

/// Refuses a further round of drawing that does not go on from this sample.
fn check_further(sample: &Sample, further: &Further) -> Result<(), Rejection> {
    if further.reason.trim().is_empty() {
        return Err(reject("A further round of drawing needs a reason."));
    }
    let next = sample.certificate.next_order();
    let in_order = further
        .cases
        .iter()
        .zip(next..)
        .all(|(case, order)| case.order == order);
    let known: BTreeSet<&str> = sample.every_case().map(|case| case.id.as_str()).collect();
    if !in_order
        || further
            .cases
            .iter()
            .any(|case| known.contains(case.id.as_str()))
    {
        return Err(reject(
            "The further cases do not go on from this sample: the sample has changed since they were drawn.",
        ));
    }
    match &further.step {
        Step::More { size, .. } if further.cases.len() != *size => Err(reject(
            "The further cases are not as many as were asked for.",
        )),
        Step::Replacement { replaces } => {
            let counts = sample.cases.iter().any(|case| case.id == *replaces);
            match further.cases.len() {
                1 if counts => Ok(()),
                1 => Err(reject(format!(
                    "“{replaces}” is not in the sample, so no other can take its place."
                ))),
                _ => Err(reject("A replacement is one case.")),
            }
        }
        Step::More { .. } => Ok(()),
    }
}

/// Whether there is a row of cells for each case, and in each a cell for each column.
fn fit(cells: &[Vec<String>], cases: usize, columns: &[String]) -> bool {
    cells.len() == cases && cells.iter().all(|cells| cells.len() == columns.len())
}

fn signature(name: &str, entry: &Entry) -> Signature {
    Signature {
        name: name.to_owned(),
        at: entry.at,
    }
}

fn reject(message: impl Into<String>) -> Rejection {
    Rejection(message.into())
}
