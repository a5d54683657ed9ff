//! The account of a frame that was made of several lists, or with filters: what the certificate
//! states so that anybody can make the frame again and compare.

use serde::{Deserialize, Serialize};

use super::exclusion::Exclusion;
use super::overlap::Overlaps;
use super::plan::Plan;

/// How a frame was made, and what each list brought to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// How it was made.
    pub plan: Plan,
    /// Each list of the plan, in its order.
    pub lists: Vec<ListAccount>,
    /// Who stands on which lists, before the filters of the frame; only where several were linked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overlaps: Option<Overlaps>,
}

/// What a list brought: rows = cases + excluded + faulty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListAccount {
    /// The list's name in the plan.
    pub list: String,
    /// The file's name.
    pub file: String,
    /// The sheet, where the file has sheets.
    pub sheet: Option<String>,
    /// SHA-256 of the file's bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Rows read below the header.
    pub rows: usize,
    /// Its cases, each once.
    pub cases: usize,
    /// Rows left out, by reason; those that repeat an id among them.
    pub excluded: Vec<Exclusion>,
    /// Rows that could not be used.
    pub faulty: usize,
}

impl Account {
    /// What the account says otherwise than one that was made again, each in a sentence.
    #[must_use]
    pub fn mismatches(&self, again: &Self) -> Vec<String> {
        let mut found = Vec::new();
        if self.lists.len() != again.lists.len() {
            found.push(format!(
                "The certificate gives an account of {} lists, and its plan has {}.",
                self.lists.len(),
                again.lists.len()
            ));
        }
        for (claimed, now) in self.lists.iter().zip(&again.lists) {
            claimed.compare(now, &mut found);
        }
        match (&self.overlaps, &again.overlaps) {
            (claimed, now) if claimed == now => {}
            (Some(claimed), Some(now)) => compare_overlaps(self, claimed, now, &mut found),
            (None, _) => found.push("The certificate leaves out how the lists overlap.".to_owned()),
            (Some(_), None) => {
                found.push("The certificate tells of overlaps, and one list has none.".to_owned());
            }
        }
        found
    }

    /// What a reader should know of the files though the cases are the same.
    #[must_use]
    pub fn notes(&self, again: &Self) -> Vec<String> {
        let others = self.lists.iter().zip(&again.lists);
        let others = others.filter(|(claimed, now)| claimed.sha256 != now.sha256);
        let note = |(claimed, now): (&ListAccount, &ListAccount)| {
            format!(
                "The list “{}” is not byte for byte the file that was drawn from: that was “{}”, this \
                 is “{}”.",
                claimed.list, claimed.file, now.file
            )
        };
        others.map(note).collect()
    }
}

impl ListAccount {
    fn compare(&self, now: &Self, found: &mut Vec<String>) {
        let mut same = |what: &str, claimed: usize, true_one: usize| {
            if claimed != true_one {
                found.push(format!(
                    "On “{}”, {what}: the certificate says {claimed}, the list gives {true_one}.",
                    self.list
                ));
            }
        };
        same("rows read", self.rows, now.rows);
        same("cases", self.cases, now.cases);
        same("faulty rows", self.faulty, now.faulty);
        let count = |list: &Self, reason: &str| {
            let exclusion = list.excluded.iter().find(|one| one.reason == reason);
            exclusion.map_or(0, |one| one.count)
        };
        let others = now.excluded.iter();
        let others = others.filter(|one| self.excluded.iter().all(|own| own.reason != one.reason));
        for Exclusion { reason, .. } in self.excluded.iter().chain(others) {
            let what = format!("rows excluded because “{reason}”");
            same(&what, count(self, reason), count(now, reason));
        }
        if self.list != now.list {
            found.push(format!(
                "The account calls a list “{}” that the plan calls “{}”.",
                self.list, now.list
            ));
        }
    }
}

/// For each of some lists, given by file name and SHA-256, the number of the file that it is in, among
/// files of these names and SHA-256: the one with its very bytes, or else of its name, or else, if
/// there are as many files as the lists were in, the one in its place.
#[must_use]
pub fn places(lists: &[(&str, &str)], given: &[(String, String)]) -> Vec<Option<usize>> {
    let mut own: Vec<&str> = Vec::new();
    for (_, sha256) in lists {
        if !own.contains(sha256) {
            own.push(sha256);
        }
    }
    let of = |(file, sha256): &(&str, &str)| {
        let same = given.iter().position(|(_, hash)| hash == sha256);
        let named = || given.iter().position(|(name, _)| name == file);
        let in_place = || {
            let place = own.iter().position(|hash| hash == sha256);
            place.filter(|_| own.len() == given.len())
        };
        same.or_else(named).or_else(in_place)
    };
    lists.iter().map(of).collect()
}

fn compare_overlaps(
    account: &Account,
    claimed: &Overlaps,
    now: &Overlaps,
    found: &mut Vec<String>,
) {
    let named = |lists: &[usize]| {
        let names = lists.iter().map(|&list| {
            let name = account.lists.get(list).map_or("?", |one| one.list.as_str());
            format!("“{name}”")
        });
        names.collect::<Vec<_>>().join(" and ")
    };
    let count = |overlaps: &Overlaps, lists: &[usize]| {
        let overlap = overlaps.exactly.iter().find(|one| one.lists == lists);
        overlap.map_or(0, |one| one.cases)
    };
    let before = found.len();
    let others = now.exactly.iter();
    let others = others.filter(|one| claimed.exactly.iter().all(|own| own.lists != one.lists));
    for overlap in claimed.exactly.iter().chain(others) {
        let (then, now) = (count(claimed, &overlap.lists), count(now, &overlap.lists));
        if then != now {
            found.push(format!(
                "Cases on exactly {}: the certificate says {then}, the lists give {now}.",
                named(&overlap.lists)
            ));
        }
    }
    if found.len() == before {
        found.push("The table of overlaps is not what the lists give.".to_owned());
    }
}
