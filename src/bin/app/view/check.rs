//! Checking a case's answers before signing.

use sightline::app::audit::{
    Msg as AuditMsg,
    field::{self, SIGNATURE},
};
use sightline::app::{Model, Msg, Open, Route};
use sightline::form::{Form, Kind, Section};
use sightline::review::measure::Measured;
use sightline::review::{
    Action, Answer, Asked, CaseNumber, Choice, Evidence, Missing, Part, Review, Standing,
};
use sightline::round::Case;
use yew::prelude::*;

use super::parts::{self, Look, SummaryRow, TextField, Width};
use super::{Dispatch, case, day, keeping, section};

pub(super) fn page(model: &Model, open: &Open, number: CaseNumber, dispatch: &Dispatch) -> Html {
    let Some(audited) = open.round.case(number) else {
        return case::no_case(model);
    };
    let form = &open.round.form;
    let review = open.review(number);
    let standing = review.standing(form);
    let change = review.signed.is_none().then_some(number);
    html! {
        <div class="app-walk">
            <div class="app-walk__nav">{ case::side(number, &standing, &model.route) }</div>
            <div class="app-walk__form">
                { super::error_summary(errors(open, number, &review, &standing)) }
                { super::page_heading(model, Some(form.title.clone())) }
                { on_paper(open, audited) }
                { for standing.sections.iter().map(|section| html! {
                    <section key={section.id.to_string()}>
                        <h2 class="govuk-heading-m">{ &section.title }</h2>
                        { answers(form, &standing, section, change) }
                    </section>
                }) }
                { concerns(open, number) }
                { keeping::only_to_write(open, sign(open, number, &review, dispatch)) }
                { parts::button(Look::Secondary, "Print this case", dispatch.click(Msg::Audit(AuditMsg::ClickedPrint))) }
            </div>
        </div>
    }
}

/// What a printed case says of itself besides its answers.
fn on_paper(open: &Open, case: &Case) -> Html {
    let round = &open.round;
    let signature = round.reviews.get(&case.number);
    let signature = signature.and_then(|review| review.signed.as_ref());
    let signed = signature.map_or_else(
        || "Not signed".to_owned(),
        |signature| format!("By {} on {}", signature.name, day::of(signature.at)),
    );
    let mut facts = vec![
        ("Round", round.title.as_str()),
        ("Form", round.form.title.as_str()),
        ("Signed", signed.as_str()),
    ];
    if round.shows_id() {
        facts.push(("Id in the list", case.id.as_str()));
    }
    facts.extend(round.facts_of(case));
    html! { <div class="app-on-paper">{ parts::fact_list(&facts) }</div> }
}

/// The concerns about the case, as written.
fn concerns(open: &Open, number: CaseNumber) -> Html {
    let concerns = open.concerns(number);
    if concerns.is_empty() {
        return Html::default();
    }
    html! {
        <section>
            <h2 class="govuk-heading-m">{ "Immediate safeguarding concerns" }</h2>
            { for concerns.iter().map(|it| {
                let outcome = it.closed.as_ref().map_or("Open", |closing| &closing.outcome);
                html! {
                    <div key={it.number.0}>
                        <h3 class="govuk-heading-s">{ format!("Concern {}", it.number) }</h3>
                        { parts::summary_list(&[
                            SummaryRow::new("What was seen", words(&it.words.seen)),
                            SummaryRow::new("What was done", words(&it.words.done)),
                            SummaryRow::new("By whom", words(&it.words.by)),
                            SummaryRow::new("What came of it", words(outcome)),
                        ]) }
                    </div>
                }
            }) }
        </section>
    }
}

