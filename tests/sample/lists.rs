//! Small made-up lists, and draws from them.

use sightline::frame::Frame;
use sightline::sample::List;
use sightline::sample::certificate::{Certificate, DrawNumber};
use sightline::sample::method::Method;
use sightline::sample::refusal::Refusal;
use sightline::sample::seed::{Seed, SeedOrigin};
use sightline::sample::verify::{Verification, verify};
use sightline::table::{Source, Table};

/// A list as it lies in memory after reading.
pub(crate) struct Loaded {
    pub(crate) source: Source,
    pub(crate) table: Table,
    pub(crate) frame: Frame,
}

impl Loaded {
    /// A list with these columns, whose first column is the id.
    pub(crate) fn new(header: &[&str], rows: &[Vec<&str>]) -> Self {
        let table = Table::from_rows(header, rows);
        let frame = Frame::new(&table, &[0]);
        let source = Source {
            name: "cases.csv".to_owned(),
            sha256: "0".repeat(64),
            ..Source::default()
        };
        Self {
            source,
            table,
            frame,
        }
    }

    /// A list of ids alone.
    pub(crate) fn of_ids(ids: &[impl AsRef<str>]) -> Self {
        let rows: Vec<Vec<&str>> = ids.iter().map(|id| vec![id.as_ref()]).collect();
        Self::new(&["Child ID"], &rows)
    }

    pub(crate) fn list(&self) -> List<'_> {
        List {
            source: &self.source,
            table: &self.table,
            frame: &self.frame,
            account: None,
        }
    }

    pub(crate) fn draw(&self, method: &Method, seed: &str) -> Result<Certificate, Refusal> {
        Certificate::draw(&self.list(), method, &given(seed), DrawNumber::first())
    }

    pub(crate) fn verify(&self, certificate: &Certificate) -> Verification {
        verify(certificate, &self.list())
    }
}

/// A seed that somebody gave.
pub(crate) fn given(text: &str) -> Seed {
    Seed::new(text, SeedOrigin::Given).unwrap()
}

/// `C-001`, `C-002` and so on.
pub(crate) fn ids(count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("C-{number:03}")).collect()
}
