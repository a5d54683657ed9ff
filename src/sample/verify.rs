//! Checking a certificate against a list: everything is done again, and what does not fit is named.

use std::collections::BTreeSet;

use serde::Serialize;

use super::List;
use super::certificate::{Certificate, DrawNumber, DrawnCase};
use super::recipe;
use super::refusal::Refusal;
use super::seed::{Seed, SeedOrigin};
use super::ticket::SeedHash;
use crate::frame::{Frame, UnitId};
use crate::table::{Source, Table};

/// At most this many sentences about single cases of one kind; the rest are counted.
const NAMED: usize = 10;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Whether the certificate's draw is exactly what the list, the seed and the method give.
    pub matches: bool,
    /// What does not fit, each in one sentence.
    pub mismatches: Vec<String>,
    /// What a reader should know though it does not speak against the draw.
    pub notes: Vec<String>,
}

/// Checks a certificate against a list whose frame was made with the certificate's unit columns.
#[must_use]
pub fn verify(certificate: &Certificate, list: &List) -> Verification {
    let mut found = Found::default();
    check_list(certificate, list, &mut found);
    check_rows(certificate, list, &mut found);
    check_frame(certificate, list, &mut found);
    if let Err(refusal) = certificate.draw.check() {
        found.mismatch(refusal.reason());
    }
    check_draw(certificate, list, &mut found);
    note_circumstances(certificate, &mut found);
    Verification {
        matches: found.mismatches.is_empty(),
        mismatches: found.mismatches,
        notes: found.notes,
    }
}

/// Checks a certificate against a table as it was read: makes its frame from the certificate's unit
/// columns first.
#[must_use]
pub fn verify_table(certificate: &Certificate, source: &Source, table: &Table) -> Verification {
    let columns = &certificate.unit.columns;
    let places: Vec<Option<usize>> = columns
        .iter()
        .map(|name| table.column_named(name))
        .collect();
    let missing = columns
        .iter()
        .zip(&places)
        .filter(|(_, place)| place.is_none());
    let mismatches: Vec<String> = missing
        .map(|(name, _)| {
            format!("The list has no column “{name}”, from which the certificate takes its ids.")
        })
        .collect();
    if !mismatches.is_empty() {
        return Verification {
            matches: false,
            mismatches,
            notes: Vec::new(),
        };
    }
    let unit: Vec<usize> = places.into_iter().flatten().collect();
    let frame = &Frame::new(table, &unit);
    verify(
        certificate,
        &List {
            source,
            table,
            frame,
        },
    )
}

#[derive(Default)]
struct Found {
    mismatches: Vec<String>,
    notes: Vec<String>,
}

impl Found {
    fn mismatch(&mut self, sentence: impl Into<String>) {
        self.mismatches.push(sentence.into());
    }

    fn note(&mut self, sentence: impl Into<String>) {
        self.notes.push(sentence.into());
    }

    /// Names the first few of many, and counts the rest.
    fn several(&mut self, sentences: Vec<String>, rest: &str) {
        let more = sentences.len().saturating_sub(NAMED);
        self.mismatches.extend(sentences.into_iter().take(NAMED));
        if more > 0 {
            self.mismatch(format!("{more} more {rest}."));
        }
    }

    /// Names two figures that should be the same.
    fn same(&mut self, what: &str, claimed: usize, true_one: usize) {
        if claimed != true_one {
            self.mismatch(format!(
                "{what}: the certificate says {claimed}, the list gives {true_one}."
            ));
        }
    }
}

/// The file: another file with the same frame is no mismatch.
fn check_list(certificate: &Certificate, list: &List, found: &mut Found) {
    let claimed = &certificate.list;
    let same_bytes = claimed.sha256 == list.source.sha256;
    if !same_bytes && certificate.frame.fingerprint == list.frame.fingerprint() {
        found.note(
            "The list's file is not byte for byte the one that was drawn from, but it holds the same \
             cases.",
        );
    } else if !same_bytes {
        found.note("The list's file is not byte for byte the one that was drawn from.");
    }
    if claimed.name != list.source.name {
        found.note(format!(
            "The list was called “{}” when it was drawn from, and is called “{}” now.",
            claimed.name, list.source.name
        ));
    }
    if claimed.sheet != list.source.sheet {
        let sheet = |name: &Option<String>| {
            name.as_ref()
                .map_or("no sheet".to_owned(), |name| format!("sheet “{name}”"))
        };
        found.note(format!(
            "The draw was made from {}, and this is {}.",
            sheet(&claimed.sheet),
            sheet(&list.source.sheet)
        ));
    }
}

