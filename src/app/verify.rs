//! The page that checks a certificate: the files that were given, and what the check found. It needs
//! no round, and has a desk of its own, so that no list of a round is touched.

use super::{Effect, FileKey, Model, Tag};
use crate::desk::verify::{FileIs, Report, Request};
use crate::desk::{self, Reply};
use crate::sample::certificate::Certificate;
use crate::sample::verify::Verification;

/// The id of the field for the files.
pub const FILE_FIELD: &str = "verify-files";
/// The id of the result's heading.
pub const RESULT: &str = "verify-result";

/// What the page holds, as long as the program runs.
#[derive(Debug, Default)]
pub struct Stage {
    /// The files that were given, in the order in which they came.
    pub files: Vec<Given>,
    /// How far the check has come, from 0 to 1, while it is made.
    pub working: Option<f32>,
    /// The certificate, once it was read.
    pub certificate: Option<Box<Certificate>>,
    /// The names of its lists that are not here.
    pub lacking: Vec<String>,
    /// What the check found.
    pub found: Option<Verification>,
    /// Why there is no check.
    pub failed: Option<String>,
    /// The newest request: answers to others are dropped.
    asked: Tag,
}

/// A file that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The file.
    pub file: FileKey,
    /// Its name.
    pub name: String,
    /// What it is, once it was looked at.
    pub is: Option<FileIs>,
}

/// What can happen on the page.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person chose files, or dropped them: their names.
    ChoseFiles(Vec<(FileKey, String)>),
    /// The person takes a file away.
    ClickedRemove(FileKey),
    /// The person begins with no file.
    ClickedAnew,
    /// The desk answered the request of that tag.
    Answered(Tag, Reply),
    /// The desk failed at the request of that tag.
    Failed(Tag),
}

impl Stage {
    /// Has the files looked at that are there now; the answer to an earlier look is not waited for.
    fn look(&mut self) -> Vec<Effect> {
        *self = Self {
            files: std::mem::take(&mut self.files),
            asked: Tag(self.asked.0 + 1),
            ..Self::default()
        };
        if self.files.is_empty() {
            return vec![Effect::StopVerifier];
        }
        self.working = Some(0.0);
        let names = self.files.iter().map(|given| given.name.clone()).collect();
        let files = self.files.iter().map(|given| given.file).collect();
        let request = desk::Request::Verify(Request { names });
        vec![Effect::AskVerifier(self.asked, request, files)]
    }

    fn answered(&mut self, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Progress(fraction) => {
                self.working = Some(self.working.unwrap_or_default().max(fraction));
                Vec::new()
            }
            Reply::Verified(report) => self.reported(*report),
            Reply::Refused(why) => self.fail(why),
            // This desk is asked for nothing else.
            Reply::List(_) | Reply::Sample(_) | Reply::Transcribe(_) => Vec::new(),
        }
    }

    fn reported(&mut self, report: Report) -> Vec<Effect> {
        self.working = None;
        for (given, is) in self.files.iter_mut().zip(report.files) {
            given.is = Some(is);
        }
        self.certificate = report.certificate;
        self.lacking = report.lacking;
        self.found = report.found;
        vec![Effect::Focus(RESULT.to_owned())]
    }

    fn fail(&mut self, why: String) -> Vec<Effect> {
        self.working = None;
        self.failed = Some(why);
        vec![Effect::Focus(RESULT.to_owned())]
    }
}

impl Model {
    pub(super) fn update_verify(&mut self, msg: Msg) -> Vec<Effect> {
        let stage = &mut self.verify;
        match msg {
            Msg::ChoseFiles(files) => {
                let given = files.into_iter().map(|(file, name)| Given {
                    file,
                    name,
                    is: None,
                });
                stage.files.extend(given);
                stage.look()
            }
            Msg::ClickedRemove(file) => {
                stage.files.retain(|given| given.file != file);
                let mut effects = stage.look();
                effects.push(Effect::Focus(FILE_FIELD.to_owned()));
                effects
            }
            Msg::ClickedAnew => {
                stage.files.clear();
                let mut effects = stage.look();
                effects.push(Effect::Focus(FILE_FIELD.to_owned()));
                effects
            }
            Msg::Answered(tag, reply) if tag == stage.asked => stage.answered(reply),
            Msg::Failed(tag) if tag == stage.asked && stage.working.is_some() => stage.fail(
                "The part that reads lists stopped, so nothing was checked. A list can be too large for \
                 this browser, or damaged: save it again from its program, as CSV if it goes on \
                 failing. The command line does the same check: sightline verify."
                    .to_owned(),
            ),
            Msg::Answered(..) | Msg::Failed(_) => Vec::new(),
        }
    }
}
