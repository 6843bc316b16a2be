//! Shapley values of the parts of a variant (Shapley 1953; sampled as by Castro, Gómez and Tejada 2009, with each order its
//! reverse).
//!
//! Every subset of the parts is simulated with the same random numbers as the others, so what a part adds is known
//! replicate by replicate: parts add up to the whole in each of them, and a part without effect adds exactly nothing.
//! Up to six parts all orders count; of more, groups of 64 replicates each look at one order and its reverse.

mod contributions;
mod number;
mod orders;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use contributions::{Contributions, GROUP};
use number::{ExplainedNumber, numbers};
use orders::{MOST_EXACT, Mask, Orders};

use super::attribution::{self, Attribution, Explained, ExplainedSubject};
use super::block::{Randomness, RecordedVariant, Worker};
use super::error::SimulateError;
use super::machine::Machine;
use super::mode::Mode;
use super::plan::SeriesPlan;
use super::recorder::Sink;
use super::series::SeriesId;
use super::threads::Threads;
use super::track::Track;
use super::turns::Turns;
use super::watch::{Unwatched, Watch};
use crate::engine::chance::{Chance, Expected, MonteCarlo};
use crate::engine::{Drawn, Program};
use crate::random::Keys;

/// More parts than this are refused.
pub const MOST_PARTS: usize = 100;

/// In expected mode, where orders cannot be sampled, more than this.
const MOST_EXPECTED: usize = 10;

/// So many replicates.
const PILOT: usize = 16;

/// Numbers in these parts that are this large are refused: their sums might not fit.
const LARGEST: f64 = (1u128 << 100) as f64;

/// So many programs are kept; others are compiled again where they are needed again.
pub const KEPT: u64 = 1024;

/// Makes the program of a variant with only those of its parts that are `true`.
type Build<'b> = dyn Fn(&[bool]) -> Result<Arc<Program>, SimulateError> + Sync + 'b;

/// A variant whose parts are told apart.
#[derive(Clone, Copy)]
pub struct VariantWithParts<'b> {
    /// Its name.
    pub name: &'b str,
    /// Its name for people.
    pub label: &'b str,
    /// The labels of its parts.
    pub parts: &'b [String],
    /// Makes variants of some of them.
    pub build: &'b Build<'b>,
}

/// What the parts of a variant contribute, tallied over the replicates so far. Replicates can be added in any order and any
/// split, here or in another that is merged into this one.
pub struct Shapley<'b> {
    variant: VariantWithParts<'b>,
    numbers: Vec<ExplainedNumber>,
    tallies: Vec<Contributions>,
    programs: Mutex<BTreeMap<Mask, Arc<Program>>>,
    seed: u64,
    machine: Machine,
    replicates: u64,
    mode: Mode,
}

