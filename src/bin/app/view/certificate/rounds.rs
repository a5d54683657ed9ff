//! What stands beside the first draw: cases that must be included, cases that a limit kept out, and
//! each further round of drawing with its reason.

use sightline::round::Sample;
use sightline::sample::certificate::Certificate;
use sightline::sample::further::{Further, Step};
use yew::prelude::*;

use super::ticket;
use crate::view::day;
use crate::view::parts::{self, Column, Table};

/// The cases that must be included, which are no part of the sample.
pub(super) fn included(certificate: &Certificate) -> Html {
    if certificate.method.must_include.is_empty() {
        return Html::default();
    }
    let rows = certificate.method.must_include.iter().map(|case| {
        vec![
            html! { <bdi translate="no">{ &case.id }</bdi> },
            html! { { &case.reason } },
        ]
    });
    parts::table(&Table {
        id: "included-cases",
        caption: "Cases that must be included, apart from the sample",
        columns: vec![Column::text("Case"), Column::text("Why")],
        rows: rows.collect(),
        ..Table::default()
    })
}

/// The cases whose turn it was, and which a limit kept out.
pub(super) fn passed_over(certificate: &Certificate) -> Html {
    if certificate.passed_over.is_empty() {
        return Html::default();
    }
    let rows = certificate.passed_over.iter().map(|case| {
        vec![
            html! { <bdi translate="no">{ &case.id }</bdi> },
            html! { <bdi>{ &case.reason }</bdi> },
            ticket(&case.ticket),
        ]
    });
    parts::table(&Table {
        id: "passed-over",
        caption: "Cases that a limit kept out of the sample",
        columns: vec![
            Column::text("Case"),
            Column::text("Why"),
            Column::text("Ticket"),
        ],
        rows: rows.collect(),
        ..Table::default()
    })
}

/// The rounds of drawing after the first.
pub(super) fn further(certificate: &Certificate) -> Html {
    if certificate.further.is_empty() {
        return Html::default();
    }
    let rounds = certificate.further.iter().zip(2_usize..);
    let cases = rounds.flat_map(|(further, round)| {
        let cases = further.cases.iter();
        cases.map(move |case| (round, further, case))
    });
    let rows = cases.map(|(round, further, case)| {
        vec![
            html! { { format!("Round {round}") } },
            what(further),
            html! { { &further.reason } },
            html! { { case.order } },
            html! { <bdi translate="no">{ &case.id }</bdi> },
            ticket(&case.ticket),
        ]
    });
    parts::table(&Table {
        id: "further-rounds",
        caption: "Further rounds of drawing: the next tickets of the same draw",
        columns: vec![
            Column::text("Round"),
            Column::text("What"),
            Column::text("Why"),
            Column::number("Order"),
            Column::text("Case"),
            Column::text("Ticket"),
        ],
        rows: rows.collect(),
        ..Table::default()
    })
}

/// The draws that were made before this one: they count no more, and nobody can hide them.
pub(super) fn earlier(samples: &[Sample]) -> Html {
    if samples.is_empty() {
        return Html::default();
    }
    let rows = samples.iter().map(|sample| {
        let certificate = &sample.certificate;
        vec![
            html! { { certificate.draw.number } },
            html! { { day::of(sample.drawn_at) } },
            html! { { certificate.method.kind.to_string() } },
            html! { { certificate.drawn().count() } },
            parts::code(&certificate.seed.text),
        ]
    });
    parts::table(&Table {
        id: "earlier-draws",
        caption: "Earlier draws of this list, which count no more",
        columns: vec![
            Column::number("Draw"),
            Column::text("On"),
            Column::text("Method"),
            Column::number("Cases"),
            Column::text("Seed"),
        ],
        rows: rows.collect(),
        ..Table::default()
    })
}

fn what(further: &Further) -> Html {
    match &further.step {
        Step::More { size, .. } => html! { { format!("{size} more") } },
        Step::Replacement { replaces } => html! {
            <>{ "In the place of " }<bdi translate="no">{ replaces }</bdi></>
        },
    }
}
