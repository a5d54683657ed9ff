//! Audit forms: what is read, what is refused and in which words, what is asked of whom, and that
//! random answers give either a signed review or the list of what is missing.

#[path = "form/asked.rs"]
mod asked;
#[path = "form/change.rs"]
mod change;
#[path = "form/made.rs"]
mod made;
#[path = "form/property.rs"]
mod property;
#[path = "form/refused.rs"]
mod refused;
#[path = "form/schema.rs"]
mod schema;
