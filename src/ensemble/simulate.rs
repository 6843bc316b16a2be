//! Simulates many histories in parallel.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::plan::Plan;
use super::recorder::{Recorder, Sink, Slots};
use super::summarise::summarise;
use super::summary::Summary;
use super::tally::{Tally, Trace};
use crate::engine::chance::{Chance, Expected, MonteCarlo};
use crate::engine::ledger::{LedgerError, Sheet, check_start};
use crate::engine::{Drawn, Program, Scratch, step};
use crate::random::Keys;
use crate::random::lanes::Level;

/// How many histories are stepped together.
pub const BLOCK: u64 = 64;

/// Somebody who watches a run and may stop it.
pub trait Watch: Sync {
    /// So many more steps of histories are done.
    fn steps_done(&self, count: u64);
    /// Whether to stop; asked in every step of every block.
    fn stop(&self) -> bool;
}

/// Nobody watches.
#[derive(Clone, Copy, Debug)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn steps_done(&self, _: u64) {}
    fn stop(&self) -> bool {
        false
    }
}

/// Why a run has no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SimulateError {
    /// The watch said stop.
    #[error("stopped before the last history was complete")]
    Interrupted,
    /// A history was stopped.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The threads could not be started.
    #[error("cannot start {threads} threads: {reason}")]
    Threads {
        /// How many were asked for.
        threads: usize,
        /// What the system says.
        reason: String,
    },
    /// No histories were asked for.
    #[error("no histories to simulate: ask for at least one")]
    NoReplicates,
}

/// Simulates the histories `replicates` with `seed` on `threads` threads (0: as many as the machine has) and summarises
/// them. The answer does not depend on the number of threads.
///
/// # Errors
/// When stopped, when a history does not balance or grows beyond what is counted, or when threads cannot be started.
pub fn simulate(
    program: &Program,
    seed: u64,
    replicates: Range<u64>,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Summary, SimulateError> {
    if replicates.is_empty() {
        return Err(SimulateError::NoReplicates);
    }
    let plan = Plan::new(program);
    let slots = Slots::new(&plan, program.steps());
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| SimulateError::Threads { threads, reason: error.to_string() })?;
    let next = AtomicU64::new(replicates.start);
    let failed = AtomicBool::new(false);
    let keys = Keys { seed };
    let tallies: Vec<Tally> =
        (0..Tally::how_many(slots, pool.current_num_threads())).map(|_| Tally::new(&plan, slots)).collect();
    let outcomes = pool.broadcast(|thread| {
        let mut worker = Worker::new(program, &plan, slots);
        let mut tally = &tallies[thread.index() % tallies.len()];
        loop {
            let first = next.fetch_add(BLOCK, Ordering::Relaxed);
            if first >= replicates.end || failed.load(Ordering::Relaxed) {
                return Ok(());
            }
            let lanes = (replicates.end - first).min(BLOCK) as usize;
            worker
                .block(&keys, first, lanes, watch, &mut tally)
                .inspect_err(|_| failed.store(true, Ordering::Relaxed))?;
        }
    });
    let errors: Vec<SimulateError> = outcomes.into_iter().filter_map(Result::err).collect();
    // The failure of the first history is the one to tell of.
    if let Some(error) = errors.into_iter().min_by_key(order) {
        return Err(error);
    }
    let mut tallies = tallies.into_iter();
    let mut whole = tallies.next().unwrap_or_else(|| Tally::new(&plan, slots));
    tallies.for_each(|tally| whole.merge(&tally));
    let count = replicates.end - replicates.start;
    Ok(summarise(&plan, &slots, steps_and_months(program), count, false, &whole))
}

/// Runs the same program with fractional people and no noise.
///
/// # Errors
/// When the one history does not balance or grows beyond what is counted.
pub fn expect(program: &Program) -> Result<Summary, SimulateError> {
    expect_watched(program, &Unwatched)
}

/// The same, watched.
///
/// # Errors
/// As [`expect`], and when stopped.
pub fn expect_watched(program: &Program, watch: &dyn Watch) -> Result<Summary, SimulateError> {
    let plan = Plan::new(program);
    let slots = Slots::new(&plan, program.steps());
    let mut trace = Trace::new(slots);
    let mut worker = Worker::new(program, &plan, slots);
    worker.prepare(1);
    worker.run(&Expected, program.expect(), 0, false, watch, &mut trace)?;
    Ok(summarise(&plan, &slots, steps_and_months(program), 1, true, &trace))
}

/// How many steps there are, and the length of each in months.
fn steps_and_months(program: &Program) -> (u32, f64) {
    (program.steps(), program.model().calendar.step_years() * 12.0)
}

/// Ledger errors come first, by history.
fn order(error: &SimulateError) -> u64 {
    match error {
        SimulateError::Ledger(error) => error.replicate(),
        _ => u64::MAX,
    }
}

/// What one thread works with.
struct Worker<'a> {
    program: &'a Program,
    plan: &'a Plan,
    slots: Slots,
    rooms: Option<Rooms<'a>>,
}

/// Room for blocks of one size.
struct Rooms<'a> {
    lanes: usize,
    scratch: Scratch,
    flows: crate::engine::Flows,
    recorder: Recorder<'a>,
    sheet: Sheet,
}

impl<'a> Worker<'a> {
    fn new(program: &'a Program, plan: &'a Plan, slots: Slots) -> Worker<'a> {
        Worker { program, plan, slots, rooms: None }
    }

    /// Makes room for blocks of `lanes` histories, unless there is.
    fn prepare(&mut self, lanes: usize) {
        if self.rooms.as_ref().is_none_or(|rooms| rooms.lanes != lanes) {
            self.rooms = Some(Rooms {
                lanes,
                scratch: Scratch::new(self.program, lanes),
                flows: self.program.flows(lanes),
                recorder: Recorder::new(self.plan, self.program, self.slots, lanes),
                sheet: Sheet::default(),
            });
        }
    }

    /// Simulates the histories `first .. first + lanes`.
    fn block(
        &mut self,
        keys: &Keys,
        first: u64,
        lanes: usize,
        watch: &dyn Watch,
        tally: &mut &Tally,
    ) -> Result<(), SimulateError> {
        self.prepare(lanes);
        let drawn = self.program.draw(keys, first, lanes);
        self.run(&MonteCarlo { keys: *keys, first, level: Level::best() }, drawn, first, true, watch, tally)
    }

    /// Takes a block from its start to its end.
    fn run(
        &mut self,
        chance: &impl Chance,
        mut drawn: Drawn,
        first: u64,
        whole: bool,
        watch: &dyn Watch,
        sink: &mut impl Sink,
    ) -> Result<(), SimulateError> {
        let Some(Rooms { lanes, scratch, flows, recorder, sheet }) = &mut self.rooms else {
            unreachable!("prepared by the caller");
        };
        let program = self.program;
        let mut state = program.start(&drawn, whole);
        check_start(program, first, &state)?;
        recorder.begin(&state, sink);
        let mut before: Vec<f64> = Vec::new();
        for k in 0..program.steps() {
            if watch.stop() {
                return Err(SimulateError::Interrupted);
            }
            before.clear();
            before.extend_from_slice(state.all_people());
            program.advance(k, &mut drawn);
            step(program, k, chance, &drawn, scratch, &mut state, flows);
            sheet.check(program, (first, k), whole, &before, flows, &state)?;
            recorder.step(k as usize, &state, flows, sink);
            watch.steps_done(*lanes as u64);
        }
        Ok(())
    }
}
