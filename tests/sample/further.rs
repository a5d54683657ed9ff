//! Further rounds of drawing: the next tickets, never fewer than before, checked like the first.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sightline::sample::allocation::{Allocation, Share};
use sightline::sample::certificate::{Certificate, DrawnCase};
use sightline::sample::further::Step;
use sightline::sample::method::{Kind, Method, MustInclude};

use crate::lists::Loaded;
use crate::methods::{by_team, capped, ids, kinds, method, systematic, teams, weighted};

fn drawn(kind: Kind, size: usize) -> Certificate {
    teams().draw(&method(kind, size), "314159").unwrap()
}

fn extended(certificate: &Certificate, step: Step) -> Result<Certificate, String> {
    let further = certificate.extend(&teams().list(), step, "A reason.");
    let further = further.map_err(|refusal| refusal.to_string())?;
    Ok(certificate.clone().with(further))
}

fn all(certificate: &Certificate) -> Vec<&str> {
    certificate.drawn().map(|case| case.id.as_str()).collect()
}

#[test]
fn more_is_the_larger_draw() {
    for kind in [Kind::Simple, weighted("Days open")] {
        let larger = drawn(kind.clone(), 12);
        let certificate = extended(&drawn(kind, 5), Step::more(4)).unwrap();
        let certificate = extended(&certificate, Step::more(3)).unwrap();
        assert_eq!(all(&certificate), ids(&larger.sample));
        let orders: Vec<usize> = certificate.drawn().map(|case| case.order).collect();
        assert_eq!(orders, (1..=12).collect::<Vec<_>>());
        assert!(teams().verify(&certificate).matches);
    }
}

#[test]
fn a_replacement_is_the_next_ticket_and_the_case_stays_listed() {
    let whole = drawn(Kind::Simple, 30);
    let first = drawn(Kind::Simple, 5);
    let gone = first.sample[1].id.clone();
    let certificate = extended(&first, Step::replacement(&gone)).unwrap();
    assert_eq!(certificate.further[0].cases[0].id, whole.sample[5].id);
    assert_eq!(certificate.sample, first.sample);
    let standing: Vec<&str> = certificate
        .standing()
        .map(|case| case.id.as_str())
        .collect();
    assert_eq!(standing.len(), 5);
    assert!(!standing.contains(&gone.as_str()));
    assert_eq!(
        certificate.replacement_of(&gone).unwrap().reason,
        "A reason."
    );
    // One who took a place can be replaced, too.
    let second = certificate.further[0].cases[0].id.clone();
    let certificate = extended(&certificate, Step::replacement(second)).unwrap();
    assert_eq!(certificate.further[1].cases[0].id, whole.sample[6].id);
    assert_eq!(certificate.left_in_reserve().count(), 3);
    assert!(teams().verify(&certificate).matches);
}

#[test]
fn a_replacement_comes_from_the_same_stratum() {
    let certificate = drawn(by_team(Allocation::Proportional, 0), 6);
    for case in &certificate.sample {
        let certificate = extended(&certificate, Step::replacement(&case.id)).unwrap();
        let new = &certificate.further[0].cases[0];
        assert_eq!(new.stratum, case.stratum);
        let mut reserve = certificate.reserve.iter();
        assert_eq!(
            reserve
                .find(|it| it.stratum == case.stratum)
                .map(|it| &it.id),
            Some(&new.id)
        );
    }
}

fn sizes(certificate: &Certificate) -> Vec<usize> {
    let of = |name: &String| {
        let is_of = |case: &&DrawnCase| case.stratum.as_ref() == Some(name);
        certificate.standing().filter(is_of).count()
    };
    certificate
        .strata
        .iter()
        .map(|stratum| of(&stratum.name))
        .collect()
}

