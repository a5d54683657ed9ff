//! Where the seed comes from: dice, somebody else's phrase, or the machine.

use sightline::app::sampling::{Msg as SamplingMsg, SEED_FIELD};
use sightline::app::{Msg, Open};
use sightline::sample::seed::SeedOrigin;
use yew::prelude::*;

use crate::view::parts::{self, Radio, Radios, TextField, Width};
use crate::view::{Dispatch, error_of};

/// Where a seed may come from: the value of its radio button.
const ORIGINS: [(SeedOrigin, &str); 3] = [
    (SeedOrigin::Dice, "dice"),
    (SeedOrigin::Given, "given"),
    (SeedOrigin::Machine, "machine"),
];

pub(super) fn choice(open: &Open, dispatch: &Dispatch) -> Html {
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
