//! Who is in: the filters with what each leaves out, a form for another, the reference day, and the
//! sum that accounts for every row.

use sightline::app::list::Msg as ListMsg;
use sightline::app::list::who::{
    Asks, COLUMN_FIELD, Change, DAY_FIELD, Draft, FROM_FIELD, Msg as WhoMsg, Stage, VALUES_FIELD,
};
use sightline::app::{Msg, Open};
use sightline::desk::Subject;
use sightline::desk::list::{FrameView, ListView};
use sightline::frame::filter::{Filter, Otherwise, Side};
use sightline::table::column::{Kind, Profile};
use sightline::table::date::Date;
use yew::prelude::*;

use super::super::parts::{
    self, Checkbox, Column, DateField, Look, Radio, Radios, Select, Table, TextField,
};
use super::super::{Dispatch, error_of};
use super::{earlier, figure};

pub(super) fn page(
    open: &Open,
    view: &ListView,
    frame: Option<&FrameView>,
    dispatch: &Dispatch,
) -> Html {
    let stage = &open.list.who;
    html! {
        <div class="app-measure">
            <p class="govuk-body">{ "Say which rows of the list count. Each row that is left out is counted under its reason, here and on the certificate." }</p>
            <div role="status" id="who-is-in" tabindex="-1">
                if let Some(frame) = frame {
                    { super::frame_sum(frame) }
                } else if open.awaits(Subject::Frame) {
                    <p class="govuk-body">{ "Counting…" }</p>
                }
            </div>
            { filters(open, frame, dispatch) }
            { remembered(open, dispatch) }
            <h2 class="govuk-heading-m">{ "The day as of which the list speaks" }</h2>
            { parts::date_field(DateField {
                id: DAY_FIELD,
                label: "Reference day",
                hint: Some("Ages, days since and months are counted to it. If the list is of the end of a month, give that day."),
                value: &stage.day,
                error: error_of(&stage.errors, DAY_FIELD),
                on_input: dispatch.with(|day| said(WhoMsg::EnteredDay(day))),
                ..DateField::default()
            }) }
            if let Some(last) = open.list.linking.lists.last() {
                { of_which(stage.alone, &last.name, dispatch) }
            }
            <h2 class="govuk-heading-m">{ "Add a filter" }</h2>
            { form(stage, view, dispatch) }
            { earlier::section(open, dispatch) }
            { parts::button_link(Look::Secondary, "Back to the case list", "#/list") }
        </div>
    }
}

/// Whether the next filter is for the list that was read last, or for all of them as one.
fn of_which(alone: bool, last: &str, dispatch: &Dispatch) -> Html {
    const ALL: &str = "all";
    const LAST: &str = "last";
    let send = dispatch.to.clone();
    parts::radios(Radios {
        id: "filter-of",
        legend: "Of which rows do you say it?",
        items: vec![
            Radio::new(ALL, "All lists as one, a row a child"),
            Radio::new(
                LAST,
                &format!("Only the rows of “{last}”, before it is linked"),
            ),
        ],
        chosen: Some(if alone { LAST } else { ALL }),
        on_choose: Callback::from(move |value: String| {
            send.emit(said(WhoMsg::ChoseAlone(value == LAST)));
        }),
        ..Radios::default()
    })
}

/// The filters that there are, each with how many rows it leaves out.
fn filters(open: &Open, frame: Option<&FrameView>, dispatch: &Dispatch) -> Html {
    let stage = &open.list.who;
    if stage.filters.is_empty() {
        let text = if open.list.linking.lists.is_empty() {
            "All rows with an id are in: there is no filter."
        } else {
            "There is no filter of the lists as one. What is left out of each list stands beside it on the page of the case list."
        };
        return html! { <p class="govuk-body">{ text }</p> };
    }
    let rows = stage.filters.iter().enumerate().map(|(at, filter)| {
        let remove = dispatch.click(said(WhoMsg::ClickedRemove(at)));
        let words = filter.test.to_string();
        vec![
            html! { <bdi>{ said_of(filter) }</bdi> },
            html! { { left_out(filter, frame) } },
            parts::icon_button(Look::Link, "Remove", &words, remove),
        ]
    });
    parts::table(&Table {
        id: "filters",
        caption: "Filters, in the order in which rows pass them",
        columns: vec![
            Column::text("Filter"),
            Column::number("Left out"),
            Column::text("Change"),
        ],
        rows: rows.collect(),
        row_headers: true,
        ..Table::default()
    })
}

/// Whether the filters are remembered, once there are any.
fn remembered(open: &Open, dispatch: &Dispatch) -> Html {
    let stage = &open.list.who;
    let mut parts = open.list.linking.lists.iter();
    if stage.filters.is_empty() && parts.all(|part| part.filters.is_empty()) {
        return Html::default();
    }
    parts::checkbox(Checkbox {
        id: "filters-remembered",
        label: "Remember these filters for the next list with the same columns",
        hint: Some(
            "Kept readable in this browser once the list is used: the columns, and the values and days that you chose. Who was audited before is not among it.",
        ),
        checked: stage.remembered,
        small: true,
        on_change: dispatch.with(|remembered| said(WhoMsg::ToggledRemembered(remembered))),
        ..Checkbox::default()
    })
}

