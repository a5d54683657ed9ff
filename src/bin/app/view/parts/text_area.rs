//! A text of several lines that grows as it is written.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::field::{described_by, group, label};

/// A text of several lines.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextArea<'a> {
    /// The element's id; an error summary links to it.
    pub(crate) id: &'a str,
    /// What is asked for.
    pub(crate) label: &'a str,
    /// Whether the label stands out, as a question of its own.
    pub(crate) label_bold: bool,
    /// Help in answering.
    pub(crate) hint: Option<&'a str>,
    /// What is in it.
    pub(crate) value: &'a str,
    /// What is wrong with it and what to do.
    pub(crate) error: Option<&'a str>,
    /// How many lines it shows while it is empty; 3 where `None`.
    pub(crate) rows: Option<u8>,
    /// How many characters it should not exceed; counted below it when given.
    pub(crate) limit: Option<usize>,
    /// Called with the whole text at each change.
    pub(crate) on_input: Callback<String>,
    /// Called when the field is left.
    pub(crate) on_blur: Callback<()>,
}

/// A labelled text area. It grows by `field-sizing: content`; where a browser has not got that,
/// its `rows` follow the length of the text. What is typed is about children: it is never offered again
/// or translated, and its spelling is checked only if the page's `main` allows it, which is the
/// person's choice.
pub(crate) fn text_area(field: TextArea) -> Html {
    let on_input = field.on_input;
    let on_blur = field.on_blur;
    let typed = move |event: InputEvent| {
        if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
            on_input.emit(area.value());
        }
    };
    let area = html! {
        <>
            <textarea
                class={classes!("govuk-textarea", "app-textarea", field.error.map(|_| "govuk-textarea--error"))}
                id={field.id.to_owned()}
                name={field.id.to_owned()}
                rows={rows(field.value, field.rows.unwrap_or(3)).to_string()}
                value={field.value.to_owned()}
                autocomplete="off"
                translate="no"
                aria-describedby={described(field.id, field.hint, field.error, field.limit)}
                aria-invalid={field.error.map(|_| "true")}
                oninput={typed}
                onblur={move |_| on_blur.emit(())}
            />
            { count(field.id, field.value, field.limit) }
        </>
    };
    group(
        field.id,
        label(field.id, field.label, field.label_bold),
        field.hint,
        field.error,
        area,
    )
}

fn described(
    id: &str,
    hint: Option<&str>,
    error: Option<&str>,
    limit: Option<usize>,
) -> Option<AttrValue> {
    match (described_by(id, hint, error), limit) {
        (ids, None) => ids,
        (None, Some(_)) => Some(format!("{id}-info").into()),
        (Some(ids), Some(_)) => Some(format!("{ids} {id}-info").into()),
    }
}

/// About as many characters as a line holds.
const LINE: usize = 72;

/// As many rows as the text takes, about, at least `least`, at most 40.
fn rows(text: &str, least: u8) -> usize {
    let least = usize::from(least);
    let lines = text.split('\n');
    let rows: usize = lines.map(|line| line.len().div_ceil(LINE).max(1)).sum();
    rows.clamp(least, least.max(40))
}

fn count(id: &str, text: &str, limit: Option<usize>) -> Html {
    let Some(limit) = limit else {
        return Html::default();
    };
    let used = text.chars().count();
    let (class, message) = match limit.checked_sub(used) {
        Some(left) => ("govuk-hint", format!("You have {} left", characters(left))),
        None => (
            "govuk-error-message",
            format!("You have {} too many", characters(used - limit)),
        ),
    };
    html! {
        <div id={format!("{id}-info")} class={classes!(class, "govuk-character-count__message")}>{ message }</div>
    }
}

fn characters(count: usize) -> String {
    if count == 1 {
        "1 character".to_owned()
    } else {
        format!("{count} characters")
    }
}
