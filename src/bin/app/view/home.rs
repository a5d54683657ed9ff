//! The front page: what Sightline is, and the rounds kept in this browser.

use sightline::app::shelf::{Card, Msg as ShelfMsg};
use sightline::app::wipe::{Msg as WipeMsg, What};
use sightline::app::{Missing, Model, Msg, RoundId, Shelf};
use yew::prelude::*;

use super::parts::{self, Banner, Look};
use super::trail::moment;
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
            { missing(model, dispatch) }
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

/// Rounds of which less is here than there was.
fn missing(model: &Model, dispatch: &Dispatch) -> Html {
    let one = |missing: &Missing| {
        let (heading, told) = match missing.has {
            None => (
                "There was work here",
                format!(
                    "A round with {} was kept in this browser, and is gone. Sightline did not remove it: site data may have been cleared, by you, by the browser or by IT.",
                    entries(missing.had)
                ),
            ),
            Some(has) => (
                "A part of a round is gone",
                format!(
                    "A round of this browser had {}, and now has {has}. The rest was lost by the browser or the disk.",
                    entries(missing.had)
                ),
            ),
        };
        let file = model.settings.files.get(&missing.round);
        let content = html! {
            <>
                <p class="govuk-body">{ told }</p>
                <p class="govuk-body">
                    if let Some(file) = file {
                        { format!("You saved it to a file on {}, with {}. ", day::of(file.at), entries(file.entries)) }
                    } else {
                        { "No file of it was saved from this browser. " }
                    }
                    <a class="govuk-link" href="#/open">{ "Open a saved round" }</a>
                </p>
                { parts::button(Look::Secondary, "I know: do not tell me again",
                    dispatch.click(Msg::Shelf(ShelfMsg::ClickedKnown(RoundId(missing.round.clone()))))) }
            </>
        };
        parts::notification_banner(
            Banner::Urgent,
            &format!("missing-{}", missing.round),
            heading,
            content,
        )
    };
    html! { { for model.missing.iter().map(one) } }
}

fn entries(count: usize) -> String {
    if count == 1 {
        "1 entry".to_owned()
    } else {
        format!("{count} entries")
    }
}

fn rounds(model: &Model, dispatch: &Dispatch) -> Html {
    match &model.shelf {
        Shelf::Opening => Html::default(),
        Shelf::Ready { cards, trouble, .. } if cards.is_empty() && trouble.is_empty() => {
            Html::default()
        }
        Shelf::Unavailable(why) => html! {
            <section>
                <h2 class="govuk-heading-m">{ "Rounds on this computer" }</h2>
                { parts::warning_text(why) }
                <p class="govuk-body">{ "You can work all the same, from the list to the findings: save the round to a file before you close the page." }</p>
            </section>
        },
        Shelf::Ready { cards, trouble, .. } => html! {
            <section>
                <h2 class="govuk-heading-m">{ "Rounds on this computer" }</h2>
                { for trouble.iter().map(|text| parts::warning_text(text)) }
                <ul class="govuk-list app-rounds">
                    { for cards.iter().map(|card| round(model, card, dispatch)) }
                </ul>
            </section>
        },
    }
}

fn round(model: &Model, card: &Card, dispatch: &Dispatch) -> Html {
    let is_open = model.open.as_ref().filter(|open| open.id == card.id);
    let name = is_open.map_or(card.title.as_str(), |open| open.round.title.as_str());
    let opened = card
        .opened_at
        .map_or_else(String::new, |at| format!("Opened on {}, ", moment(at)));
    let hint = format!("{opened}{}", entries(card.entries));
    let go_on = if is_open.is_none() && card.locked {
        "Unlock"
    } else {
        "Continue"
    };
    // Two locked rounds are told apart by when they were opened.
    let which = format!("{name} {hint}");
    html! {
        <li class="app-rounds__item" key={card.id.to_string()}>
            <div class="app-rounds__text">
                <span class="app-rounds__title" translate="no">{ name }</span>
                <span class="govuk-hint app-rounds__hint">{ hint }</span>
            </div>
            <div class="app-rounds__actions">
                { parts::icon_button(Look::Secondary, go_on, &which,
                    dispatch.click(Msg::Shelf(ShelfMsg::ClickedContinue(card.id.clone())))) }
                { parts::icon_button(Look::Link, "Remove", &which,
                    dispatch.click(Msg::Wipe(WipeMsg::Clicked(What::Round(card.id.clone()))))) }
            </div>
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
