//! Taking the newer version of a round's form that came with this Sightline: only by an explicit step,
//! after what it changes was shown.

use super::{Effect, Open, Route};
use crate::form::Form;
use crate::form::built_in::FORMS;
use crate::form::change::{FormChange, is_newer};
use crate::journal::Fact;
use crate::round::{FormEffect, Round};

/// The newer version of a round's form, if one came with this Sightline.
pub(super) fn newer(round: &Round) -> Option<Box<Form>> {
    let built_in = FORMS.iter().find(|form| form.id == round.form.id)?;
    // A built-in form always reads; were it not so, there would be nothing to take.
    let form = built_in.form().ok()?;
    is_newer(&form.version, &round.form.version).then(|| Box::new(form))
}

impl Open {
    /// What taking the newer version of the form would change, if there is one: the form, the
    /// questions, and the answers given so far.
    #[must_use]
    pub fn form_update(&self) -> Option<(&Form, FormChange, FormEffect)> {
        let newer = self.newer_form.as_deref()?;
        let change = FormChange::between(&self.round.form, newer);
        Some((newer, change, self.round.effect_of(newer)))
    }

    pub(super) fn take_newer_form(&mut self, at: i64) -> Vec<Effect> {
        let mut effects = self.keep_drafts(at);
        let Some(form) = self.newer_form.take() else {
            return effects; // The second of two clicks.
        };
        match self.record(at, Fact::FormUpdated { form: form.clone() }) {
            Ok(append) => effects.extend([append, Effect::Navigate(Route::Round)]),
            Err(rejection) => {
                self.newer_form = Some(form);
                self.audit.refused = Some(rejection.0);
                effects.push(Effect::Focus("error-summary".to_owned()));
            }
        }
        effects
    }
}
