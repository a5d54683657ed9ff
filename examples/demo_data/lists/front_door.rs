//! Lists 1 to 5: contacts, early help, referrals, assessments, section 47 enquiries. Each row is an
//! event, so a child may stand on several rows of lists 1, 3 and 5.

use super::super::authority::Authority;
use super::super::sheet::{Cell, Sheet, date, number, text, yes_no, yes_no_or_empty};
use super::{CHILD, DISABILITY, TEAM, about, allocated, by_date, in_last_year};

/// Who tells the authority about a child, as the children in need census codes it.
const SOURCES: &[(u32, &str)] = &[
    (7, "1A: Individual - family member, relative or carer"),
    (3, "1B: Individual - acquaintance"),
    (1, "1C: Individual - self"),
    (2, "1D: Individual - other"),
    (19, "2A: Schools"),
    (3, "2B: Education services"),
    (2, "3A: Health services - GP"),
    (3, "3B: Health services - health visitor"),
    (1, "3C: Health services - school nurse"),
    (2, "3D: Health services - other primary"),
    (5, "3E: Health services - A&E"),
    (3, "3F: Health services - other"),
    (2, "4: Housing"),
    (4, "5A: LA services - social care"),
    (5, "5B: LA services - other internal"),
    (2, "5C: LA services - external"),
    (29, "6: Police"),
    (3, "7: Other legal agency"),
    (3, "8: Other"),
    (2, "9: Anonymous"),
    (1, "10: Unknown"),
];

/// List 1: contacts of the last three months.
pub(super) fn contacts(authority: &Authority) -> Sheet {
    let mut random = authority.random("list 1");
    let mut rows = Vec::new();
    for child in &authority.children {
        for &day in &child.contacts {
            let source = text(random.weighted(SOURCES));
            rows.push((day, [about(child), vec![date(day), source]].concat()));
        }
    }
    let header = [&CHILD[..], &["Date of Contact", "Contact Source"]].concat();
    Sheet::new(
        "List 1 Contacts",
        "list-01-contacts",
        &header,
        by_date(rows),
    )
}

/// List 2: early help assessments of the last six months.
pub(super) fn early_help(authority: &Authority) -> Sheet {
    let mut random = authority.random("list 2");
    let mut rows = Vec::new();
    for child in &authority.children {
        let Some(spell) = child.early_help else {
            continue;
        };
        let organisation = random.weighted(&[
            (30, "School"),
            (24, "Harrowmere Family Hubs"),
            (16, "Health visiting"),
            (12, "Voluntary organisation"),
            (10, "Youth service"),
            (8, "Nursery or childminder"),
        ]);
        let own = vec![date(spell.start), date(spell.end), text(organisation)];
        rows.push((spell.start, [about(child), own].concat()));
    }
    let header = [
        &CHILD[..],
        &[
            "Assessment start date",
            "Assessment completion date",
            "Organisation completing assessment",
        ],
    ]
    .concat();
    Sheet::new(
        "List 2 Early help",
        "list-02-early-help",
        &header,
        by_date(rows),
    )
}

/// List 3: referrals of the last six months.
pub(super) fn referrals(authority: &Authority) -> Sheet {
    let mut random = authority.random("list 3");
    let mut rows = Vec::new();
    for child in &authority.children {
        // Referrals older than this list's window count, although they don't stand on it.
        let older = random.weighted(&[(82, 0), (14, 1), (4, 2)]);
        for (index, &day) in child.referrals.iter().enumerate() {
            let is_last = index + 1 == child.referrals.len();
            let no_further_action = !is_last || child.assessment.is_none();
            let own = vec![
                date(day),
                text(random.weighted(SOURCES)),
                yes_no(no_further_action),
                number(in_last_year(child.referrals.iter().copied()) + older),
            ];
            rows.push((day, [about(child), own, allocated(child)].concat()));
        }
    }
    let header = [
        &CHILD[..],
        &[
            "Date of referral",
            "Referral Source",
            "Referral NFA?",
            "Number of Referrals in Last 12 Months",
        ],
        &TEAM,
    ]
    .concat();
    Sheet::new(
        "List 3 Referrals",
        "list-03-referrals",
        &header,
        by_date(rows),
    )
}

/// List 4: assessments begun in the last six months, finished or not.
pub(super) fn assessments(authority: &Authority) -> Sheet {
    let mut random = authority.random("list 4");
    let mut rows = Vec::new();
    for child in &authority.children {
        let Some(spell) = child.assessment else {
            continue;
        };
        let needs = child.need.is_some() || child.protection.is_some() || child.care.is_some();
        let seen = match spell.end {
            Some(_) => yes_no(random.chance(94)),
            None => yes_no_or_empty(random.chance(70).then_some(true)),
        };
        let own: Vec<Cell> = vec![
            yes_no(child.disabled),
            date(spell.start),
            seen,
            date(spell.end),
            yes_no_or_empty(spell.end.map(|_| needs)),
        ];
        rows.push((spell.start, [about(child), own, allocated(child)].concat()));
    }
    let header = [
        &CHILD[..],
        &[
            DISABILITY,
            "Continuous Assessment Start Date",
            "Child Seen During Continuous Assessment",
            "Continuous Assessment Date of Authorisation",
            "Was the child assessed as requiring LA children's social care support?",
        ],
        &TEAM,
    ]
    .concat();
    Sheet::new(
        "List 4 Assessments",
        "list-04-assessments",
        &header,
        by_date(rows),
    )
}

/// List 5: section 47 enquiries of the last six months and the conferences they led to.
pub(super) fn enquiries(authority: &Authority) -> Sheet {
    let mut random = authority.random("list 5");
    let mut rows = Vec::new();
    for child in &authority.children {
        let older = random.weighted(&[(88, 0), (12, 1)]);
        let conferences = child
            .enquiries
            .iter()
            .filter_map(|enquiry| enquiry.conference);
        let conferences = in_last_year(conferences);
        for enquiry in &child.enquiries {
            let own = vec![
                yes_no(child.disabled),
                date(enquiry.strategy),
                yes_no(enquiry.conference.is_none()),
                date(enquiry.conference),
                yes_no_or_empty(enquiry.conference.map(|_| enquiry.plan)),
                number(in_last_year(child.enquiries.iter().map(|it| it.strategy)) + older),
                number(conferences),
            ];
            rows.push((
                enquiry.strategy,
                [about(child), own, allocated(child)].concat(),
            ));
        }
    }
    let header = [
        &CHILD[..],
        &[
            DISABILITY,
            "Strategy discussion initiating Section 47 Enquiry Start Date",
            "Was an Initial Child Protection Conference deemed unnecessary?",
            "Date of Initial Child Protection Conference",
            "Did the Initial Child Protection Conference Result in a Child Protection Plan",
            "Number of Section 47 Enquiries in the last 12 months",
            "Number of ICPCs in the last 12 months",
        ],
        &TEAM,
    ]
    .concat();
    Sheet::new(
        "List 5 Section 47",
        "list-05-section-47",
        &header,
        by_date(rows),
    )
}
