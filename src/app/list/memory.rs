//! The choices made for a list, remembered for the next file of the same columns: taken again,
//! said so, and forgotten when a person asks for it.

use super::super::{Effect, Open};
use super::unit::CaseUnit;
use super::{OnDesk, Stage};
use crate::frame::mapping::{self, Mapping};

impl Stage {
    /// The shape of the list on the desk.
    pub(super) fn shape(&self) -> Option<String> {
        match &self.desk {
            OnDesk::List { view, .. } => {
                let names = view.columns.iter().map(|column| column.name.as_str());
                Some(mapping::shape(names))
            }
            OnDesk::Nothing | OnDesk::Reading { .. } => None,
        }
    }

    /// Has the choices made for the list on the desk remembered.
    pub(super) fn choices(&self) -> Option<Effect> {
        let OnDesk::List { view, unit, .. } = &self.desk else {
            return None;
        };
        let name = |at: usize| view.columns.get(at).map(|column| column.name.clone());
        let mapping = Mapping {
            unit: unit.unit,
            id: unit.id.and_then(name)?,
            event: unit.event.and_then(name),
        };
        Some(Effect::Remember(self.shape()?, mapping))
    }
}

impl Open {
    /// Takes the choices made for an earlier list of the same columns, unless the person has made
    /// others since.
    pub(super) fn recalled(&mut self, shape: &str, mapping: Option<Mapping>) -> Vec<Effect> {
        if self.list.shape().as_deref() != Some(shape) {
            return Vec::new();
        }
        let (Some(mapping), OnDesk::List { view, unit, .. }) = (mapping, &mut self.list.desk)
        else {
            self.list.recalled = false;
            return Vec::new();
        };
        let named = |name: &str| {
            view.columns
                .iter()
                .position(|column| column.name.trim() == name.trim())
        };
        let chosen = CaseUnit {
            unit: mapping.unit,
            id: named(&mapping.id),
            event: mapping.event.as_deref().and_then(named),
        };
        if *unit != CaseUnit::guess(view) || chosen == *unit {
            return Vec::new();
        }
        *unit = chosen;
        self.list.recalled = true;
        self.ask_for_frame()
    }

    /// Forgets the choices made for lists of these columns, and guesses anew.
    pub(super) fn forget_choices(&mut self) -> Vec<Effect> {
        let forget = self.list.shape().map(Effect::Forget);
        if let OnDesk::List { view, unit, .. } = &mut self.list.desk {
            *unit = CaseUnit::guess(view);
        }
        self.list.recalled = false;
        forget.into_iter().chain(self.ask_for_frame()).collect()
    }
}
