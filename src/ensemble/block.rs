//! A block of histories, stepped through several worlds side by side.

use std::sync::Arc;

use super::error::SimulateError;
use super::named::{Side, name_of};
use super::observed::ObservedPlan;
use super::plan::Plan;
use super::recorder::{Recorder, Sink};
use super::rows::{Beside, Rows};
use super::series::{SeriesSource, SeriesTable};
use super::track::BASELINE;
use super::track::Track;
use super::watch::Watch;
use crate::engine::chance::Chance;
use crate::engine::ledger::{LedgerError, Sheet, check_start};
use crate::engine::{Drawn, Flows, Program, Replicates, Workspace, step};

/// How many histories are stepped together.
pub const BLOCK: u64 = 64;

/// A world with what is recorded of it.
#[derive(Debug)]
pub struct Recorded<'a> {
    pub track: Track<'a>,
    /// How many steps are taken: all that the program has, or the first of them.
    steps: u32,
    pub plan: Plan,
    /// The series of the plan, which tallies share.
    pub table: Arc<SeriesTable>,
}

impl<'a> Recorded<'a> {
    /// With this plan.
    pub fn new(track: Track<'a>, plan: Plan) -> Recorded<'a> {
        Recorded::until(track, plan, track.program.steps())
    }

    /// The same of the first `steps` steps; of fewer than all there are no outcomes, and nothing is observed.
    pub fn until(track: Track<'a>, mut plan: Plan, steps: u32) -> Recorded<'a> {
        if steps < track.program.steps() {
            (plan.outcomes, plan.observed) = (Vec::new(), ObservedPlan::default());
        }
        let table = Arc::new(SeriesTable::new(&plan, steps));
        Recorded { track, steps, plan, table }
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
    pub fn side(&self) -> Side<'_> {
        Side { program: self.track.program, plan: &self.plan, table: &self.table }
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
        SimulateError::TooLarge { world: self.track.name.into(), number }
    }

    fn error(&self, error: LedgerError) -> SimulateError {
        match self.track.name {
            BASELINE => error.into(),
            variant => SimulateError::Variant { variant: variant.into(), error },
        }
    }
}

/// Whether a unit is a currency, or so much of it for something.
pub(super) fn is_money(unit: &str, currency: &str) -> bool {
    unit.strip_prefix(currency).is_some_and(|rest| rest.is_empty() || rest.starts_with(" per "))
}

/// What a block of histories is stepped with.
pub struct Worker<'a> {
    worlds: &'a [Recorded<'a>],
    lanes: usize,
    rooms: Vec<Rooms<'a>>,
    rows: Vec<Rows>,
    /// Of the block at hand, by world.
    states: Vec<Replicates>,
    /// Its next step.
    next: u32,
}

/// Room for blocks of one size in one world.
struct Rooms<'a> {
    workspace: Workspace,
    flows: Flows,
    recorder: Recorder<'a>,
    sheet: Sheet,
}

/// Where a block's randomness comes from.
pub struct Luck<'c, C, D> {
    /// Chance in every step.
    pub chance: &'c C,
    /// What a world draws before the first.
    pub draw: D,
    /// The history of lane 0.
    pub first: u64,
}

impl<'a> Worker<'a> {
    /// Of these worlds; `keep_rows` where they are compared.
    pub fn new(worlds: &'a [Recorded<'a>], keep_rows: bool) -> Worker<'a> {
        let rows = if keep_rows { vec![Rows::default(); worlds.len()] } else { Vec::new() };
        Worker { worlds, lanes: 0, rooms: Vec::new(), rows, states: Vec::new(), next: 0 }
    }

    /// Makes room for blocks of `lanes` histories, unless there is.
    fn prepare(&mut self, lanes: usize) {
        if self.lanes == lanes {
            return;
        }
        self.lanes = lanes;
        let rooms = self.worlds.iter().map(|world| Rooms {
            workspace: Workspace::new(world.track.program, lanes),
            flows: world.track.program.flows(lanes),
            recorder: Recorder::new(&world.plan, &world.table, world.track.program, lanes),
            sheet: Sheet::default(),
        });
        self.rooms = rooms.collect();
    }

    /// Takes a block of `lanes` histories from its start to its end, every world to a step before any goes further. Each
    /// world's numbers go to its sink; `each` sees the rows of all of them at every boundary.
    ///
    /// # Errors
    /// When stopped, and when a history does not balance or grows beyond what is counted.
    pub fn run<S: Sink>(
        &mut self,
        lanes: usize,
        luck: &Luck<'_, impl Chance, impl Fn(&Program) -> Drawn>,
        watch: &dyn Watch,
        sinks: &mut [S],
        mut each: impl FnMut(usize, &[Rows]),
    ) -> Result<(), SimulateError> {
        self.begin(lanes, luck, sinks, &mut each)?;
        for _ in 0..self.steps() {
            self.step(luck, watch, sinks, &mut each)?;
        }
        Ok(())
    }

    /// How many steps a block has.
    pub fn steps(&self) -> u32 {
        self.worlds.first().map_or(0, Recorded::steps)
    }

    /// Puts a block of `lanes` histories at its start.
    ///
    /// # Errors
    /// When a history has more people than are counted.
    pub fn begin<S: Sink>(
        &mut self,
        lanes: usize,
        luck: &Luck<'_, impl Chance, impl Fn(&Program) -> Drawn>,
        sinks: &mut [S],
        each: &mut impl FnMut(usize, &[Rows]),
    ) -> Result<(), SimulateError> {
        self.prepare(lanes);
        let Worker { worlds, rooms, rows, states, next, .. } = self;
        for (rows, world) in rows.iter_mut().zip(worlds.iter()) {
            rows.clear(&world.table, lanes);
        }
        states.clear();
        *next = 0;
        for (index, world) in worlds.iter().enumerate() {
            let program = world.track.program;
            let start = program.start((luck.draw)(program), luck.chance);
            check_start(program, luck.first, &start.state).map_err(|error| world.error(error))?;
            rooms[index].sheet.begin(program, &start.state);
            let (sink, rows) = (&mut sinks[index], rows.get_mut(index));
            rooms[index].recorder.begin(&start.state, &mut Beside { sink, rows });
            states.push(start);
        }
        each(0, rows);
        Ok(())
    }

    /// Takes the block a step further, in every world.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub fn step<S: Sink>(
        &mut self,
        luck: &Luck<'_, impl Chance, impl Fn(&Program) -> Drawn>,
        watch: &dyn Watch,
        sinks: &mut [S],
        each: &mut impl FnMut(usize, &[Rows]),
    ) -> Result<(), SimulateError> {
        let Worker { worlds, lanes, rooms, rows, states, next } = self;
        let k = *next;
        for (index, world) in worlds.iter().enumerate() {
            if watch.stop() {
                return Err(SimulateError::Interrupted);
            }
            let program = world.track.program;
            let Rooms { workspace, flows, recorder, sheet } = &mut rooms[index];
            let replicates = &mut states[index];
            step(program, k, luck.chance, replicates, workspace, flows);
            sheet
                .check(program, (luck.first, k), luck.chance, flows, replicates)
                .map_err(|error| world.error(error))?;
            let (sink, rows) = (&mut sinks[index], rows.get_mut(index));
            recorder.step(k as usize, &replicates.state, flows, &mut Beside { sink, rows });
            watch.steps_done(*lanes as u64);
        }
        *next = k + 1;
        each(k as usize + 1, rows);
        Ok(())
    }
}
