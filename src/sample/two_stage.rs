//! Two-stage sampling: first some of the teams, then cases of the teams that were drawn.
//!
//! Teams are drawn by tickets of their own, each with the same chance; the cases of a drawn team are
//! its smallest tickets, as in a stratified draw (Cochran, Sampling Techniques, 1977, chapter 11).

use serde::{Deserialize, Serialize};

use super::allocation::Allocation;
use super::draw::{Counts, Drawn};
use super::refusal::Refusal;
use super::stratified::stratified;
use super::ticket::{SeedHash, Ticket};

/// What stands before a team's name in the text whose ticket is the team's. No case has that ticket,
/// since no id holds a tab.
pub const PREFIX: &str = "team\t";

/// The least of the cases of a team that was drawn.
pub(super) const LEAST: usize = 1;

/// A team with its place in the first stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Its place, from 1: as many as the method says are drawn.
    pub order: usize,
    /// Its name.
    pub name: String,
    /// Its ticket in full.
    pub ticket: String,
    /// Its cases in the frame.
    pub population: usize,
}

/// Draws so many of the teams, the smallest tickets first, and then from each of them its smallest
/// tickets, the sample being shared out among the drawn teams by `allocation`, with at least one case
/// each. `drop` and `reserve` count in each team.
///
/// # Errors
/// No team or more teams than there are, fewer cases than teams, more than the drawn teams hold, an
/// allocation that names teams, and what a stratified draw refuses.
pub fn two_stage(
    ids: &[&str],
    teams: &[(String, Vec<usize>)],
    (drawn, allocation): (usize, &Allocation),
    counts: Counts,
    hash: &SeedHash,
) -> Result<Drawn, Refusal> {
    super::draw::check(ids.len(), Counts { drop: 0, ..counts })?;
    check(teams.len(), drawn, allocation, counts.size)?;
    let mut queue: Vec<(Ticket, &(String, Vec<usize>))> = teams
        .iter()
        .map(|team| (hash.ticket(&format!("{PREFIX}{}", team.0)), team))
        .collect();
    queue.sort_by(|(a, (name, _)), (b, (other, _))| a.cmp(b).then(name.cmp(other)));
    let mut chosen: Vec<(String, Vec<usize>)> = queue
        .iter()
        .take(drawn)
        .map(|(_, team)| (*team).clone())
        .collect();
    chosen.sort();
    let cases: usize = chosen.iter().map(|(_, cases)| cases.len()).sum();
    if counts.size > cases {
        return Err(Refusal::new(format!(
            "The {drawn} teams that the seed draws hold {cases} cases together, fewer than the sample of \
             {}. Draw more teams, or ask for fewer cases.",
            counts.size
        )));
    }
    let mut sample = stratified(ids, &chosen, (allocation, LEAST), counts, hash)?;
    sample.teams = queue
        .into_iter()
        .zip(1..)
        .map(|((ticket, (name, cases)), order)| Team {
            order,
            name: name.clone(),
            ticket: ticket.to_string(),
            population: cases.len(),
        })
        .collect();
    Ok(sample)
}

/// Refuses a plan that no seed could carry out.
pub(super) fn check(
    teams: usize,
    drawn: usize,
    allocation: &Allocation,
    size: usize,
) -> Result<(), Refusal> {
    match allocation {
        Allocation::Proportional | Allocation::Equal => {}
        Allocation::Neyman(_) | Allocation::ByHand(_) => {
            return Err(Refusal::new(
                "Nobody knows beforehand which teams are drawn, so their cases cannot be set for each. Use \
                 a proportional or an equal share.",
            ));
        }
    }
    if drawn == 0 {
        return Err(Refusal::new(
            "Drawing from 0 teams draws nothing. Ask for at least 1.",
        ));
    }
    if drawn > teams {
        return Err(Refusal::new(format!(
            "The list has {teams} teams, and {drawn} are to be drawn. Ask for {teams} or fewer."
        )));
    }
    if size < drawn {
        return Err(Refusal::new(format!(
            "A sample of {size} leaves some of the {drawn} teams without a case. Ask for at least {drawn} \
             cases, or for fewer teams."
        )));
    }
    Ok(())
}
