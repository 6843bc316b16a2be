//! Places that fill, and places that close.
//!
//! One rule holds: **a place takes as many people as it has free places, and whoever leaves it in a step frees one.**
//! Who finds it full is diverted, waits, is turned away (those two only if they come from outside the model), or stays
//! where they are, exposed to the other ways out for the rest of the step ([`onward`], with the law in [`exposure`]): a closed
//! door changes nothing else.
//!
//! Every mechanism first moves people as if all places were open; then, at three moments of a step, the gate sends back those for
//! whom there was no room, along the edges by which they came. At the start of the step (programmes, closures) nobody else
//! moves. In the middle (moves, arrivals) people come and go in random order: how many find the place full has a closed
//! form, [`overflow`](crate::random::overflow), and is one draw. At the end those who came and left within the step have
//! freed places too: the same draw is looked at again with them, and who comes from outside and now finds room gets in. Against Erlang's loss
//! formula, in steps of a tenth of the mean stay, the share turned away is too large by 0.2 % of itself where 8 are offered
//! to 10 places, 0.8 % for 90 to 100 and 1.3 % for 480 to 500, half of that in steps of a twentieth; and the place never
//! has more people than its capacity. Queues need no draw: who leaves is replaced at once.
//!
//! Several flows compete for the last places person by person, a multivariate hypergeometric over edges. Where places
//! would free each other (two full prisons that exchange people) those later in the order of the gate do not count on
//! places that the others might free. Shocks and births are forced in; so are people of a place above its capacity, from
//! where nobody is expelled. Who is diverted goes one place on, not further.

mod admit;
mod claim;
mod closures;
mod divert;
mod exposure;
mod gate;
mod held;
mod home;
mod measures;
mod onward;
mod queue;
mod tally;
mod unplaced;
mod ways;

pub use gate::{LATE_ROUND, MOST_ROUNDS};
pub use measures::LONG_WAITS;
pub use queue::PlaceQueue;

use super::builder::Builder;
use super::chance::Chance;
use super::clocks::Clocks;
use super::edge::EdgeId;
use super::exits::Exits;
use super::movements::Movements;
use super::now::Now;
use super::phase::Phase;
use super::state::State;
use super::ways_out::WaysOut;
use crate::model::CellId;
use closures::Closures;
use gate::{Gate, GateWorkspace, Moment};
use measures::Overcrowding;
use onward::{Onward, Refused, Tries};
use tally::GateTally;

/// What happens to people where places fill or close.
#[derive(Clone, Debug, Default)]
pub struct FullPlaces {
    closures: Closures,
    gate: Gate,
    onward: Onward,
    overcrowding: Overcrowding,
}

/// What full places work with in a step.
#[derive(Clone, Debug, Default)]
pub struct FullWorkspace {
    gate: GateWorkspace,
    tally: GateTally,
    tries: Tries,
    /// People above capacity at the start of the step, by place and lane.
    above: Vec<f64>,
}

impl FullPlaces {
    /// Compiles full places, when all other edges are known.
    pub fn compile(builder: &mut Builder, exits: &Exits, clocks: &Clocks) -> FullPlaces {
        let overcrowding = Overcrowding::compile(builder);
        let closures = Closures::compile(builder);
        let gate = Gate::compile(builder);
        let onward = Onward::compile(builder, exits, clocks, gate.ways());
        FullPlaces { closures, gate, onward, overcrowding }
    }

    /// Empty queues.
    pub fn queues(&self, lanes: usize) -> Vec<PlaceQueue> {
        self.gate.queues(lanes)
    }

    /// A step begins.
    pub fn begin(&self, now: &Now<impl Chance>, state: &State, workspace: &mut FullWorkspace) {
        self.overcrowding.begin(now, state, &mut workspace.above);
    }

    /// Those inside closing places leave, at the start of a step.
    pub fn close(&self, now: &Now<impl Chance>, movements: &mut Movements) {
        self.closures.leave(now, movements);
    }

    /// The cells from where people go to places that may send them back.
    pub fn homes(&self) -> impl Iterator<Item = CellId> {
        self.onward.cells()
    }

    /// The edges by which people go to such places in the course of a step.
    pub fn ways(&self) -> impl Iterator<Item = EdgeId> {
        self.gate.ways().all.iter().filter(|way| !way.early).map(|way| way.edge)
    }

    /// Whether no place fills or closes.
    pub fn none(&self) -> bool {
        self.gate.ways().places.is_empty()
    }

    /// Sends back those who found a place full at the start of a step.
    pub fn check_start<'b>(
        &self,
        now: &Now<'b, impl Chance>,
        movements: &mut Movements<'b>,
        queues: &mut [PlaceQueue],
        workspace: &mut FullWorkspace,
    ) {
        if !self.none() {
            let lanes = movements.state.lanes();
            self.gate.begin(lanes, &mut workspace.tally);
            self.onward.begin(lanes, &mut workspace.tries);
            self.check((Phase::Start, 0), now, movements, queues, workspace);
        }
    }

    /// Sends back those who found a place full since it was last looked at, in the course of a step.
    pub fn check<'b>(
        &self,
        at: (Phase, u32),
        now: &Now<'b, impl Chance>,
        movements: &mut Movements<'b>,
        queues: &mut [PlaceQueue],
        workspace: &mut FullWorkspace,
    ) {
        self.gate.check(&mut self.moment(at, now, movements, queues, workspace));
    }

    fn moment<'a, 'b, C: Chance>(
        &'a self,
        (phase, round): (Phase, u32),
        now: &'a Now<'b, C>,
        movements: &'a mut Movements<'b>,
        queues: &'a mut [PlaceQueue],
        FullWorkspace { gate, tally, .. }: &'a mut FullWorkspace,
    ) -> Moment<'a, 'b, C> {
        let ways = self.gate.ways();
        Moment { phase, round, lane: 0, now, ways, movements, queues, tally, workspace: gate }
    }

    /// Those who were sent back go other ways in the rest of the step; gives whether some tried other doors, so that
    /// these are to be looked at again.
    pub fn go_on(
        &self,
        at: (Phase, u32),
        now: &Now<impl Chance>,
        movements: &mut Movements,
        ways_out: &mut WaysOut,
        FullWorkspace { tally, tries, .. }: &mut FullWorkspace,
    ) -> bool {
        self.onward.go_on(at, now, movements, ways_out, Refused { ways: self.gate.ways(), tally, tries })
    }

    /// Forgets who was sent back so far, when what follows from it is done.
    pub fn forget_lingering(&self, workspace: &mut FullWorkspace) {
        workspace.tries.lingering.fill(0.0);
    }

    /// The time, in steps and by lane, that those of a cell who were sent back spend there after that; `None` where nobody is.
    pub fn lingering<'r>(&self, workspace: &'r FullWorkspace, cell: CellId) -> Option<&'r [f64]> {
        self.onward.lingering(&workspace.tries, cell)
    }

    /// Says what becomes of those who found no room in the step.
    pub fn resolve<'b>(
        &self,
        now: &Now<'b, impl Chance>,
        movements: &mut Movements<'b>,
        queues: &mut [PlaceQueue],
        workspace: &mut FullWorkspace,
    ) {
        self.gate.finish(&mut self.moment((Phase::End, 0), now, movements, queues, workspace));
    }

    /// A step ends.
    pub fn end(&self, now: &Now<impl Chance>, movements: &mut Movements, workspace: &FullWorkspace) {
        self.overcrowding.end(now, movements, &workspace.above);
    }
}
