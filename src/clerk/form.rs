//! By a clerk, audit forms: those that come with Sightline, and forms as files.

use serde::{Deserialize, Serialize};

use crate::form::{Form, built_in};
use crate::table::{self, Place, Problem, Refusal};
use crate::xlsform::{self, Imported};

/// The largest file that is read as a form, in bytes: far more than any form takes.
const LARGEST: usize = 20 << 20;

/// What the page asks about forms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Give the built-in form of that id.
    BuiltIn(String),
    /// Read the attached file, of that name, as a form.
    Read(String),
    /// Write a form as a file.
    Write(Box<Form>, FileKind),
}

/// What a clerk answers about forms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// The built-in form.
    BuiltIn(Box<Form>),
    /// The form that was read, and what was left out of it.
    Read(Box<Imported>),
    /// Why no form can be made of the file, each with its place and what to do.
    Malformed(Vec<Problem>),
    /// The form was written; the file's bytes come with this message.
    Written(FileKind),
}

/// A kind of file that a form is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// A workbook in the `XLSForm` convention.
    Workbook,
    /// `sightline-form/1`.
    Json,
}

impl FileKind {
    /// The ending of a file of this kind.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::Json => "json",
        }
    }

    /// The media type of a file of this kind.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
        }
    }
}

/// Does what was asked.
pub(super) fn handle(
    request: Request,
    attached: Option<Box<dyn table::File>>,
) -> Result<(Reply, Option<Vec<u8>>), Refusal> {
    match request {
        Request::BuiltIn(id) => {
            let named = built_in::named(&id)
                .ok_or_else(|| Refusal(format!("No form “{id}” comes with Sightline.")))?;
            let form = named.form().map_err(|problems| Refusal(said(&problems)))?;
            Ok((Reply::BuiltIn(Box::new(form)), None))
        }
        Request::Read(name) => {
            let bytes = super::whole(attached)?;
            let read = match read(&name, &bytes)? {
                Ok(imported) => Reply::Read(Box::new(imported)),
                Err(problems) => Reply::Malformed(problems),
            };
            Ok((read, None))
        }
        Request::Write(form, kind) => {
            let bytes = match kind {
                FileKind::Workbook => {
                    xlsform::write(&form).map_err(|error| Refusal(error.to_string()))?
                }
                FileKind::Json => json(&form)?,
            };
            Ok((Reply::Written(kind), Some(bytes)))
        }
    }
}

fn said(problems: &[crate::form::FormProblem]) -> String {
    let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
    all.join(" ")
}

fn json(form: &Form) -> Result<Vec<u8>, Refusal> {
    let mut text = serde_json::to_vec_pretty(form).map_err(|error| Refusal(error.to_string()))?;
    text.push(b'\n');
    Ok(text)
}

/// The form that a file holds: JSON where it begins with a brace, a workbook otherwise.
fn read(name: &str, bytes: &[u8]) -> Result<Result<Imported, Vec<Problem>>, Refusal> {
    if bytes.len() > LARGEST {
        return Err(Refusal(format!(
            "{name} is larger than 20 MB, which no form is. Choose the file that holds the form."
        )));
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if text.trim_ascii_start().first() != Some(&b'{') {
        return Ok(xlsform::read(name, bytes));
    }
    Ok(match Form::parse(&String::from_utf8_lossy(text)) {
        Ok(form) => Ok(Imported {
            form,
            left_out: Vec::new(),
        }),
        Err(problems) => Err(problems
            .iter()
            .map(|problem| Problem {
                place: Place::default(),
                message: problem.to_string(),
            })
            .collect()),
    })
}
