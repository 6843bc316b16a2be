//! The rows of a world at one step: what a recorder hands over, kept by series and lane, so that worlds which are stepped
//! side by side can be compared.

use super::plan::Plan;
use super::recorder::{Sink, Slots};

/// Which row of a world belongs to which slot.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Runs of slots, in their order.
    runs: [Run; 8],
}

/// Neighbouring slots: so many series, each with so many points.
#[derive(Clone, Copy, Debug)]
struct Run {
    first_slot: usize,
    points: usize,
    first_row: usize,
    rows: usize,
}

/// The kinds of series, in the order of their rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    People,
    PerStep,
    ToDate,
    Rate,
    Event,
    Severity,
    Measure,
    Outcome,
}

impl Layout {
    /// The layout of a plan over `steps` steps.
    pub fn new(plan: &Plan, slots: &Slots, steps: u32) -> Layout {
        let steps = steps as usize;
        let (events, flows) = (plan.events.len(), plan.flows.len() + plan.totals.len());
        let mut first_row = 0;
        let runs = [
            (slots.people(0, 0), steps + 1, plan.people.len()),
            (slots.per_step(0, 0), steps, flows),
            (slots.since_start(0, 0), steps, flows),
            (slots.rate(0, 0), steps, plan.rates.len()),
            (slots.event(0, 0), steps, events),
            (slots.severity(0, 0), steps, events),
            (slots.measure(0, 0), steps, plan.measures.len()),
            (slots.outcome(0), 1, plan.outcomes.len()),
        ]
        .map(|(first_slot, points, rows)| {
            let run = Run { first_slot, points, first_row, rows };
            first_row += rows;
            run
        });
        Layout { runs }
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.runs.iter().map(|run| run.rows).sum()
    }

    /// The row of a series.
    pub fn row(&self, kind: Kind, series: usize) -> usize {
        self.runs[kind as usize].first_row + series
    }

    /// The row of a slot; `None` of what is observed, which is no series.
    pub fn row_of(&self, slot: usize) -> Option<usize> {
        let run = self.runs.iter().rfind(|run| run.rows > 0 && run.first_slot <= slot)?;
        let series = (slot - run.first_slot) / run.points.max(1);
        (series < run.rows).then_some(run.first_row + series)
    }
}

/// The values of every row, by lane; not a number where a history has none.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    lanes: usize,
    values: Vec<f64>,
}

impl Rows {
    /// Forgets everything, for blocks of `lanes` histories.
    pub fn clear(&mut self, layout: &Layout, lanes: usize) {
        self.lanes = lanes;
        self.values.clear();
        self.values.resize(layout.count() * lanes, f64::NAN);
    }

    /// A row.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.lanes..(row + 1) * self.lanes]
    }
}

/// Keeps the rows that go to another sink, where `rows` are wanted.
#[derive(Debug)]
pub struct Beside<'s, S> {
    /// The other sink.
    pub sink: &'s mut S,
    /// Which row is which.
    pub layout: &'s Layout,
    /// Where rows are kept.
    pub rows: Option<&'s mut Rows>,
}

impl<S: Sink> Sink for Beside<'_, S> {
    fn take(&mut self, slot: usize, values: &[f64]) {
        self.sink.take(slot, values);
        let Some(rows) = self.rows.as_deref_mut() else { return };
        let Some(row) = self.layout.row_of(slot) else { return };
        let kept = &mut rows.values[row * rows.lanes..(row + 1) * rows.lanes];
        kept.copy_from_slice(values);
    }
}
