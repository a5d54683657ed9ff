//! The first page, before the rest of the program has come.

use sightline::app::{Model, Route};
use yew::prelude::*;

use super::parts::{self, Look};
use super::{Dispatch, Frame, frame, home};

/// How the rest of the program stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waiting {
    /// It is on its way, and nobody waits for it.
    Idle,
    /// It is on its way, and something that the person asked for waits for it.
    Busy,
    /// It did not arrive.
    Failed,
}

/// The first page; or, where another is wanted, that it is coming.
pub(crate) fn first(
    model: &Model,
    dispatch: &Dispatch,
    waiting: Waiting,
    again: Callback<MouseEvent>,
) -> Html {
    let at_home = model.route == Route::Home;
    let told = match waiting {
        Waiting::Failed => failed(again),
        Waiting::Busy if at_home => coming(),
        Waiting::Idle | Waiting::Busy => Html::default(),
    };
    let content = if at_home {
        home::page(model, dispatch)
    } else {
        coming()
    };
    let parts = Frame {
        told,
        content,
        ..Frame::default()
    };
    frame(model, parts)
}

fn coming() -> Html {
    html! { <p class="govuk-body" role="status">{ "Getting the page ready. It goes on by itself." }</p> }
}

fn failed(again: Callback<MouseEvent>) -> Html {
    let content = html! {
        <>
            <p class="govuk-body">
                { "Sightline was not fetched whole: the network or the host gave out. Nothing is lost, and what you asked for is done as soon as the rest is here. If trying again does not help, load this page again." }
            </p>
            { parts::button(Look::Secondary, "Try again", again) }
        </>
    };
    parts::notification_banner(
        parts::Banner::Urgent,
        "not-whole",
        "A part of Sightline has not arrived",
        content,
    )
}
