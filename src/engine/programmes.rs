//! Programmes: occasions, seats, and who gets them.

use super::builder::Builder;
use super::chance::Chance;
use super::edge::EdgeId;
use super::hazard::{HazardId, pick};
use super::now::Now;
use super::readings::Readings;
use super::split::PartId;
use super::state::{Flows, State};
use crate::model::{CellId, Mechanism, NumberId, Occasions, Programme, Varying};
use crate::random::Site;

/// Occasions above this in a step are cut: they fly everybody, and stay a number that can be multiplied by no seats.
const MOST_OCCASIONS: f64 = 1e12;

/// A cell whose people are eligible.
#[derive(Clone, Debug)]
struct Eligible {
    cell: CellId,
    /// Who draws how many of the seats fall to it.
    site: Site,
    branches: Vec<(EdgeId, PartId)>,
}

/// When a line takes place.
#[derive(Clone, Debug)]
enum Timing {
    /// So many in each step, at a speed.
    Regular { per_step: Vec<u32>, speed: NumberId },
    /// At random, drawn by the site: the programme's where all lines share an occasion, else the line's own.
    Random { hazard: HazardId, site: Site },
}

/// The seats of a programme for the people of one line.
#[derive(Clone, Debug)]
struct Line {
    /// The programme whose occasions it counts; nothing where an earlier line has the same occasions.
    counts: Option<usize>,
    timing: Timing,
    /// Who draws the seats.
    site: Site,
    mean: NumberId,
    sd: Option<NumberId>,
    factor: NumberId,
    /// Steps without occasions: from, until.
    pauses: Vec<(u32, u32)>,
    /// The first class is served first.
    classes: Vec<Vec<Eligible>>,
}

/// All lines of all programmes.
#[derive(Clone, Debug, Default)]
pub struct Programmes {
    lines: Vec<Line>,
}

impl Programmes {
    /// Compiles programmes.
    pub fn compile(builder: &mut Builder) -> Programmes {
        let model = builder.model;
        let mut lines = Vec::new();
        for (index, programme) in model.programmes.iter().enumerate() {
            match dimension(programme) {
                None => lines.extend(line(builder, index, programme, None, true)),
                Some(dimension) => {
                    let before = lines.len();
                    for value in 0..model.groups.dimensions[dimension].values.len() {
                        let first = lines.len() == before;
                        lines.extend(line(builder, index, programme, Some((dimension, value)), first));
                    }
                }
            }
        }
        Programmes { lines }
    }

    /// How many lines there are: each has a clock.
    pub fn count(&self) -> usize {
        self.lines.len()
    }

    /// Programmes take place and move people, who are then present for the whole step where they went.
    pub fn run(&self, now: &Now<impl Chance>, readings: &Readings, state: &mut State, flows: &mut Flows) {
        for (index, line) in self.lines.iter().enumerate() {
            if line.pauses.iter().any(|(from, until)| (*from..*until).contains(&now.step)) {
                continue;
            }
            for lane in 0..state.lanes() {
                let occasions = line.occasions(now, readings, state, index, lane);
                if occasions > 0.0 {
                    if let Some(programme) = line.counts {
                        flows.take_place(programme, lane, occasions);
                    }
                    let seats = line.seats(now, readings, occasions, lane);
                    line.fill(now, readings, state, flows, seats, lane);
                }
            }
        }
    }
}

impl Line {
    /// How many occasions there are in the step.
    fn occasions(
        &self,
        now: &Now<impl Chance>,
        readings: &Readings,
        state: &mut State,
        index: usize,
        lane: usize,
    ) -> f64 {
        match &self.timing {
            Timing::Regular { per_step, speed } => {
                let planned = f64::from(per_step[now.step as usize]);
                if planned == 0.0 {
                    return 0.0;
                }
                let clock = &mut state.clocks[index * readings.lanes + lane];
                *clock += (planned * readings.numbers.at(*speed, lane)).min(MOST_OCCASIONS);
                let occasions = now.chance.whole(*clock);
                *clock -= occasions;
                occasions
            }
            Timing::Random { hazard, site } => {
                let mean = readings.hazards.at(*hazard, lane) * now.years;
                now.chance.poisson(now.draw(*site, 0), lane, mean)
            }
        }
    }

    /// The seats of all occasions of the step: the sum of independent normal numbers is one normal number.
    fn seats(&self, now: &Now<impl Chance>, readings: &Readings, occasions: f64, lane: usize) -> f64 {
        let factor = readings.numbers.at(self.factor, lane);
        let mean = occasions * (readings.numbers.at(self.mean, lane) * factor);
        let draw = now.draw(self.site, 1);
        match self.sd.map(|sd| readings.numbers.at(sd, lane) * factor * occasions.sqrt()) {
            Some(sd) if sd > 0.0 => now.chance.normal_count(draw, lane, mean, sd),
            _ => now.chance.rounded(draw, lane, mean),
        }
    }

