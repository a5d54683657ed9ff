//! List and draw in figures: every row accounted for, which draw it is, how it was made, what the
//! seed was, what each group gave.

use sightline::sample::certificate::Certificate;
use sightline::sample::method::Kind;
use sightline::sample::seed::SeedOrigin;
use yew::prelude::*;

use super::ticket;
use crate::view::day;
use crate::view::list::sum;
use crate::view::parts::{self, Column, SummaryRow, Table};

/// The list that was drawn from, every row of it accounted for.
pub(super) fn list(certificate: &Certificate) -> Html {
    let row = |key, value: String| SummaryRow {
        key,
        value: html! { <bdi>{ value }</bdi> },
        ..SummaryRow::default()
    };
    let mut rows = Vec::new();
    match &certificate.account {
        Some(account) => rows.extend(account.lists.iter().map(|list| SummaryRow {
            key: "List",
            value: html! {
                <>
                    <bdi>{ source(&list.file, list.sheet.as_deref()) }</bdi>
                    { format!(": {} rows, {} cases. SHA-256 ", list.rows, list.cases) }
                    { parts::code(&list.sha256) }
                </>
            },
            ..SummaryRow::default()
        })),
        None => rows.push(SummaryRow {
            key: "File",
            value: html! {
                <>
                    <bdi>{ source(&certificate.list.name, certificate.list.sheet.as_deref()) }</bdi>
                    { ". SHA-256 " }
                    { parts::code(&certificate.list.sha256) }
                </>
            },
            ..SummaryRow::default()
        }),
    }
    rows.push(row(
        "A case is named by",
        certificate.unit.columns.join(", "),
    ));
    let left_out = || certificate.excluded.iter().filter(|one| one.count > 0);
    rows.push(row(
        "Rows",
        sum(
            certificate.list.rows,
            certificate.frame.size,
            left_out().map(|one| one.count).sum(),
            certificate.faulty.count,
        ),
    ));
    let reasons: Vec<String> = left_out()
        .map(|one| format!("{}: {}", one.reason, one.count))
        .collect();
    if !reasons.is_empty() {
        rows.push(row("Left out", reasons.join("; ")));
    }
    rows.push(SummaryRow {
        key: "Fingerprint of the cases",
        value: parts::code(&certificate.frame.fingerprint),
        ..SummaryRow::default()
    });
    parts::summary_list(&rows)
}

/// A file, with its sheet where it has one.
fn source(file: &str, sheet: Option<&str>) -> String {
    match sheet {
        Some(sheet) => format!("{file}, sheet “{sheet}”"),
        None => file.to_owned(),
    }
}

/// The facts of the draw; when it was made, where that is known.
pub(super) fn draw(certificate: &Certificate, drawn_at: Option<i64>) -> Html {
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
    let mut rows = vec![row("Draw", which(certificate))];
    rows.extend(drawn_at.map(|at| row("Drawn on", day::of(at))));
    rows.extend([
        row("Method", certificate.method.kind.to_string()),
        row("Cases drawn", drawn(certificate)),
    ]);
    rows.extend(certificate.method.caps.iter().map(|cap| {
        row(
            "Limit",
            format!("At most {} of each “{}”", cap.most, cap.column),
        )
    }));
    rows.extend([
        code("Seed", &certificate.seed.text),
        row("The seed was", origin(certificate.seed.origin).to_owned()),
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
