//! The choices made for a list, remembered for the next file of the same columns: taken again,
//! said so, and forgotten when a person asks for it.

use std::collections::BTreeSet;

use super::super::{Effect, Open};
use super::linking::Part;
use super::unit::CaseUnit;
use super::{OnDesk, Stage};
use crate::desk::list::ListView;
use crate::frame::filter::Filter;
use crate::frame::mapping::{self, Mapping};
use crate::frame::unit::Unit;

impl Stage {
    /// The shape of the list on the desk.
    pub(super) fn shape(&self) -> Option<String> {
        match &self.desk {
            OnDesk::List { view, .. } => Some(shape(view)),
            OnDesk::Nothing | OnDesk::Reading { .. } => None,
        }
    }

    /// The shape of the linked lists as one.
    pub(super) fn linked_shape(&self) -> Option<String> {
        let linked = self.linking.linked.as_deref();
        linked.map(|linked| shape(&linked.view))
    }

    /// Has the choices made for the list on the desk remembered, or for all lists that are linked.
    pub(super) fn choices(&self) -> Vec<Effect> {
        let OnDesk::List { view, unit, .. } = &self.desk else {
            return Vec::new();
        };
        if self.linking.kept > 0 {
            return self.linked_choices(unit.unit);
        }
        let name = |at: usize| view.columns.get(at).map(|column| column.name.clone());
        let Some(id) = unit.id.and_then(name) else {
            return Vec::new();
        };
        let known = self.known.clone();
        let (called, take) = known.map_or((None, None), |known| (known.name, known.take));
        let mapping = Mapping {
            unit: unit.unit,
            id,
            event: unit.event.and_then(name),
            name: called,
            take,
            filters: self.lasting(&self.who.filters),
        };
        vec![Effect::Remember(shape(view), mapping)]
    }

    fn linked_choices(&self, unit: Unit) -> Vec<Effect> {
        let part = |part: &Part| {
            let mapping = Mapping {
                unit,
                id: part.id.first()?.clone(),
                event: None,
                name: Some(part.name.clone()),
                take: Some(part.asked().cloned().collect()),
                filters: self.lasting(&part.filters),
            };
            Some(Effect::Remember(part_shape(part), mapping))
        };
        let together = |shape: String| {
            let mapping = Mapping {
                unit,
                id: self.linking.lists.first()?.id.first()?.clone(),
                event: None,
                name: None,
                take: None,
                filters: self.lasting(&self.who.filters),
            };
            Some(Effect::Remember(shape, mapping))
        };
        let parts = self.linking.lists.iter().filter_map(part);
        parts
            .chain(self.linked_shape().and_then(together))
            .collect()
    }

    /// The filters that are remembered: none unless the person wants it.
    fn lasting(&self, filters: &[Filter]) -> Vec<Filter> {
        if self.who.remembered {
            Mapping::lasting(filters)
        } else {
            Vec::new()
        }
    }

    /// Takes the filters that were remembered, where there are none yet.
    fn take_filters(&mut self, filters: Vec<Filter>) -> bool {
        let takes = self.who.filters.is_empty() && !filters.is_empty();
        if takes {
            self.who.filters = filters;
            self.who.remembered = true;
        }
        takes
    }
}

impl Open {
    /// Takes the choices made for an earlier list of the same columns, unless the person has made
    /// others since.
    pub(super) fn recalled(&mut self, shape: &str, mapping: Option<Mapping>) -> Vec<Effect> {
        let list = &mut self.list;
        let Some(mapping) = mapping else {
            return Vec::new();
        };
        let taken = if list.linked_shape().as_deref() == Some(shape) {
            let linked = list.linking.linked.as_deref();
            let filters = linked.map(|linked| mapping.filters_for(&names(&linked.view)));
            list.take_filters(filters.unwrap_or_default())
        } else if list.shape().as_deref() == Some(shape) {
            list.take_mapping(mapping)
        } else {
            false
        };
        if taken {
            list.recalled = true;
            return self.ask_for_frame();
        }
        Vec::new()
    }

    /// Forgets the choices made for lists of these columns, and guesses anew.
    pub(super) fn forget_choices(&mut self) -> Vec<Effect> {
        let list = &mut self.list;
        let parts = list.linking.lists.iter().map(part_shape);
        let own = [list.shape(), list.linked_shape()].into_iter().flatten();
        let shapes: BTreeSet<String> = own.chain(parts).collect();
        let forget: Vec<Effect> = shapes.into_iter().map(Effect::Forget).collect();
        if let OnDesk::List { view, unit, .. } = &mut list.desk {
            *unit = CaseUnit::guess(view);
        }
        if let Some(part) = list.linking.own_part() {
            part.filters.clear();
        }
        list.who.clear();
        list.known = None;
        list.recalled = false;
        forget.into_iter().chain(self.ask_for_frame()).collect()
    }
}

impl Stage {
    /// Takes what was chosen for a list of the columns of the one on the desk; whether that changed
    /// anything.
    fn take_mapping(&mut self, mapping: Mapping) -> bool {
        let OnDesk::List { view, unit, .. } = &mut self.desk else {
            return false;
        };
        let columns = names(view);
        let named = |name: &str| {
            columns
                .iter()
                .position(|column| column.trim() == name.trim())
        };
        let chosen = CaseUnit {
            unit: mapping.unit,
            id: named(&mapping.id),
            event: mapping.event.as_deref().and_then(named),
        };
        let mut taken = false;
        if *unit == CaseUnit::guess(view) && chosen != *unit {
            *unit = chosen;
            taken = true;
        }
        let filters = mapping.filters_for(&columns);
        taken |= match self.linking.own_part() {
            Some(part) => {
                let changed = part.recall(&mapping, filters);
                self.who.remembered |= !part.filters.is_empty();
                changed
            }
            None => self.take_filters(filters),
        };
        self.known = Some(mapping);
        taken
    }
}

fn names(view: &ListView) -> Vec<&str> {
    let columns = view.columns.iter();
    columns.map(|column| column.name.as_str()).collect()
}

/// The shape of a list that is linked.
fn part_shape(part: &Part) -> String {
    mapping::shape(part.columns.iter().map(|(name, _)| name.as_str()))
}

fn shape(view: &ListView) -> String {
    mapping::shape(names(view))
}
