//! The certificate of the draw: all that somebody needs to check it.

mod facts;
mod paper;
mod rounds;

use sightline::app::sampling::Msg as SamplingMsg;
use sightline::app::sampling::further::Msg as FurtherMsg;
use sightline::app::{Model, Msg, Open};
use sightline::round::Sample;
use sightline::sample::certificate::{Certificate, DrawnCase};
use yew::prelude::*;

use super::parts::{self, Colour, Column, Look, Table};
use super::{Dispatch, error_links, going};

pub(super) fn page(model: &Model, open: &Open, dispatch: &Dispatch) -> Html {
    html! {
        <>
            { super::error_summary(error_links(&open.sampling.errors)) }
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
        <div class="app-certificate">
            <div class="app-measure">
                <p class="govuk-body">{ "Anyone who has the list can redo this draw with public tools, and find the same cases." }</p>
                { actions(dispatch) }
                { going::panel(open, dispatch) }
                { paper::length(certificate, open.round.earlier.len()) }
            </div>
            <div class="app-certificate__facts">
                <div class="app-measure">
                    <h2 class="govuk-heading-m">{ "The list" }</h2>
                    { facts::list(certificate) }
                </div>
                <div class="app-measure">
                    <h2 class="govuk-heading-m">{ "The draw" }</h2>
                    { facts::draw(certificate, Some(sample.drawn_at)) }
                </div>
            </div>
            { all_cases(certificate) }
            { rounds::earlier(&open.round.earlier) }
            { check(certificate) }
        </div>
    }
}

fn actions(dispatch: &Dispatch) -> Html {
    let say = |msg| dispatch.click(Msg::Sampling(msg));
    html! {
        <div class="app-no-print">
            { parts::button_group(html! {
                <>
                    { parts::button_link(Look::Primary, "Go to the cases", "#/cases") }
                    { parts::button(Look::Secondary, "Save the certificate", say(SamplingMsg::ClickedSaveCertificate)) }
                    { parts::button(Look::Secondary, "Print the certificate", say(SamplingMsg::ClickedPrint)) }
                    { parts::button(Look::Secondary, "Draw more cases", going::click(dispatch, FurtherMsg::ClickedMore)) }
                    { parts::button(Look::Link, "Draw again", going::click(dispatch, FurtherMsg::ClickedAgain)) }
                </>
            }) }
            <p class="govuk-body"><a class="govuk-link" href="#/balance">{ "Does the sample look like the list?" }</a></p>
        </div>
    }
}

/// What a certificate says, without its cases.
pub(super) fn summary(certificate: &Certificate) -> Html {
    html! {
        <>
            { facts::list(certificate) }
            { facts::draw(certificate, None) }
        </>
    }
}

/// The cases of a certificate, with what they were drawn from: teams and groups, sample, reserve,
/// further rounds.
pub(super) fn all_cases(certificate: &Certificate) -> Html {
    let reserve: Vec<&DrawnCase> = certificate.left_in_reserve().collect();
    let sampled: Vec<&DrawnCase> = certificate.sample.iter().collect();
    html! {
        <>
            { facts::teams(certificate) }
            { facts::strata(certificate) }
            <div class="app-certificate__cases">
                { cases("sample-cases", "The sample, in order of the draw", &sampled, certificate) }
                { cases("reserve-cases", "The reserve: the next tickets", &reserve, certificate) }
            </div>
            { rounds::included(certificate) }
            { rounds::passed_over(certificate) }
            { rounds::further(certificate) }
        </>
    }
}

fn check(certificate: &Certificate) -> Html {
    html! {
        <div class="app-measure app-certificate__check">
            <h2 class="govuk-heading-m">{ "How to check it" }</h2>
            <p class="govuk-body">
                { "With the certificate's file and the list, on the page “" }
                <a class="govuk-link" href="#/verify">{ "Check a certificate" }</a>
                { "” of any copy of Sightline. Or without Sightline, with the list, on any computer with Python:" }
            </p>
            <pre class="app-recipe" tabindex="0" role="region" aria-label="How to check the draw" translate="no">{ certificate.recipe.join("\n") }</pre>
        </div>
    }
}

/// Cases with their tickets, and their groups where there are some; those that were replaced since are
/// marked.
fn cases(id: &str, caption: &str, cases: &[&DrawnCase], certificate: &Certificate) -> Html {
    if cases.is_empty() {
        return Html::default();
    }
    let grouped = !certificate.strata.is_empty();
    let row = |case: &&DrawnCase| {
        let replaced = certificate.replacement_of(&case.id).is_some();
        let mut cells = vec![
            html! { { case.order } },
            html! {
                <>
                    <bdi translate="no">{ &case.id }</bdi>
                    if replaced {
                        { " " }{ parts::tag(Colour::Grey, "Replaced") }
                    }
                </>
            },
        ];
        if grouped {
            cells.push(html! { <bdi>{ case.stratum.clone().unwrap_or_default() }</bdi> });
        }
        cells.push(ticket(&case.ticket));
        cells
    };
    let mut columns = vec![Column::number("Order"), Column::text("Case")];
    if grouped {
        columns.push(Column::text("Group"));
    }
    columns.push(Column::text("Ticket"));
    parts::table(&Table {
        id,
        caption,
        columns,
        rows: cases.iter().map(row).collect(),
        ..Table::default()
    })
}

/// The first digits of a ticket: enough to tell it from the others and to compare by eye.
fn ticket(ticket: &str) -> Html {
    let short: String = ticket.chars().take(14).chain(['…']).collect();
    html! { <span class="app-ticket" translate="no" title={ticket.to_owned()}>{ short }</span> }
}
