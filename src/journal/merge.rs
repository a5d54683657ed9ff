//! Putting together what two files hold of one round.
//!
//! Each author's entries are one chain, and of two copies of it the longer has all of the other. Where
//! they part ([`Fork`]) nothing is put together: a person decides. The rest is a union in which every
//! entry stands behind those that it stood behind in either file.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{AuthorId, Fault, Journal};

/// One author's entries, continued in two ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fork {
    /// The author.
    pub author: AuthorId,
    /// The number of the first entry that is another.
    pub number: u64,
    /// How many entries each side has from there on.
    pub entries: [usize; 2],
}

impl fmt::Display for Fork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [one, other] = self.entries;
        write!(
            f,
            "The entries of author {} part at number {}: the first file goes on with {one}, the \
             second with {other} others.",
            self.author.0, self.number
        )
    }
}

/// Why two journals are not put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// One of them (0 or 1) has a fault.
    Broken(usize, Fault),
    /// They are of different rounds.
    OtherRound,
    /// Authors' entries part.
    Forks(Vec<Fork>),
}

/// A line, by who wrote it and its number among theirs.
type Key = (AuthorId, u64);

/// The lines of two journals of one round, each once.
///
/// # Errors
/// If one has a fault, they are of different rounds, or an author's entries part.
pub fn merge(one: &[String], other: &[String]) -> Result<Vec<String>, Refusal> {
    if one.first() != other.first() {
        return Err(Refusal::OtherRound);
    }
    let keys = [keys(one, 0)?, keys(other, 1)?];
    let forks = forks(&keys, [one, other]);
    if !forks.is_empty() {
        return Err(Refusal::Forks(forks));
    }
    let sides = [one, other].map(|lines| lines.iter().collect::<Vec<_>>());
    let [one_keys, other_keys] = keys;
    let by_line: BTreeMap<&String, &Key> = one
        .iter()
        .zip(&one_keys)
        .chain(other.iter().zip(&other_keys))
        .collect();
    Ok(interleave(&sides, &by_line))
}

fn keys(lines: &[String], side: usize) -> Result<Vec<Key>, Refusal> {
    let mut journal = Journal::default();
    for line in lines {
        journal
            .take(line)
            .map_err(|fault| Refusal::Broken(side, fault))?;
    }
    let entries = journal.entries().iter();
    Ok(entries
        .map(|entry| (entry.author.clone(), entry.number))
        .collect())
}

fn forks(keys: &[Vec<Key>; 2], lines: [&[String]; 2]) -> Vec<Fork> {
    let by_key =
        |side: usize| -> BTreeMap<&Key, &String> { keys[side].iter().zip(lines[side]).collect() };
    let (one, other) = (by_key(0), by_key(1));
    let mut found: BTreeMap<&AuthorId, u64> = BTreeMap::new();
    for ((author, number), line) in one.iter().map(|(key, line)| ((&key.0, key.1), line)) {
        let key = (author.clone(), number);
        if other.get(&key).is_some_and(|there| there != line) {
            found.entry(author).or_insert(number);
        }
    }
    let from = |side: usize, author: &AuthorId, number: u64| {
        let behind = keys[side].iter();
        behind
            .filter(|key| key.0 == *author && key.1 >= number)
            .count()
    };
    let forks = found.into_iter().map(|(author, number)| Fork {
        author: author.clone(),
        number,
        entries: [from(0, author, number), from(1, author, number)],
    });
    forks.collect()
}

