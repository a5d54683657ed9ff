//! The page of the sample: how it is drawn, from what seed, with which columns; and the draw.

pub mod balance;
pub mod further;
pub mod plan;
pub mod planner;

use self::balance::Beside;
use self::further::{Asked, Going};
use self::plan::{Errors, Plan, SIZE_FIELD};
use self::planner::Planner;
use super::{Effect, Open, Purpose, Route};
use crate::desk;
use crate::desk::sample::{Reply, Request};
use crate::journal::Fact;
use crate::sample::method::Method;
use crate::sample::preview::{Fault, Planned, Preview};
use crate::sample::seed::{Seed, SeedOrigin};
use crate::table::column::Profile;
use crate::table::date::Date;

/// What the page of the sample holds.
#[derive(Debug, Default)]
pub struct Stage {
    /// How the sample is to be drawn.
    pub plan: Plan,
    /// How many cases it takes.
    pub planner: Planner,
    /// What the desk last said of a plan, and of which.
    pub preview: Option<(Method, Preview)>,
    /// The plan that the desk is looking at.
    previewing: Option<Method>,
    /// Where the seed comes from, once chosen.
    pub origin: Option<SeedOrigin>,
    /// The seed, as typed or made.
    pub seed: String,
    /// For each column of the list, whether it goes with each case.
    pub columns: Vec<bool>,
    /// How the person goes on from the draw, if so.
    pub going: Option<Going>,
    /// What is wrong, by field id.
    pub errors: Errors,
    /// Whether the desk is drawing.
    pub drawing: bool,
    /// How the sample stands beside its frame.
    pub balance: Beside,
}

/// The id of the field for the seed.
pub const SEED_FIELD: &str = "seed";

/// What can happen on the page of the sample.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person changed how the sample is to be drawn.
    Plan(plan::Msg),
    /// The person looked how many cases it takes.
    Planner(planner::Msg),
    /// The person goes on from the draw.
    Further(further::Msg),
    /// The person chose where the seed comes from.
    ChoseOrigin(SeedOrigin),
    /// The person typed the seed.
    EnteredSeed(String),
    /// The person chose whether a column goes with each case.
    ToggledColumn(usize),
    /// The person asked for the draw.
    ClickedDraw,
    /// The person asked for the certificate as a file.
    ClickedSaveCertificate,
    /// The person asked for the certificate on paper.
    ClickedPrint,
}

/// Columns that do not go with a case unless a person asks for them: an audit is of the practice,
/// and these name the child or the home.
const PRIVATE: [&str; 5] = ["birth", "dob", "postcode", "name", "address"];

impl Stage {
    /// Begins anew with another list: its columns go with each case, but for private ones, until the
    /// person says otherwise.
    pub(super) fn choose_columns(&mut self, columns: &[Profile]) {
        let private = |name: &str| {
            let name = name.to_lowercase();
            PRIVATE.iter().any(|word| name.contains(word))
        };
        self.columns = columns
            .iter()
            .map(|column| column.filled > 0 && !private(&column.name))
            .collect();
        let size = std::mem::take(&mut self.plan.size);
        self.plan = Plan {
            size,
            ..Plan::default()
        };
        self.stop_preview();
    }

    /// Forgets what a page showed that does not outlive leaving it. A second draw is begun on one page
    /// and made on another.
    pub(super) fn leave_page(&mut self) {
        self.errors.clear();
        self.going = self
            .going
            .take()
            .filter(|going| going.asked == Asked::Again);
    }

    /// Forgets what was said of a plan: the list may be another, or the desk looks at none.
    pub(super) fn stop_preview(&mut self) {
        self.previewing = None;
        self.preview = None;
    }

    /// The groups that the sample would be drawn from, as far as they are known.
    #[must_use]
    pub fn strata(&self) -> &[Planned] {
        self.preview
            .as_ref()
            .map_or(&[], |(_, preview)| &preview.strata)
    }

    /// What the desk said of the plan as it stands now.
    #[must_use]
    pub fn preview_of(&self, columns: &[Profile]) -> Option<&Preview> {
        let (method, _) = self.plan.method(columns, self.strata());
        let preview = self.preview.as_ref().filter(|(of, _)| *of == method);
        preview.map(|(_, preview)| preview)
    }
}

