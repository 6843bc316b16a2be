//! Crowding: factors of hazards that follow from how full places are at the start of a step.

use std::collections::BTreeMap;
use std::ops::Range;

use super::rows::LaneRows;
use super::state::State;
use crate::model::{CellId, Crowding, Model, NumberId, PlaceId};

/// Index of a factor.
pub type FactorId = usize;

/// Places whose people share their room.
#[derive(Clone, Debug)]
pub struct Crowd {
    cells: Vec<Range<CellId>>,
    capacities: Vec<NumberId>,
}

impl Crowd {
    /// The crowd of some places. Those without a capacity have no room: who validates a model sees to it that all have one.
    pub fn new(model: &Model, places: &[PlaceId]) -> Crowd {
        Crowd {
            cells: places.iter().map(|place| model.cell(*place, 0)..model.cell(place + 1, 0)).collect(),
            capacities: places.iter().filter_map(|place| model.places[*place].capacity).collect(),
        }
    }

    /// How many people there are, and for how many there is room.
    pub fn people_and_room(&self, state: &State, numbers: &LaneRows, lane: usize) -> [f64; 2] {
        let people = self.cells.iter().cloned().flatten().map(|cell| state.people(cell, lane)).sum();
        [people, self.capacities.iter().map(|capacity| numbers.at(*capacity, lane)).sum()]
    }
}

/// What crowding makes of hazards in one crowd.
#[derive(Clone, Debug)]
struct CrowdingFactor {
    crowd: usize,
    above: NumberId,
    elasticity: NumberId,
    at_most: NumberId,
}

/// All factors: each is computed once a step, however many hazards it multiplies.
#[derive(Clone, Debug, Default)]
pub struct Factors {
    crowds: Vec<Crowd>,
    list: Vec<CrowdingFactor>,
    known_crowds: BTreeMap<Vec<PlaceId>, usize>,
    /// By crowd and threshold: a threshold belongs to one rate.
    known: BTreeMap<(usize, NumberId), FactorId>,
}

impl Factors {
    /// The factor of `crowding` for a rate at `places`.
    pub fn of(&mut self, model: &Model, crowding: &Crowding, places: &[PlaceId]) -> FactorId {
        let places = crowding.at.map_or_else(|| places.to_vec(), |place| vec![place]);
        let next = self.crowds.len();
        let crowd = *self.known_crowds.entry(places.clone()).or_insert(next);
        if crowd == next {
            self.crowds.push(Crowd::new(model, &places));
        }
        let next = self.list.len();
        let id = *self.known.entry((crowd, crowding.above)).or_insert(next);
        if id == next {
            let Crowding { above, elasticity, at_most, .. } = *crowding;
            self.list.push(CrowdingFactor { crowd, above, elasticity, at_most });
        }
        id
    }

    /// Rows for them: first those of crowds, two each (people, room), then those of factors.
    pub fn rows(&self, lanes: usize) -> LaneRows {
        LaneRows::new(lanes, &vec![true; 2 * self.crowds.len() + self.list.len()])
    }

    /// Reads every factor from the people of `state`.
    pub fn evaluate(&self, state: &State, numbers: &LaneRows, rows: &mut LaneRows) {
        for (index, crowd) in self.crowds.iter().enumerate() {
            for lane in 0..state.lanes() {
                let [people, room] = crowd.people_and_room(state, numbers, lane);
                rows.set(2 * index, lane, people);
                rows.set(2 * index + 1, lane, room);
            }
        }
        for (index, factor) in self.list.iter().enumerate() {
            for lane in 0..state.lanes() {
                let [people, room] = [0, 1].map(|row| rows.at(2 * factor.crowd + row, lane));
                let bearable = room * numbers.at(factor.above, lane);
                let value = if people > bearable {
                    let most = numbers.at(factor.at_most, lane).max(1.0);
                    libm::pow(people / bearable, numbers.at(factor.elasticity, lane)).min(most)
                } else {
                    1.0
                };
                rows.set(self.row(index), lane, value);
            }
        }
    }

    /// The row of a factor.
    pub fn row(&self, factor: FactorId) -> usize {
        2 * self.crowds.len() + factor
    }
}
