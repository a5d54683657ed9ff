//! The certificate of a draw: all that somebody needs to check it without trusting us.
//!
//! Format `sightline-certificate/1`, JSON. Its types hold what a file claims, as plain data;
//! [`super::verify`] finds out whether the claims are true. Rules for later versions: a field may be
//! added, and an older program reads past it and says so; a change that gives a field another
//! meaning is a new format number, which an older program refuses.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::List;
use super::columns::Cases;
use super::draw::{Passed, Pick, Stratum};
use super::further::Further;
use super::method::Method;
use super::recipe;
use super::refusal::Refusal;
use super::seed::{Seed, SeedOrigin};
use super::ticket::SeedHash;
use super::two_stage::Team;
use crate::frame::Exclusion;
use crate::frame::account::Account;
use crate::frame::plan::Plan;
use crate::table::Problem;

/// The format's name without its number.
const NAME: &str = "sightline-certificate";
/// The format's number.
const NUMBER: u32 = 1;
/// At most this many faulty rows are named; the count is of all.
const PLACES: usize = 200;

/// A draw and everything that it stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// `sightline-certificate/1`.
    pub format: String,
    /// Which draw of this frame it is.
    pub draw: DrawNumber,
    /// The file that was read.
    pub list: ListFacts,
    /// How the frame was made, where several lists were linked, or a filter or a unit was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Account>,
    /// Rows that were left out before the draw, by reason.
    pub excluded: Vec<Exclusion>,
    /// Rows that could not be used.
    pub faulty: Faulty,
    /// What one case is.
    pub unit: Unit,
    /// The cases that could be drawn.
    pub frame: FrameFacts,
    /// The parts of the frame that were drawn from apart; none in a simple draw.
    pub strata: Vec<Stratum>,
    /// The teams of a draw in two stages, in the order of their tickets; the first are drawn, and are
    /// the strata.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<Team>,
    /// The seed.
    pub seed: SeedFacts,
    /// How the sample was drawn.
    pub method: Method,
    /// The cases that were drawn, in order.
    pub sample: Vec<DrawnCase>,
    /// The next cases at the first draw, to replace one that cannot be audited; their order goes on
    /// from the sample.
    pub reserve: Vec<DrawnCase>,
    /// Cases whose turn it was and which a cap kept out of the sample, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed_over: Vec<PassedOver>,
    /// Rounds of drawing after the first, in order: more cases, and replacements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<Further>,
    /// How to redo the draw with public tools: lines for a shell, beside a file `ids.txt`.
    pub recipe: Vec<String>,
    /// Fields in the file that this version does not know; not part of the file.
    #[serde(skip)]
    pub unknown: Vec<String>,
}

/// Which draw of a frame this is. Drawing again until the sample pleases would show here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawNumber {
    /// 1 for the first.
    pub number: u32,
    /// Why it was drawn again, from the second draw on.
    pub reason: Option<String>,
}

impl DrawNumber {
    /// The first draw, which needs no reason.
    #[must_use]
    pub fn first() -> Self {
        Self {
            number: 1,
            reason: None,
        }
    }

    /// Refuses a draw 0, and a later draw without a reason.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        let reason = self.reason.as_deref().unwrap_or_default().trim();
        match self.number {
            0 => Err(Refusal::new("Draws are counted from 1.")),
            2.. if reason.is_empty() => Err(Refusal::new(format!(
                "Draw {} of the same frame needs a reason, which the certificate shows.",
                self.number
            ))),
            _ => Ok(()),
        }
    }
}

/// The file that the cases came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListFacts {
    /// The file's name.
    pub name: String,
    /// The sheet, where the file has sheets.
    pub sheet: Option<String>,
    /// SHA-256 of the file's bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Rows read below the header: the frame, the excluded and the faulty rows together.
    pub rows: usize,
}

/// Rows that could not be used, for instance because they have no id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faulty {
    /// How many.
    pub count: usize,
    /// Where the first of them stand, and what is wrong.
    pub places: Vec<Problem>,
}

