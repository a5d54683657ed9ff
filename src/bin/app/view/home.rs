//! The front page: what Sightline is, and the rounds kept in this browser.

use sightline::app::shelf::{Card, Msg as ShelfMsg};
use sightline::app::{Model, Msg, RoundId, Shelf};
use yew::prelude::*;

use super::parts::{self, Look};
use super::{Dispatch, day};

pub(super) fn page(model: &Model, dispatch: &Dispatch) -> Html {
    html! {
        <>
            { super::error_summary(refused(model)) }
            <div class="app-hero">
                <parts::Heading text="Audit casework from a sample that anyone can check" page={model.route.to_string()} />
                <p class="govuk-body-l">
                    { "Load a case list, draw a random sample, read each case against what good looks like, and take away findings. All of it happens in this browser, and nothing is sent anywhere." }
                </p>
                { parts::button_group(html! {
                    <>
                        { parts::start_button("Start a new round", "#/new") }
                        { parts::button(Look::Secondary, "Try with a made-up list",
                            dispatch.click(Msg::Shelf(ShelfMsg::ClickedTryMadeUp))) }
                        <a class="govuk-link" href="#/open">{ "Open a saved round" }</a>
                        <a class="govuk-link" href="#/verify">{ "Check a certificate" }</a>
                    </>
                }) }
            </div>
            { address(model) }
            { rounds(model, dispatch) }
            { how() }
        </>
    }
}

/// What https would add, in a line.
fn address(model: &Model) -> Html {
    match super::proof::address(&model.about) {
        Some(line) => parts::inset_text(line),
        None => Html::default(),
    }
}

fn refused(model: &Model) -> Vec<parts::ErrorLink> {
    let refused = model.new_round.refused.as_ref();
    refused
        .map(|why| parts::ErrorLink::new("main", why.clone()))
        .into_iter()
        .collect()
}

fn rounds(model: &Model, dispatch: &Dispatch) -> Html {
    match &model.shelf {
        Shelf::Opening => Html::default(),
        Shelf::Unavailable(why) => html! {
            <section>
                <h2 class="govuk-heading-m">{ "Rounds on this computer" }</h2>
                { parts::warning_text(why) }
            </section>
        },
        Shelf::Ready { cards, .. } if cards.is_empty() => Html::default(),
        Shelf::Ready {
            cards, removing, ..
        } => html! {
            <section>
                <h2 class="govuk-heading-m">{ "Rounds on this computer" }</h2>
                <ul class="govuk-list app-rounds">
                    { for cards.iter().map(|card| round(card, removing.as_ref(), dispatch)) }
                </ul>
            </section>
        },
    }
}

fn round(card: &Card, removing: Option<&RoundId>, dispatch: &Dispatch) -> Html {
    let say = |msg| dispatch.click(Msg::Shelf(msg));
    let confirm = removing == Some(&card.id);
    html! {
        <li class="app-rounds__item" key={card.id.to_string()}>
            <div class="app-rounds__text">
                <span class="app-rounds__title">{ &card.title }</span>
                if let Some(at) = card.opened_at {
                    <span class="govuk-hint app-rounds__hint">{ format!("Opened on {}", day::of(at)) }</span>
                }
            </div>
            if confirm {
                <div class="app-rounds__confirm" role="group" aria-label="Remove the round">
                    <p class="govuk-body" id="confirm-remove" tabindex="-1">
                        { "Remove this round from this computer? Its sample, all answers and signatures are lost for good." }
                    </p>
                    { parts::button_group(html! {
                        <>
                            { parts::button(Look::Warning, "Remove the round", say(ShelfMsg::ConfirmedRemove)) }
                            { parts::button(Look::Secondary, "Keep it", say(ShelfMsg::ClickedKeep)) }
                        </>
                    }) }
                </div>
            } else {
                <div class="app-rounds__actions">
                    { parts::icon_button(Look::Secondary, "Continue", &card.title, say(ShelfMsg::ClickedContinue(card.id.clone()))) }
                    { parts::icon_button(Look::Link, "Remove", &card.title, say(ShelfMsg::ClickedRemove(card.id.clone()))) }
                </div>
            }
        </li>
    }
}

fn how() -> Html {
    let steps = [
        (
            "Load a case list",
            "Excel, ODS or CSV, such as a list of Annex A. You see what was read, row by row.",
        ),
        (
            "Draw a sample",
            "Each case gets a ticket from a seed. Anyone with the list and the seed can redo the draw.",
        ),
        (
            "Read the cases",
            "One section at a time, with what good looks like beside each grade.",
        ),
        (
            "Take away findings",
            "How many cases stand at each grade, and what must happen next, as a workbook.",
        ),
    ];
    html! {
        <section>
            <h2 class="govuk-heading-m">{ "How it works" }</h2>
            <ol class="app-steps">
                { for steps.map(|(title, text)| html! {
                    <li class="app-steps__item">
                        <h3 class="govuk-heading-s app-steps__title">{ title }</h3>
                        <p class="govuk-body app-steps__text">{ text }</p>
                    </li>
                }) }
            </ol>
        </section>
    }
}
