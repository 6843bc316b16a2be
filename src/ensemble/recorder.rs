//! Reads the series of a block off its states and flows, step by step, into a sink.

use super::outcomes::Follower;
use super::plan::{Plan, Reads};
use super::summary::Event;
use super::trailing::Trailing;
use crate::engine::{Flows, Program, State};

/// Where each measure of a step goes: by slot, the value of every lane.
pub trait Sink {
    /// Takes a measure; not a number in lanes without one.
    fn take(&mut self, slot: usize, values: &[f64]);
}

/// What the measures of a run are numbered by: one slot for each series and point.
#[derive(Clone, Copy, Debug)]
pub struct Slots {
    /// Points of people: steps + 1.
    boundaries: usize,
    /// Points of everything else: steps.
    steps: usize,
    people: usize,
    flows: usize,
    rates: usize,
    events: usize,
    measures: usize,
    outcomes: usize,
    observed: usize,
}

impl Slots {
    /// The slots of a plan over `steps` steps.
    pub fn new(plan: &Plan, steps: u32) -> Slots {
        Slots {
            boundaries: steps as usize + 1,
            steps: steps as usize,
            people: plan.people.len(),
            flows: plan.flows.len() + plan.totals.len(),
            rates: plan.rates.len(),
            events: plan.events.len(),
            measures: plan.measures.len(),
            outcomes: plan.outcomes.len(),
            observed: plan.observed.points.len(),
        }
    }

    /// How many slots there are.
    pub fn count(&self) -> usize {
        self.observed(self.observed)
    }

    /// The slot of people at a boundary.
    pub fn people(&self, series: usize, boundary: usize) -> usize {
        series * self.boundaries + boundary
    }

    /// The slot of a flow in a step; totals of what counts as one thing follow the flows of mechanisms.
    pub fn per_step(&self, series: usize, step: usize) -> usize {
        self.people(self.people, 0) + series * self.steps + step
    }

    /// The slot of a flow from the start to the end of a step.
    pub fn since_start(&self, series: usize, step: usize) -> usize {
        self.per_step(self.flows, 0) + series * self.steps + step
    }

    /// The slot of a rate at the end of a step.
    pub fn rate(&self, series: usize, step: usize) -> usize {
        self.since_start(self.flows, 0) + series * self.steps + step
    }

    /// The slot of whether an event happened in a step.
    pub fn event(&self, series: usize, step: usize) -> usize {
        self.rate(self.rates, 0) + series * self.steps + step
    }

    /// The slot of how severe it was.
    pub fn severity(&self, series: usize, step: usize) -> usize {
        self.event(self.events, 0) + series * self.steps + step
    }

    /// The slot of a measure in a step.
    pub fn measure(&self, series: usize, step: usize) -> usize {
        self.severity(self.events, 0) + series * self.steps + step
    }

    /// The slot of an outcome.
    pub fn outcome(&self, outcome: usize) -> usize {
        self.measure(self.measures, 0) + outcome
    }

    /// The slot of the people that an observed value is compared with.
    pub fn observed(&self, point: usize) -> usize {
        self.outcome(self.outcomes) + point
    }

    /// The outcome that a slot is of, if it is of one.
    pub fn outcome_of(&self, slot: usize) -> Option<usize> {
        (self.outcome(0)..self.observed(0)).contains(&slot).then(|| slot - self.outcome(0))
    }

    /// The measure that a slot is of, if it is of one.
    pub fn measured(&self, slot: usize) -> Option<usize> {
        let measures = self.measure(0, 0)..self.measure(self.measures, 0);
        measures.contains(&slot).then(|| (slot - measures.start) / self.steps)
    }
}

/// Follows one block through its history.
#[derive(Debug)]
pub struct Recorder<'a> {
    plan: &'a Plan,
    slots: Slots,
    lanes: usize,
    /// The length of a step in years.
    years: f64,
    /// Flows to date, by series and lane.
    to_date: Vec<f64>,
    /// Of each rate, by series and lane, leavers and person-years: to date, and as they were twelve months ago.
    rated: Vec<[[f64; 2]; 2]>,
    /// The leavers of each step, and twice the people whose time it is.
    leavers: Trailing,
    twice_people: Trailing,
    /// The people of a rate when the moves of a step begin, by lane.
    started: Vec<f64>,
    /// What measures added up to so far, by series and lane.
    measured: Vec<f64>,
    /// Of each ratio, by ratio and lane, both of its numbers: to date, and as they were twelve months ago.
    ratios: Vec<[[f64; 2]; 2]>,
    divided: Trailing,
    divided_by: Trailing,
    /// States hold during a step: those of its start.
    states: Vec<f64>,
    /// As do triggered policies: 1 or 0.
    triggers: Vec<f64>,
    /// Sums of a series over its cells or edges, by lane.
    sums: Vec<f64>,
    here: Vec<f64>,
    outcomes: Follower<'a>,
    /// How many of the observed values the block has passed.
    observed: usize,
    /// By observed series and lane, the people at the last boundary, where they are needed.
    before: Vec<f64>,
    values: Vec<f64>,
}

