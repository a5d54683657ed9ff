//! How the open round is kept, on every page: in the header, and what is to be known and done about it.

use sightline::app::locking::Msg as LockingMsg;
use sightline::app::open::Saved as HowSaved;
use sightline::app::{Keeping, Model, Msg, Open, Route};
use yew::prelude::*;

use super::parts::{self, Banner, Look, Saved, SavedIndicator};
use super::{Dispatch, day, settle};

/// How old a file may be, in milliseconds, before a newer one is asked for.
const OLD: i64 = 24 * 60 * 60 * 1000;
/// How many entries may be in no file before one is asked for.
const MANY: usize = 40;

/// The round's name, whether the work is kept, and locking, at the right of the header.
pub(super) fn aside(model: &Model, dispatch: &Dispatch) -> Html {
    let Some(open) = model.open.as_deref() else {
        return Html::default();
    };
    let state = match open.saved() {
        HowSaved::Yes => Saved::Saved(None),
        HowSaved::OnItsWay => Saved::Saving,
        HowSaved::No => Saved::NotSaved(open.saving.failed.clone().unwrap_or_default().into()),
        HowSaved::Memory if model.is_unsaved() => Saved::InMemory,
        HowSaved::Memory => Saved::InFile,
        HowSaved::Along => Saved::ReadingAlong,
    };
    html! {
        <>
            <a class="app-header__round" href="#/round" translate="no">{ &open.round.title }</a>
            <SavedIndicator {state} />
            if model.can_lock() {
                <button type="button" class="app-header__lock" onclick={dispatch.click(Msg::Locking(LockingMsg::ClickedLock))}>
                    { "Lock" }<span class="govuk-visually-hidden">{ " the round now" }</span>
                </button>
            }
        </>
    }
}

/// What only the tab that writes may change: still to be read in the others.
pub(super) fn only_to_write(open: &Open, content: Html) -> Html {
    if open.keeping == Keeping::Along {
        html! { <fieldset class="app-along" disabled={true}>{ content }</fieldset> }
    } else {
        content
    }
}

/// Whether all that the page shows is [`only_to_write`]. Pages of a case say it of a part of them, as what
/// scrolls beside must stay in reach.
pub(super) fn is_read_only(model: &Model) -> bool {
    let along = model.open.as_ref();
    along.is_some_and(|open| open.keeping == Keeping::Along)
        && model.route.needs_round()
        && !matches!(
            model.route,
            Route::Round
                | Route::Trail
                | Route::Findings
                | Route::SaveFile
                | Route::Certificate
                | Route::ListRows
                | Route::Case(_)
                | Route::Section(..)
                | Route::Check(_)
        )
}

/// What is to be known of the round that is open, whichever page of it is shown.
pub(super) fn told(model: &Model, open: &Open, dispatch: &Dispatch) -> Html {
    html! {
        <>
            { not_kept(model, open, dispatch) }
            { along(open, dispatch) }
            { in_memory(model, open) }
            { set_aside(open) }
            { mended(model, open) }
            { settle::banner(model, open) }
            { nudge(model, open) }
        </>
    }
}

/// What is to be known and done while the store cannot keep the work.
fn not_kept(model: &Model, open: &Open, dispatch: &Dispatch) -> Html {
    let Some(why) = open.saving.failed.as_deref().filter(|_| open.is_kept()) else {
        return Html::default();
    };
    let once = open.saving.once > open.saving.stored;
    let content = html! {
        <>
            <p class="govuk-body">{ why }</p>
            <p class="govuk-body">
                if once {
                    { "It is in one of the two places where it should be. " }
                }
                { "What you write stays on this page while it is open, and you can go on working. Before you close it, " }
                <a class="govuk-link" href="#/save">{ "save the round to a file" }</a>{ "." }
                if model.locking.due {
                    { " The page is locked as soon as that cannot lose anything." }
                }
            </p>
            { parts::button(Look::Secondary, "Try to save again", dispatch.click(Msg::ClickedStoreAgain)) }
        </>
    };
    parts::notification_banner(
        Banner::Urgent,
        "not-saved",
        "Your latest work is not saved on this computer",
        content,
    )
}

