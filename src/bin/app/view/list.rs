//! The page of the case list: choosing a file, looking at what was read, saying what a case is.

mod columns;
mod earlier;
mod linking;
mod problems;
mod rows;
mod source;
mod unit;
mod who;

use sightline::app::list::unit::CaseUnit;
use sightline::app::list::{FILE_FIELD, Msg as ListMsg, OnDesk};
use sightline::app::{Model, Msg, Open, Route};
use sightline::desk::list::{FrameView, ListView};
use sightline::journal::ListTaken;
use sightline::table::count;
use yew::prelude::*;

use super::Dispatch;
use super::parts::{self, Look, SummaryRow};

pub(super) fn page(model: &Model, open: &Open, dispatch: &Dispatch) -> Html {
    let stage = &open.list;
    let target = match &stage.desk {
        OnDesk::List { .. } => unit::ID_FIELD,
        OnDesk::Nothing | OnDesk::Reading { .. } => FILE_FIELD,
    };
    let errors = stage
        .refused
        .iter()
        .map(|why| parts::ErrorLink::new(target, why.clone()))
        .chain(super::error_links(&stage.who.errors))
        .chain(super::error_links(&stage.earlier.errors));
    html! {
        <>
            { super::error_summary(errors.collect()) }
            { super::page_heading(model, Some(open.round.title.clone())) }
            if let (Some(taken), true) = (&open.round.list, open.round.sample.is_some()) {
                { drawn_from(taken) }
            }
            if open.has_drawn_list() {
                <p class="govuk-body">{ "The list is open, so cases can be drawn or replaced." }</p>
            } else {
                { match (&model.route, &stage.desk) {
                    (Route::ListColumns, OnDesk::List { view, .. }) => columns::page(open, view, dispatch),
                    (Route::ListRows, OnDesk::List { view, .. }) => rows::page(open, view, dispatch),
                    (Route::ListWho, OnDesk::List { view, frame, .. }) => who::page(open, stage.asked_view().unwrap_or(view), frame.as_ref(), dispatch),
                    (Route::ListColumns | Route::ListRows | Route::ListWho, _) => no_list(),
                    (_, OnDesk::Nothing) => choose(open, dispatch),
                    (_, OnDesk::Reading { name, progress, .. }) => reading(name, *progress, dispatch),
                    (_, OnDesk::List { view, unit, frame }) => html! {
                        <>
                            if stage.recalled {
                                { recalled(stage.who.filters.len(), dispatch) }
                            }
                            { list(open, view, *unit, frame.as_ref(), dispatch) }
                        </>
                    },
                } }
            }
        </>
    }
}

/// On a page that looks at the list, while there is none.
fn no_list() -> Html {
    html! {
        <p class="govuk-body">
            { "No list is open. Choose it again on the page " }
            <a class="govuk-link" href="#/list">{ "Case list" }</a>{ "." }
        </p>
    }
}

/// The list of a round whose sample has been drawn: it stays as it was.
fn drawn_from(taken: &ListTaken) -> Html {
    html! {
        <>
            <p class="govuk-body">{ "The sample has been drawn from this list. The list itself is not kept: only the sampled cases are." }</p>
            { taken_summary(taken) }
            { parts::button_link(Look::Secondary, "See the certificate", "#/certificate") }
        </>
    }
}

pub(super) fn taken_summary(taken: &ListTaken) -> Html {
    let row = |key, value: String| SummaryRow {
        key,
        value: html! { <bdi>{ value }</bdi> },
        ..SummaryRow::default()
    };
    let mut rows = vec![row("File", taken.source.name.clone())];
    rows.extend(
        taken
            .source
            .sheet
            .as_ref()
            .map(|sheet| row("Sheet", sheet.clone())),
    );
    rows.push(row("A case is named by", taken.unit.join(", ")));
    rows.push(row(
        "Rows",
        sum(taken.read, taken.size, taken.excluded, taken.faulty),
    ));
    parts::summary_list(&rows)
}

/// Every row is accounted for.
pub(super) fn sum(read: usize, size: usize, excluded: usize, faulty: usize) -> String {
    let [read, size, excluded, faulty] = [read, size, excluded, faulty].map(figure);
    format!("{read} read = {size} cases to draw from + {excluded} left out + {faulty} faulty")
}

/// A number as people read it.
fn figure(number: usize) -> String {
    count(u64::try_from(number).unwrap_or(u64::MAX))
}

