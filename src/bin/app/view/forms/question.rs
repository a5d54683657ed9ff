//! Changing a question of a form.

use sightline::app::Model;
use sightline::app::forms::FormsPage;
use sightline::app::forms::edit::{
    Field, KINDS, Msg as EditMsg, New, Of, Part, Pick, Switch, Thing, tag,
};
use sightline::form::{Alternative, FormProblem, Kind, Question, QuestionId, ReasonDue, Unit};
use yew::prelude::*;

use super::super::Dispatch;
use super::super::parts::{self, Checkbox, Look, Select, Width};
use super::condition;
use super::edit::{Changing, cannot};

pub(super) fn page(model: &Model, name: &str, id: &QuestionId, dispatch: &Dispatch) -> Html {
    let Some(changing) = Changing::of(model, name, dispatch) else {
        return cannot(model, name, dispatch);
    };
    let (Some(question), Some(section)) =
        (changing.form.question(id), changing.form.section_of(id))
    else {
        return super::not_here(model);
    };
    let faults = changing.form.check();
    let here = |it: &&FormProblem| it.place.as_deref() == Some(id.as_str());
    let faults: Vec<&FormProblem> = faults.iter().filter(here).collect();
    let part = |part| Field::Question(id.clone(), part);
    let of = id.clone();
    let content = html! {
        <>
            { changing.words(part(Part::Text), "The question, as it is asked", None) }
            { changing.words(part(Part::Hint), "Help in answering it", Some("It stands below the question. Leave it empty if the question says all.")) }
            { parts::select(Select {
                id: "kind",
                label: "What kind of answer",
                options: KINDS.to_vec(),
                chosen: tag(&question.kind),
                on_choose: pick(&changing, id, Pick::Kind),
                ..Select::default()
            }) }
            { by_kind(&changing, question) }
            { parts::checkbox(Checkbox {
                id: "required",
                label: "It must be answered before a case can be signed",
                checked: question.required,
                on_change: changing.with(move |on| EditMsg::Switched(Switch::Required(of.clone()), on)),
                ..Checkbox::default()
            }) }
            if !question.required {
                { condition::fields(&changing, &Of::Required(id.clone()), "Require an answer") }
            }
            { condition::fields(&changing, &Of::Asked(id.clone()), "Ask this question") }
        </>
    };
    let back = FormsPage::Section(name.to_owned(), section.id.clone());
    changing.page(
        format!("{}, question “{id}”", section.title),
        &faults,
        content,
        &back,
    )
}

fn pick(changing: &Changing, id: &QuestionId, pick: Pick) -> Callback<String> {
    let id = id.clone();
    changing.with(move |value| EditMsg::Picked(id.clone(), pick, value))
}

/// What is to be said of an answer of that kind.
fn by_kind(changing: &Changing, question: &Question) -> Html {
    let id = &question.id;
    let text = |part, label, hint, width| {
        changing.text(Field::Question(id.clone(), part), label, hint, width)
    };
    let short = Width::Characters(4);
    match &question.kind {
        Kind::Grade {
            not_applicable,
            reason,
            ..
        } => grade(changing, question, *not_applicable, reason),
        Kind::YesNo { not_applicable } => may_not_apply(changing, id, *not_applicable),
        Kind::OneOf { options } => answers(changing, id, options, false),
        Kind::SeveralOf { options } => answers(changing, id, options, true),
        Kind::Text { .. } => text(
            Part::Lines,
            "How many lines does the field show at first?",
            Some("1 for a short text that never has a second line."),
            short,
        ),
        Kind::Number(_) => html! {
            <>
                { text(Part::Min, "Smallest", Some("Leave it empty if there is none."), short) }
                { text(Part::Max, "Largest", Some("Leave it empty if there is none."), short) }
                { text(Part::Unit, "What is counted", Some("It stands behind the field, such as: weeks"), Width::Characters(10)) }
                { text(Part::Decimals, "Decimal places", None, short) }
            </>
        },
        Kind::Interval(limit) => html! {
            <>
                { text(Part::From, "What it begins with", Some("For example: Child returned"), Width::Characters(30)) }
                { text(Part::To, "What it ends with", Some("For example: Interview held"), Width::Characters(30)) }
                { parts::select(Select {
                    id: "unit",
                    label: "It is counted in",
                    options: vec![("hours", "hours"), ("days", "days"), ("working_days", "working days")],
                    chosen: match limit.unit { Unit::Hours => "hours", Unit::Days => "days", Unit::WorkingDays => "working_days" },
                    on_choose: pick(changing, id, Pick::Unit),
                    ..Select::default()
                }) }
                { text(Part::Limit, "How many are in time", Some("The page says whether it was in time. Leave it empty to measure only."), short) }
            </>
        },
        Kind::Date | Kind::Actions | Kind::Evidence => Html::default(),
    }
}

