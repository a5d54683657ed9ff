//! Choosing one: of several, or of many.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::errors::error_message;
use super::field::{described_by, group, hint, label};

/// How large a group's question is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Legend {
    /// As a label.
    #[default]
    Small,
    /// As a question among others, in bold.
    Medium,
    /// As the page's heading (the page's `h1`).
    Heading,
}

/// The question of a group of choices.
pub(super) fn legend(look: Legend, text: &str) -> Html {
    match look {
        Legend::Small => html! { <legend class="govuk-fieldset__legend">{ text }</legend> },
        Legend::Medium => html! {
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{ text }</legend>
        },
        Legend::Heading => html! {
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--l">
                <h1 class="govuk-fieldset__heading" id="main-heading" tabindex="-1">{ text }</h1>
            </legend>
        },
    }
}

/// One of a group of radio buttons.
#[derive(Clone, Debug, Default)]
pub(crate) struct Radio<'a> {
    /// What is given to `on_choose`.
    pub(crate) value: &'a str,
    /// What it says.
    pub(crate) label: &'a str,
    /// What it means.
    pub(crate) hint: Option<Html>,
    /// What is asked below it once it is chosen.
    pub(crate) conditional: Option<Html>,
}

impl<'a> Radio<'a> {
    /// A choice without hint.
    pub(crate) fn new(value: &'a str, label: &'a str) -> Self {
        Self {
            value,
            label,
            hint: None,
            conditional: None,
        }
    }
}

/// A group of radio buttons.
#[derive(Clone, Debug, Default)]
pub(crate) struct Radios<'a> {
    /// The group's name and its first button's id (so an error summary links to it); the others
    /// are `id-2`, `id-3`.
    pub(crate) id: &'a str,
    /// The question.
    pub(crate) legend: &'a str,
    /// How large the question is set.
    pub(crate) look: Legend,
    /// Help in answering.
    pub(crate) hint: Option<&'a str>,
    /// What is wrong and what to do.
    pub(crate) error: Option<&'a str>,
    /// Side by side: for two short choices.
    pub(crate) inline: bool,
    /// The choices.
    pub(crate) items: Vec<Radio<'a>>,
    /// The value chosen.
    pub(crate) chosen: Option<&'a str>,
    /// Called with the value that is chosen.
    pub(crate) on_choose: Callback<String>,
}

/// Radio buttons under a question.
pub(crate) fn radios(group: Radios) -> Html {
    let items = group.items.into_iter().enumerate().map(|(index, item)| {
        let id = item_id(group.id, index);
        let checked = group.chosen == Some(item.value);
        radio(group.id, &id, item, checked, group.on_choose.clone())
    });
    let items = html! {
        <div class={classes!("govuk-radios", group.inline.then_some("govuk-radios--inline"))}>{ for items }</div>
    };
    fieldset(
        group.id,
        legend(group.look, group.legend),
        group.hint,
        group.error,
        items,
    )
}

/// A fieldset with hint and error, in the order in which they are read.
pub(super) fn fieldset(
    id: &str,
    legend: Html,
    hint_text: Option<&str>,
    error: Option<&str>,
    content: Html,
) -> Html {
    html! {
        <div class={classes!("govuk-form-group", error.map(|_| "govuk-form-group--error"))}>
            <fieldset class="govuk-fieldset" aria-describedby={described_by(id, hint_text, error)}>
                { legend }
                { hint(id, hint_text) }
                { error_message(id, error) }
                { content }
            </fieldset>
        </div>
    }
}

/// The id of a group's choice: the first bears the group's own.
pub(super) fn item_id(group: &str, index: usize) -> String {
    if index == 0 {
        group.to_owned()
    } else {
        format!("{group}-{}", index + 1)
    }
}

/// Several fields that answer one question.
pub(crate) fn group_of_fields(
    id: &str,
    text: &str,
    hint: Option<&str>,
    error: Option<&str>,
    content: Html,
) -> Html {
    // The group's id belongs to its first field, which an error links to.
    fieldset(id, legend(Legend::Medium, text), hint, error, content)
}

fn radio(group: &str, id: &str, item: Radio, checked: bool, on_choose: Callback<String>) -> Html {
    let value = item.value.to_owned();
    let hint_id = format!("{id}-item-hint");
    let described = item.hint.as_ref().map(|_| hint_id.clone());
    let conditional = item.conditional.filter(|_| checked);
    html! {
        <>
            <div class="govuk-radios__item">
                <input class="govuk-radios__input" id={id.to_owned()} name={group.to_owned()} type="radio"
                    value={item.value.to_owned()} {checked} aria-describedby={described} autocomplete="off"
                    onchange={move |_| on_choose.emit(value.clone())} />
                <label class="govuk-label govuk-radios__label" for={id.to_owned()}>{ item.label }</label>
                if let Some(hint) = item.hint {
                    <div id={hint_id} class="govuk-hint govuk-radios__hint">{ hint }</div>
                }
            </div>
            if let Some(content) = conditional {
                <div class="govuk-radios__conditional" id={format!("conditional-{id}")}>{ content }</div>
            }
        </>
    }
}

/// One of many.
#[derive(Clone, Debug, Default)]
pub(crate) struct Select<'a> {
    /// The element's id; an error summary links to it.
    pub(crate) id: &'a str,
    /// What is asked for.
    pub(crate) label: &'a str,
    /// Help in answering.
    pub(crate) hint: Option<&'a str>,
    /// What is wrong and what to do.
    pub(crate) error: Option<&'a str>,
    /// The choices, each with its value and what it says.
    pub(crate) options: Vec<(&'a str, &'a str)>,
    /// The value chosen.
    pub(crate) chosen: &'a str,
    /// Called with the value that is chosen.
    pub(crate) on_choose: Callback<String>,
}

/// A drop-down list. Prefer [`radios`] up to about seven choices.
pub(crate) fn select(field: Select) -> Html {
    let on_choose = field.on_choose;
    let changed = move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            on_choose.emit(select.value());
        }
    };
    let options = field.options.iter().map(|(value, text)| {
        html! {
            <option key={(*value).to_owned()} value={(*value).to_owned()} selected={*value == field.chosen}>{ *text }</option>
        }
    });
    let input = html! {
        <select class={classes!("govuk-select", field.error.map(|_| "govuk-select--error"))}
            id={field.id.to_owned()} name={field.id.to_owned()} autocomplete="off" onchange={changed}
            aria-describedby={described_by(field.id, field.hint, field.error)}>
            { for options }
        </select>
    };
    group(
        field.id,
        label(field.id, field.label, false),
        field.hint,
        field.error,
        input,
    )
}
