//! One case: what the list says of it, and the sections of the form.

use sightline::app::audit::{Msg as AuditMsg, field::REOPEN};
use sightline::app::{Model, Msg, Open, Route};
use sightline::review::{CaseNumber, Progress, Standing};
use sightline::round::Case;
use yew::prelude::*;

use super::parts::{self, Colour, Look, SectionLink, SectionState, Task, TextField, tag};
use super::{Dispatch, day, keeping};

pub(super) fn page(model: &Model, open: &Open, number: CaseNumber, dispatch: &Dispatch) -> Html {
    let Some(case) = open.round.case(number) else {
        return no_case(model);
    };
    let review = open.review(number);
    let standing = review.standing(&open.round.form);
    html! {
        <>
            { super::error_summary(reopen_errors(open, number)) }
            { super::page_heading(model, Some(open.round.form.title.clone())) }
            <div class="app-split">
                <div class="app-split__main">
                    if let Some(signature) = &review.signed {
                        { signed(open, number, &signature.name, signature.at, dispatch) }
                    } else {
                        { next_step(number, &standing) }
                    }
                    <h2 class="govuk-heading-m">{ "Sections" }</h2>
                    { sections(number, &standing) }
                </div>
                <aside class="app-split__side" aria-label="Facts of the case">{ facts(open, case) }</aside>
            </div>
        </>
    }
}

/// For an address that names a case which is not in the sample.
pub(super) fn no_case(model: &Model) -> Html {
    html! {
        <>
            { super::page_heading(model, None) }
            <p class="govuk-body">{ "The sample has no such case. " }<a class="govuk-link" href="#/cases">{ "All cases" }</a></p>
        </>
    }
}

/// What the list says of the case.
pub(super) fn facts(open: &Open, case: &Case) -> Html {
    let mut facts = Vec::new();
    if open.round.shows_id() {
        facts.push(("Id in the list", case.id.as_str()));
    }
    facts.extend(open.round.facts_of(case));
    let months = open.round.form.look_back_months;
    html! {
        <>
            if facts.is_empty() {
                { parts::panel(&format!("Case {}", case.number), html! {
                    <p class="govuk-body-s">{ "Shown by its place in the draw alone." }</p>
                }) }
            } else {
                { parts::panel(&format!("Case {}", case.number), parts::fact_list(&facts)) }
            }
            if let Some(months) = months {
                <p class="govuk-body-s">{ format!("Read the last {months} months of the record.") }</p>
            }
        </>
    }
}

/// The sections of the form, with how far each has come.
pub(super) fn side(number: CaseNumber, standing: &Standing, here: &Route) -> Html {
    let sections = &standing.sections;
    let routes: Vec<Route> = sections
        .iter()
        .map(|it| Route::Section(number, it.id.clone()))
        .collect();
    let addresses: Vec<String> = routes.iter().map(ToString::to_string).collect();
    let check = Route::Check(number);
    let check_address = check.to_string();
    let mut links: Vec<SectionLink> = sections
        .iter()
        .zip(&routes)
        .zip(&addresses)
        .map(|((section, route), address)| SectionLink {
            title: &section.title,
            href: address,
            current: route == here,
            state: Some(state(standing.progress_in(section))),
        })
        .collect();
    links.push(SectionLink {
        title: "Check answers and sign",
        href: &check_address,
        current: check == *here,
        state: None,
    });
    parts::side_navigation("Sections", &links)
}

fn state(progress: Progress) -> SectionState {
    match progress {
        Progress::NotStarted => SectionState::NotStarted,
        Progress::Incomplete => SectionState::Incomplete,
        Progress::Complete => SectionState::Complete,
    }
}

fn next_step(number: CaseNumber, standing: &Standing) -> Html {
    let unfinished = standing.sections.iter().find(|it| {
        !standing.missing_in(it).is_empty() && standing.progress_in(it) != Progress::Complete
    });
    let started = standing.progress() != Progress::NotStarted;
    match unfinished {
        Some(section) => {
            let address = Route::Section(number, section.id.clone()).to_string();
            parts::start_button(if started { "Continue" } else { "Start" }, &address)
        }
        None => parts::start_button("Check and sign", &Route::Check(number).to_string()),
    }
}

fn sections(number: CaseNumber, standing: &Standing) -> Html {
    let sections = &standing.sections;
    let addresses: Vec<String> = sections
        .iter()
        .map(|section| Route::Section(number, section.id.clone()).to_string())
        .collect();
    let ids: Vec<String> = sections
        .iter()
        .map(|section| format!("task-{}", section.id))
        .collect();
    let tasks: Vec<Task> = sections
        .iter()
        .zip(&addresses)
        .zip(&ids)
        .map(|((section, address), id)| Task {
            id,
            title: &section.title,
            href: Some(address),
            hint: None,
            status: match standing.progress_in(section) {
                Progress::NotStarted => tag(Colour::Blue, "Not started"),
                Progress::Incomplete => tag(Colour::Teal, "Incomplete"),
                Progress::Complete => html! { { "Complete" } },
            },
        })
        .collect();
    parts::task_list(&tasks)
}

fn signed(open: &Open, number: CaseNumber, name: &str, at: i64, dispatch: &Dispatch) -> Html {
    let say = |msg| dispatch.click(Msg::Audit(msg));
    let reopen = match open.reopening(number) {
        None => parts::button(
            Look::Secondary,
            "Open it again",
            say(AuditMsg::ClickedReopen(number)),
        ),
        Some(reason) => html! {
            <>
                { parts::text_field(TextField {
                    id: REOPEN,
                    label: "Why is it opened again?",
                    hint: Some("The reason stays in the round's journal."),
                    value: &reason,
                    error: open.audit.show_missing.then_some(REOPEN_ERROR),
                    on_input: dispatch.with(move |text| Msg::Audit(AuditMsg::EnteredReopenReason(number, text))),
                    ..TextField::default()
                }) }
                { parts::button(Look::Primary, "Open the case again", say(AuditMsg::ConfirmedReopen(number))) }
            </>
        },
    };
    html! {
        <>
            { parts::inset_text(format!("Signed by {name} on {}. A signed case changes only when it is opened again.", day::of(at))) }
            { keeping::only_to_write(open, reopen) }
        </>
    }
}

const REOPEN_ERROR: &str = "Say why the case is opened again";

fn reopen_errors(open: &Open, number: CaseNumber) -> Vec<parts::ErrorLink> {
    let missing = open.audit.show_missing && open.reopening(number).is_some();
    let mut errors: Vec<_> = missing
        .then(|| parts::ErrorLink::new(REOPEN, REOPEN_ERROR))
        .into_iter()
        .collect();
    errors.extend(
        open.audit
            .refused
            .iter()
            .map(|why| parts::ErrorLink::new("main", why.clone())),
    );
    errors
}
