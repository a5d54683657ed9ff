//! Files of rounds: the page that saves the open round, and the one that opens a saved round.

use sightline::app::saved::{
    FILE_FIELD, Msg as SavedMsg, OpenedBy, PASSPHRASE_FIELD, SEALED_FIELD, Stage, TEAM_FIELD, Told,
};
use sightline::app::{Model, Msg, Open};
use web_sys::File;
use yew::prelude::*;

use super::parts::{self, Banner, Checkbox, FileDrop, Look, Radio, Radios, TextField, Width};
use super::{Dispatch, error_links, error_of};

/// Saving the open round.
pub(super) fn save(model: &Model, dispatch: &Dispatch) -> Html {
    let stage = &model.saved;
    html! {
        <div class="app-measure">
            { super::error_summary(error_links(&stage.errors)) }
            { done(stage) }
            { super::page_heading(model, None) }
            <p class="govuk-body">{ "The file holds the whole round: its list's name, the sampled cases, all answers and who gave them. It is sealed. Open it on another computer, or keep it as a copy." }</p>
            { parts::form(html! {
                <>
                    { sealed_for(model, dispatch) }
                    if stage.opened_by == OpenedBy::Passphrase {
                        { passphrase(stage, "Whoever opens the file needs it. At least 12 characters; six words drawn by chance are easiest to pass on.", true, dispatch) }
                        { super::protect::strength(&stage.passphrase, stage.made, stage.strength()) }
                        { parts::button(Look::Secondary, "Make a passphrase of six words",
                            dispatch.click(Msg::Saved(SavedMsg::ClickedMakePhrase))) }
                        { parts::warning_text("A forgotten passphrase cannot be recovered, by anybody. Write it down now, and keep it apart from the file.") }
                    }
                </>
            }, "Save the file", dispatch.with(|()| Msg::Saved(SavedMsg::ClickedSave))) }
            { working(stage, "Sealing the file. This takes a few seconds on purpose: it makes guessing slow.") }
            { parts::details("How others can open it", html! {
                <p class="govuk-body">
                    { "The file is of the public format age. With the program age: " }
                    { parts::code("age -d x.sightline | gunzip") }
                    { " (" }{ parts::code("age -d -i key.txt") }{ " for a team’s key)" }
                    { ". It holds the round's journal, a line for each entry." }
                </p>
            }) }
        </div>
    }
}

/// Opening a saved round.
pub(super) fn open(model: &Model, dispatch: &Dispatch) -> Html {
    let stage = &model.saved;
    let files = dispatch.files.clone();
    let mut errors = error_links(&stage.errors);
    errors.extend(
        (model.new_round.refused.iter()).map(|why| parts::ErrorLink::new(FILE_FIELD, why.clone())),
    );
    let on_file = dispatch.with(move |file: File| {
        let name = file.name();
        Msg::Saved(SavedMsg::ChoseFile(files.hold(file), name))
    });
    let error = error_of(&stage.errors, FILE_FIELD).map(str::to_owned);
    html! {
        <div class="app-measure">
            { super::error_summary(errors) }
            { super::page_heading(model, None) }
            { parts::form(html! {
                <>
                    <FileDrop id={FILE_FIELD} label="The file" hint="Its name ends in .sightline"
                        error={error.map(AttrValue::from)} accept=".sightline" {on_file} />
                    if let Some((_, name)) = &stage.file {
                        { parts::inset_text(html! { <>{ "Chosen: " }<bdi>{ name }</bdi></> }) }
                    }
                    { passphrase(stage, "The one that the file was saved with. A file for a team is opened by the team’s secret key, which begins with AGE-SECRET-KEY-1.", false, dispatch) }
                </>
            }, "Open the round", dispatch.with(|()| Msg::Saved(SavedMsg::ClickedOpen))) }
            { working(stage, "Opening the file. This takes a few seconds on purpose: it makes guessing slow.") }
        </div>
    }
}

