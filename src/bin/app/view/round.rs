//! The round's task list.

use sightline::app::setup::Msg as SetupMsg;
use sightline::app::{Model, Msg, Open};
use yew::prelude::*;

use super::parts::{self, Colour, Task, tag};
use super::{Dispatch, cases, concern};

/// A task's state.
enum State {
    Blocked,
    ToDo,
    Doing,
    Done,
}

impl State {
    fn html(&self) -> Html {
        match self {
            Self::Blocked => html! { <span class="app-task-blocked">{ "Cannot start yet" }</span> },
            Self::ToDo => tag(Colour::Blue, "Not started"),
            Self::Doing => tag(Colour::Teal, "In progress"),
            Self::Done => html! { "Complete" },
        }
    }
}

pub(super) fn page(model: &Model, open: &Open, dispatch: &Dispatch) -> Html {
    let round = &open.round;
    let coverage = round.coverage();
    let list = round.list.as_ref();
    let list_hint = list.map_or_else(
        || "Choose the list that the sample is drawn from".to_owned(),
        |list| format!("{}: {} cases", list.source.name, list.size),
    );
    let sample_hint = round.sample.as_ref().map_or_else(
        || "A random sample that anyone can check".to_owned(),
        |sample| format!("{} cases drawn", sample.cases.len()),
    );
    let audit_hint = if round.sample.is_some() {
        format!("{} of {} cases signed", coverage.signed, coverage.sampled)
    } else {
        "Read each case against what good looks like".to_owned()
    };
    let drawn = round.sample.is_some();
    let audit = match (drawn, coverage.begun(), coverage.signed == coverage.sampled) {
        (false, ..) => State::Blocked,
        (true, _, true) => State::Done,
        (true, 0, false) => State::ToDo,
        (true, _, false) => State::Doing,
    };
    let sample = match (drawn, list.is_some()) {
        (true, _) => State::Done,
        (false, true) => State::ToDo,
        (false, false) => State::Blocked,
    };
    let findings = match (coverage.signed, coverage.sampled) {
        _ if !drawn => State::Blocked,
        (0, _) => State::ToDo,
        (signed, sampled) if signed == sampled => State::Done,
        _ => State::Doing,
    };
    let sample_page = if drawn { "#/certificate" } else { "#/sample" };
    let task = |id, title, href: Option<&'static str>, hint, state: State| Task {
        id,
        title,
        href: href.filter(|_| !matches!(state, State::Blocked)),
        hint: Some(hint),
        status: state.html(),
    };
    let list_state = list.map_or(State::ToDo, |_| State::Done);
    html! {
        <div class="app-measure">
            { super::page_heading(model, Some("Round".to_owned())) }
            { super::error_summary(model.new_round.refused.iter().map(|why| parts::ErrorLink::new("main", why.clone())).collect()) }
            { concern::banner(open) }
            { cases::go_on(open) }
            { parts::task_list(&[
                task("task-list", "Case list", Some("#/list"), list_hint.as_str(), list_state),
                task("task-sample", "Sample", Some(sample_page), sample_hint.as_str(), sample),
                task("task-audit", "Audit the cases", Some("#/cases"), audit_hint.as_str(), audit),
                task("task-findings", "Findings", Some("#/findings"), "Grades by section, actions, and the files to take away", findings),
            ]) }
            { more(open, dispatch) }
            { form(model, open) }
        </div>
    }
}

/// What else can be done with the round.
fn more(open: &Open, dispatch: &Dispatch) -> Html {
    html! {
        <ul class="govuk-list">
            <li><a class="govuk-link" href="#/save">{ "Save this round to a file" }</a></li>
            <li><a class="govuk-link" href="#/trail">{ "See who did what when" }</a></li>
            if open.is_protected() {
                <li>{ parts::button(parts::Look::Link, "Change the passphrase or the recovery code",
                    dispatch.click(Msg::Setup(SetupMsg::ClickedAgain))) }</li>
            }
        </ul>
    }
}

/// The form that the round is held with, and whether there is a newer version of it.
fn form(model: &Model, open: &Open) -> Html {
    let form = &open.round.form;
    html! {
        <>
            <p class="govuk-body">
                <span class="govuk-hint">{ "Form: " }</span>
                <a class="govuk-link" href="#/forms/show/round">{ &form.title }</a>
                <span class="govuk-hint">{ format!(", version {}", form.version) }</span>
            </p>
            if let Some(newer) = model.newer_version() {
                <p class="govuk-body">
                    { format!("There is a newer version of this form, {newer}. This round goes on with its own until you take the newer one. ") }
                    <a class="govuk-link" href="#/form">{ "See what it would change" }</a>
                </p>
            }
        </>
    }
}
