//! Where in the application the person is, and how that is written in the address.
//!
//! An address names a case by its number in the draw, never by its id.

use std::fmt;

use super::forms::FormsPage;
use crate::form::SectionId;
use crate::review::CaseNumber;

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// What Sightline is, and the rounds kept here.
    #[default]
    Home,
    /// Opening a round.
    NewRound,
    /// Protecting a round before it is kept.
    Protect,
    /// Opening a round that was saved to a file.
    OpenFile,
    /// Checking a certificate against its lists.
    Verify,
    /// Saving the round to a file.
    SaveFile,
    /// The round's task list.
    Round,
    /// The case list.
    List,
    /// The columns of the case list.
    ListColumns,
    /// The rows of the case list.
    ListRows,
    /// Who of the case list is in.
    ListWho,
    /// Drawing the sample.
    Sample,
    /// How many cases it takes.
    HowMany,
    /// The certificate of the draw.
    Certificate,
    /// The sample beside the list that it was drawn from.
    Balance,
    /// The sampled cases.
    Cases,
    /// One case: its facts and the sections of the form.
    Case(CaseNumber),
    /// One section of the form, for one case.
    Section(CaseNumber, SectionId),
    /// Checking a case's answers before signing.
    Check(CaseNumber),
    /// Immediate safeguarding concerns about a case.
    Concern(CaseNumber),
    /// What a newer version of the form changes.
    Form,
    /// Audit forms outside of a round.
    Forms(FormsPage),
    /// The findings.
    Findings,
    /// Who did what when.
    Trail,
    /// Removing what is kept here.
    Wipe,
    /// Entries of another tab, to be settled.
    Settle,
    /// Where the data is.
    Data,
    /// What shows that nothing leaves.
    Proof,
    /// The settings.
    Settings,
    /// No page of ours.
    Unknown,
}

impl Route {
    /// The page that an address names. `hash` is what follows the `#`, or begins with it.
    #[must_use]
    pub fn parse(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_matches('/');
        if let Some(rest) = path.strip_prefix("forms") {
            let parts: Vec<&str> = rest.split('/').skip(1).collect();
            let page =
                FormsPage::parse(&parts).filter(|_| rest.is_empty() || rest.starts_with('/'));
            return page.map_or(Self::Unknown, Self::Forms);
        }
        let mut parts = path.split('/');
        match (
            parts.next().unwrap_or_default(),
            parts.next(),
            parts.next(),
            parts.next(),
        ) {
            ("", None, ..) => Self::Home,
            ("new", None, ..) => Self::NewRound,
            ("protect", None, ..) => Self::Protect,
            ("open", None, ..) => Self::OpenFile,
            ("verify", None, ..) => Self::Verify,
            ("save", None, ..) => Self::SaveFile,
            ("round", None, ..) => Self::Round,
            ("list", None, ..) => Self::List,
            ("list", Some("columns"), None, _) => Self::ListColumns,
            ("list", Some("rows"), None, _) => Self::ListRows,
            ("list", Some("who"), None, _) => Self::ListWho,
            ("sample", None, ..) => Self::Sample,
            ("how-many", None, ..) => Self::HowMany,
            ("certificate", None, ..) => Self::Certificate,
            ("balance", None, ..) => Self::Balance,
            ("cases", None, ..) => Self::Cases,
            ("cases", Some(number), rest, _) => Self::case(number, rest),
            ("form", None, ..) => Self::Form,
            ("findings", None, ..) => Self::Findings,
            ("trail", None, ..) => Self::Trail,
            ("wipe", None, ..) => Self::Wipe,
            ("settle", None, ..) => Self::Settle,
            ("data", None, ..) => Self::Data,
            ("proof", None, ..) => Self::Proof,
            ("settings", None, ..) => Self::Settings,
            _ => Self::Unknown,
        }
    }

    fn case(number: &str, rest: Option<&str>) -> Self {
        let Ok(number) = number.parse().map(CaseNumber) else {
            return Self::Unknown;
        };
        match rest {
            None => Self::Case(number),
            Some("check") => Self::Check(number),
            Some("concern") => Self::Concern(number),
            Some(section) => Self::Section(number, SectionId(section.to_owned())),
        }
    }

    /// The address of a field of a section, which takes the focus there.
    #[must_use]
    pub fn field(case: CaseNumber, section: &SectionId, field: &str) -> String {
        format!("{}/{field}", Self::Section(case, section.clone()))
    }

    /// The field that an address names beyond its page.
    #[must_use]
    pub fn field_of(hash: &str) -> Option<&str> {
        let mut parts = hash.trim_start_matches(['#', '/']).split('/');
        (parts.next() == Some("cases"))
            .then(|| parts.nth(2))
            .flatten()
    }

    /// Whether the page shows a round, which must be open for it.
    #[must_use]
    pub fn needs_round(&self) -> bool {
        match self {
            Self::Home
            | Self::NewRound
            | Self::Protect
            | Self::OpenFile
            | Self::Verify
            | Self::Data
            | Self::Proof
            | Self::Settings
            | Self::Wipe
            | Self::Unknown => false,
            Self::Forms(page) => page.needs_round(),
            Self::SaveFile
            | Self::Round
            | Self::List
            | Self::ListColumns
            | Self::ListRows
            | Self::ListWho
            | Self::Sample
            | Self::HowMany
            | Self::Certificate
            | Self::Balance
            | Self::Cases
            | Self::Case(_)
            | Self::Section(..)
            | Self::Check(_)
            | Self::Concern(_)
            | Self::Form
            | Self::Findings
            | Self::Trail
            | Self::Settle => true,
        }
    }

