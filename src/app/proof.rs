//! What shows that nothing leaves: what the page asked for since it was opened, the policy in force,
//! what its host sent, and the hash of each file against a release.

use std::fmt::Write;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{Effect, FileKey, Model};

/// The id of the field for a release's list of hashes.
pub const SUMS_FIELD: &str = "release-sums";

/// The version that is running, and what the browser makes of the page's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct About {
    /// The version, as in the list of changes.
    pub version: String,
    /// The beginning of the hash over all files of the build; empty while Sightline is worked on.
    pub build: String,
    /// Whether the browser trusts the page's address as it does https.
    pub secure: bool,
    /// Whether the page is a file, without a host.
    pub is_file: bool,
}

/// A request, as the browser counts them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Asked {
    /// Milliseconds since the page was opened.
    pub at: f64,
    /// What was asked for.
    pub address: String,
    /// Who asked: the page, or one of its workers.
    pub by: String,
}

/// What the start script saw.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Seen {
    /// Every request since the page was opened.
    pub requests: Vec<Asked>,
    /// When the network was shut: milliseconds since the page was opened.
    pub shut: Option<f64>,
    /// The policies that the page itself set.
    pub policies: Vec<String>,
    /// What the host sent with the page: each header of [`HEADERS`] that came. `None` without a host,
    /// or if it did not answer.
    pub headers: Option<Vec<(String, String)>>,
    /// The hashes of the build, by file, as the host lists them.
    pub sums: String,
}

/// A file as this browser got it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name in the folder.
    pub name: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// What can happen on the page.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The shell gathered what was seen, and the bytes of each file.
    Gathered(Seen, Vec<(String, Vec<u8>)>),
    /// The person chose a release's list of hashes.
    ChoseSums(FileKey),
    /// The list was read; nothing if it could not be.
    SumsRead(Option<String>),
}

/// What the page holds.
#[derive(Debug, Default)]
pub struct Stage {
    /// What was seen; nothing while it is gathered.
    pub seen: Option<Seen>,
    /// The files that came.
    pub files: Vec<File>,
    /// The list of hashes that the person chose.
    pub sums: Option<String>,
    /// What is wrong with the list that was chosen.
    pub error: Option<&'static str>,
}

/// A header that a host should send with the page, and what its absence leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its name, in small letters.
    pub name: &'static str,
    /// What its value must hold.
    pub holds: &'static str,
    /// What is possible without it.
    pub leaves_open: &'static str,
}

/// The headers of the snippets for hosts.
pub const HEADERS: [Header; 6] = [
    Header {
        name: "content-security-policy",
        holds: "frame-ancestors 'none'",
        leaves_open: "The page sets the same policy for itself, all but one part of it: without the header another site can show Sightline in a frame and lay its own buttons over it.",
    },
    Header {
        name: "connection-allowlist",
        holds: "(response-origin)",
        leaves_open: "Five ways out that no policy of a page can close stay open to a page that was tampered with: a new window, a link to a new window, another address, a refresh, and WebRTC. Sightline uses none of them.",
    },
    Header {
        name: "cross-origin-opener-policy",
        holds: "same-origin",
        leaves_open: "A page that opened this one can keep hold of its window, and send it elsewhere.",
    },
    Header {
        name: "permissions-policy",
        holds: "camera=()",
        leaves_open: "The browser may ask you for camera, microphone or place on behalf of this page. Sightline never asks.",
    },
    Header {
        name: "referrer-policy",
        holds: "no-referrer",
        leaves_open: "The page sets the same for itself: nothing more is open.",
    },
    Header {
        name: "x-content-type-options",
        holds: "nosniff",
        leaves_open: "The browser may take a file for another kind than the host says.",
    },
];

/// How a header came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// As it should be.
    Right,
    /// With another value.
    Otherwise(String),
    /// Not at all.
    Not,
}

impl Seen {
    /// How each header came; nothing where there is no host to send any.
    #[must_use]
    pub fn headers(&self) -> Option<Vec<(Header, Came)>> {
        let sent = self.headers.as_ref()?;
        Some(HEADERS.map(|header| (header, came(header, sent))).into())
    }

    /// The requests made after the network was shut: there must be none.
    pub fn late(&self) -> impl Iterator<Item = &Asked> {
        let shut = self.shut.unwrap_or(f64::INFINITY);
        self.requests.iter().filter(move |asked| asked.at > shut)
    }
}

fn came(header: Header, sent: &[(String, String)]) -> Came {
    match sent.iter().find(|(name, _)| name == header.name) {
        Some((_, value)) if value.contains(header.holds) => Came::Right,
        Some((_, value)) => Came::Otherwise(value.clone()),
        None => Came::Not,
    }
}

