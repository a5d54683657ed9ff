//! Who was audited lately: the file of an earlier round, the months that count, and the filter that
//! leaves those cases out.

use super::super::saved::TOO_LITTLE_MEMORY;
use super::super::{Effect, FileKey, Open, Tag};
use super::OnDesk;
use crate::desk::Subject;
use crate::desk::list::Request;
use crate::desk::list::earlier::{EarlierAsked, EarlierView, Named};
use crate::file::Opened;
use crate::frame::earlier::Earlier;
use crate::frame::filter::{Filter, Side, Test};
use crate::frame::unit::Unit;
use crate::journal::Journal;
use crate::locksmith::{self, Reply};
use crate::round::Round;
use crate::table::date::Date;

/// The id of the field for the file.
pub const FILE_FIELD: &str = "earlier-file";
/// The id of the field for its passphrase.
pub const PASSPHRASE_FIELD: &str = "earlier-passphrase";
/// The id of the field for the months.
pub const MONTHS_FIELD: &str = "earlier-months";
/// The id of the heading of what the file tells.
pub const FOUND: &str = "earlier-found";

/// The months that count until a person says otherwise.
const MONTHS: &str = "6";

/// Looking into the file of an earlier round.
#[derive(Default)]
pub struct Stage {
    /// The file that was chosen, and its name.
    pub file: Option<(FileKey, String)>,
    /// The file's SHA-256, where it is a round that takes a passphrase.
    pub sealed: Option<String>,
    /// The passphrase as it is typed.
    pub passphrase: String,
    /// What the file tells, once it is open.
    pub found: Option<Box<Named>>,
    /// The months before the reference day that count, as typed.
    pub months: Option<String>,
    /// What is wrong, by field id.
    pub errors: Vec<(&'static str, String)>,
    /// The request to the locksmith whose answer is waited for.
    unsealing: Option<Tag>,
}

/// No passphrase is ever shown by accident.
impl std::fmt::Debug for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stage").finish_non_exhaustive()
    }
}

/// What can happen with the file of an earlier round.
#[derive(Clone)]
pub enum Msg {
    /// The person chose a file, or dropped one: its name.
    ChoseFile(FileKey, String),
    /// The person typed its passphrase.
    EnteredPassphrase(String),
    /// The person wants it opened.
    ClickedOpen,
    /// The person chose the column of ids.
    ChoseId(String),
    /// The person chose the column of days; the empty text for none.
    ChoseOn(String),
    /// The person typed how many months count.
    EnteredMonths(String),
    /// The person wants its cases left out.
    ClickedLeaveOut,
    /// The person wants another file instead, or none.
    ClickedAnother,
}

/// No passphrase is ever shown by accident.
impl std::fmt::Debug for Msg {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Earlier")
    }
}

impl Stage {
    /// The months that count, as typed or as they are until somebody types.
    #[must_use]
    pub fn months(&self) -> &str {
        self.months.as_deref().unwrap_or(MONTHS)
    }