fn may_not_apply(changing: &Changing, id: &QuestionId, may: bool) -> Html {
    let id = id.clone();
    parts::checkbox(Checkbox {
        id: "not-applicable",
        label: "“Not applicable” may be chosen, with a reason",
        checked: may,
        on_change: changing
            .with(move |on| EditMsg::Switched(Switch::NotApplicable(id.clone()), on)),
        ..Checkbox::default()
    })
}

fn grade(changing: &Changing, question: &Question, may: bool, reason: &ReasonDue) -> Html {
    let id = &question.id;
    let grades = &changing.form.grades;
    let at_or_below: Vec<(String, String)> = grades
        .iter()
        .map(|it| (it.id.0.clone(), format!("At “{}” and below", it.label)))
        .collect();
    let mut due = vec![("always", "At every grade")];
    due.extend(
        at_or_below
            .iter()
            .map(|(id, text)| (id.as_str(), text.as_str())),
    );
    due.push(("never", "Never: it may be given"));
    html! {
        <>
            { parts::select(Select {
                id: "reason",
                label: "When is the reason for the grade due?",
                options: due,
                chosen: match reason { ReasonDue::Always => "always", ReasonDue::Never => "never", ReasonDue::AtOrBelow(grade) => grade.as_str() },
                on_choose: pick(changing, id, Pick::Reason),
                ..Select::default()
            }) }
            { may_not_apply(changing, id, may) }
            <h2 class="govuk-heading-m">{ "What good looks like" }</h2>
            <p class="govuk-body">{ "What is seen in a case at each grade: one to three sentences. Write it for all grades, or for none." }</p>
            { for grades.iter().enumerate().map(|(at, grade)| changing.words(Field::Question(id.clone(), Part::Benchmark(at)), &grade.label, None)) }
        </>
    }
}

fn answers(changing: &Changing, id: &QuestionId, options: &[Alternative], several: bool) -> Html {
    html! {
        <section>
            <h2 class="govuk-heading-m">{ "Answers to choose from" }</h2>
            { for options.iter().enumerate().map(|(at, option)| html! {
                <div class="app-edit__item" key={option.id.as_str().to_owned()}>
                    <div class="app-edit__fields">
                        { changing.text(Field::Question(id.clone(), Part::Answer(at)), &format!("Answer {}", at + 1), None, Width::Full) }
                        if several {
                            { alone(changing, id, at, option) }
                        }
                    </div>
                    { changing.handles(&Thing::Answer(id.clone(), at), &option.label, at == 0, at + 1 == options.len()) }
                </div>
            }) }
            { parts::button(Look::Secondary, "Add an answer", changing.click(EditMsg::Added(New::Answer(id.clone())))) }
        </section>
    }
}

fn alone(changing: &Changing, id: &QuestionId, at: usize, option: &Alternative) -> Html {
    let id = id.clone();
    parts::checkbox(Checkbox {
        id: &format!("alone-{}", at + 1),
        label: "It stands alone, such as “None of these”",
        checked: option.exclusive,
        small: true,
        on_change: changing.with(move |on| EditMsg::Switched(Switch::Alone(id.clone(), at), on)),
        ..Checkbox::default()
    })
}
