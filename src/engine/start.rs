//! The people at the start, spread over cells.

use super::chance::Chance;
use super::rows::LaneRows;
use crate::model::{Initial, Model, NumberId};

/// People by cell and lane at the start. In Monte Carlo they are whole: each count is rounded, and its
/// shares are rounded by the largest remainder, so that they add up to it.
pub fn people(model: &Model, base: &LaneRows, lanes: usize, chance: &impl Chance) -> Vec<f64> {
    let mut people = vec![0.0; model.cells() * lanes];
    for initial in model.places.iter().flat_map(|place| &place.people) {
        // Replicates that share all numbers have the same people.
        let shared = varying(initial, base).is_none();
        for lane in 0..if shared { 1 } else { lanes } {
            let counts = spread(initial, base, lane, chance);
            for (entry, count) in initial.into.iter().zip(counts) {
                let row = &mut people[entry.cell * lanes..(entry.cell + 1) * lanes];
                let these = if shared { row } else { &mut row[lane..=lane] };
                these.iter_mut().for_each(|people| *people += count);
            }
        }
    }
    people
}

/// A number of an entry of the file that replicates do not share.
fn varying(initial: &Initial, base: &LaneRows) -> Option<NumberId> {
    let shares = initial.into.iter().flat_map(|entry| &entry.shares);
    std::iter::once(&initial.count).chain(shares).copied().find(|number| base.width(*number) > 1)
}

/// The people of one entry of the file, by its shares.
fn spread(initial: &Initial, base: &LaneRows, lane: usize, chance: &impl Chance) -> Vec<f64> {
    let total = base.at(initial.count, lane);
    let total = if chance.is_whole() { total.round() } else { total };
    let weights: Vec<f64> = initial
        .into
        .iter()
        .map(|entry| entry.shares.iter().map(|number| base.at(*number, lane)).product())
        .collect();
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return vec![0.0; weights.len()];
    }
    let exact: Vec<f64> = weights.iter().map(|weight| total * (weight / sum)).collect();
    if !chance.is_whole() {
        return exact;
    }
    let mut counts: Vec<f64> = exact.iter().map(|count| count.floor()).collect();
    let mut by_remainder: Vec<usize> = (0..exact.len()).collect();
    // A stable sort: equal remainders go by the order of the file.
    by_remainder.sort_by(|a, b| (exact[*b] - counts[*b]).total_cmp(&(exact[*a] - counts[*a])));
    let missing = (total - counts.iter().sum::<f64>()).max(0.0) as usize;
    for index in by_remainder.into_iter().take(missing) {
        counts[index] += 1.0;
    }
    counts
}
