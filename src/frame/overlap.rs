//! Who stands on which lists: for each set of lists the cases on exactly those, and for each two
//! lists the cases on both.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How several lists overlap. Lists are numbered from 0, in the order of the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overlaps {
    /// The cases on exactly these lists: all sets that occur, the most cases first. They add up to
    /// all cases.
    pub exactly: Vec<Overlap>,
    /// `both[a][b]`: the cases on list `a` and list `b`; on the diagonal those on the list at all.
    pub both: Vec<Vec<usize>>,
}

/// A set of lists, and how many cases stand on exactly these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overlap {
    /// The lists.
    pub lists: Vec<usize>,
    /// The cases.
    pub cases: usize,
}

impl Overlaps {
    /// The overlaps of so many lists, from the set of lists that each case stands on: bit `a` is set
    /// where it stands on list `a`.
    pub(super) fn of(lists: usize, sets: &[u64]) -> Self {
        let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
        for &set in sets {
            *counts.entry(set).or_default() += 1;
        }
        let on = |set: u64, list: usize| set >> list & 1 == 1;
        let both = |a: usize, b: usize| {
            let sets = counts
                .iter()
                .filter(|(set, _)| on(**set, a) && on(**set, b));
            sets.map(|(_, cases)| cases).sum()
        };
        let mut exactly: Vec<Overlap> = counts
            .iter()
            .map(|(&set, &cases)| Overlap {
                lists: (0..lists).filter(|&list| on(set, list)).collect(),
                cases,
            })
            .collect();
        exactly.sort_by(|a, b| b.cases.cmp(&a.cases).then(a.lists.cmp(&b.lists)));
        Self {
            exactly,
            both: (0..lists)
                .map(|a| (0..lists).map(|b| both(a, b)).collect())
                .collect(),
        }
    }
}