    /// The window that the months make before the reference day; none where the file says no day.
    ///
    /// # Errors
    /// What is wrong with the months or the day, in a sentence.
    pub fn window(&self, day: &str) -> Result<Option<(Date, Date)>, &'static str> {
        let found = self.found.as_ref();
        if found.is_none_or(|found| found.earlier.days().is_none()) {
            return Ok(None);
        }
        let months = self.months().trim().parse().ok();
        let months = months.filter(|months| (1..=1200).contains(months));
        let months = months.ok_or("Enter how many months count, a whole number from 1")?;
        let day = Date::of_field(day).ok_or("Enter the reference day first")?;
        Ok(Some((day.months_before(months), day)))
    }

    /// Whether the file is being opened with its passphrase.
    #[must_use]
    pub fn is_unsealing(&self) -> bool {
        self.unsealing.is_some()
    }

    /// Whether the answer to that request to the locksmith is waited for here.
    pub(in crate::app) fn awaits(&self, tag: Tag) -> bool {
        self.unsealing == Some(tag)
    }

    /// Forgets a passphrase that was typed, and waits for no answer.
    pub(in crate::app) fn leave_page(&mut self) {
        self.passphrase.clear();
        self.unsealing = None;
    }

    fn refuse(&mut self, field: &'static str, why: impl Into<String>) -> Vec<Effect> {
        self.errors = vec![(field, why.into())];
        vec![Effect::Focus("error-summary".to_owned())]
    }

    /// Takes what the file tells, and forgets how it was opened.
    fn take(&mut self, named: Named) -> Vec<Effect> {
        self.passphrase.clear();
        self.sealed = None;
        self.found = Some(Box::new(named));
        vec![Effect::Focus(FOUND.to_owned())]
    }

    fn asked(&self) -> Option<EarlierAsked> {
        let (_, name) = self.file.as_ref()?;
        let found = self.found.as_ref();
        Some(EarlierAsked {
            name: name.clone(),
            id: found.and_then(|found| found.id.clone()),
            on: found.map(|found| found.on.clone().unwrap_or_default()),
        })
    }
}

impl Open {
    pub(super) fn update_earlier(&mut self, msg: Msg) -> Vec<Effect> {
        let stage = &mut self.list.earlier;
        stage.errors.clear();
        match msg {
            Msg::ChoseFile(file, name) => {
                *stage = Stage {
                    file: Some((file, name)),
                    ..Stage::default()
                };
                return self.look_back(Some(file));
            }
            Msg::EnteredPassphrase(passphrase) => stage.passphrase = passphrase,
            Msg::ClickedOpen if stage.is_unsealing() => {}
            Msg::ClickedOpen => return self.unseal(),
            Msg::ChoseId(id) => {
                if let Some(found) = &mut stage.found {
                    found.id = Some(id);
                }
                return self.look_back(None);
            }
            Msg::ChoseOn(on) => {
                if let Some(found) = &mut stage.found {
                    found.on = Some(on).filter(|on| !on.is_empty());
                }
                return self.look_back(None);
            }
            Msg::EnteredMonths(months) => stage.months = Some(months),
            Msg::ClickedLeaveOut => return self.leave_out_audited(),
            Msg::ClickedAnother => {
                *stage = Stage::default();
                self.forget(Subject::Earlier);
                return vec![Effect::Focus(FILE_FIELD.to_owned())];
            }
        }
        Vec::new()
    }

    /// Has the desk look into the file.
    fn look_back(&mut self, file: Option<FileKey>) -> Vec<Effect> {
        match self.list.earlier.asked() {
            Some(asked) => vec![self.ask_of_list(Request::Earlier(asked), file)],
            None => Vec::new(),
        }
    }

    /// Takes what the desk says of the file. A round that takes no passphrase is opened at once.
    pub(super) fn looked_back(&mut self, view: EarlierView) -> Vec<Effect> {
        match view {
            EarlierView::Cases(named) => self.list.earlier.take(*named),
            EarlierView::Round { sha256, sealed } => {
                self.list.earlier.sealed = Some(sha256);
                if sealed {
                    vec![Effect::Focus(PASSPHRASE_FIELD.to_owned())]
                } else {
                    self.unseal()
                }
            }
        }
    }

    /// The desk could not use the file.
    pub(in crate::app) fn earlier_refused(&mut self, why: String) {
        let stage = &mut self.list.earlier;
        if stage.found.is_none() {
            stage.file = None;
        }
        stage.errors = vec![(FILE_FIELD, why)];
    }

    fn unseal(&mut self) -> Vec<Effect> {
        let Some((file, _)) = self.list.earlier.file else {
            return Vec::new();
        };
        let passphrase = self.list.earlier.passphrase.clone();
        let (tag, effect) = self.ask_locksmith(locksmith::Request::Open { passphrase }, Some(file));
        self.list.earlier.unsealing = Some(tag);
        vec![effect]
    }

