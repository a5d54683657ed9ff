//! The sheets of a report, built from a round and its findings.

use std::collections::BTreeMap;

use super::{Cell, Column, Kind, Options, Sheet, SheetName};
use crate::finding::Findings;
use crate::form::Form;
use crate::review::{CaseNumber, Progress, Review};
use crate::round::{Case, Replaced, Round};
use crate::sample::certificate::Certificate;
use crate::sample::seed::SeedOrigin;
use crate::table::date::Date;

/// All sheets, in order.
pub(super) fn all(round: &Round, findings: &Findings, options: &Options) -> Vec<Sheet> {
    vec![
        summary(round, findings, options),
        grades(&round.form, findings),
        answers(round, findings, options),
        actions(findings),
        concerns(round),
        sample(round, options),
    ]
}

fn column(key: &str, heading: &str, kind: Kind) -> Column {
    Column {
        key: key.to_owned(),
        heading: heading.to_owned(),
        kind,
    }
}

fn number(case: CaseNumber) -> Cell {
    Cell::Number(u64::from(case.0))
}

fn summary(round: &Round, findings: &Findings, options: &Options) -> Sheet {
    let mut rows = Vec::new();
    let mut say = |item: &str, value: Cell| rows.push(vec![Cell::text(item), value]);
    say("Round", Cell::text(&round.title));
    say("Opened by", Cell::text(&round.auditor));
    say("Opened on", Cell::day(round.opened_at));
    if round.made_up {
        say(
            "Trial",
            Cell::text("A trial with a made-up list: no real child is in it."),
        );
    }
    say(
        "Form",
        Cell::text(format!(
            "{}, version {}",
            round.form.title, round.form.version
        )),
    );
    list(round, &mut say);
    if let Some(sample) = &round.sample {
        draw(&sample.certificate, &mut say);
    }
    let coverage = round.coverage();
    say("Cases in the sample", Cell::count(coverage.sampled));
    say("Signed", Cell::count(coverage.signed));
    say("Complete, not signed", Cell::count(coverage.complete));
    say("Begun, not complete", Cell::count(coverage.incomplete));
    say("Not begun", Cell::count(coverage.not_started));
    let counted = if options.drafts {
        "Every case that is begun, signed or not"
    } else {
        "Signed cases only"
    };
    say("Counted", Cell::text(counted));
    say("What the counts bear", Cell::text(findings.bearing()));
    let named = if options.with_ids {
        "By number in the draw, id and ticket"
    } else {
        "By number in the draw only: ids and tickets are left out"
    };
    say("How cases are named", Cell::text(named));
    let columns = vec![
        column("item", "Item", Kind::Text),
        column("value", "Value", Kind::Text),
    ];
    Sheet {
        name: SheetName::Summary,
        columns,
        rows,
    }
}

/// What the sample was drawn from, with every row accounted for.
fn list(round: &Round, say: &mut impl FnMut(&str, Cell)) {
    let Some(list) = &round.list else {
        return;
    };
    say("Case list", Cell::text(&list.source.name));
    if let Some(sheet) = &list.source.sheet {
        say("Sheet", Cell::text(sheet));
    }
    say("A case is named by", Cell::text(list.unit.join(" | ")));
    say("Rows read", Cell::count(list.read));
    say("Cases in the frame", Cell::count(list.size));
    say("Rows excluded", Cell::count(list.excluded));
    let certificate = round.sample.iter().map(|sample| &sample.certificate);
    for excluded in certificate.flat_map(|certificate| &certificate.excluded) {
        say(
            &format!("Excluded: {}", excluded.reason),
            Cell::count(excluded.count),
        );
    }
    say("Faulty rows", Cell::count(list.faulty));
    let sum = format!(
        "{} rows read = {} in the frame + {} excluded + {} faulty",
        list.read, list.size, list.excluded, list.faulty
    );
    say("Every row accounted for", Cell::text(sum));
    say("Fingerprint of the frame", Cell::text(&list.fingerprint));
}

/// How the sample was drawn.
fn draw(certificate: &Certificate, say: &mut impl FnMut(&str, Cell)) {
    let method = &certificate.method;
    say(
        "Method",
        Cell::text(format!("{} (version {})", method.kind, method.version)),
    );
    say("Seed", Cell::text(&certificate.seed.text));
    let origin = match certificate.seed.origin {
        SeedOrigin::Given => "Given by a person",
        SeedOrigin::Dice => "Rolled with dice",
        SeedOrigin::Machine => "Made by the machine",
    };
    say("Where the seed came from", Cell::text(origin));
    let mut which = certificate.draw.number.to_string();
    if let Some(reason) = &certificate.draw.reason {
        which = format!("{which}: {reason}");
    }
    say("Draw of this frame", Cell::text(which));
    for (further, number) in certificate.further.iter().zip(2..) {
        say(
            &format!("Round of drawing {number}"),
            Cell::text(format!("{} more: {}", further.cases.len(), further.reason)),
        );
    }
}

fn grades(form: &Form, findings: &Findings) -> Sheet {
    let mut columns = vec![column("section", "Section", Kind::Text)];
    columns.extend(
        form.grades
            .iter()
            .map(|grade| column(&format!("grade_{}", grade.id), &grade.label, Kind::Number)),
    );
    columns.push(column("not_applicable", "Not applicable", Kind::Number));
    columns.push(column("not_graded", "Not graded", Kind::Number));
    let rows = findings.grades.iter().map(|count| {
        let mut row = vec![Cell::text(&count.heading)];
        row.extend(count.at.iter().map(|cases| Cell::count(*cases)));
        row.extend([
            Cell::count(count.not_applicable),
            Cell::count(count.not_graded),
        ]);
        row
    });
    Sheet {
        name: SheetName::Grades,
        columns,
        rows: rows.collect(),
    }
}