/// Every row is accounted for: read = frame + excluded + faulty, here and there.
fn check_rows(certificate: &Certificate, list: &List, found: &mut Found) {
    let (claimed, frame) = (certificate, list.frame);
    found.same("Rows read", claimed.list.rows, frame.read());
    found.same("Faulty rows", claimed.faulty.count, frame.faulty().len());
    for exclusion in &claimed.excluded {
        let now = frame
            .excluded()
            .iter()
            .find(|now| now.reason == exclusion.reason);
        let what = format!("Rows excluded because “{}”", exclusion.reason);
        found.same(&what, exclusion.count, now.map_or(0, |now| now.count));
    }
    for now in frame.excluded() {
        if now.count > 0
            && !claimed
                .excluded
                .iter()
                .any(|then| then.reason == now.reason)
        {
            found.same(
                &format!("Rows excluded because “{}”", now.reason),
                0,
                now.count,
            );
        }
    }
    let excluded = claimed
        .excluded
        .iter()
        .fold(0_usize, |sum, one| sum.saturating_add(one.count));
    let parts = [claimed.frame.size, excluded, claimed.faulty.count];
    let sum = parts
        .iter()
        .fold(0_usize, |sum, part| sum.saturating_add(*part));
    if sum != claimed.list.rows {
        found.mismatch(format!(
            "The certificate's rows do not add up: {} in the frame, {excluded} excluded and {} faulty \
             are {sum}, not {}.",
            claimed.frame.size, claimed.faulty.count, claimed.list.rows
        ));
    }
}

/// The cases that could be drawn.
fn check_frame(certificate: &Certificate, list: &List, found: &mut Found) {
    let (claimed, frame) = (&certificate.frame, list.frame);
    if certificate.unit.columns != frame.unit_columns() {
        found.mismatch(format!(
            "A case is made of {} in the certificate, and of {} here.",
            quoted(&certificate.unit.columns),
            quoted(frame.unit_columns())
        ));
    }
    found.same("Cases in the frame", claimed.size, frame.ids().len());
    if claimed.fingerprint != frame.fingerprint() {
        found.mismatch(format!(
            "The frame's fingerprint is not the certificate's: the ids of this list are not those that \
             were drawn from (certificate {}, list {}).",
            claimed.fingerprint,
            frame.fingerprint()
        ));
    }
}

/// The draw itself, done again.
fn check_draw(certificate: &Certificate, list: &List, found: &mut Found) {
    let seed = match exact_seed(certificate) {
        Ok(seed) => seed,
        Err(refusal) => return found.mismatch(format!("The seed is not valid. {refusal}")),
    };
    let Certificate {
        unit,
        frame,
        method,
        strata,
        ..
    } = certificate;
    if certificate.recipe != recipe::lines(&unit.columns, &frame.fingerprint, &seed, method, strata)
    {
        found.note(
            "The recipe in the certificate is not the one that this program writes; the check did not \
             use it.",
        );
    }
    check_members(certificate, list, found);
    if !check_tickets(certificate, &seed, found) {
        return;
    }
    match Certificate::draw(list, &certificate.method, &seed, DrawNumber::first()) {
        Err(refusal) => found.mismatch(format!("The draw cannot be made again. {refusal}")),
        Ok(again) => {
            check_strata(certificate, &again, found);
            check_cases("sample", &certificate.sample, &again.sample, found);
            check_cases("reserve", &certificate.reserve, &again.reserve, found);
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

/// What a reader should know of a draw that holds.
fn note_circumstances(certificate: &Certificate, found: &mut Found) {
    if certificate.draw.number > 1 {
        found.note(format!(
            "This is draw {} of its frame. The reason given: {}",
            certificate.draw.number,
            certificate.draw.reason.as_deref().unwrap_or("none")
        ));
    }
    if certificate.seed.origin == SeedOrigin::Machine {
        found.note("The seed was made by the machine, so nobody saw where it came from.");
    }
    for field in &certificate.unknown {
        found.note(format!(
            "The certificate has a field that this version does not know and did not check: {field}."
        ));
    }
}

fn every_case(certificate: &Certificate) -> impl Iterator<Item = &DrawnCase> {
    certificate.sample.iter().chain(&certificate.reserve)
}

fn name(case: &DrawnCase) -> String {
    format!("“{}”", case.id)
}

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    names.join(" and ")
}
