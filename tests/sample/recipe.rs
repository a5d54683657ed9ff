//! The recipe in a certificate runs as it stands, and gives what the certificate says.
//!
//! Runs where `sh`, `sha256sum` and `python3` are present, as on every machine that checks draws, and
//! the lines for the public package where that is installed: `cargo xtask test` installs it. What is
//! skipped is said on standard error.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sightline::sample::allocation::Allocation;
use sightline::sample::cap::Cap;
use sightline::sample::certificate::Certificate;
use sightline::sample::further::Step;
use sightline::sample::method::{Kind, Method, MustInclude};

use crate::bands::banded;
use crate::lists::Loaded;
use crate::methods::{method, stratified, systematic, two_stage, weighted};

/// Ids and a seed that would escape from careless quotes.
const HOSTILE_IDS: [&str; 9] = [
    "it's",
    "\"$(id)\"",
    "a\\\\n",
    "END",
    "`id`",
    "x|y",
    "Zo\u{eb}",
    "\u{1f600}",
    "a  b",
];
const HOSTILE_SEEDS: [&str; 6] = [
    "314159",
    "it's \"quoted\" \\",
    "END",
    "$(id) `id` ${HOME}",
    "Zo\u{eb} \u{1f600}",
    "')#",
];

#[test]
fn the_recipe_gives_the_fingerprint_and_the_sample() {
    if !present("python3", &["-c", ""]) || !present("sha256sum", &["--version"]) {
        return;
    }
    for (number, seed) in HOSTILE_SEEDS.iter().enumerate() {
        let mut loaded = Loaded::of_ids(&HOSTILE_IDS);
        let mut method = Method::simple(4);
        method.drop = 2;
        if number == 0 {
            let rows: Vec<Vec<&str>> = HOSTILE_IDS.iter().map(|id| vec![*id]).collect();
            loaded = Loaded::new(&["Id\nexit 1 #"], &rows);
        }
        let certificate = loaded.draw(&method, seed).unwrap();
        let mut expected = format!("{}  -\n", certificate.frame.fingerprint);
        for case in &certificate.sample {
            writeln!(expected, "{} {} {}", case.order, case.id, case.ticket).unwrap();
        }
        assert_eq!(
            run(&certificate, "recipe", &certificate.recipe),
            expected,
            "{seed}"
        );
    }
}

/// The hostile ids, each with a team, a weight and a worker.
fn hostile_rows() -> Vec<[String; 4]> {
    let teams = ["x", "y", "\"x\\'"].iter().cycle();
    let workers = ["W", "W", "V"].iter().cycle();
    let cells = HOSTILE_IDS.iter().zip(teams).zip(workers).zip(1..);
    cells
        .map(|(((id, team), worker), weight)| {
            [*id, *team, &format!("{weight}.5"), *worker].map(str::to_owned)
        })
        .collect()
}

/// At most three cases for each worker, and two for each team.
fn caps() -> Vec<Cap> {
    let cap = |column: &str, most| Cap {
        column: column.to_owned(),
        most,
    };
    vec![cap("Worker", 3), cap("Team", 2)]
}

/// Writes a file of these columns, a tab between them.
fn write(file: &Path, rows: &[Vec<&str>], columns: &[usize]) {
    let line = |row: &Vec<&str>| -> String {
        columns
            .iter()
            .map(|column| row[*column])
            .collect::<Vec<_>>()
            .join("\t")
    };
    fs::write(file, rows.iter().map(line).collect::<Vec<_>>().join("\n")).unwrap();
}

/// Every kind of draw: what it is called here, and the column that its recipe needs.
fn kinds() -> Vec<(&'static str, Kind, Option<usize>)> {
    let by_team = |allocation| stratified(&["Team"], allocation, 0);
    vec![
        ("capped", Kind::Simple, None),
        ("capped-strata", by_team(Allocation::Equal), Some(1)),
        ("capped-weights", weighted("Weight"), Some(2)),
        ("equal", by_team(Allocation::Equal), Some(1)),
        ("proportional", by_team(Allocation::Proportional), Some(1)),
        ("systematic", systematic(&[]), None),
        ("ordered", systematic(&["Team"]), Some(1)),
        ("weighted", weighted("Weight"), Some(2)),
        (
            "two-stage",
            two_stage(&["Team"], 2, Allocation::Proportional),
            Some(1),
        ),
        (
            "capped-two-stage",
            two_stage(&["Team"], 3, Allocation::Equal),
            Some(1),
        ),
    ]
}

/// A draw of this kind that passes over some tickets, keeps to caps and sets two cases apart.
fn asked(name: &str, kind: Kind) -> Method {
    let must_include = HOSTILE_IDS[1..3].iter().map(|id| MustInclude {
        id: id.to_string(),
        reason: "A complaint.".to_owned(),
    });
    let size = if name == "two-stage" { 3 } else { 4 };
    Method {
        drop: if name == "weighted" { 2 } else { 0 },
        caps: if name.starts_with("capped") {
            caps()
        } else {
            Vec::new()
        },
        must_include: must_include.collect(),
        ..method(kind, size)
    }
}

