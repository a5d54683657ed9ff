//! An answer in words, for files: what was chosen, counted or measured.

use super::measure::Measured;
use super::{Action, Answer, Asked, Choice, Evidence, YesNo};
use crate::calendar::london::WallTime;
use crate::form::{Alternative, AlternativeId, Form, Kind};

impl Asked<'_> {
    /// What was chosen, where the question is graded.
    #[must_use]
    pub fn choice(&self) -> Option<&Choice> {
        match &*self.answer {
            Answer::Grade { choice, .. } => choice.as_ref(),
            Answer::YesNo { .. }
            | Answer::OneOf { .. }
            | Answer::SeveralOf { .. }
            | Answer::Text { .. }
            | Answer::Number { .. }
            | Answer::Date { .. }
            | Answer::Interval { .. }
            | Answer::Actions { .. }
            | Answer::Evidence { .. } => None,
        }
    }

    /// The grade that was chosen, or that the question does not apply, as people say it.
    #[must_use]
    pub fn grade<'a>(&'a self, form: &'a Form) -> Option<&'a str> {
        self.choice().map(|choice| match choice {
            Choice::Grade(id) => form.grade_label(id),
            Choice::NotApplicable => "Not applicable",
        })
    }

    /// The answer in words; of a grade, the reason for it. Several things stand on a line each.
    #[must_use]
    pub fn words(&self) -> String {
        match (&*self.answer, &self.question.kind) {
            (Answer::Grade { reason, .. }, _) => reason.clone(),
            (Answer::YesNo { choice, reason }, _) => match choice {
                Some(YesNo::NotApplicable) => format!("Not applicable: {}", reason.trim()),
                Some(choice) => choice.label().to_owned(),
                None => String::new(),
            },
            (Answer::OneOf { choice }, Kind::OneOf { options }) => {
                choice.iter().map(|id| label(options, id)).collect()
            }
            (Answer::SeveralOf { choices }, Kind::SeveralOf { options }) => {
                let chosen = options.iter().filter(|option| choices.contains(&option.id));
                lines(chosen.map(|option| option.label.clone()))
            }
            (Answer::Number { number }, Kind::Number(kind)) => match &kind.unit {
                Some(unit) if !number.trim().is_empty() => format!("{} {unit}", number.trim()),
                _ => number.trim().to_owned(),
            },
            (Answer::Text { text }, _) => text.clone(),
            (Answer::Date { date }, _) => date.clone(),
            (Answer::Interval { from, to }, Kind::Interval(kind)) => {
                let ends = [(&kind.from, from), (&kind.to, to)];
                let given = ends.into_iter().filter(|(_, text)| !text.is_empty());
                let given = given.map(|(name, text)| format!("{name}: {}", moment(text)));
                let measured = Measured::of(kind, from, to).ok().flatten();
                lines(measured.iter().map(ToString::to_string).chain(given))
            }
            (Answer::Actions { actions }, _) => {
                let written = actions.iter().filter(|action| !action.is_blank());
                lines(written.map(action))
            }
            (Answer::Evidence { evidence: pieces }, _) => {
                let written = pieces.iter().filter(|piece| !piece.is_blank());
                lines(written.map(evidence))
            }
            // An answer always fits its question.
            (
                Answer::OneOf { .. }
                | Answer::SeveralOf { .. }
                | Answer::Number { .. }
                | Answer::Interval { .. },
                _,
            ) => String::new(),
        }
    }
}

fn lines(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join("\n")
}

/// What an option says.
fn label<'a>(options: &'a [Alternative], id: &'a AlternativeId) -> &'a str {
    let found = options.iter().find(|option| option.id == *id);
    found.map_or(id.as_str(), |option| &option.label)
}

/// A date and time as people write it; anything else as it is.
fn moment(text: &str) -> String {
    WallTime::parse(text).map_or_else(|| text.to_owned(), |time| time.to_string())
}

/// An action on one line: what, who, by when.
fn action(action: &Action) -> String {
    line(
        &action.what,
        &[("owner", &action.owner), ("due", &action.due)],
    )
}

/// A piece of evidence on one line: what, where, of which day.
fn evidence(piece: &Evidence) -> String {
    line(
        &piece.what,
        &[("source", &piece.source), ("date", &piece.date)],
    )
}

fn line(what: &str, rest: &[(&str, &str)]) -> String {
    let rest = rest.iter().filter(|(_, text)| !text.trim().is_empty());
    rest.fold(what.to_owned(), |line, (name, text)| {
        format!("{line}; {name}: {text}")
    })
}