fn answers(round: &Round, findings: &Findings, options: &Options) -> Sheet {
    let mut columns = vec![column("case", "Case", Kind::Number)];
    if options.with_ids {
        columns.push(column("case_id", "Case id", Kind::Id));
    }
    columns.extend([
        column("section", "Section", Kind::Text),
        column("question", "Question", Kind::Text),
        column("grade", "Grade", Kind::Text),
        column("answer", "Reason or answer", Kind::Text),
        column("signed_by", "Signed by", Kind::Text),
        column("signed_on", "Signed on", Kind::Date),
    ]);
    let mut rows = Vec::new();
    let counted = round
        .cases()
        .iter()
        .filter(|case| findings.cases.contains(&case.number));
    for (case, review) in counted.filter_map(|case| Some((case, round.reviews.get(&case.number)?)))
    {
        for part in &review.standing(&round.form).parts {
            for asked in &part.asked {
                let mut row = vec![number(case.number)];
                if options.with_ids {
                    row.push(Cell::text(&case.id));
                }
                row.extend([
                    Cell::text(part.title()),
                    Cell::text(&asked.question.text),
                    asked.grade(&round.form).map_or(Cell::Empty, Cell::text),
                    Cell::text(asked.words()),
                ]);
                row.extend(signature(review));
                rows.push(row);
            }
        }
    }
    Sheet {
        name: SheetName::Answers,
        columns,
        rows,
    }
}

fn signature(review: &Review) -> [Cell; 2] {
    match &review.signed {
        Some(signature) => [Cell::text(&signature.name), Cell::day(signature.at)],
        None => [Cell::Empty, Cell::Empty],
    }
}

fn actions(findings: &Findings) -> Sheet {
    let columns = vec![
        column("case", "Case", Kind::Number),
        column("section", "Section", Kind::Text),
        column("action", "What must happen", Kind::Text),
        column("owner", "Who", Kind::Text),
        column("due", "By when", Kind::Date),
    ];
    let rows = findings.actions.iter().map(|due| {
        let by = Date::of_field(&due.action.due).map_or(Cell::text(&due.action.due), Cell::Date);
        vec![
            number(due.case),
            Cell::text(&due.section),
            Cell::text(&due.action.what),
            Cell::text(&due.action.owner),
            by,
        ]
    });
    Sheet {
        name: SheetName::Actions,
        columns,
        rows: rows.collect(),
    }
}

/// Concerns leave whether or not the case's review counts: they stand apart from it.
fn concerns(round: &Round) -> Sheet {
    let columns = vec![
        column("case", "Case", Kind::Number),
        column("raised_on", "Raised on", Kind::Date),
        column("seen", "What was seen", Kind::Text),
        column("done", "What was done about it", Kind::Text),
        column("by", "By whom", Kind::Text),
        column("outcome", "What came of it", Kind::Text),
        column("closed_by", "Closed by", Kind::Text),
        column("closed_on", "Closed on", Kind::Date),
    ];
    let rows = round.concerns.iter().map(|concern| {
        let mut row = vec![
            number(concern.case),
            Cell::day(concern.raised_at),
            Cell::text(&concern.words.seen),
            Cell::text(&concern.words.done),
            Cell::text(&concern.words.by),
        ];
        row.extend(match &concern.closed {
            Some(closing) => [
                Cell::text(&closing.outcome),
                Cell::text(&closing.signed.name),
                Cell::day(closing.signed.at),
            ],
            None => [Cell::text("Open"), Cell::Empty, Cell::Empty],
        });
        row
    });
    Sheet {
        name: SheetName::Concerns,
        columns,
        rows: rows.collect(),
    }
}

fn sample(round: &Round, options: &Options) -> Sheet {
    let mut columns = vec![column("case", "Case", Kind::Number)];
    if options.with_ids {
        columns.push(column("case_id", "Case id", Kind::Id));
        columns.push(column("ticket", "Ticket", Kind::Text));
    }
    columns.push(column("state", "State", Kind::Text));
    columns.push(column("signed_on", "Signed on", Kind::Date));
    let drawn = round.sample.iter().flat_map(|it| it.certificate.drawn());
    let tickets: BTreeMap<&str, &str> = drawn
        .map(|case| (case.id.as_str(), case.ticket.as_str()))
        .collect();
    let counts = round.cases().iter().map(|case| (case, None));
    let replaced = round.sample.iter().flat_map(|sample| &sample.replaced);
    let replaced = replaced.map(|it| (&it.case, Some(it)));
    let rows = counts.chain(replaced).map(|(case, replaced)| {
        let mut row = vec![number(case.number)];
        if options.with_ids {
            let ticket = tickets.get(case.id.as_str()).copied().unwrap_or_default();
            row.extend([Cell::text(&case.id), Cell::text(ticket)]);
        }
        row.extend(match replaced {
            None => state(round, case),
            Some(Replaced { by, reason, .. }) => [
                Cell::text(format!("Replaced by case {by}: {reason}")),
                Cell::Empty,
            ],
        });
        row
    });
    Sheet {
        name: SheetName::Sample,
        columns,
        rows: rows.collect(),
    }
}

/// How far a case has come, and when it was signed.
fn state(round: &Round, case: &Case) -> [Cell; 2] {
    let word = match round.progress(case.number) {
        (_, true) => "Signed",
        (Progress::NotStarted, false) => "Not begun",
        (Progress::Incomplete, false) => "Begun",
        (Progress::Complete, false) => "Complete, not signed",
    };
    let signed = round
        .reviews
        .get(&case.number)
        .and_then(|review| review.signed.as_ref());
    [
        Cell::text(word),
        signed.map_or(Cell::Empty, |signature| Cell::day(signature.at)),
    ]
}
