//! On the desk, the sample: drawn from the frame that lies there.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Desk, Reply as Answer, no_list};
use crate::frame::Frame;
use crate::sample;
use crate::sample::certificate::{Certificate, DrawNumber};
use crate::sample::method::Method;
use crate::sample::seed::{Seed, SeedOrigin};
use crate::table::Refusal;

/// What the page asks about the sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Draw a sample from the frame.
    Draw {
        /// How many cases.
        size: usize,
        /// The seed, as typed.
        seed: String,
        /// Where it came from.
        origin: SeedOrigin,
        /// The columns that go with each case, from 0.
        columns: Vec<usize>,
    },
}

/// What the desk answers about the sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// A sample was drawn.
    Drawn {
        /// The certificate.
        certificate: Box<Certificate>,
        /// The names of the columns that go with each case.
        columns: Vec<String>,
        /// Each case's cells in those columns, in order of the draw.
        cells: Vec<Vec<String>>,
    },
}

impl Desk {
    pub(super) fn about_sample(&mut self, request: Request) -> Result<Answer, Refusal> {
        let reply = match request {
            Request::Draw {
                size,
                seed,
                origin,
                columns,
            } => Seed::new(&seed, origin)
                .map_err(|refusal| Refusal(refusal.to_string()))
                .and_then(|seed| self.draw(size, &seed, &columns)),
        };
        reply.map(Answer::Sample)
    }

    fn draw(&self, size: usize, seed: &Seed, columns: &[usize]) -> Result<Reply, Refusal> {
        let reading = self.reading.as_ref().ok_or_else(no_list)?;
        let frame = self.frame.as_ref().ok_or_else(no_list)?;
        let list = sample::List {
            source: &reading.source,
            table: &reading.table,
            frame,
        };
        let certificate =
            Certificate::draw(&list, &Method::simple(size), seed, DrawNumber::first())
                .map_err(|refusal| Refusal(refusal.to_string()))?;
        let rows = rows_of(&certificate, frame);
        let names = columns
            .iter()
            .map(|column| reading.table.name(*column).to_owned());
        let cells = certificate.sample.iter().map(|case| {
            let row = rows.get(case.id.as_str());
            let cell = |column: &usize| row.map(|row| reading.table.cell(*row, *column));
            columns
                .iter()
                .map(|column| cell(column).unwrap_or_default().to_owned())
                .collect()
        });
        Ok(Reply::Drawn {
            columns: names.collect(),
            cells: cells.collect(),
            certificate: Box::new(certificate),
        })
    }
}

/// The row of the table for each case of the sample.
fn rows_of<'a>(certificate: &'a Certificate, frame: &Frame) -> BTreeMap<&'a str, usize> {
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    let sampled: BTreeSet<&str> = certificate
        .sample
        .iter()
        .map(|case| case.id.as_str())
        .collect();
    for (at, id) in frame.ids().iter().enumerate() {
        if let Some(id) = sampled.get(id.as_str()) {
            rows.insert(id, frame.table_row(at));
        }
    }
    rows
}
