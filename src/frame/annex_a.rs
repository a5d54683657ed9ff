//! The eleven lists of Annex A, which every authority keeps ready for inspection: how each is
//! known by its header, and what it offers as strata and as signs of risk.
//!
//! Names as in the public `annex-a-merge` template; real workbooks vary in case, quotes, brackets
//! and spaces, so names are compared by their letters and digits alone.

use serde::Serialize;

pub use super::unit::Unit;
use super::unit::UnitChoice;

/// A list of Annex A.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct List {
    /// Its number, from 1.
    pub number: u8,
    /// Its name.
    pub name: &'static str,
    /// What one row stands for.
    pub unit: Unit,
    /// The column that names the unit.
    pub id: &'static str,
    /// The columns that make it this list and no other.
    pub columns: &'static [&'static str],
    /// Columns that it offers to stratify by.
    pub strata: &'static [&'static str],
    /// Columns that show risk: numbers as they are, dates by the days since.
    pub risk: &'static [&'static str],
}

const CHILD: &str = "Child Unique ID";
const TEAM: &str = "Allocated Team";
const WORKER: &str = "Allocated Worker";
const DISABILITY: &str = "Does the Child have a Disability";
/// Columns that lists 1 to 10 open with: they tell that it is Annex A, not which list.
const OPENING: [&str; 5] = [
    CHILD,
    "Gender",
    "Ethnicity",
    "Date of Birth",
    "Age of Child (Years)",
];