#[test]
fn every_method_has_a_recipe_that_runs() {
    if !present("python3", &["-c", ""]) {
        return;
    }
    let texts = hostile_rows();
    let rows: Vec<Vec<&str>> = texts
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let loaded = Loaded::new(&["Id", "Team", "Weight", "Worker"], &rows);
    for (name, kind, column) in kinds() {
        let folder = folder(name);
        if let Some(column) = column {
            write(&folder.join("cases.txt"), &rows, &[0, column]);
        }
        write(&folder.join("caps.txt"), &rows, &[0, 3, 1]);
        let certificate = loaded
            .draw(&asked(name, kind), "Zo\u{eb} \u{1f600}")
            .unwrap();
        assert_eq!(
            run(&certificate, name, &certificate.recipe),
            printed(&certificate),
            "{name}"
        );
        let certificate = gone_on_with(&loaded, certificate);
        assert!(!certificate.further.is_empty(), "{name}");
        assert_eq!(
            run(&certificate, name, &certificate.recipe),
            printed(&certificate),
            "{name}"
        );
    }
}

/// The draw with a replacement and one more case, as far as it can be gone on with.
fn gone_on_with(loaded: &Loaded, certificate: Certificate) -> Certificate {
    let replaced = certificate.sample[1].id.clone();
    let steps = [Step::replacement(replaced), Step::more(1)];
    steps.into_iter().fold(certificate, |certificate, step| {
        match certificate.extend(&loaded.list(), step, "Moved away.") {
            Ok(further) => certificate.with(further),
            Err(_) => certificate,
        }
    })
}

#[test]
fn the_public_package_gives_the_same_sample() {
    if !present("python3", &["-c", "import consistent_sampler"]) {
        return;
    }
    for seed in HOSTILE_SEEDS {
        let mut method = Method::simple(4);
        method.drop = 2;
        let certificate = Loaded::of_ids(&HOSTILE_IDS).draw(&method, seed).unwrap();
        let mut lines = vec!["python3 - <<'END'".to_owned()];
        lines.extend(
            certificate
                .recipe
                .iter()
                .filter(|line| line.starts_with("ids ="))
                .cloned(),
        );
        let package = certificate
            .recipe
            .iter()
            .skip_while(|line| !line.contains("package"));
        lines.extend(
            package
                .skip(1)
                .map(|line| line.trim_start_matches("# ").to_owned()),
        );
        lines.push("for short, id, _ in sample: print(short, id)".to_owned());
        lines.push("END".to_owned());
        let printed = run(&certificate, "package", &lines);
        assert_eq!(printed.lines().count(), 4);
        for (line, case) in printed.lines().zip(&certificate.sample) {
            let (short, id) = line.split_once(' ').unwrap();
            assert_eq!(id, case.id);
            assert!(case.ticket.starts_with(short));
        }
    }
}

#[test]
fn a_recipe_cuts_bands_by_itself() {
    if !present("python3", &["-c", ""]) {
        return;
    }
    let numbers = ["0", "4", "4.25", "9", "17", "120", "5", "16.5", "7"];
    let days = [
        "2024-02-29",
        "2026-03-31",
        "2026-03-01",
        "2025-12-31",
        "2008-03-31",
    ]
    .iter()
    .cycle();
    let rows: Vec<Vec<&str>> = HOSTILE_IDS
        .iter()
        .zip(numbers)
        .zip(days)
        .map(|((id, number), day)| vec![*id, "a|\"b'", number, day, day, day])
        .collect();
    let header = ["Id", "Team", "Number", "Day", "Days", "Years"];
    let columns = [
        ("Team", ""),
        ("Number", "0-4, 4.25-9, 16.5+"),
        ("Day", "2008-01-01 to 2025-12-31, 2026-01-01+"),
        ("Days", "0-30, 31+ days to 2026-03-31"),
        ("Years", "0-1, 2-17, 18+ years to 2026-03-31"),
    ];
    for (name, caps) in [
        ("banded", Vec::new()),
        (
            "banded-capped",
            vec![Cap {
                column: "Day".to_owned(),
                most: 3,
            }],
        ),
    ] {
        let folder = folder(name);
        write(&folder.join("cases.txt"), &rows, &[0, 1, 2, 3, 4, 5]);
        write(&folder.join("caps.txt"), &rows, &[0, 3]);
        let method = Method {
            caps,
            ..method(banded(&columns, Allocation::Proportional), 6)
        };
        let certificate = Loaded::new(&header, &rows).draw(&method, "314159").unwrap();
        assert!(certificate.strata.len() > 4);
        assert_eq!(
            run(&certificate, name, &certificate.recipe),
            printed(&certificate),
            "{name}"
        );
    }
}

/// What a recipe should print.
fn printed(certificate: &Certificate) -> String {
    let mut expected = format!("{}  -\n", certificate.frame.fingerprint);
    for case in certificate.drawn() {
        writeln!(expected, "{} {} {}", case.order, case.id, case.ticket).unwrap();
    }
    expected
}

/// A folder for this test alone.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs the lines beside a file `ids.txt`; gives what they print.
fn run(certificate: &Certificate, name: &str, lines: &[String]) -> String {
    let folder = folder(name);
    fs::write(folder.join("ids.txt"), HOSTILE_IDS.join("\n") + "\n").unwrap();
    fs::write(folder.join("recipe.sh"), lines.join("\n")).unwrap();
    let output = Command::new("sh")
        .arg("recipe.sh")
        .current_dir(&folder)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        errors.is_empty(),
        "seed {}: {errors}",
        certificate.seed.text
    );
    String::from_utf8(output.stdout).unwrap()
}

/// Whether a program is there and does this; says plainly what is skipped where it is not.
fn present(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let present = command.status().is_ok_and(|status| status.success());
    if !present {
        // Written past the harness, which keeps what a test that passes prints.
        let skipped = format!(
            "SKIPPED: a check of recipes: no `{program} {}`\n",
            arguments.join(" ")
        );
        std::io::stderr().write_all(skipped.as_bytes()).unwrap();
    }
    present
}
