//! Buttons, and links that look like them.

use yew::prelude::*;

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Look {
    /// The main thing to do on the page: one a page.
    #[default]
    Primary,
    /// Something else that can be done.
    Secondary,
    /// Something that cannot be taken back, or an alarm.
    Warning,
    /// As a link, for small things beside a text.
    Link,
}

impl Look {
    fn class(self) -> Classes {
        match self {
            Self::Primary => classes!("govuk-button"),
            Self::Secondary => classes!("govuk-button", "govuk-button--secondary"),
            Self::Warning => classes!("govuk-button", "govuk-button--warning"),
            Self::Link => classes!("app-link-button"),
        }
    }
}

/// A button that does something on this page. There is no disabled look: let it be pressed, and
/// say what is missing.
pub(crate) fn button(look: Look, text: &str, on_click: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class={look.class()} onclick={on_click}>{ text }</button> }
}

/// Fields and the button that sends them: pressing Enter in a field does what the button does.
/// Nothing is sent anywhere: the browser only says that it was asked to.
pub(crate) fn form(fields: Html, text: &str, on_submit: Callback<()>) -> Html {
    form_with(Look::Primary, fields, text, on_submit)
}

/// As [`form`], with a button of another look.
pub(crate) fn form_with(look: Look, fields: Html, text: &str, on_submit: Callback<()>) -> Html {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        on_submit.emit(());
    };
    html! {
        <form novalidate={true} autocomplete="off" onsubmit={submit}>
            { fields }
            <button type="submit" class={look.class()}>{ text }</button>
        </form>
    }
}

/// As [`button`], with words that only a screen reader says: `Remove` + `action 2`.
pub(crate) fn icon_button(
    look: Look,
    text: &str,
    hidden: &str,
    on_click: Callback<MouseEvent>,
) -> Html {
    html! {
        <button type="button" class={look.class()} onclick={on_click}>
            { text }<span class="govuk-visually-hidden">{ format!(" {hidden}") }</span>
        </button>
    }
}

/// A link to another page that looks like a button.
pub(crate) fn button_link(look: Look, text: &str, href: &str) -> Html {
    html! { <a href={href.to_owned()} class={look.class()} draggable="false">{ text }</a> }
}

/// The link that begins a job, with an arrow.
pub(crate) fn start_button(text: &str, href: &str) -> Html {
    html! {
        <a href={href.to_owned()} class="govuk-button govuk-button--start" draggable="false">
            { text }
            <svg class="govuk-button__start-icon" xmlns="http://www.w3.org/2000/svg" width="17.5" height="19"
                viewBox="0 0 33 40" aria-hidden="true" focusable="false">
                <path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" />
            </svg>
        </a>
    }
}

/// Buttons side by side, evenly spaced; one below the other on a narrow screen.
pub(crate) fn button_group(buttons: Html) -> Html {
    html! { <div class="govuk-button-group">{ buttons }</div> }
}
