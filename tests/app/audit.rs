//! The walk: typing, what is missing, signing, opening again.

use sightline::app::audit::Edit;
use sightline::app::open::Saved;
use sightline::app::{Msg, Route, audit};
use sightline::export::ExportKind;
use sightline::form::{GradeId, SectionId};
use sightline::review::{Answer, CaseNumber, Choice, Progress};

use crate::person::{Person, at, place};

const CASE: CaseNumber = CaseNumber(1);

fn good() -> Choice {
    Choice::Grade(GradeId("good".into()))
}

fn typed(person: &mut Person, text: &str) {
    let entered = audit::Msg::Edited(CASE, place("risk.evidence"), Edit::Text(text.into()));
    person.say(Msg::Audit(entered));
}

fn evidence_on_disk(person: &mut Person) -> Option<Answer> {
    person.reload();
    person
        .open()
        .round
        .reviews
        .get(&CASE)?
        .answers
        .get(&place("risk.evidence"))
        .cloned()
}

#[test]
fn the_whole_job_from_list_to_workbook() {
    let mut person = Person::with_sample(3);
    for number in 1..=3 {
        let case = CaseNumber(number);
        person.answer_all(case, "good");
        person.say(Msg::Audit(audit::Msg::ClickedSign(case)));
        assert_eq!(
            person.open().round.progress(case),
            (Progress::Complete, true)
        );
    }
    assert!(person.export(ExportKind::Workbook).starts_with(b"PK"));
    assert!(person.export(ExportKind::Csv).starts_with(b"\xef\xbb\xbf"));
    assert!(person.export(ExportKind::Json).starts_with(b"{"));
    for (name, _) in &person.files {
        assert!(
            name.starts_with("sightline-findings-20"),
            "{name} names nobody"
        );
    }
}

#[test]
fn typing_waits_once_and_a_pause_makes_it_a_fact() {
    let mut person = Person::with_sample(2);
    typed(&mut person, "The plan");
    assert!(person.pause_awaited);
    assert_eq!(person.open().saved(), Saved::OnItsWay);
    person.pause_awaited = false;
    typed(&mut person, "The plan says");
    assert!(
        !person.pause_awaited,
        "one wait is enough: a draft is never older than it"
    );
    person.pause_awaited = true;
    person.pause();
    assert_eq!(person.open().saved(), Saved::Yes);
    let text = "The plan says".to_owned();
    assert_eq!(evidence_on_disk(&mut person), Some(Answer::Text { text }));
}

#[test]
fn leaving_the_page_or_hiding_it_keeps_what_was_typed() {
    for leave in [
        Msg::PageHidden,
        Msg::AddressChanged(Route::Findings),
        Msg::Audit(audit::Msg::LeftField),
    ] {
        let mut person = Person::with_sample(2);
        person.say(Msg::AddressChanged(Route::Section(
            CASE,
            SectionId("risk".into()),
        )));
        typed(&mut person, "Half a sen");
        person.say(leave);
        let text = "Half a sen".to_owned();
        assert_eq!(evidence_on_disk(&mut person), Some(Answer::Text { text }));
    }
}

#[test]
fn typing_and_taking_it_back_leaves_no_fact() {
    let mut person = Person::with_sample(2);
    let before = person.open().lines().len();
    typed(&mut person, "x");
    typed(&mut person, "");
    person.pause();
    assert_eq!(person.open().lines().len(), before);
}

#[test]
fn a_section_with_something_missing_says_so_once_then_lets_go_on() {
    let mut person = Person::with_sample(2);
    let section = SectionId("risk".into());
    person.say(Msg::AddressChanged(Route::Section(CASE, section.clone())));
    person.say(Msg::Audit(audit::Msg::ClickedContinue(
        CASE,
        section.clone(),
    )));
    assert_eq!(at(&person), Route::Section(CASE, section.clone()));
    assert!(person.open().audit.show_missing);
    assert_eq!(
        person.focus.last().map(String::as_str),
        Some("error-summary")
    );
    person.say(Msg::Audit(audit::Msg::ClickedContinue(CASE, section)));
    assert_eq!(at(&person), Route::Section(CASE, SectionId("plans".into())));
}

#[test]
fn a_grade_without_its_reason_cannot_be_signed() {
    let mut person = Person::with_sample(2);
    person.answer_all(CASE, "good");
    let taken_back = audit::Msg::Edited(CASE, place("risk.grade"), Edit::Reason(" ".into()));
    person.type_in(taken_back);
    person.say(Msg::Audit(audit::Msg::ClickedSign(CASE)));
    assert_eq!(
        person.open().round.progress(CASE),
        (Progress::Incomplete, false)
    );
    let missing = person
        .open()
        .review(CASE)
        .missing(&person.open().round.form);
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].place, place("risk.grade"));
    assert_eq!(missing[0].message, "Give the reason for the grade");
}

