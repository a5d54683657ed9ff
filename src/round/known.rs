//! How far each review has come, remembered until the case changes: with hundreds of cases it is
//! asked for at each key that is pressed.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::review::{CaseNumber, Progress};

/// What is remembered. It follows from the round, so any two are equal.
#[derive(Clone, Debug, Default)]
pub(super) struct Known(RefCell<BTreeMap<CaseNumber, Progress>>);

impl PartialEq for Known {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Known {
    /// What is remembered of a case, or else what `find` finds.
    pub(super) fn progress(&self, case: CaseNumber, find: impl FnOnce() -> Progress) -> Progress {
        let remembered = self.0.borrow().get(&case).copied();
        remembered.unwrap_or_else(|| {
            let found = find();
            self.0.borrow_mut().insert(case, found);
            found
        })
    }

    /// Forgets a case that changes; all of them where what changes is about no one case.
    pub(super) fn forget(&mut self, case: Option<CaseNumber>) {
        match case {
            Some(case) => {
                self.0.get_mut().remove(&case);
            }
            None => self.0.get_mut().clear(),
        }
    }
}
