//! Questions of every kind on the walk, by the changes that a person makes; sections that repeat.
#![expect(
    clippy::unwrap_used,
    reason = "a test whose round cannot be read has failed"
)]

use sightline::app::audit::{self, ActionPart, Edit, EvidencePart, field};
use sightline::app::shelf::Msg as Shelf;
use sightline::app::{Msg, Route};
use sightline::export::ExportKind;
use sightline::form::{AlternativeId, Form, Kind, Question, QuestionId, Section, SectionId};
use sightline::journal::{Fact, Journal};
use sightline::review::{Answer, CaseNumber, Instance, Place};

use crate::made;
use crate::person::{Person, at, place};

const CASE: CaseNumber = CaseNumber(1);

/// A round with the made-up form that has every kind of question.
fn with_every_kind() -> Person {
    Person::with_form(&made::form(), 2)
}

fn meetings() -> SectionId {
    SectionId("meetings".into())
}

fn in_meeting(question: &str, instance: u32) -> Place {
    Place {
        instance: Some(Instance(instance)),
        ..place(question)
    }
}

fn answer(person: &Person, place: &Place) -> Option<Answer> {
    person.open().review(CASE).answers.get(place).cloned()
}

fn section(form: &Form, id: &SectionId) -> Section {
    form.section(id).unwrap().clone()
}

fn tick(person: &mut Person, id: &str, on: bool) -> Vec<String> {
    let edit = Edit::Ticked(AlternativeId(id.into()), on);
    person.edit(CASE, "child.lists", edit);
    let Some(Answer::SeveralOf { choices }) = answer(person, &place("child.lists")) else {
        return Vec::new();
    };
    choices.iter().map(ToString::to_string).collect()
}

#[test]
fn every_kind_of_question_is_answered_signed_and_exported() {
    let mut person = with_every_kind();
    person.answer_all(CASE, "weak");
    person.say(Msg::Audit(audit::Msg::ClickedSign(CASE)));
    assert!(person.open().round.progress(CASE).1);
    person.reload();
    assert!(person.open().round.progress(CASE).1, "it is on disk");
    let csv = String::from_utf8(person.export(ExportKind::Csv)).unwrap();
    // Noon to noon on the wall in the night in which the clocks go back.
    assert!(
        csv.contains("25 hours: within the limit of 72 hours"),
        "{csv}"
    );
    assert!(csv.contains("Key meetings: Meeting 1"), "{csv}");
    assert!(
        !csv.contains("Why not?"),
        "what was not asked has no row: {csv}"
    );
}

#[test]
fn a_form_for_reflection_has_no_grades_and_is_signed_and_exported_all_the_same() {
    let mut person = Person::with_sample(1);
    person.change_form(|form| {
        form.grades.clear();
        for section in &mut form.sections {
            let is_graded = |it: &Question| matches!(it.kind, Kind::Grade { .. });
            section.questions.retain(|it| !is_graded(it));
        }
        assert_eq!(form.check(), []);
    });
    person.answer_all(CASE, "");
    person.say(Msg::Audit(audit::Msg::ClickedSign(CASE)));
    assert!(person.open().round.progress(CASE).1);
    for kind in [ExportKind::Workbook, ExportKind::Csv, ExportKind::Json] {
        assert!(!person.export(kind).is_empty(), "{kind:?}");
    }
    assert_eq!(person.files.len(), 3);
}

#[test]
fn none_of_these_stands_alone() {
    let mut person = with_every_kind();
    assert_eq!(tick(&mut person, "missing", true), ["missing"]);
    assert_eq!(tick(&mut person, "gangs", true), ["missing", "gangs"]);
    assert_eq!(tick(&mut person, "none", true), ["none"]);
    assert_eq!(tick(&mut person, "gangs", true), ["gangs"]);
    assert_eq!(tick(&mut person, "gangs", false), [""; 0]);
}

