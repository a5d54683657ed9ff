//! Stratified sampling: the smallest tickets of each stratum.

use super::allocation::{Allocation, Part, allocate};
use super::draw::{Counts, Drawn, Pick, Stratum};
use super::refusal::Refusal;
use super::ticket::SeedHash;

/// A stratum's reserve when nobody asks for another: half its sample, rounded up, at least two; none
/// where nothing is drawn.
#[must_use]
pub fn usual_reserve(size: usize) -> usize {
    if size == 0 {
        return 0;
    }
    size.div_ceil(2).max(2)
}

/// Draws from each stratum apart, strata in the order given. The sample stands in the order of its
/// tickets across strata, and so does the reserve.
///
/// `drop` and `reserve` count in each stratum. Without a number the reserve is [`usual_reserve`].
///
/// # Errors
/// An allocation that cannot be made, or more tickets passed over than a stratum can spare.
pub fn stratified(
    ids: &[&str],
    strata: &[(String, Vec<usize>)],
    (allocation, minimum): (&Allocation, usize),
    counts: Counts,
    hash: &SeedHash,
) -> Result<Drawn, Refusal> {
    super::draw::check(ids.len(), Counts { drop: 0, ..counts })?;
    let parts: Vec<Part> = strata
        .iter()
        .map(|(name, cases)| Part::whole(name, cases.len()))
        .collect();
    let sizes = allocate(allocation, &parts, counts.size, minimum)?;
    let mut drawn = Drawn::default();
    for (at, ((part, (_, cases)), size)) in parts.iter().zip(strata).zip(sizes).enumerate() {
        let spare = part.population - size;
        if size > 0 && counts.drop > spare {
            return Err(Refusal::new(format!(
                "The stratum “{}” holds {} cases, of which {size} are drawn: {} cannot be passed over, \
                 at most {spare}.",
                part.name, part.population, counts.drop
            )));
        }
        drawn.strata.push(Stratum {
            name: part.name.to_owned(),
            population: part.population,
            size,
        });
        let reserve = counts.reserve.unwrap_or_else(|| usual_reserve(size));
        let taken = (counts.drop + size).saturating_add(reserve);
        let mut picks = queue(ids, cases, at, taken, hash)
            .into_iter()
            .skip(counts.drop);
        drawn.sample.extend(picks.by_ref().take(size));
        drawn.reserve.extend(picks);
    }
    drawn.sample.sort_by_key(|pick| pick.ticket);
    drawn.reserve.sort_by_key(|pick| pick.ticket);
    Ok(drawn)
}

/// The first `count` cases of one stratum by ticket.
fn queue(ids: &[&str], cases: &[usize], at: usize, count: usize, hash: &SeedHash) -> Vec<Pick> {
    let members = cases.iter().filter_map(|case| ids.get(*case).copied());
    hash.smallest(members, count.min(cases.len()))
        .into_iter()
        .filter_map(|(member, ticket)| {
            Some(Pick {
                case: *cases.get(member)?,
                ticket,
                stratum: Some(at),
            })
        })
        .collect()
}
