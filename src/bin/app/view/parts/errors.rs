//! What is wrong: beside the field, and all of it at the top of the page.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// What is wrong with the field of that id, in one sentence that says what to do.
pub(crate) fn error_message(id: &str, text: Option<&str>) -> Html {
    text.map_or_else(Html::default, |text| {
        html! {
            <p id={format!("{id}-error")} class="govuk-error-message">
                <span class="govuk-visually-hidden">{ "Error: " }</span>{ text }
            </p>
        }
    })
}

/// One line of an [`ErrorSummary`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ErrorLink {
    /// The id of the field that is wrong; for radios, the group's id. Or, where what is wrong is on
    /// another page, that page's address (`#/…`).
    pub(crate) target: AttrValue,
    /// The same sentence that stands at the field.
    pub(crate) text: AttrValue,
}

impl ErrorLink {
    /// The error `text` of the field `target`.
    pub(crate) fn new(target: impl Into<AttrValue>, text: impl Into<AttrValue>) -> Self {
        Self {
            target: target.into(),
            text: text.into(),
        }
    }
}

/// What an [`ErrorSummary`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct ErrorSummaryProps {
    /// What is wrong, in the order of the page; nothing is shown while it is empty.
    pub(crate) errors: Vec<ErrorLink>,
    /// Counts the attempts: a higher number takes the focus again.
    #[prop_or_default]
    pub(crate) attempt: u32,
    /// The heading.
    #[prop_or(AttrValue::Static("There is a problem"))]
    pub(crate) title: AttrValue,
}

/// All that is wrong on the page, at its top. It takes the focus when it appears; its links move
/// the focus to the field and leave the address alone, which is our route.
#[component]
pub(crate) fn ErrorSummary(props: &ErrorSummaryProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(
            (props.errors.is_empty(), props.attempt),
            move |(empty, _)| {
                if !empty && let Some(summary) = node.cast::<HtmlElement>() {
                    // A summary that cannot take the focus is still there to be read.
                    let _ = summary.focus();
                }
            },
        );
    }
    if props.errors.is_empty() {
        return Html::default();
    }
    summary(&props.title, &props.errors, node)
}

/// The summary itself; `node` is what takes the focus.
pub(super) fn summary(title: &str, errors: &[ErrorLink], node: NodeRef) -> Html {
    html! {
        <div class="govuk-error-summary" id="error-summary" tabindex="-1" ref={node}>
            <div role="alert">
                <h2 class="govuk-error-summary__title">{ title }</h2>
                <div class="govuk-error-summary__body">
                    <ul class="govuk-list govuk-error-summary__list">
                        { for errors.iter().map(error_link) }
                    </ul>
                </div>
            </div>
        </div>
    }
}

fn error_link(error: &ErrorLink) -> Html {
    if error.target.starts_with("#/") {
        return html! { <li key={error.target.to_string()}><a href={&error.target}>{ &error.text }</a></li> };
    }
    let target = error.target.clone();
    let on_click = move |event: MouseEvent| {
        event.prevent_default();
        focus_field(&target);
    };
    html! {
        <li key={error.target.to_string()}>
            <a href={format!("#{}", error.target)} onclick={on_click}>{ &error.text }</a>
        </li>
    }
}

/// Moves the focus to the element of that id, its label or legend in view above it.
fn focus_field(id: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let Some(field) = document.get_element_by_id(id) else {
        return;
    };
    let above = field.closest(".govuk-form-group").ok().flatten();
    above.as_ref().unwrap_or(&field).scroll_into_view();
    if let Some(field) = field.dyn_ref::<HtmlElement>() {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // An element that cannot take the focus has at least been scrolled into view.
        let _ = field.focus_with_options(&options);
    }
}
