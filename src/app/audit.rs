//! The walk through a case: answering, checking the answers, signing.
//!
//! What is typed is a draft until the next short pause, then a fact. A draft is never older than
//! [`PAUSE`] before it is on its way to the store; leaving a field or a page sends it at once.

use std::collections::BTreeMap;

use super::{Effect, Open, Route};
use crate::form::{Question, QuestionId, Section, SectionId};
use crate::journal::Fact;
use crate::review::{Action, Answer, CaseNumber, Choice, Missing, Review};

/// How long typed words may wait before they become a fact, in milliseconds.
pub const PAUSE: u32 = 600;

/// What the walk holds that is not yet part of the round.
#[derive(Debug, Default)]
pub struct Stage {
    /// Answers being typed.
    pub drafts: BTreeMap<(CaseNumber, QuestionId), Answer>,
    /// Whether the page names what is missing: after the person tried to go on without it.
    pub show_missing: bool,
    /// The name to sign with, as typed; `None` until it is changed from the auditor's.
    pub signature: Option<String>,
    /// Why the review is to be opened again, as typed; `None` until the person asks for it.
    pub reopening: Option<String>,
    /// What could not be done, and why.
    pub refused: Option<String>,
}

/// The id of the field for the signature.
pub const SIGNATURE_FIELD: &str = "signature";
/// The id of the field for the reason of opening a review again.
pub const REOPEN_FIELD: &str = "reopen-reason";

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

/// What can happen in the walk.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person chose a grade, or that the question does not apply.
    ChoseGrade(CaseNumber, QuestionId, Choice),
    /// The person typed the reason for a grade.
    EnteredReason(CaseNumber, QuestionId, String),
    /// The person typed an answer.
    EnteredText(CaseNumber, QuestionId, String),
    /// The person typed part of an action.
    EnteredAction(CaseNumber, QuestionId, usize, ActionPart, String),
    /// The person asked for one more action.
    ClickedAddAction(CaseNumber, QuestionId),
    /// The person removed an action.
    ClickedRemoveAction(CaseNumber, QuestionId, usize),
    /// The pause that was waited for has come.
    PausedTyping,
    /// The person left a field.
    LeftField,
    /// The person asked to go on from a section.
    ClickedContinue(CaseNumber, SectionId),
    /// The person typed the name to sign with.
    EnteredSignature(String),
    /// The person signed.
    ClickedSign(CaseNumber),
    /// The person asked to open a signed review again.
    ClickedReopen,
    /// The person typed why.
    EnteredReopenReason(String),
    /// The person confirmed.
    ConfirmedReopen(CaseNumber),
}

impl Stage {
    pub(super) fn leave_page(&mut self) {
        self.show_missing = false;
        self.signature = None;
        self.reopening = None;
        self.refused = None;
    }
}

impl Open {
    /// The review of a case as it stands, words just typed included.
    #[must_use]
    pub fn review(&self, case: CaseNumber) -> Review {
        let mut review = self.round.reviews.get(&case).cloned().unwrap_or_default();
        for ((drafted, question), answer) in &self.audit.drafts {
            if *drafted == case {
                review.answers.insert(question.clone(), answer.clone());
            }
        }
        review
    }

    /// What one section of a case still needs.
    #[must_use]
    pub fn missing_in(&self, case: CaseNumber, section: &Section) -> Vec<Missing> {
        self.review(case).missing_in(section)
    }

    /// The page after a section: the next section, or the check of all answers.
    #[must_use]
    pub fn after(&self, case: CaseNumber, section: &SectionId) -> Route {
        let mut sections = self.round.form.sections.iter();
        sections.find(|candidate| candidate.id == *section);
        sections.next().map_or(Route::Check(case), |next| {
            Route::Section(case, next.id.clone())
        })
    }

    /// The page before a section: the section before it, or the case.
    #[must_use]
    pub fn before(&self, case: CaseNumber, section: &SectionId) -> Route {
        let sections = &self.round.form.sections;
        let before = sections.iter().zip(sections.iter().skip(1));
        before
            .filter(|(_, next)| next.id == *section)
            .map(|(before, _)| Route::Section(case, before.id.clone()))
            .next()
            .unwrap_or(Route::Case(case))
    }

