//! The store worker: owns all that is durable.
//!
//! A few lines around [`Keeper`]: places that a browser has, who may write, and one job at a time. What
//! the page asks and what other pages say waits in one line.

mod any;
mod idb;
mod js;
mod local;
mod lock;
mod opfs;
mod shelf;
#[path = "../wire.rs"]
mod wire;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use lock::{Channel, Held, Word};
use shelf::{Shelf, sentences};
use sightline::seal::data_key::DataKey;
use sightline::seal::keyring::Slot;
use sightline::store::keeper::{About, Kept, Opened};
use sightline::store::message::{Access, Reply, Request};
use sightline::store::place::Fault;
use sightline::store::remembered::Remembered;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Something to be done.
enum Job {
    /// The page asks.
    Asked(u32, Request),
    /// Another page said something.
    Heard(Word),
    /// Another page has taken the lock of this round.
    Lost(String),
}

/// What waits to be done.
type Jobs = Rc<RefCell<VecDeque<Job>>>;

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let jobs = Jobs::default();
    let to = scope.clone();
    let page = local::Page::new(move |number, call| post(&to, 0, &Reply::Mirror { number, call }));
    let worker: Rc<RefCell<Option<Worker>>> = Rc::default();
    let busy = Rc::new(RefCell::new(false));
    let come: Rc<dyn Fn(Job)> = {
        let (jobs, worker) = (jobs.clone(), worker.clone());
        Rc::new(move |job| {
            jobs.borrow_mut().push_back(job);
            if busy.replace(true) {
                return;
            }
            let (jobs, worker, busy) = (jobs.clone(), worker.clone(), busy.clone());
            spawn_local(async move {
                // It is put back after each job, and taken by nobody else.
                while let Some((job, mut at_work)) = next(&jobs, &worker) {
                    at_work.work(job).await;
                    worker.replace(Some(at_work));
                }
                busy.replace(false);
            });
        })
    };
    let heard = come.clone();
    let channel = Channel::open(move |word| heard(Job::Heard(word)));
    worker.replace(Some(Worker {
        to: scope.clone(),
        shelf: Shelf::new(page.clone()),
        channel,
        come: come.clone(),
        open: None,
        held: None,
    }));
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        match wire::unpack::<Request>(event.data()) {
            // Not in line: the job that is being done waits for it.
            Some((_, Request::Mirrored { number, answer }, _)) => page.answered(number, answer),
            Some((number, request, _)) => come(Job::Asked(number, request)),
            None => {}
        }
    });
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    // The page is the only listener; if it is gone there is nobody to tell.
    let _ = scope.post_message(&wire::READY.into());
}

fn next(jobs: &Jobs, worker: &Rc<RefCell<Option<Worker>>>) -> Option<(Job, Worker)> {
    let job = jobs.borrow_mut().pop_front()?;
    Some((job, worker.take()?))
}

fn post(to: &DedicatedWorkerGlobalScope, number: u32, reply: &Reply) {
    if let Some(message) = wire::pack(number, reply, &JsValue::UNDEFINED) {
        // The page is the only listener; if it is gone there is nobody to tell.
        let _ = to.post_message(&message);
    }
}

/// What does the jobs.
struct Worker {
    to: DedicatedWorkerGlobalScope,
    shelf: Shelf,
    channel: Channel,
    come: Rc<dyn Fn(Job)>,
    /// The round that is open, and whether it is a trial.
    open: Option<(String, bool)>,
    held: Option<Held>,
}

impl Worker {
    async fn work(&mut self, job: Job) {
        match job {
            Job::Asked(number, request) => {
                let reply = match self.shelf.open().await {
                    Ok(()) => self.answer(request).await,
                    Err(why) => Some(Reply::Unavailable(why)),
                };
                if let Some(reply) = reply {
                    post(&self.to, number, &reply);
                }
            }
            Job::Heard(word) => self.hear(word).await,
            Job::Lost(round) => self.overtaken(round),
        }
    }