#[test]
fn more_is_shared_out_anew_and_undraws_nobody() {
    // (empty) 5, North 15, South 10: proportional shares of 6 are 1, 3, 2 and of 10 are 2, 5, 3.
    let certificate = drawn(by_team(Allocation::Proportional, 0), 6);
    assert_eq!(sizes(&certificate), [1, 3, 2]);
    let certificate = extended(&certificate, Step::more(4)).unwrap();
    assert_eq!(sizes(&certificate), [2, 5, 3]);
    let gone = certificate.sample[0].id.clone();
    let certificate = extended(&certificate, Step::replacement(gone)).unwrap();
    assert_eq!(sizes(&certificate), [2, 5, 3]);
    assert!(teams().verify(&certificate).matches);
    // By hand the further cases are given by hand.
    let shares = |sizes: [usize; 3]| -> Vec<Share> {
        let named = ["(empty)", "North", "South"].iter().zip(sizes);
        named
            .map(|(stratum, size)| Share {
                stratum: (*stratum).to_owned(),
                size,
            })
            .collect()
    };
    let certificate = drawn(by_team(Allocation::ByHand(shares([4, 1, 1])), 0), 6);
    let more = |size, sizes| Step::More {
        size,
        by_hand: shares(sizes),
    };
    let refused = |step| extended(&certificate, step).unwrap_err();
    assert!(refused(Step::more(2)).contains("were set by hand"));
    assert!(refused(more(2, [2, 0, 0])).contains("holds 5 cases, and 6 are asked"));
    assert!(refused(more(3, [1, 1, 0])).contains("add up to 8"));
    let certificate = extended(&certificate, more(2, [1, 0, 1])).unwrap();
    assert_eq!(sizes(&certificate), [5, 1, 2]);
    let proportional = drawn(by_team(Allocation::Equal, 0), 6);
    assert!(
        extended(&proportional, more(2, [1, 0, 1]))
            .unwrap_err()
            .contains("were not")
    );
}

#[test]
fn a_capped_draw_keeps_to_its_caps() {
    let certificate = capped(Kind::Simple, 4, &[("Team", 2)]).unwrap();
    let certificate = extended(&certificate, Step::more(2)).unwrap();
    let whole = capped(Kind::Simple, 6, &[("Team", 2)]).unwrap();
    assert_eq!(all(&certificate), ids(&whole.sample));
    assert!(teams().verify(&certificate).matches);
    // Each of the three teams has its two, and whom a case replaced still counts for its team.
    assert!(
        extended(&certificate, Step::more(1))
            .unwrap_err()
            .contains("Only 0 more")
    );
    let gone = Step::replacement(&certificate.sample[0].id);
    assert!(
        extended(&certificate, gone)
            .unwrap_err()
            .contains("No case of the frame is left")
    );
}

#[test]
fn steps_that_cannot_be_taken_are_refused_with_the_reason() {
    let simple = drawn(Kind::Simple, 5);
    let refused = |certificate, step| extended(certificate, step).unwrap_err();
    assert!(refused(&simple, Step::more(0)).contains("at least 1"));
    assert!(refused(&simple, Step::more(26)).contains("Only 25 more cases"));
    assert!(refused(&simple, Step::more(usize::MAX)).contains("Only 25 more cases"));
    assert!(refused(&simple, Step::replacement("C-99")).contains("is not in the sample"));
    let reserve = simple.reserve[0].id.clone();
    assert!(refused(&simple, Step::replacement(reserve)).contains("is not in the sample"));
    let gone = simple.sample[0].id.clone();
    let once = extended(&simple, Step::replacement(&gone)).unwrap();
    assert!(refused(&once, Step::replacement(&gone)).contains("replaced already"));
    let everyone = drawn(Kind::Simple, 30);
    assert!(refused(&everyone, Step::replacement(&gone)).contains("No case of the frame is left"));
    let strata = drawn(by_team(Allocation::Equal, 0), 15);
    assert!(refused(&strata, Step::more(16)).contains("which hold 30"));
    let small = strata
        .sample
        .iter()
        .find(|it| it.stratum.as_deref() == Some("(empty)"));
    let small = Step::replacement(&small.unwrap().id);
    assert!(refused(&strata, small).contains("No case of “(empty)” is left"));
    let every_third = drawn(systematic(&[]), 10);
    assert!(refused(&every_third, Step::more(2)).contains("no longer be evenly spread"));
    let replaced = extended(&every_third, Step::replacement(&every_third.sample[0].id)).unwrap();
    assert_eq!(replaced.further[0].cases[0].id, every_third.reserve[0].id);
    let no_reason = simple.extend(&teams().list(), Step::more(1), "  ");
    assert!(no_reason.unwrap_err().reason().contains("Nobody says why"));
    let other = Loaded::of_ids(&crate::lists::ids(30));
    let another = simple.extend(&other.list(), Step::more(1), "Few.");
    assert!(
        another
            .unwrap_err()
            .reason()
            .contains("this one does not match its certificate")
    );
}

