//! Changing a form of one's own: what can be changed, and how it is kept and taken back.
//!
//! Every change is made in the form itself, which may have faults meanwhile: [`Form::check`] names
//! them, each with its section or question, and a round is opened only with a form that has none.

mod change;
pub mod condition;
mod typed;

use super::{Kept, Model};
use crate::app::{Effect, Route};
use crate::form::edit::Way;
use crate::form::{Form, Kind, QuestionId, SectionId};

pub use condition::ConditionEdit;

/// How many changes can be taken back.
const UNDO: usize = 100;

/// How long typing must pause before the form is kept, in milliseconds.
const PAUSE: u32 = 600;

/// Changing a form.
#[derive(Debug, Default)]
pub struct Editor {
    /// The form that is being changed, by name.
    name: String,
    /// It as it was before each change, oldest first.
    before: Vec<Form>,
    /// The field that is being typed in: all that is typed there is one change.
    typing: Option<Field>,
    /// Whether it has changed since it was last kept.
    unsaved: bool,
    /// What was typed where a whole number belongs, and is none.
    odd: Vec<(Field, String)>,
}

/// A text field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// The form's title.
    Title,
    /// What it is for.
    About,
    /// How far back the auditor reads.
    LookBack,
    /// What the grade at that place is called.
    Grade(usize),
    /// A section's heading.
    SectionTitle(SectionId),
    /// What it is about.
    SectionHint(SectionId),
    /// What one of the things is called that it repeats for.
    Each(SectionId),
    /// How often it is asked at least.
    Least(SectionId),
    /// How often at most.
    Most(SectionId),
    /// A field of a question.
    Question(QuestionId, Part),
}

/// A text field of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The question as asked.
    Text,
    /// Help in answering it.
    Hint,
    /// How many lines the field shows.
    Lines,
    /// The smallest number.
    Min,
    /// The largest number.
    Max,
    /// What is counted.
    Unit,
    /// How many decimal places.
    Decimals,
    /// How many hours or days are in time.
    Limit,
    /// What an interval begins with.
    From,
    /// What it ends with.
    To,
    /// What the answer on offer at that place says.
    Answer(usize),
    /// What it means.
    AnswerHint(usize),
    /// What good looks like at the grade of that place.
    Benchmark(usize),
}

/// Something that is or is not so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Switch {
    /// The section repeats.
    Repeats(SectionId),
    /// The question must be answered.
    Required(QuestionId),
    /// “Not applicable” may be chosen.
    NotApplicable(QuestionId),
    /// The answer on offer at that place stands alone.
    Alone(QuestionId, usize),
}

/// Something that is chosen from a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// The kind of a question, by [`tag`].
    Kind,
    /// When the reason for a grade is due: `always`, `never`, or a grade.
    Reason,
    /// What an interval is counted in.
    Unit,
}

/// Something that can be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum New {
    /// A grade.
    Grade,
    /// The four grades of the built-in forms.
    FourGrades,
    /// A section.
    Section,
    /// A question of a kind, in a section.
    Question(SectionId),
    /// An answer on offer.
    Answer(QuestionId),
}

/// Something that can be moved or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thing {
    /// The grade at that place.
    Grade(usize),
    /// A section.
    Section(SectionId),
    /// A question.
    Question(QuestionId),
    /// The answer on offer at that place.
    Answer(QuestionId, usize),
}

/// Whose condition is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// When a section is asked.
    Section(SectionId),
    /// When a question is asked.
    Asked(QuestionId),
    /// When an answer is required.
    Required(QuestionId),
}

/// What can happen while a form is being changed.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person typed in a field.
    Typed(Field, String),
    /// The person left a field.
    LeftField,
    /// The person turned something on or off.
    Switched(Switch, bool),
    /// The person chose from a list, for a question.
    Picked(QuestionId, Pick, String),
    /// The person added something.
    Added(New),
    /// The person moved something.
    Moved(Thing, Way),
    /// The person removed something.
    Removed(Thing),
    /// The person changed a condition.
    Condition(Of, ConditionEdit),
    /// The person asked for the form without grades.
    ClickedReflective,
    /// The person took the last change back.
    ClickedUndo,
}

