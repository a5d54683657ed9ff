//! Sharing a sample out among strata, in whole numbers that always add up.
//!
//! Every rule here gives each stratum a weight; the sample is shared in proportion to the weights by
//! the method of largest remainders (Hamilton's): each stratum gets the whole part of its quota, and
//! the cases left over go to the largest remainders; equal remainders go to the stratum that comes
//! first. All arithmetic is in whole numbers.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;

/// How a sample is shared out among strata.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allocation {
    /// In proportion to the strata's cases, so that every case has nearly the same chance.
    Proportional,
    /// The same number from each stratum.
    Equal,
    /// In proportion to cases times spread (Neyman 1934; Cochran, Sampling Techniques, 1977,
    /// eq. 5.26): more where earlier results differed more.
    Neyman(Vec<Spread>),
    /// Numbers set by hand.
    ByHand(Vec<Share>),
}

/// The standard deviation that an earlier round found in a stratum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// The stratum.
    pub stratum: String,
    /// The standard deviation in millionths of whatever was measured.
    pub millionths: u64,
}

/// A number of cases set by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The stratum.
    pub stratum: String,
    /// Its cases in the sample.
    pub size: usize,
}

/// A stratum as the sharing sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its cases in the frame.
    pub population: usize,
    /// Those of them that are in the sample already, none of which is undrawn.
    pub drawn: usize,
    /// Those of them that can still be drawn.
    pub left: usize,
}

impl<'a> Part<'a> {
    /// A stratum that nothing has been drawn from.
    #[must_use]
    pub fn whole(name: &'a str, population: usize) -> Self {
        Self {
            name,
            population,
            drawn: 0,
            left: population,
        }
    }

    /// The most that can be in the sample.
    fn most(&self) -> usize {
        self.drawn.saturating_add(self.left)
    }

    /// The least that must be in the sample.
    fn least(&self, minimum: usize) -> usize {
        minimum.min(self.most()).max(self.drawn)
    }
}

/// Shares `size` cases out among strata, each of which gets at least `minimum` cases, or all its
/// cases where it has fewer, and no fewer than are drawn from it already. Gives one number for each
/// stratum, in their order.
///
/// # Errors
/// A sample that is larger than the strata or smaller than the minimums, spreads or numbers that do
/// not name each stratum, numbers by hand that do not add up or ask for more than a stratum holds.
pub fn allocate(
    allocation: &Allocation,
    parts: &[Part],
    size: usize,
    minimum: usize,
) -> Result<Vec<usize>, Refusal> {
    check(parts, size, minimum)?;
    match allocation {
        Allocation::Proportional => {
            let weights = parts.iter().map(|part| wide(part.population)).collect();
            share(parts, weights, size, minimum)
        }
        Allocation::Equal => share(parts, vec![1; parts.len()], size, minimum),
        Allocation::Neyman(spreads) => share(parts, neyman_weights(parts, spreads)?, size, minimum),
        Allocation::ByHand(shares) => by_hand(parts, shares, size, minimum),
    }
}

fn check(parts: &[Part], size: usize, minimum: usize) -> Result<(), Refusal> {
    let whole = parts
        .iter()
        .fold(0_usize, |sum, part| sum.saturating_add(part.most()));
    if let Some(empty) = parts.iter().find(|part| part.population == 0) {
        return Err(Refusal::new(format!(
            "The stratum “{}” is empty, so nothing can be drawn from it. Leave it out.",
            empty.name
        )));
    }
    if size > whole {
        return Err(Refusal::new(format!(
            "The sample of {size} is larger than the strata together, which hold {whole}. Ask for \
             {whole} or fewer."
        )));
    }
    let least = parts
        .iter()
        .fold(0_usize, |sum, part| sum.saturating_add(part.least(minimum)));
    if least > size {
        return Err(Refusal::new(format!(
            "At least {minimum} from each of the {} strata makes {least}, more than the sample of \
             {size}. Ask for {least} or more, or for a smaller minimum.",
            parts.len()
        )));
    }
    Ok(())
}

fn neyman_weights(parts: &[Part], spreads: &[Spread]) -> Result<Vec<u128>, Refusal> {
    named_once(
        parts,
        spreads.iter().map(|spread| spread.stratum.as_str()),
        "spread",
    )?;
    let weights: Vec<u128> = parts
        .iter()
        .map(|part| {
            let spread = spreads.iter().find(|spread| spread.stratum == part.name);
            wide(part.population) * u128::from(spread.map_or(0, |spread| spread.millionths))
        })
        .collect();
    if weights.iter().all(|weight| *weight == 0) {
        return Err(Refusal::new(
            "Every spread is 0, so there is nothing to share the sample by. Use a proportional sample.",
        ));
    }
    Ok(weights)
}

