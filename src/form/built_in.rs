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

/// Vulnerable adolescents: line of sight.
pub const ADOLESCENTS: BuiltIn = BuiltIn {
    id: "adolescents",
    title: "Vulnerable adolescents: line of sight",
    purpose: "A young person at risk outside the home, across every list and panel that they stand on.",
    json: include_str!("../../forms/adolescents.json"),
};

/// Return home interviews: dip sample.
pub const RETURN_INTERVIEWS: BuiltIn = BuiltIn {
    id: "return-interviews",
    title: "Return home interviews: dip sample",
    purpose: "One missing episode: was the child offered a talk within 72 hours, and what changed because of it?",
    json: include_str!("../../forms/return-interviews.json"),
};

/// Assessments closed with no further action: independent review.
pub const NO_FURTHER_ACTION: BuiltIn = BuiltIn {
    id: "no-further-action",
    title: "Assessments closed with no further action: independent review",
    purpose: "Whether closing was right, by somebody who had no part in it.",
    json: include_str!("../../forms/no-further-action.json"),
};

/// Key risk meetings.
pub const RISK_MEETINGS: BuiltIn = BuiltIn {
    id: "risk-meetings",
    title: "Key risk meetings",
    purpose: "Each key meeting: held, in time, with whom, what was decided, and was it done?",
    json: include_str!("../../forms/risk-meetings.json"),
};

/// Supervision and management oversight.
pub const SUPERVISION: BuiltIn = BuiltIn {
    id: "supervision",
    title: "Supervision and management oversight",
    purpose: "How managers hold the worker and the plan in one child’s case.",
    json: include_str!("../../forms/supervision.json"),
};

/// Care leavers’ pathway plans.
pub const PATHWAY_PLANS: BuiltIn = BuiltIn {
    id: "pathway-plans",
    title: "Care leavers’ pathway plans",
    purpose: "Whether a care leaver’s plan is theirs, covers what a good parent would think of, and is being done.",
    json: include_str!("../../forms/pathway-plans.json"),
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
    /// The form itself.
    ///
    /// # Errors
    /// As [`Form::parse`]; a test holds that none of them has a fault.
    pub fn form(&self) -> Result<Form, Vec<FormProblem>> {
        Form::parse(self.json)
    }
}
