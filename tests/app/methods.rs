//! Every method on the page: what a person chooses gives the very certificate that the command line
//! gives, and a plan that cannot be drawn is refused at its field.
#![expect(
    clippy::expect_used,
    reason = "a test whose files cannot be written or whose command cannot run has failed"
)]

use std::path::PathBuf;
use std::process::Command;
use std::{fs, str};

use sightline::app::sampling::plan::columns::{Use, offered};
use sightline::app::sampling::plan::limits::Msg as Limit;
use sightline::app::sampling::plan::{Aim, Msg as Plan, Sharing};
use sightline::app::{Msg, Route, list, sampling};
use sightline::sample::preview::Preview;

use crate::person::{Person, at};

/// Thirty cases: three teams of 15, 10 and 5; ages, days open, a day seen; one case without a risk.
fn cases() -> String {
    let row = |number: u8| {
        let team = match number {
            1..=15 => "North",
            16..=25 => "South",
            _ => "East",
        };
        let (worker, age, risk) = (number % 7, number % 18, number % 6);
        let day = number % 28 + 1;
        format!("C-{number:02},{team},W{worker},{age},{risk},2026-09-{day:02}\n")
    };
    let rows: String = (1..=30).map(row).collect();
    format!("Child Unique ID,Team,Worker,Age,Risk,Last seen\n{rows}")
}

const TEAM: usize = 1;
const WORKER: usize = 2;
const AGE: usize = 3;
const RISK: usize = 4;
const SEEN: usize = 5;

/// A person before the page of the sample, with a list.
fn before_the_draw(text: &str) -> Person {
    let mut person = Person::new();
    person.start_round("A round", "An auditor");
    person.choose_file("cases.csv", text.as_bytes());
    person.say(Msg::List(list::Msg::ClickedUse));
    assert_eq!(at(&person), Route::Sample);
    person
}

fn limit(person: &mut Person, msg: Limit) {
    person.plan(Plan::Limits(msg));
}

fn preview(person: &Person) -> &Preview {
    let stage = &person.open().sampling;
    &stage.preview.as_ref().expect("the plan was looked at").1
}

/// What is wrong, by field.
fn errors(person: &Person) -> Vec<(&str, &str)> {
    let errors = &person.open().sampling.errors;
    errors
        .iter()
        .map(|(field, why)| (field.as_str(), why.as_str()))
        .collect()
}

/// Draws on the page as chosen, and by command with these options; the certificates are the same file.
fn same_as_command(name: &str, choose: impl Fn(&mut Person), options: &[&str]) {
    let mut person = before_the_draw(&cases());
    choose(&mut person);
    person.draw(6, "blue kettle 41");
    assert_eq!(errors(&person), [], "{name}");
    assert_eq!(at(&person), Route::Certificate, "{name}");
    person.say(Msg::Sampling(sampling::Msg::ClickedSaveCertificate));
    let (_, saved) = person.files.last().expect("the certificate was saved");

    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join("methods")
        .join(name);
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("cases.csv"), cases()).expect("the list");
    let output = Command::new(env!("CARGO_BIN_EXE_sightline"))
        .args(["draw", "cases.csv", "--id", "Child Unique ID"])
        .args(["--seed", "blue kettle 41", "--size", "6"])
        .args(options)
        .current_dir(&folder)
        .output()
        .expect("the command ran");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {complaint}");
    assert_eq!(
        str::from_utf8(saved),
        str::from_utf8(&output.stdout),
        "{name}"
    );
    person.expect_certificate_holds(&[("cases.csv", cases().as_bytes())]);
}

fn by(person: &mut Person, column: usize) {
    person.plan(Plan::ChoseAim(Aim::EveryGroup));
    person.plan(Plan::ChoseGrouping(0, Some(column)));
}

