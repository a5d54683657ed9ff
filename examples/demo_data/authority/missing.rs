//! Missing episodes and the return home interviews after them, counted as a published letter of 2018
//! counts them: 62 % of interviews completed, 36 % within 72 hours; and which adolescents the
//! exploitation panel and the youth offending service know.

use super::super::calendar::{Day, Moment, REFERENCE};
use super::super::random::Random;
use super::{Child, Episode, role};

const COMPLETED_PERCENT: usize = 62;
const IN_TIME_PERCENT: usize = 36;

/// Days given to one episode with its interview, so that none runs into the next.
const SLOT: i32 = 16;

/// Gives some adolescents missing episodes, and marks the exploited and the offending.
pub(super) fn fill(children: &mut [Child], seed: u64) {
    let mut random = Random::for_part(seed, "missing");
    let mut adolescents: Vec<usize> = (0..children.len())
        .filter(|&i| role::is_adolescent(&children[i]))
        .collect();
    random.shuffle(&mut adolescents);
    for &index in adolescents.iter().take(150) {
        children[index].missing = episodes(&children[index], &mut random);
    }
    interviews(children, &mut random);
    for &index in &adolescents {
        let child = &mut children[index];
        let (exploited, offending) = if child.missing.is_empty() {
            (3, 6)
        } else {
            (36, 24)
        };
        child.exploited = random.chance(exploited);
        child.offending = child.age() >= 12 && random.chance(offending);
    }
}

/// From one to nine episodes in the last year, since the work with the child began.
fn episodes(child: &Child, random: &mut Random) -> Vec<Episode> {
    let begun = match (child.care, child.protection, child.need) {
        (Some(spell), _, _) | (None, Some(spell), _) => spell.start,
        (None, None, Some(need)) => need.spell.start,
        (None, None, None) => return Vec::new(),
    };
    let begun = begun.max(REFERENCE.plus(-364));
    let slots = (REFERENCE.0 - begun.0) / SLOT;
    let wanted = random.weighted(&[(46, 1), (20, 2), (13, 3), (9, 4), (6, 6), (4, 7), (2, 9)]);
    let mut chosen: Vec<i32> = (0..slots).collect();
    random.shuffle(&mut chosen);
    chosen.truncate(usize::try_from(wanted).unwrap_or(1));
    chosen.sort_unstable();
    chosen
        .iter()
        .map(|slot| episode(begun.plus(slot * SLOT), random))
        .collect()
}

/// Begins after school and ends within two days, never in the hour that a clock change repeats.
fn episode(earliest: Day, random: &mut Random) -> Episode {
    let day = earliest.plus(random.between(0, 3));
    let from = Moment {
        day,
        minute: random.between(14 * 60, 23 * 60 + 54) / 5 * 5,
    };
    let until = match random.weighted(&[(38, 0), (45, 1), (17, 2)]) {
        0 => from.plus_minutes(random.between(95, 355) / 5 * 5),
        days => Moment {
            day: day.plus(days),
            minute: random.between(5 * 60, 13 * 60) / 5 * 5,
        },
    };
    let small_hours = until.minute < 3 * 60;
    let until = if small_hours {
        Moment {
            day: until.day,
            minute: 195,
        }
    } else {
        until
    };
    Episode {
        from,
        until,
        offered: true,
        interview: None,
    }
}

/// Shares the interviews out over all episodes, so that the percentages come out as the letter's.
fn interviews(children: &mut [Child], random: &mut Random) {
    let mut all: Vec<(usize, usize)> = children
        .iter()
        .enumerate()
        .flat_map(|(child, it)| (0..it.missing.len()).map(move |episode| (child, episode)))
        .collect();
    random.shuffle(&mut all);
    let share = |percent: usize| (all.len() * percent + 50) / 100;
    let (in_time, completed) = (share(IN_TIME_PERCENT), share(COMPLETED_PERCENT));
    for (rank, (child, episode)) in all.into_iter().enumerate() {
        let episode = &mut children[child].missing[episode];
        let office_hours = random.between(9 * 60, 17 * 60 + 30) / 15 * 15;
        if rank < in_time {
            // At most two days later: 72 hours are over at the earliest on the third.
            let low = i32::from(episode.until.minute > 8 * 60);
            let day = episode.until.day.plus(random.between(low, 2));
            episode.interview = Some(Moment {
                day,
                minute: office_hours,
            });
        } else if rank < completed {
            let day = episode.until.day.plus(random.between(4, 9));
            episode.interview = Some(Moment {
                day,
                minute: office_hours,
            });
        } else {
            episode.offered = random.chance(60);
        }
    }
}
