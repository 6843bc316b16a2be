//! From tallies to a summary.

use super::plan::{Plan, Reads};
use super::recorder::Slots;
use super::summary::{
    EventSeries, FlowSeries, MeasureSeries, PeopleSeries, RateSeries, Spread, Stat, Summary,
};

/// Arranges the statistics of every slot into series. `stat` gives those of a slot, `None` where no history has a value.
pub fn summarise(
    plan: &Plan,
    slots: &Slots,
    steps: u32,
    replicates: u64,
    expected: bool,
    stat: impl Fn(usize) -> Option<Stat>,
) -> Summary {
    let steps = steps as usize;
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
            unit: plan.gauge.unit,
            points: (0..steps).map(|step| point(slots.measure(series, step))).collect(),
        }
    });
    Summary {
        replicates,
        expected,
        people: people.collect(),
        flows: flows.collect(),
        rates: rates.collect(),
        events: events.collect(),
        measures: measures.collect(),
    }
}
