//! The bar at the foot of every page of a case: where one is in the round, undo and redo, the
//! shortcuts, and the way to an immediate safeguarding concern. The keys do what its buttons do.

use sightline::app::audit::{Msg as AuditMsg, Way};
use sightline::app::{Model, Msg, Open, Route};
use sightline::review::CaseNumber;
use yew::prelude::*;

use super::Dispatch;
use super::parts::{self, Keys, Look, Shortcut};

/// The bar, and what listens to the keys.
pub(super) fn bar(model: &Model, open: &Open, dispatch: &Dispatch) -> Html {
    let number = model.route.case_number();
    let Some(number) = number.filter(|number| open.round.case(*number).is_some()) else {
        return Html::default();
    };
    let page = Route::Concern(number);
    let actions = html! {
        <>
            if model.route != page && !is_signed(open, number) {
                { turning(open, number, dispatch) }
            }
            <span class="app-bar__keys">
                { parts::button(Look::Link, "Keyboard shortcuts", say(dispatch, AuditMsg::ShowedShortcuts(true))) }
            </span>
            if model.route != page {
                { parts::button_link(Look::Warning, "Immediate safeguarding concern", &page.to_string()) }
            }
        </>
    };
    html! {
        <>
            { parts::action_bar(told(open, number), place(open, number), actions) }
            { shortcuts(open, dispatch) }
            { keys(model, open, number, dispatch) }
        </>
    }
}

fn say(dispatch: &Dispatch, msg: AuditMsg) -> Callback<MouseEvent> {
    dispatch.click(Msg::Audit(msg))
}

fn is_signed(open: &Open, number: CaseNumber) -> bool {
    let review = open.round.reviews.get(&number);
    review.is_some_and(|review| review.signed.is_some())
}

/// Which case of how many this is, how many are signed, and the cases before and after it.
fn place(open: &Open, number: CaseNumber) -> Html {
    let cases = open.round.cases();
    let signed = cases.iter().filter(|case| is_signed(open, case.number));
    let link = |route: Option<Route>, text: &'static str, more: &'static str| {
        route.map(|route| {
            html! {
                <a class="govuk-link" href={route.to_string()}>
                    { text }<span class="app-bar__more">{ more }</span>
                </a>
            }
        })
    };
    html! {
        <nav class="app-bar__cases" aria-label="Cases">
            <span>
                { format!("Case {number} of {}", cases.len()) }
                <span class="app-bar__more">{ format!(", {} signed", signed.count()) }</span>
            </span>
            { link(near(open, number, -1), "Previous", " case") }
            { link(near(open, number, 1), "Next", " case") }
            { link(Some(Route::Cases), "All", " cases") }
        </nav>
    }
}

/// The case that many places on.
fn near(open: &Open, number: CaseNumber, step: isize) -> Option<Route> {
    let cases = open.round.cases();
    let at = cases.iter().position(|case| case.number == number)?;
    let case = cases.get(at.checked_add_signed(step)?)?;
    Some(Route::Case(case.number))
}

fn turning(open: &Open, number: CaseNumber, dispatch: &Dispatch) -> Html {
    let turn = |text: &'static str, can: bool, keys: &'static str, msg| {
        html! {
            <button type="button" class="govuk-button govuk-button--secondary" aria-keyshortcuts={keys}
                aria-disabled={(!can).then_some("true")} onclick={say(dispatch, msg)}>{ text }</button>
        }
    };
    html! {
        <div class="app-bar__turning">
            { turn("Undo", open.can_undo(number), "Control+Z", AuditMsg::ClickedUndo(number)) }
            { turn("Redo", open.can_redo(number), "Control+Shift+Z", AuditMsg::ClickedRedo(number)) }
        </div>
    }
}

/// What was undone or done again, with the way to it. It stands on the page from the start, so that a
/// screen reader tells of it.
fn told(open: &Open, number: CaseNumber) -> Html {
    let told = open.audit.told.as_ref().filter(|told| told.case == number);
    html! {
        <div class="app-told" role="status" aria-live="polite">
            if let Some(told) = told {
                <p class="app-told__text govuk-width-container">
                    <span translate="no">{ &told.text }</span>{ " " }
                    <a class="govuk-link" href={told.address.clone()}>{ "Show it" }</a>
                </p>
            }
        </div>
    }
}

/// All that the keyboard can do, over the page.
fn shortcuts(open: &Open, dispatch: &Dispatch) -> Html {
    let rows = Shortcut::ALL.map(|shortcut| {
        html! {
            <tr class="govuk-table__row">
                <th scope="row" class="govuk-table__header">{ shortcut.does() }</th>
                <td class="govuk-table__cell">{ for shortcut.keys().iter().map(|key| html! { <kbd class="app-key">{ *key }</kbd> }) }</td>
            </tr>
        }
    });
    html! {
        <parts::Dialog id="shortcuts" open={open.audit.shortcuts} title="Keyboard shortcuts"
            on_close={dispatch.with(|()| Msg::Audit(AuditMsg::ShowedShortcuts(false)))}>
            <table class="govuk-table">
                <caption class="govuk-visually-hidden">{ "What each shortcut does" }</caption>
                <tbody class="govuk-table__body">{ for rows }</tbody>
            </table>
            <p class="govuk-body">
                { "On a Mac, press Command in place of Ctrl. Tab goes from field to field, the arrow keys from grade to grade, and Space ticks." }
            </p>
            { parts::button_group(parts::button(Look::Primary, "Close", say(dispatch, AuditMsg::ShowedShortcuts(false)))) }
        </parts::Dialog>
    }
}

/// What listens to the keys.
fn keys(model: &Model, open: &Open, number: CaseNumber, dispatch: &Dispatch) -> Html {
    let section = if let Route::Section(_, section) = &model.route {
        Some(section.clone())
    } else {
        None
    };
    let beside = |way| {
        let section = section.clone()?;
        Some(AuditMsg::AskedForSection(number, section, way))
    };
    let msg_of = |shortcut: Shortcut| match shortcut {
        Shortcut::Undo => Some(AuditMsg::ClickedUndo(number)),
        Shortcut::Redo => Some(AuditMsg::ClickedRedo(number)),
        Shortcut::Continue => {
            let section = section.clone()?;
            Some(AuditMsg::ClickedContinue(number, section))
        }
        Shortcut::NextSection => beside(Way::After),
        Shortcut::PreviousSection => beside(Way::Before),
        Shortcut::NextCase => near(open, number, 1).map(AuditMsg::AskedFor),
        Shortcut::PreviousCase => near(open, number, -1).map(AuditMsg::AskedFor),
        Shortcut::Concern => Some(AuditMsg::AskedFor(Route::Concern(number))),
        Shortcut::List => Some(AuditMsg::ShowedShortcuts(true)),
    };
    let offered: Vec<(Shortcut, AuditMsg)> = Shortcut::ALL
        .into_iter()
        .filter_map(|shortcut| Some((shortcut, msg_of(shortcut)?)))
        .collect();
    let able: Vec<Shortcut> = offered.iter().map(|(shortcut, _)| *shortcut).collect();
    let pressed = dispatch.with(move |pressed: Shortcut| {
        let found = offered.iter().find(|(shortcut, _)| *shortcut == pressed);
        // A key that means nothing here is not listened to.
        let msg = found.map_or(AuditMsg::PausedTyping, |(_, msg)| msg.clone());
        Msg::Audit(msg)
    });
    html! { <Keys {able} on_press={pressed} /> }
}