    pub(super) fn update_audit(&mut self, at: i64, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::ChoseGrade(case, question, choice) => {
                self.edit(case, &question, |answer| {
                    if let Answer::Grade { choice: chosen, .. } = answer {
                        *chosen = Some(choice);
                    }
                });
                self.keep_drafts(at)
            }
            Msg::EnteredReason(case, question, text) => self.typed(case, &question, |answer| {
                if let Answer::Grade { reason, .. } = answer {
                    *reason = text;
                }
            }),
            Msg::EnteredText(case, question, typed) => self.typed(case, &question, |answer| {
                if let Answer::Text { text } = answer {
                    *text = typed;
                }
            }),
            Msg::EnteredAction(case, question, index, part, text) => {
                self.typed(case, &question, |answer| {
                    write_action(answer, index, part, text);
                })
            }
            Msg::ClickedAddAction(case, question) => self.add_action(at, case, &question),
            Msg::ClickedRemoveAction(case, question, index) => {
                self.edit(case, &question, |answer| {
                    if let Answer::Actions { actions } = answer
                        && index < actions.len()
                    {
                        actions.remove(index);
                    }
                });
                let mut effects = self.keep_drafts(at);
                effects.push(Effect::Focus(add_action_field(&question)));
                effects
            }
            Msg::PausedTyping | Msg::LeftField => self.keep_drafts(at),
            Msg::ClickedContinue(case, section) => self.go_on(at, case, &section),
            Msg::EnteredSignature(name) => {
                self.audit.signature = Some(name);
                Vec::new()
            }
            Msg::ClickedSign(case) => self.sign(at, case),
            Msg::ClickedReopen => {
                self.audit.reopening = Some(String::new());
                vec![Effect::Focus(REOPEN_FIELD.to_owned())]
            }
            Msg::EnteredReopenReason(reason) => {
                self.audit.reopening = Some(reason);
                Vec::new()
            }
            Msg::ConfirmedReopen(case) => self.reopen(at, case),
        }
    }

    /// Turns every draft into a fact. A draft that says what the round already has is dropped.
    pub(super) fn keep_drafts(&mut self, at: i64) -> Vec<Effect> {
        let mut effects = self.keep_concerns(at);
        for ((case, question), answer) in std::mem::take(&mut self.audit.drafts) {
            let known = self
                .round
                .reviews
                .get(&case)
                .and_then(|it| it.answers.get(&question));
            if known == Some(&answer) || (known.is_none() && answer.is_blank()) {
                continue;
            }
            let fact = Fact::Answered {
                case,
                question: question.clone(),
                answer: answer.clone(),
            };
            match self.record(at, fact) {
                Ok(append) => effects.push(append),
                Err(rejection) => {
                    self.audit.refused = Some(rejection.0);
                    self.audit.drafts.insert((case, question), answer);
                }
            }
        }
        effects
    }

    /// Changes the draft of an answer, begun from the answer as it stands.
    fn edit(&mut self, case: CaseNumber, id: &QuestionId, change: impl FnOnce(&mut Answer)) {
        let signed = self.round.progress(case).1;
        let Some(question) = self.round.form.question(id).filter(|_| !signed) else {
            return;
        };
        let review = self.round.reviews.get(&case);
        let draft = self
            .audit
            .drafts
            .entry((case, id.clone()))
            .or_insert_with(|| {
                review.map_or_else(|| Answer::blank(&question.kind), |it| it.answer(question))
            });
        change(draft);
    }

    /// As [`Open::edit`]; the first draft starts the wait for a pause.
    fn typed(
        &mut self,
        case: CaseNumber,
        question: &QuestionId,
        change: impl FnOnce(&mut Answer),
    ) -> Vec<Effect> {
        let first = !self.drafting();
        self.edit(case, question, change);
        if first && self.drafting() {
            vec![Effect::WaitForPause(PAUSE)]
        } else {
            Vec::new()
        }
    }

    fn add_action(&mut self, at: i64, case: CaseNumber, question: &QuestionId) -> Vec<Effect> {
        let mut added = 0;
        self.edit(case, question, |answer| {
            if let Answer::Actions { actions } = answer {
                added = actions.len();
                actions.push(Action::default());
            }
        });
        let mut effects = self.record_draft(at, case, question);
        effects.push(Effect::Focus(action_field(
            question,
            added,
            ActionPart::What,
        )));
        effects
    }

    /// Turns one draft into a fact even if it is blank: an empty action is a place to write in.
    fn record_draft(&mut self, at: i64, case: CaseNumber, id: &QuestionId) -> Vec<Effect> {
        let Some(answer) = self.audit.drafts.remove(&(case, id.clone())) else {
            return Vec::new();
        };
        self.record(
            at,
            Fact::Answered {
                case,
                question: id.clone(),
                answer,
            },
        )
        .map(|append| vec![append])
        .unwrap_or_default()
    }

    /// Goes on to the next page, or stays once to say what is missing: a second click goes on.
    fn go_on(&mut self, at: i64, case: CaseNumber, id: &SectionId) -> Vec<Effect> {
        let mut effects = self.keep_drafts(at);
        let missing = self
            .round
            .form
            .section(id)
            .is_some_and(|section| !self.missing_in(case, section).is_empty());
        if missing && !self.audit.show_missing {
            self.audit.show_missing = true;
            effects.push(Effect::Focus("error-summary".to_owned()));
        } else {
            effects.push(Effect::Navigate(self.after(case, id)));
        }
        effects
    }

    fn sign(&mut self, at: i64, case: CaseNumber) -> Vec<Effect> {
        if self.round.progress(case).1 {
            return Vec::new(); // The second of two clicks.
        }
        let mut effects = self.keep_drafts(at);
        let name = self
            .audit
            .signature
            .clone()
            .unwrap_or_else(|| self.round.auditor.clone());
        let name = name.trim();
        let missing = !self.review(case).missing(&self.round.form).is_empty();
        if missing || name.is_empty() {
            self.audit.show_missing = true;
            effects.push(Effect::Focus("error-summary".to_owned()));
            return effects;
        }
        match self.record(
            at,
            Fact::ReviewSigned {
                case,
                name: name.to_owned(),
            },
        ) {
            Ok(append) => effects.extend([append, Effect::Focus("signed".to_owned())]),
            Err(rejection) => {
                self.audit.refused = Some(rejection.0);
                effects.push(Effect::Focus("error-summary".to_owned()));
            }
        }
        effects
    }

    fn reopen(&mut self, at: i64, case: CaseNumber) -> Vec<Effect> {
        let reason = self.audit.reopening.clone().unwrap_or_default();
        let reason = reason.trim();
        if reason.is_empty() {
            self.audit.show_missing = true;
            return vec![Effect::Focus("error-summary".to_owned())];
        }
        match self.record(
            at,
            Fact::ReviewReopened {
                case,
                reason: reason.to_owned(),
            },
        ) {
            Ok(append) => {
                self.audit.leave_page();
                vec![append, Effect::Focus("main-heading".to_owned())]
            }
            Err(rejection) => {
                self.audit.refused = Some(rejection.0);
                vec![Effect::Focus("error-summary".to_owned())]
            }
        }
    }
}

