//! Undo and redo: a further fact each time, across all sections of a case, and also after a reload.

use sightline::app::audit::{ActionPart, Edit};
use sightline::app::{Msg, audit};
use sightline::form::{GradeId, SectionId};
use sightline::journal::{Fact, Journal};
use sightline::review::{Answer, CaseNumber, Choice, Instance, Place, YesNo};

use crate::made;
use crate::person::{Person, place};

const CASE: CaseNumber = CaseNumber(1);

fn undo(person: &mut Person) {
    person.say(Msg::Audit(audit::Msg::ClickedUndo(CASE)));
}

fn redo(person: &mut Person) {
    person.say(Msg::Audit(audit::Msg::ClickedRedo(CASE)));
}

fn told(person: &Person) -> &str {
    let told = person.open().audit.told.as_ref();
    told.map_or("", |told| told.text.as_str())
}

fn typed(person: &mut Person, at: &str, text: &str) {
    let entered = Edit::Text(text.into());
    person.type_in(audit::Msg::Edited(CASE, place(at), entered));
}

fn text(person: &Person, at: &str) -> Option<String> {
    match person.open().review(CASE).answers.get(&place(at)) {
        Some(Answer::Text { text }) => Some(text.clone()),
        _ => None,
    }
}

/// Makes so many seconds pass.
fn wait(person: &mut Person, seconds: i64) {
    person.clock += seconds * 1000;
}

#[test]
fn changes_in_several_sections_are_taken_back_one_by_one_and_made_again() {
    let mut person = Person::with_sample(2);
    let before = person.open().review(CASE);
    typed(&mut person, "risk.evidence", "The chronology");
    person.edit(
        CASE,
        "plans.grade",
        Edit::Grade(Choice::Grade(GradeId("good".into()))),
    );
    let after = person.open().review(CASE);

    undo(&mut person);
    assert!(
        told(&person).starts_with("Undone: your answer to “"),
        "{}",
        told(&person)
    );
    assert_eq!(
        text(&person, "risk.evidence").as_deref(),
        Some("The chronology")
    );
    undo(&mut person);
    assert_eq!(person.open().review(CASE), before);
    assert!(!person.open().can_undo(CASE) && person.open().can_redo(CASE));
    redo(&mut person);
    redo(&mut person);
    assert!(
        told(&person).starts_with("Done again: "),
        "{}",
        told(&person)
    );
    assert_eq!(person.open().review(CASE), after);
    assert!(!person.open().can_redo(CASE));
}

#[test]
fn nothing_leaves_the_journal_and_a_reload_forgets_no_step() {
    let mut person = Person::with_sample(2);
    typed(&mut person, "risk.evidence", "The chronology");
    let lines = person.open().lines().to_vec();
    undo(&mut person);
    assert!(person.open().lines().starts_with(&lines));
    assert_eq!(person.open().lines().len(), lines.len() + 1);

    person.reload();
    assert_eq!(text(&person, "risk.evidence"), None);
    redo(&mut person);
    assert_eq!(
        text(&person, "risk.evidence").as_deref(),
        Some("The chronology")
    );
    person.reload();
    assert_eq!(
        text(&person, "risk.evidence").as_deref(),
        Some("The chronology")
    );

    let mut journal = Journal::default();
    for line in person.open().lines() {
        journal.take(line).unwrap();
    }
    let facts: Vec<_> = journal.entries().iter().map(|it| &it.fact).collect();
    assert!(matches!(
        facts[facts.len() - 2..],
        [Fact::ChangeUndone { .. }, Fact::ChangeRedone { .. }]
    ));
}

#[test]
fn words_written_in_one_go_are_taken_back_together_and_later_ones_by_themselves() {
    let mut person = Person::with_sample(2);
    typed(&mut person, "risk.evidence", "The chr");
    typed(&mut person, "risk.evidence", "The chronology");
    wait(&mut person, 60);
    typed(&mut person, "risk.evidence", "The chronology stops in May");
    undo(&mut person);
    assert_eq!(
        text(&person, "risk.evidence").as_deref(),
        Some("The chronology")
    );
    undo(&mut person);
    assert_eq!(text(&person, "risk.evidence"), None);
}

