//! Opening a round.

use sightline::app::forms::FormsPage;
use sightline::app::shelf::{AUDITOR_FIELD, FORM_FIELD, Msg as ShelfMsg, TITLE_FIELD};
use sightline::app::{Model, Msg};
use sightline::form::built_in::FORMS;
use yew::prelude::*;

use super::parts::{self, Legend, Radio, Radios, TextField, Width};
use super::{Dispatch, error_links, error_of};

pub(super) fn page(model: &Model, dispatch: &Dispatch) -> Html {
    let form = &model.new_round;
    let mut errors = error_links(&form.errors);
    errors.extend(
        form.refused
            .iter()
            .map(|why| parts::ErrorLink::new("main", why.clone())),
    );
    html! {
        <div class="app-measure">
            { super::error_summary(errors) }
            { super::page_heading(model, None) }
            <p class="govuk-body">{ "A round is one audit, from the case list to the findings. Its work is kept in this browser as you go, sealed with a passphrase: that is the next page." }</p>
            { parts::form(fields(model, dispatch), "Continue",
                dispatch.with(|()| Msg::Shelf(ShelfMsg::ClickedStart))) }
        </div>
    }
}

fn fields(model: &Model, dispatch: &Dispatch) -> Html {
    let form = &model.new_round;
    html! {
        <>
            { parts::text_field(TextField {
                id: TITLE_FIELD,
                label: "Name of the round",
                hint: Some("For example: Child protection, November 2026"),
                value: &form.title,
                error: error_of(&form.errors, TITLE_FIELD),
                width: Width::Full,
                on_input: dispatch.with(|text| Msg::Shelf(ShelfMsg::EnteredTitle(text))),
                ..TextField::default()
            }) }
            { which_form(model, dispatch) }
            { graded(model, dispatch) }
            { parts::text_field(TextField {
                id: AUDITOR_FIELD,
                label: "Your name",
                hint: Some("It stands under the cases that you sign."),
                value: &form.auditor,
                error: error_of(&form.errors, AUDITOR_FIELD),
                width: Width::Characters(30),
                on_input: dispatch.with(|text| Msg::Shelf(ShelfMsg::EnteredAuditor(text))),
                ..TextField::default()
            }) }
        </>
    }
}

fn which_form(model: &Model, dispatch: &Dispatch) -> Html {
    let own = model.forms.ready().map(|(name, form)| Radio {
        hint: Some(html! { { format!("Your own form, version {}", form.version) } }),
        ..Radio::new(name, &form.title)
    });
    let built_in = FORMS.iter().map(|form| Radio {
        hint: Some(html! { { form.purpose } }),
        ..Radio::new(form.id, form.title)
    });
    html! {
        <>
            { parts::radios(Radios {
                id: FORM_FIELD,
                legend: "What is audited?",
                look: Legend::Small,
                hint: Some("The round keeps this form as it is today."),
                items: own.chain(built_in).collect(),
                chosen: Some(&model.new_round.form),
                on_choose: dispatch.with(|id| Msg::Shelf(ShelfMsg::ChoseForm(id))),
                ..Radios::default()
            }) }
            <p class="govuk-body">
                <a class="govuk-link" href={FormsPage::Show(model.new_round.form.clone()).to_string()}>{ "Look at the chosen form first" }</a>
                { ", or " }<a class="govuk-link" href="#/forms/import">{ "bring your own" }</a>{ "." }
            </p>
        </>
    }
}

/// Whether cases are graded, or read for reflection.
fn graded(model: &Model, dispatch: &Dispatch) -> Html {
    let own = model.forms.own(&model.new_round.form);
    if own.is_some_and(|own| !own.form.is_graded()) {
        return Html::default();
    }
    let radio = |value, label, hint: &'static str| Radio {
        hint: Some(hint.into()),
        ..Radio::new(value, label)
    };
    let chosen = if model.new_round.ungraded {
        "reflective"
    } else {
        "graded"
    };
    parts::radios(Radios {
        id: "round-grades",
        legend: "Are cases graded?",
        items: vec![
            radio(
                "graded",
                "Yes",
                "Each section is graded, and the reason is asked for.",
            ),
            radio(
                "reflective",
                "No, the audit is for reflection",
                "The same questions, in words alone: what works well, what does not yet, and what to try. What good looks like stays beside them.",
            ),
        ],
        chosen: Some(chosen),
        on_choose: dispatch
            .with(|value: String| Msg::Shelf(ShelfMsg::ChoseUngraded(value == "reflective"))),
        ..Radios::default()
    })
}
