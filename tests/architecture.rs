//! The rules of the house, held over the source files themselves: who may use whom, what no part
//! may name, and how files are. ARCHITECTURE.md says why; here each rule can fail.
//!
//! A rule is a function from sources to complaints. It is run twice: over the tree, which must give
//! none, and over made-up sources that break it, which must give some.

#![expect(
    clippy::unwrap_used,
    reason = "in a test, a file that cannot be read is a failure"
)]

#[path = "architecture/made_up.rs"]
mod made_up;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A module of the library and the modules that it may use. Reading down, each stands on those above.
const LIBRARY: [(&str, &str); 21] = [
    ("chance", ""),
    ("table", ""),
    ("calendar", "table"),
    ("frame", "table"),
    ("sample", "chance table frame"),
    ("form", ""),
    ("review", "table calendar form"),
    ("concern", "review"),
    ("finding", "chance form review"),
    ("journal", "table frame sample form review concern"),
    (
        "round",
        "table frame sample form review concern finding journal",
    ),
    (
        "export",
        "table frame sample form review concern finding journal round",
    ),
    ("xlsform", "table form export"),
    ("desk", "table frame sample export"),
    ("clerk", "table form export xlsform"),
    ("seal", ""),
    ("file", "journal seal"),
    ("locksmith", "seal file"),
    ("store", "journal seal"),
    (
        "app",
        "chance table frame sample form review concern finding journal round export xlsform desk clerk file locksmith seal store",
    ),
    ("lib", ""),
];

/// What the library never names: a browser, and entropy. (Crates of `gloo` are found by prefix.)
const BROWSER: [&str; 6] = [
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "yew",
    "getrandom",
];

/// Parts of the standard library that mean a clock, a disk, a network or another process.
const WORLD: [&str; 6] = ["time", "fs", "net", "process", "env", "thread"];

/// A crate, and the beginning of the paths that may name it.
const CRATES: [(&str, &str); 12] = [
    ("calamine", "table/src"),
    ("encoding_rs", "table/src"),
    ("memchr", "table/src"),
    ("zip", "table/src"),
    ("base64ct", "src/seal"),
    ("bech32", "src/seal"),
    ("x25519_dalek", "src/seal"),
    ("chacha20poly1305", "src/seal"),
    ("hkdf", "src/seal"),
    ("hmac", "src/seal"),
    ("scrypt", "src/seal"),
    ("rust_xlsxwriter", "src/export/workbook"),
];

/// What `view/` never uses of the shell around it.
const SHELL: [&str; 4] = ["world", "worker", "download", "wire"];

/// What keeps data in a browser, by the beginnings of its names.
const STORAGE: [&str; 9] = [
    "FileSystem",
    "StorageManager",
    "IdbFactory",
    "local_storage",
    "session_storage",
    "localStorage",
    "sessionStorage",
    "indexedDB",
    "getDirectory",
];

/// Who keeps data: the store; the page's marks and settings, as workers have no localStorage; and the safe
/// mode, which hands out what the store kept when it cannot start.
const KEEPERS: [&str; 5] = [
    "src/bin/store/",
    "src/bin/app/marks.rs",
    "src/bin/app/memory.rs",
    "src/bin/app/persist.rs",
    "web/safe.js",
];

/// What asks the network, by the beginnings of its names.
const NETWORK: [&str; 9] = [
    "fetch",
    "XmlHttpRequest",
    "XMLHttpRequest",
    "WebSocket",
    "EventSource",
    "RtcPeerConnection",
    "RTCPeerConnection",
    "send_beacon",
    "sendBeacon",
];

/// Addresses that code may hold: the file, what it holds, and why.
const ADDRESSES: [(&str, &str, &str); 8] = [
    (
        "src/bin/app/view/parts/",
        "http://www.w3.org/2000/svg",
        "the name of SVG's elements; never fetched",
    ),
    (
        "src/bin/app/view/data.rs",
        "https://,",
        "a sentence on addresses, for people",
    ),
    (
        "src/bin/app/view/proof.rs",
        "http://.",
        "a sentence on addresses, for people",
    ),
    (
        "src/bin/app/view/proof.rs",
        "https:// nobody",
        "a sentence on addresses, for people",
    ),
    (
        "src/bin/store/opfs.rs",
        "http://,",
        "a sentence on addresses, for people",
    ),
    (
        "src/bin/store/opfs.rs",
        "https://.",
        "a sentence on addresses, for people",
    ),
    (
        "table/src/workbook/judge/",
        "http://purl.oclc.org/ooxml/",
        "the names of a workbook's elements in the strict form; never fetched",
    ),
    (
        "table/src/workbook/judge/",
        "http://schemas.openxmlformats.org/",
        "the names of a workbook's elements; never fetched",
    ),
];

/// Names under which things that belong nowhere gather.
const DRAWERS: [&str; 4] = ["utils", "common", "types", "helpers"];

/// The longest file.
const LINES: usize = 600;

