//! Checking a certificate: the files, and what was found. It needs no round.

use sightline::app::verify::{FILE_FIELD, Given, Msg as VerifyMsg, RESULT, Stage};
use sightline::app::{Model, Msg};
use sightline::desk::verify::FileIs;
use sightline::sample::certificate::Certificate;
use sightline::sample::verify::{Checked, Verification};
use web_sys::File;
use yew::prelude::*;

use super::parts::{self, Colour, Column, FileDrop, Look, Table};
use super::{Dispatch, certificate};

pub(super) fn page(model: &Model, dispatch: &Dispatch) -> Html {
    let stage = &model.verify;
    let files = dispatch.files.clone();
    let on_files = dispatch.with(move |chosen: Vec<File>| {
        let hold = |file: File| {
            let name = file.name();
            (files.hold_beside(file), name)
        };
        say(VerifyMsg::ChoseFiles(
            chosen.into_iter().map(hold).collect(),
        ))
    });
    html! {
        <>
            { super::page_heading(model, None) }
            <div class="app-measure">
                <p class="govuk-body">{ "A certificate says which cases were drawn from a list, and how. Here the draw is made again from the list, the seed and the method, and each figure of the certificate is compared." }</p>
                <p class="govuk-body">{ "All of it happens in this browser. Nothing is sent anywhere, and neither the list nor the certificate is kept." }</p>
                <FileDrop id={FILE_FIELD} label="The certificate and the list"
                    hint="The certificate is a file such as sightline-certificate.json. The list is the file that was drawn from: Excel, ODS or CSV. Where several lists were linked, give all of them. The order does not matter."
                    accept=".json,.csv,.txt,.tsv,.xlsx,.xlsm,.xlsb,.xls,.ods" {on_files} />
            </div>
            { given(stage, dispatch) }
            <div aria-live="polite">
                if let Some(done) = stage.working {
                    { parts::progress_bar("verifying", "Checking", Some(done)) }
                }
            </div>
            { result(stage) }
        </>
    }
}

fn say(msg: VerifyMsg) -> Msg {
    Msg::Verify(msg)
}

/// The files that were given, and what each is.
fn given(stage: &Stage, dispatch: &Dispatch) -> Html {
    if stage.files.is_empty() {
        return Html::default();
    }
    let rows = stage.files.iter().map(|given| {
        let remove = dispatch.click(say(VerifyMsg::ClickedRemove(given.file)));
        vec![
            html! { <bdi class="app-file-name">{ &given.name }</bdi> },
            what(given),
            parts::icon_button(Look::Link, "Take away", &given.name, remove),
        ]
    });
    html! {
        <>
            { parts::table(&Table {
                id: "verify-given",
                caption: "The files",
                columns: vec![Column::text("File"), Column::text("What it is"), Column::text("Change")],
                rows: rows.collect(),
                row_headers: true,
                ..Table::default()
            }) }
            if stage.files.len() > 1 {
                <p class="govuk-body">{ parts::button(Look::Link, "Begin again with other files", dispatch.click(say(VerifyMsg::ClickedAnew))) }</p>
            }
        </>
    }
}

fn what(given: &Given) -> Html {
    let Some(is) = &given.is else {
        return html! { <span class="app-of">{ "Being looked at" }</span> };
    };
    match is {
        FileIs::Certificate => html! { "The certificate" },
        FileIs::EarlierCertificate => {
            html! { "A certificate, not checked: another was given after it" }
        }
        FileIs::List => html! { "A list" },
        FileIs::ListDrawnFrom => html! { "A list that the certificate was drawn from" },
        FileIs::OtherList => html! { "Not a list of this certificate" },
        FileIs::Unread(why) => html! {
            <>{ parts::tag(Colour::Red, "Cannot be read") }{ " " }{ why }</>
        },
    }
}

