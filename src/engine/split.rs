//! Splits: shares among which something is divided.

use std::ops::Range;

use super::rows::LaneRows;
use crate::model::NumberId;

/// Index of a part of a split.
pub type PartId = usize;

/// All splits of a program, part after part.
#[derive(Clone, Debug, Default)]
pub struct Splits {
    /// For each part the numbers whose product is its weight.
    parts: Vec<Vec<NumberId>>,
    /// The parts of each split.
    splits: Vec<Range<PartId>>,
}

impl Splits {
    /// Adds a split among parts whose weights are products of numbers; gives the index of each part.
    pub fn add(&mut self, parts: impl IntoIterator<Item = Vec<NumberId>>) -> Range<PartId> {
        let start = self.parts.len();
        self.parts.extend(parts);
        let range = start..self.parts.len();
        self.splits.push(range.clone());
        range
    }

    /// Which parts may differ between replicates: all parts of a split do where one does.
    pub fn varies(&self, numbers: &[bool]) -> Vec<bool> {
        let mut varies = vec![false; self.parts.len()];
        for split in &self.splits {
            let any = self.parts[split.clone()].iter().flatten().any(|number| numbers[*number]);
            varies[split.clone()].fill(any);
        }
        varies
    }

    /// Evaluates every part's share of its split; 0 for all where all weights are 0.
    pub fn evaluate(&self, numbers: &LaneRows, shares: &mut LaneRows) {
        for split in self.splits.iter().filter(|split| !split.is_empty()) {
            for lane in 0..shares.width(split.start) {
                let mut sum = 0.0;
                for part in split.clone() {
                    let weight = self.parts[part].iter().map(|number| numbers.at(*number, lane)).product();
                    shares.set(part, lane, weight);
                    sum += weight;
                }
                for part in split.clone() {
                    let share = shares.at(part, lane);
                    shares.set(part, lane, if sum > 0.0 { share / sum } else { 0.0 });
                }
            }
        }
    }
}
