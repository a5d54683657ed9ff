//! A [`Table`] to a [`Frame`]: the cases that a sample may be drawn from, no two with the same id.
//!
//! Every row is accounted for: rows read = cases in the frame + excluded (with a reason) + faulty
//! (with a place).

pub mod account;
pub mod annex_a;
pub mod columns;
pub mod derived;
pub mod earlier;
pub mod exclusion;
pub mod filter;
mod fingerprint;
pub mod link;
pub mod mapping;
pub mod overlap;
pub mod plan;
pub mod unit;

use std::fmt;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

pub use self::columns::guess_id_column;
pub use self::exclusion::Exclusion;
use self::exclusion::REPEATED;
use self::filter::Sifted;
use crate::table::date::Date;
use crate::table::{Problem, Table, trimmed};

/// Text that names one unit: in Unicode's form NFC, without white space at its ends, never empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct UnitId(String);

impl UnitId {
    /// The id that a text gives; none if nothing but white space is in it.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = trimmed(text);
        let id: String = if text.is_ascii() {
            text.to_owned()
        } else {
            text.nfc().collect()
        };
        (!id.is_empty()).then_some(Self(id))
    }

    /// The id that several cells give together, joined by `|`; none if any of them is empty.
    #[must_use]
    pub fn joined<'a>(cells: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let mut cells = cells.into_iter();
        let mut id = Self::new(cells.next()?)?;
        for cell in cells {
            id.0.push('|');
            id.0.push_str(&Self::new(cell)?.0);
        }
        Some(id)
    }

    /// The id's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What ids that a reader would take for the same have in common: NFKC, case folded, without
    /// white space and invisible characters.
    fn look(&self) -> String {
        if self.0.is_ascii() {
            let seen = self.0.bytes().filter(u8::is_ascii_graphic);
            return seen
                .map(|byte| char::from(byte.to_ascii_lowercase()))
                .collect();
        }
        self.0
            .nfkc()
            .filter(|c| !c.is_whitespace() && !is_invisible(*c))
            .flat_map(char::to_lowercase)
            // German sharp s folds to ss, final sigma to sigma.
            .flat_map(|c| {
                if c == 'ß' {
                    vec!['s', 's']
                } else {
                    vec![if c == 'ς' { 'σ' } else { c }]
                }
            })
            .collect()
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for UnitId {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::new(&text).ok_or_else(|| serde::de::Error::custom("an id is empty"))
    }
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{feff}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}')
}

/// Finds ids among those that came before, each of which is kept once, in the vector of all.
#[derive(Default)]
struct Cases {
    numbers: HashTable<usize>,
    hasher: DefaultHashBuilder,
}

impl Cases {
    /// The place of the id in `ids`; if it is new, the place behind the last, where it must be put.
    fn number(&mut self, ids: &[UnitId], id: &UnitId) -> usize {
        let hasher = &self.hasher;
        let hash = hasher.hash_one(id);
        let same = |case: &usize| ids.get(*case) == Some(id);
        if let Some(case) = self.numbers.find(hash, same) {
            return *case;
        }
        let hash_of = |case: &usize| ids.get(*case).map_or(hash, |id| hasher.hash_one(id));
        self.numbers.insert_unique(hash, ids.len(), hash_of);
        ids.len()
    }
}

/// The cases a sample may be drawn from.
#[derive(Debug, Clone)]
pub struct Frame {
    ids: Vec<UnitId>,
    rows: Vec<usize>,
    read: usize,
    unit_columns: Vec<String>,
    excluded: Vec<Exclusion>,
    repeats: Vec<Problem>,
    // Rows that repeat an id, each with its case.
    collapsed: Vec<(usize, usize)>,
    faulty: Vec<Problem>,
    lookalikes: Vec<Problem>,
}

impl Frame {
    /// The frame of a table whose unit is named by the columns `unit`.
    ///
    /// A row without an id is faulty; a row that repeats the id of an earlier one is excluded.
    #[must_use]
    pub fn new(table: &Table, unit: &[usize]) -> Self {
        // Without a filter there is nothing to refuse.
        let sifted = filter::sift(table, unit, &[], None).unwrap_or_default();
        let mut frame = Self::of(table, unit, sifted, None);
        frame.lookalikes = frame.alike(table, unit);
        frame
    }

