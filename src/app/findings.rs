//! The page of the findings: what counts, what leaves, and as what file.

use super::{Effect, Open, Tag};
use crate::clerk;
use crate::export::{self, ExportKind, Options, Report};

/// What the page of the findings holds.
#[derive(Debug, Default)]
pub struct Stage {
    /// Whether the cases' ids leave with the findings.
    pub with_ids: bool,
    /// Whether reviews that are not signed count.
    pub drafts: bool,
    /// The kind of file being written.
    pub writing: Option<ExportKind>,
    /// The request to a clerk that writes a workbook, and the workbook's name.
    awaited: (Tag, String),
    /// Why a file could not be written.
    pub refused: Option<String>,
}

/// What can happen on the page of the findings.
#[derive(Clone, Copy, Debug)]
pub enum Msg {
    /// The person chose whether the cases' ids leave with the findings.
    ToggledIds,
    /// The person chose whether reviews that are not signed count.
    ToggledDrafts,
    /// The person asked for a file.
    ClickedExport(ExportKind),
}

impl Stage {
    /// What counts and what leaves, in a file made at `at` (milliseconds since 1970, UTC).
    #[must_use]
    pub fn options(&self, at: i64) -> Options {
        Options {
            with_ids: self.with_ids,
            drafts: self.drafts,
            made_at: at,
        }
    }
}

impl Open {
    pub(super) fn update_findings(&mut self, at: i64, msg: Msg) -> Vec<Effect> {
        let stage = &mut self.findings;
        match msg {
            Msg::ToggledIds => stage.with_ids = !stage.with_ids,
            Msg::ToggledDrafts => stage.drafts = !stage.drafts,
            Msg::ClickedExport(kind) => return self.export(at, kind),
        }
        Vec::new()
    }

    fn export(&mut self, at: i64, kind: ExportKind) -> Vec<Effect> {
        let report = Report::of(&self.round, &self.findings.options(at));
        let name = report.file_name(kind.ending());
        self.findings.refused = None;
        let bytes = match kind {
            ExportKind::Csv => export::csv::write(&report),
            ExportKind::Json => export::json::write(&report),
            ExportKind::Workbook => {
                let (tag, effect) = self.ask_clerk(clerk::Request::Findings(Box::new(report)));
                self.findings.awaited = (tag, name);
                self.findings.writing = Some(kind);
                return vec![effect];
            }
        };
        vec![Effect::SaveFile(name, kind.media_type(), bytes)]
    }

    /// A clerk's answer on the findings; an answer to an older request is dropped.
    pub(super) fn clerk_answered(
        &mut self,
        tag: Tag,
        reply: clerk::Reply,
        bytes: Option<Vec<u8>>,
    ) -> Vec<Effect> {
        if self.findings.awaited.0 != tag {
            return Vec::new();
        }
        self.findings.writing = None;
        match reply {
            clerk::Reply::Findings => vec![Effect::SaveFile(
                std::mem::take(&mut self.findings.awaited.1),
                ExportKind::Workbook.media_type(),
                bytes.unwrap_or_default(),
            )],
            clerk::Reply::Refused(why) => self.findings_refused(why),
            // Forms are asked for outside of the round, and transcripts by nobody here.
            clerk::Reply::Form(_) | clerk::Reply::Transcribed => Vec::new(),
        }
    }

    /// A clerk failed while at the request of that tag.
    pub(super) fn clerk_failed(&mut self, tag: Tag) -> Vec<Effect> {
        if self.findings.awaited.0 != tag {
            return Vec::new();
        }
        self.findings.writing = None;
        self.findings_refused(
            "The part of Sightline that writes files stopped. Nothing of the round is harmed. Try again, \
             or choose another kind of file."
                .to_owned(),
        )
    }

    fn findings_refused(&mut self, why: String) -> Vec<Effect> {
        self.findings.refused = Some(why);
        vec![Effect::Focus("error-summary".to_owned())]
    }
}
