//! The application as a value: the [`Model`], what can happen to it ([`Msg`]), and what it asks of
//! the world ([`Effect`]).
//!
//! [`Model::update`] is the only way anything changes. A round changes only by facts, and every
//! fact becomes an [`Effect::AskStore`]: no handler can forget to save. Time and entropy come with
//! the messages; this module never reads them.

pub mod audit;
pub mod cases;
pub mod concern;
pub mod findings;
mod form_update;
pub mod forms;
mod kept;
pub mod list;
pub mod open;
pub mod proof;
pub mod route;
pub mod sampling;
pub mod saved;
pub mod shelf;
pub mod verify;

use crate::desk::{Reply, Request};
use crate::form::Form;
use crate::frame::mapping::Mapping;
use crate::locksmith;
use crate::store;
use crate::store::mark::{Mark, Marks};

pub use open::{Open, Saving};
pub use route::Route;
pub use shelf::{RoundId, Shelf};

/// The whole state of the page.
#[derive(Debug, Default)]
pub struct Model {
    /// The page that is shown.
    pub route: Route,
    /// The rounds kept in this browser.
    pub shelf: Shelf,
    /// The form for opening a round.
    pub new_round: shelf::NewRound,
    /// Audit forms outside of a round.
    pub forms: forms::Stage,
    /// Saving a round to a file, and opening one.
    pub saved: saved::Stage,
    /// Checking a certificate.
    pub verify: verify::Stage,
    /// The version that is running, and what the browser makes of the page's address.
    pub about: proof::About,
    /// A version that the host has now, newer than the one running.
    pub newer: Option<proof::About>,
    /// Whether the page is to be loaded anew once all is on disk.
    reloading: bool,
    /// What shows that nothing leaves.
    pub proof: proof::Stage,
    /// The round that is open.
    pub open: Option<Box<Open>>,
    /// What was noted of rounds outside of the store.
    marks: Marks,
    /// The round that the store was asked for, and with what it is sealed.
    asked_with: Option<(RoundId, open::Sealed)>,
    /// The round that is to be sealed, which an earlier version kept unsealed.
    sealing: Option<RoundId>,
    /// The newest request to the desk, of whichever round: an answer to a round that was closed is
    /// never taken for an answer to the next.
    asked: Tag,
    /// The form of the round that is being opened.
    form_to_open: Option<Box<Form>>,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The address now names this page.
    AddressChanged(Route),
    /// On the shelf of rounds.
    Shelf(shelf::Msg),
    /// On the page of the case list.
    List(list::Msg),
    /// On the page of the sample.
    Sampling(sampling::Msg),
    /// On the page of the cases.
    Cases(cases::Msg),
    /// In the walk through a case.
    Audit(audit::Msg),
    /// On the page of concerns about a case.
    Concern(concern::Msg),
    /// On the page of the findings.
    Findings(findings::Msg),
    /// With files of rounds.
    Saved(saved::Msg),
    /// On the page that checks a certificate.
    Verify(verify::Msg),
    /// With audit forms.
    Forms(forms::Msg),
    /// On the page that shows that nothing leaves.
    Proof(proof::Msg),
    /// The host has another version than the one running.
    NewerFound(proof::About),
    /// The person asked for the newer version.
    ClickedLoadNewer,
    /// The desk answered the request of that tag.
    DeskAnswered(Tag, Reply, Option<Vec<u8>>),
    /// The desk failed while at the request of that tag, and was replaced by an empty one.
    DeskFailed(Tag),
    /// The store said something.
    StoreSaid(store::Reply),
    /// The store has stopped and keeps nothing more until it is started anew.
    StoreStopped,
    /// The person asked for another try at keeping what is not yet kept.
    ClickedStoreAgain,
    /// The person wants to write here what another page writes.
    ClickedTakeOver,
    /// The person took the newer version of the round's form.
    ClickedTakeForm,
    /// The machine gave these random bytes.
    GotEntropy(Purpose, [u8; ENTROPY]),
    /// The page is being hidden or closed.
    PageHidden,
}

/// How many random bytes are given at once: two names, or a seed; and a key.
pub const ENTROPY: usize = 48;

/// What random bytes are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Naming a new round and its author.
    NewRound,
    /// Naming a new round with the made-up list, and its author.
    MadeUpRound,
    /// A seed made by the machine.
    Seed,
    /// Sealing a round that an earlier version kept unsealed.
    Sealing,
}

/// Numbers a request, so that a late answer to an older one is known and dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag(pub u32);

