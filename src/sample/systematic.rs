//! Systematic sampling: every N/n-th case of the ordered frame, from a start that the seed gives.
//!
//! The fractional-interval method in whole numbers (Särndal, Swensson and Wretman, Model Assisted
//! Survey Sampling, 1992, section 3.4.2): every case has the chance n/N exactly, also where n does
//! not divide N.

use std::collections::BTreeSet;

use super::draw::{Counts, Drawn, Pick, check, usual_reserve};
use super::refusal::Refusal;
use super::ticket::SeedHash;

/// The text whose ticket is the start.
pub const START: &str = "start";

/// Draws cases number floor((r + iN) / n), i from 0 to n - 1, of the frame ordered by `order` and
/// then by the ids' bytes; r is the whole part of N times the ticket of [`START`], taken to 18
/// digits. The sample stands in that order; the reserve is the smallest tickets of the other cases.
///
/// # Errors
/// Counts that the frame cannot give; tickets to be passed over, of which there are none here.
pub fn systematic(
    ids: &[&str],
    order: &[String],
    counts: Counts,
    hash: &SeedHash,
) -> Result<Drawn, Refusal> {
    check(ids.len(), counts)?;
    if counts.drop > 0 {
        return Err(Refusal::new(
            "A systematic draw has no tickets to pass over: its start comes from the seed. Leave “drop” out.",
        ));
    }
    let mut ordered: Vec<usize> = (0..ids.len()).collect();
    ordered.sort_by_key(|case| (order.get(*case), ids.get(*case)));
    let frame = u128::try_from(ids.len()).unwrap_or_default();
    let size = u128::try_from(counts.size).unwrap_or(1);
    let start = hash.ticket(START).share_of(frame);
    let pick = |case: usize| {
        Some(Pick {
            case,
            ticket: hash.ticket(ids.get(case)?),
            stratum: None,
        })
    };
    let sample: Vec<Pick> = (0..size)
        .filter_map(|step| {
            let place = usize::try_from((start + step * frame) / size).ok()?;
            pick(*ordered.get(place)?)
        })
        .collect();
    let taken: BTreeSet<usize> = sample.iter().map(|pick| pick.case).collect();
    let others: Vec<usize> = (0..ids.len())
        .filter(|case| !taken.contains(case))
        .collect();
    let wanted = counts
        .reserve
        .unwrap_or_else(|| usual_reserve(counts.size))
        .min(others.len());
    let reserve = hash
        .smallest(
            others.iter().filter_map(|case| ids.get(*case).copied()),
            wanted,
        )
        .into_iter()
        .filter_map(|(place, _)| pick(*others.get(place)?))
        .collect();
    Ok(Drawn {
        sample,
        reserve,
        ..Drawn::default()
    })
}
