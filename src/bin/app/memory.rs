//! The browser's small memory (`localStorage`): the settings. It holds no word of a case.

use web_sys::Storage;

/// The name of the settings there.
const SETTINGS: &str = "sightline.settings";

/// The settings as they were kept, if the browser has them and gives them.
pub(crate) fn settings() -> Option<String> {
    storage()?.get_item(SETTINGS).ok()?
}

/// Keeps the settings. A browser that refuses forgets them when the page is closed.
pub(crate) fn keep_settings(text: &str) {
    if let Some(storage) = storage() {
        // What is lost is a choice that can be made again.
        let _ = storage.set_item(SETTINGS, text);
    }
}

/// Forgets the settings.
pub(crate) fn forget_settings() {
    if let Some(storage) = storage() {
        // What is not there is forgotten.
        let _ = storage.remove_item(SETTINGS);
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
