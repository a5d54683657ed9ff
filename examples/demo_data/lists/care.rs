//! List 8 (children in care) and List 9 (care leavers): one row a child or young person.

use super::super::authority::{Adoption, Authority, Child, NAME, Spell};
use super::super::calendar::{Day, REFERENCE};
use super::super::random::Random;
use super::super::sheet::{Cell, Sheet, date, number, text, yes_no, yes_no_or_empty};
use super::{CHILD, DISABILITY, TEAM, about, allocated, since};

const CARE: &[&str] = &[
    "UASC in Last 12 Months (Y/N)",
    DISABILITY,
    "Date Started to be Looked After",
    "Child's Category of Need",
    "Is this a second or subsequent period of being a Looked After Child in the last 12 months (Y/N)",
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
    "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months",
    "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 Months",
    "Was the Child offered a Return Interview after their last missing episode (Y/N)?",
    "Did the Child Accept a Return Interview after their last missing episode (Y/N)?",
];

/// List 8: children in care now, and those who left care in the last six months.
pub(super) fn in_care(authority: &Authority) -> Sheet {
    let mut random = authority.random("list 8");
    let rows = authority
        .children
        .iter()
        .filter_map(|child| Some((child, child.care?)))
        .map(|(child, care)| {
            let status = legal_status(child, care, &mut random);
            [
                about(child),
                standing(child, care, status, &mut random),
                oversight(child, care, status, &mut random),
                placement(child, care, status, &mut random),
                missing(child, &mut random),
                allocated(child),
            ]
            .concat()
        })
        .collect();
    let header = [&CHILD[..], CARE, &TEAM].concat();
    Sheet::new("List 8 In care", "list-08-in-care", &header, rows)
}

fn legal_status(child: &Child, care: Spell, random: &mut Random) -> &'static str {
    let length = care.last_day().0 - care.start.0;
    if child.adoption.is_some() {
        "E1: Placement order"
    } else if child.unaccompanied {
        "V2: Single period under S20"
    } else if child.offending && random.chance(12) {
        "J1: Remanded to LA or youth detention"
    } else if length <= 8 && random.chance(40) {
        // An emergency protection order lasts eight days at first.
        "L2: EPO"
    } else {
        let agreed = "V2: Single period under S20";
        // Care proceedings are over in about a year, with a full order or none.
        match length {
            ..=60 => random.weighted(&[(55, "C1: ICO"), (45, agreed)]),
            61..=400 => random.weighted(&[(52, "C1: ICO"), (20, "C2: FCO"), (28, agreed)]),
            _ => random.weighted(&[(84, "C2: FCO"), (16, agreed)]),
        }
    }
}

fn standing(child: &Child, care: Spell, status: &str, random: &mut Random) -> Vec<Cell> {
    let length = care.last_day().0 - care.start.0;
    let first = status.starts_with("C1") || status.starts_with("V2") || status.starts_with('L');
    let since_start = if first {
        random.between(0, 10)
    } else {
        random.between(0, length / 2)
    };
    vec![
        yes_no(child.unaccompanied && REFERENCE.0 - care.start.0 <= 365),
        yes_no(child.disabled),
        date(care.start),
        text(child.need_code),
        yes_no(length < 330 && random.chance(7)),
        date(care.start.plus(since_start.min(length))),
        text(status),
    ]
}

fn oversight(child: &Child, care: Spell, status: &str, random: &mut Random) -> Vec<Cell> {
    let last = care.last_day();
    let late = random.chance(9);
    let review = since(
        care.start.plus(18),
        last,
        0,
        if late { 260 } else { 178 },
        random,
    );
    let visit = since(
        care.start,
        last,
        0,
        if random.chance(14) { 95 } else { 41 },
        random,
    );
    let officer = since(care.start.plus(14), last, 0, 170, random);
    let health = since(
        care.start.plus(20),
        last,
        0,
        if random.chance(15) { 540 } else { 350 },
        random,
    );
    let dental = since(
        care.start.plus(30),
        last,
        0,
        if random.chance(25) { 700 } else { 360 },
        random,
    );
    vec![
        date(review),
        date(visit),
        text(permanence(child, status, random)),
        date(officer),
        date(health),
        date(dental.filter(|_| child.age() >= 2)),
    ]
}

