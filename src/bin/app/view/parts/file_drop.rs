//! Choosing a file, or dropping it.

use web_sys::{File, FileList, HtmlInputElement};
use yew::prelude::*;

/// What a [`FileDrop`] shows and says.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct FileDropProps {
    /// The element's id; an error summary links to it.
    pub(crate) id: AttrValue,
    /// What is asked for.
    pub(crate) label: AttrValue,
    /// Help: which kinds of file.
    #[prop_or_default]
    pub(crate) hint: Option<AttrValue>,
    /// What is wrong and what to do.
    #[prop_or_default]
    pub(crate) error: Option<AttrValue>,
    /// Which files are offered: `.csv,.xlsx,.ods`.
    #[prop_or_default]
    pub(crate) accept: AttrValue,
    /// Called with the file chosen or dropped.
    #[prop_or_default]
    pub(crate) on_file: Callback<File>,
    /// Called with all files chosen or dropped, where several can be.
    #[prop_or_default]
    pub(crate) on_files: Option<Callback<Vec<File>>>,
}

impl FileDropProps {
    fn take(&self, files: Option<FileList>) {
        let files = files.into_iter();
        let files = files.flat_map(|list| (0..list.length()).filter_map(move |at| list.get(at)));
        let files: Vec<File> = files.collect();
        match &self.on_files {
            _ if files.is_empty() => {}
            Some(on_files) => on_files.emit(files),
            None => files
                .into_iter()
                .take(1)
                .for_each(|file| self.on_file.emit(file)),
        }
    }
}

/// A zone that takes a dropped file and is itself the browser's own file button, so keyboard and
/// screen reader work as everywhere. The same file can be chosen again.
#[component]
pub(crate) fn FileDrop(props: &FileDropProps) -> Html {
    let over = use_state_eq(|| false);
    let hint = props.hint.as_deref();
    let error = props.error.as_deref();
    let drag_over = {
        let over = over.clone();
        move |event: DragEvent| {
            event.prevent_default();
            over.set(true);
        }
    };
    let drag_leave = {
        let over = over.clone();
        move |_: DragEvent| over.set(false)
    };
    let dropped = {
        let (over, props) = (over.clone(), props.clone());
        move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            props.take(event.data_transfer().and_then(|data| data.files()));
        }
    };
    let several = props.on_files.is_some();
    let to = props.clone();
    let chosen = move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
            return;
        };
        to.take(input.files());
        input.set_value("");
    };
    let zone = html! {
        <div class={classes!("app-drop", over.then_some("app-drop--over"))}
            ondragenter={drag_over.clone()} ondragover={drag_over} ondragleave={drag_leave} ondrop={dropped}>
            <p class="app-drop__text" aria-hidden="true">{ if several { "Drop files here, or" } else { "Drop a file here, or" } }</p>
            <span class="govuk-button govuk-button--secondary app-drop__button" aria-hidden="true">{ if several { "Choose files" } else { "Choose a file" } }</span>
            <input class="app-drop__input" type="file" id={&props.id} name={&props.id} accept={&props.accept} multiple={several}
                autocomplete="off" aria-describedby={super::field::described_by(&props.id, hint, error)}
                aria-invalid={error.map(|_| "true")} onchange={chosen} />
        </div>
    };
    let label = super::field::label(&props.id, &props.label, true);
    super::field::group(&props.id, label, hint, error, zone)
}
