//! Fields of one line, and what all fields share: label, hint, error, and how they are tied.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// How wide a field is: as wide as what is expected in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Width {
    /// All there is.
    #[default]
    Full,
    /// About so many characters: 2, 3, 4, 5, 10, 20 or 30 (others are taken as 30).
    Characters(u8),
}

impl Width {
    fn class(self) -> Option<&'static str> {
        match self {
            Self::Full => None,
            Self::Characters(2) => Some("govuk-input--width-2"),
            Self::Characters(3) => Some("govuk-input--width-3"),
            Self::Characters(4) => Some("govuk-input--width-4"),
            Self::Characters(5) => Some("govuk-input--width-5"),
            Self::Characters(10) => Some("govuk-input--width-10"),
            Self::Characters(20) => Some("govuk-input--width-20"),
            Self::Characters(_) => Some("govuk-input--width-30"),
        }
    }
}

/// A text of one line.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextField<'a> {
    /// The element's id; an error summary links to it.
    pub(crate) id: &'a str,
    /// What is asked for.
    pub(crate) label: &'a str,
    /// Whether the label stands out, as the page's main question.
    pub(crate) label_bold: bool,
    /// Help in answering.
    pub(crate) hint: Option<&'a str>,
    /// What is in it.
    pub(crate) value: &'a str,
    /// What is wrong with it and what to do.
    pub(crate) error: Option<&'a str>,
    /// How wide it is.
    pub(crate) width: Width,
    /// What is counted in it, behind the field: `weeks`.
    pub(crate) suffix: Option<&'a str>,
    /// Which keyboard a touch screen shows: `numeric`, `decimal`; text where `None`.
    pub(crate) inputmode: Option<&'static str>,
    /// Whether dots stand for what is in it. (A field of the type `password` would be offered to the
    /// browser's store of passwords.)
    pub(crate) masked: bool,
    /// Called with the whole text at each change.
    pub(crate) on_input: Callback<String>,
    /// Called when the field is left.
    pub(crate) on_blur: Callback<()>,
}

/// A labelled text field of one line. Nothing of it is remembered, checked or translated by the
/// browser.
pub(crate) fn text_field(field: TextField) -> Html {
    let label = label(field.id, field.label, field.label_bold);
    let (id, hint, error) = (field.id, field.hint, field.error);
    group(id, label, hint, error, input(field))
}

/// A text field in a cell of a table, whose row and column say to the eye what it is; its label is for
/// screen readers.
pub(crate) fn cell_field(field: TextField) -> Html {
    html! {
        <>
            <label class="govuk-visually-hidden" for={field.id.to_owned()}>{ field.label }</label>
            { super::errors::error_message(field.id, field.error) }
            { input(field) }
        </>
    }
}

fn input(field: TextField) -> Html {
    let on_input = field.on_input;
    let on_blur = field.on_blur;
    let suffix_id = format!("{}-suffix", field.id);
    let described = match (
        described_by(field.id, field.hint, field.error),
        field.suffix,
    ) {
        (described, None) => described,
        (None, Some(_)) => Some(suffix_id.clone().into()),
        (Some(ids), Some(_)) => Some(format!("{ids} {suffix_id}").into()),
    };
    let input = html! {
        <input
            class={classes!("govuk-input", field.width.class(), field.masked.then_some("app-masked"), field.error.map(|_| "govuk-input--error"))}
            id={field.id.to_owned()}
            name={field.id.to_owned()}
            type="text"
            inputmode={field.inputmode}
            value={field.value.to_owned()}
            spellcheck="false"
            autocomplete="off"
            translate="no"
            aria-describedby={described}
            aria-invalid={field.error.map(|_| "true")}
            oninput={move |event: InputEvent| on_input.emit(input_value(&event))}
            onblur={move |_| on_blur.emit(())}
        />
    };
    match field.suffix {
        None => input,
        Some(suffix) => html! {
            <div class="govuk-input__wrapper">
                { input }
                <div class="govuk-input__suffix" id={suffix_id}>{ suffix }</div>
            </div>
        },
    }
}

