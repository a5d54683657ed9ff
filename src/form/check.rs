//! What a form must be, beyond its shape: ids that are unique, limits that can be met. What its
//! conditions ask about is checked in [`references`].

use std::collections::BTreeSet;

use super::{
    Alternative, Benchmark, FORMAT, Form, FormProblem, GradeId, Kind, NOT_APPLICABLE, Question,
    ReasonDue, Repeat, Section, TimeLimit,
};

mod references;

/// The most lines that a field shows at first, instances of a section, and decimal places.
const MOST_LINES: u8 = 40;
const MOST_INSTANCES: u32 = 200;
const MOST_DECIMALS: u8 = 6;

/// The longest limit of an interval: more than ten years in hours.
const LONGEST: u32 = 100_000;

/// Words of an address that are pages of their own, and no sections.
const PAGES: [&str; 2] = ["check", "concern"];

/// All that is wrong with a form.
pub(super) fn all(form: &Form) -> Vec<FormProblem> {
    let mut problems = whole(form);
    problems.extend(parts(form));
    for section in &form.sections {
        let none = when(
            section.questions.is_empty(),
            "The section has no questions. Add one, or remove the section.",
        );
        problems.extend(none.map(|text| at(section.id.as_str(), text)));
    }
    problems.extend(references::all(form));
    problems
}

/// What is wrong with the sections and questions by themselves: all that can be said while some of
/// them could not be read.
pub(super) fn parts(form: &Form) -> Vec<FormProblem> {
    let mut problems = ids(form);
    for section in &form.sections {
        let messages = check_section(section);
        problems.extend(
            messages
                .into_iter()
                .map(|text| at(section.id.as_str(), text)),
        );
        for question in &section.questions {
            let messages = check_question(form, question);
            problems.extend(
                messages
                    .into_iter()
                    .map(|text| at(question.id.as_str(), text)),
            );
        }
    }
    problems
}

fn at(place: &str, message: String) -> FormProblem {
    FormProblem {
        place: Some(place.to_owned()),
        message,
    }
}

/// The message, if it is to be given.
fn when(wrong: bool, message: &str) -> Option<String> {
    wrong.then(|| message.to_owned())
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn whole(form: &Form) -> Vec<FormProblem> {
    let format = (form.format != FORMAT).then(|| {
        format!(
            "The format is “{}”; this version reads “{FORMAT}”.",
            form.format
        )
    });
    let found = [
        format,
        when(is_blank(&form.id), "The form has no id. Give it one."),
        when(is_blank(&form.version), "The form has no version. Name it."),
        when(is_blank(&form.title), "The form has no title. Give it one."),
        when(
            form.look_back_months == Some(0),
            "To look back 0 months leaves nothing to read. Leave “look_back_months” out, or say \
             how many.",
        ),
        when(
            form.sections.is_empty(),
            "The form has no sections. Add at least one.",
        ),
        when(
            form.grades.iter().any(|grade| is_blank(&grade.label)),
            "A grade has no label. Say what it is called.",
        ),
    ];
    let found = found.into_iter().flatten();
    found
        .map(|message| FormProblem {
            place: None,
            message,
        })
        .collect()
}

/// Ids that stand twice, and ids that an address or a page cannot hold.
fn ids(form: &Form) -> Vec<FormProblem> {
    let grades: Vec<&str> = form.grades.iter().map(|it| it.id.as_str()).collect();
    let sections: Vec<&str> = form.sections.iter().map(|it| it.id.as_str()).collect();
    let questions: Vec<&str> = form.questions().map(|it| it.id.as_str()).collect();
    let mut problems = Vec::new();
    for (what, ids) in [
        ("grades", &grades),
        ("sections", &sections),
        ("questions", &questions),
    ] {
        let message = format!("Two {what} have this id. Give each its own.");
        problems.extend(repeated(ids).map(|id| at(id, message.clone())));
        problems.extend(ids.iter().filter_map(|id| at_id(id)));
    }
    for id in sections.iter().filter(|id| PAGES.contains(id)) {
        let message = "This word is the address of another page. Give the section another id.";
        problems.push(at(id, message.to_owned()));
    }
    problems
}

/// What is wrong with one id.
fn at_id(id: &str) -> Option<FormProblem> {
    if id == NOT_APPLICABLE {
        let message = "This id means “not applicable” already. Choose another.";
        return Some(at(id, message.to_owned()));
    }
    let is_fit = |char: char| char.is_ascii_alphanumeric() || "-_.".contains(char);
    (id.is_empty() || !id.chars().all(is_fit)).then(|| {
        let message = "An id is made of the letters a to z, digits, “-”, “_” and “.”, and is not \
                       empty. Change it.";
        at(id, message.to_owned())
    })
}

/// The texts that occur more than once, each named once, in order.
fn repeated<'a>(texts: &[&'a str]) -> impl Iterator<Item = &'a str> {
    let mut seen = BTreeSet::new();
    let again = texts.iter().copied().filter(|text| !seen.insert(*text));
    again.collect::<BTreeSet<_>>().into_iter()
}

