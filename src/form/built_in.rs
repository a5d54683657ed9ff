//! The forms that come with Sightline.

use super::{Form, FormProblem};

/// A form that comes with Sightline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// The form's id.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// When to choose it, in a sentence.
    pub purpose: &'static str,
    json: &'static str,
}

/// The core practice audit.
pub const CORE: BuiltIn = BuiltIn {
    id: "core",
    title: "Core practice audit",
    purpose: "The whole of the practice in one child’s case, in nine graded sections.",
    json: include_str!("../../forms/core.json"),
};

/// All of them, in the order in which they are offered.
pub const FORMS: [BuiltIn; 1] = [CORE];

impl BuiltIn {
    /// The form itself.
    ///
    /// # Errors
    /// As [`Form::parse`]; a test holds that none of them has a fault.
    pub fn form(&self) -> Result<Form, Vec<FormProblem>> {
        Form::parse(self.json)
    }
}
