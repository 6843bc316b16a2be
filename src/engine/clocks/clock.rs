//! One clock: its cells, the edges that touch them, and what it does as it begins and as a step ends.

use std::collections::BTreeMap;

use super::ages::{ANY, Ages, LATE, NEW, OLD, RING, spread};
use super::lengths::Lengths;
use crate::engine::builder::Builder;
use crate::engine::chance::Chance;
use crate::engine::edge::{Edge, EdgeId};
use crate::engine::now::Now;
use crate::engine::readings::Readings;
use crate::engine::split::PartId;
use crate::engine::state::State;
use crate::model::stay::InForce;
use crate::model::{AtStart, CellId, Mechanism, Model, Stay};
use crate::random::Site;
use crate::survival::Profile;

/// People by the time since they entered some cells.
#[derive(Clone, Debug)]
pub struct Clock {
    pub(super) mechanism: Mechanism,
    pub(super) stay: Stay,
    pub(super) cells: Vec<Timed>,
    /// How many ages are told apart.
    pub(super) ages: usize,
    /// Whether lengths may differ between histories.
    pub(super) drawn: bool,
    /// The changes that are ever in force together, in increasing order.
    pub(super) combinations: Vec<InForce>,
    pub(super) shared: Option<Vec<Profile>>,
    pub(super) seams: Vec<Seam>,
    /// For every edge that is a seam, which.
    pub(super) seam_of: BTreeMap<EdgeId, usize>,
}

/// A cell of a clock.
#[derive(Clone, Debug)]
pub struct Timed {
    pub cell: CellId,
    /// Who draws.
    pub site: Site,
    /// Where those go whose time is over.
    pub branches: Vec<(EdgeId, PartId)>,
    /// Whether this clock competes with the hazards out of the cell.
    pub leads: bool,
}

/// An edge that touches a clock.
#[derive(Clone, Debug)]
pub struct Seam {
    pub edge: EdgeId,
    /// The cell of the clock that people are taken out of; `None`: they come from elsewhere, or the clock took them itself.
    pub from: Option<usize>,
    /// The cell of the clock that the edge leaves, whoever took them: where they are again if they find no room.
    pub home: Option<usize>,
    /// The cell of the clock that they come into.
    pub into: Option<usize>,
    /// Whether they bring their age along.
    pub carries: bool,
    /// The row for those who enter within a step.
    pub enters: usize,
    pub site: Site,
}

impl Clock {
    /// Compiles a stay or a band; `led` says which cells have a clock that leads, and learns of those of this one.
    pub fn compile(builder: &mut Builder, mechanism: Mechanism, stay: Stay, led: &mut [bool]) -> Clock {
        let model = builder.model;
        let address = model.address(mechanism);
        let mut cells = Vec::new();
        for place in &stay.at {
            for group in model.groups.matching(&stay.who) {
                let cell = model.cell(*place, group);
                let parts = builder.split(&stay.targets, &model.groups.values(group));
                let branches = parts
                    .zip(&stay.targets)
                    .map(|(part, target)| (builder.edge_to(mechanism, cell, target), part))
                    .collect();
                let leads = !std::mem::replace(&mut led[cell], true);
                let site = Site::of(&[&address, "clock", &model.cell_name(cell)]);
                cells.push(Timed { cell, site, branches, leads });
            }
        }
        let mut clock = Clock {
            mechanism,
            cells,
            ages: stay.ages(model),
            drawn: stay.numbers().into_iter().any(|id| model.is_drawn(id)),
            combinations: stay.combinations(),
            shared: None,
            seams: Vec::new(),
            seam_of: BTreeMap::new(),
            stay,
        };
        clock.share(model);
        clock
    }

    /// Finds the edges that touch this clock, and forgets the cells where nobody can ever be.
    pub fn connect(&mut self, model: &Model, edges: &[Edge], reached: &[bool]) {
        self.cells.retain(|timed| reached[timed.cell]);
        let place_of: BTreeMap<CellId, usize> =
            self.cells.iter().enumerate().map(|(place, timed)| (timed.cell, place)).collect();
        let name = model.address(self.mechanism);
        let is_stay = matches!(self.mechanism, Mechanism::Stay(_));
        for (id, edge) in edges.iter().enumerate() {
            let from = edge.from.and_then(|cell| place_of.get(&cell).copied());
            let into = place_of.get(&edge.to).copied();
            if from.is_none() && into.is_none() {
                continue;
            }
            let own = edge.mechanism == self.mechanism;
            let same_place = edge.from.is_some_and(|cell| model.place_of(cell) == model.place_of(edge.to));
            let carries = !own && from.is_some() && into.is_some() && (!is_stay || same_place);
            let outside = matches!(edge.mechanism, Mechanism::Arrival(_));
            let any_age = outside && !is_stay && self.stay.at_start != AtStart::New;
            self.seam_of.insert(id, self.seams.len());
            self.seams.push(Seam {
                edge: id,
                // Those whose time is over, and those whom hazards take where this clock leads, it takes itself.
                from: from.filter(|_| !own),
                home: from,
                into,
                carries,
                enters: if any_age { ANY } else { NEW },
                site: Site::of(&[&name, "settles", &edge.site.bits().to_string()]),
            });
        }
    }

