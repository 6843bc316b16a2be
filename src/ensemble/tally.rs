//! The tallies of many histories: integers and fixed bins only, so that merging is exact and in any order.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::histogram::{AT_ONCE, Histogram};
use super::plan::{MeasurePlan, Plan};
use super::recorder::{Sink, Slots};
use super::summary::Stat;
use crate::random::lanes::{Level, levels};

/// Ratios (rates, severities) are tallied in units of this.
pub const RATIO_SCALE: f64 = 1e9;

/// Amounts that are no counts (person-months, costs) are tallied in units of this.
pub const FRACTION_SCALE: f64 = 1024.0;

/// Ratios above this are cut, so that sums of squares stay within their integers.
const LARGEST_RATIO: f64 = 1e6;

/// The same for other numbers, after they were scaled.
const LARGEST: f64 = 1e15;

/// Above what scaled values are cut.
pub(super) fn largest(scale: f64) -> f64 {
    if scale == RATIO_SCALE { LARGEST_RATIO * RATIO_SCALE } else { LARGEST }
}

/// One histogram for each slot. Several threads may add to it at once: adding in any order gives the same bytes.
#[derive(Debug)]
pub struct Tally {
    slots: Slots,
    /// What the values of each measure are multiplied by.
    scales: Vec<f64>,
    /// The same of outcomes.
    outcome_scales: Vec<f64>,
    histograms: Vec<Mutex<Histogram>>,
    /// The instructions to count with.
    level: Level,
}

/// Threads share tallies where one for each would take more than this.
const MEMORY: usize = 256 << 20;

/// What a histogram takes, roughly: itself and a few hundred bins.
const BYTES_A_SLOT: usize = 1 << 10;

impl Tally {
    /// An empty tally.
    pub fn new(plan: &Plan, slots: Slots, level: Level) -> Tally {
        let scales = plan.measures.iter().map(MeasurePlan::scale).collect();
        let outcome_scales = plan.outcomes.iter().map(|outcome| outcome.scale).collect();
        Tally {
            slots,
            scales,
            outcome_scales,
            histograms: (0..slots.count()).map(|_| Mutex::default()).collect(),
            level,
        }
    }

    /// How many tallies of `slots` slots `threads` threads should add to, so that memory does not grow with their number.
    pub fn how_many(slots: usize, threads: usize) -> usize {
        (MEMORY / (slots * BYTES_A_SLOT).max(1)).clamp(1, threads.max(1))
    }

    /// Adds the tally of other histories of the same plan.
    pub fn merge(&mut self, other: &Tally) {
        for (mine, theirs) in self.histograms.iter().zip(&other.histograms) {
            held(mine).merge(&held(theirs));
        }
    }

    /// How many histories have a value in a slot, and the sum of these values, scaled to be whole.
    pub fn total(&self, slot: usize) -> (u64, u128) {
        held(&self.histograms[slot]).total()
    }

    /// What the values of a slot are multiplied by to be whole.
    fn scale(&self, slot: usize) -> f64 {
        let slots = &self.slots;
        if let Some(series) = slots.measured(slot) {
            return self.scales[series];
        }
        if let Some(outcome) = slots.outcome_of(slot) {
            return self.outcome_scales[outcome];
        }
        if slot >= slots.observed(0) {
            return 1.0;
        }
        let is_rate = (slots.rate(0, 0)..slots.event(0, 0)).contains(&slot);
        if is_rate || slot >= slots.severity(0, 0) { RATIO_SCALE } else { 1.0 }
    }
}

/// What is known of every slot when all histories are done.
pub trait Statistics {
    /// The statistics of a slot; `None` where no history has a value.
    fn stat(&self, slot: usize) -> Option<Stat>;

    /// The same of when something first happens, which is later than any value where it does not: quantiles are those of
    /// all `histories`, not a number where it has not happened in so many.
    fn stat_of_first(&self, slot: usize, histories: u64) -> Option<Stat>;

    /// The continuous ranked probability score of a value: the mean distance of histories from it, less half their mean
    /// distance from each other (Gneiting and Raftery 2007, equation 21).
    fn crps(&self, slot: usize, value: f64) -> Option<f64>;
}

impl Statistics for Tally {
    fn stat(&self, slot: usize) -> Option<Stat> {
        held(&self.histograms[slot]).stat(self.scale(slot))
    }

    fn stat_of_first(&self, slot: usize, histories: u64) -> Option<Stat> {
        let histogram = held(&self.histograms[slot]);
        let mut stat = histogram.stat(self.scale(slot))?;
        if let Some(spread) = &mut stat.spread {
            spread.quantiles = histogram.quantiles_among(histories).map(|q| q / self.scale(slot));
        }
        Some(stat)
    }

    fn crps(&self, slot: usize, value: f64) -> Option<f64> {
        held(&self.histograms[slot]).crps(value)
    }
}

/// The histogram; a thread that panicked while it held it has ended the run anyway.
fn held(histogram: &Mutex<Histogram>) -> MutexGuard<'_, Histogram> {
    histogram.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sink for &Tally {
    fn take(&mut self, slot: usize, values: &[f64]) {
        let scale = self.scale(slot);
        let mut histogram = held(&self.histograms[slot]);
        for values in values.chunks(AT_ONCE) {
            if scale == 1.0 && !self.level.any_missing(values) {
                histogram.add(self.level, values);
            } else {
                add_known(&mut histogram, self.level, scale, values);
            }
        }
    }
}

levels! {
    /// Whether any is not a number.
    fn any_missing(values: &[f64]) -> bool = any_missing_in, any_missing_in
}

#[inline(always)]
fn any_missing_in(values: &[f64]) -> bool {
    // Without a branch for each.
    values.iter().fold(0, |missing, value| missing | u64::from(value.is_nan())) != 0
}

/// Adds those of at most [`AT_ONCE`] values that are numbers, multiplied to be whole.
fn add_known(histogram: &mut Histogram, level: Level, scale: f64, values: &[f64]) {
    let mut part = [0.0; AT_ONCE];
    let mut count = 0;
    for value in values.iter().filter(|value| !value.is_nan()) {
        part[count] = if scale == 1.0 { value.floor() } else { (value * scale).min(largest(scale)).round() };
        count += 1;
    }
    histogram.add(level, &part[..count]);
}

/// The values of the one history of expected mode.
#[derive(Clone, Debug)]
pub struct Trace {
    values: Vec<Option<f64>>,
}

impl Trace {
    /// An empty trace.
    pub fn new(slots: Slots) -> Trace {
        Trace { values: vec![None; slots.count()] }
    }
}

impl Statistics for Trace {
    fn stat(&self, slot: usize) -> Option<Stat> {
        self.values[slot].map(|mean| Stat { mean, spread: None })
    }

    fn stat_of_first(&self, slot: usize, _: u64) -> Option<Stat> {
        self.stat(slot)
    }

    fn crps(&self, slot: usize, value: f64) -> Option<f64> {
        self.values[slot].map(|mean| (mean - value).abs())
    }
}

impl Sink for Trace {
    fn take(&mut self, slot: usize, values: &[f64]) {
        self.values[slot] = values.first().copied().filter(|value| !value.is_nan());
    }
}
