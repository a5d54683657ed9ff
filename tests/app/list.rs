//! Looking at the list: its rows a page at a time, sorted and searched; late answers.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test in which no list is open, or nothing is asked, has failed"
)]

use sightline::app::list::OnDesk;
use sightline::app::list::rows::{Msg as Rows, Turn};
use sightline::app::list::who::{Asks, Change, Msg as Who};
use sightline::app::{Effect, Msg, Route, Tag, list};
use sightline::desk::list::ListView;
use sightline::desk::list::rows::RowsView;
use sightline::desk::{Reply, Request, Subject};
use sightline::frame::annex_a::Unit;
use sightline::table::Encoding;

use crate::person::{PASSPHRASE, Person};

/// A list of 60 children of two teams, in no order, the third without a number of plans.
fn with_rows() -> Person {
    let rows = (0..60).map(|row| {
        let team = if row % 2 == 0 { "North" } else { "South" };
        let plans = if row == 2 {
            String::new()
        } else {
            (row * 7 % 60).to_string()
        };
        format!("C-{row:03},{team},{plans}\n")
    });
    let text = format!("Child Unique ID,Team,Plans\n{}", rows.collect::<String>());
    let mut person = Person::new();
    person.start_round("A round", "An auditor");
    person.choose_file("list.csv", text.as_bytes());
    person.say(Msg::AddressChanged(Route::ListRows));
    person
}

fn say(person: &mut Person, msg: Rows) {
    person.say(Msg::List(list::Msg::Rows(msg)));
}

fn shown(person: &Person) -> &RowsView {
    person
        .open()
        .list
        .rows
        .shown
        .as_ref()
        .expect("rows are shown")
}

fn view(person: &Person) -> &ListView {
    match &person.open().list.desk {
        OnDesk::List { view, .. } => view,
        other @ (OnDesk::Nothing | OnDesk::Reading { .. }) => panic!("no list: {other:?}"),
    }
}

/// The numbers of the rows shown, as the spreadsheet counts them.
fn numbers(person: &Person) -> Vec<u64> {
    shown(person).rows.iter().map(|row| row.number).collect()
}

#[test]
fn rows_are_shown_a_page_at_a_time_with_the_numbers_of_the_spreadsheet() {
    let mut person = with_rows();
    assert_eq!(numbers(&person), (2..27).collect::<Vec<_>>());
    say(&mut person, Rows::ClickedPage(Turn::Next));
    say(&mut person, Rows::ClickedPage(Turn::Next));
    assert_eq!(numbers(&person), (52..62).collect::<Vec<_>>());
    say(&mut person, Rows::ClickedPage(Turn::Next));
    assert_eq!(numbers(&person), (52..62).collect::<Vec<_>>());
    say(&mut person, Rows::ChosePerPage(50));
    assert_eq!(numbers(&person), (52..62).collect::<Vec<_>>());
    say(&mut person, Rows::ClickedPage(Turn::First));
    assert_eq!(numbers(&person), (2..52).collect::<Vec<_>>());
}

#[test]
fn a_column_sorts_up_then_down_then_not_with_blanks_last() {
    let mut person = with_rows();
    let plans = |person: &Person| shown(person).rows[0].cells[2].clone();
    say(&mut person, Rows::ClickedSort(2));
    assert_eq!(plans(&person), "0");
    say(&mut person, Rows::ClickedPage(Turn::Last));
    assert_eq!(numbers(&person).last(), Some(&4));
    say(&mut person, Rows::ClickedSort(2));
    assert_eq!(
        (plans(&person), shown(&person).asked.from),
        ("59".into(), 0)
    );
    say(&mut person, Rows::ClickedPage(Turn::Last));
    assert_eq!(numbers(&person).last(), Some(&4));
    say(&mut person, Rows::ClickedSort(2));
    assert_eq!(numbers(&person)[0], 2);
}

#[test]
fn a_text_is_looked_for_in_all_columns_once_asked_for() {
    let mut person = with_rows();
    say(&mut person, Rows::ClickedPage(Turn::Last));
    say(&mut person, Rows::EnteredSearch(" north ".into()));
    assert_eq!(shown(&person).found, 60);
    say(&mut person, Rows::ClickedSearch);
    assert_eq!((shown(&person).found, numbers(&person)[0]), (30, 2));
    say(&mut person, Rows::EnteredSearch("c-05".into()));
    say(&mut person, Rows::ClickedSearch);
    assert_eq!(shown(&person).found, 10);
    say(&mut person, Rows::ClickedClear);
    assert_eq!(shown(&person).found, 60);
}

