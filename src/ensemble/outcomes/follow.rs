//! Follows outcomes through the replicates of a block: what each has come to so far, by lane.

use super::{AmountOf, Follows, OutcomePlan};
use crate::engine::{Flows, State};
use crate::model::{AmountTake, LevelTake};

/// What outcomes have come to so far.
#[derive(Debug)]
pub struct Follower<'a> {
    plans: &'a [OutcomePlan],
    lanes: usize,
    steps: usize,
    /// The length of a step in years.
    years: f64,
    /// By outcome and lane: a sum, an extreme or a value; not a number where there is none yet.
    found: Vec<f64>,
    /// By outcome and lane: what is added up beside it, to date.
    to_date: Vec<f64>,
    /// The numbers of the step at hand, by lane.
    here: Vec<f64>,
    /// By outcome and lane: what it came to; not a number where a replicate has none.
    answers: Vec<f64>,
}

impl<'a> Follower<'a> {
    /// Nothing yet, of blocks of `lanes` replicates.
    pub fn new(plans: &'a [OutcomePlan], steps: usize, years: f64, lanes: usize) -> Follower<'a> {
        let room = plans.len() * lanes;
        Follower {
            plans,
            lanes,
            steps,
            years,
            found: vec![0.0; room],
            to_date: vec![0.0; room],
            here: vec![0.0; lanes],
            answers: vec![f64::NAN; room],
        }
    }

    /// Reads the start of a block.
    pub fn begin(&mut self, state: &State) {
        self.to_date.fill(0.0);
        for (index, plan) in self.plans.iter().enumerate() {
            let none = matches!(
                plan.follows,
                Follows::People(_, LevelTake::First(_) | LevelTake::Min | LevelTake::At(_))
                    | Follows::Level(_, LevelTake::First(_) | LevelTake::Min | LevelTake::At(_))
                    | Follows::Amount(_, AmountTake::FirstAbove(_))
            );
            self.found[index * self.lanes..(index + 1) * self.lanes].fill(if none { f64::NAN } else { 0.0 });
            if let Follows::People(cells, take) = &plan.follows {
                self.read_people(cells, state);
                self.level(index, *take, 0);
            }
        }
    }

    /// Reads the step that ends at `boundary`.
    pub fn step(&mut self, boundary: usize, state: &State, flows: &Flows) {
        for (index, plan) in self.plans.iter().enumerate() {
            match &plan.follows {
                Follows::People(cells, take) => {
                    if matches!(take, LevelTake::Mean | LevelTake::PersonTime { .. }) {
                        self.read(|lane| person_steps(cells, state, flows, lane));
                    } else {
                        self.read_people(cells, state);
                    }
                    self.level(index, *take, boundary);
                }
                Follows::Level(metric, take) => {
                    self.read(|lane| flows.measured(*metric, lane));
                    self.level(index, *take, boundary);
                }
                Follows::Amount(of, take) => {
                    match of {
                        AmountOf::Edges(edges) => {
                            self.read(|lane| edges.iter().map(|edge| flows.counted(*edge, lane)).sum());
                        }
                        AmountOf::Metric(metric) => self.read(|lane| flows.measured(*metric, lane)),
                        AmountOf::Shock(shock) => self.read(|lane| flows.shock(*shock)[lane]),
                    }
                    self.amount(index, *take, boundary);
                }
                Follows::Ratio(of, over) => {
                    for lane in 0..self.lanes {
                        self.found[index * self.lanes + lane] += flows.measured(*of, lane);
                        self.to_date[index * self.lanes + lane] += flows.measured(*over, lane);
                    }
                }
                Follows::Sum(_) | Follows::Share(..) | Follows::Nothing => {}
            }
        }
    }

    fn read(&mut self, value: impl Fn(usize) -> f64) {
        for (lane, here) in self.here.iter_mut().enumerate() {
            *here = value(lane);
        }
    }

    fn read_people(&mut self, cells: &[usize], state: &State) {
        self.read(|lane| cells.iter().map(|cell| state.people(*cell, lane)).sum());
    }

    /// Takes in a level at a boundary; where it is summed over time, its mean over the step that ends there.
    fn level(&mut self, index: usize, take: LevelTake, boundary: usize) {
        let found = &mut self.found[index * self.lanes..(index + 1) * self.lanes];
        for (found, here) in found.iter_mut().zip(&self.here) {
            match take {
                LevelTake::At(at) if at as usize == boundary => *found = *here,
                LevelTake::At(_) => {}
                // Before the first step no time has passed.
                LevelTake::Mean | LevelTake::PersonTime { .. } if boundary == 0 => {}
                LevelTake::Mean | LevelTake::PersonTime { .. } => *found += here,
                LevelTake::Max => *found = found.max(*here),
                LevelTake::Min => *found = found.min(*here),
                LevelTake::First(limit) if found.is_nan() && limit.holds(*here) => *found = boundary as f64,
                LevelTake::First(_) => {}
                LevelTake::ShareOfTime(limit) => {
                    *found += f64::from(u8::from(boundary > 0 && limit.holds(*here)));
                }
            }
        }
    }

    /// Takes in the amount of the step that ends at a boundary.
    fn amount(&mut self, index: usize, take: AmountTake, boundary: usize) {
        let lanes = index * self.lanes..(index + 1) * self.lanes;
        let found = self.found[lanes.clone()].iter_mut();
        for ((found, to_date), here) in found.zip(&mut self.to_date[lanes]).zip(&self.here) {
            match take {
                AmountTake::Between(from, until) => {
                    if (from as usize) < boundary && boundary <= until as usize {
                        *found += here;
                    }
                }
                AmountTake::Max => *found = found.max(*here),
                AmountTake::FirstAbove(limit) => {
                    *to_date += here;
                    if found.is_nan() && *to_date > limit {
                        *found = boundary as f64;
                    }
                }
            }
        }
    }

    /// What every outcome came to when the last step is done: by lane, not a number where a replicate has none. Dates
    /// are boundaries.
    pub fn finish(&mut self) -> impl Iterator<Item = (usize, &[f64])> {
        for (index, plan) in self.plans.iter().enumerate() {
            for lane in 0..self.lanes {
                let row = index * self.lanes + lane;
                let answer = self.answer(plan, row, lane);
                let answer = match plan.is {
                    Some(limit) => answer.map(|number| f64::from(u8::from(limit.holds(number)))),
                    None => answer,
                };
                self.answers[row] = answer.unwrap_or(f64::NAN);
            }
        }
        self.answers.chunks(self.lanes).enumerate()
    }

    fn answer(&self, plan: &OutcomePlan, row: usize, lane: usize) -> Option<f64> {
        let found = self.found[row];
        let steps = self.steps as f64;
        let earlier = |outcome: usize| {
            let answer = self.answers[outcome * self.lanes + lane];
            (!answer.is_nan()).then_some(answer)
        };
        match &plan.follows {
            Follows::People(_, LevelTake::PersonTime { unit }) => Some(found * self.years / unit),
            Follows::People(_, LevelTake::Mean | LevelTake::ShareOfTime(_))
            | Follows::Level(_, LevelTake::Mean | LevelTake::ShareOfTime(_)) => Some(found / steps),
            Follows::People(..) | Follows::Level(..) | Follows::Amount(..) => {
                (!found.is_nan()).then_some(found)
            }
            Follows::Ratio(..) => ratio(found, self.to_date[row]),
            Follows::Sum(parts) => parts.iter().map(|part| earlier(*part)).sum(),
            Follows::Share(of, over) => ratio(earlier(*of)?, earlier(*over)?),
            Follows::Nothing => None,
        }
    }
}

/// The time that people spend in cells in a step, in steps: the mean of those there when moves begin and at the end.
fn person_steps(cells: &[usize], state: &State, flows: &Flows, lane: usize) -> f64 {
    cells.iter().map(|cell| 0.5 * (flows.started(*cell)[lane] + state.people(*cell, lane))).sum()
}

/// A ratio; nothing where there is nothing to divide by.
fn ratio(of: f64, over: f64) -> Option<f64> {
    (over > 1e-9).then(|| of / over)
}
