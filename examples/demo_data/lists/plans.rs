//! List 6 (children in need) and List 7 (child protection plans): one row a child.

use super::super::authority::{Authority, Child, Spell, Status};
use super::super::random::Random;
use super::super::sheet::{Cell, Sheet, date, number, text, yes_no, yes_no_or_empty};
use super::{CHILD, DISABILITY, TEAM, about, allocated, since};

/// List 6: children in need now, and those whose episode ended in the last six months.
pub(super) fn in_need(authority: &Authority) -> Sheet {
    let mut random = authority.random("list 6");
    let mut rows = Vec::new();
    for child in &authority.children {
        let Some(need) = child.need else { continue };
        let (low, high) = random.weighted(&[(62, (0, 27)), (28, (28, 60)), (10, (61, 150))]);
        let seen = since(
            need.spell.start,
            need.spell.last_day(),
            low,
            high,
            &mut random,
        );
        let reason = random.weighted(&[
            (2, "RC3 - Child arrangements order"),
            (3, "RC4 - Special guardianship order"),
            (
                8,
                "RC5 - Transferred to services of another local authority",
            ),
            (2, "RC6 - Transferred to adult social care services"),
            (
                60,
                "RC7 - Services ceased for any other reason, including child no longer in need",
            ),
            (25, "RC8 - Case closed after assessment, no further action"),
        ]);
        let own = vec![
            yes_no(child.disabled),
            date(need.spell.start),
            text(child.need_code),
            date(seen),
            date(need.spell.end),
            need.spell.end.map_or(Cell::Empty, |_| text(reason)),
            text(status(need.status)),
        ];
        rows.push([about(child), own, allocated(child)].concat());
    }
    let header = [
        &CHILD[..],
        &[
            DISABILITY,
            "CIN Start Date",
            "Primary Need Code",
            "Date Child Was Last Seen",
            "CIN Closure Date",
            "Reason for Closure",
            "Case Status",
        ],
        &TEAM,
    ]
    .concat();
    Sheet::new(
        "List 6 Child in need",
        "list-06-child-in-need",
        &header,
        rows,
    )
}

fn status(status: Status) -> &'static str {
    match status {
        Status::InCare => "a) Looked after child",
        Status::Protection => "b) Child Protection plan",
        Status::Plan => "c) Child in need plan",
        Status::Assessment => "d) Open assessment",
        Status::Closed => "e) Closed episode",
    }
}

/// List 7: child protection plans now, and those that ended in the last six months.
pub(super) fn protection(authority: &Authority) -> Sheet {
    let mut random = authority.random("list 7");
    let rows = authority
        .children
        .iter()
        .filter_map(|child| Some((child, child.protection?)))
        .map(|(child, plan)| plan_row(child, plan, &mut random))
        .collect();
    let header = [
        &CHILD[..],
        &[
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
        ],
        &TEAM,
    ]
    .concat();
    Sheet::new(
        "List 7 Child protection",
        "list-07-child-protection",
        &header,
        rows,
    )
}

const CATEGORIES: &[(u32, &str)] = &[
    (46, "Neglect"),
    (9, "Physical abuse"),
    (5, "Sexual abuse"),
    (37, "Emotional abuse"),
    (3, "Multiple/not recommended"),
];

fn plan_row(child: &Child, plan: Spell, random: &mut Random) -> Vec<Cell> {
    let category = random.weighted(CATEGORIES);
    let latest = if random.chance(10) {
        random.weighted(CATEGORIES)
    } else {
        category
    };
    // A visit is due every ten working days; some are late, a few very late.
    let (low, high) = random.weighted(&[(72, (0, 14)), (20, (15, 29)), (8, (30, 75))]);
    let visit = since(plan.start, plan.last_day(), low, high, random);
    let alone = visit.map(|_| child.age() >= 4 && random.chance(78));
    let own = vec![
        yes_no(child.disabled),
        date(plan.start),
        text(category),
        text(latest),
        date(visit),
        yes_no_or_empty(alone),
        // The first review is due after three months, the next ones every six.
        date(since(plan.start.plus(75), plan.last_day(), 0, 178, random)),
        date(plan.end),
        yes_no(random.chance(5)),
        number(random.weighted(&[(76, 0), (18, 1), (5, 2), (1, 3)])),
    ];
    [about(child), own, allocated(child)].concat()
}
