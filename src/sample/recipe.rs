//! The recipe in a certificate: the draw redone with `sort`, `sha256sum` and Python's own library.
//!
//! The lines are run by people, so nothing from the list or the seed may leave its quotes: the
//! script stands in a quoted here-document, and text goes in as an ASCII literal of Python.

mod banded;
mod capped;
mod framed;
mod further;

use std::fmt::Write;

use super::certificate::Certificate;
use super::draw::Stratum;
use super::method::{Kind, Method};
use super::systematic::START;

/// Lines for a shell that print the fingerprint and the sample with its tickets, and then the cases
/// of further rounds of drawing.
#[must_use]
pub(super) fn lines(certificate: &Certificate) -> Vec<String> {
    let Certificate {
        unit,
        frame,
        method,
        strata,
        further,
        ..
    } = certificate;
    let seed = literal(&certificate.seed.text);
    let mut lines = files(&unit.columns, method);
    lines.extend(
        certificate
            .account
            .as_ref()
            .map(framed::steps)
            .unwrap_or_default(),
    );
    lines.extend([
        "LC_ALL=C sort ids.txt | sha256sum".to_owned(),
        format!("# gives {}", frame.fingerprint),
        "python3 - <<'END'".to_owned(),
        "from hashlib import sha256".to_owned(),
        "def sha(text): return sha256(text.encode()).hexdigest()".to_owned(),
        format!("seed = sha({seed})"),
        "def ticket(id): return '0.' + ('%064d' % int(sha(seed + id), 16))[::-1]".to_owned(),
    ]);
    lines.extend(cases(method));
    lines.extend(shares(method, strata));
    lines.extend(if method.caps.is_empty() {
        draw(method)
    } else {
        capped::draw(method)
    });
    lines.push("for order, (t, id) in enumerate(sample, 1): print(order, id, t)".to_owned());
    if !further.is_empty() {
        lines.extend(further::draw(certificate));
    }
    lines.push("END".to_owned());
    if method.kind == Kind::Simple && method.caps.is_empty() {
        let Method { size, drop, .. } = method;
        lines.extend([
            "# The same with the public package (pip install consistent_sampler), in Python:"
                .to_owned(),
            "# from consistent_sampler import sampler".to_owned(),
            format!("# sample = list(sampler(ids, seed={seed}, drop={drop}, take={size}))"),
        ]);
    }
    lines
}

/// What the files must hold that the script reads.
fn files(unit: &[String], method: &Method) -> Vec<String> {
    let mut lines = vec![
        format!(
            "# ids.txt: {} of each case, one id a line, no header,",
            quoted(unit)
        ),
        "# white space around it removed, each id once, UTF-8, lines ended by LF.".to_owned(),
    ];
    if let Kind::Stratified { strata, bands, .. } = &method.kind
        && !bands.is_empty()
    {
        lines.push(banded::file(strata, bands));
    } else if let Some((what, columns)) = second_column(&method.kind) {
        let columns = quoted(columns);
        lines.push(format!(
            "# cases.txt: the same, each id followed by a tab and its {what}: {columns}."
        ));
    }
    if !method.caps.is_empty() {
        let columns: Vec<String> = method.caps.iter().map(|cap| cap.column.clone()).collect();
        let columns = quoted(&columns);
        lines.push(format!(
            "# caps.txt: the same ids, each followed by a tab and {columns}, tabs between."
        ));
    }
    lines
}

/// The lines of Python that make `ids`, or `cases` where the method needs more than ids.
fn cases(method: &Method) -> Vec<String> {
    let read = |name: &str| format!("open('{name}.txt', 'rb').read().decode().split('\\n') if l]");
    let (all, others) = if second_column(&method.kind).is_some() {
        (
            format!("cases = [l.split('\\t') for l in {}", read("cases")),
            "cases = [case for case in cases if case[0] not in apart]",
        )
    } else {
        (
            format!("ids = [l for l in {}", read("ids")),
            "ids = [id for id in ids if id not in apart]",
        )
    };
    let mut lines = vec![all];
    if !method.must_include.is_empty() {
        let apart: Vec<String> = method
            .must_include
            .iter()
            .map(|case| literal(&case.id))
            .collect();
        lines.push(format!("apart = [{}]", apart.join(", ")));
        lines.push(others.to_owned());
    }
    if let Kind::Stratified { strata, bands, .. } = &method.kind
        && !bands.is_empty()
    {
        lines.extend(banded::cut(strata, bands));
    }
    lines
}

