//! What a step reads of the exits: hazards, and the probabilities that follow from them.

use super::Exits;
use crate::engine::readings::ExitRows;
use crate::engine::rows::LaneRows;
use crate::units::{entrant_leaving_probability, leaving_probability};

impl Exits {
    /// Rows for these exits, given which hazards and parts vary between replicates.
    pub fn rows(&self, lanes: usize, hazards: &[bool], parts: &[bool]) -> ExitRows {
        let varies: Vec<bool> = self
            .readings
            .iter()
            .map(|reading| reading.ways.iter().any(|(hazard, part)| hazards[*hazard] || parts[*part]))
            .collect();
        let by_way: Vec<bool> = self
            .readings
            .iter()
            .zip(&varies)
            .flat_map(|(reading, varies)| vec![*varies; reading.ways.len()])
            .collect();
        ExitRows {
            weights: LaneRows::new(lanes, &by_way),
            stayer_ways: LaneRows::new(lanes, &by_way),
            entrant_ways: LaneRows::new(lanes, &by_way),
            total: LaneRows::new(lanes, &varies),
            entrant: LaneRows::new(lanes, &varies),
        }
    }

    /// Reads the hazards of a step of `years`.
    pub fn evaluate(&self, years: f64, hazards: &LaneRows, parts: &LaneRows, rows: &mut ExitRows) {
        for (index, reading) in self.readings.iter().enumerate() {
            let mut known = KnownHazards::default();
            for lane in 0..rows.total.width(index) {
                let mut total = 0.0;
                for (position, (hazard, part)) in reading.ways.iter().enumerate() {
                    let weight = hazards.at(*hazard, lane) * parts.at(*part, lane);
                    rows.weights.set(reading.first_weight + position, lane, weight);
                    total += weight;
                }
                rows.total.set(index, lane, total);
                let (stayer, entrant) = known.probabilities(total, years);
                rows.entrant.set(index, lane, entrant);
                // From behind, so that where nobody stays the last way takes everybody.
                let (mut stayers, mut entrants) = (1.0 - stayer, 1.0 - entrant);
                for position in (0..reading.ways.len()).rev() {
                    let way = reading.first_weight + position;
                    let share = if total > 0.0 { rows.weights.at(way, lane) / total } else { 0.0 };
                    stayers += stayer * share;
                    entrants += entrant * share;
                    rows.stayer_ways.set(way, lane, part(stayer * share, stayers));
                    rows.entrant_ways.set(way, lane, part(entrant * share, entrants));
                }
            }
        }
    }
}

/// A part of a whole that is not less; 0 of nothing.
fn part(of: f64, whole: f64) -> f64 {
    if of > 0.0 { (of / whole).min(1.0) } else { 0.0 }
}

/// The probabilities of hazards met before: lanes in the same regime have the same.
#[derive(Default)]
struct KnownHazards {
    list: [(f64, f64, f64); 4],
    next: usize,
}

impl KnownHazards {
    /// The probability to leave within a step of who is there for all of it, and of who enters within it. A hazard of 0
    /// has 0 for both, as an empty list says.
    fn probabilities(&mut self, hazard: f64, years: f64) -> (f64, f64) {
        if let Some((_, stayer, entrant)) = self.list.iter().find(|(known, ..)| *known == hazard) {
            return (*stayer, *entrant);
        }
        let found = (leaving_probability(hazard, years), entrant_leaving_probability(hazard, years));
        self.list[self.next] = (hazard, found.0, found.1);
        self.next = (self.next + 1) % self.list.len();
        found
    }
}
