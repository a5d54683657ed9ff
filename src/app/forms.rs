//! Audit forms outside of a round: those that come with Sightline, one's own that this browser keeps,
//! and files of forms that come and go.
//!
//! An own form may be changed until it is used: from then on changing it makes a new version, and
//! the one that was used stays as it is. A round has its form in its own journal and takes a newer
//! version only by its own step.

pub mod edit;
mod file;
mod kept;
pub mod page;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Effect, FileKey, Model, Route, Tag, shelf};
use crate::clerk;
use crate::clerk::form::{FileKind, Reply, Request};
use crate::form::{Form, built_in};
use crate::store;
use crate::store::message::FormReply;

pub use file::{FILE_FIELD, Import};
pub use page::FormsPage;

/// What is known of forms.
#[derive(Debug, Default)]
pub struct Stage {
    /// One's own forms, each under the name by which the store keeps it.
    pub own: Vec<Own>,
    /// The built-in form that was asked for last.
    pub built_in: Option<Box<Form>>,
    /// Reading a form from a file.
    pub import: Import,
    /// Changing one's own form.
    pub editor: edit::Editor,
    /// The form whose removal waits for a second word.
    pub removing: Option<String>,
    /// Why something could not be done.
    pub refused: Option<String>,
    /// The forms that the store was given and has not (yet) confirmed: they are in memory only.
    pub unkept: BTreeSet<String>,
    /// What the newest request to a clerk is for.
    awaited: Option<(Tag, Wanted)>,
}

/// A form of one's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Own {
    /// The name by which the store keeps it.
    pub name: String,
    /// What is kept of it; `None` where that cannot be read.
    pub kept: Option<Kept>,
}

/// An own form as the store keeps it, in JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Whether a round was opened with it, or it left as a file: it then changes no more.
    #[serde(default)]
    pub used: bool,
    /// The form. It may have faults while it is being made.
    pub form: Form,
}

/// What a clerk was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The form of the round that is being opened.
    Round,
    /// The form of a trial.
    Trial,
    /// A form to look at.
    Look,
    /// A newer version of the open round's form.
    Newer,
    /// The form in a file of that name.
    Import(String),
    /// A file of a form, of that name.
    Export(String),
}

/// What can happen with forms.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The store answered.
    Stored(FormReply),
    /// The person chose a file, of that name, that holds a form.
    ChoseFile(FileKey, String),
    /// The person kept the form that was read.
    ClickedKeepImported,
    /// The person asked for a form as a file.
    ClickedExport(String, FileKind),
    /// The person asked for a copy of a form, to change it.
    ClickedCopy(String),
    /// The person asked for a form without any question.
    ClickedNew,
    /// The person asked to change a form of their own.
    ClickedEdit(String),
    /// The person asked for a round with a form.
    ClickedUse(String),
    /// The person asked to remove a form of their own.
    ClickedRemove(String),
    /// The person changed their mind.
    ClickedKeep,
    /// The person confirmed the removal.
    ConfirmedRemove,
    /// The person changed a form.
    Edit(edit::Msg),
}

/// How a page names the form of the open round.
pub const OF_ROUND: &str = "round";

impl Stage {
    /// The own form of that name, if it can be read.
    #[must_use]
    pub fn own(&self, name: &str) -> Option<&Kept> {
        self.own
            .iter()
            .find(|own| own.name == name)
            .and_then(|own| own.kept.as_ref())
    }

    fn own_mut(&mut self, name: &str) -> Option<&mut Kept> {
        self.own
            .iter_mut()
            .find(|own| own.name == name)
            .and_then(|own| own.kept.as_mut())
    }

    /// The forms of one's own with which a round can be opened.
    pub fn ready(&self) -> impl Iterator<Item = (&str, &Form)> {
        let read = self.own.iter().filter_map(|own| {
            let kept = own.kept.as_ref()?;
            Some((own.name.as_str(), &kept.form))
        });
        read.filter(|(_, form)| form.check().is_empty())
    }

    /// Forgets what a page showed that does not outlive leaving it.
    pub(super) fn leave_page(&mut self) {
        self.removing = None;
        self.refused = None;
    }

    /// Whether a clerk is at work on a form.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.awaited.is_some()
    }
}

impl Model {
    /// The form that a page names: one's own, a built-in one that a clerk has given, or the open
    /// round's.
    #[must_use]
    pub fn form_named(&self, name: &str) -> Option<&Form> {
        if name == OF_ROUND {
            return self.open.as_ref().map(|open| &*open.round.form);
        }
        if let Some(kept) = self.forms.own(name) {
            return Some(&kept.form);
        }
        self.forms.built_in.as_deref().filter(|it| it.id == name)
    }

