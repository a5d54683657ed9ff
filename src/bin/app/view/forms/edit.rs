//! Changing a form of one's own: the whole of it, and what its other pages share.

use sightline::app::forms::edit::{
    Editor, Field, Msg as EditMsg, New, Thing, UNDO_BUTTON, field_id,
};
use sightline::app::forms::{FormsPage, Msg as FormsMsg};
use sightline::app::{Model, Msg};
use sightline::form::edit::Way;
use sightline::form::{Form, FormProblem};
use yew::prelude::*;

use super::super::Dispatch;
use super::super::parts::{self, Look, TextArea, TextField, Width};

/// What the pages that change one form share.
pub(super) struct Changing<'a> {
    pub(super) form: &'a Form,
    pub(super) name: &'a str,
    editor: &'a Editor,
    model: &'a Model,
    dispatch: &'a Dispatch,
}

impl<'a> Changing<'a> {
    /// Nothing where the form is not here, or was used and changes no more.
    pub(super) fn of(model: &'a Model, name: &'a str, dispatch: &'a Dispatch) -> Option<Self> {
        let kept = model.forms.own(name).filter(|kept| !kept.used)?;
        Some(Self {
            form: &kept.form,
            name,
            editor: &model.forms.editor,
            model,
            dispatch,
        })
    }

    /// For whatever gives a value: sends the change made of it.
    pub(super) fn with<T: 'static>(&self, change: impl Fn(T) -> EditMsg + 'static) -> Callback<T> {
        self.dispatch
            .with(move |value| Msg::Forms(FormsMsg::Edit(change(value))))
    }

    /// For a button.
    pub(super) fn click(&self, change: EditMsg) -> Callback<MouseEvent> {
        self.dispatch.click(Msg::Forms(FormsMsg::Edit(change)))
    }

    /// A field of one line.
    pub(super) fn text(&self, field: Field, label: &str, hint: Option<&str>, width: Width) -> Html {
        let inputmode = matches!(width, Width::Characters(..=5)).then_some("numeric");
        parts::text_field(TextField {
            id: &field_id(&field),
            label,
            hint,
            value: &self.editor.value(self.form, &field),
            error: self.editor.error(&field),
            width,
            inputmode,
            on_input: self.typed(field),
            on_blur: self.with(|()| EditMsg::LeftField),
            ..TextField::default()
        })
    }

    /// A field of several lines.
    pub(super) fn words(&self, field: Field, label: &str, hint: Option<&str>) -> Html {
        parts::text_area(TextArea {
            id: &field_id(&field),
            label,
            hint,
            value: &self.editor.value(self.form, &field),
            rows: Some(2),
            on_input: self.typed(field),
            on_blur: self.with(|()| EditMsg::LeftField),
            ..TextArea::default()
        })
    }

    fn typed(&self, field: Field) -> Callback<String> {
        self.with(move |text| EditMsg::Typed(field.clone(), text))
    }

    /// Buttons that move a thing and remove it; `what` is it by name, for a screen reader.
    pub(super) fn handles(&self, thing: &Thing, what: &str, first: bool, last: bool) -> Html {
        let moved = |way| self.click(EditMsg::Moved(thing.clone(), way));
        html! {
            <div class="app-edit__handles">
                if !first {
                    { parts::icon_button(Look::Link, "Up", what, moved(Way::Up)) }
                }
                if !last {
                    { parts::icon_button(Look::Link, "Down", what, moved(Way::Down)) }
                }
                { parts::icon_button(Look::Link, "Remove", what, self.click(EditMsg::Removed(thing.clone()))) }
            </div>
        }
    }

    /// A page that changes a part: its heading, what is wrong with that part, and what ends the page.
    pub(super) fn page(
        &self,
        caption: String,
        faults: &[&FormProblem],
        content: Html,
        back: &FormsPage,
    ) -> Html {
        let faults: Vec<FormProblem> = faults.iter().map(|it| (*it).clone()).collect();
        html! {
            <div class="app-measure">
                { super::refused(self.model) }
                { super::super::page_heading(self.model, Some(caption)) }
                <div aria-live="polite" class="app-edit__faults">
                    if !faults.is_empty() {
                        { super::show::problems(&faults) }
                    }
                </div>
                { content }
                { parts::button_group(html! {
                    <>
                        { parts::button_link(Look::Primary, "Done", &back.to_string()) }
                        { self.undo() }
                        { parts::button_link(Look::Secondary, "See the whole form", &FormsPage::Show(self.name.to_owned()).to_string()) }
                    </>
                }) }
                { self.kept() }
            </div>
        }
    }

    fn undo(&self) -> Html {
        if !self.editor.can_undo(self.name) {
            return Html::default();
        }
        html! {
            <button type="button" id={UNDO_BUTTON} class="govuk-button govuk-button--secondary"
                onclick={self.click(EditMsg::ClickedUndo)}>{ "Undo the last change" }</button>
        }
    }

    fn kept(&self) -> Html {
        let waits = self.model.forms.unkept.contains(self.name);
        let failed = waits && super::keeps_nothing(self.model);
        let text = if failed {
            "The last change is in memory only: this browser could not keep it. Save the form to a file before you close the page."
        } else if waits || self.editor.is_unsaved() {
            "Being kept in this browser…"
        } else {
            "Kept in this browser as you go. A form is not sealed: write nothing of a case in it."
        };
        html! {
            <>
                <p class="govuk-body govuk-hint">{ text }</p>
                if failed {
                    { parts::button(Look::Secondary, "Try to keep it again", self.dispatch.click(Msg::ClickedStoreAgain)) }
                }
            </>
        }
    }
}

