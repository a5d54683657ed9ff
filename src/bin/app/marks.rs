//! What only a page can keep, as workers have no localStorage: the sentinel's marks, and without `https`
//! the second copy of each round.

use js_sys::{Object, Reflect};
use sightline::app::RoundId;
use sightline::store::mark::{Mark, Marks, NAME};
use sightline::store::mirror::{self, Answer, Call};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Storage;

/// The name of what one tab remembers for itself: the round that it shows.
const CURRENT: &str = "sightline.current";

/// What was noted. The round last worked on is this tab's, where it has one.
pub(crate) fn read() -> Marks {
    let text = local().and_then(|storage| storage.get_item(NAME).ok().flatten());
    let mut marks = Marks::parse(&text.unwrap_or_default());
    let own = session().and_then(|storage| storage.get_item(CURRENT).ok().flatten());
    marks.current = own.or(marks.current);
    marks
}

/// Notes how far a round is kept.
pub(crate) fn mark(mark: Mark) {
    if let Some(storage) = session() {
        // A tab that cannot remember its round shows the one last worked on.
        let _ = storage.set_item(CURRENT, &mark.round);
    }
    change(|marks| marks.mark(mark));
}

/// Forgets what was noted of a round.
pub(crate) fn unmark(round: &RoundId) {
    change(|marks| marks.forget(&round.0));
}

/// Forgets all that was noted.
pub(crate) fn forget_all() {
    for (storage, name) in [(local(), NAME), (session(), CURRENT)] {
        if let Some(storage) = storage {
            // What is not there is forgotten.
            let _ = storage.remove_item(name);
        }
    }
}

/// Changes what is noted, which another tab may have changed meanwhile.
fn change(change: impl FnOnce(&mut Marks)) {
    let Some(storage) = local() else {
        return;
    };
    let mut marks = Marks::parse(&storage.get_item(NAME).ok().flatten().unwrap_or_default());
    change(&mut marks);
    // Without it the work is kept all the same; only its loss would not be noticed.
    let _ = storage.set_item(NAME, &marks.text());
}

/// Does what the store worker asked.
pub(crate) fn mirror(call: Call) -> Result<Answer, String> {
    let storage = local().ok_or_else(|| "SecurityError".to_owned())?;
    mirror::perform(&mut Entries(storage), call)
}

struct Entries(Storage);

impl mirror::Entries for Entries {
    fn names(&self) -> Vec<String> {
        let names = Object::keys(self.0.unchecked_ref::<Object>());
        names.iter().filter_map(|name| name.as_string()).collect()
    }

    fn get(&self, name: &str) -> Option<String> {
        self.0.get_item(name).ok().flatten()
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        self.0.set_item(name, value).map_err(|error| {
            let name = Reflect::get(&error, &JsValue::from_str("name")).unwrap_or_default();
            name.as_string().unwrap_or_default()
        })
    }

    fn remove(&mut self, name: &str) {
        // What is not there is removed.
        let _ = self.0.remove_item(name);
    }
}

fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn session() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}
