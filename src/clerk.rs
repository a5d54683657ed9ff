//! The clerk: who writes the papers, and reads what only the papers' programs know how to.
//!
//! Findings and forms as files, and workbooks in the formats that few lists come in ([`table::transcribe`]):
//! rare work, with large libraries behind it. So it stands apart from the [`desk`](crate::desk), which every
//! round needs. The page sends for a clerk with each request and lets it go after the answer.

pub mod form;

use serde::{Deserialize, Serialize};

use crate::export::{self, Report};
use crate::table::{self, Refusal};

/// What the page asks of a clerk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Write the findings of a round as a workbook.
    Findings(Box<Report>),
    /// About audit forms.
    Form(form::Request),
    /// Write down the cells of the attached workbook.
    Transcribe,
}

/// What a clerk answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// The findings were written; the file's bytes come with this message.
    Findings,
    /// About audit forms.
    Form(form::Reply),
    /// The cells were written down; the transcript comes with this message.
    Transcribed,
    /// It could not be done: why, and what to do.
    Refused(String),
}

/// Does what was asked; the answer comes with the file that goes with it.
#[must_use]
pub fn handle(
    request: Request,
    attached: Option<Box<dyn table::File>>,
) -> (Reply, Option<Vec<u8>>) {
    let done = match request {
        Request::Findings(report) => export::workbook::write(&report)
            .map(|bytes| (Reply::Findings, Some(bytes)))
            .map_err(|error| Refusal(format!("The workbook could not be written: {error}"))),
        Request::Form(request) => {
            form::handle(request, attached).map(|(reply, bytes)| (Reply::Form(reply), bytes))
        }
        Request::Transcribe => whole(attached)
            .and_then(|bytes| table::transcribe(&bytes))
            .map(|cells| (Reply::Transcribed, Some(cells))),
    };
    done.unwrap_or_else(|refusal| (Reply::Refused(refusal.0), None))
}

/// All of the attached file.
fn whole(attached: Option<Box<dyn table::File>>) -> Result<Vec<u8>, Refusal> {
    let file = attached
        .ok_or_else(|| Refusal("No file came with the request. Choose it again.".to_owned()))?;
    let mut bytes = vec![0; file.size()];
    file.read_at(0, &mut bytes)?;
    Ok(bytes)
}
