//! Regimes: contexts that switch at the end of a step, for the next one.

use super::builder::Builder;
use super::chance::Chance;
use super::hazard::HazardId;
use super::movements::Movements;
use super::now::Now;
use crate::model::{Model, SwitchTime};
use crate::random::Site;
use crate::units::leaving_probability;

/// A switch between two rows of regime states.
#[derive(Clone, Debug)]
pub struct CompiledSwitch {
    /// Index of the regime in the model.
    pub regime: usize,
    /// The state it leaves, as an index in the regime.
    pub from: usize,
    /// The state it enters.
    pub to: usize,
    /// Who draws, where several switches leave one state.
    site: Site,
    hazard: Option<HazardId>,
    on: Option<u32>,
}

/// A state and the switches that leave it.
#[derive(Clone, Debug)]
struct LeavingState {
    row: usize,
    /// Who draws whether it is left.
    site: Site,
    switches: Vec<usize>,
}

/// All regimes.
#[derive(Clone, Debug, Default)]
pub struct Regimes {
    /// Where each regime's states start.
    first_rows: Vec<usize>,
    /// Of each row, whether it holds at the start.
    initial: Vec<bool>,
    switches: Vec<CompiledSwitch>,
    leaving: Vec<LeavingState>,
}

/// What switches are drawn with: rows of regime states as they were before, and of those who have not switched on a date.
#[derive(Clone, Debug, Default)]
pub struct RegimeWorkspace {
    before: Vec<f64>,
    waiting: Vec<f64>,
}

/// Where each regime's states start in the rows of regime states.
pub fn first_rows(model: &Model) -> Vec<usize> {
    let mut next = 0;
    model
        .regimes
        .iter()
        .map(|regime| {
            let first = next;
            next += regime.states.len();
            first
        })
        .collect()
}

impl Regimes {
    /// Compiles regimes.
    pub fn compile(builder: &mut Builder) -> Regimes {
        let model = builder.model;
        let nobody = vec![0; model.groups.dimensions.len()];
        let mut regimes = Regimes { first_rows: first_rows(model), ..Regimes::default() };
        for (index, regime) in model.regimes.iter().enumerate() {
            for (state, state_name) in regime.states.iter().enumerate() {
                let row = regimes.initial.len();
                regimes.initial.push(state == regime.initial);
                let mut leaves = Vec::new();
                for switch in regime
                    .switches
                    .iter()
                    .filter(|switch| switch.to != state && switch.from.is_none_or(|from| from == state))
                {
                    let (hazard, on) = match &switch.when {
                        SwitchTime::Rate(rate) => (builder.hazards.of(rate, &nobody), None),
                        SwitchTime::Step(step) => (None, Some(*step)),
                    };
                    leaves.push(regimes.switches.len());
                    // Several switches between the same two states draw each for itself.
                    let same = |other: &&CompiledSwitch| {
                        (other.regime, other.from, other.to) == (index, state, switch.to)
                    };
                    let before = regimes.switches.iter().filter(same).count().to_string();
                    let mut names = vec!["regimes", &regime.name, state_name, &regime.states[switch.to]];
                    if before != "0" {
                        names.push(&before);
                    }
                    let site = Site::of(&names);
                    regimes.switches.push(CompiledSwitch {
                        regime: index,
                        from: state,
                        to: switch.to,
                        site,
                        hazard,
                        on,
                    });
                }
                let site = Site::of(&["regimes", &regime.name, state_name]);
                regimes.leaving.push(LeavingState { row, site, switches: leaves });
            }
        }
        regimes
    }

    /// How many rows of states there are.
    pub fn rows(&self) -> usize {
        self.initial.len()
    }

    /// The switches, in the order of the rows that [`Flows::switch`] gives.
    pub fn switches(&self) -> &[CompiledSwitch] {
        &self.switches
    }

    /// The row of a regime's state.
    pub fn row(&self, regime: usize, state: usize) -> usize {
        self.first_rows[regime] + state
    }

    /// The rows at the start, by row and lane; dated switches of step 0 have happened.
    pub fn start(&self, lanes: usize) -> Vec<f64> {
        let mut rows: Vec<f64> =
            self.initial.iter().flat_map(|holds| std::iter::repeat_n(f64::from(*holds), lanes)).collect();
        let mut waiting = rows.clone();
        for switch in self.switches.iter().filter(|switch| switch.on == Some(0)) {
            for lane in 0..lanes {
                self.go(switch, &mut waiting, &mut rows, lanes, lane);
            }
        }
        rows
    }

    /// Draws the switches of a step, then makes the dated ones of the next. In Monte Carlo a regime is one person who
    /// moves among its states.
    pub fn switch(
        &self,
        now: &Now<impl Chance>,
        movements: &mut Movements,
        RegimeWorkspace { before, waiting }: &mut RegimeWorkspace,
    ) {
        let Movements { state, flows } = movements;
        let lanes = state.lanes();
        let (after, hazards) = (&mut state.regimes, &now.readings.hazards);
        before.clone_from(after);
        for leaving in self.leaving.iter().filter(|leaving| !leaving.switches.is_empty()) {
            for lane in 0..lanes {
                let holds = before[leaving.row * lanes + lane];
                if holds <= 0.0 {
                    continue;
                }
                let hazard =
                    |index: &usize| self.switches[*index].hazard.map_or(0.0, |id| hazards.at(id, lane));
                let total: f64 = leaving.switches.iter().map(hazard).sum();
                let probability = leaving_probability(total, now.years);
                let mut left = now.chance.binomial(now.draw(leaving.site, 0), lane, holds, probability);
                let mut behind = total;
                for index in &leaving.switches {
                    let switch = &self.switches[*index];
                    let share = if behind > 0.0 { hazard(index) / behind } else { 0.0 };
                    behind -= hazard(index);
                    let goes = now.chance.binomial(now.draw(switch.site, 0), lane, left, share);
                    left -= goes;
                    after[leaving.row * lanes + lane] -= goes;
                    after[self.row(switch.regime, switch.to) * lanes + lane] += goes;
                    flows.switched[index * lanes + lane] += goes;
                }
            }
        }
        waiting.clone_from(after);
        for (index, switch) in self.switches.iter().enumerate() {
            if switch.on == Some(now.step + 1) {
                for lane in 0..lanes {
                    flows.switched[index * lanes + lane] += self.go(switch, waiting, after, lanes, lane);
                }
            }
        }
    }

    /// Makes a switch for certain; gives how much of the state it left held. Who switches on a date does so once: `waiting`
    /// has the rows of those who have not.
    fn go(
        &self,
        switch: &CompiledSwitch,
        waiting: &mut [f64],
        rows: &mut [f64],
        lanes: usize,
        lane: usize,
    ) -> f64 {
        let from = self.row(switch.regime, switch.from) * lanes + lane;
        let holds = std::mem::take(&mut waiting[from]);
        rows[from] -= holds;
        rows[self.row(switch.regime, switch.to) * lanes + lane] += holds;
        holds
    }
}
