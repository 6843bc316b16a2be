//! Shocks: sudden events at the start of a step.

use super::builder::Builder;
use super::chance::Chance;
use super::edge::EdgeId;
use super::first::one_after_the_other;
use super::flows::Flows;
use super::hazard::{HazardId, pick};
use super::movements::Movements;
use super::now::{Body, Now};
use super::ring::Ring;
use super::split::PartId;
use super::unmoved::Unmoved;
use crate::model::{CellId, Hits, Layer, Mechanism, NumberId, PlaceId, Shock as Written, ShockSeverity};
use crate::random::Site;
use crate::units::leaving_probability;

/// A cell whose people a shock may affect.
#[derive(Clone, Debug)]
struct Exposed {
    cell: CellId,
    /// Who draws how many of them are affected.
    site: Site,
    /// The share affected, or the mean of a drawn one.
    mean: NumberId,
    /// What multiplies a drawn share.
    times: Vec<NumberId>,
    branches: Vec<(EdgeId, PartId)>,
}

/// A place that a shock may hit.
#[derive(Clone, Debug)]
struct Struck {
    /// Who draws whether an event hits it.
    site: Site,
    /// Who draws how severe it is there.
    severity: Site,
    exposed: Vec<Exposed>,
}

/// A shock.
#[derive(Clone, Debug)]
struct CompiledShock {
    /// Who draws whether it happens, and how severe it is.
    site: Site,
    hazard: Option<HazardId>,
    on: Vec<u32>,
    /// The mean and standard deviation of a drawn severity.
    drawn: Option<[NumberId; 2]>,
    hits: Hits,
    struck: Vec<Struck>,
    /// For how many steps back somebody asks whether it happened.
    pub memory: usize,
}

/// What the events that would meet the people of one cell are compared with.
#[derive(Clone, Debug, Default)]
pub struct ShockWorkspace {
    /// The probability to be met by each.
    meets: Vec<f64>,
    /// The probability to go by each, having gone by none before it.
    goes: Vec<f64>,
}

/// All shocks.
#[derive(Clone, Debug, Default)]
pub struct Shocks {
    list: Vec<CompiledShock>,
    /// Their indices by name: where something is drawn one after the other, the order of the file does not matter.
    order: Vec<usize>,
}

/// Fewer people than this are none.
const NOBODY: f64 = 1e-9;

/// What an event does to a cell.
#[derive(Clone, Copy, Debug)]
struct ShockEffect {
    /// The index of its shock.
    shock: usize,
    /// The probability that it meets somebody there.
    meets: f64,
}

/// One replicate in the step at hand.
struct ShockReplicate<'a, C> {
    now: &'a Now<'a, C>,
    lane: usize,
}

impl Shocks {
    /// Compiles shocks.
    pub fn compile(builder: &mut Builder) -> Shocks {
        let model = builder.model;
        let mut list = Vec::new();
        for (index, shock) in model.shocks.iter().enumerate() {
            let mechanism = Mechanism::Shock(index);
            let address = model.address(mechanism);
            let nobody = vec![0; model.groups.dimensions.len()];
            let struck = shock.at.iter().map(|place| strikes(builder, mechanism, shock, *place)).collect();
            let asked = model.changes.iter().filter_map(|change| match change.layer {
                Layer::Aftermath { shock, lasts } if shock == index => Some(lasts),
                _ => None,
            });
            list.push(CompiledShock {
                site: Site::of(&[&address]),
                hazard: shock
                    .rate
                    .as_ref()
                    .and_then(|rate| builder.hazards.at(model, rate, &nobody, &shock.at)),
                on: shock.on.clone(),
                drawn: match shock.severity {
                    ShockSeverity::Fixed(_) => None,
                    ShockSeverity::Beta { mean, sd, .. } => Some([mean, sd]),
                },
                hits: shock.hits,
                struck,
                memory: asked.max().unwrap_or(0).min(model.calendar.steps()) as usize,
            });
        }
        let mut order: Vec<usize> = (0..list.len()).collect();
        order.sort_by_key(|index| &model.shocks[*index].name);
        Shocks { list, order }
    }

    /// Whether there are any.
    pub fn any(&self) -> bool {
        !self.list.is_empty()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// For how many steps each must be remembered.
    pub fn memories(&self) -> impl Iterator<Item = usize> + '_ {
        self.list.iter().map(|shock| shock.memory)
    }

    /// Shocks happen, at most one of each, and move people, who are then present for the whole step where they went. All are
    /// decided from who was there when the step began; whom several would affect goes by one of them, see [`first`](super::first).
    pub fn strike(
        &self,
        now: &Now<impl Chance>,
        movements: &mut Movements,
        unmoved: &mut Unmoved,
        workspace: &mut ShockWorkspace,
    ) {
        let lanes = movements.state.lanes();
        let mut blows = Vec::new();
        for lane in 0..lanes {
            let at = ShockReplicate { now, lane };
            blows.clear();
            for index in &self.order {
                let shock = &self.list[*index];
                let hit = shock.happens(&at);
                if hit <= 0.0 {
                    continue;
                }
                movements.flows.hits[index * lanes + lane] = hit;
                let mut left = hit;
                for (position, struck) in shock.struck.iter().enumerate() {
                    let here = shock.hits_here(&at, hit, left, position);
                    left -= here;
                    if here > 0.0 {
                        // Certain in one replicate; in expected mode places count as often as they are hit.
                        let weight = here / hit;
                        shock.fall(&at, *index, here, struck, |exposed, blow| {
                            let there = unmoved.people(exposed.cell, lane);
                            // What rounding leaves of fractional people is nobody, whose share would be arbitrary.
                            if there > NOBODY {
                                movements.flows.exposed[index * lanes + lane] += there * weight;
                            }
                            blows.push((exposed, blow));
                        });
                    }
                }
            }
            // A stable sort: the blows that fall on a cell stay in the order of names.
            blows.sort_by_key(|(exposed, _)| exposed.cell);
            for together in blows.chunk_by(|(one, _), (other, _)| one.cell == other.cell) {
                take(&at, together, movements, unmoved, workspace);
            }
        }
    }

