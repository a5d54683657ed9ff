//! Opening a round.

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
            <p class="govuk-body">{ "A round is one audit, from the case list to the findings. Its work is kept in this browser as you go." }</p>
            { parts::form(fields(model, dispatch), "Start the round",
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
            { parts::radios(Radios {
                id: FORM_FIELD,
                legend: "What is audited?",
                look: Legend::Small,
                hint: Some("The round keeps this form as it is today."),
                items: FORMS.iter().map(|form| Radio {
                    hint: Some(html! { { form.purpose } }),
                    ..Radio::new(form.id, form.title)
                }).collect(),
                chosen: Some(model.new_round.form.id),
                on_choose: dispatch.with(|id| Msg::Shelf(ShelfMsg::ChoseForm(id))),
                ..Radios::default()
            }) }
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
            { parts::warning_text("This version keeps what you write in this browser without encryption. Use it with made-up lists until a later version locks it with a passphrase.") }
        </>
    }
}
