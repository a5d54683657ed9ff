//! The lists that other services keep of vulnerable adolescents, joined to Annex A by the child's id:
//! missing episodes with their return home interviews, the exploitation panel, youth offending.

use super::super::authority::Authority;
use super::super::calendar::REFERENCE;
use super::super::sheet::{Cell, Sheet, date, number, text, yes_no};
use super::{CHILD, about};

/// One row an episode, with the moments from which "within 72 hours" is computed.
pub(super) fn missing(authority: &Authority) -> Sheet {
    let mut random = authority.random("missing list");
    let mut rows = Vec::new();
    for child in &authority.children {
        let place = if child.care.is_some() {
            "Placement"
        } else {
            "Home"
        };
        for episode in &child.missing {
            let risk = random.weighted(&[(30, "High"), (58, "Medium"), (12, "Low")]);
            let by = random.weighted(&[(70, "Independent visitor service"), (30, "Social worker")]);
            let row = vec![
                text(child.id.to_string()),
                text(place),
                Cell::Moment(episode.from),
                Cell::Moment(episode.until),
                text(risk),
                yes_no(episode.offered),
                yes_no(episode.interview.is_some()),
                episode.interview.map_or(Cell::Empty, Cell::Moment),
                episode.interview.map_or(Cell::Empty, |_| text(by)),
            ];
            rows.push((episode.from, row));
        }
    }
    rows.sort_by_key(|(from, _)| *from);
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    let header = [
        CHILD[0],
        "Missing From",
        "Date and Time Missing From",
        "Date and Time Returned",
        "Police Risk Grading",
        "Return Interview Offered (Y/N)",
        "Return Interview Accepted (Y/N)",
        "Date and Time of Return Interview",
        "Interviewed By",
    ];
    Sheet::new(
        "Missing and return interviews",
        "missing-and-return-interviews",
        &header,
        rows,
    )
}

/// The multi-agency sexual exploitation (MASE) panel: one row a child.
pub(super) fn exploitation(authority: &Authority) -> Sheet {
    let mut random = authority.random("exploitation panel");
    let mut rows = Vec::new();
    for child in authority.children.iter().filter(|child| child.exploited) {
        let first = REFERENCE.plus(-random.between(20, 420));
        let last = first.plus(random.between(0, REFERENCE.0 - first.0));
        let agreed = random.between(2, 9);
        let own = vec![
            date(first),
            date(last),
            text(random.weighted(&[
                (48, "Sexual"),
                (30, "Criminal"),
                (22, "Sexual and criminal"),
            ])),
            text(random.weighted(&[(28, "High"), (47, "Medium"), (25, "Emerging")])),
            number(agreed),
            number(random.between(0, agreed / 2)),
            date(REFERENCE.plus(random.between(2, 45))),
        ];
        rows.push([about(child), own].concat());
    }
    let header = [
        &CHILD[..],
        &[
            "Date First Discussed",
            "Date Last Discussed",
            "Type of Exploitation",
            "Level of Concern",
            "Number of Actions Agreed",
            "Number of Actions Overdue",
            "Date of Next Panel",
        ],
    ]
    .concat();
    Sheet::new("MASE panel", "exploitation-panel", &header, rows)
}

/// Young people known to the youth offending service, and whether the gangs matrix names them.
pub(super) fn offending(authority: &Authority) -> Sheet {
    let mut random = authority.random("youth offending");
    let mut rows = Vec::new();
    for child in authority.children.iter().filter(|child| child.offending) {
        let start = REFERENCE.plus(-random.between(8, 330));
        let length = random.pick(&[90, 120, 180, 270, 365]);
        let own = vec![
            text(random.weighted(&[
                (40, "Out of court disposal"),
                (34, "Referral order"),
                (16, "Youth rehabilitation order"),
                (4, "Detention and training order"),
                (6, "Remand"),
            ])),
            date(start),
            date(start.plus(length)),
            text(random.weighted(&[(30, "High"), (45, "Medium"), (25, "Low")])),
            yes_no(random.chance(if child.exploited { 45 } else { 20 })),
        ];
        rows.push([about(child), own].concat());
    }
    let header = [
        &CHILD[..],
        &[
            "Type of Disposal",
            "Start Date of Disposal",
            "Planned End Date of Disposal",
            "Risk of Serious Harm",
            "On the Gangs Matrix (Y/N)",
        ],
    ]
    .concat();
    Sheet::new("Youth offending", "youth-offending", &header, rows)
}
