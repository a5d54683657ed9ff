//! The page of the sample: how many cases, from what seed, with which columns; and the draw.

use super::{Effect, Open, Purpose, Route};
use crate::desk;
use crate::desk::sample::{Reply, Request};
use crate::journal::Fact;
use crate::sample::balance::Balance;
use crate::sample::certificate::DrawNumber;
use crate::sample::method::Method;
use crate::sample::seed::{Seed, SeedOrigin};
use crate::table::column::Profile;

/// What the page of the sample holds.
#[derive(Debug, Default)]
pub struct Stage {
    /// How many cases, as typed.
    pub size: String,
    /// Where the seed comes from, once chosen.
    pub origin: Option<SeedOrigin>,
    /// The seed, as typed or made.
    pub seed: String,
    /// For each column of the list, whether it goes with each case.
    pub columns: Vec<bool>,
    /// What is wrong, by field id.
    pub errors: Vec<(&'static str, String)>,
    /// Whether the desk is drawing.
    pub drawing: bool,
    /// How the sample stands beside its frame, once asked for.
    pub balance: Option<Balance>,
}

/// The id of the field for the number of cases.
pub const SIZE_FIELD: &str = "sample-size";
/// The id of the field for the seed.
pub const SEED_FIELD: &str = "seed";

/// What can happen on the page of the sample.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person typed how many cases.
    EnteredSize(String),
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
}

/// Columns that do not go with a case unless a person asks for them: an audit is of the practice,
/// and these name the child or the home.
const PRIVATE: [&str; 5] = ["birth", "dob", "postcode", "name", "address"];

impl Stage {
    /// Chooses the columns that go with each case, until the person says otherwise.
    pub(super) fn choose_columns(&mut self, columns: &[Profile]) {
        let private = |name: &str| {
            let name = name.to_lowercase();
            PRIVATE.iter().any(|word| name.contains(word))
        };
        self.columns = columns
            .iter()
            .map(|column| column.filled > 0 && !private(&column.name))
            .collect();
    }
}

impl Open {
    pub(super) fn update_sampling(&mut self, _at: i64, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::EnteredSize(size) => self.sampling.size = size,
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

    fn ask_for_draw(&mut self) -> Vec<Effect> {
        let mut errors = Vec::new();
        let size = self
            .sampling
            .size
            .trim()
            .parse::<usize>()
            .ok()
            .filter(|size| *size > 0);
        if size.is_none() {
            errors.push((
                SIZE_FIELD,
                "Enter how many cases to draw, as a whole number".to_owned(),
            ));
        }
        if let (Some(size), Some((_, frame))) = (size, self.list.framed())
            && size > frame.size
        {
            errors.push((
                SIZE_FIELD,
                format!(
                    "The list has {} cases. Enter that many or fewer",
                    frame.size
                ),
            ));
        }
        let seed = self.sampling.seed.clone();
        match self.sampling.origin.map(|origin| Seed::new(&seed, origin)) {
            None => errors.push((SEED_FIELD, "Choose where the seed comes from".to_owned())),
            Some(Err(refusal)) => errors.push((SEED_FIELD, refusal.to_string())),
            Some(Ok(_)) => {}
        }
        self.sampling.errors = errors;
        match (size, self.sampling.origin) {
            (Some(size), Some(origin)) if self.sampling.errors.is_empty() => {
                let columns = (0..).zip(&self.sampling.columns);
                let columns = columns
                    .filter(|(_, chosen)| **chosen)
                    .map(|(at, _)| at)
                    .collect();
                self.sampling.drawing = true;
                vec![self.ask(
                    desk::Request::Sample(Request::Draw {
                        method: Box::new(Method::simple(size)),
                        number: DrawNumber::first(),
                        seed,
                        origin,
                        columns,
                    }),
                    None,
                )]
            }
            _ => vec![Effect::Focus("error-summary".to_owned())],
        }
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
            Reply::Extended { further, cells } => {
                self.take_draw(at, Fact::SampleExtended { further, cells })
            }
            Reply::Balance(balance) => {
                self.sampling.balance = Some(*balance);
                Vec::new()
            }
        }
    }

    fn take_draw(&mut self, at: i64, fact: Fact) -> Vec<Effect> {
        self.sampling.drawing = false;
        match self.record(at, fact) {
            Ok(append) => vec![append, Effect::Navigate(Route::Certificate)],
            Err(rejection) => {
                self.sampling.errors = vec![(SIZE_FIELD, rejection.0)];
                vec![Effect::Focus("error-summary".to_owned())]
            }
        }
    }

    fn save_certificate(&self) -> Vec<Effect> {
        let Some(sample) = &self.round.sample else {
            return Vec::new();
        };
        match serde_json::to_vec_pretty(&sample.certificate) {
            Ok(bytes) => vec![Effect::SaveFile(
                "sightline-certificate.json".to_owned(),
                "application/json",
                bytes,
            )],
            Err(_) => Vec::new(),
        }
    }
}
