//! The sampled cases: how far each has come, looking for one, and what is shown of them.

use std::rc::Rc;

use sightline::app::audit::field;
use sightline::app::cases::{Msg as CasesMsg, SEARCH_FIELD};
use sightline::app::sampling::further::Msg as FurtherMsg;
use sightline::app::{Model, Msg, Open, Route};
use sightline::review::{CaseNumber, Progress};
use sightline::round::{Case, Excerpt, Found};
use yew::prelude::*;

use super::parts::{self, Checkbox, Colour, Column, Look, Table, TextField, Width, tag};
use super::{Dispatch, error_links, going};

pub(super) fn page(model: &Model, open: &Open, dispatch: &Dispatch) -> Html {
    let round = &open.round;
    let coverage = round.coverage();
    html! {
        <>
            { super::error_summary(error_links(&open.sampling.errors)) }
            { super::page_heading(model, Some(round.title.clone())) }
            { going::panel(open, dispatch) }
            if round.cases().is_empty() {
                <p class="govuk-body">{ "No sample has been drawn yet. " }<a class="govuk-link" href="#/sample">{ "Draw the sample" }</a></p>
            } else {
                { progress(open) }
                { go_on(open) }
                { search(open, dispatch) }
                if let Some((wanted, found)) = &open.cases.found {
                    { hits(open, wanted, found, dispatch) }
                } else {
                    { table(open, open.round.cases().iter(), dispatch) }
                    { others(open) }
                }
                { shown(open, dispatch) }
                if coverage.signed > 0 {
                    { parts::button_link(Look::Secondary, "See the findings", "#/findings") }
                }
            }
        </>
    }
}

/// The way back to where one left off.
pub(super) fn go_on(open: &Open) -> Html {
    let Some(place) = open.left_off() else {
        return Html::default();
    };
    let text = match &place.section {
        Some(section) => format!("Go on with case {}: {section}", place.case),
        None => format!("Begin with case {}", place.case),
    };
    parts::start_button(&text, &place.address)
}

/// How far the round has come.
fn progress(open: &Open) -> Html {
    let coverage = open.round.coverage();
    let begun = coverage.begun().saturating_sub(coverage.signed);
    let left = coverage.sampled.saturating_sub(coverage.begun());
    let figure = |count: usize| count.to_string();
    html! {
        <>
            <p class="govuk-body">{ format!("{} of {} cases are signed.", coverage.signed, coverage.sampled) }</p>
            { parts::share_bar("round-progress", "Cases signed", coverage.signed, coverage.sampled) }
            { parts::figures(&[
                ("Signed", &figure(coverage.signed)), ("Begun", &figure(begun)), ("Not started", &figure(left)),
            ]) }
        </>
    }
}

fn say<T: 'static>(dispatch: &Dispatch, msg: impl Fn(T) -> CasesMsg + 'static) -> Callback<T> {
    dispatch.with(move |value| Msg::Cases(msg(value)))
}

fn search(open: &Open, dispatch: &Dispatch) -> Html {
    let hint = if open.round.shows_id() {
        "A case’s number, its id, or words that were written."
    } else {
        "A case’s number, or words that were written."
    };
    let field = parts::text_field(TextField {
        id: SEARCH_FIELD,
        label: "Find a case",
        hint: Some(hint),
        value: &open.cases.wanted,
        width: Width::Characters(30),
        on_input: say(dispatch, CasesMsg::EnteredWanted),
        ..TextField::default()
    });
    html! {
        <search class="app-search">
            { parts::form(field, "Find", say(dispatch, |()| CasesMsg::ClickedSearch)) }
            if open.cases.found.is_some() {
                { parts::button(Look::Secondary, "Show all cases", say(dispatch, |_| CasesMsg::ClickedAll)) }
            }
        </search>
    }
}

