//! Changing a condition in plain words.

use sightline::app::forms::edit::condition::{Line, Lines, candidates, current};
use sightline::app::forms::edit::{ConditionEdit, Msg as EditMsg, Of};
use sightline::form::{Question, QuestionId, Test};
use yew::prelude::*;

use super::super::parts::{self, Look, Select, TextField, Width};
use super::edit::Changing;

/// The fields of a condition. `what` begins the sentence: `Ask this question`.
pub(super) fn fields(changing: &Changing, of: &Of, what: &str) -> Html {
    let form = changing.form;
    let asked = candidates(form, of);
    let condition = current(form, of);
    let say = |edit| changing.click(EditMsg::Condition(of.clone(), edit));
    let always = match of {
        Of::Required(_) => "An answer may be left out.".to_owned(),
        Of::Section(_) | Of::Asked(_) => format!("{what}: always."),
    };
    let content = match condition.map(Lines::of) {
        None => html! {
            <>
                <p class="govuk-body">{ always }</p>
                if asked.is_empty() {
                    <p class="govuk-body govuk-hint">{ "A condition asks about an earlier question, and there is none." }</p>
                } else {
                    { parts::icon_button(Look::Secondary, "Only if …", what, say(ConditionEdit::AddedLine)) }
                }
            </>
        },
        Some(None) => html! {
            <>
                <p class="govuk-body">{ condition.map(|it| format!("Only if {}.", it.in_words(form))) }</p>
                <p class="govuk-body govuk-hint">{ "This says more than can be changed here. Leave it as it is, take it away, or change it in the form’s spreadsheet." }</p>
                { parts::icon_button(Look::Secondary, "Take the condition away", what, say(ConditionEdit::Cleared)) }
            </>
        },
        Some(Some(lines)) => html! {
            <>
                if lines.lines.len() > 1 {
                    { all_or_any(changing, of, lines.any) }
                }
                { for lines.lines.iter().enumerate().map(|(at, it)| line(changing, of, at, it, &asked)) }
                { parts::icon_button(Look::Secondary, "Add another line", what, say(ConditionEdit::AddedLine)) }
            </>
        },
    };
    html! {
        <fieldset class="govuk-fieldset app-condition">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{ format!("{what} …") }</legend>
            { content }
        </fieldset>
    }
}

/// The beginning of the ids of a condition's fields.
fn prefix(of: &Of) -> &'static str {
    match of {
        Of::Section(_) | Of::Asked(_) => "asked",
        Of::Required(_) => "needed",
    }
}

fn all_or_any(changing: &Changing, of: &Of, any: bool) -> Html {
    let to = of.clone();
    parts::select(Select {
        id: &format!("{}-any", prefix(of)),
        label: "Only if",
        options: vec![("all", "all of these hold"), ("any", "one of these holds")],
        chosen: if any { "any" } else { "all" },
        on_choose: changing.with(move |value: String| {
            EditMsg::Condition(to.clone(), ConditionEdit::ChoseAny(value == "any"))
        }),
        ..Select::default()
    })
}

fn line(changing: &Changing, of: &Of, at: usize, line: &Line, asked: &[&Question]) -> Html {
    let say = |edit: fn(usize, String) -> ConditionEdit| {
        let of = of.clone();
        changing.with(move |value| EditMsg::Condition(of.clone(), edit(at, value)))
    };
    let id = |what: &str| format!("{}-{what}-{}", prefix(of), at + 1);
    let mut questions: Vec<(&str, &str)> = asked
        .iter()
        .map(|it| {
            (
                it.id.as_str(),
                if it.text.is_empty() {
                    it.id.as_str()
                } else {
                    &it.text
                },
            )
        })
        .collect();
    let known = asked.iter().find(|it| it.id == line.question);
    if known.is_none() {
        questions.push((line.question.as_str(), line.question.as_str()));
    }
    let remove = EditMsg::Condition(of.clone(), ConditionEdit::RemovedLine(at));
    html! {
        <div class="app-condition__line">
            { parts::select(Select {
                id: &id("question"),
                label: if at == 0 { "Only if the answer to" } else { "The answer to" },
                options: questions,
                chosen: line.question.as_str(),
                on_choose: say(|at, id| ConditionEdit::ChoseQuestion(at, QuestionId(id))),
                ..Select::default()
            }) }
            if let Some(question) = known {
                { parts::select(Select {
                    id: &id("test"),
                    label: "Test",
                    options: Line::tests_of(&question.kind),
                    chosen: line.tag(),
                    on_choose: say(ConditionEdit::ChoseTest),
                    ..Select::default()
                }) }
                { value(changing, line, question, &id("value"), say(ConditionEdit::ChoseValue)) }
            }
            { parts::icon_button(Look::Link, "Remove", &format!("line {} of the condition", at + 1), changing.click(remove)) }
        </div>
    }
}

fn value(
    changing: &Changing,
    line: &Line,
    question: &Question,
    id: &str,
    on_choose: Callback<String>,
) -> Html {
    match &line.test {
        Test::Answered(_) | Test::Late(_) => Html::default(),
        Test::AtLeast(_) | Test::AtMost(_) => parts::text_field(TextField {
            id,
            label: "Number",
            value: &line.value(),
            width: Width::Characters(5),
            inputmode: Some("numeric"),
            on_input: on_choose,
            ..TextField::default()
        }),
        Test::OneOf(_) | Test::AtOrBelow(_) => {
            let answers = question.kind.answers(changing.form);
            let options = answers
                .iter()
                .map(|(id, label)| (id.as_str(), label.as_str()));
            parts::select(Select {
                id,
                label: "Answer",
                options: options.collect(),
                chosen: &line.value(),
                on_choose,
                ..Select::default()
            })
        }
    }
}