/// Names a file that a person chose; the shell holds the file itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileKey(pub u32);

/// What the application asks of the world.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Go to a page.
    Navigate(Route),
    /// Move the focus to the element of this id, once the page shows it.
    Focus(String),
    /// Ask the desk, with a chosen file or without.
    AskDesk(Tag, Request, Option<FileKey>),
    /// Ask a new locksmith, with a chosen file or without.
    AskLocksmith(Tag, locksmith::Request, Option<FileKey>),
    /// Ask a new desk to check these files, in the place of the one that did so before.
    AskVerifier(Tag, Request, Vec<FileKey>),
    /// Stop the desk that checks.
    StopVerifier,
    /// Stop what the desk is doing and begin with an empty one.
    ReplaceDesk,
    /// Ask the store.
    AskStore(store::Request),
    /// Note outside of the store how far a round is kept, and that it is the one last worked on.
    Mark(Mark),
    /// Forget what was noted of a round.
    Unmark(RoundId),
    /// Ask the store what is remembered for lists of that shape.
    Recall(String),
    /// Let the store remember this for lists of that shape.
    Remember(String, Mapping),
    /// Let the store forget what is remembered for lists of that shape.
    Forget(String),
    /// Put a failed store aside and start it anew.
    RestartStore,
    /// Say [`audit::Msg::PausedTyping`] in that many milliseconds.
    WaitForPause(u32),
    /// Give random bytes.
    GiveEntropy(Purpose),
    /// Print the page.
    Print,
    /// Gather what shows that nothing leaves.
    Gather,
    /// Read a chosen file as text, for [`proof::Msg::SumsRead`].
    ReadText(FileKey),
    /// Load the page anew.
    Reload,
    /// Hand a file to the person: name, media type, content.
    SaveFile(String, &'static str, Vec<u8>),
}

impl Effect {
    /// Whether it gives lines of a round to the store.
    const fn keeps(&self) -> bool {
        use store::Request;
        matches!(
            self,
            Self::AskStore(Request::Append { .. } | Request::Begin { .. })
        )
    }
}

impl Model {
    /// What to ask of the world when the page opens at an address, with what was noted of rounds.
    #[must_use]
    pub fn start(route: Route, marks: Marks) -> (Self, Vec<Effect>) {
        let gather = (route == Route::Proof).then_some(Effect::Gather);
        (
            Self {
                route,
                marks,
                ..Self::default()
            },
            kept::list_all().into_iter().chain(gather).collect(),
        )
    }

