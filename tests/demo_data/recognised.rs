//! A whole workbook of Annex A, spoilt as real ones are, through the desk: each of its eleven sheets is
//! known for the list that it is, with its columns, its id, its unit, and what it offers as strata and risk.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use super::harrowmere::files;
use super::{authority, ids, spoilt};
use sightline::desk::list::{ListView, Reply, Request};
use sightline::desk::{self, Desk};
use sightline::frame::annex_a::{LISTS, Unit};
use sightline::frame::plan::Plan;
use sightline::table::ReadOptions;
use std::collections::BTreeSet;

fn ask(desk: &mut Desk, request: Request, file: Option<&[u8]>) -> Reply {
    let file = file.map(|bytes| -> Box<dyn sightline::table::File> { Box::new(bytes.to_vec()) });
    let file = file.into_iter().collect();
    let reply = desk.handle(desk::Request::List(request), file, &mut |_| ());
    if let desk::Reply::List(reply) = reply {
        return reply;
    }
    panic!("{reply:?}")
}

fn view(reply: Reply) -> ListView {
    if let Reply::Read(view) = reply {
        return *view;
    }
    panic!("{reply:?}")
}

#[test]
fn each_of_the_eleven_lists_is_recognised_mapped_and_accounted_for() {
    let all = files::all(authority()).expect("the files are written");
    let sheets = spoilt(authority());
    for file in ["annex-a.xlsx", "annex-a.ods"] {
        let (_, bytes) = all.iter().find(|(name, _)| name == file).expect("it");
        let mut desk = Desk::default();
        let read = Request::Read {
            name: file.to_owned(),
            linked: false,
        };
        let first = view(ask(&mut desk, read, Some(bytes)));
        for (list, (sheet, offered)) in LISTS.iter().zip(sheets.iter().zip(&first.sheets)) {
            let called = format!("List {}: {}", list.number, list.name);
            assert_eq!(offered.annex.as_ref(), Some(&called), "{file}");
            let again = Request::ReadAgain(ReadOptions {
                sheet: Some(offered.name.clone()),
                ..ReadOptions::default()
            });
            let view = view(ask(&mut desk, again, None));
            let annex = view.annex.expect("a list of Annex A");
            assert_eq!(annex.name, called);
            for (name, column) in &annex.columns {
                assert!(column.is_some(), "{file}, {called}: “{name}” is not found");
            }
            assert_eq!(annex.strata.len(), list.strata.len(), "{called}");
            assert_eq!(annex.risk.len(), list.risk.len(), "{called}");
            let id = view.guess.expect("a column of ids");
            let name = view.columns[id].name.clone();
            let child = "Child Unique ID";
            let wanted = if list.unit == Unit::Family {
                "Family identifier"
            } else {
                child
            };
            assert_eq!(name, wanted, "{called}");
            let plan = Box::new(Plan::of_columns(&[name]));
            let Reply::Framed(frame) = ask(&mut desk, Request::Frame(plan), None) else {
                panic!("no frame of {called}");
            };
            let excluded: usize = frame.excluded.iter().map(|it| it.count).sum();
            assert_eq!(frame.read, frame.size + excluded + frame.faulty);
            assert_eq!(
                (frame.read, frame.faulty),
                (sheet.rows.len(), 0),
                "{called}"
            );
            if list.unit != Unit::Family {
                let known: BTreeSet<String> = ids(sheet).into_iter().collect();
                assert_eq!(frame.size, known.len(), "{file}, {called}");
            }
        }
    }
}