impl Editor {
    /// Whether there is a change to take back in that form.
    #[must_use]
    pub fn can_undo(&self, name: &str) -> bool {
        self.name == name && !self.before.is_empty()
    }

    /// Whether the form has changed since it was last kept.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        self.unsaved
    }

    /// What stands in a field: what was typed there, or what the form holds.
    #[must_use]
    pub fn value(&self, form: &Form, field: &Field) -> String {
        self.odd
            .iter()
            .find(|(odd, _)| odd == field)
            .map_or_else(|| typed::get(form, field), |(_, text)| text.clone())
    }

    /// What is wrong with what was typed in a field.
    #[must_use]
    pub fn error(&self, field: &Field) -> Option<&'static str> {
        let is_odd = self.odd.iter().any(|(odd, _)| odd == field);
        is_odd.then_some("Enter a whole number, or leave the field empty")
    }

    /// Makes ready to change that form.
    fn take_up(&mut self, name: &str) {
        if self.name != name {
            *self = Self {
                name: name.to_owned(),
                ..Self::default()
            };
        }
    }

    /// Remembers the form as it was before a change; `typing` in one field is one change.
    fn remember(&mut self, before: &Form, typing: Option<Field>) {
        if typing.is_none() || typing != self.typing {
            self.before.push(before.clone());
            if self.before.len() > UNDO {
                self.before.remove(0);
            }
        }
        self.typing = typing;
    }
}

impl Model {
    /// The name of the form that this page changes, if it may be changed.
    fn edited(&self) -> Option<String> {
        let Route::Forms(page) = &self.route else {
            return None;
        };
        let name = page.edited()?;
        let kept = self.forms.own(name)?;
        (!kept.used).then(|| name.to_owned())
    }

    pub(super) fn update_editor(&mut self, _at: i64, msg: Msg) -> Vec<Effect> {
        let Some(name) = self.edited() else {
            return Vec::new(); // The page that the message came from is gone.
        };
        self.forms.editor.take_up(&name);
        match msg {
            Msg::LeftField => return self.keep_edited(),
            Msg::ClickedUndo => return self.undo_edit(&name),
            Msg::Typed(field, text) => {
                self.change(&name, Some(field.clone()), |form, editor| {
                    editor.odd.retain(|(odd, _)| *odd != field);
                    if !typed::set(form, &field, &text) {
                        editor.odd.push((field, text));
                    }
                });
                return vec![Effect::WaitForPause(PAUSE)];
            }
            Msg::Switched(switch, on) => self.change(&name, None, |form, _| {
                change::switch(form, &switch, on);
            }),
            Msg::Picked(question, pick, value) => self.change(&name, None, |form, _| {
                change::pick(form, &question, pick, &value);
            }),
            Msg::Added(new) => {
                let mut effects = Vec::new();
                self.change(&name, None, |form, _| {
                    effects.extend(change::add(form, &new, &name));
                });
                effects.splice(0..0, self.keep_edited());
                return effects;
            }
            Msg::Moved(thing, way) => self.change(&name, None, |form, _| {
                change::move_it(form, &thing, way);
            }),
            Msg::Removed(thing) => return self.remove_part(&name, &thing),
            Msg::Condition(of, edit) => self.change(&name, None, |form, _| {
                condition::change(form, &of, &edit);
            }),
            Msg::ClickedReflective => self.change(&name, None, |form, _| {
                let (id, title) = (form.id.clone(), form.title.clone());
                *form = Form {
                    id,
                    title,
                    ..form.reflective()
                };
            }),
        }
        self.keep_edited()
    }

    /// Changes the form, and remembers it as it was.
    fn change(
        &mut self,
        name: &str,
        typing: Option<Field>,
        change: impl FnOnce(&mut Form, &mut Editor),
    ) {
        let mut editor = std::mem::take(&mut self.forms.editor);
        if let Some(kept) = self.forms.own_mut(name) {
            editor.remember(&kept.form, typing);
            change(&mut kept.form, &mut editor);
            editor.unsaved = true;
        }
        self.forms.editor = editor;
    }

