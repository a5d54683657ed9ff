//! Forms outside of a round: given by the desk, read from files, kept, changed, and used.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "in a test, what is not there is a failure, and one kind of thing is looked for"
)]

use std::path::Path;

use sightline::app::forms::edit::condition::ConditionEdit;
use sightline::app::forms::edit::{Field, Msg as Edit, New, Of, Part, Pick, Switch, Thing};
use sightline::app::forms::{FormsPage, Import, Kept, Msg as Forms};
use sightline::app::shelf::Msg as Shelf;
use sightline::app::{FileKey, Msg, Route};
use sightline::clerk::form::FileKind;
use sightline::form::edit::Way;
use sightline::form::{Form, Kind, QuestionId, SectionId, built_in};
use sightline::xlsform;

use crate::person::{PASSPHRASE, Person, at};

fn page(page: FormsPage) -> Msg {
    Msg::AddressChanged(Route::Forms(page))
}

fn choose(person: &mut Person, name: &str, bytes: &[u8]) {
    person.say(page(FormsPage::Import));
    person.choose(bytes);
    person.say(Msg::Forms(Forms::ChoseFile(FileKey(0), name.to_owned())));
}

fn spreadsheet() -> Vec<u8> {
    std::fs::read(Path::new("tests/fixtures/spreadsheet/xlsform.xlsx")).unwrap()
}

/// The name of the form that the page shows or changes.
fn shown(person: &Person) -> String {
    match at(person) {
        Route::Forms(
            FormsPage::Show(name)
            | FormsPage::Edit(name)
            | FormsPage::Section(name, _)
            | FormsPage::Question(name, _),
        ) => name,
        other => panic!("no form is shown at {other}"),
    }
}

fn edit(person: &mut Person, msg: Edit) {
    person.say(Msg::Forms(Forms::Edit(msg)));
}

/// A person who is changing a copy of the core form.
fn with_copy() -> (Person, String) {
    let mut person = Person::new();
    person.say(page(FormsPage::Show("core".into())));
    person.say(Msg::Forms(Forms::ClickedCopy("core".into())));
    let name = shown(&person);
    (person, name)
}

fn form<'a>(person: &'a Person, name: &str) -> &'a Form {
    person.model.form_named(name).expect("the form is here")
}

/// What the store holds of a form.
fn on_disk(person: &Person, name: &str) -> Kept {
    serde_json::from_str(&person.forms[name]).unwrap()
}

#[test]
fn a_form_from_a_spreadsheet_is_looked_at_kept_and_used() {
    let mut person = Person::new();
    choose(&mut person, "xlsform.xlsx", &spreadsheet());
    let Import::Read { imported, renamed } = &person.model.forms.import else {
        panic!("{:?}", person.model.forms.import);
    };
    assert_eq!(imported.left_out.len(), 1, "named before it is kept");
    assert_eq!(*renamed, None);
    assert!(person.forms.is_empty(), "nothing is kept unasked");
    let read = imported.form.clone();

    person.say(Msg::Forms(Forms::ClickedKeepImported));
    let name = shown(&person);
    person.reload();
    assert_eq!(form(&person, &name), &read);

    person.say(Msg::Forms(Forms::ClickedUse(name.clone())));
    person.start_round("With our own form", "A. Auditor");
    assert_eq!(*person.open().round.form, read);
    assert!(on_disk(&person, &name).used);

    person.say(Msg::Forms(Forms::ClickedRemove(name.clone())));
    person.say(Msg::Forms(Forms::ConfirmedRemove));
    person.reload();
    assert!(person.model.forms.own.is_empty());
    person.say(Msg::AddressChanged(Route::Round));
    person.unlock(PASSPHRASE);
    assert_eq!(*person.open().round.form, read, "the round keeps its form");
}

