//! Those whom a full place held back in a cell where a clock leads, and who then go other ways in the same step.
//!
//! In the middle of a step the gate puts all of them among those who are late; whose time is not over is told here. At its
//! end those who had entered in it are again among the entrants.

use super::row::Row;
use super::{Clocks, Desk};
use crate::engine::chance::Chance;
use crate::engine::edge::EdgeId;
use crate::engine::full::Phase;
use crate::engine::now::Now;
use crate::engine::split::PartId;
use crate::engine::state::State;
use crate::model::CellId;
use crate::random::Site;
use crate::units::{entrant_leaving_probability, entrant_presence};

/// A hazard that leaves nobody: stays that end in the step of entry for certain.
const AT_ONCE: f64 = 1e9;

impl Clocks {
    /// The cells where a clock leads, and where those go there whose time is over.
    pub fn led(&self) -> impl Iterator<Item = (CellId, &[(EdgeId, PartId)])> {
        let cells = self.list.iter().flat_map(|clock| &clock.cells);
        cells.filter(|timed| timed.leads).map(|timed| (timed.cell, timed.branches.as_slice()))
    }

    /// The constant hazard, times the step, that has the effect of a stay on those who enter in the step.
    pub fn entrant_hazard(&self, desk: &Desk, cell: CellId, lane: usize) -> f64 {
        let Some((clock, _)) = self.leader[cell] else { return 0.0 };
        desk.quits[clock].entrants(lane).1.min(AT_ONCE)
    }

    /// Where those go whose time is over, in a cell where a clock leads.
    pub fn branches(&self, cell: CellId) -> &[(EdgeId, PartId)] {
        self.leader[cell].map_or(&[], |(clock, place)| &self.list[clock].cells[place].branches)
    }

    /// People come along an edge and are among those who entered in the step.
    pub fn born(&self, edge: EdgeId, lane: usize, count: f64, state: &mut State) {
        for (clock, ages) in self.list.iter().zip(&mut state.ages) {
            let Some(index) = clock.seam_of.get(&edge) else { continue };
            if let Some(into) = clock.seams[*index].into {
                ages.entered_mut(into, lane).new += count;
                ages.settle(*index, lane, count);
            }
        }
    }

    /// Where a clock leads: the time, in steps, that those of a cell spend there in this step, given the hazards out of it times the
    /// step, and the mean time of who enters there new. `None` where none leads.
    pub fn time_spent(
        &self,
        desk: &Desk,
        (cell, lane): (CellId, usize),
        hazards: f64,
        state: &State,
    ) -> Option<[f64; 2]> {
        let (clock, place) = self.leader[cell]?;
        let ages = &state.ages[clock];
        let entered = ages.entered(place, lane);
        let presence = |x: f64| entrant_presence(x, 1.0, entrant_leaving_probability(x, 1.0));
        let new = presence(hazards + self.entrant_hazard(desk, cell, lane));
        let others = presence(hazards) * (entered.any + entered.brought.people());
        Some([ages.taken(place, lane).time + entered.new * new + others, new])
    }

    /// Of those who were held back, so many have their time still before them.
    pub fn keep_time(
        &self,
        now: &Now<impl Chance>,
        site: Site,
        (cell, lane): (CellId, usize),
        count: f64,
        state: &mut State,
    ) {
        let Some((clock, place)) = self.leader[cell] else { return };
        let (present, taken_from) = state.ages[clock].present_and_copy(place, lane);
        let mut kept = present.take_late(count);
        taken_from.take(now, site, lane, kept, |row, count| {
            present.add(row, count);
            kept -= count;
        });
        // What rounding leaves of fractional people, late as they would be next.
        if kept > 0.0 {
            present.add(Row::LATE, kept);
        }
    }

    /// Makes known from which cells hazards lead to places that may send people back.
    pub fn expect_back(&mut self, cells: impl Iterator<Item = CellId>) {
        let cells: Vec<CellId> = cells.collect();
        for timed in self.list.iter_mut().flat_map(|clock| &mut clock.cells) {
            timed.sent_back = timed.leads && cells.contains(&timed.cell);
        }
    }

    /// Of those who entered in the step and were held back, so many are late.
    pub fn be_late(&self, (cell, lane): (CellId, usize), count: f64, state: &mut State) {
        let Some((clock, place)) = self.leader[cell] else { return };
        let (present, entered) = state.ages[clock].both_mut(place, lane);
        let late = entered.new.min(count);
        if late > 0.0 {
            entered.new -= late;
            present.add(Row::LATE, late);
        }
    }

    /// People who were held back go along an edge, `late` ones or others. `body` tells them from others who do so in the step.
    pub fn go_on(
        &self,
        phase: Phase,
        now: &Now<impl Chance>,
        (edge, cell, lane): (EdgeId, CellId, usize),
        (count, body): (f64, u64),
        late: bool,
        state: &mut State,
    ) {
        let Some((clock, place)) = self.leader[cell] else { return };
        let ages = &mut state.ages[clock];
        let Some(index) = self.list[clock].seam_of.get(&edge).copied() else { return };
        let seam = &self.list[clock].seams[index];
        if !late && phase == Phase::End && seam.from.is_some() {
            // They are settled as all entrants are.
            return;
        }
        let mut going = Vec::new();
        let (present, entered) = ages.both_mut(place, lane);
        if late {
            going.push((Row::LATE, present.take_late(count)));
        } else if phase == Phase::End {
            entered.take(now, seam.site.at(9).at(body), lane, count, |row, count| going.push((row, count)));
        } else {
            let late = present.take_late(f64::INFINITY);
            present.take(now, seam.site.at(9).at(body), lane, count, |row, count| going.push((row, count)));
            if late > 0.0 {
                present.add(Row::LATE, late);
            }
            let found: f64 = going.iter().map(|(_, count)| count).sum();
            // They may be sent back once more.
            let (_, taken_from) = ages.present_and_copy(place, lane);
            going.iter().for_each(|(row, count)| taken_from.add(*row, *count));
            let (_, entered) = ages.both_mut(place, lane);
            entered.take(now, seam.site.at(10).at(body), lane, count - found, |row, count| {
                going.push((row, count))
            });
        }
        // Who goes is told by law and not one by one: the others are whoever is there.
        let found: f64 = going.iter().map(|(_, count)| count).sum();
        let (present, entered) = ages.both_mut(place, lane);
        present
            .take(now, seam.site.at(11).at(body), lane, count - found, |row, count| going.push((row, count)));
        let found: f64 = going.iter().map(|(_, count)| count).sum();
        entered
            .take(now, seam.site.at(12).at(body), lane, count - found, |row, count| going.push((row, count)));
        if let Some(into) = seam.into {
            if !seam.carries {
                going = vec![(seam.enters, count)];
            }
            for (row, count) in going.into_iter().filter(|(_, count)| *count > 0.0) {
                match phase {
                    Phase::End => {
                        ages.landing.push((into, lane, if row >= Row::ANY { Row::NEW } else { row }, count));
                    }
                    _ => ages.entered_mut(into, lane).add(row, count),
                }
            }
        }
        ages.settle(index, lane, count);
    }
}
