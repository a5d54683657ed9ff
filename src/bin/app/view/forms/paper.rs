//! A whole form on one page, as it will be asked: to be read before it is used, and to be printed.

use sightline::form::{
    Alternative, Benchmark, Condition, Form, Kind, NumberKind, Question, ReasonDue, Section,
};
use yew::prelude::*;

/// The form.
pub(super) fn form(form: &Form) -> Html {
    let questions = form.questions().count();
    let sections = form.sections.len();
    html! {
        <>
            if !form.about.is_empty() {
                <p class="govuk-body-l">{ &form.about }</p>
            }
            <p class="govuk-body govuk-hint">
                { format!("{} in {}. ", counted(questions, "question"), counted(sections, "section")) }
                if let Some(months) = form.look_back_months {
                    { format!("The auditor reads the last {months} months. ") }
                }
                if form.is_graded() {
                    { format!("Grades: {}. ", grades(form)) }
                } else {
                    { "It has no grades: it is for reflection. " }
                }
                { "A question in bold must be answered." }
            </p>
            { for form.sections.iter().enumerate().map(|(at, it)| section(form, at + 1, it)) }
        </>
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{count} {what}s")
    }
}

fn grades(form: &Form) -> String {
    let labels: Vec<&str> = form.grades.iter().map(|it| it.label.as_str()).collect();
    labels.join(", ")
}

fn section(form: &Form, number: usize, section: &Section) -> Html {
    html! {
        <section class="app-paper" key={section.id.as_str().to_owned()}>
            <h2 class="govuk-heading-m app-paper__section">{ format!("{number}. {}", section.title) }</h2>
            if let Some(hint) = &section.hint {
                <p class="govuk-body">{ hint }</p>
            }
            { only_if("This section is asked", section.show_if.as_ref(), form) }
            if let Some(repeat) = &section.repeat {
                <p class="govuk-body app-paper__when">
                    { format!("It is asked again for each one: {} 1, {} 2 and so on", repeat.each, repeat.each) }
                    if repeat.min > 0 { { format!(", at least {}", repeat.min) } }
                    { format!(", at most {}.", repeat.max) }
                </p>
            }
            { for section.questions.iter().map(|it| question(form, it)) }
        </section>
    }
}

fn only_if(what: &str, condition: Option<&Condition>, form: &Form) -> Html {
    condition.map_or_else(Html::default, |condition| {
        html! {
            <p class="govuk-body app-paper__when">{ format!("{what} only if {}.", condition.in_words(form)) }</p>
        }
    })
}

fn question(form: &Form, question: &Question) -> Html {
    let text = if question.text.trim().is_empty() {
        question.id.as_str()
    } else {
        &question.text
    };
    html! {
        <div class="app-paper__question" key={question.id.as_str().to_owned()}>
            <h3 class={if question.required { "govuk-heading-s" } else { "govuk-body app-paper__optional" }}>{ text }</h3>
            if let Some(hint) = &question.hint {
                <p class="govuk-hint">{ hint }</p>
            }
            { only_if("Asked", question.show_if.as_ref(), form) }
            { only_if("An answer is required", question.required_if.as_ref(), form) }
            { answer(form, &question.kind) }
        </div>
    }
}

fn answer(form: &Form, kind: &Kind) -> Html {
    match kind {
        Kind::Grade {
            not_applicable,
            reason,
            benchmarks,
        } => grade(form, *not_applicable, reason, benchmarks),
        Kind::YesNo { not_applicable } => html! {
            <ul class="app-paper__answers">
                <li>{ "Yes" }</li>
                <li>{ "No" }</li>
                if *not_applicable { <li>{ "Not applicable, and why" }</li> }
            </ul>
        },
        Kind::OneOf { options } => options_of("One of:", options),
        Kind::SeveralOf { options } => options_of("Any of:", options),
        Kind::Text { lines: 1 } => told("A text of one line"),
        Kind::Text { .. } => told("A text"),
        Kind::Number(number) => told(&number_in_words(number)),
        Kind::Date => told("A day"),
        Kind::Interval(limit) => told(&format!("{}. The length is computed.", limit.in_words())),
        Kind::Actions => told("Any number of actions: what must happen, who does it, and by when"),
        Kind::Evidence => told(
            "Any number of pieces of evidence: what it shows, where it stands, and of which day",
        ),
    }
}

fn told(text: &str) -> Html {
    html! { <p class="govuk-body app-paper__answer">{ text }</p> }
}

fn grade(form: &Form, not_applicable: bool, reason: &ReasonDue, benchmarks: &[Benchmark]) -> Html {
    html! {
        <>
            <dl class="app-paper__grades">
                { for form.grades.iter().map(|grade| {
                    let good = benchmarks.iter().find(|it| it.grade == grade.id);
                    html! {
                        <div>
                            <dt>{ &grade.label }</dt>
                            <dd>{ good.map_or("", |it| &it.text) }</dd>
                        </div>
                    }
                }) }
                if not_applicable {
                    <div><dt>{ "Not applicable" }</dt><dd>{ "It does not arise in this case, and why." }</dd></div>
                }
            </dl>
            { told(&reason.in_words(form)) }
        </>
    }
}

fn options_of(lead: &str, options: &[Alternative]) -> Html {
    html! {
        <>
            { told(lead) }
            <ul class="app-paper__answers">
                { for options.iter().map(|option| html! {
                    <li>
                        { &option.label }
                        if option.exclusive { { " (alone)" } }
                        if let Some(hint) = &option.hint { <span class="govuk-hint">{ format!(" {hint}") }</span> }
                    </li>
                }) }
            </ul>
        </>
    }
}

fn number_in_words(number: &NumberKind) -> String {
    let kind = if number.decimals == 0 {
        "A whole number".to_owned()
    } else {
        format!("A number with up to {} decimal places", number.decimals)
    };
    let limits = match (number.min, number.max) {
        (None, None) => String::new(),
        (Some(min), None) => format!(", {min} or more"),
        (None, Some(max)) => format!(", {max} or less"),
        (Some(min), Some(max)) => format!(", from {min} to {max}"),
    };
    let unit = number.unit.as_ref().map(|unit| format!(" ({unit})"));
    format!("{kind}{limits}{}", unit.unwrap_or_default())
}
