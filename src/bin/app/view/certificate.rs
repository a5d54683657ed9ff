//! The certificate of the draw: all that somebody needs to check it.

use sightline::app::sampling::Msg as SamplingMsg;
use sightline::app::{Model, Msg, Open};
use sightline::round::Sample;
use sightline::sample::certificate::{Certificate, DrawnCase};
use sightline::sample::seed::SeedOrigin;
use yew::prelude::*;

use super::parts::{self, Column, Look, SummaryRow, Table};
use super::{Dispatch, list};

pub(super) fn page(model: &Model, open: &Open, dispatch: &Dispatch) -> Html {
    html! {
        <>
            { super::page_heading(model, Some(open.round.title.clone())) }
            { match &open.round.sample {
                Some(sample) => certificate(open, sample, dispatch),
                None => html! {
                    <p class="govuk-body">{ "No sample has been drawn yet. " }<a class="govuk-link" href="#/sample">{ "Draw the sample" }</a></p>
                },
            } }
        </>
    }
}

fn certificate(open: &Open, sample: &Sample, dispatch: &Dispatch) -> Html {
    let certificate = &sample.certificate;
    html! {
        <>
            <div class="app-measure">
                <p class="govuk-body">{ "Anyone who has the list can redo this draw with public tools, and find the same cases." }</p>
                <div class="app-no-print">
                    { parts::button_group(html! {
                        <>
                            { parts::button_link(Look::Primary, "Go to the cases", "#/cases") }
                            { parts::button(Look::Secondary, "Save the certificate", dispatch.click(Msg::Sampling(SamplingMsg::ClickedSaveCertificate))) }
                        </>
                    }) }
                </div>
                <h2 class="govuk-heading-m">{ "The list" }</h2>
                { for open.round.list.as_ref().map(list::taken_summary) }
                <h2 class="govuk-heading-m">{ "The draw" }</h2>
                { facts(certificate) }
            </div>
            { cases("sample-cases", "The sample, in order of the draw", &certificate.sample) }
            { cases("reserve-cases", "The reserve: the next tickets", &certificate.reserve) }
            <div class="app-measure">
                <h2 class="govuk-heading-m">{ "How to check it" }</h2>
                <p class="govuk-body">{ "With the list, any computer with Python can redo it:" }</p>
                <pre class="app-recipe" tabindex="0" role="region" aria-label="How to check the draw" translate="no">{ certificate.recipe.join("\n") }</pre>
            </div>
        </>
    }
}

fn facts(certificate: &Certificate) -> Html {
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
    let origin = match certificate.seed.origin {
        SeedOrigin::Given => "given by somebody",
        SeedOrigin::Dice => "thrown with dice",
        SeedOrigin::Machine => "made by the computer: nobody saw where it came from",
    };
    parts::summary_list(&[
        row(
            "Draw",
            format!("Number {} of this list", certificate.draw.number),
        ),
        row("Method", certificate.method.kind.to_string()),
        row(
            "Cases drawn",
            format!("{} of {}", certificate.sample.len(), certificate.frame.size),
        ),
        code("Seed", &certificate.seed.text),
        row("The seed was", origin.to_owned()),
        code("Fingerprint of the cases", &certificate.frame.fingerprint),
        code("SHA-256 of the file", &certificate.list.sha256),
    ])
}

fn cases(id: &str, caption: &str, cases: &[DrawnCase]) -> Html {
    let header = |header, numeric| Column { header, numeric };
    let row = |case: &DrawnCase| {
        vec![
            html! { { case.order } },
            html! { <bdi translate="no">{ &case.id }</bdi> },
            html! { <span class="app-ticket" translate="no" title={case.ticket.clone()}>{ short(&case.ticket) }</span> },
        ]
    };
    parts::table(&Table {
        id,
        caption,
        columns: vec![
            header("Order", true),
            header("Case", false),
            header("Ticket", false),
        ],
        rows: cases.iter().map(row).collect(),
        ..Table::default()
    })
}

/// The first digits of a ticket: enough to tell it from the others and to compare by eye.
fn short(ticket: &str) -> String {
    ticket.chars().take(14).chain(['…']).collect()
}
