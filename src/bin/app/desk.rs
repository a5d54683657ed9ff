//! The desk and the clerks as the page sees them: started, asked, ended.
//!
//! A file that a desk cannot read without a transcript goes by way of a clerk: the desk says which one it
//! is, a clerk writes down its cells, and the desk is asked the same again with them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::Array;
use sightline::app::Tag;
use sightline::{clerk, desk};
use wasm_bindgen::prelude::*;
use web_sys::File;
use yew::Callback;

use crate::worker::{Heard, Line};

/// What a desk tells the page.
pub(crate) enum Told {
    /// It has started and listens.
    Ready,
    /// What it answers to the request of that tag.
    Answered(Tag, desk::Reply),
    /// It failed, or could not be asked, while at the request of that tag.
    Failed(Tag),
}

/// A desk at work in a worker of its own, which ends with it.
#[derive(Clone)]
pub(crate) struct Desk {
    line: Rc<RefCell<Option<Line>>>,
    /// The newest request.
    asked: Rc<Cell<Tag>>,
    /// The last request that came with files.
    with_files: Rc<RefCell<Option<WithFiles>>>,
    clerks: Clerks,
    told: Callback<Told>,
}

struct WithFiles {
    tag: Tag,
    request: desk::Request,
    /// Each a file; or a file and its transcript, as an array of two.
    files: Array,
}

impl Desk {
    /// Starts a desk.
    pub(crate) fn start(clerks: &Clerks, told: Callback<Told>) -> Self {
        let desk = Self {
            line: Rc::default(),
            asked: Rc::default(),
            with_files: Rc::default(),
            clerks: clerks.clone(),
            told,
        };
        let at = desk.clone();
        let heard = Callback::from(move |heard| match heard {
            Heard::Ready => at.told.emit(Told::Ready),
            Heard::Reply(number, desk::Reply::Transcribe(place), _) => {
                at.transcribe(Tag(number), place);
            }
            Heard::Reply(number, reply, _) => {
                at.told.emit(Told::Answered(Tag(number), reply));
            }
            Heard::Failed => at.told.emit(Told::Failed(at.asked.get())),
        });
        desk.line.replace(Line::open("list", &heard));
        desk
    }

    /// Asks the desk, with files or without.
    pub(crate) fn ask(&self, tag: Tag, request: &desk::Request, files: Vec<File>) {
        self.asked.set(tag);
        let files: Array = files.into_iter().collect();
        let attached = JsValue::from(&files);
        if files.length() > 0 {
            self.with_files.replace(Some(WithFiles {
                tag,
                request: request.clone(),
                files,
            }));
        }
        self.send(tag, request, &attached);
    }

    fn send(&self, tag: Tag, request: &desk::Request, attached: &JsValue) {
        let line = self.line.borrow();
        let line = line.as_ref();
        if !line.is_some_and(|line| line.send(tag.0, request, attached)) {
            self.told.emit(Told::Failed(tag));
        }
    }

    /// Has a clerk write down the cells of the file at that place, and asks the same again.
    fn transcribe(&self, tag: Tag, place: usize) {
        let Ok(place) = u32::try_from(place) else {
            return;
        };
        let Some(file) = self.files_of(tag).map(|files| files.get(place)) else {
            return;
        };
        let (desk, chosen) = (self.clone(), file.clone());
        let heard = Callback::from(move |said: Option<(clerk::Reply, JsValue)>| {
            // The desk may have ended meanwhile, or been asked for something else.
            let Some(files) = desk.files_of(tag) else {
                return;
            };
            match said {
                Some((clerk::Reply::Transcribed, cells)) => {
                    files.set(place, Array::of2(&chosen, &cells).into());
                    desk.ask_again();
                }
                Some((clerk::Reply::Refused(why), _)) => {
                    let refused = desk::Reply::Refused(why);
                    desk.told.emit(Told::Answered(tag, refused));
                }
                Some(_) | None => desk.told.emit(Told::Failed(tag)),
            }
        });
        self.clerks.ask(&clerk::Request::Transcribe, &file, &heard);
    }

    /// The files of the request of that tag, if none with files was made since.
    fn files_of(&self, tag: Tag) -> Option<Array> {
        let asked = self.with_files.borrow();
        let asked = asked.as_ref().filter(|asked| asked.tag == tag)?;
        Some(asked.files.clone())
    }

    fn ask_again(&self) {
        let asked = self.with_files.borrow();
        if let Some(asked) = asked.as_ref() {
            self.send(asked.tag, &asked.request, &asked.files);
        }
    }

    /// Ends the desk, whatever it is at. (Its worker holds it by what it tells, so it does not end by itself.)
    pub(crate) fn end(&self) {
        self.with_files.replace(None);
        // Not at once: this may be called by the worker's own message.
        let line = self.line.take();
        Timeout::new(0, move || drop(line)).forget();
    }
}

/// The clerks at work, each at one request and in a worker of its own, which ends after the answer.
#[derive(Clone, Default)]
pub(crate) struct Clerks {
    at_work: Rc<RefCell<BTreeMap<u32, Line>>>,
    /// How many have been sent for.
    sent_for: Rc<Cell<u32>>,
}

impl Clerks {
    /// Sends for a clerk. `told` hears the answer and what is attached to it, or nothing if the clerk failed.
    pub(crate) fn ask(
        &self,
        request: &clerk::Request,
        attached: &JsValue,
        told: &Callback<Option<(clerk::Reply, JsValue)>>,
    ) {
        let number = self.sent_for.get();
        self.sent_for.set(number.wrapping_add(1));
        let (to, at_work) = (told.clone(), self.at_work.clone());
        let heard = Callback::from(move |heard| {
            let said = match heard {
                Heard::Ready => return,
                Heard::Reply(_, reply, attached) => Some((reply, attached)),
                Heard::Failed => None,
            };
            // Not at once: this is being called by the clerk's own worker.
            let at_work = at_work.clone();
            Timeout::new(0, move || drop(at_work.borrow_mut().remove(&number))).forget();
            to.emit(said);
        });
        let line = Line::open("clerk", &heard);
        let line = line.filter(|line| line.send(number, request, attached));
        match line {
            Some(line) => drop(self.at_work.borrow_mut().insert(number, line)),
            None => told.emit(None),
        }
    }

    /// Ends them all.
    pub(crate) fn end(&self) {
        self.at_work.borrow_mut().clear();
    }
}
