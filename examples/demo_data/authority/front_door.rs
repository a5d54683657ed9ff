//! What came before the plans: contacts, early help, referrals, assessments and section 47 enquiries of
//! the last six months, each step after the one that led to it.

use super::super::calendar::{Day, REFERENCE};
use super::super::random::Random;
use super::people::{WINDOW, before};
use super::{Child, Enquiry, Spell, Status, role};

/// What happened at the front door in the last six months, each step after the one before.
pub(super) fn fill(child: &mut Child, index: usize, random: &mut Random) {
    let recent = |day: Day| REFERENCE.0 - day.0 <= WINDOW;
    // The beginning of the work, where the lists of events still reach back to it.
    let beginning = match (child.need, child.protection, child.care) {
        (Some(need), _, _) => Some(need.spell.start),
        (None, Some(plan), _) => Some(before(plan.start, 25, 70, child, random)),
        (None, None, Some(care)) => Some(before(care.start, 8, 60, child, random)),
        (None, None, None) if role::REFERRED.contains(&index) => {
            Some(before(REFERENCE, 4, WINDOW - 2, child, random))
        }
        (None, None, None) => None,
    };
    if let Some(day) = beginning.filter(|&day| recent(day)) {
        child.referrals.push(day);
        if !role::REFERRED.contains(&index) || random.chance(78) {
            child.assessment = Some(assessment(child, day, random));
        }
        if random.chance(24) {
            // An earlier referral that went nowhere: the child stands on List 3 twice.
            let earlier = before(day, 20, 120, child, random);
            child
                .referrals
                .extend((earlier < day && recent(earlier)).then_some(earlier));
        }
    }
    if role::EARLY_HELP.contains(&index) || (role::REFERRED.contains(&index) && random.chance(12)) {
        let start = before(REFERENCE, 2, WINDOW - 2, child, random);
        let end = start.plus(random.between(12, 60));
        child.early_help = Some(Spell {
            start,
            end: (end <= REFERENCE).then_some(end),
        });
    }
    enquiries(child, index, random);
    contacts(child, index, random);
    child.referrals.sort_unstable();
    child.contacts.sort_unstable();
    child
        .enquiries
        .sort_unstable_by_key(|enquiry| enquiry.strategy);
}

fn assessment(child: &Child, referred: Day, random: &mut Random) -> Spell {
    let start = referred.plus(random.between(0, 2)).min(REFERENCE);
    let end = start
        .plus(random.weighted(&[(18, 21), (32, 42), (34, 60), (16, 84)]))
        .plus(random.between(-9, 3));
    let waits = child
        .need
        .is_some_and(|need| need.status == Status::Assessment);
    Spell {
        start,
        end: (end <= REFERENCE && !waits).then_some(end),
    }
}

/// Section 47 enquiries of the last six months: those behind each new plan, and others.
fn enquiries(child: &mut Child, index: usize, random: &mut Random) {
    if let Some(plan) = child.protection {
        let strategy = before(plan.start, 9, 21, child, random);
        if REFERENCE.0 - strategy.0 <= WINDOW && strategy < plan.start {
            child.enquiries.push(Enquiry {
                strategy,
                conference: Some(plan.start),
                plan: true,
            });
        }
    }
    let others = if role::NEED_PLAN.contains(&index) || role::NEED_ASSESSMENT.contains(&index) {
        20
    } else if role::PROTECTION.contains(&index) || role::REFERRED.contains(&index) {
        10
    } else {
        return;
    };
    if random.chance(others) {
        let since = child
            .referrals
            .first()
            .copied()
            .unwrap_or(REFERENCE.plus(-WINDOW));
        let strategy = since
            .plus(random.between(1, (REFERENCE.0 - since.0).max(1)))
            .min(REFERENCE);
        let conference = strategy.plus(random.between(10, 20));
        let held = child.protection.is_none() && random.chance(18) && conference <= REFERENCE;
        let conference = held.then_some(conference);
        child.enquiries.push(Enquiry {
            strategy,
            conference,
            plan: false,
        });
    }
}

/// Contacts of the last three months: what came before a referral, and what led to nothing.
fn contacts(child: &mut Child, index: usize, random: &mut Random) {
    let recent = |day: &Day| REFERENCE.0 - day.0 <= 91;
    for day in child.referrals.clone() {
        child
            .contacts
            .extend(Some(before(day, 0, 1, child, random)).filter(recent));
    }
    let more = if role::CONTACT_ONLY.contains(&index) {
        random.weighted(&[(70, 1), (20, 2), (10, 3)])
    } else if role::EARLY_HELP.contains(&index) || role::NEED_PLAN.contains(&index) {
        random.weighted(&[(72, 0), (20, 1), (8, 2)])
    } else {
        0
    };
    for _ in 0..more {
        let day = before(REFERENCE, 0, 90, child, random);
        child.contacts.push(day);
    }
}