#[test]
fn evidence_is_added_written_and_removed() {
    let mut person = with_every_kind();
    tick(&mut person, "gangs", true);
    person.edit(CASE, "exploitation.seen", Edit::Added);
    let focus = person.focus.last().map(String::as_str);
    assert_eq!(focus, Some("exploitation-seen-0-what"));
    let write = |part, text: &str| Edit::Evidence(0, part, text.into());
    person.edit(
        CASE,
        "exploitation.seen",
        write(EvidencePart::What, "Seen alone"),
    );
    person.edit(
        CASE,
        "exploitation.seen",
        write(EvidencePart::Source, "Visit"),
    );
    // Part of an action is nothing to a piece of evidence.
    let stray = Edit::Action(0, ActionPart::What, "Stray".into());
    person.edit(CASE, "exploitation.seen", stray);
    person.say(Msg::Audit(audit::Msg::LeftField));
    person.reload();
    let Some(Answer::Evidence { evidence }) = answer(&person, &place("exploitation.seen")) else {
        panic!("no evidence")
    };
    assert_eq!(evidence.len(), 1);
    assert_eq!(evidence[0].what, "Seen alone");
    person.edit(CASE, "exploitation.seen", Edit::Removed(0));
    assert_eq!(
        answer(&person, &place("exploitation.seen")),
        Some(Answer::Evidence {
            evidence: Vec::new()
        })
    );
}

#[test]
fn a_section_that_is_not_asked_is_passed_over_until_an_answer_calls_for_it() {
    let mut person = with_every_kind();
    let next = |person: &Person| person.open().after(CASE, &meetings());
    assert_eq!(
        next(&person),
        Route::Section(CASE, SectionId("last".into()))
    );
    tick(&mut person, "gangs", true);
    assert_eq!(
        next(&person),
        Route::Section(CASE, SectionId("exploitation".into()))
    );
    let before = person.open().before(CASE, &SectionId("last".into()));
    assert_eq!(
        before,
        Route::Section(CASE, SectionId("exploitation".into()))
    );
}

#[test]
fn a_meeting_is_added_up_to_the_most_and_removed_after_a_second_word_if_it_has_answers() {
    let mut person = with_every_kind();
    let add = Msg::Audit(audit::Msg::ClickedAddInstance(CASE, meetings()));
    let remove = |number| {
        Msg::Audit(audit::Msg::ClickedRemoveInstance(
            CASE,
            meetings(),
            Instance(number),
        ))
    };
    let count = |person: &Person| {
        let meetings = section(&person.open().round.form, &meetings());
        person.open().review(CASE).instances(&meetings).len()
    };
    person.say(add.clone());
    person.say(add.clone());
    assert_eq!(count(&person), 3);
    assert_eq!(person.focus.last().map(String::as_str), Some("meetings_3"));
    person.say(add);
    assert_eq!(count(&person), 3, "three is the most");
    assert!(person.open().audit.refused.is_some());

    let why = in_meeting("meetings.why", 2);
    person.type_in(audit::Msg::Edited(
        CASE,
        why.clone(),
        Edit::Text("Nobody came".into()),
    ));
    person.say(remove(2));
    assert_eq!(count(&person), 3, "a second word is waited for");
    assert_eq!(
        person.focus.last().map(String::as_str),
        Some(field::CONFIRM)
    );
    person.say(Msg::Audit(audit::Msg::ClickedKeepInstance));
    assert!(answer(&person, &why).is_some());
    person.say(remove(2));
    person.say(Msg::Audit(audit::Msg::ConfirmedRemoveInstance(CASE)));
    assert_eq!((count(&person), answer(&person, &why)), (2, None));
    person.say(remove(3));
    assert_eq!(
        count(&person),
        1,
        "nothing was written for it: it goes at once"
    );
    person.say(remove(1));
    assert_eq!(count(&person), 1, "one is the least");
    person.reload();
    assert_eq!(count(&person), 1);
}

