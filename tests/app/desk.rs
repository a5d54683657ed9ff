//! List and sample: what the desk answers, what is refused, and answers that come too late.

use sightline::app::list::OnDesk;
use sightline::app::sampling::plan;
use sightline::app::{Msg, Route, list, sampling};
use sightline::desk::Reply;
use sightline::sample::seed::SeedOrigin;

use crate::person::{PASSPHRASE, Person, at};

const LIST: &str = "Child Unique ID,Team\n1,North\n2,South\n3,North\n2,South\n,East\n";

fn with_list() -> Person {
    let mut person = Person::new();
    person.start_round("A round", "An auditor");
    person.choose_file("list.csv", LIST.as_bytes());
    person
}

#[test]
fn the_id_column_is_guessed_and_every_row_accounted_for() {
    let person = with_list();
    let (view, frame) = person.open().list.framed().expect("a list with a frame");
    assert_eq!(
        (view.rows, frame.unit.as_slice()),
        (5, &["Child Unique ID".to_owned()][..])
    );
    let excluded: usize = frame.excluded.iter().map(|it| it.count).sum();
    assert_eq!(
        (frame.read, frame.size, excluded, frame.faulty),
        (5, 3, 1, 1)
    );
}

#[test]
fn an_unreadable_file_is_refused_with_a_reason_and_another_can_be_chosen() {
    let mut person = with_list();
    person.choose_file("scan.pdf", b"%PDF-1.7 not a list");
    assert!(matches!(person.open().list.desk, OnDesk::Nothing));
    let why = person.open().list.refused.clone().unwrap();
    assert!(why.contains("PDF"), "{why}");
    person.choose_file("list.csv", LIST.as_bytes());
    assert!(person.open().list.framed().is_some());
    assert_eq!(person.open().list.refused, None);
}

#[test]
fn a_worker_that_fails_is_replaced_and_the_round_goes_on() {
    let mut person = with_list();
    person.say(Msg::List(list::Msg::Unit(list::unit::Msg::ChoseId(1))));
    person.say(Msg::DeskFailed(person.asked));
    let why = person.open().list.refused.clone().unwrap();
    assert!(why.contains("list.csv"), "{why}");
    person.choose_file("list.csv", LIST.as_bytes());
    assert!(person.open().list.framed().is_some());
}

#[test]
fn an_answer_to_an_older_question_is_dropped() {
    let mut person = with_list();
    person.say(Msg::DeskAnswered(
        sightline::app::Tag(0),
        Reply::Refused("an old answer".into()),
    ));
    assert_eq!(person.open().list.refused, None);
}

#[test]
fn a_wrong_plan_is_refused_field_by_field() {
    let mut person = with_list();
    person.say(Msg::List(list::Msg::ClickedUse));
    assert_eq!(at(&person), Route::Sample);
    person.say(Msg::Sampling(sampling::Msg::Plan(plan::Msg::EnteredSize(
        "0".into(),
    ))));
    person.say(Msg::Sampling(sampling::Msg::ClickedDraw));
    let fields: Vec<&str> = person
        .open()
        .sampling
        .errors
        .iter()
        .map(|(field, _)| field.as_str())
        .collect();
    assert_eq!(fields, [plan::SIZE_FIELD, sampling::SEED_FIELD]);
    person.draw(4, "seed");
    let (_, why) = &person.open().sampling.errors[0];
    assert!(why.contains('3'), "{why}");
    person.draw(3, " ");
    assert_eq!(person.open().sampling.errors[0].0, sampling::SEED_FIELD);
    person.draw(3, "seed");
    assert_eq!(at(&person), Route::Certificate);
}

#[test]
fn the_sample_brings_its_cells_and_nothing_private_unless_asked() {
    let mut person = Person::new();
    person.start_round("A round", "An auditor");
    let text =
        "Child Unique ID,Name,Date of Birth,Team\n1,Ann,01/02/2012,North\n2,Bob,03/04/2013,South\n";
    person.choose_file("list.csv", text.as_bytes());
    person.say(Msg::List(list::Msg::ClickedUse));
    person.draw(2, "seed");
    let sample = person.open().round.sample.clone().unwrap();
    assert_eq!(sample.columns, ["Child Unique ID", "Team"]);
    for case in &sample.cases {
        let team = if case.id == "1" { "North" } else { "South" };
        assert_eq!(case.cells, [case.id.as_str(), team]);
    }
    let kept = person.disk.values().next().unwrap().concat();
    assert!(
        !kept.contains("Ann") && !kept.contains("2012"),
        "what was not chosen is not kept"
    );
}

#[test]
fn after_a_reload_the_list_is_asked_for_again_and_need_not_be_taken_twice() {
    let mut person = with_list();
    person.say(Msg::List(list::Msg::ClickedUse));
    let lines = person.open().lines().len();
    person.reload();
    person.unlock(PASSPHRASE);
    assert!(
        person.open().list.framed().is_none(),
        "a list is never kept"
    );
    person.choose_file("list.csv", LIST.as_bytes());
    person.say(Msg::List(list::Msg::ClickedUse));
    assert_eq!(person.open().lines().len(), lines);
    person.draw(2, "seed");
    assert_eq!(at(&person), Route::Certificate);
}

#[test]
fn a_machines_seed_is_twenty_digits_and_marked() {
    let mut person = with_list();
    person.say(Msg::List(list::Msg::ClickedUse));
    person.say(Msg::Sampling(sampling::Msg::ChoseOrigin(
        SeedOrigin::Machine,
    )));
    let seed = person.open().sampling.seed.clone();
    assert!(
        seed.len() == 20 && seed.bytes().all(|byte| byte.is_ascii_digit()),
        "{seed}"
    );
    person.say(Msg::Sampling(sampling::Msg::Plan(plan::Msg::EnteredSize(
        "2".into(),
    ))));
    person.say(Msg::Sampling(sampling::Msg::ClickedDraw));
    let certificate = person.open().round.sample.clone().unwrap().certificate;
    assert_eq!(certificate.seed.origin, SeedOrigin::Machine);
}

#[test]
fn an_answer_to_a_round_that_was_closed_is_no_answer_to_the_next() {
    let mut person = with_list();
    person.say(Msg::AddressChanged(Route::Home));
    person.start_round("Another round", "An auditor");
    for tag in 0..=person.asked.0 {
        let late = Reply::Refused("an answer to the first round".into());
        person.say(Msg::DeskAnswered(sightline::app::Tag(tag), late));
    }
    assert_eq!(person.open().list.refused, None);
}
