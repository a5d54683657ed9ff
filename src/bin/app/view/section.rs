//! One section of the form, for one case: its questions, the sections beside, the case's facts. Of
//! a section that repeats, all instances stand on the page, one below the other.

mod items;
mod question;

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use sightline::app::audit::{Msg as AuditMsg, field};
use sightline::app::{Model, Msg, Open, Route};
use sightline::form::{Form, GradeId, Section, SectionId};
use sightline::review::{Answer, Asked, CaseNumber, Instance, Missing, Part, Place, Standing};
use yew::prelude::*;

use super::parts::{self, Look, Tone};
use super::{Dispatch, case, keeping};

pub(super) fn page(
    model: &Model,
    open: &Open,
    number: CaseNumber,
    id: &SectionId,
    dispatch: &Dispatch,
) -> Html {
    let (Some(case), Some(section)) = (open.round.case(number), open.round.form.section(id)) else {
        return case::no_case(model);
    };
    let review = open.review(number);
    let standing = review.standing(&open.round.form);
    let missing = if open.audit.show_missing {
        standing.missing_in(section)
    } else {
        Vec::new()
    };
    let asking = Asking {
        form: &open.round.form,
        number,
        missing: &missing,
        dispatch,
    };
    html! {
        <div class="app-walk">
            <div class="app-walk__nav">{ case::side(number, &standing, &model.route) }</div>
            <div class="app-walk__form">
                { super::error_summary(errors(open, &missing, &standing)) }
                { super::page_heading(model, Some(format!("Case {number}"))) }
                if let Some(hint) = &section.hint {
                    <p class="govuk-body">{ hint }</p>
                }
                if review.signed.is_some() {
                    { answered(&asking, &standing, section) }
                } else {
                    { keeping::only_to_write(open, asked(open, &asking, &standing, section)) }
                    { parts::button_group(html! {
                        <>
                            { parts::button(Look::Primary, "Continue", dispatch.click(Msg::Audit(AuditMsg::ClickedContinue(number, id.clone())))) }
                            { parts::button_link(Look::Secondary, "Back", &before(&asking, &standing, id).to_string()) }
                        </>
                    }) }
                }
            </div>
            <aside class="app-walk__facts" aria-label="Facts of the case">{ case::facts(open, case) }</aside>
        </div>
    }
}

/// The section that is asked before this one, or the case.
fn before(asking: &Asking, standing: &Standing, id: &SectionId) -> Route {
    let sections = asking.form.sections.iter();
    let before = sections.take_while(|section| section.id != *id);
    let asked = before.filter(|section| standing.asks(section)).last();
    asked.map_or(Route::Case(asking.number), |section| {
        Route::Section(asking.number, section.id.clone())
    })
}

/// The answers of a signed review, which does not change.
fn answered(asking: &Asking, standing: &Standing, section: &Section) -> Html {
    html! {
        <>
            { parts::inset_text("This case is signed. Open it again on its page to change it.") }
            { super::check::answers(asking.form, standing, section, None) }
        </>
    }
}

/// The questions of a section, for each of its instances.
fn asked(open: &Open, asking: &Asking, standing: &Standing, section: &Section) -> Html {
    if !standing.asks(section) {
        return parts::inset_text(
            "Nothing is asked here: earlier answers say that this section does not arise in this case.",
        );
    }
    let parts: Vec<&Part> = standing.parts_of(section).collect();
    let Some(repeat) = &section.repeat else {
        return html! { { for parts.iter().map(|part| asking.questions(part)) } };
    };
    let (least, most) = (count(repeat.min), count(repeat.max));
    let name = lower(&repeat.each);
    let add = if parts.is_empty() {
        format!("Add the first {name}")
    } else {
        format!("Add another {name}")
    };
    let clicked = AuditMsg::ClickedAddInstance(asking.number, section.id.clone());
    html! {
        <>
            { for parts.iter().map(|part| asking.instance(open, part, parts.len() > least)) }
            if parts.len() < most {
                <button type="button" id={field::add_instance(section)} class="govuk-button govuk-button--secondary"
                    onclick={asking.dispatch.click(Msg::Audit(clicked))}>{ add }</button>
            }
        </>
    }
}

fn count(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// A name as it stands within a sentence: `Meeting` as `meeting`, `ICPC` as it is.
fn lower(name: &str) -> String {
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain([second]).chain(chars).collect()
        }
        _ => name.to_owned(),
    }
}

fn errors(open: &Open, missing: &[Missing], standing: &Standing) -> Vec<parts::ErrorLink> {
    let refused = open
        .audit
        .refused
        .iter()
        .map(|why| parts::ErrorLink::new("main", why.clone()));
    let missing = missing.iter().filter_map(|missing| {
        let asked = standing.at(&missing.place)?;
        Some(parts::ErrorLink::new(
            field::missing(asked),
            format!("{}: {}", asked.question.text, missing.message),
        ))
    });
    missing.chain(refused).collect()
}

