//! Hazards: every rate of the model as a hazard per year, for the groups that share it.

use std::collections::BTreeMap;

use super::course::{Changing, Course, CourseId, Courses};
use super::crowding::{FactorId, Factors};
use super::rows::LaneRows;
use super::state::State;
use crate::calendar::Calendar;
use crate::model::{ByValue, Model, NumberId, PlaceId, Rate, Varying};
use crate::units::{LARGEST_HAZARD, RateUnit};

/// Index of a hazard.
pub type HazardId = usize;

/// A rate, for people with given values on the dimensions of its tables.
#[derive(Clone, Debug)]
struct Hazard {
    unit: RateUnit,
    /// Which of them holds when, says the course.
    amounts: Vec<NumberId>,
    times: Vec<NumberId>,
    season: Option<[NumberId; 12]>,
    /// How amounts and seasons follow each other; `None`: there is one amount and no season.
    course: Option<CourseId>,
    factor: NumberId,
    crowding: Option<FactorId>,
}

/// All hazards of a program.
#[derive(Clone, Debug, Default)]
pub struct Hazards {
    list: Vec<Hazard>,
    /// The hazards that exist, by the numbers that they are made of: groups with the same numbers share one.
    known: BTreeMap<MadeOf, HazardId>,
    /// What crowding makes of them.
    factors: Factors,
    courses: Courses,
}

/// What tells hazards apart: the factor, the picked numbers and the crowding.
type MadeOf = (NumberId, Vec<NumberId>, Option<FactorId>);

impl Hazards {
    /// The hazard of `rate` for somebody with `values`; `None` where a table has no number for them, and so the rate is 0.
    /// Crowding is not felt.
    pub fn of(&mut self, rate: &Rate, values: &[usize]) -> Option<HazardId> {
        self.crowded(rate, values, None)
    }

    /// As [`of`](Hazards::of), at `places`, where crowding is felt.
    pub fn at(
        &mut self,
        model: &Model,
        rate: &Rate,
        values: &[usize],
        places: &[PlaceId],
    ) -> Option<HazardId> {
        let crowding = rate.crowding.as_ref().map(|crowding| self.factors.of(model, crowding, places));
        self.crowded(rate, values, crowding)
    }

    fn crowded(&mut self, rate: &Rate, values: &[usize], crowding: Option<FactorId>) -> Option<HazardId> {
        let (amounts, since) = match &rate.amount {
            Varying::Same(number) => (vec![*number], vec![0.0]),
            Varying::By(table) => (vec![pick(table, values)?], vec![0.0]),
            Varying::Series(series) => series.iter().map(|(from, number)| (*number, *from)).unzip(),
        };
        let times: Vec<NumberId> =
            rate.times.iter().map(|table| pick(table, values)).collect::<Option<_>>()?;
        // A rate's factor number is its own, so with the picked numbers it tells hazards apart.
        let made_of = amounts.iter().chain(&times).copied().collect();
        let next = self.list.len();
        let id = *self.known.entry((rate.factor, made_of, crowding)).or_insert(next);
        if id == next {
            let course = self.courses.of(Changing { since, by_month: rate.season.is_some() });
            self.list.push(Hazard {
                unit: rate.unit,
                amounts,
                times,
                season: rate.season,
                course,
                factor: rate.factor,
                crowding,
            });
        }
        Some(id)
    }

    /// Finds what every step of a calendar is made of.
    pub fn over(mut self, calendar: &Calendar) -> Hazards {
        self.courses.run(calendar);
        self
    }

    /// Which hazards may differ between replicates.
    pub fn varies(&self, numbers: &[bool]) -> Vec<bool> {
        self.list
            .iter()
            .map(|hazard| {
                let seasonal = hazard.season.iter().flatten();
                let mut all =
                    hazard.amounts.iter().chain(&hazard.times).chain(seasonal).chain([&hazard.factor]);
                hazard.crowding.is_some() || all.any(|number| numbers[*number])
            })
            .collect()
    }

    /// Rows for what crowding makes of hazards.
    pub fn crowding_rows(&self, lanes: usize) -> LaneRows {
        self.factors.rows(lanes)
    }

    /// Evaluates every hazard (per year) at `step`, with the people of `state`: what changes within the step is its mean.
    pub fn evaluate(
        &self,
        step: u32,
        state: &State,
        numbers: &LaneRows,
        crowding: &mut LaneRows,
        values: &mut LaneRows,
    ) {
        self.factors.evaluate(state, numbers, crowding);
        for (index, hazard) in self.list.iter().enumerate() {
            let pieces =
                hazard.course.map_or(&Course::ALWAYS[..], |course| self.courses.pieces(course, step));
            for lane in 0..values.width(index) {
                let amount = |number: usize| hazard.unit.hazard(numbers.at(hazard.amounts[number], lane));
                let season = |month: usize| {
                    hazard.season.as_ref().map_or(1.0, |season| numbers.at(season[month - 1], lane))
                };
                // One piece: multiplied in the order in which it is written, without what rounding makes of a mean.
                let (mut value, in_season) = match pieces {
                    [only] => (amount(only.number), season(only.month)),
                    _ => (pieces.iter().map(|p| p.share * amount(p.number) * season(p.month)).sum(), 1.0),
                };
                value *= numbers.at(hazard.factor, lane);
                for number in &hazard.times {
                    value *= numbers.at(*number, lane);
                }
                value *= in_season;
                if let Some(factor) = hazard.crowding {
                    value *= crowding.at(self.factors.row(factor), lane);
                }
                values.set(index, lane, value.min(LARGEST_HAZARD));
            }
        }
    }
}

/// The table's number for somebody with `values`.
pub fn pick(table: &ByValue, values: &[usize]) -> Option<NumberId> {
    table.values[values[table.dimension]]
}
