//! Teams and workers: each child has one of each, and a worker holds about 15 to 19 open cases.

use super::super::random::Random;
use super::{Adoption, Child, Status};

const SAFEGUARDING: &[&str] = &[
    "Safeguarding North",
    "Safeguarding East",
    "Safeguarding South",
    "Safeguarding West",
];
const ASSESSMENT: &[&str] = &[
    "Assessment Team 1",
    "Assessment Team 2",
    "Assessment Team 3",
];
const IN_CARE: &[&str] = &[
    "Children in Care Team 1",
    "Children in Care Team 2",
    "Children in Care Team 3",
];
const LEAVING: &[&str] = &["Leaving Care Team A", "Leaving Care Team B"];
const DISABILITY: &str = "Children with Disabilities";
const ADOLESCENT: &str = "Adolescent Safeguarding";
const PERMANENCE: &str = "Permanence Team";
const FRONT_DOOR: &str = "Front Door";

/// Halves of surnames that, put together, name nobody.
const FIRST: &[&str] = &[
    "Alder", "Bram", "Corv", "Dunnel", "Elver", "Fenna", "Garrel", "Hesk", "Ivel", "Jorra",
    "Keldo", "Lorrim", "Marrow", "Nettor", "Orran", "Pellow", "Quillan", "Rassen", "Sorrel",
    "Tarrow",
];
const SECOND: &[&str] = &[
    "bane", "combe", "dell", "garth", "mere", "stow", "thwaite", "wick",
];
const INITIALS: &[&str] = &[
    "A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M", "N", "P", "R", "S", "T", "W",
];

/// Gives every child a team, and shares each team's cases out evenly over as many workers as it needs.
pub(super) fn allocate(children: &mut [Child], seed: u64) {
    let mut random = Random::for_part(seed, "staff");
    for child in children.iter_mut() {
        child.team = team(child, &mut random);
    }
    let mut names = names(&mut random).into_iter();
    let teams = [SAFEGUARDING, ASSESSMENT, IN_CARE, LEAVING].concat();
    let others = [DISABILITY, ADOLESCENT, PERMANENCE, FRONT_DOOR];
    for team in teams.into_iter().chain(others) {
        let mut cases: Vec<&mut Child> = children.iter_mut().filter(|c| c.team == team).collect();
        random.shuffle(&mut cases);
        cases.sort_by_key(|child| !child.is_open());
        let open = cases.iter().filter(|child| child.is_open()).count();
        let load = usize::try_from(random.between(16, 18)).unwrap_or(17);
        // The front door holds no open cases; its workers still stand on the referrals.
        let needed = if open == 0 {
            6
        } else {
            ((open + load / 2) / load).max(1)
        };
        let workers: Vec<String> = names.by_ref().take(needed).collect();
        for (case, worker) in cases.into_iter().zip(workers.iter().cycle()) {
            case.worker.clone_from(worker);
        }
    }
}

fn team(child: &Child, random: &mut Random) -> &'static str {
    let in_care = child.care.is_some_and(|care| care.end.is_none());
    let supported = in_care
        || child.protection.is_some()
        || child.need.is_some_and(|need| need.status == Status::Plan);
    if child.leaver {
        random.pick(LEAVING)
    } else if child
        .adoption
        .is_some_and(|adoption| adoption == Adoption::Planned)
    {
        PERMANENCE
    } else if supported && child.need_code.starts_with("N2") {
        DISABILITY
    } else if in_care {
        random.pick(IN_CARE)
    } else if supported && (child.exploited || child.offending) {
        ADOLESCENT
    } else if supported {
        random.pick(SAFEGUARDING)
    } else if child.need.is_some() || child.assessment.is_some() {
        random.pick(ASSESSMENT)
    } else if child.care.is_some() {
        random.pick(IN_CARE)
    } else {
        FRONT_DOOR
    }
}

fn names(random: &mut Random) -> Vec<String> {
    let mut names: Vec<String> = FIRST
        .iter()
        .flat_map(|first| SECOND.iter().map(move |second| format!("{first}{second}")))
        .map(|surname| format!("{surname} {}", random.pick(INITIALS)))
        .collect();
    random.shuffle(&mut names);
    names
}
