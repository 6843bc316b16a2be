//! Costs: amounts of money by place, by mechanism and in all, measured in every step.
//!
//! Time that people spend in a step is the mean of its two ends times its length, as everywhere else. An amount is
//! discounted from the middle of its step: by `(1 + r)^-t`, with `t` in years from the start.

use super::builder::Builder;
use super::chance::Chance;
use super::edge::EdgeId;
use super::metric::{Keeps, Metric, MetricId};
use super::movements::Movements;
use super::now::Now;
use crate::model::{CellId, Mechanism, Model, NumberId};

/// What one thing costs.
#[derive(Clone, Debug)]
struct Cost {
    metric: MetricId,
    driver: Driver,
    price: NumberId,
}

/// What a price is multiplied by.
#[derive(Clone, Debug)]
enum Driver {
    /// Person-months in these cells.
    PersonMonths(Vec<CellId>),
    /// People who went along these edges.
    People(Vec<EdgeId>),
    /// Occasions of a programme.
    Occasions(usize),
    /// Months.
    Months,
}

/// All costs of a model; nothing where it has none.
#[derive(Clone, Debug, Default)]
pub struct CompiledCosts {
    costs: Vec<Cost>,
    /// The metrics that they are counted in, each once.
    parts: Vec<MetricId>,
    /// The sum of all.
    total: Option<MetricId>,
    discounted: Option<(MetricId, NumberId)>,
    /// The length of a step in months.
    months: f64,
}

impl CompiledCosts {
    /// Compiles the costs; every edge must be there already.
    pub fn compile(builder: &mut Builder) -> CompiledCosts {
        let model = builder.model;
        let Some(written) = &model.costs else { return CompiledCosts::default() };
        let metric = |builder: &mut Builder, subject: String, measure: &'static str| {
            let unit = written.currency.clone().into();
            builder.metric(Metric { subject, measure, unit, keeps: Keeps::Amount { whole: false } })
        };
        let mut costs = Vec::new();
        for place in &written.places {
            let id = metric(builder, format!("places.{}", model.places[place.place].name), "cost");
            let cells = || (0..model.groups.count()).map(|group| model.cell(place.place, group)).collect();
            let add = |price: Option<NumberId>, driver: Driver| {
                price.map(|price| Cost { metric: id, driver, price })
            };
            costs.extend(add(place.per_person_month, Driver::PersonMonths(cells())));
            costs.extend(add(place.fixed_per_month, Driver::Months));
        }
        for mechanism in &written.mechanisms {
            let id = metric(builder, model.address(mechanism.mechanism), "cost");
            let add = |price: Option<NumberId>, driver: Driver| {
                price.map(|price| Cost { metric: id, driver, price })
            };
            let edges = || edges_of(builder, mechanism.mechanism);
            costs.extend(add(mechanism.per_person, Driver::People(edges())));
            if let Mechanism::Programme(programme) = mechanism.mechanism {
                costs.extend(add(mechanism.per_occasion, Driver::Occasions(programme)));
            }
            costs.extend(add(mechanism.fixed_per_month, Driver::Months));
        }
        let mut parts: Vec<MetricId> = costs.iter().map(|cost| cost.metric).collect();
        parts.dedup();
        let total = metric(builder, "costs".into(), "cost");
        let discounted =
            written.discount_rate.map(|rate| (metric(builder, "costs".into(), "discounted_cost"), rate));
        CompiledCosts { costs, parts, total: Some(total), discounted, months: months_of(model) }
    }

    /// Counts the first half of the time of those who are there when the step begins.
    pub fn begin(&self, now: &Now<impl Chance>, movements: &mut Movements) {
        self.person_months(now, movements);
    }

    /// Counts everything else at the end of the step.
    pub fn finish(&self, now: &Now<impl Chance>, movements: &mut Movements) {
        let Some(total) = self.total else { return };
        self.person_months(now, movements);
        let Movements { state, flows } = movements;
        let numbers = &now.readings.numbers;
        for cost in &self.costs {
            for lane in 0..state.lanes() {
                let amount = match &cost.driver {
                    Driver::PersonMonths(_) => continue,
                    Driver::People(edges) => edges.iter().map(|edge| flows.counted(*edge, lane)).sum(),
                    Driver::Occasions(programme) => flows.occasions(*programme, lane),
                    Driver::Months => self.months,
                };
                flows.metric(cost.metric, lane, amount * numbers.at(cost.price, lane));
            }
        }
        let middle = (f64::from(now.step) + 0.5) * now.years;
        for lane in 0..state.lanes() {
            let all: f64 = self.parts.iter().map(|metric| flows.measured(*metric, lane)).sum();
            flows.metric(total, lane, all);
            if let Some((discounted, rate)) = self.discounted {
                let worth = libm::pow(1.0 + numbers.at(rate, lane), -middle);
                flows.metric(discounted, lane, all * worth);
            }
        }
    }

    /// Counts half a step of everybody who is there now.
    fn person_months(&self, now: &Now<impl Chance>, movements: &mut Movements) {
        let Movements { state, flows } = movements;
        for cost in &self.costs {
            let Driver::PersonMonths(cells) = &cost.driver else { continue };
            for lane in 0..state.lanes() {
                let people: f64 = cells.iter().map(|cell| state.people(*cell, lane)).sum();
                let price = now.readings.numbers.at(cost.price, lane);
                flows.metric(cost.metric, lane, people * self.months / 2.0 * price);
            }
        }
    }
}

/// The length of a step in months, a month being a twelfth of a year.
fn months_of(model: &Model) -> f64 {
    model.calendar.step_years() * 12.0
}

/// The edges of a mechanism.
fn edges_of(builder: &Builder, mechanism: Mechanism) -> Vec<EdgeId> {
    let edges = builder.edges.iter().enumerate();
    edges.filter(|(_, edge)| edge.mechanism == mechanism).map(|(id, _)| id).collect()
}
