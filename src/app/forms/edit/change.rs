//! Adding, moving and removing parts of a form, and what is chosen for them.

use super::{New, Pick, Switch, Thing};
use crate::app::forms::FormsPage;
use crate::app::{Effect, Route};
use crate::form::edit::{Way, free, swap};
use crate::form::{
    Alternative, AlternativeId, Form, Grade, GradeId, Kind, NumberKind, QuestionId, ReasonDue,
    Repeat, TimeLimit, Unit,
};

pub(super) fn switch(form: &mut Form, switch: &Switch, on: bool) {
    match switch {
        Switch::Repeats(id) => {
            if let Some(section) = form.section_mut(id) {
                section.repeat = on.then(|| Repeat::of("Meeting"));
            }
        }
        Switch::Required(id) => {
            if let Some(question) = form.question_mut(id) {
                question.required = on;
                if on {
                    question.required_if = None;
                }
            }
        }
        Switch::NotApplicable(id) => {
            let kind = form.question_mut(id).map(|it| &mut it.kind);
            if let Some(Kind::Grade { not_applicable, .. } | Kind::YesNo { not_applicable }) = kind
            {
                *not_applicable = on;
            }
        }
        Switch::Alone(id, at) => {
            let options = form.question_mut(id).and_then(|it| it.kind.options_mut());
            if let Some(answer) = options.and_then(|it| it.get_mut(*at)) {
                answer.exclusive = on;
            }
        }
    }
}

pub(super) fn pick(form: &mut Form, id: &QuestionId, pick: Pick, value: &str) {
    let Some(question) = form.question_mut(id) else {
        return;
    };
    match (pick, &mut question.kind) {
        (Pick::Kind, kind) => {
            if super::tag(kind) != value {
                *kind = turned(kind, value);
            }
        }
        (Pick::Reason, Kind::Grade { reason, .. }) => {
            *reason = match value {
                "always" => ReasonDue::Always,
                "never" => ReasonDue::Never,
                grade => ReasonDue::AtOrBelow(GradeId(grade.to_owned())),
            };
        }
        (Pick::Unit, Kind::Interval(limit)) => {
            limit.unit = match value {
                "days" => Unit::Days,
                "working_days" => Unit::WorkingDays,
                _ => Unit::Hours,
            };
        }
        (Pick::Reason | Pick::Unit, _) => {}
    }
}

/// A kind of that tag, with what the one before had that it can hold.
fn turned(before: &Kind, tag: &str) -> Kind {
    let may_not_apply = matches!(
        before,
        Kind::Grade {
            not_applicable: true,
            ..
        } | Kind::YesNo {
            not_applicable: true
        }
    );
    let options = || -> Vec<Alternative> {
        let kept = before.options().iter().map(|it| Alternative {
            exclusive: it.exclusive && tag == "several_of",
            ..it.clone()
        });
        let kept: Vec<Alternative> = kept.collect();
        if kept.is_empty() {
            vec![answer(1), answer(2)]
        } else {
            kept
        }
    };
    match tag {
        "grade" => Kind::Grade {
            not_applicable: may_not_apply,
            reason: ReasonDue::Always,
            benchmarks: Vec::new(),
        },
        "yes_no" => Kind::YesNo {
            not_applicable: may_not_apply,
        },
        "one_of" => Kind::OneOf { options: options() },
        "several_of" => Kind::SeveralOf { options: options() },
        "number" => Kind::Number(NumberKind::default()),
        "date" => Kind::Date,
        "interval" => Kind::Interval(TimeLimit {
            unit: Unit::Hours,
            limit: Some(72),
            from: String::new(),
            to: String::new(),
        }),
        "evidence" => Kind::Evidence,
        "actions" => Kind::Actions,
        _ => Kind::Text { lines: 4 },
    }
}

fn answer(number: usize) -> Alternative {
    Alternative {
        id: AlternativeId(format!("answer-{number}")),
        label: format!("Answer {number}"),
        hint: None,
        exclusive: false,
    }
}

