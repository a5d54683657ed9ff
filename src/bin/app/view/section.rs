//! One section of the form, for one case: its questions, the sections beside, the case's facts.

use sightline::app::audit::{
    ActionPart, Msg as AuditMsg, action_field, add_action_field, field, missing_field, reason_field,
};
use sightline::app::{Model, Msg, Open, Route};
use sightline::form::{Form, GradeId, Kind, Question, Section, SectionId};
use sightline::review::{Action, Answer, CaseNumber, Choice, Missing, Review};
use yew::prelude::*;

use super::parts::{
    self, DateField, GradeItem, GradeRadios, Look, TextArea, TextField, Tone, Width,
};
use super::{Dispatch, case};

/// The value of the choice "not applicable": no grade's id has a space.
const NOT_APPLICABLE: &str = "not applicable";

pub(super) fn page(
    model: &Model,
    open: &Open,
    number: CaseNumber,
    id: &SectionId,
    dispatch: &Dispatch,
) -> Html {
    let (Some(case), Some(section)) = (open.round.case(number), open.round.form.section(id)) else {
        return case::no_case(model);
    };
    let review = open.review(number);
    let missing = if open.audit.show_missing {
        review.missing_in(section)
    } else {
        Vec::new()
    };
    let asking = Asking {
        form: &open.round.form,
        number,
        review: &review,
        missing: &missing,
        dispatch,
    };
    html! {
        <div class="app-walk">
            <div class="app-walk__nav">{ case::side(open, number, &model.route) }</div>
            <div class="app-walk__form">
                { super::error_summary(errors(open, &asking, section)) }
                { super::page_heading(model, Some(format!("Case {number}"))) }
                if let Some(hint) = &section.hint {
                    <p class="govuk-body">{ hint }</p>
                }
                if review.signed.is_some() {
                    { answered(&asking, section) }
                } else {
                    { for section.questions.iter().map(|question| asking.question(question)) }
                    { parts::button_group(html! {
                        <>
                            { parts::button(Look::Primary, "Continue", dispatch.click(Msg::Audit(AuditMsg::ClickedContinue(number, id.clone())))) }
                            { parts::button_link(Look::Secondary, "Back", &open.before(number, id).to_string()) }
                        </>
                    }) }
                }
            </div>
            <aside class="app-walk__facts" aria-label="Facts of the case">{ case::facts(open, case) }</aside>
        </div>
    }
}

/// The answers of a signed review, which does not change.
fn answered(asking: &Asking, section: &Section) -> Html {
    html! {
        <>
            { parts::inset_text("This case is signed. Open it again on its page to change it.") }
            { super::check::answers(asking.form, asking.review, section, None) }
        </>
    }
}

fn errors(open: &Open, asking: &Asking, section: &Section) -> Vec<parts::ErrorLink> {
    let refused = open
        .audit
        .refused
        .iter()
        .map(|why| parts::ErrorLink::new("main", why.clone()));
    let missing = section.questions.iter().filter_map(|question| {
        let missing = asking.missing_at(question)?;
        let field = missing_field(question, asking.review);
        Some(parts::ErrorLink::new(
            field,
            format!("{}: {}", question.text, missing),
        ))
    });
    missing.chain(refused).collect()
}

/// How a grade stands on its form's scale.
pub(super) fn tone(form: &Form, grade: &GradeId) -> Tone {
    let count = form.grades.len();
    match form.grades.iter().position(|it| it.id == *grade) {
        None => Tone::None,
        Some(0) => Tone::Best,
        Some(at) if at + 1 == count => Tone::Worst,
        Some(at) if 2 * at + 1 == count => Tone::Middle,
        Some(at) if 2 * at + 1 < count => Tone::Upper,
        Some(_) => Tone::Lower,
    }
}

/// What the questions of a section are asked with.
struct Asking<'a> {
    form: &'a Form,
    number: CaseNumber,
    review: &'a Review,
    missing: &'a [Missing],
    dispatch: &'a Dispatch,
}

