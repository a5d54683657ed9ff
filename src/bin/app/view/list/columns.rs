//! What each column of the list holds: its kind, how filled and how varied it is, its commonest
//! values with bars, its first and last day.

use sightline::app::Open;
use sightline::desk::list::ListView;
use sightline::desk::list::rows::COLUMNS;
use sightline::table::column::{Kind, Profile, Value};
use yew::prelude::*;

use super::super::parts::{self, Column, Table};
use super::super::{Dispatch, day};
use super::{figure, rows};

/// How many of a column's commonest values are shown.
const TOP: usize = 5;

pub(super) fn page(open: &Open, view: &ListView, dispatch: &Dispatch) -> Html {
    let first = open.list.rows.asked.first_column;
    let columns = view.columns.iter().zip(&view.letters);
    let lines = columns.skip(first).take(COLUMNS).map(|(column, letters)| {
        vec![
            html! { <><span class="app-letters">{ letters }</span>{ " " }<bdi>{ &column.name }</bdi></> },
            html! { { kind(column.kind) } },
            filled(column, view.rows),
            html! { { figure(column.distinct) } },
            holds(column),
        ]
    });
    html! {
        <>
            { rows::columns_shown(view.columns.len(), first, dispatch) }
            { parts::table(&Table {
                id: "columns",
                caption: "Columns",
                caption_hidden: true,
                columns: vec![
                    Column::text("Column"),
                    Column::text("Kind"),
                    Column::number("Filled"),
                    Column::number("Different values"),
                    Column::text("What it holds"),
                ],
                rows: lines.collect(),
                row_headers: true,
                ..Table::default()
            }) }
            { parts::button_link(parts::Look::Secondary, "Back to the case list", "#/list") }
        </>
    }
}

/// How many cells are filled, and of how many, if some are not.
fn filled(column: &Profile, rows: usize) -> Html {
    html! {
        <>
            { figure(column.filled) }
            if column.filled < rows {
                <span class="app-of">{ format!(" of {}", figure(rows)) }</span>
            }
        </>
    }
}

fn holds(column: &Profile) -> Html {
    if let Some((first, last)) = &column.dates {
        return html! { { format!("{} to {}", day::written(first), day::written(last)) } };
    }
    match column.kind {
        Kind::YesNo | Kind::Category => top(column),
        Kind::Id | Kind::Date | Kind::Number | Kind::Text | Kind::Empty => {
            html! { <bdi translate="no">{ column.samples.join(", ") }</bdi> }
        }
    }
}

/// The commonest values, each with a bar that is as long as it is common.
fn top(column: &Profile) -> Html {
    let most = column.top.first().map_or(1, |value| value.count);
    let shown = column.top.len().min(TOP);
    let values = column.top.iter().take(TOP).map(|value| bar(value, most));
    let others = column.distinct.saturating_sub(shown);
    html! {
        <>
            <ul class="app-values">{ for values }</ul>
            if others > 0 {
                <span class="app-of">{ format!("and {} more", figure(others)) }</span>
            }
        </>
    }
}

fn bar(value: &Value, most: usize) -> Html {
    let share = value.count.saturating_mul(100) / most.max(1);
    html! {
        <li class="app-values__item">
            <bdi class="app-values__text" translate="no">{ &value.text }</bdi>
            <svg class="app-values__bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect width={share.max(1).to_string()} height="10" />
            </svg>
            <span class="app-values__count">{ figure(value.count) }</span>
        </li>
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Empty => "Empty",
        Kind::Id => "Id",
        Kind::Number => "Number",
        Kind::Date => "Date",
        Kind::YesNo => "Yes or no",
        Kind::Category => "Category",
        Kind::Text => "Text",
    }
}
