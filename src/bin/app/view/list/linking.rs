//! Several lists as one: their names, the columns asked for, what each brought, how they overlap.

use sightline::app::Msg;
use sightline::app::list::Msg as ListMsg;
use sightline::app::list::linking::{Msg as LinkMsg, Part, Stage};
use sightline::desk::list::LinkedView;
use yew::prelude::*;

use super::super::Dispatch;
use super::super::parts::{self, Checkbox, Column, Look, Table, TextField};
use super::who::said_of;
use super::{figure, source};

/// The lists that are linked, or the offer to add one.
pub(super) fn shown(stage: &Stage, dispatch: &Dispatch) -> Html {
    if stage.kept == 0 {
        let offer = html! {
            <>
                <p class="govuk-body">{ "A child may stand on several lists: in need, in care, missing. Linked by its id, each child is one case, with a flag for each list that it stands on." }</p>
                { add(dispatch) }
            </>
        };
        return parts::details("Draw from several lists at once?", offer);
    }
    html! {
        <>
            <h2 class="govuk-heading-m">{ format!("{} lists as one", stage.lists.len()) }</h2>
            <p class="govuk-body">{ "A child is one case, with a flag for each list that it stands on. The lists are linked by id." }</p>
            { for stage.lists.iter().enumerate().map(|(at, list)| part(at, list, dispatch)) }
            if let Some(linked) = &stage.linked {
                { brought(linked) }
                { overlaps(linked) }
            }
            { parts::button_group(html! {
                <>
                    { add(dispatch) }
                    { start_over(dispatch) }
                </>
            }) }
        </>
    }
}

/// On the page that asks for a file: which lists are there already, or were.
pub(super) fn so_far(stage: &Stage, dispatch: &Dispatch) -> Html {
    let names: Vec<&str> = stage
        .lists
        .iter()
        .take(stage.kept)
        .map(|it| it.name.as_str())
        .collect();
    html! {
        <>
            if !names.is_empty() {
                { parts::inset_text(html! {
                    <>
                        <p class="govuk-body">{ format!("Kept so far: {}. Choose the list to link with.", names.join(", ")) }</p>
                        { start_over(dispatch) }
                    </>
                }) }
                if stage.sheets.len() > 1 {
                    { source::sheet_of("Another sheet of the same workbook", &stage.sheets, "", dispatch) }
                }
            }
            if !stage.lost.is_empty() {
                { parts::inset_text(format!("Other lists lay open too, and must be chosen again: {}.", stage.lost.join(", "))) }
            }
        </>
    }
}

fn add(dispatch: &Dispatch) -> Html {
    parts::button(
        Look::Secondary,
        "Add another list",
        dispatch.click(said(LinkMsg::ClickedAdd)),
    )
}

fn start_over(dispatch: &Dispatch) -> Html {
    let click = dispatch.click(said(LinkMsg::ClickedStartOver));
    parts::button(Look::Link, "Begin again without any list", click)
}

fn part(at: usize, part: &Part, dispatch: &Dispatch) -> Html {
    let boxes = part
        .columns
        .iter()
        .enumerate()
        .map(|(column, (name, asked))| {
            parts::checkbox(Checkbox {
                id: &format!("list-{at}-column-{column}"),
                label: name,
                checked: *asked,
                small: true,
                on_change: dispatch.with(move |_| said(LinkMsg::ToggledColumn(at, column))),
                ..Checkbox::default()
            })
        });
    let asked = part.columns.iter().filter(|(_, asked)| *asked).count();
    html! {
        <div key={at}>
            { parts::text_field(TextField {
                id: &format!("list-{at}-name"),
                label: &format!("List {} ({})", at + 1, part.file),
                value: &part.name,
                on_input: dispatch.with(move |name| said(LinkMsg::EnteredName(at, name))),
                on_blur: dispatch.with(|()| said(LinkMsg::LeftName)),
                ..TextField::default()
            }) }
            { parts::details(&format!("{asked} of its {} columns go with each case", part.columns.len()),
                html! { <div>{ for boxes }</div> }) }
            { filters(at, part, dispatch) }
        </div>
    }
}

/// The filters of a list's own rows, before it is linked.
fn filters(at: usize, part: &Part, dispatch: &Dispatch) -> Html {
    if part.filters.is_empty() {
        return Html::default();
    }
    let items = part.filters.iter().enumerate().map(|(filter, it)| {
        let remove = dispatch.click(said(LinkMsg::ClickedRemoveFilter(at, filter)));
        html! {
            <li>
                <bdi>{ said_of(it) }</bdi>{ " " }
                { parts::icon_button(Look::Link, "Remove", &it.test.to_string(), remove) }
            </li>
        }
    });
    html! {
        <ul class="govuk-list app-reasons">{ for items }</ul>
    }
}

/// What each list brought: rows = cases + left out + faulty.
fn brought(linked: &LinkedView) -> Html {
    let rows = linked.lists.iter().map(|list| {
        let excluded = list.excluded.iter().map(|exclusion| exclusion.count).sum();
        vec![
            html! { <bdi>{ &list.list }</bdi> },
            html! { { figure(list.rows) } },
            html! { { figure(list.cases) } },
            html! { { figure(excluded) } },
            html! { { figure(list.faulty) } },
        ]
    });
    parts::table(&Table {
        id: "brought",
        caption: "What each list brings",
        columns: vec![
            Column::text("List"),
            Column::number("Rows read"),
            Column::number("Cases"),
            Column::number("Left out"),
            Column::number("Faulty"),
        ],
        rows: rows.collect(),
        row_headers: true,
        ..Table::default()
    })
}

/// Who stands on which lists: the sets add up to all cases.
fn overlaps(linked: &LinkedView) -> Html {
    let names = linked.lists.iter().map(|list| list.list.as_str());
    let mut columns = vec![Column::number("Cases")];
    columns.extend(names.map(Column::text));
    let rows = linked.overlaps.exactly.iter().map(|set| {
        let on = (0..linked.lists.len()).map(|list| {
            if set.lists.contains(&list) {
                html! { { "On it" } }
            } else {
                html! { <span class="app-of">{ "–" }</span> }
            }
        });
        std::iter::once(html! { { figure(set.cases) } })
            .chain(on)
            .collect()
    });
    parts::table(&Table {
        id: "overlaps",
        caption: "Who stands on which lists",
        columns,
        rows: rows.collect(),
        row_headers: true,
        ..Table::default()
    })
}

fn said(msg: LinkMsg) -> Msg {
    Msg::List(ListMsg::Linking(msg))
}