#[test]
fn simple_and_weighted_and_systematic_draws_are_those_of_the_command_line() {
    same_as_command("simple", |_| {}, &[]);
    let weighted = |person: &mut Person| {
        person.plan(Plan::ChoseAim(Aim::ByWeight));
        person.plan(Plan::ChoseWeight(Some(RISK)));
    };
    same_as_command(
        "weighted",
        weighted,
        &["--method", "weighted", "--weight", "Risk"],
    );
    let spread = |person: &mut Person| {
        person.plan(Plan::ChoseAim(Aim::Spread));
        person.plan(Plan::ChoseOrder(Some(SEEN)));
    };
    let options = ["--method", "systematic", "--order-by", "Last seen"];
    same_as_command("systematic", spread, &options);
    let by_id = |person: &mut Person| person.plan(Plan::ChoseAim(Aim::Spread));
    same_as_command("by-id", by_id, &["--method", "systematic"]);
}

#[test]
fn draws_in_two_stages_are_those_of_the_command_line() {
    let teams = |person: &mut Person| {
        person.plan(Plan::ChoseAim(Aim::SomeTeams));
        person.plan(Plan::ChoseTeam(Some(TEAM)));
        person.plan(Plan::EnteredTeams("2".into()));
        person.plan(Plan::ChoseSharing(Sharing::Equal));
    };
    let options = [
        &["--method", "two_stage", "--stage", "Team", "--teams", "2"][..],
        &["--allocation", "equal"],
    ]
    .concat();
    same_as_command("two-stage", teams, &options);
}

#[test]
fn stratified_draws_are_those_of_the_command_line() {
    let team = |person: &mut Person| by(person, TEAM);
    same_as_command(
        "at-least-one",
        team,
        &["--strata", "Team", "--min-per-stratum", "1"],
    );
    let equal = |person: &mut Person| {
        by(person, TEAM);
        person.plan(Plan::ChoseSharing(Sharing::Equal));
        person.plan(Plan::EnteredMinimum(String::new()));
    };
    same_as_command(
        "equal",
        equal,
        &["--strata", "Team", "--allocation", "equal"],
    );
    let figures = |sharing: Sharing, figures: [&'static str; 3]| {
        move |person: &mut Person| {
            by(person, TEAM);
            person.plan(Plan::ChoseSharing(sharing));
            if sharing == Sharing::Neyman {
                person.plan(Plan::EnteredMinimum("0".into()));
            }
            for (team, figure) in ["East", "North", "South"].into_iter().zip(figures) {
                person.plan(Plan::EnteredFigure(team.into(), figure.into()));
            }
        }
    };
    let by_hand = ["--strata", "Team", "--allocation", "East=3,North=2,South=1"];
    same_as_command(
        "by-hand",
        figures(Sharing::ByHand, ["3", "2", "1"]),
        &by_hand,
    );
    let neyman = [
        &["--strata", "Team", "--allocation", "neyman"][..],
        &["--spread", "East=0.5,North=0.25,South=0.1"],
    ]
    .concat();
    same_as_command(
        "neyman",
        figures(Sharing::Neyman, ["0.5", "0.25", "0.1"]),
        &neyman,
    );
}

#[test]
fn bands_caps_included_cases_and_reserves_are_those_of_the_command_line() {
    let bands = |person: &mut Person| {
        by(person, AGE);
        person.plan(Plan::EnteredBands(0, "0-4, 5-9, 10+".into()));
        person.plan(Plan::ClickedAddGrouping);
        person.plan(Plan::ChoseGrouping(1, Some(SEEN)));
        person.plan(Plan::EnteredBands(1, "0-30, 31+ days to 2026-10-15".into()));
        person.plan(Plan::EnteredMinimum("1".into()));
    };
    let options = [
        &["--bands", "Age=0-4,5-9,10+", "--min-per-stratum", "1"][..],
        &["--bands", "Last seen=0-30,31+ days to 2026-10-15"],
    ]
    .concat();
    same_as_command("bands", bands, &options);
    let limits = |person: &mut Person| {
        limit(person, Limit::ClickedAddCap);
        limit(person, Limit::ChoseCap(0, Some(WORKER)));
        limit(person, Limit::EnteredCap(0, "1".into()));
        limit(person, Limit::EnteredIds("C-03\n C-17 \n\n".into()));
        limit(person, Limit::EnteredReason("Serious incident".into()));
        limit(person, Limit::ClickedInclude);
        limit(person, Limit::EnteredReserve("2".into()));
    };
    let options = [
        &["--cap", "Worker=1", "--reserve", "2"][..],
        &["--must-include", "C-03=Serious incident"],
        &["--must-include", "C-17=Serious incident"],
    ]
    .concat();
    same_as_command("limits", limits, &options);
}

