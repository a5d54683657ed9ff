//! The draw of a certificate done again: members, tickets, strata, sample and reserve.

use std::collections::BTreeSet;

use super::super::List;
use super::super::certificate::{Certificate, DrawNumber, DrawnCase};
use super::super::further::Queue;
use super::super::recipe;
use super::super::refusal::Refusal;
use super::super::seed::Seed;
use super::super::ticket::SeedHash;
use super::Found;
use crate::frame::UnitId;

/// The draw itself, done again.
pub(super) fn check_draw(certificate: &Certificate, list: &List, found: &mut Found) {
    found.begin("The seed");
    let seed = match exact_seed(certificate) {
        Ok(seed) => seed,
        Err(refusal) => return found.mismatch(format!("The seed is not valid. {refusal}")),
    };
    if certificate.recipe != recipe::lines(certificate) {
        found.note(
            "The recipe in the certificate is not the one that this program writes; the check did not \
             use it.",
        );
    }
    found.begin("Each drawn case stands in the list");
    check_members(certificate, list, found);
    found.begin("The ticket of each drawn case, made again from the seed");
    if !check_tickets(certificate, &seed, found) {
        return;
    }
    found.begin("The draw, made again");
    match Certificate::draw(list, &certificate.method, &seed, DrawNumber::first()) {
        Err(refusal) => found.mismatch(format!("The draw cannot be made again. {refusal}")),
        Ok(again) => {
            check_parts(certificate, &again, found);
            found.begin("The sample: each case and its place");
            if certificate.passed_over != again.passed_over {
                found.mismatch(format!(
                    "The cases that a cap kept out are not those that the draw passes over: the \
                     certificate names {}, the draw gives {}.",
                    certificate.passed_over.len(),
                    again.passed_over.len()
                ));
            }
            check_cases("sample", &certificate.sample, &again.sample, found);
            found.begin("The reserve: each case and its place");
            check_cases("reserve", &certificate.reserve, &again.reserve, found);
            check_further(certificate, list, &seed, found);
        }
    }
}

/// The further rounds of drawing, each done again after those before it.
fn check_further(certificate: &Certificate, list: &List, seed: &Seed, found: &mut Found) {
    let Certificate {
        method, further, ..
    } = certificate;
    if further.is_empty() {
        return;
    }
    let cases = method.cases(list);
    let steps = further.iter().map(|further| &further.step);
    let queue = cases
        .as_ref()
        .map_err(Clone::clone)
        .and_then(|cases| Queue::new(method, cases, &SeedHash::new(seed), steps));
    let mut queue = match queue {
        Ok(queue) => queue,
        Err(refusal) => {
            return found.mismatch(format!("The draw cannot be gone on with. {refusal}"));
        }
    };
    for (further, number) in further.iter().zip(2..) {
        found.begin(format!("Round of drawing {number}, made again"));
        match queue.take(&further.step, &further.reason) {
            Ok(again) => {
                check_cases(
                    &format!("round of drawing {number}"),
                    &further.cases,
                    &again,
                    found,
                );
            }
            Err(refusal) => {
                return found.mismatch(format!(
                    "Round of drawing {number} cannot be made again. {refusal}"
                ));
            }
        }
    }
}

/// The seed exactly as the certificate has it, with nothing trimmed away.
fn exact_seed(certificate: &Certificate) -> Result<Seed, Refusal> {
    let claimed = &certificate.seed;
    let seed = Seed::new(&claimed.text, claimed.origin)?;
    if seed.text() == claimed.text {
        return Ok(seed);
    }
    Err(Refusal::new("There is white space around its text."))
}

/// Each drawn id stands in the list.
fn check_members(certificate: &Certificate, list: &List, found: &mut Found) {
    let ids: BTreeSet<&str> = list.frame.ids().iter().map(UnitId::as_str).collect();
    let strangers = every_case(certificate)
        .filter(|case| !ids.contains(case.id.as_str()))
        .map(|case| {
            format!(
                "Case {} of the draw, {}, is not in this list.",
                case.order,
                name(case)
            )
        })
        .collect();
    found.several(strangers, "drawn cases are not in this list");
}

/// Each ticket is the one that the seed gives to its id. Says whether the seed may be the right one.
fn check_tickets(certificate: &Certificate, seed: &Seed, found: &mut Found) -> bool {
    let hash = SeedHash::new(seed);
    let wrong: Vec<String> = every_case(certificate)
        .filter_map(|case| {
            let ticket = hash.ticket(&case.id).to_string();
            (ticket != case.ticket).then(|| {
                format!(
                    "The ticket of case {}, {}, is {ticket} by the seed, and the certificate says {}.",
                    case.order,
                    name(case),
                    case.ticket
                )
            })
        })
        .collect();
    if wrong.len() > 1 && wrong.len() == every_case(certificate).count() {
        found.mismatch(format!(
            "The seed “{}” gives none of the certificate's {} tickets: the seed is not the one that \
             was drawn with.",
            seed.text(),
            wrong.len()
        ));
        return false;
    }
    found.several(wrong, "tickets are not those that the seed gives");
    true
}