/// The eleven lists, by number.
pub const LISTS: [List; 11] = [
    List {
        number: 1,
        name: "Contacts",
        unit: Unit::Event,
        id: CHILD,
        columns: &["Date of Contact", "Contact Source"],
        strata: &["Contact Source"],
        risk: &[],
    },
    List {
        number: 2,
        name: "Early help",
        unit: Unit::Child,
        id: CHILD,
        columns: &[
            "Assessment start date",
            "Assessment completion date",
            "Organisation completing assessment",
        ],
        strata: &["Organisation completing assessment"],
        risk: &[],
    },
    List {
        number: 3,
        name: "Referrals",
        unit: Unit::Event,
        id: CHILD,
        columns: &[
            "Date of referral",
            "Referral Source",
            "Referral NFA?",
            "Number of Referrals in Last 12 Months",
            TEAM,
            WORKER,
        ],
        strata: &[TEAM, "Referral NFA?"],
        risk: &["Number of Referrals in Last 12 Months"],
    },
    List {
        number: 4,
        name: "Assessments",
        unit: Unit::Child,
        id: CHILD,
        columns: &[
            DISABILITY,
            "Continuous Assessment Start Date",
            "Child Seen During Continuous Assessment",
            "Continuous Assessment Date of Authorisation",
            "Was the child assessed as requiring LA children's social care support?",
            TEAM,
            WORKER,
        ],
        strata: &[
            TEAM,
            "Was the child assessed as requiring LA children's social care support?",
        ],
        risk: &["Continuous Assessment Start Date"],
    },
    List {
        number: 5,
        name: "Section 47 enquiries and initial child protection conferences",
        unit: Unit::Event,
        id: CHILD,
        columns: &[
            DISABILITY,
            "Strategy discussion initiating Section 47 Enquiry Start Date",
            "Was an Initial Child Protection Conference deemed unnecessary?",
            "Date of Initial Child Protection Conference",
            "Did the Initial Child Protection Conference Result in a Child Protection Plan",
            "Number of Section 47 Enquiries in the last 12 months",
            "Number of ICPCs in the last 12 months",
            TEAM,
            WORKER,
        ],
        strata: &["Did the Initial Child Protection Conference Result in a Child Protection Plan"],
        risk: &["Number of Section 47 Enquiries in the last 12 months"],
    },
    List {
        number: 6,
        name: "Children in need",
        unit: Unit::Child,
        id: CHILD,
        columns: &[
            DISABILITY,
            "CIN Start Date",
            "Primary Need Code",
            "Date Child Was Last Seen",
            "CIN Closure Date",
            "Reason for Closure",
            "Case Status",
            TEAM,
            WORKER,
        ],
        strata: &["Case Status", "Primary Need Code", TEAM],
        risk: &["Date Child Was Last Seen"],
    },
    List {
        number: 7,
        name: "Child protection",
        unit: Unit::Child,
        id: CHILD,
        columns: &[
            DISABILITY,
            "Child Protection Plan Start Date",
            "Initial Category of Abuse",
            "Latest Category of Abuse",
            "Date of the Last Statutory Visit",
            "Was the Child Seen Alone?",
            "Date of latest review conference",
            "Child Protection Plan End Date",
            "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six \
             Months (Y/N)",
            "Number of Previous Child Protection Plans",
            TEAM,
            WORKER,
        ],
        strata: &["Latest Category of Abuse", TEAM],
        risk: &[
            "Number of Previous Child Protection Plans",
            "Date of the Last Statutory Visit",
        ],
    },
    List {
        number: 8,
        name: "Children in care",
        unit: Unit::Child,
        id: CHILD,
        columns: &[
            "UASC in Last 12 Months (Y/N)",
            DISABILITY,
            "Date Started to be Looked After",
            "Child's Category of Need",
            "Is this a second or subsequent period of being a Looked After Child in the last 12 \
             months (Y/N)",
            "Start date of current legal status",
            "Child's Legal Status",
            "Date of Latest Statutory Review",
            "Date of Last Social Work Visit",
            "What is the permanence plan for this child?",
            "Date of Last IRO Visit / Contact to the Child",
            "Date of Last Health Assessment",
            "Date of Last Dental Check",
            "Number of Placements in the Last 12 months",
            "Date Ceased to be Looked After",
            "Reason Ceased to be Looked After",
            "Start Date of Most Recent Placement",
            "Placement Type",
            "Placement Provider",
            "Placement postcode",
            "URN of Placement",
            "Placement Location",
            "LA of Placement",
            "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 \
             months",
            "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 \
             Months",
            "Was the Child offered a Return Interview after their last missing episode (Y/N)?",
            "Did the Child Accept a Return Interview after their last missing episode (Y/N)?",
            TEAM,
            WORKER,
        ],
        strata: &["Child's Legal Status", "Placement Type", TEAM],
        risk: &[
            "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 \
             months",
            "Number of Placements in the Last 12 months",
        ],
    },
    List {
        number: 9,
        name: "Care leavers",
        unit: Unit::Child,
        id: CHILD,
        columns: &[
            DISABILITY,
            TEAM,
            WORKER,
            "Eligibility Category",
            "LA in Touch",
            "Type of Accommodation",
            "Suitability of Accommodation",
            "Activity Status",
        ],
        strata: &["Eligibility Category", "Suitability of Accommodation"],
        risk: &[],
    },
    List {
        number: 10,
        name: "Adoption",
        unit: Unit::Child,
        id: CHILD,
        columns: &[
            "Family identifier",
            DISABILITY,
            "Date the Child Entered Care",
            "Date of Decision that Child Should be Placed for Adoption",
            "Date of Placement Order",
            "Date of Matching Child and Prospective Adopters",
            "Date Placed for Adoption",
            "Date of Adoption Order",
        ],
        strata: &[],
        risk: &[
            "Date the Child Entered Care",
            "Date of Decision that Child Should be Placed for Adoption",
        ],
    },
    List {
        number: 11,
        name: "Adopters",
        unit: Unit::Family,
        id: "Family identifier",
        columns: &["Individual adopter identifier", "Family identifier"],
        strata: &[],
        risk: &[],
    },
];

impl List {
    /// The column of the header that stands for `name`, one of this list's names.
    #[must_use]
    pub fn column(&self, name: &str, header: &[impl AsRef<str>]) -> Option<usize> {
        let wanted = plain(name);
        header
            .iter()
            .position(|found| same(&plain(found.as_ref()), &wanted))
    }

