//! A newer version on the host: offered, taken when the person says so, and never before what was
//! typed is on disk.

use sightline::app::audit::Edit;
use sightline::app::open::Saved;
use sightline::app::{Msg, audit, proof::About};
use sightline::review::{Answer, CaseNumber};

use crate::person::{Person, place};

fn newer() -> Msg {
    Msg::NewerFound(About {
        version: "2.0.0".to_owned(),
        ..About::default()
    })
}

fn type_evidence(person: &mut Person, text: &str) {
    let typed = Edit::Text(text.into());
    person.say(Msg::Audit(audit::Msg::Edited(
        CaseNumber(1),
        place("risk.evidence"),
        typed,
    )));
}

fn evidence(person: &Person) -> Option<&Answer> {
    let review = person.open().round.reviews.get(&CaseNumber(1))?;
    review.answers.get(&place("risk.evidence"))
}

fn written() -> Answer {
    Answer::Text {
        text: "Half a wo".to_owned(),
    }
}

#[test]
fn an_offer_changes_nothing_until_it_is_taken_and_then_loses_nothing() {
    let mut person = Person::with_sample(2);
    type_evidence(&mut person, "Half a wo");
    person.say(newer());
    assert_eq!(evidence(&person), None, "a draft is still one");
    person.say(Msg::ClickedLoadNewer);
    assert_eq!(person.model.newer, None, "the page was loaded anew");
    assert_eq!(evidence(&person), Some(&written()));
}

#[test]
fn what_cannot_be_kept_is_not_left_for_a_newer_version() {
    let mut person = Person::with_sample(2);
    person.disk_fails = Some("The disk is full.".into());
    type_evidence(&mut person, "Half a wo");
    person.say(newer());
    person.say(Msg::ClickedLoadNewer);
    assert!(person.model.newer.is_some(), "the page stays");
    assert_eq!(person.open().saved(), Saved::No);
    assert_eq!(evidence(&person), Some(&written()));
    // Healed, it does not go by itself: the person asks again.
    person.disk_fails = None;
    person.say(Msg::ClickedStoreAgain);
    assert!(person.model.newer.is_some());
    person.say(Msg::ClickedLoadNewer);
    assert_eq!(person.model.newer, None);
}
