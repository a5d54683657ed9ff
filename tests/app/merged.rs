//! Two files of one round put together, and a round read from what a browser kept, on the command line.
#![expect(
    clippy::unwrap_used,
    reason = "in a test, a file that cannot be made or read is a failure"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use sightline::file::{self, Lock, Saved};
use sightline::review::CaseNumber;
use sightline::seal::age::{Entropy, Work};
use sightline::seal::data_key::DataKey;
use sightline::seal::keyring::Slot;
use sightline::store::segment::{FORMAT, Header, Position, ROOT, hash};

use crate::person::Person;

const PASSPHRASE: &str = "twelve quiet herons";

/// Made by `age-keygen`, for tests.
const IDENTITY: &str = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("merged")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("passphrase"), PASSPHRASE).unwrap();
    fs::write(folder.join("identity"), IDENTITY).unwrap();
    folder
}

/// Runs a command; gives its exit code, its result and its messages.
fn run(folder: &Path, arguments: &[&str]) -> (i32, Value, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_sightline"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    (
        output.status.code().unwrap(),
        serde_json::from_slice(&output.stdout).unwrap_or_default(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

fn write(folder: &Path, name: &str, lines: &[String]) {
    let saved = Saved {
        round: "0123456789abcdef".into(),
        saved_at: 1_795_000_000_000,
        lines: lines.to_vec(),
    };
    let lock = Lock::Passphrase(PASSPHRASE, Work(1));
    let bytes = file::write(&saved, lock, &Entropy([7; 48])).unwrap();
    fs::write(folder.join(name), bytes).unwrap();
}

/// A round, and how it went on after its first entries.
fn round() -> (Vec<String>, Vec<String>) {
    let mut person = Person::with_sample(2);
    let first = person.open().lines().to_vec();
    person.answer_all(CaseNumber(1), "good");
    (first, person.open().lines().to_vec())
}

#[test]
fn a_round_and_its_continuation_are_merged_and_sealed_for_a_key() {
    let folder = folder("key");
    let (first, more) = round();
    write(&folder, "a.sightline", &first);
    write(&folder, "b.sightline", &more);
    let recipient = sightline::seal::recipient::Identity::parse(IDENTITY)
        .unwrap()
        .recipient();
    let (code, told, errors) = run(
        &folder,
        &[
            "merge",
            "a.sightline",
            "b.sightline",
            "-o",
            "c.sightline",
            "--passphrase-file",
            "passphrase",
            "--recipient",
            &recipient.to_string(),
        ],
    );
    assert_eq!((code, errors.as_str()), (0, ""));
    assert_eq!(told["entries"], more.len());
    assert_eq!(
        told["came_in"],
        serde_json::json!([0, more.len() - first.len()])
    );
    let open = |key: &str| run(&folder, &["open", "c.sightline", "--passphrase-file", key]);
    assert_eq!(open("identity").1["entries"], more.len());
    assert_eq!(
        open("passphrase").0,
        2,
        "a passphrase opens nothing that is sealed for a key"
    );
}

#[test]
fn where_entries_part_nothing_is_written_and_where_they_part_is_named() {
    let folder = folder("fork");
    let (first, more) = round();
    let mut person = Person::with_sample(2);
    person.answer_all(CaseNumber(1), "inadequate");
    let other = person.open().lines().to_vec();
    assert_eq!(other[..first.len()], first);
    write(&folder, "a.sightline", &more);
    write(&folder, "b.sightline", &other);
    let arguments = ["merge", "a.sightline", "b.sightline", "-o", "c.sightline"];
    let (code, told, errors) = run(
        &folder,
        &[&arguments[..], &["--passphrase-file", "passphrase"]].concat(),
    );
    assert_eq!((code, &told["written"]), (1, &Value::Null));
    assert_eq!(told["forks"][0]["number"], first.len() + 1);
    assert!(errors.contains("Nothing was written"), "{errors}");
    assert!(!folder.join("c.sightline").exists());
    write(&folder, "b.sightline", &[]);
    let (code, _, errors) = run(
        &folder,
        &[&arguments[..], &["--passphrase-file", "passphrase"]].concat(),
    );
    assert_eq!(code, 2);
    assert!(errors.contains("different rounds"), "{errors}");
}

/// A segment of these lines, under a key that a passphrase opens.
fn segment(lines: &[String]) -> Vec<u8> {
    let key = DataKey::new([7; 32]);
    let header = Header {
        format: FORMAT.into(),
        round: "abc".into(),
        epoch: 1,
        opened_at: 5,
        made_up: false,
        slots: vec![Slot::passphrase(&key, PASSPHRASE, &Entropy([3; 48])).unwrap()],
        whole: None,
    };
    let mut payloads = vec![header.payload(&key, [0; 24]).unwrap()];
    let mut previous = ROOT;
    for (number, line) in (0..).zip(lines) {
        let at = Position {
            epoch: 1,
            number,
            previous,
        };
        let nonce = [u8::try_from(number).unwrap() + 1; 24];
        let payload = at.seal(line, "abc", &key, nonce).unwrap();
        previous = hash(&payload);
        payloads.push(payload);
    }
    let records = payloads
        .iter()
        .map(|payload| sightline::journal::record::write(payload));
    records.map(Option::unwrap).collect::<Vec<_>>().concat()
}

#[test]
fn two_damaged_copies_from_a_browser_give_the_whole_round() {
    let folder = folder("rescue");
    let lines: Vec<String> = (0..4).map(|line| format!("line {line}")).collect();
    let whole = segment(&lines);
    for (place, at) in [("files", whole.len() - 20), ("database", whole.len() - 160)] {
        fs::create_dir_all(folder.join(place)).unwrap();
        let mut spoilt = whole.clone();
        spoilt[at] ^= 1;
        fs::write(folder.join(place).join("abc.1.seg"), spoilt).unwrap();
    }
    let rescue = |folders: &[&str]| {
        let with = ["--passphrase-file", "passphrase"];
        run(&folder, &[&["rescue"], folders, &with[..]].concat())
    };
    let (_, found, errors) = rescue(&["files", "database"]);
    assert_eq!(
        (found["lines"].clone(), errors.as_str()),
        (lines.clone().into(), "")
    );
    let (code, found, _) = rescue(&["files"]);
    assert_eq!(
        (code, found["lines"].clone()),
        (1, lines[..3].to_vec().into())
    );
    fs::write(folder.join("passphrase"), "another").unwrap();
    assert_eq!(rescue(&["files", "database"]).0, 2);
}
