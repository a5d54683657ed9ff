//! What a case is: a child, an event or a family, with what that means for the list.

use sightline::app::Msg;
use sightline::app::list::Msg as ListMsg;
use sightline::app::list::unit::{CaseUnit, Msg as UnitMsg};
use sightline::desk::list::ListView;
use sightline::frame::annex_a::Unit;
use yew::prelude::*;

use super::super::Dispatch;
use super::super::parts::{self, Radio, Radios, Select};

/// The id of the field for the column that names a case.
pub(super) const ID_FIELD: &str = "unit-column";

const CHILD: &str = "child";
const EVENT: &str = "event";
const FAMILY: &str = "family";

/// The question, with the column that names a case. For a list of children it stands a step
/// further: a case is a child unless a person says otherwise.
pub(super) fn choice(view: &ListView, unit: CaseUnit, dispatch: &Dispatch) -> Html {
    let events = view
        .annex
        .as_ref()
        .is_some_and(|annex| annex.unit == Unit::Event);
    let kinds = kinds(unit.unit, dispatch);
    html! {
        <>
            if events {
                { parts::inset_text("This is a list of events: the same child may stand on several rows. Say whether a case is the child or the event.") }
            }
            if events || unit.unit != Unit::Child {
                { kinds }
                { id_column(view, unit, dispatch) }
            } else {
                { id_column(view, unit, dispatch) }
                { parts::details("Is a case an event or a family, rather than a child?", kinds) }
            }
        </>
    }
}

fn kinds(chosen: Unit, dispatch: &Dispatch) -> Html {
    let item = |value, label, hint: &str| Radio {
        hint: Some(html! { { hint.to_owned() } }),
        ..Radio::new(value, label)
    };
    let send = dispatch.to.clone();
    parts::radios(Radios {
        id: "unit",
        legend: "What is a case?",
        items: vec![
            item(
                CHILD,
                "A child",
                "Each child counts once. Further rows of the same child are left out, and counted.",
            ),
            item(
                EVENT,
                "An event, such as a referral",
                "A child with three referrals is three cases. A second column tells the events apart.",
            ),
            item(
                FAMILY,
                "A family",
                "Brothers and sisters count once, by a column that names the family.",
            ),
        ],
        chosen: Some(match chosen {
            Unit::Child => CHILD,
            Unit::Event => EVENT,
            Unit::Family => FAMILY,
        }),
        on_choose: Callback::from(move |value: String| {
            let unit = match value.as_str() {
                EVENT => Unit::Event,
                FAMILY => Unit::Family,
                _ => Unit::Child,
            };
            send.emit(said(UnitMsg::ChoseUnit(unit)));
        }),
        ..Radios::default()
    })
}

fn id_column(view: &ListView, unit: CaseUnit, dispatch: &Dispatch) -> Html {
    let label = match unit.unit {
        Unit::Child => "Which column names each case?",
        Unit::Event => "Which column names the child?",
        Unit::Family => "Which column names the family?",
    };
    let hint = if view.guess.is_some() && view.guess == unit.id {
        "Sightline took the column that looks like it. Check that this is right."
    } else {
        "Every case needs an id of its own, such as Child Unique ID."
    };
    html! {
        <>
            { column(ID_FIELD, label, hint, view, unit.id, dispatch, UnitMsg::ChoseId) }
            if unit.unit == Unit::Event {
                { column("event-column", "Which column tells the events of a child apart?",
                    "As a rule the day of the event. Rows with the same child and the same event are left out, and counted.",
                    view, unit.event, dispatch, UnitMsg::ChoseEvent) }
            }
        </>
    }
}

fn column(
    id: &str,
    label: &str,
    hint: &str,
    view: &ListView,
    chosen: Option<usize>,
    dispatch: &Dispatch,
    chose: fn(usize) -> UnitMsg,
) -> Html {
    let values: Vec<String> = (0..view.columns.len()).map(|at| at.to_string()).collect();
    let names = view.columns.iter().map(|column| column.name.as_str());
    let mut options = vec![("", "Choose a column")];
    options.extend(values.iter().map(String::as_str).zip(names));
    let chosen = chosen.map(|at| at.to_string()).unwrap_or_default();
    let send = dispatch.to.clone();
    parts::select(Select {
        id,
        label,
        hint: Some(hint),
        options,
        chosen: &chosen,
        on_choose: Callback::from(move |value: String| {
            if let Ok(column) = value.parse() {
                send.emit(said(chose(column)));
            }
        }),
        ..Select::default()
    })
}

fn said(msg: UnitMsg) -> Msg {
    Msg::List(ListMsg::Unit(msg))
}
