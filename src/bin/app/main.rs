//! The page: one component that shows the first page, then passes every message to the whole program,
//! which owns the model and has its effects performed.

mod address;
mod desk;
mod download;
mod marks;
mod memory;
mod persist;
mod proof;
mod rest;
mod signs;
mod view;
#[path = "../wire.rs"]
mod wire;
mod worker;
mod world;

use rest::{Begin, Program};
use sightline::app::{Model, Msg};
use sightline::store::message::Reply;
use view::Waiting;
use wasm_bindgen_futures::spawn_local;
use world::{First, Listener};
use yew::prelude::*;

/// What the shell hears.
enum Told {
    /// Something happened.
    Msg(Msg),
    /// The address now names another page; the whole program hears of that by itself.
    Moved,
    /// The rest of the program is here, or did not arrive.
    Rest(Option<Begin>),
    /// The person asked for another try at it.
    Again,
}

/// The page, before and after its program is whole.
enum Shell {
    /// The first page is shown, and what happens is held.
    First(Box<Held>),
    Whole(Box<dyn Program>),
}

/// What the first page shows, and what waits for the whole program.
struct Held {
    /// Only looked at.
    model: Model,
    workers: First,
    happened: Vec<(i64, Msg)>,
    waiting: Waiting,
    _listener: Option<Listener>,
}

impl Held {
    fn new(ctx: &Context<Shell>) -> Self {
        let (mut model, _) = Model::start(address::current(), marks::read());
        model.about = proof::about();
        let moved = ctx.link().callback(|()| Told::Moved);
        Self {
            model,
            workers: First::new(&ctx.link().callback(Told::Msg)),
            happened: Vec::new(),
            waiting: Waiting::Idle,
            _listener: Listener::on_window("hashchange", move |_| moved.emit(())),
        }
    }

    /// Holds what happened. What the store says is shown; what a person does waits.
    fn hold(&mut self, msg: Msg) {
        if let Msg::StoreSaid(reply) = &msg {
            if let Reply::Listed {
                rounds,
                places,
                trouble,
            } = reply.clone()
            {
                self.model.put_on_shelf(rounds, places, trouble);
            }
        } else {
            self.wait();
        }
        self.happened.push((world::now(), msg));
    }

    fn wait(&mut self) {
        if self.waiting != Waiting::Failed {
            self.waiting = Waiting::Busy;
        }
    }

    /// Goes on with the whole program, which takes in all that has happened.
    fn begin(&mut self, ctx: &Context<Shell>, begin: Begin) -> Box<dyn Program> {
        let mut program = begin(ctx.link().callback(Told::Msg), self.workers.clone());
        for (at, msg) in std::mem::take(&mut self.happened) {
            program.take(at, msg);
        }
        program
    }
}

impl Component for Shell {
    type Message = Told;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        bring_rest(ctx);
        Self::First(Box::new(Held::new(ctx)))
    }

    fn update(&mut self, ctx: &Context<Self>, told: Told) -> bool {
        let held = match self {
            Self::Whole(program) => {
                if let Told::Msg(msg) = told {
                    program.take(world::now(), msg);
                }
                return true;
            }
            Self::First(held) => held,
        };
        match told {
            Told::Msg(msg) => held.hold(msg),
            Told::Moved => held.model.route = address::current(),
            Told::Rest(None) => held.waiting = Waiting::Failed,
            Told::Rest(Some(begin)) => *self = Self::Whole(held.begin(ctx, begin)),
            Told::Again => {
                held.waiting = Waiting::Busy;
                bring_rest(ctx);
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        match self {
            Self::First(held) => {
                let dispatch =
                    view::Dispatch::new(ctx.link().callback(Told::Msg), world::Files::default());
                let again = ctx.link().callback(|_| Told::Again);
                view::first(&held.model, &dispatch, held.waiting, again)
            }
            Self::Whole(program) => program.view(),
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if let Self::Whole(program) = self {
            program.drawn();
        }
    }
}

fn bring_rest(ctx: &Context<Shell>) {
    let link = ctx.link().clone();
    spawn_local(async move { link.send_message(Told::Rest(rest::rest().await.ok())) });
}

fn main() {
    // What the page shows then, `web/safe.js` says; the place is in our sources, and no word of a case.
    std::panic::set_hook(Box::new(|panic| {
        if let Some(place) = panic.location() {
            address::mark("fault-at", &place.to_string());
        }
    }));
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"));
    if let Some(root) = root {
        yew::Renderer::<Shell>::with_root(root).render();
    }
}
