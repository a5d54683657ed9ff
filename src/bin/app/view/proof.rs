//! What shows that nothing leaves, for whoever does not want to take our word for it.

use sightline::app::proof::{
    About, Came, Header, Msg as ProofMsg, SUMS_FIELD, Seen, Stage, Verdict,
};
use sightline::app::{Model, Msg};
use web_sys::File;
use yew::prelude::*;

use super::Dispatch;
use super::parts::{self, Banner, Colour, Column, FileDrop, Look, SummaryRow, Table};

pub(super) fn page(model: &Model, dispatch: &Dispatch) -> Html {
    let stage = &model.proof;
    let errors = stage
        .error
        .map(|why| parts::ErrorLink::new(SUMS_FIELD, why));
    html! {
        <>
            { super::error_summary(errors.into_iter().collect()) }
            { super::page_heading(model, None) }
            <p class="govuk-body-l app-measure">{ "Sightline says that nothing you load or write leaves this computer. Here is what this page itself can show of that, and how to check it without trusting this page." }</p>
            if let Some(seen) = &stage.seen {
                { requests(seen) }
                { headers(seen) }
                { policies(seen) }
                { files(model, stage, dispatch) }
            } else {
                <p class="govuk-body" role="status">{ "Gathering what there is to see." }</p>
            }
            { yourself() }
        </>
    }
}

/// That the host has a newer version, whichever page is shown.
pub(super) fn newer(model: &Model, newer: &About, dispatch: &Dispatch) -> Html {
    let content = html! {
        <>
            <p class="govuk-body">
                { format!("This page goes on with {} for as long as you like. When it suits you, load {}: what you have written is kept.",
                    super::version(&model.about), super::version(newer)) }
            </p>
            { parts::button(Look::Secondary, "Load the newer version", dispatch.click(Msg::ClickedLoadNewer)) }
        </>
    };
    parts::notification_banner(
        Banner::Important,
        "newer-version",
        "A newer version of Sightline is there",
        content,
    )
}

/// What https would add, where the address does without it.
pub(super) fn address(about: &About) -> Option<&'static str> {
    if about.is_file {
        Some(
            "A file, without any host: nothing is kept in this browser, so save the round to a file.",
        )
    } else if about.secure {
        None
    } else {
        Some(
            "This address begins with http://. Over https:// nobody on the way could change this page, and the browser would let it keep work in files of its own and hold a round for one window at a time. Ask IT.",
        )
    }
}

fn requests(seen: &Seen) -> Html {
    let late = seen.late().count();
    let rows = seen.requests.iter().map(|asked| {
        vec![
            html! { <bdi>{ &asked.address }</bdi> },
            html! { { &asked.by } },
            html! { { format!("{:.1}", asked.at / 1000.0) } },
        ]
    });
    let after = match (seen.shut, late) {
        (None, _) => "The network has not been shut yet: the program is still arriving.".to_owned(),
        (Some(at), 0) => format!(
            "The network was shut {:.1} seconds after the page was opened. Since then: no request.",
            at / 1000.0
        ),
        (Some(_), late) => format!("{late} requests were made after the network was shut."),
    };
    html! {
        <section>
            <h2 class="govuk-heading-m">{ "Every request since this page was opened" }</h2>
            <p class="govuk-body">
                { parts::tag(if late == 0 { Colour::Green } else { Colour::Red }, if late == 0 { "Silent" } else { "Not silent" }) }
                { " " }{ after }
            </p>
            { parts::table(&Table {
                id: "requests",
                caption: "Requests, as the browser counted them",
                caption_hidden: true,
                columns: vec![Column::text("Address"), Column::text("Asked by"), Column::number("Seconds after opening")],
                rows: rows.collect(),
                row_headers: true,
                ..Table::default()
            }) }
        </section>
    }
}

