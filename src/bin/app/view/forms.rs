//! Audit forms: those that come with Sightline and one's own.

mod condition;
mod edit;
mod import;
mod paper;
mod question;
mod section;
mod show;

use sightline::app::forms::{FormsPage, Kept, Msg as FormsMsg, OF_ROUND, Own};
use sightline::app::{Model, Msg, Shelf};
use sightline::form::built_in::FORMS;
use yew::prelude::*;

use super::Dispatch;
use super::parts::{self, Colour, ErrorLink, Look, tag};

pub(super) fn page(model: &Model, page: &FormsPage, dispatch: &Dispatch) -> Html {
    match page {
        FormsPage::All => all(model, dispatch),
        FormsPage::Import => import::page(model, dispatch),
        FormsPage::Show(name) => show::page(model, name, dispatch),
        FormsPage::Edit(name) => edit::page(model, name, dispatch),
        FormsPage::Section(name, id) => section::page(model, name, id, dispatch),
        FormsPage::Question(name, id) => question::page(model, name, id, dispatch),
    }
}

/// What a page is called.
pub(super) fn heading(model: &Model, page: &FormsPage) -> String {
    let title = |name: &str| model.form_named(name).map(|form| form.title.clone());
    match page {
        FormsPage::All => "Audit forms".to_owned(),
        FormsPage::Import => "Bring your own form".to_owned(),
        FormsPage::Show(name) => title(name).unwrap_or_else(|| "The form is not here".to_owned()),
        FormsPage::Edit(name) => title(name).map_or_else(
            || "The form is not here".to_owned(),
            |it| format!("Change “{it}”"),
        ),
        FormsPage::Section(..) => "Change a section".to_owned(),
        FormsPage::Question(..) => "Change a question".to_owned(),
    }
}

/// The way from the front page to a page of forms: names and addresses.
pub(super) fn way(model: &Model, page: &FormsPage) -> Vec<(String, String)> {
    let all = || ("Audit forms".to_owned(), FormsPage::All.to_string());
    let form = |name: &str| {
        let title = model.form_named(name).map(|form| form.title.clone());
        (
            title.unwrap_or_default(),
            FormsPage::Edit(name.to_owned()).to_string(),
        )
    };
    match page {
        FormsPage::All => Vec::new(),
        FormsPage::Show(name) if name == OF_ROUND => {
            vec![("The round".to_owned(), "#/round".to_owned())]
        }
        FormsPage::Import | FormsPage::Show(_) | FormsPage::Edit(_) => vec![all()],
        FormsPage::Section(name, _) => vec![all(), form(name)],
        FormsPage::Question(name, id) => {
            let section = model.form_named(name).and_then(|it| it.section_of(id));
            let section = section.map(|section| {
                let page = FormsPage::Section(name.clone(), section.id.clone());
                (section.title.clone(), page.to_string())
            });
            [all(), form(name)].into_iter().chain(section).collect()
        }
    }
}

/// What could not be done, at the top of each page.
fn refused(model: &Model) -> Html {
    let refused = model.forms.refused.iter();
    let refused = refused.map(|why| ErrorLink::new("main", why.clone()));
    super::error_summary(refused.collect())
}

/// Where the form that a page names is not here.
fn not_here(model: &Model) -> Html {
    let text = if model.forms.is_waiting() {
        "The form is being fetched."
    } else {
        "This browser does not hold it, or it was removed."
    };
    html! {
        <>
            { refused(model) }
            { super::page_heading(model, None) }
            <p class="govuk-body">{ text }{ " " }<a class="govuk-link" href="#/forms">{ "All audit forms" }</a></p>
        </>
    }
}