/// What one case is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// The columns that make a case's id, joined by `|` where there are several.
    pub columns: Vec<String>,
}

/// The frame in two figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameFacts {
    /// Cases that could be drawn.
    pub size: usize,
    /// SHA-256 of the ids in byte order, each followed by a line feed.
    pub fingerprint: String,
}

/// The seed as it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeedFacts {
    /// The text that was hashed, exactly.
    pub text: String,
    /// Where it came from.
    pub origin: SeedOrigin,
}

/// A case that was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawnCase {
    /// Its place, from 1.
    pub order: usize,
    /// Its id, exactly as in the frame.
    pub id: String,
    /// Its ticket in full.
    pub ticket: String,
    /// Its stratum, where there are strata.
    pub stratum: Option<String>,
}

/// A case whose turn it was, and which a cap kept out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedOver {
    /// Its id.
    pub id: String,
    /// Its ticket in full.
    pub ticket: String,
    /// Which cap, and why.
    pub reason: String,
}

impl Certificate {
    /// Draws from a list and certifies the draw.
    ///
    /// # Errors
    /// A draw that cannot be made, with the reason.
    pub fn draw(
        list: &List,
        method: &Method,
        seed: &Seed,
        number: DrawNumber,
    ) -> Result<Self, Refusal> {
        number.check()?;
        method.check_version()?;
        let cases = method.cases(list)?;
        let drawn = method.draw(&cases, method.counts(), &SeedHash::new(seed))?;
        let mut certificate = Self {
            format: format!("{NAME}/{NUMBER}"),
            draw: number,
            list: ListFacts {
                name: list.source.name.clone(),
                sheet: list.source.sheet.clone(),
                sha256: list.source.sha256.clone(),
                rows: list.frame.read(),
            },
            account: list.account.cloned(),
            excluded: list.frame.excluded().to_vec(),
            faulty: Faulty::of(list.frame.faulty()),
            unit: Unit {
                columns: list.frame.unit_columns().to_vec(),
            },
            frame: FrameFacts {
                size: list.frame.size(),
                fingerprint: list.frame.fingerprint(),
            },
            seed: SeedFacts {
                text: seed.text().to_owned(),
                origin: seed.origin(),
            },
            method: method.clone(),
            sample: listed(&drawn.sample, 1, &cases, &drawn.strata),
            reserve: listed(
                &drawn.reserve,
                1 + drawn.sample.len(),
                &cases,
                &drawn.strata,
            ),
            passed_over: passed_over(&drawn.passed, &cases),
            strata: drawn.strata,
            teams: drawn.teams,
            further: Vec::new(),
            recipe: Vec::new(),
            unknown: Vec::new(),
        };
        certificate.write_recipe();
        Ok(certificate)
    }

    /// How its frame is made again.
    #[must_use]
    pub fn plan(&self) -> Plan {
        match &self.account {
            Some(account) => account.plan.clone(),
            None => Plan::of_columns(&self.unit.columns),
        }
    }

    /// The ids of all cases that it had audited: the sample, those that had to be included, and those
    /// of further rounds of drawing.
    pub fn audited(&self) -> impl Iterator<Item = &str> {
        let included = self.method.must_include.iter().map(|case| case.id.as_str());
        let further = self.further.iter().flat_map(|further| &further.cases);
        let drawn = self.sample.iter().chain(further);
        drawn.map(|case| case.id.as_str()).chain(included)
    }

    /// Writes the recipe that goes with the rest of the certificate.
    pub(super) fn write_recipe(&mut self) {
        self.recipe = recipe::lines(self);
    }

