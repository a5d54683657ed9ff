//! Finding cases: by their number, by their id where it is shown, and by what was written.

use super::Round;
use crate::review::{CaseNumber, Place};

/// At most so many excerpts are given of a case.
const EXCERPTS: usize = 3;
/// So many characters stand before and after what was found.
const AROUND: usize = 60;

/// A case that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The case.
    pub case: CaseNumber,
    /// Where the words stand in what was written, the first few; none where number or id alone fit.
    pub excerpts: Vec<Excerpt>,
}

/// Words that were found, with what stands around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The answer that they stand in; `None` for a concern.
    pub place: Option<Place>,
    /// What stands before them.
    pub before: String,
    /// The words.
    pub words: String,
    /// What stands after them.
    pub after: String,
}

impl Round {
    /// The cases that count or must be included and that fit what is looked for, in order. Upper and
    /// lower case are alike.
    #[must_use]
    pub fn search(&self, wanted: &str) -> Vec<Found> {
        let sought: Vec<char> = wanted.trim().chars().flat_map(char::to_lowercase).collect();
        if sought.is_empty() {
            return Vec::new();
        }
        let number = wanted.trim().to_lowercase();
        let number = number.trim_start_matches("case").trim();
        let number = number.parse().ok().map(CaseNumber);
        let included = self.sample.iter().flat_map(|sample| &sample.included);
        let cases = self.cases().iter().chain(included);
        cases
            .filter_map(|case| {
                let excerpts = self.excerpts(case.number, &sought);
                let named = number == Some(case.number)
                    || (self.shows_id() && find(&case.id, &sought).is_some());
                (named || !excerpts.is_empty()).then_some(Found {
                    case: case.number,
                    excerpts,
                })
            })
            .collect()
    }

    fn excerpts(&self, case: CaseNumber, sought: &[char]) -> Vec<Excerpt> {
        let review = self.reviews.get(&case);
        let answers = review.into_iter().flat_map(|review| &review.answers);
        let written = answers.flat_map(|(place, answer)| {
            let texts = answer.texts().into_iter();
            texts.map(move |text| (Some(place), text))
        });
        let about = self.concerns.iter().filter(|it| it.case == case);
        let concerns = about.flat_map(|it| {
            let words = [&it.words.seen, &it.words.done, &it.words.by];
            let outcome = it.closed.iter().map(|closing| &closing.outcome);
            words.into_iter().chain(outcome)
        });
        written
            .chain(concerns.map(|text| (None, text.as_str())))
            .filter_map(|(place, text)| Some(excerpt(place.cloned(), text, find(text, sought)?)))
            .take(EXCERPTS)
            .collect()
    }
}

/// Where a text first has these lower-case characters, in whichever case: the bytes from and to.
fn find(text: &str, sought: &[char]) -> Option<(usize, usize)> {
    text.char_indices().find_map(|(from, _)| {
        let mut rest = text.get(from..)?.char_indices();
        let mut left = sought.iter();
        let mut end = from;
        while left.len() > 0 {
            let (at, char) = rest.next()?;
            if !char.to_lowercase().all(|char| left.next() == Some(&char)) {
                return None;
            }
            end = from + at + char.len_utf8();
        }
        Some((from, end))
    })
}

fn excerpt(place: Option<Place>, text: &str, (from, to): (usize, usize)) -> Excerpt {
    let part = |range| text.get(range).unwrap_or_default();
    let (before, after) = (part(0..from), part(to..text.len()));
    let first = before.char_indices().rev().nth(AROUND);
    let last = after.char_indices().nth(AROUND);
    let before = match first {
        Some((at, _)) => format!("…{}", before.get(at..).unwrap_or_default()),
        None => before.to_owned(),
    };
    let after = match last {
        Some((at, _)) => format!("{}…", after.get(..at).unwrap_or_default()),
        None => after.to_owned(),
    };
    Excerpt {
        place,
        before,
        words: part(from..to).to_owned(),
        after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, wanted: &str) -> Option<String> {
        let sought: Vec<char> = wanted.chars().flat_map(char::to_lowercase).collect();
        let at = find(text, &sought)?;
        let Excerpt {
            before,
            words,
            after,
            ..
        } = excerpt(None, text, at);
        Some(format!("{before}[{words}]{after}"))
    }

    #[test]
    fn words_are_found_in_whichever_case() {
        let text = "Seen ALONE at home";
        assert_eq!(found(text, "alone").unwrap(), "Seen [ALONE] at home");
        assert_eq!(
            found("ÉCOLE, İstanbul", "école").unwrap(),
            "[ÉCOLE], İstanbul"
        );
        assert_eq!(found("aab", "ab").unwrap(), "a[ab]");
        assert_eq!(found(text, "alone there"), None);
    }

    #[test]
    fn long_texts_are_cut_on_both_sides_between_characters() {
        let text = format!("{}needle{}", "é".repeat(200), "ü".repeat(200));
        let found = found(&text, "needle").unwrap();
        assert!(found.starts_with("…é") && found.ends_with("ü…"), "{found}");
        assert!(found.chars().count() < 140, "{found}");
    }
}
