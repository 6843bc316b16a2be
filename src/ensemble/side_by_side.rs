//! Several variants, simulated side by side in parallel and tallied exactly.

use std::ops::Range;

use super::block::{Randomness, RecordedVariant};
use super::block_group::{BlockGroup, Turn, together};
use super::compare::{PairTally, Pairing};
use super::comparison::Comparison;
use super::distribution::EXACT;
use super::error::SimulateError;
use super::machine::{Machine, at_once};
use super::memory::block_bytes;
use super::mode::Mode;
use super::outcome_total::OutcomeTotal;
use super::outcomes::OutcomePlan;
use super::pilot::pilot;
use super::plan::SeriesPlan;
use super::references::Shared;
use super::rows::SeriesRows;
use super::summarise::summarise;
use super::summary::Summary;
use super::tally::{Statistics, Tally};
use super::threads::Threads;
use super::track::Track;
use super::watch::{Unwatched, Watch};
use crate::engine::Program;
use crate::engine::chance::MonteCarlo;
use crate::model::OutcomeUnit;
use crate::random::Keys;
use crate::random::lanes::InstructionLevel;

/// Several variants that use common random numbers, and what was tallied of their replicates so far.
///
/// Replicates can be added in any order and any split, here or in another ensemble of the same variants that is merged into
/// this one: the answer is the same to the last bit.
#[derive(Debug)]
pub struct Ensemble {
    pub(super) variants: Vec<RecordedVariant>,
    pub(super) pairings: Vec<Pairing>,
    seed: u64,
    threads: Threads,
    level: InstructionLevel,
    /// Of no variant as long as there are no replicates: those of the first that are added are taken over.
    pub(super) tallies: Tallies,
    /// What values are counted around where they are many: known from when there are so many replicates.
    references: Shared,
    replicates: u64,
}

/// What was tallied: of each variant, and of each pair.
#[derive(Debug, Default)]
pub(super) struct Tallies {
    pub variants: Vec<Tally>,
    pub pairs: Vec<PairTally>,
}

impl Tallies {
    fn new(
        variants: &[RecordedVariant],
        pairings: &[Pairing],
        level: InstructionLevel,
        references: &Shared,
    ) -> Tallies {
        let (variants, pairings) = (variants.iter().enumerate(), pairings.iter().enumerate());
        Tallies {
            variants: variants
                .map(|(index, variant)| Tally::new(variant, index, level, references))
                .collect(),
            pairs: pairings.map(|(index, pair)| PairTally::new(pair, index, level, references)).collect(),
        }
    }

    /// Counts around the references wherever there are too many different values to count every one.
    fn settle(&self) {
        self.variants.iter().for_each(Tally::settle);
        self.pairs.iter().for_each(PairTally::settle);
    }

    fn merge(&mut self, other: &Tallies) {
        self.variants.iter_mut().zip(&other.variants).for_each(|(mine, theirs)| mine.merge(theirs));
        self.pairs.iter_mut().zip(&other.pairs).for_each(|(mine, theirs)| mine.merge(theirs));
    }
}

impl Ensemble {
    /// No replicates yet of these variants, each of which is compared with the one at index `against`. The `machine` may be
    /// a number of threads.
    ///
    /// # Errors
    /// When variants have other steps or dates than what they are compared with, and when threads cannot be started.
    pub fn new(
        tracks: &[Track],
        against: usize,
        seed: u64,
        machine: impl Into<Machine>,
    ) -> Result<Ensemble, SimulateError> {
        Ensemble::keeping(tracks, against, seed, machine, SeriesPlan::new)
    }