    /// The case that the page is about.
    #[must_use]
    pub fn case_number(&self) -> Option<CaseNumber> {
        match self {
            Self::Case(case) | Self::Section(case, _) | Self::Check(case) | Self::Concern(case) => {
                Some(*case)
            }
            Self::Home
            | Self::NewRound
            | Self::Protect
            | Self::OpenFile
            | Self::Verify
            | Self::SaveFile
            | Self::Round
            | Self::List
            | Self::ListColumns
            | Self::ListRows
            | Self::ListWho
            | Self::Sample
            | Self::HowMany
            | Self::Certificate
            | Self::Balance
            | Self::Cases
            | Self::Form
            | Self::Forms(_)
            | Self::Findings
            | Self::Trail
            | Self::Wipe
            | Self::Settle
            | Self::Data
            | Self::Proof
            | Self::Settings
            | Self::Unknown => None,
        }
    }
}

/// The address, beginning with `#`.
impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home | Self::Unknown => f.write_str("#/"),
            Self::NewRound => f.write_str("#/new"),
            Self::Protect => f.write_str("#/protect"),
            Self::OpenFile => f.write_str("#/open"),
            Self::Verify => f.write_str("#/verify"),
            Self::SaveFile => f.write_str("#/save"),
            Self::Round => f.write_str("#/round"),
            Self::List => f.write_str("#/list"),
            Self::ListColumns => f.write_str("#/list/columns"),
            Self::ListRows => f.write_str("#/list/rows"),
            Self::ListWho => f.write_str("#/list/who"),
            Self::Sample => f.write_str("#/sample"),
            Self::HowMany => f.write_str("#/how-many"),
            Self::Certificate => f.write_str("#/certificate"),
            Self::Balance => f.write_str("#/balance"),
            Self::Cases => f.write_str("#/cases"),
            Self::Case(case) => write!(f, "#/cases/{case}"),
            Self::Section(case, section) => write!(f, "#/cases/{case}/{section}"),
            Self::Check(case) => write!(f, "#/cases/{case}/check"),
            Self::Concern(case) => write!(f, "#/cases/{case}/concern"),
            Self::Form => f.write_str("#/form"),
            Self::Forms(page) => write!(f, "{page}"),
            Self::Findings => f.write_str("#/findings"),
            Self::Trail => f.write_str("#/trail"),
            Self::Wipe => f.write_str("#/wipe"),
            Self::Settle => f.write_str("#/settle"),
            Self::Data => f.write_str("#/data"),
            Self::Proof => f.write_str("#/proof"),
            Self::Settings => f.write_str("#/settings"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::QuestionId;

    #[test]
    fn every_page_is_found_again_by_its_address() {
        let case = CaseNumber(3);
        for route in [
            Route::Home,
            Route::NewRound,
            Route::Protect,
            Route::OpenFile,
            Route::Verify,
            Route::SaveFile,
            Route::Round,
            Route::List,
            Route::ListColumns,
            Route::ListRows,
            Route::ListWho,
            Route::Sample,
            Route::HowMany,
            Route::Certificate,
            Route::Balance,
            Route::Cases,
            Route::Case(case),
            Route::Section(case, SectionId("plans".to_owned())),
            Route::Check(case),
            Route::Concern(case),
            Route::Form,
            Route::Forms(FormsPage::All),
            Route::Forms(FormsPage::Import),
            Route::Forms(FormsPage::Show("core".to_owned())),
            Route::Forms(FormsPage::Edit("a1".to_owned())),
            Route::Forms(FormsPage::Section(
                "a1".to_owned(),
                SectionId("plans".to_owned()),
            )),
            Route::Forms(FormsPage::Question(
                "a1".to_owned(),
                QuestionId("plans.aim".to_owned()),
            )),
            Route::Findings,
            Route::Trail,
            Route::Wipe,
            Route::Settle,
            Route::Data,
            Route::Proof,
            Route::Settings,
        ] {
            assert_eq!(Route::parse(&route.to_string()), route);
        }
    }

    #[test]
    fn an_address_may_name_a_field_of_a_section() {
        let section = SectionId("plans".to_owned());
        let address = Route::field(CaseNumber(3), &section, "plans-grade");
        assert_eq!(
            Route::parse(&address),
            Route::Section(CaseNumber(3), section)
        );
        assert_eq!(Route::field_of(&address), Some("plans-grade"));
        assert_eq!(Route::field_of("#/cases/3/plans"), None);
        assert_eq!(Route::field_of("#/list/rows/2/3"), None);
    }

    #[test]
    fn an_address_that_is_no_page_is_known_as_such() {
        for address in [
            "#/nowhere",
            "#/cases/x",
            "#main",
            "#/list/2",
            "#/forms/edit",
            "#/formsx",
        ] {
            assert_eq!(Route::parse(address), Route::Unknown, "{address}");
        }
    }
}
