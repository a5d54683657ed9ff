//! The sample beside the list that it was drawn from: shown while the list is open, of the cases that
//! count now.

use sightline::app::sampling::balance::Beside;
use sightline::app::sampling::further::Msg as Further;
use sightline::app::{Msg, Route, sampling};
use sightline::sample::balance::Balance;

use crate::person::Person;

const LIST: &[u8] = include_bytes!("../../demo/child-protection.csv");

fn shown(person: &mut Person) -> Option<Balance> {
    person.say(Msg::AddressChanged(Route::Balance));
    match &person.open().sampling.balance {
        Beside::Shown(balance) => Some((**balance).clone()),
        Beside::Unknown | Beside::Refused(_) => None,
    }
}

#[test]
fn each_profiled_column_has_the_counts_of_list_and_sample() {
    let mut person = Person::with_sample(12);
    let balance = shown(&mut person).expect("the list is open");
    assert_eq!((balance.frame, balance.sample), (120, 12));
    let teams = balance.columns.iter();
    let teams = teams.filter(|column| column.column == "Allocated Team");
    let groups: Vec<_> = teams.flat_map(|column| &column.groups).collect();
    assert_eq!(groups.iter().map(|group| group.frame).sum::<usize>(), 120);
    assert_eq!(groups.iter().map(|group| group.sample).sum::<usize>(), 12);
}

#[test]
fn after_more_cases_it_is_of_all_that_count() {
    let mut person = Person::with_sample(4);
    assert_eq!(shown(&mut person).map(|it| it.sample), Some(4));
    for msg in [
        Further::ClickedMore,
        Further::EnteredMore("3".into()),
        Further::EnteredReason("A wider look".into()),
        Further::ClickedGoOn,
    ] {
        person.say(Msg::Sampling(sampling::Msg::Further(msg)));
    }
    assert_eq!(shown(&mut person).map(|it| it.sample), Some(7));
}

#[test]
fn after_a_reload_it_waits_for_the_same_list() {
    let mut person = Person::with_sample(4);
    person.reload();
    assert!(shown(&mut person).is_none());
    person.choose_file("other.csv", b"Child Unique ID,Team\n1,North\n2,South\n");
    assert!(shown(&mut person).is_none());
    let Beside::Refused(why) = &person.open().sampling.balance else {
        panic!("another list is refused");
    };
    assert!(
        why.contains("not the list that the sample was drawn from"),
        "{why}"
    );
    person.choose_file("the-same.csv", LIST);
    assert_eq!(shown(&mut person).map(|it| it.sample), Some(4));
}
