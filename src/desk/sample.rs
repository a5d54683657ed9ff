//! On the desk, the sample: drawn from the frame that lies there.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Desk, Reply as Answer, Subject, no_list};
use crate::sample::List;
use crate::sample::balance::Balance;
use crate::sample::certificate::{Certificate, DrawNumber};
use crate::sample::further::{Further, Step};
use crate::sample::method::Method;
use crate::sample::preview::{Fault, PlanPart, Preview};
use crate::sample::refusal::Refusal as NotDrawn;
use crate::sample::seed::{Seed, SeedOrigin};
use crate::table::{Refusal, column};

/// What the page asks about the sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Look at a draw before there is a seed.
    Preview(Box<Method>),
    /// Draw a sample from the frame.
    Draw {
        /// How.
        method: Box<Method>,
        /// Which draw of the frame it is.
        number: DrawNumber,
        /// The seed, as typed.
        seed: String,
        /// Where it came from.
        origin: SeedOrigin,
        /// The columns that go with each case, from 0.
        columns: Vec<usize>,
    },
    /// Go on from a draw that was made from the frame.
    Extend {
        /// The draw as it stands.
        certificate: Box<Certificate>,
        /// More cases, or one in the place of another.
        step: Step,
        /// Why.
        reason: String,
        /// The names of the columns that go with each case.
        columns: Vec<String>,
    },
    /// Set a sample beside the frame that it was drawn from.
    Balance {
        /// The draw as it stands.
        certificate: Box<Certificate>,
    },
}

impl Request {
    /// What the request is about.
    pub(super) fn subject(&self) -> Subject {
        match self {
            Self::Preview(_) => Subject::Plan,
            Self::Draw { .. } | Self::Extend { .. } => Subject::Sample,
            Self::Balance { .. } => Subject::Balance,
        }
    }
}

/// What the desk answers about the sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// What a draw would be like.
    Previewed(Box<Preview>),
    /// A sample could not be drawn: why, and what of the plan must be changed.
    NotDrawn(Fault),
    /// A sample was drawn.
    Drawn {
        /// The certificate.
        certificate: Box<Certificate>,
        /// The names of the columns that go with each case.
        columns: Vec<String>,
        /// Each case's cells in those columns, in order of the draw; those of cases that must be
        /// included come after.
        cells: Vec<Vec<String>>,
    },
    /// A draw went on.
    Extended {
        /// The round of drawing.
        further: Box<Further>,
        /// The cells of each case that it brought.
        cells: Vec<Vec<String>>,
    },
    /// A sample beside its frame.
    Balance(Box<Balance>),
}

impl Desk {
    pub(super) fn about_sample(&mut self, request: Request) -> Result<Answer, Refusal> {
        let reply = match request {
            Request::Preview(method) => {
                Reply::Previewed(Box::new(Preview::of(&method, &self.list()?)))
            }
            Request::Draw {
                method,
                number,
                seed,
                origin,
                columns,
            } => {
                let seed = Seed::new(&seed, origin)?;
                self.draw(&method, number, &seed, &columns)?
            }
            Request::Extend {
                certificate,
                step,
                reason,
                columns,
            } => self.extend(&certificate, step, &reason, &columns)?,
            Request::Balance { certificate } => {
                let list = self.list()?;
                let profiles = column::profiles(list.table);
                Reply::Balance(Box::new(certificate.balance(&list, &profiles)?))
            }
        };
        Ok(Answer::Sample(reply))
    }

    fn draw(
        &self,
        method: &Method,
        number: DrawNumber,
        seed: &Seed,
        columns: &[usize],
    ) -> Result<Reply, Refusal> {
        let list = self.list()?;
        let certificate = match Certificate::draw(&list, method, seed, number) {
            Ok(certificate) => certificate,
            Err(refusal) => return Ok(Reply::NotDrawn(fault(method, &list, &refusal))),
        };
        let names = columns
            .iter()
            .map(|column| list.table.name(*column).to_owned());
        let sampled = certificate.sample.iter().map(|case| case.id.as_str());
        let included = method.must_include.iter().map(|case| case.id.as_str());
        Ok(Reply::Drawn {
            columns: names.collect(),
            cells: cells(&list, sampled.chain(included), columns),
            certificate: Box::new(certificate),
        })
    }

    fn extend(
        &self,
        certificate: &Certificate,
        step: Step,
        reason: &str,
        columns: &[String],
    ) -> Result<Reply, Refusal> {
        let list = self.list()?;
        let further = certificate.extend(&list, step, reason)?;
        let places = columns.iter().map(|name| {
            list.table
                .column_named(name)
                .ok_or_else(|| Refusal(format!("The list has no column “{name}”.")))
        });
        let places = places.collect::<Result<Vec<_>, _>>()?;
        let ids = further.cases.iter().map(|case| case.id.as_str());
        Ok(Reply::Extended {
            cells: cells(&list, ids, &places),
            further: Box::new(further),
        })
    }

    fn list(&self) -> Result<List<'_>, Refusal> {
        Ok(List::of(self.framing.as_ref().ok_or_else(no_list)?))
    }
}

/// What of the plan a refusal of the draw is about.
fn fault(method: &Method, list: &List, refusal: &NotDrawn) -> Fault {
    let part = if method.caps.is_empty() {
        PlanPart::Size
    } else {
        PlanPart::Caps
    };
    // What nobody can tell before there is a seed is whether strata and caps go together.
    let unforeseen = || Fault {
        part,
        why: refusal.to_string(),
    };
    Preview::of(method, list).fault.unwrap_or_else(unforeseen)
}

/// The cells of these cases, each row as long as there are columns.
fn cells<'a>(
    list: &List,
    ids: impl Iterator<Item = &'a str>,
    columns: &[usize],
) -> Vec<Vec<String>> {
    let ids: Vec<&str> = ids.collect();
    let wanted: BTreeSet<&str> = ids.iter().copied().collect();
    let frame = list.frame.ids().iter().enumerate();
    let rows: BTreeMap<&str, usize> = frame
        .filter(|(_, id)| wanted.contains(id.as_str()))
        .map(|(at, id)| (id.as_str(), list.frame.table_row(at)))
        .collect();
    let of = |id: &str| {
        let row = rows.get(id);
        let cell = |column: &usize| row.map(|row| list.table.cell(*row, *column));
        let cells = columns
            .iter()
            .map(|column| cell(column).unwrap_or_default().to_owned());
        cells.collect()
    };
    ids.into_iter().map(of).collect()
}