    fn undo_edit(&mut self, name: &str) -> Vec<Effect> {
        let Some(before) = self.forms.editor.before.pop() else {
            return Vec::new();
        };
        self.forms.editor.typing = None;
        self.forms.editor.odd.clear();
        if let Some(kept) = self.forms.own_mut(name) {
            kept.form = before;
        }
        self.forms.editor.unsaved = true;
        self.keep_edited()
    }

    fn remove_part(&mut self, name: &str, thing: &Thing) -> Vec<Effect> {
        self.change(name, None, |form, editor| {
            editor.odd.clear();
            change::remove(form, thing);
        });
        let mut effects = self.keep_edited();
        effects.push(Effect::Focus(UNDO_BUTTON.to_owned()));
        effects
    }

    /// Keeps the form that is being changed, if it has changed.
    pub(in crate::app) fn keep_edited(&mut self) -> Vec<Effect> {
        let editor = &mut self.forms.editor;
        if !std::mem::take(&mut editor.unsaved) {
            return Vec::new();
        }
        editor.typing = None;
        let name = editor.name.clone();
        let Some(form) = self.forms.own(&name).map(|kept| kept.form.clone()) else {
            return Vec::new();
        };
        match self.keep_form(Kept { used: false, form }) {
            Ok((_, effect)) => vec![effect],
            Err(why) => self.forms_refuse(why),
        }
    }
}

/// The id of the button that takes the last change back.
pub const UNDO_BUTTON: &str = "undo";

/// The id of a field's element.
#[must_use]
pub fn field_id(field: &Field) -> String {
    match field {
        Field::Title => "form-title".to_owned(),
        Field::About => "form-about".to_owned(),
        Field::LookBack => "look-back".to_owned(),
        Field::Grade(at) => format!("grade-{}", at + 1),
        Field::SectionTitle(_) => "section-title".to_owned(),
        Field::SectionHint(_) => "section-hint".to_owned(),
        Field::Each(_) => "section-each".to_owned(),
        Field::Least(_) => "section-least".to_owned(),
        Field::Most(_) => "section-most".to_owned(),
        Field::Question(_, part) => match part {
            Part::Text => "question-text".to_owned(),
            Part::Hint => "question-hint".to_owned(),
            Part::Lines => "lines".to_owned(),
            Part::Min => "smallest".to_owned(),
            Part::Max => "largest".to_owned(),
            Part::Unit => "counted".to_owned(),
            Part::Decimals => "decimals".to_owned(),
            Part::Limit => "limit".to_owned(),
            Part::From => "from".to_owned(),
            Part::To => "to".to_owned(),
            Part::Answer(at) => format!("answer-{}", at + 1),
            Part::AnswerHint(at) => format!("answer-hint-{}", at + 1),
            Part::Benchmark(at) => format!("benchmark-{}", at + 1),
        },
    }
}

/// The kinds of question, each with its tag and what it is called.
pub const KINDS: [(&str, &str); 10] = [
    ("grade", "A grade, with the reason for it"),
    ("yes_no", "Yes or no"),
    ("one_of", "One answer of a list"),
    ("several_of", "Several answers of a list"),
    ("text", "A text"),
    ("number", "A number"),
    ("date", "A day"),
    ("interval", "How long something took"),
    ("evidence", "Evidence, with source and date"),
    ("actions", "Actions, with owner and date"),
];

/// The tag of a kind.
#[must_use]
pub fn tag(kind: &Kind) -> &'static str {
    match kind {
        Kind::Grade { .. } => "grade",
        Kind::YesNo { .. } => "yes_no",
        Kind::OneOf { .. } => "one_of",
        Kind::SeveralOf { .. } => "several_of",
        Kind::Text { .. } => "text",
        Kind::Number(_) => "number",
        Kind::Date => "date",
        Kind::Interval(_) => "interval",
        Kind::Actions => "actions",
        Kind::Evidence => "evidence",
    }
}