fn headers(seen: &Seen) -> Html {
    let content = match seen.headers() {
        None => html! {
            <p class="govuk-body">{ "No host sent this page, or the host did not answer when it was asked. What stands below under “The policy in force” holds all the same." }</p>
        },
        Some(headers) => parts::table(&Table {
            id: "headers",
            caption: "Headers, and what each one that is missing leaves open",
            caption_hidden: true,
            columns: vec![
                Column::text("Header"),
                Column::text("Sent"),
                Column::text("What that means"),
            ],
            rows: headers.iter().map(header).collect(),
            row_headers: true,
            ..Table::default()
        }),
    };
    html! {
        <section>
            <h2 class="govuk-heading-m">{ "What the host sent with it" }</h2>
            { content }
        </section>
    }
}

fn header((header, came): &(Header, Came)) -> Vec<Html> {
    let (colour, word, means) = match came {
        Came::Right => (Colour::Green, "Yes", html! { { "Nothing is left open." } }),
        Came::Not => (Colour::Yellow, "No", html! { { header.leaves_open } }),
        Came::Otherwise(value) => (
            Colour::Yellow,
            "Another value",
            html! { <>{ header.leaves_open }{ " The host sent: " }{ parts::code(value) }</> },
        ),
    };
    vec![html! { { header.name } }, parts::tag(colour, word), means]
}

fn policies(seen: &Seen) -> Html {
    html! {
        <section>
            <h2 class="govuk-heading-m">{ "The policy in force" }</h2>
            <p class="govuk-body">{ "The browser enforces each of these, whatever the page tries. The last one came once all was fetched, and lasts until the page is loaded anew." }</p>
            <ol class="govuk-list govuk-list--number">
                { for seen.policies.iter().map(|policy| html! { <li>{ parts::code(policy) }</li> }) }
            </ol>
        </section>
    }
}

fn files(model: &Model, stage: &Stage, dispatch: &Dispatch) -> Html {
    let list = stage.list();
    let rows = stage.files.iter().map(|file| {
        let (colour, word) = match file.verdict(list) {
            Verdict::Same => (Colour::Green, "As listed"),
            Verdict::Different => (Colour::Red, "Different"),
            Verdict::NotListed => (Colour::Grey, "Not listed"),
        };
        vec![
            html! { { &file.name } },
            parts::tag(colour, word),
            html! { <code class="app-hash">{ &file.sha256 }</code> },
        ]
    });
    let held = match (&stage.sums, list.is_empty()) {
        (Some(_), _) => "Held against the list that you chose.",
        (None, false) => {
            "Held against the list SHA256SUMS that lies beside this page. Whoever changes the page can change that list too: choose the one of the release."
        }
        (None, true) => "There is no list beside this page. Choose the one of the release.",
    };
    let files = dispatch.files.clone();
    html! {
        <section>
            <h2 class="govuk-heading-m">{ "The files, as this browser got them" }</h2>
            { parts::summary_list(&[SummaryRow {
                key: "Running",
                value: html! { { super::version(&model.about) } },
                ..SummaryRow::default()
            }]) }
            <p class="govuk-body">{ held }</p>
            { parts::table(&Table {
                id: "files",
                caption: "SHA-256 of each file",
                caption_hidden: true,
                columns: vec![Column::text("File"), Column::text("Verdict"), Column::text("SHA-256")],
                rows: rows.collect(),
                row_headers: true,
                ..Table::default()
            }) }
            <FileDrop id={SUMS_FIELD} label="The list SHA256SUMS of the release" error={stage.error}
                hint="It comes with the release, not from this host."
                on_file={dispatch.with(move |file: File| Msg::Proof(ProofMsg::ChoseSums(files.hold(file))))} />
        </section>
    }
}

fn yourself() -> Html {
    html! {
        <section class="app-measure">
            <h2 class="govuk-heading-m">{ "How to check without trusting this page" }</h2>
            <ul class="govuk-list govuk-list--bullet">
                <li>{ "Press F12, choose Network, and work: the list stays empty." }</li>
                <li>{ "Take the computer off the network once this page is open: all goes on working." }</li>
                <li>{ "In the folder that was uploaded: " }{ parts::code("sha256sum -c SHA256SUMS") }{ ", and hold that list against the one of the release." }</li>
            </ul>
        </section>
    }
}