    /// Gives seats to people: class after class, and within a class to people at random, a multivariate hypergeometric
    /// drawn cell after cell from what is left.
    fn fill(
        &self,
        now: &Now<impl Chance>,
        readings: &Readings,
        state: &mut State,
        flows: &mut Flows,
        seats: f64,
        lane: usize,
    ) {
        let mut seats = seats;
        for class in &self.classes {
            let mut waiting: f64 = class.iter().map(|eligible| state.people(eligible.cell, lane)).sum();
            let mut given = seats.min(waiting);
            seats -= given;
            for eligible in class {
                let present = state.people(eligible.cell, lane);
                let taken =
                    now.chance.hypergeometric(now.draw(eligible.site, 0), lane, waiting, present, given);
                waiting -= present;
                given -= taken;
                let mut gone = 0.0;
                let branches =
                    eligible.branches.iter().map(|(edge, part)| (*edge, readings.parts.at(*part, lane)));
                now.divide(0, lane, taken, branches, |edge, count| {
                    gone += count;
                    flows.count(edge, lane, count);
                    state.add(now.edges[edge].to, lane, count);
                });
                state.add(eligible.cell, lane, -gone);
            }
        }
    }
}

/// The dimension whose values have lines of their own.
fn dimension(programme: &Programme) -> Option<usize> {
    let seats = [Some(&programme.seats.mean), programme.seats.sd.as_ref()];
    let occasions = match &programme.occasions {
        Occasions::Random(rate) => Some(&rate.amount),
        Occasions::Regular { .. } => None,
    };
    seats.into_iter().chain([occasions]).flatten().find_map(|varying| match varying {
        Varying::By(table) => Some(table.dimension),
        _ => None,
    })
}

/// Compiles the line of one value of a dimension, or of everybody; `None` where a table has nothing for the value.
/// `first`: no line of the programme comes before it.
fn line(
    builder: &mut Builder,
    index: usize,
    programme: &Programme,
    of: Option<(usize, usize)>,
    first: bool,
) -> Option<Line> {
    let model = builder.model;
    let mechanism = Mechanism::Programme(index);
    let address = model.address(mechanism);
    let line_name = of.map_or("", |(dimension, value)| &model.groups.dimensions[dimension].values[value]);
    let line_site = Site::of(&[&address, "line", line_name]);
    let mut values = vec![0; model.groups.dimensions.len()];
    if let Some((dimension, value)) = of {
        values[dimension] = value;
    }
    let number = |varying: &Varying| match varying {
        Varying::Same(number) => Some(*number),
        Varying::By(table) => pick(table, &values),
        // Seats are not dated series: a policy changes them.
        Varying::Series(series) => series.first().map(|(_, number)| *number),
    };
    let own = matches!(&programme.occasions, Occasions::Random(rate) if matches!(rate.amount, Varying::By(_)));
    let mean = number(&programme.seats.mean)?;
    let sd = match &programme.seats.sd {
        Some(varying) => Some(number(varying)?),
        None => None,
    };
    let timing = match &programme.occasions {
        Occasions::Regular { per_step, factor, .. } => {
            Timing::Regular { per_step: per_step.clone(), speed: *factor }
        }
        Occasions::Random(rate) => {
            let site = if own { line_site } else { Site::of(&[&address, "occasions"]) };
            Timing::Random { hazard: builder.hazards.of(rate, &values)?, site }
        }
    };
    let classes = classes(builder, mechanism, programme, of);
    let line = Line {
        counts: (own || first).then_some(index),
        timing,
        site: line_site,
        mean,
        sd,
        factor: programme.seats.factor,
        pauses: programme.pauses.clone(),
        classes,
    };
    Some(line)
}

/// The eligible cells of a line by class; those that no class names come last, together.
fn classes(
    builder: &mut Builder,
    mechanism: Mechanism,
    programme: &Programme,
    of: Option<(usize, usize)>,
) -> Vec<Vec<Eligible>> {
    let model = builder.model;
    let address = model.address(mechanism);
    let mut classes: Vec<Vec<Eligible>> = (0..=programme.priority.len()).map(|_| Vec::new()).collect();
    for place in &programme.from {
        for group in model.groups.matching(&programme.who) {
            let values = model.groups.values(group);
            if of.is_some_and(|(dimension, value)| values[dimension] != value) {
                continue;
            }
            let class = programme.priority.iter().position(|who| who.includes(&values));
            let cell = model.cell(*place, group);
            let branches = builder
                .split(&programme.targets, &values)
                .zip(&programme.targets)
                .map(|(part, target)| (builder.edge_to(mechanism, cell, target), part))
                .collect();
            let site = Site::of(&[&address, &model.cell_name(cell)]);
            classes[class.unwrap_or(programme.priority.len())].push(Eligible { cell, site, branches });
        }
    }
    classes
}
