//! How far a long work has come, and whether what was typed is kept.

use yew::prelude::*;

/// How far a long work has come, from 0 to 1; `None` while nobody knows. The label says what is
/// being done and is followed by the percentage.
pub(crate) fn progress_bar(id: &str, label: &str, done: Option<f32>) -> Html {
    let done = done.map(|done| (done.clamp(0.0, 1.0) * 100.0).floor().to_string());
    html! {
        <div class="app-progress">
            <label class="app-progress__label" for={id.to_owned()}>{ label }</label>
            <progress class="app-progress__bar" id={id.to_owned()} max="100" value={done.clone()}>
                { for done.as_ref().map(|done| format!("{done}%")) }
            </progress>
            <span class="app-progress__figure" aria-hidden="true">{ for done.map(|done| format!("{done}%")) }</span>
        </div>
    }
}

/// How many of all are done, as a bar under a sentence that says the same.
pub(crate) fn share_bar(id: &str, label: &str, done: usize, all: usize) -> Html {
    html! {
        <progress class="app-progress__bar app-progress__bar--share" id={id.to_owned()} aria-label={label.to_owned()}
            max={all.to_string()} value={done.to_string()} />
    }
}

/// Whether what was typed is kept. Only the store's word makes it `Saved`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::enum_variant_names,
    reason = "they are the words on the screen"
)]
pub(crate) enum Saved {
    /// Nothing has been written yet: nothing is shown.
    #[default]
    Untouched,
    /// Handed to the store, which has not answered yet.
    Saving,
    /// The store has it on disk; with the time, where it is known (`14:32`).
    Saved(Option<AttrValue>),
    /// The store could not keep it; why, and what to do.
    NotSaved(AttrValue),
    /// It is in memory only, and in no file.
    InMemory,
    /// It is in memory only, and a file has all of it.
    InFile,
    /// Another tab writes.
    ReadingAlong,
}

/// What a [`SavedIndicator`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct SavedIndicatorProps {
    /// What the store said last.
    pub(crate) state: Saved,
}

/// Whether what was typed is kept, in a word. A screen reader reads it where it stands, and is
/// told of its own accord only when saving begins to fail and when it works again: an
/// announcement at each pause in typing would drown the form.
#[component]
pub(crate) fn SavedIndicator(props: &SavedIndicatorProps) -> Html {
    let failed = use_mut_ref(|| false);
    let announcement = announcement(&props.state, &mut failed.borrow_mut());
    html! {
        <div class="app-saved">
            { shown(&props.state) }
            <span class="govuk-visually-hidden" role="status" aria-live="polite">{ announcement }</span>
        </div>
    }
}

/// What a screen reader is told; `failed` remembers whether it was told that saving fails.
pub(super) fn announcement(state: &Saved, failed: &mut bool) -> String {
    match state {
        Saved::NotSaved(why) => {
            *failed = true;
            format!("Not saved. {why}")
        }
        Saved::Saved(_) if std::mem::take(failed) => "Saved again.".to_owned(),
        Saved::Untouched
        | Saved::Saving
        | Saved::Saved(_)
        | Saved::InMemory
        | Saved::InFile
        | Saved::ReadingAlong => String::new(),
    }
}

/// The word that everybody sees.
pub(super) fn shown(state: &Saved) -> Html {
    match state {
        Saved::Untouched => Html::default(),
        Saved::Saving => {
            html! { <span class="app-saved__state app-saved__state--saving">{ "Saving…" }</span> }
        }
        Saved::Saved(time) => {
            let text = time
                .as_ref()
                .map_or_else(|| "Saved".to_owned(), |time| format!("Saved {time}"));
            html! { <span class="app-saved__state app-saved__state--saved">{ text }</span> }
        }
        Saved::InMemory => html! {
            <span class="app-saved__state app-saved__state--memory">{ "In memory only" }</span>
        },
        Saved::InFile => html! {
            <span class="app-saved__state app-saved__state--saved">{ "Saved to a file" }</span>
        },
        Saved::ReadingAlong => html! {
            <span class="app-saved__state app-saved__state--memory">{ "Reading along" }</span>
        },
        Saved::NotSaved(why) => html! {
            <span class="app-saved__state app-saved__state--not-saved">
                <strong>{ "Not saved" }</strong>{ " " }{ why }
            </span>
        },
    }
}
