//! The round's immediate safeguarding concerns.

use super::{Rejection, Round, reject};
use crate::concern::{Closing, Concern, ConcernNumber, Words};
use crate::journal::Act;
use crate::review::{CaseNumber, Signature};

impl Round {
    /// The concerns that somebody must still see to.
    pub fn open_concerns(&self) -> impl Iterator<Item = &Concern> {
        self.concerns.iter().filter(|concern| concern.is_open())
    }

    /// The number that the next concern bears.
    #[must_use]
    pub fn next_concern(&self) -> ConcernNumber {
        let last = self.concerns.last().map_or(0, |concern| concern.number.0);
        ConcernNumber(last + 1)
    }

    pub(super) fn take_concern(
        &mut self,
        at: i64,
        number: ConcernNumber,
        case: CaseNumber,
        words: &Words,
    ) -> Result<(), Rejection> {
        if self.case(case).is_none() {
            return Err(reject(format!("The sample has no case {case}.")));
        }
        if number == self.next_concern() {
            self.concerns.push(Concern {
                number,
                case,
                raised_at: at,
                words: words.clone(),
                closed: None,
            });
            return Ok(());
        }
        let concern = self.open_concern(number)?;
        if concern.case != case {
            return Err(reject(format!("Concern {number} is about another case.")));
        }
        concern.words = words.clone();
        Ok(())
    }

    pub(super) fn close_concern(
        &mut self,
        number: ConcernNumber,
        outcome: &str,
        signed: Signature,
    ) -> Result<(), Rejection> {
        let concern = self.open_concern(number)?;
        if !concern.words.missing().is_empty() {
            return Err(reject(format!(
                "Concern {number} cannot be closed: it does not say what was done about it and by whom."
            )));
        }
        if outcome.trim().is_empty() || signed.name.trim().is_empty() {
            return Err(reject(format!(
                "Concern {number} cannot be closed without its outcome and a name."
            )));
        }
        concern.closed = Some(Closing {
            outcome: outcome.to_owned(),
            signed,
        });
        self.begun.remove(&Act::Close(number));
        Ok(())
    }

    /// Whether there is such a concern, and it can be closed.
    pub(super) fn check_open(&mut self, number: ConcernNumber) -> Result<(), Rejection> {
        self.open_concern(number).map(drop)
    }

    fn open_concern(&mut self, number: ConcernNumber) -> Result<&mut Concern, Rejection> {
        let mut concerns = self.concerns.iter_mut();
        match concerns.find(|concern| concern.number == number) {
            Some(concern) if concern.is_open() => Ok(concern),
            Some(_) => Err(reject(format!("Concern {number} is closed."))),
            None => Err(reject(format!("There is no concern {number}."))),
        }
    }
}
