//! Weighted sampling without replacement: ascending −ln(u)/w, u the ticket as a number.
//!
//! Each case waits an exponential time whose rate is its weight, and the first n are drawn: the
//! next case is always drawn with a chance in proportion to its weight among those that are left
//! (Efraimidis and Spirakis, Weighted random sampling with a reservoir, 2006, algorithm A).

use super::draw::{Counts, Drawn, Pick, check, usual_reserve};
use super::refusal::Refusal;
use super::ticket::{SeedHash, Ticket};

/// Draws the cases that wait least; a case of weight 0 is never drawn. Equal waits, which nobody
/// will see, stand in the order of the tickets. `weights` has one weight for each id.
///
/// # Errors
/// Counts that the cases with a weight above 0 cannot give.
pub fn weighted(
    ids: &[&str],
    weights: &[f64],
    counts: Counts,
    hash: &SeedHash,
) -> Result<Drawn, Refusal> {
    check(ids.len(), Counts { drop: 0, ..counts })?;
    let mut queue: Vec<(f64, Ticket, &str, usize)> = ids
        .iter()
        .zip(weights)
        .enumerate()
        .filter(|(_, (_, weight))| **weight > 0.0)
        .map(|(case, (id, weight))| {
            let ticket = hash.ticket(id);
            (wait(ticket, *weight), ticket, *id, case)
        })
        .collect();
    let needed = counts.drop.saturating_add(counts.size);
    if needed > queue.len() {
        return Err(Refusal::new(format!(
            "Only {} of the frame's {} cases have a weight above 0, and the draw needs {needed}. Ask for \
             fewer.",
            queue.len(),
            ids.len()
        )));
    }
    queue.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(b.2)));
    let reserve = counts.reserve.unwrap_or_else(|| usual_reserve(counts.size));
    let mut picks = queue
        .into_iter()
        .skip(counts.drop)
        .map(|(_, ticket, _, case)| Pick {
            case,
            ticket,
            stratum: None,
        });
    Ok(Drawn {
        sample: picks.by_ref().take(counts.size).collect(),
        reserve: picks.take(reserve).collect(),
        ..Drawn::default()
    })
}

/// How long a case waits. The logarithm is the same on every machine, in a browser too.
fn wait(ticket: Ticket, weight: f64) -> f64 {
    -libm::log(ticket.fraction()) / weight
}
