//! The state of a round: a fold over its journal.
//!
//! Nothing here is ever stored: [`Round::fold`] makes it anew from the entries, and
//! [`Round::apply`] is the only way that it changes.

use std::collections::BTreeMap;

use crate::concern::{Closing, Concern, ConcernNumber, Words};
use crate::finding::coverage::Coverage;
use crate::form::{Form, QuestionId};
use crate::journal::{Entry, Fact, Journal, ListTaken};
use crate::review::{Answer, CaseNumber, Progress, Review, Signature};
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
    /// The concerns raised so far, in order.
    pub concerns: Vec<Concern>,
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
            concerns: Vec::new(),
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
                answer,
            } => self.take_answer(*case, question, answer),
            Fact::ReviewSigned { case, name } => self.take_signature(
                *case,
                Signature {
                    name: name.clone(),
                    at: entry.at,
                },
            ),
            Fact::ConcernWritten {
                concern,
                case,
                words,
            } => self.take_concern(entry.at, *concern, *case, words),
            Fact::ConcernClosed {
                concern,
                outcome,
                name,
            } => {
                let signed = Signature {
                    name: name.clone(),
                    at: entry.at,
                };
                self.close_concern(*concern, outcome, signed)
            }
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

    /// The concerns that somebody must still see to.
    pub fn open_concerns(&self) -> impl Iterator<Item = &Concern> {
        self.concerns.iter().filter(|concern| concern.is_open())
    }

    /// The number that the next concern bears.
    #[must_use]
    pub fn next_concern(&self) -> ConcernNumber {
        let last = self.concerns.last().map_or(0, |concern| concern.number.0);
        ConcernNumber(last + 1)
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
        question: &QuestionId,
        answer: &Answer,
    ) -> Result<(), Rejection> {
        let Some(asked) = self.form.question(question) else {
            return Err(reject(format!("The form has no question “{question}”.")));
        };
        if !answer.fits(&asked.kind) {
            return Err(reject(format!(
                "“{question}” takes another kind of answer."
            )));
        }
        self.may_change(case)?;
        let review = self.reviews.entry(case).or_default();
        review.answers.insert(question.clone(), answer.clone());
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

    fn take_concern(
        &mut self,
        at: i64,
        number: ConcernNumber,
        case: CaseNumber,
        words: &Words,
    ) -> Result<(), Rejection> {
        if self.case(case).is_none() {
            return Err(reject(format!("The sample has no case {case}.")));
        }
        if number == self.next_concern() {
            self.concerns.push(Concern {
                number,
                case,
                raised_at: at,
                words: words.clone(),
                closed: None,
            });
            return Ok(());
        }
        let concern = self.open_concern(number)?;
        if concern.case != case {
            return Err(reject(format!("Concern {number} is about another case.")));
        }
        concern.words = words.clone();
        Ok(())
    }

    fn close_concern(
        &mut self,
        number: ConcernNumber,
        outcome: &str,
        signed: Signature,
    ) -> Result<(), Rejection> {
        let concern = self.open_concern(number)?;
        if !concern.words.missing().is_empty() {
            return Err(reject(format!(
                "Concern {number} cannot be closed: it does not say what was done about it and by whom."
            )));
        }
        if outcome.trim().is_empty() || signed.name.trim().is_empty() {
            return Err(reject(format!(
                "Concern {number} cannot be closed without its outcome and a name."
            )));
        }
        concern.closed = Some(Closing {
            outcome: outcome.to_owned(),
            signed,
        });
        Ok(())
    }

    fn open_concern(&mut self, number: ConcernNumber) -> Result<&mut Concern, Rejection> {
        let mut concerns = self.concerns.iter_mut();
        match concerns.find(|concern| concern.number == number) {
            Some(concern) if concern.is_open() => Ok(concern),
            Some(_) => Err(reject(format!("Concern {number} is closed."))),
            None => Err(reject(format!("There is no concern {number}."))),
        }
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
