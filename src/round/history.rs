//! What can be taken back in the review of a case, and made again.
//!
//! Taking back is a further fact, which says how parts of the review are to stand; nothing leaves
//! the journal. The history is a part of the fold, so that it outlives a reload.

use super::{Rejection, Round, reject};
use crate::form::{Form, Section};
use crate::review::{Answer, CaseNumber, Instance, Patch, Place, Repeated, Review, Stood};

/// What is written at one place within this many milliseconds is taken back together.
const TOGETHER: i64 = 10_000;

/// The changes made to one review, as what takes each of them back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Patch>,
}

/// One change, or several that belong together.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    back: Patch,
    /// When it began, if more words may still join it.
    joins: Option<i64>,
}

impl History {
    /// What takes the newest change back.
    #[must_use]
    pub fn undo(&self) -> Option<&Patch> {
        self.done.last().map(|step| &step.back)
    }

    /// What makes the change again that was taken back last.
    #[must_use]
    pub fn redo(&self) -> Option<&Patch> {
        self.undone.last()
    }

    /// Notes a change that `back` takes back. `words` says that nothing but words was changed: these
    /// join what was written just before them at the same place.
    pub(super) fn note(&mut self, at: i64, back: Patch, words: bool) {
        self.undone.clear();
        let joined = self.done.last().is_some_and(|last| {
            let soon = |begun: i64| (begun..begun.saturating_add(TOGETHER)).contains(&at);
            words && last.joins.is_some_and(soon) && last.back.place() == back.place()
        });
        if !joined {
            let joins = (words && back.place().is_some()).then_some(at);
            self.done.push(Step { back, joins });
        }
    }

    /// Notes that the newest change was taken back, which `again` makes again.
    fn went_back(&mut self, again: Patch) {
        self.done.pop();
        self.undone.push(again);
        self.close();
    }

    /// Notes that a change was made again, which `back` takes back.
    fn went_forth(&mut self, back: Patch) {
        self.undone.pop();
        self.done.push(Step { back, joins: None });
    }

    /// Lets nothing more join the newest change.
    fn close(&mut self) {
        if let Some(last) = self.done.last_mut() {
            last.joins = None;
        }
    }
}

/// Whether one answer differs from another in its words alone, not in what was chosen or how many
/// things there are.
pub(super) fn in_words_alone(before: Option<&Answer>, after: &Answer) -> bool {
    match (before, after) {
        (Some(Answer::Grade { choice: one, .. }), Answer::Grade { choice: other, .. }) => {
            one == other
        }
        (Some(Answer::YesNo { choice: one, .. }), Answer::YesNo { choice: other, .. }) => {
            one == other
        }
        (Some(Answer::Actions { actions: one }), Answer::Actions { actions: other }) => {
            one.len() == other.len()
        }
        (Some(Answer::Evidence { evidence: one }), Answer::Evidence { evidence: other }) => {
            one.len() == other.len()
        }
        (
            _,
            Answer::Text { .. }
            | Answer::Number { .. }
            | Answer::Date { .. }
            | Answer::Interval { .. },
        ) => true,
        _ => false,
    }
}

impl Round {
    /// What can be taken back in the review of a case, and made again. Nothing can while it is
    /// signed.
    #[must_use]
    pub fn history(&self, case: CaseNumber) -> Option<&History> {
        self.may_change(case).ok()?;
        self.histories.get(&case)
    }

    pub(super) fn undo(&mut self, case: CaseNumber, patch: &Patch) -> Result<(), Rejection> {
        let again = self.put_back(case, patch)?;
        self.histories.entry(case).or_default().went_back(again);
        Ok(())
    }

    pub(super) fn redo(&mut self, case: CaseNumber, patch: &Patch) -> Result<(), Rejection> {
        let back = self.put_back(case, patch)?;
        self.histories.entry(case).or_default().went_forth(back);
        Ok(())
    }

    /// Lets parts of a review stand as a patch says. Gives what they were.
    fn put_back(&mut self, case: CaseNumber, patch: &Patch) -> Result<Patch, Rejection> {
        self.may_change(case)?;
        let blank = Review::default();
        let review = self.reviews.get(&case).unwrap_or(&blank);
        check(&self.form, review, patch)?;
        let review = self.reviews.entry(case).or_default();
        let mut before = Patch::default();
        if let Some(Repeated { section, instances }) = &patch.instances {
            let asked = self.form.section(section);
            before.instances = Some(Repeated {
                section: section.clone(),
                instances: asked.map_or_else(Vec::new, |asked| review.instances(asked)),
            });
            let gone = asked.map_or_else(Vec::new, |asked| lost(review, asked, instances));
            for place in gone {
                let answer = review.answers.remove(&place);
                before.answers.push(Stood { place, answer });
            }
            review.instances.insert(section.clone(), instances.clone());
        }
        for Stood { place, answer } in &patch.answers {
            let was = match answer {
                Some(answer) => review.answers.insert(place.clone(), answer.clone()),
                None => review.answers.remove(place),
            };
            before.answers.push(Stood {
                place: place.clone(),
                answer: was,
            });
        }
        if let Some(Repeated { instances, .. }) = &before.instances {
            // An instance that was not there had no answers.
            let was = |place: &Place| place.instance.is_none_or(|it| instances.contains(&it));
            before.answers.retain(|stood| was(&stood.place));
        }
        Ok(before)
    }
}

/// Where answers stand in a section's instances that are not among `kept`.
fn lost(review: &Review, section: &Section, kept: &[Instance]) -> Vec<Place> {
    let within = |place: &Place| {
        let gone = place.instance.is_some_and(|it| !kept.contains(&it));
        gone && section.questions.iter().any(|it| it.id == place.question)
    };
    let places = review.answers.keys();
    places.filter(|place| within(place)).cloned().collect()
}

/// Refuses a patch that the form or the review has no room for.
fn check(form: &Form, review: &Review, patch: &Patch) -> Result<(), Rejection> {
    let mut review = Review {
        instances: review.instances.clone(),
        ..Review::default()
    };
    if let Some(Repeated { section, instances }) = &patch.instances {
        if form.section(section).is_none_or(|it| it.repeat.is_none()) {
            return Err(reject(format!(
                "The form has no section “{section}” that repeats."
            )));
        }
        review.instances.insert(section.clone(), instances.clone());
    }
    for Stood { place, answer } in &patch.answers {
        let question = &place.question;
        let asked = form.question(question).zip(form.section_of(question));
        let fits = asked.is_some_and(|(asked, section)| {
            answer.iter().all(|it| it.fits(&asked.kind, form))
                && match place.instance {
                    None => section.repeat.is_none(),
                    Some(instance) => review.instances(section).contains(&instance),
                }
        });
        if !fits {
            return Err(reject(format!(
                "“{question}” cannot stand again as it did: the form has changed."
            )));
        }
    }
    Ok(())
}
