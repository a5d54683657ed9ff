//! The draw in figures: which draw it is, how it was made, what the seed was, what each group gave.

use sightline::sample::certificate::Certificate;
use sightline::sample::method::Kind;
use sightline::sample::seed::SeedOrigin;
use yew::prelude::*;

use super::ticket;
use crate::view::parts::{self, Column, SummaryRow, Table};

/// The facts of the draw.
pub(super) fn draw(certificate: &Certificate) -> Html {
    let row = |key, value: String| SummaryRow {
        key,
        value: html! { <span translate="no">{ value }</span> },
        ..SummaryRow::default()
    };
    let code = |key, value: &str| SummaryRow {
        key,
        value: parts::code(value),
        ..SummaryRow::default()
    };
    let mut rows = vec![
        row("Draw", which(certificate)),
        row("Method", certificate.method.kind.to_string()),
        row("Cases drawn", drawn(certificate)),
    ];
    rows.extend(certificate.method.caps.iter().map(|cap| {
        row(
            "Limit",
            format!("At most {} of each “{}”", cap.most, cap.column),
        )
    }));
    rows.extend([
        code("Seed", &certificate.seed.text),
        row("The seed was", origin(certificate.seed.origin).to_owned()),
        code("Fingerprint of the cases", &certificate.frame.fingerprint),
        code("SHA-256 of the file", &certificate.list.sha256),
    ]);
    parts::summary_list(&rows)
}

/// Which draw of its list it is, and why it was drawn again.
fn which(certificate: &Certificate) -> String {
    let number = certificate.draw.number;
    match &certificate.draw.reason {
        Some(reason) => {
            format!("Number {number} of this list. It was drawn again because: {reason}")
        }
        None => format!("Number {number} of this list"),
    }
}

/// How many cases, in all rounds of drawing.
fn drawn(certificate: &Certificate) -> String {
    let all = certificate.drawn().count();
    let replaced = all - certificate.standing().count();
    let mut words = format!("{all} of {}", certificate.frame.size);
    if certificate.sample.len() < all {
        words = format!("{words}, {} of them at first", certificate.sample.len());
    }
    match replaced {
        0 => words,
        1 => format!("{words}; 1 was replaced"),
        many => format!("{words}; {many} were replaced"),
    }
}

fn origin(origin: SeedOrigin) -> &'static str {
    match origin {
        SeedOrigin::Given => "given by somebody",
        SeedOrigin::Dice => "thrown with dice",
        SeedOrigin::Machine => "made by the computer: nobody saw where it came from",
    }
}

/// The teams of a draw in two stages, those first that were drawn.
pub(super) fn teams(certificate: &Certificate) -> Html {
    let Kind::TwoStage { teams: drawn, .. } = certificate.method.kind else {
        return Html::default();
    };
    let rows = certificate.teams.iter().map(|team| {
        vec![
            html! { { team.order } },
            html! { <bdi>{ &team.name }</bdi> },
            html! { { team.population } },
            html! { { if team.order <= drawn { "Drawn" } else { "Not drawn" } } },
            ticket(&team.ticket),
        ]
    });
    parts::table(&Table {
        id: "teams",
        caption: "The teams, in order of their tickets",
        columns: vec![
            Column::number("Order"),
            Column::text("Team"),
            Column::number("In the list"),
            Column::text("First stage"),
            Column::text("Ticket"),
        ],
        rows: rows.collect(),
        ..Table::default()
    })
}

/// The groups that were drawn from apart.
pub(super) fn strata(certificate: &Certificate) -> Html {
    if certificate.strata.is_empty() {
        return Html::default();
    }
    let rows = certificate.strata.iter().map(|stratum| {
        vec![
            html! { <bdi>{ &stratum.name }</bdi> },
            html! { { stratum.population } },
            html! { { stratum.size } },
        ]
    });
    let all = |count: fn(&sightline::sample::draw::Stratum) -> usize| {
        let sum: usize = certificate.strata.iter().map(count).sum();
        html! { { sum } }
    };
    parts::table(&Table {
        id: "strata",
        caption: "The groups, each drawn from apart",
        columns: vec![
            Column::text("Group"),
            Column::number("In the list"),
            Column::number("In the sample"),
        ],
        rows: rows.collect(),
        row_headers: true,
        total: Some(vec![
            html! { { "All" } },
            all(|stratum| stratum.population),
            all(|stratum| stratum.size),
        ]),
        ..Table::default()
    })
}