fn result(stage: &Stage) -> Html {
    if let Some(why) = &stage.failed {
        return told(
            "Nothing was checked",
            html! { <p class="govuk-body">{ why }</p> },
        );
    }
    if stage.working.is_some() || stage.files.is_empty() {
        return Html::default();
    }
    match (&stage.certificate, &stage.found) {
        (Some(certificate), Some(found)) => checked(certificate, found),
        (Some(certificate), None) => waiting_for_lists(stage, certificate),
        (None, _) => told(
            "There is no certificate yet",
            html! { <p class="govuk-body">{ "Add the certificate: the file that Sightline saved after the draw, which ends in .json. One on paper cannot be read here, but names the file and the figures to compare." }</p> },
        ),
    }
}

fn told(heading: &str, content: Html) -> Html {
    html! {
        <section class="app-measure">
            <h2 class="govuk-heading-m" id={RESULT} tabindex="-1">{ heading }</h2>
            { content }
        </section>
    }
}

fn waiting_for_lists(stage: &Stage, certificate: &Certificate) -> Html {
    let refused = stage
        .files
        .iter()
        .any(|given| matches!(given.is, Some(FileIs::Unread(_))));
    if stage.lacking.is_empty() && refused {
        return told(
            "A list cannot be read, so nothing was checked",
            html! { <p class="govuk-body">{ "Take it away, and give the file again that was drawn from." }</p> },
        );
    }
    let several = certificate.listed_files().len() > 1;
    told(
        if several {
            "Lists are lacking"
        } else {
            "The list is lacking"
        },
        html! {
            <>
                <p class="govuk-body">{ "The certificate is whole. To check it, add what it was drawn from:" }</p>
                <ul class="govuk-list govuk-list--bullet">
                    { for stage.lacking.iter().map(|name| html! { <li><bdi>{ name }</bdi></li> }) }
                </ul>
            </>
        },
    )
}

fn checked(certificate: &Certificate, found: &Verification) -> Html {
    let (class, heading, text) = if found.matches {
        (
            "app-verdict app-verdict--holds",
            "The certificate holds",
            format!(
                "The list, the seed and the method give exactly this sample: {} of {} cases.",
                certificate.standing().count(),
                certificate.frame.size
            ),
        )
    } else {
        let count = found.mismatches.len();
        (
            "app-verdict",
            "The certificate does not hold",
            if count == 1 {
                "One thing does not fit. It is named below.".to_owned()
            } else {
                format!("{count} things do not fit. Each is named below.")
            },
        )
    };
    html! {
        <>
            <div {class}>
                <h2 class="govuk-heading-l app-verdict__heading" id={RESULT} tabindex="-1">{ heading }</h2>
                <p class="govuk-body-l app-verdict__text">{ text }</p>
            </div>
            <div class="app-measure">
                if !found.matches {
                    <h2 class="govuk-heading-m">{ "What does not fit" }</h2>
                    <ul class="govuk-list govuk-list--bullet app-mismatches">
                        { for found.mismatches.iter().map(|it| html! { <li><bdi>{ it }</bdi></li> }) }
                    </ul>
                }
                if !found.notes.is_empty() {
                    <h2 class="govuk-heading-m">{ "What you should know" }</h2>
                    <ul class="govuk-list govuk-list--bullet">
                        { for found.notes.iter().map(|it| html! { <li><bdi>{ it }</bdi></li> }) }
                    </ul>
                }
                <h2 class="govuk-heading-m">{ "What was checked" }</h2>
                <ul class="govuk-list app-checks">{ for found.checked.iter().map(check) }</ul>
                if !found.matches {
                    <p class="govuk-body">{ "What does not fit can keep the rest from being checked." }</p>
                }
                <h2 class="govuk-heading-m">{ "What the certificate says" }</h2>
                { certificate::summary(certificate) }
            </div>
            { parts::details("The cases that it names", certificate::all_cases(certificate)) }
        </>
    }
}

fn check(checked: &Checked) -> Html {
    let (class, word) = if checked.matches {
        ("app-checks__item app-checks__item--fits", "fits")
    } else {
        ("app-checks__item", "does not fit")
    };
    html! {
        <li {class}>
            { &checked.what }
            <span class={if checked.matches { "govuk-visually-hidden" } else { "app-checks__word" }}>{ format!(": {word}") }</span>
        </li>
    }
}
