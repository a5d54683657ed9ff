//! How long the certificate is on paper, said before it is printed.

use sightline::sample::certificate::{Certificate, DrawnCase};
use yew::prelude::*;

/// So many rows of small print fit on an A4 page, one to spare.
const PAGE: usize = 59;
/// What every certificate takes of them: headings, list and draw.
const FACTS: usize = 21;
/// A table's heading and header, and the room below.
const TABLE: usize = 3;
/// So many letters of id and group fit on a row; of the recipe, on a line.
const ROW: usize = 34;
const LINE: usize = 145;

/// What is said of its length. Names can be longer than reckoned, so it promises one page only where
/// that is sure.
pub(super) fn length(certificate: &Certificate, earlier: usize) -> Html {
    if rows(certificate, earlier) <= PAGE {
        return html! { <p class="govuk-hint app-no-print">{ "On paper it is one page, A4." }</p> };
    }
    html! {
        <p class="govuk-hint">
            { format!(
                "On paper this certificate may be longer than one page: {} cases in the sample, {} in the reserve. How to check it stands at its end.",
                certificate.sample.len(), certificate.reserve.len(),
            ) }
        </p>
    }
}

/// About how many rows of small print it takes.
fn rows(certificate: &Certificate, earlier: usize) -> usize {
    let cases = |cases: &[DrawnCase]| -> usize {
        let letters = |case: &DrawnCase| {
            let group = case.stratum.as_deref().unwrap_or_default();
            case.id.chars().count() + group.chars().count()
        };
        cases
            .iter()
            .map(|case| letters(case).div_ceil(ROW).max(1))
            .sum()
    };
    let table = |rows: usize| if rows == 0 { 0 } else { rows + TABLE };
    let further: usize = certificate.further.iter().map(|it| it.cases.len()).sum();
    let tables = [
        certificate.strata.len(),
        certificate.teams.len(),
        certificate.method.must_include.len(),
        certificate.passed_over.len(),
        further,
        earlier,
    ];
    let recipe = certificate.recipe.iter();
    let recipe: usize = recipe
        .map(|line| line.chars().count().div_ceil(LINE).max(1))
        .sum();
    let lists = certificate
        .account
        .as_ref()
        .map_or(0, |account| account.lists.len() * 3);
    FACTS
        + lists
        + cases(&certificate.sample).max(cases(&certificate.reserve))
        + tables.into_iter().map(table).sum::<usize>()
        + (recipe * 2).div_ceil(3)
}
