//! Drawing the sample: how many cases, from what seed, with which columns.

use sightline::app::sampling::{Msg as SamplingMsg, SEED_FIELD, SIZE_FIELD};
use sightline::app::{Model, Msg, Open};
use sightline::desk::list::{FrameView, ListView};
use sightline::sample::seed::SeedOrigin;
use yew::prelude::*;

use super::parts::{self, Checkbox, Look, Radio, Radios, TextField, Width};
use super::{Dispatch, error_links, error_of};

/// Where a seed may come from: the value of its radio button.
const ORIGINS: [(SeedOrigin, &str); 3] = [
    (SeedOrigin::Dice, "dice"),
    (SeedOrigin::Given, "given"),
    (SeedOrigin::Machine, "machine"),
];

pub(super) fn page(model: &Model, open: &Open, dispatch: &Dispatch) -> Html {
    let body = match open.list.framed() {
        _ if open.round.sample.is_some() => drawn(),
        Some((list, frame)) => form(list, frame, open, dispatch),
        None => no_list(),
    };
    html! {
        <div class="app-measure">
            { super::error_summary(error_links(&open.sampling.errors)) }
            { super::page_heading(model, Some(open.round.title.clone())) }
            { body }
        </div>
    }
}

fn drawn() -> Html {
    html! {
        <>
            <p class="govuk-body">{ "The sample of this round has been drawn." }</p>
            { parts::button_link(Look::Primary, "See the certificate", "#/certificate") }
        </>
    }
}

fn no_list() -> Html {
    html! {
        <>
            <p class="govuk-body">{ "Choose the case list first. It is not kept when the page is closed, so it has to be chosen again before the draw." }</p>
            { parts::button_link(Look::Primary, "Choose the case list", "#/list") }
        </>
    }
}

fn form(list: &ListView, frame: &FrameView, open: &Open, dispatch: &Dispatch) -> Html {
    html! {
        <>
            <p class="govuk-body">
                { format!("The sample is drawn from the {} cases of ", frame.size) }<bdi>{ &list.source.name }</bdi>{ "." }
            </p>
            { parts::panel("The list is fixed now, before there is a seed", html! {
                <>
                    <p class="govuk-body">{ "This is the fingerprint of the cases. Write it down or say it aloud: any change to the list changes it." }</p>
                    <p>{ parts::code(&frame.fingerprint) }</p>
                </>
            }) }
            { parts::form(fields(list, open, dispatch), "Draw the sample",
                dispatch.with(|()| Msg::Sampling(SamplingMsg::ClickedDraw))) }
        </>
    }
}

fn fields(list: &ListView, open: &Open, dispatch: &Dispatch) -> Html {
    let stage = &open.sampling;
    html! {
        <>
            { parts::text_field(TextField {
                id: SIZE_FIELD,
                label: "How many cases?",
                label_bold: true,
                value: &stage.size,
                error: error_of(&stage.errors, SIZE_FIELD),
                width: Width::Characters(5),
                inputmode: Some("numeric"),
                on_input: dispatch.with(|text| Msg::Sampling(SamplingMsg::EnteredSize(text))),
                ..TextField::default()
            }) }
            { seed(open, dispatch) }
            { columns(list, open, dispatch) }
        </>
    }
}

fn seed(open: &Open, dispatch: &Dispatch) -> Html {
    let stage = &open.sampling;
    let on_choose = dispatch.to.clone();
    let on_choose = Callback::from(move |value: String| {
        if let Some((origin, _)) = ORIGINS.iter().find(|(_, name)| *name == value) {
            on_choose.emit(Msg::Sampling(SamplingMsg::ChoseOrigin(*origin)));
        }
    });
    let error = error_of(&stage.errors, SEED_FIELD);
    parts::radios(Radios {
        // Until an origin is chosen there is no field for the seed, and the choice stands for it.
        id: if stage.origin.is_none() {
            SEED_FIELD
        } else {
            "seed-origin"
        },
        legend: "Where does the seed come from?",
        look: parts::Legend::Medium,
        hint: Some(
            "The seed is the one piece of chance in the draw. It is best given by someone else, after the list is fixed.",
        ),
        error: error.filter(|_| stage.origin.is_none()),
        items: ORIGINS
            .map(|(origin, value)| seed_from(origin, value, open, dispatch))
            .into(),
        chosen: ORIGINS
            .iter()
            .find(|it| stage.origin == Some(it.0))
            .map(|it| it.1),
        on_choose,
        ..Radios::default()
    })
}

/// One place that a seed may come from, with its field.
fn seed_from<'a>(
    origin: SeedOrigin,
    value: &'a str,
    open: &Open,
    dispatch: &Dispatch,
) -> Radio<'a> {
    let stage = &open.sampling;
    let field = |label, hint| {
        parts::text_field(TextField {
            id: SEED_FIELD,
            label,
            hint: Some(hint),
            value: &stage.seed,
            error: error_of(&stage.errors, SEED_FIELD),
            width: Width::Full,
            on_input: dispatch.with(|text| Msg::Sampling(SamplingMsg::EnteredSeed(text))),
            ..TextField::default()
        })
    };
    let (label, hint, conditional) = match origin {
        SeedOrigin::Dice => (
            "Dice, thrown in front of others",
            "At least 20 throws of a ten-sided die (0 to 9), or 25 of a six-sided one.",
            field(
                "The throws",
                "Type the digits in the order in which they fell.",
            ),
        ),
        SeedOrigin::Given => (
            "A phrase or number that somebody else gives",
            "For example the inspector, or the winning numbers of a lottery named beforehand.",
            field("The seed", "It is taken exactly as typed."),
        ),
        SeedOrigin::Machine => (
            "This computer makes one",
            "Quick, but nobody can see that it was not chosen: the certificate says so.",
            html! { <p class="govuk-body">{ "The seed: " }{ parts::code(&stage.seed) }</p> },
        ),
    };
    Radio {
        value,
        label,
        hint: Some(html! { { hint } }),
        conditional: Some(conditional),
    }
}

fn columns(list: &ListView, open: &Open, dispatch: &Dispatch) -> Html {
    let boxes = list.columns.iter().zip(&open.sampling.columns).enumerate();
    let boxes = boxes.map(|(at, (column, chosen))| {
        parts::checkbox(Checkbox {
            id: &format!("column-{at}"),
            label: &column.name,
            checked: *chosen,
            small: true,
            on_change: dispatch.with(move |_| Msg::Sampling(SamplingMsg::ToggledColumn(at))),
            ..Checkbox::default()
        })
    });
    let chosen = open
        .sampling
        .columns
        .iter()
        .filter(|chosen| **chosen)
        .count();
    parts::details(
        &format!(
            "Columns shown beside each case ({chosen} of {})",
            list.columns.len()
        ),
        html! {
            <>
                <p class="govuk-body">{ "An audit is of the practice, not of the child. Take only what helps to find and understand the case." }</p>
                { for boxes }
            </>
        },
    )
}
