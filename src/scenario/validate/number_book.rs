//! The numbers of a model in the making, with what is known of each beside its value.

use std::collections::BTreeMap;
use std::ops::{Index, Range};

use crate::model::{Number, NumberId};
use crate::units::TimeUnit;

/// Whether a number could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// It has its value.
    Good,
    /// It could not: something stands in for it, and nothing more is said of it.
    Broken,
}

/// Every number that was registered, in the order of the model.
#[derive(Debug, Default)]
pub(in crate::scenario) struct NumberBook {
    numbers: Vec<Number>,
    /// Where each number stands; empty where the file does not say it.
    spans: Vec<Range<usize>>,
    readings: Vec<Reading>,
    /// The unit in which each length of time is written.
    units: BTreeMap<NumberId, TimeUnit>,
    /// The numbers that each factor multiplies.
    multiplied: BTreeMap<NumberId, Vec<NumberId>>,
}

impl NumberBook {
    /// Registers a number that stands at `span`.
    pub(super) fn add(&mut self, number: Number, span: Range<usize>, reading: Reading) -> NumberId {
        self.numbers.push(number);
        self.spans.push(span);
        self.readings.push(reading);
        self.numbers.len() - 1
    }

    /// Remembers in which unit a length of time is written.
    pub(super) fn measured_in(&mut self, id: NumberId, unit: TimeUnit) {
        self.units.insert(id, unit);
    }

    /// Remembers what a factor multiplies.
    pub(super) fn multiplies(&mut self, factor: NumberId, written: Vec<NumberId>) {
        self.multiplied.insert(factor, written);
    }

    /// Where a number stands.
    pub(super) fn span(&self, id: NumberId) -> Range<usize> {
        self.spans[id].clone()
    }

    /// Whether a number could not be read.
    pub(super) fn is_broken(&self, id: NumberId) -> bool {
        self.readings[id] == Reading::Broken
    }

    /// The unit of a length of time.
    pub(in crate::scenario) fn unit(&self, id: NumberId) -> Option<TimeUnit> {
        self.units.get(&id).copied()
    }

    /// The numbers that a factor multiplies; none where it is no factor.
    pub(super) fn multiplied_by(&self, factor: NumberId) -> &[NumberId] {
        self.multiplied.get(&factor).map_or(&[], Vec::as_slice)
    }

    /// The numbers themselves.
    pub(super) fn all(&self) -> &[Number] {
        &self.numbers
    }

    /// Gives the numbers to the model; where each stands is still known.
    pub(super) fn take(&mut self) -> Vec<Number> {
        std::mem::take(&mut self.numbers)
    }
}

impl Index<NumberId> for NumberBook {
    type Output = Number;

    fn index(&self, id: NumberId) -> &Number {
        &self.numbers[id]
    }
}