/// The cases that were found, and the words in them, each a link to its place.
fn hits(open: &Open, wanted: &str, found: &[Found], dispatch: &Dispatch) -> Html {
    let cases = found.iter().filter_map(|found| open.round.case(found.case));
    let told = match found.len() {
        0 => format!("No case was found for “{wanted}”."),
        1 => format!("1 case was found for “{wanted}”."),
        count => format!("{count} cases were found for “{wanted}”."),
    };
    html! {
        <>
            <p class="govuk-body" role="status" translate="no">{ told }</p>
            if !found.is_empty() {
                { table(open, cases, dispatch) }
            }
            { for found.iter().filter(|found| !found.excerpts.is_empty()).map(|found| html! {
                <section key={found.case.0}>
                    <h2 class="govuk-heading-s">{ format!("In case {}", found.case) }</h2>
                    <ul class="govuk-list app-hits">{ for found.excerpts.iter().map(|it| excerpt(open, found, it)) }</ul>
                </section>
            }) }
        </>
    }
}

fn excerpt(open: &Open, found: &Found, excerpt: &Excerpt) -> Html {
    let form = &open.round.form;
    let place = excerpt.place.as_ref();
    let section = place.and_then(|place| form.section_of(&place.question).zip(Some(place)));
    let (title, address) = match section {
        Some((section, place)) => (
            section.title.clone(),
            Route::field(found.case, &section.id, &field::of(place)),
        ),
        None => (
            "Immediate safeguarding concern".to_owned(),
            Route::Concern(found.case).to_string(),
        ),
    };
    html! {
        <li>
            <a class="govuk-link" href={address}>{ title }</a>
            <span class="app-hits__words" translate="no">
                { &excerpt.before }<mark>{ &excerpt.words }</mark>{ &excerpt.after }
            </span>
        </li>
    }
}

/// What is shown of each case: an audit is of the practice, not of the child.
fn shown(open: &Open, dispatch: &Dispatch) -> Html {
    let round = &open.round;
    let columns = round.fact_columns();
    let boxes = columns.iter().copied().zip(1..).map(|(column, at)| {
        let name = column.to_owned();
        parts::checkbox(Checkbox {
            id: &format!("shown-{at}"),
            label: column,
            checked: round.shows(column),
            small: true,
            on_change: say(dispatch, move |on| CasesMsg::ShowedColumn(name.clone(), on)),
            ..Checkbox::default()
        })
    });
    let count = columns.iter().filter(|column| round.shows(column)).count();
    let named = if round.shows_id() {
        "id and "
    } else {
        "no id, "
    };
    parts::details(
        &format!(
            "What is shown of each case ({named}{count} of {} columns)",
            columns.len()
        ),
        html! {
            <div class="app-shown">
                <p class="govuk-body">{ "An audit is of the practice, not of the child. A case can be shown by its place in the draw alone." }</p>
                { parts::checkbox(Checkbox {
                    id: "shown-id", label: "Its id in the list", checked: round.shows_id(), small: true,
                    on_change: say(dispatch, CasesMsg::ShowedId), ..Checkbox::default()
                }) }
                { for boxes }
                <p class="govuk-body">{ parts::button(Look::Link, "Show nothing but the place in the draw", say(dispatch, |_| CasesMsg::ClickedNumberAlone)) }</p>
            </div>
        },
    )
}