/// What a list of hashes says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The file is the one listed.
    Same,
    /// The list names another hash for it.
    Different,
    /// The list does not name the file.
    NotListed,
}

impl File {
    /// A file of these bytes.
    #[must_use]
    pub fn new(name: String, bytes: &[u8]) -> Self {
        let mut sha256 = String::with_capacity(64);
        for byte in Sha256::digest(bytes) {
            // Writing to a text does not fail.
            let _ = write!(sha256, "{byte:02x}");
        }
        Self { name, sha256 }
    }

    /// What a list as `sha256sum` writes it says of the file.
    #[must_use]
    pub fn verdict(&self, sums: &str) -> Verdict {
        let listed = sums.lines().filter_map(|line| line.split_once("  "));
        let hash = listed
            .filter(|(_, name)| name.trim_end() == self.name)
            .map(|(hash, _)| hash)
            .next();
        match hash {
            Some(hash) if hash.eq_ignore_ascii_case(&self.sha256) => Verdict::Same,
            Some(_) => Verdict::Different,
            None => Verdict::NotListed,
        }
    }
}

impl Stage {
    /// The list that files are held against: the one that the person chose, or the host's own.
    #[must_use]
    pub fn list(&self) -> &str {
        let own = self.seen.as_ref().map_or("", |seen| &seen.sums);
        self.sums.as_deref().unwrap_or(own)
    }
}

impl Model {
    pub(super) fn update_proof(&mut self, msg: Msg) -> Vec<Effect> {
        let stage = &mut self.proof;
        match msg {
            Msg::Gathered(seen, files) => {
                stage.seen = Some(seen);
                let files = files.into_iter();
                stage.files = files.map(|(name, bytes)| File::new(name, &bytes)).collect();
            }
            Msg::ChoseSums(file) => return vec![Effect::ReadText(file)],
            Msg::SumsRead(text) => {
                stage.sums = text.filter(|text| is_list(text));
                stage.error = stage.sums.is_none().then_some(
                    "This is not a list of hashes. Choose the file SHA256SUMS of the release.",
                );
            }
        }
        Vec::new()
    }
}

/// Whether a text is a list as `sha256sum` writes it.
fn is_list(text: &str) -> bool {
    let is_line = |line: &str| {
        line.split_once("  ").is_some_and(|(hash, name)| {
            hash.len() == 64
                && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
                && !name.is_empty()
        })
    };
    !text.trim().is_empty() && text.lines().all(is_line)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn a_file_is_held_against_the_line_of_its_own_name() {
        let file = File::new("app.js".to_owned(), b"abc");
        assert_eq!(file.sha256, ABC); // FIPS 180-2, B.1
        let other = "0".repeat(64);
        assert_eq!(
            file.verdict(&format!("{other}  a.js\n{ABC}  app.js\n")),
            Verdict::Same
        );
        assert_eq!(
            file.verdict(&format!("{other}  app.js\r\n")),
            Verdict::Different
        );
        assert_eq!(
            file.verdict(&format!("{ABC}  my-app.js\n")),
            Verdict::NotListed
        );
    }

    #[test]
    fn only_a_list_of_hashes_is_taken() {
        let mut model = Model::default();
        model.update_proof(Msg::SumsRead(Some(format!("{ABC}  app.js\n"))));
        assert!(model.proof.sums.is_some() && model.proof.error.is_none());
        for text in [None, Some("<!doctype html>"), Some(""), Some("abc  app.js")] {
            model.update_proof(Msg::SumsRead(text.map(str::to_owned)));
            assert!(model.proof.sums.is_none() && model.proof.error.is_some());
        }
    }

    #[test]
    fn a_header_of_another_value_is_not_the_header() {
        let sent = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut seen = Seen::default();
        assert_eq!(seen.headers(), None);
        seen.headers = Some(vec![
            sent("referrer-policy", "no-referrer"),
            sent("connection-allowlist", "(*)"),
        ]);
        for (header, came) in seen.headers().unwrap() {
            let expected = match header.name {
                "referrer-policy" => Came::Right,
                "connection-allowlist" => Came::Otherwise("(*)".to_owned()),
                _ => Came::Not,
            };
            assert_eq!(came, expected, "{}", header.name);
        }
    }

    #[test]
    fn a_request_is_late_once_the_network_is_shut() {
        let asked = |at| Asked {
            at,
            address: "x".to_owned(),
            by: "page".to_owned(),
        };
        let seen = Seen {
            requests: vec![asked(1.0), asked(3.0)],
            shut: Some(2.0),
            ..Seen::default()
        };
        assert_eq!(seen.late().map(|it| it.at).collect::<Vec<_>>(), [3.0]);
    }
}
