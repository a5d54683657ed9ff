//! What a newer version of a form changes, and what it does to a round.
#![expect(
    clippy::unwrap_used,
    reason = "a test whose form cannot be read has failed"
)]

use serde_json::{Value, json};
use sightline::form::Form;
use sightline::form::change::{FormChange, What};

use crate::made;

/// The made-up form's next version, after a change.
fn next(change: impl Fn(&mut Value)) -> Form {
    let mut form = made::whole();
    form["version"] = json!("2");
    change(&mut form);
    Form::parse(&form.to_string()).unwrap()
}

fn changes(change: impl Fn(&mut Value)) -> FormChange {
    FormChange::between(&made::form(), &next(change))
}

#[test]
fn a_version_that_says_the_same_changes_nothing() {
    assert!(changes(|_| ()).is_empty());
}

#[test]
fn each_way_in_which_a_question_can_change_is_told() {
    let found = changes(|form| {
        let questions = form["sections"][0]["questions"].as_array_mut().unwrap();
        questions[0]["text"] = json!("Was the child seen without adults?");
        questions[1]["hint"] = json!("All that hold today.");
        questions[2]["required"] = json!(false);
        questions[3]["kind"]["max"] = json!(30);
        questions.remove(5);
        questions.push(json!({"id": "child.new", "text": "And now?", "kind": {"type": "text"}}));
        form["sections"][1]["title"] = json!("Meetings that matter");
        form["sections"][1]["repeat"]["max"] = json!(9);
        form["grades"][1]["label"] = json!("Middling");
    });
    let text = str::to_owned;
    let named: Vec<_> = found
        .questions
        .iter()
        .map(|(id, what)| (id.as_str(), what.clone()))
        .collect();
    assert_eq!(
        named,
        [
            (
                "child.seen",
                What::Reworded {
                    before: text("Was the child seen alone?"),
                    after: text("Was the child seen without adults?"),
                }
            ),
            ("child.lists", What::Explained(text("On which lists?"))),
            (
                "child.home",
                What::Asked(text("Where does the child live?"))
            ),
            ("child.moves", What::Answered(text("How many moves?"))),
            ("child.new", What::Added(text("And now?"))),
            ("child.settled", What::Removed(text("Since when settled?"))),
        ]
    );
    let sections: Vec<_> = found
        .sections
        .iter()
        .map(|(_, what)| what.clone())
        .collect();
    assert_eq!(
        sections,
        [
            What::Reworded {
                before: text("Key meetings"),
                after: text("Meetings that matter"),
            },
            What::Asked(text("Meetings that matter")),
        ]
    );
    assert!(found.grades);
}
