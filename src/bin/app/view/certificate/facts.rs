//! List and draw in figures: every row accounted for, which draw it is, how it was made, what the
//! seed was, what each group gave.

use sightline::sample::allocation::Allocation;
use sightline::sample::bands::Bands;
use sightline::sample::certificate::Certificate;
use sightline::sample::method::{Kind, Method};
use sightline::sample::seed::SeedOrigin;
use yew::prelude::*;

use super::ticket;
use crate::view::day;
use crate::view::list::sum;
use crate::view::parts::{self, Column, SummaryRow, Table};

/// So many faulty rows are named; the certificate's file has more.
const NAMED: usize = 3;

/// The list that was drawn from, every row of it accounted for.
pub(super) fn list(certificate: &Certificate) -> Html {
    let row = |key, value: String| SummaryRow {
        key,
        value: html! { <bdi>{ value }</bdi> },
        ..SummaryRow::default()
    };
    let mut rows = files(certificate);
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
    rows.extend(faulty(certificate).map(|words| row("Faulty", words)));
    rows.push(SummaryRow {
        key: "Fingerprint of the cases",
        value: parts::code(&certificate.frame.fingerprint),
        ..SummaryRow::default()
    });
    parts::summary_list(&rows)
}

/// The files that were drawn from.
fn files(certificate: &Certificate) -> Vec<SummaryRow<'_>> {
    let file = |key, words: String, sha256: &str| SummaryRow {
        key,
        value: html! {
            <><bdi>{ words }</bdi>{ ". SHA-256 " }{ parts::code(sha256) }</>
        },
        ..SummaryRow::default()
    };
    let Some(account) = &certificate.account else {
        let list = &certificate.list;
        let words = source(&list.name, list.sheet.as_deref());
        return vec![file("File", words, &list.sha256)];
    };
    let lists = account.lists.iter().map(|list| {
        let name = source(&list.file, list.sheet.as_deref());
        let words = format!("{name}: {} rows, {} cases", list.rows, list.cases);
        file("List", words, &list.sha256)
    });
    lists.collect()
}

/// The first faulty rows, and how many more there are.
fn faulty(certificate: &Certificate) -> Option<String> {
    let places = certificate.faulty.places.iter().take(NAMED);
    let mut named: Vec<String> = places.map(ToString::to_string).collect();
    let more = certificate.faulty.count.saturating_sub(named.len());
    if more > 0 {
        named.push(format!("And {more} more."));
    }
    (!named.is_empty()).then(|| named.join(" "))
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
        row("Method", method(certificate)),
        row("Cases drawn", drawn(certificate)),
    ]);
    rows.extend(sharing(&certificate.method.kind).map(|words| row("Shared out", words)));
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

/// The method with its version, and tickets that were passed over.
fn method(certificate: &Certificate) -> String {
    let Method {
        kind,
        version,
        drop,
        ..
    } = &certificate.method;
    let method = format!("{kind} (version {version} of the method)");
    match drop {
        0 => method,
        drop => format!("{method}, after the first {drop}"),
    }
}

/// How the sample is shared out among the parts that are drawn from apart.
fn sharing(kind: &Kind) -> Option<String> {
    let (allocation, least, bands) = match kind {
        Kind::Stratified {
            allocation,
            min_per_stratum,
            bands,
            ..
        } => (allocation, *min_per_stratum, bands.as_slice()),
        Kind::TwoStage { allocation, .. } => (allocation, 1, [].as_slice()),
        Kind::Simple | Kind::Systematic { .. } | Kind::Weighted { .. } => return None,
    };
    let mut words = match allocation {
        Allocation::Proportional => "as the list is made up",
        Allocation::Equal => "the same number from each",
        Allocation::Neyman(_) => "more where an earlier round’s results differed more (Neyman)",
        Allocation::ByHand(_) => "numbers set by hand",
    }
    .to_owned();
    if least > 0 {
        words = format!("{words}, at least {least} from each");
    }
    for Bands { column, cut } in bands {
        words = format!("{words}; “{column}” in bands {cut}");
    }
    Some(words)
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
        SeedOrigin::Machine => {
            "made by the computer: nobody saw where it came from, or how many were tried"
        }
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