    /// How many rows of ages there are.
    pub fn rows(&self) -> usize {
        RING + self.ages
    }

    /// Whether another clock leads in some cell.
    pub fn follows(&self) -> bool {
        self.cells.iter().any(|timed| !timed.leads)
    }

    /// Room for the ages of a block of histories.
    pub fn ages(&self, lanes: usize) -> Ages {
        let carries = self.seams.iter().any(|seam| seam.carries);
        Ages::new(lanes, self.cells.len(), self.ages, carries, self.seams.len())
    }

    /// The place in the ring of those who entered in a step.
    pub fn slot(&self, entry: i64) -> usize {
        entry.rem_euclid(self.ages as i64) as usize
    }

    /// Gives those who are there at the start their ages.
    pub fn begin(
        &self,
        now: &Now<impl Chance>,
        readings: &Readings,
        lengths: &Lengths,
        state: &State,
        ages: &mut Ages,
    ) {
        for lane in 0..state.lanes() {
            let weights = self.weights(-1, readings, lengths, lane);
            for (place, timed) in self.cells.iter().enumerate() {
                let people = state.people(timed.cell, lane);
                let present = ages.present_mut(place, lane);
                let site = timed.site.at(u64::MAX);
                spread(now, site, lane, people, &weights, |row, count| present[row] += count);
            }
        }
    }

    /// How those are spread over rows who come with some age, where those of age 0 entered in step `newest`.
    fn weights(&self, newest: i64, readings: &Readings, lengths: &Lengths, lane: usize) -> Vec<f64> {
        let mut weights = vec![0.0; self.rows()];
        let first = RING + self.slot(newest);
        match &self.stay.at_start {
            AtStart::New => weights[first] = 1.0,
            AtStart::Even => weights = self.even(newest, &lengths.of(lane)[0]),
            AtStart::Elapsed(table) => {
                for (age, portion) in table {
                    let row = match usize::try_from(*age) {
                        Ok(age) if age < self.ages => RING + self.slot(newest - age as i64),
                        _ => OLD,
                    };
                    weights[row] += readings.numbers.at(*portion, lane);
                }
            }
        }
        if weights.iter().sum::<f64>() <= 0.0 {
            weights[first] = 1.0;
        }
        weights
    }

    /// Everybody is one step older: the oldest join those who are no longer told apart, and who entered is new.
    pub fn end(&self, now: &Now<impl Chance>, readings: &Readings, lengths: &Lengths, ages: &mut Ages) {
        for (to, lane, row, count) in std::mem::take(&mut ages.landing) {
            let entered = if row < LATE { ages.entered_mut(to, lane) } else { ages.bring_into(to, lane) };
            entered[row] += count;
        }
        let newest = i64::from(now.step);
        let slot = RING + self.slot(newest);
        for lane in 0..readings.lanes {
            let mut weights: Option<Vec<f64>> = None;
            for (place, timed) in self.cells.iter().enumerate() {
                let (touched, brought) = ages.take_touched(place, lane);
                let (present, entered) = ages.both_mut(place, lane);
                present[OLD] += std::mem::take(&mut present[slot]);
                if !touched {
                    continue;
                }
                if brought {
                    for row in LATE..entered.len() {
                        present[if row == slot { OLD } else { row }] += entered[row];
                    }
                }
                present[slot] += entered[NEW];
                if entered[ANY] > 0.0 {
                    let weights =
                        weights.get_or_insert_with(|| self.weights(newest, readings, lengths, lane));
                    let site = timed.site.at(u64::MAX - 1);
                    spread(now, site, lane, entered[ANY], weights, |row, count| present[row] += count);
                }
                let used = if brought { entered.len() } else { LATE };
                entered[..used].fill(0.0);
            }
        }
    }
}
