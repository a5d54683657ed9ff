//! The page that sets the sample beside the list that it was drawn from. The list must lie on the
//! desk: it is kept nowhere else.

use super::{Effect, Open};
use crate::desk::sample::Request;
use crate::desk::{self, Subject};
use crate::sample::balance::Balance;

/// What is known of it.
#[derive(Debug, Default)]
pub enum Beside {
    /// Nothing: the list is not open, or the desk has not answered.
    #[default]
    Unknown,
    /// The figures, which hold until more is drawn.
    Shown(Box<Balance>),
    /// It cannot be done; why.
    Refused(String),
}

impl Open {
    /// Asks for the figures now that the page is gone to, unless they are known.
    pub(in crate::app) fn arrive_at_balance(&mut self) -> Vec<Effect> {
        let is_known = matches!(self.sampling.balance, Beside::Shown(_));
        if is_known || self.awaits(Subject::Balance) {
            return Vec::new();
        }
        self.sampling.balance = Beside::Unknown;
        let (Some(sample), Some(_)) = (&self.round.sample, self.list.framed()) else {
            return Vec::new();
        };
        let request = Request::Balance {
            certificate: Box::new(sample.certificate.clone()),
        };
        vec![self.ask(desk::Request::Sample(request), None)]
    }
}
