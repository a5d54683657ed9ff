//! Protecting a round before anything of it is kept; and its recovery code, shown once.

use sightline::app::setup::{
    CODE_FIELD, Code, KEPT_FIELD, Kept, Msg as SetupMsg, PASSPHRASE_FIELD, Stage, TEAM_FIELD, What,
};
use sightline::app::{Model, Msg};
use sightline::seal::strength::{Level, Strength};
use yew::prelude::*;

use super::parts::{self, Checkbox, Colour, Look, Radio, Radios, TextField, Width, tag};
use super::{Dispatch, error_links, error_of};

pub(super) fn page(model: &Model, dispatch: &Dispatch) -> Html {
    let stage = &model.setup;
    let content = match (&stage.what, &stage.code) {
        (None, _) => html! {
            <p class="govuk-body">
                { "There is no round to protect. " }
                <a class="govuk-link" href="#/new">{ "Start a new round" }</a>{ ", or go to " }
                <a class="govuk-link" href="#/">{ "all rounds" }</a>{ "." }
            </p>
        },
        (Some(_), Some(code)) => recovery(model, code, dispatch),
        (Some(what), None) => ways(what, stage, dispatch),
    };
    html! {
        <div class="app-measure">
            { super::error_summary(error_links(&stage.errors)) }
            { super::page_heading(model, None) }
            { content }
        </div>
    }
}

/// How the round is kept.
fn ways(what: &What, stage: &Stage, dispatch: &Dispatch) -> Html {
    let why = match what {
        What::New => {
            "A round holds what is written about children. Only you should be able to read it here."
        }
        What::FromFile => {
            "The file is open. Say how the round is kept on this computer from now on."
        }
        What::Again => {
            "Choose the passphrase anew, or enter the same one again, and what opens the round beside it. All of the round is then sealed under a new key: the old passphrase, recovery code and team’s key do not open it here any more. Files that you saved before open as they did."
        }
        What::Plain(_) => {
            "This round was begun with an earlier version, which kept it without a passphrase. It is sealed now, before you go on: nothing of it changes."
        }
    };
    let done = match what {
        What::New | What::Again => "Continue",
        What::FromFile => "Keep the round",
        What::Plain(_) => "Seal the round",
    };
    html! {
        <>
            <p class="govuk-body">{ why }</p>
            { parts::form(html! {
                <>
                    { how_kept(what, stage, dispatch) }
                    if stage.kept != Kept::InMemory {
                        { passphrase(stage, dispatch) }
                    }
                </>
            }, done, dispatch.with(|()| Msg::Setup(SetupMsg::ClickedProtect))) }
            <div aria-live="polite">
                if stage.working {
                    { parts::inset_text("Working. This takes a few seconds on purpose: it makes guessing slow.") }
                }
            </div>
        </>
    }
}

fn how_kept(what: &What, stage: &Stage, dispatch: &Dispatch) -> Html {
    let item = |kept: Kept, label, hint: &'static str| Radio {
        hint: Some(html! { { hint } }),
        ..Radio::new(kept.name(), label)
    };
    let mut items = vec![
        item(
            Kept::WithCode,
            "With a passphrase, and a recovery code to print",
            "Like a spare key: the code opens the round if the passphrase is forgotten. You print it, or write it down, on the next page.",
        ),
        Radio {
            conditional: Some(team(stage, dispatch)),
            ..item(
                Kept::WithTeam,
                "With a passphrase, and my team’s key",
                "Your team or IT holds the other half of the key, and can open the round too.",
            )
        },
    ];
    if matches!(what, What::New | What::FromFile) {
        items.push(item(
            Kept::InMemory,
            "Not at all: for this session only",
            "No passphrase. The round is gone when this page is closed, unless you save it to a file before.",
        ));
    }
    parts::radios(Radios {
        id: KEPT_FIELD,
        legend: "How is the round kept on this computer?",
        items,
        chosen: Some(stage.kept.name()),
        on_choose: dispatch.with(|name| Msg::Setup(SetupMsg::ChoseKept(name))),
        ..Radios::default()
    })
}

fn team(stage: &Stage, dispatch: &Dispatch) -> Html {
    parts::text_field(TextField {
        id: TEAM_FIELD,
        label: "The team’s public key",
        hint: Some("It begins with age1. It is no secret, and can be sent by e-mail."),
        value: &stage.team,
        error: error_of(&stage.errors, TEAM_FIELD),
        width: Width::Full,
        on_input: dispatch.with(|text| Msg::Setup(SetupMsg::EnteredTeam(text))),
        ..TextField::default()
    })
}