fn by_hand(
    parts: &[Part],
    shares: &[Share],
    size: usize,
    minimum: usize,
) -> Result<Vec<usize>, Refusal> {
    named_once(
        parts,
        shares.iter().map(|share| share.stratum.as_str()),
        "number",
    )?;
    let mut sizes = Vec::with_capacity(parts.len());
    for part in parts {
        let share = shares.iter().find(|share| share.stratum == part.name);
        let asked = share.map_or(0, |share| share.size);
        if asked > part.most() {
            return Err(Refusal::new(format!(
                "The stratum “{}” holds {} cases, and {asked} are asked of it.",
                part.name,
                part.most()
            )));
        }
        if asked < part.least(minimum) {
            return Err(Refusal::new(format!(
                "The stratum “{}” is given {asked}, less than the minimum of {minimum}.",
                part.name
            )));
        }
        sizes.push(asked);
    }
    let sum = sizes
        .iter()
        .fold(0_usize, |sum, size| sum.saturating_add(*size));
    if sum != size {
        return Err(Refusal::new(format!(
            "The numbers set by hand add up to {sum}, and the sample is of {size}."
        )));
    }
    Ok(sizes)
}

/// Each stratum is named, each once, and no other.
fn named_once<'a>(
    parts: &[Part],
    names: impl Iterator<Item = &'a str>,
    what: &str,
) -> Result<(), Refusal> {
    let names: Vec<&str> = names.collect();
    for name in &names {
        if !parts.iter().any(|part| part.name == *name) {
            return Err(Refusal::new(format!(
                "There is no stratum “{name}” in the list."
            )));
        }
    }
    for part in parts {
        let times = names.iter().filter(|name| **name == part.name).count();
        if times != 1 {
            return Err(Refusal::new(format!(
                "The stratum “{}” needs one {what}, and has {times}.",
                part.name
            )));
        }
    }
    Ok(())
}

/// Shares by weight: each stratum's quota is the same multiple of its weight, but not below the
/// minimum or what is drawn already, and not above all its cases.
///
/// Strata whose quota lies outside these bounds are set to the bound and the rest is shared anew
/// among the others, until none lies outside; where some are too large and some too small, the side
/// that is further out in all is set first, since setting the other might overshoot.
fn share(
    parts: &[Part],
    mut weights: Vec<u128>,
    size: usize,
    minimum: usize,
) -> Result<Vec<usize>, Refusal> {
    let bounds: Vec<(u128, u128)> = parts
        .iter()
        .map(|part| (wide(part.least(minimum)), wide(part.most())))
        .collect();
    let mut set: Vec<Option<u128>> = vec![None; parts.len()];
    loop {
        let left = wide(size).saturating_sub(set.iter().flatten().sum());
        if open_weight(&weights, &set) == 0 {
            // Nothing is left to tell them apart by, as where spreads are 0: their cases do.
            weights = bounds.iter().map(|(_, most)| *most).collect();
        }
        let total = open_weight(&weights, &set);
        let quotas = weights.iter().map(|weight| left.saturating_mul(*weight));
        // By how much each open stratum's quota is too large and too small, as multiples of 1/total.
        let out: Vec<(u128, u128)> = quotas
            .zip(&bounds)
            .zip(&set)
            .map(|((quota, (least, most)), set)| match set {
                Some(_) => (0, 0),
                None => (
                    quota.saturating_sub(most.saturating_mul(total)),
                    least.saturating_mul(total).saturating_sub(quota),
                ),
            })
            .collect();
        let over: u128 = out.iter().map(|(over, _)| over).sum();
        let under: u128 = out.iter().map(|(_, under)| under).sum();
        if over == 0 && under == 0 {
            let shares = largest_remainders(&weights, &set, left, total);
            return shares
                .into_iter()
                .map(|share| usize::try_from(share).map_err(too_large))
                .collect();
        }
        for ((set, (least, most)), (too_large, too_small)) in set.iter_mut().zip(&bounds).zip(out) {
            if over >= under && too_large > 0 {
                *set = Some(*most);
            } else if over < under && too_small > 0 {
                *set = Some(*least);
            }
        }
    }
}

/// The weight of the strata whose share is still open.
fn open_weight(weights: &[u128], set: &[Option<u128>]) -> u128 {
    weights
        .iter()
        .zip(set)
        .filter(|(_, set)| set.is_none())
        .map(|(weight, _)| weight)
        .sum()
}

/// Hamilton's method over the open strata; the others keep what is set.
fn largest_remainders(
    weights: &[u128],
    set: &[Option<u128>],
    left: u128,
    total: u128,
) -> Vec<u128> {
    let total = total.max(1);
    let quota = |weight: &u128| left.saturating_mul(*weight);
    let mut shares: Vec<u128> = weights
        .iter()
        .zip(set)
        .map(|(weight, set)| set.unwrap_or_else(|| quota(weight) / total))
        .collect();
    let mut remainders: Vec<(u128, &mut u128)> = weights
        .iter()
        .zip(set)
        .zip(&mut shares)
        .filter(|((_, set), _)| set.is_none())
        .map(|((weight, _), share)| (quota(weight) % total, share))
        .collect();
    let given: u128 = remainders.iter().map(|(_, share)| **share).sum();
    // A stable sort: equal remainders stay in the order of the strata.
    remainders.sort_by_key(|(remainder, _)| Reverse(*remainder));
    let over = usize::try_from(left.saturating_sub(given)).unwrap_or(usize::MAX);
    for (_, share) in remainders.iter_mut().take(over) {
        **share += 1;
    }
    shares
}

fn wide(number: usize) -> u128 {
    u128::try_from(number).unwrap_or(u128::MAX)
}

fn too_large(_: std::num::TryFromIntError) -> Refusal {
    Refusal::new("The sample is too large for this machine to count.")
}

#[cfg(test)]
mod tests;
