//! The sampled cases, with how far each has come.

use sightline::app::{Model, Open, Route};
use sightline::review::Progress;
use sightline::round::Case;
use yew::prelude::*;

use super::parts::{self, Colour, Column, Look, Table, tag};

pub(super) fn page(model: &Model, open: &Open) -> Html {
    let round = &open.round;
    let coverage = round.coverage();
    html! {
        <>
            { super::page_heading(model, Some(round.title.clone())) }
            if round.cases().is_empty() {
                <p class="govuk-body">{ "No sample has been drawn yet. " }<a class="govuk-link" href="#/sample">{ "Draw the sample" }</a></p>
            } else {
                <p class="govuk-body">{ format!("{} of {} cases are signed.", coverage.signed, coverage.sampled) }</p>
                { table(open) }
                if coverage.signed > 0 {
                    { parts::button_link(Look::Secondary, "See the findings", "#/findings") }
                }
            }
        </>
    }
}

fn table(open: &Open) -> Html {
    let header = |header| Column {
        header,
        numeric: false,
    };
    parts::table(&Table {
        id: "cases",
        caption: "The sampled cases, in order of the draw",
        caption_hidden: true,
        columns: vec![
            header("Case"),
            header("Id in the list"),
            header("State"),
            header("Audit"),
        ],
        rows: open
            .round
            .cases()
            .iter()
            .map(|case| row(open, case))
            .collect(),
        ..Table::default()
    })
}

fn row(open: &Open, case: &Case) -> Vec<Html> {
    let (progress, signed) = open.round.progress(case.number);
    let (state, verb) = match (signed, progress) {
        (true, _) => (html! { { "Signed" } }, "See"),
        (false, Progress::NotStarted) => (tag(Colour::Blue, "Not started"), "Start"),
        (false, Progress::Incomplete) => (tag(Colour::Teal, "Incomplete"), "Continue"),
        (false, Progress::Complete) => (tag(Colour::Yellow, "Ready to sign"), "Check and sign"),
    };
    let address = match (signed, progress) {
        (false, Progress::Complete) => Route::Check(case.number),
        _ => Route::Case(case.number),
    };
    vec![
        html! { { format!("Case {}", case.number) } },
        html! { <bdi translate="no">{ &case.id }</bdi> },
        state,
        parts::action_link(verb, &format!("case {}", case.number), &address.to_string()),
    ]
}