/// A filter in words, with the reason that was given for it.
pub(super) fn said_of(filter: &Filter) -> String {
    let side = match filter.rows {
        Side::Keep => "Only",
        Side::LeaveOut => "Leave out",
    };
    if filter.reason.is_empty() {
        format!("{side}: {}", filter.test)
    } else {
        format!("{side}: {}. {}", filter.test, filter.reason)
    }
}

/// How many rows a filter leaves out, those among them whose cell it could not read.
fn left_out(filter: &Filter, frame: Option<&FrameView>) -> String {
    let Some(frame) = frame else {
        return String::new();
    };
    let reason = filter.reason();
    let its = |given: &str| {
        given == reason
            || [" (blank)", " (unreadable)"]
                .iter()
                .any(|end| given.strip_suffix(end) == Some(&reason))
    };
    let excluded = frame.excluded.iter().filter(|it| its(&it.reason));
    figure(excluded.map(|exclusion| exclusion.count).sum())
}

fn form(stage: &Stage, view: &ListView, dispatch: &Dispatch) -> Html {
    let draft = &stage.draft;
    let column = draft.column.and_then(|at| view.columns.get(at));
    let fields = html! {
        <>
            { column_choice(stage, view, dispatch) }
            if let Some(column) = column {
                { asks(draft, column, dispatch) }
                { match draft.asks {
                    Asks::Values => values(stage, column, dispatch),
                    Asks::Days => days(stage, dispatch),
                    Asks::DaysSince | Asks::Age | Asks::Number => numbers(stage, dispatch),
                } }
                { side(draft, dispatch) }
                if draft.asks != Asks::Values {
                    { otherwise(draft, dispatch) }
                }
                { parts::text_field(TextField {
                    id: "filter-reason",
                    label: "Reason (if the filter itself does not say it)",
                    value: &draft.reason,
                    on_input: dispatch.with(|text| changed(Change::Reason(text))),
                    ..TextField::default()
                }) }
            }
        </>
    };
    parts::form(
        fields,
        "Add the filter",
        dispatch.with(|()| said(WhoMsg::ClickedAdd)),
    )
}

fn column_choice(stage: &Stage, view: &ListView, dispatch: &Dispatch) -> Html {
    let places: Vec<String> = (0..view.columns.len()).map(|at| at.to_string()).collect();
    let names = view.columns.iter().map(|column| column.name.as_str());
    let mut options = vec![("", "Choose a column")];
    options.extend(places.iter().map(String::as_str).zip(names));
    let chosen = stage
        .draft
        .column
        .map(|at| at.to_string())
        .unwrap_or_default();
    let send = dispatch.to.clone();
    parts::select(Select {
        id: COLUMN_FIELD,
        label: "By which column?",
        error: error_of(&stage.errors, COLUMN_FIELD),
        options,
        chosen: &chosen,
        on_choose: Callback::from(move |value: String| {
            if let Ok(column) = value.parse() {
                send.emit(changed(Change::Column(column)));
            }
        }),
        ..Select::default()
    })
}

/// What can be asked of a column, by its kind.
fn asks(draft: &Draft, column: &Profile, dispatch: &Dispatch) -> Html {
    const ALL: [(Asks, &str, &str); 5] = [
        (Asks::Values, "values", "Its value"),
        (Asks::Days, "days", "Its day"),
        (Asks::DaysSince, "days-since", "Days since it"),
        (Asks::Age, "age", "The age"),
        (Asks::Number, "number", "Its number"),
    ];
    // A few cells that are no day do not make a column of days one of texts.
    let some_days = || {
        column
            .samples
            .iter()
            .any(|text| Date::parse(text).is_some())
    };
    let days = column.kind == Kind::Date || some_days();
    let fits = |asks: Asks| match asks {
        Asks::Values => true,
        Asks::Days | Asks::DaysSince => days,
        Asks::Age => days || column.kind == Kind::Number,
        Asks::Number => column.kind == Kind::Number,
    };
    let offered = || ALL.into_iter().filter(|(asks, ..)| fits(*asks));
    if offered().count() < 2 {
        return Html::default();
    }
    let send = dispatch.to.clone();
    parts::radios(Radios {
        id: "filter-asks",
        legend: "By what of it?",
        inline: true,
        items: offered()
            .map(|(_, value, label)| Radio::new(value, label))
            .collect(),
        chosen: offered()
            .find(|(asks, ..)| *asks == draft.asks)
            .map(|(_, value, _)| value),
        on_choose: Callback::from(move |chosen: String| {
            if let Some((asks, ..)) = ALL.into_iter().find(|(_, value, _)| *value == chosen) {
                send.emit(changed(Change::Asks(asks)));
            }
        }),
        ..Radios::default()
    })
}

