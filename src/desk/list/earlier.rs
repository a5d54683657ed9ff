//! On the desk, the file of an earlier round: which cases were audited before, and when. It may be a
//! certificate, findings that name their cases, or any list with a column of ids. The round itself is
//! known here and opened elsewhere, since that takes its passphrase.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::{Desk, no_list};
use super::{File, Reply, problems};
use crate::export::guard::unguard;
use crate::frame::columns::guess_id_column;
use crate::frame::earlier::{Audited, Earlier};
use crate::frame::plan::Given;
use crate::frame::{UnitId, mapping};
use crate::sample::certificate::Certificate;
use crate::table::column::{self, Kind, Profile};
use crate::table::date::Date;
use crate::table::{self, ReadOptions, Reading, Refusal};

/// The column of ids in a file of findings.
const ID: &str = "Case id";
/// Its column of days.
const ON: &str = "Signed on";
/// The largest file that is read as JSON: above any certificate of ours.
const LARGEST: usize = 64 << 20;
/// How many cases may have been audited before: above what any authority audits.
const MOST: usize = 20_000;

/// Which columns of the file say what, where a person chose them; otherwise they are guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierAsked {
    /// The file's name.
    pub name: String,
    /// The column of ids.
    pub id: Option<String>,
    /// The column with the day of the audit; the empty text for none.
    pub on: Option<String>,
}

/// What the page is told of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EarlierView {
    /// It is a round; it is opened with its passphrase.
    Round {
        /// SHA-256 of the file's bytes, in hex.
        sha256: String,
        /// Whether it takes a passphrase.
        sealed: bool,
    },
    /// It names cases.
    Cases(Box<Named>),
}

/// Cases that a file names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The cases.
    pub earlier: Earlier,
    /// The names of its columns, of which others may be chosen; none of a file in a form of ours.
    pub columns: Vec<String>,
    /// The column that was taken for the ids.
    pub id: Option<String>,
    /// The column that was taken for the day.
    pub on: Option<String>,
    /// Rows that could not be used.
    pub problems: Vec<problems::Group>,
}

impl Desk {
    /// Looks into a file of an earlier round: the one that came now, or the one that came last.
    pub(super) fn look_back(
        &mut self,
        asked: &EarlierAsked,
        attached: Option<Box<dyn table::File>>,
    ) -> Result<Reply, Refusal> {
        if let Some(contents) = attached {
            self.earlier = Some(File {
                name: asked.name.clone(),
                contents,
                sha256: None,
            });
        }
        let file = self.earlier.as_mut().ok_or_else(no_list)?;
        let sha256 = file.sha256()?;
        look(asked, &*file.contents, &sha256).map(Reply::Earlier)
    }
}

/// What a file of an earlier round tells, without a desk.
///
/// # Errors
/// A file that names no cases, or too many: why, and what to do.
pub fn look_back(asked: &EarlierAsked, bytes: &[u8]) -> Result<EarlierView, Refusal> {
    look(asked, bytes, &table::sha256(bytes)?)
}

fn look(
    asked: &EarlierAsked,
    contents: &(impl table::File + ?Sized),
    sha256: &str,
) -> Result<EarlierView, Refusal> {
    let view = view(asked, contents, sha256)?;
    if let EarlierView::Cases(named) = &view
        && named.earlier.cases.len() > MOST
    {
        return Err(Refusal(format!(
            "{} names more than {} cases. Choose a file that holds only those that were audited.",
            asked.name,
            table::count(u64::try_from(MOST).unwrap_or(u64::MAX))
        )));
    }
    Ok(view)
}

fn view(
    asked: &EarlierAsked,
    contents: &(impl table::File + ?Sized),
    sha256: &str,
) -> Result<EarlierView, Refusal> {
    let mut start = vec![0; contents.size().min(64)];
    contents.read_at(0, &mut start)?;
    let is_round = |sealed| EarlierView::Round {
        sha256: sha256.to_owned(),
        sealed,
    };
    if start.starts_with(b"age-encryption.org/") {
        return Ok(is_round(true));
    }
    if start.starts_with(&[0x1f, 0x8b]) || start.starts_with(br#"{"format":"sightline-round"#) {
        return Ok(is_round(false));
    }
    let named = if is_json(&start) {
        Named {
            earlier: of_json(&asked.name, contents, sha256)?,
            ..Named::default()
        }
    } else {
        of_table(asked, contents, sha256)?
    };
    Ok(EarlierView::Cases(Box::new(named)))
}

fn is_json(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    start.trim_ascii_start().starts_with(b"{")
}

