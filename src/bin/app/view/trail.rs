//! The audit trail: who did what when, as the journal tells it.

use std::collections::{BTreeMap, BTreeSet};

use sightline::app::trail::Msg as TrailMsg;
use sightline::app::{Model, Msg, Open};
use sightline::calendar::london::WallTime;
use sightline::export::trail::FileKind;
use sightline::journal::trail::{self, KINDS, Kind, Step};
use yew::prelude::*;

use super::parts::{self, Column, Look, Select, Table};
use super::{Dispatch, day};

pub(super) fn page(model: &Model, open: &Open, dispatch: &Dispatch) -> Html {
    let steps = open.steps();
    let shown = steps.len().min(open.trail.shown);
    html! {
        <>
            { super::page_heading(model, Some(open.round.title.clone())) }
            <div class="app-measure">
                <p class="govuk-body">
                    { "Every entry of this round, the newest first. Nobody can take one out unseen: each bears the hash of the one before it. What was written about a child is not repeated here." }
                </p>
            </div>
            { filters(open, dispatch) }
            <p class="govuk-body app-look" role="status">{ told(shown, steps.len()) }</p>
            if shown > 0 {
                { table(steps.get(..shown).unwrap_or_default()) }
            }
            if shown < steps.len() {
                { parts::button(Look::Secondary, "Show more entries", dispatch.click(Msg::Trail(TrailMsg::ClickedMore))) }
            }
            { files(steps.len(), dispatch) }
        </>
    }
}

fn told(shown: usize, all: usize) -> String {
    match (shown, all) {
        (_, 0) => "No entries.".to_owned(),
        (_, 1) => "1 entry.".to_owned(),
        (shown, all) if shown == all => format!("{all} entries."),
        (shown, all) => format!("The newest {shown} of {all} entries."),
    }
}

fn filters(open: &Open, dispatch: &Dispatch) -> Html {
    let filter = &open.trail.filter;
    let all = trail::of(open.entries());
    let kinds: Vec<(String, &str)> = KINDS
        .iter()
        .enumerate()
        .map(|(at, kind)| (at.to_string(), kind_in_words(*kind)))
        .collect();
    let kind = filter
        .kind
        .and_then(|kind| KINDS.iter().position(|it| *it == kind));
    let cases: BTreeSet<u32> = all.iter().filter_map(|step| step.case).collect();
    let cases: Vec<(String, String)> = cases
        .iter()
        .map(|case| (case.to_string(), format!("Case {case}")))
        .collect();
    let authors: BTreeMap<&str, &str> = all
        .iter()
        .map(|step| (step.author.as_str(), who(step)))
        .collect();
    html! {
        <div class="app-filters">
            { choice("trail-kind", "What", "Everything", &kinds, kind.map(|at| at.to_string()),
                dispatch.with(|at| Msg::Trail(TrailMsg::ChoseKind(at)))) }
            { choice("trail-case", "Case", "Every case, and the round", &cases, filter.case.map(|case| case.to_string()),
                dispatch.with(|case| Msg::Trail(TrailMsg::ChoseCase(case)))) }
            if authors.len() > 1 {
                { choice("trail-author", "Who", "Everybody", &authors.into_iter().collect::<Vec<_>>(), filter.author.clone(),
                    dispatch.with(|author| Msg::Trail(TrailMsg::ChoseAuthor(author)))) }
            }
        </div>
    }
}

fn choice(
    id: &str,
    label: &str,
    all: &str,
    options: &[(impl AsRef<str>, impl AsRef<str>)],
    chosen: Option<String>,
    on_choose: Callback<String>,
) -> Html {
    let options = options
        .iter()
        .map(|(value, text)| (value.as_ref(), text.as_ref()));
    parts::select(Select {
        id,
        label,
        options: std::iter::once(("", all)).chain(options).collect(),
        chosen: &chosen.unwrap_or_default(),
        on_choose,
        ..Select::default()
    })
}

fn table(steps: &[Step]) -> Html {
    let row = |step: &Step| {
        vec![
            html! { { step.line } },
            html! { { moment(step.at) } },
            html! { <bdi translate="no">{ who(step) }</bdi> },
            html! { <span translate="no">{ &step.what }</span> },
        ]
    };
    parts::table(&Table {
        id: "trail",
        caption: "Entries",
        caption_hidden: true,
        columns: vec![
            Column::text("Entry"),
            Column::text("When"),
            Column::text("Who"),
            Column::text("What"),
        ],
        rows: steps.iter().map(row).collect(),
        row_headers: true,
        ..Table::default()
    })
}

fn files(entries: usize, dispatch: &Dispatch) -> Html {
    let export = |kind| dispatch.click(Msg::Trail(TrailMsg::ClickedExport(kind)));
    html! {
        <section id="trail-files" tabindex="-1">
            <h2 class="govuk-heading-m">{ "Take these entries away" }</h2>
            <p class="govuk-body app-measure">
                { "All that are chosen above, also those not shown yet. The file is not encrypted; it holds names of auditors and numbers of cases, no case ids and no answers, but the reasons for which signed cases were opened again." }
            </p>
            if entries > 0 {
                { parts::button_group(html! {
                    <>
                        { parts::button(Look::Secondary, "Save as CSV", export(FileKind::Csv)) }
                        { parts::button(Look::Secondary, "Save as JSON", export(FileKind::Json)) }
                    </>
                }) }
            }
        </section>
    }
}

/// The name, or what the journal calls the author where it gives none.
fn who(step: &Step) -> &str {
    if step.name.is_empty() {
        &step.author
    } else {
        &step.name
    }
}

/// `27 November 2026, 21:59`, by the clocks of London.
pub(super) fn moment(at: i64) -> String {
    let shown = WallTime::of_millis(at).to_string();
    match shown.split_once(' ') {
        Some((date, time)) => format!("{}, {time}", day::written(date)),
        None => shown,
    }
}

fn kind_in_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Round => "The round, its list and its form",
        Kind::Sample => "The sample",
        Kind::Answer => "Answers",
        Kind::Concern => "Immediate safeguarding concerns",
        Kind::Signature => "Signatures",
    }
}
