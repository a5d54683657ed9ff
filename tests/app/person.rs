//! A person at the page: sends messages, and performs what the application asks of the world.
#![expect(
    clippy::expect_used,
    reason = "a test in which no round is open has failed"
)]

#[path = "person/store.rs"]
mod store;

use std::collections::{BTreeMap, VecDeque};
use std::sync::OnceLock;

use sightline::app::audit::Edit;
use sightline::app::list::OnDesk;
use sightline::app::sampling::plan;
use sightline::app::shelf::Msg as Shelf;
use sightline::app::{
    Asker, ENTROPY, Effect, FileKey, Model, Msg, Open, Persisted, Purpose, Route, Tag, audit, list,
    proof, sampling, settings, setup, unlock, verify,
};
use sightline::clerk;
use sightline::desk::{self, Desk};
use sightline::export::ExportKind;
use sightline::form::{Form, GradeId, Kind, QuestionId, Unit};
use sightline::frame::mapping::Mapping;
use sightline::journal::{Entry, Fact, Journal};
use sightline::locksmith;
use sightline::review::{CaseNumber, Choice, Place, YesNo};
use sightline::sample::seed::SeedOrigin;
use sightline::seal::data_key::DataKey;
use sightline::seal::keyring::Slot;
use sightline::store::mark::Marks;
use sightline::store::message::Access;
use sightline::table::File;

/// What a person protects a round with who is not asked for better.
pub(crate) const PASSPHRASE: &str = "gravel teapot lantern orbit";

/// The keys for that passphrase: made once, as that takes a second on purpose.
static USUAL: OnceLock<locksmith::Reply> = OnceLock::new();

/// What lies with a round on disk.
#[derive(Clone)]
pub(crate) struct About {
    pub(crate) made_up: bool,
    pub(crate) opened_at: i64,
    pub(crate) slots: Vec<Slot>,
    pub(crate) key: DataKey,
    pub(crate) plain: bool,
    pub(crate) newer: bool,
}

/// A page and the world around it.
pub(crate) struct Person {
    pub(crate) model: Model,
    /// The rounds on disk, line by line.
    pub(crate) disk: BTreeMap<String, Vec<String>>,
    /// What was noted of them outside of the store.
    pub(crate) marks: Marks,
    /// What the store remembers for lists, by shape.
    pub(crate) remembered: BTreeMap<String, Mapping>,
    /// One's own forms on disk, by name.
    pub(crate) forms: BTreeMap<String, String>,
    /// The settings as the browser keeps them.
    pub(crate) settings: String,
    /// While set, the disk refuses to be written, with these words.
    pub(crate) disk_fails: Option<String>,
    /// Why one of the two places cannot be read.
    pub(crate) silent: Option<String>,
    /// While set, the store refuses to give a round, with these words.
    pub(crate) read_fails: Option<String>,
    /// How the store was asked for a round, newest last.
    pub(crate) asked_of_store: Vec<Access>,
    /// While set, nothing is kept here at all, with these words.
    pub(crate) nothing_kept: Option<String>,
    /// What lies with each round.
    pub(crate) about: BTreeMap<String, About>,
    /// Whether another tab writes the rounds.
    pub(crate) other_tab: bool,
    /// Lines that another tab wrote beside the round.
    pub(crate) adrift: Vec<String>,
    /// How often the page was locked.
    pub(crate) locked: usize,
    /// The newest request that the desk was given.
    pub(crate) asked: Tag,
    /// Files that were handed out.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// Where the focus was sent, newest last.
    pub(crate) focus: Vec<String>,
    /// Whether the person is waited for to pause in typing.
    pub(crate) pause_awaited: bool,
    pub(crate) clock: i64,
    desk: Desk,
    chosen: Vec<u8>,
    /// The files on the page that checks certificates.
    given: BTreeMap<FileKey, Vec<u8>>,
    entropy: u8,
}

