//! What takes people out of their cells: the hazards of moves and ageing, and clocks.

use super::chance::Chance;
use super::clocks::{Clocked, Clocks};
use super::exits::Exits;
use super::flows::Flows;
use super::now::Now;
use crate::model::CellId;

/// Exits and clocks, which compete: for mechanisms that ask how long people stay where they are, or make them go on.
#[derive(Debug)]
pub struct WaysOut<'a> {
    /// Hazards.
    pub exits: &'a Exits,
    /// Stays and fixed age bands.
    pub clocks: &'a Clocks,
    /// Those whom clocks know.
    pub clocked: Clocked<'a>,
}

impl WaysOut<'_> {
    /// The time, in steps, that the people of a cell spend there in this step before they leave, if nobody is held back: of all
    /// together, those included who entered so far, and of one who enters.
    pub fn time_spent(
        &self,
        now: &Now<impl Chance>,
        (cell, lane): (CellId, usize),
        flows: &Flows,
    ) -> [f64; 2] {
        let WaysOut { exits, clocks, clocked } = self;
        if clocks.leads(cell) {
            let hazards = exits.hazard(now.readings, cell, lane) * now.years;
            return clocks.time_spent(now, (cell, lane), hazards, clocked);
        }
        let [stayer, entrant] = exits.presence(now.readings, cell, lane, now.years);
        [flows.started(cell)[lane] * stayer + flows.entered(cell, lane) * entrant, entrant]
    }
}
