//! Taking cases from the queue of tickets.
//!
//! Every function here works on unit ids alone and never sees the order of rows: the same ids and
//! the same seed give the same draw in whatever order they come.

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use super::ticket::{SeedHash, Ticket};
use super::two_stage::Team;

/// How many tickets are taken from a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Cases in the sample.
    pub size: usize,
    /// Tickets passed over before the first case of the sample.
    pub drop: usize,
    /// Cases kept ready to replace others; `None` takes [`usual_reserve`].
    pub reserve: Option<usize>,
}

/// One case that was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick {
    /// The case's place in the ids that were given.
    pub case: usize,
    /// Its ticket.
    pub ticket: Ticket,
    /// Its stratum's place in [`Drawn::strata`], where there are strata.
    pub stratum: Option<usize>,
}

/// A part of the frame that is drawn from apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stratum {
    /// The value that its cases share.
    pub name: String,
    /// Its cases in the frame.
    pub population: usize,
    /// Its cases in the sample.
    pub size: usize,
}

/// What a draw gives, in the order of the draw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// The sample.
    pub sample: Vec<Pick>,
    /// The next tickets, as many as were asked for or as there are.
    pub reserve: Vec<Pick>,
    /// The parts that were drawn from apart; none where the frame was drawn from as a whole.
    pub strata: Vec<Stratum>,
    /// The teams of a draw in two stages, in the order of their tickets.
    pub teams: Vec<Team>,
    /// Cases that a cap kept out of the sample.
    pub passed: Vec<Passed>,
}

/// A case whose turn it was, and which a cap kept out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// The case.
    pub pick: Pick,
    /// Which cap, and why.
    pub reason: String,
}

/// The reserve when nobody asks for another: half the sample, at least five.
#[must_use]
pub fn usual_reserve(size: usize) -> usize {
    (size / 2).max(5)
}

/// Simple random sampling without replacement: the smallest tickets of the frame.
///
/// # Errors
/// An empty frame, a sample of none, or more cases than the frame holds.
pub fn simple(ids: &[&str], counts: Counts, hash: &SeedHash) -> Result<Drawn, Refusal> {
    check(ids.len(), counts)?;
    let reserve = counts.reserve.unwrap_or_else(|| usual_reserve(counts.size));
    // The reserve takes what is left, so it can be given any number.
    let taken = (counts.drop + counts.size)
        .saturating_add(reserve)
        .min(ids.len());
    let mut queue = hash
        .smallest(ids.iter().copied(), taken)
        .into_iter()
        .map(|(case, ticket)| Pick {
            case,
            ticket,
            stratum: None,
        })
        .skip(counts.drop);
    Ok(Drawn {
        sample: queue.by_ref().take(counts.size).collect(),
        reserve: queue.collect(),
        ..Drawn::default()
    })
}

