//! A small audit for the tests of what leaves: four cases, of which two are signed and one begun.

use serde_json::json;
use sightline::form::{Form, GradeId, Question, QuestionId};
use sightline::journal::{AuthorId, Fact, Journal, ListTaken};
use sightline::review::{Action, Answer, CaseNumber, Choice, Place, Review};
use sightline::round::Round;
use sightline::table::date::Date;

/// The ids of the sampled cases.
pub(crate) const IDS: [&str; 4] = ["00731-K", "AB-130|2", "994417", "ID 7"];

/// Their tickets.
pub(crate) const TICKETS: [&str; 4] = [
    "0.0011223344",
    "0.0022334455",
    "0.0033445566",
    "0.0044556677",
];

/// 20 November 2026, in the morning.
const AT: i64 = 1_795_168_800_000;

/// A day by its name.
pub(crate) fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// A round with its form and nothing else.
pub(crate) fn opened() -> Round {
    Round::fold(&journal(Vec::new())).unwrap().0
}

/// The whole audit.
pub(crate) fn audited() -> Round {
    with_reason("=1+1 is what the plan says; “brief”, she said,\nand general.")
}

/// The whole audit, with this reason for the first grade of case 1.
pub(crate) fn with_reason(reason: &str) -> Round {
    let mut facts = vec![Fact::ListTaken(list()), drawn()];
    facts.extend([
        answered(1, "plan.grade", grade("good", reason)),
        answered(1, "plan.todo", Answer::Actions { actions: actions() }),
        answered(1, "voice.grade", grade("fair", " Seen alone once. ")),
        answered(
            1,
            "voice.text",
            Answer::Text {
                text: "+44 “Nobody asks.”".to_owned(),
            },
        ),
        Fact::ReviewSigned {
            case: CaseNumber(1),
            name: "Pat O’Neill".to_owned(),
        },
        answered(2, "plan.grade", grade("poor", "No contingency.")),
        answered(2, "voice.grade", grade("-", "Unborn.")),
        Fact::ReviewSigned {
            case: CaseNumber(2),
            name: "Sam Lee".to_owned(),
        },
        answered(3, "plan.grade", grade("poor", "Out of date.")),
    ]);
    let (round, rejected) = Round::fold(&journal(facts)).unwrap();
    assert_eq!(rejected, []);
    round
}

/// The grade and the text that the sheet of answers must show.
pub(crate) fn expected(form: &Form, review: &Review, question: &Question) -> (String, String) {
    match review.answers.get(&Place::of(&question.id)) {
        Some(Answer::Grade {
            choice: Some(Choice::Grade(id)),
            reason,
        }) => (form.grade_label(id).to_owned(), reason.clone()),
        Some(Answer::Grade {
            choice: Some(Choice::NotApplicable),
            reason,
        }) => ("Not applicable".to_owned(), reason.clone()),
        Some(Answer::Text { text }) => (String::new(), text.clone()),
        Some(Answer::Actions { .. }) => {
            let lines = "Hold a strategy meeting; owner: Team manager; due: 2026-12-01\n\
                         -See the child alone; due: next week";
            (String::new(), lines.to_owned())
        }
        _ => (String::new(), String::new()),
    }
}

fn journal(facts: Vec<Fact>) -> Journal {
    let author = AuthorId("author".to_owned());
    let mut journal = Journal::default();
    let form = Box::new(form());
    let open = Fact::RoundOpened {
        title: "November".to_owned(),
        auditor: "Alex Grey".to_owned(),
        made_up: false,
        form,
    };
    for fact in [open].into_iter().chain(facts) {
        let entry = journal.draft(&author, AT, fact);
        journal.keep(&entry).unwrap();
    }
    journal
}

fn form() -> Form {
    let benchmarks = json!([
        {"grade": "good", "text": "g"}, {"grade": "fair", "text": "f"}, {"grade": "poor", "text": "p"}
    ]);
    let graded = json!({"type": "grade", "not_applicable": true, "benchmarks": benchmarks});
    let form = json!({
        "format": "sightline-form/1", "id": "small", "version": "1.0", "title": "Small audit",
        "about": "For tests.",
        "grades": [{"id": "good", "label": "Good"}, {"id": "fair", "label": "Fair"},
            {"id": "poor", "label": "Poor"}],
        "sections": [
            {"id": "plan", "title": "Plans", "questions": [
                {"id": "plan.grade", "text": "How good is the plan?", "required": true, "kind": graded},
                {"id": "plan.todo", "text": "Actions for the plan", "kind": {"type": "actions"}}]},
            {"id": "voice", "title": "The child’s voice", "questions": [
                {"id": "voice.grade", "text": "Is the child heard?", "required": true, "kind": graded},
                {"id": "voice.text", "text": "What did the child say?", "kind": {"type": "text"}}]}
        ]
    });
    Form::parse(&form.to_string()).unwrap()
}

fn list() -> ListTaken {
    let source = json!({"name": "annex-a.xlsx", "sheet": "List 7", "encoding": null,
        "sha256": "ab".repeat(32), "bytes": 4096});
    ListTaken {
        source: serde_json::from_value(source).unwrap(),
        unit: vec!["Child Unique ID".to_owned()],
        read: 40,
        size: 36,
        excluded: 3,
        faulty: 1,
        fingerprint: "cd".repeat(32),
    }
}

fn drawn() -> Fact {
    let sample: Vec<_> = (1..)
        .zip(IDS.iter().zip(TICKETS))
        .map(|(order, (id, ticket))| {
            json!({"order": order, "id": id, "ticket": ticket, "stratum": null})
        })
        .collect();
    let certificate = json!({
        "format": "sightline-certificate/1",
        "draw": {"number": 2, "reason": "The first list was of the wrong month"},
        "list": {"name": "annex-a.xlsx", "sheet": "List 7", "sha256": "ab".repeat(32), "rows": 40},
        "excluded": [{"reason": "Repeats the id of an earlier row", "count": 3}],
        "faulty": {"count": 1, "places": []},
        "unit": {"columns": ["Child Unique ID"]},
        "frame": {"size": 36, "fingerprint": "cd".repeat(32)},
        "strata": [],
        "seed": {"text": "63454660390103169462", "origin": "dice"},
        "method": {"name": "simple", "version": 1, "size": 4, "drop": 0},
        "sample": sample,
        "reserve": [],
        "recipe": []
    });
    Fact::SampleDrawn {
        certificate: serde_json::from_value(certificate).unwrap(),
        columns: vec!["Team".to_owned()],
        cells: vec![vec!["North".to_owned()]; IDS.len()],
    }
}

fn answered(case: u32, question: &str, answer: Answer) -> Fact {
    Fact::Answered {
        case: CaseNumber(case),
        place: Place::of(&QuestionId(question.to_owned())),
        answer,
    }
}

/// A grade by its id, or `-` for not applicable, with its reason.
fn grade(choice: &str, reason: &str) -> Answer {
    let choice = match choice {
        "-" => Choice::NotApplicable,
        id => Choice::Grade(GradeId(id.to_owned())),
    };
    Answer::Grade {
        choice: Some(choice),
        reason: reason.to_owned(),
    }
}

fn actions() -> Vec<Action> {
    let action = |what: &str, owner: &str, due: &str| Action {
        what: what.to_owned(),
        owner: owner.to_owned(),
        due: due.to_owned(),
    };
    vec![
        action("Hold a strategy meeting", "Team manager", "2026-12-01"),
        action("", " ", ""),
        action("-See the child alone", "", "next week"),
    ]
}