/// A file of the tree.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// The library's module that the file belongs to.
    fn module(&self) -> Option<&str> {
        if self.path.starts_with("table/src/") {
            return Some("table");
        }
        let path = self
            .path
            .strip_prefix("src/")
            .filter(|path| !path.starts_with("bin/"))?;
        path.split(['/', '.']).next()
    }

    fn is_rust(&self) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|ending| ending == "rs")
    }

    /// The file's code: of Rust without comments and texts, of a script as it is.
    fn code(&self) -> String {
        if self.is_rust() {
            stripped(&self.text, false)
        } else {
            self.text.clone()
        }
    }
}

// Reading sources.

/// Rust without comments; with `texts`, what stands between quotes stays.
fn stripped(source: &str, texts: bool) -> String {
    let mut code = String::new();
    let mut rest = source;
    while let Some(char) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if char == '"' || rest.starts_with("r#\"") {
            let length = text_length(rest);
            code.push_str(if texts {
                rest.get(..length).unwrap_or_default()
            } else {
                "\"\""
            });
            length
        } else if char == '\'' {
            quoted_char(rest)
        } else {
            code.push(char);
            char.len_utf8()
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    code
}

/// The length of the text in quotes that `rest` begins with.
fn text_length(rest: &str) -> usize {
    if let Some(raw) = rest.strip_prefix("r#\"") {
        return raw.find("\"#").map_or(rest.len(), |end| end + 5);
    }
    let mut escaped = false;
    for (at, char) in rest.char_indices().skip(1) {
        match char {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    rest.len()
}

/// The length of the character in quotes that `rest` begins with; 1 for the mark of a lifetime.
fn quoted_char(rest: &str) -> usize {
    let escaped = rest.chars().nth(1) == Some('\\');
    let mut ends = rest.char_indices().skip(if escaped { 3 } else { 2 });
    let end = if escaped {
        ends.find(|(_, char)| *char == '\'')
    } else {
        ends.next()
    };
    end.filter(|(_, char)| *char == '\'')
        .map_or(1, |(at, _)| at + 1)
}

fn is_of_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|char| !is_of_word(char))
        .filter(|word| !word.is_empty())
}

/// What code reaches just below a root: of `root::a::b` and `root::{a::{b, c}, d}`, `a` and `d`.
fn reached<'a>(code: &'a str, root: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mark = format!("{root}::");
    for (at, _) in code.match_indices(&mark) {
        if code.get(..at).unwrap_or_default().ends_with(is_of_word) {
            continue;
        }
        let rest = code.get(at + mark.len()..).unwrap_or_default();
        reached.extend(words(rest).next());
        let mut depth = 0_u32;
        for (at, char) in rest.char_indices().filter(|_| rest.starts_with('{')) {
            match char {
                '{' => depth += 1,
                '}' if depth <= 1 => break,
                '}' => depth -= 1,
                ',' if depth == 1 => {
                    let item = rest
                        .get(at..)
                        .unwrap_or_default()
                        .trim_start_matches([',', ' ', '\n']);
                    reached.extend(words(item).next().filter(|_| item.starts_with(is_of_word)));
                }
                _ => {}
            }
        }
    }
    reached
}

// The rules.

fn modules_use_only_what_they_may(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| source.is_rust()) {
        let Some(module) = source.module() else {
            continue;
        };
        let Some((_, allowed)) = LIBRARY.iter().find(|(name, _)| *name == module) else {
            complaints.push(format!(
                "{}: give `{module}` its place in LIBRARY",
                source.path
            ));
            continue;
        };
        let code = source.code();
        let used = reached(&code, "crate")
            .into_iter()
            .chain(reached(&code, "super"));
        for used in used.filter(|used| *used != module && !words(allowed).any(|may| may == *used)) {
            if LIBRARY.iter().any(|(name, _)| *name == used) {
                complaints.push(format!("{}: `{module}` may not use `{used}`", source.path));
            }
        }
    }
    complaints
}

fn the_library_is_pure(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| source.module().is_some()) {
        let code = source.code();
        let browser =
            words(&code).filter(|word| BROWSER.contains(word) || word.starts_with("gloo_"));
        let world = reached(&code, "std")
            .into_iter()
            .filter(|part| WORLD.contains(part));
        for named in browser.chain(world).collect::<BTreeSet<_>>() {
            complaints.push(format!(
                "{}: the library may not name `{named}`",
                source.path
            ));
        }
    }
    complaints
}

fn crates_stay_in_their_place(sources: &[Source]) -> Vec<String> {
    let named = |source: &Source, (name, place): &(&str, &str)| {
        let code = source.code();
        let strays = !source.path.starts_with(place)
            && (!reached(&code, name).is_empty() || code.contains(&format!("use {name};")));
        strays.then(|| format!("{}: only {place}* names `{name}`", source.path))
    };
    let rust = sources.iter().filter(|source| source.is_rust());
    rust.flat_map(|source| CRATES.iter().filter_map(move |entry| named(source, entry)))
        .collect()
}