/// Refuses counts that a frame of this size cannot give.
pub(super) fn check(frame: usize, counts: Counts) -> Result<(), Refusal> {
    let Counts { size, drop, .. } = counts;
    if frame == 0 {
        return Err(Refusal::new(
            "There is no case to draw from: the frame is empty. Look at the list and at what was excluded.",
        ));
    }
    if size == 0 {
        return Err(Refusal::new(
            "A sample of 0 cases says nothing. Ask for at least 1.",
        ));
    }
    if size > frame {
        return Err(Refusal::new(format!(
            "The sample of {size} is larger than the frame, which holds {frame}. Ask for {frame} or fewer."
        )));
    }
    if drop > frame - size {
        return Err(Refusal::new(format!(
            "Passing over {drop} and drawing {size} needs more cases than the frame's {frame}. \
             Pass over {} or fewer.",
            frame - size
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::super::seed::{Seed, SeedOrigin};
    use super::*;

    fn hash(seed: &str) -> SeedHash {
        SeedHash::new(&Seed::new(seed, SeedOrigin::Given).unwrap())
    }

    fn counts(size: usize, drop: usize, reserve: usize) -> Counts {
        Counts {
            size,
            drop,
            reserve: Some(reserve),
        }
    }

    fn drawn<'a>(ids: &[&'a str], counts: Counts) -> (Vec<&'a str>, Vec<&'a str>) {
        let drawn = simple(ids, counts, &hash("314159")).unwrap();
        let named = |picks: &[Pick]| picks.iter().map(|pick| ids[pick.case]).collect();
        (named(&drawn.sample), named(&drawn.reserve))
    }

    /// A few ids and a shuffled copy of them.
    fn shuffled() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
        prop::collection::btree_set("[a-z]{1,5}", 1..40).prop_flat_map(|ids| {
            let ids: Vec<String> = ids.into_iter().collect();
            (Just(ids.clone()), Just(ids).prop_shuffle())
        })
    }

    fn texts(ids: &[String]) -> Vec<&str> {
        ids.iter().map(String::as_str).collect()
    }

    #[test]
    fn the_public_example_with_drop_and_reserve() {
        let ids = ["A-1", "A-2", "A-3", "B-1", "B-2", "B-3"];
        assert_eq!(
            drawn(&ids, counts(3, 1, 9)),
            (vec!["B-3", "A-3", "A-2"], vec!["B-1", "A-1"])
        );
        assert_eq!(drawn(&ids, counts(6, 0, 0)).1, Vec::<&str>::new());
    }

    #[test]
    fn the_usual_reserve_is_half_but_at_least_five() {
        assert_eq!([1, 10, 12, 13, 40].map(usual_reserve), [5, 5, 6, 6, 20]);
    }

    #[test]
    fn draws_that_cannot_be_made_are_refused_with_the_reason() {
        let refused = |ids: &[&str], counts| {
            simple(ids, counts, &hash("1"))
                .unwrap_err()
                .reason()
                .to_owned()
        };
        assert!(refused(&[], counts(1, 0, 0)).contains("frame is empty"));
        assert!(refused(&["a"], counts(0, 0, 0)).contains("at least 1"));
        assert!(refused(&["a"], counts(2, 0, 0)).contains("Ask for 1 or fewer"));
        assert!(refused(&["a", "b"], counts(1, 2, 0)).contains("Pass over 1 or fewer"));
        assert!(refused(&["a", "b"], counts(1, usize::MAX, 0)).contains("Pass over 1"));
        assert!(simple(&["a", "b"], counts(1, 1, usize::MAX), &hash("1")).is_ok());
    }

    proptest! {
        #[test]
        fn the_order_of_rows_does_not_matter((ids, other) in shuffled(), size in 1..40_usize) {
            let counts = counts(size.min(ids.len()), 0, 3);
            prop_assert_eq!(drawn(&texts(&ids), counts), drawn(&texts(&other), counts));
        }

        // The published answer's `consistency`.
        #[test]
        fn a_draw_of_a_part_is_that_part_of_the_draw((ids, _) in shuffled(), keep in any::<u64>()) {
            let all = texts(&ids);
            let part: Vec<&str> = all
                .iter()
                .enumerate()
                .filter_map(|(i, id)| (keep >> (i % 64) & 1 == 1).then_some(*id))
                .collect();
            prop_assume!(!part.is_empty());
            let (whole, _) = drawn(&all, counts(all.len(), 0, 0));
            let (filtered, _) = drawn(&part, counts(part.len(), 0, 0));
            let members: BTreeSet<&str> = part.into_iter().collect();
            let expected: Vec<&str> = whole.into_iter().filter(|id| members.contains(id)).collect();
            prop_assert_eq!(filtered, expected);
        }

        #[test]
        fn more_later_is_the_next_tickets(
            (ids, _) in shuffled(),
            size in 1..40_usize,
            more in 0..40_usize,
        ) {
            let ids = texts(&ids);
            let size = size.min(ids.len());
            let larger = (size + more).min(ids.len());
            let (sample, reserve) = drawn(&ids, counts(size, 0, larger - size));
            let (extended, _) = drawn(&ids, counts(larger, 0, 0));
            prop_assert_eq!(sample.len(), size);
            prop_assert_eq!([sample, reserve].concat(), extended);
        }
    }
}
