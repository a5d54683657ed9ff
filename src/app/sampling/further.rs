//! Going on from a draw: more cases, one case in the place of another, or a second draw; each with
//! its reason, which the certificate shows.

use std::collections::BTreeMap;

use super::plan::{Errors, SIZE_FIELD};
use super::{Effect, Open, Route};
use crate::chance::decimal::grouped;
use crate::desk;
use crate::desk::sample::Request;
use crate::review::CaseNumber;
use crate::sample::allocation::{Allocation, Share};
use crate::sample::certificate::{Certificate, DrawNumber};
use crate::sample::further::Step;
use crate::sample::method::Kind;

/// The id of the field for the number of further cases.
pub const MORE_FIELD: &str = "more-size";
/// The ids of the fields for the further cases of each group; a number follows.
pub const SHARE_FIELD: &str = "more-of";
/// The id of the field for the reason.
pub const REASON_FIELD: &str = "further-reason";

/// What the person is about to ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// More cases.
    More {
        /// How many, as typed.
        size: String,
        /// How many of each group, as typed, where the groups' numbers were set by hand.
        shares: BTreeMap<String, String>,
    },
    /// Another case in the place of this one.
    Replacement(CaseNumber),
    /// A second draw, which takes the place of the one before.
    Again,
}

/// A step that is being asked for, with its reason as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Going {
    /// What.
    pub asked: Asked,
    /// Why.
    pub reason: String,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person wants more cases.
    ClickedMore,
    /// The person wants another case in the place of this one.
    ClickedReplace(CaseNumber),
    /// The person wants a second draw.
    ClickedAgain,
    /// The person typed how many more.
    EnteredMore(String),
    /// The person typed how many more of the group of that name.
    EnteredShare(String, String),
    /// The person typed the reason.
    EnteredReason(String),
    /// The person asked for the step.
    ClickedGoOn,
    /// The person leaves the draw as it is.
    ClickedLeave,
}

