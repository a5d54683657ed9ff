//! Drawing the sample: how many cases, what matters most, from what seed, with which columns.

mod aim;
mod groups;
mod limits;
mod seed;

use sightline::app::sampling::Msg as SamplingMsg;
use sightline::app::sampling::further::{Asked, Going, Msg as FurtherMsg};
use sightline::app::sampling::plan::{Msg as PlanMsg, SIZE_FIELD};
use sightline::app::{Model, Msg, Open};
use sightline::desk::list::{FrameView, ListView};
use sightline::round::Sample;
use yew::prelude::*;

use super::parts::{self, Checkbox, Look, TextField, Width};
use super::{Dispatch, error_links, error_of, going};

pub(super) fn page(model: &Model, open: &Open, dispatch: &Dispatch) -> Html {
    let again = open.sampling.going.as_ref();
    let again = again.filter(|going| going.asked == Asked::Again);
    let body = match open.list.framed() {
        _ if open.round.sample.is_some() && again.is_none() => drawn(dispatch),
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

fn drawn(dispatch: &Dispatch) -> Html {
    html! {
        <>
            <p class="govuk-body">{ "The sample of this round has been drawn." }</p>
            { parts::button_group(html! {
                <>
                    { parts::button_link(Look::Primary, "See the certificate", "#/certificate") }
                    { parts::button(Look::Link, "Draw again", going::click(dispatch, FurtherMsg::ClickedAgain)) }
                </>
            }) }
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
            if let (Some(sample), Some(going)) = (&open.round.sample, &stage.going) {
                { again(sample, going, open, dispatch) }
            }
            { parts::text_field(TextField {
                id: SIZE_FIELD,
                label: "How many cases?",
                label_bold: true,
                value: &stage.plan.size,
                error: error_of(&stage.errors, SIZE_FIELD),
                width: Width::Characters(5),
                inputmode: Some("numeric"),
                on_input: say(dispatch, PlanMsg::EnteredSize),
                ..TextField::default()
            }) }
            <p class="govuk-body"><a class="govuk-link" href="#/how-many">{ "Help me to decide how many" }</a></p>
            { aim::choice(list, open, dispatch) }
            { limits::all(list, open, dispatch) }
            { seed::choice(open, dispatch) }
            { columns(list, open, dispatch) }
        </>
    }
}

/// What a second draw of the same list means, and why it is made.
fn again(sample: &Sample, going: &Going, open: &Open, dispatch: &Dispatch) -> Html {
    let number = sample.certificate.draw.number.saturating_add(1);
    html! {
        <>
            { parts::warning_text(&format!(
                "This will be draw {number} of the same list. The draw before stays on record, its cases count no more, and every certificate says which draw it is: drawing until a sample pleases shows."
            )) }
            { going::reason("Why is the sample drawn again?", going, open, dispatch) }
            <p class="govuk-body">
                { parts::button(Look::Link, "Leave the sample as it is", going::click(dispatch, FurtherMsg::ClickedLeave)) }
            </p>
        </>
    }
}

/// For whatever gives a value: tells the plan what it was.
fn say<T: 'static>(dispatch: &Dispatch, msg: impl Fn(T) -> PlanMsg + 'static) -> Callback<T> {
    dispatch.with(move |value| Msg::Sampling(SamplingMsg::Plan(msg(value))))
}

/// For a button: tells the plan that it was pressed.
fn press(dispatch: &Dispatch, msg: PlanMsg) -> Callback<MouseEvent> {
    dispatch.click(Msg::Sampling(SamplingMsg::Plan(msg)))
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
