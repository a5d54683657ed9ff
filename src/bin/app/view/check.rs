//! Checking a case's answers before signing.

use sightline::app::audit::{Msg as AuditMsg, SIGNATURE_FIELD};
use sightline::app::{Model, Msg, Open};
use sightline::form::{Form, Question, Section};
use sightline::review::{Action, Answer, CaseNumber, Choice, Review};
use yew::prelude::*;

use super::parts::{self, Look, SummaryRow, TextField, Width};
use super::{Dispatch, case, day, section};

pub(super) fn page(model: &Model, open: &Open, number: CaseNumber, dispatch: &Dispatch) -> Html {
    if open.round.case(number).is_none() {
        return case::no_case(model);
    }
    let form = &open.round.form;
    let review = open.review(number);
    let change = review.signed.is_none().then_some(number);
    html! {
        <div class="app-walk">
            <div class="app-walk__nav">{ case::side(open, number, &model.route) }</div>
            <div class="app-walk__form">
                { super::error_summary(errors(open, number, &review)) }
                { super::page_heading(model, Some(form.title.clone())) }
                { for form.sections.iter().map(|section| html! {
                    <section key={section.id.to_string()}>
                        <h2 class="govuk-heading-m">{ &section.title }</h2>
                        { answers(form, &review, section, change) }
                    </section>
                }) }
                { sign(open, number, &review, dispatch) }
            </div>
        </div>
    }
}

/// The answers of one section, with links to change them where they can be changed.
pub(super) fn answers(
    form: &Form,
    review: &Review,
    section: &Section,
    change: Option<CaseNumber>,
) -> Html {
    let address = change.map(|number| section::address(number, section));
    let missing = review.missing_in(section);
    let rows: Vec<SummaryRow> = section
        .questions
        .iter()
        .map(|question| SummaryRow {
            key: &question.text,
            value: html! {
                <>
                    { answer(form, review, question) }
                    { for missing.iter().filter(|it| it.question == question.id && change.is_some()).map(|it| html! {
                        <p class="govuk-body app-missing">{ &it.message }</p>
                    }) }
                </>
            },
            actions: address
                .iter()
                .map(|address| ("Change", question.text.as_str(), address.as_str()))
                .collect(),
        })
        .collect();
    parts::summary_list(&rows)
}

fn answer(form: &Form, review: &Review, question: &Question) -> Html {
    match review.answer(question) {
        Answer::Grade { choice, reason } => html! {
            <>
                { match &choice {
                    Some(Choice::Grade(grade)) => parts::grade_mark(section::tone(form, grade), form.grade_label(grade)),
                    Some(Choice::NotApplicable) => parts::grade_mark(parts::Tone::None, "Not applicable"),
                    None => html! { <span class="app-blank">{ "Not graded" }</span> },
                } }
                if !reason.trim().is_empty() {
                    <p class="govuk-body app-words" translate="no">{ reason }</p>
                }
            </>
        },
        Answer::Text { text } if text.trim().is_empty() => {
            html! { <span class="app-blank">{ "Nothing written" }</span> }
        }
        Answer::Text { text } => {
            html! { <p class="govuk-body app-words" translate="no">{ text }</p> }
        }
        Answer::Actions { actions } => {
            let written: Vec<_> = actions.iter().filter(|action| !action.is_blank()).collect();
            if written.is_empty() {
                return html! { <span class="app-blank">{ "No actions" }</span> };
            }
            html! {
                <ul class="govuk-list govuk-list--bullet" translate="no">
                    { for written.iter().map(|action| html! {
                        <li>
                            { &action.what }
                            <span class="govuk-hint app-action-who">{ who_and_when(action) }</span>
                        </li>
                    }) }
                </ul>
            }
        }
    }
}

/// Who makes an action happen, and by when.
fn who_and_when(action: &Action) -> String {
    let due = day::written(action.due.trim());
    match (action.owner.trim(), due.as_str()) {
        ("", "") => String::new(),
        ("", due) => format!("By {due}"),
        (owner, "") => owner.to_owned(),
        (owner, due) => format!("{owner}, by {due}"),
    }
}

fn sign(open: &Open, number: CaseNumber, review: &Review, dispatch: &Dispatch) -> Html {
    if let Some(signature) = &review.signed {
        let heading = format!("Case {number} is signed");
        let content = html! {
            <>
                <p class="govuk-body" id="signed" tabindex="-1">{ format!("By {} on {}.", signature.name, day::of(signature.at)) }</p>
                { parts::button_link(Look::Primary, "Next case", &next(open, number)) }
            </>
        };
        return parts::notification_banner(
            parts::Banner::Success,
            "signed-banner",
            &heading,
            content,
        );
    }
    let name = open
        .audit
        .signature
        .as_deref()
        .unwrap_or(&open.round.auditor);
    let error = open.audit.show_missing && name.trim().is_empty();
    html! {
        <section class="app-sign">
            <h2 class="govuk-heading-m">{ "Sign" }</h2>
            <p class="govuk-body">{ "By signing you say that this is your judgement of the practice in this case. A signed case changes only when it is opened again with a reason." }</p>
            { parts::text_field(TextField {
                id: SIGNATURE_FIELD,
                label: "Your name",
                value: name,
                error: error.then_some("Enter your name"),
                width: Width::Characters(30),
                on_input: dispatch.with(|text| Msg::Audit(AuditMsg::EnteredSignature(text))),
                ..TextField::default()
            }) }
            { parts::button(Look::Primary, "Sign this case", dispatch.click(Msg::Audit(AuditMsg::ClickedSign(number)))) }
        </section>
    }
}

/// The next case that is not signed; the list of cases when all are.
fn next(open: &Open, number: CaseNumber) -> String {
    let cases = open.round.cases();
    let after = cases.iter().filter(|case| case.number > number);
    after
        .chain(cases.iter().filter(|case| case.number < number))
        .find(|case| !open.round.progress(case.number).1)
        .map_or_else(
            || "#/cases".to_owned(),
            |case| format!("#/cases/{}", case.number),
        )
}

/// What is missing, each with a link to its section.
fn errors(open: &Open, number: CaseNumber, review: &Review) -> Vec<parts::ErrorLink> {
    if !open.audit.show_missing || review.signed.is_some() {
        return Vec::new();
    }
    let sections = open.round.form.sections.iter();
    let mut errors: Vec<parts::ErrorLink> = sections
        .filter_map(|section| {
            let missing = review.missing_in(section);
            let first = missing.first()?;
            let text = match missing.len() {
                1 => format!("{}: {}", section.title, first.message),
                count => format!("{}: {count} answers are missing", section.title),
            };
            Some(parts::ErrorLink::new(
                section::address(number, section),
                text,
            ))
        })
        .collect();
    let name = open
        .audit
        .signature
        .as_deref()
        .unwrap_or(&open.round.auditor);
    if name.trim().is_empty() {
        errors.push(parts::ErrorLink::new(SIGNATURE_FIELD, "Enter your name"));
    }
    errors.extend(
        open.audit
            .refused
            .iter()
            .map(|why| parts::ErrorLink::new("main", why.clone())),
    );
    errors
}
