//! How long the certificate is on paper, said before it is printed.

use sightline::sample::certificate::Certificate;
use yew::prelude::*;

/// So many lines of small print fit on an A4 page beside the facts that every certificate has.
const PAGE: usize = 60;

/// What is said of its length.
pub(super) fn length(certificate: &Certificate) -> Html {
    let text = if lines(certificate) <= PAGE {
        return html! { <p class="govuk-hint app-no-print">{ "On paper it is one page, A4." }</p> };
    } else {
        format!(
            "On paper this certificate is longer than one page: {} cases in the sample, {} in the reserve. How to check it stands at its end.",
            certificate.sample.len(),
            certificate.reserve.len()
        )
    };
    html! { <p class="govuk-hint">{ text }</p> }
}

/// About how many lines of small print it takes.
fn lines(certificate: &Certificate) -> usize {
    certificate.recipe.len() + certificate.sample.len().max(certificate.reserve.len())
}
