//! The browser's promise not to clear what is kept here when the disk is short.

use js_sys::{Promise, Reflect};
use sightline::app::{Msg, Persisted};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::StorageManager;
use yew::Callback;

/// Tells whether it has been promised.
pub(crate) fn tell(to: &Callback<Msg>) {
    say(to, StorageManager::persisted, Persisted::NotYet);
}

/// Asks for it.
pub(crate) fn ask(to: &Callback<Msg>) {
    say(to, StorageManager::persist, Persisted::Refused);
}

fn say(
    to: &Callback<Msg>,
    question: fn(&StorageManager) -> Result<Promise, JsValue>,
    no: Persisted,
) {
    let to = to.clone();
    let asked = manager().map(|manager| question(&manager));
    spawn_local(async move {
        let said = match asked {
            Some(Ok(answer)) => match JsFuture::from(answer).await {
                Ok(yes) if yes.is_truthy() => Persisted::Yes,
                Ok(_) => no,
                Err(_) => Persisted::Unknown,
            },
            Some(Err(_)) | None => Persisted::Unknown,
        };
        to.emit(Msg::Persisted(said));
    });
}

/// Missing where the page's address begins with `http`.
fn manager() -> Option<StorageManager> {
    let navigator = web_sys::window()?.navigator();
    let manager = Reflect::get(&navigator, &"storage".into()).ok()?;
    manager.dyn_into().ok()
}
