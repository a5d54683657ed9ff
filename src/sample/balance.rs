//! Balance: how a sample stands beside its frame, column by column, and how far chance alone may
//! take the two apart.
//!
//! A picture of the sample that was drawn, never a reason to draw another: a sample chosen for its
//! looks is no longer random.

mod groups;

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use self::groups::Groups;
use super::List;
use super::certificate::Certificate;
use super::columns::{self, Cases};
use super::method::{Kind, Method};
use super::refusal::Refusal;
use crate::chance::urn::Urn;
use crate::table::column::{Kind as Holds, Profile};

/// The chance that a count lies below its range, and that it lies above it, is at most this.
const SIDE: f64 = 0.025;
/// Chances smaller than this do not count.
const NOUGHT: f64 = 1e-15;

/// How a sample stands beside its frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Cases that chance decided about.
    pub frame: usize,
    /// Those of them that are in the sample and were not replaced.
    pub sample: usize,
    /// The columns that can be compared, in the order of the list.
    pub columns: Vec<Compared>,
}

/// One column of the list, in the frame and in the sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// The column.
    pub column: String,
    /// Its values; every case stands in one.
    pub groups: Vec<Group>,
}

/// A value of a column, or several together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The value, the lowest and the highest of them, or what the others are called.
    pub name: String,
    /// Its cases in the frame.
    pub frame: usize,
    /// Its cases in the sample.
    pub sample: usize,
    /// The least and the most cases in the sample that chance explains; none where the method gives
    /// no simple rule.
    pub range: Option<(usize, usize)>,
}

impl Group {
    /// Whether the sample holds fewer or more cases than chance explains.
    #[must_use]
    pub fn is_outside(&self) -> bool {
        let outside = |(least, most)| self.sample < least || most < self.sample;
        self.range.is_some_and(outside)
    }
}

impl Balance {
    /// How many counts lie outside their range, out of how many that have one.
    #[must_use]
    pub fn outside(&self) -> (usize, usize) {
        let groups = || self.columns.iter().flat_map(|column| &column.groups);
        let ranged = groups().filter(|group| group.range.is_some());
        (
            groups().filter(|group| group.is_outside()).count(),
            ranged.count(),
        )
    }
}

/// What the ranges mean, for whoever reads the figures.
impl fmt::Display for Balance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = "Nothing here is a ground for another draw: a sample that is chosen for its looks is no \
                    longer random.";
        match self.outside() {
            (_, 0) => write!(
                f,
                "With this method no simple rule says what chance alone explains, so no range is given. {rest}"
            ),
            (outside, ranged) => write!(
                f,
                "Of 20 draws, 19 or more keep a count within its range, so up to 1 in 20 of the counts here is \
                 expected outside: of {ranged}, {outside} are. {rest}"
            ),
        }
    }
}

impl Certificate {
    /// The sample beside its frame, for each column whose profile says that it can be compared:
    /// categories, yes and no, numbers and dates.
    ///
    /// The range of a count is where it lies in a draw by the same design with a chance of at least
    /// 95 %, no more than 2.5 % below and above: hypergeometric in a simple draw, the sum of
    /// hypergeometric counts in a stratified one.
    ///
    /// # Errors
    /// A list that does not hold this certificate's frame or columns.
    pub fn balance(&self, list: &List, profiles: &[Profile]) -> Result<Balance, Refusal> {
        if list.frame.fingerprint() != self.frame.fingerprint {
            return Err(Refusal::new(
                "This is not the list that the sample was drawn from, so it cannot be set beside it.",
            ));
        }
        let cases = self.method.cases(list)?;
        let parts = Parts::new(&self.method, &cases)?;
        let standing: BTreeSet<&str> = self.standing().map(|case| case.id.as_str()).collect();
        let sampled: Vec<bool> = cases.ids().iter().map(|id| standing.contains(id)).collect();
        let sizes = parts.counts(|case| sampled.get(case) == Some(&true));
        let populations = parts.counts(|_| true);
        let compared = profiles.iter().filter(|profile| self.is_compared(profile));
        let columns = compared.map(|profile| {
            let groups = Groups::of(&cases, profile)?;
            let (frame, sample) = parts.cross(&groups, &sampled);
            let counted = groups.names.into_iter().zip(frame).zip(sample);
            let groups = counted.map(|((name, frame), sample)| Group {
                name,
                range: parts.by_design.then(|| range(&populations, &frame, &sizes)),
                frame: frame.iter().sum(),
                sample: sample.iter().sum(),
            });
            Ok(Compared {
                column: profile.name.clone(),
                groups: groups.collect(),
            })
        });
        Ok(Balance {
            frame: cases.ids().len(),
            sample: sizes.iter().sum(),
            columns: columns.collect::<Result<_, Refusal>>()?,
        })
    }