fn of_json(
    name: &str,
    contents: &(impl table::File + ?Sized),
    sha256: &str,
) -> Result<Earlier, Refusal> {
    let none = || {
        Refusal(format!(
            "{name} is neither a certificate nor findings of Sightline. Choose one of these, the \
             file of the round itself, or a list with the ids of the cases."
        ))
    };
    if contents.size() > LARGEST {
        return Err(none());
    }
    let mut bytes = vec![0; contents.size()];
    contents.read_at(0, &mut bytes)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| none())?;
    let of = |cases, unaudited| Earlier {
        file: name.to_owned(),
        sha256: sha256.to_owned(),
        cases,
        unaudited,
    };
    if let Ok(certificate) = Certificate::read(text) {
        let ids = certificate.audited().filter_map(UnitId::new);
        return Ok(of(ids.map(|id| Audited { id, on: None }).collect(), 0));
    }
    let value: Value =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|_| none())?;
    let (cases, unaudited) = of_findings(&value).ok_or_else(none)?;
    if cases.is_empty() && unaudited == 0 {
        return Err(without_ids(name));
    }
    Ok(of(cases, unaudited))
}

/// The signed cases of findings, and how many are not signed; nothing of any other file.
fn of_findings(value: &Value) -> Option<(Vec<Audited>, usize)> {
    let format = value.get("format")?.as_str()?;
    if !format.starts_with("sightline-findings/") {
        return None;
    }
    let mut sheets = value.get("sheets")?.as_array()?.iter();
    let sample = sheets.find(|sheet| sheet.get("name").is_some_and(|name| name == "Sample"))?;
    let (mut cases, mut unaudited) = (Vec::new(), 0);
    for row in sample.get("rows")?.as_array()? {
        let text = |key| row.get(key).and_then(Value::as_str);
        let Some(id) = text("case_id").and_then(UnitId::new) else {
            continue;
        };
        match text("signed_on").and_then(Date::parse) {
            Some(on) => cases.push(Audited { id, on: Some(on) }),
            None => unaudited += 1,
        }
    }
    Some((cases, unaudited))
}

fn of_table(
    asked: &EarlierAsked,
    contents: &(impl table::File + ?Sized),
    sha256: &str,
) -> Result<Named, Refusal> {
    let mut reading = read(asked, contents, None)?;
    // A workbook of findings: its last sheet names the cases.
    let header = |sheet: &table::Sheet| {
        let names: Vec<&str> = sheet.header.iter().map(String::as_str).collect();
        is_ours(&names)
    };
    if let Some(sheet) = reading.sheets.iter().rfind(|sheet| header(sheet).is_some()) {
        reading = read(asked, contents, Some(sheet.name.clone()))?;
    }
    sha256.clone_into(&mut reading.source.sha256);
    let table = &reading.table;
    let names: Vec<&str> = table.names().collect();
    let findings = match is_ours(&names) {
        Some(false) => return Err(without_ids(&asked.name)),
        ours => ours.is_some(),
    };
    let profiles = column::profiles(table);
    let name = |at: usize| table.name(at).to_owned();
    let id = asked.id.clone().or_else(|| {
        let own = findings.then(|| ID.to_owned());
        own.or_else(|| guess_id_column(&profiles).map(name))
    });
    let id = id.unwrap_or_else(|| name(0));
    let on = match &asked.on {
        Some(on) => Some(on.clone()).filter(|on| !on.is_empty()),
        None => guess_day(&profiles).map(name),
    };
    let (mut earlier, mut problems) = Earlier::of_list(Given::from(&reading), &id, on.as_deref())?;
    if findings {
        // Of findings a case without a day is one that is not signed, and our own guard comes off.
        earlier.unaudited = problems.len();
        problems.clear();
        for case in &mut earlier.cases {
            if let Some(id) = UnitId::new(unguard(case.id.as_str())) {
                case.id = id;
            }
        }
    }
    Ok(Named {
        earlier,
        columns: names.iter().map(|name| (*name).to_owned()).collect(),
        id: Some(id),
        on,
        problems: problems::grouped(&problems),
    })
}

fn read(
    asked: &EarlierAsked,
    contents: &(impl table::File + ?Sized),
    sheet: Option<String>,
) -> Result<Reading, Refusal> {
    let options = ReadOptions {
        sheet,
        ..ReadOptions::default()
    };
    table::read_unhashed(&asked.name, contents, &options, &mut |_| ())
}

/// Whether a header is that of findings, and if so, whether they name their cases.
fn is_ours(names: &[&str]) -> Option<bool> {
    let has = |wanted| names.iter().any(|name| mapping::same_name(name, wanted));
    (has("Case") && has(ON)).then(|| has(ID))
}

/// The column that most likely has the day of the audit.
fn guess_day(profiles: &[Profile]) -> Option<usize> {
    const WORDS: [&str; 4] = ["signed", "audit", "review", "moderat"];
    let says = |profile: &Profile| {
        let name = profile.name.to_lowercase();
        WORDS.iter().any(|word| name.contains(word))
    };
    let mut days = profiles.iter().enumerate();
    days.find(|(_, profile)| says(profile) && holds_days(profile))
        .map(|(at, _)| at)
}

/// Whether some of its cells are days: a few that are none do not make it a column of texts.
fn holds_days(profile: &Profile) -> bool {
    let mut samples = profile.samples.iter();
    profile.kind == Kind::Date || samples.any(|text| Date::parse(text).is_some())
}

fn without_ids(name: &str) -> Refusal {
    Refusal(format!(
        "{name} does not name its cases. Save the findings again with the ids in them, or choose the \
         file of the round itself."
    ))
}