/// Adds something, and goes to where it is filled in.
pub(super) fn add(form: &mut Form, new: &New, name: &str) -> Option<Effect> {
    let go = |page| Some(Effect::Navigate(Route::Forms(page)));
    match new {
        New::Grade => {
            let taken = |id: &str| form.grades.iter().any(|it| it.id.as_str() == id);
            let id = free(&format!("grade-{}", form.grades.len() + 1), taken);
            form.grades.push(Grade {
                id: GradeId(id),
                label: "New grade".to_owned(),
            });
            None
        }
        New::FourGrades => {
            form.grades = [
                ("outstanding", "Outstanding"),
                ("good", "Good"),
                ("requires-improvement", "Requires improvement to be good"),
                ("inadequate", "Inadequate"),
            ]
            .map(|(id, label)| Grade {
                id: GradeId(id.to_owned()),
                label: label.to_owned(),
            })
            .to_vec();
            None
        }
        New::Section => {
            let id = form.add_section();
            go(FormsPage::Section(name.to_owned(), id))
        }
        New::Question(section) => {
            let id = form.add_question(section, Kind::Text { lines: 4 })?;
            go(FormsPage::Question(name.to_owned(), id))
        }
        New::Answer(id) => {
            let options = form.question_mut(id)?.kind.options_mut()?;
            let taken = |id: &str| options.iter().any(|it| it.id.as_str() == id);
            let number = options.len() + 1;
            let id = free(&format!("answer-{number}"), taken);
            options.push(Alternative {
                id: AlternativeId(id),
                label: format!("Answer {number}"),
                hint: None,
                exclusive: false,
            });
            let field = super::Part::Answer(number - 1);
            let of = QuestionId(String::new());
            Some(Effect::Focus(super::field_id(&super::Field::Question(
                of, field,
            ))))
        }
    }
}

pub(super) fn move_it(form: &mut Form, thing: &Thing, way: Way) {
    match thing {
        Thing::Grade(at) => swap(&mut form.grades, *at, way),
        Thing::Section(id) => form.move_section(id, way),
        Thing::Question(id) => form.move_question(id, way),
        Thing::Answer(id, at) => {
            let options = form.question_mut(id).and_then(|it| it.kind.options_mut());
            if let Some(options) = options {
                swap(options, *at, way);
            }
        }
    }
    sort_benchmarks(form);
}

/// Benchmarks stand in the order of the grades.
fn sort_benchmarks(form: &mut Form) {
    let grades: Vec<GradeId> = form.grades.iter().map(|it| it.id.clone()).collect();
    for question in form.sections.iter_mut().flat_map(|it| &mut it.questions) {
        if let Kind::Grade { benchmarks, .. } = &mut question.kind {
            benchmarks.sort_by_key(|it| grades.iter().position(|grade| *grade == it.grade));
        }
    }
}

pub(super) fn remove(form: &mut Form, thing: &Thing) {
    match thing {
        Thing::Grade(at) => remove_grade(form, *at),
        Thing::Section(id) => form.remove_section(id),
        Thing::Question(id) => form.remove_question(id),
        Thing::Answer(id, at) => {
            let options = form.question_mut(id).and_then(|it| it.kind.options_mut());
            if let Some(options) = options.filter(|it| *at < it.len()) {
                options.remove(*at);
            }
        }
    }
}

/// A grade goes with what good looks like at it; a reason that was due from it on is always due.
fn remove_grade(form: &mut Form, at: usize) {
    if at >= form.grades.len() {
        return;
    }
    let gone = form.grades.remove(at).id;
    for question in form.sections.iter_mut().flat_map(|it| &mut it.questions) {
        if let Kind::Grade {
            benchmarks, reason, ..
        } = &mut question.kind
        {
            benchmarks.retain(|it| it.grade != gone);
            if *reason == ReasonDue::AtOrBelow(gone.clone()) {
                *reason = ReasonDue::Always;
            }
        }
    }
}