#[test]
fn the_groups_are_shown_with_their_numbers_while_the_person_chooses() {
    let mut person = before_the_draw(&cases());
    by(&mut person, TEAM);
    let groups = |person: &Person| -> Vec<(String, usize, Option<usize>)> {
        let strata = person.open().sampling.strata().iter();
        strata
            .map(|it| (it.name.clone(), it.population, it.size))
            .collect()
    };
    let group = |name: &str, population, size| (name.to_owned(), population, size);
    assert_eq!(
        groups(&person),
        [
            group("East", 5, None),
            group("North", 15, None),
            group("South", 10, None)
        ],
        "before anybody says how many"
    );
    person.plan(Plan::EnteredSize("6".into()));
    assert_eq!(
        groups(&person),
        [
            group("East", 5, Some(1)),
            group("North", 15, Some(3)),
            group("South", 10, Some(2))
        ]
    );
    person.plan(Plan::EnteredSize("2".into()));
    assert_eq!(groups(&person)[0], group("East", 5, None));
    let fault = preview(&person)
        .fault
        .clone()
        .expect("two cases for three teams");
    assert!(
        fault.why.contains("makes 3, more than the sample of 2"),
        "{}",
        fault.why
    );
}

#[test]
fn numbers_set_by_hand_make_the_size_where_none_is_typed() {
    let mut person = before_the_draw(&cases());
    by(&mut person, TEAM);
    person.plan(Plan::ChoseSharing(Sharing::ByHand));
    for (team, figure) in [("East", "2"), ("North", "1"), ("South", "4")] {
        person.plan(Plan::EnteredFigure(team.into(), figure.into()));
    }
    person.plan(Plan::EnteredSize(String::new()));
    assert_eq!(preview(&person).fault, None);
    person.draw_with("seed");
    let certificate = &person
        .open()
        .round
        .sample
        .as_ref()
        .expect("drawn")
        .certificate;
    assert_eq!(certificate.method.size, 7);
}

/// Plans a draw of this list, and finds it refused at one field, in words that hold these.
fn refused(text: &str, choose: impl Fn(&mut Person), field: &str, why: &str) {
    let mut person = before_the_draw(text);
    choose(&mut person);
    person.draw_with("seed");
    let errors = errors(&person);
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(
        errors[0].0 == field && errors[0].1.contains(why),
        "{errors:?}"
    );
    assert_eq!(at(&person), Route::Sample);
    assert_eq!(
        person.focus.last().map(String::as_str),
        Some("error-summary")
    );
}

fn size(person: &mut Person, size: &str) {
    person.plan(Plan::EnteredSize(size.into()));
}

#[test]
fn wrong_sizes_and_groups_are_refused_at_their_fields() {
    let list = cases();
    refused(&list, |p| size(p, "1,5"), "sample-size", "whole number");
    refused(&list, |p| size(p, "1,000"), "sample-size", "has 30 cases");
    let hands = |p: &mut Person| {
        size(p, "6");
        by(p, TEAM);
        p.plan(Plan::ChoseSharing(Sharing::ByHand));
        p.plan(Plan::EnteredFigure("East".into(), "6".into()));
    };
    refused(&list, hands, "sharing", "holds 5 cases, and 6 are asked");
    let few = |p: &mut Person| {
        size(p, "2");
        by(p, TEAM);
    };
    refused(&list, few, "sharing", "more than the sample of 2");
    let bands = |bands: &'static str| {
        move |p: &mut Person| {
            size(p, "6");
            by(p, AGE);
            p.plan(Plan::EnteredBands(0, bands.into()));
        }
    };
    refused(&list, bands("0-4, 3-9"), "bands-1", "must begin above");
    refused(&list, bands("0-4"), "strata-1", "into no band");
}

