//! Several worlds, simulated side by side in parallel and tallied exactly.

use std::ops::Range;

use super::block::{Luck, Recorded, Track, Worker};
use super::compare::{PairTally, PairTrace, Pairing};
use super::comparison::Comparison;
use super::distribution::EXACT;
use super::error::SimulateError;
use super::machine::{Machine, at_once};
use super::memory::block_bytes;
use super::outcome_total::OutcomeTotal;
use super::outcomes::OutcomePlan;
use super::pilot::{Shared, pilot};
use super::plan::Plan;
use super::rows::Rows;
use super::summarise::summarise;
use super::summary::Summary;
use super::tally::{Statistics, Tally, Trace};
use super::watch::{Unwatched, Watch};
use super::wave::{Turn, Wave, together};
use crate::engine::chance::{Expected, MonteCarlo};
use crate::engine::{Drawn, Program};
use crate::model::OutcomeUnit;
use crate::random::Keys;
use crate::random::lanes::Level;

/// Several worlds that share their luck, and what was tallied of their histories so far.
///
/// Histories can be added in any order and any split, here or in another ensemble of the same worlds that is merged into
/// this one: the answer is the same to the last bit.
#[derive(Debug)]
pub struct Ensemble<'a> {
    pub(super) worlds: Vec<Recorded<'a>>,
    pub(super) pairings: Vec<Pairing>,
    seed: u64,
    pool: rayon::ThreadPool,
    level: Level,
    /// Of no world as long as there are no histories: those of the first that are added are taken over.
    pub(super) tallies: Tallies,
    /// What values are counted around where they are many: known from when there are so many histories.
    references: Shared,
    replicates: u64,
}

/// What was tallied: of each world, and of each pair.
#[derive(Debug)]
pub(super) struct Tallies {
    pub worlds: Vec<Tally>,
    pub pairs: Vec<PairTally>,
}

impl Tallies {
    fn new(worlds: &[Recorded<'_>], pairings: &[Pairing], level: Level, references: &Shared) -> Tallies {
        let (worlds, pairings) = (worlds.iter().enumerate(), pairings.iter().enumerate());
        Tallies {
            worlds: worlds.map(|(index, world)| Tally::new(world, index, level, references)).collect(),
            pairs: pairings.map(|(index, pair)| PairTally::new(pair, index, level, references)).collect(),
        }
    }

    /// Counts around the references wherever there are too many different values to count every one.
    fn settle(&self) {
        self.worlds.iter().for_each(Tally::settle);
        self.pairs.iter().for_each(PairTally::settle);
    }

    fn merge(&mut self, other: &Tallies) {
        self.worlds.iter_mut().zip(&other.worlds).for_each(|(mine, theirs)| mine.merge(theirs));
        self.pairs.iter_mut().zip(&other.pairs).for_each(|(mine, theirs)| mine.merge(theirs));
    }
}

impl<'a> Ensemble<'a> {
    /// No histories yet of these worlds, each of which is compared with the one at index `against`. The `machine` may be
    /// a number of threads.
    ///
    /// # Errors
    /// When worlds have other steps or dates than the one they are compared with, and when threads cannot be started.
    pub fn new(
        tracks: &[Track<'a>],
        against: usize,
        seed: u64,
        machine: impl Into<Machine>,
    ) -> Result<Ensemble<'a>, SimulateError> {
        Ensemble::keeping(tracks, against, seed, machine, Plan::new)
    }

    /// The same where of each program only what `plan` says is recorded.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn keeping(
        tracks: &[Track<'a>],
        against: usize,
        seed: u64,
        machine: impl Into<Machine>,
        plan: impl Fn(&Program) -> Plan,
    ) -> Result<Ensemble<'a>, SimulateError> {
        let Machine { threads, level } = machine.into();
        let (worlds, pairings) = prepare(tracks, against, plan)?;
        let references = Shared::default();
        let tallies = Tallies { worlds: Vec::new(), pairs: Vec::new() };
        let pool = pool(threads)?;
        Ok(Ensemble { worlds, pairings, seed, pool, level, tallies, references, replicates: 0 })
    }

