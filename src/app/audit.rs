//! The walk through a case: answering, checking the answers, signing.
//!
//! What is typed is a draft until the next short pause, then a fact. A draft is never older than
//! [`PAUSE`] before it is on its way to the store; leaving a field or a page sends it at once.

pub mod edit;
pub mod field;
mod undo;

use std::collections::BTreeMap;

use super::{Effect, Open, Route};
use crate::form::{Section, SectionId};
use crate::journal::Fact;
use crate::review::{Answer, CaseNumber, Instance, Missing, Place, Review};

pub use edit::{ActionPart, Edit, EvidencePart};
pub use undo::Told;

/// How long typed words may wait before they become a fact, in milliseconds.
pub const PAUSE: u32 = 600;

/// What the walk holds that is not yet part of the round.
#[derive(Debug, Default)]
pub struct Stage {
    /// Answers being typed.
    pub drafts: BTreeMap<(CaseNumber, Place), Answer>,
    /// Whether the page names what is missing: after the person tried to go on without it.
    pub show_missing: bool,
    /// The name to sign with, as typed; `None` until it is changed from the auditor's.
    pub signature: Option<String>,
    /// Why a review is to be opened again, as typed; `None` until the person asks for it or writes on.
    pub reopening: Option<(CaseNumber, String)>,
    /// The instance of a section whose removal waits for a second word.
    pub removing: Option<(SectionId, Instance)>,
    /// What could not be done, and why.
    pub refused: Option<String>,
    /// What was undone or done again last, until the person goes on.
    pub told: Option<Told>,
    /// Whether the keyboard shortcuts are listed over the page.
    pub shortcuts: bool,
}

/// Which way from a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// On.
    After,
    /// Back.
    Before,
}

/// What can happen in the walk.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person changed an answer.
    Edited(CaseNumber, Place, Edit),
    /// The person asked for one more instance of a section.
    ClickedAddInstance(CaseNumber, SectionId),
    /// The person asked to remove an instance of a section.
    ClickedRemoveInstance(CaseNumber, SectionId, Instance),
    /// The person changed their mind.
    ClickedKeepInstance,
    /// The person confirmed the removal.
    ConfirmedRemoveInstance(CaseNumber),
    /// The person took the newest change to a case back.
    ClickedUndo(CaseNumber),
    /// The person made the change again that was taken back last.
    ClickedRedo(CaseNumber),
    /// The person wanted to see the keyboard shortcuts, or no longer does.
    ShowedShortcuts(bool),
    /// The person asked to print the case.
    ClickedPrint,
    /// The person asked for another page by a key.
    AskedFor(Route),
    /// The person asked for the section after this one, or before it, by a key.
    AskedForSection(CaseNumber, SectionId, Way),
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
    ClickedReopen(CaseNumber),
    /// The person typed why.
    EnteredReopenReason(CaseNumber, String),
    /// The person confirmed.
    ConfirmedReopen(CaseNumber),
}

impl Stage {
    /// Forgets what was undone, once another page than one of its case is shown.
    pub(super) fn arrive(&mut self, case: Option<CaseNumber>) {
        self.told.take_if(|told| Some(told.case) != case);
    }

    pub(super) fn leave_page(&mut self) {
        self.show_missing = false;
        self.signature = None;
        self.reopening = None;
        self.removing = None;
        self.refused = None;
        self.shortcuts = false;
    }
}

impl Open {
    /// The review of a case as it stands, words just typed included.
    #[must_use]
    pub fn review(&self, case: CaseNumber) -> Review {
        let mut review = self.round.reviews.get(&case).cloned().unwrap_or_default();
        for ((drafted, place), answer) in &self.audit.drafts {
            if *drafted == case {
                review.answers.insert(place.clone(), answer.clone());
            }
        }
        review
    }

    /// What one section of a case still needs.
    #[must_use]
    pub fn missing_in(&self, case: CaseNumber, section: &Section) -> Vec<Missing> {
        self.review(case)
            .standing(&self.round.form)
            .missing_in(section)
    }

    /// The page after a section: the next section that is asked, or the check of all answers.
    #[must_use]
    pub fn after(&self, case: CaseNumber, section: &SectionId) -> Route {
        let mut sections = self.walked(case, section).into_iter();
        sections.find(|candidate| candidate == section);
        sections
            .next()
            .map_or(Route::Check(case), |next| Route::Section(case, next))
    }

