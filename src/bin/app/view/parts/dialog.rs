//! A question that must be answered before anything else.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// What a [`Dialog`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct DialogProps {
    /// The element's id, unique on the page.
    pub(crate) id: AttrValue,
    /// Whether it is shown.
    pub(crate) open: bool,
    /// Its heading.
    pub(crate) title: AttrValue,
    /// Called when the person leaves it by Escape; the owner then sets `open` to false.
    pub(crate) on_close: Callback<()>,
    /// What it asks, and the buttons.
    pub(crate) children: Html,
}

/// A modal dialog: the browser's own, which keeps the focus inside and gives it back after. Its
/// heading takes the focus, so that no key pressed in haste answers the question.
#[component]
pub(crate) fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.open, move |open| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                if *open && !dialog.open() {
                    // Refused only when it is open already or no longer on the page.
                    let _ = dialog.show_modal();
                } else if !*open && dialog.open() {
                    dialog.close();
                }
            }
        });
    }
    let on_close = props.on_close.clone();
    let cancelled = move |event: Event| {
        event.prevent_default();
        on_close.emit(());
    };
    let title_id = format!("{}-title", props.id);
    html! {
        <dialog class="app-dialog" id={&props.id} aria-labelledby={title_id.clone()} oncancel={cancelled} ref={node}>
            if props.open {
                <h2 class="govuk-heading-m app-dialog__title" id={title_id} tabindex="-1" autofocus=true>{ &props.title }</h2>
                { props.children.clone() }
            }
        </dialog>
    }
}
