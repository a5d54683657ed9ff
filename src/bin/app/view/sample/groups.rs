//! Groups of cases that are drawn from apart: the columns that make them, how the sample is shared
//! out among them, and what each of them gets.

use sightline::app::Open;
use sightline::app::sampling::plan::columns::Use;
use sightline::app::sampling::plan::{
    BANDS_FIELD, FIGURE_FIELD, Grouping, MINIMUM_FIELD, MOST_STRATA, Msg as PlanMsg, SHARING_FIELD,
    STRATA_FIELD, Sharing, TEAMS_FIELD, numbered,
};
use sightline::desk::list::ListView;
use sightline::sample::preview::Planned;
use sightline::table::column::Kind;
use yew::prelude::*;

use super::aim::{Columns, columns, fault};
use super::{press, say};
use crate::view::parts::{self, Column, Look, Radio, Radios, Table, TextField, Width};
use crate::view::{Dispatch, error_of};

/// At most this many groups are shown one by one.
const SHOWN: usize = 60;

type Shared = (Sharing, &'static str, &'static str, &'static str);

/// How a sample is shared out: the value of the radio button, what it says and what it means.
const SHARINGS: [Shared; 4] = [
    (
        Sharing::Proportional,
        "proportional",
        "As the list is made up",
        "A group of twice the cases gets twice as many.",
    ),
    (
        Sharing::Equal,
        "equal",
        "The same number from each",
        "To compare groups with each other.",
    ),
    (
        Sharing::ByHand,
        "by-hand",
        "Numbers that I set",
        "One for each group.",
    ),
    (
        Sharing::Neyman,
        "neyman",
        "More where earlier results differed more",
        "By each group's cases and the standard deviation that an earlier round found in it (Neyman's allocation). Of a share of weak cases that is 0.3 for 10 %, 0.4 for 20 %, 0.5 for 50 %.",
    ),
];

/// All about groups.
pub(super) fn all(list: &ListView, open: &Open, dispatch: &Dispatch) -> Html {
    let stage = &open.sampling;
    let plan = &stage.plan;
    let groupings = plan.groupings.iter().enumerate();
    html! {
        <>
            { for groupings.map(|(place, it)| grouping(place, it, list, open, dispatch)) }
            if plan.groupings.len() < MOST_STRATA {
                <p class="govuk-body">
                    { parts::button(Look::Link, "Divide further by another column", press(dispatch, PlanMsg::ClickedAddGrouping)) }
                </p>
            }
            { sharing(&SHARINGS, open, dispatch) }
            if plan.sharing != Sharing::ByHand {
                { minimum(open, dispatch) }
            }
            <div aria-live="polite">{ fault(list, open) }</div>
            { table(open, dispatch) }
        </>
    }
}

/// Teams, some of which are drawn.
pub(super) fn teams(list: &ListView, open: &Open, dispatch: &Dispatch) -> Html {
    let stage = &open.sampling;
    let id = numbered(STRATA_FIELD, 0);
    let (known, _) = SHARINGS.split_at(2);
    html! {
        <>
            { columns(&Columns {
                id: &id,
                label: "A team is named by",
                hint: "",
                none: "Choose a column",
                wanted: Use::Team,
                list: &list.columns,
                chosen: stage.plan.team,
                error: error_of(&stage.errors, &id),
            }, &say(dispatch, PlanMsg::ChoseTeam)) }
            { parts::text_field(TextField {
                id: TEAMS_FIELD,
                label: "How many teams are drawn?",
                hint: Some("Two at the least, or nothing can be told beyond the team that was visited."),
                value: &stage.plan.teams,
                error: error_of(&stage.errors, TEAMS_FIELD),
                width: Width::Characters(4),
                inputmode: Some("numeric"),
                on_input: say(dispatch, PlanMsg::EnteredTeams),
                ..TextField::default()
            }) }
            { sharing(known, open, dispatch) }
            <div aria-live="polite">{ fault(list, open) }</div>
            { table(open, dispatch) }
        </>
    }
}

fn grouping(
    place: usize,
    grouping: &Grouping,
    list: &ListView,
    open: &Open,
    dispatch: &Dispatch,
) -> Html {
    let stage = &open.sampling;
    let column = grouping.column.and_then(|column| list.columns.get(column));
    let kind = column.map(|column| column.kind);
    let id = numbered(STRATA_FIELD, place);
    let (label, none) = match place {
        0 => ("Divide the list by", "Choose a column"),
        _ => ("and by", "No further column"),
    };
    let bands_id = numbered(BANDS_FIELD, place);
    let hint = match kind {
        Some(Kind::Date) => {
            "From lowest to highest, with commas between: 0-30, 31-90, 91+ days to 2026-03-31; or years to a day; or days such as 2026-01-01 to 2026-03-31."
        }
        _ => {
            "From lowest to highest, with commas between: 0-4, 5-9, 10+. Leave it empty, and each number is a group."
        }
    };
    html! {
        <>
            { columns(&Columns {
                id: &id,
                label,
                hint: "",
                none,
                wanted: Use::Strata,
                list: &list.columns,
                chosen: grouping.column,
                error: error_of(&stage.errors, &id),
            }, &say(dispatch, move |column| PlanMsg::ChoseGrouping(place, column))) }
            if matches!(kind, Some(Kind::Number | Kind::Date)) {
                { parts::text_field(TextField {
                    id: &bands_id,
                    label: "in these bands",
                    hint: Some(hint),
                    value: &grouping.bands,
                    error: error_of(&stage.errors, &bands_id),
                    on_input: say(dispatch, move |bands| PlanMsg::EnteredBands(place, bands)),
                    ..TextField::default()
                }) }
            }
        </>
    }
}

fn sharing(sharings: &[Shared], open: &Open, dispatch: &Dispatch) -> Html {
    let stage = &open.sampling;
    let of = |value: &str| SHARINGS.iter().find(|it| it.1 == value).map(|it| it.0);
    let item =
        |(_, value, label, hint): (Sharing, &'static str, &'static str, &'static str)| Radio {
            value,
            label,
            hint: Some(html! { { hint } }),
            conditional: None,
        };
    let chosen = stage.plan.sharing;
    parts::radios(Radios {
        id: SHARING_FIELD,
        legend: "How is the sample shared out?",
        error: error_of(&stage.errors, SHARING_FIELD),
        items: sharings.iter().copied().map(item).collect(),
        chosen: sharings.iter().find(|it| it.0 == chosen).map(|it| it.1),
        on_choose: say(dispatch, move |value: String| {
            PlanMsg::ChoseSharing(of(&value).unwrap_or_default())
        }),
        ..Radios::default()
    })
}

fn minimum(open: &Open, dispatch: &Dispatch) -> Html {
    let stage = &open.sampling;
    parts::text_field(TextField {
        id: MINIMUM_FIELD,
        label: "At least so many from each group",
        hint: Some("A group with fewer cases gives all of them."),
        value: &stage.plan.minimum,
        error: error_of(&stage.errors, MINIMUM_FIELD),
        width: Width::Characters(4),
        inputmode: Some("numeric"),
        on_input: say(dispatch, PlanMsg::EnteredMinimum),
        ..TextField::default()
    })
}

/// Each group with its cases and what it gets, or a field for that.
fn table(open: &Open, dispatch: &Dispatch) -> Html {
    let strata = open.sampling.strata();
    if strata.is_empty() {
        return Html::default();
    }
    let sharing = open.sampling.plan.sharing;
    let mut columns = vec![Column::text("Group"), Column::number("In the list")];
    if sharing == Sharing::Neyman {
        columns.push(Column::text("Standard deviation"));
    }
    columns.push(match sharing {
        Sharing::ByHand => Column::text("In the sample"),
        Sharing::Proportional | Sharing::Equal | Sharing::Neyman => Column::number("In the sample"),
    });
    let rows = strata.iter().take(SHOWN).enumerate();
    let rows = rows.map(|(place, stratum)| row(place, stratum, sharing, open, dispatch));
    let more = strata.len().saturating_sub(SHOWN);
    html! {
        <>
            { parts::table(&Table {
                id: "groups",
                caption: &format!("{} groups", strata.len()),
                columns,
                rows: rows.collect(),
                row_headers: true,
                total: Some(total(strata, sharing, open)),
                ..Table::default()
            }) }
            if more > 0 {
                <p class="govuk-body">{ format!("And {more} more groups. So many are too many to tell anything about: wider bands or another column make fewer.") }</p>
            }
        </>
    }
}

fn row(
    place: usize,
    stratum: &Planned,
    sharing: Sharing,
    open: &Open,
    dispatch: &Dispatch,
) -> Vec<Html> {
    let size = stratum.size.map_or("–".to_owned(), |size| size.to_string());
    let mut cells = vec![
        html! { <bdi>{ &stratum.name }</bdi> },
        html! { { stratum.population } },
    ];
    match sharing {
        Sharing::Proportional | Sharing::Equal => cells.push(html! { { size } }),
        Sharing::ByHand => cells.push(figure(place, stratum, "Cases of", open, dispatch)),
        Sharing::Neyman => {
            cells.push(figure(
                place,
                stratum,
                "Standard deviation in",
                open,
                dispatch,
            ));
            cells.push(html! { { size } });
        }
    }
    cells
}

/// A field for a group's number, in its row: the row says what it is of, a screen reader too.
fn figure(place: usize, stratum: &Planned, what: &str, open: &Open, dispatch: &Dispatch) -> Html {
    let stage = &open.sampling;
    let name = stratum.name.clone();
    let id = numbered(FIGURE_FIELD, place);
    parts::cell_field(TextField {
        id: &id,
        label: &format!("{what} {}", stratum.name),
        value: stage
            .plan
            .figures
            .get(&stratum.name)
            .map_or("", String::as_str),
        error: error_of(&stage.errors, &id),
        width: Width::Characters(5),
        inputmode: Some("decimal"),
        on_input: say(dispatch, move |figure| {
            PlanMsg::EnteredFigure(name.clone(), figure)
        }),
        ..TextField::default()
    })
}

fn total(strata: &[Planned], sharing: Sharing, open: &Open) -> Vec<Html> {
    let population: usize = strata.iter().map(|stratum| stratum.population).sum();
    let size: Option<usize> = match sharing {
        Sharing::ByHand => Some(open.sampling.plan.by_hand(strata)),
        Sharing::Proportional | Sharing::Equal | Sharing::Neyman => {
            strata.iter().map(|stratum| stratum.size).sum()
        }
    };
    let mut cells = vec![html! { { "All" } }, html! { { population } }];
    if sharing == Sharing::Neyman {
        cells.push(Html::default());
    }
    cells.push(html! { { size.map_or("–".to_owned(), |size| size.to_string()) } });
    cells
}
