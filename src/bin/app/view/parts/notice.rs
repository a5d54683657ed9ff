//! Texts set apart from the rest.

use yew::prelude::*;

/// A text set in, to be told from what surrounds it.
pub(crate) fn inset_text(content: impl Into<Html>) -> Html {
    html! { <div class="govuk-inset-text">{ content.into() }</div> }
}

/// A warning of consequences.
pub(crate) fn warning_text(text: &str) -> Html {
    html! {
        <div class="govuk-warning-text">
            <span class="govuk-warning-text__icon" aria-hidden="true">{ "!" }</span>
            <strong class="govuk-warning-text__text">
                <span class="govuk-visually-hidden">{ "Warning" }</span>
                { " " }{ text }
            </strong>
        </div>
    }
}

/// What a notification banner tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Banner {
    /// Something to know that the page is not about.
    Important,
    /// Something that was done.
    Success,
    /// Something that is wrong and lasts, such as an open safeguarding concern.
    Urgent,
}

/// A message at the top of a page. `id` is unique on the page.
pub(crate) fn notification_banner(
    banner: Banner,
    id: &str,
    heading: &str,
    content: impl Into<Html>,
) -> Html {
    let (title, class, role) = match banner {
        Banner::Important => ("Important", None, "region"),
        Banner::Success => (
            "Success",
            Some("govuk-notification-banner--success"),
            "alert",
        ),
        Banner::Urgent => ("Urgent", Some("app-banner--urgent"), "region"),
    };
    html! {
        <div class={classes!("govuk-notification-banner", class)} {role} aria-labelledby={format!("{id}-title")}>
            <div class="govuk-notification-banner__header">
                <h2 class="govuk-notification-banner__title" id={format!("{id}-title")}>{ title }</h2>
            </div>
            <div class="govuk-notification-banner__content">
                <p class="govuk-notification-banner__heading">{ heading }</p>
                { content.into() }
            </div>
        </div>
    }
}

/// Something that most people need not read, behind a line that says what it is.
pub(crate) fn details(summary: &str, content: impl Into<Html>) -> Html {
    details_open(summary, false, content)
}

/// As [`details`], open from the start where what is behind it is in use.
pub(crate) fn details_open(summary: &str, open: bool, content: impl Into<Html>) -> Html {
    html! {
        <details class="govuk-details" {open}>
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{ summary }</span>
            </summary>
            <div class="govuk-details__text">{ content.into() }</div>
        </details>
    }
}

/// A box of its own on the page, with a heading: a card, the facts of a case, a choice.
pub(crate) fn panel(heading: &str, content: impl Into<Html>) -> Html {
    html! {
        <section class="app-panel">
            <h2 class="govuk-heading-s app-panel__heading">{ heading }</h2>
            { content.into() }
        </section>
    }
}