#[test]
fn an_answer_to_an_instance_that_is_gone_is_refused() {
    let person = with_every_kind();
    let mut round = person.open().round.clone();
    let mut journal = Journal::default();
    for line in person.open().lines() {
        journal.take(line).unwrap();
    }
    let fact = Fact::Answered {
        case: CASE,
        place: in_meeting("meetings.why", 7),
        answer: Answer::Text {
            text: "Stray".into(),
        },
    };
    let entry = journal.draft(&person.open().author, 0, fact);
    let before = round.clone();
    let why = round.apply(&entry).unwrap_err();
    assert!(why.0.contains("no such instance"), "{why}");
    assert_eq!(round, before);
}

#[test]
fn a_round_is_opened_with_the_form_that_was_chosen() {
    let mut person = Person::new();
    person.say(Msg::AddressChanged(Route::NewRound));
    person.say(Msg::Shelf(Shelf::ChoseForm("no-such-form".into())));
    assert_eq!(person.model.new_round.form, "core");
    for form in sightline::form::built_in::FORMS {
        person.say(Msg::AddressChanged(Route::NewRound));
        person.say(Msg::Shelf(Shelf::ChoseForm(form.id.into())));
        person.start_round("Chosen", "A. Auditor");
        assert_eq!(at(&person), Route::Round);
        assert_eq!(*person.open().round.form, form.form().unwrap());
    }
}

/// A round of an older Sightline, whose form lacked a question that is required now and had one that
/// is gone, with a signed case.
fn of_an_older_version() -> Person {
    let mut person = Person::with_sample(2);
    person.change_form(|form| {
        form.version = "2025.1".into();
        let questions = &mut form.sections[0].questions;
        questions[1].id = QuestionId("risk.seen".into());
    });
    person.answer_all(CASE, "good");
    person.say(Msg::Audit(audit::Msg::ClickedSign(CASE)));
    assert!(person.open().round.progress(CASE).1);
    person
}

#[test]
fn a_round_keeps_its_form_until_the_newer_version_is_taken_and_told_what_it_changes() {
    let mut person = of_an_older_version();
    person.reload();
    assert_eq!(person.open().round.form.version, "2025.1");
    let core = sightline::form::built_in::CORE;
    assert_eq!(person.model.newer_version(), Some(core.version));
    person.say(Msg::AddressChanged(Route::Form));
    let (newer, change, effect) = person.open().form_update().unwrap();
    assert_eq!(newer, &Form::core().unwrap());
    let named: Vec<_> = change.questions.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(named, ["risk.evidence", "risk.seen"]);
    assert_eq!(effect.set_aside, [(CASE, place("risk.seen"))]);
    assert_eq!(effect.reopened, [CASE]);

    person.say(Msg::ClickedTakeForm);
    assert_eq!(at(&person), Route::Round);
    for reloaded in [false, true] {
        let round = &person.open().round;
        assert_eq!(*round.form, Form::core().unwrap(), "{reloaded}");
        assert!(!round.progress(CASE).1, "something is missing now");
        let missing = round.reviews[&CASE].missing(&round.form);
        assert_eq!(missing.len(), 1);
        assert_eq!(missing[0].place, place("risk.evidence"));
        assert!(person.open().form_update().is_none());
        person.reload();
    }
    let lines = person.open().lines().len();
    person.say(Msg::ClickedTakeForm);
    assert_eq!(person.open().lines().len(), lines, "there is nothing newer");
}

#[test]
fn a_round_takes_no_older_version_and_no_other_form() {
    let person = Person::with_sample(2);
    let mut other = Form::core().unwrap();
    other.version = "2030.1".into();
    let mut faulty = other.clone();
    faulty.sections.clear();
    let mut named = other.clone();
    named.id = "other".into();
    let refused = [
        (Form::core().unwrap(), "is not newer"),
        (named, "another form"),
        (faulty, "has a fault"),
    ];
    for (form, why) in refused {
        let mut round = person.open().round.clone();
        let form = Box::new(form);
        let entry = Journal::default().draft(&person.open().author, 0, Fact::FormUpdated { form });
        let rejection = round.apply(&entry).unwrap_err();
        assert!(rejection.0.contains(why), "{rejection}");
        assert_eq!(round, person.open().round);
    }
}
