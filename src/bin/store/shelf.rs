//! All rounds: the own ones and, in a store of their own, trials with the made-up list; what earlier
//! versions kept unsealed; and what is remembered for lists.

use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use sightline::seal::data_key::DataKey;
use sightline::seal::keyring;
use sightline::store::assemble::Seen;
use sightline::store::keeper::{About, Keeper};
use sightline::store::message::{self, FormReply, Reply};
use sightline::store::place::{Fault, World, in_time};
use sightline::store::plain::{self, ENDING};
use sightline::store::remembered::Remembered;

use crate::any::Any;
use crate::idb::Idb;
use crate::local::{Local, Page};
use crate::opfs::Opfs;

/// The own rounds, and the trials.
const SPACES: [&str; 2] = ["sightline", "sightline-trial"];

/// What could not be read of a plain journal, set aside by earlier versions.
const ASIDE: &str = ".aside";

/// The round last worked on, as earlier versions noted it.
const CURRENT: &str = "current";

const REMEMBERED: &str = "remembered";

/// A form of one's own.
const FORM: &str = ".form";

/// How long a place may take to answer, in milliseconds.
const PATIENCE: u32 = 8_000;

/// And one that has not answered before.
const MOMENT: u32 = 250;

/// The browser's random bytes and clock.
#[derive(Clone, Copy)]
pub(crate) struct Browser;

impl World for Browser {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Fault> {
        getrandom::fill(bytes).map_err(|_| Fault::NoEntropy)
    }

    async fn patience(&self) {
        TimeoutFuture::new(PATIENCE).await;
    }

    async fn moment(&self) {
        TimeoutFuture::new(MOMENT).await;
    }
}

/// All rounds.
pub(crate) struct Shelf {
    page: Page,
    /// The own rounds, and the trials, once they are open.
    keepers: Vec<Keeper<Any, Browser>>,
    /// Where plain journals and what is remembered lie.
    files: Option<Opfs>,
}

impl Shelf {
    pub(crate) fn new(page: Page) -> Self {
        Self {
            page,
            keepers: Vec::new(),
            files: None,
        }
    }

    /// Opens the places, unless they are open.
    ///
    /// # Errors
    /// Why this browser keeps nothing.
    pub(crate) async fn open(&mut self) -> Result<(), String> {
        if !self.keepers.is_empty() {
            return Ok(());
        }
        let origin = Reflect::get(&js_sys::global(), &"origin".into()).unwrap_or_default();
        if origin == "null" {
            return Err(
                "Opened as a file, Sightline keeps nothing in this browser. Work is in memory \
                 only: it is lost when this page is closed. Save the round to a file."
                    .to_owned(),
            );
        }
        let mut keepers = Vec::new();
        for space in SPACES {
            let places = places(space, &self.page).await;
            if places.is_empty() {
                return Err(
                    "This browser keeps nothing for this page, as in some private windows. Work is \
                     in memory only: it is lost when this page is closed. Save the round to a file."
                        .to_owned(),
                );
            }
            keepers.push(Keeper::new(places, Browser));
        }
        self.keepers = keepers;
        self.files = in_time(&Browser, Opfs::open(SPACES[0])).await.ok();
        Ok(())
    }

    /// What keeps the own rounds, or the trials.
    pub(crate) fn keeper(&mut self, made_up: bool) -> &mut Keeper<Any, Browser> {
        // Asked for only after `open`.
        &mut self.keepers[usize::from(made_up)]
    }

    pub(crate) fn close(&mut self) {
        for keeper in &mut self.keepers {
            keeper.close();
        }
    }

