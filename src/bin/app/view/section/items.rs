//! Questions that take any number of things: actions and evidence.

use sightline::app::Msg;
use sightline::app::audit::{ActionPart, Edit, EvidencePart, Msg as AuditMsg, field};
use sightline::review::{Action, Asked, Evidence};
use yew::prelude::*;

use super::super::parts::{self, DateField, Look, TextArea, TextField, Width};
use super::Asking;

impl Asking<'_> {
    pub(super) fn actions(&self, asked: &Asked, actions: &[Action]) -> Html {
        let items = actions.iter().enumerate();
        let items = items.map(|(index, action)| self.action(asked, index, action));
        let add = if actions.is_empty() {
            "Add an action"
        } else {
            "Add another action"
        };
        self.items(asked, add, items.collect())
    }

    pub(super) fn evidence(&self, asked: &Asked, evidence: &[Evidence]) -> Html {
        let items = evidence.iter().enumerate();
        let items = items.map(|(index, piece)| self.piece(asked, index, piece));
        let add = if evidence.is_empty() {
            "Add evidence"
        } else {
            "Add more evidence"
        };
        self.items(asked, add, items.collect())
    }

    fn items(&self, asked: &Asked, add: &'static str, items: Html) -> Html {
        let id = field::of(&asked.place);
        let clicked = AuditMsg::Edited(self.number, asked.place.clone(), Edit::Added);
        html! {
            <section class="app-actions">
                <h2 class="govuk-heading-m">{ &asked.question.text }</h2>
                if let Some(hint) = &asked.question.hint {
                    <p class="govuk-hint">{ hint }</p>
                }
                { parts::error_message(&id, self.missing_at(asked)) }
                { items }
                <button type="button" id={field::add(&asked.place)} class="govuk-button govuk-button--secondary"
                    onclick={self.dispatch.click(Msg::Audit(clicked))}>{ add }</button>
            </section>
        }
    }

    fn action(&self, asked: &Asked, index: usize, action: &Action) -> Html {
        let id = |part| field::action(&asked.place, index, part);
        let typed = |part| self.edit(asked, move |text| Edit::Action(index, part, text));
        let fields = html! {
            <>
                { parts::text_area(TextArea {
                    id: &id(ActionPart::What), label: "What must happen?", value: &action.what, rows: Some(2),
                    on_input: typed(ActionPart::What), on_blur: self.left(), ..TextArea::default()
                }) }
                { parts::text_field(TextField {
                    id: &id(ActionPart::Owner), label: "Who makes it happen?", value: &action.owner,
                    width: Width::Characters(30), on_input: typed(ActionPart::Owner), on_blur: self.left(),
                    ..TextField::default()
                }) }
                { parts::date_field(DateField {
                    id: &id(ActionPart::Due), label: "By when?", value: &action.due,
                    on_input: typed(ActionPart::Due), ..DateField::default()
                }) }
            </>
        };
        self.item(asked, "Action", index, fields)
    }

    fn piece(&self, asked: &Asked, index: usize, piece: &Evidence) -> Html {
        let id = |part| field::evidence(&asked.place, index, part);
        let typed = |part| self.edit(asked, move |text| Edit::Evidence(index, part, text));
        let fields = html! {
            <>
                { parts::text_area(TextArea {
                    id: &id(EvidencePart::What), label: "What does it show?", value: &piece.what, rows: Some(2),
                    on_input: typed(EvidencePart::What), on_blur: self.left(), ..TextArea::default()
                }) }
                { parts::text_field(TextField {
                    id: &id(EvidencePart::Source), label: "Which document or conversation?", value: &piece.source,
                    width: Width::Characters(30), on_input: typed(EvidencePart::Source), on_blur: self.left(),
                    ..TextField::default()
                }) }
                { parts::date_field(DateField {
                    id: &id(EvidencePart::Date), label: "Of which day?", value: &piece.date,
                    on_input: typed(EvidencePart::Date), ..DateField::default()
                }) }
            </>
        };
        self.item(asked, "Evidence", index, fields)
    }

    fn item(&self, asked: &Asked, name: &str, index: usize, fields: Html) -> Html {
        let remove = AuditMsg::Edited(self.number, asked.place.clone(), Edit::Removed(index));
        let hidden = format!("{} {}", name.to_lowercase(), index + 1);
        html! {
            <fieldset class="govuk-fieldset app-action" key={index}>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{ format!("{name} {}", index + 1) }</legend>
                { fields }
                { parts::icon_button(Look::Link, "Remove", &hidden, self.dispatch.click(Msg::Audit(remove))) }
            </fieldset>
        }
    }
}
