//! Harrowmere: an authority that does not exist, with children, workers and teams that do not exist.
//! What several lists say of one child is settled here once, so that the lists agree; what only one
//! list says is made in `lists`.

mod front_door;
mod missing;
mod people;
mod staff;

use super::calendar::{Day, Moment, REFERENCE};
use super::random::Random;
use std::ops::Range;

/// The name that stands in titles.
pub(crate) const NAME: &str = "Harrowmere";

/// All that the lists draw on.
pub(crate) struct Authority {
    /// In the order of their ids.
    pub(crate) children: Vec<Child>,
    pub(crate) seed: u64,
}

/// One child or young person, the same on every list.
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts of a person, each apart from the others"
)]
pub(crate) struct Child {
    pub(crate) id: u32,
    pub(crate) gender: &'static str,
    pub(crate) ethnicity: &'static str,
    pub(crate) born: Day,
    pub(crate) disabled: bool,
    /// Came to England alone, to seek asylum.
    pub(crate) unaccompanied: bool,
    pub(crate) need_code: &'static str,
    pub(crate) early_help: Option<Spell>,
    pub(crate) contacts: Vec<Day>,
    pub(crate) referrals: Vec<Day>,
    pub(crate) assessment: Option<Spell>,
    pub(crate) enquiries: Vec<Enquiry>,
    pub(crate) need: Option<Need>,
    pub(crate) protection: Option<Spell>,
    pub(crate) care: Option<Spell>,
    pub(crate) leaver: bool,
    pub(crate) adoption: Option<Adoption>,
    pub(crate) missing: Vec<Episode>,
    pub(crate) exploited: bool,
    pub(crate) offending: bool,
    pub(crate) team: &'static str,
    pub(crate) worker: String,
}

/// From one day to another, or still open on the reference date.
#[derive(Clone, Copy)]
pub(crate) struct Spell {
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
}

/// A section 47 enquiry: the strategy discussion that began it, and the conference it led to.
#[derive(Clone, Copy)]
pub(crate) struct Enquiry {
    pub(crate) strategy: Day,
    pub(crate) conference: Option<Day>,
    pub(crate) plan: bool,
}

/// Where a child in need stands.
#[derive(Clone, Copy)]
pub(crate) struct Need {
    pub(crate) spell: Spell,
    pub(crate) status: Status,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    InCare,
    Protection,
    Plan,
    Assessment,
    Closed,
}

/// How far a plan for adoption has come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Adoption {
    Planned,
    Adopted(Day),
}

/// One time a child was missing, and the return home interview after it.
#[derive(Clone)]
pub(crate) struct Episode {
    pub(crate) from: Moment,
    pub(crate) until: Moment,
    pub(crate) offered: bool,
    pub(crate) interview: Option<Moment>,
}

impl Spell {
    /// The last day on which anything can have happened in it.
    pub(crate) fn last_day(self) -> Day {
        self.end.unwrap_or(REFERENCE)
    }
}

impl Child {
    pub(crate) fn age(&self) -> i32 {
        self.born.age_on(REFERENCE)
    }

    /// Whether somebody holds the child's case on the reference date.
    pub(crate) fn is_open(&self) -> bool {
        let need = self.need.is_some_and(|need| need.spell.end.is_none());
        let spell = |spell: Option<Spell>| spell.is_some_and(|spell| spell.end.is_none());
        need || self.leaver || spell(self.protection) || spell(self.care) || spell(self.assessment)
    }
}

/// Who is who: which of the 3,000 children stand on which lists. The ranges overlap on purpose.
pub(crate) mod role {
    use super::{Child, Range};

    pub(crate) const CHILDREN: usize = 3000;
    pub(crate) const CARE: Range<usize> = 0..500;
    pub(crate) const CARE_ENDED: Range<usize> = 0..45;
    pub(crate) const ADOPTED: Range<usize> = 0..12;
    pub(crate) const TURNED_18: Range<usize> = 12..37;
    pub(crate) const ADOPTION_PLANNED: Range<usize> = 45..85;
    /// Came into care while a child protection plan was running, which then ended.
    pub(crate) const CARE_AFTER_PROTECTION: Range<usize> = 85..125;
    pub(crate) const CARE_AND_NEED: Range<usize> = 125..155;
    pub(crate) const UNACCOMPANIED: Range<usize> = 155..183;
    pub(crate) const PROTECTION: Range<usize> = 500..810;
    pub(crate) const PROTECTION_AND_NEED: Range<usize> = 500..570;
    pub(crate) const PROTECTION_ENDED: Range<usize> = 570..590;
    pub(crate) const NEED_PLAN: Range<usize> = 810..1320;
    pub(crate) const NEED_ASSESSMENT: Range<usize> = 1320..1500;
    pub(crate) const NEED_CLOSED: Range<usize> = 1500..1610;
    pub(crate) const LEAVERS: Range<usize> = 1610..1825;
    pub(crate) const ADOPTED_EARLIER: Range<usize> = 1825..1833;
    pub(crate) const EARLY_HELP: Range<usize> = 1833..2250;
    pub(crate) const REFERRED: Range<usize> = 2250..2700;
    pub(crate) const CONTACT_ONLY: Range<usize> = 2700..CHILDREN;

    /// Whether a young person is one of those whom several services worry about at once.
    pub(crate) fn is_adolescent(child: &Child) -> bool {
        (12..=17).contains(&child.age())
            && child.is_open()
            && (child.need.is_some() || child.protection.is_some() || child.care.is_some())
    }
}

/// Makes the whole authority; the same seed makes the same one.
pub(crate) fn make(seed: u64) -> Authority {
    let mut children = people::make(seed);
    missing::fill(&mut children, seed);
    staff::allocate(&mut children, seed);
    children.sort_by_key(|child| child.id);
    Authority { children, seed }
}

impl Authority {
    /// The stream of numbers for one list.
    pub(crate) fn random(&self, part: &str) -> Random {
        Random::for_part(self.seed, part)
    }
}
