//! Protecting a round before anything of it is kept: a passphrase, and what opens the round if that
//! is forgotten; or nothing kept at all.

use super::open::Sealed;
use super::{Asker, Effect, Keeping, Model, Open, Purpose, RoundId, Route, Shelf, Tag};
use crate::locksmith::{Reply, Request, Ways};
use crate::seal::data_key::DataKey;
use crate::seal::keyring::{Slot, is_typed_back};
use crate::seal::strength::{LEAST, Strength};
use crate::store::message::Request as StoreRequest;

super::show_nothing_of!(Stage, Msg);

/// The id of the field for the passphrase.
pub const PASSPHRASE_FIELD: &str = "round-passphrase";
/// The id of the field for a team's public key.
pub const TEAM_FIELD: &str = "team-key";
/// The id of the choice how a round is kept.
pub const KEPT_FIELD: &str = "how-kept";
/// The id of the field into which the recovery code is typed back.
pub const CODE_FIELD: &str = "code-again";

/// The shortest passphrase, in characters.
pub const SHORTEST: usize = 12;

/// Which round is to be protected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The new round, whose name and auditor have been given.
    New,
    /// The round that came out of a file and is not kept here yet.
    FromFile,
    /// A round of an earlier version, which lies here in plain.
    Plain(RoundId),
    /// The open round, once more: with another passphrase, code or key.
    Again,
}

/// How a round is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kept {
    /// Sealed, and a recovery code opens it as well.
    #[default]
    WithCode,
    /// Sealed, and a team's key opens it as well.
    WithTeam,
    /// Not at all: in memory, until the page is closed.
    InMemory,
}

impl Kept {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::WithCode, Self::WithTeam, Self::InMemory];

    /// Its name in the page's markup.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::WithCode => "code",
            Self::WithTeam => "team",
            Self::InMemory => "memory",
        }
    }
}

/// How a round was protected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Protection {
    /// By these ways to this key.
    Sealed(Vec<Slot>, DataKey),
    /// Not at all: the key lies open beside it.
    Open,
    /// It is not kept.
    InMemory,
}

impl Protection {
    /// What a round is sealed with; without protection, what is given.
    pub(super) fn sealed(&self, open: Sealed) -> Sealed {
        match self {
            Self::Sealed(slots, key) => Sealed {
                slots: slots.clone(),
                key: key.clone(),
                ..open
            },
            Self::Open | Self::InMemory => open,
        }
    }
}

/// A recovery code that was just made, until it has been typed back.
#[derive(Clone, PartialEq, Eq)]
pub struct Code {
    /// The code: it stands nowhere else.
    pub code: String,
    /// What was typed of it.
    pub typed: String,
    slots: Vec<Slot>,
    key: DataKey,
}

/// What the page holds; forgotten when it is left.
#[derive(Default)]
pub struct Stage {
    /// Which round; none while there is nothing to protect.
    pub what: Option<What>,
    /// How it is to be kept.
    pub kept: Kept,
    /// The passphrase as it is typed.
    pub passphrase: String,
    /// Whether it is hidden.
    pub hidden: bool,
    /// Whether it is one that Sightline made.
    pub made: bool,
    /// A team's public key, as it is typed.
    pub team: String,
    /// Whether the locksmith is at work.
    pub working: bool,
    /// What is wrong, by field id.
    pub errors: Vec<(&'static str, String)>,
    /// The recovery code, once it is made.
    pub code: Option<Code>,
    /// How the new round is protected, until it is opened.
    pub(super) ready: Option<Protection>,
    asked: Tag,
}

/// What can happen on the page.
#[derive(Clone)]
pub enum Msg {
    /// The person chose how the round is kept, by its name.
    ChoseKept(String),
    /// The person typed a passphrase.
    EnteredPassphrase(String),
    /// The person chose whether it is shown.
    ToggledShown(bool),
    /// The person wants six words to be made.
    ClickedMakePhrase,
    /// The person typed a team's public key.
    EnteredTeam(String),
    /// The person wants the round protected so.
    ClickedProtect,
    /// The person typed the recovery code back.
    EnteredCode(String),
    /// The person has the code.
    ClickedHaveCode,
    /// The person wants the page printed.
    ClickedPrint,
    /// The person wants the open round protected otherwise.
    ClickedAgain,
}

impl Stage {
    /// The strength of the passphrase as it stands.
    #[must_use]
    pub fn strength(&self) -> Strength {
        Strength::told_of(&self.passphrase, self.made)
    }