    /// How many histories were simulated.
    pub fn replicates(&self) -> u64 {
        self.replicates
    }

    /// How many steps of histories `replicates` histories are, in all worlds.
    pub fn steps(&self, replicates: u64) -> u64 {
        self.worlds.iter().map(|world| replicates * u64::from(world.track.program.steps())).sum()
    }

    /// Adds the histories `replicates`, which must be others than those that were added before.
    ///
    /// # Errors
    /// When stopped, and when a history does not balance or grows beyond what is counted: the ensemble is then as it was.
    pub fn add(&mut self, replicates: Range<u64>, watch: &dyn Watch) -> Result<(), SimulateError> {
        if replicates.is_empty() {
            return Err(SimulateError::NoReplicates);
        }
        let many_values = self.replicates + (replicates.end - replicates.start) > EXACT as u64;
        let Ensemble { worlds, pairings, pool, seed, level, references, .. } = self;
        let unknown = many_values && references.get().is_none();
        let slots = worlds.iter().map(|world| world.table.slots()).sum::<usize>()
            + pairings.iter().map(Pairing::cells).sum::<usize>();
        let many: Vec<Tallies> = (0..Tally::how_many(slots, pool.current_num_threads()))
            .map(|_| Tallies::new(worlds, pairings, *level, references))
            .collect();
        let keys = Keys { seed: *seed };
        let programs: Vec<&Program> = worlds.iter().map(|world| world.track.program).collect();
        let at_once = at_once(&programs, replicates.end - replicates.start, pool.current_num_threads());
        let threads = pool.current_num_threads() as u64;
        let blocks = (replicates.end - replicates.start).div_ceil(at_once);
        let bytes = worlds.iter().map(|world| block_bytes(world, at_once)).fold(0, u64::saturating_add);
        let together = together(blocks, bytes, threads);
        // Where they are no more than threads, each goes its own way.
        let (waves, alone) = if together > threads { (blocks.div_ceil(together), false) } else { (1, true) };
        for wave in 0..waves {
            let from = replicates.start + if alone { 0 } else { wave * together * at_once };
            let until = if alone { replicates.end } else { (from + together * at_once).min(replicates.end) };
            let wave = Wave::of(worlds, !pairings.is_empty(), (until - from).div_ceil(at_once), alone);
            let outcomes = pool.broadcast(|thread| {
                // The others need not wait: until values are known to be many, every one is counted.
                if unknown && thread.index() == 0 && references.get().is_none() {
                    let found = pilot(worlds, pairings, *seed, *level, watch);
                    let _ = references.set(found.inspect_err(|_| wave.fail())?);
                    // What others have counted meanwhile, of steps to which they do not come back.
                    many.iter().for_each(Tallies::settle);
                }
                let tallies = &many[thread.index() % many.len()];
                let mut sinks: Vec<&Tally> = tallies.worlds.iter().collect();
                let mut pair_sinks: Vec<&PairTally> = tallies.pairs.iter().collect();
                let zeros = vec![0.0; at_once as usize];
                wave.each(|block, turn, worker| {
                    let first = from + block * at_once;
                    let lanes = (until - first).min(at_once) as usize;
                    let draw = |program: &Program| program.draw(&keys, first, lanes);
                    let luck = Luck { chance: &MonteCarlo { keys, first, level: *level }, draw, first };
                    let mut each = |boundary: usize, rows: &[Rows]| {
                        for (pairing, sink) in pairings.iter().zip(&mut pair_sinks) {
                            pairing.compare(boundary, rows, &zeros[..lanes], sink);
                        }
                    };
                    match turn {
                        Turn::All => worker.run(lanes, &luck, watch, &mut sinks, each),
                        Turn::Start => worker.begin(lanes, &luck, &mut sinks, &mut each),
                        Turn::Step => worker.step(&luck, watch, &mut sinks, &mut each),
                    }
                })
            });
            let errors = outcomes.into_iter().filter_map(Result::err);
            if let Some(error) = errors.min_by_key(SimulateError::rank) {
                return Err(error);
            }
        }
        for tallies in &many {
            let found = self.worlds.iter().zip(&tallies.worlds);
            let mut too_large = found.filter_map(|(world, tally)| Some(world.too_large(tally.too_large()?)));
            if let Some(error) = too_large.next() {
                return Err(error);
            }
        }
        let mut many = many.into_iter();
        if self.replicates == 0
            && let Some(first) = many.next()
        {
            self.tallies = first;
        }
        self.make_tallies();
        many.for_each(|tallies| self.tallies.merge(&tallies));
        self.tallies.settle();
        self.replicates += replicates.end - replicates.start;
        Ok(())
    }