    /// Takes the locksmith's answer: of the round that it opened only its signed cases are kept.
    pub(in crate::app) fn unsealed(&mut self, reply: Option<Reply>) -> Vec<Effect> {
        let stage = &mut self.list.earlier;
        stage.unsealing = None;
        let opened = match reply {
            Some(Reply::Opened { opened, .. }) => opened,
            Some(Reply::Refused(why)) => return stage.refuse(PASSPHRASE_FIELD, why),
            Some(Reply::Phrase(_) | Reply::Saved | Reply::Keys { .. } | Reply::Unlocked(_)) => {
                return Vec::new();
            }
            None => {
                return stage.refuse(PASSPHRASE_FIELD, TOO_LITTLE_MEMORY);
            }
        };
        let name = stage.file.as_ref().map_or("", |(_, name)| name);
        let sha256 = stage.sealed.clone().unwrap_or_default();
        match audited(&opened, name, &sha256) {
            Some(earlier) => stage.take(Named {
                earlier,
                ..Named::default()
            }),
            None => stage.refuse(
                FILE_FIELD,
                "The beginning of the round cannot be read. Use another copy of the file.",
            ),
        }
    }

    /// Adds the filter that leaves out who was audited in the window.
    fn leave_out_audited(&mut self) -> Vec<Effect> {
        let event = self.list.child_of_event();
        let who = &mut self.list.who;
        let stage = &mut self.list.earlier;
        let window = match stage.window(&who.day) {
            Ok(window) => window,
            Err(why) => return stage.refuse(MONTHS_FIELD, why),
        };
        let Some(found) = &stage.found else {
            return Vec::new();
        };
        let mut test = found.earlier.test(window);
        if let Test::Earlier { ids, column, .. } = &mut test {
            if ids.is_empty() {
                return stage.refuse(MONTHS_FIELD, "No case was audited in these months");
            }
            // The earlier round was of children, and a case here is one of a child's events.
            if !ids.iter().any(|id| id.as_str().contains('|')) {
                *column = event;
            }
        }
        let mut filter = Filter::new(Side::LeaveOut, test);
        filter.reason = reason(&found.earlier, window, stage.months());
        if who.filters.iter().any(|it| it.reason() == filter.reason()) {
            return stage.refuse(MONTHS_FIELD, "They are left out already");
        }
        who.filters.push(filter);
        *stage = Stage::default();
        let mut effects = self.ask_for_frame();
        effects.push(Effect::Focus("who-is-in".to_owned()));
        effects
    }
}

impl super::Stage {
    /// Where a case is an event of one list: the name of the column with the child.
    fn child_of_event(&self) -> Option<String> {
        let OnDesk::List { view, unit, .. } = &self.desk else {
            return None;
        };
        let event = unit.unit == Unit::Event && self.linking.kept == 0;
        let id = unit.id.filter(|_| event)?;
        view.columns.get(id).map(|column| column.name.clone())
    }
}

/// The signed cases of a round that was opened.
fn audited(opened: &Opened, name: &str, sha256: &str) -> Option<Earlier> {
    let mut journal = Journal::default();
    for line in &opened.saved.lines {
        journal.take(line).ok()?;
    }
    let (round, _) = Round::fold(&journal)?;
    Some(round.audited(name, sha256))
}

/// Why those cases are left out, as the certificate says it: the very days, since months alone are
/// counted from a day that the reader does not see.
fn reason(earlier: &Earlier, window: Option<(Date, Date)>, months: &str) -> String {
    let file = &earlier.file;
    match window {
        Some((from, to)) => {
            let months = months.trim();
            let months = if months == "1" {
                "month".to_owned()
            } else {
                format!("{months} months")
            };
            format!("Audited in the last {months}, from {from} to {to} ({file})")
        }
        None => format!("Audited in an earlier round ({file})"),
    }
}