    /// The same where of each program only what `plan` says is recorded.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn keeping(
        tracks: &[Track],
        against: usize,
        seed: u64,
        machine: impl Into<Machine>,
        plan: impl Fn(&Program) -> SeriesPlan,
    ) -> Result<Ensemble, SimulateError> {
        let Machine { threads, level } = machine.into();
        let (variants, pairings) = prepare(tracks, against, plan)?;
        let references = Shared::default();
        let tallies = Tallies { variants: Vec::new(), pairs: Vec::new() };
        let threads = Threads::new(threads)?;
        Ok(Ensemble { variants, pairings, seed, threads, level, tallies, references, replicates: 0 })
    }

    /// How many replicates were simulated.
    pub fn replicates(&self) -> u64 {
        self.replicates
    }

    /// How many steps of replicates `replicates` replicates are, in all variants.
    pub fn steps(&self, replicates: u64) -> u64 {
        self.variants.iter().map(|variant| replicates * u64::from(variant.track.program.steps())).sum()
    }

    /// Adds the replicates `replicates`, which must be others than those that were added before.
    ///
    /// # Errors
    /// When stopped, and when a replicate does not balance or grows beyond what is counted: the ensemble is then as it was.
    pub fn add(&mut self, replicates: Range<u64>, watch: &dyn Watch) -> Result<(), SimulateError> {
        let many = self.tally(&replicates, Tallies::default(), watch)?;
        let mut many = many.into_iter();
        if self.replicates == 0
            && let Some(first) = many.next()
        {
            self.tallies = first;
        }
        self.made(many, &replicates);
        Ok(())
    }

    /// The same, but counted straight into what was tallied so far: about half of the time where replicates are added by the dozen.
    ///
    /// # Errors
    /// As [`add`](Self::add), but the ensemble has no replicates then.
    pub fn add_in_place(&mut self, replicates: Range<u64>, watch: &dyn Watch) -> Result<(), SimulateError> {
        let so_far = std::mem::take(&mut self.tallies);
        let many = self.tally(&replicates, so_far, watch).inspect_err(|_| self.replicates = 0)?;
        let mut many = many.into_iter();
        self.tallies = many.next().unwrap_or_default();
        self.made(many, &replicates);
        Ok(())
    }

    /// Takes over what was tallied of replicates.
    fn made(&mut self, many: impl Iterator<Item = Tallies>, replicates: &Range<u64>) {
        self.make_tallies();
        many.for_each(|tallies| self.tallies.merge(&tallies));
        self.tallies.settle();
        self.replicates += replicates.end - replicates.start;
    }

    /// Simulates replicates, into as many tallies as threads should have; the first is `so_far`, if there is something in it.
    fn tally(
        &self,
        replicates: &Range<u64>,
        so_far: Tallies,
        watch: &dyn Watch,
    ) -> Result<Vec<Tallies>, SimulateError> {
        if replicates.is_empty() {
            return Err(SimulateError::NoReplicates);
        }
        let added = replicates.end - replicates.start;
        let threads = self.threads.count();
        let slots = self.variants.iter().map(|variant| variant.table.slots()).sum::<usize>()
            + self.pairings.iter().map(Pairing::cells).sum::<usize>();
        let new = |_| Tallies::new(&self.variants, &self.pairings, self.level, &self.references);
        let mut many: Vec<Tallies> =
            Some(so_far).into_iter().filter(|so_far| !so_far.variants.is_empty()).collect();
        many.extend((many.len()..Tally::how_many(slots, threads)).map(new));
        let programs: Vec<&Program> = self.variants.iter().map(|variant| &*variant.track.program).collect();
        let lanes = at_once(&programs, added, threads);
        let bytes =
            self.variants.iter().map(|variant| block_bytes(variant, lanes)).fold(0, u64::saturating_add);
        let together = together(added.div_ceil(lanes), bytes, threads as u64);
        // Where they are no more than threads, each goes its own way.
        let alone = together <= threads as u64;
        let replicates_a_block_group = if alone { added } else { together * lanes };
        let job = BlockJob {
            ensemble: self,
            lanes,
            alone,
            unknown: self.replicates + added > EXACT as u64 && self.references.get().is_none(),
            many: &many,
            watch,
        };
        let mut from = replicates.start;
        while from < replicates.end {
            let until = (from + replicates_a_block_group).min(replicates.end);
            job.block_group(from..until)?;
            from = until;
        }
        for tallies in &many {
            let found = self.variants.iter().zip(&tallies.variants);
            let mut too_large =
                found.filter_map(|(variant, tally)| Some(variant.too_large(tally.too_large()?)));
            if let Some(error) = too_large.next() {
                return Err(error);
            }
        }
        Ok(many)
    }

    /// Adds the replicates of another ensemble of the same variants and seed, which must be others than its own.
    pub fn merge(&mut self, other: &Ensemble) {
        self.make_tallies();
        self.tallies.merge(&other.tallies);
        self.replicates += other.replicates;
    }

    fn make_tallies(&mut self) {
        if self.tallies.variants.is_empty() {
            self.tallies = Tallies::new(&self.variants, &self.pairings, self.level, &self.references);
        }
    }

    /// What the outcomes of every variant have come to so far, in the order of its model.
    pub fn outcome_totals(&self) -> Vec<Vec<OutcomeTotal>> {
        let of_variant = |(variant, tally): (&RecordedVariant, &Tally)| {
            let months = months_a_step(&variant.track.program);
            let of_outcome = |(index, plan): (usize, &OutcomePlan)| {
                let (replicates, sum) = tally.total(variant.table.slot(variant.table.outcome(index), 0));
                let dated = plan.unit == OutcomeUnit::Date;
                OutcomeTotal { replicates, sum, one: if dated { months } else { 1.0 } }
            };
            variant.plan.outcomes.iter().enumerate().map(of_outcome).collect()
        };
        self.variants.iter().zip(&self.tallies.variants).map(of_variant).collect()
    }

    /// Where parts of few replicates were merged, values may be many only now.
    fn settle(&self) {
        if self.replicates > EXACT as u64 {
            // Its replicates were simulated before, or would have failed as these do.
            let pilot = || pilot(&self.variants, &self.pairings, self.seed, self.level, &Unwatched);
            self.references.get_or_init(|| pilot().unwrap_or_default());
            self.tallies.settle();
        }
    }

    /// What every variant says, and how the others differ from the one they are compared with. What was tallied is given up as it is
    /// read, so that there is never room for all of both.
    pub fn finish(self) -> (Vec<Summary>, Vec<Comparison>) {
        self.settle();
        let Ensemble { variants, pairings, threads, replicates, tallies, .. } = self;
        // By the threads that made the tallies: allocators give the memory of one thread to no other.
        threads.one(|| {
            // What takes less first, while there are most tallies.
            let of_each = variants.iter().zip(tallies.variants);
            let summaries = of_each
                .map(|(variant, tally)| summary(variant, replicates, Mode::MonteCarlo, &tally))
                .collect();
            let pairs = pairings.iter().zip(tallies.pairs);
            let comparisons = pairs
                .map(|(pairing, tally)| pairing.comparison(&variants, Mode::MonteCarlo, &tally))
                .collect();
            (summaries, comparisons)
        })
    }

    /// What every variant says.
    pub fn summaries(&self) -> Vec<Summary> {
        self.settle();
        summaries(&self.variants, self.replicates, Mode::MonteCarlo, &self.tallies.variants)
    }

    /// How the other variants differ from the one they are compared with.
    pub fn comparisons(&self) -> Vec<Comparison> {
        self.settle();
        let pairs = self.pairings.iter().zip(&self.tallies.pairs);
        pairs.map(|(pairing, tally)| pairing.comparison(&self.variants, Mode::MonteCarlo, tally)).collect()
    }
}