/// The id of a question's field on the page.
#[must_use]
pub fn field(question: &QuestionId) -> String {
    question.as_str().replace('.', "-")
}

/// The id of the field for the reason of a grade.
#[must_use]
pub fn reason_field(question: &QuestionId) -> String {
    format!("{}-reason", field(question))
}

/// The id of the button that adds an action.
#[must_use]
pub fn add_action_field(question: &QuestionId) -> String {
    format!("{}-add", field(question))
}

/// The id of the field for part of an action.
#[must_use]
pub fn action_field(question: &QuestionId, index: usize, part: ActionPart) -> String {
    let part = match part {
        ActionPart::What => "what",
        ActionPart::Owner => "owner",
        ActionPart::Due => "due",
    };
    format!("{}-{index}-{part}", field(question))
}

/// The id of the field that a missing thing is to be put right in.
#[must_use]
pub fn missing_field(question: &Question, review: &Review) -> String {
    match review.answer(question) {
        Answer::Grade {
            choice: Some(_), ..
        } => reason_field(&question.id),
        Answer::Grade { choice: None, .. } | Answer::Text { .. } => field(&question.id),
        Answer::Actions { actions } => {
            match actions
                .iter()
                .position(|it| !it.is_blank() && it.what.trim().is_empty())
            {
                Some(index) => action_field(&question.id, index, ActionPart::What),
                None => add_action_field(&question.id),
            }
        }
    }
}

fn write_action(answer: &mut Answer, index: usize, part: ActionPart, text: String) {
    if let Answer::Actions { actions } = answer
        && let Some(action) = actions.get_mut(index)
    {
        match part {
            ActionPart::What => action.what = text,
            ActionPart::Owner => action.owner = text,
            ActionPart::Due => action.due = text,
        }
    }
}
