//! The state of a round: a fold over its journal.
//!
//! Nothing here is ever stored: [`Round::fold`] makes it anew from the entries, and
//! [`Round::apply`] is the only way that it changes.

use std::collections::BTreeMap;

use crate::finding::coverage::Coverage;
use crate::form::{Form, Section, SectionId};
use crate::journal::{Entry, Fact, Journal, ListTaken};
use crate::review::{Answer, CaseNumber, Instance, Place, Progress, Review, Signature};
use crate::sample::certificate::Certificate;

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
    /// The form, as it was when the round was opened.
    pub form: Form,
    /// The list that the sample is drawn from, once taken.
    pub list: Option<ListTaken>,
    /// The sample, once drawn.
    pub sample: Option<Sample>,
    /// The reviews begun so far.
    pub reviews: BTreeMap<CaseNumber, Review>,
}

/// The sample of a round.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// How it was drawn.
    pub certificate: Certificate,
    /// The list's columns that go with each case.
    pub columns: Vec<String>,
    /// The cases, in order of the draw.
    pub cases: Vec<Case>,
}

/// A sampled case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its place in the draw.
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
            form: Form::clone(form),
            list: None,
            sample: None,
            reviews: BTreeMap::new(),
        })
    }

    /// Brings the round forward by one entry.
    ///
    /// # Errors
    /// If the entry does not fit the round as it stands, which is then unchanged.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), Rejection> {
        match &entry.fact {
            Fact::RoundOpened { .. } => Err(reject("The round is open already.")),
            Fact::ListTaken(list) => {
                if self.sample.is_some() {
                    return Err(reject(
                        "The sample has been drawn: its list stays as it was.",
                    ));
                }
                self.list = Some(list.clone());
                Ok(())
            }
            Fact::SampleDrawn {
                certificate,
                columns,
                cells,
            } => self.take_sample(certificate, columns, cells),
            Fact::Answered {
                case,
                question,
                instance,
                answer,
            } => {
                let place = Place {
                    question: question.clone(),
                    instance: *instance,
                };
                self.take_answer(*case, place, answer)
            }
            Fact::InstanceAdded {
                case,
                section,
                instance,
            } => self.add_instance(*case, section, *instance),
            Fact::InstanceRemoved {
                case,
                section,
                instance,
            } => self.remove_instance(*case, section, *instance),
            Fact::ReviewSigned { case, name } => self.take_signature(
                *case,
                Signature {
                    name: name.clone(),
                    at: entry.at,
                },
            ),
            Fact::ReviewReopened { case, .. } => {
                match self
                    .reviews
                    .get_mut(case)
                    .filter(|review| review.signed.is_some())
                {
                    Some(review) => {
                        review.signed = None;
                        Ok(())
                    }
                    None => Err(reject(format!("Case {case} is not signed."))),
                }
            }
        }
    }

    /// The sampled cases, in order of the draw.
    #[must_use]
    pub fn cases(&self) -> &[Case] {
        self.sample.as_ref().map_or(&[], |sample| &sample.cases)
    }

    /// A sampled case by its number.
    #[must_use]
    pub fn case(&self, number: CaseNumber) -> Option<&Case> {
        self.cases().iter().find(|case| case.number == number)
    }

    /// How far the review of a case has come, and whether it is signed.
    #[must_use]
    pub fn progress(&self, case: CaseNumber) -> (Progress, bool) {
        self.reviews
            .get(&case)
            .map_or((Progress::NotStarted, false), |review| {
                (review.progress(&self.form), review.signed.is_some())
            })
    }

    /// How much of the sample has been looked at.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        Coverage::of(self.cases().iter().map(|case| self.progress(case.number)))
    }

    fn take_sample(
        &mut self,
        certificate: &Certificate,
        columns: &[String],
        cells: &[Vec<String>],
    ) -> Result<(), Rejection> {
        if self.sample.is_some() {
            return Err(reject("The sample has been drawn already."));
        }
        if cells.len() != certificate.sample.len()
            || cells.iter().any(|cells| cells.len() != columns.len())
        {
            return Err(reject("The sample's cells do not match its certificate."));
        }
        let numbered = (1..).map(CaseNumber).zip(&certificate.sample).zip(cells);
        let cases = numbered.map(|((number, drawn), cells)| Case {
            number,
            id: drawn.id.clone(),
            cells: cells.clone(),
        });
        self.sample = Some(Sample {
            cases: cases.collect(),
            certificate: certificate.clone(),
            columns: columns.to_vec(),
        });
        Ok(())
    }

    fn take_answer(
        &mut self,
        case: CaseNumber,
        place: Place,
        answer: &Answer,
    ) -> Result<(), Rejection> {
        let question = &place.question;
        let Some((asked, section)) = self
            .form
            .question(question)
            .zip(self.form.section_of(question))
        else {
            return Err(reject(format!("The form has no question “{question}”.")));
        };
        if !answer.fits(&asked.kind, &self.form) {
            return Err(reject(format!(
                "“{question}” takes another kind of answer."
            )));
        }
        self.may_change(case)?;
        let blank = Review::default();
        let instances = self.reviews.get(&case).unwrap_or(&blank).instances(section);
        let fits = match place.instance {
            None => section.repeat.is_none(),
            Some(instance) => instances.contains(&instance),
        };
        if !fits {
            return Err(reject(format!(
                "“{question}” is not asked there: its section has no such instance."
            )));
        }
        let review = self.reviews.entry(case).or_default();
        review.answers.insert(place, answer.clone());
        Ok(())
    }

    fn add_instance(
        &mut self,
        case: CaseNumber,
        section: &SectionId,
        instance: Instance,
    ) -> Result<(), Rejection> {
        let (mut instances, most) = self.may_repeat(case, section)?;
        if instances.contains(&instance) {
            return Err(reject("The section has this instance already."));
        }
        if instances.len() >= most {
            return Err(reject(format!(
                "There can be at most {most} of these in this section."
            )));
        }
        instances.push(instance);
        let review = self.reviews.entry(case).or_default();
        review.instances.insert(section.clone(), instances);
        Ok(())
    }

    fn remove_instance(
        &mut self,
        case: CaseNumber,
        section: &SectionId,
        instance: Instance,
    ) -> Result<(), Rejection> {
        let (mut instances, _) = self.may_repeat(case, section)?;
        let questions: Vec<_> = self.repeated(section)?.questions.clone();
        let least = self
            .repeated(section)?
            .repeat
            .as_ref()
            .map_or(0, |it| it.min);
        if !instances.contains(&instance) {
            return Err(reject("The section has no such instance."));
        }
        if instances.len() <= usize::try_from(least).unwrap_or(usize::MAX) {
            return Err(reject(format!(
                "There must be at least {least} of these in this section."
            )));
        }
        instances.retain(|it| *it != instance);
        let review = self.reviews.entry(case).or_default();
        review.instances.insert(section.clone(), instances);
        for question in questions {
            review.answers.remove(&Place {
                question: question.id,
                instance: Some(instance),
            });
        }
        Ok(())
    }

    fn take_signature(&mut self, case: CaseNumber, signature: Signature) -> Result<(), Rejection> {
        self.may_change(case)?;
        let review = self.reviews.get(&case).cloned().unwrap_or_default();
        match review.complete(&self.form) {
            Ok(complete) => {
                self.reviews.insert(case, complete.sign(signature));
                Ok(())
            }
            Err((_, missing)) => Err(reject(format!(
                "Case {case} cannot be signed: {} answers are missing.",
                missing.len()
            ))),
        }
    }

    /// The section of that id, which repeats.
    fn repeated(&self, id: &SectionId) -> Result<&Section, Rejection> {
        self.form
            .section(id)
            .filter(|section| section.repeat.is_some())
            .ok_or_else(|| reject(format!("The form has no section “{id}” that repeats.")))
    }

    /// The instances that a section of a case has, and how many it may have.
    fn may_repeat(
        &self,
        case: CaseNumber,
        id: &SectionId,
    ) -> Result<(Vec<Instance>, usize), Rejection> {
        self.may_change(case)?;
        let section = self.repeated(id)?;
        let most = section.repeat.as_ref().map_or(0, |it| it.max);
        let blank = Review::default();
        let review = self.reviews.get(&case).unwrap_or(&blank);
        Ok((
            review.instances(section),
            usize::try_from(most).unwrap_or(usize::MAX),
        ))
    }

    /// Whether the case is in the sample and its review not signed.
    fn may_change(&self, case: CaseNumber) -> Result<(), Rejection> {
        if self.case(case).is_none() {
            return Err(reject(format!("The sample has no case {case}.")));
        }
        match self
            .reviews
            .get(&case)
            .and_then(|review| review.signed.as_ref())
        {
            Some(_) => Err(reject(format!(
                "Case {case} is signed. Open it again to change it."
            ))),
            None => Ok(()),
        }
    }
}

fn reject(message: impl Into<String>) -> Rejection {
    Rejection(message.into())
}
