//! A list at a glance: its columns, and its first rows.

use sightline::desk::list::ListView;
use sightline::table::column::{Kind, Profile};
use yew::prelude::*;

use super::parts::{self, Column, Table};

/// Each column's kind, how filled and how varied it is, and some of its values.
pub(super) fn columns(profiles: &[Profile]) -> Html {
    let header = |header, numeric| Column { header, numeric };
    let rows = profiles.iter().map(|column| {
        vec![
            html! { <bdi>{ &column.name }</bdi> },
            html! { { kind(column.kind) } },
            html! { { column.filled } },
            html! { { column.distinct } },
            html! { <bdi translate="no">{ column.samples.join(", ") }</bdi> },
        ]
    });
    parts::table(&Table {
        id: "columns",
        caption: "Columns",
        columns: vec![
            header("Column", false),
            header("Kind", false),
            header("Filled", true),
            header("Different values", true),
            header("For example", false),
        ],
        rows: rows.collect(),
        row_headers: true,
        ..Table::default()
    })
}

/// The first rows.
pub(super) fn rows(view: &ListView) -> Html {
    let columns = view.columns.iter().map(|column| Column {
        header: &column.name,
        numeric: false,
    });
    let cell = |text: &String| html! { <bdi translate="no">{ text }</bdi> };
    parts::table(&Table {
        id: "preview",
        caption: "First rows",
        columns: columns.collect(),
        rows: view
            .preview
            .iter()
            .map(|row| row.iter().map(cell).collect())
            .collect(),
        ..Table::default()
    })
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
