//! The text fields of a form: what stands in each, and taking what is typed.

use super::{Field, Part};
use crate::form::{Benchmark, Form, Kind, Question};

/// What the form holds in a field.
pub(super) fn get(form: &Form, field: &Field) -> String {
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    match field {
        Field::Title => form.title.clone(),
        Field::About => form.about.clone(),
        Field::LookBack => number(form.look_back_months),
        Field::Grade(at) => text(form.grades.get(*at).map(|grade| &grade.label)),
        Field::SectionTitle(id) => text(form.section(id).map(|it| &it.title)),
        Field::SectionHint(id) => text(form.section(id).and_then(|it| it.hint.as_ref())),
        Field::Each(id) => {
            let repeat = form.section(id).and_then(|it| it.repeat.as_ref());
            text(repeat.map(|it| &it.each))
        }
        Field::Least(id) => {
            let repeat = form.section(id).and_then(|it| it.repeat.as_ref());
            number(repeat.map(|it| it.min))
        }
        Field::Most(id) => {
            let repeat = form.section(id).and_then(|it| it.repeat.as_ref());
            number(repeat.map(|it| it.max))
        }
        Field::Question(id, part) => form
            .question(id)
            .map(|question| part_of(form, question, *part))
            .unwrap_or_default(),
    }
}

fn number(number: Option<impl ToString>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

fn part_of(form: &Form, question: &Question, part: Part) -> String {
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    match (part, &question.kind) {
        (Part::Text, _) => question.text.clone(),
        (Part::Hint, _) => text(question.hint.as_ref()),
        (Part::Lines, Kind::Text { lines }) => lines.to_string(),
        (Part::Min, Kind::Number(kind)) => number(kind.min),
        (Part::Max, Kind::Number(kind)) => number(kind.max),
        (Part::Unit, Kind::Number(kind)) => text(kind.unit.as_ref()),
        (Part::Decimals, Kind::Number(kind)) => kind.decimals.to_string(),
        (Part::Limit, Kind::Interval(limit)) => number(limit.limit),
        (Part::From, Kind::Interval(limit)) => limit.from.clone(),
        (Part::To, Kind::Interval(limit)) => limit.to.clone(),
        (Part::Answer(at), kind) => text(kind.options().get(at).map(|it| &it.label)),
        (Part::AnswerHint(at), kind) => {
            text(kind.options().get(at).and_then(|it| it.hint.as_ref()))
        }
        (Part::Benchmark(at), Kind::Grade { benchmarks, .. }) => {
            let grade = form.grades.get(at);
            let found = grade.and_then(|grade| benchmarks.iter().find(|it| it.grade == grade.id));
            text(found.map(|it| &it.text))
        }
        _ => String::new(),
    }
}

/// Puts what was typed into a field; `false` if it is no whole number where one belongs: the form
/// then stays as it is.
pub(super) fn set(form: &mut Form, field: &Field, text: &str) -> bool {
    match field {
        Field::Title => text.clone_into(&mut form.title),
        Field::About => text.clone_into(&mut form.about),
        Field::LookBack => return maybe(&mut form.look_back_months, text),
        Field::Grade(at) => {
            if let Some(grade) = form.grades.get_mut(*at) {
                text.clone_into(&mut grade.label);
            }
        }
        Field::SectionTitle(id)
        | Field::SectionHint(id)
        | Field::Each(id)
        | Field::Least(id)
        | Field::Most(id) => {
            let Some(section) = form.section_mut(id) else {
                return true;
            };
            match (field, &mut section.repeat) {
                (Field::SectionTitle(_), _) => text.clone_into(&mut section.title),
                (Field::SectionHint(_), _) => section.hint = some(text),
                (Field::Each(_), Some(repeat)) => text.clone_into(&mut repeat.each),
                (Field::Least(_), Some(repeat)) => return whole(&mut repeat.min, text),
                (Field::Most(_), Some(repeat)) => return whole(&mut repeat.max, text),
                _ => {}
            }
        }
        Field::Question(id, Part::Benchmark(at)) => set_benchmark(form, id, *at, text),
        Field::Question(id, part) => {
            let question = form.question_mut(id);
            return question.is_none_or(|question| set_part(question, *part, text));
        }
    }
    true
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// A whole number that may be left out.
fn maybe<T: std::str::FromStr>(number: &mut Option<T>, text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() {
        *number = None;
        return true;
    }
    text.parse().map(|typed| *number = Some(typed)).is_ok()
}

/// A whole number that is always there.
fn whole<T: std::str::FromStr>(number: &mut T, text: &str) -> bool {
    text.trim().parse().map(|typed| *number = typed).is_ok()
}

fn set_part(question: &mut Question, part: Part, text: &str) -> bool {
    match (part, &mut question.kind) {
        (Part::Text, _) => text.clone_into(&mut question.text),
        (Part::Hint, _) => question.hint = some(text),
        (Part::Lines, Kind::Text { lines }) => return whole(lines, text),
        (Part::Min, Kind::Number(kind)) => return maybe(&mut kind.min, text),
        (Part::Max, Kind::Number(kind)) => return maybe(&mut kind.max, text),
        (Part::Unit, Kind::Number(kind)) => kind.unit = some(text),
        (Part::Decimals, Kind::Number(kind)) => return whole(&mut kind.decimals, text),
        (Part::Limit, Kind::Interval(limit)) => return maybe(&mut limit.limit, text),
        (Part::From, Kind::Interval(limit)) => text.clone_into(&mut limit.from),
        (Part::To, Kind::Interval(limit)) => text.clone_into(&mut limit.to),
        (Part::Answer(at), kind) => {
            if let Some(answer) = kind.options_mut().and_then(|it| it.get_mut(at)) {
                text.clone_into(&mut answer.label);
            }
        }
        (Part::AnswerHint(at), kind) => {
            if let Some(answer) = kind.options_mut().and_then(|it| it.get_mut(at)) {
                answer.hint = some(text);
            }
        }
        _ => {}
    }
    true
}

/// A benchmark that is emptied is taken away, so that a form may do without any.
fn set_benchmark(form: &mut Form, id: &crate::form::QuestionId, at: usize, text: &str) {
    let grades: Vec<_> = form.grades.iter().map(|grade| grade.id.clone()).collect();
    let Some(grade) = grades.get(at) else { return };
    let Some(Kind::Grade { benchmarks, .. }) = form.question_mut(id).map(|it| &mut it.kind) else {
        return;
    };
    benchmarks.retain(|it| it.grade != *grade);
    if !text.is_empty() {
        benchmarks.push(Benchmark {
            grade: grade.clone(),
            text: text.to_owned(),
        });
        benchmarks.sort_by_key(|it| grades.iter().position(|grade| *grade == it.grade));
    }
}
