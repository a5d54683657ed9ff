//! Caps: at most so many cases of one worker, team or the like, so that nobody bears the whole sample.
//!
//! A capped draw walks the same queue as the draw without caps and passes over each case whose
//! worker already has enough in the sample; the certificate names every case that was passed over.
//! Chances are then no longer equal, so the certificate's reader must know of the cap.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::columns::{Cases, names};
use super::draw::{Counts, Drawn, Passed, Pick, usual_reserve};
use super::refusal::Refusal;
use super::stratified;

/// At most so many cases in the sample for each value of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cap {
    /// The column, such as the worker's.
    pub column: String,
    /// How many cases one value may have.
    pub most: usize,
}

/// Takes from the whole queue of a draw without caps (its sample and an endless reserve) as many
/// cases as `counts` says, within the caps. The rest of the queue keeps to the caps too, on top of the
/// sample, so that any of it may replace any case; its first cases, in each stratum, are the reserve.
///
/// # Errors
/// A column that the list does not have, a cap of 0, or caps that leave too few cases.
pub(super) fn within(
    caps: &[Cap],
    cases: &Cases,
    whole: Drawn,
    counts: Counts,
) -> Result<Drawn, Refusal> {
    let mut room = Room::new(caps, cases)?;
    let (strata, teams) = (whole.strata, whole.teams);
    let mut queue = [whole.sample, whole.reserve].concat();
    if !strata.is_empty() {
        queue.sort_by_key(|pick| pick.ticket);
    }
    let sizes: Vec<usize> = match strata.as_slice() {
        [] => vec![counts.size],
        strata => strata.iter().map(|stratum| stratum.size).collect(),
    };
    let reserves = sizes.iter().map(|size| match counts.reserve {
        Some(reserve) => reserve,
        None if strata.is_empty() => usual_reserve(*size),
        None => stratified::usual_reserve(*size),
    });
    let (mut passed, mut rest) = (Vec::new(), Vec::new());
    let mut wanted = sizes.clone();
    let sample = take(queue, &mut wanted, &mut room, &mut passed, &mut rest);
    if let Some((at, short)) = wanted.iter().enumerate().find(|(_, short)| **short > 0) {
        let part = strata
            .get(at)
            .map(|one| format!(" in “{}”", one.name))
            .unwrap_or_default();
        return Err(Refusal::new(format!(
            "The caps leave {short} of the sample's cases{part} without anybody to take. Raise a cap, or \
             draw fewer cases."
        )));
    }
    let (mut endless, mut reserves) = (vec![usize::MAX; sizes.len()], reserves.collect::<Vec<_>>());
    let mut reserve = take(
        rest,
        &mut endless,
        &mut room,
        &mut Vec::new(),
        &mut Vec::new(),
    );
    reserve.retain(|pick| {
        let wanted = reserves.get_mut(pick.stratum.unwrap_or_default());
        wanted.is_some_and(|wanted| {
            let kept = *wanted > 0;
            *wanted = wanted.saturating_sub(1);
            kept
        })
    });
    Ok(Drawn {
        sample,
        reserve,
        strata,
        teams,
        passed,
    })
}

/// Walks a queue and takes what is wanted of each stratum and has room; the others are passed over
/// for want of room, or left for the reserve.
fn take(
    queue: Vec<Pick>,
    wanted: &mut [usize],
    room: &mut Room,
    passed: &mut Vec<Passed>,
    rest: &mut Vec<Pick>,
) -> Vec<Pick> {
    let mut taken = Vec::new();
    for pick in queue {
        match wanted.get_mut(pick.stratum.unwrap_or_default()) {
            Some(wanted) if *wanted > 0 => {
                if let Some(reason) = room.full_for(pick.case) {
                    passed.push(Passed { pick, reason });
                } else {
                    room.take(pick.case);
                    *wanted -= 1;
                    taken.push(pick);
                }
            }
            Some(_) | None => rest.push(pick),
        }
    }
    taken
}

/// How much room the caps still leave.
struct Room<'a> {
    caps: Vec<(&'a Cap, Vec<String>)>,
    taken: BTreeMap<(usize, String), usize>,
}

impl<'a> Room<'a> {
    fn new(caps: &'a [Cap], cases: &Cases) -> Result<Self, Refusal> {
        let mut values = Vec::with_capacity(caps.len());
        for cap in caps {
            if cap.most == 0 {
                return Err(Refusal::new(format!(
                    "A cap of 0 for “{}” lets nobody in. Give at least 1.",
                    cap.column
                )));
            }
            values.push((cap, names(cases, std::slice::from_ref(&cap.column))?));
        }
        Ok(Self {
            caps: values,
            taken: BTreeMap::new(),
        })
    }

    /// Why a case has no room, if it has none.
    fn full_for(&self, case: usize) -> Option<String> {
        self.keys(case)
            .into_iter()
            .zip(&self.caps)
            .find_map(|(key, (cap, _))| {
                let taken = self.taken.get(&key).copied().unwrap_or_default();
                (taken >= cap.most)
                    .then(|| format!("{}: {} has {taken} already", cap.column, key.1))
            })
    }

    fn take(&mut self, case: usize) {
        for key in self.keys(case) {
            *self.taken.entry(key).or_default() += 1;
        }
    }

    /// The case's value under each cap.
    fn keys(&self, case: usize) -> Vec<(usize, String)> {
        let value = |values: &Vec<String>| values.get(case).cloned().unwrap_or_default();
        self.caps
            .iter()
            .enumerate()
            .map(|(at, (_, values))| (at, value(values)))
            .collect()
    }
}