/// Where a form cannot be changed: it is not here, or was used.
pub(super) fn cannot(model: &Model, name: &str, dispatch: &Dispatch) -> Html {
    if model.forms.own(name).is_none() {
        return super::not_here(model);
    }
    let clicked = Msg::Forms(FormsMsg::ClickedEdit(name.to_owned()));
    html! {
        <div class="app-measure">
            { super::super::page_heading(model, None) }
            <p class="govuk-body">{ "This version was used in a round or saved to a file, and stays as it is. Make a new version of it to change it: rounds go on with theirs until somebody takes the newer one." }</p>
            { parts::button(Look::Primary, "Make a new version", dispatch.click(clicked)) }
        </div>
    }
}

/// The whole form.
pub(super) fn page(model: &Model, name: &str, dispatch: &Dispatch) -> Html {
    let Some(changing) = Changing::of(model, name, dispatch) else {
        return cannot(model, name, dispatch);
    };
    let form = changing.form;
    let faults = form.check();
    let content = html! {
        <>
            { changing.text(Field::Title, "What the form is called", None, Width::Full) }
            { changing.words(Field::About, "What it is for", Some("A sentence or two, for whoever opens a round with it.")) }
            { changing.text(Field::LookBack, "How many months back is a case read?", Some("Leave it empty if the form does not say."), Width::Characters(3)) }
            { sections(&changing) }
            { grades(&changing) }
        </>
    };
    let caption = format!("Form “{}”, version {}", form.id, form.version);
    let all: Vec<&FormProblem> = faults.iter().collect();
    changing.page(caption, &all, content, &FormsPage::Show(name.to_owned()))
}

fn sections(changing: &Changing) -> Html {
    let sections = &changing.form.sections;
    html! {
        <section>
            <h2 class="govuk-heading-m">{ "Sections" }</h2>
            <ol class="govuk-list app-edit__list">
                { for sections.iter().enumerate().map(|(at, section)| {
                    let address = FormsPage::Section(changing.name.to_owned(), section.id.clone());
                    let count = section.questions.len();
                    let title = if section.title.is_empty() { section.id.as_str() } else { &section.title };
                    html! {
                        <li class="app-edit__item" key={section.id.as_str().to_owned()}>
                            <div>
                                <a class="govuk-link" href={address.to_string()}>{ title }</a>
                                <span class="govuk-hint app-edit__hint">{ if count == 1 { "1 question".to_owned() } else { format!("{count} questions") } }</span>
                            </div>
                            { changing.handles(&Thing::Section(section.id.clone()), title, at == 0, at + 1 == sections.len()) }
                        </li>
                    }
                }) }
            </ol>
            { parts::button(Look::Secondary, "Add a section", changing.click(EditMsg::Added(New::Section))) }
        </section>
    }
}

fn grades(changing: &Changing) -> Html {
    let form = changing.form;
    html! {
        <section>
            <h2 class="govuk-heading-m">{ "Grades" }</h2>
            if form.grades.is_empty() {
                <p class="govuk-body">{ "The form has no grades: it is for reflection." }</p>
                { parts::button(Look::Secondary, "Use four grades, Outstanding to Inadequate", changing.click(EditMsg::Added(New::FourGrades))) }
            } else {
                <p class="govuk-body">{ "Best first. What good looks like at each is written at the question." }</p>
                { for form.grades.iter().enumerate().map(|(at, grade)| html! {
                    <div class="app-edit__item" key={grade.id.as_str().to_owned()}>
                        { changing.text(Field::Grade(at), &format!("Grade {}", at + 1), None, Width::Characters(30)) }
                        { changing.handles(&Thing::Grade(at), &grade.label, at == 0, at + 1 == form.grades.len()) }
                    </div>
                }) }
            }
            { parts::button_group(html! {
                <>
                    { parts::button(Look::Secondary, "Add a grade", changing.click(EditMsg::Added(New::Grade))) }
                    if form.is_graded() {
                        { parts::button(Look::Secondary, "Take all grades out, for reflection", changing.click(EditMsg::ClickedReflective)) }
                    }
                </>
            }) }
        </section>
    }
}