/// Replicates that are being added.
struct BlockJob<'j> {
    ensemble: &'j Ensemble,
    /// How many replicates a block has.
    lanes: u64,
    /// Whether each block goes its own way.
    alone: bool,
    /// Whether values are many, and it is not known yet where they lie.
    unknown: bool,
    many: &'j [Tallies],
    watch: &'j dyn Watch,
}

impl BlockJob<'_> {
    /// Simulates the replicates of a wave, by all threads.
    fn block_group(&self, replicates: Range<u64>) -> Result<(), SimulateError> {
        let Ensemble { variants, pairings, threads, .. } = self.ensemble;
        let blocks = (replicates.end - replicates.start).div_ceil(self.lanes);
        let block_group = BlockGroup::of(variants, !pairings.is_empty(), blocks, self.alone);
        let outcomes = threads.each(|thread| {
            // The others need not wait: until values are known to be many, every one is counted.
            if self.unknown && thread == 0 {
                self.find_references().inspect_err(|_| block_group.fail())?;
            }
            let tallies = &self.many[thread % self.many.len()];
            self.blocks(&block_group, &replicates, tallies)
        });
        let errors = outcomes.into_iter().filter_map(Result::err);
        errors.min_by_key(SimulateError::rank).map_or(Ok(()), Err)
    }

    /// Finds where values lie, unless it is known from an earlier wave.
    fn find_references(&self) -> Result<(), SimulateError> {
        let Ensemble { variants, pairings, seed, level, references, .. } = self.ensemble;
        if references.get().is_none() {
            let _ = references.set(pilot(variants, pairings, *seed, *level, self.watch)?);
            // What others have counted meanwhile, of steps to which they do not come back.
            self.many.iter().for_each(Tallies::settle);
        }
        Ok(())
    }

    /// Takes turns with blocks of a wave of some replicates, as one of its threads.
    fn blocks(
        &self,
        block_group: &BlockGroup<'_>,
        replicates: &Range<u64>,
        tallies: &Tallies,
    ) -> Result<(), SimulateError> {
        let Ensemble { pairings, seed, level, .. } = self.ensemble;
        let keys = Keys { seed: *seed };
        let mut sinks: Vec<&Tally> = tallies.variants.iter().collect();
        let mut pair_sinks: Vec<&PairTally> = tallies.pairs.iter().collect();
        let zeros = vec![0.0; self.lanes as usize];
        block_group.each(|block, turn, worker| {
            let first = replicates.start + block * self.lanes;
            let lanes = (replicates.end - first).min(self.lanes) as usize;
            let draw = |program: &Program| program.draw(&keys, first, lanes);
            let randomness = Randomness { chance: &MonteCarlo { keys, first, level: *level }, draw, first };
            let mut each = |boundary: usize, rows: &[SeriesRows]| {
                for (pairing, sink) in pairings.iter().zip(&mut pair_sinks) {
                    pairing.compare(boundary, rows, &zeros[..lanes], sink);
                }
            };
            match turn {
                Turn::All => worker.run(lanes, &randomness, self.watch, &mut sinks, each),
                Turn::Start => worker.begin(lanes, &randomness, &mut sinks, &mut each),
                Turn::Step => worker.step(&randomness, self.watch, &mut sinks, &mut each),
            }
        })
    }
}

