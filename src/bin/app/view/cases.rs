//! The sampled cases, with how far each has come.

use sightline::app::sampling::further::Msg as FurtherMsg;
use sightline::app::{Model, Open, Route};
use sightline::review::Progress;
use sightline::round::Case;
use yew::prelude::*;

use super::parts::{self, Colour, Column, Look, Table, tag};
use super::{Dispatch, error_links, going};

pub(super) fn page(model: &Model, open: &Open, dispatch: &Dispatch) -> Html {
    let round = &open.round;
    let coverage = round.coverage();
    html! {
        <>
            { super::error_summary(error_links(&open.sampling.errors)) }
            { super::page_heading(model, Some(round.title.clone())) }
            { going::panel(open, dispatch) }
            if round.cases().is_empty() {
                <p class="govuk-body">{ "No sample has been drawn yet. " }<a class="govuk-link" href="#/sample">{ "Draw the sample" }</a></p>
            } else {
                <p class="govuk-body">{ format!("{} of {} cases are signed.", coverage.signed, coverage.sampled) }</p>
                { table(open, dispatch) }
                { others(open) }
                if coverage.signed > 0 {
                    { parts::button_link(Look::Secondary, "See the findings", "#/findings") }
                }
            }
        </>
    }
}

fn table(open: &Open, dispatch: &Dispatch) -> Html {
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
            header("If it cannot be audited"),
        ],
        rows: open
            .round
            .cases()
            .iter()
            .map(|case| row(open, case, dispatch))
            .collect(),
        ..Table::default()
    })
}

fn row(open: &Open, case: &Case, dispatch: &Dispatch) -> Vec<Html> {
    let (number, (_, signed)) = (case.number, open.round.progress(case.number));
    let mut cells = audit(open, case);
    cells.push(if signed {
        Html::default()
    } else {
        let replace = going::click(dispatch, FurtherMsg::ClickedReplace(number));
        parts::icon_button(Look::Link, "Replace", &format!("case {number}"), replace)
    });
    cells
}

/// The cases that must be included and those that were replaced: they are not counted.
fn others(open: &Open) -> Html {
    let Some(sample) = &open.round.sample else {
        return Html::default();
    };
    let included = sample.included.iter().map(|case| audit(open, case));
    let replaced = sample.replaced.iter().map(|replaced| {
        let case = &replaced.case;
        vec![
            html! { { format!("Case {}", case.number) } },
            html! { <bdi translate="no">{ &case.id }</bdi> },
            html! { { format!("Case {}", replaced.by) } },
            html! { { &replaced.reason } },
        ]
    });
    html! {
        <>
            if !sample.included.is_empty() {
                { parts::table(&Table {
                    id: "included",
                    caption: "Cases that must be included, not counted in findings about the list",
                    columns: ["Case", "Id in the list", "State", "Audit"].map(Column::text).into(),
                    rows: included.collect(),
                    ..Table::default()
                }) }
            }
            if !sample.replaced.is_empty() {
                { parts::table(&Table {
                    id: "replaced",
                    caption: "Cases that were replaced",
                    columns: ["Case", "Id in the list", "Replaced by", "Why"].map(Column::text).into(),
                    rows: replaced.collect(),
                    ..Table::default()
                }) }
            }
        </>
    }
}

fn audit(open: &Open, case: &Case) -> Vec<Html> {
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
