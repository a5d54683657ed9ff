//! All of the program that the first page does without.
//!
//! A release is built in two pieces (`xtask/pieces.mjs`): what can be reached only through [`rest`] is the
//! second, which is fetched behind the first page. Nothing else has to know of it.

use sightline::app::{Effect, Model, Msg};
use sightline::store;
use wasm_split_helpers::SplitLoaderError;
use yew::prelude::*;

use crate::world::{First, World};
use crate::{address, marks, proof, view};

/// The program as its shell sees it.
pub(crate) trait Program {
    /// Takes in what happened, and when.
    fn take(&mut self, at: i64, msg: Msg);
    /// What the person sees.
    fn view(&self) -> Html;
    /// What is to be done once that is drawn.
    fn drawn(&mut self);
}

/// Begins the program: with whom it tells what happens, and with what the first page has started.
pub(crate) type Begin = fn(Callback<Msg>, First) -> Box<dyn Program>;

/// Gets the rest of the program.
#[cfg(not(debug_assertions))]
#[wasm_split_helpers::wasm_split(rest, fallible)]
pub(crate) fn rest() -> Result<Begin, SplitLoaderError> {
    Ok(begin)
}

/// While Sightline is worked on, its program is whole.
#[cfg(debug_assertions)]
#[expect(clippy::unused_async, reason = "in a release it waits")]
pub(crate) async fn rest() -> Result<Begin, SplitLoaderError> {
    Ok(begin)
}

fn begin(to: Callback<Msg>, first: First) -> Box<dyn Program> {
    let (mut model, mut effects) = Model::start(address::current(), marks::read());
    model.about = proof::about();
    // The first page has asked for the rounds already.
    effects.retain(|effect| !matches!(effect, Effect::AskStore(store::Request::List)));
    let mut world = World::new(to.clone(), first);
    world.perform(effects);
    Box::new(Whole { model, world, to })
}

/// The model, and the world that its effects are performed in.
struct Whole {
    model: Model,
    world: World,
    to: Callback<Msg>,
}

impl Program for Whole {
    fn take(&mut self, at: i64, msg: Msg) {
        let moved = matches!(msg, Msg::AddressChanged(_));
        let effects = self.model.update(at, msg);
        self.world.perform(effects);
        self.world.set_unsaved(self.model.would_lose_words());
        if moved && let Some(field) = address::field() {
            self.world.perform(vec![Effect::Focus(field)]);
        }
    }

    fn view(&self) -> Html {
        let dispatch = view::Dispatch::new(self.to.clone(), self.world.files());
        view::page(&self.model, &dispatch)
    }

    fn drawn(&mut self) {
        address::set_title(&view::title(&self.model));
        address::mark("saved", &(!self.model.has_unsaved()).to_string());
        if self.model.has_settled() {
            address::mark("settled", "true");
        }
        self.world.move_focus();
    }
}
