//! What happens to the reviews of a round: answers, instances of sections that repeat, signatures.

use super::history::in_words_alone;
use super::{Rejection, Round, reject};
use crate::form::{Section, SectionId};
use crate::journal::Act;
use crate::review::{
    Answer, CaseNumber, Instance, Patch, Place, Repeated, Review, Signature, Stood,
};

impl Round {
    pub(super) fn take_answer(
        &mut self,
        at: i64,
        case: CaseNumber,
        place: &Place,
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
        let before = review.answers.insert(place.clone(), answer.clone());
        let words = in_words_alone(before.as_ref(), answer);
        let history = self.histories.entry(case).or_default();
        history.note(at, Patch::of_answer(place.clone(), before), words);
        self.latest = Some((case, Some(place.clone())));
        Ok(())
    }

    pub(super) fn add_instance(
        &mut self,
        at: i64,
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
        let before = repeated(section, &instances);
        instances.push(instance);
        let review = self.reviews.entry(case).or_default();
        review.instances.insert(section.clone(), instances);
        let history = self.histories.entry(case).or_default();
        history.note(at, before, false);
        Ok(())
    }

    pub(super) fn remove_instance(
        &mut self,
        at: i64,
        case: CaseNumber,
        section: &SectionId,
        instance: Instance,
    ) -> Result<(), Rejection> {
        let (mut instances, _) = self.may_repeat(case, section)?;
        let least = self.repeated(section)?.repeat.as_ref();
        let least = least.map_or(0, |repeat| repeat.min);
        if !instances.contains(&instance) {
            return Err(reject("The section has no such instance."));
        }
        if instances.len() <= usize::try_from(least).unwrap_or(usize::MAX) {
            return Err(reject(format!(
                "There must be at least {least} of these in this section."
            )));
        }
        let mut before = repeated(section, &instances);
        instances.retain(|it| *it != instance);
        let review = self.reviews.entry(case).or_default();
        review.instances.insert(section.clone(), instances);
        let form = &self.form;
        review.answers.retain(|place, answer| {
            let within = form.section_of(&place.question);
            let stays =
                place.instance != Some(instance) || within.is_none_or(|it| it.id != *section);
            if !stays {
                before.answers.push(Stood {
                    place: place.clone(),
                    answer: Some(answer.clone()),
                });
            }
            stays
        });
        let history = self.histories.entry(case).or_default();
        history.note(at, before, false);
        Ok(())
    }

    pub(super) fn take_signature(
        &mut self,
        case: CaseNumber,
        signature: Signature,
    ) -> Result<(), Rejection> {
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

    pub(super) fn reopen(&mut self, case: CaseNumber) -> Result<(), Rejection> {
        self.check_signed(case)?;
        if let Some(review) = self.reviews.get_mut(&case) {
            review.signed = None;
        }
        self.begun.remove(&Act::Reopen(case));
        Ok(())
    }

    /// Whether a case is signed, and can be opened again.
    pub(super) fn check_signed(&self, case: CaseNumber) -> Result<(), Rejection> {
        let review = self.reviews.get(&case);
        if review.is_some_and(|review| review.signed.is_some()) {
            Ok(())
        } else {
            Err(reject(format!("Case {case} is not signed.")))
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

    /// Whether the case was drawn, in whichever draw, and its review is not signed. Words of a case
    /// that counts no more are taken too: whoever wrote them may not have known.
    pub(super) fn may_change(&self, case: CaseNumber) -> Result<(), Rejection> {
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

/// The instances of a section as they stand.
fn repeated(section: &SectionId, instances: &[Instance]) -> Patch {
    Patch {
        answers: Vec::new(),
        instances: Some(Repeated {
            section: section.clone(),
            instances: instances.to_vec(),
        }),
    }
}
