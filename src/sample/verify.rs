//! Checking a certificate against a list: everything is done again, and what does not fit is named.

mod drawn;
mod lists;

use serde::{Deserialize, Serialize};

use self::drawn::check_draw;
pub use self::lists::{GivenFile, Lists, Unread, read_lists};
use super::List;
use super::certificate::Certificate;
use super::seed::SeedOrigin;
use crate::frame::plan::{Framing, Given};
use crate::table::{Source, Table};

/// At most this many sentences about single cases of one kind; the rest are counted.
const NAMED: usize = 10;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// Whether the certificate's draw is exactly what the list, the seed and the method give.
    pub matches: bool,
    /// What was checked, in order. What does not fit can keep all after it from being checked.
    pub checked: Vec<Checked>,
    /// What does not fit, each in one sentence.
    pub mismatches: Vec<String>,
    /// What a reader should know though it does not speak against the draw.
    pub notes: Vec<String>,
}

/// One thing that was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// What, as a heading.
    pub what: String,
    /// Whether all of it fits.
    pub matches: bool,
}

/// Checks a certificate against a list whose frame was made with the certificate's unit columns.
#[must_use]
pub fn verify(certificate: &Certificate, list: &List) -> Verification {
    let mut found = Found::default();
    if certificate.account.is_some() || list.account.is_some() {
        found.begin("How the lists were linked and filtered");
        check_account(certificate, list, &mut found);
    } else {
        check_list(certificate, list, &mut found);
    }
    found.begin("Every row of the list");
    check_rows(certificate, list, &mut found);
    found.begin("The cases, by their number and fingerprint");
    check_frame(certificate, list, &mut found);
    found.begin("Which draw of the list it is");
    if let Err(refusal) = certificate.draw.check() {
        found.mismatch(refusal.reason());
    }
    check_draw(certificate, list, &mut found);
    note_circumstances(certificate, &mut found);
    found.close()
}

/// Checks a certificate against a table as it was read: makes its frame from the certificate's unit
/// columns first.
#[must_use]
pub fn verify_table(certificate: &Certificate, source: &Source, table: &Table) -> Verification {
    verify_lists(certificate, &[Some(Given { source, table })])
}

/// Checks a certificate against the lists of its plan, in the plan's order, nothing in the place of
/// one that is not at hand: the frame is made again first.
#[must_use]
pub fn verify_lists(certificate: &Certificate, lists: &[Option<Given>]) -> Verification {
    let framing = match make_again(certificate, lists) {
        Ok(framing) => framing,
        Err(mismatches) => {
            let mut found = Found::default();
            found.begin("The lists, from which the cases are made again");
            found.mismatches = mismatches;
            return found.close();
        }
    };
    verify(certificate, &List::of(&framing))
}

/// Makes a certificate's frame again from the lists of its plan.
///
/// # Errors
/// What does not fit, each in a sentence.
pub fn make_again(
    certificate: &Certificate,
    lists: &[Option<Given>],
) -> Result<Framing, Vec<String>> {
    let plan = certificate.plan();
    let names = certificate
        .account
        .iter()
        .flat_map(|account| &account.lists);
    let names = names.map(|list| format!("“{}” (file “{}”)", list.list, list.file));
    let mut names = names.chain(std::iter::repeat("that was drawn from".to_owned()));
    let mut missing = Vec::new();
    for at in 0..plan.lists.len() {
        let name = names.next().unwrap_or_default();
        if lists.get(at).copied().flatten().is_none() {
            missing.push(format!("The list {name} is not given."));
        }
    }
    let given: Vec<Given> = lists.iter().copied().flatten().collect();
    if let ([list], None) = (given.as_slice(), &certificate.account) {
        missing.extend(without_columns(certificate, list.table));
    }
    if !missing.is_empty() {
        return Err(missing);
    }
    plan.run(&given)
        .map_err(|refusal| vec![format!("The frame cannot be made again. {refusal}")])
}

/// The columns of the unit that a list does not have.
fn without_columns(certificate: &Certificate, table: &Table) -> Vec<String> {
    let columns = certificate.unit.columns.iter();
    let missing = columns.filter(|name| table.column_named(name).is_none());
    missing
        .map(|name| {
            format!("The list has no column “{name}”, from which the certificate takes its ids.")
        })
        .collect()
}

#[derive(Default)]
struct Found {
    /// What was checked, with the number of mismatches before it.
    checked: Vec<(String, usize)>,
    mismatches: Vec<String>,
    notes: Vec<String>,
}

impl Found {
    /// From here on this is checked.
    fn begin(&mut self, what: impl Into<String>) {
        self.checked.push((what.into(), self.mismatches.len()));
    }

    fn close(self) -> Verification {
        let before = |(_, before): &(String, usize)| *before;
        let ends = self.checked.iter().skip(1).map(before);
        let ends: Vec<usize> = ends.chain([self.mismatches.len()]).collect();
        let checked = self.checked.into_iter().zip(ends);
        let checked = checked.map(|((what, before), end)| Checked {
            what,
            matches: before == end,
        });
        Verification {
            matches: self.mismatches.is_empty(),
            checked: checked.collect(),
            mismatches: self.mismatches,
            notes: self.notes,
        }
    }

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

/// How the frame was made, and what each list brought to it.
fn check_account(certificate: &Certificate, list: &List, found: &mut Found) {
    let (Some(claimed), Some(again)) = (&certificate.account, list.account) else {
        found.mismatch(
            "The certificate gives an account of how its frame was made that does not go with this \
             list: make the frame again by the certificate's plan.",
        );
        return;
    };
    if claimed.plan != again.plan {
        found.mismatch("This frame was made by another plan than the certificate's.");
    }
    found.mismatches.extend(claimed.mismatches(again));
    found.notes.extend(claimed.notes(again));
    let files = claimed
        .lists
        .iter()
        .all(|one| again.lists.iter().any(|now| now.sha256 == one.sha256));
    if files && certificate.list.sha256 != list.source.sha256 {
        found.mismatch("The certificate's SHA-256 of its list is not that of the lists it names.");
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