#[test]
fn half_a_word_that_is_no_fact_yet_is_undone_and_can_be_had_again() {
    let mut person = Person::with_sample(2);
    let entered = Edit::Text("Half a wo".into());
    person.say(Msg::Audit(audit::Msg::Edited(
        CASE,
        place("risk.evidence"),
        entered,
    )));
    assert!(person.open().can_undo(CASE));
    undo(&mut person);
    assert_eq!(text(&person, "risk.evidence"), None);
    redo(&mut person);
    assert_eq!(text(&person, "risk.evidence").as_deref(), Some("Half a wo"));
}

#[test]
fn a_new_change_ends_what_could_be_made_again() {
    let mut person = Person::with_sample(2);
    typed(&mut person, "risk.evidence", "One");
    undo(&mut person);
    typed(&mut person, "risk.evidence", "Two");
    assert!(!person.open().can_redo(CASE));
    undo(&mut person);
    assert_eq!(text(&person, "risk.evidence"), None);
}

#[test]
fn a_removed_action_comes_back_with_its_words() {
    let mut person = Person::with_sample(2);
    person.edit(CASE, "plans.actions", Edit::Added);
    let what = Edit::Action(0, ActionPart::What, "Write the plan".into());
    person.type_in(audit::Msg::Edited(CASE, place("plans.actions"), what));
    let written = person.open().review(CASE);
    person.edit(CASE, "plans.actions", Edit::Removed(0));
    undo(&mut person);
    assert_eq!(person.open().review(CASE), written);
    assert_eq!(
        person.focus.last().map(String::as_str),
        Some("plans-actions-add")
    );
}

#[test]
fn each_case_has_its_own_changes() {
    let mut person = Person::with_sample(2);
    typed(&mut person, "risk.evidence", "Of case 1");
    let other = CaseNumber(2);
    let entered = Edit::Text("Of case 2".into());
    person.type_in(audit::Msg::Edited(other, place("risk.evidence"), entered));
    undo(&mut person);
    assert_eq!(text(&person, "risk.evidence"), None);
    assert!(person.open().can_undo(other));
    assert_eq!(person.open().review(other).answers.len(), 1);
}

#[test]
fn a_signed_case_is_not_undone_until_it_is_opened_again() {
    let mut person = Person::with_sample(2);
    person.answer_all(CASE, "good");
    person.say(Msg::Audit(audit::Msg::ClickedSign(CASE)));
    let (signed, lines) = (person.open().review(CASE), person.open().lines().len());
    assert!(!person.open().can_undo(CASE));
    undo(&mut person);
    assert_eq!(person.open().review(CASE), signed);
    assert_eq!(person.open().lines().len(), lines);
    person.say(Msg::Audit(audit::Msg::ClickedReopen(CASE)));
    let reason = audit::Msg::EnteredReopenReason(CASE, "A letter came".into());
    person.say(Msg::Audit(reason));
    person.say(Msg::Audit(audit::Msg::ConfirmedReopen(CASE)));
    undo(&mut person);
    assert_ne!(person.open().review(CASE).answers, signed.answers);
}

#[test]
fn a_removed_meeting_comes_back_where_it_was_with_all_its_answers() {
    let form = made::form();
    let mut person = Person::with_form(&form, 2);
    let repeats = form.sections.iter().find(|it| it.repeat.is_some()).unwrap();
    let section: SectionId = repeats.id.clone();
    let add = audit::Msg::ClickedAddInstance(CASE, section.clone());
    for _ in person.open().review(CASE).instances(repeats).len()..3 {
        person.say(Msg::Audit(add.clone()));
    }
    let second = Place {
        instance: Some(Instance(2)),
        ..place("meetings.held")
    };
    let held = Edit::YesNo(YesNo::Yes);
    person.say(Msg::Audit(audit::Msg::Edited(CASE, second.clone(), held)));
    let whole = person.open().review(CASE);
    let remove = audit::Msg::ClickedRemoveInstance(CASE, section, Instance(2));
    person.say(Msg::Audit(remove));
    person.say(Msg::Audit(audit::Msg::ConfirmedRemoveInstance(CASE)));
    let without = person.open().review(CASE);
    assert!(!without.answers.contains_key(&second));

    undo(&mut person);
    assert!(
        told(&person).contains("is there again"),
        "{}",
        told(&person)
    );
    assert_eq!(person.open().review(CASE), whole);
    redo(&mut person);
    assert!(told(&person).contains("is gone again"), "{}", told(&person));
    assert_eq!(person.open().review(CASE), without);
    undo(&mut person);
    person.reload();
    assert_eq!(person.open().review(CASE), whole);
}