fn check_section(section: &Section) -> Vec<String> {
    let mut found = vec![when(
        is_blank(&section.title),
        "The section has no title. Give it one.",
    )];
    if let Some(repeat) = &section.repeat {
        found.extend(check_repeat(repeat));
    }
    found.into_iter().flatten().collect()
}

fn check_repeat(repeat: &Repeat) -> [Option<String>; 3] {
    let Repeat { each, min, max } = repeat;
    let most = *max == 0 || *max > MOST_INSTANCES;
    [
        when(
            is_blank(each),
            "The section repeats, but “each” does not say what one of them is called. Name it: \
             “Meeting”.",
        ),
        (min > max).then(|| {
            format!("The section repeats at least {min} and at most {max} times. Swap them.")
        }),
        most.then(|| {
            format!("A section repeats at most 1 to {MOST_INSTANCES} times. Change “max”.")
        }),
    ]
}

fn check_question(form: &Form, question: &Question) -> Vec<String> {
    let blank = when(
        is_blank(&question.text),
        "The question has no text. Ask it.",
    );
    let mut found: Vec<String> = blank.into_iter().collect();
    match &question.kind {
        Kind::Grade {
            reason, benchmarks, ..
        } => found.extend(check_grade(form, reason, benchmarks)),
        Kind::OneOf { options } => {
            found.extend(check_options(options));
            found.extend(when(
                options.iter().any(|option| option.exclusive),
                "Only one answer can be chosen, so none need be “exclusive”. Remove the word.",
            ));
        }
        Kind::SeveralOf { options } => found.extend(check_options(options)),
        Kind::Text { lines } => {
            let wrong = !(1..=MOST_LINES).contains(lines);
            found.extend(wrong.then(|| format!("A text has 1 to {MOST_LINES} “lines”.")));
        }
        Kind::Number(number) => {
            let turned = number.min.zip(number.max).filter(|(min, max)| min > max);
            found.extend(turned.map(|(min, max)| {
                format!("No number is at least {min} and at most {max}. Swap “min” and “max”.")
            }));
            let fine = number.decimals > MOST_DECIMALS;
            found.extend(fine.then(|| format!("“decimals” is at most {MOST_DECIMALS}.")));
        }
        Kind::Interval(limit) => found.extend(check_limit(limit)),
        Kind::YesNo { .. } | Kind::Date | Kind::Actions | Kind::Evidence => {}
    }
    found
}

fn check_limit(limit: &TimeLimit) -> impl Iterator<Item = String> {
    let wrong = limit
        .limit
        .is_some_and(|count| count == 0 || count > LONGEST);
    let unnamed = is_blank(&limit.from) || is_blank(&limit.to);
    [
        wrong.then(|| format!("A “limit” is from 1 to {LONGEST}. Leave it out to measure only.")),
        when(
            unnamed,
            "“from” and “to” say what the interval begins and ends with. Fill in both.",
        ),
    ]
    .into_iter()
    .flatten()
}

fn check_options(options: &[Alternative]) -> Vec<String> {
    let ids: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
    let none = when(
        options.is_empty(),
        "The question has no “options”. Add at least one.",
    );
    let unfit = ids.iter().filter_map(|id| {
        let problem = at_id(id)?;
        Some(format!("The option “{id}”: {}", problem.message))
    });
    let twice =
        repeated(&ids).map(|id| format!("Two options have the id “{id}”. Give each its own."));
    let unnamed = options
        .iter()
        .filter(|option| is_blank(&option.label))
        .map(|option| format!("The option “{}” has no label. Say what it is.", option.id));
    none.into_iter()
        .chain(unfit)
        .chain(twice)
        .chain(unnamed)
        .collect()
}

fn check_grade(form: &Form, reason: &ReasonDue, benchmarks: &[Benchmark]) -> Vec<String> {
    if form.grades.is_empty() {
        return vec![
            "The form has no grades to choose from. Name them in “grades”, or ask another kind of \
             question."
                .to_owned(),
        ];
    }
    let known = |id: &GradeId| form.grades.iter().any(|grade| grade.id == *id);
    let has = |id: &GradeId| benchmarks.iter().any(|benchmark| benchmark.grade == *id);
    let missing = form
        .grades
        .iter()
        .filter(|grade| !benchmarks.is_empty() && !has(&grade.id))
        .map(|grade| {
            format!(
                "There is no benchmark for the grade “{}”. Write it.",
                grade.label
            )
        });
    let due = match reason {
        ReasonDue::AtOrBelow(grade) => Some(grade),
        ReasonDue::Always | ReasonDue::Never => None,
    };
    let named = benchmarks
        .iter()
        .map(|benchmark| &benchmark.grade)
        .chain(due);
    let unknown = named
        .filter(|id| !known(id))
        .map(|id| format!("The form has no grade “{id}”. Use the id of one that it has."));
    let ids: Vec<&str> = benchmarks.iter().map(|it| it.grade.as_str()).collect();
    let twice =
        repeated(&ids).map(|grade| format!("The grade “{grade}” has two benchmarks. Keep one."));
    missing.chain(unknown).chain(twice).collect()
}
