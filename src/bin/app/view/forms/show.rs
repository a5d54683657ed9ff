//! A form as it will be asked, and what can be done with it.

use sightline::app::forms::{Msg as FormsMsg, OF_ROUND};
use sightline::app::{Model, Msg};
use sightline::clerk::form::FileKind;
use sightline::form::Form;
use yew::prelude::*;

use super::super::Dispatch;
use super::super::parts::{self, Look};
use super::paper;

pub(super) fn page(model: &Model, name: &str, dispatch: &Dispatch) -> Html {
    let Some(form) = model.form_named(name) else {
        return super::not_here(model);
    };
    html! {
        <div class="app-measure">
            { super::refused(model) }
            { super::super::page_heading(model, Some(format!("Form “{}”, version {}", form.id, form.version))) }
            { actions(model, name, form, dispatch) }
            { paper::form(form) }
        </div>
    }
}

fn actions(model: &Model, name: &str, form: &Form, dispatch: &Dispatch) -> Html {
    let say = |msg| dispatch.click(Msg::Forms(msg));
    let name = || name.to_owned();
    let own = model.forms.own(&name());
    let faults = form.check();
    let usable = name() != OF_ROUND && faults.is_empty();
    html! {
        <div class="app-no-print">
            { faulty(&faults) }
            { parts::button_group(html! {
                <>
                    if usable {
                        { parts::button(Look::Primary, "Start a round with it", say(FormsMsg::ClickedUse(name()))) }
                    }
                    if own.is_some() {
                        { parts::button(Look::Secondary, "Change it", say(FormsMsg::ClickedEdit(name()))) }
                    }
                    { parts::button(Look::Secondary, "Copy it and change the copy", say(FormsMsg::ClickedCopy(name()))) }
                </>
            }) }
            { parts::details("Save it to a file", html! {
                <>
                    <p class="govuk-body">{ "The spreadsheet can be changed in any spreadsheet program and brought back here. It is in the XLSForm convention, which survey tools share; they take our evidence, actions and time limits as plain texts. The JSON file is the form exactly as Sightline holds it." }</p>
                    { parts::button_group(html! {
                        <>
                            { parts::button(Look::Secondary, "Save as a spreadsheet (XLSX)", say(FormsMsg::ClickedExport(name(), FileKind::Workbook))) }
                            { parts::button(Look::Secondary, "Save as JSON", say(FormsMsg::ClickedExport(name(), FileKind::Json))) }
                        </>
                    }) }
                    if own.is_some_and(|own| !own.used) {
                        <p class="govuk-body govuk-hint">{ "Somebody may use the file: once it is saved, a change here makes a new version." }</p>
                    }
                </>
            }) }
        </div>
    }
}

/// What must be put right before the form can be used.
fn faulty(faults: &[sightline::form::FormProblem]) -> Html {
    if faults.is_empty() {
        return Html::default();
    }
    html! {
        <section>
            <h2 class="govuk-heading-s">{ "Before it can be used" }</h2>
            { problems(faults) }
        </section>
    }
}

/// The faults of a form, each with the id of its section or question.
pub(super) fn problems(faults: &[sightline::form::FormProblem]) -> Html {
    let lines: Vec<(String, String)> = faults
        .iter()
        .map(|it| (it.place.clone().unwrap_or_default(), it.message.clone()))
        .collect();
    parts::error_list(&lines)
}
