//! Several lists as one: a case is one row, with a flag for each list that it stands on and the
//! columns asked for.
//!
//! Cases are linked by their [`UnitId`] alone. Ids that merely look alike are never linked, since
//! they may be two children: they are named, with both lists and rows, because a missed link is an
//! error that nobody sees.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use super::overlap::Overlaps;
use super::plan::PlannedList;
use super::{Frame, UnitId, filter, only};
use crate::table::{Problem, Refusal, Table, trimmed};

/// So many lists can be linked.
pub const MOST: usize = 32;
/// What the sheet of linked lists is called where a place names it.
const SHEET: &str = "linked lists";

/// A list that is to be linked: what the plan says of it, its cells, and its own frame.
pub(super) struct Linked<'a> {
    pub(super) plan: &'a PlannedList,
    pub(super) table: &'a Table,
    pub(super) frame: Frame,
}

/// What linking gives.
pub(super) struct Link {
    /// A row a case, in the order in which they first appear, the first list's first. Its first
    /// column is the id.
    pub(super) table: Table,
    pub(super) overlaps: Overlaps,
    /// Ids that look the same, on whichever lists.
    pub(super) lookalikes: Vec<Problem>,
    /// Rows that say something else than the row that was taken for their case.
    pub(super) differing: Vec<Problem>,
    pub(super) notices: Vec<String>,
}

/// Links lists of which each has its frame.
pub(super) fn link(lists: &[Linked]) -> Result<Link, Refusal> {
    let names = column_names(lists)?;
    let union = Union::of(lists);
    let mut table = Table::made(SHEET, union.ids.len());
    table.add_column(&names.id, union.ids.iter().map(|id| id.as_str()));
    for (list, on) in lists.iter().zip(&union.on) {
        let flags = on.iter().map(|on| if on.is_some() { "Yes" } else { "No" });
        table.add_column(&flag(&list.plan.name), flags);
    }
    table.add_column(
        LISTS,
        union.sets.iter().map(|set| set.count_ones().to_string()),
    );
    for (list, on) in lists.iter().zip(&union.on) {
        let rows = list.frame.rows_of_cases();
        let count = |on: &Option<usize>| on.and_then(|case| rows.get(case)).map_or(0, |rows| *rows);
        let counts = on.iter().map(|on| count(on).to_string());
        table.add_column(&rows_on(&list.plan.name), counts);
    }
    let (mut differing, mut notices) = (Vec::new(), Vec::new());
    for ((list, on), names) in lists.iter().zip(&union.on).zip(&names.taken) {
        for (column, name) in list.plan.take.iter().zip(names) {
            let at = filter::place(list.table, column)?;
            let cell = |on: &Option<usize>| {
                on.map_or("", |case| list.table.cell(list.frame.table_row(case), at))
            };
            table.add_column(name, on.iter().map(cell));
            let problems = list.differing(at);
            notices.extend(list.notice_of_differing(column, problems.len()));
            differing.extend(problems);
        }
    }
    Ok(Link {
        table,
        overlaps: Overlaps::of(lists.len(), &union.sets),
        lookalikes: union.lookalikes(lists),
        differing,
        notices,
    })
}

/// The column that counts a case's lists.
const LISTS: &str = "Number of lists";

fn flag(list: &str) -> String {
    format!("On {list}")
}

fn rows_on(list: &str) -> String {
    format!("Rows on {list}")
}

/// What the columns of the linked table are called.
struct Names {
    id: String,
    /// For each list, the columns asked for from it.
    taken: Vec<Vec<String>>,
}

/// A column asked for keeps its name if no other list is asked for one of that name; otherwise the
/// list's name stands behind it. So names follow from the plan alone, not from what the lists hold.
fn column_names(lists: &[Linked]) -> Result<Names, Refusal> {
    let id = lists
        .first()
        .map_or_else(String::new, |list| list.plan.id.join("|"));
    let plans = || lists.iter().map(|list| list.plan);
    let mut own: BTreeSet<String> = plans()
        .flat_map(|plan| [flag(&plan.name), rows_on(&plan.name)])
        .collect();
    own.extend([id.clone(), LISTS.to_owned()]);
    let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
    for column in plans().flat_map(|plan| &plan.take) {
        *asked.entry(column).or_default() += 1;
    }
    let mut taken = Vec::new();
    for plan in plans() {
        let mut names = Vec::new();
        for column in &plan.take {
            let alone = asked.get(column.as_str()) == Some(&1) && !own.contains(column);
            let name = if alone {
                column.clone()
            } else {
                format!("{column} ({})", plan.name)
            };
            names.push(name);
        }
        taken.push(names);
    }
    let count = own.len() + taken.iter().map(Vec::len).sum::<usize>();
    own.extend(taken.iter().flatten().cloned());
    if own.len() < count {
        return Err(Refusal(
            "A column is asked for twice from one list. Ask for each once.".to_owned(),
        ));
    }
    Ok(Names { id, taken })
}