#[test]
fn a_section_that_does_not_apply_needs_only_its_reason() {
    let mut person = Person::with_sample(2);
    let grade = place("plans.grade");
    let not_applicable =
        audit::Msg::Edited(CASE, grade.clone(), Edit::Grade(Choice::NotApplicable));
    person.say(Msg::Audit(not_applicable));
    let form = person.open().round.form.clone();
    let plans = form.section(&SectionId("plans".into())).unwrap();
    let missing = person.open().missing_in(CASE, plans);
    assert_eq!(missing.len(), 1, "{missing:?}");
    let reason = Edit::Reason("Closed at assessment".into());
    person.type_in(audit::Msg::Edited(CASE, grade, reason));
    assert!(person.open().missing_in(CASE, plans).is_empty());
}

#[test]
fn a_signed_case_does_not_change_until_it_is_opened_again_with_a_reason() {
    let mut person = Person::with_sample(2);
    person.answer_all(CASE, "good");
    person.say(Msg::Audit(audit::Msg::ClickedSign(CASE)));
    let signed = person.open().review(CASE);
    let lines = person.open().lines().len();
    typed(&mut person, "Something else");
    person.edit(CASE, "risk.grade", Edit::Grade(good()));
    person.say(Msg::Audit(audit::Msg::ClickedReopen(CASE)));
    person.say(Msg::Audit(audit::Msg::ConfirmedReopen(CASE)));
    assert_eq!(person.open().review(CASE), signed, "no reason was given");
    assert_eq!(person.open().lines().len(), lines);
    person.say(Msg::Audit(audit::Msg::EnteredReopenReason(
        CASE,
        "New record found".into(),
    )));
    person.say(Msg::Audit(audit::Msg::ConfirmedReopen(CASE)));
    assert_eq!(
        person.open().round.progress(CASE),
        (Progress::Complete, false)
    );
    person.reload();
    assert_eq!(
        person.open().round.progress(CASE),
        (Progress::Complete, false)
    );
}

#[test]
fn words_that_wait_for_a_button_are_kept_before_it_is_pressed() {
    let mut person = Person::with_sample(2);
    person.answer_all(CASE, "good");
    person.say(Msg::Audit(audit::Msg::ClickedSign(CASE)));
    assert_eq!(person.open().saved(), Saved::Yes);
    person.say(Msg::Audit(audit::Msg::ClickedReopen(CASE)));
    let typed = audit::Msg::EnteredReopenReason(CASE, "A letter".into());
    person.say(Msg::Audit(typed));
    assert_eq!(person.open().saved(), Saved::OnItsWay);
    person.pause();
    assert_eq!(person.open().saved(), Saved::Yes);
    person.reload();
    assert_eq!(person.open().reopening(CASE).as_deref(), Some("A letter"));
    person.say(Msg::Audit(audit::Msg::ConfirmedReopen(CASE)));
    assert_eq!(person.open().saved(), Saved::Yes);
    assert_eq!(person.open().reopening(CASE), None);
    assert!(!person.open().round.progress(CASE).1);
    person.reload();
    assert_eq!(person.open().reopening(CASE), None);
}

#[test]
fn actions_are_added_written_and_removed() {
    let mut person = Person::with_sample(2);
    let id = place("plans.actions");
    person.edit(CASE, "plans.actions", Edit::Added);
    assert_eq!(
        person.focus.last().map(String::as_str),
        Some("plans-actions-0-what")
    );
    person.edit(CASE, "plans.actions", Edit::Added);
    let write = |index, part, text: &str| {
        audit::Msg::Edited(CASE, id.clone(), Edit::Action(index, part, text.into()))
    };
    person.type_in(write(0, audit::ActionPart::What, "Write the plan"));
    person.type_in(write(1, audit::ActionPart::Owner, "Team manager"));
    let form = person.open().round.form.clone();
    let plans = form.section(&SectionId("plans".into())).unwrap();
    let missing = person.open().missing_in(CASE, plans);
    assert!(
        missing
            .iter()
            .any(|it| it.message.contains("what must happen")),
        "{missing:?}"
    );
    person.edit(CASE, "plans.actions", Edit::Removed(1));
    person.reload();
    let review = person.open().review(CASE);
    let Some(Answer::Actions { actions }) = review.answers.get(&id) else {
        panic!("no actions")
    };
    assert_eq!(actions.len(), 1);
    assert_eq!(actions[0].what, "Write the plan");
}
