//! Lists: of answers to check, of tasks, of facts, of problems.

use yew::prelude::*;

/// One line of a summary list.
#[derive(Clone, Debug, Default)]
pub(crate) struct SummaryRow<'a> {
    /// What was asked.
    pub(crate) key: &'a str,
    /// What was answered.
    pub(crate) value: Html,
    /// Links that change it: text (`Change`), what a screen reader adds (`the list`), address.
    pub(crate) actions: Vec<(&'a str, &'a str, &'a str)>,
}

impl<'a> SummaryRow<'a> {
    /// A line of text that cannot be changed from here.
    pub(crate) fn new(key: &'a str, value: impl Into<Html>) -> Self {
        Self {
            key,
            value: value.into(),
            actions: Vec::new(),
        }
    }

    /// The same, with a link `Change` to `href`; `hidden` says what for a screen reader.
    pub(crate) fn change(mut self, hidden: &'a str, href: &'a str) -> Self {
        self.actions.push(("Change", hidden, href));
        self
    }
}

/// What was answered, line by line, with links to change it.
pub(crate) fn summary_list(rows: &[SummaryRow]) -> Html {
    let actionable = rows.iter().any(|row| !row.actions.is_empty());
    let rows = (0_usize..).zip(rows).map(|(at, row)| {
        let bare = actionable && row.actions.is_empty();
        html! {
            <div key={at} class={classes!("govuk-summary-list__row", bare.then_some("govuk-summary-list__row--no-actions"))}>
                <dt class="govuk-summary-list__key">{ row.key }</dt>
                <dd class="govuk-summary-list__value">{ row.value.clone() }</dd>
                if !row.actions.is_empty() {
                    <dd class="govuk-summary-list__actions">{ actions(&row.actions) }</dd>
                }
            </div>
        }
    });
    html! { <dl class="govuk-summary-list">{ for rows }</dl> }
}

fn actions(actions: &[(&str, &str, &str)]) -> Html {
    match actions {
        [(text, hidden, href)] => action_link(text, hidden, href),
        several => {
            let links = several.iter().map(|(text, hidden, href)| {
                html! {
                    <li class="govuk-summary-list__actions-list-item">{ action_link(text, hidden, href) }</li>
                }
            });
            html! { <ul class="govuk-summary-list__actions-list">{ for links }</ul> }
        }
    }
}

/// A link whose words need more to be understood alone: `Change` + `the sample size`.
pub(crate) fn action_link(text: &str, hidden: &str, href: &str) -> Html {
    html! {
        <a class="govuk-link" href={href.to_owned()}>
            { text }<span class="govuk-visually-hidden">{ format!(" {hidden}") }</span>
        </a>
    }
}

/// One task of a task list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Task<'a> {
    /// The element's id prefix, unique on the page.
    pub(crate) id: &'a str,
    /// What is to be done.
    pub(crate) title: &'a str,
    /// Where; `None` while it cannot be begun.
    pub(crate) href: Option<&'a str>,
    /// What it means, or how far it is.
    pub(crate) hint: Option<&'a str>,
    /// Its state: a plain text when done, a tag when something is to be done.
    pub(crate) status: Html,
}

/// Tasks with their states.
pub(crate) fn task_list(tasks: &[Task]) -> Html {
    html! { <ul class="govuk-task-list">{ for tasks.iter().map(task) }</ul> }
}

fn task(task: &Task) -> Html {
    let status_id = format!("{}-status", task.id);
    let hint_id = format!("{}-hint", task.id);
    let described = task
        .hint
        .map_or_else(|| status_id.clone(), |_| format!("{hint_id} {status_id}"));
    let waiting = task
        .href
        .is_none()
        .then_some("govuk-task-list__status--cannot-start-yet");
    let linked = task.href.map(|_| "govuk-task-list__item--with-link");
    html! {
        <li key={task.id.to_owned()} class={classes!("govuk-task-list__item", linked)}>
            <div class="govuk-task-list__name-and-hint">
                if let Some(href) = task.href {
                    <a class="govuk-link govuk-task-list__link" href={href.to_owned()} aria-describedby={described}>
                        { task.title }
                    </a>
                } else {
                    <div>{ task.title }</div>
                }
                if let Some(hint) = task.hint {
                    <div id={hint_id} class="govuk-task-list__hint">{ hint }</div>
                }
            </div>
            <div class={classes!("govuk-task-list__status", waiting)} id={status_id}>{ task.status.clone() }</div>
        </li>
    }
}

/// Facts of a case from the list, close together: for the side of the form, in a box that the
/// keyboard can scroll. Each value is isolated, as names may run from right to left.
pub(crate) fn fact_list(facts: &[(&str, &str)]) -> Html {
    let facts = facts.iter().map(|(name, value)| {
        let value = if value.is_empty() {
            html! { <span class="app-facts__blank">{ "Blank in the list" }</span> }
        } else {
            html! { <bdi>{ *value }</bdi> }
        };
        html! {
            <div class="app-facts__row">
                <dt class="app-facts__name">{ *name }</dt>
                <dd class="app-facts__value" translate="no">{ value }</dd>
            </div>
        }
    });
    html! {
        <div class="app-facts-box" role="group" aria-label="From the list" tabindex="0">
            <dl class="app-facts">{ for facts }</dl>
        </div>
    }
}

/// Problems with a list, each with its place (`row 14, column Date of Birth`) and what to do.
pub(crate) fn error_list(problems: &[(String, String)]) -> Html {
    let problems = problems.iter().map(|(place, message)| {
        html! {
            <li class="app-problems__item">
                if !place.is_empty() {
                    <span class="app-problems__place">{ place }</span>
                }
                <span class="app-problems__message">{ message }</span>
            </li>
        }
    });
    html! { <ol class="app-problems">{ for problems }</ol> }
}