impl Asking<'_> {
    fn question(&self, question: &Question) -> Html {
        match (&question.kind, self.review.answer(question)) {
            (
                Kind::Grade {
                    not_applicable,
                    benchmarks,
                },
                Answer::Grade { choice, reason },
            ) => {
                let benchmarks: Vec<(&GradeId, &str)> = benchmarks
                    .iter()
                    .map(|it| (&it.grade, it.text.as_str()))
                    .collect();
                html! {
                    <>
                        { self.grade(question, &benchmarks, *not_applicable, choice.as_ref()) }
                        if let Some(choice) = &choice {
                            { self.reason(question, choice, &reason) }
                        }
                    </>
                }
            }
            (Kind::Text { lines }, Answer::Text { text }) => self.text(question, *lines, &text),
            (Kind::Actions, Answer::Actions { actions }) => self.actions(question, &actions),
            // An answer always fits its question: `Review::answer` gives a blank one otherwise.
            (Kind::Grade { .. } | Kind::Text { .. } | Kind::Actions, _) => Html::default(),
        }
    }

    fn missing_at(&self, question: &Question) -> Option<&str> {
        self.missing
            .iter()
            .find(|it| it.question == question.id)
            .map(|it| it.message.as_str())
    }

    fn grade(
        &self,
        question: &Question,
        benchmarks: &[(&GradeId, &str)],
        not_applicable: bool,
        choice: Option<&Choice>,
    ) -> Html {
        let grades = self.form.grades.iter().map(|grade| GradeItem {
            value: grade.id.as_str(),
            label: &grade.label,
            benchmark: benchmarks
                .iter()
                .find(|(id, _)| **id == grade.id)
                .map_or("", |it| it.1),
            tone: tone(self.form, &grade.id),
        });
        let chosen = choice.map(|choice| match choice {
            Choice::Grade(grade) => grade.as_str(),
            Choice::NotApplicable => NOT_APPLICABLE,
        });
        let (number, id) = (self.number, question.id.clone());
        parts::grade_radios(GradeRadios {
            id: &field(&question.id),
            legend: &question.text,
            look: parts::Legend::Medium,
            hint: question.hint.as_deref(),
            error: self.missing_at(question).filter(|_| choice.is_none()),
            grades: grades.collect(),
            not_applicable: not_applicable.then_some((
                NOT_APPLICABLE,
                "Not applicable",
                "This does not arise in this case. Say why.",
            )),
            chosen,
            on_choose: self.dispatch.with(move |value: String| {
                let choice = if value == NOT_APPLICABLE {
                    Choice::NotApplicable
                } else {
                    Choice::Grade(GradeId(value))
                };
                Msg::Audit(AuditMsg::ChoseGrade(number, id.clone(), choice))
            }),
        })
    }

    /// The reason is asked for at once, under the grade.
    fn reason(&self, question: &Question, choice: &Choice, reason: &str) -> Html {
        let label = match choice {
            Choice::Grade(grade) => {
                format!("Why “{}”?", self.form.grade_label(grade))
            }
            Choice::NotApplicable => "Why does this not apply?".to_owned(),
        };
        let (number, id) = (self.number, question.id.clone());
        parts::text_area(TextArea {
            id: &reason_field(&question.id),
            label: &label,
            label_bold: true,
            value: reason,
            error: self.missing_at(question),
            rows: Some(3),
            on_input: self
                .dispatch
                .with(move |text| Msg::Audit(AuditMsg::EnteredReason(number, id.clone(), text))),
            on_blur: self.left(),
            ..TextArea::default()
        })
    }

    fn text(&self, question: &Question, lines: u8, text: &str) -> Html {
        let (number, id) = (self.number, question.id.clone());
        parts::text_area(TextArea {
            id: &field(&question.id),
            label: &question.text,
            label_bold: true,
            hint: question.hint.as_deref(),
            value: text,
            error: self.missing_at(question),
            rows: Some(lines),
            on_input: self
                .dispatch
                .with(move |text| Msg::Audit(AuditMsg::EnteredText(number, id.clone(), text))),
            on_blur: self.left(),
            ..TextArea::default()
        })
    }

    fn actions(&self, question: &Question, actions: &[Action]) -> Html {
        let add = AuditMsg::ClickedAddAction(self.number, question.id.clone());
        let text = if actions.is_empty() {
            "Add an action"
        } else {
            "Add another action"
        };
        html! {
            <section class="app-actions">
                <h2 class="govuk-heading-m">{ &question.text }</h2>
                if let Some(hint) = &question.hint {
                    <p class="govuk-hint">{ hint }</p>
                }
                { parts::error_message(&field(&question.id), self.missing_at(question)) }
                { for actions.iter().enumerate().map(|(index, action)| self.action(question, index, action)) }
                <button type="button" id={add_action_field(&question.id)} class="govuk-button govuk-button--secondary"
                    onclick={self.dispatch.click(Msg::Audit(add))}>{ text }</button>
            </section>
        }
    }

    fn action(&self, question: &Question, index: usize, action: &Action) -> Html {
        let id = |part| action_field(&question.id, index, part);
        let number = self.number;
        let typed = |part| {
            let question = question.id.clone();
            self.dispatch.with(move |text| {
                Msg::Audit(AuditMsg::EnteredAction(
                    number,
                    question.clone(),
                    index,
                    part,
                    text,
                ))
            })
        };
        let remove = AuditMsg::ClickedRemoveAction(number, question.id.clone(), index);
        html! {
            <fieldset class="govuk-fieldset app-action" key={index}>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{ format!("Action {}", index + 1) }</legend>
                { parts::text_area(TextArea {
                    id: &id(ActionPart::What), label: "What must happen?", value: &action.what, rows: Some(2),
                    on_input: typed(ActionPart::What), on_blur: self.left(), ..TextArea::default()
                }) }
                { parts::text_field(TextField {
                    id: &id(ActionPart::Owner), label: "Who makes it happen?", value: &action.owner,
                    width: Width::Characters(30), on_input: typed(ActionPart::Owner), on_blur: self.left(),
                    ..TextField::default()
                }) }
                { parts::date_field(DateField {
                    id: &id(ActionPart::Due), label: "By when?", value: &action.due,
                    on_input: typed(ActionPart::Due), ..DateField::default()
                }) }
                { parts::icon_button(Look::Link, "Remove", &format!("action {}", index + 1),
                    self.dispatch.click(Msg::Audit(remove))) }
            </fieldset>
        }
    }

    fn left(&self) -> Callback<()> {
        self.dispatch.with(|()| Msg::Audit(AuditMsg::LeftField))
    }
}

/// The address of a section of a case.
pub(super) fn address(number: CaseNumber, section: &Section) -> String {
    Route::Section(number, section.id.clone()).to_string()
}