/// All cases of all lists.
struct Union<'a> {
    ids: Vec<&'a UnitId>,
    /// For each list, each case's number in the list's own frame.
    on: Vec<Vec<Option<usize>>>,
    /// The lists that each case stands on, a bit a list.
    sets: Vec<u64>,
}

impl<'a> Union<'a> {
    fn of(lists: &'a [Linked]) -> Self {
        let mut cases: HashMap<&UnitId, usize> = HashMap::new();
        let mut union = Union {
            ids: Vec::new(),
            on: Vec::new(),
            sets: Vec::new(),
        };
        for (number, list) in lists.iter().enumerate() {
            let mut on = vec![None; union.ids.len()];
            for (own, id) in list.frame.ids().iter().enumerate() {
                let case = *cases.entry(id).or_insert(union.ids.len());
                if case == union.ids.len() {
                    union.ids.push(id);
                    union.sets.push(0);
                    on.push(None);
                }
                if let (Some(set), Some(on)) = (union.sets.get_mut(case), on.get_mut(case)) {
                    *set |= 1 << number;
                    *on = Some(own);
                }
            }
            union.on.push(on);
        }
        for on in &mut union.on {
            on.resize(union.ids.len(), None);
        }
        union
    }

    /// The first list that a case stands on, and its number in the list's frame.
    fn first(&self, case: usize) -> Option<(usize, usize)> {
        self.on.iter().enumerate().find_map(|(list, on)| {
            let own = on.get(case).copied().flatten()?;
            Some((list, own))
        })
    }

    /// Cases whose ids differ as text but look the same.
    fn lookalikes(&self, lists: &[Linked]) -> Vec<Problem> {
        let mut looks: HashMap<String, usize> = HashMap::new();
        let mut found = Vec::new();
        for (case, id) in self.ids.iter().enumerate() {
            let earlier = *looks.entry(id.look()).or_insert(case);
            let whole = |case| {
                let (list, own) = self.first(case)?;
                let list = lists.get(list)?;
                Some((list, list.frame.table_row(own), *self.ids.get(case)?))
            };
            if earlier == case {
                continue;
            }
            if let (Some((list, row, id)), Some((other, first, like))) =
                (whole(case), whole(earlier))
            {
                found.push(Problem {
                    place: list.table.place(row, list.id_column()),
                    message: format!(
                        "On “{}” the id “{id}” looks like “{like}” on “{}” in row {}, yet differs as \
                         text (capitals, spaces or hidden characters), so they are two cases. Check \
                         whether both are the same child.",
                        list.plan.name,
                        other.plan.name,
                        other.table.row_number(first)
                    ),
                });
            }
        }
        found
    }
}

impl Linked<'_> {
    fn id_column(&self) -> Option<usize> {
        let columns: Vec<usize> = self
            .plan
            .id
            .iter()
            .filter_map(|name| self.table.column_named(name))
            .collect();
        only(&columns)
    }

    /// Rows whose cell in a column differs from that of the row that was taken for their case.
    fn differing(&self, column: usize) -> Vec<Problem> {
        let cell = |row| trimmed(self.table.cell(row, column));
        let rows = self.frame.collapsed().iter();
        let differ = rows.filter(|(row, case)| cell(*row) != cell(self.frame.table_row(*case)));
        let problem = |&(row, case): &(usize, usize)| {
            let kept = self.frame.table_row(case);
            Problem {
                place: self.table.place(row, Some(column)),
                message: format!(
                    "On “{}”, “{}” is “{}” here and “{}” in row {}, which is taken for “{}”.",
                    self.plan.name,
                    self.table.name(column),
                    cell(row),
                    cell(kept),
                    self.table.row_number(kept),
                    self.frame.ids().get(case).map_or("", UnitId::as_str),
                ),
            }
        };
        differ.map(problem).collect()
    }

    fn notice_of_differing(&self, column: &str, rows: usize) -> Option<String> {
        let rule = match &self.plan.keep {
            super::unit::Keep::First => "the first row".to_owned(),
            super::unit::Keep::Latest(day) => format!("the row with the latest “{day}”"),
        };
        (rows > 0).then(|| {
            format!(
                "On “{}”, {rows} of the rows that repeat an id say something else in “{column}” than \
                 the row that is taken, which is {rule}.",
                self.plan.name
            )
        })
    }
}
