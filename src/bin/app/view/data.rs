//! Where the data is: what is kept where, and what leaves.

use sightline::app::open::Saved;
use sightline::app::{Model, Shelf};
use yew::prelude::*;

use super::parts::{self, SummaryRow};

pub(super) fn page(model: &Model) -> Html {
    let row = |key, value: String| SummaryRow {
        key,
        value: html! { { value } },
        ..SummaryRow::default()
    };
    let here = match &model.shelf {
        Shelf::Opening => "Sightline is looking.".to_owned(),
        Shelf::Ready { cards, .. } => format!(
            "{} in this browser's private storage, on this computer",
            if cards.len() == 1 {
                "1 round".to_owned()
            } else {
                format!("{} rounds", cards.len())
            }
        ),
        Shelf::Unavailable(why) => why.clone(),
    };
    let now = match model.open.as_deref().map(sightline::app::Open::saved) {
        None => "No round is open.".to_owned(),
        Some(Saved::Yes) => "All that you have written is on this computer's disk.".to_owned(),
        Some(Saved::ButForTheForm) => {
            "All but the words that wait for their button is on this computer's disk.".to_owned()
        }
        Some(Saved::OnItsWay) => "Your last words are on their way to the disk.".to_owned(),
        Some(Saved::No) => "Your last words are in memory only.".to_owned(),
    };
    html! {
        <div class="app-measure">
            { super::page_heading(model, None) }
            <p class="govuk-body-l">{ "Nothing that you load or write leaves this computer, unless you save it to a file yourself. Sightline has no server to send it to." }</p>
            { parts::summary_list(&[
                row("Rounds", here),
                row("Right now", now),
                row("This page’s address", super::proof::address(&model.about).unwrap_or("Begins with https://, or is this computer’s own: nobody on the way can change this page.").to_owned()),
                row("The case list", "Held in memory while this page is open, and never kept. Only the sampled cases, with the columns that you chose, become part of a round.".to_owned()),
                row("What you chose for a list", "Which column names a case, remembered for the next list with the same columns: names of columns only, nothing of a case. The page of the case list offers to forget it.".to_owned()),
                row("Your own forms", "Kept in this browser's private storage until you remove them, and not sealed: they hold questions. Write nothing of a case in one.".to_owned()),
                row("Encryption", "None yet in this version: whoever can use your account on this computer can read what is kept. Use made-up lists until a later version locks rounds with a passphrase.".to_owned()),
                row("Files you save", "Files go where your browser saves downloads. A round's file is sealed with its passphrase. Certificates and findings are ordinary files, not encrypted.".to_owned()),
            ]) }
            <h2 class="govuk-heading-m">{ "To remove it" }</h2>
            <p class="govuk-body">{ "Remove a round on the page " }<a class="govuk-link" href="#/">{ "All rounds" }</a>{ ". Clearing this site's data in the browser removes all of them." }</p>
        </div>
    }
}