    /// The frame of the rows that filters leave; of several rows with one id the one with the latest
    /// day in the column `latest` is the case, or else the first. Lookalikes are not looked for.
    fn of(table: &Table, unit: &[usize], sifted: Sifted, latest: Option<usize>) -> Self {
        let days: Vec<Option<Date>> = latest.map_or(Vec::new(), |column| {
            table.judged(column, Date::parse).collect()
        });
        let day = |row: usize| days.get(row).copied().flatten();
        let (mut ids, mut rows, mut repeats) = (Vec::new(), Vec::new(), Vec::new());
        let mut cases = Cases::default();
        for (row, _) in sifted.stays.iter().enumerate().filter(|(_, stays)| **stays) {
            let cells = unit.iter().map(|&column| table.cell(row, column));
            let Some(id) = UnitId::joined(cells) else {
                continue;
            };
            let case = cases.number(&ids, &id);
            match rows.get_mut(case) {
                None => {
                    ids.push(id);
                    rows.push(row);
                }
                Some(kept) if day(*kept) < day(row) => {
                    repeats.push((std::mem::replace(kept, row), case));
                }
                Some(_) => repeats.push((row, case)),
            }
        }
        repeats.sort_unstable();
        let mut excluded = sifted.excluded;
        excluded.extend(Exclusion::of(REPEATED, repeats.len()));
        let shown = repeats.iter().filter_map(|&(row, case)| {
            let (id, kept) = (ids.get(case)?, *rows.get(case)?);
            Some(repeat(table, unit, row, kept, id))
        });
        Self {
            read: table.rows(),
            unit_columns: unit
                .iter()
                .map(|&column| table.name(column).to_owned())
                .collect(),
            excluded,
            repeats: shown.collect(),
            faulty: sifted.faulty,
            lookalikes: Vec::new(),
            collapsed: repeats,
            ids,
            rows,
        }
    }

    /// The ids, in the order of the rows; no two are the same.
    #[must_use]
    pub fn ids(&self) -> &[UnitId] {
        &self.ids
    }

    /// The table's row on which case `i` stands (if its id is repeated, the first or the latest).
    #[must_use]
    pub fn table_row(&self, i: usize) -> usize {
        self.rows.get(i).copied().unwrap_or(usize::MAX)
    }

    /// How many cases there are.
    #[must_use]
    pub fn size(&self) -> usize {
        self.ids.len()
    }

    /// How many rows were read: always cases + excluded + faulty.
    #[must_use]
    pub fn read(&self) -> usize {
        self.read
    }

    /// Rows left out for a reason.
    #[must_use]
    pub fn excluded(&self) -> &[Exclusion] {
        &self.excluded
    }

    /// Rows without an id, each with its place.
    #[must_use]
    pub fn faulty(&self) -> &[Problem] {
        &self.faulty
    }

    /// Rows that repeat a case's id, each with its place and the row that is the case.
    #[must_use]
    pub fn repeats(&self) -> &[Problem] {
        &self.repeats
    }

    /// Cases whose ids differ as text but look the same; they stay in the frame.
    #[must_use]
    pub fn lookalikes(&self) -> &[Problem] {
        &self.lookalikes
    }

    /// The names of the columns that make the id.
    #[must_use]
    pub fn unit_columns(&self) -> &[String] {
        &self.unit_columns
    }

    /// SHA-256 over the ids in the order of their bytes, each followed by a line feed:
    /// what `LC_ALL=C sort ids.txt | sha256sum` gives.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let ids: Vec<&str> = self.ids.iter().map(UnitId::as_str).collect();
        fingerprint::of(&ids)
    }

    /// Rows that repeat a case's id, each with the number of its case.
    fn collapsed(&self) -> &[(usize, usize)] {
        &self.collapsed
    }

    /// How many rows bear each case's id.
    fn rows_of_cases(&self) -> Vec<usize> {
        let mut counts = vec![1; self.ids.len()];
        for &(_, case) in &self.collapsed {
            if let Some(count) = counts.get_mut(case) {
                *count += 1;
            }
        }
        counts
    }

    fn alike(&self, table: &Table, unit: &[usize]) -> Vec<Problem> {
        let mut looks: HashMap<String, usize> = HashMap::new();
        let mut found = Vec::new();
        for (at, id) in self.ids.iter().enumerate() {
            let earlier = *looks.entry(id.look()).or_insert(at);
            if earlier == at {
                continue;
            }
            let (row, first) = (self.table_row(at), self.table_row(earlier));
            let other = self.ids.get(earlier).map_or("", UnitId::as_str);
            found.push(Problem {
                place: table.place(row, only(unit)),
                message: format!(
                    "The id “{id}” looks like “{other}” in row {}, yet differs as text (capitals, \
                     spaces or hidden characters). Check whether both are the same case.",
                    table.row_number(first)
                ),
            });
        }
        found
    }
}

fn without_id(table: &Table, unit: &[usize], row: usize) -> Problem {
    let missing: Vec<String> = unit
        .iter()
        .filter(|&&column| trimmed(table.cell(row, column)).is_empty())
        .map(|&column| format!("“{}”", table.name(column)))
        .collect();
    let message = if missing.is_empty() {
        "No column is chosen as the id.".to_owned()
    } else {
        format!(
            "This row has no id: {} is empty. Fill it in, or take the row out of the list.",
            missing.join(" and ")
        )
    };
    Problem {
        place: table.place(row, only(unit)),
        message,
    }
}

fn repeat(table: &Table, unit: &[usize], row: usize, kept: usize, id: &UnitId) -> Problem {
    let when = if row < kept {
        "too, with a later day"
    } else {
        "already"
    };
    let kept = table.row_number(kept);
    Problem {
        place: table.place(row, only(unit)),
        message: format!("The id “{id}” stands in row {kept} {when}; that row is the case."),
    }
}

fn only(unit: &[usize]) -> Option<usize> {
    if let &[column] = unit {
        Some(column)
    } else {
        None
    }
}
