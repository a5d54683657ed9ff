//! Going on from a draw: what is asked before more cases are drawn or one is replaced.

use sightline::app::sampling::Msg as SamplingMsg;
use sightline::app::sampling::further::{
    Asked, Going, MORE_FIELD, Msg as FurtherMsg, REASON_FIELD, SHARE_FIELD, is_by_hand,
};
use sightline::app::sampling::plan::numbered;
use sightline::app::{Msg, Open};
use sightline::round::Sample;
use std::collections::BTreeMap;
use yew::prelude::*;

use super::parts::{self, Column, Look, Table, TextArea, TextField, Width};
use super::{Dispatch, error_of};

/// What a button of this kind says.
pub(super) fn click(dispatch: &Dispatch, msg: FurtherMsg) -> Callback<MouseEvent> {
    dispatch.click(Msg::Sampling(SamplingMsg::Further(msg)))
}

fn say<T: 'static>(dispatch: &Dispatch, msg: impl Fn(T) -> FurtherMsg + 'static) -> Callback<T> {
    dispatch.with(move |value| Msg::Sampling(SamplingMsg::Further(msg(value))))
}

/// The questions, while the person is about to draw more cases or to replace one.
pub(super) fn panel(open: &Open, dispatch: &Dispatch) -> Html {
    let (Some(going), Some(sample)) = (&open.sampling.going, &open.round.sample) else {
        return Html::default();
    };
    let (heading, text, button) = match &going.asked {
        Asked::Again => return Html::default(),
        Asked::More { .. } => (
            "Draw more cases".to_owned(),
            "The next tickets of the same draw are taken: nothing that was drawn is undrawn.",
            "Draw them",
        ),
        Asked::Replacement(case) => (
            format!("Replace case {case}"),
            "The next ticket takes its place. The case stays on the certificate with your reason, and what was written of it is kept.",
            "Replace it",
        ),
    };
    let fields = html! {
        <>
            <p class="govuk-body">{ text }</p>
            if let Asked::More { size, shares } = &going.asked {
                { how_many(size, shares, sample, open, dispatch) }
            }
            { reason("Why?", going, open, dispatch) }
            if !open.has_drawn_list() {
                <p class="govuk-body app-not-yet">
                    { "The list is not kept when the page is closed. " }
                    <a class="govuk-link" href="#/list">{ "Choose the case list again" }</a>{ " first." }
                </p>
            }
        </>
    };
    html! {
        <section class="app-panel app-measure app-no-print">
            <h2 class="govuk-heading-s app-panel__heading" id="go-on" tabindex="-1">{ heading }</h2>
            { parts::form(fields, button, say(dispatch, |()| FurtherMsg::ClickedGoOn)) }
            <p class="govuk-body">
                { parts::button(Look::Link, "Leave the sample as it is", click(dispatch, FurtherMsg::ClickedLeave)) }
            </p>
        </section>
    }
}

/// The field for the reason.
pub(super) fn reason(label: &str, going: &Going, open: &Open, dispatch: &Dispatch) -> Html {
    parts::text_area(TextArea {
        id: REASON_FIELD,
        label,
        hint: Some("It stands on the certificate, for everybody who checks the draw."),
        value: &going.reason,
        error: error_of(&open.sampling.errors, REASON_FIELD),
        rows: Some(2),
        on_input: say(dispatch, FurtherMsg::EnteredReason),
        ..TextArea::default()
    })
}

fn how_many(
    size: &str,
    shares: &BTreeMap<String, String>,
    sample: &Sample,
    open: &Open,
    dispatch: &Dispatch,
) -> Html {
    let errors = &open.sampling.errors;
    if !is_by_hand(&sample.certificate) {
        return parts::text_field(TextField {
            id: MORE_FIELD,
            label: "How many more cases?",
            value: size,
            error: error_of(errors, MORE_FIELD),
            width: Width::Characters(4),
            inputmode: Some("numeric"),
            on_input: say(dispatch, FurtherMsg::EnteredMore),
            ..TextField::default()
        });
    }
    let strata = sample.certificate.strata.iter().enumerate();
    let rows = strata.map(|(place, stratum)| {
        let name = stratum.name.clone();
        let id = numbered(SHARE_FIELD, place);
        let field = parts::cell_field(TextField {
            id: &id,
            label: &format!("More cases of {}", stratum.name),
            value: shares.get(&stratum.name).map_or("", String::as_str),
            error: error_of(errors, &id),
            width: Width::Characters(4),
            inputmode: Some("numeric"),
            on_input: say(dispatch, move |text| {
                FurtherMsg::EnteredShare(name.clone(), text)
            }),
            ..TextField::default()
        });
        vec![
            html! { <bdi>{ &stratum.name }</bdi> },
            html! { { stratum.population } },
            html! { { stratum.size } },
            field,
        ]
    });
    html! {
        <>
            { super::parts::error_message(MORE_FIELD, error_of(errors, MORE_FIELD)) }
            { parts::table(&Table {
                id: "more-of-groups",
                caption: "How many more of each group?",
                columns: vec![
                    Column::text("Group"),
                    Column::number("In the list"),
                    Column::number("Drawn at first"),
                    Column::text("More"),
                ],
                rows: rows.collect(),
                row_headers: true,
                ..Table::default()
            }) }
        </>
    }
}