    pub(super) fn update_forms(&mut self, at: i64, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Stored(FormReply::Listed(forms)) => self.forms_listed(forms),
            Msg::Stored(FormReply::Kept(name)) => {
                self.forms.unkept.remove(&name);
                Vec::new()
            }
            Msg::Stored(FormReply::NotKept(why)) => self.forms_refuse(why),
            Msg::ChoseFile(key, name) => self.read_form(key, name),
            Msg::ClickedKeepImported => self.keep_imported(),
            Msg::ClickedExport(name, kind) => self.export_form(&name, kind),
            Msg::ClickedCopy(name) => self.copy_form(&name),
            Msg::ClickedNew => self.new_form(),
            Msg::ClickedEdit(name) => self.edit_form(&name),
            Msg::ClickedUse(name) => {
                self.new_round.form = name;
                vec![Effect::Navigate(Route::NewRound)]
            }
            Msg::ClickedRemove(name) => {
                self.forms.removing = Some(name);
                vec![Effect::Focus("confirm-remove".to_owned())]
            }
            Msg::ClickedKeep => {
                self.forms.removing = None;
                vec![Effect::Focus(shelf::HEADING.to_owned())]
            }
            Msg::ConfirmedRemove => self.remove_form(),
            Msg::Edit(msg) => self.update_editor(at, msg),
        }
    }

    fn forms_refuse(&mut self, why: String) -> Vec<Effect> {
        self.forms.refused = Some(why);
        vec![Effect::Focus("error-summary".to_owned())]
    }

    /// Asks for what a page of forms shows, now that it is gone to.
    pub(super) fn arrive_at_forms(&mut self) -> Vec<Effect> {
        if let Route::Forms(FormsPage::Show(name)) = &self.route {
            let name = name.clone();
            let ask = self.form_named(&name).is_none() && built_in::named(&name).is_some();
            return ask
                .then(|| self.ask_form(Request::BuiltIn(name), None, Wanted::Look))
                .into_iter()
                .collect();
        }
        if self.route == Route::Form {
            return self.offer_newer_form();
        }
        let shows_own = [Route::NewRound, Route::Forms(FormsPage::All)].contains(&self.route);
        shows_own
            .then_some(Effect::AskStore(store::Request::ListForms))
            .into_iter()
            .collect()
    }

    /// Asks a clerk on forms, and remembers what for.
    fn ask_form(&mut self, request: Request, file: Option<FileKey>, wanted: Wanted) -> Effect {
        self.asked.0 += 1;
        if let Some(open) = &mut self.open {
            open.note_asked(self.asked);
        }
        self.forms.awaited = Some((self.asked, wanted));
        Effect::AskClerk(self.asked, clerk::Request::Form(request), file)
    }

    /// Asks for the form of a round that is to be opened.
    pub(super) fn ask_for_round(&mut self, id: &str) -> Effect {
        self.ask_form(Request::BuiltIn(id.to_owned()), None, Wanted::Round)
    }

    /// Asks for the form of a trial.
    pub(super) fn ask_for_trial(&mut self) -> Effect {
        let core = Request::BuiltIn(built_in::CORE.id.to_owned());
        self.ask_form(core, None, Wanted::Trial)
    }

    /// Asks for the newer version of the round's form that came with this Sightline.
    pub(super) fn ask_for_newer(&mut self, id: &str) -> Effect {
        self.ask_form(Request::BuiltIn(id.to_owned()), None, Wanted::Newer)
    }

    /// What the request of that tag was for, if it was about forms; it is waited for no longer.
    pub(super) fn forms_awaited(&mut self, tag: Tag) -> Option<Wanted> {
        let awaited = self.forms.awaited.take_if(|(awaited, _)| *awaited == tag);
        awaited.map(|(_, wanted)| wanted)
    }

    /// A clerk's answer to a request about forms.
    pub(super) fn forms_answered(
        &mut self,
        wanted: &Wanted,
        reply: clerk::Reply,
        bytes: Option<Vec<u8>>,
    ) -> Vec<Effect> {
        match reply {
            clerk::Reply::Form(Reply::BuiltIn(form)) => self.form_came(form, wanted),
            clerk::Reply::Form(Reply::Read(imported)) => self.form_read(*imported),
            clerk::Reply::Form(Reply::Malformed(problems)) => {
                self.forms.import = Import::Malformed(name_of(wanted), problems);
                vec![Effect::Focus("error-summary".to_owned())]
            }
            clerk::Reply::Form(Reply::Written(kind)) => {
                let bytes = bytes.unwrap_or_default();
                vec![Effect::SaveFile(name_of(wanted), kind.media_type(), bytes)]
            }
            clerk::Reply::Refused(why) => self.form_not_come(wanted, why),
            clerk::Reply::Findings | clerk::Reply::Transcribed => Vec::new(),
        }
    }

    /// A clerk failed while it was at work on a form.
    pub(super) fn forms_failed(&mut self, wanted: &Wanted) -> Vec<Effect> {
        let why =
            "The part of Sightline that reads files stopped. Nothing was lost. Try again; if \
                   it fails with the same file again, save that file anew from its program."
                .to_owned();
        self.form_not_come(wanted, why)
    }

    fn form_came(&mut self, form: Box<Form>, wanted: &Wanted) -> Vec<Effect> {
        match wanted {
            Wanted::Round => self.form_for_round(*form),
            Wanted::Trial => self.form_for_trial(*form),
            Wanted::Newer => {
                self.newer_form_came(form);
                Vec::new()
            }
            Wanted::Look | Wanted::Import(_) | Wanted::Export(_) => {
                self.forms.built_in = Some(form);
                Vec::new()
            }
        }
    }

    fn form_not_come(&mut self, wanted: &Wanted, why: String) -> Vec<Effect> {
        match wanted {
            Wanted::Round | Wanted::Trial => {
                self.new_round.refused = Some(why);
            }
            Wanted::Import(_) => self.forms.import = Import::Refused(why),
            Wanted::Look | Wanted::Newer | Wanted::Export(_) => self.forms.refused = Some(why),
        }
        vec![Effect::Focus("error-summary".to_owned())]
    }
}

/// The file that a request was about.
fn name_of(wanted: &Wanted) -> String {
    match wanted {
        Wanted::Import(name) | Wanted::Export(name) => name.clone(),
        Wanted::Round | Wanted::Trial | Wanted::Look | Wanted::Newer => String::new(),
    }
}
