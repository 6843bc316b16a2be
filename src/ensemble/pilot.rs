//! The first few replicates, which tell where values lie before they are counted in bins.
//!
//! They are always the same replicates of a seed, whichever are tallied, so the bins of every part of a run are the same.

use std::sync::Arc;

use super::block::{Randomness, RecordedVariant, Worker};
use super::compare::{PairSink, Pairing};
use super::error::SimulateError;
use super::paired::apart;
use super::recorder::Sink;
use super::reference::Reference;
use super::references::References;
use super::scale::SeriesScale;
use super::series::{SeriesId, SeriesTable};
use super::watch::Watch;
use crate::engine::Program;
use crate::engine::chance::MonteCarlo;
use crate::random::Keys;
use crate::random::lanes::InstructionLevel;

/// So many. That more than half of them lie outside the middle nine tenths happens once in millions of numbers.
const REPLICATES: usize = 16;

/// The references of one variant, or of one pair.
struct Pilot {
    /// Of a variant, its series.
    table: Option<Arc<SeriesTable>>,
    /// Whether a slot or cell is an amount of money.
    money: Vec<bool>,
    references: Vec<Reference>,
    /// The largest amount of money.
    largest: f64,
}

impl Pilot {
    fn new(table: Option<&Arc<SeriesTable>>, money: Vec<bool>) -> Pilot {
        let references = vec![Reference::of(&[], true); money.len()];
        Pilot { table: table.cloned(), money, references, largest: 0.0 }
    }

    fn see(&mut self, at: usize, scale: SeriesScale, values: &[f64]) {
        self.references[at] = Reference::of(values, scale.is_whole());
        if self.money[at] {
            let finite = values.iter().filter(|value| value.is_finite());
            self.largest = finite.fold(self.largest, |most, value| most.max(value.abs()));
        }
    }

    /// Where nothing varies in the pilot, money is told apart in parts of the largest amount of all, whatever the currency.
    fn references(self, largest: f64) -> Vec<Reference> {
        let scale = |money: bool| if money { largest } else { 1.0 };
        self.references.into_iter().zip(self.money).map(|(it, money)| it.or_scale(scale(money))).collect()
    }
}

impl Sink for Pilot {
    fn take(&mut self, series: SeriesId, point: usize, values: &[f64]) {
        let Some(table) = &self.table else { return };
        self.see(table.slot(series, point), table[series].scale, values);
    }
}

impl PairSink for Pilot {
    fn take(&mut self, cell: usize, scale: SeriesScale, variant: &[f64], against: &[f64]) {
        let mut between = [f64::NAN; REPLICATES];
        for (between, (variant, against)) in between.iter_mut().zip(variant.iter().zip(against)) {
            *between = apart(scale, *variant, *against);
        }
        self.see(cell, scale, &between);
    }
}

/// Simulates the pilot of some variants.
///
/// # Errors
/// When stopped, and when a replicate does not balance or grows beyond what is counted.
pub fn pilot(
    variants: &[RecordedVariant],
    pairings: &[Pairing],
    seed: u64,
    level: InstructionLevel,
    watch: &dyn Watch,
) -> Result<References, SimulateError> {
    let keys = Keys { seed };
    let randomness = Randomness {
        chance: &MonteCarlo { keys, first: 0, level },
        draw: |program: &Program| program.draw(&keys, 0, REPLICATES),
        first: 0,
    };
    let mut of_variants: Vec<Pilot> =
        variants.iter().map(|variant| Pilot::new(Some(&variant.table), variant.money())).collect();
    let mut of_pairs: Vec<Pilot> =
        pairings.iter().map(|pairing| Pilot::new(None, pairing.money(variants))).collect();
    let zeros = [0.0; REPLICATES];
    let unseen = Uncounted(watch);
    Worker::new(variants, !pairings.is_empty()).run(
        REPLICATES,
        &randomness,
        &unseen,
        &mut of_variants,
        |boundary, rows| {
            for (pairing, sink) in pairings.iter().zip(&mut of_pairs) {
                pairing.compare(boundary, rows, &zeros, sink);
            }
        },
    )?;
    let largest = of_variants.iter().fold(0.0, |most: f64, pilot| most.max(pilot.largest));
    let all = |pilots: Vec<Pilot>| pilots.into_iter().map(|pilot| pilot.references(largest)).collect();
    Ok(References { variants: all(of_variants), pairs: all(of_pairs) })
}

/// Steps that are none of those that were planned.
struct Uncounted<'w>(&'w dyn Watch);

impl Watch for Uncounted<'_> {
    fn steps_done(&self, _: u64) {}
    fn stop(&self) -> bool {
        self.0.stop()
    }
}
