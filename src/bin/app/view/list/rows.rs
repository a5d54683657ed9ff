//! The rows of the list: a page at a time, sorted by a column, searched.

use sightline::app::list::Msg as ListMsg;
use sightline::app::list::rows::{Msg as RowsMsg, PER_PAGE, Stage, Turn};
use sightline::app::{Msg, Open};
use sightline::desk::Subject;
use sightline::desk::list::ListView;
use sightline::desk::list::rows::{COLUMNS, Row, RowsView};
use yew::prelude::*;

use super::super::Dispatch;
use super::super::parts::{self, Column, Look, Select, Sorting, Table, TextField};
use super::figure;

pub(super) fn page(open: &Open, view: &ListView, dispatch: &Dispatch) -> Html {
    let stage = &open.list.rows;
    html! {
        <>
            { search(stage, dispatch) }
            <p class="govuk-body app-look" role="status">
                { if open.awaits(Subject::Rows) { "Looking through the list…".to_owned() } else { told(stage) } }
            </p>
            { columns_shown(view.columns.len(), stage.asked.first_column, dispatch) }
            if let Some(shown) = &stage.shown {
                { table(view, shown, dispatch) }
                { pages(stage, shown, dispatch) }
            }
            { parts::button_link(Look::Secondary, "Back to the case list", "#/list") }
        </>
    }
}

/// The first rows, under what was read.
pub(super) fn first(view: &ListView) -> Html {
    parts::table(&Table {
        id: "preview",
        caption: "First rows",
        columns: headers(view, 0),
        rows: view.preview.iter().map(cells).collect(),
        row_headers: true,
        ..Table::default()
    })
}

/// Which columns are shown, and the way to the others, of a list that is wider than can be shown.
pub(super) fn columns_shown(all: usize, first: usize, dispatch: &Dispatch) -> Html {
    if all <= COLUMNS {
        return Html::default();
    }
    let turn = |turn| dispatch.click(rows(RowsMsg::ClickedColumns(turn)));
    let last = all.min(first + COLUMNS);
    html! {
        <div class="app-pages">
            { parts::icon_button(Look::Secondary, "Previous", "columns", turn(Turn::Previous)) }
            <span class="app-pages__here">{ format!("Columns {} to {last} of {}", first + 1, figure(all)) }</span>
            { parts::icon_button(Look::Secondary, "Next", "columns", turn(Turn::Next)) }
        </div>
    }
}

fn search(stage: &Stage, dispatch: &Dispatch) -> Html {
    let field = parts::text_field(TextField {
        id: "search",
        label: "Find rows that hold",
        hint: Some("In any column, whatever the capitals."),
        value: &stage.search,
        width: parts::Width::Characters(30),
        on_input: dispatch.with(|text| rows(RowsMsg::EnteredSearch(text))),
        ..TextField::default()
    });
    html! {
        <div class="app-search">
            { parts::form(field, "Find", dispatch.with(|()| rows(RowsMsg::ClickedSearch))) }
            if !stage.asked.search.is_empty() {
                { parts::button(Look::Secondary, "Show all rows", dispatch.click(rows(RowsMsg::ClickedClear))) }
            }
        </div>
    }
}

/// Which rows are shown, and of how many.
fn told(stage: &Stage) -> String {
    let Some(shown) = &stage.shown else {
        return String::new();
    };
    let asked = &shown.asked;
    let (first, last) = (asked.from + 1, asked.from + shown.rows.len());
    let what = if asked.search.is_empty() {
        String::new()
    } else {
        format!(" that hold “{}”", asked.search)
    };
    if shown.found == 0 {
        return format!("No rows{what}.");
    }
    let [first, last, found] = [first, last, shown.found].map(figure);
    format!("Rows {first} to {last} of {found}{what}.")
}

fn table(view: &ListView, shown: &RowsView, dispatch: &Dispatch) -> Html {
    let first = shown.asked.first_column;
    // The first column of the table is that of the rows' numbers.
    let by = shown.asked.sort.and_then(|sort| {
        let at = (sort.column + 1).checked_sub(first)?;
        Some((at, sort.direction))
    });
    let on_sort =
        dispatch.with(move |at: usize| rows(RowsMsg::ClickedSort(first + at.saturating_sub(1))));
    parts::table(&Table {
        id: "rows",
        caption: "Rows",
        caption_hidden: true,
        columns: headers(view, first),
        rows: shown.rows.iter().map(cells).collect(),
        row_headers: true,
        sorting: Some(Sorting { by, on_sort }),
        ..Table::default()
    })
}

fn pages(stage: &Stage, shown: &RowsView, dispatch: &Dispatch) -> Html {
    let turn = |turn| dispatch.click(rows(RowsMsg::ClickedPage(turn)));
    let per_page = PER_PAGE.map(|count| count.to_string());
    let size = stage.asked.count.max(1);
    let here = figure(stage.asked.from / size + 1);
    let all = figure(shown.found.div_ceil(size).max(1));
    let on_choose = dispatch.to.clone();
    html! {
        <nav class="app-pages" aria-label="Pages of rows">
            { parts::icon_button(Look::Secondary, "First", "page", turn(Turn::First)) }
            { parts::icon_button(Look::Secondary, "Previous", "page", turn(Turn::Previous)) }
            <span class="app-pages__here">{ format!("Page {here} of {all}") }</span>
            { parts::icon_button(Look::Secondary, "Next", "page", turn(Turn::Next)) }
            { parts::icon_button(Look::Secondary, "Last", "page", turn(Turn::Last)) }
            { parts::select(Select {
                id: "per-page",
                label: "Rows a page",
                options: per_page.iter().map(|count| (count.as_str(), count.as_str())).collect(),
                chosen: &size.to_string(),
                on_choose: Callback::from(move |count: String| {
                    if let Ok(count) = count.parse() {
                        on_choose.emit(rows(RowsMsg::ChosePerPage(count)));
                    }
                }),
                ..Select::default()
            }) }
        </nav>
    }
}

/// The row's number in the sheet, and the names of the columns shown.
fn headers(view: &ListView, first: usize) -> Vec<Column<'_>> {
    let columns = view.columns.iter().skip(first).take(COLUMNS);
    std::iter::once(Column::number("Row"))
        .chain(columns.map(|column| Column::text(&column.name)))
        .collect()
}

fn cells(row: &Row) -> Vec<Html> {
    let number = html! { { row.number } };
    let cells = row
        .cells
        .iter()
        .map(|text| html! { <bdi translate="no">{ text }</bdi> });
    std::iter::once(number).chain(cells).collect()
}

fn rows(msg: RowsMsg) -> Msg {
    Msg::List(ListMsg::Rows(msg))
}
