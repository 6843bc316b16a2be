//! Who of a cell would take a seat, and with whom.

use super::fill::Waiting;
use super::{At, Class, Eligible, Line};
use crate::engine::chance::Chance;
use crate::engine::edge::EdgeId;
use crate::engine::split::PartId;
use crate::engine::state::{Flows, State};
use crate::model::{CellId, NumberId};
use crate::random::Site;

/// Draws of a cell's site: 0 is how many of the seats fall to it.
const CONSENT: u32 = 1;
const FAMILIES: u32 = 2;
const SIZE: u32 = 3;
const COMPANIONS: u32 = 4;

/// Fewer heads than this are none: people are fractional in expected mode.
const NOBODY: f64 = 0.5;

/// How the people of a cell travel.
#[derive(Clone, Debug)]
pub enum Role {
    /// Each alone.
    Single,
    /// Each with a family of this mean size.
    Head { mean_size: NumberId, with: Vec<Companions> },
    /// With the heads of a cell; alone where there are none.
    With { head: CellId },
}

/// A cell whose people travel with heads.
#[derive(Clone, Debug)]
pub struct Companions {
    pub cell: CellId,
    pub site: Site,
    pub branches: Vec<(EdgeId, PartId)>,
}

impl Class {
    /// Whether some of it travel in families.
    pub fn has_families(&self) -> bool {
        self.eligible.iter().any(|eligible| matches!(eligible.role, Role::Head { .. }))
    }
}

impl Eligible {
    /// Who would go; heads answer for their families.
    pub fn waiting(&self, at: &At<impl Chance>, state: &State, line: &Line, asked: f64) -> Waiting {
        if let Role::With { head } = self.role
            && state.people(head, at.lane) >= NOBODY
        {
            return Waiting { people: 0.0, seats: 0.0 };
        }
        let present = state.people(self.cell, at.lane);
        let people = match line.consent {
            None => present,
            Some(consent) => {
                let consents = at_least_once(at.number(consent), asked);
                let draw = at.now.draw(self.site, CONSENT);
                at.now.chance.binomial(draw, at.lane, present, consents)
            }
        };
        let seats = match &self.role {
            Role::Head { mean_size, with } if present >= NOBODY => {
                let others = (people * (size(at, *mean_size) - 1.0)).min(there(at, state, with));
                // Rounded up, so that there are seats for all of them.
                people - at.now.chance.whole(-others)
            }
            _ => people,
        };
        Waiting { people, seats }
    }

    /// Fills the seats `taken` that fell to the cell; families may take up to `left`, so that none is cut in parts. Gives
    /// the seats that were used and the people who went.
    pub fn go(
        &self,
        at: &At<impl Chance>,
        state: &mut State,
        flows: &mut Flows,
        waiting: Waiting,
        taken: f64,
        left: f64,
    ) -> (f64, f64) {
        let Role::Head { mean_size, with } = &self.role else {
            return (taken, move_out(at, state, flows, (self.cell, &self.branches), 0, taken));
        };
        let chance = at.now.chance;
        let draw = |ordinal| at.now.draw(self.site, ordinal);
        let size = size(at, *mean_size);
        // Where nobody was to travel with them they go alone, as do those others.
        let mut others = if waiting.seats > waiting.people { there(at, state, with) } else { 0.0 };
        // Where others are few, heads go without.
        let families = |seats: f64| (seats / size).max(seats - others);
        let heads = chance.rounded(draw(FAMILIES), at.lane, families(taken));
        let heads = heads.min(chance.whole(families(left))).min(waiting.people);
        let companions = chance.rounded(draw(SIZE), at.lane, heads * (size - 1.0));
        let companions = companions.min(others).min(left - heads).max(0.0);
        let mut gone = move_out(at, state, flows, (self.cell, &self.branches), 0, heads);
        let mut rest = companions;
        for cell in with {
            let present = state.people(cell.cell, at.lane);
            let count =
                chance.hypergeometric(at.now.draw(cell.site, COMPANIONS), at.lane, others, present, rest);
            others -= present;
            rest -= count;
            // Their own draw of where they go: those who travel alone may follow in the same step.
            gone += move_out(at, state, flows, (cell.cell, &cell.branches), 1, count);
        }
        (heads + companions, gone)
    }
}

/// The mean size of a family, at least the head.
fn size(at: &At<impl Chance>, mean_size: NumberId) -> f64 {
    at.number(mean_size).max(1.0)
}

/// People of the cells who travel with heads.
fn there(at: &At<impl Chance>, state: &State, with: &[Companions]) -> f64 {
    with.iter().map(|cell| state.people(cell.cell, at.lane)).sum()
}

/// The probability of consenting at least once when asked so often.
fn at_least_once(consent: f64, asked: f64) -> f64 {
    if asked > 1.0 { 1.0 - libm::pow(1.0 - consent, asked) } else { consent }
}

/// Moves people out of a cell along its branches; gives how many went.
fn move_out(
    at: &At<impl Chance>,
    state: &mut State,
    flows: &mut Flows,
    (cell, branches): (CellId, &[(EdgeId, PartId)]),
    ordinal: u32,
    count: f64,
) -> f64 {
    let At { now, readings, lane } = *at;
    let mut gone = 0.0;
    let branches = branches.iter().map(|(edge, part)| (*edge, readings.parts.at(*part, lane)));
    now.divide(ordinal, lane, count, branches, |edge, count| {
        gone += count;
        flows.count(edge, lane, count);
        state.add(now.edges[edge].to, lane, count);
    });
    state.add(cell, lane, -gone);
    gone
}
