//! Strata by bands: what they are called, who falls into them, and what is refused or found out.

use proptest::prelude::*;
use sightline::sample::allocation::{Allocation, Share};
use sightline::sample::bands::Bands;
use sightline::sample::certificate::Certificate;
use sightline::sample::method::{Kind, Method, MustInclude};

use crate::lists::Loaded;
use crate::methods::method;

/// A stratified draw by these columns, each with its cut or none.
pub(crate) fn banded(columns: &[(&str, &str)], allocation: Allocation) -> Kind {
    let bands = columns.iter().filter(|(_, cut)| !cut.is_empty());
    Kind::Stratified {
        strata: columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
        bands: bands
            .map(|(column, cut)| Bands {
                column: (*column).to_owned(),
                cut: cut.parse().unwrap(),
            })
            .collect(),
        allocation,
        min_per_stratum: 0,
    }
}

const AGE: &str = "Age of Child (Years)";
const AGES: (&str, &str) = (AGE, "0-4,5-9,10-15,16+");
const OPENED: (&str, &str) = ("Opened", "0-30,31+ days to 2026-03-31");

/// Twelve cases: ages, the days on which they were opened, and teams.
fn children() -> Loaded {
    let opened = ["2026-03-31", "1 March 2026", "28/02/2026"].iter().cycle();
    let texts: Vec<[String; 4]> = [
        "0", "4", "5", "9", "10", "15", "16", "17", "3", "12", "8", "2",
    ]
    .iter()
    .zip(opened)
    .zip(1..)
    .map(|((age, opened), number)| {
        let team = if number % 2 == 0 { "North" } else { "" };
        [
            format!("C-{number:02}"),
            (*age).to_owned(),
            (*opened).to_owned(),
            team.to_owned(),
        ]
    })
    .collect();
    loaded(&texts)
}

fn loaded(texts: &[[String; 4]]) -> Loaded {
    let rows: Vec<Vec<&str>> = texts
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    Loaded::new(&["Id", AGE, "Opened", "Team"], &rows)
}

fn drawn(columns: &[(&str, &str)], size: usize) -> Certificate {
    let kind = banded(columns, Allocation::Proportional);
    children().draw(&method(kind, size), "314159").unwrap()
}

fn populations(certificate: &Certificate) -> Vec<(&str, usize)> {
    let strata = certificate.strata.iter();
    strata
        .map(|stratum| (stratum.name.as_str(), stratum.population))
        .collect()
}

#[test]
fn ages_make_strata_in_the_order_of_the_bands() {
    let certificate = drawn(&[AGES], 6);
    // By hand: 0, 4, 3 and 2; 5, 9 and 8; 10, 15 and 12; 16 and 17.
    assert_eq!(
        populations(&certificate),
        [("0-4", 4), ("5-9", 3), ("10-15", 3), ("16+", 2)]
    );
    let sizes: Vec<usize> = certificate
        .strata
        .iter()
        .map(|stratum| stratum.size)
        .collect();
    // Quotas 2, 1.5, 1.5 and 1: the case left over goes to the first of the equal remainders.
    assert_eq!(sizes, [2, 2, 1, 1]);
    assert!(children().verify(&certificate).matches);
}

#[test]
fn bands_of_several_columns_stand_beside_plain_ones() {
    let certificate = drawn(&[("Team", ""), AGES, OPENED], 12);
    let names = populations(&certificate);
    assert_eq!(names[0], ("(empty)|0-4|0-30", 1));
    assert_eq!(names[1], ("North|0-4|0-30", 1));
    assert_eq!(names[2], ("(empty)|0-4|31+", 1));
    assert_eq!(names.iter().map(|(_, count)| count).sum::<usize>(), 12);
    assert!(children().verify(&certificate).matches);
}

#[test]
fn a_share_by_hand_names_the_band() {
    let shares = [("0-4", 2), ("5-9", 0), ("10-15", 1), ("16+", 1)].map(|(stratum, size)| Share {
        stratum: stratum.to_owned(),
        size,
    });
    let kind = banded(&[AGES], Allocation::ByHand(shares.to_vec()));
    let certificate = children().draw(&method(kind, 4), "1").unwrap();
    assert_eq!(certificate.strata[1].size, 0);
}

