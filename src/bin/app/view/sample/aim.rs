//! What matters most: the methods in plain words, each with what it needs.

use sightline::app::Open;
use sightline::app::sampling::plan::columns::{Use, offered, suggested};
use sightline::app::sampling::plan::{Aim, Msg as PlanMsg, ORDER_FIELD, WEIGHT_FIELD};
use sightline::desk::list::ListView;
use sightline::table::column::Profile;
use yew::prelude::*;

use super::{groups, say};
use crate::view::parts::{self, Legend, Radio, Radios, Select};
use crate::view::{Dispatch, error_of};

/// The aims: the value of the radio button, what it says and what it means.
const AIMS: [(Aim, &str, &str, &str); 5] = [
    (
        Aim::SameChance,
        "same-chance",
        "Every case has the same chance",
        "The right choice unless you know of a reason against it.",
    ),
    (
        Aim::EveryGroup,
        "every-group",
        "Every team, category or age group is looked at",
        "The list is divided, and each part is drawn from apart: a stratified sample.",
    ),
    (
        Aim::SomeTeams,
        "some-teams",
        "Only some teams or offices are visited",
        "Chance draws the teams, then cases of these: a sample in two stages. It tells less than one of the whole list.",
    ),
    (
        Aim::ByWeight,
        "by-weight",
        "Some cases come up more often",
        "Chances follow a number in the list, such as missing episodes: a weighted sample.",
    ),
    (
        Aim::Spread,
        "spread",
        "The sample is spread evenly along an order",
        "Every so many cases of the list in order of a column, such as a date: a systematic sample.",
    ),
];

/// The choice of what matters most.
pub(super) fn choice(list: &ListView, open: &Open, dispatch: &Dispatch) -> Html {
    let chosen = open.sampling.plan.aim;
    let item = |(aim, value, label, hint): (Aim, &'static str, &'static str, &'static str)| Radio {
        value,
        label,
        hint: Some(html! { { hint } }),
        conditional: (aim == chosen)
            .then(|| needs(aim, list, open, dispatch))
            .flatten(),
    };
    let of = |value: &str| AIMS.iter().find(|it| it.1 == value).map(|it| it.0);
    parts::radios(Radios {
        id: "aim",
        legend: "What matters most?",
        look: Legend::Medium,
        items: AIMS.map(item).into(),
        chosen: AIMS.iter().find(|it| it.0 == chosen).map(|it| it.1),
        on_choose: say(dispatch, move |value: String| {
            PlanMsg::ChoseAim(of(&value).unwrap_or_default())
        }),
        ..Radios::default()
    })
}

/// What an aim needs to be told.
fn needs(aim: Aim, list: &ListView, open: &Open, dispatch: &Dispatch) -> Option<Html> {
    match aim {
        Aim::SameChance => None,
        Aim::EveryGroup => Some(groups::all(list, open, dispatch)),
        Aim::SomeTeams => Some(groups::teams(list, open, dispatch)),
        Aim::ByWeight => Some(weight(list, open, dispatch)),
        Aim::Spread => Some(order(list, open, dispatch)),
    }
}

fn weight(list: &ListView, open: &Open, dispatch: &Dispatch) -> Html {
    let stage = &open.sampling;
    let preview = stage.preview_of(&list.columns);
    let left_out = preview.map_or(0, |preview| preview.without_weight);
    html! {
        <>
            { columns(&Columns {
                id: WEIGHT_FIELD,
                label: "The number that chances follow",
                hint: "A case with twice the number comes up about twice as often. Findings of such a sample are no shares of the list.",
                none: "Choose a column",
                wanted: Use::Weight,
                list: &list.columns,
                chosen: stage.plan.weight,
                error: error_of(&stage.errors, WEIGHT_FIELD),
            }, &say(dispatch, PlanMsg::ChoseWeight)) }
            <div aria-live="polite">
                if left_out > 0 {
                    { parts::inset_text(format!("{left_out} cases have the number 0 and are never drawn.")) }
                }
                { fault(list, open) }
            </div>
        </>
    }
}

fn order(list: &ListView, open: &Open, dispatch: &Dispatch) -> Html {
    let stage = &open.sampling;
    html! {
        <>
            { columns(&Columns {
                id: ORDER_FIELD,
                label: "In order of",
                hint: "The list is put in this order as text, and then in order of the ids.",
                none: "The ids alone",
                wanted: Use::Order,
                list: &list.columns,
                chosen: stage.plan.order,
                error: error_of(&stage.errors, ORDER_FIELD),
            }, &say(dispatch, PlanMsg::ChoseOrder)) }
            <div aria-live="polite">{ fault(list, open) }</div>
        </>
    }
}

/// Why the plan as it stands cannot be drawn, while the person is still choosing.
pub(super) fn fault(list: &ListView, open: &Open) -> Html {
    let preview = open.sampling.preview_of(&list.columns);
    preview
        .and_then(|preview| preview.fault.as_ref())
        .map_or_else(Html::default, |fault| {
            html! { <p class="govuk-body app-not-yet">{ &fault.why }</p> }
        })
}

/// A choice of a column.
pub(super) struct Columns<'a> {
    pub(super) id: &'a str,
    pub(super) label: &'a str,
    pub(super) hint: &'a str,
    /// What it says while no column is chosen.
    pub(super) none: &'a str,
    pub(super) wanted: Use,
    pub(super) list: &'a [Profile],
    pub(super) chosen: Option<usize>,
    pub(super) error: Option<&'a str>,
}

/// A list of columns that serve a use, those first that this kind of list is known for.
pub(super) fn columns(field: &Columns, on_choose: &Callback<Option<usize>>) -> Html {
    let known = suggested(field.wanted, field.list);
    let offered: Vec<(String, String)> = offered(field.wanted, field.list)
        .into_iter()
        .filter_map(|column| {
            let name = &field.list.get(column)?.name;
            let often = if known.contains(&column) {
                " (often used)"
            } else {
                ""
            };
            Some((column.to_string(), format!("{name}{often}")))
        })
        .collect();
    let mut options = vec![("", field.none)];
    options.extend(
        offered
            .iter()
            .map(|(value, text)| (value.as_str(), text.as_str())),
    );
    let chosen = field
        .chosen
        .map(|column| column.to_string())
        .unwrap_or_default();
    parts::select(Select {
        id: field.id,
        label: field.label,
        hint: Some(field.hint).filter(|hint| !hint.is_empty()),
        error: field.error,
        options,
        chosen: &chosen,
        on_choose: on_choose.reform(|value: String| value.parse().ok()),
    })
}
