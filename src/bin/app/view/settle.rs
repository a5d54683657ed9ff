//! Entries that another tab wrote beside the round: read, and taken or left one by one.

use sightline::app::settle::{Adrift, Msg as SettleMsg};
use sightline::app::{Model, Msg, Open};
use yew::prelude::*;

use super::parts::{self, Banner, Checkbox};
use super::{Dispatch, trail};

/// That there are such entries, on every page of the round until they are settled.
pub(super) fn banner(model: &Model, open: &Open) -> Html {
    let count = open.to_settle().len();
    if count == 0 || model.route == sightline::app::Route::Settle {
        return Html::default();
    }
    let (entries, them) = if count == 1 {
        ("1 entry".to_owned(), "it")
    } else {
        (format!("{count} entries"), "them")
    };
    parts::notification_banner(
        Banner::Important,
        "adrift",
        "Another tab wrote in this round at the same time",
        html! {
            <p class="govuk-body">
                { format!("{entries} of it are not part of the round yet. Nothing is lost: ") }
                <a class="govuk-link" href="#/settle">{ format!("look at {them}, and take or leave each") }</a>{ "." }
            </p>
        },
    )
}

pub(super) fn page(model: &Model, open: &Open, dispatch: &Dispatch) -> Html {
    let waiting = open.to_settle();
    let refused = open.settle.refused.iter();
    let errors = refused.map(|why| parts::ErrorLink::new("main", why.clone()));
    html! {
        <div class="app-measure">
            { super::error_summary(errors.collect()) }
            { super::page_heading(model, Some(open.round.title.clone())) }
            if waiting.is_empty() {
                <p class="govuk-body">
                    { "Nothing waits to be settled. " }
                    <a class="govuk-link" href="#/round">{ "Go back to the round" }</a>{ "." }
                </p>
            } else {
                <p class="govuk-body">{ "These were written in another tab while the round went on in this one. Tick those that the round should take: they are then written once more, at the end. Those that you leave change nothing." }</p>
                { parts::form(html! { <>{ for waiting.iter().map(|entry| one(open, entry, dispatch)) }</> },
                    "Settle these entries", dispatch.with(|()| Msg::Settle(SettleMsg::ClickedSettle))) }
            }
        </div>
    }
}

fn one(open: &Open, entry: &Adrift, dispatch: &Dispatch) -> Html {
    let hash = entry.hash.clone();
    let say = |words: &str| {
        html! { <blockquote class="app-words" translate="no"><bdi>{ words }</bdi></blockquote> }
    };
    html! {
        <div class="app-item" key={entry.hash.clone()}>
            { parts::checkbox(Checkbox {
                id: &format!("take-{}", entry.hash.get(..12).unwrap_or_default()),
                label: &format!("Take: {}", entry.step.what),
                hint: Some(&format!("Written on {}", trail::moment(entry.step.at))),
                checked: open.settle.take.contains(&entry.hash),
                on_change: dispatch.with(move |take| Msg::Settle(SettleMsg::Toggled(hash.clone(), take))),
                ..Checkbox::default()
            }) }
            if !entry.words.is_empty() {
                <p class="govuk-body-s govuk-hint">{ "Written in the other tab" }</p>
                { say(&entry.words) }
            }
            if !entry.instead.is_empty() {
                <p class="govuk-body-s govuk-hint">{ "What the round says now" }</p>
                { say(&entry.instead) }
            }
        </div>
    }
}
