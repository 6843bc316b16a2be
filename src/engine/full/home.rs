//! Cells from where some ways lead to places that fill, and the doors that people there try.

use std::collections::BTreeMap;

use super::exposure::{ExposureHazards, MOST_DOORS, Set};
use super::ways::{WayId, Ways};
use crate::engine::builder::Builder;
use crate::engine::chance::Chance;
use crate::engine::clocks::Clocks;
use crate::engine::edge::EdgeId;
use crate::engine::exits::Exits;
use crate::engine::now::Now;
use crate::engine::phase::Phase;
use crate::engine::split::PartId;
use crate::engine::ways_out::WaysOut;
use crate::model::{CellId, PlaceId};
use crate::random::Site;

/// Such a cell.
#[derive(Clone, Debug)]
pub struct Home {
    pub cell: CellId,
    /// The ways out by hazards, in the order of the exits.
    pub out: Vec<Out>,
    /// The doors: one for each place that fills, and where a clock leads a last one for the end of stays.
    pub doors: Vec<Door>,
    /// The clock that leads here.
    pub led: Option<Led>,
    /// Where its tries start, for one lane.
    pub first_try: usize,
}

/// One way out of a cell.
#[derive(Clone, Debug)]
pub struct Out {
    pub edge: EdgeId,
    /// Who draws how many take it for whom another way was closed.
    pub site: Site,
    /// The door that it goes through, if it leads to a place that fills.
    pub door: Option<usize>,
}

/// The ways from one cell into one place.
#[derive(Clone, Debug)]
pub struct Door {
    pub ways: Vec<WayId>,
    pub site: Site,
}

/// A clock that leads in a cell.
#[derive(Clone, Debug)]
pub struct Led {
    /// Where those go whose stay is over.
    pub branches: Vec<(EdgeId, PartId)>,
    /// Of these edges, those into places that fill.
    pub doors: Vec<EdgeId>,
    pub site: Site,
}

impl Home {
    /// The door at the end of a stay.
    pub fn own_door(&self) -> Option<usize> {
        self.led.as_ref().map(|_| self.doors.len() - 1)
    }

    /// How many tries are told apart: by kind of people, set of doors tried before, and door.
    pub fn tries(&self) -> usize {
        self.kinds() * (self.doors.len() << self.doors.len())
    }

    fn kinds(&self) -> usize {
        if self.led.is_some() { 3 } else { 1 }
    }

    /// Where the tries of people of a kind at a door are, who had tried the doors of `set` before.
    pub fn at(&self, kind: usize, set: Set, door: usize) -> usize {
        ((kind << self.doors.len()) + set) * self.doors.len() + door
    }

    /// The kinds of people, and the sets of doors that they may have tried before, at a door.
    pub fn before(&self, door: usize) -> impl Iterator<Item = (usize, Set)> + use<> {
        let (kinds, sets) = (self.kinds(), 1 << self.doors.len());
        (0..kinds)
            .flat_map(move |kind| (0..sets).map(move |set| (kind, set)))
            .filter(move |(_, set)| set >> door & 1 == 0)
    }

    /// The hazards out of the cell, times the step. For who entered in the step the end of a stay is one of them.
    pub fn hazards(
        &self,
        now: &Now<impl Chance>,
        ways_out: &WaysOut,
        phase: Phase,
        lane: usize,
    ) -> ExposureHazards {
        let mut hazards = ExposureHazards::default();
        let years = now.years;
        let out = ways_out.exits.hazards_out(now.readings, self.cell, lane);
        for (out, (_, hazard)) in self.out.iter().zip(out) {
            match out.door {
                None => hazards.open += hazard * years,
                Some(door) => hazards.doors[door] += hazard * years,
            }
        }
        if let (Some(door), Phase::End) = (self.own_door(), phase) {
            hazards.doors[door] = ways_out.clocks.entrant_hazard(now, self.cell, lane);
        }
        hazards
    }
}

/// The cells from where some ways lead to places that fill.
pub fn homes(builder: &Builder, exits: &Exits, clocks: &Clocks, ways: &Ways) -> Vec<Home> {
    let model = builder.model;
    let way_of: BTreeMap<EdgeId, WayId> =
        ways.all.iter().enumerate().map(|(id, way)| (way.edge, id)).collect();
    let led: BTreeMap<CellId, &[(EdgeId, PartId)]> = clocks.led().collect();
    let mut homes: Vec<Home> = Vec::new();
    for cell in 0..model.cells() {
        let name = model.cell_name(cell);
        let most = if led.contains_key(&cell) { MOST_DOORS - 1 } else { MOST_DOORS };
        let mut door_of: BTreeMap<PlaceId, usize> = BTreeMap::new();
        let mut doors: Vec<Door> = Vec::new();
        let mut out = Vec::new();
        for edge in exits.edges_out(cell) {
            let ends = &builder.edges[edge];
            let door = way_of.get(&edge).map(|way| {
                let place = model.place_of(ways.all[*way].to);
                let next = door_of.len().min(most - 1);
                let door = *door_of.entry(place).or_insert(next);
                if door == doors.len() {
                    let site = Site::of(&["held back", &name, &model.places[place].name]);
                    doors.push(Door { ways: Vec::new(), site });
                }
                doors[door].ways.push(*way);
                door
            });
            let site = Site::of(&["held back", &ends.site.bits().to_string()]);
            out.push(Out { edge, site, door });
        }
        let led = led.get(&cell).map(|branches| {
            let of_edge = |(edge, _): &(EdgeId, PartId)| way_of.get(edge).copied();
            let own: Vec<WayId> = branches.iter().filter_map(of_edge).collect();
            let led = Led {
                branches: branches.to_vec(),
                doors: own.iter().map(|way| ways.all[*way].edge).collect(),
                site: Site::of(&["held back", &name, "stay"]),
            };
            (led, Door { ways: own, site: Site::of(&["held back", &name, "stay", "door"]) })
        });
        let any = !doors.is_empty() || led.as_ref().is_some_and(|(_, door)| !door.ways.is_empty());
        if any {
            let (led, own) = led.unzip();
            doors.extend(own);
            let first_try = homes.last().map_or(0, |home| home.first_try + home.tries());
            homes.push(Home { cell, out, doors, led, first_try });
        }
    }
    homes
}