    /// The page before a section: the section asked before it, or the case.
    #[must_use]
    pub fn before(&self, case: CaseNumber, section: &SectionId) -> Route {
        let sections = self.walked(case, section).into_iter();
        let before = sections.take_while(|candidate| candidate != section);
        before
            .last()
            .map_or(Route::Case(case), |before| Route::Section(case, before))
    }

    /// The sections that are asked in a case, and the one that is shown.
    fn walked(&self, case: CaseNumber, shown: &SectionId) -> Vec<SectionId> {
        let review = self.review(case);
        let standing = review.standing(&self.round.form);
        let sections = self.round.form.sections.iter();
        sections
            .filter(|section| section.id == *shown || standing.asks(section))
            .map(|section| section.id.clone())
            .collect()
    }

    pub(super) fn update_audit(&mut self, at: i64, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Edited(case, place, edit) => self.edited(at, case, &place, edit),
            Msg::ClickedAddInstance(case, section) => self.add_instance(at, case, &section),
            Msg::ClickedRemoveInstance(case, section, instance) => {
                self.remove_instance(at, case, section, instance)
            }
            Msg::ClickedKeepInstance => self.keep_instance(),
            Msg::ConfirmedRemoveInstance(case) => self.confirmed_removal(at, case),
            Msg::ClickedUndo(case) => self.undo(at, case),
            Msg::ClickedRedo(case) => self.redo(at, case),
            Msg::ShowedShortcuts(shown) => {
                self.audit.shortcuts = shown;
                Vec::new()
            }
            Msg::ClickedPrint => vec![Effect::Print],
            Msg::AskedFor(route) => vec![Effect::Navigate(route)],
            Msg::AskedForSection(case, section, way) => vec![Effect::Navigate(match way {
                Way::After => self.after(case, &section),
                Way::Before => self.before(case, &section),
            })],
            Msg::PausedTyping | Msg::LeftField => self.keep_drafts(at),
            Msg::ClickedContinue(case, section) => self.go_on(at, case, &section),
            Msg::EnteredSignature(name) => {
                self.audit.signature = Some(name);
                Vec::new()
            }
            Msg::ClickedSign(case) => self.sign(at, case),
            Msg::ClickedReopen(case) => {
                self.audit.reopening = Some((case, String::new()));
                vec![Effect::Focus(field::REOPEN.to_owned())]
            }
            Msg::EnteredReopenReason(case, reason) => {
                let waiting = self.drafting();
                self.audit.reopening = Some((case, reason));
                self.wait_for_pause(waiting)
            }
            Msg::ConfirmedReopen(case) => self.reopen(at, case),
        }
    }

    /// Turns every draft into a fact. A draft that says what the round already has is dropped.
    pub(super) fn keep_drafts(&mut self, at: i64) -> Vec<Effect> {
        let mut effects = self.keep_concerns(at);
        effects.extend(self.keep_begun(at));
        for ((case, place), answer) in std::mem::take(&mut self.audit.drafts) {
            let known = self
                .round
                .reviews
                .get(&case)
                .and_then(|it| it.answers.get(&place));
            if known == Some(&answer) || (known.is_none() && answer.is_blank()) {
                continue;
            }
            match self.record(at, answered(case, &place, answer.clone())) {
                Ok(append) => effects.push(append),
                Err(rejection) => {
                    self.audit.refused = Some(rejection.0);
                    self.audit.drafts.insert((case, place), answer);
                }
            }
        }
        effects
    }

    /// Changes the draft of an answer, begun from the answer as it stands. Typed words wait for a
    /// pause; anything else becomes a fact at once.
    fn edited(&mut self, at: i64, case: CaseNumber, place: &Place, edit: Edit) -> Vec<Effect> {
        let form = &self.round.form;
        let review = self.round.reviews.get(&case);
        let signed = review.is_some_and(|review| review.signed.is_some());
        let Some(question) = form.question(&place.question).filter(|_| !signed) else {
            return Vec::new();
        };
        let known = review
            .and_then(|review| review.answers.get(place))
            .filter(|answer| answer.fits(&question.kind, form));
        let waiting = self.drafting();
        let drafts = self.audit.drafts.entry((case, place.clone()));
        let draft = drafts
            .or_insert_with(|| known.map_or_else(|| Answer::blank(&question.kind), Answer::clone));
        self.audit.told = None;
        let (typing, added) = (edit.is_typing(), edit == Edit::Added);
        let removed = matches!(edit, Edit::Removed(_));
        edit.apply(&question.kind, draft);
        let focus = match (&*draft, removed) {
            (Answer::Actions { actions }, _) if added => Some(field::action(
                place,
                actions.len().saturating_sub(1),
                ActionPart::What,
            )),
            (Answer::Evidence { evidence }, _) if added => Some(field::evidence(
                place,
                evidence.len().saturating_sub(1),
                EvidencePart::What,
            )),
            (_, true) => Some(field::add(place)),
            (_, false) => None,
        };
        if typing {
            return self.wait_for_pause(waiting);
        }
        let mut effects = if added {
            self.record_draft(at, case, place)
        } else {
            self.keep_drafts(at)
        };
        effects.extend(focus.map(Effect::Focus));
        effects
    }

    /// Turns one draft into a fact even if it is blank: an empty action is a place to write in.
    fn record_draft(&mut self, at: i64, case: CaseNumber, place: &Place) -> Vec<Effect> {
        let Some(answer) = self.audit.drafts.remove(&(case, place.clone())) else {
            return Vec::new();
        };
        self.record(at, answered(case, place, answer))
            .map(|append| vec![append])
            .unwrap_or_default()
    }

    fn add_instance(&mut self, at: i64, case: CaseNumber, id: &SectionId) -> Vec<Effect> {
        let mut effects = self.keep_drafts(at);
        let Some(section) = self.round.form.section(id) else {
            return effects;
        };
        let instance = self.review(case).next_instance(section);
        let heading = field::instance(section, instance);
        let fact = Fact::InstanceAdded {
            case,
            section: id.clone(),
            instance,
        };
        effects.extend(self.record_or_refuse(at, fact, heading));
        effects
    }

    /// Removes an instance at once where nothing has been answered for it, and asks otherwise.
    fn remove_instance(
        &mut self,
        at: i64,
        case: CaseNumber,
        section: SectionId,
        instance: Instance,
    ) -> Vec<Effect> {
        let review = self.review(case);
        let begun = review.answers.iter().any(|(place, answer)| {
            let within = self.round.form.section_of(&place.question);
            place.instance == Some(instance)
                && within.is_some_and(|within| within.id == section)
                && !answer.is_blank()
        });
        self.audit.removing = Some((section, instance));
        if begun {
            vec![Effect::Focus(field::CONFIRM.to_owned())]
        } else {
            self.confirmed_removal(at, case)
        }
    }

    fn keep_instance(&mut self) -> Vec<Effect> {
        let Some((id, instance)) = self.audit.removing.take() else {
            return Vec::new();
        };
        let section = self.round.form.section(&id);
        let heading = section.map(|section| field::instance(section, instance));
        heading.map(Effect::Focus).into_iter().collect()
    }

    fn confirmed_removal(&mut self, at: i64, case: CaseNumber) -> Vec<Effect> {
        let Some((section, instance)) = self.audit.removing.take() else {
            return Vec::new();
        };
        let mut effects = self.keep_drafts(at);
        let button = self.round.form.section(&section).map(field::add_instance);
        let fact = Fact::InstanceRemoved {
            case,
            section,
            instance,
        };
        effects.extend(self.record_or_refuse(at, fact, button.unwrap_or_default()));
        effects
    }

    /// Records a fact and sends the focus on; or says why not, at the top of the page.
    fn record_or_refuse(&mut self, at: i64, fact: Fact, focus: String) -> Vec<Effect> {
        match self.record(at, fact) {
            Ok(append) => vec![append, Effect::Focus(focus)],
            Err(rejection) => {
                self.audit.refused = Some(rejection.0);
                vec![Effect::Focus("error-summary".to_owned())]
            }
        }
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
        let fact = Fact::ReviewSigned {
            case,
            name: name.to_owned(),
        };
        effects.extend(self.record_or_refuse(at, fact, "signed".to_owned()));
        effects
    }

    fn reopen(&mut self, at: i64, case: CaseNumber) -> Vec<Effect> {
        let reason = self.reopening(case).unwrap_or_default();
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

fn answered(case: CaseNumber, place: &Place, answer: Answer) -> Fact {
    Fact::Answered {
        case,
        place: place.clone(),
        answer,
    }
}