/// Sends a message and keeps back what it asks of the desk.
fn asked(person: &mut Person, msg: Msg) -> (Tag, Request) {
    let effects = person.model.update(0, msg);
    match effects.as_slice() {
        [Effect::AskDesk(tag, request, None)] => (*tag, request.clone()),
        other => panic!("not one request: {other:?}"),
    }
}

#[test]
fn a_late_page_is_dropped_and_the_frame_asked_for_before_it_is_not() {
    let mut person = with_rows();
    let framing = Msg::List(list::Msg::Unit(list::unit::Msg::ChoseId(0)));
    let (framing, request) = asked(&mut person, framing);
    let turn = |turn| Msg::List(list::Msg::Rows(Rows::ClickedPage(turn)));
    let (first, second_page) = asked(&mut person, turn(Turn::Next));
    let (second, last_page) = asked(&mut person, turn(Turn::Last));
    assert!(person.open().awaits(Subject::Rows) && person.open().list.framed().is_none());
    for (tag, request) in [
        (framing, request),
        (second, last_page),
        (first, second_page),
    ] {
        let reply = person.answer(request);
        person.say(Msg::DeskAnswered(tag, reply));
    }
    assert!(person.open().list.framed().is_some());
    assert_eq!(shown(&person).asked.from, 50);
    assert!(!person.open().awaits(Subject::Rows));
}

#[test]
fn what_was_asked_of_the_list_before_is_no_answer_about_the_next() {
    let mut person = with_rows();
    let turn = Msg::List(list::Msg::Rows(Rows::ClickedPage(Turn::Next)));
    let (late, request) = asked(&mut person, turn);
    let reply = person.answer(request);
    person.choose_file("other.csv", b"Id,Team\n1,East\n2,West\n");
    person.say(Msg::DeskAnswered(late, reply));
    assert_eq!(person.open().list.rows.shown, None);
}

#[test]
fn cancelling_gives_the_file_field_back_and_the_late_list_is_dropped() {
    let mut person = with_rows();
    let sheet = Msg::List(list::Msg::ChoseSheet("any".into()));
    let (tag, _) = asked(&mut person, sheet);
    person.say(Msg::List(list::Msg::ClickedCancel));
    assert_eq!(
        person.focus.last().map(String::as_str),
        Some(list::FILE_FIELD)
    );
    person.say(Msg::DeskAnswered(tag, Reply::Refused("too late".into())));
    assert_eq!(person.open().list.refused, None);
    assert_eq!(person.open().list.file_name(), None);
}

#[test]
fn a_text_is_read_again_in_another_encoding_and_a_refusal_leaves_what_was_read() {
    let mut person = Person::new();
    person.start_round("A round", "An auditor");
    // “Zoë”, as Windows-1252 writes it.
    person.choose_file("list.csv", b"Child Unique ID,Name\n1,Zo\xeb\n2,Ann\n");
    let name = |person: &Person| view(person).preview[0].cells[1].clone();
    assert_eq!(name(&person), "Zoë");
    let choose = |encoding| Msg::List(list::Msg::ChoseEncoding(encoding));
    person.say(choose(Encoding::Utf16Le));
    let why = person.open().list.refused.clone();
    assert!(why.is_some(), "bytes that are no UTF-16 list are refused");
    assert_eq!(name(&person), "Zoë");
    person.say(choose(Encoding::Utf8));
    let why = person.open().list.refused.clone().unwrap();
    assert!(why.contains("UTF-8"), "{why}");
    assert_eq!(name(&person), "Zoë");
    assert!(person.open().list.framed().is_some());
}

#[test]
fn a_text_that_cannot_be_read_can_be_read_once_its_encoding_is_said() {
    let mut person = Person::new();
    person.start_round("A round", "An auditor");
    let text = "Child Unique ID,Team\n1,North\n2,South\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    person.choose_file("list.csv", &bytes);
    assert_eq!(person.open().list.unread.as_deref(), Some("list.csv"));
    person.say(Msg::List(list::Msg::ChoseEncoding(Encoding::Utf16Le)));
    let (view, frame) = person.open().list.framed().expect("a list");
    assert_eq!(
        (view.source.encoding.as_deref(), frame.size),
        (Some("UTF-16LE"), 2)
    );
    assert_eq!(person.open().list.unread, None);
}

