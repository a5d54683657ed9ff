//! The settings: kept as they are chosen, and found again.

use sightline::app::settings::{Msg as Settings, SavedFile};
use sightline::app::{Msg, saved};

use crate::person::Person;

#[test]
fn what_is_chosen_is_found_again_after_a_reload_and_nothing_else_is_taken() {
    let mut person = Person::new();
    assert_eq!(person.model.settings.lock_after, 10);
    assert!(!person.model.settings.spelling);
    person.say(Msg::Settings(Settings::ChoseLockAfter("20".into())));
    person.say(Msg::Settings(Settings::ToggledSpelling(true)));
    for nonsense in ["0", "600", "soon", ""] {
        person.say(Msg::Settings(Settings::ChoseLockAfter(nonsense.into())));
    }
    let chosen = person.model.settings.clone();
    assert_eq!((chosen.lock_after, chosen.spelling), (20, true));
    person.reload();
    assert_eq!(person.model.settings, chosen);
    person.settings = "{broken".into();
    person.reload();
    assert_eq!(
        person.model.settings.lock_after, 10,
        "that of the beginning"
    );
}

#[test]
fn when_a_round_was_last_saved_to_a_file_is_remembered_with_how_much_was_in_it() {
    let mut person = Person::with_sample(2);
    let id = person.open().id.clone();
    let entries = person.open().lines().len();
    assert!(person.model.settings.files.is_empty());
    let phrase = "six words that are long".to_owned();
    person.say(Msg::Saved(saved::Msg::EnteredPassphrase(phrase)));
    person.say(Msg::Saved(saved::Msg::ClickedSave));
    let at = person.clock;
    person.reload();
    let file = person.model.settings.files.get(&id.0);
    assert_eq!(file, Some(&SavedFile { at, entries }));
}
