//! Words that wait for their button: why a signed case is opened again, what came of a concern.
//!
//! They are kept as they are typed, like answers, so that a page that locks, or a browser that is killed, takes
//! none of them. The button makes of them what they were written for.

use super::concern::Closing;
use super::{Effect, Open, audit};
use crate::concern::ConcernNumber;
use crate::journal::{Act, Fact};
use crate::review::CaseNumber;

impl Open {
    /// Why a signed case is to be opened again, words just typed included; `None` until somebody asks
    /// for it.
    #[must_use]
    pub fn reopening(&self, case: CaseNumber) -> Option<String> {
        let typed = self.audit.reopening.as_ref();
        let typed = typed.filter(|(typed, _)| *typed == case);
        typed
            .map(|(_, reason)| reason.clone())
            .or_else(|| self.round.begun.get(&Act::Reopen(case)).cloned())
    }

    /// How a concern is to be closed, words just typed included; `None` until somebody asks for it.
    #[must_use]
    pub fn closing(&self, concern: ConcernNumber) -> Option<Closing> {
        let typed = self.concern.closing.as_ref();
        let typed = typed.filter(|closing| closing.concern == concern);
        typed.cloned().or_else(|| {
            let outcome = self.round.begun.get(&Act::Close(concern))?;
            Some(Closing {
                concern,
                outcome: outcome.clone(),
                name: self.round.auditor.clone(),
            })
        })
    }

    /// As [`Open::closing`], begun where nobody has asked for it.
    pub(super) fn closing_of(&self, concern: ConcernNumber) -> Closing {
        self.closing(concern).unwrap_or_else(|| Closing {
            concern,
            outcome: String::new(),
            name: self.round.auditor.clone(),
        })
    }

    /// What was typed that the round does not have yet.
    pub(super) fn unkept_words(&self) -> Vec<(Act, String)> {
        let reason = self.audit.reopening.iter();
        let reason = reason.map(|(case, reason)| (Act::Reopen(*case), reason.clone()));
        let outcome = self.concern.closing.iter();
        let outcome = outcome.map(|it| (Act::Close(it.concern), it.outcome.clone()));
        let has = |act: &Act| self.round.begun.get(act).map_or("", String::as_str);
        reason
            .chain(outcome)
            .filter(|(act, words)| has(act).trim() != words.trim())
            .collect()
    }

    /// Turns such words into facts.
    pub(super) fn keep_begun(&mut self, at: i64) -> Vec<Effect> {
        let mut effects = Vec::new();
        for (act, words) in self.unkept_words() {
            match self.record(at, Fact::WordsBegun { act, words }) {
                Ok(append) => effects.push(append),
                // They stay as they were typed, with the reason.
                Err(rejection) => self.audit.refused = Some(rejection.0),
            }
        }
        effects
    }

    /// Waits for a pause in typing, unless that is being waited for.
    pub(super) fn wait_for_pause(&self, waiting: bool) -> Vec<Effect> {
        if waiting || !self.drafting() {
            return Vec::new();
        }
        vec![Effect::WaitForPause(audit::PAUSE)]
    }
}
