//! Taking a newer version of a round's form: one that came with this Sightline, or one's own. Only by
//! an explicit step, after what it changes was shown.

use super::{Effect, Model, Open, Route};
use crate::form::change::{FormChange, is_newer};
use crate::form::{Form, built_in, reflective};
use crate::journal::Fact;
use crate::round::FormEffect;

impl Model {
    /// The newer version of the open round's form, if there is one.
    #[must_use]
    pub fn newer_version(&self) -> Option<&str> {
        let form = &self.open.as_ref()?.round.form;
        match built_in::base(&form.id) {
            Some(built_in) => Some(built_in.version),
            None => self.newest_own(form).map(|form| form.version.as_str()),
        }
        .filter(|version| is_newer(version, &form.version))
    }

    /// The newest version of one's own form that is without fault. A round that is held without grades
    /// has the form of one that is held with them.
    fn newest_own(&self, form: &Form) -> Option<&Form> {
        let id = form.id.strip_suffix(reflective::ENDING).unwrap_or(&form.id);
        let versions = self.forms.ready().map(|(_, form)| form);
        versions
            .filter(|own| own.id == id || own.id == form.id)
            .fold(None, |newest: Option<&Form>, form| match newest {
                Some(newest) if !is_newer(&form.version, &newest.version) => Some(newest),
                Some(_) | None => Some(form),
            })
    }

    /// Makes ready the newer version of the round's form, now that its page is shown.
    pub(super) fn offer_newer_form(&mut self) -> Vec<Effect> {
        let Some(open) = self.open.as_deref() else {
            return Vec::new();
        };
        if self.newer_version().is_none() {
            return Vec::new();
        }
        if let Some(built_in) = built_in::base(&open.round.form.id) {
            return vec![self.ask_for_newer(built_in.id)];
        }
        if let Some(form) = self.newest_own(&open.round.form).cloned() {
            self.newer_form_came(Box::new(form));
        }
        Vec::new()
    }

    /// The newer version is here: it is shown, in the mode of the round.
    pub(super) fn newer_form_came(&mut self, form: Box<Form>) {
        let Some(open) = &mut self.open else { return };
        let now = &open.round.form;
        let form = if now.id == form.id {
            form
        } else {
            Box::new(form.reflective())
        };
        if form.id == now.id && is_newer(&form.version, &now.version) {
            open.newer_form = Some(form);
        }
    }

    /// Takes the newer version; an own form is then used.
    pub(super) fn take_newer_form(&mut self, at: i64) -> Vec<Effect> {
        let mut effects = self.in_round(|open| open.take_newer_form(at));
        let taken = self.open.as_ref().map(|open| open.round.form.clone());
        if let Some(form) = taken {
            let own = self.newest_own(&form);
            let own = own.filter(|own| own.version == form.version);
            if let Some(name) = own.map(crate::form::edit::store_name) {
                effects.extend(self.mark_used(&name));
            }
        }
        effects
    }
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

    fn take_newer_form(&mut self, at: i64) -> Vec<Effect> {
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
