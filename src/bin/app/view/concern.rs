//! Immediate safeguarding concerns: raising one, and closing it with its outcome.

use sightline::app::concern::{Closing, Msg as ConcernMsg, NAME_FIELD, OUTCOME_FIELD, field};
use sightline::app::{Model, Msg, Open, Route};
use sightline::concern::{Concern, ConcernNumber, Part, Words};
use sightline::review::CaseNumber;
use yew::prelude::*;

use super::parts::{self, Banner, ErrorLink, Look, SummaryRow, TextArea, TextField, Width};
use super::{Dispatch, case, day};

/// The page of the concerns about one case.
pub(super) fn page(model: &Model, open: &Open, number: CaseNumber, dispatch: &Dispatch) -> Html {
    if open.round.case(number).is_none() {
        return case::no_case(model);
    }
    let (open_concerns, closed): (Vec<Concern>, Vec<Concern>) = open
        .concerns(number)
        .into_iter()
        .partition(Concern::is_open);
    let mut asked: Vec<(ConcernNumber, Option<i64>)> = open_concerns
        .iter()
        .map(|concern| (concern.number, Some(concern.raised_at)))
        .collect();
    if asked.is_empty() {
        asked.push((open.round.next_concern(), None));
    }
    let writing = Writing {
        open,
        case: number,
        dispatch,
    };
    let errors = open.concern.errors.iter();
    let errors = errors.map(|(field, text)| ErrorLink::new(field.clone(), text.clone()));
    html! {
        <div class="app-measure">
            { super::error_summary(errors.collect()) }
            { super::page_heading(model, Some(format!("Case {number}"))) }
            { parts::warning_text("If a child may not be safe now, act first: follow your authority’s safeguarding procedure. This page tells nobody. It keeps what was seen and what was done about it.") }
            { for asked.iter().map(|(number, raised_at)| writing.concern(*number, *raised_at)) }
            { for closed.iter().map(closed_concern) }
        </div>
    }
}

/// What is to be known on the round's page while a concern is open.
pub(super) fn banner(open: &Open) -> Html {
    let concerns: Vec<&Concern> = open.round.open_concerns().collect();
    if concerns.is_empty() {
        return Html::default();
    }
    let heading = match concerns.len() {
        1 => "A safeguarding concern is open".to_owned(),
        count => format!("{count} safeguarding concerns are open"),
    };
    let content = html! {
        <ul class="govuk-list">
            { for concerns.iter().map(|concern| html! {
                <li key={concern.number.0}>
                    <a class="govuk-notification-banner__link" href={Route::Concern(concern.case).to_string()}>
                        { format!("Case {}: concern {}", concern.case, concern.number) }
                    </a>
                    { format!(", raised on {}. {}", day::of(concern.raised_at), state(&concern.words)) }
                </li>
            }) }
        </ul>
    };
    parts::notification_banner(Banner::Urgent, "open-concerns", &heading, content)
}

/// How far what is written of a concern has come, in a sentence.
fn state(words: &Words) -> &'static str {
    if words.missing().is_empty() {
        "Written down; close it when its outcome is known."
    } else {
        "It does not yet say what was done about it and by whom."
    }
}

/// What the concerns of a case are written with.
struct Writing<'a> {
    open: &'a Open,
    case: CaseNumber,
    dispatch: &'a Dispatch,
}

