//! "How many cases?" as the page answers it.

use sightline::app::sampling::planner::{Msg as Planner, Planner as Typed};
use sightline::app::{Msg, Route, sampling};

use crate::person::{Person, at};

#[test]
fn the_four_answers_are_the_published_ones() {
    let typed = Typed::default();
    // Cochran 1977, eq. 4.2, as R gives it: 10 points of 200 at 95 %.
    assert_eq!(typed.precision(200).map(|(size, _)| size), Ok(66));
    // Hypergeometric: no weak case of 6 in 120 is missed by 47 with less than 5 %; by 46 it is.
    let found = typed.discovery(120).expect("an answer");
    assert_eq!((found.count, found.size), (6, 47));
    assert!(
        found.curve.windows(2).all(|pair| pair[0].1 <= pair[1].1),
        "more cases meet more"
    );
    assert_eq!(found.curve.first().map(|point| point.1), Some(0.0));
    let assured = typed.assurance(120).expect("an answer");
    assert_eq!(assured.size, 26);
    let bearing = typed.bearing(120).expect("an answer");
    assert_eq!((bearing.size, bearing.unseen), (12, 25));
    // P(X ≥ 6) is 2.2 % with 26 weak and 2.6 % with 27; P(X ≤ 6) the same with 94 and 93. In R:
    // 1 - phyper(5, c(26, 27), c(94, 93), 12) and phyper(6, c(93, 94), c(27, 26), 12).
    let halves = bearing.halves;
    assert_eq!((halves.weak, halves.from, halves.to), (6, 27, 93));
}

#[test]
fn what_is_no_figure_is_said_and_the_other_answers_stay() {
    let typed = Typed {
        margin: "ten".into(),
        manageable: "130".into(),
        ..Typed::default()
    };
    assert!(typed.precision(120).is_err_and(|why| why.contains("“ten”")));
    assert!(
        typed
            .bearing(120)
            .is_err_and(|why| why.contains("larger than the population of 120"))
    );
    assert!(typed.discovery(120).is_ok());
}

#[test]
fn a_number_chosen_there_fills_the_field() {
    let mut person = Person::new();
    person.say(Msg::Shelf(sightline::app::shelf::Msg::ClickedTryMadeUp));
    person.say(Msg::List(sightline::app::list::Msg::ClickedUse));
    person.say(Msg::AddressChanged(Route::HowMany));
    let say = |msg| Msg::Sampling(sampling::Msg::Planner(msg));
    person.say(say(Planner::EnteredManageable("14".into())));
    person.say(say(Planner::ClickedTake(14)));
    assert_eq!(at(&person), Route::Sample);
    assert_eq!(person.open().sampling.plan.size, "14");
    assert_eq!(person.focus.last().map(String::as_str), Some("sample-size"));
}

/// A million cases: the page answers at once, so it never asks the desk.
#[test]
fn a_million_cases_are_answered_too() {
    let typed = Typed::default();
    let sizes = (
        typed.precision(1_000_000).map(|(size, _)| size),
        typed.discovery(1_000_000).map(|found| found.size),
        typed.assurance(1_000_000).map(|found| found.size),
        typed.bearing(1_000_000).map(|found| found.size),
    );
    assert_eq!(sizes, (Ok(97), Ok(59), Ok(29), Ok(12)));
}
