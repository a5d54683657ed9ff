//! The world outside the model: performs effects, and turns what happens into messages.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::Uint8Array;
use sightline::app::{Asker, ENTROPY, Effect, FileKey, Msg, Purpose, Tag};
use sightline::app::{settings, verify};
use sightline::{clerk, desk, locksmith, store};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Event, File};
use yew::Callback;

use crate::desk::{Clerks, Desk, Told};
use crate::signs::Signs;
use crate::worker::{Heard, Line};
use crate::{address, download, marks, memory, persist, proof};

/// Milliseconds since 1970 (UTC), by this computer's clock.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "a clock's milliseconds are whole and far below 2^53"
)]
pub(crate) fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// The files that the person chose, by key: the model knows only the keys.
#[derive(Clone, Default)]
pub(crate) struct Files(Rc<RefCell<Held>>);

#[derive(Default)]
struct Held {
    files: BTreeMap<FileKey, File>,
    /// The one that was chosen alone.
    alone: Option<FileKey>,
    next: u32,
}

impl Files {
    /// Holds a file for the desk, in place of the one chosen so before.
    pub(crate) fn hold(&self, file: File) -> FileKey {
        let key = self.hold_beside(file);
        let mut held = self.0.borrow_mut();
        if let Some(before) = held.alone.replace(key) {
            held.files.remove(&before);
        }
        key
    }

    /// Holds a file beside all others. What is held of a file is its place on disk, not its bytes.
    pub(crate) fn hold_beside(&self, file: File) -> FileKey {
        let mut held = self.0.borrow_mut();
        let key = FileKey(held.next);
        held.next += 1;
        held.files.insert(key, file);
        key
    }

    fn get(&self, key: FileKey) -> Option<File> {
        self.0.borrow().files.get(&key).cloned()
    }
}

/// The store worker. It asks the page for what it cannot reach itself.
type StoreLine = Rc<RefCell<Option<Line>>>;

/// A worker that works at one request, named so, and is thrown away after it.
type Room<T> = Rc<RefCell<Option<(T, Line)>>>;

/// The store worker as the first page starts it; all other workers come with the rest of the program.
#[derive(Clone)]
pub(crate) struct First {
    store: StoreLine,
    /// The workers that have not yet said that they listen, at the start.
    starting: Rc<Cell<u32>>,
}

impl First {
    /// Starts the store worker, and asks for the rounds that it keeps.
    pub(crate) fn new(to: &Callback<Msg>) -> Self {
        let starting = Rc::new(Cell::new(2));
        let store = open_store(to, &starting);
        if !send(&store, &store::Request::List) {
            to.emit(Msg::StoreStopped);
        }
        Self { store, starting }
    }
}

/// What performs the effects.
pub(crate) struct World {
    to: Callback<Msg>,
    files: Files,
    desk: Desk,
    clerks: Clerks,
    store: StoreLine,
    /// Works at one request, and is thrown away after it.
    locksmith: Room<(Asker, Tag)>,
    /// A desk that checks a certificate, and ends after it.
    verifier: Option<Desk>,
    /// The workers that have not yet said that they listen, at the start.
    starting: Rc<Cell<u32>>,
    /// Where the focus goes once the page is drawn.
    focus: Option<String>,
    pause: Option<Timeout>,
    /// Whether words would be lost if the page were closed now.
    unsaved: Rc<Cell<bool>>,
    _listeners: Vec<Listener>,
    _signs: Signs,
}

impl World {
    /// Starts the list worker and listens to the browser.
    pub(crate) fn new(to: Callback<Msg>, first: First) -> Self {
        let address = to.reform(|()| Msg::AddressChanged(address::current()));
        let hidden = to.reform(|()| Msg::PageHidden);
        let unsaved = Rc::new(Cell::new(false));
        let listeners = [
            Listener::on_window("newer", {
                let to = to.clone();
                move |_| {
                    if let Some(newer) = proof::newer() {
                        to.emit(Msg::NewerFound(newer));
                    }
                }
            }),
            Listener::on_window("hashchange", move |_| address.emit(())),
            Listener::on_window("pagehide", {
                let hidden = hidden.clone();
                move |_| hidden.emit(())
            }),
            Listener::on_window("blur", move |_| hidden.emit(())),
            Listener::on_window("beforeunload", {
                let unsaved = unsaved.clone();
                // The browser then asks whether to leave, in words of its own.
                move |event| {
                    if unsaved.get() {
                        event.prevent_default();
                    }
                }
            }),
        ];
        let signs = Signs::watch(&to.reform(Msg::Locking));
        persist::tell(&to);
        if let Some(text) = memory::settings() {
            to.emit(Msg::Settings(settings::Msg::Recalled(text)));
        }
        let clerks = Clerks::default();
        let First { store, starting } = first;
        Self {
            desk: start_desk(&to, &clerks, &starting),
            clerks,
            store,
            locksmith: Rc::default(),
            verifier: None,
            to,
            starting,
            files: Files::default(),
            focus: None,
            pause: None,
            unsaved,
            _listeners: listeners.into_iter().flatten().collect(),
            _signs: signs,
        }
    }