impl<'a> Recorder<'a> {
    /// A recorder for blocks of `lanes` histories.
    pub fn new(plan: &'a Plan, program: &Program, slots: Slots, lanes: usize) -> Recorder<'a> {
        let calendar = &program.model().calendar;
        // The trailing twelve months' and no more, so that long histories take no more room.
        let kept = slots.steps.min(calendar.steps_in(1.0) as usize).max(1);
        let ratios = plan.measures.iter().filter(|plan| matches!(plan.reads, Reads::Ratio { .. })).count();
        Recorder {
            plan,
            slots,
            lanes,
            years: calendar.step_years(),
            to_date: vec![0.0; slots.flows * lanes],
            rated: vec![[[0.0; 2]; 2]; plan.rates.len() * lanes],
            leavers: Trailing::new(plan.rates.len(), lanes, kept),
            twice_people: Trailing::new(plan.rates.len(), lanes, kept),
            started: vec![0.0; lanes],
            measured: vec![0.0; plan.measures.len() * lanes],
            ratios: vec![[[0.0; 2]; 2]; ratios * lanes],
            divided: Trailing::new(ratios, lanes, kept),
            divided_by: Trailing::new(ratios, lanes, kept),
            states: Vec::new(),
            triggers: Vec::new(),
            sums: vec![0.0; lanes],
            here: vec![0.0; lanes],
            outcomes: Follower::new(&plan.outcomes, slots.steps, calendar.step_years(), lanes),
            observed: 0,
            before: vec![0.0; plan.observed.cells.len() * lanes],
            values: vec![0.0; lanes],
        }
    }

    /// Reads the start of a block.
    pub fn begin(&mut self, state: &State, sink: &mut impl Sink) {
        self.to_date.fill(0.0);
        self.measured.fill(0.0);
        self.rated.fill([[0.0; 2]; 2]);
        self.ratios.fill([[0.0; 2]; 2]);
        for trailing in [&mut self.leavers, &mut self.twice_people, &mut self.divided, &mut self.divided_by] {
            trailing.clear();
        }
        self.observed = 0;
        self.people(0, state, sink);
        self.outcomes.begin(state);
        self.hold(state);
    }

    /// Reads the step that ended in `state`, in which `flows` happened.
    pub fn step(&mut self, step: usize, state: &State, flows: &Flows, sink: &mut impl Sink) {
        self.people(step + 1, state, sink);
        self.flows(step, flows, sink);
        self.rates(step, state, flows, sink);
        self.events(step, flows, sink);
        self.measures(step, flows, sink);
        self.outcomes.step(step + 1, state, flows);
        if step + 1 == self.slots.steps {
            for (outcome, answers) in self.outcomes.finish() {
                sink.take(self.slots.outcome(outcome), answers);
            }
        }
        self.hold(state);
    }

    fn people(&mut self, boundary: usize, state: &State, sink: &mut impl Sink) {
        for (series, plan) in self.plan.people.iter().enumerate() {
            let slot = self.slots.people(series, boundary);
            if let [cell] = plan.cells[..] {
                sink.take(slot, state.people_of(cell));
                continue;
            }
            add_up(&mut self.sums, plan.cells.iter().map(|cell| state.people_of(*cell)));
            sink.take(slot, &self.sums);
        }
        self.observed(boundary, state, sink);
    }

    /// What is observed at a boundary or in the step before it, where each history is interpolated; and what is needed of this
    /// boundary for the step after it.
    fn observed(&mut self, boundary: usize, state: &State, sink: &mut impl Sink) {
        let plan = &self.plan.observed;
        let people = |series: usize| plan.cells[series].iter().map(|cell| state.people_of(*cell));
        while let Some(point) = plan.points.get(self.observed).filter(|it| it.boundary == boundary) {
            add_up(&mut self.sums, people(point.series));
            if point.weight > 0.0 {
                let before = &self.before[point.series * self.lanes..(point.series + 1) * self.lanes];
                for (sum, before) in self.sums.iter_mut().zip(before) {
                    *sum += (before - *sum) * point.weight;
                }
            }
            sink.take(self.slots.observed(self.observed), &self.sums);
            self.observed += 1;
        }
        let next = plan.points[self.observed..].iter().take_while(|point| point.boundary == boundary + 1);
        for point in next.filter(|point| point.weight > 0.0) {
            let before = &mut self.before[point.series * self.lanes..(point.series + 1) * self.lanes];
            add_up(before, people(point.series));
        }
    }

    fn flows(&mut self, step: usize, flows: &Flows, sink: &mut impl Sink) {
        let mechanisms = self.plan.flows.iter().map(|plan| &plan.edges);
        let totals = self.plan.totals.iter().map(|plan| &plan.edges);
        for (series, edges) in mechanisms.chain(totals).enumerate() {
            add_up(&mut self.sums, edges.iter().map(|edge| flows.counted_all(*edge)));
            sink.take(self.slots.per_step(series, step), &self.sums);
            let to_date = &mut self.to_date[series * self.lanes..(series + 1) * self.lanes];
            for (sum, to_date) in self.sums.iter_mut().zip(to_date) {
                *to_date += *sum;
                *sum = *to_date;
            }
            sink.take(self.slots.since_start(series, step), &self.sums);
        }
    }

    fn rates(&mut self, step: usize, state: &State, flows: &Flows, sink: &mut impl Sink) {
        for (series, plan) in self.plan.rates.iter().enumerate() {
            add_up(&mut self.sums, plan.edges.iter().map(|edge| flows.counted_all(*edge)));
            add_up(&mut self.here, plan.cells.iter().map(|cell| state.people_of(*cell)));
            add_up(&mut self.started, plan.cells.iter().map(|cell| flows.started(*cell)));
            for lane in 0..self.lanes {
                let (left, twice) = (self.sums[lane], self.started[lane] + self.here[lane]);
                // The mean of when moves begin and of the end: the time people spend is recorded, not simulated.
                let time = |twice: f64| twice / 2.0 * self.years;
                let [now, ago] = &mut self.rated[series * self.lanes + lane];
                *now = [now[0] + left, now[1] + time(twice)];
                let left = self.leavers.pass(step, (series, lane), left);
                let twice = self.twice_people.pass(step, (series, lane), twice);
                *ago = [ago[0] + left, ago[1] + time(twice)];
                let (left, time) = (now[0] - ago[0], now[1] - ago[1]);
                // Below a thousandth of a person-year there is nobody: what is left of differences of long sums.
                self.values[lane] = if time > 1e-3 { left / time } else { f64::NAN };
            }
            sink.take(self.slots.rate(series, step), &self.values);
        }
    }

    fn events(&mut self, step: usize, flows: &Flows, sink: &mut impl Sink) {
        for (series, plan) in self.plan.events.iter().enumerate() {
            let happened = match plan.event {
                Event::Shock(_) => flows.shock(plan.row),
                Event::Switch { .. } => flows.switch(plan.row),
                Event::State { .. } => &self.states[plan.row * self.lanes..(plan.row + 1) * self.lanes],
                Event::Trigger(_) => &self.triggers[plan.row * self.lanes..(plan.row + 1) * self.lanes],
            };
            sink.take(self.slots.event(series, step), happened);
            if let Event::Shock(shock) = plan.event {
                for (lane, value) in self.values.iter_mut().enumerate() {
                    *value = flows.severity(shock, lane).unwrap_or(f64::NAN);
                }
                sink.take(self.slots.severity(series, step), &self.values);
            }
        }
    }

    fn measures(&mut self, step: usize, flows: &Flows, sink: &mut impl Sink) {
        let mut ratio = 0;
        for (series, plan) in self.plan.measures.iter().enumerate() {
            for lane in 0..self.lanes {
                self.values[lane] = match plan.reads {
                    Reads::Step(gauge) => flows.gauged(gauge, lane),
                    Reads::ToDate(gauge) => {
                        let measured = &mut self.measured[series * self.lanes + lane];
                        *measured += flows.gauged(gauge, lane);
                        *measured
                    }
                    Reads::Ratio { of, over } => {
                        let (of, over) = (flows.gauged(of, lane), flows.gauged(over, lane));
                        let [now, ago] = &mut self.ratios[ratio * self.lanes + lane];
                        *now = [now[0] + of, now[1] + over];
                        let of = self.divided.pass(step, (ratio, lane), of);
                        let over = self.divided_by.pass(step, (ratio, lane), over);
                        *ago = [ago[0] + of, ago[1] + over];
                        let (of, over) = (now[0] - ago[0], now[1] - ago[1]);
                        if over > 1e-3 { of / over } else { f64::NAN }
                    }
                };
            }
            ratio += usize::from(matches!(plan.reads, Reads::Ratio { .. }));
            sink.take(self.slots.measure(series, step), &self.values);
        }
    }

    /// Keeps the states that hold in the next step.
    fn hold(&mut self, state: &State) {
        self.states.clear();
        self.states.extend_from_slice(state.regime_states());
        self.triggers.clear();
        self.triggers.extend(state.triggers().iter().map(|held| f64::from(*held > 0.0)));
    }
}

/// Adds rows up, lane by lane.
fn add_up<'a>(sums: &mut [f64], rows: impl Iterator<Item = &'a [f64]>) {
    sums.fill(0.0);
    for row in rows {
        for (sum, value) in sums.iter_mut().zip(row) {
            *sum += value;
        }
    }
}
