//! The page of immediate safeguarding concerns about a case.
//!
//! As in the walk, what is typed is a draft until the next short pause, then a fact: a concern is
//! raised by its first word, so that none is lost because nobody pressed a button.

use std::collections::BTreeMap;

use super::{Effect, Open, Route};
use crate::concern::{Concern, ConcernNumber, PARTS, Part, Words};
use crate::journal::Fact;
use crate::review::CaseNumber;

/// What the page of concerns holds that is not yet part of the round.
#[derive(Debug, Default)]
pub struct Stage {
    /// Concerns being written, with the case that each is about.
    pub drafts: BTreeMap<ConcernNumber, (CaseNumber, Words)>,
    /// The concern that is being closed, with what came of it and the name, as typed.
    pub closing: Option<Closing>,
    /// What is wrong, by field id.
    pub errors: Vec<(String, String)>,
}

/// The end of a concern, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The concern.
    pub concern: ConcernNumber,
    /// What came of it.
    pub outcome: String,
    /// Who closes it.
    pub name: String,
}

/// The id of the field for what came of a concern.
pub const OUTCOME_FIELD: &str = "concern-outcome";
/// The id of the field for the name of who closes a concern.
pub const NAME_FIELD: &str = "concern-closed-by";

/// What can happen on the page of concerns.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person typed part of a concern about a case.
    Entered(CaseNumber, ConcernNumber, Part, String),
    /// The person said that the concern is written.
    ClickedRecord(CaseNumber, ConcernNumber),
    /// The person asked to close a concern.
    ClickedClose(ConcernNumber),
    /// The person typed what came of it.
    EnteredOutcome(ConcernNumber, String),
    /// The person typed the name to close it with.
    EnteredName(ConcernNumber, String),
    /// The person closed it.
    ConfirmedClose(ConcernNumber),
}

impl Stage {
    pub(super) fn leave_page(&mut self) {
        self.closing = None;
        self.errors.clear();
    }
}

impl Open {
    /// The concerns about a case as they stand, words just typed included.
    #[must_use]
    pub fn concerns(&self, case: CaseNumber) -> Vec<Concern> {
        let about = self.round.concerns.iter().filter(|it| it.case == case);
        about
            .cloned()
            .map(|mut concern| {
                if let Some((_, words)) = self.concern.drafts.get(&concern.number) {
                    concern.words.clone_from(words);
                }
                concern
            })
            .collect()
    }

    /// What is written of a concern, words just typed included.
    #[must_use]
    pub fn concern_words(&self, concern: ConcernNumber) -> Words {
        if let Some((_, words)) = self.concern.drafts.get(&concern) {
            return words.clone();
        }
        let mut concerns = self.round.concerns.iter();
        concerns
            .find(|it| it.number == concern)
            .map(|it| it.words.clone())
            .unwrap_or_default()
    }

    pub(super) fn update_concern(&mut self, at: i64, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Entered(case, concern, part, text) => {
                let waiting = self.drafting();
                let mut words = self.concern_words(concern);
                words.write(part, text);
                self.concern.drafts.insert(concern, (case, words));
                self.wait_for_pause(waiting)
            }
            Msg::ClickedRecord(case, concern) => self.concern_recorded(at, case, concern),
            Msg::ClickedClose(concern) => {
                self.concern.closing = Some(self.closing_of(concern));
                vec![Effect::Focus(OUTCOME_FIELD.to_owned())]
            }
            Msg::EnteredOutcome(concern, outcome) => {
                let waiting = self.drafting();
                self.concern.closing = Some(Closing {
                    outcome,
                    ..self.closing_of(concern)
                });
                self.wait_for_pause(waiting)
            }
            Msg::EnteredName(concern, name) => {
                self.concern.closing = Some(Closing {
                    name,
                    ..self.closing_of(concern)
                });
                Vec::new()
            }
            Msg::ConfirmedClose(concern) => self.close_concern(at, concern),
        }
    }

    /// Turns every draft of a concern into a fact.
    pub(super) fn keep_concerns(&mut self, at: i64) -> Vec<Effect> {
        let mut effects = Vec::new();
        for (concern, (case, words)) in std::mem::take(&mut self.concern.drafts) {
            let known = self.round.concerns.iter().find(|it| it.number == concern);
            let blank = words.missing().len() == PARTS.len();
            if known.map_or(blank, |known| known.words == words) {
                continue;
            }
            let fact = Fact::ConcernWritten {
                concern,
                case,
                words: words.clone(),
            };
            match self.record(at, fact) {
                Ok(append) => effects.push(append),
                Err(rejection) => {
                    let field = field(concern, Part::Seen);
                    self.concern.errors = vec![(field, rejection.0)];
                    self.concern.drafts.insert(concern, (case, words));
                }
            }
        }
        effects
    }

    /// Goes back to the case, or stays to say what is missing. What is written is kept either way.
    fn concern_recorded(
        &mut self,
        at: i64,
        case: CaseNumber,
        concern: ConcernNumber,
    ) -> Vec<Effect> {
        let mut effects = self.keep_drafts(at);
        let missing = self.concern_words(concern).missing();
        if missing.is_empty() && self.concern.drafts.is_empty() {
            effects.push(Effect::Navigate(Route::Case(case)));
            return effects;
        }
        let missing = missing.into_iter();
        self.concern
            .errors
            .extend(missing.map(|part| (field(concern, part), asked_for(part).to_owned())));
        effects.push(Effect::Focus("error-summary".to_owned()));
        effects
    }

    fn close_concern(&mut self, at: i64, concern: ConcernNumber) -> Vec<Effect> {
        let mut effects = self.keep_drafts(at);
        let Some(closing) = self.closing(concern) else {
            return effects; // The second of two clicks.
        };
        let fact = Fact::ConcernClosed {
            concern: closing.concern,
            outcome: closing.outcome.trim().to_owned(),
            name: closing.name.trim().to_owned(),
        };
        self.concern.errors = wrong_with(&closing, &self.concern_words(closing.concern));
        if self.concern.errors.is_empty() {
            match self.record(at, fact) {
                Ok(append) => {
                    self.concern.closing = None;
                    effects.extend([append, Effect::Focus("main-heading".to_owned())]);
                    return effects;
                }
                Err(rejection) => {
                    let field = OUTCOME_FIELD.to_owned();
                    self.concern.errors = vec![(field, rejection.0)];
                }
            }
        }
        effects.push(Effect::Focus("error-summary".to_owned()));
        effects
    }
}

/// The id of the field for a part of a concern.
#[must_use]
pub fn field(concern: ConcernNumber, part: Part) -> String {
    let part = match part {
        Part::Seen => "seen",
        Part::Done => "done",
        Part::By => "by",
    };
    format!("concern-{concern}-{part}")
}

fn asked_for(part: Part) -> &'static str {
    match part {
        Part::Seen => "Write what you have seen",
        Part::Done => "Write what was done about it, and when",
        Part::By => "Write who did it",
    }
}

fn wrong_with(closing: &Closing, words: &Words) -> Vec<(String, String)> {
    let missing = words.missing().into_iter();
    let mut errors: Vec<_> = missing
        .map(|part| (field(closing.concern, part), asked_for(part).to_owned()))
        .collect();
    if closing.outcome.trim().is_empty() {
        errors.push((OUTCOME_FIELD.to_owned(), "Write what came of it".to_owned()));
    }
    if closing.name.trim().is_empty() {
        errors.push((
            NAME_FIELD.to_owned(),
            "Enter the name of who closes it".to_owned(),
        ));
    }
    errors
}
