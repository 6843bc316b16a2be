//! Those whom a full place held back are where they were for the rest of the step: they die, are released and move on as
//! everybody else there does.
//!
//! [`exposure`](super::exposure) has the law. People are told apart by the doors that they have tried in vain, so
//! whoever tries a second door and finds it closed too goes on from there; the gate looks again, in rounds, until
//! nobody tries another door. Where a clock leads, the end of a stay is a door like others if it leads to a place that
//! fills, and people are told apart by whether their stay ends in this step.

use super::gate::LATE_ROUND;
use super::held::{NOBODY, One};
use super::home::{Home, homes};
use super::tally::GateTally;
use super::ways::Ways;
use crate::engine::builder::Builder;
use crate::engine::chance::Chance;
use crate::engine::clocks::Clocks;
use crate::engine::exits::Exits;
use crate::engine::movements::Movements;
use crate::engine::now::Now;
use crate::engine::phase::Phase;
use crate::engine::ways_out::WaysOut;
use crate::model::CellId;

/// The cells from where some ways lead to places that fill.
#[derive(Clone, Debug, Default)]
pub struct Onward {
    homes: Vec<Home>,
}

/// What the gate works with while it looks again and again.
#[derive(Clone, Debug, Default)]
pub struct Tries {
    /// Of each home and lane, by kind of people, set of doors tried in vain before, and door: those who tried it, and how many of
    /// them were refused.
    tried: Vec<[f64; 2]>,
    /// Of each home and lane, the phase of the step for which its tries were counted, late births told apart; 0: for none.
    begun: Vec<u64>,
    /// Those who try a door now, laid out as those of one home and lane.
    trying: Vec<f64>,
    /// By home and lane: the time, in steps, that those who were held back go on spending where they are.
    pub lingering: Vec<f64>,
}

/// Those whom the gate has sent back so far in a step, and what they tried.
pub(super) struct Refused<'a> {
    pub(super) ways: &'a Ways,
    pub(super) tally: &'a mut GateTally,
    pub(super) tries: &'a mut Tries,
}

impl Onward {
    /// Finds the cells, when all ways are known.
    pub fn compile(builder: &Builder, exits: &Exits, clocks: &Clocks, ways: &Ways) -> Onward {
        Onward { homes: homes(builder, exits, clocks, ways) }
    }

    /// These cells.
    pub fn cells(&self) -> impl Iterator<Item = CellId> {
        self.homes.iter().map(|home| home.cell)
    }

    /// A step begins.
    pub fn begin(&self, lanes: usize, tries: &mut Tries) {
        tries.lingering.clear();
        tries.lingering.resize(self.homes.len() * lanes, 0.0);
        let all = self.homes.last().map_or(0, |home| home.first_try + home.tries());
        tries.tried.resize(all * lanes, [0.0; 2]);
        tries.begun.clear();
        tries.begun.resize(self.homes.len() * lanes, 0);
        tries.trying.resize(self.homes.iter().map(Home::tries).max().unwrap_or(0), 0.0);
    }

    /// The time, in steps, that those of a cell who were held back so far spend there beyond what they would have spent had the
    /// doors been open.
    pub fn lingering<'t>(&self, tries: &'t Tries, cell: CellId) -> Option<&'t [f64]> {
        let home = self.homes.binary_search_by_key(&cell, |home| home.cell).ok()?;
        let lanes = tries.lingering.len() / self.homes.len();
        Some(&tries.lingering[home * lanes..(home + 1) * lanes])
    }

    /// Those who were refused since this was last asked are exposed to the other ways out; gives whether somebody tried
    /// another door, so that the gate has to look again.
    pub(super) fn go_on(
        &self,
        (phase, round): (Phase, u32),
        now: &Now<impl Chance>,
        movements: &mut Movements,
        ways_out: &mut WaysOut,
        Refused { ways, tally, tries }: Refused,
    ) -> bool {
        if tally.is_all_clear() {
            return false;
        }
        let lanes = movements.state.lanes();
        let mut again = false;
        for (index, home) in self.homes.iter().enumerate() {
            for lane in 0..lanes {
                let mut all = home.doors.iter().flat_map(|door| &door.ways);
                if all.all(|way| tally.fresh(*way, lane) <= NOBODY) {
                    continue;
                }
                let first = home.first_try * lanes + lane * home.tries();
                let tried = &mut tries.tried[first..first + home.tries()];
                let mut one = One {
                    phase,
                    ordinal: LATE_ROUND * u32::from(phase == Phase::End) + round,
                    lane,
                    now,
                    home,
                    hazards: home.hazards(now, ways_out, phase, lane),
                    movements: &mut *movements,
                    ways_out: &mut *ways_out,
                    lingering: 0.0,
                    again: false,
                };
                // A home may first be sent people back in any round.
                let in_phase = 1 + u64::from(phase == Phase::End) + 2 * u64::from(round / LATE_ROUND);
                let begun = &mut tries.begun[index * lanes + lane];
                if std::mem::replace(begun, in_phase) != in_phase {
                    one.begin(ways, tally, tried);
                }
                one.hear(tally, tried, &mut tries.trying[..home.tries()]);
                again |= one.again;
                tries.lingering[index * lanes + lane] += one.lingering;
            }
        }
        again
    }
}
