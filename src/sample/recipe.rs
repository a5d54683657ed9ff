//! The recipe in a certificate: the draw redone with `sort`, `sha256sum` and Python's own library.
//!
//! The lines are run by people, so nothing from the list or the seed may leave its quotes: the
//! script stands in a quoted here-document, and text goes in as an ASCII literal of Python.

use std::fmt::Write;

use super::method::{Kind, Method};
use super::seed::Seed;

/// Lines for a shell that print the fingerprint and the sample with its tickets.
#[must_use]
pub fn lines(unit: &[String], fingerprint: &str, seed: &Seed, method: &Method) -> Vec<String> {
    let Method { size, drop, .. } = method;
    let end = drop + size;
    let columns: Vec<String> = unit
        .iter()
        .map(|name| format!("“{}”", one_line(name)))
        .collect();
    let seed = literal(seed.text());
    let mut lines = vec![
        format!(
            "# ids.txt: {} of each case, one id a line, no header,",
            columns.join(" | ")
        ),
        "# white space around it removed, each id once, UTF-8, lines ended by LF.".to_owned(),
        "LC_ALL=C sort ids.txt | sha256sum".to_owned(),
        format!("# gives {fingerprint}"),
        "python3 - <<'END'".to_owned(),
        "from hashlib import sha256".to_owned(),
        "def sha(text): return sha256(text.encode()).hexdigest()".to_owned(),
        format!("seed = sha({seed})"),
        "def ticket(id): return '0.' + ('%064d' % int(sha(seed + id), 16))[::-1]".to_owned(),
        "ids = [id for id in open('ids.txt', 'rb').read().decode().split('\\n') if id]".to_owned(),
        "queue = sorted((ticket(id), id) for id in ids)".to_owned(),
    ];
    match method.kind {
        Kind::Simple => lines.push(format!("sample = queue[{drop}:{end}]")),
    }
    lines.extend([
        "for order, (t, id) in enumerate(sample, 1): print(order, id, t)".to_owned(),
        "END".to_owned(),
    ]);
    lines.extend([
        "# The same with the public package (pip install consistent_sampler), in Python:"
            .to_owned(),
        "# from consistent_sampler import sampler".to_owned(),
        format!("# sample = list(sampler(ids, seed={seed}, drop={drop}, take={size}))"),
    ]);
    lines
}

/// A text as a literal of Python in printable ASCII.
fn literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            ' '..='~' => literal.push(c),
            // Writing to a string cannot fail.
            _ => {
                let _ = write!(literal, "\\U{:08x}", u32::from(c));
            }
        }
    }
    literal.push('"');
    literal
}

/// A text that stays on its line, for a comment.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