#[test]
fn a_workbook_of_annex_a_has_its_sheets_named_and_its_columns_mapped() {
    let mut person = Person::new();
    person.start_round("A round", "An auditor");
    let book = include_bytes!("../fixtures/spreadsheet/annex-a-part.xlsx");
    person.choose_file("annex-a.xlsx", book);
    let sheets = &view(&person).sheets;
    let named = sheets
        .iter()
        .find(|sheet| sheet.name == "List 7 Child protection")
        .unwrap();
    assert_eq!(named.annex.as_deref(), Some("List 7: Child protection"));
    person.say(Msg::List(list::Msg::ChoseSheet(
        "List 7 Child protection".into(),
    )));
    let read = view(&person);
    let annex = read.annex.as_ref().expect("a list of Annex A");
    assert_eq!(annex.name, "List 7: Child protection");
    let taken = |wanted: &str| {
        let (_, column) = annex.columns.iter().find(|(name, _)| name == wanted)?;
        column.map(|at| read.columns[at].name.trim().to_owned())
    };
    assert_eq!(taken("Child Unique ID").as_deref(), Some("Child Unique ID"));
    assert!(
        annex
            .columns
            .iter()
            .filter(|(_, column)| column.is_some())
            .count()
            >= 14
    );
}

/// Three children; one of them was referred twice on different days, and once twice on one day.
const REFERRALS: &str = "Child Unique ID,Family identifier,Date of Birth,Date of referral\n\
    1,A,01/02/2012,03/01/2026\n2,A,02/03/2014,03/01/2026\n1,A,01/02/2012,05/02/2026\n\
    3,B,04/05/2016,07/02/2026\n1,A,01/02/2012,05/02/2026\n";

#[test]
fn a_case_is_a_child_an_event_or_a_family_and_no_row_is_left_out_in_silence() {
    let mut person = Person::new();
    person.start_round("A round", "An auditor");
    person.choose_file("referrals.csv", REFERRALS.as_bytes());
    let expected = [
        (Unit::Child, &["Child Unique ID"][..], 3),
        (Unit::Event, &["Child Unique ID", "Date of referral"], 4),
        (Unit::Family, &["Family identifier"], 2),
        (Unit::Child, &["Child Unique ID"], 3),
    ];
    for (unit, columns, size) in expected {
        person.say(Msg::List(list::Msg::Unit(list::unit::Msg::ChoseUnit(unit))));
        let (_, frame) = person.open().list.framed().expect("a frame");
        assert_eq!(
            (frame.unit.as_slice(), frame.size),
            (
                &columns.iter().map(ToString::to_string).collect::<Vec<_>>()[..],
                size
            )
        );
        let left_out: usize = frame.excluded.iter().map(|it| it.count).sum();
        assert_eq!(frame.read, frame.size + left_out + frame.faulty);
        // Each row that repeats an id is shown.
        let shown: usize = frame.problems.iter().map(|group| group.count).sum();
        assert_eq!(shown, left_out);
    }
}

#[test]
fn an_event_without_a_column_that_tells_it_apart_is_no_case_yet() {
    let mut person = Person::new();
    person.start_round("A round", "An auditor");
    person.choose_file("list.csv", b"Child Unique ID,Source\n1,School\n1,Police\n");
    let say = |person: &mut Person, msg| person.say(Msg::List(list::Msg::Unit(msg)));
    say(&mut person, list::unit::Msg::ChoseUnit(Unit::Event));
    assert!(person.open().list.framed().is_none());
    person.say(Msg::List(list::Msg::ClickedUse));
    assert!(person.open().list.refused.is_some());
    say(&mut person, list::unit::Msg::ChoseEvent(1));
    assert_eq!(
        person.open().list.framed().map(|(_, frame)| frame.size),
        Some(2)
    );
}