/// That another tab writes.
fn along(open: &Open, dispatch: &Dispatch) -> Html {
    if open.keeping != Keeping::Along {
        return Html::default();
    }
    let content = html! {
        <>
            <p class="govuk-body">{ "This tab reads along: what the other one writes shows here. Nothing can be changed here meanwhile." }</p>
            <p class="govuk-body">{ "If you take over, the other tab reads along from then on. Whatever it had not passed on yet is kept, and shown to you to be settled." }</p>
            { parts::button(Look::Secondary, "Write here instead", dispatch.click(Msg::ClickedTakeOver)) }
        </>
    };
    parts::notification_banner(
        Banner::Important,
        "along",
        "Another tab writes in this round",
        content,
    )
}

/// That the round is in memory only.
fn in_memory(model: &Model, open: &Open) -> Html {
    if open.keeping != Keeping::Memory {
        return Html::default();
    }
    let content = html! {
        <p class="govuk-body">
            { "Nothing of it is kept on this computer: it is gone when this page is closed or loaded anew. " }
            if model.is_unsaved() {
                <a class="govuk-link" href="#/save">{ "Save the round to a file" }</a>{ " from time to time, and before you close the page." }
            } else {
                { "A file that you saved has all of it." }
            }
        </p>
    };
    parts::notification_banner(
        Banner::Important,
        "in-memory",
        "This round is in memory only",
        content,
    )
}

/// That a part of the journal could not be read, while the round is open.
fn set_aside(open: &Open) -> Html {
    if open.found.damaged == 0 {
        return Html::default();
    }
    let content = html! {
        <p class="govuk-body">
            { format!(
                "{} bytes could be read in neither place, after a crash or because the disk is damaged. The {} entries that could be read are here: check the last answers that you remember giving.",
                open.found.damaged, open.lines().len(),
            ) }
        </p>
    };
    parts::notification_banner(
        Banner::Important,
        "set-aside",
        "A part of this round’s journal could not be read",
        content,
    )
}

/// What is wrong with a place, or was and has been put right; told on the round's own page.
fn mended(model: &Model, open: &Open) -> Html {
    if model.route != Route::Round || (open.found.healed == 0 && open.found.trouble.is_empty()) {
        return Html::default();
    }
    html! {
        <div class="app-measure">
            { for open.found.trouble.iter().map(|text| parts::warning_text(text)) }
            if open.found.healed > 0 {
                { parts::inset_text("One of the two places where the round is kept had lost a part of it, which was put back from the other. Nothing is missing. Should this come again, save the round to a file and tell IT: the disk may be failing.") }
            }
        </div>
    }
}

/// Reminds of a file, on the round's own page, where much of the round is in none.
fn nudge(model: &Model, open: &Open) -> Html {
    if model.route != Route::Round || !open.is_kept() || open.round.made_up {
        return Html::default();
    }
    let entries = open.lines().len();
    let last = open.entries().last().map_or(0, |entry| entry.at);
    let told = match model.settings.files.get(&open.id.0) {
        None if entries >= MANY => {
            "This round is on this computer only. Save it to a file now and then, on a drive that IT backs up.".to_owned()
        }
        Some(file) if entries > file.entries && last - file.at > OLD => format!(
            "The last file of this round is of {}, and has {} of its {entries} entries.",
            day::of(file.at),
            file.entries
        ),
        Some(_) | None => return Html::default(),
    };
    html! {
        <div class="app-measure">
            { parts::inset_text(html! { <>{ told }{ " " }<a class="govuk-link" href="#/save">{ "Save it to a file" }</a></> }) }
        </div>
    }
}
