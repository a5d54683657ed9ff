//! What holds for a draw of whatever method: limits for a worker or team, cases that must be
//! included, the reserve. Out of the way until it is wanted.

use sightline::app::Open;
use sightline::app::sampling::plan::columns::Use;
use sightline::app::sampling::plan::limits::{
    CAP_FIELD, CAP_MOST_FIELD, CapTyped, INCLUDE_FIELD, INCLUDE_REASON_FIELD, Msg as LimitMsg,
    RESERVE_FIELD,
};
use sightline::app::sampling::plan::{Aim, Msg as PlanMsg, numbered};
use sightline::desk::list::ListView;
use yew::prelude::*;

use super::aim::{Columns, columns, fault};
use crate::view::parts::{self, Column, Look, Table, TextArea, TextField, Width};
use crate::view::{Dispatch, error_of};

/// All of them.
pub(super) fn all(list: &ListView, open: &Open, dispatch: &Dispatch) -> Html {
    let stage = &open.sampling;
    let content = html! {
        <>
            { caps(list, open, dispatch) }
            { must_include(open, dispatch) }
            // Where nothing else is told of the plan, it is told here.
            if stage.plan.aim == Aim::SameChance {
                <div aria-live="polite">{ fault(list, open) }</div>
            }
            { parts::text_field(TextField {
                id: RESERVE_FIELD,
                label: "Cases in reserve",
                hint: Some("They take the place of cases that cannot be audited. Left empty: half the sample, and at least 5."),
                value: &stage.plan.limits.reserve,
                error: error_of(&stage.errors, RESERVE_FIELD),
                width: Width::Characters(4),
                inputmode: Some("numeric"),
                on_input: say(dispatch, LimitMsg::EnteredReserve),
                ..TextField::default()
            }) }
        </>
    };
    parts::details_open(
        "Limits, cases that must be included, reserve",
        stage.plan.limits.touched,
        content,
    )
}

fn caps(list: &ListView, open: &Open, dispatch: &Dispatch) -> Html {
    let caps = open.sampling.plan.limits.caps.iter().enumerate();
    html! {
        <>
            <h3 class="govuk-heading-s">{ "Limits" }</h3>
            <p class="govuk-body">{ "At most so many cases of one worker or one team, so that nobody bears the whole sample. Chances are then no longer equal, and the certificate names each case that was passed over." }</p>
            { for caps.map(|(place, it)| cap(place, it, list, open, dispatch)) }
            { parts::button(Look::Secondary, "Add a limit", press(dispatch, LimitMsg::ClickedAddCap)) }
        </>
    }
}

fn cap(place: usize, cap: &CapTyped, list: &ListView, open: &Open, dispatch: &Dispatch) -> Html {
    let stage = &open.sampling;
    let (id, most) = (numbered(CAP_FIELD, place), numbered(CAP_MOST_FIELD, place));
    html! {
        <fieldset class="govuk-fieldset app-item" key={place}>
            <legend class="govuk-visually-hidden">{ format!("Limit {}", place + 1) }</legend>
            <div class="app-row">
                { parts::text_field(TextField {
                    id: &most,
                    label: "At most",
                    value: &cap.most,
                    error: error_of(&stage.errors, &most),
                    width: Width::Characters(4),
                    inputmode: Some("numeric"),
                    on_input: say(dispatch, move |most| LimitMsg::EnteredCap(place, most)),
                    ..TextField::default()
                }) }
                { columns(&Columns {
                    id: &id,
                    label: "cases of each",
                    hint: "",
                    none: "Choose a column",
                    wanted: Use::Cap,
                    list: &list.columns,
                    chosen: cap.column,
                    error: error_of(&stage.errors, &id),
                }, &say(dispatch, move |column| LimitMsg::ChoseCap(place, column))) }
            </div>
            <p class="govuk-body">
                { parts::icon_button(Look::Link, "Remove", &format!("limit {}", place + 1), press(dispatch, LimitMsg::ClickedRemoveCap(place))) }
            </p>
        </fieldset>
    }
}

fn must_include(open: &Open, dispatch: &Dispatch) -> Html {
    let stage = &open.sampling;
    let rows = stage
        .plan
        .limits
        .must_include
        .iter()
        .enumerate()
        .map(|(place, case)| {
            vec![
                html! { <bdi translate="no">{ &case.id }</bdi> },
                html! { { &case.reason } },
                parts::icon_button(
                    Look::Link,
                    "Remove",
                    &case.id,
                    press(dispatch, LimitMsg::ClickedRemoveIncluded(place)),
                ),
            ]
        });
    html! {
        <>
            <h3 class="govuk-heading-s app-further">{ "Cases that must be included" }</h3>
            <p class="govuk-body">{ "They are audited whatever chance says. They are kept apart from the sample and never counted in a finding about the list." }</p>
            if !stage.plan.limits.must_include.is_empty() {
                { parts::table(&Table {
                    id: "included",
                    caption: "Cases that must be included",
                    caption_hidden: true,
                    columns: vec![Column::text("Case"), Column::text("Why"), Column::text("Change")],
                    rows: rows.collect(),
                    ..Table::default()
                }) }
            }
            { parts::text_area(TextArea {
                id: INCLUDE_FIELD,
                label: "Ids in the list, one on each line",
                value: &stage.plan.limits.ids,
                error: error_of(&stage.errors, INCLUDE_FIELD),
                rows: Some(2),
                on_input: say(dispatch, LimitMsg::EnteredIds),
                ..TextArea::default()
            }) }
            { parts::text_field(TextField {
                id: INCLUDE_REASON_FIELD,
                label: "Why must they be included?",
                value: &stage.plan.limits.reason,
                error: error_of(&stage.errors, INCLUDE_REASON_FIELD),
                on_input: say(dispatch, LimitMsg::EnteredReason),
                ..TextField::default()
            }) }
            { parts::button(Look::Secondary, "Include these cases", press(dispatch, LimitMsg::ClickedInclude)) }
        </>
    }
}

/// For whatever gives a value: tells the limits what it was.
fn say<T: 'static>(dispatch: &Dispatch, msg: impl Fn(T) -> LimitMsg + 'static) -> Callback<T> {
    super::say(dispatch, move |value| PlanMsg::Limits(msg(value)))
}

/// For a button: tells the limits that it was pressed.
fn press(dispatch: &Dispatch, msg: LimitMsg) -> Callback<MouseEvent> {
    super::press(dispatch, PlanMsg::Limits(msg))
}