/// The field for a passphrase, and whether it is shown.
fn passphrase(stage: &Stage, hint: &str, at_first: bool, dispatch: &Dispatch) -> Html {
    let shown = stage.shown.unwrap_or(at_first);
    html! {
        <>
            { parts::text_field(TextField {
                id: PASSPHRASE_FIELD,
                label: "Passphrase",
                hint: Some(hint),
                value: &stage.passphrase,
                error: error_of(&stage.errors, PASSPHRASE_FIELD),
                width: Width::Full,
                masked: !shown,
                on_input: dispatch.with(|text| Msg::Saved(SavedMsg::EnteredPassphrase(text))),
                ..TextField::default()
            }) }
            { parts::checkbox(Checkbox {
                id: "passphrase-shown",
                label: "Show the passphrase",
                checked: shown,
                small: true,
                on_change: dispatch.with(|shown| Msg::Saved(SavedMsg::ToggledShown(shown))),
                ..Checkbox::default()
            }) }
        </>
    }
}

/// What opens the file.
fn sealed_for(model: &Model, dispatch: &Dispatch) -> Html {
    let stage = &model.saved;
    let key = parts::text_field(TextField {
        id: TEAM_FIELD,
        label: "The team’s public key",
        hint: Some(
            "It begins with age1. Whoever has the secret key that belongs to it opens the file; you do not, unless you have it too.",
        ),
        value: &model.team_of_file(),
        error: error_of(&stage.errors, TEAM_FIELD),
        width: Width::Full,
        on_input: dispatch.with(|text| Msg::Saved(SavedMsg::EnteredTeam(text))),
        ..TextField::default()
    });
    parts::radios(Radios {
        id: SEALED_FIELD,
        legend: "What opens the file?",
        items: vec![
            Radio::new("passphrase", "A passphrase"),
            Radio {
                conditional: Some(key),
                ..Radio::new("team", "My team’s key")
            },
        ],
        chosen: Some(if stage.opened_by == OpenedBy::Team {
            "team"
        } else {
            "passphrase"
        }),
        on_choose: dispatch.with(|chosen| {
            Msg::Saved(SavedMsg::ChoseOpenedBy(if chosen == "team" {
                OpenedBy::Team
            } else {
                OpenedBy::Passphrase
            }))
        }),
        ..Radios::default()
    })
}

fn working(stage: &Stage, text: &'static str) -> Html {
    html! {
        <div aria-live="polite">
            if stage.working {
                { parts::inset_text(text) }
            }
        </div>
    }
}

fn done(stage: &Stage) -> Html {
    let Some(name) = &stage.saved else {
        return Html::default();
    };
    let content = html! {
        <p class="govuk-body">{ format!("{name} is where your browser puts downloads. Later work is not in it: save again when there is more.") }</p>
    };
    parts::notification_banner(
        Banner::Success,
        "saved",
        "The round was saved to a file",
        content,
    )
}

/// What became of the file that the open round came from.
pub(super) fn told(open: Option<&Open>) -> Html {
    let Some(told) = open.and_then(|open| open.told.as_ref()) else {
        return Html::default();
    };
    let (banner, heading, text) = match told {
        Told::NothingNew => (
            Banner::Important,
            "This computer had all that is in the file",
            "Nothing was changed. The round is shown as it is kept here.".to_owned(),
        ),
        Told::Continued => (
            Banner::Success,
            "The file had more than this computer",
            "The round goes on from where the file ended.".to_owned(),
        ),
        Told::Fork => (
            Banner::Important,
            "The file and the round on this computer went on differently",
            "The file was opened as a round of its own; the other one is unchanged, on the page All rounds. Compare the two, and go on with one of them."
                .to_owned(),
        ),
        Told::Resealed => (
            Banner::Success,
            "The round is sealed anew",
            "What opened it on this computer before opens it no more: destroy a recovery code of before. Files that you saved open as they did."
                .to_owned(),
        ),
        Told::Lost(lost) => (
            Banner::Urgent,
            "The file is damaged: a part of the round is missing",
            lost.to_string(),
        ),
    };
    parts::notification_banner(
        banner,
        "told",
        heading,
        html! { <p class="govuk-body">{ text }</p> },
    )
}
