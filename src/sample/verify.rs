//! Checking a certificate against a list: everything is done again, and what does not fit is named.

mod drawn;

use serde::Serialize;

use self::drawn::check_draw;
use super::List;
use super::certificate::Certificate;
use super::seed::SeedOrigin;
use crate::frame::Frame;
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

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    names.join(" and ")
}
