//! The application as a value, driven as a person drives it: a real desk, and a store that keeps
//! journals in memory and can be made to fail.

#[path = "app/audit.rs"]
mod audit;
#[path = "app/balance.rs"]
mod balance;
#[path = "app/cases.rs"]
mod cases;
#[path = "app/concern.rs"]
mod concern;
#[path = "app/desk.rs"]
mod desk;
#[path = "app/earlier.rs"]
mod earlier;
#[path = "app/forms.rs"]
mod forms;
#[path = "app/further.rs"]
mod further;
#[path = "app/kept.rs"]
mod kept;
#[path = "app/kinds.rs"]
mod kinds;
#[path = "app/linking.rs"]
mod linking;
#[path = "app/list.rs"]
mod list;
#[path = "form/made.rs"]
mod made;
#[path = "app/merged.rs"]
mod merged;
#[path = "app/methods.rs"]
mod methods;
#[path = "app/newer.rs"]
mod newer;
#[path = "app/person.rs"]
mod person;
#[path = "app/planner.rs"]
mod planner;
#[path = "app/protected.rs"]
mod protected;
#[path = "app/saved.rs"]
mod saved;
#[path = "app/settings.rs"]
mod settings;
#[path = "app/signing.rs"]
mod signing;
#[path = "app/trail.rs"]
mod trail;
#[path = "app/undo.rs"]
mod undo;
#[path = "app/verify.rs"]
mod verify;
