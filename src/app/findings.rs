//! The page of the findings: what counts, what leaves, and as what file.

use super::{Effect, Open};
use crate::desk;
use crate::desk::findings::{ExportKind, Request};
use crate::export::{Options, Report};

/// What the page of the findings holds.
#[derive(Debug, Default)]
pub struct Stage {
    /// Whether the cases' ids leave with the findings.
    pub with_ids: bool,
    /// Whether reviews that are not signed count.
    pub drafts: bool,
    /// The kind of file being written.
    pub writing: Option<ExportKind>,
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
            Msg::ClickedExport(kind) => {
                stage.refused = None;
                stage.writing = Some(kind);
                let options = stage.options(at);
                let journal = self.lines().to_vec();
                return vec![self.ask(
                    desk::Request::Findings(Request {
                        kind,
                        options,
                        journal,
                    }),
                    None,
                )];
            }
        }
        Vec::new()
    }

    pub(super) fn exported(&mut self, at: i64, kind: ExportKind, bytes: Vec<u8>) -> Vec<Effect> {
        self.findings.writing = None;
        let report = Report::of(&self.round, &self.findings.options(at));
        vec![Effect::SaveFile(
            report.file_name(kind.ending()),
            kind.media_type(),
            bytes,
        )]
    }
}