/// The columns of a table of cases: the first, the id where it is shown, and others.
fn columns<const N: usize>(shows_id: bool, others: [&'static str; N]) -> Vec<Column<'static>> {
    let id = shows_id.then(|| Column::text("Id in the list"));
    let first = [Column::text("Case")].into_iter().chain(id);
    first.chain(others.map(Column::text)).collect()
}

/// A table of cases. There may be hundreds: it is drawn again only when one of them has changed.
fn table<'a>(open: &Open, cases: impl Iterator<Item = &'a Case>, dispatch: &Dispatch) -> Html {
    let seen: Vec<Seen> = cases.map(|case| Seen::of(open, case)).collect();
    let shows_id = open.round.shows_id();
    let dispatch = dispatch.clone();
    let draw = Callback::from(move |seen: Rc<Vec<Seen>>| {
        let row = |seen: &Seen| {
            let mut cells = seen.cells();
            cells.push(seen.replace(&dispatch));
            cells
        };
        parts::table(&Table {
            id: "cases",
            caption: "The sampled cases, in order of the draw",
            caption_hidden: true,
            columns: columns(shows_id, ["State", "Audit", "If it cannot be audited"]),
            rows: seen.iter().map(row).collect(),
            ..Table::default()
        })
    });
    html! { <parts::Memo<Vec<Seen>> of={Rc::new(seen)} {draw} /> }
}

/// All that a row of the table depends on.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    number: CaseNumber,
    /// Its id, where that is shown.
    id: Option<String>,
    progress: Progress,
    signed: bool,
}

impl Seen {
    fn of(open: &Open, case: &Case) -> Self {
        let (progress, signed) = open.round.progress(case.number);
        Self {
            number: case.number,
            id: open.round.shows_id().then(|| case.id.clone()),
            progress,
            signed,
        }
    }

    /// The case, and how far its audit has come.
    fn cells(&self) -> Vec<Html> {
        let (state, verb) = match (self.signed, self.progress) {
            (true, _) => (html! { { "Signed" } }, "See"),
            (false, Progress::NotStarted) => (tag(Colour::Blue, "Not started"), "Start"),
            (false, Progress::Incomplete) => (tag(Colour::Teal, "Incomplete"), "Continue"),
            (false, Progress::Complete) => (tag(Colour::Yellow, "Ready to sign"), "Check and sign"),
        };
        let address = match (self.signed, self.progress) {
            (false, Progress::Complete) => Route::Check(self.number),
            _ => Route::Case(self.number),
        };
        let mut cells = self.named();
        cells.extend([
            state,
            parts::action_link(verb, &format!("case {}", self.number), &address.to_string()),
        ]);
        cells
    }

    /// The case by its number, and by its id where that is shown.
    fn named(&self) -> Vec<Html> {
        let id = self.id.as_ref();
        let id = id.map(|id| html! { <bdi translate="no">{ id }</bdi> });
        let number = html! { { format!("Case {}", self.number) } };
        [number].into_iter().chain(id).collect()
    }

    /// The way to another case in its place.
    fn replace(&self, dispatch: &Dispatch) -> Html {
        if self.signed {
            return Html::default();
        }
        let replace = going::click(dispatch, FurtherMsg::ClickedReplace(self.number));
        parts::icon_button(
            Look::Link,
            "Replace",
            &format!("case {}", self.number),
            replace,
        )
    }
}

/// The cases that must be included and those that were replaced: they are not counted.
fn others(open: &Open) -> Html {
    let Some(sample) = &open.round.sample else {
        return Html::default();
    };
    let shows_id = open.round.shows_id();
    let included = sample.included.iter();
    let replaced = sample.replaced.iter().map(|replaced| {
        let mut cells = Seen::of(open, &replaced.case).named();
        cells.extend([
            html! { { format!("Case {}", replaced.by) } },
            html! { { &replaced.reason } },
        ]);
        cells
    });
    html! {
        <>
            if !sample.included.is_empty() {
                { parts::table(&Table {
                    id: "included",
                    caption: "Cases that must be included, not counted in findings about the list",
                    columns: columns(shows_id, ["State", "Audit"]),
                    rows: included.map(|case| Seen::of(open, case).cells()).collect(),
                    ..Table::default()
                }) }
            }
            if !sample.replaced.is_empty() {
                { parts::table(&Table {
                    id: "replaced",
                    caption: "Cases that were replaced",
                    columns: columns(shows_id, ["Replaced by", "Why"]),
                    rows: replaced.collect(),
                    ..Table::default()
                }) }
            }
        </>
    }
}