    fn is_compared(&self, profile: &Profile) -> bool {
        let comparable = match profile.kind {
            Holds::Category | Holds::YesNo | Holds::Number | Holds::Date => true,
            Holds::Id | Holds::Text | Holds::Empty => false,
        };
        comparable && !self.unit.columns.contains(&profile.name)
    }
}

/// The parts of the frame that were drawn from apart: one where there are no strata.
struct Parts {
    of_case: Vec<usize>,
    count: usize,
    /// Whether the counts of the sample in each part are hypergeometric.
    by_design: bool,
}

impl Parts {
    fn new(method: &Method, cases: &Cases) -> Result<Self, Refusal> {
        let mut of_case = vec![0; cases.ids().len()];
        let mut count = 1;
        if let Kind::Stratified { strata, bands, .. } = &method.kind {
            let strata = columns::strata(cases, strata, bands)?;
            count = strata.len();
            for (at, (_, members)) in strata.iter().enumerate() {
                for case in members {
                    if let Some(part) = of_case.get_mut(*case) {
                        *part = at;
                    }
                }
            }
        }
        let by_design = match method.kind {
            Kind::Simple | Kind::Stratified { .. } => method.caps.is_empty(),
            Kind::TwoStage { .. } | Kind::Systematic { .. } | Kind::Weighted { .. } => false,
        };
        Ok(Self {
            of_case,
            count,
            by_design,
        })
    }

    /// For each group, how many cases of each part are in it: of the frame, and of the sample.
    fn cross(&self, groups: &Groups, sampled: &[bool]) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
        let mut frame = vec![vec![0; self.count]; groups.names.len()];
        let mut sample = frame.clone();
        let add = |counts: &mut Vec<Vec<usize>>, group: usize, part: usize| {
            if let Some(count) = counts.get_mut(group).and_then(|it| it.get_mut(part)) {
                *count += 1;
            }
        };
        for ((group, part), sampled) in groups.of_case.iter().zip(&self.of_case).zip(sampled) {
            add(&mut frame, *group, *part);
            if *sampled {
                add(&mut sample, *group, *part);
            }
        }
        (frame, sample)
    }

    /// How many cases of each part are so.
    fn counts(&self, is_so: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut counts = vec![0; self.count];
        for (case, part) in self.of_case.iter().enumerate() {
            if let (Some(count), true) = (counts.get_mut(*part), is_so(case)) {
                *count += 1;
            }
        }
        counts
    }
}

/// The range of the marked cases in a sample that takes so many of each part.
fn range(populations: &[usize], marked: &[usize], sizes: &[usize]) -> (usize, usize) {
    let (mut least, mut chances) = (0, vec![1.0]);
    for ((population, marked), size) in populations.iter().zip(marked).zip(sizes) {
        let (from, part) = likely(*population, *marked, *size);
        least += from;
        chances = sums(&chances, &part);
    }
    let mut below = 0.0;
    let (mut low, mut high) = (None, None);
    for (count, chance) in (least..).zip(&chances) {
        below += chance;
        if below > SIDE {
            low = low.or(Some(count));
        }
        if below >= 1.0 - SIDE {
            high = high.or(Some(count));
        }
    }
    (
        low.unwrap_or(least),
        high.unwrap_or(least + chances.len() - 1),
    )
}

/// The chances of the counts that are not all but impossible, from the smallest such count on.
fn likely(population: usize, marked: usize, size: usize) -> (usize, Vec<f64>) {
    let wide = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let urn = Urn::of(wide(population), wide(marked));
    let chance = |count: usize| urn.exactly(wide(count), wide(size));
    let product = u128::from(wide(marked)) * u128::from(wide(size));
    let mean = usize::try_from(product / u128::from(wide(population).max(1))).unwrap_or_default();
    let (least, most) = ((size + marked).saturating_sub(population), marked.min(size));
    let middle = mean.clamp(least, most);
    let is_likely = |count: &usize| chance(*count) > NOUGHT;
    let low = (least..middle)
        .rev()
        .take_while(is_likely)
        .last()
        .unwrap_or(middle);
    let high = (middle..=most)
        .take_while(is_likely)
        .last()
        .unwrap_or(middle);
    (low, (low..=high).map(chance).collect())
}

/// The chances of the sum of two counts.
fn sums(one: &[f64], other: &[f64]) -> Vec<f64> {
    let mut chances = vec![0.0; (one.len() + other.len()).saturating_sub(1)];
    for (at, a) in one.iter().enumerate() {
        for (chance, b) in chances.iter_mut().skip(at).zip(other) {
            *chance += a * b;
        }
    }
    chances
}