    /// Remembers what happened, for the aftermaths of the next steps.
    pub fn remember(&self, rings: &mut [Ring], flows: &Flows) {
        for (index, ring) in rings.iter_mut().enumerate() {
            ring.push(flows.shock(index));
        }
    }
}

/// A place that a shock may hit, with the cells that it may affect there.
fn strikes(builder: &mut Builder, mechanism: Mechanism, shock: &Written, place: PlaceId) -> Struck {
    let model = builder.model;
    let address = model.address(mechanism);
    let name = &model.places[place].name;
    let mut exposed = Vec::new();
    for group in model.groups.matching(&shock.who) {
        let values = model.groups.values(group);
        let share = match &shock.severity {
            ShockSeverity::Fixed(share) => share.pick(&values).map(|mean| (mean, Vec::new())),
            ShockSeverity::Beta { mean, times, .. } => {
                let times: Option<Vec<NumberId>> = times.iter().map(|table| pick(table, &values)).collect();
                times.map(|times| (*mean, times))
            }
        };
        // A table has a number for everybody whom the shock may affect.
        let Some((mean, times)) = share else { continue };
        let cell = model.cell(place, group);
        let branches = builder
            .split(&shock.targets, &values)
            .zip(&shock.targets)
            .map(|(part, target)| (builder.edge_to(mechanism, cell, target), part))
            .collect();
        let site = Site::of(&[&address, &model.cell_name(cell)]);
        exposed.push(Exposed { cell, site, mean, times, branches });
    }
    let site = Site::of(&[&address, "hits", name]);
    let own = Site::of(&[&address, "share", name]);
    let severity = if shock.same_share { Site::of(&[&address]) } else { own };
    Struck { site, severity, exposed }
}

/// Those of one cell whom events take, event after event.
fn take(
    at: &ShockReplicate<impl Chance>,
    blows: &[(&Exposed, ShockEffect)],
    movements: &mut Movements,
    unmoved: &mut Unmoved,
    ShockWorkspace { meets, goes }: &mut ShockWorkspace,
) {
    let ShockReplicate { now, lane } = *at;
    meets.clear();
    meets.extend(blows.iter().map(|(_, blow)| blow.meets));
    one_after_the_other(meets, goes);
    for ((exposed, blow), goes) in blows.iter().zip(goes.iter()) {
        let present = unmoved.people(exposed.cell, lane);
        let affected = now.chance.binomial(now.draw(exposed.site, 0), lane, present, *goes);
        let gone = movements.send(now, Body::new(0, lane), exposed.cell, affected, &exposed.branches);
        unmoved.take(exposed.cell, lane, gone);
        movements.flows.affected[blow.shock * movements.state.lanes() + lane] += gone;
    }
}

impl CompiledShock {
    /// Whether there is an event: 1 or 0 in Monte Carlo.
    fn happens(&self, at: &ShockReplicate<impl Chance>) -> f64 {
        let ShockReplicate { now, lane } = *at;
        if self.on.contains(&now.step) {
            return 1.0;
        }
        let hazard = self.hazard.map_or(0.0, |hazard| now.readings.hazards.at(hazard, lane));
        now.chance.binomial(now.draw(self.site, 0), lane, 1.0, leaving_probability(hazard, now.years))
    }

    /// Whether the event hits the place at `position`: 1 or 0 in Monte Carlo. `hit` says whether there is an event at all,
    /// `left` whether it may still hit one of the places from here on, where it hits but one.
    fn hits_here(&self, at: &ShockReplicate<impl Chance>, hit: f64, left: f64, position: usize) -> f64 {
        let ShockReplicate { now, lane } = *at;
        let draw = now.draw(self.struck[position].site, 0);
        match self.hits {
            Hits::All => hit,
            Hits::One => now.chance.binomial(draw, lane, left, 1.0 / (self.struck.len() - position) as f64),
            Hits::Each(probability) => {
                now.chance.binomial(draw, lane, hit, now.readings.numbers.at(probability, lane))
            }
        }
    }

    /// Hands out the cells of a place that the event hits, each with the probability of being met there. In expected mode that is
    /// with the probability that the event hits the place: events are independent, and the law of who comes first is linear in each.
    fn fall<'s>(
        &self,
        at: &ShockReplicate<impl Chance>,
        shock: usize,
        hit: f64,
        struck: &'s Struck,
        mut on: impl FnMut(&'s Exposed, ShockEffect),
    ) {
        let ShockReplicate { now, lane } = *at;
        let number = |id: NumberId| now.readings.numbers.at(id, lane);
        let severity = now.draw(struck.severity, 1);
        let drawn = self.drawn.map(|[mean, sd]| now.chance.beta(severity, lane, number(mean), number(sd)));
        for exposed in &struck.exposed {
            let share = match drawn {
                None => number(exposed.mean),
                Some(share) => {
                    exposed.times.iter().fold(share, |share, times| share * number(*times)).min(1.0)
                }
            };
            on(exposed, ShockEffect { shock, meets: hit * share });
        }
    }
}