    async fn answer(&mut self, request: Request) -> Option<Reply> {
        Some(match request {
            Request::List => self.shelf.list().await,
            Request::Begin {
                round,
                made_up,
                opened_at,
                slots,
                key,
                lines,
            } => {
                let about = about(round, made_up, opened_at, slots);
                self.begin(about, key, &lines).await
            }
            Request::Open { round, key, access } => {
                let opened = self.open(round, key, access).await;
                opened.unwrap_or_else(Reply::Refused)
            }
            Request::Append { round, from, lines } => self.append(round, from, &lines).await,
            Request::Close => {
                self.close();
                return None;
            }
            Request::SealAnew { round, slots, key } => {
                let sealed = self.seal_anew(round, slots, key).await;
                sealed.unwrap_or_else(Reply::Refused)
            }
            Request::SealPlain {
                round,
                made_up,
                opened_at,
                slots,
                key,
            } => {
                let about = about(round, made_up, opened_at, slots);
                let sealed = self.seal_plain(about, key).await;
                sealed.unwrap_or_else(Reply::Refused)
            }
            Request::Remove { round } => self.remove(round).await,
            Request::RemoveAll => self.remove_all().await,
            Request::Recall { shape } => self.shelf.recall(shape).await,
            Request::Remember { shape, mapping } => {
                self.shelf
                    .change(shape, |all, shape| all.remember(shape, &mapping))
                    .await
            }
            Request::Forget { shape } => self.shelf.change(shape, Remembered::forget).await,
            Request::ListForms => self.shelf.forms().await,
            Request::KeepForm { name, form } => self.shelf.keep_form(name, Some(&form)).await,
            Request::RemoveForm { name } => self.shelf.keep_form(name, None).await,
            Request::Mirrored { .. } => return None,
        })
    }

    async fn begin(&mut self, about: About, key: DataKey, lines: &[String]) -> Reply {
        self.close();
        let (round, made_up) = (about.round.clone(), about.made_up);
        self.held = self.acquire(&round, true).await;
        let begun = self.shelf.keeper(made_up).begin(about, key, lines).await;
        self.open = Some((round.clone(), made_up));
        self.kept(round, begun)
    }

    async fn open(
        &mut self,
        round: String,
        key: Option<DataKey>,
        access: Access,
    ) -> Result<Reply, String> {
        self.close();
        let failed = |fault: Fault| sentence("The round could not be opened", &fault);
        let (made_up, open_key) = self.shelf.find(&round).await.map_err(failed)?;
        let key = key.or(open_key).ok_or("This round is locked.")?;
        self.held = match access {
            Access::Write => self.acquire(&round, false).await,
            Access::TakeOver => self.acquire(&round, true).await,
            Access::Along => None,
        };
        let writes = self.held.is_some();
        let keeper = self.shelf.keeper(made_up);
        let opened = if writes {
            keeper.open(&round, key).await
        } else {
            keeper.read_along(&round, key).await
        };
        if opened.is_err() {
            self.held = None;
        }
        let opened = opened.map_err(failed)?;
        self.open = Some((round.clone(), made_up));
        if writes {
            self.channel.say(&Word::TookOver(round.clone()));
        }
        Ok(told(round, opened, writes))
    }

    async fn append(&mut self, round: String, from: usize, lines: &[String]) -> Reply {
        let Some((_, made_up)) = self.open.clone().filter(|(open, _)| *open == round) else {
            return Reply::NotStored {
                round,
                lines: 0,
                once: 0,
                why: "The round is not open in this window.".to_owned(),
            };
        };
        let kept = self.shelf.keeper(made_up).append(from, lines).await;
        self.kept(round, kept)
    }

    /// What became of lines that were to be kept.
    fn kept(&mut self, round: String, kept: Result<Kept, Fault>) -> Reply {
        let kept = match kept {
            Ok(kept) => kept,
            Err(fault) => {
                return Reply::NotStored {
                    round,
                    lines: 0,
                    once: 0,
                    why: sentence("Your latest work could not be kept", &fault),
                };
            }
        };
        self.channel.say(&Word::Wrote(round.clone()));
        if kept.overtaken {
            (self.come)(Job::Lost(round.clone()));
        }
        if kept.faults.is_empty() {
            return Reply::Stored {
                round,
                lines: kept.both,
                head: kept.head,
            };
        }
        Reply::NotStored {
            round,
            lines: kept.both,
            once: kept.once,
            why: sentences(&kept.faults).join(" "),
        }
    }

