//! Taking changes back and making them again, and telling which.

use super::{Effect, Open, Route, field};
use crate::journal::Fact;
use crate::review::{Answer, CaseNumber, Patch, Place};
use crate::round::History;

/// What was taken back or made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The case that it is about.
    pub case: CaseNumber,
    /// What, in a sentence.
    pub text: String,
    /// The address of the field that it changed.
    pub address: String,
}

/// Back or forth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Undo,
    Redo,
}

impl Open {
    /// Whether something in a case can be undone: also words that are no fact yet.
    #[must_use]
    pub fn can_undo(&self, case: CaseNumber) -> bool {
        let history = self.round.history(case);
        let drafts = self.audit.drafts.keys();
        history.is_some_and(|it| it.undo().is_some())
            || drafts.into_iter().any(|(drafted, _)| *drafted == case)
    }

    /// Whether something in a case can be made again.
    #[must_use]
    pub fn can_redo(&self, case: CaseNumber) -> bool {
        let history = self.round.history(case);
        history.is_some_and(|it| it.redo().is_some())
    }

    pub(super) fn undo(&mut self, at: i64, case: CaseNumber) -> Vec<Effect> {
        self.turn(at, case, Way::Undo)
    }

    pub(super) fn redo(&mut self, at: i64, case: CaseNumber) -> Vec<Effect> {
        self.turn(at, case, Way::Redo)
    }

    fn turn(&mut self, at: i64, case: CaseNumber, way: Way) -> Vec<Effect> {
        let mut effects = self.keep_drafts(at);
        let next = self.round.history(case).and_then(|history| match way {
            Way::Undo => History::undo(history),
            Way::Redo => History::redo(history),
        });
        let Some(patch) = next.cloned() else {
            return effects;
        };
        let told = self.told(case, &patch, way);
        let focus = self.focus_after(case, &patch);
        let fact = match way {
            Way::Undo => Fact::ChangeUndone { case, patch },
            Way::Redo => Fact::ChangeRedone { case, patch },
        };
        match self.record(at, fact) {
            Ok(append) => {
                self.audit.told = told;
                effects.push(append);
                effects.extend(focus.map(Effect::Focus));
            }
            Err(rejection) => {
                self.audit.refused = Some(rejection.0);
                effects.push(Effect::Focus("error-summary".to_owned()));
            }
        }
        effects
    }

    /// Which answer a patch is about, and where it stands.
    fn told(&self, case: CaseNumber, patch: &Patch, way: Way) -> Option<Told> {
        let (section, what, field) = if let Some(repeated) = &patch.instances {
            let section = self.round.form.section(&repeated.section)?;
            let each = section.repeat.as_ref()?.each.to_lowercase();
            let now = self.review(case).instances(section).len();
            let what = if repeated.instances.len() < now {
                format!("one {each} is gone again")
            } else {
                format!("one {each} is there again")
            };
            (section, what, field::add_instance(section))
        } else {
            let place = &patch.answers.first()?.place;
            let section = self.round.form.section_of(&place.question)?;
            let question = self.round.form.question(&place.question)?;
            let what = format!("your answer to “{}”", question.text.trim());
            (section, what, field::of(place))
        };
        let done = match way {
            Way::Undo => "Undone",
            Way::Redo => "Done again",
        };
        Some(Told {
            case,
            text: format!("{done}: {what}, in {}.", section.title),
            address: Route::field(case, &section.id, &field),
        })
    }

    /// Where the focus goes if the field that has it may vanish with the change.
    fn focus_after(&self, case: CaseNumber, patch: &Patch) -> Option<String> {
        if let Some(repeated) = &patch.instances {
            let section = self.round.form.section(&repeated.section)?;
            return Some(field::add_instance(section));
        }
        let stood = patch.answers.first()?;
        let review = self.round.reviews.get(&case)?;
        let now = review.answers.get(&stood.place);
        vanishing(&stood.place, now, stood.answer.as_ref())
    }
}

/// The field to go to where an answer loses or gains fields when it changes from one to the other.
fn vanishing(place: &Place, now: Option<&Answer>, then: Option<&Answer>) -> Option<String> {
    let fields = |answer: Option<&Answer>| match answer {
        Some(Answer::Actions { actions }) => actions.len(),
        Some(Answer::Evidence { evidence }) => evidence.len(),
        Some(Answer::Grade { choice, .. }) => usize::from(choice.is_some()),
        Some(Answer::YesNo { choice, .. }) => usize::from(choice.is_some()),
        _ => 0,
    };
    let several = matches!(
        now.or(then),
        Some(Answer::Actions { .. } | Answer::Evidence { .. })
    );
    (fields(now) != fields(then)).then(|| {
        if several {
            field::add(place)
        } else {
            field::of(place)
        }
    })
}
