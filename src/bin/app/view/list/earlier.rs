//! Leaving out who was audited lately: the file of an earlier round, its passphrase or its columns,
//! the months that count, and how many cases that are.

use sightline::app::list::Msg as ListMsg;
use sightline::app::list::earlier::{
    FILE_FIELD, FOUND, MONTHS_FIELD, Msg as EarlierMsg, PASSPHRASE_FIELD, Stage,
};
use sightline::app::{Msg, Open};
use sightline::desk::Subject;
use sightline::desk::list::earlier::Named;
use yew::prelude::*;

use super::super::parts::{self, FileDrop, Look, Select, TextField, Width};
use super::super::{Dispatch, day, error_of};
use super::{figure, problems};

const HEADING: &str = "Leave out who was audited lately";

pub(super) fn section(open: &Open, dispatch: &Dispatch) -> Html {
    let stage = &open.list.earlier;
    let content = match (&stage.found, &stage.sealed) {
        (Some(found), _) => html! {
            <>
                { told(found, dispatch) }
                { leave_out(stage, found, &open.list.who.day, dispatch) }
            </>
        },
        (None, Some(_)) => passphrase(stage, dispatch),
        (None, None) => return choose(stage, open.awaits(Subject::Earlier), dispatch),
    };
    html! {
        <>
            <h2 class="govuk-heading-m">{ HEADING }</h2>
            { content }
        </>
    }
}

fn choose(stage: &Stage, looking: bool, dispatch: &Dispatch) -> Html {
    let files = dispatch.files.clone();
    let on_file = dispatch.with(move |file: web_sys::File| {
        let name = file.name();
        said(EarlierMsg::ChoseFile(files.hold(file), name))
    });
    let error = error_of(&stage.errors, FILE_FIELD).map(str::to_owned);
    html! {
        <>
            <FileDrop id={FILE_FIELD} label={HEADING}
                hint="Choose the file of an earlier round: the saved round (.sightline), its findings with ids, its certificate, or any list with a column of ids. It is read in this browser and goes nowhere."
                error={error.map(AttrValue::from)}
                accept=".sightline,.json,.csv,.tsv,.txt,.xlsx,.xlsm,.xlsb,.xls,.ods" {on_file} />
            <div role="status">
                if looking {
                    <p class="govuk-body">{ "Looking into the file…" }</p>
                }
            </div>
        </>
    }
}

fn passphrase(stage: &Stage, dispatch: &Dispatch) -> Html {
    let name = stage.file.as_ref().map_or("", |(_, name)| name);
    html! {
        <>
            { parts::form(
                parts::text_field(TextField {
                    id: PASSPHRASE_FIELD,
                    label: &format!("Passphrase of {name}"),
                    hint: Some("The one that the round was saved with. Only who was audited, and when, is taken from it."),
                    value: &stage.passphrase,
                    error: error_of(&stage.errors, PASSPHRASE_FIELD),
                    masked: true,
                    on_input: dispatch.with(|text| said(EarlierMsg::EnteredPassphrase(text))),
                    ..TextField::default()
                }),
                "Open the round",
                dispatch.with(|()| said(EarlierMsg::ClickedOpen)),
            ) }
            <div role="status">
                if stage.is_unsealing() {
                    { parts::inset_text("Opening the file. This takes a few seconds on purpose: it makes guessing slow.") }
                }
            </div>
            { another(dispatch) }
        </>
    }
}

/// What the file tells, and which of its columns say it.
fn told(found: &Named, dispatch: &Dispatch) -> Html {
    let earlier = &found.earlier;
    let audited = earlier.within(None).len();
    let days = match earlier.days() {
        Some((first, last)) if first == last => format!("on {}", day::long(first)),
        Some((first, last)) => format!("from {} to {}", day::long(first), day::long(last)),
        None => "on days that it does not say".to_owned(),
    };
    html! {
        <>
            <p class="govuk-body" id={FOUND} tabindex="-1">
                <bdi class="app-file-name">{ &earlier.file }</bdi>
                { format!(": {} audited, {days}.", cases(audited)) }
                if earlier.unaudited > 0 {
                    { format!(" {} of it not signed: they stay in.", cases(earlier.unaudited)) }
                }
            </p>
            if !found.columns.is_empty() && found.id.is_some() {
                { columns(found, dispatch) }
            }
            { problems::shown("earlier-problems", "Rows of it that could not be used", &found.problems) }
        </>
    }
}

fn columns(found: &Named, dispatch: &Dispatch) -> Html {
    let names = || {
        found
            .columns
            .iter()
            .map(|name| (name.as_str(), name.as_str()))
    };
    let days = [("", "None: leave out all of its cases")]
        .into_iter()
        .chain(names());
    html! {
        <>
            { parts::select(Select {
                id: "earlier-id",
                label: "Its column of ids",
                hint: Some("As the case list names them."),
                options: names().collect(),
                chosen: found.id.as_deref().unwrap_or_default(),
                on_choose: dispatch.with(|id| said(EarlierMsg::ChoseId(id))),
                ..Select::default()
            }) }
            { parts::select(Select {
                id: "earlier-on",
                label: "Its column with the day of the audit",
                options: days.collect(),
                chosen: found.on.as_deref().unwrap_or_default(),
                on_choose: dispatch.with(|on| said(EarlierMsg::ChoseOn(on))),
                ..Select::default()
            }) }
        </>
    }
}

/// The months that count, how many cases that are, and the button.
fn leave_out(stage: &Stage, found: &Named, reference: &str, dispatch: &Dispatch) -> Html {
    let dated = found.earlier.days().is_some();
    let count = match stage.window(reference) {
        Ok(Some((from, to))) => {
            let lie = found.earlier.within(Some((from, to))).len();
            format!(
                "{} audited from {} to {}, the reference day.",
                cases(lie),
                day::long(from),
                day::long(to)
            )
        }
        Ok(None) => "The file says no day, so all of its cases would be left out.".to_owned(),
        Err(_) => String::new(),
    };
    let months = parts::text_field(TextField {
        id: MONTHS_FIELD,
        label: "Audited in the last how many months?",
        hint: Some("Counted back from the reference day."),
        value: stage.months(),
        error: error_of(&stage.errors, MONTHS_FIELD),
        width: Width::Characters(3),
        suffix: Some("months"),
        inputmode: Some("numeric"),
        on_input: dispatch.with(|text| said(EarlierMsg::EnteredMonths(text))),
        ..TextField::default()
    });
    html! {
        <>
            { parts::form(
                html! {
                    <>
                        if dated {
                            { months }
                        } else {
                            { parts::error_message(MONTHS_FIELD, error_of(&stage.errors, MONTHS_FIELD)) }
                        }
                        <p class="govuk-body" role="status">{ count }</p>
                    </>
                },
                "Leave them out",
                dispatch.with(|()| said(EarlierMsg::ClickedLeaveOut)),
            ) }
            { another(dispatch) }
        </>
    }
}

fn another(dispatch: &Dispatch) -> Html {
    let click = dispatch.click(said(EarlierMsg::ClickedAnother));
    html! {
        <p class="govuk-body">{ parts::button(Look::Link, "Choose another file, or none", click) }</p>
    }
}

fn cases(count: usize) -> String {
    if count == 1 {
        "1 case".to_owned()
    } else {
        format!("{} cases", figure(count))
    }
}

fn said(msg: EarlierMsg) -> Msg {
    Msg::List(ListMsg::Earlier(msg))
}
