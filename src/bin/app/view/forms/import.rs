//! Reading a form from a file, and looking at it before it is kept.

use sightline::app::forms::{FILE_FIELD, Import, Msg as FormsMsg};
use sightline::app::{Model, Msg};
use sightline::table::Problem;
use sightline::xlsform::Imported;
use web_sys::File;
use yew::prelude::*;

use super::super::Dispatch;
use super::super::parts::{self, ErrorLink, FileDrop, Look};
use super::paper;

pub(super) fn page(model: &Model, dispatch: &Dispatch) -> Html {
    let files = dispatch.files.clone();
    let on_file = dispatch.with(move |file: File| {
        let name = file.name();
        Msg::Forms(FormsMsg::ChoseFile(files.hold(file), name))
    });
    let import = &model.forms.import;
    let error = match import {
        Import::Refused(why) => Some(why.clone()),
        Import::Malformed(name, problems) => Some(malformed(name, problems)),
        Import::Nothing | Import::Reading(_) | Import::Read { .. } => None,
    };
    let errors = error.iter().chain(&model.forms.refused);
    let errors = errors.map(|why| ErrorLink::new(FILE_FIELD, why.clone()));
    html! {
        <div class="app-measure">
            { super::super::error_summary(errors.collect()) }
            { super::super::page_heading(model, None) }
            <p class="govuk-body">{ "Write the form in a spreadsheet program, a row for each question, or bring one that a survey tool has. It is read on this computer, and you see all of it before it is kept." }</p>
            <FileDrop id={FILE_FIELD} label="The file" hint="A spreadsheet (XLSX, XLS or ODS) in the XLSForm convention, or a form that Sightline saved as JSON"
                error={error.map(AttrValue::from)} accept=".xlsx,.xlsm,.xls,.ods,.json" {on_file} />
            <div aria-live="polite">
                if let Import::Reading(name) = import {
                    { parts::inset_text(html! { <>{ "Reading " }<bdi>{ name }</bdi></> }) }
                }
            </div>
            if let Import::Malformed(_, problems) = import {
                if problems.len() > 1 {
                    { places("What is wrong", problems) }
                }
            }
            if let Import::Read { imported, renamed } = import {
                { read(imported, renamed.as_deref(), dispatch) }
            } else {
                { how() }
            }
        </div>
    }
}

fn malformed(name: &str, problems: &[Problem]) -> String {
    match problems {
        [one] => format!("{name} could not be read as a form. {one}"),
        several => format!(
            "{name} could not be read as a form. {} things are wrong with it: they stand below, each with its place. Correct them in the file, and choose it again.",
            several.len()
        ),
    }
}

fn places(heading: &'static str, problems: &[Problem]) -> Html {
    let lines: Vec<(String, String)> = problems
        .iter()
        .map(|it| (capital(&it.place.to_string()), it.message.clone()))
        .collect();
    html! {
        <section>
            <h2 class="govuk-heading-m">{ heading }</h2>
            { parts::error_list(&lines) }
        </section>
    }
}

/// A place as the beginning of a line.
fn capital(place: &str) -> String {
    let mut chars = place.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

fn read(imported: &Imported, renamed: Option<&str>, dispatch: &Dispatch) -> Html {
    html! {
        <>
            <h2 class="govuk-heading-l" id="form-read" tabindex="-1">{ &imported.form.title }</h2>
            if let Some(renamed) = renamed {
                { parts::inset_text(renamed) }
            }
            if !imported.left_out.is_empty() {
                { places("What a form here cannot hold", &imported.left_out) }
            }
            <p class="govuk-body">{ "This is the whole form, as it will be asked. Nothing is kept until you say so." }</p>
            { keep(dispatch) }
            { paper::form(&imported.form) }
            { keep(dispatch) }
        </>
    }
}

fn keep(dispatch: &Dispatch) -> Html {
    let clicked = Msg::Forms(FormsMsg::ClickedKeepImported);
    parts::button(Look::Primary, "Keep this form", dispatch.click(clicked))
}

/// How a form is written as a spreadsheet, in a few lines.
fn how() -> Html {
    let row = |type_: &'static str, name: &'static str, label: &'static str| {
        html! { <tr class="govuk-table__row">{ for [type_, name, label].map(|text| html! { <td class="govuk-table__cell">{ text }</td> }) }</tr> }
    };
    parts::details(
        "How a form is written in a spreadsheet",
        html! {
            <>
                <p class="govuk-body">{ "The workbook has a sheet “survey” with a row for each question:" }</p>
                <table class="govuk-table">
                    <caption class="govuk-visually-hidden">{ "An example of the sheet “survey”" }</caption>
                    <thead><tr class="govuk-table__row">{ for ["type", "name", "label"].map(|text| html! { <th class="govuk-table__header" scope="col">{ text }</th> }) }</tr></thead>
                    <tbody class="govuk-table__body">
                        { row("begin_group", "plan", "The plan") }
                        { row("select_one yes_no", "shared", "Did the family get the plan?") }
                        { row("text", "why", "Why not?") }
                        { row("end_group", "", "") }
                    </tbody>
                </table>
                <p class="govuk-body">{ "The lists of answers stand in a sheet “choices” (list_name, name, label), the form’s title in a sheet “settings” (form_title). To see every kind of question, save a form that comes with Sightline as a spreadsheet, and change that." }</p>
            </>
        },
    )
}