impl Open {
    pub(super) fn update_sampling(&mut self, at: i64, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Plan(msg) => return self.change_plan(at, msg),
            Msg::Planner(msg) => return self.update_planner(msg),
            Msg::Further(msg) => return self.update_further(msg),
            Msg::ChoseOrigin(origin) => {
                self.sampling.origin = Some(origin);
                self.sampling.seed.clear();
                if origin == SeedOrigin::Machine {
                    return vec![Effect::GiveEntropy(Purpose::Seed)];
                }
            }
            Msg::EnteredSeed(seed) => self.sampling.seed = seed,
            Msg::ToggledColumn(column) => {
                if let Some(chosen) = self.sampling.columns.get_mut(column) {
                    *chosen = !*chosen;
                }
            }
            Msg::ClickedDraw if self.sampling.drawing => {} // The second of two clicks.
            Msg::ClickedDraw => return self.ask_for_draw(),
            Msg::ClickedSaveCertificate => return self.save_certificate(),
            Msg::ClickedPrint => return vec![Effect::Print],
        }
        Vec::new()
    }

    /// A machine's seed is twenty decimal digits, as a person would throw them.
    pub(super) fn take_machine_seed(&mut self, entropy: [u8; 16]) -> Vec<Effect> {
        if self.sampling.origin == Some(SeedOrigin::Machine) {
            let digits = u128::from_be_bytes(entropy) % 10_u128.pow(20);
            self.sampling.seed = format!("{digits:020}");
        }
        Vec::new()
    }

    fn change_plan(&mut self, at: i64, msg: plan::Msg) -> Vec<Effect> {
        let Some((list, _)) = self.list.framed() else {
            return Vec::new();
        };
        let today = Date::of_millis(at);
        self.sampling.errors = self.sampling.plan.update(msg, &list.columns, today);
        self.ask_for_preview()
    }

    /// Asks the desk what the plan would be like, unless it is busy with an earlier one: then it is
    /// asked when that one is answered, so that no row of questions waits behind a large list.
    pub(super) fn ask_for_preview(&mut self) -> Vec<Effect> {
        let Some((list, _)) = self.list.framed() else {
            return Vec::new();
        };
        let stage = &self.sampling;
        let (method, _) = stage.plan.method(&list.columns, stage.strata());
        let is_known = stage.preview.as_ref().is_some_and(|(of, _)| *of == method);
        if is_known || stage.previewing.is_some() || stage.drawing || !stage.plan.asks_for_preview()
        {
            return Vec::new();
        }
        self.sampling.previewing = Some(method.clone());
        let request = Request::Preview(Box::new(method));
        vec![self.ask(desk::Request::Sample(request), None)]
    }

    fn previewed(&mut self, preview: Preview) -> Vec<Effect> {
        let of = self.sampling.previewing.take();
        self.sampling.preview = of.map(|method| (method, preview));
        self.ask_for_preview()
    }

    /// Looks at the plan anew now that the page is gone to: the list may be another.
    pub(super) fn arrive_at_sample(&mut self) -> Vec<Effect> {
        self.sampling.stop_preview();
        self.ask_for_preview()
    }

    fn ask_for_draw(&mut self) -> Vec<Effect> {
        let Some((list, frame)) = self.list.framed() else {
            return Vec::new();
        };
        let stage = &self.sampling;
        let (method, mut errors) = stage.plan.method(&list.columns, stage.strata());
        if method.size > frame.size {
            errors.push((
                SIZE_FIELD.to_owned(),
                format!(
                    "The list has {} cases. Enter that many or fewer",
                    frame.size
                ),
            ));
        }
        let number = self.next_draw(&mut errors);
        let seed = stage.seed.clone();
        let seed_wrong = match stage.origin.map(|origin| Seed::new(&seed, origin)) {
            None => Some("Choose where the seed comes from".to_owned()),
            Some(Err(refusal)) => Some(refusal.to_string()),
            Some(Ok(_)) => None,
        };
        errors.extend(seed_wrong.map(|why| (SEED_FIELD.to_owned(), why)));
        self.sampling.errors = errors;
        match self.sampling.origin {
            Some(origin) if self.sampling.errors.is_empty() => {
                let columns = (0..).zip(&self.sampling.columns);
                let columns = columns
                    .filter(|(_, chosen)| **chosen)
                    .map(|(at, _)| at)
                    .collect();
                self.sampling.drawing = true;
                self.sampling.previewing = None;
                let request = Request::Draw {
                    method: Box::new(method),
                    number,
                    seed,
                    origin,
                    columns,
                };
                vec![self.ask(desk::Request::Sample(request), None)]
            }
            _ => vec![Effect::Focus("error-summary".to_owned())],
        }
    }

    fn not_drawn(&mut self, fault: &Fault) -> Vec<Effect> {
        self.sampling.drawing = false;
        self.sampling.errors = vec![(plan::field_of(fault), fault.why.clone())];
        vec![Effect::Focus("error-summary".to_owned())]
    }

    /// Takes what the desk answers about the sample.
    pub(super) fn told_of_sample(&mut self, at: i64, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Drawn {
                certificate,
                columns,
                cells,
            } => self.take_draw(
                at,
                Fact::SampleDrawn {
                    certificate,
                    columns,
                    cells,
                },
            ),
            Reply::Previewed(preview) => self.previewed(*preview),
            Reply::NotDrawn(fault) => self.not_drawn(&fault),
            Reply::Extended { further, cells } => {
                self.take_draw(at, Fact::SampleExtended { further, cells })
            }
            Reply::Balance(balance) => {
                self.sampling.balance = Beside::Shown(balance);
                Vec::new()
            }
        }
    }

    fn take_draw(&mut self, at: i64, fact: Fact) -> Vec<Effect> {
        self.sampling.drawing = false;
        let field = self.refused_step_field();
        match self.record(at, fact) {
            Ok(append) => {
                let going = self.sampling.going.take();
                let page = match going.map(|going| going.asked) {
                    Some(Asked::Replacement(_)) => Route::Cases,
                    Some(Asked::More { .. } | Asked::Again) | None => Route::Certificate,
                };
                // Another draw begins with another seed.
                self.sampling.origin = None;
                self.sampling.seed.clear();
                self.sampling.balance = Beside::Unknown;
                vec![append, Effect::Navigate(page)]
            }
            Err(rejection) => {
                self.sampling.errors = vec![(field.to_owned(), rejection.0)];
                vec![Effect::Focus("error-summary".to_owned())]
            }
        }
    }

    fn save_certificate(&self) -> Vec<Effect> {
        let Some(sample) = &self.round.sample else {
            return Vec::new();
        };
        // As `sightline draw` prints it, byte for byte.
        let bytes = format!("{}\n", sample.certificate.to_json()).into_bytes();
        vec![Effect::SaveFile(
            "sightline-certificate.json".to_owned(),
            "application/json",
            bytes,
        )]
    }
}