    /// Forgets all but which request is the newest.
    pub(super) fn leave_page(&mut self) {
        *self = Self {
            asked: Tag(self.asked.0 + 1),
            ready: self.ready.take(),
            ..Self::default()
        };
    }

    fn ask(&mut self, request: Request) -> Vec<Effect> {
        self.working = true;
        self.errors.clear();
        vec![self.asked.ask_locksmith(Asker::Setup, request, None)]
    }

    fn refuse(&mut self, errors: Vec<(&'static str, String)>) -> Vec<Effect> {
        self.working = false;
        self.errors = errors;
        vec![Effect::Focus("error-summary".to_owned())]
    }

    /// What is wrong with what was entered.
    fn faults(&self) -> Vec<(&'static str, String)> {
        let mut faults = Vec::new();
        if let Err(why) = fit(&self.passphrase, self.made) {
            faults.push((PASSPHRASE_FIELD, why));
        }
        if self.kept == Kept::WithTeam && self.team.trim().is_empty() {
            let why = "Enter your team's public key, or choose the recovery code";
            faults.push((TEAM_FIELD, why.to_owned()));
        }
        faults
    }

    /// The ways to the round's key that were chosen.
    fn ways(&self) -> Ways {
        Ways {
            passphrase: self.passphrase.clone(),
            recovery: self.kept == Kept::WithCode,
            recipients: match self.kept {
                Kept::WithTeam => vec![self.team.trim().to_owned()],
                Kept::WithCode | Kept::InMemory => Vec::new(),
            },
        }
    }
}

/// Whether a passphrase may seal anything; why not.
pub(super) fn fit(passphrase: &str, made: bool) -> Result<(), String> {
    if passphrase.trim().is_empty() {
        Err("Enter a passphrase, or have one made".to_owned())
    } else if passphrase.chars().count() < SHORTEST {
        Err(format!(
            "Enter a passphrase of at least {SHORTEST} characters"
        ))
    } else if !made && Strength::of(passphrase).bits < LEAST {
        Err(
            "This passphrase is among the first that are tried. Take other words, or have six made"
                .to_owned(),
        )
    } else {
        Ok(())
    }
}

impl Model {
    /// Asks how a round is to be kept, before anything of it is.
    pub(super) fn protect(&mut self, what: What) -> Vec<Effect> {
        if matches!(self.shelf, Shelf::Unavailable(_)) && what == What::New {
            self.setup.ready = Some(Protection::InMemory);
            return vec![Effect::GiveEntropy(Purpose::NewRound)];
        }
        self.setup.leave_page();
        self.setup.ready = None;
        self.setup.what = Some(what);
        vec![Effect::Navigate(Route::Protect)]
    }

    pub(super) fn update_setup(&mut self, msg: Msg) -> Vec<Effect> {
        let stage = &mut self.setup;
        match msg {
            Msg::ChoseKept(name) => {
                let chosen = Kept::ALL.into_iter().find(|kept| kept.name() == name);
                stage.kept = chosen.unwrap_or(stage.kept);
                stage.errors.clear();
            }
            Msg::EnteredPassphrase(passphrase) => {
                stage.passphrase = passphrase;
                stage.made = false;
            }
            Msg::ToggledShown(shown) => stage.hidden = !shown,
            Msg::EnteredTeam(team) => stage.team = team,
            Msg::EnteredCode(typed) => {
                if let Some(code) = &mut stage.code {
                    code.typed = typed;
                }
            }
            Msg::ClickedPrint => return vec![Effect::Print],
            Msg::ClickedAgain => {
                let effects = self.can_lock().then(|| self.protect(What::Again));
                return effects.unwrap_or_default();
            }
            // A second click while the locksmith is at work is no second request.
            Msg::ClickedMakePhrase | Msg::ClickedProtect if stage.working => {}
            Msg::ClickedMakePhrase => return stage.ask(Request::MakePhrase),
            Msg::ClickedProtect if stage.kept == Kept::InMemory => {
                return self.protected(Protection::InMemory);
            }
            Msg::ClickedProtect => {
                let faults = stage.faults();
                if !faults.is_empty() {
                    return stage.refuse(faults);
                }
                let ways = stage.ways();
                return stage.ask(Request::MakeKeys(ways));
            }
            Msg::ClickedHaveCode => return self.check_code(),
        }
        Vec::new()
    }

