//! How the pages of the audit are laid out.

use yew::prelude::*;

/// What stands on a page of the audit.
#[derive(Clone, Debug, Default)]
pub(crate) struct AuditLayout<'a> {
    /// What the sections' fold says on a narrow screen: `Sections: 3 of 9 complete`.
    pub(crate) sections_title: &'a str,
    /// The side navigation.
    pub(crate) sections: Html,
    /// What the facts' heading says: `The case, from the list`.
    pub(crate) facts_title: &'a str,
    /// The facts of the case.
    pub(crate) facts: Html,
    /// The heading and the form.
    pub(crate) form: Html,
}

/// Sections, form and facts side by side; on a narrow screen sections and facts fold away above
/// the form, so that the form is what is seen.
pub(crate) fn audit_layout(page: AuditLayout) -> Html {
    html! {
        <div class="app-audit">
            <details class="app-audit__fold app-audit__sections">
                <summary>{ page.sections_title }</summary>
                <div class="app-audit__folded">{ page.sections }</div>
            </details>
            <details class="app-audit__fold app-audit__facts">
                <summary>{ page.facts_title }</summary>
                <div class="app-audit__folded">{ page.facts }</div>
            </details>
            <div class="app-audit__form">{ page.form }</div>
        </div>
    }
}

/// A bar that stays at the foot of the window: to its left whether all is saved, to its right
/// what must be in reach on every page. It stands after the page's content.
pub(crate) fn action_bar(saved: Html, actions: Html) -> Html {
    html! {
        <div class="app-bar" role="region" aria-label="This review">
            <div class="app-bar__inner govuk-width-container">
                { saved }
                <div class="app-bar__actions">{ actions }</div>
            </div>
        </div>
    }
}

/// Figures that sum a page up, large: name and value.
pub(crate) fn figures(figures: &[(&str, &str)]) -> Html {
    let figures = figures.iter().map(|(name, value)| {
        html! {
            <div>
                <dt class="app-figures__name">{ *name }</dt>
                <dd class="app-figures__value">{ *value }</dd>
            </div>
        }
    });
    html! { <dl class="app-figures">{ for figures }</dl> }
}

/// What is to be compared letter by letter: a seed, a ticket, a fingerprint.
pub(crate) fn code(text: &str) -> Html {
    html! { <code class="app-code" translate="no">{ text }</code> }
}