#[test]
fn a_file_that_is_no_form_is_refused_with_every_place_and_nothing_is_kept() {
    let mut person = Person::new();
    choose(
        &mut person,
        "form.json",
        br#"{"format": "sightline-form/1", "id": "a", "version": "1",
        "title": "A", "about": "", "sections": [{"id": "s", "title": "S", "questions": [
        {"id": "s.q", "text": "Q", "kind": {"type": "opinion"}}]}]}"#,
    );
    let Import::Malformed(file, problems) = &person.model.forms.import else {
        panic!("{:?}", person.model.forms.import);
    };
    assert_eq!(file, "form.json");
    assert!(problems[0].message.contains("s.q"), "{problems:?}");
    assert!(person.focus.contains(&"error-summary".to_owned()));

    choose(&mut person, "scan.pdf", b"%PDF-1.7");
    let Import::Malformed(_, problems) = &person.model.forms.import else {
        panic!("{:?}", person.model.forms.import);
    };
    assert!(problems[0].message.contains("PDF"), "{problems:?}");
    person.say(Msg::Forms(Forms::ClickedKeepImported));
    assert!(person.forms.is_empty());
}

#[test]
fn any_form_is_saved_as_a_file_that_reads_back_to_it() {
    for built_in in built_in::FORMS {
        let mut person = Person::new();
        person.say(page(FormsPage::Show(built_in.id.into())));
        let before = form(&person, built_in.id).clone();
        for kind in [FileKind::Workbook, FileKind::Json] {
            person.say(Msg::Forms(Forms::ClickedExport(built_in.id.into(), kind)));
            let (name, bytes) = person.files.last().unwrap();
            assert!(
                name.starts_with("sightline-form-") && name.ends_with(kind.ending()),
                "{name}"
            );
            let back = match kind {
                FileKind::Workbook => xlsform::read(name, bytes).unwrap().form,
                FileKind::Json => Form::parse(std::str::from_utf8(bytes).unwrap()).unwrap(),
            };
            assert_eq!(back, before, "{name}");
        }
    }
}

#[test]
fn a_form_that_came_back_is_taken_for_no_other() {
    let (mut person, name) = with_copy();
    let copy = form(&person, &name).clone();
    let said = |person: &Person| match &person.model.forms.import {
        Import::Read { imported, renamed } => (imported.form.clone(), renamed.clone()),
        other => panic!("{other:?}"),
    };
    let json = |form: &Form| serde_json::to_vec(form).unwrap();
    choose(&mut person, "same.json", &json(&copy));
    let (read, renamed) = said(&person);
    assert_eq!(read, copy);
    assert!(renamed.unwrap().contains("this very form already"));

    let mut changed = copy.clone();
    changed.title = "Another title".into();
    choose(&mut person, "changed.json", &json(&changed));
    let (read, renamed) = said(&person);
    assert_eq!(read.version, "2");
    assert!(renamed.unwrap().contains("version 2"));

    choose(&mut person, "core.json", &json(&Form::core().unwrap()));
    let (read, renamed) = said(&person);
    assert_eq!(read.id, "core-own-2");
    assert!(renamed.unwrap().contains("comes with Sightline"));
}

#[test]
fn what_is_changed_is_kept_and_can_be_taken_back() {
    let (mut person, name) = with_copy();
    let before = form(&person, &name).clone();
    edit(&mut person, Edit::Typed(Field::Title, "Our".into()));
    edit(&mut person, Edit::Typed(Field::Title, "Our audit".into()));
    assert_ne!(on_disk(&person, &name).form.title, "Our audit");
    person.pause();
    assert_eq!(on_disk(&person, &name).form.title, "Our audit");
    let plans = SectionId("plans".into());
    edit(&mut person, Edit::Removed(Thing::Section(plans.clone())));
    assert_eq!(person.focus.last().unwrap(), "undo");
    person.reload();
    assert!(
        form(&person, &name).section(&plans).is_none(),
        "it is on disk"
    );

    let (mut person, name) = with_copy();
    edit(&mut person, Edit::Typed(Field::Title, "Our".into()));
    edit(&mut person, Edit::Typed(Field::Title, "Our audit".into()));
    edit(&mut person, Edit::Removed(Thing::Section(plans)));
    edit(&mut person, Edit::ClickedUndo);
    assert_eq!(form(&person, &name).title, "Our audit");
    edit(&mut person, Edit::ClickedUndo);
    assert_eq!(
        form(&person, &name),
        &before,
        "what is typed in one field is one change"
    );
    edit(&mut person, Edit::ClickedUndo);
    assert_eq!(
        form(&person, &name),
        &before,
        "there is nothing more to take back"
    );
    assert_eq!(on_disk(&person, &name).form, before);
}

