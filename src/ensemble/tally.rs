//! The tallies of many replicates: what is added up and counted is exact, so that merging is in any order.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::block::RecordedVariant;
use super::distribution::AT_ONCE;
use super::histogram::{Histogram, LARGEST_WHOLE};
use super::moments::Total;
use super::recorder::Sink;
use super::references::Shared;
use super::series::{SeriesId, SeriesTable};
use super::summary::Stat;
use crate::random::lanes::{InstructionLevel, levels};

/// One histogram for each slot. Several threads may add to it at once: adding in any order gives the same bytes.
#[derive(Debug)]
pub struct Tally {
    table: Arc<SeriesTable>,
    /// Slots from here on are of observed values.
    observed: usize,
    histograms: Vec<Mutex<Histogram>>,
    /// The instructions to count with.
    level: InstructionLevel,
    /// What to count around where values are many, and which variant this is there.
    references: Shared,
    variant: usize,
    /// The first slot with a value that is too large to be counted.
    too_large: AtomicUsize,
}

/// Threads share tallies where one for each would take more than this.
const MEMORY: usize = 256 << 20;

/// What a histogram takes, roughly: itself and a few hundred bins.
const BYTES_A_SLOT: usize = 1 << 10;

impl Tally {
    /// An empty tally of a variant, which is the one at index `variant`.
    pub fn new(
        recorded: &RecordedVariant,
        variant: usize,
        level: InstructionLevel,
        references: &Shared,
    ) -> Tally {
        Tally {
            table: recorded.table.clone(),
            observed: recorded.table.slots() - recorded.plan.observed.points.len(),
            histograms: (0..recorded.table.slots()).map(|_| Mutex::default()).collect(),
            level,
            references: references.clone(),
            variant,
            too_large: AtomicUsize::new(usize::MAX),
        }
    }

    /// How many tallies of `slots` slots `threads` threads should add to, so that memory does not grow with their number.
    pub fn how_many(slots: usize, threads: usize) -> usize {
        (MEMORY / (slots * BYTES_A_SLOT).max(1)).clamp(1, threads.max(1))
    }

    /// Adds the tally of other replicates of the same plan.
    pub fn merge(&mut self, other: &Tally) {
        for (mine, theirs) in self.histograms.iter().zip(&other.histograms) {
            held(mine).merge(&held(theirs));
        }
    }

    /// The first slot with a value that is too large to be counted.
    pub fn too_large(&self) -> Option<usize> {
        Some(self.too_large.load(Ordering::Relaxed)).filter(|slot| *slot < usize::MAX)
    }

    /// How many replicates have a value in a slot, and the sum of these values.
    pub fn total(&self, slot: usize) -> (u64, Total) {
        held(&self.histograms[slot]).total()
    }

    /// Counts around the references wherever there are too many different values to count every one.
    pub fn settle(&self) {
        (0..self.histograms.len()).for_each(|slot| self.settle_one(slot, &mut held(&self.histograms[slot])));
    }

    fn settle_one(&self, slot: usize, histogram: &mut Histogram) {
        // What is observed is scored exactly: it is few numbers.
        if histogram.is_crowded()
            && slot < self.observed
            && let Some(references) = self.references.get()
        {
            histogram.count_around(references.variants[self.variant][slot]);
        }
    }
}

/// What is known of every slot when all replicates are done.
pub trait Statistics {
    /// The statistics of a slot; `None` where no replicate has a value.
    fn stat(&self, slot: usize) -> Option<Stat>;

    /// The same of when something first happens, which is later than any value where it does not: quantiles are those of
    /// all `replicates`, not a number where it has not happened in so many.
    fn stat_of_first(&self, slot: usize, replicates: u64) -> Option<Stat>;

    /// The continuous ranked probability score of a value: the mean distance of replicates from it, less half their mean
    /// distance from each other (Gneiting and Raftery 2007, equation 21).
    fn crps(&self, slot: usize, value: f64) -> Option<f64>;
}

impl Statistics for Tally {
    fn stat(&self, slot: usize) -> Option<Stat> {
        held(&self.histograms[slot]).stat()
    }

    fn stat_of_first(&self, slot: usize, replicates: u64) -> Option<Stat> {
        held(&self.histograms[slot]).stat_among(replicates)
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
    fn take(&mut self, series: SeriesId, point: usize, values: &[f64]) {
        let slot = self.table.slot(series, point);
        let whole = self.table[series].scale.is_whole();
        let mut histogram = held(&self.histograms[slot]);
        for values in values.chunks(AT_ONCE) {
            if whole && !self.level.any_beyond(values, LARGEST_WHOLE) {
                histogram.add(self.level, values);
            } else if !add_known(&mut histogram, self.level, whole, values) {
                self.too_large.fetch_min(slot, Ordering::Relaxed);
            }
        }
        self.settle_one(slot, &mut histogram);
    }
}

levels! {
    /// Whether any is not a number, or as large as `most`.
    fn any_beyond(values: &[f64], most: f64) -> bool = any_beyond_in, any_beyond_in
}

#[inline(always)]
fn any_beyond_in(values: &[f64], most: f64) -> bool {
    // Without a branch for each.
    !values.iter().fold(true, |below, value| below & (*value < most))
}

/// Adds those of at most [`AT_ONCE`] values that are numbers; whether none was too large.
fn add_known(histogram: &mut Histogram, level: InstructionLevel, whole: bool, values: &[f64]) -> bool {
    let mut part = [0.0; AT_ONCE];
    let mut count = 0;
    let mut fits = true;
    for value in values.iter().filter(|value| !value.is_nan()) {
        if value.abs() < if whole { LARGEST_WHOLE } else { f64::INFINITY } {
            part[count] = if whole { value.floor() } else { *value };
            count += 1;
        } else {
            fits = false;
        }
    }
    match whole {
        true => histogram.add(level, &part[..count]),
        false => histogram.add_real(level, &part[..count]),
    }
    fits
}

/// The values of the one replicate of expected mode.
#[derive(Clone, Debug)]
pub struct Trace {
    table: Arc<SeriesTable>,
    values: Vec<Option<f64>>,
}

impl Trace {
    /// An empty trace.
    pub fn new(table: &Arc<SeriesTable>) -> Trace {
        Trace { table: table.clone(), values: vec![None; table.slots()] }
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
    fn take(&mut self, series: SeriesId, point: usize, values: &[f64]) {
        let slot = self.table.slot(series, point);
        self.values[slot] = values.first().copied().filter(|value| !value.is_nan());
    }
}