/// The answers of one section, with links to change them where they can be changed.
pub(super) fn answers(
    form: &Form,
    standing: &Standing,
    section: &Section,
    change: Option<CaseNumber>,
) -> Html {
    let address = change.map(|number| section::address(number, section));
    let missing = match change {
        Some(_) => standing.missing_in(section),
        None => Vec::new(),
    };
    let parts = standing.parts_of(section).map(|part| {
        html! {
            <>
                if let Some(name) = part.name() {
                    <h3 class="govuk-heading-s">{ name }</h3>
                }
                { rows(form, part, address.as_deref(), &missing) }
            </>
        }
    });
    html! {
        <>
            { for parts }
            if let Some(repeat) = section.repeat.as_ref().filter(|_| standing.parts_of(section).next().is_none()) {
                <p class="govuk-body app-blank">{ format!("{}: none", repeat.each) }</p>
            }
        </>
    }
}

fn rows(form: &Form, part: &Part, address: Option<&str>, missing: &[Missing]) -> Html {
    let places: Vec<Option<String>> = part
        .asked
        .iter()
        .map(|asked| Some(format!("{}/{}", address?, field::of(&asked.place))))
        .collect();
    let rows = part
        .asked
        .iter()
        .zip(&places)
        .map(|(asked, place)| SummaryRow {
            key: &asked.question.text,
            value: html! {
                <>
                    { answer(form, asked) }
                    { for missing.iter().filter(|it| it.place == asked.place).map(|it| html! {
                        <p class="govuk-body app-missing">{ &it.message }</p>
                    }) }
                </>
            },
            actions: place
                .iter()
                .map(|place| ("Change", asked.question.text.as_str(), place.as_str()))
                .collect(),
        });
    parts::summary_list(&rows.collect::<Vec<_>>())
}

fn answer(form: &Form, asked: &Asked) -> Html {
    match (&*asked.answer, &asked.question.kind) {
        (Answer::Grade { choice, reason }, _) => html! {
            <>
                { match choice {
                    Some(Choice::Grade(grade)) => parts::grade_mark(section::tone(form, grade), form.grade_label(grade)),
                    Some(Choice::NotApplicable) => parts::grade_mark(parts::Tone::None, "Not applicable"),
                    None => blank("Not graded"),
                } }
                if !reason.trim().is_empty() {
                    { words(reason) }
                }
            </>
        },
        (Answer::Actions { actions }, _) => {
            let written = actions.iter().filter(|action| !action.is_blank());
            list(
                "No actions",
                written.map(|it| (it.what.as_str(), who_and_when(it))),
            )
        }
        (Answer::Evidence { evidence }, _) => {
            let written = evidence.iter().filter(|piece| !piece.is_blank());
            list(
                "No evidence",
                written.map(|it| (it.what.as_str(), where_and_when(it))),
            )
        }
        (Answer::Interval { from, to }, Kind::Interval(kind)) if !asked.answer.is_blank() => {
            html! {
                <>
                    if let Ok(Some(measured)) = Measured::of(kind, from, to) {
                        <p class="govuk-body">{ measured.to_string() }</p>
                    }
                    { for [(&kind.from, from), (&kind.to, to)].into_iter().filter(|(_, at)| !at.is_empty()).map(|(name, at)| html! {
                        <p class="govuk-hint app-action-who">{ format!("{name}: {}", day::moment(at)) }</p>
                    }) }
                </>
            }
        }
        (Answer::Date { date }, _) if !asked.answer.is_blank() => words(&day::written(date)),
        _ if asked.answer.is_blank() => blank("Nothing written"),
        _ => words(&asked.words()),
    }
}

fn blank(text: &str) -> Html {
    html! { <span class="app-blank">{ text }</span> }
}

/// What an auditor wrote or chose, as it is.
fn words(text: &str) -> Html {
    html! { <p class="govuk-body app-words" translate="no">{ text }</p> }
}

/// Several things, each with who, where or when below it.
fn list<'a>(nothing: &str, things: impl Iterator<Item = (&'a str, String)>) -> Html {
    let rows: Vec<Html> = things
        .map(|(what, below)| {
            html! {
                <li>{ what }<span class="govuk-hint app-action-who">{ below }</span></li>
            }
        })
        .collect();
    if rows.is_empty() {
        return blank(nothing);
    }
    html! { <ul class="govuk-list govuk-list--bullet" translate="no">{ for rows }</ul> }
}

