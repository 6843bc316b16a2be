//! Compares two variants step by step, and arranges what was found into a comparison.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::block::{RecordedVariant, is_money};
use super::comparison::{Comparison, Difference, DifferenceSeries, OutcomeDifference, SeriesKind};
use super::distribution::AT_ONCE;
use super::matching::{self, From, Match, OutcomeMatch};
use super::mode::Mode;
use super::paired::Paired;
use super::references::Shared;
use super::rows::SeriesRows;
use super::scale::SeriesScale;
use crate::model::OutcomeUnit;
use crate::random::lanes::InstructionLevel;

/// Two variants, and which of their series are the same.
#[derive(Debug)]
pub struct Pairing {
    /// Index of the variant.
    pub variant: usize,
    /// Index of the one that it is compared with.
    pub against: usize,
    steps: usize,
    series: Vec<Match>,
    /// The cell of the first point of each series; the outcomes follow the last.
    first: Vec<usize>,
    outcomes: Vec<OutcomeMatch>,
    outcomes_first: usize,
}

/// Takes the numbers of two variants: by cell, the value of every lane, not a number where there is none.
pub trait PairSink {
    /// Takes one number on its scale.
    fn take(&mut self, cell: usize, scale: SeriesScale, variant: &[f64], against: &[f64]);
}

/// What is known of every cell when all replicates are done.
pub trait PairStatistics {
    /// The difference in a cell, times `times`; `None` where no replicate has the number in both variants.
    fn difference(&self, cell: usize, scale: SeriesScale, times: f64) -> Option<Difference>;

    /// In which shares of all replicates the date in a cell comes earlier, at the same time or in neither variant, and later;
    /// `None` in expected mode.
    fn order_of_dates(&self, cell: usize) -> Option<[f64; 3]>;
}

impl Pairing {
    /// Of two of `variants`.
    pub fn new(variants: &[RecordedVariant], variant: usize, against: usize) -> Pairing {
        let (one, other) = (variants[variant].side(), variants[against].side());
        let series = matching::series(one, other);
        let steps = one.program.steps() as usize;
        let mut next = 0;
        let mut first = Vec::with_capacity(series.len());
        for found in &series {
            first.push(next);
            next += found.name.kind.points(steps);
        }
        let outcomes = matching::outcomes(one, other);
        Pairing { variant, against, steps, series, first, outcomes, outcomes_first: next }
    }

    /// How many numbers are compared.
    pub fn cells(&self) -> usize {
        self.outcomes_first + self.outcomes.len()
    }

    /// Hands over what the variants have at a boundary.
    pub fn compare(&self, boundary: usize, rows: &[SeriesRows], zeros: &[f64], sink: &mut impl PairSink) {
        let (variant, against) = (&rows[self.variant], &rows[self.against]);
        for (series, first) in self.series.iter().zip(&self.first) {
            let Some(point) = series.name.kind.point(boundary) else { continue };
            let (variant, against) =
                (read(variant, series.variant, zeros), read(against, series.against, zeros));
            sink.take(first + point, series.scale, variant, against);
        }
        if boundary == self.steps {
            for (index, outcome) in self.outcomes.iter().enumerate() {
                let (ours, theirs) = (variant.row(outcome.variant), against.row(outcome.against));
                sink.take(self.outcomes_first + index, outcome.scale, ours, theirs);
            }
        }
    }

    /// Of every cell whether it is an amount of the scenario's currency.
    pub fn money(&self, variants: &[RecordedVariant]) -> Vec<bool> {
        let mut money = vec![false; self.cells()];
        let variant = &variants[self.variant];
        let Some(costs) = &variant.track.program.model().costs else { return money };
        for (series, first) in self.series.iter().zip(&self.first) {
            let points = series.name.kind.points(self.steps);
            money[*first..first + points].fill(is_money(&series.unit, &costs.currency));
        }
        for (index, outcome) in self.outcomes.iter().enumerate() {
            let unit = &variant.table[outcome.variant].unit;
            money[self.outcomes_first + index] = is_money(unit, &costs.currency);
        }
        money
    }

    /// The difference of an outcome of the variant, by its index there.
    pub fn outcome(
        &self,
        variants: &[RecordedVariant],
        outcome: usize,
        found: &impl PairStatistics,
    ) -> Option<Difference> {
        let index = self.outcomes.iter().position(|matched| matched.outcome == outcome)?;
        let plan = &variants[self.variant].plan.outcomes[outcome];
        let calendar = &variants[self.variant].track.program.model().calendar;
        let times = if plan.unit == OutcomeUnit::Date { calendar.step_years() * 12.0 } else { 1.0 };
        found.difference(self.outcomes_first + index, self.outcomes[index].scale, times)
    }

    /// The difference of the last point of the people of a series that `wanted` names.
    pub fn people_at_end(&self, place: &str, found: &impl PairStatistics) -> Option<Difference> {
        let wanted = |series: &&Match| {
            let name = &series.name;
            name.kind == SeriesKind::People && name.subject == place && name.is_everybody()
        };
        let index = self.series.iter().position(|series| wanted(&series))?;
        found.difference(self.first[index] + self.steps, self.series[index].scale, 1.0)
    }

