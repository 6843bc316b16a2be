//! Households: which cells' people travel together.

use std::collections::BTreeMap;

use super::programme::Role;
use super::source::SourceId;
use crate::model::{CellId, Family, Model, NumberId, Who};

/// The sources of the cells of a line.
pub(super) type KnownSources = BTreeMap<CellId, SourceId>;

/// Which cells' people travel together.
pub(super) struct Households {
    mean_size: NumberId,
    /// The head's cell of every cell whose people travel with a head.
    head_of: BTreeMap<CellId, CellId>,
    /// Those cells, by the head's.
    with: BTreeMap<CellId, Vec<CellId>>,
}

impl Households {
    /// Of a family's heads and those with them, among the cells of a line.
    pub(super) fn new(model: &Model, family: &Family, known: &KnownSources) -> Households {
        let mut households =
            Households { mean_size: family.mean_size, head_of: BTreeMap::new(), with: BTreeMap::new() };
        for cell in known.keys() {
            let values = model.groups.values(model.group_of(*cell));
            if !family.with.includes(&values) {
                continue;
            }
            let head = values_of_head(&family.head, &values);
            let head = model.cell(model.place_of(*cell), model.groups.group(&head));
            if known.contains_key(&head) {
                households.head_of.insert(*cell, head);
                households.with.entry(head).or_default().push(*cell);
            }
        }
        households
    }
    /// How the people of a cell travel.
    pub(super) fn role(&self, cell: CellId, known: &KnownSources) -> Role {
        if let Some(head) = self.head_of.get(&cell) {
            return Role::With { head: known[head] };
        }
        let Some(with) = self.with.get(&cell) else { return Role::Single };
        Role::Head { mean_size: self.mean_size, with: with.iter().map(|cell| known[cell]).collect() }
    }
}

/// The values of the head of somebody's family: those that the head must have, else the same.
fn values_of_head(head: &Who, values: &[usize]) -> Vec<usize> {
    let one = |(allowed, value): (&Option<Vec<usize>>, &usize)| match allowed.as_deref() {
        Some([only, ..]) => *only,
        _ => *value,
    };
    head.allowed.iter().zip(values).map(one).collect()
}