impl Open {
    pub(super) fn update_further(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::ClickedMore => {
                let more = Asked::More {
                    size: String::new(),
                    shares: BTreeMap::new(),
                };
                return self.begin(more, Effect::Focus("go-on".to_owned()));
            }
            Msg::ClickedReplace(case) => {
                let focus = Effect::Focus("go-on".to_owned());
                return self.begin(Asked::Replacement(case), focus);
            }
            Msg::ClickedAgain => {
                return self.begin(Asked::Again, Effect::Navigate(Route::Sample));
            }
            Msg::EnteredMore(text) => {
                if let Some(Asked::More { size, .. }) = self.asked_for() {
                    *size = text;
                }
            }
            Msg::EnteredShare(stratum, text) => {
                if let Some(Asked::More { shares, .. }) = self.asked_for() {
                    shares.insert(stratum, text);
                }
            }
            Msg::EnteredReason(reason) => {
                if let Some(going) = &mut self.sampling.going {
                    going.reason = reason;
                }
            }
            Msg::ClickedGoOn if self.sampling.drawing => {} // The second of two clicks.
            Msg::ClickedGoOn => return self.ask_to_go_on(),
            Msg::ClickedLeave => {
                self.sampling.going = None;
                self.sampling.errors.clear();
            }
        }
        Vec::new()
    }

    fn begin(&mut self, asked: Asked, effect: Effect) -> Vec<Effect> {
        if self.round.sample.is_none() {
            return Vec::new();
        }
        self.sampling.errors.clear();
        self.sampling.going = Some(Going {
            asked,
            reason: String::new(),
        });
        vec![effect]
    }

    fn asked_for(&mut self) -> Option<&mut Asked> {
        self.sampling.going.as_mut().map(|going| &mut going.asked)
    }

    /// Whether the list that the sample was drawn from lies on the desk.
    #[must_use]
    pub fn has_drawn_list(&self) -> bool {
        let drawn = self.round.sample.as_ref();
        let drawn = drawn.map(|sample| &sample.certificate.frame.fingerprint);
        let framed = self.list.framed().map(|(_, frame)| &frame.fingerprint);
        framed.is_some() && framed == drawn
    }

    fn ask_to_go_on(&mut self) -> Vec<Effect> {
        let (Some(going), Some(sample)) = (&self.sampling.going, &self.round.sample) else {
            return Vec::new();
        };
        let mut errors = Errors::new();
        let step = match &going.asked {
            Asked::More { size, shares } => {
                Some(more(&sample.certificate, size, shares, &mut errors))
            }
            Asked::Replacement(number) => {
                let case = sample.cases.iter().find(|case| case.number == *number);
                case.map(|case| Step::replacement(&case.id))
            }
            Asked::Again => None,
        };
        if going.reason.trim().is_empty() {
            errors.push((
                REASON_FIELD.to_owned(),
                "Say why: the certificate shows it".to_owned(),
            ));
        }
        let Some(step) = step else {
            return Vec::new();
        };
        if !self.has_drawn_list() {
            errors.push((
                "#/list".to_owned(),
                "Choose the case list again first: it is not kept when the page is closed"
                    .to_owned(),
            ));
        }
        let request = Request::Extend {
            certificate: Box::new(sample.certificate.clone()),
            step,
            reason: going.reason.clone(),
            columns: sample.columns.clone(),
        };
        self.sampling.errors = errors;
        if !self.sampling.errors.is_empty() {
            return vec![Effect::Focus("error-summary".to_owned())];
        }
        self.sampling.drawing = true;
        vec![self.ask(desk::Request::Sample(request), None)]
    }

    /// Which draw of its frame the next one is.
    pub(super) fn next_draw(&self, errors: &mut Errors) -> DrawNumber {
        let Some(sample) = &self.round.sample else {
            return DrawNumber::first();
        };
        let reason = self
            .sampling
            .going
            .as_ref()
            .map(|going| going.reason.trim());
        let reason = reason.unwrap_or_default();
        if reason.is_empty() {
            errors.push((
                REASON_FIELD.to_owned(),
                "Say why the sample is drawn again: the certificate shows it".to_owned(),
            ));
        }
        DrawNumber {
            number: sample.certificate.draw.number.saturating_add(1),
            reason: Some(reason.to_owned()),
        }
    }

    /// The field at which the desk's refusal of a step is said.
    pub(in crate::app) fn refused_step_field(&self) -> &'static str {
        match self.sampling.going.as_ref().map(|going| &going.asked) {
            Some(Asked::More { .. }) => MORE_FIELD,
            Some(Asked::Replacement(_)) => REASON_FIELD,
            Some(Asked::Again) | None => SIZE_FIELD,
        }
    }
}

/// Whether the groups' numbers of a draw were set by hand, so that more of it are too.
#[must_use]
pub fn is_by_hand(certificate: &Certificate) -> bool {
    matches!(
        &certificate.method.kind,
        Kind::Stratified {
            allocation: Allocation::ByHand(_),
            ..
        }
    )
}

fn more(
    certificate: &Certificate,
    size: &str,
    shares: &BTreeMap<String, String>,
    errors: &mut Errors,
) -> Step {
    let mut by_hand = Vec::new();
    if is_by_hand(certificate) {
        for stratum in &certificate.strata {
            let text = shares.get(&stratum.name).map_or("", String::as_str);
            by_hand.push(Share {
                stratum: stratum.name.clone(),
                size: grouped(text).unwrap_or_default(),
            });
        }
    }
    let size = match by_hand.as_slice() {
        [] => grouped(size).unwrap_or_default(),
        shares => shares.iter().map(|share| share.size).sum(),
    };
    if size == 0 {
        let field = if by_hand.is_empty() {
            MORE_FIELD.to_owned()
        } else {
            super::plan::numbered(SHARE_FIELD, 0)
        };
        errors.push((
            field,
            "Enter how many more cases to draw, as a whole number".to_owned(),
        ));
    }
    Step::More { size, by_hand }
}