impl Person {
    pub(crate) fn new() -> Self {
        let mut person = Self {
            model: Model::default(),
            disk: BTreeMap::new(),
            marks: Marks::default(),
            remembered: BTreeMap::new(),
            forms: BTreeMap::new(),
            settings: String::new(),
            disk_fails: None,
            read_fails: None,
            silent: None,
            asked_of_store: Vec::new(),
            nothing_kept: None,
            about: BTreeMap::new(),
            other_tab: false,
            adrift: Vec::new(),
            locked: 0,
            asked: Tag::default(),
            files: Vec::new(),
            focus: Vec::new(),
            pause_awaited: false,
            clock: 1_795_000_000_000,
            desk: Desk::default(),
            chosen: Vec::new(),
            given: BTreeMap::new(),
            entropy: 0,
        };
        person.reload();
        person
    }

    /// Loads the page anew: all that is not on disk is gone, the address stays.
    pub(crate) fn reload(&mut self) {
        let route = self.model.route.clone();
        let (model, effects) = Model::start(route, self.marks.clone());
        self.model = model;
        self.desk = Desk::default();
        self.pause_awaited = false;
        let recalled = settings::Msg::Recalled(self.settings.clone());
        self.say(Msg::Settings(recalled));
        self.perform(effects);
    }

    pub(crate) fn open(&self) -> &Open {
        self.model.open.as_deref().expect("a round is open")
    }

    /// Something happens, and all that follows from it.
    pub(crate) fn say(&mut self, msg: Msg) {
        self.clock += 1000;
        let effects = self.model.update(self.clock, msg);
        self.perform(effects);
    }