    /// The names of all its columns: those that lists of children open with, then its own.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let opening: &[&str] = match self.unit {
            Unit::Family => &[],
            Unit::Child | Unit::Event => &OPENING,
        };
        opening.iter().chain(self.columns).copied()
    }

    /// The column that names the unit.
    #[must_use]
    pub fn id_column(&self, header: &[impl AsRef<str>]) -> Option<usize> {
        self.column(self.id, header)
    }

    /// What a case may be, with the columns of the header that make it, the list's natural unit first:
    /// a child; an event, which is a child and the list's first date; a family.
    #[must_use]
    pub fn units(&self, header: &[impl AsRef<str>]) -> Vec<UnitChoice> {
        let child = self.column(CHILD, header);
        let dates = self.columns.iter();
        let mut dates = dates.filter(|name| name.to_lowercase().contains("date"));
        let date = dates.next().and_then(|name| self.column(name, header));
        let family = self.column("Family identifier", header);
        let units = [
            (Unit::Child, child.map(|child| vec![child])),
            (
                Unit::Event,
                child.zip(date).map(|(child, date)| vec![child, date]),
            ),
            (Unit::Family, family.map(|family| vec![family])),
        ];
        let mut choices: Vec<UnitChoice> = units
            .into_iter()
            .filter_map(|(unit, columns)| {
                Some(UnitChoice {
                    unit,
                    columns: columns?,
                })
            })
            .collect();
        choices.sort_by_key(|choice| choice.unit != self.unit);
        choices
    }

    /// The columns offered to stratify by that the header has.
    #[must_use]
    pub fn strata_columns(&self, header: &[impl AsRef<str>]) -> Vec<usize> {
        self.strata
            .iter()
            .filter_map(|name| self.column(name, header))
            .collect()
    }

    /// The columns that show risk that the header has.
    #[must_use]
    pub fn risk_columns(&self, header: &[impl AsRef<str>]) -> Vec<usize> {
        self.risk
            .iter()
            .filter_map(|name| self.column(name, header))
            .collect()
    }
}

/// The list of Annex A that a header belongs to: the one most of whose own columns it has, at
/// least half of them, beside the columns that all lists open with.
#[must_use]
pub fn recognise(header: &[impl AsRef<str>]) -> Option<&'static List> {
    let header: Vec<String> = header.iter().map(|name| plain(name.as_ref())).collect();
    let has = |name: &&str| {
        let wanted = plain(name);
        header.iter().any(|found| same(found, &wanted))
    };
    let opening = OPENING.iter().filter(|name| has(name)).count();
    let mut best: Option<(&List, usize, usize)> = None;
    for list in &LISTS {
        let own = list.columns.iter().filter(|name| has(name)).count();
        let all = list.columns.len();
        let enough = match list.unit {
            Unit::Family => own == all,
            Unit::Child | Unit::Event => opening >= 3 && has(&list.id) && own * 2 >= all,
        };
        // Shares are compared as fractions: a/b > c/d where a·d > c·b. Of equals the longer wins.
        let better = best.is_none_or(|(_, other, of)| {
            let (mine, theirs) = (own * of, other * all);
            mine > theirs || mine == theirs && all > of
        });
        if enough && better {
            best = Some((list, own, all));
        }
    }
    best.map(|(list, _, _)| list)
}

/// A name by its letters and digits alone, in lower case.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether two plain names stand for the same column: some workbooks shorten or lengthen a few.
fn same(found: &str, wanted: &str) -> bool {
    const SHORT: [(&str, &str); 11] = [
        ("age", "ageofchildyears"),
        ("ageofchild", "ageofchildyears"),
        ("childid", "childuniqueid"),
        ("uniquechildid", "childuniqueid"),
        ("childsuniqueid", "childuniqueid"),
        ("childuniqueidentifier", "childuniqueid"),
        ("uniquechildidentifier", "childuniqueid"),
        ("dob", "dateofbirth"),
        ("team", "allocatedteam"),
        ("worker", "allocatedworker"),
        ("disability", "doesthechildhaveadisability"),
    ];
    // “(Y/N)” is left off by some.
    let bare = |name: &str| name.trim_end_matches("yn").to_owned();
    found == wanted
        || SHORT.contains(&(found, wanted))
        || (wanted.len() > 12 && bare(found) == bare(wanted))
}
