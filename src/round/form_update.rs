//! Taking a newer version of the form: what becomes of the answers, and how the round goes on.

use std::sync::Arc;

use super::{Rejection, Round, reject};
use crate::form::Form;
use crate::form::change::is_newer;
use crate::review::{CaseNumber, Place, Review};

/// What a newer version of the form does to the answers given so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormEffect {
    /// The answers that count no more, because their questions are gone, are not asked any more or
    /// take other answers. The journal keeps them.
    pub set_aside: Vec<(CaseNumber, Place)>,
    /// The signed cases in which something would be missing: they are open again.
    pub reopened: Vec<CaseNumber>,
}

impl Round {
    /// What taking a newer version of the form would do.
    #[must_use]
    pub fn effect_of(&self, form: &Form) -> FormEffect {
        let mut effect = FormEffect::default();
        for (case, review) in &self.reviews {
            let (now, then) = (given(&self.form, review), given(form, review));
            let lost = now.into_iter().filter(|place| !then.contains(place));
            effect.set_aside.extend(lost.map(|place| (*case, place)));
            if review.signed.is_some() && !review.missing(form).is_empty() {
                effect.reopened.push(*case);
            }
        }
        effect
    }

    pub(super) fn take_form(&mut self, form: &Form) -> Result<(), Rejection> {
        if form.id != self.form.id {
            return Err(reject("This is another form: a round keeps its own."));
        }
        if !is_newer(&form.version, &self.form.version) {
            return Err(reject(format!(
                "Version {} of the form is not newer than version {}.",
                form.version, self.form.version
            )));
        }
        if let Some(problem) = form.check().first() {
            return Err(reject(format!("The form has a fault. {problem}")));
        }
        let effect = self.effect_of(form);
        for case in &effect.reopened {
            self.reopen(*case)?;
        }
        // What was changed in the form before cannot be taken back in this one.
        self.histories.clear();
        self.form = Arc::new(form.clone());
        Ok(())
    }
}

/// Where a review has answers that count.
fn given(form: &Form, review: &Review) -> Vec<Place> {
    let standing = review.standing(form);
    let answered = standing.asked().filter(|asked| !asked.answer.is_blank());
    answered.map(|asked| asked.place.clone()).collect()
}
