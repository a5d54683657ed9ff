//! Where the data is: what is kept where, how it is sealed, how long it lasts, and how to remove it.

use sightline::app::open::Saved;
use sightline::app::wipe::{Msg as WipeMsg, What};
use sightline::app::{Keeping, Model, Msg, Open, Persisted, Shelf};
use yew::prelude::*;

use super::parts::{self, Look, SummaryRow};
use super::{Dispatch, day};

pub(super) fn page(model: &Model, dispatch: &Dispatch) -> Html {
    let row = |key, value: String| SummaryRow {
        key,
        value: html! { { value } },
        ..SummaryRow::default()
    };
    let open = model.open.as_deref();
    html! {
        <div class="app-measure">
            { super::page_heading(model, None) }
            <p class="govuk-body-l">{ "Nothing that you load or write leaves this computer, unless you save it to a file yourself. Sightline has no server to send it to." }</p>
            { trouble(model) }
            { parts::summary_list(&[
                row("Rounds", rounds(model)),
                row("Right now", now(model, open)),
                row("Encryption", sealed(open)),
                row("Last file", file(model, open)),
                row("How long", persisted(model).to_owned()),
                row("This page’s address", super::proof::address(&model.about).unwrap_or("Begins with https://, or is this computer’s own: nobody on the way can change this page.").to_owned()),
                row("The case list", "Held in memory while this page is open, and never kept. Only the sampled cases, with the columns that you chose, become part of a round.".to_owned()),
                row("What you chose for a list", "Which column names a case, remembered for the next list with the same columns; and, if you ticked it, who is in, with the values and days that you chose. It is not sealed, and holds no case. The page of the case list offers to forget it.".to_owned()),
                row("Your own forms", "Kept in this browser's private storage until you remove them, and not sealed: they hold questions. Write nothing of a case in one.".to_owned()),
                row("In plain", "When a round was opened, how many entries it has, your settings, and when rounds were last saved to files: nothing of a case and no name.".to_owned()),
                row("Files you save", "Files go where your browser saves downloads. A round’s file is sealed with its passphrase. Certificates, findings and the trail are ordinary files, not encrypted.".to_owned()),
            ]) }
            if matches!(model.persisted, Some(Persisted::NotYet | Persisted::Refused)) {
                <p class="govuk-body">{ "A browser may clear what pages keep when the disk is nearly full. It can be asked not to do that here. Some browsers ask you back, others decide by how often you come." }</p>
                { parts::button(Look::Secondary, "Ask the browser to keep it", dispatch.click(Msg::ClickedPersist)) }
                if model.persisted == Some(Persisted::Refused) {
                    <p class="govuk-body" role="status">{ "The browser did not promise it. Your work is kept all the same, in two places; save the round to a file now and then." }</p>
                }
            }
            <h2 class="govuk-heading-m">{ "To remove it" }</h2>
            <p class="govuk-body">{ "Remove one round on the page " }<a class="govuk-link" href="#/">{ "All rounds" }</a>{ ", or everything here. With a round its key is destroyed: what the disk may still hold of it cannot be read any more. Clearing this site’s data in the browser removes all, too." }</p>
            { parts::button(Look::Secondary, "Remove everything", dispatch.click(Msg::Wipe(WipeMsg::Clicked(What::Everything)))) }
        </div>
    }
}

/// What is wrong with a place.
fn trouble(model: &Model) -> Html {
    match &model.shelf {
        Shelf::Opening => Html::default(),
        Shelf::Unavailable(why) => parts::warning_text(why),
        Shelf::Ready { trouble, .. } => {
            html! { { for trouble.iter().map(|text| parts::warning_text(text)) } }
        }
    }
}

fn rounds(model: &Model) -> String {
    match &model.shelf {
        Shelf::Opening => "Sightline is looking.".to_owned(),
        Shelf::Unavailable(_) => "None is kept in this browser.".to_owned(),
        Shelf::Ready { cards, places, .. } => {
            let count = match cards.len() {
                0 => "None yet".to_owned(),
                1 => "1 round".to_owned(),
                count => format!("{count} rounds"),
            };
            let places = match places.as_slice() {
                [] => String::new(),
                [one] => format!(" Only one place works here: {one}."),
                several => format!(
                    " Each word is written to both, and read again at each start; if one place is lost, it is put back from the other: {}.",
                    several.join(" and ")
                ),
            };
            format!("{count}, in this browser’s own storage on this computer.{places}")
        }
    }
}

fn now(model: &Model, open: Option<&Open>) -> String {
    match open.map(Open::saved) {
        None => "No round is open.",
        Some(Saved::Yes) => "All that you have written is on this computer’s disk.",
        Some(Saved::OnItsWay) => "Your last words are on their way to the disk.",
        Some(Saved::No) => "Your last words are in memory only.",
        Some(Saved::Memory) if model.is_unsaved() => {
            "This round is in memory only, and in no file: it is gone when the page is closed."
        }
        Some(Saved::Memory) => "This round is in memory, and a file has all of it.",
        Some(Saved::Along) => "Another tab writes this round; this one reads along.",
    }
    .to_owned()
}

fn sealed(open: Option<&Open>) -> String {
    match open {
        Some(open) if open.keeping == Keeping::Memory => {
            "Nothing of this round is kept, so there is nothing to seal."
        }
        Some(open) if open.round.made_up => {
            "This trial holds made-up cases, and its key lies open beside it. Your own rounds are sealed."
        }
        Some(_) | None => {
            "Each entry is sealed by itself (XChaCha20-Poly1305) under a key that the round’s passphrase opens (scrypt). Neither passphrase nor key is kept. Without one, not even a round’s name can be read."
        }
    }
    .to_owned()
}

fn file(model: &Model, open: Option<&Open>) -> String {
    let Some(open) = open else {
        return "No round is open.".to_owned();
    };
    let entries = open.lines().len();
    match model.settings.files.get(&open.id.0) {
        None => "This round was never saved to a file from this browser.".to_owned(),
        Some(file) if file.entries == entries => {
            format!("{}, with all that the round has.", day::of(file.at))
        }
        Some(file) => format!(
            "{}, with {} of the {entries} entries that the round has now.",
            day::of(file.at),
            file.entries
        ),
    }
}

fn persisted(model: &Model) -> &'static str {
    match model.persisted {
        None => "The browser has not said yet.",
        Some(Persisted::Yes) => {
            "Until you remove it: the browser has promised not to clear it by itself. In a private window it is gone with the window."
        }
        Some(Persisted::NotYet | Persisted::Refused) => {
            "Until you remove it, or the browser clears it because the disk is nearly full. In a private window it is gone with the window."
        }
        Some(Persisted::Unknown) => {
            "Until you remove it, or the browser clears it. This browser cannot be asked to keep it: its address may not begin with https."
        }
    }
}
