//! Further rounds of drawing: more cases, or one in the place of another. They take the next
//! tickets of the same draw, so nothing that was drawn is ever undrawn.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::List;
use super::allocation::{Allocation, Part, Share, allocate};
use super::certificate::{Certificate, DrawnCase, listed};
use super::columns::Cases;
use super::draw::{Counts, Pick, Stratum};
use super::method::{Kind, Method};
use super::refusal::Refusal;
use super::seed::Seed;
use super::ticket::SeedHash;
use super::verify::verify;

/// A round of drawing after the first, as the certificate lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Further {
    /// What was asked for.
    #[serde(flatten)]
    pub step: Step,
    /// Why.
    pub reason: String,
    /// The cases that it brought, their order going on from the last case before.
    pub cases: Vec<DrawnCase>,
}

/// What a further round of drawing is asked to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// Draw more cases.
    More {
        /// How many.
        size: usize,
        /// How many of them from each stratum, where the strata's numbers are set by hand.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        by_hand: Vec<Share>,
    },
    /// Draw one case, of the same stratum, in the place of one that cannot be audited.
    Replacement {
        /// The id of the case that is replaced. It stays on the certificate, with the reason.
        replaces: String,
    },
}

impl Step {
    /// So many more cases.
    #[must_use]
    pub fn more(size: usize) -> Self {
        Self::More {
            size,
            by_hand: Vec::new(),
        }
    }

    /// Another case in the place of this one.
    #[must_use]
    pub fn replacement(replaces: impl Into<String>) -> Self {
        Self::Replacement {
            replaces: replaces.into(),
        }
    }

    /// The most cases that it can bring.
    fn size(&self) -> usize {
        match self {
            Self::More { size, .. } => *size,
            Self::Replacement { .. } => 1,
        }
    }
}

impl Certificate {
    /// The further round of drawing that this step makes of the draw. It becomes part of the
    /// certificate with [`Certificate::with`].
    ///
    /// # Errors
    /// A list that does not give this certificate, a step that cannot be taken, or no reason.
    pub fn extend(&self, list: &List, step: Step, reason: &str) -> Result<Further, Refusal> {
        if let Some(mismatch) = verify(self, list).mismatches.first() {
            return Err(Refusal::new(format!(
                "The draw can only go on from the list that it was made from, and this one does not \
                 match its certificate. {mismatch}"
            )));
        }
        let seed = Seed::new(&self.seed.text, self.seed.origin)?;
        let cases = self.method.cases(list)?;
        let steps = self.further.iter().map(|further| &further.step);
        let mut queue = Queue::new(
            &self.method,
            &cases,
            &SeedHash::new(&seed),
            steps.chain([&step]),
        )?;
        for further in &self.further {
            queue.take(&further.step, &further.reason)?;
        }
        let cases = queue.take(&step, reason)?;
        Ok(Further {
            step,
            reason: reason.trim().to_owned(),
            cases,
        })
    }

    /// The certificate with one more round of drawing.
    #[must_use]
    pub fn with(mut self, further: Further) -> Self {
        self.further.push(further);
        self.write_recipe();
        self
    }

    /// Every case that was drawn, in all rounds of drawing, in order.
    pub fn drawn(&self) -> impl Iterator<Item = &DrawnCase> {
        let further = self.further.iter().flat_map(|further| &further.cases);
        self.sample.iter().chain(further)
    }

    /// The cases that count: all that were drawn, but for those that were replaced.
    pub fn standing(&self) -> impl Iterator<Item = &DrawnCase> {
        self.drawn()
            .filter(|case| self.replacement_of(&case.id).is_none())
    }

    /// The round of drawing in which a case was replaced, if it was.
    #[must_use]
    pub fn replacement_of(&self, id: &str) -> Option<&Further> {
        self.further.iter().find(
            |further| matches!(&further.step, Step::Replacement { replaces } if replaces == id),
        )
    }

    /// The cases of the reserve that no further round has drawn.
    pub fn left_in_reserve(&self) -> impl Iterator<Item = &DrawnCase> {
        let drawn: BTreeSet<&str> = self.drawn().map(|case| case.id.as_str()).collect();
        let reserve = self.reserve.iter();
        reserve.filter(move |case| !drawn.contains(case.id.as_str()))
    }