impl<'b> Shapley<'b> {
    /// No replicates yet. The `machine` may be a number of threads.
    ///
    /// # Errors
    /// Where there are too many parts, and where none or all of them make no valid scenario.
    pub fn new(
        variant: VariantWithParts<'b>,
        seed: u64,
        machine: impl Into<Machine>,
        mode: Mode,
    ) -> Result<Shapley<'b>, SimulateError> {
        let most = match mode {
            Mode::MonteCarlo => MOST_PARTS,
            Mode::Expected => MOST_EXPECTED,
        };
        let parts = variant.parts.len();
        if parts > most {
            return Err(SimulateError::Parts { variant: variant.name.into(), parts, most });
        }
        let mut shapley = Shapley {
            variant,
            numbers: Vec::new(),
            tallies: Vec::new(),
            programs: Mutex::default(),
            seed,
            machine: machine.into(),
            replicates: 0,
            mode,
        };
        let (without, with) = (shapley.program(0)?, shapley.program(all_of(parts))?);
        shapley.numbers = numbers(&without, &with, mode);
        shapley.find_scales()?;
        let grouped = shapley.is_sampled();
        shapley.tallies = vec![Contributions::new(parts, grouped); shapley.numbers.len()];
        Ok(shapley)
    }

    /// Finds the scales of numbers that are not whole: the same for whichever replicates are added.
    fn find_scales(&mut self) -> Result<(), SimulateError> {
        if self.numbers.iter().all(|number| number.whole) {
            return Ok(());
        }
        let mut values = Vec::new();
        let lanes = match self.mode {
            Mode::MonteCarlo => PILOT,
            Mode::Expected => 1,
        };
        for mask in [0, all_of(self.variant.parts.len())] {
            match self.mode {
                Mode::MonteCarlo => {
                    let chance = self.chance(0);
                    self.variant(mask, lanes, &self.randomness(&chance, lanes), &Unwatched, &mut values)?;
                }
                Mode::Expected => self.variant(mask, lanes, &no_randomness(), &Unwatched, &mut values)?,
            }
        }
        let count = self.numbers.len();
        for (index, number) in self.numbers.iter_mut().enumerate().filter(|(_, number)| !number.whole) {
            let of = values.chunks(lanes).enumerate().filter(|(chunk, _)| chunk % count == index);
            number.find_scale(of.flat_map(|(_, values)| values), self.mode);
        }
        Ok(())
    }

    fn chance(&self, first: u64) -> MonteCarlo {
        MonteCarlo { keys: Keys { seed: self.seed }, first, level: self.machine.level }
    }

    /// The randomness of some replicates.
    fn randomness<'c>(
        &self,
        chance: &'c MonteCarlo,
        lanes: usize,
    ) -> Randomness<'c, MonteCarlo, impl Fn(&Program) -> Drawn + use<'c>> {
        let (keys, first) = (chance.keys, chance.first);
        let draw = move |program: &Program| program.draw(&keys, first, lanes);
        Randomness { chance, draw, first }
    }

    /// Whether orders are sampled.
    fn is_sampled(&self) -> bool {
        self.variant.parts.len() > MOST_EXACT && self.mode == Mode::MonteCarlo
    }

    /// How many steps of replicates `replicates` replicates are, in all variants that they need.
    pub fn steps(&self, replicates: u64) -> u64 {
        let steps = self.program(0).map_or(0, |program| u64::from(program.steps()));
        self.orders(0).variants().len() as u64 * steps * replicates
    }

    /// The orders that a group of replicates looks at.
    fn orders(&self, group: u64) -> Orders {
        let parts = self.variant.parts.len();
        if self.is_sampled() {
            Orders::sampled(parts, &Keys { seed: self.seed }, self.variant.name, group)
        } else {
            Orders::All(parts)
        }
    }

    /// The program of some parts.
    fn program(&self, mask: Mask) -> Result<Arc<Program>, SimulateError> {
        let kept = || self.programs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(program) = kept().get(&mask) {
            return Ok(program.clone());
        }
        let keep: Vec<bool> = (0..self.variant.parts.len()).map(|part| mask & (1 << part) != 0).collect();
        let program = (self.variant.build)(&keep)?;
        let mut kept = kept();
        if (kept.len() as u64) < KEPT {
            kept.insert(mask, program.clone());
        }
        Ok(program)
    }

    /// Adds the replicates `replicates`, which must be others than those that were added before.
    ///
    /// # Errors
    /// When stopped, when a replicate does not balance, and where some of the parts make no valid scenario.
    pub fn add(&mut self, replicates: Range<u64>, watch: &dyn Watch) -> Result<(), SimulateError> {
        if replicates.is_empty() {
            return Err(SimulateError::NoReplicates);
        }
        let threads = Threads::new(self.machine.threads)?;
        let shapley = &*self;
        let groups = replicates.start / GROUP..replicates.end.div_ceil(GROUP);
        let turns = Turns::new(groups.end - groups.start);
        let found = threads.each(|_| {
            let mut tallies: Vec<Contributions> = shapley.tallies.iter().map(|tally| tally.like()).collect();
            turns.each(|turn| {
                let group = groups.start + turn;
                let first = replicates.start.max(group * GROUP);
                let lanes = (replicates.end.min((group + 1) * GROUP) - first) as usize;
                let chance = shapley.chance(first);
                shapley.group(group, lanes, &shapley.randomness(&chance, lanes), watch, &mut tallies)
            })?;
            Ok(tallies)
        });
        let (all, errors): (Vec<_>, Vec<_>) = found.into_iter().partition(Result::is_ok);
        if let Some(error) = errors.into_iter().filter_map(Result::err).min_by_key(SimulateError::rank) {
            return Err(error);
        }
        for tallies in all.into_iter().flatten() {
            self.tallies.iter_mut().zip(&tallies).for_each(|(mine, theirs)| mine.merge(theirs));
        }
        self.replicates += replicates.end - replicates.start;
        Ok(())
    }

    /// Adds the one replicate of expected mode.
    ///
    /// # Errors
    /// As [`Shapley::add`].
    pub fn expect(&mut self, watch: &dyn Watch) -> Result<(), SimulateError> {
        let mut tallies: Vec<Contributions> = self.tallies.iter().map(|tally| tally.like()).collect();
        self.group(0, 1, &no_randomness(), watch, &mut tallies)?;
        self.tallies = tallies;
        self.replicates = 1;
        Ok(())
    }

    /// Adds the replicates of another of the same variant and seed, which must be others than its own.
    pub fn merge(&mut self, other: &Shapley<'_>) {
        self.tallies.iter_mut().zip(&other.tallies).for_each(|(mine, theirs)| mine.merge(theirs));
        self.replicates += other.replicates;
    }

    /// Takes some replicates of a group through every variant that its orders need.
    fn group(
        &self,
        group: u64,
        lanes: usize,
        randomness: &Randomness<'_, impl Chance, impl Fn(&Program) -> Drawn>,
        watch: &dyn Watch,
        tallies: &mut [Contributions],
    ) -> Result<(), SimulateError> {
        let orders = self.orders(group);
        let variants = orders.variants();
        // By variant, number and lane.
        let mut values: Vec<f64> = Vec::with_capacity(variants.len() * self.numbers.len() * lanes);
        for mask in &variants {
            self.variant(*mask, lanes, randomness, watch, &mut values)?;
        }
        let number_of = |chunk: usize| &self.numbers[chunk % self.numbers.len()];
        for (chunk, values) in values.chunks_mut(lanes).enumerate() {
            let number = number_of(chunk);
            values.iter_mut().for_each(|value| *value *= number.scale);
            if values.iter().any(|value| value.abs() >= LARGEST) {
                let (variant, number) = (self.variant.name.into(), format!("`{}`", number.label));
                return Err(SimulateError::TooLarge { variant, number });
            }
        }
        let mut parts = vec![0; self.variant.parts.len()];
        let all = all_of(parts.len());
        for (number, tally) in tallies.iter_mut().enumerate() {
            for lane in 0..lanes {
                let of = |mask: Mask| {
                    let variant = variants.binary_search(&mask).unwrap_or_default();
                    let value = values[(variant * self.numbers.len() + number) * lanes + lane];
                    (!value.is_nan()).then(|| libm::round(value) as i128)
                };
                // Only of replicates that have the number in every variant can it be said what adds up.
                if variants.iter().all(|mask| of(*mask).is_some()) {
                    let value = |mask| of(mask).unwrap_or_default();
                    orders.contributions(value, &mut parts);
                    tally.add(group, value(all) - value(0), &parts);
                }
            }
            tally.seen(group, lanes as u64);
        }
        Ok(())
    }

    /// Takes replicates through one variant, and adds what its numbers come to: not a number where a replicate has none.
    fn variant(
        &self,
        mask: Mask,
        lanes: usize,
        randomness: &Randomness<'_, impl Chance, impl Fn(&Program) -> Drawn>,
        watch: &dyn Watch,
        values: &mut Vec<f64>,
    ) -> Result<(), SimulateError> {
        let program = self.program(mask)?;
        let track = Track::new(self.variant.name, &program);
        let variants = [RecordedVariant::new(track, last_numbers(&program))];
        let steps = program.steps() as usize;
        let outcomes = &program.model().outcomes;
        Worker::new(&variants, true).run(lanes, randomness, watch, &mut [NullSink], |boundary, rows| {
            if boundary < steps {
                return;
            }
            for number in &self.numbers {
                let row = match &number.what {
                    ExplainedSubject::HeldAtEnd => Some(variants[0].table.everybody_held()),
                    ExplainedSubject::Outcome(name) => {
                        (outcomes.iter().position(|outcome| outcome.name == *name))
                            .map(|index| variants[0].table.outcome(index))
                    }
                };
                match row {
                    Some(row) => values.extend(rows[0].row(row)),
                    None => values.extend(std::iter::repeat_n(f64::NAN, lanes)),
                }
            }
        })
    }

    /// What was found.
    pub fn attribution(&self) -> Attribution {
        let orders = self.orders(0);
        let explained = self.numbers.iter().zip(&self.tallies).map(|(number, tally)| {
            let scale = number.scale / number.times;
            let (replicates, whole, parts) = tally.reported(scale, orders.denominator(), self.mode);
            Explained {
                what: number.what.clone(),
                label: number.label.clone(),
                unit: number.unit.clone(),
                replicates,
                whole,
                parts,
            }
        });
        Attribution {
            variant: self.variant.name.into(),
            label: self.variant.label.into(),
            parts: self.variant.parts.to_vec(),
            orders: match orders {
                Orders::All(_) => attribution::OrderCoverage::All,
                Orders::AndReverse(_) => {
                    attribution::OrderCoverage::Sampled { orders: 2 * self.replicates.div_ceil(GROUP) }
                }
            },
            explained: explained.collect(),
        }
    }
}

/// The randomness of the one replicate of expected mode, which has none.
fn no_randomness() -> Randomness<'static, Expected, impl Fn(&Program) -> Drawn> {
    let draw = |program: &Program| program.expect();
    Randomness { chance: &Expected, draw, first: 0 }
}

/// Takes numbers and keeps none: they are read from rows.
struct NullSink;

impl Sink for NullSink {
    fn take(&mut self, _: SeriesId, _: usize, _: &[f64]) {}
}

/// All of so many parts.
fn all_of(parts: usize) -> Mask {
    (1 << parts) - 1
}

/// What is recorded for attribution: everybody who is held, and the outcomes.
fn last_numbers(program: &Program) -> SeriesPlan {
    let mut plan = SeriesPlan::new(program);
    plan.people.truncate(1);
    SeriesPlan { people: plan.people, outcomes: plan.outcomes, ..SeriesPlan::default() }
}
