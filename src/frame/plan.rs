//! How a frame is made, as data: which lists, linked by what, what a case is, who is in. A plan is
//! run on the lists that were read, as often as need be; the certificate carries it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Frame;
use super::account::{Account, ListAccount};
use super::derived::{self, Derived};
use super::filter::{self, Filter, place};
use super::link::{Linked, MOST, link};
use super::unit::{Keep, Unit};
use crate::table::date::Date;
use crate::table::{Problem, Reading, Refusal, Source, Table, hex};

/// How a frame is made of one list or several.
///
/// Of one list all columns stay, and its rows are those of the file. Several lists become one with
/// a row a case: the id (called as on the first list), `On …` for each list (`Yes` or `No`), `Number
/// of lists`, `Rows on …` for each list, and the columns asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What a case is, where somebody said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The reference day, as of which the lists speak: ages and days since are counted to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// The lists, in the order in which their cases appear.
    pub lists: Vec<PlannedList>,
    /// Columns to be worked out, of the one list or of the linked ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub derived: Vec<Derived>,
    /// Who is in, of the one list or of the linked ones. (A list's own filters come before.)
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
}

/// What a plan says of one list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedList {
    /// What people call it, such as `List 6: Children in need`. No two have the same name.
    pub name: String,
    /// The columns that make the id.
    pub id: Vec<String>,
    /// The columns asked for where it is linked with others. (One list keeps all its columns.)
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub take: Vec<String>,
    /// Which row is the case, where several bear its id.
    #[serde(default, skip_serializing_if = "Keep::is_first")]
    pub keep: Keep,
    /// Which of its rows count: the episodes of the last 90 days, the open cases.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
}

/// A list that was read.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// Where it came from.
    pub source: &'a Source,
    /// Its cells.
    pub table: &'a Table,
}

impl<'a> From<&'a Reading> for Given<'a> {
    fn from(reading: &'a Reading) -> Self {
        Self {
            source: &reading.source,
            table: &reading.table,
        }
    }
}

/// What a plan makes of its lists.
#[derive(Debug)]
pub struct Framing {
    /// Where the cases came from: the list's file, or all files together.
    pub source: Source,
    /// The list with the derived columns, or the linked lists: what strata, weights and caps ask.
    pub table: Table,
    /// The cases. Its rows read are the rows of `table`.
    pub frame: Frame,
    /// How it was made, for the certificate.
    pub account: Account,
    /// What is wrong in single rows of the lists before they were linked: without an id, repeated,
    /// differing, alike, with a cell that a filter cannot read. Of one list the frame tells it all.
    pub problems: Vec<Problem>,
    /// What a person should know.
    pub notices: Vec<String>,
}

impl Plan {
    /// The plan of one list as it is, a case being what these columns name.
    #[must_use]
    pub fn of_columns(id: &[String]) -> Self {
        Self {
            lists: vec![PlannedList {
                id: id.to_vec(),
                ..PlannedList::default()
            }],
            ..Self::default()
        }
    }

