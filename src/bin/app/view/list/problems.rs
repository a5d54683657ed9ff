//! Problems of a list: by what they have in common, counted, the first with their places.

use sightline::desk::list::problems::Group;
use sightline::table::Problem;
use yew::prelude::*;

use super::super::parts;
use super::figure;

/// How many problems of a group stand open; more are a step further.
const FIRST: usize = 5;

/// Problems behind a line that says how many there are.
pub(super) fn shown(id: &str, title: &str, groups: &[Group]) -> Html {
    if groups.is_empty() {
        return Html::default();
    }
    let count = groups.iter().map(|group| group.count).sum();
    let content = html! {
        <div id={id.to_owned()}>{ for groups.iter().map(group) }</div>
    };
    parts::details(&format!("{title} ({})", figure(count)), content)
}

fn group(group: &Group) -> Html {
    let (first, rest) = group.first.split_at(group.first.len().min(FIRST));
    let beyond = group.count.saturating_sub(group.first.len());
    let more = html! {
        <>
            { list(group, rest) }
            if beyond > 0 {
                <p class="govuk-body">{ format!("And {} more.", figure(beyond)) }</p>
            }
        </>
    };
    html! {
        <>
            if group.count > 1 {
                <p class="govuk-body app-group"><strong>{ figure(group.count) }</strong>{ " times: " }<bdi>{ &group.message }</bdi></p>
            }
            { list(group, first) }
            if !rest.is_empty() {
                { parts::details(&format!("Show {} more", figure(group.count - first.len())), more) }
            }
        </>
    }
}

/// Each with its place, and in its own words where they are not those of the group.
fn list(group: &Group, problems: &[Problem]) -> Html {
    let said = |problem: &Problem| {
        if group.count > 1 && problem.message == group.message {
            String::new()
        } else {
            problem.message.clone()
        }
    };
    let listed: Vec<(String, String)> = problems
        .iter()
        .map(|problem| (problem.place.to_string(), said(problem)))
        .collect();
    parts::error_list(&listed)
}
