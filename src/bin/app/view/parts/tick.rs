//! Boxes to tick: one by itself, or any number of several.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::choice::{Legend, fieldset, item_id, legend};
use super::field::{described_by, group};

/// One box to tick.
#[derive(Clone, Debug, Default)]
pub(crate) struct Checkbox<'a> {
    /// The element's id; an error summary links to it.
    pub(crate) id: &'a str,
    /// What is agreed to by ticking it.
    pub(crate) label: &'a str,
    /// What it means.
    pub(crate) hint: Option<&'a str>,
    /// What is wrong and what to do.
    pub(crate) error: Option<&'a str>,
    /// Whether it is ticked.
    pub(crate) checked: bool,
    /// Smaller, beside a table or a filter.
    pub(crate) small: bool,
    /// Called with whether it is ticked now.
    pub(crate) on_change: Callback<bool>,
}

/// A single checkbox.
pub(crate) fn checkbox(field: Checkbox) -> Html {
    let on_change = field.on_change;
    let changed = move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            on_change.emit(input.checked());
        }
    };
    let described = described_by(field.id, field.hint, field.error);
    let input = html! {
        <div class={classes!("govuk-checkboxes", field.small.then_some("govuk-checkboxes--small"))}>
            <div class="govuk-checkboxes__item">
                <input class="govuk-checkboxes__input" id={field.id.to_owned()} name={field.id.to_owned()} type="checkbox"
                    checked={field.checked} aria-describedby={described} autocomplete="off" onchange={changed} />
                <label class="govuk-label govuk-checkboxes__label" for={field.id.to_owned()}>{ field.label }</label>
                if let Some(text) = field.hint {
                    <div id={format!("{}-hint", field.id)} class="govuk-hint govuk-checkboxes__hint">{ text }</div>
                }
            </div>
        </div>
    };
    group(field.id, Html::default(), None, field.error, input)
}

/// One of a group of boxes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tick<'a> {
    /// What is given to `on_tick`.
    pub(crate) value: &'a str,
    /// What it says.
    pub(crate) label: &'a str,
    /// What it means.
    pub(crate) hint: Option<&'a str>,
    /// Whether it stands alone, as “None of these” does: it is set apart by “or”.
    pub(crate) alone: bool,
    /// Whether it is ticked.
    pub(crate) ticked: bool,
}

/// A group of boxes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Checkboxes<'a> {
    /// The group's name and its first box's id (so an error summary links to it); the others are
    /// `id-2`, `id-3`.
    pub(crate) id: &'a str,
    /// The question.
    pub(crate) legend: &'a str,
    /// How large the question is set.
    pub(crate) look: Legend,
    /// Help in answering.
    pub(crate) hint: Option<&'a str>,
    /// What is wrong and what to do.
    pub(crate) error: Option<&'a str>,
    /// The boxes.
    pub(crate) items: Vec<Tick<'a>>,
    /// Called with the value of a box and whether it is ticked now.
    pub(crate) on_tick: Callback<(String, bool)>,
}

/// Boxes under a question, of which any number may be ticked.
pub(crate) fn checkboxes(field: Checkboxes) -> Html {
    let on_tick = field.on_tick;
    let items = field.items.iter().enumerate().map(|(index, item)| {
        let id = item_id(field.id, index);
        html! {
            <>
                if item.alone && index > 0 {
                    <div class="govuk-checkboxes__divider">{ "or" }</div>
                }
                { tick(field.id, &id, item, on_tick.clone()) }
            </>
        }
    });
    let items = html! { <div class="govuk-checkboxes">{ for items }</div> };
    fieldset(
        field.id,
        legend(field.look, field.legend),
        field.hint,
        field.error,
        items,
    )
}

fn tick(group: &str, id: &str, item: &Tick, on_tick: Callback<(String, bool)>) -> Html {
    let value = item.value.to_owned();
    let changed = move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            on_tick.emit((value.clone(), input.checked()));
        }
    };
    let hint_id = format!("{id}-item-hint");
    let described = item.hint.map(|_| hint_id.clone());
    html! {
        <div class="govuk-checkboxes__item">
            <input class="govuk-checkboxes__input" id={id.to_owned()} name={group.to_owned()} type="checkbox"
                value={item.value.to_owned()} checked={item.ticked} aria-describedby={described} autocomplete="off" onchange={changed} />
            <label class="govuk-label govuk-checkboxes__label" for={id.to_owned()}>{ item.label }</label>
            if let Some(hint) = item.hint {
                <div id={hint_id} class="govuk-hint govuk-checkboxes__hint">{ hint }</div>
            }
        </div>
    }
}
