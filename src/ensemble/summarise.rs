//! From tallies to a summary.

use super::outcomes::OutcomePlan;
use super::plan::{Plan, Reads};
use super::recorder::Slots;
use super::summary::{
    EventSeries, FlowSeries, MeasureSeries, OutcomeResult, OutcomeUnit, PeopleSeries, RateSeries, Score,
    Spread, Stat, Summary, TotalSeries,
};
use super::tally::Statistics;

/// Arranges the statistics of every slot into series. `months` is the length of a step in months.
pub fn summarise(
    plan: &Plan,
    slots: &Slots,
    (steps, months): (u32, f64),
    replicates: u64,
    expected: bool,
    statistics: &impl Statistics,
) -> Summary {
    let steps = steps as usize;
    let stat = |slot: usize| statistics.stat(slot);
    let nothing = Stat {
        mean: f64::NAN,
        spread: (!expected).then_some(Spread {
            histories: 0,
            sd: f64::NAN,
            mc_se: f64::NAN,
            quantiles: [f64::NAN; 5],
        }),
    };
    let point = |slot: usize| stat(slot).unwrap_or(nothing);
    let people = plan.people.iter().enumerate().map(|(series, plan)| PeopleSeries {
        place: plan.place,
        groups: plan.groups.clone(),
        points: (0..=steps).map(|boundary| point(slots.people(series, boundary))).collect(),
    });
    let flows = plan.flows.iter().enumerate().map(|(series, plan)| FlowSeries {
        mechanism: plan.mechanism,
        from: plan.from,
        to: plan.to,
        groups: plan.groups.clone(),
        per_step: (0..steps).map(|step| point(slots.per_step(series, step))).collect(),
        to_date: (0..steps).map(|step| point(slots.since_start(series, step))).collect(),
    });
    let totals = plan.totals.iter().zip(plan.flows.len()..).map(|(plan, series)| TotalSeries {
        counts_as: plan.counts_as.clone(),
        from: plan.from,
        to: plan.to,
        groups: plan.groups.clone(),
        per_step: (0..steps).map(|step| point(slots.per_step(series, step))).collect(),
        to_date: (0..steps).map(|step| point(slots.since_start(series, step))).collect(),
    });
    let rates = plan.rates.iter().enumerate().map(|(series, plan)| RateSeries {
        counts_as: plan.counts_as.clone(),
        groups: plan.groups.clone(),
        points: (0..steps).map(|step| point(slots.rate(series, step))).collect(),
    });
    let events = plan.events.iter().enumerate().map(|(series, plan)| {
        let happened: Vec<Stat> = (0..steps).map(|step| point(slots.event(series, step))).collect();
        EventSeries {
            event: plan.event,
            probability: happened.iter().map(|stat| stat.mean).collect(),
            probability_se: happened
                .iter()
                .map(|stat| stat.spread.map_or(0.0, |spread| spread.mc_se))
                .collect(),
            severity: (0..steps).map(|step| stat(slots.severity(series, step))).collect(),
        }
    });
    let measures = plan.measures.iter().enumerate().map(|(series, plan)| {
        let ending = if matches!(plan.reads, Reads::ToDate(_)) { "_to_date" } else { "" };
        MeasureSeries {
            subject: plan.gauge.subject.clone(),
            measure: format!("{}{ending}", plan.gauge.measure),
            unit: plan.gauge.unit.to_string(),
            points: (0..steps).map(|step| point(slots.measure(series, step))).collect(),
        }
    });
    let outcomes = plan.outcomes.iter().enumerate().map(|(index, plan)| {
        let slot = slots.outcome(index);
        let dated = plan.unit == OutcomeUnit::Date;
        let stat = if dated { statistics.stat_of_first(slot, replicates) } else { stat(slot) };
        outcome(plan, stat.filter(|_| !(expected && plan.needs_chance)), months, replicates)
    });
    let mut scores: Vec<(usize, Score)> = plan
        .observed
        .points
        .iter()
        .enumerate()
        .map(|(index, planned)| {
            let slot = slots.observed(index);
            let crps = statistics.crps(slot, planned.value).unwrap_or(f64::NAN);
            (planned.point, Score { stat: point(slot), crps })
        })
        .collect();
    scores.sort_by_key(|(point, _)| *point);
    Summary {
        replicates,
        expected,
        people: people.collect(),
        flows: flows.collect(),
        totals: totals.collect(),
        rates: rates.collect(),
        events: events.collect(),
        measures: measures.collect(),
        outcomes: outcomes.collect(),
        scores: scores.into_iter().map(|(_, score)| score).collect(),
    }
}

/// The result of an outcome from its statistics; those of dates count boundaries.
fn outcome(plan: &OutcomePlan, stat: Option<Stat>, months: f64, replicates: u64) -> OutcomeResult {
    let unit = plan.unit.clone();
    let share = |histories: u64| histories as f64 / replicates as f64;
    let with_value = stat.map_or(0, |stat| stat.spread.map_or(1, |spread| spread.histories));
    match unit {
        OutcomeUnit::Probability => {
            let probability = stat.map(|stat| stat.mean);
            let stat = stat.map(|mut stat| {
                if let Some(spread) = &mut stat.spread {
                    spread.quantiles = [f64::NAN; 5];
                }
                stat
            });
            OutcomeResult { unit, stat, probability }
        }
        OutcomeUnit::Date => {
            let in_months = stat.map(|stat| Stat {
                mean: stat.mean * months,
                spread: stat.spread.map(|spread| Spread {
                    sd: spread.sd * months,
                    mc_se: spread.mc_se * months,
                    quantiles: spread.quantiles.map(|quantile| quantile * months),
                    ..spread
                }),
            });
            OutcomeResult { unit, stat: in_months, probability: Some(share(with_value)) }
        }
        _ => OutcomeResult { unit, stat, probability: None },
    }
}
