//! The public program `age`: it opens what we seal. What it sealed, and we open, lies in fixtures.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use sightline::seal::age::unseal;

/// Sealed by `age` 1.1.1 with the passphrase “stapler-unmasking-oxygen”, work factor 18.
const THEIRS: &[u8] = include_bytes!("../fixtures/saved/by-age-1.1.1.age");

#[test]
fn what_the_public_program_sealed_is_opened() {
    let opened = unseal(THEIRS, "stapler-unmasking-oxygen").unwrap();
    assert_eq!(opened.content, b"Sealed by the public program.\n");
    assert_eq!(opened.damage, None);
}

/// `age` asks for a passphrase at a terminal only: `script` gives it one.
#[test]
fn the_public_program_opens_what_we_seal() {
    let installed = |program| Command::new(program).arg("--version").output().is_ok();
    if !installed("age") || !installed("script") {
        println!("NOT CHECKED: the programs age and script are not installed");
        return;
    }
    let folder = std::env::temp_dir().join(format!("sightline-age-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let (ours, theirs) = (folder.join("ours.age"), folder.join("theirs.txt"));
    fs::write(&ours, super::sealed(b"Sealed by Sightline.\n")).unwrap();
    let command = format!("age -d -o {} {}", theirs.display(), ours.display());
    let mut age = Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    age.stdin
        .take()
        .unwrap()
        .write_all(b"a passphrase\n")
        .unwrap();
    assert!(age.wait().unwrap().success());
    assert_eq!(fs::read(&theirs).unwrap(), b"Sealed by Sightline.\n");
    fs::remove_dir_all(&folder).unwrap();
}