/// The commonest values to tick, and further ones to write.
fn values(stage: &Stage, column: &Profile, dispatch: &Dispatch) -> Html {
    let draft = &stage.draft;
    let few = matches!(column.kind, Kind::YesNo | Kind::Category | Kind::Number);
    let offered = column.top.iter().filter(|_| few).enumerate();
    let boxes = offered.map(|(at, value)| {
        let id = if at == 0 {
            VALUES_FIELD.to_owned()
        } else {
            format!("{VALUES_FIELD}-{}", at + 1)
        };
        let text = value.text.clone();
        parts::checkbox(Checkbox {
            id: &id,
            label: &format!("{} ({})", value.text, figure(value.count)),
            checked: draft.ticked.contains(&value.text),
            small: true,
            on_change: dispatch.with(move |_| changed(Change::Ticked(text.clone()))),
            ..Checkbox::default()
        })
    });
    let error = error_of(&stage.errors, VALUES_FIELD);
    let id = if few && !column.top.is_empty() {
        "filter-typed"
    } else {
        VALUES_FIELD
    };
    let typed = || {
        parts::text_area(parts::TextArea {
            id,
            label: if few {
                "Other values, one a line"
            } else {
                "Values, one a line"
            },
            value: &draft.typed,
            on_input: dispatch.with(|text| changed(Change::Typed(text))),
            ..parts::TextArea::default()
        })
    };
    html! {
        <fieldset class="govuk-fieldset app-filter-values">
            <legend class="govuk-fieldset__legend">{ "Which values?" }</legend>
            { parts::error_message(VALUES_FIELD, error) }
            { for boxes }
            if !few || column.distinct > column.top.len() {
                { typed() }
            }
        </fieldset>
    }
}

fn days(stage: &Stage, dispatch: &Dispatch) -> Html {
    html! {
        <>
            { parts::date_field(DateField {
                id: FROM_FIELD,
                label: "From (first day)",
                value: &stage.draft.from,
                error: error_of(&stage.errors, FROM_FIELD),
                on_input: dispatch.with(|text| changed(Change::From(text))),
                ..DateField::default()
            }) }
            { parts::date_field(DateField {
                id: "filter-to",
                label: "To (last day)",
                value: &stage.draft.to,
                on_input: dispatch.with(|text| changed(Change::To(text))),
                ..DateField::default()
            }) }
        </>
    }
}

fn numbers(stage: &Stage, dispatch: &Dispatch) -> Html {
    let unit = match stage.draft.asks {
        Asks::DaysSince => "days",
        Asks::Age => "years",
        Asks::Values | Asks::Days | Asks::Number => "",
    };
    let field = |id, label: &str, value, error, on_input| {
        parts::text_field(TextField {
            id,
            label,
            value,
            error,
            width: parts::Width::Characters(5),
            inputmode: Some("numeric"),
            on_input,
            ..TextField::default()
        })
    };
    html! {
        <>
            { field(FROM_FIELD, format!("From {unit}").trim(), &stage.draft.from, error_of(&stage.errors, FROM_FIELD),
                dispatch.with(|text| changed(Change::From(text)))) }
            { field("filter-to", format!("To {unit}").trim(), &stage.draft.to, None,
                dispatch.with(|text| changed(Change::To(text)))) }
        </>
    }
}

fn side(draft: &Draft, dispatch: &Dispatch) -> Html {
    let send = dispatch.to.clone();
    parts::radios(Radios {
        id: "filter-side",
        legend: "What becomes of these rows?",
        inline: true,
        items: vec![
            Radio::new("keep", "Only they are in"),
            Radio::new("leave-out", "They are left out"),
        ],
        chosen: Some(if draft.leaves_out {
            "leave-out"
        } else {
            "keep"
        }),
        on_choose: Callback::from(move |value: String| {
            let side = if value == "keep" {
                Side::Keep
            } else {
                Side::LeaveOut
            };
            send.emit(changed(Change::Side(side)));
        }),
        ..Radios::default()
    })
}

fn otherwise(draft: &Draft, dispatch: &Dispatch) -> Html {
    const ALL: [(Otherwise, &str, &str); 3] = [
        (
            Otherwise::Faulty,
            "faulty",
            "They are faulty, and named with their place",
        ),
        (Otherwise::Keep, "keep", "They stay"),
        (
            Otherwise::LeaveOut,
            "leave-out",
            "They are left out, and counted apart",
        ),
    ];
    let send = dispatch.to.clone();
    parts::select(Select {
        id: "filter-otherwise",
        label: "And of rows where it is blank or cannot be read?",
        options: ALL
            .iter()
            .map(|(_, value, label)| (*value, *label))
            .collect(),
        chosen: ALL
            .iter()
            .find(|(it, ..)| *it == draft.otherwise)
            .map_or("", |(_, value, _)| value),
        on_choose: Callback::from(move |chosen: String| {
            if let Some((it, ..)) = ALL.iter().find(|(_, value, _)| *value == chosen) {
                send.emit(changed(Change::Otherwise(*it)));
            }
        }),
        ..Select::default()
    })
}

fn said(msg: WhoMsg) -> Msg {
    Msg::List(ListMsg::Who(msg))
}

fn changed(change: Change) -> Msg {
    said(WhoMsg::Changed(change))
}