fn permanence(child: &Child, status: &str, random: &mut Random) -> &'static str {
    if child.adoption.is_some() {
        return "b) Adoption";
    }
    if child.age() >= 16 {
        return random.weighted(&[
            (62, "d) Supported living in the community"),
            (26, "f) Long-term fostering"),
            (12, "e) Long-term residential placement"),
        ]);
    }
    let home = if status.starts_with("C2") { 6 } else { 38 };
    random.weighted(&[
        (home, "a) Return to family"),
        (16, "c) SGO/CAO"),
        (48, "f) Long-term fostering"),
        (9, "e) Long-term residential placement"),
        (3, "g) other"),
    ])
}

fn placement(child: &Child, care: Spell, status: &str, random: &mut Random) -> Vec<Cell> {
    let last = care.last_day();
    let settled = last.0 - care.start.0 > 365;
    let moves = random.weighted(&[(68, 1), (20, 2), (8, 3), (3, 4), (1, 6)]);
    let longest = if settled && moves > 1 { 364 } else { 1500 };
    let begun = since(care.start, last, 1, longest, random).unwrap_or(care.start);
    let (kind, provider) = kind_of_placement(child, status, random);
    let regulated = kind.starts_with("K2") || kind.starts_with("H5");
    let own = !provider.starts_with("PR4") && !provider.starts_with("PR5");
    let outside = random.chance(if own { 12 } else { 58 });
    let place = random.pick(&["Westfold", "Calderby", "Tarn Valley", "Ostermoor"]);
    vec![
        number(moves),
        date(care.end),
        care.end
            .map_or(Cell::Empty, |end| text(reason_ceased(child, end, random))),
        date(begun),
        text(kind),
        text(provider),
        text(postcode(random)),
        if regulated {
            text(format!("SC9{:05}", random.below(100_000)))
        } else {
            Cell::Empty
        },
        text(if outside { "Out" } else { "In" }),
        text(if outside { place } else { NAME }),
    ]
}

fn reason_ceased(child: &Child, end: Day, random: &mut Random) -> &'static str {
    if child
        .adoption
        .is_some_and(|adoption| adoption == Adoption::Adopted(end))
    {
        random.pick(&[
            "E11: Adopted - application unopposed",
            "E12: Adopted - consent dispensed",
        ])
    } else if child.leaver {
        random.weighted(&[
            (40, "E5: Moved into independent living - supported"),
            (20, "E6: Moved into independent living - no support"),
            (30, "E17: Aged 18+ and remained with current carers"),
            (10, "E8: Care ceased for any other reason"),
        ])
    } else {
        random.pick(&[
            "E4A: Returned home to live with parents or relatives - part of planning",
            "E4B: Returned home to live with parents or relatives - not part of planning",
            "E45: Special Guardianship Orders - former carer relative/friend",
        ])
    }
}

const PARENTS: &str = "P1: Placed with parents";

fn kind_of_placement(
    child: &Child,
    status: &str,
    random: &mut Random,
) -> (&'static str, &'static str) {
    let fostered = &[
        (55, "PR1: Own provision"),
        (40, "PR4: Private provision"),
        (5, "PR5: Voluntary/third sector"),
    ];
    let kind = if status.starts_with("J1") {
        random.pick(&[
            "R5: Young Offender Institution",
            "K1: Secure Children's Homes",
        ])
    } else if child.adoption.is_some() {
        random.weighted(&[
            (30, "A6: Placed for adoption - order - not foster"),
            (20, "U5: Foster placement - FFA"),
            (50, "U6: Foster placement - not FFA"),
        ])
    } else if child.age() >= 16 {
        random.weighted(&[
            (34, "H5: Semi-independent living accommodation"),
            (28, "U6: Foster placement - not FFA"),
            (18, "U4: Foster placement - long term"),
            (15, "K2: Children's Homes"),
            (2, PARENTS),
        ])
    } else {
        random.weighted(&[
            (32, "U6: Foster placement - not FFA"),
            (29, "U4: Foster placement - long term"),
            (17, "U3: Foster placement - relative - not FFA"),
            (11, "K2: Children's Homes"),
            (9, PARENTS),
            (1, "K1: Secure Children's Homes"),
            (1, "S1: Residential school"),
        ])
    };
    // A child who is in care by agreement and goes home to the parents is no longer in care.
    let home = kind == PARENTS && status.starts_with("V2");
    let kind = if home {
        "U6: Foster placement - not FFA"
    } else {
        kind
    };
    let provider = match kind.as_bytes()[0] {
        b'P' => "PR0: Parents/Parental responsibility",
        b'A' | b'R' => "PR3: Other public provision",
        b'K' | b'H' | b'S' => "PR4: Private provision",
        _ if kind.starts_with("U3") => "PR1: Own provision",
        _ => random.weighted(fostered),
    };
    (kind, provider)
}

