//! Changing a section of a form.

use sightline::app::Model;
use sightline::app::forms::FormsPage;
use sightline::app::forms::edit::{Field, KINDS, Msg as EditMsg, New, Of, Switch, Thing, tag};
use sightline::form::{FormProblem, Section, SectionId};
use yew::prelude::*;

use super::super::Dispatch;
use super::super::parts::{self, Checkbox, Look, Width};
use super::condition;
use super::edit::{Changing, cannot};

pub(super) fn page(model: &Model, name: &str, id: &SectionId, dispatch: &Dispatch) -> Html {
    let Some(changing) = Changing::of(model, name, dispatch) else {
        return cannot(model, name, dispatch);
    };
    let Some(section) = changing.form.section(id) else {
        return super::not_here(model);
    };
    let faults = changing.form.check();
    let here = |it: &&FormProblem| {
        let place = it.place.as_deref();
        place == Some(id.as_str())
            || section
                .questions
                .iter()
                .any(|it| place == Some(it.id.as_str()))
    };
    let faults: Vec<&FormProblem> = faults.iter().filter(here).collect();
    let content = html! {
        <>
            { changing.text(Field::SectionTitle(id.clone()), "Heading", None, Width::Full) }
            { changing.words(Field::SectionHint(id.clone()), "Help", Some("What to read first, or what the section is about.")) }
            { questions(&changing, section) }
            { repeats(&changing, section) }
            { condition::fields(&changing, &Of::Section(id.clone()), "Ask this section") }
        </>
    };
    let back = FormsPage::Edit(name.to_owned());
    changing.page(
        format!("{}, section “{id}”", changing.form.title),
        &faults,
        content,
        &back,
    )
}

fn questions(changing: &Changing, section: &Section) -> Html {
    let sections = &changing.form.sections;
    let first = sections.first().is_some_and(|it| it.id == section.id);
    let last = sections.last().is_some_and(|it| it.id == section.id);
    let count = section.questions.len();
    html! {
        <section>
            <h2 class="govuk-heading-m">{ "Questions" }</h2>
            <ol class="govuk-list app-edit__list">
                { for section.questions.iter().enumerate().map(|(at, question)| {
                    let address = FormsPage::Question(changing.name.to_owned(), question.id.clone());
                    let kind = KINDS.iter().find(|(it, _)| *it == tag(&question.kind));
                    let text = if question.text.is_empty() { question.id.as_str() } else { &question.text };
                    html! {
                        <li class="app-edit__item" key={question.id.as_str().to_owned()}>
                            <div>
                                <a class="govuk-link" href={address.to_string()}>{ text }</a>
                                <span class="govuk-hint app-edit__hint">
                                    { kind.map_or("", |it| it.1) }
                                    if question.required { { ". Must be answered" } }
                                </span>
                            </div>
                            { changing.handles(&Thing::Question(question.id.clone()), text, first && at == 0, last && at + 1 == count) }
                        </li>
                    }
                }) }
            </ol>
            { parts::button(Look::Secondary, "Add a question", changing.click(EditMsg::Added(New::Question(section.id.clone())))) }
        </section>
    }
}

fn repeats(changing: &Changing, section: &Section) -> Html {
    let id = &section.id;
    let of = id.clone();
    html! {
        <>
            { parts::checkbox(Checkbox {
                id: "repeats",
                label: "Ask this section again for each of several things, such as meetings",
                checked: section.repeat.is_some(),
                on_change: changing.with(move |on| EditMsg::Switched(Switch::Repeats(of.clone()), on)),
                ..Checkbox::default()
            }) }
            if section.repeat.is_some() {
                <div class="govuk-checkboxes__conditional">
                    { changing.text(Field::Each(id.clone()), "What is one of them called?", Some("For example: Meeting"), Width::Characters(20)) }
                    { changing.text(Field::Least(id.clone()), "How many at least?", None, Width::Characters(3)) }
                    { changing.text(Field::Most(id.clone()), "How many at most?", None, Width::Characters(3)) }
                </div>
            }
        </>
    }
}