    pub(crate) async fn list(&self) -> Reply {
        let mut rounds = Vec::new();
        let mut faults = Vec::new();
        let mut places = Vec::new();
        for keeper in &self.keepers {
            let (found, wrong) = keeper.list().await;
            faults.extend(wrong);
            for place in keeper.places() {
                use sightline::store::place::Place as _;
                places.push(place.name().to_owned());
            }
            for (round, seen) in found {
                let newer = seen == Seen::Newer;
                let outline = match &seen {
                    Seen::Known(outline) => Some(outline),
                    Seen::Newer | Seen::Unreadable => None,
                };
                let header = outline.map(|outline| &outline.header);
                rounds.push(message::Kept {
                    round,
                    opened_at: header.map(|header| header.opened_at),
                    made_up: header.is_some_and(|header| header.made_up),
                    lines: outline.map_or(0, |outline| outline.lines),
                    slots: header.map_or_else(Vec::new, |header| header.slots.clone()),
                    first: outline.and_then(|outline| outline.first.clone()),
                    plain: false,
                    newer,
                });
            }
        }
        for (round, plain) in self.plain().await {
            if rounds.iter().all(|known| known.round != round) {
                rounds.push(message::Kept {
                    round,
                    opened_at: None,
                    made_up: false,
                    lines: plain.lines.len(),
                    slots: Vec::new(),
                    first: plain.lines.into_iter().next(),
                    plain: true,
                    newer: false,
                });
            }
        }
        places.dedup();
        places.truncate(2);
        Reply::Listed {
            rounds,
            places,
            trouble: sentences(&faults),
        }
    }

    /// Where a round is kept, and its key if that lies open.
    pub(crate) async fn find(&mut self, round: &str) -> Result<(bool, Option<DataKey>), Fault> {
        let mut wrong = None;
        for (keeper, made_up) in self.keepers.iter().zip([false, true]) {
            match keeper.outline(round).await {
                Ok(Some(outline)) => {
                    return Ok((made_up, keyring::open_key(&outline.header.slots).cloned()));
                }
                Ok(None) => {}
                Err(fault) => wrong = Some(fault),
            }
        }
        Err(wrong.unwrap_or(Fault::Gone))
    }

    /// Removes a round, with what earlier versions left of it.
    pub(crate) async fn remove(&mut self, round: &str) -> Result<(), Fault> {
        for keeper in &mut self.keepers {
            keeper.remove(round).await?;
        }
        self.remove_plain(round).await
    }

    /// Removes everything.
    pub(crate) async fn remove_all(&mut self) -> Result<(), Fault> {
        for keeper in &mut self.keepers {
            keeper.remove_all().await?;
        }
        if let Some(files) = &self.files {
            for name in files.names().await? {
                files.remove_file(&name).await?;
            }
        }
        Ok(())
    }

    /// The journals that earlier versions kept unsealed.
    async fn plain(&self) -> Vec<(String, plain::Plain)> {
        let mut found = Vec::new();
        let Some(files) = &self.files else {
            return found;
        };
        for name in files.names().await.unwrap_or_default() {
            if let Some(round) = name.strip_suffix(ENDING) {
                let bytes = files.bytes(&name).await.unwrap_or_default();
                found.push((round.to_owned(), plain::read(&bytes)));
            }
        }
        found
    }

    /// Seals a journal of an earlier version. The plain one goes once the sealed one was read back from both
    /// places; what was set aside of it is sealed too, as lines to be settled.
    pub(crate) async fn seal_plain(&mut self, about: About, key: DataKey) -> Result<(), Fault> {
        let round = about.round.clone();
        let files = self.files.as_ref().ok_or(Fault::Gone)?;
        let bytes = files.bytes(&format!("{round}{ENDING}")).await?;
        let plain = plain::read(&bytes);
        let mut adrift = plain.behind;
        for name in files.names().await? {
            if name.starts_with(&format!("{round}-")) && name.ends_with(ASIDE) {
                adrift.extend(plain::salvage(&files.bytes(&name).await?));
            }
        }
        if plain.lines.is_empty() {
            return Err(Fault::Unknown("its beginning cannot be read".to_owned()));
        }
        let keeper = self.keeper(about.made_up);
        keeper.seal_whole(about, key, &plain.lines, &adrift).await?;
        self.remove_plain(&round).await
    }