fn choose(open: &Open, dispatch: &Dispatch) -> Html {
    let files = dispatch.clone();
    let on_file = dispatch.to.reform(move |file: web_sys::File| {
        let name = file.name();
        Msg::List(ListMsg::ChoseFile(files.files.hold(file), name))
    });
    html! {
        <div class="app-measure">
            if open.round.list.is_some() {
                { parts::inset_text("The list was chosen before, and is not kept when the page is closed. Choose the same file again to draw from it.") }
            }
            <p class="govuk-body">{ "Choose the list of cases that the sample is drawn from: one row for each child, event or family, with a column that names it." }</p>
            { linking::so_far(&open.list.linking, dispatch) }
            <parts::FileDrop id={FILE_FIELD} label="Case list"
                hint="An Excel workbook, an OpenDocument spreadsheet (ODS) or a CSV file. It is read in this browser and goes nowhere."
                accept=".csv,.tsv,.txt,.xlsx,.xlsm,.xlsb,.xls,.ods" {on_file} />
            if let Some(name) = &open.list.unread {
                { source::encoding(&format!("Is {name} a text file? Say how its text is encoded"), None, dispatch) }
            }
        </div>
    }
}

fn reading(name: &str, progress: f32, dispatch: &Dispatch) -> Html {
    html! {
        <div class="app-measure">
            { parts::progress_bar("reading", &format!("Reading {name}"), Some(progress)) }
            { parts::button(Look::Secondary, "Cancel", dispatch.click(Msg::List(ListMsg::ClickedCancel))) }
        </div>
    }
}

/// That the choices made for an earlier list were taken again, filters among them.
fn recalled(filters: usize, dispatch: &Dispatch) -> Html {
    let filters = match filters {
        0 => String::new(),
        1 => " One filter is among it: look whether it still holds.".to_owned(),
        several => format!(" {several} filters are among it: look whether they still hold."),
    };
    parts::inset_text(html! {
        <>
            <p class="govuk-body">{ "You used a list with these columns before. What you chose for it was taken again." }{ filters }</p>
            { parts::button(Look::Link, "Forget these choices", dispatch.click(Msg::List(ListMsg::ClickedForget))) }
        </>
    })
}

fn list(
    open: &Open,
    view: &ListView,
    unit: CaseUnit,
    frame: Option<&FrameView>,
    dispatch: &Dispatch,
) -> Html {
    html! {
        <>
            <div class="app-measure">
                <h2 class="govuk-heading-m" id="list-read" tabindex="-1">
                    { format!("{} rows and {} columns were read", figure(view.rows), view.columns.len()) }
                </h2>
                { source::read(view, dispatch) }
                { notices(&view.notices) }
                { unit::choice(view, unit, dispatch) }
                if let Some(frame) = frame {
                    { frame_sum(frame) }
                }
                { linking::shown(&open.list.linking, dispatch) }
                <p class="govuk-body">
                    <a class="govuk-link" href="#/list/who">{ "Choose who is in" }</a>{ ": by value, day, age, days since, or who was audited lately" }
                </p>
                { problems::shown("problems", "Problems in the file", &view.problems) }
                { parts::button_group(html! {
                    <>
                        { parts::button(Look::Primary, "Use this list", dispatch.click(Msg::List(ListMsg::ClickedUse))) }
                        { parts::button(Look::Secondary, "Choose another file", dispatch.click(Msg::List(ListMsg::ClickedAnother))) }
                    </>
                }) }
            </div>
            { rows::first(view) }
            <p class="govuk-body app-look">
                <a class="govuk-link" href="#/list/rows">{ format!("Look at all {} rows", figure(view.rows)) }</a>
                <a class="govuk-link" href="#/list/columns">{ format!("See what the {} columns hold", view.columns.len()) }</a>
            </p>
        </>
    }
}

/// How many notices stand open; the rest is a step further.
const NOTICES: usize = 2;

fn notices(notices: &[String]) -> Html {
    if notices.is_empty() {
        return Html::default();
    }
    let items = |notices: &[String]| {
        html! {
            <ul class="govuk-list app-notices">
                { for notices.iter().map(|notice| html! { <li><bdi>{ notice }</bdi></li> }) }
            </ul>
        }
    };
    let (first, rest) = notices.split_at(notices.len().min(NOTICES));
    html! {
        <>
            { parts::inset_text(items(first)) }
            if !rest.is_empty() {
                { parts::details(&format!("{} more things to know of how it was read", rest.len()), items(rest)) }
            }
        </>
    }
}

fn frame_sum(frame: &FrameView) -> Html {
    let excluded = frame.excluded.iter().map(|exclusion| exclusion.count).sum();
    let mut rows = vec![SummaryRow {
        key: "Rows",
        value: html! { { sum(frame.read, frame.size, excluded, frame.faulty) } },
        ..SummaryRow::default()
    }];
    if !frame.excluded.is_empty() {
        let reasons = frame.excluded.iter().map(
            |it| html! { <li><bdi>{ &it.reason }</bdi>{ format!(": {}", figure(it.count)) }</li> },
        );
        rows.push(SummaryRow {
            key: "Left out",
            value: html! { <ul class="govuk-list app-reasons">{ for reasons }</ul> },
            ..SummaryRow::default()
        });
    }
    html! {
        <>
            <h2 class="govuk-heading-m">{ "What the sample is drawn from" }</h2>
            { parts::summary_list(&rows) }
            { notices(&frame.notices) }
            { problems::shown("frame-problems", "Rows to look at", &frame.problems) }
        </>
    }
}