#[test]
fn wrong_weights_caps_and_included_cases_are_refused_at_their_fields() {
    let list = cases();
    let capped = |p: &mut Person| {
        size(p, "10");
        limit(p, Limit::ClickedAddCap);
        limit(p, Limit::ChoseCap(0, Some(TEAM)));
        limit(p, Limit::EnteredCap(0, "2".into()));
    };
    refused(&list, capped, "cap-1", "leaves room for 6 cases");
    let stranger = |p: &mut Person| {
        size(p, "3");
        limit(p, Limit::EnteredIds("C-99".into()));
        limit(p, Limit::EnteredReason("Complaint".into()));
        limit(p, Limit::ClickedInclude);
    };
    refused(&list, stranger, "must-include", "not in the frame");
    let weighted = |column: usize| {
        move |p: &mut Person| {
            size(p, "2");
            p.plan(Plan::ChoseAim(Aim::ByWeight));
            p.plan(Plan::ChoseWeight(Some(column)));
        }
    };
    let negative = list.replace("C-07,North,W0,7,1,", "C-07,North,W0,7,-1,");
    refused(&negative, weighted(RISK), "weight", "row 8 has “-1”");
    let zero = "Child Unique ID,Risk\nA,0\nB,0\nC,0\n";
    refused(
        zero,
        weighted(1),
        "weight",
        "is 0, so no case could be drawn",
    );
}

/// A group whose cases all have one worker: only the draw itself can tell that a limit and the
/// groups do not go together.
#[test]
fn limits_and_groups_that_do_not_go_together_are_refused_at_the_limits() {
    let together = |p: &mut Person| {
        size(p, "4");
        by(p, TEAM);
        limit(p, Limit::ClickedAddCap);
        limit(p, Limit::ChoseCap(0, Some(WORKER)));
        limit(p, Limit::EnteredCap(0, "1".into()));
        assert_eq!(preview(p).fault, None);
    };
    let rows = [
        "A,North,x",
        "B,North,x",
        "C,South,y",
        "D,South,z",
        "E,South,w",
    ];
    let list = format!("Child Unique ID,Team,Worker\n{}\n", rows.join("\n"));
    refused(&list, together, "cap-1", "in “North” without anybody");
}

#[test]
fn a_case_is_included_with_a_reason_or_not_at_all() {
    let mut person = before_the_draw(&cases());
    limit(&mut person, Limit::EnteredIds("C-01".into()));
    limit(&mut person, Limit::ClickedInclude);
    assert_eq!(errors(&person)[0].0, "must-include-reason");
    assert!(person.open().sampling.plan.limits.must_include.is_empty());
    assert_eq!(
        person.open().sampling.plan.limits.ids,
        "C-01",
        "nothing typed is lost"
    );
}

#[test]
fn another_list_begins_with_a_new_plan_and_keeps_the_size() {
    let mut person = before_the_draw(&cases());
    person.plan(Plan::EnteredSize("4".into()));
    by(&mut person, TEAM);
    person.choose_file(
        "other.csv",
        b"Child Unique ID,Office\n1,A\n2,B\n3,A\n4,B\n5,A\n",
    );
    let stage = &person.open().sampling;
    assert_eq!(
        (stage.plan.aim, stage.plan.size.as_str()),
        (Aim::SameChance, "4")
    );
    assert!(stage.strata().is_empty());
}

#[test]
fn a_list_of_annex_a_offers_first_what_it_is_known_for() {
    let mut person = Person::new();
    person.say(Msg::Shelf(sightline::app::shelf::Msg::ClickedTryMadeUp));
    let (list, _) = person.open().list.framed().expect("a list");
    let names = |wanted| -> Vec<&str> {
        let offered = offered(wanted, &list.columns);
        offered
            .into_iter()
            .map(|column| list.columns[column].name.as_str())
            .collect()
    };
    assert_eq!(
        names(Use::Strata)[..2],
        ["Latest Category of Abuse", "Allocated Team"]
    );
    assert_eq!(
        names(Use::Weight)[0],
        "Number of Previous Child Protection Plans"
    );
    assert!(!names(Use::Strata).contains(&"Child Unique ID"));
}
