//! The bar at the foot of a page, and figures that sum a page up.

use yew::prelude::*;

/// A bar that stays at the foot of the window: to its left where one is, to its right what must be
/// in reach on every page, above them what was just done. It stands after the page's content.
pub(crate) fn action_bar(told: Html, place: Html, actions: Html) -> Html {
    html! {
        <div class="app-bar" role="region" aria-label="This case">
            { told }
            <div class="app-bar__inner govuk-width-container">
                { place }
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
