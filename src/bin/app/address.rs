//! The address bar, the title, the focus and the marks on the page's root: where the person is and how
//! things stand, as the browser shows it.

use sightline::app::Route;
use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};

/// The page that the address names.
pub(crate) fn current() -> Route {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    Route::parse(&hash.unwrap_or_default())
}

/// The field of the page that the address names, if it names one.
pub(crate) fn field() -> Option<String> {
    let hash = web_sys::window()?.location().hash().ok()?;
    Route::field_of(&hash).map(str::to_owned)
}

/// Goes to a page; the browser then says that the address has changed.
pub(crate) fn go(route: &Route) {
    if let Some(window) = web_sys::window() {
        // A browser refuses this only for an address that is not ours.
        let _ = window.location().set_hash(&route.to_string());
    }
}

/// Loads the page anew, as the host has it now.
pub(crate) fn reload() {
    if let Some(window) = web_sys::window() {
        // A browser that refuses leaves the page as it is.
        let _ = window.location().reload();
    }
}

/// Sets the title of the window.
pub(crate) fn set_title(title: &str) {
    if let Some(document) = document()
        && document.title() != title
    {
        document.set_title(title);
    }
}

/// Says on the page's root element how things stand, for what is no part of the program: its start,
/// `web/safe.js`, tests.
pub(crate) fn mark(name: &str, value: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        // Without the mark the page works all the same.
        let _ = root.set_attribute(&format!("data-{name}"), value);
    }
}

/// Moves the focus to the element of that id; `false` if the page has none.
pub(crate) fn focus(id: &str) -> bool {
    let element = document().and_then(|document| document.get_element_by_id(id));
    let element = element.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    // An element that cannot take the focus is shown at least.
    element.is_some_and(|element| element.focus().is_ok())
}

fn document() -> Option<Document> {
    web_sys::window().and_then(|window| window.document())
}