#[test]
fn choices_are_remembered_for_the_next_file_of_the_same_columns_and_can_be_forgotten() {
    let mut person = Person::new();
    person.start_round("A round", "An auditor");
    person.choose_file("referrals.csv", REFERRALS.as_bytes());
    let unit = |person: &Person| {
        person
            .open()
            .list
            .framed()
            .map(|(_, frame)| frame.unit.clone())
    };
    person.say(Msg::List(list::Msg::Unit(list::unit::Msg::ChoseUnit(
        Unit::Event,
    ))));
    person.say(Msg::List(list::Msg::ClickedUse));
    let kept = format!("{:?}", person.remembered);
    assert!(
        !kept.contains("2026"),
        "nothing of a cell is remembered: {kept}"
    );

    person.reload();
    person.unlock(PASSPHRASE);
    assert!(!person.open().list.recalled);
    let next = REFERRALS.replace("03/01/2026", "04/02/2026");
    person.choose_file("february.csv", next.as_bytes());
    assert!(person.open().list.recalled);
    assert_eq!(
        unit(&person).unwrap(),
        ["Child Unique ID", "Date of referral"]
    );
    person.choose_file("other.csv", b"Child Unique ID,Team\n1,North\n2,South\n");
    assert!(!person.open().list.recalled);

    person.choose_file("february.csv", next.as_bytes());
    person.say(Msg::List(list::Msg::ClickedForget));
    assert_eq!(unit(&person).unwrap(), ["Child Unique ID"]);
    person.choose_file("february.csv", next.as_bytes());
    assert!(!person.open().list.recalled);
}

#[test]
fn what_is_remembered_does_not_undo_what_the_person_has_chosen_since() {
    let mut person = Person::new();
    person.start_round("A round", "An auditor");
    person.choose_file("referrals.csv", REFERRALS.as_bytes());
    person.say(Msg::List(list::Msg::Unit(list::unit::Msg::ChoseUnit(
        Unit::Event,
    ))));
    person.say(Msg::List(list::Msg::ClickedUse));
    let (shape, mapping) = person
        .remembered
        .clone()
        .into_iter()
        .next()
        .expect("a mapping");
    person.say(Msg::List(list::Msg::Unit(list::unit::Msg::ChoseUnit(
        Unit::Family,
    ))));
    person.say(Msg::List(list::Msg::Recalled(shape, Some(mapping))));
    let (_, frame) = person.open().list.framed().expect("a frame");
    assert_eq!(frame.unit, ["Family identifier"]);
}

/// Two open cases seen on different days, one closed one, and one whose day cannot be read.
const IN_NEED: &str = "Child Unique ID,Case Status,Date of Birth,Date Child Was Last Seen\n\
    1,Open,01/02/2012,01/03/2026\n2,Open,02/03/2020,20/03/2026\n3,Closed,04/05/2016,01/01/2026\n\
    4,Open,05/06/2010,not yet\n";

fn in_need() -> Person {
    let mut person = Person::new();
    person.start_round("A round", "An auditor");
    person.choose_file("in-need.csv", IN_NEED.as_bytes());
    person
}

fn filter(person: &mut Person, column: usize, changes: Vec<Change>) {
    let all = std::iter::once(Change::Column(column)).chain(changes);
    for change in all {
        person.say(Msg::List(list::Msg::Who(Who::Changed(change))));
    }
    person.say(Msg::List(list::Msg::Who(Who::ClickedAdd)));
}

/// Cases, rows left out with their reasons, faulty rows.
fn sum(person: &Person) -> (usize, Vec<(String, usize)>, usize) {
    let (_, frame) = person.open().list.framed().expect("a frame");
    let left_out = frame.excluded.iter();
    let left_out: Vec<_> = left_out.map(|it| (it.reason.clone(), it.count)).collect();
    let all: usize = left_out.iter().map(|(_, count)| count).sum();
    assert_eq!(frame.read, frame.size + all + frame.faulty);
    (frame.size, left_out, frame.faulty)
}

#[test]
fn each_filter_has_its_reason_and_count_and_every_row_is_accounted_for() {
    let mut person = in_need();
    assert_eq!(sum(&person), (4, Vec::new(), 0));
    let open = vec![
        Change::Ticked("Open".into()),
        Change::Reason("The case is closed".into()),
    ];
    filter(&mut person, 1, open);
    let closed = ("The case is closed".to_owned(), 1);
    assert_eq!(sum(&person), (3, vec![closed.clone()], 0));
    person.say(Msg::List(list::Msg::Who(Who::EnteredDay(
        "2026-04-01".into(),
    ))));
    let seen = vec![
        Change::Asks(Asks::DaysSince),
        Change::To("30".into()),
        Change::Reason("Not seen for long".into()),
    ];
    // 31 days since 1 March, 12 since 20 March; “not yet” is no day.
    filter(&mut person, 3, seen);
    let long = ("Not seen for long".to_owned(), 1);
    assert_eq!(sum(&person), (1, vec![closed.clone(), long], 1));
    person.say(Msg::List(list::Msg::Who(Who::EnteredDay(
        "2026-03-31".into(),
    ))));
    assert_eq!(sum(&person), (2, vec![closed], 1));
    person.say(Msg::List(list::Msg::Who(Who::ClickedRemove(1))));
    person.say(Msg::List(list::Msg::Who(Who::ClickedRemove(0))));
    assert_eq!(sum(&person), (4, Vec::new(), 0));
}