#[test]
fn words_typed_and_not_yet_kept_are_kept_when_the_page_is_left_or_hidden() {
    for leave in [Msg::PageHidden, Msg::AddressChanged(Route::Home)] {
        let (mut person, name) = with_copy();
        edit(
            &mut person,
            Edit::Typed(Field::About, "For our board.".into()),
        );
        person.say(leave);
        assert_eq!(on_disk(&person, &name).form.about, "For our board.");
    }
}

#[test]
fn a_change_that_could_not_be_kept_stays_in_memory_and_is_said() {
    let (mut person, name) = with_copy();
    person.disk_fails = Some("The disk is full.".into());
    edit(&mut person, Edit::Typed(Field::Title, "Our audit".into()));
    person.pause();
    assert_eq!(
        person.model.forms.refused.as_deref(),
        Some("The disk is full.")
    );
    person.say(page(FormsPage::All));
    assert_eq!(
        form(&person, &name).title,
        "Our audit",
        "not replaced by the disk's"
    );
    assert!(person.model.forms.unkept.contains(&name));
    assert!(
        person.model.would_lose_words(),
        "the browser asks before the page is closed"
    );
    person.disk_fails = None;
    person.say(Msg::ClickedStoreAgain);
    assert!(!person.model.would_lose_words());
    assert_eq!(on_disk(&person, &name).form.title, "Our audit");
}

/// Makes a question of each kind by hand, in a form made from nothing.
#[test]
fn a_form_is_made_from_nothing_with_questions_of_every_kind() {
    let mut person = Person::new();
    person.say(page(FormsPage::All));
    person.say(Msg::Forms(Forms::ClickedNew));
    let name = shown(&person);
    edit(&mut person, Edit::Added(New::FourGrades));
    edit(&mut person, Edit::Added(New::Section));
    let Route::Forms(FormsPage::Section(_, section)) = at(&person) else {
        panic!("{}", at(&person));
    };
    for (tag, _) in sightline::app::forms::edit::KINDS {
        person.say(page(FormsPage::Section(name.clone(), section.clone())));
        edit(&mut person, Edit::Added(New::Question(section.clone())));
        let Route::Forms(FormsPage::Question(_, id)) = at(&person) else {
            panic!("{}", at(&person));
        };
        let faults = form(&person, &name).check();
        let here: Vec<_> = faults
            .iter()
            .filter(|it| it.place == Some(id.0.clone()))
            .collect();
        assert_eq!(here.len(), 1, "a question without text is named by its id");
        edit(
            &mut person,
            Edit::Picked(id.clone(), Pick::Kind, tag.into()),
        );
        let part = |part| Field::Question(id.clone(), part);
        edit(
            &mut person,
            Edit::Typed(part(Part::Text), format!("A question: {tag}")),
        );
        if tag == "interval" {
            edit(
                &mut person,
                Edit::Typed(part(Part::From), "Returned".into()),
            );
            edit(
                &mut person,
                Edit::Typed(part(Part::To), "Interview held".into()),
            );
        }
        let kind = &form(&person, &name).question(&id).unwrap().kind;
        assert_eq!(sightline::app::forms::edit::tag(kind), tag);
    }
    assert_eq!(form(&person, &name).check(), []);
    person.say(Msg::Forms(Forms::ClickedUse(name.clone())));
    person.start_round("Made by hand", "A. Auditor");
    assert_eq!(person.open().round.form.questions().count(), 11);
}

