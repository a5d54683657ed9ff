//! The page: one component that owns the model, passes it every message, and has its effects
//! performed.

mod address;
mod download;
mod marks;
mod memory;
mod persist;
mod proof;
mod signs;
mod view;
#[path = "../wire.rs"]
mod wire;
mod worker;
mod world;

use sightline::app::{Effect, Model, Msg};
use world::World;
use yew::prelude::*;

/// The whole page.
struct App {
    model: Model,
    world: World,
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let (mut model, effects) = Model::start(address::current(), marks::read());
        model.about = proof::about();
        let mut world = World::new(ctx.link().callback(|msg| msg));
        world.perform(effects);
        Self { model, world }
    }

    fn update(&mut self, _: &Context<Self>, msg: Msg) -> bool {
        let moved = matches!(msg, Msg::AddressChanged(_));
        let effects = self.model.update(world::now(), msg);
        self.world.perform(effects);
        self.world.set_unsaved(self.model.would_lose_words());
        if moved && let Some(field) = address::field() {
            self.world.perform(vec![Effect::Focus(field)]);
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        view::page(
            &self.model,
            &view::Dispatch::new(ctx.link().callback(|msg| msg), self.world.files()),
        )
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        address::set_title(&view::title(&self.model));
        address::mark("saved", &(!self.model.has_unsaved()).to_string());
        if self.model.has_settled() {
            address::mark("settled", "true");
        }
        self.world.move_focus();
    }
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
        yew::Renderer::<App>::with_root(root).render();
    }
}