    async fn remove_plain(&self, round: &str) -> Result<(), Fault> {
        let Some(files) = &self.files else {
            return Ok(());
        };
        for name in files.names().await? {
            let aside = name.starts_with(&format!("{round}-")) && name.ends_with(ASIDE);
            if aside || name == format!("{round}{ENDING}") || name == CURRENT {
                files.remove_file(&name).await?;
            }
        }
        Ok(())
    }

    pub(crate) async fn recall(&self, shape: String) -> Reply {
        let mapping = self
            .remembered()
            .await
            .recall(&shape)
            .map(ToOwned::to_owned);
        Reply::Recalled { shape, mapping }
    }

    /// Changes what is remembered for a shape. A disk that refuses costs a convenience and no work: what
    /// is then remembered is told, and nothing else.
    pub(crate) async fn change(
        &self,
        shape: String,
        change: impl FnOnce(&mut Remembered, &str),
    ) -> Reply {
        let mut all = self.remembered().await;
        let before = all.recall(&shape).map(ToOwned::to_owned);
        change(&mut all, &shape);
        let written = match &self.files {
            Some(files) => files.overwrite(REMEMBERED, all.text().as_bytes()).await,
            None => Err(Fault::Gone),
        };
        let mapping = match written {
            Ok(()) => all.recall(&shape).map(ToOwned::to_owned),
            Err(_) => before,
        };
        Reply::Recalled { shape, mapping }
    }

    /// The forms of one's own, each by its name; one that cannot be read is empty.
    pub(crate) async fn forms(&self) -> Reply {
        let mut forms = Vec::new();
        if let Some(files) = &self.files {
            for file in files.names().await.unwrap_or_default() {
                if let Some(name) = file.strip_suffix(FORM) {
                    let bytes = files.bytes(&file).await.unwrap_or_default();
                    let text = String::from_utf8(bytes).unwrap_or_default();
                    forms.push((name.to_owned(), text));
                }
            }
        }
        Reply::Form(FormReply::Listed(forms))
    }

    /// Keeps a form in place of what was kept under its name; with none, removes that.
    pub(crate) async fn keep_form(&self, name: String, form: Option<&str>) -> Reply {
        let file = format!("{name}{FORM}");
        let done = match (&self.files, form) {
            (None, _) => Err(Fault::Gone),
            (Some(files), Some(form)) => files.overwrite(&file, form.as_bytes()).await,
            (Some(files), None) => files.remove_file(&file).await,
        };
        match done {
            Ok(()) => Reply::Form(FormReply::Kept(name)),
            Err(fault) => Reply::Form(FormReply::NotKept(format!(
                "The form is in memory only: this browser could not keep it ({fault}). Save it to a \
                 file before you close the page."
            ))),
        }
    }

    async fn remembered(&self) -> Remembered {
        let bytes = match &self.files {
            Some(files) => files.bytes(REMEMBERED).await.unwrap_or_default(),
            None => Vec::new(),
        };
        Remembered::parse(&String::from_utf8_lossy(&bytes))
    }
}

/// The first two places of a browser that can be opened.
async fn places(space: &'static str, page: &Page) -> Vec<Any> {
    let mut places = Vec::new();
    places.extend(
        in_time(&Browser, Opfs::open(space))
            .await
            .ok()
            .map(Any::Opfs),
    );
    places.extend(in_time(&Browser, Idb::open(space)).await.ok().map(Any::Idb));
    if places.len() < 2 {
        let local = in_time(&Browser, Local::open(space, page)).await;
        places.extend(local.ok().map(Any::Local));
    }
    places
}

/// What went wrong, as sentences for a person.
pub(crate) fn sentences(faults: &[(&'static str, Fault)]) -> Vec<String> {
    let mut sentences: Vec<String> = faults
        .iter()
        .map(|(place, fault)| match *place {
            "" => format!("Something is wrong: {fault}."),
            place => {
                format!("In one of the two places where your work is kept ({place}), {fault}.")
            }
        })
        .collect();
    sentences.dedup();
    sentences
}
