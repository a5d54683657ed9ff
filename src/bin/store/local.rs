//! localStorage as a place, by way of the page: what no worker can reach itself.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Function, Promise};
use sightline::store::mirror::{Answer, Call, from_text, to_text};
use sightline::store::place::{Fault, Place};
use sightline::store::segment::Segment;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// What the page was asked and has not answered.
#[derive(Clone, Default)]
pub(crate) struct Waiting(Rc<RefCell<BTreeMap<u32, Function>>>, Rc<Cell<u32>>);

/// What the page answered, by number.
type Answers = Rc<RefCell<BTreeMap<u32, Result<Answer, String>>>>;

/// The page, which does what it is asked.
#[derive(Clone)]
pub(crate) struct Page {
    waiting: Waiting,
    answers: Answers,
    ask: Rc<dyn Fn(u32, Call)>,
}

impl Page {
    /// A page that is asked in this way.
    pub(crate) fn new(ask: impl Fn(u32, Call) + 'static) -> Self {
        Self {
            waiting: Waiting::default(),
            answers: Answers::default(),
            ask: Rc::new(ask),
        }
    }

    /// The page answered.
    pub(crate) fn answered(&self, number: u32, answer: Result<Answer, String>) {
        self.answers.borrow_mut().insert(number, answer);
        let waiting = self.waiting.0.borrow_mut().remove(&number);
        if let Some(go_on) = waiting {
            // It is ours, and throws nothing.
            let _ = go_on.call0(&JsValue::UNDEFINED);
        }
    }

    async fn asks(&self, call: Call) -> Result<Answer, Fault> {
        let number = self.waiting.1.get().wrapping_add(1);
        self.waiting.1.set(number);
        let answered = Promise::new(&mut |resolve, _| {
            self.waiting.0.borrow_mut().insert(number, resolve);
        });
        (self.ask)(number, call);
        // It is never refused.
        let _ = JsFuture::from(answered).await;
        let answer = self.answers.borrow_mut().remove(&number);
        answer
            .unwrap_or(Err(String::new()))
            .map_err(|name| match name.as_str() {
                "QuotaExceededError" => Fault::Full,
                "ConstraintError" => Fault::Taken,
                "NotFoundError" => Fault::Gone,
                _ => Fault::Unknown(name),
            })
    }
}

/// The place.
pub(crate) struct Local {
    /// What the names of its segments begin with.
    space: &'static str,
    page: Page,
}

impl Local {
    /// The place, if the browser lets the page read it.
    pub(crate) async fn open(space: &'static str, page: &Page) -> Result<Self, Fault> {
        let place = Self {
            space,
            page: page.clone(),
        };
        place.list().await?;
        Ok(place)
    }

    fn name_of(&self, segment: &Segment) -> String {
        format!("{}/{segment}", self.space)
    }
}

impl Place for Local {
    fn name(&self) -> &'static str {
        "localStorage"
    }

    async fn list(&self) -> Result<Vec<Segment>, Fault> {
        let Answer::Names(names) = self.page.asks(Call::List).await? else {
            return Ok(Vec::new());
        };
        let segments = names.iter().filter_map(|name| {
            let name = name.strip_prefix(self.space)?.strip_prefix('/')?;
            Segment::parse(name)
        });
        Ok(segments.collect())
    }

    async fn newest(&self, round: &str) -> Result<Option<u64>, Fault> {
        let segments = self.list().await?;
        let of_round = segments.iter().filter(|segment| segment.round == round);
        Ok(of_round.map(|segment| segment.epoch).max())
    }

    async fn read(&self, segment: &Segment) -> Result<Vec<u8>, Fault> {
        match self.page.asks(Call::Read(self.name_of(segment))).await? {
            Answer::Bytes(text) => Ok(from_text(&text)),
            Answer::Done | Answer::Names(_) => Ok(Vec::new()),
        }
    }

    async fn claim(&self, segment: &Segment, bytes: &[u8]) -> Result<(), Fault> {
        let call = Call::Claim(self.name_of(segment), to_text(bytes));
        self.page.asks(call).await.map(drop)
    }

    async fn write(&self, segment: &Segment, offset: usize, bytes: &[u8]) -> Result<(), Fault> {
        let call = Call::Write(self.name_of(segment), offset, to_text(bytes));
        self.page.asks(call).await.map(drop)
    }

    async fn remove(&self, segment: &Segment) -> Result<(), Fault> {
        let call = Call::Remove(self.name_of(segment));
        self.page.asks(call).await.map(drop)
    }

    async fn reopen(&self) -> Result<(), Fault> {
        Ok(())
    }
}