#[test]
fn numbers_go_on_after_the_cases_that_must_be_included() {
    let include = |id: &str| MustInclude {
        id: id.to_owned(),
        reason: "A complaint.".to_owned(),
    };
    let method = Method {
        must_include: vec![include("C-01"), include("C-02")],
        ..Method::simple(4)
    };
    let certificate = teams().draw(&method, "314159").unwrap();
    let certificate = extended(&certificate, Step::more(2)).unwrap();
    let orders: Vec<usize> = certificate.drawn().map(|case| case.order).collect();
    assert_eq!(orders, [1, 2, 3, 4, 7, 8]);
}

#[test]
fn each_tampering_with_a_further_round_is_named() {
    let honest = extended(&drawn(Kind::Simple, 5), Step::more(2)).unwrap();
    let gone = honest.sample[3].id.clone();
    let honest = extended(&honest, Step::replacement(gone)).unwrap();
    let check = |change: &dyn Fn(&mut Certificate), expected: &str| {
        let mut certificate = honest.clone();
        change(&mut certificate);
        let mismatches = teams().verify(&certificate).mismatches;
        assert!(
            mismatches.iter().any(|one| one.contains(expected)),
            "{expected}: {mismatches:#?}"
        );
    };
    check(
        &|it| it.further[0].cases[0].id = "C-30".to_owned(),
        "The ticket of case 6, “C-30”",
    );
    check(
        &|it| it.further[0].cases.swap(0, 1),
        "Place 6 of the round of drawing 2 belongs to",
    );
    check(
        &|it| it.further[1].cases[0].order = 9,
        "round of drawing 3 numbers",
    );
    check(
        &|it| it.further[0].reason = " ".to_owned(),
        "Nobody says why",
    );
    check(
        &|it| it.further[0].step = Step::more(3),
        "Cases in the round of drawing 2",
    );
    check(&|it| it.further.swap(0, 1), "round of drawing 2");
    check(
        &|it| it.further[1].step = Step::replacement("C-99"),
        "is not in the sample",
    );
    check(&|it| drop(it.further.remove(0)), "round of drawing 2");
}

proptest! {
    #[test]
    fn every_method_goes_on_without_undrawing_and_can_be_checked(
        kind in kinds(),
        steps in prop::collection::vec((any::<bool>(), 0..9_usize), 1..4),
        seed in "[0-9]{1,6}",
    ) {
        let loaded = teams();
        let Ok(mut certificate) = loaded.draw(&method(kind, 6), &seed) else { return Ok(()) };
        let mut count = 6;
        for (more, number) in steps {
            let standing: Vec<String> = certificate.standing().map(|it| it.id.clone()).collect();
            let gone = standing.get(number % standing.len()).cloned().unwrap();
            let step = if more { Step::more(number + 1) } else { Step::replacement(&gone) };
            let Ok(further) = certificate.extend(&loaded.list(), step, "Why.") else { continue };
            count += if more { number + 1 } else { 0 };
            certificate = certificate.with(further);
            let now: BTreeSet<String> = certificate.standing().map(|it| it.id.clone()).collect();
            prop_assert_eq!(now.len(), count);
            prop_assert!(standing.iter().all(|id| now.contains(id) || (!more && *id == gone)));
            let drawn: BTreeSet<&str> = all(&certificate).into_iter().collect();
            prop_assert_eq!(drawn.len(), certificate.drawn().count());
            prop_assert!(sizes(&certificate).iter().zip(&certificate.strata).all(|(n, it)| *n <= it.population));
        }
        let read = Certificate::read(&certificate.to_json()).unwrap();
        let verification = loaded.verify(&read);
        prop_assert!(verification.matches, "{:#?}", verification);
        prop_assert!(verification.notes.is_empty(), "{:#?}", verification);
    }
}
