//! List 10 (children whose plan is, or was, adoption) and List 11 (adopters; no child stands on it).

use super::super::authority::{Adoption, Authority, Child};
use super::super::calendar::{Day, REFERENCE};
use super::super::random::Random;
use super::super::sheet::{Cell, Sheet, date, number, text, yes_no};
use super::{CHILD, DISABILITY, about};

/// List 10: each child with the dates of each step reached so far.
pub(super) fn children(authority: &Authority) -> Sheet {
    let mut random = authority.random("list 10");
    let mut rows = Vec::new();
    for child in &authority.children {
        let Some(adoption) = child.adoption else {
            continue;
        };
        let family = format!("F{}", 4000 + random.below(900));
        let mut row = about(child);
        row.insert(1, text(family));
        row.push(yes_no(child.disabled));
        row.extend(steps(child, adoption, &mut random));
        rows.push(row);
    }
    let header = [
        &[CHILD[0], "Family identifier"],
        &CHILD[1..],
        &[
            DISABILITY,
            "Date the Child Entered Care",
            "Date of Decision that Child Should be Placed for Adoption",
            "Date of Placement Order",
            "Date of Matching Child and Prospective Adopters",
            "Date Placed for Adoption",
            "Date of Adoption Order",
            "Date of Decision that Child Should No Longer be Placed for Adoption",
            "Reason Why Child No Longer Placed for Adoption",
            "Date the child was placed for fostering in FFA or concurrent planning placement",
        ],
    ]
    .concat();
    Sheet::new("List 10 Adoption", "list-10-adoption", &header, rows)
}

/// The way from care to adoption in five equal parts; a plan may have come to any of them.
fn steps(child: &Child, adoption: Adoption, random: &mut Random) -> Vec<Cell> {
    let (end, reached) = match adoption {
        Adoption::Adopted(day) => (day, 5),
        Adoption::Planned => (
            REFERENCE,
            random.weighted(&[(15, 1), (35, 2), (20, 3), (30, 4)]),
        ),
    };
    let longest = (end.0 - child.born.0).min(760);
    let entered = child.care.map_or(end.plus(-longest), |care| care.start);
    let part = (end.0 - entered.0) / if reached == 5 { 5 } else { reached + 1 };
    let step = |number: i32| (number <= reached).then(|| entered.plus(part * number));
    let order = (reached == 5).then_some(end);
    let reversed = reached <= 2 && random.chance(15);
    let reason = random.pick(&[
        "RD1 - The child's needs changed subsequent to the decision",
        "RD3 - Prospective adopters could not be found",
        "RD4 - Any other reason",
    ]);
    let early = random.chance(20).then(|| entered.plus(part / 2));
    vec![
        date(entered),
        date(step(1)),
        date(step(2)),
        date(step(3)),
        date(step(4)),
        date(order),
        date(
            reversed
                .then(|| step(reached))
                .flatten()
                .map(|day| day.plus(part / 2)),
        ),
        if reversed { text(reason) } else { Cell::Empty },
        date(early),
    ]
}

/// List 11: everybody who dealt with the adoption service in the last year.
pub(super) fn adopters(authority: &Authority) -> Sheet {
    let mut random = authority.random("list 11");
    let mut rows = Vec::new();
    for household in 0..38 {
        let family = format!("AF{:03}", 100 + household);
        let people = if random.chance(72) { 2 } else { 1 };
        let journey = journey(&mut random);
        for person in 0..people {
            let gender = match (person, random.chance(15)) {
                (0, false) | (_, true) => "Female",
                (_, false) => "Male",
            };
            let mut row = vec![
                text(format!("A{}", 7000 + household * 2 + person)),
                text(family.clone()),
                text(gender),
                text(random.weighted(&[
                    (74, "WBRI - White British"),
                    (8, "BAFR - African"),
                    (6, "BCRB - Caribbean"),
                    (6, "AIND - Indian"),
                    (6, "WOTH - Any other White background"),
                ])),
                yes_no(random.chance(4)),
            ];
            row.extend(journey.iter().cloned());
            rows.push(row);
        }
    }
    Sheet::new("List 11 Adopters", "list-11-adopters", &ADOPTERS, rows)
}

const ADOPTERS: [&str; 19] = [
    "Individual adopter identifier",
    "Family identifier",
    "Gender",
    "Ethnicity",
    "Disability",
    "Is the (prospective) adopter fostering for adoption?",
    "Date enquiry received",
    "Date Stage 1 started",
    "Date Stage 1 ended",
    "Date Stage 2 started",
    "Date Stage 2 ended",
    "Date application submitted",
    "Date application approved",
    "Date adopter matched with child(ren)",
    "Date child/children placed with adopter(s)",
    "No. of children placed",
    "Date of Adoption Order",
    "Date of leaving adoption process",
    "Reason for leaving adoption process",
];

/// The steps of one household, each some weeks after the one before, as far as it has come.
fn journey(random: &mut Random) -> Vec<Cell> {
    const GAPS: [(i32, i32); 10] = [
        (0, 0),
        (20, 60),
        (50, 70),
        (1, 20),
        (100, 130),
        (5, 20),
        (5, 25),
        (30, 200),
        (10, 40),
        (90, 260),
    ];
    let enquiry = REFERENCE.plus(-random.between(10, 640));
    let mut day = enquiry;
    let steps: Vec<Option<Day>> = GAPS
        .iter()
        .map(|&(low, high)| {
            day = day.plus(random.between(low, high));
            Some(day).filter(|day| *day <= REFERENCE)
        })
        .collect();
    let (order, steps) = steps
        .split_last()
        .map_or((None, &[][..]), |(last, all)| (*last, all));
    let placed = steps.last().copied().flatten().is_some();
    let leaves = !placed && random.chance(15);
    let reason = random.pick(&[
        "1 - Adopter withdrew from process",
        "2 - Process put on hold",
    ]);
    let last = steps.iter().flatten().last().copied().unwrap_or(enquiry);
    let mut cells = vec![yes_no(random.chance(14))];
    cells.extend(steps.iter().map(|&step| date(step)));
    cells.push(if placed {
        number(random.weighted(&[(80, 1), (20, 2)]))
    } else {
        Cell::Empty
    });
    cells.push(date(order));
    cells.push(date(leaves.then(|| last.plus(7).min(REFERENCE))));
    cells.push(if leaves { text(reason) } else { Cell::Empty });
    cells
}
