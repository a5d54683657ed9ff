//! The settings: when a round locks, and whether spelling is checked.

use sightline::app::settings::{LOCK_AFTER, Msg as SettingsMsg};
use sightline::app::{Model, Msg};
use yew::prelude::*;

use super::Dispatch;
use super::parts::{self, Checkbox, Radio, Radios};

pub(super) fn page(model: &Model, dispatch: &Dispatch) -> Html {
    let settings = &model.settings;
    let minutes = LOCK_AFTER.map(|minutes| {
        let value = minutes.to_string();
        let label = format!("{minutes} minutes");
        (value, label)
    });
    html! {
        <div class="app-measure">
            { super::page_heading(model, None) }
            <p class="govuk-body">{ "They hold for every round in this browser, and are kept as you choose them." }</p>
            { parts::radios(Radios {
                id: "lock-after",
                legend: "Lock when nobody has typed or clicked for",
                hint: Some("A round with a passphrase is then locked, and opens again at the same place. It also locks when the computer has slept."),
                items: minutes.iter().map(|(value, label)| Radio::new(value, label)).collect(),
                chosen: Some(&settings.lock_after.to_string()),
                on_choose: dispatch.with(|minutes| Msg::Settings(SettingsMsg::ChoseLockAfter(minutes))),
                ..Radios::default()
            }) }
            { parts::checkbox(Checkbox {
                id: "spelling",
                label: "Let the browser check the spelling of what I write about cases",
                hint: Some("Off unless you turn it on: with enhanced spell checking or an editing add-on, some browsers send what is typed to their maker. Ask IT before you do."),
                checked: settings.spelling,
                on_change: dispatch.with(|on| Msg::Settings(SettingsMsg::ToggledSpelling(on))),
                ..Checkbox::default()
            }) }
        </div>
    }
}