#[test]
fn what_falls_into_no_band_is_named_by_row() {
    let refused = |columns: &[(&str, &str)]| {
        let kind = banded(columns, Allocation::Equal);
        children()
            .draw(&method(kind, 4), "1")
            .unwrap_err()
            .to_string()
    };
    let gap = refused(&[(AGE, "0-4,6-9,10-15,16+")]);
    assert!(
        gap.contains(
            "1 cell falls into no band: row 4: “Age of Child (Years)” has “5”, which is in none"
        ),
        "{gap}"
    );
    assert!(
        refused(&[(AGE, "0-9 years to 2026-03-31")])
            .contains("row 2: “Age of Child (Years)” has “0”, which is no date")
    );
    assert!(refused(&[("Opened", "0+")]).contains("12 cells fall into no band"));
    assert!(refused(&[("Team", "0+")]).contains("row 2: “Team” is empty"));
    assert!(refused(&[("Height", "0+")]).contains("no column “Height”"));
    assert!(refused(&[AGES, AGES]).contains("cut into bands twice"));
    let Kind::Stratified { bands, .. } = banded(&[AGES], Allocation::Equal) else {
        panic!("a stratified draw is stratified");
    };
    let strange = Kind::Stratified {
        strata: vec!["Team".to_owned()],
        bands,
        allocation: Allocation::Equal,
        min_per_stratum: 0,
    };
    let refusal = children().draw(&method(strange, 4), "1").unwrap_err();
    assert!(refusal.to_string().contains("is no column of strata"));
}

#[test]
fn a_case_that_is_set_apart_need_not_fall_into_a_band() {
    let cut = (AGE, "2-4,5-9,10+");
    let apart = Method {
        must_include: vec![MustInclude {
            id: "C-01".to_owned(),
            reason: "Not born yet.".to_owned(),
        }],
        ..method(banded(&[cut], Allocation::Equal), 3)
    };
    let certificate = children().draw(&apart, "1").unwrap();
    assert_eq!(
        populations(&certificate),
        [("2-4", 3), ("5-9", 3), ("10+", 5)]
    );
}

#[test]
fn each_tampering_with_bands_is_named() {
    let honest = drawn(&[AGES], 6);
    let mismatches = |from: &str, to: &str| {
        let json = honest.to_json();
        assert!(json.contains(from), "{from}");
        match Certificate::read(&json.replacen(from, to, 1)) {
            Ok(certificate) => children().verify(&certificate).mismatches.join("\n"),
            Err(refusal) => refusal.to_string(),
        }
    };
    let cut = "0-4, 5-9, 10-15, 16+";
    let moved = mismatches(cut, "0-3, 4-9, 10-15, 16+");
    assert!(moved.contains("The list has no stratum “0-4”."), "{moved}");
    assert!(
        moved.contains("The certificate leaves out the stratum “0-3”."),
        "{moved}"
    );
    assert!(
        mismatches(cut, "0-4, 5-9, 10-15")
            .contains("cannot be made again. 2 cells fall into no band")
    );
    assert!(mismatches(cut, "0-4, 4-9, 10-15, 16+").contains("must begin above the end of “0-4”"));
    assert!(
        mismatches(
            "\"column\": \"Age of Child (Years)\"",
            "\"column\": \"Age\""
        )
        .contains("is no column of strata")
    );
    assert!(
        mismatches("\"population\": 4", "\"population\": 5").contains("Cases in stratum “0-4”")
    );
}

proptest! {
    #[test]
    fn banded_draws_can_be_checked_in_any_order_of_rows(
        ages in prop::collection::vec((0..30_u32, 0..28_u32, "[AB]?"), 4..30),
        size in 1..30_usize,
        seed in "[0-9]{1,6}",
    ) {
        let mut texts: Vec<[String; 4]> = ages
            .iter()
            .zip(1..)
            .map(|((age, day, team), number)| {
                [format!("C-{number}"), age.to_string(), format!("2026-02-{:02}", day + 1), team.clone()]
            })
            .collect();
        let kind = banded(&[OPENED, AGES, ("Team", "")], Allocation::Proportional);
        let size = size.min(texts.len());
        let certificate = loaded(&texts).draw(&method(kind, size), &seed).unwrap();
        prop_assert_eq!(certificate.sample.len(), size);
        let cases: usize = certificate.strata.iter().map(|stratum| stratum.population).sum();
        prop_assert_eq!(cases, texts.len());
        texts.reverse();
        let read = Certificate::read(&certificate.to_json()).unwrap();
        let verification = loaded(&texts).verify(&read);
        prop_assert!(verification.matches, "{:#?}", verification);
    }
}