    /// Adds the histories of another ensemble of the same worlds and seed, which must be others than its own.
    pub fn merge(&mut self, other: &Ensemble<'_>) {
        self.make_tallies();
        self.tallies.merge(&other.tallies);
        self.replicates += other.replicates;
    }

    fn make_tallies(&mut self) {
        if self.tallies.worlds.is_empty() {
            self.tallies = Tallies::new(&self.worlds, &self.pairings, self.level, &self.references);
        }
    }

    /// What the outcomes of every world have come to so far, in the order of its model.
    pub fn outcome_totals(&self) -> Vec<Vec<OutcomeTotal>> {
        let of_world = |(world, tally): (&Recorded<'_>, &Tally)| {
            let months = months_a_step(world.track.program);
            let of_outcome = |(index, plan): (usize, &OutcomePlan)| {
                let (histories, sum) = tally.total(world.table.slot(world.table.outcome(index), 0));
                let dated = plan.unit == OutcomeUnit::Date;
                OutcomeTotal { histories, sum, one: if dated { months } else { 1.0 } }
            };
            world.plan.outcomes.iter().enumerate().map(of_outcome).collect()
        };
        self.worlds.iter().zip(&self.tallies.worlds).map(of_world).collect()
    }

    /// Where parts of few histories were merged, values may be many only now.
    fn settle(&self) {
        if self.replicates > EXACT as u64 {
            // Its histories were simulated before, or would have failed as these do.
            let pilot = || pilot(&self.worlds, &self.pairings, self.seed, self.level, &Unwatched);
            self.references.get_or_init(|| pilot().unwrap_or_default());
            self.tallies.settle();
        }
    }

    /// What every world says, and how the others differ from the one they are compared with. What was tallied is given up as it is
    /// read, so that there is never room for all of both.
    pub fn finish(self) -> (Vec<Summary>, Vec<Comparison>) {
        self.settle();
        let Ensemble { worlds, pairings, pool, replicates, tallies, .. } = self;
        // By the threads that made the tallies: allocators give the memory of one thread to no other.
        pool.install(|| {
            // What takes less first, while there are most tallies.
            let of_each = worlds.iter().zip(tallies.worlds);
            let summaries = of_each.map(|(world, tally)| summary(world, replicates, false, &tally)).collect();
            let pairs = pairings.iter().zip(tallies.pairs);
            let comparisons =
                pairs.map(|(pairing, tally)| pairing.comparison(&worlds, false, &tally)).collect();
            (summaries, comparisons)
        })
    }

    /// What every world says.
    pub fn summaries(&self) -> Vec<Summary> {
        self.settle();
        summaries(&self.worlds, self.replicates, false, &self.tallies.worlds)
    }

    /// How the other worlds differ from the one they are compared with.
    pub fn comparisons(&self) -> Vec<Comparison> {
        self.settle();
        let pairs = self.pairings.iter().zip(&self.tallies.pairs);
        pairs.map(|(pairing, tally)| pairing.comparison(&self.worlds, false, tally)).collect()
    }
}