    async fn seal_anew(
        &mut self,
        round: String,
        slots: Vec<Slot>,
        key: DataKey,
    ) -> Result<Reply, String> {
        let failed = |fault: Fault| sentence("Nothing was changed", &fault);
        let open = self.open.clone().filter(|(open, _)| *open == round);
        let (_, made_up) = open.ok_or("The round is not open in this window.")?;
        let keeper = self.shelf.keeper(made_up);
        keeper.seal_anew(slots, key.clone()).await.map_err(failed)?;
        self.open(round, Some(key), Access::TakeOver).await
    }

    async fn seal_plain(&mut self, about: About, key: DataKey) -> Result<Reply, String> {
        let failed = |fault: Fault| sentence("The round stays as it was", &fault);
        self.close();
        let round = about.round.clone();
        self.shelf
            .seal_plain(about, key.clone())
            .await
            .map_err(failed)?;
        self.open(round, Some(key), Access::Write).await
    }

    async fn remove(&mut self, round: String) -> Reply {
        self.close_if(&round);
        match self.shelf.remove(&round).await {
            Ok(()) => Reply::Removed { round },
            Err(fault) => Reply::Refused(sentence("The round is not wholly removed", &fault)),
        }
    }

    async fn remove_all(&mut self) -> Reply {
        self.close();
        match self.shelf.remove_all().await {
            Ok(()) => Reply::RemovedAll,
            Err(fault) => Reply::Refused(sentence("Not everything is removed", &fault)),
        }
    }

    async fn acquire(&self, round: &str, take: bool) -> Option<Held> {
        let (come, lost) = (self.come.clone(), round.to_owned());
        let lost = Rc::new(move || come(Job::Lost(lost.clone())));
        lock::acquire(round, take, &self.channel, lost).await
    }

    async fn hear(&mut self, word: Word) {
        let Some((open, made_up)) = self.open.clone() else {
            return;
        };
        let writes = self.held.is_some();
        match word {
            Word::WhoWrites(round) if round == open && writes => {
                self.channel.say(&Word::IWrite(round));
            }
            Word::TookOver(round) if round == open && writes => self.overtaken(round),
            Word::Wrote(round) | Word::TookOver(round) if round == open && !writes => {
                if let Some(opened) = self.shelf.keeper(made_up).refresh().await {
                    let reply = Reply::Grew {
                        round,
                        lines: opened.lines,
                        adrift: opened.adrift,
                    };
                    post(&self.to, 0, &reply);
                }
            }
            Word::Wrote(round) if round == open => {
                if let Some(adrift) = self.shelf.keeper(made_up).adrift().await {
                    post(&self.to, 0, &Reply::Adrift { round, adrift });
                }
            }
            Word::WhoWrites(_) | Word::IWrite(_) | Word::TookOver(_) | Word::Wrote(_) => {}
        }
    }

    /// Another page writes this round now. What the page here has not yet sent is still taken: it goes into a
    /// segment of its own, to be settled.
    fn overtaken(&mut self, round: String) {
        if self.open.as_ref().is_some_and(|(open, _)| *open == round) && self.held.take().is_some()
        {
            post(&self.to, 0, &Reply::Overtaken { round });
        }
    }

    fn close_if(&mut self, round: &str) {
        if self.open.as_ref().is_some_and(|(open, _)| open == round) {
            self.close();
        }
    }

    fn close(&mut self) {
        self.shelf.close();
        self.open = None;
        self.held = None;
    }
}

fn about(round: String, made_up: bool, opened_at: i64, slots: Vec<Slot>) -> About {
    About {
        round,
        opened_at,
        made_up,
        slots,
    }
}

fn told(round: String, opened: Opened, writes: bool) -> Reply {
    Reply::Opened {
        round,
        writes,
        stored: if writes {
            opened.kept.both
        } else {
            opened.lines.len()
        },
        head: opened.kept.head,
        lines: opened.lines,
        adrift: opened.adrift,
        healed: opened.healed,
        damaged: opened.damaged,
        trouble: sentences(&[opened.faults, opened.kept.faults].concat()),
    }
}

fn sentence(what: &str, fault: &Fault) -> String {
    format!("{what}: {fault}. Try again.")
}
