//! Tables: with a caption, scrolling in a box of their own.

use yew::prelude::*;

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
}

/// A table in a region that scrolls sideways when it is too wide, by keyboard too.
pub(crate) fn table(table: &Table) -> Html {
    let caption_id = format!("{}-caption", table.id);
    let size = if table.caption_hidden {
        "govuk-visually-hidden"
    } else {
        "govuk-table__caption--m"
    };
    let headers = table.columns.iter().map(|column| {
        let numeric = column.numeric.then_some("govuk-table__header--numeric");
        html! { <th scope="col" class={classes!("govuk-table__header", numeric)}>{ column.header }</th> }
    });
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