#[test]
fn the_reference_day_is_the_day_on_which_the_file_is_chosen_until_another_is_given() {
    let person = in_need();
    let chosen = sightline::table::date::Date::of_millis(person.clock).to_string();
    assert_eq!(person.open().list.who.day, chosen);
}

#[test]
fn a_filter_that_says_nothing_is_refused_at_its_field() {
    let mut person = in_need();
    let field = |person: &Person| person.open().list.who.errors[0].0;
    person.say(Msg::List(list::Msg::Who(Who::ClickedAdd)));
    assert_eq!(field(&person), list::who::COLUMN_FIELD);
    filter(&mut person, 1, Vec::new());
    assert_eq!(field(&person), list::who::VALUES_FIELD);
    filter(&mut person, 2, vec![Change::From("five".into())]);
    assert_eq!(field(&person), list::who::FROM_FIELD);
    filter(
        &mut person,
        2,
        vec![Change::From("9".into()), Change::To("5".into())],
    );
    assert_eq!(field(&person), list::who::FROM_FIELD);
    assert_eq!(sum(&person), (4, Vec::new(), 0));
    filter(&mut person, 1, vec![Change::Ticked("Open".into())]);
    filter(&mut person, 1, vec![Change::Ticked("Open".into())]);
    assert_eq!(
        field(&person),
        list::who::COLUMN_FIELD,
        "the same filter twice"
    );
}

#[test]
fn the_sample_is_drawn_from_those_who_are_in_and_the_certificate_says_how() {
    let mut person = in_need();
    filter(&mut person, 1, vec![Change::Ticked("Open".into())]);
    person.say(Msg::List(list::Msg::ClickedUse));
    person.draw(3, "314159");
    let mut ids: Vec<String> = person
        .open()
        .round
        .cases()
        .iter()
        .map(|case| case.id.clone())
        .collect();
    ids.sort();
    assert_eq!(ids, ["1", "2", "4"]);
    let certificate = person
        .open()
        .round
        .sample
        .clone()
        .expect("a sample")
        .certificate;
    let text = serde_json::to_string(&certificate).expect("JSON");
    assert!(text.contains("Case Status"), "{text}");
}

#[test]
fn filters_are_taken_again_if_the_person_wants_it_and_those_by_an_earlier_round_never() {
    let next = IN_NEED.replace("20/03/2026", "21/04/2026");
    for wanted in [false, true] {
        let mut person = in_need();
        filter(&mut person, 1, vec![Change::Ticked("Open".into())]);
        person.choose(b"Child Unique ID\n1\n");
        let earlier = |msg| Msg::List(list::Msg::Earlier(msg));
        let file = sightline::app::FileKey(0);
        person.say(earlier(list::earlier::Msg::ChoseFile(file, "a.csv".into())));
        person.say(earlier(list::earlier::Msg::ClickedLeaveOut));
        assert_eq!(sum(&person).0, 2);
        person.say(Msg::List(list::Msg::Who(Who::ToggledRemembered(wanted))));
        person.say(Msg::List(list::Msg::ClickedUse));
        person.reload();
        person.unlock(PASSPHRASE);
        person.choose_file("next.csv", next.as_bytes());
        assert_eq!(person.open().list.recalled, wanted);
        let (size, left_out, _) = sum(&person);
        if wanted {
            assert_eq!((size, left_out.len()), (3, 1));
            person.say(Msg::List(list::Msg::ClickedForget));
        }
        assert_eq!(sum(&person), (4, Vec::new(), 0));
    }
}

#[test]
fn a_remembered_filter_whose_column_is_gone_is_left_off() {
    let mut person = in_need();
    filter(&mut person, 1, vec![Change::Ticked("Open".into())]);
    person.say(Msg::List(list::Msg::Who(Who::ToggledRemembered(true))));
    person.say(Msg::List(list::Msg::ClickedUse));
    person.reload();
    person.unlock(PASSPHRASE);
    // The same shape, as far as capitals go; the name of the column is another.
    let next = IN_NEED.replace("Case Status", "CASE STATUS");
    person.choose_file("next.csv", next.as_bytes());
    assert_eq!(sum(&person), (4, Vec::new(), 0));
}
