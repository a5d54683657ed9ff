//! The children: who they are, and which plans the service has had for them.

use super::super::calendar::{Day, REFERENCE};
use super::super::random::Random;
use super::{Adoption, Child, Need, Spell, Status, front_door, role};
use std::collections::BTreeSet;

/// Six months, the window of the lists of events.
pub(super) const WINDOW: i32 = 182;

const ETHNICITIES: &[(u32, &str)] = &[
    (520, "WBRI - White British"),
    (8, "WIRI - White Irish"),
    (6, "WIRT - Traveller of Irish Heritage"),
    (50, "WOTH - Any other White background"),
    (9, "WROM - Gypsy/Roma"),
    (48, "MWBC - White and Black Caribbean"),
    (18, "MWBA - White and Black African"),
    (16, "MWAS - White and Asian"),
    (30, "MOTH - Any other mixed background"),
    (20, "AIND - Indian"),
    (38, "APKN - Pakistani"),
    (22, "ABAN - Bangladeshi"),
    (26, "AOTH - Any other Asian background"),
    (52, "BCRB - Caribbean"),
    (70, "BAFR - African"),
    (24, "BOTH - Any other Black background"),
    (4, "CHNE - Chinese"),
    (20, "OOTH - Any other ethnic group"),
    (3, "REFU - Refused"),
    (16, "NOBT - Information not yet obtained"),
];

const NEED_CODES: &[(u32, &str)] = &[
    (530, "N1 - Abuse or neglect"),
    (40, "N3 - Parental disability or illness"),
    (110, "N4 - Family in acute stress"),
    (170, "N5 - Family dysfunction"),
    (40, "N6 - Socially unacceptable behaviour"),
    (8, "N7 - Low income"),
    (25, "N8 - Absent parenting"),
    (12, "N9 - Cases other than children in need"),
];

type Ages = [(u32, (i32, i32)); 4];
const AGES_NEED: Ages = [(25, (0, 4)), (27, (5, 9)), (32, (10, 15)), (16, (16, 17))];
const AGES_PROTECTION: Ages = [(36, (0, 4)), (29, (5, 9)), (29, (10, 15)), (6, (16, 17))];
const AGES_CARE: Ages = [(16, (0, 4)), (19, (5, 9)), (39, (10, 15)), (26, (16, 17))];
const AGES_ADOPTION: Ages = [(30, (1, 1)), (40, (2, 3)), (20, (4, 5)), (10, (6, 7))];
const AGES_LEAVERS: Ages = [
    (8, (16, 17)),
    (40, (18, 19)),
    (30, (20, 21)),
    (22, (22, 24)),
];

/// All children, in the order of `role`; ids are in no order.
pub(super) fn make(seed: u64) -> Vec<Child> {
    let mut random = Random::for_part(seed, "people");
    let ids = distinct_ids(&mut random);
    (0..role::CHILDREN)
        .zip(ids)
        .map(|(index, id)| {
            let mut child = newborn(index, id, &mut random);
            plans(&mut child, index, &mut random);
            front_door::fill(&mut child, index, &mut random);
            child
        })
        .collect()
}

fn distinct_ids(random: &mut Random) -> Vec<u32> {
    let mut seen = BTreeSet::new();
    let mut ids = Vec::new();
    while ids.len() < role::CHILDREN {
        let id = 300_000 + random.below(90_000);
        if seen.insert(id) {
            ids.push(id);
        }
    }
    ids
}

/// A child with all that never changes, and nothing that has happened yet.
fn newborn(index: usize, id: u32, random: &mut Random) -> Child {
    let unaccompanied = role::UNACCOMPANIED.contains(&index);
    let disabled = !unaccompanied && random.chance(11);
    let ethnicity = if unaccompanied {
        random.pick(&[
            "AOTH - Any other Asian background",
            "BAFR - African",
            "OOTH - Any other ethnic group",
        ])
    } else {
        random.weighted(ETHNICITIES)
    };
    let gender = if unaccompanied && random.chance(90) {
        "Male"
    } else {
        random.weighted(&[
            (515, "Male"),
            (475, "Female"),
            (7, "Not stated/recorded"),
            (3, "Neither"),
        ])
    };
    let born = birth(index, random);
    let need_code = if unaccompanied {
        "N8 - Absent parenting"
    } else if disabled && random.chance(55) {
        "N2 - Child's disability"
    } else {
        match random.weighted(NEED_CODES) {
            // A code for the young person's own conduct.
            "N6 - Socially unacceptable behaviour" if born.age_on(REFERENCE) < 10 => {
                "N5 - Family dysfunction"
            }
            code => code,
        }
    };
    Child {
        id,
        gender,
        ethnicity,
        born,
        disabled,
        unaccompanied,
        need_code,
        early_help: None,
        contacts: Vec::new(),
        referrals: Vec::new(),
        assessment: None,
        enquiries: Vec::new(),
        need: None,
        protection: None,
        care: None,
        leaver: false,
        adoption: None,
        missing: Vec::new(),
        exploited: false,
        offending: false,
        team: "",
        worker: String::new(),
    }
}