    /// Whether words of the open round would be lost if the page were closed now.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        self.open
            .as_ref()
            .is_some_and(|open| open.saved() == open::Saved::No)
    }

    /// Whether closing the page now would lose words: of the round, or of a form.
    #[must_use]
    pub fn would_lose_words(&self) -> bool {
        self.is_unsaved() || !self.forms.unkept.is_empty() || self.forms.editor.is_unsaved()
    }

    /// Brings the model forward by one message. `at` is when it happened: milliseconds since 1970
    /// (UTC).
    pub fn update(&mut self, at: i64, msg: Msg) -> Vec<Effect> {
        let mut effects = self.take(at, msg);
        if self.is_memory_only() {
            effects.retain(|effect| !effect.keeps());
        }
        effects
    }

    /// Whether the open round is in memory only, for this session.
    fn is_memory_only(&self) -> bool {
        let open = self.open.as_ref();
        open.is_some_and(|open| open.keeping == open::Keeping::Memory)
    }

    fn take(&mut self, at: i64, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::AddressChanged(route) => self.go_to(at, route),
            Msg::Shelf(msg) => self.update_shelf(at, msg),
            Msg::GotEntropy(Purpose::NewRound, bytes) => self.open_new_round(at, bytes),
            Msg::GotEntropy(Purpose::MadeUpRound, bytes) => self.open_made_up_round(at, bytes),
            Msg::GotEntropy(Purpose::Seed, bytes) => {
                let seed = bytes.first_chunk().copied().unwrap_or_default();
                self.in_round(|open| open.take_machine_seed(seed))
            }
            Msg::List(msg) => self.in_round(|open| open.update_list(at, msg)),
            Msg::Sampling(msg) => self.in_round(|open| open.update_sampling(at, msg)),
            Msg::Cases(msg) => self.in_round(|open| open.update_cases(at, msg)),
            Msg::Audit(audit::Msg::PausedTyping) => {
                let mut effects = self.keep_edited();
                effects
                    .extend(self.in_round(|open| open.update_audit(at, audit::Msg::PausedTyping)));
                effects
            }
            Msg::Audit(msg) => self.in_round(|open| open.update_audit(at, msg)),
            Msg::Concern(msg) => self.in_round(|open| open.update_concern(at, msg)),
            Msg::Findings(msg) => self.in_round(|open| open.update_findings(at, msg)),
            Msg::Saved(msg) => self.update_saved(at, msg),
            Msg::Verify(msg) => self.update_verify(msg),
            Msg::Proof(msg) => self.update_proof(msg),
            Msg::NewerFound(about) => self.offer(about),
            Msg::ClickedLoadNewer => self.load_newer(at),
            Msg::StoreSaid(reply) => {
                let mut effects = self.store_said(at, reply);
                effects.extend(self.reload_once_saved());
                effects
            }
            Msg::GotEntropy(Purpose::Sealing, bytes) => self.seal_plain(bytes),
            Msg::ClickedTakeOver => {
                self.in_round(|open| vec![open.open_again(store::message::Access::TakeOver)])
            }
            Msg::Forms(msg) => self.update_forms(at, msg),
            Msg::DeskAnswered(tag, reply, bytes) => self.desk_answered(at, tag, reply, bytes),
            Msg::DeskFailed(tag) => self.desk_failed(tag),
            Msg::ClickedTakeForm => self.take_newer_form(at),
            Msg::StoreStopped => self.store_stopped(),
            Msg::ClickedStoreAgain => self.store_again(),
            Msg::PageHidden => self.keep_words(at),
        }
    }

    /// The desk answered, on forms or on the open round.
    fn desk_answered(
        &mut self,
        at: i64,
        tag: Tag,
        reply: Reply,
        bytes: Option<Vec<u8>>,
    ) -> Vec<Effect> {
        match self.forms_answered(tag, reply, bytes) {
            Ok(effects) => effects,
            Err((reply, bytes)) => self.in_round(|open| open.desk_answered(at, tag, reply, bytes)),
        }
    }

    fn desk_failed(&mut self, tag: Tag) -> Vec<Effect> {
        let mut effects = match self.open {
            Some(_) => self.in_round(|open| open.desk_failed(tag)),
            None => vec![Effect::ReplaceDesk],
        };
        effects.extend(self.forms_desk_failed());
        effects
    }

    /// Keeps all that was typed.
    fn keep_words(&mut self, at: i64) -> Vec<Effect> {
        let mut effects = self.keep_edited();
        effects.extend(self.in_round(|open| open.keep_drafts(at)));
        effects
    }

    fn offer(&mut self, newer: proof::About) -> Vec<Effect> {
        self.newer = Some(newer);
        Vec::new()
    }

    /// Loads the newer version, once what was typed is on disk.
    fn load_newer(&mut self, at: i64) -> Vec<Effect> {
        let mut effects = self.keep_words(at);
        self.reloading = true;
        effects.extend(self.reload_once_saved());
        effects
    }

    fn reload_once_saved(&mut self) -> Option<Effect> {
        let saved = self.open.as_deref().map(Open::saved);
        let ready = matches!(saved, None | Some(open::Saved::Yes)) && self.reloading;
        // What cannot be kept would be lost: the page stays, and says above that it is not saved.
        self.reloading &= matches!(saved, Some(open::Saved::OnItsWay));
        ready.then_some(Effect::Reload)
    }

    /// Shows another page. What was typed on the one before is kept first.
    fn go_to(&mut self, at: i64, route: Route) -> Vec<Effect> {
        let mut effects = self.in_round(|open| {
            let effects = open.keep_drafts(at);
            open.leave_page();
            effects
        });
        self.saved.leave_page();
        effects.extend(self.keep_edited());
        self.forms.leave_page();
        effects.extend(self.in_round(|open| open.arrive(&route)));
        self.route = route;
        effects.extend(self.arrive_at_forms());
        if self.route == Route::Home {
            effects.push(Effect::AskStore(store::Request::List));
        } else if self.route == Route::Proof {
            effects.push(Effect::Gather);
        }
        effects.extend(self.read_current_round());
        effects
    }

    /// Passes a message on to the open round; a late one for a round that was closed is dropped.
    fn in_round(&mut self, pass: impl FnOnce(&mut Open) -> Vec<Effect>) -> Vec<Effect> {
        let Some(open) = self.open.as_deref_mut() else {
            return Vec::new();
        };
        let effects = pass(open);
        self.asked = open.asked();
        effects
    }
}
