//! A block of replicates, stepped through several variants side by side.

use std::sync::Arc;

use super::error::SimulateError;
use super::named::{ComparedSide, name_of};
use super::observed::ObservedPlan;
use super::plan::SeriesPlan;
use super::recorder::{Recorder, Sink};
use super::rows::{SeriesRows, TeeSink};
use super::series::{SeriesSource, SeriesTable};
use super::track::BASELINE;
use super::track::Track;
use super::watch::Watch;
use crate::engine::chance::Chance;
use crate::engine::ledger::{LedgerError, LedgerSheet, check_start};
use crate::engine::{Drawn, Flows, Program, Replicates, Workspace, step};

/// How many replicates are stepped together.
pub const BLOCK: u64 = 64;

/// A variant with what is recorded of it.
#[derive(Debug)]
pub struct RecordedVariant {
    pub track: Track,
    /// How many steps are taken: all that the program has, or the first of them.
    steps: u32,
    pub plan: SeriesPlan,
    /// The series of the plan, which tallies share.
    pub table: Arc<SeriesTable>,
}

impl RecordedVariant {
    /// With this plan.
    pub fn new(track: Track, plan: SeriesPlan) -> RecordedVariant {
        let steps = track.program.steps();
        RecordedVariant::until(track, plan, steps)
    }

    /// The same of the first `steps` steps; of fewer than all there are no outcomes, and nothing is observed.
    pub fn until(track: Track, mut plan: SeriesPlan, steps: u32) -> RecordedVariant {
        if steps < track.program.steps() {
            (plan.outcomes, plan.observed) = (Vec::new(), ObservedPlan::default());
        }
        let table = Arc::new(SeriesTable::new(&plan, steps));
        RecordedVariant { track, steps, plan, table }
    }

    /// How many steps are taken.
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// The index of an outcome in the plan, by its name.
    pub fn outcome_named(&self, name: &str) -> Option<usize> {
        self.track.program.model().outcomes.iter().position(|outcome| outcome.name == name)
    }

    /// As one side of a comparison.
    pub fn side(&self) -> ComparedSide<'_> {
        ComparedSide { program: &self.track.program, plan: &self.plan, table: &self.table }
    }

    /// Of every slot whether it is an amount of the scenario's currency.
    pub fn money(&self) -> Vec<bool> {
        let mut money = vec![false; self.table.slots()];
        let Some(costs) = &self.track.program.model().costs else { return money };
        for (id, series) in self.table.iter() {
            if matches!(series.source, SeriesSource::Measure(_) | SeriesSource::Outcome(_)) {
                money[self.table.slots_of(id)].fill(is_money(&series.unit, &costs.currency));
            }
        }
        money
    }

    /// The error that the number of a slot is too large to be counted.
    pub fn too_large(&self, slot: usize) -> SimulateError {
        let model = self.track.program.model();
        let series = &self.table[self.table.of_slot(slot)];
        let number = match series.source {
            SeriesSource::Outcome(outcome) => format!("the outcome `{}`", model.outcomes[outcome].name),
            SeriesSource::Observed(_) => "an observed number".into(),
            _ => {
                let (name, _) = name_of(model, &self.plan, series);
                let measure = name.measure.map(|measure| format!("the {measure} of ")).unwrap_or_default();
                format!("{measure}`{}`", name.subject)
            }
        };
        SimulateError::TooLarge { variant: self.track.name.clone(), number }
    }

    fn error(&self, error: LedgerError) -> SimulateError {
        match self.track.name.as_str() {
            BASELINE => error.into(),
            variant => SimulateError::Variant { variant: variant.into(), error },
        }
    }
}

/// Whether a unit is a currency, or so much of it for something.
pub(super) fn is_money(unit: &str, currency: &str) -> bool {
    unit.strip_prefix(currency).is_some_and(|rest| rest.is_empty() || rest.starts_with(" per "))
}

/// What a block of replicates is stepped with.
pub struct Worker<'a> {
    variants: &'a [RecordedVariant],
    lanes: usize,
    workspaces: Vec<VariantWorkspace<'a>>,
    rows: Vec<SeriesRows>,
    /// Of the block at hand, by variant.
    states: Vec<Replicates>,
    /// Its next step.
    next: u32,
}

/// The workspace for blocks of one size in one variant.
struct VariantWorkspace<'a> {
    workspace: Workspace,
    flows: Flows,
    recorder: Recorder<'a>,
    sheet: LedgerSheet,
}

/// Where a block's randomness comes from.
pub struct Randomness<'c, C, D> {
    /// Chance in every step.
    pub chance: &'c C,
    /// What a variant draws before the first.
    pub draw: D,
    /// The replicate of lane 0.
    pub first: u64,
}