    /// The files that the person chose.
    pub(crate) fn files(&self) -> Files {
        self.files.clone()
    }

    /// Whether the browser shall ask before the page is closed.
    pub(crate) fn set_unsaved(&self, unsaved: bool) {
        self.unsaved.set(unsaved);
    }

    /// Moves the focus where the last effects wanted it, now that the page is drawn.
    pub(crate) fn move_focus(&mut self) {
        if let Some(id) = self.focus.take() {
            address::focus(&id);
        }
    }

    /// Performs effects, in order.
    pub(crate) fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.perform_one(effect);
        }
    }

    fn perform_one(&mut self, effect: Effect) {
        match effect {
            Effect::Navigate(route) => address::go(&route),
            Effect::Focus(id) => self.focus = Some(id),
            Effect::AskDesk(tag, request, file) => self.ask_desk(tag, &request, file),
            Effect::AskClerk(tag, request, file) => self.ask_clerk(tag, &request, file),
            Effect::AskLocksmith(asker, tag, request, file) => {
                self.ask_locksmith((asker, tag), &request, file);
            }
            Effect::AskPersist => persist::ask(&self.to),
            Effect::Lock => self.lock(),
            Effect::ForgetAll => {
                marks::forget_all();
                memory::forget_settings();
            }
            Effect::AskVerifier(tag, request, files) => self.ask_verifier(tag, &request, &files),
            Effect::StopVerifier => self.stop_verifier(),
            Effect::Print => download::print(),
            Effect::ReplaceDesk => self.replace_desk(),
            Effect::AskStore(request) => self.ask_store(&request),
            Effect::Mark(mark) => marks::mark(mark),
            Effect::Unmark(round) => marks::unmark(&round),
            Effect::Recall(shape) => self.ask_store(&store::Request::Recall { shape }),
            Effect::Remember(shape, mapping) => {
                // A mapping is names of columns, which JSON can hold.
                if let Ok(mapping) = serde_json::to_string(&mapping) {
                    self.ask_store(&store::Request::Remember { shape, mapping });
                }
            }
            Effect::Forget(shape) => self.ask_store(&store::Request::Forget { shape }),
            Effect::RestartStore => {
                self.store.replace(None);
                self.store = open_store(&self.to, &self.starting);
            }
            Effect::WaitForPause(milliseconds) => {
                let to = self.to.clone();
                let paused = Msg::Audit(sightline::app::audit::Msg::PausedTyping);
                self.pause = Some(Timeout::new(milliseconds, move || to.emit(paused)));
            }
            Effect::GiveEntropy(purpose) => self.give_entropy(purpose),
            Effect::Gather => proof::gather(&self.to),
            Effect::ReadText(file) => proof::read_text(self.files.get(file), &self.to),
            Effect::Reload => address::reload(),
            Effect::KeepSettings(text) => memory::keep_settings(&text),
            Effect::SaveFile(name, media_type, bytes) => {
                // A browser that refuses a download says so itself.
                let _ = download::save(&name, media_type, &bytes);
            }
        }
    }

    fn ask_desk(&self, tag: Tag, request: &desk::Request, file: Option<FileKey>) {
        let file = file.and_then(|key| self.files.get(key));
        self.desk.ask(tag, request, file.into_iter().collect());
    }

    fn replace_desk(&mut self) {
        self.desk.end();
        self.desk = start_desk(&self.to, &self.clerks, &self.starting);
    }

    fn ask_clerk(&self, tag: Tag, request: &clerk::Request, file: Option<FileKey>) {
        let file = file.and_then(|key| self.files.get(key));
        let attached = file.map_or(JsValue::UNDEFINED, JsValue::from);
        let told = self.to.reform(move |said| match said {
            Some((reply, attached)) => Msg::ClerkAnswered(tag, reply, bytes_of(attached)),
            None => Msg::ClerkFailed(tag),
        });
        self.clerks.ask(request, &attached, &told);
    }

    /// Starts a locksmith, asks it, and ends it once it has answered.
    fn ask_locksmith(
        &self,
        (asker, tag): (Asker, Tag),
        request: &locksmith::Request,
        file: Option<FileKey>,
    ) {
        let file = file.and_then(|key| self.files.get(key));
        let attached = file.map_or(JsValue::UNDEFINED, JsValue::from);
        let (to, room) = (self.to.clone(), self.locksmith.clone());
        let heard = Callback::from(move |heard| {
            let msg = match heard {
                Heard::Ready => return,
                Heard::Reply(number, reply, attached) => {
                    Msg::Locksmith(asker, Tag(number), reply, bytes_of(attached))
                }
                Heard::Failed => Msg::LocksmithFailed(asker, tag),
            };
            to.emit(msg);
            leave(&room, (asker, tag));
        });
        let locksmith = Line::open("lock", &heard);
        let sent = locksmith
            .as_ref()
            .is_some_and(|locksmith| locksmith.send(tag.0, request, &attached));
        self.locksmith
            .replace(locksmith.map(|locksmith| ((asker, tag), locksmith)));
        if !sent {
            self.to.emit(Msg::LocksmithFailed(asker, tag));
        }
    }

    /// Starts a desk of its own, has it check these files, and ends it once it has answered.
    fn ask_verifier(&mut self, tag: Tag, request: &desk::Request, files: &[FileKey]) {
        self.stop_verifier();
        let files = files.iter().filter_map(|key| self.files.get(*key));
        let verifier: Rc<RefCell<Option<Desk>>> = Rc::default();
        let (to, at) = (self.to.clone(), verifier.clone());
        let told = Callback::from(move |told| {
            let (msg, is_last) = match told {
                Told::Ready => return,
                Told::Answered(tag, reply) => {
                    let is_last = !matches!(reply, desk::Reply::Progress(_));
                    (verify::Msg::Answered(tag, reply), is_last)
                }
                Told::Failed(tag) => (verify::Msg::Failed(tag), true),
            };
            to.emit(Msg::Verify(msg));
            if is_last && let Some(verifier) = at.take() {
                verifier.end();
            }
        });
        let desk = Desk::start(&self.clerks, told);
        verifier.replace(Some(desk.clone()));
        desk.ask(tag, request, files.collect());
        self.verifier = Some(desk);
    }

    fn stop_verifier(&mut self) {
        if let Some(verifier) = self.verifier.take() {
            verifier.end();
        }
    }

    /// Ends all workers and loads the page anew: neither a key nor a word of a round stays in memory.
    fn lock(&mut self) {
        self.desk.end();
        self.stop_verifier();
        self.clerks.end();
        self.store.replace(None);
        self.locksmith.replace(None);
        self.unsaved.set(false);
        address::reload();
    }

    fn ask_store(&self, request: &store::Request) {
        if !send(&self.store, request) {
            self.to.emit(Msg::StoreStopped);
        }
    }

    fn give_entropy(&self, purpose: Purpose) {
        let mut bytes = [0; ENTROPY];
        // Every browser with WebAssembly has random bytes; without them nothing is opened.
        if getrandom::fill(&mut bytes).is_ok() {
            self.to.emit(Msg::GotEntropy(purpose, bytes));
        }
    }
}

