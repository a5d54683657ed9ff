//! The application as a value: the [`Model`], what can happen to it ([`Msg`]), and what it asks of
//! the world ([`Effect`]).
//!
//! [`Model::update`] is the only way anything changes. A round changes only by facts, and every
//! fact becomes an [`Effect::AskStore`]: no handler can forget to save. Time and entropy come with
//! the messages; this module never reads them.

pub mod audit;
mod begun;
pub mod cases;
pub mod concern;
pub mod findings;
mod form_update;
pub mod forms;
mod kept;
pub mod list;
pub mod locking;
pub mod open;
pub mod proof;
pub mod route;
pub mod sampling;
pub mod saved;
pub mod settings;
pub mod settle;
pub mod setup;
pub mod shelf;
pub mod trail;
pub mod unlock;
pub mod verify;
pub mod wipe;

use crate::clerk;
use crate::desk::{Reply, Request};
use crate::form::Form;
use crate::frame::mapping::Mapping;
use crate::locksmith;
use crate::store;
use crate::store::mark::{Mark, Marks};

pub use crate::store::mark::Missing;
pub use open::{Keeping, Open, Saving};
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
    /// What this browser remembers of how the person works.
    pub settings: settings::Settings,
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
    /// How a round is to be protected.
    pub setup: setup::Stage,
    /// Unlocking a round.
    pub unlock: unlock::Stage,
    /// When the open round is locked.
    pub locking: locking::Stage,
    /// Removing what is kept here.
    pub wipe: wipe::Stage,
    /// The rounds of which less is here than there was.
    pub missing: Vec<Missing>,
    /// Whether the browser promised not to clear what is kept; `None` while it has not said.
    pub persisted: Option<Persisted>,
    /// With what the open round is being sealed anew.
    resealing: Option<open::Sealed>,
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
    /// On the page of the audit trail.
    Trail(trail::Msg),
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
    /// With the settings.
    Settings(settings::Msg),
    /// On the page that protects a round.
    Setup(setup::Msg),
    /// On the page that unlocks a round.
    Unlock(unlock::Msg),
    /// On the page that removes what is kept.
    Wipe(wipe::Msg),
    /// With the entries of another tab that are to be settled.
    Settle(settle::Msg),
    /// What locking goes by.
    Locking(locking::Msg),
    /// The person asked for the browser's promise not to clear what is kept.
    ClickedPersist,
    /// The browser said whether it promises that.
    Persisted(Persisted),
    /// The locksmith answered the request of that tag.
    Locksmith(Asker, Tag, locksmith::Reply, Option<Vec<u8>>),
    /// The locksmith failed at the request of that tag.
    LocksmithFailed(Asker, Tag),
    /// The desk answered the request of that tag.
    DeskAnswered(Tag, Reply),
    /// The desk failed while at the request of that tag, and was replaced by an empty one.
    DeskFailed(Tag),
    /// A clerk answered the request of that tag.
    ClerkAnswered(Tag, clerk::Reply, Option<Vec<u8>>),
    /// A clerk failed while at the request of that tag.
    ClerkFailed(Tag),
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

/// What the browser says of keeping things when the disk is short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persisted {
    /// It promises not to clear them by itself.
    Yes,
    /// It has not promised it.
    NotYet,
    /// It was asked, and does not.
    Refused,
    /// It cannot be asked.
    Unknown,
}

/// Which page asks the locksmith.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// Those of files.
    Saved,
    /// That which protects a round.
    Setup,
    /// That which unlocks one.
    Unlock,
    /// The list's, which looks into the file of an earlier round.
    Earlier,
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

impl Tag {
    /// Asks the locksmith, under the next number.
    fn ask_locksmith(
        &mut self,
        asker: Asker,
        request: locksmith::Request,
        file: Option<FileKey>,
    ) -> Effect {
        self.0 += 1;
        Effect::AskLocksmith(asker, *self, request, file)
    }
}

