//! Hazards: every rate of the model as a hazard per year, for the groups that share it.

use std::collections::BTreeMap;

use super::crowding::{FactorId, Factors};
use super::rows::Rows;
use super::state::State;
use crate::model::{ByValue, Model, NumberId, PlaceId, Rate, Varying};
use crate::units::{LARGEST_HAZARD, RateUnit};

/// Index of a hazard.
pub type HazardId = usize;

/// A rate, for people with given values on the dimensions of its tables.
#[derive(Clone, Debug)]
struct Hazard {
    unit: RateUnit,
    /// Each number holds from its step.
    amount: Vec<(u32, NumberId)>,
    times: Vec<NumberId>,
    season: Option<[NumberId; 12]>,
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
        let amount = match &rate.amount {
            Varying::Same(number) => vec![(0, *number)],
            Varying::By(table) => vec![(0, pick(table, values)?)],
            Varying::Series(series) => series.clone(),
        };
        let times: Vec<NumberId> =
            rate.times.iter().map(|table| pick(table, values)).collect::<Option<_>>()?;
        // A rate's factor number is its own, so with the picked numbers it tells hazards apart.
        let mut made_of: Vec<NumberId> = amount.iter().map(|(_, number)| *number).collect();
        made_of.extend(&times);
        let next = self.list.len();
        let id = *self.known.entry((rate.factor, made_of, crowding)).or_insert(next);
        if id == next {
            self.list.push(Hazard {
                unit: rate.unit,
                amount,
                times,
                season: rate.season,
                factor: rate.factor,
                crowding,
            });
        }
        Some(id)
    }

    /// Which hazards may differ between histories.
    pub fn varies(&self, numbers: &[bool]) -> Vec<bool> {
        self.list
            .iter()
            .map(|hazard| {
                let seasonal = hazard.season.iter().flatten();
                let amounts = hazard.amount.iter().map(|(_, number)| number);
                let mut all = amounts.chain(&hazard.times).chain(seasonal).chain([&hazard.factor]);
                hazard.crowding.is_some() || all.any(|number| numbers[*number])
            })
            .collect()
    }

    /// Rows for what crowding makes of hazards.
    pub fn crowding_rows(&self, lanes: usize) -> Rows {
        self.factors.rows(lanes)
    }

    /// Evaluates every hazard (per year) at `step`, which starts in `month` (1 to 12) with the people of `state`.
    pub fn evaluate(
        &self,
        (step, month): (u32, usize),
        state: &State,
        numbers: &Rows,
        crowding: &mut Rows,
        values: &mut Rows,
    ) {
        self.factors.evaluate(state, numbers, crowding);
        for (index, hazard) in self.list.iter().enumerate() {
            let dated = hazard.amount.partition_point(|(from, _)| *from <= step).max(1) - 1;
            let amount = hazard.amount[dated].1;
            for lane in 0..values.width(index) {
                let mut value =
                    hazard.unit.hazard(numbers.at(amount, lane)) * numbers.at(hazard.factor, lane);
                for number in &hazard.times {
                    value *= numbers.at(*number, lane);
                }
                if let Some(season) = &hazard.season {
                    value *= numbers.at(season[month - 1], lane);
                }
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

/// The month of the year in which each step starts.
pub fn months(model: &Model) -> Vec<usize> {
    (0..model.calendar.steps()).map(|step| model.calendar.month(step)).collect()
}
