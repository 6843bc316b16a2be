//! What is measured of places with a capacity.

use std::ops::Range;

use crate::engine::builder::Builder;
use crate::engine::chance::Chance;
use crate::engine::metric::{Keeps, Metric, MetricId};
use crate::engine::movements::Movements;
use crate::engine::now::Now;
use crate::engine::state::State;
use crate::model::{CellId, Full, NumberId, Place, PlaceId};

/// People above the capacity of places that hold people.
#[derive(Clone, Debug, Default)]
pub struct Overcrowding {
    places: Vec<MeasuredPlace>,
}

/// A place whose people are counted against its capacity.
#[derive(Clone, Debug)]
struct MeasuredPlace {
    cells: Range<CellId>,
    capacity: NumberId,
    above: MetricId,
    months: MetricId,
}

/// The cells of a place.
pub fn cells_of(builder: &Builder, place: PlaceId) -> Range<CellId> {
    builder.model.cell(place, 0)..builder.model.cell(place + 1, 0)
}

/// The people of some cells.
pub fn people(state: &State, cells: &Range<CellId>, lane: usize) -> f64 {
    cells.clone().map(|cell| state.people(cell, lane)).sum()
}

/// The capacity of a place: whole places in Monte Carlo.
pub fn capacity(now: &Now<impl Chance>, number: NumberId, lane: usize) -> f64 {
    now.chance.whole(now.readings.numbers.at(number, lane))
}

/// A metric of a place.
fn metric(
    builder: &mut Builder,
    place: PlaceId,
    measure: &'static str,
    unit: &'static str,
    keeps: Keeps,
) -> MetricId {
    let subject = format!("places.{}", builder.model.places[place].name);
    builder.metric(Metric { subject, measure, unit: unit.into(), keeps })
}

impl Overcrowding {
    /// Compiles the measures of every place with a capacity whose people are held.
    pub fn compile(builder: &mut Builder) -> Overcrowding {
        let mut places = Vec::new();
        for place in builder.model.held_places() {
            let Some(capacity) = builder.model.places[place].capacity else { continue };
            places.push(MeasuredPlace {
                cells: cells_of(builder, place),
                capacity,
                above: metric(builder, place, "over_capacity", "people", Keeps::Level { whole: true }),
                months: metric(
                    builder,
                    place,
                    "person_months_over_capacity",
                    "person-months",
                    Keeps::Amount { whole: false },
                ),
            });
        }
        Overcrowding { places }
    }

    /// Counts at the start of a step.
    pub fn begin(&self, now: &Now<impl Chance>, state: &State, above: &mut Vec<f64>) {
        above.clear();
        for place in &self.places {
            above.extend((0..state.lanes()).map(|lane| place.above(now, state, lane)));
        }
    }

    /// Counts at the end of a step, and measures its person-months by the mean of both ends.
    pub fn end(&self, now: &Now<impl Chance>, movements: &mut Movements, before: &[f64]) {
        let Movements { state, flows } = movements;
        let lanes = state.lanes();
        for (index, place) in self.places.iter().enumerate() {
            for lane in 0..lanes {
                let after = place.above(now, state, lane);
                let mean = 0.5 * (before[index * lanes + lane] + after);
                flows.metric(place.above, lane, after);
                flows.metric(place.months, lane, mean * now.years * 12.0);
            }
        }
    }
}

impl MeasuredPlace {
    fn above(&self, now: &Now<impl Chance>, state: &State, lane: usize) -> f64 {
        (people(state, &self.cells, lane) - capacity(now, self.capacity, lane)).max(0.0)
    }
}

/// The waits that are counted as long: more than so many months, and what the share of people is called.
pub const LONG_WAITS: [(f64, &str); 4] = [
    (1.0, "waited_over_1_month"),
    (3.0, "waited_over_3_months"),
    (6.0, "waited_over_6_months"),
    (12.0, "waited_over_12_months"),
];

/// The metrics of a place that fills or closes; those that its rule has no use for are missing.
#[derive(Clone, Debug, Default)]
pub struct PlaceMetrics {
    /// Who came from outside for this place.
    pub arrived: Option<MetricId>,
    /// Of them, those who got in.
    pub admitted: Option<MetricId>,
    /// Of them, those turned away.
    pub refused: Option<MetricId>,
    /// The days of steps in which anybody was.
    pub days_refused: Option<MetricId>,
    /// Who waits.
    pub queue: Option<MetricId>,
    /// The months that those admitted had waited.
    pub waited: Option<MetricId>,
    /// Who found the place full and began to wait.
    pub had_to_wait: Option<MetricId>,
    /// Of those who wait, who gave up.
    pub gave_up: Option<MetricId>,
    /// Of those admitted, who had waited longer than each of [`LONG_WAITS`].
    pub long_waits: Vec<MetricId>,
    /// Who went to another place because this one was full or closed.
    pub diverted: Option<MetricId>,
    /// Who stayed where they were because this one was full or closed.
    pub held_back: Option<MetricId>,
}

impl PlaceMetrics {
    /// The metrics that `place` needs, where people come to it from outside and from other places, or not.
    pub fn compile(builder: &mut Builder, id: PlaceId, (outside, inside): (bool, bool)) -> PlaceMetrics {
        let place: &Place = &builder.model.places[id];
        let limited = !place.when_full.is_crowding();
        let waits = limited && place.when_full.otherwise == Full::Wait;
        let refuses = limited && place.when_full.otherwise == Full::Refuse;
        let diverts = !place.when_full.divert.is_empty() || place.closes.is_some();
        let people = Keeps::Amount { whole: true };
        let mut when =
            |needed: bool, measure, unit, keeps| needed.then(|| metric(builder, id, measure, unit, keeps));
        let gives_up = waits && place.queue.gives_up.is_some();
        let mut metrics = PlaceMetrics {
            arrived: when(limited && outside, "arrived", "people", people),
            admitted: when(limited && outside, "admitted", "people", people),
            refused: when(refuses && outside, "refused", "people", people),
            days_refused: when(refuses && outside, "days_refused", "days", Keeps::Amount { whole: false }),
            queue: when(waits && outside, "queue", "people", Keeps::Level { whole: true }),
            waited: when(waits && outside, "waited", "person-months", Keeps::Amount { whole: false }),
            had_to_wait: when(waits && outside, "had_to_wait", "people", people),
            gave_up: when(gives_up && outside, "gave_up", "people", people),
            long_waits: Vec::new(),
            diverted: when(diverts, "diverted", "people", people),
            held_back: when(inside, "held_back", "people", people),
        };
        if let (Some(of), Some(over)) = (metrics.waited, metrics.admitted) {
            metric(builder, id, "wait", "months", Keeps::Ratio { of, over });
            for (_, measure) in LONG_WAITS {
                let of = metric(builder, id, measure, "people", Keeps::Part);
                metric(builder, id, measure, "share of those admitted", Keeps::Ratio { of, over });
                metrics.long_waits.push(of);
            }
        }
        if let (Some(of), Some(over)) = (metrics.had_to_wait, metrics.arrived) {
            metric(
                builder,
                id,
                "probability_of_waiting",
                "share of those who came",
                Keeps::Ratio { of, over },
            );
        }
        metrics
    }
}