/// Shows no more of a type than its module's name, wherever it is printed: no passphrase or code
/// comes to light by accident.
macro_rules! show_nothing_of {
    ($($hidden:ident),+) => {$(
        impl std::fmt::Debug for $hidden {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(module_path!(), "::", stringify!($hidden)))
            }
        }
    )+};
}
use show_nothing_of;

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
    /// Ask a new clerk, with a chosen file or without.
    AskClerk(Tag, clerk::Request, Option<FileKey>),
    /// Ask a new locksmith, with a chosen file or without.
    AskLocksmith(Asker, Tag, locksmith::Request, Option<FileKey>),
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
    /// Forget all that was noted, settings too.
    ForgetAll,
    /// Ask the browser not to clear what is kept.
    AskPersist,
    /// Drop everything and load the page anew.
    Lock,
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
    /// Have the browser remember the settings.
    KeepSettings(String),
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
        self.open.as_ref().is_some_and(|open| match open.saved() {
            open::Saved::No => true,
            open::Saved::Memory => !self.is_in_file(open),
            open::Saved::Yes | open::Saved::OnItsWay | open::Saved::Along => false,
        })
    }

    /// Whether a file holds all that the round has.
    fn is_in_file(&self, open: &Open) -> bool {
        let file = self.settings.files.get(&open.id.0);
        !open.drafting() && file.is_some_and(|file| file.entries == open.lines().len())
    }

    /// Whether some of what was written is not on disk yet.
    #[must_use]
    pub fn has_unsaved(&self) -> bool {
        let open = self.open.as_ref();
        open.is_some_and(|open| {
            use open::Saved;
            !matches!(open.saved(), Saved::Yes | Saved::Along)
        })
    }

    /// Whether the start is over: the store has answered, and where the page shows a round, it is open
    /// or will not be.
    #[must_use]
    pub fn has_settled(&self) -> bool {
        match &self.shelf {
            Shelf::Opening => false,
            Shelf::Ready { .. } => self.wanted().is_none_or(|card| card.plain || card.locked),
            Shelf::Unavailable(_) => true,
        }
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
        effects.extend(self.lock_if_due());
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

    #[expect(clippy::too_many_lines, reason = "an arm for each message")]
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
            Msg::Trail(msg) => self.in_round(|open| open.update_trail(at, msg)),
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
            Msg::Settings(msg) => self.update_settings(msg),
            Msg::Setup(msg) => self.update_setup(msg),
            Msg::Unlock(msg) => self.update_unlock(msg),
            Msg::Wipe(msg) => self.update_wipe(msg),
            Msg::Settle(msg) => self.in_round(|open| open.update_settle(at, msg)),
            Msg::Locking(msg) => self.update_locking(at, msg),
            Msg::ClickedPersist => vec![Effect::AskPersist],
            Msg::Persisted(said) => {
                self.persisted = Some(said);
                Vec::new()
            }
            Msg::Locksmith(asker, tag, reply, bytes) => match asker {
                Asker::Saved => self.saved_answered(at, tag, reply, bytes),
                Asker::Setup => self.setup_answered(tag, reply),
                Asker::Unlock => self.unlock_answered(tag, reply),
                Asker::Earlier => self.earlier_answered(tag, Some(reply)),
            },
            Msg::LocksmithFailed(asker, tag) => match asker {
                Asker::Saved => self.saved_failed(tag),
                Asker::Setup => self.setup_failed(tag),
                Asker::Unlock => self.unlock_failed(tag),
                Asker::Earlier => self.earlier_answered(tag, None),
            },
            Msg::GotEntropy(Purpose::Sealing, bytes) => self.seal_plain(bytes),
            Msg::ClickedTakeOver => {
                self.in_round(|open| vec![open.open_again(store::message::Access::TakeOver)])
            }
            Msg::Forms(msg) => self.update_forms(at, msg),
            Msg::DeskAnswered(tag, reply) => {
                self.in_round(|open| open.desk_answered(at, tag, reply))
            }
            Msg::DeskFailed(tag) => self.desk_failed(tag),
            Msg::ClerkAnswered(tag, reply, bytes) => self.clerk_answered(tag, reply, bytes),
            Msg::ClerkFailed(tag) => self.clerk_failed(tag),
            Msg::ClickedTakeForm => self.take_newer_form(at),
            Msg::StoreStopped => self.store_stopped(),
            Msg::ClickedStoreAgain => self.store_again(),
            Msg::PageHidden => self.keep_words(at),
        }
    }

    fn desk_failed(&mut self, tag: Tag) -> Vec<Effect> {
        match self.open {
            Some(_) => self.in_round(|open| open.desk_failed(tag)),
            None => vec![Effect::ReplaceDesk],
        }
    }

    /// A clerk answered, on forms or on the open round's findings.
    fn clerk_answered(
        &mut self,
        tag: Tag,
        reply: clerk::Reply,
        bytes: Option<Vec<u8>>,
    ) -> Vec<Effect> {
        match self.forms_awaited(tag) {
            Some(wanted) => self.forms_answered(&wanted, reply, bytes),
            None => self.in_round(|open| open.clerk_answered(tag, reply, bytes)),
        }
    }

    fn clerk_failed(&mut self, tag: Tag) -> Vec<Effect> {
        match self.forms_awaited(tag) {
            Some(wanted) => self.forms_failed(&wanted),
            None => self.in_round(|open| open.clerk_failed(tag)),
        }
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
        if route != Route::Protect {
            self.setup.leave_page();
        }
        if route != Route::Wipe {
            self.wipe = wipe::Stage::default();
        }
        effects.extend(self.in_round(|open| open.arrive(&route)));
        self.route = route;
        effects.extend(self.arrive_at_forms());
        if matches!(self.route, Route::Home | Route::Data) {
            // What is told of the rounds there is told as they are now.
            effects.push(Effect::AskStore(store::Request::List));
        } else if self.route == Route::Proof {
            effects.push(Effect::Gather);
        }
        effects.extend(self.read_current_round());
        effects
    }

    /// The locksmith has opened the file of an earlier round, or failed at it.
    fn earlier_answered(&mut self, tag: Tag, reply: Option<locksmith::Reply>) -> Vec<Effect> {
        self.in_round(|open| {
            if open.list.earlier.awaits(tag) {
                open.unsealed(reply)
            } else {
                Vec::new()
            }
        })
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