fn birth(index: usize, random: &mut Random) -> Day {
    if role::TURNED_18.contains(&index) {
        return REFERENCE
            .plus(-random.between(3, WINDOW - 10))
            .birthday(-18);
    }
    let ages = if role::UNACCOMPANIED.contains(&index) {
        [(0, (0, 0)), (0, (0, 0)), (30, (15, 15)), (70, (16, 17))]
    } else if role::ADOPTED.contains(&index)
        || role::ADOPTION_PLANNED.contains(&index)
        || role::ADOPTED_EARLIER.contains(&index)
    {
        AGES_ADOPTION
    } else if role::LEAVERS.contains(&index) {
        AGES_LEAVERS
    } else if role::CARE.contains(&index) {
        AGES_CARE
    } else if role::PROTECTION.contains(&index) {
        AGES_PROTECTION
    } else {
        AGES_NEED
    };
    let (low, high) = random.weighted(&ages);
    // Work that has ended by now began some time after a birth.
    let ended = role::CARE_ENDED.contains(&index)
        || role::PROTECTION_ENDED.contains(&index)
        || role::NEED_CLOSED.contains(&index);
    let age = random.between(low, high).max(i32::from(ended));
    REFERENCE.birthday(-age).plus(-random.between(0, 364))
}

/// A day from `low` to `high` days before `from`, but never before birth.
pub(super) fn before(from: Day, low: i32, high: i32, child: &Child, random: &mut Random) -> Day {
    let lived = (from.0 - child.born.0).max(0);
    from.plus(-random.between(low.min(lived), high.min(lived)))
}

/// How long ago something began that is still running: often months, now and then years.
fn begun(child: &Child, longest: i32, random: &mut Random) -> Day {
    let high = random
        .weighted(&[(42, WINDOW), (33, 365), (17, 540), (8, longest)])
        .min(longest);
    before(REFERENCE, 12, high, child, random)
}

fn plans(child: &mut Child, index: usize, random: &mut Random) {
    if role::CARE.contains(&index) {
        care(child, index, random);
    }
    if role::PROTECTION.contains(&index) {
        let ended = role::PROTECTION_ENDED.contains(&index);
        let end = ended.then(|| REFERENCE.plus(-random.between(3, WINDOW - 5)));
        let start = match end {
            Some(end) => before(end, 85, 520, child, random),
            None => begun(child, 900, random),
        };
        child.protection = Some(Spell { start, end });
    }
    child.need = need(child, index, random);
    child.leaver = role::LEAVERS.contains(&index) || role::TURNED_18.contains(&index);
    if role::ADOPTED_EARLIER.contains(&index) {
        let adopted = REFERENCE.plus(-random.between(WINDOW + 5, 350));
        child.adoption = Some(Adoption::Adopted(adopted));
    }
}

fn care(child: &mut Child, index: usize, random: &mut Random) {
    let adopted = role::ADOPTED.contains(&index);
    let end = if role::TURNED_18.contains(&index) {
        Some(child.born.birthday(18))
    } else if role::CARE_ENDED.contains(&index) {
        Some(REFERENCE.plus(-random.between(3, WINDOW - 5)))
    } else {
        None
    };
    let start = if adopted || role::ADOPTION_PLANNED.contains(&index) {
        // Room for the decision, the order, the match and the placement.
        before(end.unwrap_or(REFERENCE), 330, 900, child, random)
    } else if role::UNACCOMPANIED.contains(&index) {
        before(REFERENCE, 15, 420, child, random)
    } else if role::CARE_AFTER_PROTECTION.contains(&index) {
        before(REFERENCE, 10, WINDOW - 10, child, random)
    } else {
        let high = random.weighted(&[(24, 300), (24, 730), (30, 1800), (22, 4200)]);
        before(end.unwrap_or(REFERENCE), 14, high, child, random)
    };
    child.care = Some(Spell { start, end });
    if role::CARE_AFTER_PROTECTION.contains(&index) {
        let plan = before(start, 60, 500, child, random);
        child.protection = Some(Spell {
            start: plan,
            end: Some(start),
        });
    }
    child.adoption = match end {
        Some(end) if adopted => Some(Adoption::Adopted(end)),
        None if role::ADOPTION_PLANNED.contains(&index) => Some(Adoption::Planned),
        Some(_) | None => None,
    };
}

fn need(child: &Child, index: usize, random: &mut Random) -> Option<Need> {
    let (status, spell) = if role::CARE_AND_NEED.contains(&index) {
        // The episode of need that care is a part of.
        let care = child.care?;
        (
            Status::InCare,
            Spell {
                start: before(care.start, 5, 240, child, random),
                end: None,
            },
        )
    } else if role::PROTECTION_AND_NEED.contains(&index) {
        let plan = child.protection?;
        (
            Status::Protection,
            Spell {
                start: before(plan.start, 15, 200, child, random),
                end: None,
            },
        )
    } else if role::NEED_PLAN.contains(&index) {
        (
            Status::Plan,
            Spell {
                start: begun(child, 1100, random),
                end: None,
            },
        )
    } else if role::NEED_ASSESSMENT.contains(&index) {
        (
            Status::Assessment,
            Spell {
                start: before(REFERENCE, 1, 62, child, random),
                end: None,
            },
        )
    } else if role::NEED_CLOSED.contains(&index) {
        let end = REFERENCE.plus(-random.between(1, WINDOW - 5));
        (
            Status::Closed,
            Spell {
                start: before(end, 20, 620, child, random),
                end: Some(end),
            },
        )
    } else {
        return None;
    };
    Some(Need { spell, status })
}