/// The parts that were drawn from apart, where there are any.
fn check_parts(certificate: &Certificate, again: &Certificate, found: &mut Found) {
    if !certificate.teams.is_empty() || !again.teams.is_empty() {
        found.begin("The teams: which were drawn");
        check_teams(certificate, again, found);
    }
    if !certificate.strata.is_empty() || !again.strata.is_empty() {
        found.begin("The groups: how many cases each has and gave");
        check_strata(certificate, again, found);
    }
}

/// The first of two stages: each team with its place, ticket and cases.
fn check_teams(certificate: &Certificate, again: &Certificate, found: &mut Found) {
    found.same("Teams", certificate.teams.len(), again.teams.len());
    let pairs = certificate.teams.iter().zip(&again.teams);
    let wrong = pairs
        .filter(|(claimed, right)| claimed != right)
        .map(|(claimed, right)| {
            format!(
                "Place {} of the teams belongs to “{}” with {} cases and the ticket {}, and the certificate \
                 gives “{}”, {} cases and {} as number {}.",
                right.order,
                right.name,
                right.population,
                right.ticket,
                claimed.name,
                claimed.population,
                claimed.ticket,
                claimed.order
            )
        })
        .collect();
    found.several(wrong, "places of the teams are wrong");
}

/// The strata's names and figures.
fn check_strata(certificate: &Certificate, again: &Certificate, found: &mut Found) {
    for claimed in &certificate.strata {
        match again.strata.iter().find(|now| now.name == claimed.name) {
            None => found.mismatch(format!("The list has no stratum “{}”.", claimed.name)),
            Some(now) => {
                let stratum = &now.name;
                found.same(
                    &format!("Cases in stratum “{stratum}”"),
                    claimed.population,
                    now.population,
                );
                found.same(
                    &format!("Sample in stratum “{stratum}”"),
                    claimed.size,
                    now.size,
                );
            }
        }
    }
    for now in &again.strata {
        if !certificate
            .strata
            .iter()
            .any(|claimed| claimed.name == now.name)
        {
            found.mismatch(format!(
                "The certificate leaves out the stratum “{}”.",
                now.name
            ));
        }
    }
}

/// One of the two lists of cases: who is in it, then in which order.
fn check_cases(part: &str, claimed: &[DrawnCase], again: &[DrawnCase], found: &mut Found) {
    found.same(&format!("Cases in the {part}"), claimed.len(), again.len());
    let mut wrong = Vec::new();
    for case in without(claimed, again) {
        wrong.push(format!(
            "{} is in the {part}, and the draw does not put it there.",
            name(case)
        ));
    }
    for case in without(again, claimed) {
        wrong.push(format!(
            "{} belongs in the {part} by the draw, and is missing.",
            name(case)
        ));
    }
    if wrong.is_empty() {
        for (case, right) in claimed
            .iter()
            .zip(again)
            .filter(|(case, right)| case.id != right.id)
        {
            wrong.push(format!(
                "Place {} of the {part} belongs to {}, and the certificate gives it to {}.",
                right.order,
                name(right),
                name(case)
            ));
        }
    }
    for (case, right) in claimed
        .iter()
        .zip(again)
        .filter(|(case, right)| case.order != right.order)
    {
        wrong.push(format!(
            "The {part} numbers {} as {} where the count comes to {}.",
            name(case),
            case.order,
            right.order
        ));
    }
    for (case, right) in claimed
        .iter()
        .zip(again)
        .filter(|(case, right)| case.id == right.id)
    {
        if case.stratum != right.stratum {
            wrong.push(format!(
                "{} is in stratum “{}” by the list, and the certificate says “{}”.",
                name(case),
                right.stratum.as_deref().unwrap_or_default(),
                case.stratum.as_deref().unwrap_or_default()
            ));
        }
    }
    found.several(wrong, &format!("places of the {part} are wrong"));
}

/// The cases whose ids do not stand in the other list.
fn without<'a>(
    cases: &'a [DrawnCase],
    other: &'a [DrawnCase],
) -> impl Iterator<Item = &'a DrawnCase> {
    let ids: BTreeSet<&str> = other.iter().map(|case| case.id.as_str()).collect();
    cases
        .iter()
        .filter(move |case| !ids.contains(case.id.as_str()))
}

fn every_case(certificate: &Certificate) -> impl Iterator<Item = &DrawnCase> {
    certificate.drawn().chain(&certificate.reserve)
}

fn name(case: &DrawnCase) -> String {
    format!("“{}”", case.id)
}