/// Goes through both sides at once. What both have comes where both have come to it; what one has alone
/// comes as it is met, and of two such the one by the smaller author and number.
fn interleave(sides: &[Vec<&String>; 2], keys: &BTreeMap<&String, &Key>) -> Vec<String> {
    let sets = [0, 1].map(|side: usize| sides[side].iter().copied().collect::<BTreeSet<_>>());
    let mut at = [0, 0];
    let mut placed: BTreeSet<&String> = BTreeSet::new();
    let mut merged = Vec::new();
    loop {
        for side in [0, 1] {
            while sides[side]
                .get(at[side])
                .is_some_and(|line| placed.contains(line))
            {
                at[side] += 1;
            }
        }
        let heads = [0, 1].map(|side: usize| sides[side].get(at[side]).copied());
        let next = match heads {
            [None, None] => return merged,
            [Some(line), None] | [None, Some(line)] => line,
            [Some(one), Some(other)] => {
                // What stands on both sides waits until the other side comes to it.
                let alone = [!sets[1].contains(one), !sets[0].contains(other)];
                match alone {
                    [true, false] => one,
                    [false, true] => other,
                    _ if keys.get(one) <= keys.get(other) => one,
                    _ => other,
                }
            }
        };
        placed.insert(next);
        merged.push(next.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Fact;
    use crate::review::CaseNumber;

    /// A journal whose lines are by these authors, in this order.
    fn journal(authors: &str) -> Vec<String> {
        let mut journal = Journal::default();
        (0..)
            .zip(authors.chars())
            .map(|(at, author)| {
                let fact = Fact::ReviewReopened {
                    case: CaseNumber(1),
                    reason: format!("by {author}"),
                };
                let entry = journal.draft(&AuthorId(author.to_string()), at, fact);
                journal.keep(&entry).unwrap()
            })
            .collect()
    }

    /// The lines of one author of a journal that `base` begins.
    fn with(base: &[String], author: &str, count: usize) -> Vec<String> {
        let mut journal = Journal::default();
        for line in base {
            journal.take(line).unwrap();
        }
        let mut lines = base.to_vec();
        for number in 0..count {
            let fact = Fact::ReviewReopened {
                case: CaseNumber(2),
                reason: format!("{author} {number}"),
            };
            let entry = journal.draft(&AuthorId(author.into()), 9, fact);
            lines.push(journal.keep(&entry).unwrap());
        }
        lines
    }

    #[test]
    fn three_authors_files_make_one_journal_in_whatever_order_they_are_merged() {
        let base = journal("ccc");
        let files = [
            with(&base, "a", 3),
            with(&base, "b", 2),
            with(&base, "c", 2),
        ];
        let all = |order: [usize; 3]| {
            let [one, two, three] = order.map(|at| files[at].as_slice());
            let mut merged = merge(&merge(one, two).unwrap(), three).unwrap();
            assert_eq!(
                merge(&merged, one).as_ref(),
                Ok(&merged),
                "nothing comes twice"
            );
            let mut check = Journal::default();
            assert!(merged.iter().all(|line| check.take(line).is_ok()));
            merged.sort();
            merged
        };
        let first = all([0, 1, 2]);
        assert_eq!(first.len(), 10);
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            assert_eq!(all(order), first);
        }
        let (one, two) = (merge(&files[0], &files[1]), merge(&files[1], &files[0]));
        assert_eq!(one, two, "and two in the same order of lines");
    }

    #[test]
    fn a_file_and_its_continuation_give_the_continuation() {
        let base = journal("ab");
        let more = with(&base, "a", 2);
        assert_eq!(merge(&base, &more), Ok(more.clone()));
        assert_eq!(merge(&more, &base), Ok(more));
    }

    #[test]
    fn two_ways_of_one_author_are_named_and_not_put_together() {
        let base = journal("ab");
        let (one, mut other) = (with(&base, "a", 2), base.clone());
        other.extend(with(&base, "a", 3).into_iter().skip(2).take(1));
        assert_eq!(
            merge(&one, &other).map(|lines| lines.len()),
            Ok(4),
            "the same way is none"
        );
        let parted = journal("ab").len();
        let other = {
            let mut journal = Journal::default();
            for line in &base {
                journal.take(line).unwrap();
            }
            let fact = Fact::ReviewReopened {
                case: CaseNumber(3),
                reason: "another".into(),
            };
            let entry = journal.draft(&AuthorId("a".into()), 1, fact);
            let mut lines = base.clone();
            lines.push(journal.keep(&entry).unwrap());
            lines
        };
        assert_eq!(parted, 2);
        let fork = Fork {
            author: AuthorId("a".into()),
            number: 2,
            entries: [2, 1],
        };
        assert_eq!(merge(&one, &other), Err(Refusal::Forks(vec![fork])));
        assert_eq!(merge(&one, &journal("xy")), Err(Refusal::OtherRound));
    }
}