    /// The number of the first case of the next round of drawing. Cases are numbered in this order:
    /// the sample, those that must be included, then each round's as they come.
    #[must_use]
    pub fn next_order(&self) -> usize {
        self.drawn().count() + self.method.must_include.len() + 1
    }
}

/// A draw that is gone on with: who is in the sample, and who comes next.
pub(super) struct Queue<'a> {
    method: &'a Method,
    cases: &'a Cases<'a>,
    strata: Vec<Stratum>,
    /// The cases that count.
    sample: Vec<Pick>,
    /// Those that are not drawn, in the order in which they would be.
    rest: Vec<Pick>,
    /// Cases of each stratum that cannot be drawn any more: passed over at the start, or replaced.
    gone: Vec<usize>,
    replaced: Vec<usize>,
    next: usize,
}

impl<'a> Queue<'a> {
    /// The first draw, with a queue that is long enough for these steps.
    pub(super) fn new<'s>(
        method: &'a Method,
        cases: &'a Cases<'a>,
        hash: &SeedHash,
        steps: impl Iterator<Item = &'s Step>,
    ) -> Result<Self, Refusal> {
        let reserve = steps.fold(0_usize, |sum, step| sum.saturating_add(step.size()));
        let counts = Counts {
            reserve: Some(reserve),
            ..method.counts()
        };
        let drawn = method.draw(cases, counts, hash)?;
        Ok(Self {
            method,
            cases,
            next: drawn.sample.len() + method.must_include.len() + 1,
            gone: vec![method.drop; drawn.strata.len()],
            strata: drawn.strata,
            sample: drawn.sample,
            rest: drawn.reserve,
            replaced: Vec::new(),
        })
    }

    /// Takes a step; gives the cases that it brings.
    pub(super) fn take(&mut self, step: &Step, reason: &str) -> Result<Vec<DrawnCase>, Refusal> {
        if reason.trim().is_empty() {
            return Err(Refusal::new(
                "Nobody says why the draw goes on. Give the reason, which the certificate shows.",
            ));
        }
        let picks = match step {
            Step::More { size, by_hand } => self.more(*size, by_hand)?,
            Step::Replacement { replaces } => vec![self.replace(replaces)?],
        };
        let cases = listed(&picks, self.next, self.cases, &self.strata);
        self.next += picks.len();
        self.sample.extend(picks);
        Ok(cases)
    }

    fn more(&mut self, size: usize, by_hand: &[Share]) -> Result<Vec<Pick>, Refusal> {
        if size == 0 {
            return Err(Refusal::new("Ask for at least 1 more case."));
        }
        let Some((allocation, minimum)) = self.method.kind.sharing() else {
            return self.more_of_one(size, by_hand);
        };
        let before: Vec<usize> = self.strata.iter().map(|stratum| stratum.size).collect();
        let sizes = self.larger_sizes(allocation, minimum, size, by_hand)?;
        let mut wanted: Vec<usize> = sizes
            .iter()
            .zip(&before)
            .map(|(new, old)| new - old)
            .collect();
        let picks = self.next_of(&mut wanted);
        if let Some((stratum, short)) = self.strata.iter().zip(&wanted).find(|(_, left)| **left > 0)
        {
            return Err(Refusal::new(format!(
                "The caps leave {short} of the further cases in “{}” without anybody to take. Ask for fewer.",
                stratum.name
            )));
        }
        for (stratum, size) in self.strata.iter_mut().zip(sizes) {
            stratum.size = size;
        }
        Ok(picks)
    }

    /// The strata's numbers for a larger sample, none of them smaller than it is.
    fn larger_sizes(
        &self,
        allocation: &Allocation,
        minimum: usize,
        size: usize,
        by_hand: &[Share],
    ) -> Result<Vec<usize>, Refusal> {
        let by_hand = match (allocation, by_hand) {
            (Allocation::ByHand(_), []) => {
                return Err(Refusal::new(
                    "The strata's numbers were set by hand. Say how many more cases each of them gets.",
                ));
            }
            (Allocation::ByHand(_), more) => Some(self.added(more)),
            (Allocation::Proportional | Allocation::Equal | Allocation::Neyman(_), []) => None,
            (Allocation::Proportional | Allocation::Equal | Allocation::Neyman(_), _) => {
                return Err(numbers_by_hand());
            }
        };
        let parts: Vec<Part> = self
            .strata
            .iter()
            .zip(&self.gone)
            .map(|(stratum, gone)| Part {
                name: &stratum.name,
                population: stratum.population,
                drawn: stratum.size,
                left: stratum
                    .population
                    .saturating_sub(stratum.size.saturating_add(*gone)),
            })
            .collect();
        let before: usize = self.strata.iter().map(|stratum| stratum.size).sum();
        let whole = before.saturating_add(size);
        allocate(
            by_hand.as_ref().unwrap_or(allocation),
            &parts,
            whole,
            minimum,
        )
    }

    /// Numbers by hand of further cases, on top of those that are drawn.
    fn added(&self, more: &[Share]) -> Allocation {
        let whole = more.iter().map(|share| {
            let stratum = self.strata.iter().find(|one| one.name == share.stratum);
            Share {
                stratum: share.stratum.clone(),
                size: share
                    .size
                    .saturating_add(stratum.map_or(0, |stratum| stratum.size)),
            }
        });
        Allocation::ByHand(whole.collect())
    }

    fn more_of_one(&mut self, size: usize, by_hand: &[Share]) -> Result<Vec<Pick>, Refusal> {
        if !by_hand.is_empty() {
            return Err(numbers_by_hand());
        }
        if let Kind::Systematic { .. } = self.method.kind {
            return Err(Refusal::new(
                "A systematic draw takes every so many cases of the ordered list. More of it would no \
                 longer be evenly spread, and a new start would undraw cases. Make a second draw of the \
                 larger size, with the reason, or draw the further cases as a draw of their own.",
            ));
        }
        let picks = self.next_of(&mut [size]);
        if picks.len() < size {
            return Err(Refusal::new(format!(
                "Only {} more cases can be drawn, and {size} are asked for. Ask for fewer.",
                picks.len()
            )));
        }
        Ok(picks)
    }

    /// The next case of the stratum of a case that counts, which then counts no more.
    fn replace(&mut self, id: &str) -> Result<Pick, Refusal> {
        let is_it = |pick: &&Pick| self.cases.ids().get(pick.case) == Some(&id);
        let Some(old) = self.sample.iter().find(is_it).copied() else {
            return Err(Refusal::new(format!(
                "The case “{id}” is not in the sample, so no other can take its place."
            )));
        };
        if self.replaced.contains(&old.case) {
            return Err(Refusal::new(format!(
                "The case “{id}” has been replaced already."
            )));
        }
        let mut wanted = vec![0; self.strata.len().max(1)];
        if let Some(wanted) = wanted.get_mut(old.stratum.unwrap_or_default()) {
            *wanted = 1;
        }
        let Some(new) = self.next_of(&mut wanted).pop() else {
            let part = old.stratum.and_then(|at| self.strata.get(at));
            let part = part.map_or("the frame".to_owned(), |one| format!("“{}”", one.name));
            return Err(Refusal::new(format!(
                "No case of {part} is left to take the place of “{id}”."
            )));
        };
        self.replaced.push(old.case);
        if let Some(gone) = old.stratum.and_then(|at| self.gone.get_mut(at)) {
            *gone += 1;
        }
        Ok(new)
    }

    /// Takes from the queue what is wanted of each stratum, or as much as there is.
    fn next_of(&mut self, wanted: &mut [usize]) -> Vec<Pick> {
        let (taken, rest) =
            std::mem::take(&mut self.rest)
                .into_iter()
                .partition(
                    |pick| match wanted.get_mut(pick.stratum.unwrap_or_default()) {
                        Some(wanted) if *wanted > 0 => {
                            *wanted -= 1;
                            true
                        }
                        Some(_) | None => false,
                    },
                );
        self.rest = rest;
        taken
    }
}

fn numbers_by_hand() -> Refusal {
    Refusal::new(
        "Numbers for each stratum belong to a draw whose numbers were set by hand, and this one's were \
         not.",
    )
}