/// Ends the worker that was started for that request. Not at once: this is being called by it.
fn leave<T: PartialEq + 'static>(room: &Room<T>, tag: T) {
    let room = room.clone();
    Timeout::new(0, move || {
        room.borrow_mut().take_if(|(at, _)| *at == tag);
    })
    .forget();
}

/// The bytes that came with a message, if any did.
fn bytes_of(attached: JsValue) -> Option<Vec<u8>> {
    let bytes = attached.dyn_into::<Uint8Array>().ok()?;
    Some(bytes.to_vec())
}

fn start_desk(to: &Callback<Msg>, clerks: &Clerks, starting: &Rc<Cell<u32>>) -> Desk {
    let (to, starting) = (to.clone(), starting.clone());
    let told = Callback::from(move |told| match told {
        Told::Ready => one_started(&starting),
        Told::Answered(tag, reply) => to.emit(Msg::DeskAnswered(tag, reply)),
        Told::Failed(tag) => to.emit(Msg::DeskFailed(tag)),
    });
    Desk::start(clerks, told)
}

fn open_store(to: &Callback<Msg>, starting: &Rc<Cell<u32>>) -> StoreLine {
    let (to, starting) = (to.clone(), starting.clone());
    let line = StoreLine::default();
    let answers = line.clone();
    let heard = Callback::from(move |heard| match heard {
        Heard::Ready => one_started(&starting),
        Heard::Reply(_, store::Reply::Mirror { number, call }, _) => {
            let answer = marks::mirror(call);
            // A worker that has ended waits for no answer.
            send(&answers, &store::Request::Mirrored { number, answer });
        }
        Heard::Reply(_, reply, _) => to.emit(Msg::StoreSaid(reply)),
        Heard::Failed => to.emit(Msg::StoreStopped),
    });
    line.replace(Line::open("store", &heard));
    line
}

fn send(store: &StoreLine, request: &store::Request) -> bool {
    let store = store.borrow();
    let store = store.as_ref();
    store.is_some_and(|store| store.send(0, request, &JsValue::UNDEFINED))
}

/// One worker more listens. Once both do, the page says so.
fn one_started(starting: &Rc<Cell<u32>>) {
    starting.set(starting.get().saturating_sub(1));
    if starting.get() == 0 {
        address::mark("ready", "true");
    }
}

/// A listener on the window, taken off when it is dropped.
pub(crate) struct Listener {
    event: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    pub(crate) fn on_window(
        event: &'static str,
        heard: impl FnMut(Event) + 'static,
    ) -> Option<Self> {
        let closure = Closure::<dyn FnMut(Event)>::new(heard);
        let window = web_sys::window()?;
        window
            .add_event_listener_with_callback(event, closure.as_ref().unchecked_ref())
            .ok()?;
        Some(Self { event, closure })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            // If the window is gone, so is the listener.
            let _ = window.remove_event_listener_with_callback(
                self.event,
                self.closure.as_ref().unchecked_ref(),
            );
        }
    }
}