fn all(model: &Model, dispatch: &Dispatch) -> Html {
    let own = &model.forms.own;
    html! {
        <div class="app-measure">
            { refused(model) }
            { super::page_heading(model, None) }
            <p class="govuk-body">{ "A form is what each case is read against. Look at one before you use it, change a copy of it, or bring the one that your authority has." }</p>
            { parts::button_group(html! {
                <>
                    { parts::button_link(Look::Primary, "Bring your own form", "#/forms/import") }
                    { parts::button(Look::Secondary, "Make a form from nothing", dispatch.click(Msg::Forms(FormsMsg::ClickedNew))) }
                </>
            }) }
            if !own.is_empty() {
                <section>
                    <h2 class="govuk-heading-m">{ "Your own forms" }</h2>
                    <ul class="govuk-list app-rounds">{ for own.iter().map(|own| card(model, own, dispatch)) }</ul>
                </section>
            }
            <section>
                <h2 class="govuk-heading-m">{ "Forms that come with Sightline" }</h2>
                <ul class="govuk-list app-rounds">
                    { for FORMS.iter().map(|form| html! {
                        <li class="app-rounds__item" key={form.id}>
                            <div class="app-rounds__text">
                                <a class="govuk-link app-rounds__title" href={FormsPage::Show(form.id.to_owned()).to_string()}>{ form.title }</a>
                                <span class="govuk-hint app-rounds__hint">{ form.purpose }</span>
                            </div>
                        </li>
                    }) }
                </ul>
            </section>
        </div>
    }
}

fn card(model: &Model, own: &Own, dispatch: &Dispatch) -> Html {
    let say = |msg| dispatch.click(Msg::Forms(msg));
    let name = || own.name.clone();
    let title = own
        .kept
        .as_ref()
        .map_or("A form that cannot be read", |kept| &kept.form.title);
    if model.forms.removing.as_ref() == Some(&own.name) {
        return html! {
            <li class="app-rounds__item" key={name()}>
                <div class="app-rounds__confirm" role="group" aria-label="Remove the form">
                    <p class="govuk-body" id="confirm-remove" tabindex="-1">
                        { format!("Remove “{title}” from this browser? Rounds that were opened with it keep it. Save it to a file first if you may want it again.") }
                    </p>
                    { parts::button_group(html! {
                        <>
                            { parts::button(Look::Warning, "Remove the form", say(FormsMsg::ConfirmedRemove)) }
                            { parts::button(Look::Secondary, "Keep it", say(FormsMsg::ClickedKeep)) }
                        </>
                    }) }
                </div>
            </li>
        };
    }
    html! {
        <li class="app-rounds__item" key={name()}>
            <div class="app-rounds__text">
                if let Some(kept) = &own.kept {
                    <a class="govuk-link app-rounds__title" href={FormsPage::Show(name()).to_string()}>{ title }</a>
                    <span class="govuk-hint app-rounds__hint">{ state(model, &own.name, kept) }</span>
                } else {
                    <span class="app-rounds__title">{ title }</span>
                }
            </div>
            <div class="app-rounds__actions">
                if own.kept.is_some() {
                    { parts::icon_button(Look::Secondary, "Change", title, say(FormsMsg::ClickedEdit(name()))) }
                }
                { parts::icon_button(Look::Link, "Remove", title, say(FormsMsg::ClickedRemove(name()))) }
            </div>
        </li>
    }
}

/// Whether the store has said that it cannot keep a form.
fn keeps_nothing(model: &Model) -> bool {
    let failing = |open: &sightline::app::Open| open.saving.failed.is_some();
    matches!(model.shelf, Shelf::Unavailable(_))
        || model.forms.refused.is_some()
        || model.open.as_deref().is_some_and(failing)
}

/// How far a form is, in a line.
fn state(model: &Model, name: &str, kept: &Kept) -> Html {
    let faults = kept.form.check().len();
    html! {
        <>
            { format!("Version {}. ", kept.form.version) }
            if model.forms.unkept.contains(name) {
                { tag(Colour::Red, "In memory only") }
            } else if faults > 0 {
                { tag(Colour::Yellow, "Not finished") }
            } else if kept.used {
                { "In use: a change makes a new version." }
            } else {
                { "Ready, and not used yet." }
            }
        </>
    }
}