fn views_know_no_shell(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources
        .iter()
        .filter(|source| source.path.starts_with("src/bin/app/view/"))
    {
        let code = source.code();
        let shell = reached(&code, "crate")
            .into_iter()
            .chain(reached(&code, "super"));
        let shell = shell.filter(|part| SHELL.contains(part));
        let store = reached(&code, "sightline")
            .into_iter()
            .filter(|part| *part == "store");
        for named in shell.chain(store) {
            complaints.push(format!("{}: a view may not use `{named}`", source.path));
        }
        if code.contains(" style=") {
            complaints.push(format!(
                "{}: the page's policy refuses `style=`: use a class",
                source.path
            ));
        }
    }
    complaints
}

/// Complains of words that begin so, in files whose paths do not begin with `place`.
fn only_in(places: &[&str], beginnings: &[&str], what: &str, sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources
        .iter()
        .filter(|source| !places.iter().any(|place| source.path.starts_with(place)))
    {
        let code = source.code();
        for word in
            words(&code).filter(|word| beginnings.iter().any(|begin| word.starts_with(begin)))
        {
            complaints.push(format!(
                "{}: only {} {what}, and this names `{word}`",
                source.path,
                places.join(", "),
            ));
        }
    }
    complaints
}

fn only_the_store_keeps(sources: &[Source]) -> Vec<String> {
    only_in(&KEEPERS, &STORAGE, "keeps data", sources)
}

fn only_the_start_asks_the_network(sources: &[Source]) -> Vec<String> {
    // A worker's script names in quotation marks what it takes away before its program runs.
    let unquoted = |source: &Source| {
        let mut text = source.text.clone();
        if source.path == "web/worker.js" {
            for word in NETWORK {
                text = text.replace(&format!("\"{word}\""), "");
            }
        }
        let path = source.path.clone();
        Source { path, text }
    };
    let sources: Vec<Source> = sources.iter().map(unquoted).collect();
    only_in(&["web/start.js"], &NETWORK, "asks the network", &sources)
}

fn no_address_stands_in_code(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources
        .iter()
        .filter(|source| source.module().is_some() || source.path.starts_with("src/"))
    {
        let mut code = stripped(&source.text, true);
        for (path, allowed, _) in ADDRESSES {
            if source.path.starts_with(path) {
                code = code.replace(allowed, "");
            }
        }
        if code.contains("http://") || code.contains("https://") {
            complaints.push(format!(
                "{}: code holds an address that ADDRESSES does not list",
                source.path
            ));
        }
    }
    complaints
}

fn files_are_as_they_should_be(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for Source { path, text } in sources.iter().filter(|source| source.is_rust()) {
        if path.split(['/', '.']).any(|part| DRAWERS.contains(&part)) {
            complaints.push(format!("{path}: name the file after what is in it"));
        }
        if !text.starts_with("//!") {
            complaints.push(format!("{path}: begin with `//!`, what it is and why"));
        }
        if text.lines().count() > LINES {
            complaints.push(format!("{path}: longer than {LINES} lines"));
        }
    }
    complaints
}

// The tree.

/// The files below these folders that end in `.rs` or `.js`, by path.
fn tree(folders: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut waiting: Vec<_> = folders.iter().map(|folder| root.join(folder)).collect();
    let mut sources = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path
                .extension()
                .is_some_and(|ending| ending == "rs" || ending == "js")
            {
                let name = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                sources.push(Source {
                    path: name,
                    text: fs::read_to_string(&path).unwrap(),
                });
            }
        }
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    sources
}

/// Holds a rule over the tree.
fn hold(rule: fn(&[Source]) -> Vec<String>, folders: &[&str]) {
    let sources = tree(folders);
    assert!(!sources.is_empty(), "nothing was read of {folders:?}");
    let complaints = rule(&sources);
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn each_module_uses_only_what_it_may() {
    hold(modules_use_only_what_they_may, &["src", "table/src"]);
}

#[test]
fn the_library_names_no_browser_no_clock_no_disk_and_no_entropy() {
    hold(the_library_is_pure, &["src", "table/src"]);
}

#[test]
fn crates_that_read_and_write_files_are_named_in_one_place() {
    hold(crates_stay_in_their_place, &["src", "table/src"]);
}

#[test]
fn views_use_neither_the_shell_nor_the_store_nor_inline_styles() {
    hold(views_know_no_shell, &["src", "table/src"]);
}

#[test]
fn only_the_store_worker_touches_storage() {
    hold(only_the_store_keeps, &["src", "table/src", "web"]);
}

#[test]
fn only_the_start_script_asks_the_network() {
    hold(
        only_the_start_asks_the_network,
        &["src", "table/src", "web"],
    );
}

#[test]
fn code_holds_no_address() {
    hold(no_address_stands_in_code, &["src", "table/src"]);
}

#[test]
fn files_are_named_introduced_and_short() {
    hold(
        files_are_as_they_should_be,
        &[
            "src",
            "table/src",
            "tests",
            "examples",
            "benches",
            "xtask/src",
        ],
    );
}