/// Who makes an action happen, and by when.
fn who_and_when(action: &Action) -> String {
    let due = day::written(action.due.trim());
    match (action.owner.trim(), due.as_str()) {
        ("", "") => String::new(),
        ("", due) => format!("By {due}"),
        (owner, "") => owner.to_owned(),
        (owner, due) => format!("{owner}, by {due}"),
    }
}

/// Where a piece of evidence was seen or heard, and of which day it is.
fn where_and_when(piece: &Evidence) -> String {
    let date = day::written(piece.date.trim());
    let named = [piece.source.trim(), date.as_str()];
    let named = named.into_iter().filter(|text| !text.is_empty());
    named.collect::<Vec<_>>().join(", ")
}

fn sign(open: &Open, number: CaseNumber, review: &Review, dispatch: &Dispatch) -> Html {
    if let Some(signature) = &review.signed {
        let heading = format!("Case {number} is signed");
        let content = html! {
            <>
                <p class="govuk-body" id="signed" tabindex="-1">{ format!("By {} on {}.", signature.name, day::of(signature.at)) }</p>
                { parts::button_link(Look::Primary, "Next case", &next(open, number)) }
            </>
        };
        return parts::notification_banner(
            parts::Banner::Success,
            "signed-banner",
            &heading,
            content,
        );
    }
    let name = open
        .audit
        .signature
        .as_deref()
        .unwrap_or(&open.round.auditor);
    let error = open.audit.show_missing && name.trim().is_empty();
    html! {
        <section class="app-sign">
            <h2 class="govuk-heading-m">{ "Sign" }</h2>
            <p class="govuk-body">{ "By signing you say that this is your judgement of the practice in this case. A signed case changes only when it is opened again with a reason." }</p>
            { parts::text_field(TextField {
                id: SIGNATURE,
                label: "Your name",
                value: name,
                error: error.then_some("Enter your name"),
                width: Width::Characters(30),
                on_input: dispatch.with(|text| Msg::Audit(AuditMsg::EnteredSignature(text))),
                ..TextField::default()
            }) }
            { parts::button(Look::Primary, "Sign this case", dispatch.click(Msg::Audit(AuditMsg::ClickedSign(number)))) }
        </section>
    }
}

/// The next case that is not signed; the list of cases when all are.
fn next(open: &Open, number: CaseNumber) -> String {
    let cases = open.round.cases();
    let after = cases.iter().filter(|case| case.number > number);
    after
        .chain(cases.iter().filter(|case| case.number < number))
        .find(|case| !open.round.progress(case.number).1)
        .map_or_else(
            || "#/cases".to_owned(),
            |case| format!("#/cases/{}", case.number),
        )
}

/// What is missing, each with a link to its section.
fn errors(
    open: &Open,
    number: CaseNumber,
    review: &Review,
    standing: &Standing,
) -> Vec<parts::ErrorLink> {
    if !open.audit.show_missing || review.signed.is_some() {
        return Vec::new();
    }
    let mut errors: Vec<parts::ErrorLink> = standing
        .sections
        .iter()
        .filter_map(|section| {
            let missing = standing.missing_in(section);
            let first = missing.first()?;
            let text = match missing.len() {
                1 => format!("{}: {}", section.title, first.message),
                count => format!("{}: {count} answers are missing", section.title),
            };
            let asked = standing.at(&first.place)?;
            let address = Route::field(number, &section.id, &field::missing(asked));
            Some(parts::ErrorLink::new(address, text))
        })
        .collect();
    let name = open
        .audit
        .signature
        .as_deref()
        .unwrap_or(&open.round.auditor);
    if name.trim().is_empty() {
        errors.push(parts::ErrorLink::new(SIGNATURE, "Enter your name"));
    }
    errors.extend(
        open.audit
            .refused
            .iter()
            .map(|why| parts::ErrorLink::new("main", why.clone())),
    );
    errors
}
