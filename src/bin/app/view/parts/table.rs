//! Tables: with a caption, scrolling in a box of their own.

use yew::prelude::*;

use sightline::table::order::Direction;

/// From how many characters on a header is given more room, so that it does not stand ten lines high.
const LONG_HEADER: usize = 40;

/// A column of a table.
#[derive(Clone, Debug)]
pub(crate) struct Column<'a> {
    /// Its header.
    pub(crate) header: &'a str,
    /// Whether its cells are figures, set to the right.
    pub(crate) numeric: bool,
}

impl<'a> Column<'a> {
    /// A column of words.
    pub(crate) fn text(header: &'a str) -> Self {
        Self {
            header,
            numeric: false,
        }
    }

    /// A column of figures.
    pub(crate) fn number(header: &'a str) -> Self {
        Self {
            header,
            numeric: true,
        }
    }
}

/// How the rows are sorted, and the buttons in the headers that sort them.
#[derive(Clone, Debug)]
pub(crate) struct Sorting {
    /// The table's column by which they are sorted, from 0, and which way.
    pub(crate) by: Option<(usize, Direction)>,
    /// Called with the table's column whose header is pressed, from 0.
    pub(crate) on_sort: Callback<usize>,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table<'a> {
    /// The element's id, unique on the page.
    pub(crate) id: &'a str,
    /// What the table shows.
    pub(crate) caption: &'a str,
    /// Whether only a screen reader says the caption, as a heading above says the same.
    pub(crate) caption_hidden: bool,
    /// The columns, left to right.
    pub(crate) columns: Vec<Column<'a>>,
    /// The rows, each with as many cells as there are columns.
    pub(crate) rows: Vec<Vec<Html>>,
    /// Whether the first cell of each row is the row's header.
    pub(crate) row_headers: bool,
    /// A last row that sums up.
    pub(crate) total: Option<Vec<Html>>,
    /// How its rows can be sorted, by any column but that of the rows' headers.
    pub(crate) sorting: Option<Sorting>,
}

/// A table in a region that scrolls sideways when it is too wide, by keyboard too.
pub(crate) fn table(table: &Table) -> Html {
    let caption_id = format!("{}-caption", table.id);
    let size = if table.caption_hidden {
        "govuk-visually-hidden"
    } else {
        "govuk-table__caption--m"
    };
    let headers = (0..)
        .zip(&table.columns)
        .map(|(at, column)| header(table, at, column));
    html! {
        <div class="app-table-box" role="region" aria-labelledby={caption_id.clone()} tabindex="0">
            <table class="govuk-table" id={table.id.to_owned()}>
                <caption class={classes!("govuk-table__caption", size)} id={caption_id}>{ table.caption }</caption>
                <thead class="govuk-table__head"><tr class="govuk-table__row">{ for headers }</tr></thead>
                <tbody class="govuk-table__body">
                    { for table.rows.iter().map(|cells| row(table, cells)) }
                </tbody>
                if let Some(cells) = &table.total {
                    <tfoot class="app-table__total">{ row(table, cells) }</tfoot>
                }
            </table>
        </div>
    }
}

fn header(table: &Table, at: usize, column: &Column) -> Html {
    let long = column.header.chars().count() > LONG_HEADER;
    let class = classes!(
        "govuk-table__header",
        column.numeric.then_some("govuk-table__header--numeric"),
        long.then_some("app-table__long"),
    );
    let sortable = table
        .sorting
        .as_ref()
        .filter(|_| at > 0 || !table.row_headers);
    let Some(sorting) = sortable else {
        return html! { <th scope="col" {class}>{ column.header }</th> };
    };
    let by = sorting.by.filter(|(by, _)| *by == at);
    let sorted = match by {
        None => "none",
        Some((_, Direction::Ascending)) => "ascending",
        Some((_, Direction::Descending)) => "descending",
    };
    let on_sort = sorting.on_sort.clone();
    html! {
        <th scope="col" {class} aria-sort={sorted}>
            <button type="button" class="app-sort" onclick={move |_| on_sort.emit(at)}>
                <bdi>{ column.header }</bdi>
                <span class={format!("app-sort__mark app-sort__mark--{sorted}")} aria-hidden="true"></span>
            </button>
        </th>
    }
}

fn row(table: &Table, cells: &[Html]) -> Html {
    let cells = cells
        .iter()
        .zip(&table.columns)
        .enumerate()
        .map(|(index, (cell, column))| {
            if index == 0 && table.row_headers {
                return html! { <th scope="row" class="govuk-table__header">{ cell.clone() }</th> };
            }
            let numeric = column.numeric.then_some("govuk-table__cell--numeric");
            html! { <td class={classes!("govuk-table__cell", numeric)}>{ cell.clone() }</td> }
        });
    html! { <tr class="govuk-table__row">{ for cells }</tr> }
}
