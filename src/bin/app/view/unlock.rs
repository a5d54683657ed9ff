//! Unlocking a round: in place of any page of it, which is shown once it is open.

use sightline::app::shelf::Card;
use sightline::app::unlock::{Msg as UnlockMsg, SECRET_FIELD};
use sightline::app::{Model, Msg};
use sightline::seal::keyring::Slot;
use yew::prelude::*;

use super::parts::{self, Checkbox, TextField, Width};
use super::{Dispatch, day};

pub(super) fn page(model: &Model, card: &Card, dispatch: &Dispatch) -> Html {
    let stage = &model.unlock;
    let errors = stage.error.iter();
    let errors = errors.map(|why| parts::ErrorLink::new(SECRET_FIELD, why.clone()));
    let opened = card.opened_at.map_or_else(String::new, |at| {
        format!(" It was opened on {}.", day::of(at))
    });
    html! {
        <div class="app-measure">
            { super::error_summary(errors.collect()) }
            // Under no address of its own: the place on the page that the address names is kept for it.
            <parts::Heading text={super::heading(model)} page="unlock" />
            <p class="govuk-body">{ format!("The round is kept here, sealed.{opened} You come back to the page where you left it.") }</p>
            { parts::form(html! {
                <>
                    { parts::text_field(TextField {
                        id: SECRET_FIELD,
                        label: "Passphrase",
                        value: &stage.secret,
                        error: stage.error.as_deref(),
                        width: Width::Full,
                        masked: !stage.shown,
                        on_input: dispatch.with(|text| Msg::Unlock(UnlockMsg::EnteredSecret(text))),
                        ..TextField::default()
                    }) }
                    { parts::checkbox(Checkbox {
                        id: "secret-shown",
                        label: "Show what I type",
                        checked: stage.shown,
                        small: true,
                        on_change: dispatch.with(|shown| Msg::Unlock(UnlockMsg::ToggledShown(shown))),
                        ..Checkbox::default()
                    }) }
                </>
            }, "Unlock", dispatch.with(|()| Msg::Unlock(UnlockMsg::ClickedUnlock))) }
            <div aria-live="polite">
                if stage.working {
                    { parts::inset_text("Unlocking. This takes a few seconds on purpose: it makes guessing slow.") }
                }
            </div>
            { parts::details("I have forgotten the passphrase", forgotten(&card.slots)) }
            <p class="govuk-body"><a class="govuk-link" href="#/">{ "Go to all rounds" }</a></p>
        </div>
    }
}

/// What else opens the round.
fn forgotten(slots: &[Slot]) -> Html {
    let code = slots
        .iter()
        .any(|slot| matches!(slot, Slot::Recovery { .. }));
    let teams = slots.iter().filter_map(|slot| match slot {
        Slot::Recipient { recipient, .. } => Some(recipient),
        Slot::Open { .. } | Slot::Passphrase { .. } | Slot::Recovery { .. } => None,
    });
    let teams: Vec<&String> = teams.collect();
    html! {
        <>
            if code {
                <p class="govuk-body">{ "Type the recovery code that was printed when the round was protected, in the field above." }</p>
            }
            if !teams.is_empty() {
                <p class="govuk-body">{ "Whoever holds the secret key of your team can open the round here: it begins with AGE-SECRET-KEY-1 and is entered in the field above. Its public half is:" }</p>
                { for teams.into_iter().map(|team| html! { <p class="govuk-body">{ parts::code(team) }</p> }) }
            }
            if !code && slots.len() < 2 {
                <p class="govuk-body">{ "This round has no other key." }</p>
            }
            <p class="govuk-body">{ "A file that you saved of the round opens with its own passphrase. Without any of these, nobody can open it." }</p>
        </>
    }
}