/// What is recorded of variants by their plans, and how they are compared with the one at index `against`.
pub(super) fn prepare(
    tracks: &[Track],
    against: usize,
    plan: impl Fn(&Program) -> SeriesPlan,
) -> Result<(Vec<RecordedVariant>, Vec<Pairing>), SimulateError> {
    let calendar = &tracks[against].program.model().calendar;
    for track in tracks {
        if track.program.model().calendar != *calendar {
            return Err(SimulateError::Calendars { variant: track.name.clone() });
        }
    }
    let variants: Vec<RecordedVariant> =
        tracks.iter().map(|track| RecordedVariant::new(track.clone(), plan(&track.program))).collect();
    let others = (0..variants.len()).filter(|variant| *variant != against);
    let pairings = others.map(|variant| Pairing::new(&variants, variant, against)).collect();
    Ok((variants, pairings))
}

pub(super) fn summaries(
    variants: &[RecordedVariant],
    replicates: u64,
    mode: Mode,
    statistics: &[impl Statistics],
) -> Vec<Summary> {
    let of_each = variants.iter().zip(statistics);
    of_each.map(|(variant, statistics)| summary(variant, replicates, mode, statistics)).collect()
}

pub(super) fn summary(
    variant: &RecordedVariant,
    replicates: u64,
    mode: Mode,
    statistics: &impl Statistics,
) -> Summary {
    summarise(
        &variant.plan,
        &variant.table,
        months_a_step(&variant.track.program),
        replicates,
        mode,
        statistics,
    )
}

/// The length of a step in months, a month being a twelfth of a year.
fn months_a_step(program: &Program) -> f64 {
    program.model().calendar.step_years() * 12.0
}