/// A date, in the browser's own date field.
#[derive(Clone, Debug, Default)]
pub(crate) struct DateField<'a> {
    /// The element's id; an error summary links to it.
    pub(crate) id: &'a str,
    /// What is asked for.
    pub(crate) label: &'a str,
    /// Whether the label stands out, as a question of its own.
    pub(crate) label_bold: bool,
    /// Help in answering.
    pub(crate) hint: Option<&'a str>,
    /// `2026-12-01`, or empty.
    pub(crate) value: &'a str,
    /// What is wrong with it and what to do.
    pub(crate) error: Option<&'a str>,
    /// Called with `2026-12-01`, or empty, at each change.
    pub(crate) on_input: Callback<String>,
}

/// A labelled date field.
pub(crate) fn date_field(field: DateField) -> Html {
    let on_input = field.on_input;
    let input = html! {
        <input
            class={classes!("govuk-input", "app-date", field.error.map(|_| "govuk-input--error"))}
            id={field.id.to_owned()}
            name={field.id.to_owned()}
            type="date"
            value={field.value.to_owned()}
            autocomplete="off"
            aria-describedby={described_by(field.id, field.hint, field.error)}
            aria-invalid={field.error.map(|_| "true")}
            oninput={move |event: InputEvent| on_input.emit(input_value(&event))}
        />
    };
    group(
        field.id,
        label(field.id, field.label, field.label_bold),
        field.hint,
        field.error,
        input,
    )
}

/// A time of a day, in the browser's own time field.
#[derive(Clone, Debug, Default)]
pub(crate) struct TimeField<'a> {
    /// The element's id.
    pub(crate) id: &'a str,
    /// What is asked for.
    pub(crate) label: &'a str,
    /// `09:30`, or empty.
    pub(crate) value: &'a str,
    /// Called with `09:30`, or empty, at each change.
    pub(crate) on_input: Callback<String>,
}

/// A labelled time field.
pub(crate) fn time_field(field: TimeField) -> Html {
    let on_input = field.on_input;
    let input = html! {
        <input
            class="govuk-input app-time"
            id={field.id.to_owned()}
            name={field.id.to_owned()}
            type="time"
            value={field.value.to_owned()}
            autocomplete="off"
            oninput={move |event: InputEvent| on_input.emit(input_value(&event))}
        />
    };
    group(
        field.id,
        label(field.id, field.label, false),
        None,
        None,
        input,
    )
}

/// A field with its label, hint and error, in the order in which they are read.
pub(super) fn group(
    id: &str,
    label: Html,
    hint: Option<&str>,
    error: Option<&str>,
    input: Html,
) -> Html {
    html! {
        <div class={classes!("govuk-form-group", error.map(|_| "govuk-form-group--error"))}>
            { label }
            { self::hint(id, hint) }
            { super::errors::error_message(id, error) }
            { input }
        </div>
    }
}

/// The label of the field with that id.
pub(super) fn label(id: &str, text: &str, bold: bool) -> Html {
    html! {
        <label class={classes!("govuk-label", bold.then_some("govuk-label--m"))} for={id.to_owned()}>{ text }</label>
    }
}

/// The hint of the field with that id.
pub(super) fn hint(id: &str, text: Option<&str>) -> Html {
    text.map_or_else(Html::default, |text| {
        html! { <div id={format!("{id}-hint")} class="govuk-hint">{ text }</div> }
    })
}

/// Which elements a screen reader reads after the field's name.
pub(super) fn described_by(id: &str, hint: Option<&str>, error: Option<&str>) -> Option<AttrValue> {
    match (hint, error) {
        (None, None) => None,
        (Some(_), None) => Some(format!("{id}-hint").into()),
        (None, Some(_)) => Some(format!("{id}-error").into()),
        (Some(_), Some(_)) => Some(format!("{id}-hint {id}-error").into()),
    }
}

fn input_value(event: &InputEvent) -> String {
    event
        .target_dyn_into::<HtmlInputElement>()
        .map(|input| input.value())
        .unwrap_or_default()
}