#[test]
fn a_number_that_is_none_is_said_and_changes_nothing() {
    let (mut person, name) = with_copy();
    edit(&mut person, Edit::Typed(Field::LookBack, "a year".into()));
    let editor = &person.model.forms.editor;
    assert!(editor.error(&Field::LookBack).is_some());
    assert_eq!(
        editor.value(form(&person, &name), &Field::LookBack),
        "a year"
    );
    assert_eq!(form(&person, &name).look_back_months, Some(12));
    edit(&mut person, Edit::Typed(Field::LookBack, "6".into()));
    assert_eq!(person.model.forms.editor.error(&Field::LookBack), None);
    assert_eq!(form(&person, &name).look_back_months, Some(6));
}

#[test]
fn a_condition_is_made_of_lines_in_plain_words() {
    let (mut person, name) = with_copy();
    let last = QuestionId("risk.evidence".into());
    let of = Of::Asked(last.clone());
    let mut say = |edit: ConditionEdit| {
        person.say(Msg::Forms(Forms::Edit(Edit::Condition(of.clone(), edit))));
        let form = form(&person, &name);
        let condition = form.question(&last).unwrap().show_if.as_ref();
        condition.map(|it| it.in_words(form))
    };
    let asked = "“How well are the child’s needs and the risks to the child understood?”";
    assert_eq!(
        say(ConditionEdit::AddedLine).unwrap(),
        format!("{asked} is Outstanding")
    );
    assert_eq!(
        say(ConditionEdit::ChoseTest(0, "at_or_below".into())).unwrap(),
        format!("{asked} is Inadequate or lower")
    );
    assert_eq!(
        say(ConditionEdit::ChoseValue(0, "good".into())).unwrap(),
        format!("{asked} is Good or lower")
    );
    assert_eq!(
        say(ConditionEdit::AddedLine).unwrap(),
        format!("{asked} is Good or lower and {asked} is Outstanding")
    );
    assert!(
        say(ConditionEdit::ChoseAny(true))
            .unwrap()
            .contains(" or “")
    );
    say(ConditionEdit::RemovedLine(1));
    assert_eq!(say(ConditionEdit::RemovedLine(0)), None);
}

#[test]
fn grades_answers_and_questions_are_moved_and_removed_with_what_belongs_to_them() {
    let (mut person, name) = with_copy();
    edit(&mut person, Edit::Removed(Thing::Grade(3)));
    let grades = |form: &Form| -> Vec<usize> {
        form.questions()
            .filter_map(|it| match &it.kind {
                Kind::Grade { benchmarks, .. } => Some(benchmarks.len()),
                _ => None,
            })
            .collect()
    };
    assert!(grades(form(&person, &name)).iter().all(|count| *count == 3));
    assert_eq!(form(&person, &name).check(), []);
    let first = form(&person, &name).sections[1].questions[0].id.clone();
    edit(
        &mut person,
        Edit::Moved(Thing::Question(first.clone()), Way::Up),
    );
    let after = form(&person, &name);
    assert_eq!(after.sections[0].questions.last().unwrap().id, first);
    edit(
        &mut person,
        Edit::Moved(Thing::Question(first.clone()), Way::Down),
    );
    assert_eq!(form(&person, &name).sections[1].questions[0].id, first);
    let overall = SectionId("overall".into());
    edit(
        &mut person,
        Edit::Moved(Thing::Section(overall.clone()), Way::Up),
    );
    assert_eq!(form(&person, &name).sections[8].id, overall);
    edit(
        &mut person,
        Edit::Switched(Switch::Repeats(overall.clone()), true),
    );
    assert!(
        form(&person, &name)
            .section(&overall)
            .unwrap()
            .repeat
            .is_some()
    );
}