    /// Reads a certificate from its JSON text.
    ///
    /// # Errors
    /// A text that is no certificate, or one of a later format or method.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let value: Value =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
                Refusal::new(format!(
                    "This is not a certificate: it is not JSON ({error})."
                ))
            })?;
        check_format(&value)?;
        let mut certificate: Self = serde_json::from_value(value.clone()).map_err(|error| {
            Refusal::new(format!(
                "The certificate is damaged, or was made by a newer program: {error}."
            ))
        })?;
        certificate.method.check_version()?;
        if let Ok(known) = serde_json::to_value(&certificate) {
            unknown_fields(&value, &known, "", &mut certificate.unknown);
        }
        Ok(certificate)
    }

    /// Reads a certificate from a file's bytes: UTF-8, or the UTF-16 that a shell of Windows writes.
    ///
    /// # Errors
    /// As for [`Certificate::read`], and bytes that are no text.
    pub fn read_bytes(bytes: &[u8]) -> Result<Self, Refusal> {
        let wide = |pair: fn([u8; 2]) -> u16| {
            let (pairs, odd) = bytes.as_chunks::<2>();
            let units: Vec<u16> = pairs.iter().copied().map(pair).collect();
            String::from_utf16(&units).ok().filter(|_| odd.is_empty())
        };
        let text = match bytes {
            [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
            [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
            _ => String::from_utf8(bytes.to_vec()).ok(),
        };
        let refusal = || Refusal::new("This is not a certificate: it is not text.");
        Self::read(&text.ok_or_else(refusal)?)
    }

    /// The certificate as indented JSON, as it is saved.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings and whole numbers alone always serialise.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl Faulty {
    fn of(problems: &[Problem]) -> Self {
        Self {
            count: problems.len(),
            places: problems.iter().take(PLACES).cloned().collect(),
        }
    }
}

/// Picks as the certificate lists them, counted from `first`.
pub(super) fn listed(
    picks: &[Pick],
    first: usize,
    cases: &Cases,
    strata: &[Stratum],
) -> Vec<DrawnCase> {
    picks
        .iter()
        .zip(first..)
        .map(|(pick, order)| DrawnCase {
            order,
            id: cases
                .ids()
                .get(pick.case)
                .copied()
                .unwrap_or_default()
                .to_owned(),
            ticket: pick.ticket.to_string(),
            stratum: pick
                .stratum
                .and_then(|at| strata.get(at))
                .map(|stratum| stratum.name.clone()),
        })
        .collect()
}

/// Cases that a cap kept out, as the certificate lists them.
fn passed_over(passed: &[Passed], cases: &Cases) -> Vec<PassedOver> {
    passed
        .iter()
        .map(|Passed { pick, reason }| PassedOver {
            id: cases
                .ids()
                .get(pick.case)
                .copied()
                .unwrap_or_default()
                .to_owned(),
            ticket: pick.ticket.to_string(),
            reason: reason.clone(),
        })
        .collect()
}

/// Refuses what is no certificate, and kindly what is a later one.
fn check_format(value: &Value) -> Result<(), Refusal> {
    let format = value
        .get("format")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let number = format
        .strip_prefix(NAME)
        .and_then(|rest| rest.strip_prefix('/'));
    match number.map(str::parse::<u32>) {
        Some(Ok(NUMBER)) => Ok(()),
        Some(Ok(newer)) if newer > NUMBER => Err(Refusal::new(format!(
            "This certificate has format {newer}, and this program reads format {NUMBER}. It was made \
             by a newer Sightline: check it with that one or a later one."
        ))),
        _ => Err(Refusal::new(format!(
            "This is not a certificate: its field “format” is not “{NAME}/{NUMBER}”."
        ))),
    }
}

/// Names the fields of `value` that reading it left out.
fn unknown_fields(value: &Value, known: &Value, path: &str, found: &mut Vec<String>) {
    if let (Value::Object(fields), Value::Object(kept)) = (value, known) {
        for (name, field) in fields {
            let path = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}.{name}")
            };
            match kept.get(name) {
                Some(kept) => unknown_fields(field, kept, &path, found),
                // An optional field that says nothing is left out when written.
                None if field.is_null() => {}
                None => found.push(path),
            }
        }
    }
    if let (Value::Array(items), Value::Array(kept)) = (value, known) {
        for (item, kept) in items.iter().zip(kept) {
            unknown_fields(item, kept, path, found);
        }
    }
    found.dedup();
}