fn passphrase(stage: &Stage, dispatch: &Dispatch) -> Html {
    html! {
        <>
            { parts::text_field(TextField {
                id: PASSPHRASE_FIELD,
                label: "Passphrase",
                hint: Some("You enter it when you come back to the round. At least 12 characters; a few words by chance are easiest to keep in mind."),
                value: &stage.passphrase,
                error: error_of(&stage.errors, PASSPHRASE_FIELD),
                width: Width::Full,
                masked: stage.hidden,
                on_input: dispatch.with(|text| Msg::Setup(SetupMsg::EnteredPassphrase(text))),
                ..TextField::default()
            }) }
            { parts::checkbox(Checkbox {
                id: "round-passphrase-shown",
                label: "Show the passphrase",
                checked: !stage.hidden,
                small: true,
                on_change: dispatch.with(|shown| Msg::Setup(SetupMsg::ToggledShown(shown))),
                ..Checkbox::default()
            }) }
            { strength(&stage.passphrase, stage.made, stage.strength()) }
            { parts::button(Look::Secondary, if stage.made { "Make six others" } else { "Make six words for me" },
                dispatch.click(Msg::Setup(SetupMsg::ClickedMakePhrase))) }
            { parts::warning_text(FORGOTTEN) }
        </>
    }
}

/// What must be known before a passphrase is chosen.
pub(super) const FORGOTTEN: &str = "A forgotten passphrase cannot be recovered: not by IT, and not by whoever made Sightline. Write it down, and keep it apart from this computer.";

/// How strong a passphrase is, as words and a time.
pub(super) fn strength(passphrase: &str, made: bool, strength: Strength) -> Html {
    let (colour, level) = match strength.level() {
        Level::Weak => (Colour::Red, "Weak"),
        Level::Fair => (Colour::Yellow, "Fair"),
        Level::Strong => (Colour::Green, "Strong"),
    };
    let time = strength.time();
    let told = if made {
        format!(
            "Six words drawn by chance from 7,776. Whoever knows the list and makes a million guesses a second needs {time} to try half of them."
        )
    } else {
        format!(
            "Against somebody who makes a million guesses a second it lasts {time}, if it says nothing about you: names, dates and quotations are tried first."
        )
    };
    html! {
        <div class="app-strength" aria-live="polite">
            if !passphrase.is_empty() {
                <p class="govuk-body">{ tag(colour, level) }{ " " }{ told }</p>
            }
        </div>
    }
}

/// The recovery code, shown once, to be printed and typed back.
fn recovery(model: &Model, code: &Code, dispatch: &Dispatch) -> Html {
    let stage = &model.setup;
    html! {
        <>
            { recovery_code(model, &code.code, dispatch) }
            <div class="app-no-print">
                { parts::form(typed_back(&code.typed, error_of(&stage.errors, CODE_FIELD),
                    dispatch.with(|text| Msg::Setup(SetupMsg::EnteredCode(text)))),
                    "Continue", dispatch.with(|()| Msg::Setup(SetupMsg::ClickedHaveCode))) }
            </div>
        </>
    }
}

/// A recovery code with what it is for, to be printed.
pub(super) fn recovery_code(model: &Model, code: &str, dispatch: &Dispatch) -> Html {
    let title = model.open.as_ref().map_or_else(
        || model.new_round.title.trim().to_owned(),
        |open| open.round.title.clone(),
    );
    html! {
        <>
            <p class="govuk-body">{ "This code opens the round on this computer if the passphrase is forgotten. It is shown now and never again." }</p>
            <div class="app-recovery">
                if !title.is_empty() {
                    <p class="govuk-body app-recovery__round"><bdi translate="no">{ title }</bdi></p>
                }
                <p class="app-recovery__code" translate="no">{ code }</p>
                <p class="govuk-body-s">{ "Sightline recovery code. Keep it like a key: locked away, and not with the computer." }</p>
            </div>
            <div class="app-no-print">
                { parts::button(Look::Secondary, "Print this page", dispatch.click(Msg::Setup(SetupMsg::ClickedPrint))) }
            </div>
        </>
    }
}

/// The field in which a recovery code is typed back.
pub(super) fn typed_back(typed: &str, error: Option<&str>, on_input: Callback<String>) -> Html {
    parts::text_field(TextField {
        id: CODE_FIELD,
        label: "From your copy, type the last two groups of the code",
        hint: Some(
            "So that you can be sure that the copy is right. Capitals and hyphens do not matter.",
        ),
        value: typed,
        error,
        width: Width::Characters(20),
        on_input,
        ..TextField::default()
    })
}