/// Runs several worlds with fractional people and no noise: what each says, and how they differ from that at index `against`.
///
/// # Errors
/// When stopped, when the one history does not balance or grows beyond what is counted, and when worlds have other steps
/// or dates than the one they are compared with.
pub fn expect_side_by_side(
    tracks: &[Track<'_>],
    against: usize,
    watch: &dyn Watch,
) -> Result<(Vec<Summary>, Vec<Comparison>), SimulateError> {
    let (worlds, pairings) = prepare(tracks, against, Plan::new)?;
    let mut traces: Vec<Trace> = worlds.iter().map(|world| Trace::new(&world.table)).collect();
    let mut pairs: Vec<PairTrace> = pairings.iter().map(PairTrace::new).collect();
    let luck = Luck { chance: &Expected, draw: |program: &Program| -> Drawn { program.expect() }, first: 0 };
    Worker::new(&worlds, !pairings.is_empty()).run(1, &luck, watch, &mut traces, |boundary, rows| {
        for (pairing, sink) in pairings.iter().zip(&mut pairs) {
            pairing.compare(boundary, rows, &[0.0], sink);
        }
    })?;
    let comparisons = pairings.iter().zip(&pairs);
    Ok((
        summaries(&worlds, 1, true, &traces),
        comparisons.map(|(pairing, trace)| pairing.comparison(&worlds, true, trace)).collect(),
    ))
}

/// Runs the first `steps` steps of a world with fractional people and no noise. Nothing is said of outcomes, unless these are all steps.
///
/// # Errors
/// As [`expect_side_by_side`].
pub fn expect_first(track: Track<'_>, steps: u32, watch: &dyn Watch) -> Result<Summary, SimulateError> {
    let worlds = [Recorded::until(track, Plan::new(track.program), steps.min(track.program.steps()))];
    let mut traces = [Trace::new(&worlds[0].table)];
    let luck = Luck { chance: &Expected, draw: Program::expect, first: 0 };
    Worker::new(&worlds, false).run(1, &luck, watch, &mut traces, |_, _| {})?;
    Ok(summary(&worlds[0], 1, true, &traces[0]))
}

/// What is recorded of worlds by their plans, and how they are compared with the one at index `against`.
pub(super) fn prepare<'a>(
    tracks: &[Track<'a>],
    against: usize,
    plan: impl Fn(&Program) -> Plan,
) -> Result<(Vec<Recorded<'a>>, Vec<Pairing>), SimulateError> {
    let calendar = |track: &Track<'a>| &track.program.model().calendar;
    for track in tracks {
        if calendar(track) != calendar(&tracks[against]) {
            return Err(SimulateError::Calendars { variant: track.name.into() });
        }
    }
    let worlds: Vec<Recorded<'a>> =
        tracks.iter().map(|track| Recorded::new(*track, plan(track.program))).collect();
    let others = (0..worlds.len()).filter(|world| *world != against);
    let pairings = others.map(|world| Pairing::new(&worlds, world, against)).collect();
    Ok((worlds, pairings))
}

fn summaries(
    worlds: &[Recorded<'_>],
    replicates: u64,
    expected: bool,
    statistics: &[impl Statistics],
) -> Vec<Summary> {
    let of_each = worlds.iter().zip(statistics);
    of_each.map(|(world, statistics)| summary(world, replicates, expected, statistics)).collect()
}

fn summary(world: &Recorded<'_>, replicates: u64, expected: bool, statistics: &impl Statistics) -> Summary {
    summarise(&world.plan, &world.table, months_a_step(world.track.program), replicates, expected, statistics)
}

/// The length of a step in months, a month being a twelfth of a year.
fn months_a_step(program: &Program) -> f64 {
    program.model().calendar.step_years() * 12.0
}

/// The threads that work.
pub(super) fn pool(threads: usize) -> Result<rayon::ThreadPool, SimulateError> {
    let built = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    built.map_err(|error| SimulateError::Threads { threads, reason: error.to_string() })
}