    /// Whether it is one list as it is: then the certificate says all with its columns of the unit.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        match self.lists.as_slice() {
            [list] => *self == Self::of_columns(&list.id),
            _ => false,
        }
    }

    /// Makes the frame of lists that were read, one for each of the plan's, in its order. The lists
    /// stay as they are; one list's cells are shared, not copied.
    ///
    /// # Errors
    /// A plan that does not fit the lists: what is missing, and where.
    pub fn run(&self, lists: &[Given]) -> Result<Framing, Refusal> {
        if lists.len() != self.lists.len() {
            return Err(Refusal(format!(
                "The frame is made of {} lists, and {} were given.",
                self.lists.len(),
                lists.len()
            )));
        }
        match (self.lists.as_slice(), lists) {
            ([plan], [list]) => self.run_one(plan, *list),
            _ => self.run_several(lists),
        }
    }

    fn run_one(&self, plan: &PlannedList, list: Given) -> Result<Framing, Refusal> {
        let mut table = list.table.clone();
        let mut notices = Vec::new();
        derived::add(&mut table, &self.derived, self.day, &mut notices)?;
        let mut filters = Cow::Borrowed(&plan.filters);
        if !self.filters.is_empty() {
            filters.to_mut().extend_from_slice(&self.filters);
        }
        let (mut frame, unit) = self.frame_of(plan, &table, &filters, &mut notices)?;
        frame.lookalikes = frame.alike(&table, &unit);
        let account = Account {
            plan: self.clone(),
            lists: vec![list_account(plan, list, &frame)],
            overlaps: None,
        };
        Ok(Framing {
            source: list.source.clone(),
            table,
            frame,
            account,
            problems: Vec::new(),
            notices,
        })
    }

    fn run_several(&self, lists: &[Given]) -> Result<Framing, Refusal> {
        self.check_names()?;
        let (mut notices, mut problems) = (Vec::new(), Vec::new());
        let (mut linked, mut accounts) = (Vec::new(), Vec::new());
        for (plan, list) in self.lists.iter().zip(lists) {
            let (frame, _) = self
                .frame_of(plan, list.table, &plan.filters, &mut notices)
                .map_err(|refusal| Refusal(format!("On “{}”: {refusal}", plan.name)))?;
            let named = |problem: &Problem| Problem {
                place: problem.place.clone(),
                message: format!("On “{}”: {}", plan.name, problem.message),
            };
            problems.extend(frame.faulty().iter().chain(frame.repeats()).map(named));
            accounts.push(list_account(plan, *list, &frame));
            linked.push(Linked {
                plan,
                table: list.table,
                frame,
            });
        }
        let link = link(&linked)?;
        drop(linked);
        notices.extend(link.notices);
        problems.extend(link.differing);
        let mut table = link.table;
        derived::add(&mut table, &self.derived, self.day, &mut notices)?;
        let mut sifted = filter::sift(&table, &[0], &self.filters, self.day)?;
        notices.append(&mut sifted.notices);
        let mut frame = Frame::of(&table, &[0], sifted, None);
        frame.lookalikes = link.lookalikes;
        Ok(Framing {
            source: together(lists),
            table,
            frame,
            account: Account {
                plan: self.clone(),
                lists: accounts,
                overlaps: Some(link.overlaps),
            },
            problems,
            notices,
        })
    }

    /// The frame of one of the lists, and the columns of its unit.
    fn frame_of(
        &self,
        plan: &PlannedList,
        table: &Table,
        filters: &[Filter],
        notices: &mut Vec<String>,
    ) -> Result<(Frame, Vec<usize>), Refusal> {
        let unit = plan
            .id
            .iter()
            .map(|name| place(table, name))
            .collect::<Result<Vec<_>, _>>()?;
        let latest = match &plan.keep {
            Keep::First => None,
            Keep::Latest(column) => Some(place(table, column)?),
        };
        let mut sifted = filter::sift(table, &unit, filters, self.day)?;
        notices.append(&mut sifted.notices);
        Ok((Frame::of(table, &unit, sifted, latest), unit))
    }

    fn check_names(&self) -> Result<(), Refusal> {
        let lists = self.lists.len();
        if !(1..=MOST).contains(&lists) {
            return Err(Refusal(format!(
                "A frame is made of 1 to {MOST} lists, not of {lists}."
            )));
        }
        let mut names = BTreeSet::new();
        for PlannedList { name, .. } in &self.lists {
            if name.trim().is_empty() || !names.insert(name) {
                return Err(Refusal(format!(
                    "Each list needs a name of its own, and “{name}” is none."
                )));
            }
        }
        if self.unit == Some(Unit::Event) {
            return Err(Refusal(
                "Lists are linked by the child or the family: events of several lists are not one \
                 frame. Take one list of events, or link by the child."
                    .to_owned(),
            ));
        }
        Ok(())
    }
}

fn list_account(plan: &PlannedList, list: Given, frame: &Frame) -> ListAccount {
    ListAccount {
        list: plan.name.clone(),
        file: list.source.name.clone(),
        sheet: list.source.sheet.clone(),
        sha256: list.source.sha256.clone(),
        rows: frame.read(),
        cases: frame.size(),
        excluded: frame.excluded().to_vec(),
        faulty: frame.faulty().len(),
    }
}

/// The source of linked lists: their files' names, and the SHA-256 over the SHA-256 of each in hex,
/// followed by a line feed.
fn together(lists: &[Given]) -> Source {
    let mut hash = Sha256::new();
    for list in lists {
        hash.update(list.source.sha256.as_bytes());
        hash.update(b"\n");
    }
    let mut names: Vec<&str> = Vec::new();
    for list in lists {
        if !names.contains(&list.source.name.as_str()) {
            names.push(&list.source.name);
        }
    }
    Source {
        name: names.join(" + "),
        sheet: None,
        encoding: None,
        sha256: hex(&hash.finalize()),
        bytes: lists.iter().map(|list| list.source.bytes).sum(),
    }
}
