//! The exact place on a page: which field had the focus, and how far the page was scrolled.
//!
//! It stands in the browser's own history entry, so that a reload and the way back both lead to it.
//! It names a field of the form and holds nothing of a case.

use std::cell::RefCell;

use sightline::app::Route;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, FocusOptions, HtmlElement, Window};
use yew::prelude::*;

/// When the place is noted.
const MOMENTS: [&str; 3] = ["focusin", "scrollend", "pagehide"];

thread_local! {
    /// The page that is drawn. On the way to the next one the address is ahead of it, and what is seen
    /// then is no place on the next.
    static DRAWN: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Notes the place while it stands on the page.
#[component]
pub(crate) fn PlaceKeeper() -> Html {
    use_effect_with((), |()| {
        let note = Closure::<dyn FnMut(Event)>::new(|_: Event| note());
        let window = web_sys::window();
        if let Some(window) = &window {
            // Where a browser does not know it, it restores what it can by itself.
            let _ = window
                .history()
                .and_then(|it| it.set_scroll_restoration(web_sys::ScrollRestoration::Manual));
            for moment in MOMENTS {
                let listener = note.as_ref().unchecked_ref();
                // Without it one comes back to the top of the page.
                let _ = window.add_event_listener_with_callback(moment, listener);
            }
        }
        move || {
            let Some(window) = window else { return };
            for moment in MOMENTS {
                let listener = note.as_ref().unchecked_ref();
                // If the window is gone, so is the listener.
                let _ = window.remove_event_listener_with_callback(moment, listener);
            }
        }
    });
    Html::default()
}

/// Goes to the field that the address names, or to the place that the history entry tells of, now that
/// `page` is drawn. `false` if there is neither: the page is new; or if another page is drawn than the
/// address names, as while its round is locked: then the place waits.
pub(super) fn restore(page: &str) -> bool {
    DRAWN.with_borrow_mut(|drawn| page.clone_into(drawn));
    let Some(window) = web_sys::window() else {
        return false;
    };
    let hash = window.location().hash().unwrap_or_default();
    if Route::parse(&hash).to_string() != page {
        return false;
    }
    let place = match (noted(&window), Route::field_of(&hash)) {
        (Some((top, field)), _) if top > 0.0 || !field.is_empty() => (Some(top), field),
        (_, Some(field)) => (None, field.to_owned()),
        (_, None) => return false,
    };
    // With the next picture, when all parts of the page have their heights.
    let go = {
        let window = window.clone();
        Closure::once_into_js(move || go_to(&window, place))
    };
    window.request_animation_frame(go.unchecked_ref()).is_ok()
}

/// Gives a field the focus and, where a height was noted, brings the page back to it.
fn go_to(window: &Window, (top, field): (Option<f64>, String)) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(top.is_some());
    if let Some(field) = element(window, &field) {
        // A field that cannot take the focus is shown at least.
        let _ = field.focus_with_options(&options);
    }
    if let Some(top) = top {
        window.scroll_to_with_x_and_y(0.0, top);
    }
}

/// How far the page of this history entry was scrolled, and the field that had the focus.
fn noted(window: &Window) -> Option<(f64, String)> {
    let state = window.history().ok()?.state().ok()?.as_string()?;
    let (top, field) = state.split_once(' ')?;
    Some((top.parse().ok()?, field.to_owned()))
}

fn note() {
    let Some(window) = web_sys::window() else {
        return;
    };
    let route = Route::parse(&window.location().hash().unwrap_or_default());
    if DRAWN.with_borrow(|drawn| *drawn != route.to_string()) {
        return;
    }
    let focused = window.document().and_then(|it| it.active_element());
    let is = |it: &Element, selector: &str| it.matches(selector).unwrap_or(false);
    let field = match focused {
        Some(it) if is(&it, "main :is(input, textarea, select, button)") => it.id(),
        Some(it) if is(&it, "main, main :is(h1, h2)") => String::new(),
        // On the way to elsewhere: one comes back to the field before.
        _ => noted(&window).map(|(_, field)| field).unwrap_or_default(),
    };
    let top = window.scroll_y().unwrap_or_default();
    let state = JsValue::from_str(&format!("{top} {field}"));
    if let Ok(history) = window.history() {
        // A browser refuses this only if it is done hundreds of times within seconds.
        let _ = history.replace_state_with_url(&state, "", None);
    }
}

fn element(window: &Window, id: &str) -> Option<HtmlElement> {
    let element = window.document()?.get_element_by_id(id)?;
    element.dyn_into().ok()
}
