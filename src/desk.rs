//! The desk: where slow work is done and the case list lies, off the page.
//!
//! The page never holds a list. It sends a [`Request`], and the desk answers with a [`Reply`]:
//! counts, samples and problems, and in the end the sampled cases alone. The list worker is a few
//! lines around this; a desk that fails is thrown away with its worker, and nothing of the round
//! is harmed.

pub mod list;
pub mod sample;
pub mod verify;

use serde::{Deserialize, Serialize};

use crate::frame::plan::Framing;
use crate::table::{self, Reading, Refusal};

/// What the page asks of the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// About the case list.
    List(list::Request),
    /// About the sample.
    Sample(sample::Request),
    /// Check a certificate against its lists.
    Verify(verify::Request),
}

/// What the desk answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// How far the reading has come, from 0 to 1.
    Progress(f32),
    /// About the case list.
    List(list::Reply),
    /// About the sample.
    Sample(sample::Reply),
    /// What there is to check, and what the check found.
    Verified(Box<verify::Report>),
    /// The attached file at that place (from 0) is a workbook of which only a clerk can tell the cells: ask
    /// the same again with its transcript.
    Transcribe(usize),
    /// It could not be done: why, and what to do.
    Refused(String),
}

/// What a request is about: a newer one about the same makes the answer to an older worthless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Reading a list. It makes all that was asked of the list before worthless.
    Reading,
    /// The frame made of the list.
    Frame,
    /// Rows of the list to look at.
    Rows,
    /// The file of an earlier round.
    Earlier,
    /// The plan of a draw.
    Plan,
    /// The sample.
    Sample,
    /// The sample beside its frame.
    Balance,
    /// A certificate and its lists.
    Verification,
}

impl Request {
    /// What the request is about.
    #[must_use]
    pub fn subject(&self) -> Subject {
        match self {
            Self::List(request) => request.subject(),
            Self::Sample(request) => request.subject(),
            Self::Verify(_) => Subject::Verification,
        }
    }
}

/// The list on the desk and what was made of it.
#[derive(Default)]
pub struct Desk {
    file: Option<list::File>,
    reading: Option<Reading>,
    /// Lists that were read before, to be linked with the one read last.
    kept: Vec<Reading>,
    rows: Option<list::rows::Found>,
    /// The file of an earlier round, of which other columns may be asked for.
    earlier: Option<list::File>,
    framing: Option<Framing>,
}

impl Desk {
    /// Does what was asked. `attached` are the files that came with the request; `progress` is told
    /// how far the reading has come, from 0 to 1.
    pub fn handle(
        &mut self,
        request: Request,
        mut attached: Vec<Box<dyn table::File>>,
        progress: &mut dyn FnMut(f32),
    ) -> Reply {
        let answer = match request {
            Request::List(request) => self.about_list(request, attached.pop(), progress),
            Request::Sample(request) => self.about_sample(request),
            Request::Verify(request) => Ok(Reply::Verified(Box::new(verify::report(
                &request.names,
                &attached,
                progress,
            )))),
        };
        answer.unwrap_or_else(|refusal| Reply::Refused(refusal.0))
    }
}

fn no_list() -> Refusal {
    Refusal("No case list is open. Choose the file again.".to_owned())
}