impl<'a> Worker<'a> {
    /// Of these variants; `keep_rows` where they are compared.
    pub fn new(variants: &'a [RecordedVariant], keep_rows: bool) -> Worker<'a> {
        let rows = if keep_rows { vec![SeriesRows::default(); variants.len()] } else { Vec::new() };
        Worker { variants, lanes: 0, workspaces: Vec::new(), rows, states: Vec::new(), next: 0 }
    }

    /// Makes room for blocks of `lanes` replicates, unless there is.
    fn prepare(&mut self, lanes: usize) {
        if self.lanes == lanes {
            return;
        }
        self.lanes = lanes;
        let workspaces = self.variants.iter().map(|variant| VariantWorkspace {
            workspace: Workspace::new(&variant.track.program, lanes),
            flows: variant.track.program.flows(lanes),
            recorder: Recorder::new(&variant.plan, &variant.table, &variant.track.program, lanes),
            sheet: LedgerSheet::default(),
        });
        self.workspaces = workspaces.collect();
    }

    /// Takes a block of `lanes` replicates from its start to its end, every variant to a step before any goes further. Each
    /// variant's numbers go to its sink; `each` sees the rows of all of them at every boundary.
    ///
    /// # Errors
    /// When stopped, and when a replicate does not balance or grows beyond what is counted.
    pub fn run<S: Sink>(
        &mut self,
        lanes: usize,
        randomness: &Randomness<'_, impl Chance, impl Fn(&Program) -> Drawn>,
        watch: &dyn Watch,
        sinks: &mut [S],
        mut each: impl FnMut(usize, &[SeriesRows]),
    ) -> Result<(), SimulateError> {
        self.begin(lanes, randomness, sinks, &mut each)?;
        for _ in 0..self.steps() {
            self.step(randomness, watch, sinks, &mut each)?;
        }
        Ok(())
    }

    /// How many steps a block has.
    pub fn steps(&self) -> u32 {
        self.variants.first().map_or(0, RecordedVariant::steps)
    }

    /// Puts a block of `lanes` replicates at its start.
    ///
    /// # Errors
    /// When a replicate has more people than are counted.
    pub fn begin<S: Sink>(
        &mut self,
        lanes: usize,
        randomness: &Randomness<'_, impl Chance, impl Fn(&Program) -> Drawn>,
        sinks: &mut [S],
        each: &mut impl FnMut(usize, &[SeriesRows]),
    ) -> Result<(), SimulateError> {
        self.prepare(lanes);
        let Worker { variants, workspaces, rows, states, next, .. } = self;
        for (rows, variant) in rows.iter_mut().zip(variants.iter()) {
            rows.clear(&variant.table, lanes);
        }
        states.clear();
        *next = 0;
        for (index, variant) in variants.iter().enumerate() {
            let program = &*variant.track.program;
            let start = program.start((randomness.draw)(program), randomness.chance);
            check_start(program, randomness.first, &start.state).map_err(|error| variant.error(error))?;
            workspaces[index].sheet.begin(program, &start.state);
            let (sink, rows) = (&mut sinks[index], rows.get_mut(index));
            workspaces[index].recorder.begin(&start.state, &mut TeeSink { sink, rows });
            states.push(start);
        }
        each(0, rows);
        Ok(())
    }

    /// Takes the block a step further, in every variant.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub fn step<S: Sink>(
        &mut self,
        randomness: &Randomness<'_, impl Chance, impl Fn(&Program) -> Drawn>,
        watch: &dyn Watch,
        sinks: &mut [S],
        each: &mut impl FnMut(usize, &[SeriesRows]),
    ) -> Result<(), SimulateError> {
        let Worker { variants, lanes, workspaces, rows, states, next } = self;
        let k = *next;
        for (index, variant) in variants.iter().enumerate() {
            if watch.stop() {
                return Err(SimulateError::Interrupted);
            }
            let program = &*variant.track.program;
            let VariantWorkspace { workspace, flows, recorder, sheet } = &mut workspaces[index];
            let replicates = &mut states[index];
            step(program, k, randomness.chance, replicates, workspace, flows);
            sheet
                .check(program, (randomness.first, k), randomness.chance, flows, replicates)
                .map_err(|error| variant.error(error))?;
            let (sink, rows) = (&mut sinks[index], rows.get_mut(index));
            recorder.step(k as usize, &replicates.state, flows, &mut TeeSink { sink, rows });
            watch.steps_done(*lanes as u64);
        }
        *next = k + 1;
        each(k as usize + 1, rows);
        Ok(())
    }
}
