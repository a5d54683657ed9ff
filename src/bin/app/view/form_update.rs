//! What a newer version of the form would change, and the step that takes it.

use sightline::app::{Model, Msg, Open};
use sightline::form::change::{FormChange, What};
use sightline::review::CaseNumber;
use sightline::round::FormEffect;
use yew::prelude::*;

use super::Dispatch;
use super::parts::{self, ErrorLink, Look};

pub(super) fn page(model: &Model, open: &Open, dispatch: &Dispatch) -> Html {
    let refused = open.audit.refused.iter();
    let refused = refused.map(|why| ErrorLink::new("main", why.clone()));
    let content = match open.form_update() {
        None => html! {
            <p class="govuk-body">{ format!("This round has version {} of its form. There is no newer one.", open.round.form.version) }</p>
        },
        Some((newer, change, effect)) => html! {
            <>
                <p class="govuk-body">{ format!("{}: from version {} to version {}.", newer.title, open.round.form.version, newer.version) }</p>
                { changes(&change) }
                { effects(open, &effect) }
                { parts::button_group(html! {
                    <>
                        { parts::button(Look::Primary, &format!("Take version {}", newer.version), dispatch.click(Msg::ClickedTakeForm)) }
                        { parts::button_link(Look::Secondary, "Keep the form as it is", "#/round") }
                    </>
                }) }
            </>
        },
    };
    html! {
        <div class="app-measure">
            { super::error_summary(refused.collect()) }
            { super::page_heading(model, Some(open.round.title.clone())) }
            { content }
        </div>
    }
}

fn changes(change: &FormChange) -> Html {
    let sections = change
        .sections
        .iter()
        .map(|(_, what)| said("Section", what));
    let questions = change
        .questions
        .iter()
        .map(|(_, what)| said("Question", what));
    let grades = change.grades.then(|| "The grades change.".to_owned());
    let all: Vec<String> = grades
        .into_iter()
        .chain(sections)
        .chain(questions)
        .collect();
    html! {
        <>
            <h2 class="govuk-heading-m">{ "What changes in the form" }</h2>
            if all.is_empty() {
                <p class="govuk-body">{ "Nothing but the number of its version." }</p>
            }
            <ul class="govuk-list govuk-list--bullet">{ for all.iter().map(|text| html! { <li>{ text }</li> }) }</ul>
        </>
    }
}

/// One change as a sentence.
fn said(of: &str, what: &What) -> String {
    match what {
        What::Added(text) => format!("{of} added: “{text}”"),
        What::Removed(text) => format!("{of} removed: “{text}”"),
        What::Reworded { before, after } => format!("{of} reworded: “{before}” is now “{after}”"),
        What::Explained(text) => format!("{of} explained in other words: “{text}”"),
        What::Asked(text) => format!("{of} asked or required at other times: “{text}”"),
        What::Answered(text) => {
            format!("{of} takes other answers, or says otherwise what good looks like: “{text}”")
        }
    }
}

fn effects(open: &Open, effect: &FormEffect) -> Html {
    let form = &open.round.form;
    let lost = effect.set_aside.iter().map(|(case, place)| {
        let question = form.question(&place.question);
        let text = question.map_or(place.question.as_str(), |question| &question.text);
        html! { <li>{ format!("Case {case}: “{text}”") }</li> }
    });
    html! {
        <>
            <h2 class="govuk-heading-m">{ "What becomes of your answers" }</h2>
            if effect.set_aside.is_empty() {
                <p class="govuk-body">{ "All answers given so far count as before." }</p>
            } else {
                <p class="govuk-body">{ "These answers are asked for no more. They stay in the round’s journal, and leave in no export:" }</p>
                <ul class="govuk-list govuk-list--bullet">{ for lost }</ul>
            }
            if !effect.reopened.is_empty() {
                { parts::warning_text(&reopened(&effect.reopened)) }
            }
        </>
    }
}

fn reopened(cases: &[CaseNumber]) -> String {
    let cases: Vec<String> = cases.iter().map(ToString::to_string).collect();
    match cases.as_slice() {
        [case] => format!(
            "Case {case} is signed, and something would be missing in it. It is opened again."
        ),
        cases => format!(
            "Cases {} are signed, and something would be missing in them. They are opened again.",
            cases.join(", ")
        ),
    }
}
