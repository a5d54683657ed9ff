//! What a certificate says, and what happens to one that is not quite as expected.

use expect_test::expect;
use sightline::sample::certificate::{Certificate, DrawNumber};
use sightline::sample::method::Method;

use crate::lists::{Loaded, given, ids};

fn small() -> Certificate {
    let rows = [" A-1", "A-2", "A-3\u{a0}", "B-1", "B-2", "B-3", "B-2", ""];
    let mut loaded = Loaded::of_ids(&rows);
    loaded.source.sheet = Some("List 7".to_owned());
    let mut method = Method::simple(2);
    method.reserve = Some(1);
    loaded.draw(&method, "314159").unwrap()
}

#[test]
fn a_certificate_as_it_is_saved() {
    expect![[r##"
        {
          "format": "sightline-certificate/1",
          "draw": {
            "number": 1,
            "reason": null
          },
          "list": {
            "name": "cases.csv",
            "sheet": "List 7",
            "sha256": "0000000000000000000000000000000000000000000000000000000000000000",
            "rows": 8
          },
          "excluded": [
            {
              "reason": "Repeats the id of an earlier row",
              "count": 1
            }
          ],
          "faulty": {
            "count": 1,
            "places": [
              {
                "sheet": null,
                "row": 9,
                "column": "A",
                "message": "This row has no id: “Child ID” is empty. Fill it in, or take the row out of the list."
              }
            ]
          },
          "unit": {
            "columns": [
              "Child ID"
            ]
          },
          "frame": {
            "size": 6,
            "fingerprint": "d1758d67c051c6f4e8d601adb4c8570d02f4859507c3f13bd7381ca562ccb483"
          },
          "strata": [],
          "seed": {
            "text": "314159",
            "origin": "given"
          },
          "method": {
            "name": "simple",
            "version": 1,
            "size": 2,
            "drop": 0,
            "reserve": 1
          },
          "sample": [
            {
              "order": 1,
              "id": "B-2",
              "ticket": "0.41031085809072903514872000896790351462382130463015916888993860148207487365068",
              "stratum": null
            },
            {
              "order": 2,
              "id": "B-3",
              "ticket": "0.47096029125515628220478316875824544955608868777212682429404942391399112981328",
              "stratum": null
            }
          ],
          "reserve": [
            {
              "order": 3,
              "id": "A-3",
              "ticket": "0.471438751218990090280329669693328441199477360893518597933960833853618655507601",
              "stratum": null
            }
          ],
          "recipe": [
            "# ids.txt: “Child ID” of each case, one id a line, no header,",
            "# white space around it removed, each id once, UTF-8, lines ended by LF.",
            "LC_ALL=C sort ids.txt | sha256sum",
            "# gives d1758d67c051c6f4e8d601adb4c8570d02f4859507c3f13bd7381ca562ccb483",
            "python3 - <<'END'",
            "from hashlib import sha256",
            "def sha(text): return sha256(text.encode()).hexdigest()",
            "seed = sha(\"314159\")",
            "def ticket(id): return '0.' + ('%064d' % int(sha(seed + id), 16))[::-1]",
            "ids = [id for id in open('ids.txt', 'rb').read().decode().split('\\n') if id]",
            "queue = sorted((ticket(id), id) for id in ids)",
            "sample = queue[0:2]",
            "for order, (t, id) in enumerate(sample, 1): print(order, id, t)",
            "END",
            "# The same with the public package (pip install consistent_sampler), in Python:",
            "# from consistent_sampler import sampler",
            "# sample = list(sampler(ids, seed=\"314159\", drop=0, take=2))"
          ]
        }"##]].assert_eq(&small().to_json());
}

#[test]
fn a_certificate_is_read_as_it_was_written() {
    assert_eq!(Certificate::read(&small().to_json()).unwrap(), small());
}

#[test]
fn later_fields_are_read_past_and_told() {
    let json = small()
        .to_json()
        .replacen("\"size\": 6", "\"size\": 6, \"colour\": \"green\"", 1)
        .replacen('{', "{\"witness\": \"A. Person\",", 1);
    let certificate = Certificate::read(&json).unwrap();
    assert_eq!(certificate.unknown, ["frame.colour", "witness"]);
}

#[test]
fn later_formats_and_other_files_are_refused_with_the_reason() {
    let refused = |json: &str| Certificate::read(json).unwrap_err().reason().to_owned();
    let json = small().to_json();
    let newer = json.replace("sightline-certificate/1", "sightline-certificate/2");
    assert!(refused(&newer).contains("made by a newer Sightline"));
    let newer = json.replace("\"version\": 1", "\"version\": 2");
    assert!(refused(&newer).contains("version 2 of its method"));
    let unheard_of = json.replace("\"name\": \"simple\"", "\"name\": \"psychic\"");
    assert!(refused(&unheard_of).contains("unknown variant `psychic`"));
    assert!(refused(&json.replace("\"seed\"", "\"sead\"")).contains("missing field `seed`"));
    assert!(refused("PK\u{3}\u{4}").contains("not JSON"));
    assert!(refused("[1, 2]").contains("“format”"));
    assert!(refused("{\"format\": \"sightline-form/1\"}").contains("“format”"));
}

#[test]
fn every_file_cut_short_is_refused_and_none_panics() {
    let json = small().to_json();
    for end in (0..json.len()).filter(|end| json.is_char_boundary(*end)) {
        assert!(Certificate::read(json.get(..end).unwrap()).is_err());
    }
}

#[test]
fn a_second_draw_needs_a_reason() {
    let loaded = Loaded::of_ids(&ids(9));
    let draw = |number, reason: Option<&str>| {
        let number = DrawNumber {
            number,
            reason: reason.map(str::to_owned),
        };
        Certificate::draw(&loaded.list(), &Method::simple(2), &given("1"), number)
    };
    assert!(draw(2, Some("Two teams were merged.")).is_ok());
    for (number, reason) in [(0, None), (2, None), (2, Some("  "))] {
        assert!(draw(number, reason).is_err());
    }
}
