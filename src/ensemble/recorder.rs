//! Reads the series of a block off its states and flows, step by step, into a sink.

use super::outcomes::Follower;
use super::plan::{EventPlan, MeasurePlan, MetricSeriesKind, SeriesPlan};
use super::series::{SeriesId, SeriesSource, SeriesTable};
use super::summary::Event;
use super::trailing::Trailing;
use crate::engine::edge::EdgeId;
use crate::engine::{Flows, Program, State};

/// Where each number of a step goes: by series and point, the value of every lane.
pub trait Sink {
    /// Takes a number; not a number in lanes without one.
    fn take(&mut self, series: SeriesId, point: usize, values: &[f64]);
}

/// Follows one block from its start to its end.
#[derive(Debug)]
pub struct Recorder<'a> {
    plan: &'a SeriesPlan,
    table: &'a SeriesTable,
    lanes: usize,
    /// The length of a step in years.
    years: f64,
    /// Flows to date, those of mechanisms and then totals, by lane.
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
    /// Of each measure that is a ratio, its row in what follows; those that are none have any.
    ratio_rows: Vec<usize>,
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
    /// A recorder for blocks of `lanes` replicates.
    pub fn new(
        plan: &'a SeriesPlan,
        table: &'a SeriesTable,
        program: &Program,
        lanes: usize,
    ) -> Recorder<'a> {
        let calendar = &program.model().calendar;
        // The trailing twelve months' and no more, so that long replicates take no more room.
        let kept = table.steps().min(calendar.steps_in(1.0) as usize).max(1);
        let mut ratios = 0;
        let ratio_row = |plan: &MeasurePlan| {
            let row = ratios;
            ratios += usize::from(matches!(plan.reads, MetricSeriesKind::Ratio { .. }));
            row
        };
        let ratio_rows = plan.measures.iter().map(ratio_row).collect();
        Recorder {
            plan,
            table,
            lanes,
            years: calendar.step_years(),
            to_date: vec![0.0; (plan.flows.len() + plan.totals.len()) * lanes],
            rated: vec![[[0.0; 2]; 2]; plan.rates.len() * lanes],
            leavers: Trailing::new(plan.rates.len(), lanes, kept),
            twice_people: Trailing::new(plan.rates.len(), lanes, kept),
            started: vec![0.0; lanes],
            measured: vec![0.0; plan.measures.len() * lanes],
            ratio_rows,
            ratios: vec![[[0.0; 2]; 2]; ratios * lanes],
            divided: Trailing::new(ratios, lanes, kept),
            divided_by: Trailing::new(ratios, lanes, kept),
            states: Vec::new(),
            triggers: Vec::new(),
            sums: vec![0.0; lanes],
            here: vec![0.0; lanes],
            outcomes: Follower::new(&plan.outcomes, table.steps(), calendar.step_years(), lanes),
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
        for (id, series) in self.table.over_time() {
            // Nothing but people is counted at the start, and they come first.
            let SeriesSource::People(people) = series.source else { break };
            sink.take(id, 0, self.people(people, state));
        }
        self.observed(0, state, sink);
        self.outcomes.begin(state);
        self.hold(state);
    }

    /// Reads the step that ended in `state`, in which `flows` happened.
    pub fn step(&mut self, step: usize, state: &State, flows: &Flows, sink: &mut impl Sink) {
        let boundary = step + 1;
        for (id, series) in self.table.over_time() {
            let point = boundary - series.kind.first_boundary();
            sink.take(id, point, self.read(series.source, step, state, flows));
        }
        self.observed(boundary, state, sink);
        self.outcomes.step(boundary, state, flows);
        if boundary == self.table.steps() {
            for (outcome, answers) in self.outcomes.finish() {
                sink.take(self.table.outcome(outcome), 0, answers);
            }
        }
        self.hold(state);
    }

    /// The numbers of a series in a step or at its end, by lane.
    fn read<'s>(
        &'s mut self,
        source: SeriesSource,
        step: usize,
        state: &'s State,
        flows: &'s Flows,
    ) -> &'s [f64] {
        let plan = self.plan;
        let mechanisms = plan.flows.len();
        match source {
            SeriesSource::People(index) => self.people(index, state),
            SeriesSource::Flow(index) => self.flow(index, &plan.flows[index].edges, flows),
            SeriesSource::FlowToDate(index) => self.to_date(index),
            SeriesSource::Total(index) => self.flow(mechanisms + index, &plan.totals[index].edges, flows),
            SeriesSource::TotalToDate(index) => self.to_date(mechanisms + index),
            SeriesSource::Rate(index) => self.rate(index, step, state, flows),
            SeriesSource::Event(index) => self.event(plan.events[index], flows),
            SeriesSource::Severity(index) => self.severity(plan.events[index], flows),
            SeriesSource::Measure(index) => self.measure(index, step, flows),
            // They come once, and not in every step.
            SeriesSource::Outcome(_) | SeriesSource::Observed(_) => &[],
        }
    }

    fn people<'s>(&'s mut self, people: usize, state: &'s State) -> &'s [f64] {
        let cells = &self.plan.people[people].cells;
        if let [cell] = cells[..] {
            return state.people_of(cell);
        }
        add_up(&mut self.sums, cells.iter().map(|cell| state.people_of(*cell)));
        &self.sums
    }

    /// What is observed at a boundary or in the step before it, where each replicate is interpolated; and what is needed of this
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
            sink.take(self.table.observed(self.observed), 0, &self.sums);
            self.observed += 1;
        }
        let next = plan.points[self.observed..].iter().take_while(|point| point.boundary == boundary + 1);
        for point in next.filter(|point| point.weight > 0.0) {
            let before = &mut self.before[point.series * self.lanes..(point.series + 1) * self.lanes];
            add_up(before, people(point.series));
        }
    }

    /// A flow of the step, which is added to what came to date.
    fn flow(&mut self, row: usize, edges: &[EdgeId], flows: &Flows) -> &[f64] {
        add_up(&mut self.sums, edges.iter().map(|edge| flows.counted_all(*edge)));
        let to_date = &mut self.to_date[row * self.lanes..(row + 1) * self.lanes];
        to_date.iter_mut().zip(&self.sums).for_each(|(to_date, sum)| *to_date += sum);
        &self.sums
    }

    /// The same to date: the flow of the step was read before.
    fn to_date(&self, row: usize) -> &[f64] {
        &self.to_date[row * self.lanes..(row + 1) * self.lanes]
    }

    fn rate(&mut self, rate: usize, step: usize, state: &State, flows: &Flows) -> &[f64] {
        let plan = &self.plan.rates[rate];
        add_up(&mut self.sums, plan.edges.iter().map(|edge| flows.counted_all(*edge)));
        add_up(&mut self.here, plan.cells.iter().map(|cell| state.people_of(*cell)));
        add_up(&mut self.started, plan.cells.iter().map(|cell| flows.started(*cell)));
        for lane in 0..self.lanes {
            let (left, twice) = (self.sums[lane], self.started[lane] + self.here[lane]);
            // The mean of when moves begin and of the end: the time people spend is recorded, not simulated.
            let time = |twice: f64| twice / 2.0 * self.years;
            let [now, ago] = &mut self.rated[rate * self.lanes + lane];
            *now = [now[0] + left, now[1] + time(twice)];
            let left = self.leavers.pass(step, (rate, lane), left);
            let twice = self.twice_people.pass(step, (rate, lane), twice);
            *ago = [ago[0] + left, ago[1] + time(twice)];
            let (left, time) = (now[0] - ago[0], now[1] - ago[1]);
            // Below a thousandth of a person-year there is nobody: what is left of differences of long sums.
            self.values[lane] = if time > 1e-3 { left / time } else { f64::NAN };
        }
        &self.values
    }

    fn event<'s>(&'s self, plan: EventPlan, flows: &'s Flows) -> &'s [f64] {
        let lanes = plan.row * self.lanes..(plan.row + 1) * self.lanes;
        match plan.event {
            Event::Shock(_) => flows.shock(plan.row),
            Event::Switch { .. } => flows.switch(plan.row),
            Event::State { .. } => &self.states[lanes],
            Event::Trigger(_) => &self.triggers[lanes],
        }
    }

    /// How severe a shock is, whose row is its own number.
    fn severity(&mut self, plan: EventPlan, flows: &Flows) -> &[f64] {
        for (lane, value) in self.values.iter_mut().enumerate() {
            *value = flows.severity(plan.row, lane).unwrap_or(f64::NAN);
        }
        &self.values
    }

    fn measure(&mut self, measure: usize, step: usize, flows: &Flows) -> &[f64] {
        let ratio = self.ratio_rows[measure];
        for lane in 0..self.lanes {
            self.values[lane] = match self.plan.measures[measure].reads {
                MetricSeriesKind::Step(metric) => flows.measured(metric, lane),
                MetricSeriesKind::ToDate(metric) => {
                    let measured = &mut self.measured[measure * self.lanes + lane];
                    *measured += flows.measured(metric, lane);
                    *measured
                }
                MetricSeriesKind::Ratio { of, over } => {
                    let (of, over) = (flows.measured(of, lane), flows.measured(over, lane));
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
        &self.values
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
