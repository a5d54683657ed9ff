//! The pages of forms, and how they are written in the address.

use std::fmt;

use crate::form::{QuestionId, SectionId};

/// A page about forms outside of a round. A form is named by the id of a built-in one, by the name
/// under which the store keeps one's own, or as [`super::OF_ROUND`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormsPage {
    /// All forms.
    All,
    /// Reading a form from a file.
    Import,
    /// A form as it will be asked.
    Show(String),
    /// Changing a form of one's own.
    Edit(String),
    /// Changing one of its sections.
    Section(String, SectionId),
    /// Changing one of its questions.
    Question(String, QuestionId),
}

impl FormsPage {
    /// The page that an address names, by what stands in it behind `#/forms`.
    #[must_use]
    pub fn parse(parts: &[&str]) -> Option<Self> {
        match parts {
            [] => Some(Self::All),
            ["import"] => Some(Self::Import),
            ["show", name] => Some(Self::Show((*name).to_owned())),
            ["edit", name] => Some(Self::Edit((*name).to_owned())),
            ["edit", name, "section", id] => Some(Self::Section(
                (*name).to_owned(),
                SectionId((*id).to_owned()),
            )),
            ["edit", name, "question", id] => Some(Self::Question(
                (*name).to_owned(),
                QuestionId((*id).to_owned()),
            )),
            _ => None,
        }
    }

    /// The form that is being changed on this page.
    #[must_use]
    pub fn edited(&self) -> Option<&str> {
        match self {
            Self::Edit(name) | Self::Section(name, _) | Self::Question(name, _) => Some(name),
            Self::All | Self::Import | Self::Show(_) => None,
        }
    }

    /// The form of a round that must be open for this page.
    #[must_use]
    pub fn needs_round(&self) -> bool {
        matches!(self, Self::Show(name) if name == super::OF_ROUND)
    }
}

/// The address, beginning with `#`.
impl fmt::Display for FormsPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("#/forms"),
            Self::Import => f.write_str("#/forms/import"),
            Self::Show(name) => write!(f, "#/forms/show/{name}"),
            Self::Edit(name) => write!(f, "#/forms/edit/{name}"),
            Self::Section(name, id) => write!(f, "#/forms/edit/{name}/section/{id}"),
            Self::Question(name, id) => write!(f, "#/forms/edit/{name}/question/{id}"),
        }
    }
}
