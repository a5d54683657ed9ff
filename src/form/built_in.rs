//! The forms that come with Sightline: what the page knows of each, and the form itself, which only
//! the desk and the command line hold.

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
    /// Its version.
    pub version: &'static str,
}

/// The core practice audit.
pub const CORE: BuiltIn = BuiltIn {
    id: "core",
    title: "Core practice audit",
    purpose: "The whole of the practice in one child’s case, in nine graded sections.",
    version: "2026.1",
};

/// Vulnerable adolescents: line of sight.
pub const ADOLESCENTS: BuiltIn = BuiltIn {
    id: "adolescents",
    title: "Vulnerable adolescents: line of sight",
    purpose: "A young person at risk outside the home, across every list and panel that they stand on.",
    version: "2026.2",
};

/// Return home interviews: dip sample.
pub const RETURN_INTERVIEWS: BuiltIn = BuiltIn {
    id: "return-interviews",
    title: "Return home interviews: dip sample",
    purpose: "One missing episode: was the child offered a talk within 72 hours, and what changed because of it?",
    version: "2026.2",
};

/// Assessments closed with no further action: independent review.
pub const NO_FURTHER_ACTION: BuiltIn = BuiltIn {
    id: "no-further-action",
    title: "Assessments closed with no further action: independent review",
    purpose: "Whether closing was right, by somebody who had no part in it.",
    version: "2026.2",
};

/// Key risk meetings.
pub const RISK_MEETINGS: BuiltIn = BuiltIn {
    id: "risk-meetings",
    title: "Key risk meetings",
    purpose: "Each key meeting: held, in time, with whom, what was decided, and was it done?",
    version: "2026.2",
};

/// Supervision and management oversight.
pub const SUPERVISION: BuiltIn = BuiltIn {
    id: "supervision",
    title: "Supervision and management oversight",
    purpose: "How managers hold the worker and the plan in one child’s case.",
    version: "2026.2",
};

/// Care leavers’ pathway plans.
pub const PATHWAY_PLANS: BuiltIn = BuiltIn {
    id: "pathway-plans",
    title: "Care leavers’ pathway plans",
    purpose: "Whether a care leaver’s plan is theirs, covers what a good parent would think of, and is being done.",
    version: "2026.1",
};

/// All of them, in the order in which they are offered.
pub const FORMS: [BuiltIn; 7] = [
    CORE,
    ADOLESCENTS,
    RETURN_INTERVIEWS,
    NO_FURTHER_ACTION,
    RISK_MEETINGS,
    SUPERVISION,
    PATHWAY_PLANS,
];

impl BuiltIn {
    /// The form itself. The page must never call this, or it would carry every form's text: it asks
    /// the desk.
    ///
    /// # Errors
    /// As [`Form::parse`]; a test holds that none of them has a fault.
    pub fn form(&self) -> Result<Form, Vec<FormProblem>> {
        Form::parse(match self.id {
            "adolescents" => include_str!("../../forms/adolescents.json"),
            "return-interviews" => include_str!("../../forms/return-interviews.json"),
            "no-further-action" => include_str!("../../forms/no-further-action.json"),
            "risk-meetings" => include_str!("../../forms/risk-meetings.json"),
            "supervision" => include_str!("../../forms/supervision.json"),
            "pathway-plans" => include_str!("../../forms/pathway-plans.json"),
            _ => include_str!("../../forms/core.json"),
        })
    }
}

/// The built-in form of that id.
#[must_use]
pub fn named(id: &str) -> Option<BuiltIn> {
    FORMS.into_iter().find(|form| form.id == id)
}

/// The built-in form that a form of that id is: itself, or itself without grades.
#[must_use]
pub fn base(id: &str) -> Option<BuiltIn> {
    named(id.strip_suffix(super::reflective::ENDING).unwrap_or(id))
}
