//! What the list was read from: file, sheet, the encoding of its text, and what it is by Annex A.

use sightline::app::Msg;
use sightline::app::list::Msg as ListMsg;
use sightline::desk::list::ListView;
use sightline::desk::list::annex::{AnnexView, SheetView};
use sightline::frame::annex_a::Unit;
use sightline::table::{Encoding, count};
use yew::prelude::*;

use super::super::Dispatch;
use super::super::parts::{self, Column, Select, Table};

/// The encodings that a text may be read in, and what they are known as.
const ENCODINGS: [(Encoding, &str); 4] = [
    (Encoding::Utf8, "UTF-8"),
    (Encoding::Windows1252, "Windows-1252 (older Excel)"),
    (Encoding::Utf16Le, "UTF-16 (“Unicode text” of Excel)"),
    (Encoding::Utf16Be, "UTF-16, high byte first"),
];

pub(super) fn read(view: &ListView, dispatch: &Dispatch) -> Html {
    let chosen = view.source.encoding.as_deref().and_then(Encoding::named);
    html! {
        <>
            <p class="govuk-body">
                <bdi class="app-file-name">{ &view.source.name }</bdi>
                if let Some(encoding) = &view.source.encoding {
                    { format!(", text in {encoding}") }
                }
            </p>
            if chosen.is_some() {
                { encoding("Do letters such as é or £ look wrong?", chosen, dispatch) }
            }
            if view.sheets.len() > 1 {
                { sheets(view, dispatch) }
            }
            if let Some(annex) = &view.annex {
                { recognised(annex, view) }
            }
        </>
    }
}

/// Reading the text in another encoding.
pub(super) fn encoding(question: &str, chosen: Option<Encoding>, dispatch: &Dispatch) -> Html {
    let choose = dispatch.to.clone();
    let mut options: Vec<(&str, &str)> = Vec::new();
    if chosen.is_none() {
        options.push(("", "Choose how it is encoded"));
    }
    options.extend(
        ENCODINGS
            .iter()
            .map(|(encoding, known_as)| (encoding.name(), *known_as)),
    );
    let select = parts::select(Select {
        id: "encoding",
        label: "Read the text as",
        hint: Some("The file is read again. Nothing of it is changed."),
        options,
        chosen: chosen.map_or("", Encoding::name),
        on_choose: Callback::from(move |name: String| {
            if let Some(encoding) = Encoding::named(&name) {
                choose.emit(Msg::List(ListMsg::ChoseEncoding(encoding)));
            }
        }),
        ..Select::default()
    });
    parts::details(question, select)
}

fn sheets(view: &ListView, dispatch: &Dispatch) -> Html {
    let chosen = view.source.sheet.as_deref().unwrap_or_default();
    sheet_of("Sheet", &view.sheets, chosen, dispatch)
}

/// Choosing a sheet of a workbook.
pub(super) fn sheet_of(
    label: &str,
    sheets: &[SheetView],
    chosen: &str,
    dispatch: &Dispatch,
) -> Html {
    let texts: Vec<String> = sheets.iter().map(sheet).collect();
    let names = sheets.iter().map(|sheet| sheet.name.as_str());
    let mut options = Vec::new();
    if chosen.is_empty() {
        options.push(("", "Choose a sheet"));
    }
    options.extend(names.zip(texts.iter().map(String::as_str)));
    parts::select(Select {
        id: "sheet",
        label,
        options,
        chosen,
        on_choose: dispatch.with(|sheet| Msg::List(ListMsg::ChoseSheet(sheet))),
        ..Select::default()
    })
}

/// A sheet by the list that it is, then as the workbook names it.
fn sheet(sheet: &SheetView) -> String {
    let rows = count(sheet.rows);
    let rows = if sheet.rows == 1 {
        format!("{rows} row")
    } else {
        format!("{rows} rows")
    };
    let hidden = if sheet.hidden {
        ", hidden in the workbook"
    } else {
        ""
    };
    match &sheet.annex {
        Some(list) => format!("{list} (sheet “{}”, {rows}{hidden})", sheet.name),
        None => format!("{} ({rows}{hidden})", sheet.name),
    }
}

/// Columns that the list offers for groups and as signs of risk, by name.
fn offers(annex: &AnnexView, view: &ListView) -> Html {
    let uses = [
        ("For groups of the sample it offers", &annex.strata),
        ("As signs of risk", &annex.risk),
    ];
    let offered: Vec<Html> = uses
        .iter()
        .filter_map(|(what, columns)| {
            let names = columns.iter().filter_map(|at| view.columns.get(*at));
            let names: Vec<&str> = names.map(|column| column.name.trim()).collect();
            let item = || html! { <li>{ format!("{what}: ") }<bdi>{ names.join("; ") }</bdi></li> };
            (!names.is_empty()).then(item)
        })
        .collect();
    if offered.is_empty() {
        return Html::default();
    }
    html! { <ul class="govuk-list govuk-list--bullet">{ for offered }</ul> }
}

/// What the list is by Annex A, and which of its columns was taken for what.
fn recognised(annex: &AnnexView, view: &ListView) -> Html {
    let found = annex
        .columns
        .iter()
        .filter(|(_, column)| column.is_some())
        .count();
    let rows = annex.columns.iter().map(|(name, column)| {
        let taken = column.and_then(|at| view.columns.get(at).zip(view.letters.get(at)));
        let taken = match taken {
            Some((column, letters)) => html! {
                <><span class="app-letters">{ letters }</span>{ " " }<bdi>{ &column.name }</bdi></>
            },
            None => html! { <span class="app-of">{ "Not in this file" }</span> },
        };
        vec![html! { { name } }, taken]
    });
    let table = parts::table(&Table {
        id: "annex",
        caption: "Which column was taken for what",
        caption_hidden: true,
        columns: vec![Column::text("In Annex A"), Column::text("In this file")],
        rows: rows.collect(),
        row_headers: true,
        ..Table::default()
    });
    html! {
        <>
            <p class="govuk-body">
                { "Recognised as " }<strong>{ &annex.name }</strong>{ " of Ofsted’s Annex A." }
            </p>
            { offers(annex, view) }
            if annex.unit == Unit::Family {
                { parts::warning_text("This list names adopters, not children. A case drawn from it is a family.") }
            }
            { parts::details(&format!("{found} of its {} columns were found", annex.columns.len()), table) }
        </>
    }
}