    pub(crate) fn perform(&mut self, effects: Vec<Effect>) {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            for msg in self.perform_one(effect) {
                effects.extend(self.model.update(self.clock, msg));
            }
        }
    }

    #[expect(clippy::too_many_lines, reason = "an arm for each effect")]
    fn perform_one(&mut self, effect: Effect) -> Vec<Msg> {
        match effect {
            Effect::Navigate(route) => vec![Msg::AddressChanged(route)],
            Effect::Focus(id) => {
                self.focus.push(id);
                Vec::new()
            }
            Effect::AskLocksmith(asker, tag, request, file) => {
                vec![self.ask_locksmith(asker, tag, &request, file)]
            }
            Effect::AskDesk(tag, request, file) => self.ask_desk(tag, request, file),
            Effect::AskClerk(tag, request, file) => self.ask_clerk(tag, request, file),
            Effect::AskVerifier(tag, request, files) => {
                let file = |key: &FileKey| -> Box<dyn File> { Box::new(self.given[key].clone()) };
                let files = files.iter().map(file).collect();
                let reply = Desk::default().handle(request, files, &mut |_| ());
                vec![Msg::Verify(verify::Msg::Answered(tag, reply))]
            }
            Effect::ReplaceDesk => {
                self.desk = Desk::default();
                Vec::new()
            }
            Effect::AskStore(request) => self.ask_store(request),
            Effect::Mark(mark) => {
                self.marks.mark(mark);
                Vec::new()
            }
            Effect::Unmark(id) => {
                self.marks.forget(&id.0);
                Vec::new()
            }
            Effect::ForgetAll => {
                self.marks = Marks::default();
                self.settings.clear();
                Vec::new()
            }
            Effect::AskPersist => vec![Msg::Persisted(Persisted::Yes)],
            Effect::Lock => {
                self.locked += 1;
                self.reload();
                Vec::new()
            }
            Effect::Recall(shape) => vec![self.recall(shape)],
            Effect::Remember(shape, mapping) => self.remember(shape, Some(mapping)),
            Effect::Forget(shape) => self.remember(shape, None),
            Effect::RestartStore | Effect::StopVerifier | Effect::Print => Vec::new(),
            Effect::Gather => vec![gathered()],
            Effect::ReadText(_) => vec![self.read_text()],
            Effect::Reload => {
                self.reload();
                Vec::new()
            }
            Effect::WaitForPause(_) => {
                self.pause_awaited = true;
                Vec::new()
            }
            Effect::GiveEntropy(purpose) => vec![self.give_entropy(purpose)],
            Effect::KeepSettings(text) => {
                self.settings = text;
                Vec::new()
            }
            Effect::SaveFile(name, _, bytes) => {
                self.files.push((name, bytes));
                Vec::new()
            }
        }
    }

    /// The file that was chosen, if the request comes with it.
    fn attached(&self, file: Option<FileKey>) -> Option<Box<dyn File>> {
        file.map(|_| -> Box<dyn File> { Box::new(self.chosen.clone()) })
    }

    fn ask_desk(&mut self, tag: Tag, request: desk::Request, file: Option<FileKey>) -> Vec<Msg> {
        self.asked = tag;
        let files = self.attached(file).into_iter().collect();
        let reply = self.desk.handle(request, files, &mut |_| ());
        vec![Msg::DeskAnswered(tag, reply)]
    }

    fn ask_clerk(&mut self, tag: Tag, request: clerk::Request, file: Option<FileKey>) -> Vec<Msg> {
        self.asked = tag;
        let (reply, bytes) = clerk::handle(request, self.attached(file));
        vec![Msg::ClerkAnswered(tag, reply, bytes)]
    }

    fn read_text(&self) -> Msg {
        let text = String::from_utf8(self.chosen.clone()).ok();
        Msg::Proof(proof::Msg::SumsRead(text))
    }

    fn ask_locksmith(
        &mut self,
        asker: Asker,
        tag: Tag,
        request: &locksmith::Request,
        file: Option<FileKey>,
    ) -> Msg {
        let file = file.map(|_| self.chosen.clone());
        let entropy = &mut self.entropy;
        let usual = matches!(request, locksmith::Request::MakeKeys(ways)
            if ways.passphrase == PASSPHRASE && ways.recovery);
        let mut work = || {
            locksmith::handle(request.clone(), file.as_deref(), &mut |bytes| {
                *entropy = entropy.wrapping_add(1);
                bytes.fill(*entropy);
            })
        };
        let (reply, bytes) = if usual {
            (USUAL.get_or_init(|| work().0).clone(), None)
        } else {
            work()
        };
        Msg::Locksmith(asker, tag, reply, bytes)
    }

    fn recall(&self, shape: String) -> Msg {
        let mapping = self.remembered.get(&shape).cloned();
        Msg::List(list::Msg::Recalled(shape, mapping))
    }

    fn remember(&mut self, shape: String, mapping: Option<Mapping>) -> Vec<Msg> {
        match mapping {
            Some(mapping) => self.remembered.insert(shape, mapping),
            None => self.remembered.remove(&shape),
        };
        Vec::new()
    }

    /// What the desk answers to a request that was kept back.
    pub(crate) fn answer(&mut self, request: desk::Request) -> desk::Reply {
        self.desk.handle(request, Vec::new(), &mut |_| ())
    }

    fn give_entropy(&mut self, purpose: Purpose) -> Msg {
        self.entropy += 1;
        Msg::GotEntropy(purpose, [self.entropy; ENTROPY])
    }

    /// The pause in typing that was waited for comes.
    pub(crate) fn pause(&mut self) {
        assert!(self.pause_awaited, "nobody waits for a pause");
        self.pause_awaited = false;
        self.say(Msg::Audit(audit::Msg::PausedTyping));
    }

    pub(crate) fn start_round(&mut self, title: &str, auditor: &str) {
        self.say(Msg::AddressChanged(Route::NewRound));
        self.say(Msg::Shelf(Shelf::EnteredTitle(title.into())));
        self.say(Msg::Shelf(Shelf::EnteredAuditor(auditor.into())));
        self.say(Msg::Shelf(Shelf::ClickedStart));
        if self.model.setup.what.is_some() {
            self.protect(PASSPHRASE);
        }
    }

    /// Protects the round with that passphrase and a recovery code; gives the code.
    pub(crate) fn protect(&mut self, passphrase: &str) -> String {
        self.say(Msg::Setup(setup::Msg::EnteredPassphrase(passphrase.into())));
        self.say(Msg::Setup(setup::Msg::ClickedProtect));
        let code = self.model.setup.code.as_ref().map(|code| code.code.clone());
        let code = code.expect("a recovery code was made");
        self.say(Msg::Setup(setup::Msg::EnteredCode(code.clone())));
        self.say(Msg::Setup(setup::Msg::ClickedHaveCode));
        code
    }

    /// Types what opens the round, and asks for it.
    pub(crate) fn unlock(&mut self, secret: &str) {
        self.say(Msg::Unlock(unlock::Msg::EnteredSecret(secret.into())));
        self.say(Msg::Unlock(unlock::Msg::ClickedUnlock));
    }

    /// Has a file at hand, to be chosen.
    pub(crate) fn choose(&mut self, bytes: &[u8]) {
        self.chosen = bytes.to_vec();
    }

    pub(crate) fn choose_file(&mut self, name: &str, bytes: &[u8]) {
        self.chosen = bytes.to_vec();
        let chosen = list::Msg::ChoseFile(sightline::app::FileKey(0), name.into());
        self.say(Msg::List(chosen));
    }

    /// Drops these files together on the page that checks certificates.
    pub(crate) fn give(&mut self, files: &[(&str, &[u8])]) {
        let mut chosen = Vec::new();
        for (name, bytes) in files {
            let key = FileKey(100 + u32::try_from(self.given.len()).expect("few files"));
            self.given.insert(key, bytes.to_vec());
            chosen.push((key, (*name).to_owned()));
        }
        self.say(Msg::Verify(verify::Msg::ChoseFiles(chosen)));
    }

    /// Has the certificate that was saved last checked against these lists, and finds that it holds.
    pub(crate) fn expect_certificate_holds(&mut self, lists: &[(&str, &[u8])]) {
        let (name, certificate) = self.files.last().expect("a certificate was saved").clone();
        let route = self.model.route.clone();
        self.say(Msg::AddressChanged(Route::Verify));
        self.say(Msg::Verify(verify::Msg::ClickedAnew));
        self.give(&[(&name, &certificate)]);
        self.give(lists);
        let found = self.model.verify.found.as_ref().expect("it was checked");
        assert!(found.matches && found.notes.is_empty(), "{found:#?}");
        assert!(found.checked.iter().all(|checked| checked.matches));
        self.say(Msg::AddressChanged(route));
    }

    /// A round with the made-up list, and a sample of that size.
    pub(crate) fn with_sample(size: usize) -> Self {
        let mut person = Self::new();
        person.say(Msg::Shelf(Shelf::ClickedTryMadeUp));
        assert!(matches!(
            person.open().list.desk,
            OnDesk::List { frame: Some(_), .. }
        ));
        person.say(Msg::List(list::Msg::ClickedUse));
        person.draw(size, "314159");
        assert_eq!(person.open().round.cases().len(), size);
        person
    }

    /// A round that is held with that form.
    pub(crate) fn with_form(form: &Form, size: usize) -> Self {
        let mut person = Self::with_sample(size);
        person.change_form(|it| it.clone_from(form));
        person
    }

    /// Writes the round's journal anew as if it had been opened with another form.
    pub(crate) fn change_form(&mut self, change: impl Fn(&mut Form)) {
        let mut written = Journal::default();
        for line in self.disk.values_mut().next().expect("a round") {
            let mut entry: Entry = serde_json::from_str(line).expect("an entry");
            if let Fact::RoundOpened { form, .. } = &mut entry.fact {
                change(form);
            }
            let entry = written.draft(&entry.author, entry.at, entry.fact);
            *line = written.keep(&entry).expect("a line");
        }
        self.reload();
    }

    pub(crate) fn draw(&mut self, size: usize, seed: &str) {
        self.plan(plan::Msg::EnteredSize(size.to_string()));
        self.draw_with(seed);
    }

    /// Draws as it is planned.
    pub(crate) fn draw_with(&mut self, seed: &str) {
        self.say(Msg::Sampling(sampling::Msg::ChoseOrigin(SeedOrigin::Given)));
        self.say(Msg::Sampling(sampling::Msg::EnteredSeed(seed.into())));
        self.say(Msg::Sampling(sampling::Msg::ClickedDraw));
    }

    /// Changes how the sample is to be drawn.
    pub(crate) fn plan(&mut self, msg: plan::Msg) {
        self.say(Msg::Sampling(sampling::Msg::Plan(msg)));
    }

    /// Answers every question of a case that must be answered.
    pub(crate) fn answer_all(&mut self, case: CaseNumber, grade: &str) {
        let form = self.open().round.form.clone();
        let grade = Choice::Grade(GradeId(grade.into()));
        // An answer can lead to questions that were not asked before.
        loop {
            let review = self.open().review(case);
            let missing = review.missing(&form);
            let Some(first) = missing.first() else {
                return;
            };
            let place = first.place.clone();
            let kind = form
                .question(&place.question)
                .expect("a question")
                .kind
                .clone();
            for edit in answer_to(&kind, &grade) {
                self.say(Msg::Audit(audit::Msg::Edited(case, place.clone(), edit)));
            }
            self.say(Msg::Audit(audit::Msg::LeftField));
            let now = self.open().review(case).missing(&form);
            assert_ne!(now.first(), missing.first(), "an answer changes nothing");
        }
    }

    /// Changes an answer.
    pub(crate) fn edit(&mut self, case: CaseNumber, id: &str, edit: Edit) {
        self.say(Msg::Audit(audit::Msg::Edited(case, place(id), edit)));
    }

    /// Types, and pauses.
    pub(crate) fn type_in(&mut self, msg: audit::Msg) {
        self.say(Msg::Audit(msg));
        self.pause();
    }

    pub(crate) fn export(&mut self, kind: ExportKind) -> Vec<u8> {
        self.say(Msg::Findings(sightline::app::findings::Msg::ClickedExport(
            kind,
        )));
        self.files.last().expect("a file was written").1.clone()
    }
}