/// What the method needs beside each id, and from which columns.
fn second_column(kind: &Kind) -> Option<(&'static str, &[String])> {
    match kind {
        Kind::Simple => None,
        Kind::Stratified { strata, .. } => Some(("stratum", strata)),
        Kind::TwoStage { stage, .. } => Some(("team", stage)),
        Kind::Systematic { order_by } if order_by.is_empty() => None,
        Kind::Systematic { order_by } => Some(("place in the order", order_by)),
        Kind::Weighted { weight } => Some(("weight", std::slice::from_ref(weight))),
    }
}

/// The lines of Python that make `sample`, pairs of ticket and id.
fn draw(method: &Method) -> Vec<String> {
    let Method { size, drop, .. } = method;
    let end = drop.saturating_add(*size);
    match &method.kind {
        Kind::Simple => [
            queue(&method.kind),
            vec![format!("sample = queue[{drop}:{end}]")],
        ]
        .concat(),
        Kind::Weighted { .. } => {
            let sample = format!("sample = [case[1:] for case in queue[{drop}:{end}]]");
            [queue(&method.kind), vec![sample]].concat()
        }
        Kind::Stratified { .. } | Kind::TwoStage { .. } => vec![
            "sample = []".to_owned(),
            "for stratum, n in sizes.items():".to_owned(),
            "    queue = sorted((ticket(id), id) for id, s in cases if s == stratum)".to_owned(),
            format!("    sample += queue[{drop}:{drop} + n]"),
            "sample.sort()".to_owned(),
        ],
        Kind::Systematic { order_by } => vec![
            if order_by.is_empty() {
                "frame = sorted(ids)".to_owned()
            } else {
                "frame = [id for text, id in sorted((text, id) for id, text in cases)]".to_owned()
            },
            format!("n = {size}"),
            format!("start = int(ticket('{START}')[2:20]) * len(frame) // 10**18"),
            "chosen = [frame[(start + i * len(frame)) // n] for i in range(n)]".to_owned(),
            "sample = [(ticket(id), id) for id in chosen]".to_owned(),
        ],
    }
}

/// The lines that make `queue`, each of whose entries ends in ticket and id.
fn queue(kind: &Kind) -> Vec<String> {
    if let Kind::Weighted { .. } = kind {
        return vec![
            "from math import log".to_owned(),
            "def wait(id, w): return -log(float(ticket(id))) / float(w)".to_owned(),
            "queue = sorted((wait(id, w), ticket(id), id) for id, w in cases if float(w) > 0)"
                .to_owned(),
        ];
    }
    vec!["queue = sorted((ticket(id), id) for id in ids)".to_owned()]
}

/// The strata's shares of the sample, where there are strata; those of drawn teams by drawing them.
fn shares(method: &Method, strata: &[Stratum]) -> Vec<String> {
    match &method.kind {
        Kind::Simple | Kind::Systematic { .. } | Kind::Weighted { .. } => Vec::new(),
        Kind::Stratified { .. } => vec![sizes(strata)],
        Kind::TwoStage { teams, .. } => vec![
            sizes(strata),
            "teams = sorted((ticket('team\\t' + s), s) for s in {s for id, s in cases})".to_owned(),
            format!("sizes = {{s: sizes[s] for t, s in teams[:{teams}]}}"),
        ],
    }
}

/// The sizes as a dictionary of Python.
fn sizes(strata: &[Stratum]) -> String {
    let sizes: Vec<String> = strata
        .iter()
        .map(|stratum| format!("{}: {}", literal(&stratum.name), stratum.size))
        .collect();
    format!("sizes = {{{}}}", sizes.join(", "))
}

/// The columns' names for a comment, which they cannot leave.
fn quoted(names: &[String]) -> String {
    let one_line = |name: &String| -> String {
        name.chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect()
    };
    let names: Vec<String> = names
        .iter()
        .map(|name| format!("“{}”", one_line(name)))
        .collect();
    names.join(" | ")
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