/// In the area ZZ, which no postcode in use has.
fn postcode(random: &mut Random) -> String {
    let letters: Vec<char> = "ABDEFGHJLNPQRSTUWXYZ".chars().collect();
    let (digit, one, two) = (
        random.below(10),
        random.pick(&letters),
        random.pick(&letters),
    );
    format!("ZZ{} {digit}{one}{two}", random.between(90, 99))
}

fn missing(child: &Child, random: &mut Random) -> Vec<Cell> {
    let last = child.missing.last();
    let absent = if child.age() >= 12 {
        random.weighted(&[(80, 0), (12, 1), (8, 3)])
    } else {
        0
    };
    vec![
        number(i32::try_from(child.missing.len()).unwrap_or(0)),
        number(absent),
        yes_no_or_empty(last.map(|episode| episode.offered)),
        yes_no_or_empty(last.map(|episode| episode.interview.is_some())),
    ]
}

/// List 9: young people who have left care, or are about to, and are owed support.
pub(super) fn leavers(authority: &Authority) -> Sheet {
    let mut random = authority.random("list 9");
    let leavers = authority.children.iter().filter(|child| child.leaver);
    let rows = leavers
        .map(|child| [about(child), leaver(child, &mut random)].concat())
        .collect();
    let header = [
        &CHILD[..],
        &[DISABILITY],
        &TEAM,
        &[
            "Eligibility Category",
            "LA in Touch",
            "Type of Accommodation",
            "Suitability of Accommodation",
            "Activity Status",
        ],
    ]
    .concat();
    Sheet::new("List 9 Care leavers", "list-09-care-leavers", &header, rows)
}

fn leaver(child: &Child, random: &mut Random) -> Vec<Cell> {
    let eligibility = if child.age() < 18 {
        "a) Relevant child"
    } else {
        random.weighted(&[
            (94, "b) Former relevant child"),
            (6, "c) Qualifying care leaver"),
        ])
    };
    let (home, unsuitable) = random.weighted(&[
        (26, ("U: Independent living", 4)),
        (24, ("D: Semi-independent, transitional accommodation", 3)),
        (14, ("Z: With former foster carers", 0)),
        (13, ("B: Parents/relatives", 4)),
        (7, ("E: Supported lodgings", 0)),
        (4, ("K: Ordinary lodgings, without formal support", 30)),
        (4, ("X: In custody", 100)),
        (3, ("T: Foyers and similar supported accommodation", 5)),
        (2, ("S: No fixed abode/homeless", 100)),
        (1, ("W: Bed and breakfast", 100)),
        (2, ("R: Residence not known", 100)),
    ]);
    let activity = random.weighted(&[
        (7, "F1: Full time in higher education"),
        (22, "F2: Full time in education other than higher"),
        (22, "F3: Full time in training or employment"),
        (4, "P2: Part time in education other than higher"),
        (7, "P3: Part time in training or employment"),
        (
            11,
            "G4: Not in education, employment or training - illness or disability",
        ),
        (22, "G5: Not in education, employment or training - other"),
        (
            5,
            "G6: Not in education, employment or training - pregnancy or parenting",
        ),
    ]);
    let touch = if home.starts_with('R') {
        "b) No"
    } else {
        "a) Yes"
    };
    let touch = random.weighted(&[(95, touch), (2, "d) Refu"), (3, "e) NREQ")]);
    [
        vec![yes_no(child.disabled)],
        allocated(child),
        vec![
            text(eligibility),
            text(touch),
            text(home),
            text(if random.chance(unsuitable) {
                "b) Unsuitable"
            } else {
                "a) Suitable"
            }),
            text(activity),
        ],
    ]
    .concat()
}