/// What somebody does who answers a question of that kind.
fn answer_to(kind: &Kind, grade: &Choice) -> Vec<Edit> {
    let words = || "Seen on file".to_owned();
    match kind {
        Kind::Grade { .. } => vec![Edit::Grade(grade.clone()), Edit::Reason(words())],
        Kind::YesNo { .. } => vec![Edit::YesNo(YesNo::Yes)],
        Kind::OneOf { options } => vec![Edit::OneOf(options[0].id.clone())],
        Kind::SeveralOf { options } => vec![Edit::Ticked(options[0].id.clone(), true)],
        Kind::Text { .. } => vec![Edit::Text(words())],
        Kind::Number(kind) => vec![Edit::Number(kind.min.unwrap_or(1).to_string())],
        Kind::Date => vec![Edit::Date("2026-10-25".into())],
        Kind::Interval(limit) if limit.unit == Unit::Hours => vec![
            Edit::From("2026-10-24T09:00".into()),
            Edit::To("2026-10-25T09:00".into()),
        ],
        Kind::Interval(_) => vec![
            Edit::From("2026-10-24".into()),
            Edit::To("2026-10-25".into()),
        ],
        Kind::Actions => vec![
            Edit::Added,
            Edit::Action(0, audit::ActionPart::What, words()),
        ],
        Kind::Evidence => vec![
            Edit::Added,
            Edit::Evidence(0, audit::EvidencePart::What, words()),
            Edit::Evidence(0, audit::EvidencePart::Source, words()),
        ],
    }
}

/// A question of a section that does not repeat.
pub(crate) fn place(id: &str) -> Place {
    Place::of(&QuestionId(id.into()))
}

/// What the page shows.
pub(crate) fn at(person: &Person) -> Route {
    person.model.route.clone()
}

/// What a page sees that was just opened without a host.
fn gathered() -> Msg {
    Msg::Proof(proof::Msg::Gathered(proof::Seen::default(), Vec::new()))
}
