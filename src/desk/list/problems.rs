//! Problems of a list as a person can read them: those that say the same together, counted, the first
//! with their places.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::table::Problem;

/// How many problems of a group are shown.
pub const SHOWN: usize = 50;

/// Problems that say the same of different places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// What they have in common; what differs between them stands as `…`.
    pub message: String,
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub first: Vec<Problem>,
}

/// Problems by what they have in common, in the order in which the first of each sort comes.
#[must_use]
pub fn grouped<'a>(problems: impl IntoIterator<Item = &'a Problem>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for problem in problems {
        let message = in_common(&problem.message);
        let at = *places.entry(message).or_insert_with_key(|message| {
            groups.push(Group {
                message: message.clone(),
                count: 0,
                first: Vec::new(),
            });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            group.count += 1;
            if group.first.len() < SHOWN {
                group.first.push(problem.clone());
            }
        }
    }
    // A single problem is said in its own words, and so are those that are all the same.
    for group in &mut groups {
        let mut messages = group.first.iter().map(|problem| &problem.message);
        if let Some(first) = messages.next()
            && messages.all(|message| message == first)
        {
            group.message.clone_from(first);
        }
    }
    groups
}

/// A message without what it quotes and counts, which differs from row to row.
fn in_common(message: &str) -> String {
    let mut text = String::with_capacity(message.len());
    let mut quoted = false;
    let mut digits = false;
    for letter in message.chars() {
        match letter {
            '“' => {
                quoted = true;
                text.push_str("“…");
            }
            '”' => {
                quoted = false;
                text.push('”');
            }
            _ if quoted => {}
            digit if digit.is_ascii_digit() => {
                if !digits {
                    text.push('…');
                }
                digits = true;
                continue;
            }
            other => text.push(other),
        }
        digits = false;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Place;

    fn problem(row: u64, message: &str) -> Problem {
        Problem {
            place: Place {
                row: Some(row),
                ..Place::default()
            },
            message: message.to_owned(),
        }
    }

    #[test]
    fn problems_of_one_sort_stand_together_with_their_count() {
        let problems: Vec<Problem> = (0..120)
            .flat_map(|row| {
                [
                    problem(
                        row,
                        &format!("The id “C-{row}” stands in row {row} already."),
                    ),
                    problem(row, "This row has no id: “Child” is empty."),
                ]
            })
            .chain([problem(7, "The cell in column 12 is cut off.")])
            .collect();
        let groups = grouped(&problems);
        let told: Vec<(&str, usize, usize)> = groups
            .iter()
            .map(|group| (group.message.as_str(), group.count, group.first.len()))
            .collect();
        assert_eq!(
            told,
            [
                ("The id “…” stands in row … already.", 120, SHOWN),
                ("This row has no id: “Child” is empty.", 120, SHOWN),
                ("The cell in column 12 is cut off.", 1, 1),
            ]
        );
        assert_eq!(groups[0].first[1].place.row, Some(1));
    }
}
