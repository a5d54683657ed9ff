//! Removing a round, or everything: what is lost, and a word to be typed.

use sightline::app::wipe::{Msg as WipeMsg, WORD_FIELD, What};
use sightline::app::{Model, Msg, RoundId, Shelf};
use yew::prelude::*;

use super::parts::{self, Look, TextField, Width};
use super::trail::moment;
use super::{Dispatch, day};

/// What the page is called.
pub(super) fn heading(model: &Model) -> String {
    match &model.wipe.what {
        Some(What::Round(_)) => "Remove the round?",
        Some(What::Everything) => "Remove everything?",
        None => "Nothing is chosen to be removed",
    }
    .to_owned()
}

pub(super) fn page(model: &Model, dispatch: &Dispatch) -> Html {
    let stage = &model.wipe;
    let Some(what) = &stage.what else {
        return html! {
            <div class="app-measure">
                { super::page_heading(model, None) }
                <p class="govuk-body">
                    { "Choose what is to be removed on the page " }
                    <a class="govuk-link" href="#/">{ "All rounds" }</a>{ " or " }
                    <a class="govuk-link" href="#/data">{ "Where is my data?" }</a>
                </p>
            </div>
        };
    };
    let errors = stage.error.iter();
    let errors = errors.map(|why| parts::ErrorLink::new(WORD_FIELD, *why));
    let (lost, button) = match what {
        What::Round(id) => (one(model, id), "Remove the round for good"),
        What::Everything => (everything(model), "Remove everything for good"),
    };
    html! {
        <div class="app-measure">
            { super::error_summary(errors.collect()) }
            { super::page_heading(model, None) }
            { lost }
            { parts::warning_text("There is no way back. The key is destroyed with it, so that what the disk may still hold cannot be read by anybody.") }
            { parts::form_with(Look::Warning, parts::text_field(TextField {
                id: WORD_FIELD,
                label: "To confirm, type the word remove",
                value: &stage.typed,
                error: stage.error,
                width: Width::Characters(10),
                on_input: dispatch.with(|text| Msg::Wipe(WipeMsg::EnteredWord(text))),
                ..TextField::default()
            }), button, dispatch.with(|()| Msg::Wipe(WipeMsg::Confirmed))) }
            <p class="govuk-body"><a class="govuk-link" href="#/">{ "Go back, and remove nothing" }</a></p>
        </div>
    }
}

fn one(model: &Model, id: &RoundId) -> Html {
    let open = model.open.as_ref().filter(|open| open.id == *id);
    let card = model.card(id);
    let opened = card.and_then(|card| card.opened_at);
    let entries = open.map_or_else(
        || card.map_or(0, |card| card.entries),
        |open| open.lines().len(),
    );
    html! {
        <>
            <p class="govuk-body">{ "This is lost:" }</p>
            <ul class="govuk-list govuk-list--bullet">
                <li>
                    { match (open, opened) {
                        (Some(open), _) => format!("the round “{}”", open.round.title),
                        (None, Some(at)) => format!("the round that was opened on {}", moment(at)),
                        (None, None) => "a round of which not even the date can be read".to_owned(),
                    } }
                </li>
                if let Some(open) = open {
                    <li>{ format!("its sample of {} cases, {} of them signed", open.round.cases().len(), open.round.coverage().signed) }</li>
                }
                <li>{ format!("{entries} entries: list, sample, answers, signatures, concerns, and who did what when") }</li>
            </ul>
            <p class="govuk-body">{ file(model, id, entries) }</p>
        </>
    }
}

/// What a file has of it.
fn file(model: &Model, RoundId(id): &RoundId, entries: usize) -> String {
    match model.settings.files.get(id) {
        None => "It was never saved to a file from this browser.".to_owned(),
        Some(file) if file.entries == entries => format!(
            "A file of {} has all of it. The file stays where you put it.",
            day::of(file.at)
        ),
        Some(file) => format!(
            "A file of {} has {} of its {entries} entries. The file stays where you put it.",
            day::of(file.at),
            file.entries
        ),
    }
}

fn everything(model: &Model) -> Html {
    let count = match &model.shelf {
        Shelf::Ready { cards, .. } => cards.len(),
        Shelf::Opening | Shelf::Unavailable(_) => 0,
    };
    let rounds = match count {
        0 => "no round: none is kept here".to_owned(),
        1 => "1 round, with all its answers, signatures and concerns".to_owned(),
        count => format!("{count} rounds, with all their answers, signatures and concerns"),
    };
    html! {
        <>
            <p class="govuk-body">{ "This is lost:" }</p>
            <ul class="govuk-list govuk-list--bullet">
                <li>{ rounds }</li>
                if !model.forms.own.is_empty() {
                    <li>{ "your own audit forms" }</li>
                }
                <li>{ "what was chosen for lists of the same columns" }</li>
                <li>{ "your settings, and when rounds were last saved to files" }</li>
            </ul>
            <p class="govuk-body">{ "Files that you saved stay where you put them." }</p>
        </>
    }
}