/// How a grade stands on its form's scale.
pub(super) fn tone(form: &Form, grade: &GradeId) -> Tone {
    let count = form.grades.len();
    match form.grades.iter().position(|it| it.id == *grade) {
        None => Tone::None,
        Some(0) => Tone::Best,
        Some(at) if at + 1 == count => Tone::Worst,
        Some(at) if 2 * at + 1 == count => Tone::Middle,
        Some(at) if 2 * at + 1 < count => Tone::Upper,
        Some(_) => Tone::Lower,
    }
}

/// What the questions of a section are asked with.
struct Asking<'a> {
    form: &'a Arc<Form>,
    number: CaseNumber,
    missing: &'a [Missing],
    dispatch: &'a Dispatch,
}

impl Asking<'_> {
    /// The questions of a part. Each is drawn again only when it has changed: a form may be long.
    fn questions(&self, part: &Part) -> Html {
        let section = self.form.sections.iter();
        let section = section.take_while(|it| it.id != part.section.id).count();
        let questions = part.asked.iter().map(|asked| {
            let seen = Seen {
                form: self.form.clone(),
                number: self.number,
                at: (section, at(part.section, asked)),
                place: asked.place.clone(),
                answer: Answer::clone(&asked.answer),
                required: asked.required,
                missing: self.missing_at(asked).map(str::to_owned),
            };
            let dispatch = self.dispatch.clone();
            let draw = Callback::from(move |seen: Rc<Seen>| seen.draw(&dispatch));
            html! {
                <div class="app-question" key={field::of(&asked.place)}>
                    <parts::Memo<Seen> of={Rc::new(seen)} {draw} />
                </div>
            }
        });
        html! { { for questions } }
    }

    /// One instance of a section that repeats, under its own heading.
    fn instance(&self, open: &Open, part: &Part, removable: bool) -> Html {
        let (Some(name), Some((instance, _))) = (part.name(), part.instance) else {
            return Html::default();
        };
        let heading = field::instance(part.section, instance);
        let removing = open.audit.removing.as_ref();
        let confirm = removing.is_some_and(|it| it.0 == part.section.id && it.1 == instance);
        html! {
            <section class="app-instance" key={heading.clone()} aria-labelledby={heading.clone()}>
                <h2 class="govuk-heading-m" id={heading} tabindex="-1">{ &name }</h2>
                { self.questions(part) }
                if confirm {
                    { self.confirm(&name) }
                } else if removable {
                    { parts::icon_button(Look::Link, "Remove", &lower(&name), self.remove(part, instance)) }
                }
            </section>
        }
    }

    fn remove(&self, part: &Part, instance: Instance) -> Callback<MouseEvent> {
        let section = part.section.id.clone();
        self.dispatch
            .click(Msg::Audit(AuditMsg::ClickedRemoveInstance(
                self.number,
                section,
                instance,
            )))
    }

    /// The second word that the removal of an instance waits for.
    fn confirm(&self, name: &str) -> Html {
        let say = |msg| self.dispatch.click(Msg::Audit(msg));
        let text = format!(
            "Remove {}? What you wrote for it goes with it.",
            lower(name)
        );
        html! {
            <div role="group" aria-label={format!("Remove {}", lower(name))}>
                <p class="govuk-body" id={field::CONFIRM} tabindex="-1">{ text }</p>
                { parts::button_group(html! {
                    <>
                        { parts::button(Look::Warning, "Remove it", say(AuditMsg::ConfirmedRemoveInstance(self.number))) }
                        { parts::button(Look::Secondary, "Keep it", say(AuditMsg::ClickedKeepInstance)) }
                    </>
                }) }
            </div>
        }
    }
}

/// All that the fields of a question depend on.
#[derive(Clone, Debug)]
struct Seen {
    form: Arc<Form>,
    number: CaseNumber,
    /// The section, and the question in it.
    at: (usize, usize),
    place: Place,
    answer: Answer,
    required: bool,
    missing: Option<String>,
}

impl PartialEq for Seen {
    fn eq(&self, other: &Self) -> bool {
        // Forms are told apart by where they lie: to compare them would take longer than to draw.
        Arc::ptr_eq(&self.form, &other.form)
            && (self.number, self.at, self.required) == (other.number, other.at, other.required)
            && self.place == other.place
            && self.answer == other.answer
            && self.missing == other.missing
    }
}

impl Seen {
    fn draw(&self, dispatch: &Dispatch) -> Html {
        let section = self.form.sections.get(self.at.0);
        let Some(question) = section.and_then(|section| section.questions.get(self.at.1)) else {
            return Html::default();
        };
        let missing = self.missing.clone().map(|message| Missing {
            place: self.place.clone(),
            message,
        });
        let asking = Asking {
            form: &self.form,
            number: self.number,
            missing: missing.as_slice(),
            dispatch,
        };
        asking.question(&Asked {
            question,
            place: self.place.clone(),
            answer: Cow::Borrowed(&self.answer),
            required: self.required,
        })
    }
}

/// Where a question stands in its section. Both are the same form's, so it is the very same question.
fn at(section: &Section, asked: &Asked) -> usize {
    let questions = section.questions.iter();
    questions
        .take_while(|it| !std::ptr::eq(*it, asked.question))
        .count()
}

/// The address of a section of a case.
pub(super) fn address(number: CaseNumber, section: &Section) -> String {
    Route::Section(number, section.id.clone()).to_string()
}