    pub(super) fn setup_answered(&mut self, tag: Tag, reply: Reply) -> Vec<Effect> {
        let stage = &mut self.setup;
        if tag != stage.asked {
            return Vec::new();
        }
        stage.working = false;
        match reply {
            Reply::Phrase(phrase) => {
                stage.passphrase = phrase;
                (stage.made, stage.hidden) = (true, false);
                stage.errors.clear();
                vec![Effect::Focus(PASSPHRASE_FIELD.to_owned())]
            }
            Reply::Keys {
                key,
                slots,
                recovery: Some(code),
            } => {
                stage.code = Some(Code {
                    code,
                    typed: String::new(),
                    slots,
                    key,
                });
                stage.passphrase.clear();
                vec![Effect::Focus(super::shelf::HEADING.to_owned())]
            }
            Reply::Keys { key, slots, .. } => self.protected(Protection::Sealed(slots, key)),
            Reply::Refused(why) => {
                let field = match stage.kept {
                    Kept::WithTeam => TEAM_FIELD,
                    Kept::WithCode | Kept::InMemory => PASSPHRASE_FIELD,
                };
                stage.refuse(vec![(field, why)])
            }
            Reply::Saved | Reply::Opened { .. } | Reply::Unlocked(_) => Vec::new(),
        }
    }

    pub(super) fn setup_failed(&mut self, tag: Tag) -> Vec<Effect> {
        if tag != self.setup.asked {
            return Vec::new();
        }
        let why = super::saved::TOO_LITTLE_MEMORY.to_owned();
        self.setup.refuse(vec![(PASSPHRASE_FIELD, why)])
    }

    fn check_code(&mut self) -> Vec<Effect> {
        let stage = &mut self.setup;
        let Some(code) = stage.code.take() else {
            return Vec::new();
        };
        if is_typed_back(&code.code, &code.typed) {
            return self.protected(Protection::Sealed(code.slots, code.key));
        }
        stage.code = Some(code);
        let why =
            "This is not what stands at the end of the code. Look at your copy, not at this page";
        stage.refuse(vec![(CODE_FIELD, why.to_owned())])
    }

    /// Now that it is known how the round is kept: goes on with what it was asked for.
    fn protected(&mut self, protection: Protection) -> Vec<Effect> {
        let Some(what) = self.setup.what.take() else {
            return Vec::new();
        };
        self.setup.leave_page();
        match what {
            What::New => {
                self.setup.ready = Some(protection);
                vec![Effect::GiveEntropy(Purpose::NewRound)]
            }
            What::FromFile => self.keep_arrived(&protection),
            What::Plain(round) => self.seal_now(round, &protection),
            What::Again => self.seal_anew(&protection),
        }
    }

    fn seal_now(&mut self, round: RoundId, protection: &Protection) -> Vec<Effect> {
        let Protection::Sealed(slots, key) = protection else {
            return Vec::new();
        };
        let sealed = Sealed {
            made_up: false,
            opened_at: 0,
            slots: slots.clone(),
            key: key.clone(),
        };
        let mut effects = self.seal_plain_with(round, sealed);
        effects.push(Effect::Navigate(Route::Round));
        effects
    }

    fn seal_anew(&mut self, protection: &Protection) -> Vec<Effect> {
        let Some(open) = &self.open else {
            return Vec::new();
        };
        let sealed = protection.sealed(open.sealed.clone());
        let request = StoreRequest::SealAnew {
            round: open.id.to_string(),
            slots: sealed.slots.clone(),
            key: sealed.key.clone(),
        };
        self.resealing = Some(sealed);
        let mut effects = vec![Effect::AskStore(request)];
        effects.extend(self.show(Route::Round));
        effects
    }

    /// What keeps a round that needs no protection, if anything is kept here.
    pub(super) fn unprotected(&self) -> Protection {
        match self.shelf {
            Shelf::Unavailable(_) => Protection::InMemory,
            Shelf::Opening | Shelf::Ready { .. } => Protection::Open,
        }
    }
}

impl Open {
    /// Has the store begin the round, unless it is not to be kept.
    pub(super) fn keep(&mut self, protection: &Protection) -> Effect {
        if *protection == Protection::InMemory {
            self.keeping = Keeping::Memory;
        }
        self.begin_journal()
    }
}