impl Writing<'_> {
    /// A concern that is open, or that its first word will raise: both stand alike on the page, so
    /// that the button does not move away from under a press that first leaves the field.
    fn concern(&self, number: ConcernNumber, raised_at: Option<i64>) -> Html {
        let since = raised_at.map_or_else(
            || "It is raised with its first word.".to_owned(),
            |at| format!("Raised on {}", day::of(at)),
        );
        let closing = self.open.closing(number);
        html! {
            <section key={number.0}>
                <h2 class="govuk-heading-m app-concern__heading">{ format!("Concern {number}") }</h2>
                <p class="govuk-hint">{ since }</p>
                { self.fields(number, &self.open.concern_words(number)) }
                if let Some(closing) = closing {
                    { self.closing(&closing) }
                } else {
                    { parts::button_group(html! {
                        <>
                            { self.record_button(number) }
                            if raised_at.is_some() {
                                { parts::button(Look::Secondary, "Close this concern",
                                    self.dispatch.click(Msg::Concern(ConcernMsg::ClickedClose(number)))) }
                            }
                        </>
                    }) }
                }
            </section>
        }
    }

    fn record_button(&self, number: ConcernNumber) -> Html {
        let recorded = ConcernMsg::ClickedRecord(self.case, number);
        parts::button(
            Look::Primary,
            "Go back to the case",
            self.dispatch.click(Msg::Concern(recorded)),
        )
    }

    fn fields(&self, number: ConcernNumber, words: &Words) -> Html {
        html! {
            <>
                { self.area(number, Part::Seen, "What have you seen?",
                    "What worries you about this child now, and where it stands in the record. Use no names.", words) }
                { self.area(number, Part::Done, "What was done about it, and when?",
                    "Whom you told and when, and what they did at once.", words) }
                { parts::text_field(TextField {
                    id: &field(number, Part::By), label: "Who did it?", label_bold: true,
                    hint: Some("You, or whoever took it on."),
                    value: words.part(Part::By), error: self.error(&field(number, Part::By)),
                    width: Width::Characters(30), on_input: self.typed(number, Part::By), on_blur: self.left(),
                    ..TextField::default()
                }) }
            </>
        }
    }

    fn area(
        &self,
        number: ConcernNumber,
        part: Part,
        label: &str,
        hint: &str,
        words: &Words,
    ) -> Html {
        let id = field(number, part);
        parts::text_area(TextArea {
            id: &id,
            label,
            label_bold: true,
            hint: Some(hint),
            value: words.part(part),
            error: self.error(&id),
            rows: Some(4),
            on_input: self.typed(number, part),
            on_blur: self.left(),
            ..TextArea::default()
        })
    }

    fn closing(&self, closing: &Closing) -> Html {
        let concern = closing.concern;
        let entered = |to_msg: fn(ConcernNumber, String) -> ConcernMsg| {
            self.dispatch
                .with(move |text| Msg::Concern(to_msg(concern, text)))
        };
        let fields = html! {
            <>
                { parts::text_area(TextArea {
                    id: OUTCOME_FIELD, label: "What came of it?", label_bold: true,
                    hint: Some("How you know that the child is safe, and who holds what is left to do."),
                    value: &closing.outcome, error: self.error(OUTCOME_FIELD), rows: Some(3),
                    on_input: entered(ConcernMsg::EnteredOutcome), ..TextArea::default()
                }) }
                { parts::text_field(TextField {
                    id: NAME_FIELD, label: "Who closes it?", label_bold: true,
                    value: &closing.name, error: self.error(NAME_FIELD), width: Width::Characters(30),
                    on_input: entered(ConcernMsg::EnteredName), ..TextField::default()
                }) }
            </>
        };
        let close = self
            .dispatch
            .with(move |()| Msg::Concern(ConcernMsg::ConfirmedClose(concern)));
        parts::panel(
            "Close this concern",
            parts::form(fields, "Close the concern", close),
        )
    }

    fn error(&self, field: &str) -> Option<&str> {
        let mut errors = self.open.concern.errors.iter();
        errors
            .find(|(id, _)| id == field)
            .map(|(_, text)| text.as_str())
    }

    fn typed(&self, number: ConcernNumber, part: Part) -> Callback<String> {
        let case = self.case;
        self.dispatch
            .with(move |text| Msg::Concern(ConcernMsg::Entered(case, number, part, text)))
    }

    fn left(&self) -> Callback<()> {
        self.dispatch
            .with(|()| Msg::Audit(sightline::app::audit::Msg::LeftField))
    }
}

fn closed_concern(concern: &Concern) -> Html {
    let Some(closing) = &concern.closed else {
        return Html::default();
    };
    let row = |key, value: &str| SummaryRow {
        key,
        value: html! { <span class="app-words" translate="no">{ value.to_owned() }</span> },
        ..SummaryRow::default()
    };
    let signed = format!("{}, {}", closing.signed.name, day::of(closing.signed.at));
    html! {
        <section key={concern.number.0}>
            <h2 class="govuk-heading-m">{ format!("Concern {}, closed", concern.number) }</h2>
            { parts::summary_list(&[
                row("What was seen", &concern.words.seen),
                row("What was done", &concern.words.done),
                row("By whom", &concern.words.by),
                row("What came of it", &closing.outcome),
                row("Closed by", &signed),
            ]) }
        </section>
    }
}