#[test]
fn a_form_that_was_used_changes_by_a_new_version_which_a_round_takes_by_its_own_step() {
    let (mut person, first) = with_copy();
    person.say(Msg::Forms(Forms::ClickedUse(first.clone())));
    person.start_round("The first", "A. Auditor");
    let round = |person: &Person| person.open().round.form.version.clone();
    assert_eq!(round(&person), "1");
    assert_eq!(person.model.newer_version(), None);

    // The page of the version that was used changes nothing.
    person.say(page(FormsPage::Edit(first.clone())));
    let used = form(&person, &first).clone();
    edit(&mut person, Edit::Typed(Field::Title, "Changed".into()));
    assert_eq!(form(&person, &first), &used);

    person.say(Msg::Forms(Forms::ClickedEdit(first.clone())));
    let second = shown(&person);
    assert_ne!(second, first);
    assert_eq!(form(&person, &second).version, "2");
    let id = QuestionId("risk.evidence".into());
    edit(
        &mut person,
        Edit::Typed(Field::Question(id, Part::Text), "What was seen?".into()),
    );
    // Asked again, the draft goes on: there is no third version.
    person.say(Msg::Forms(Forms::ClickedEdit(first.clone())));
    assert_eq!(shown(&person), second);
    assert_eq!(form(&person, &first), &used);

    person.say(Msg::AddressChanged(Route::Form));
    assert_eq!(person.model.newer_version(), Some("2"));
    let (newer, change, _) = person.open().form_update().expect("it is offered");
    assert_eq!(newer.version, "2");
    assert_eq!(change.questions.len(), 1);
    person.say(Msg::ClickedTakeForm);
    assert_eq!(round(&person), "2");
    assert!(on_disk(&person, &second).used);
    assert_eq!(person.model.newer_version(), None);
}

#[test]
fn a_round_for_reflection_has_no_grades_and_keeps_all_else() {
    for built_in in built_in::FORMS {
        let mut person = Person::new();
        person.say(Msg::AddressChanged(Route::NewRound));
        person.say(Msg::Shelf(Shelf::ChoseForm(built_in.id.into())));
        person.say(Msg::Shelf(Shelf::ChoseUngraded(true)));
        person.start_round("Reflective", "A. Auditor");
        let round = &person.open().round.form;
        let graded = built_in.form().unwrap();
        assert!(
            !round.is_graded() && round.grades.is_empty(),
            "{}",
            round.id
        );
        assert_eq!(round.questions().count(), graded.questions().count());
        assert_eq!(round.check(), [], "{}", round.id);
        assert_eq!(person.model.newer_version(), None);
    }
}

#[test]
fn a_round_for_reflection_takes_the_newer_version_without_grades() {
    let mut person = Person::new();
    person.say(Msg::AddressChanged(Route::NewRound));
    person.say(Msg::Shelf(Shelf::ChoseUngraded(true)));
    person.start_round("Reflective", "A. Auditor");
    let line = person
        .disk
        .values_mut()
        .next()
        .unwrap()
        .first_mut()
        .unwrap();
    let version = format!(r#""version":"{}""#, built_in::CORE.version);
    assert!(line.contains(&version), "{line}");
    *line = line.replacen(&version, r#""version":"2025.1""#, 1);
    person.reload();
    person.unlock(PASSPHRASE);
    assert_eq!(person.open().round.form.version, "2025.1");
    person.say(Msg::AddressChanged(Route::Form));
    person.say(Msg::ClickedTakeForm);
    let form = &person.open().round.form;
    assert_eq!(form.version, built_in::CORE.version);
    assert!(!form.is_graded());
}

#[test]
fn a_clerk_that_fails_while_a_form_is_read_is_told_of_and_another_can_be_asked() {
    let mut person = Person::new();
    person.say(page(FormsPage::Import));
    // The request goes out, and no answer comes.
    let effects = person.model.update(
        1,
        Msg::Forms(Forms::ChoseFile(FileKey(0), "form.xlsx".into())),
    );
    let [sightline::app::Effect::AskClerk(tag, ..)] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    person.say(Msg::ClerkFailed(*tag));
    assert!(matches!(person.model.forms.import, Import::Refused(_)));
    choose(&mut person, "xlsform.xlsx", &spreadsheet());
    assert!(matches!(person.model.forms.import, Import::Read { .. }));
}