    /// Everything that was found. In expected mode outcomes that only many replicates tell are left without.
    pub fn comparison(
        &self,
        variants: &[RecordedVariant],
        mode: Mode,
        found: &impl PairStatistics,
    ) -> Comparison {
        let series = self.series.iter().zip(&self.first).map(|(series, first)| DifferenceSeries {
            name: series.name.clone(),
            unit: series.unit.clone(),
            points: (0..series.name.kind.points(self.steps))
                .map(|point| found.difference(first + point, series.scale, 1.0))
                .collect(),
        });
        let variant = &variants[self.variant];
        let outcomes = self.outcomes.iter().enumerate().map(|(index, matched)| {
            let (plan, outcome) = (
                &variant.plan.outcomes[matched.outcome],
                &variant.track.program.model().outcomes[matched.outcome],
            );
            let reported = !(mode == Mode::Expected && plan.needs_chance);
            let date = plan.unit == OutcomeUnit::Date;
            OutcomeDifference {
                outcome: outcome.name.clone(),
                label: outcome.label.clone(),
                unit: plan.unit.clone(),
                difference: self.outcome(variants, matched.outcome, found).filter(|_| reported),
                order: date.then(|| found.order_of_dates(self.outcomes_first + index)).flatten(),
            }
        });
        Comparison {
            variant: self.variant,
            against: self.against,
            series: series.collect(),
            outcomes: outcomes.collect(),
        }
    }
}

fn read<'r>(rows: &'r SeriesRows, from: From, zeros: &'r [f64]) -> &'r [f64] {
    match from {
        From::Row(row) => rows.row(row),
        From::Nothing => zeros,
    }
}

/// One tally for each cell. Several threads may add to it at once: adding in any order gives the same bytes.
#[derive(Debug)]
pub struct PairTally {
    cells: Vec<Mutex<Paired>>,
    /// The instructions that numbers are counted with.
    level: InstructionLevel,
    /// What to count around where values are many, and which pair this is there.
    references: Shared,
    pair: usize,
}

impl PairTally {
    /// An empty tally.
    pub fn new(pairing: &Pairing, pair: usize, level: InstructionLevel, references: &Shared) -> PairTally {
        let cells = (0..pairing.cells()).map(|_| Mutex::default()).collect();
        PairTally { cells, level, references: references.clone(), pair }
    }

    /// Counts around the references wherever there are too many different values to count every one.
    pub fn settle(&self) {
        (0..self.cells.len()).for_each(|cell| self.settle_one(cell, &mut held(&self.cells[cell])));
    }

    fn settle_one(&self, cell: usize, paired: &mut Paired) {
        if paired.is_crowded()
            && let Some(references) = self.references.get()
        {
            paired.count_around(references.pairs[self.pair][cell]);
        }
    }

    /// Adds the tally of other replicates of the same variants.
    pub fn merge(&mut self, other: &PairTally) {
        for (mine, theirs) in self.cells.iter().zip(&other.cells) {
            held(mine).merge(&held(theirs));
        }
    }
}

/// The cell; a thread that panicked while it held it has ended the run anyway.
fn held(cell: &Mutex<Paired>) -> MutexGuard<'_, Paired> {
    cell.lock().unwrap_or_else(PoisonError::into_inner)
}

impl PairSink for &PairTally {
    fn take(&mut self, cell: usize, scale: SeriesScale, variant: &[f64], against: &[f64]) {
        let mut paired = held(&self.cells[cell]);
        for (variant, against) in variant.chunks(AT_ONCE).zip(against.chunks(AT_ONCE)) {
            paired.add(self.level, scale, variant, against);
        }
        self.settle_one(cell, &mut paired);
    }
}

impl PairStatistics for PairTally {
    fn difference(&self, cell: usize, scale: SeriesScale, times: f64) -> Option<Difference> {
        held(&self.cells[cell]).difference(scale, times)
    }

    fn order_of_dates(&self, cell: usize) -> Option<[f64; 3]> {
        Some(held(&self.cells[cell]).order(SeriesScale::Date))
    }
}

/// The one replicate of expected mode.
#[derive(Clone, Debug)]
pub struct PairTrace {
    cells: Vec<Option<(f64, f64)>>,
}

impl PairTrace {
    /// An empty trace.
    pub fn new(pairing: &Pairing) -> PairTrace {
        PairTrace { cells: vec![None; pairing.cells()] }
    }
}

impl PairSink for PairTrace {
    fn take(&mut self, cell: usize, _: SeriesScale, variant: &[f64], against: &[f64]) {
        let pair = variant.first().copied().zip(against.first().copied());
        self.cells[cell] = pair.filter(|(variant, against)| !variant.is_nan() && !against.is_nan());
    }
}

impl PairStatistics for PairTrace {
    fn difference(&self, cell: usize, _: SeriesScale, times: f64) -> Option<Difference> {
        let (variant, against) = self.cells[cell]?;
        let mean = (variant - against) * times;
        let relative = (against != 0.0).then(|| (variant - against) / against);
        Some(Difference { mean, against_mean: against * times, relative, spread: None })
    }

    fn order_of_dates(&self, _: usize) -> Option<[f64; 3]> {
        None
    }
}
