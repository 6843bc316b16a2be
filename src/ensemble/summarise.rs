//! From tallies to a summary.

use super::mode::Mode;
use super::outcomes::OutcomePlan;
use super::plan::SeriesPlan;
use super::series::{SeriesId, SeriesSource, SeriesTable};
use super::summary::{
    EventSeries, FlowSeries, MeasureSeries, OutcomeResult, OutcomeUnit, PeopleSeries, RateSeries, Score,
    Spread, Stat, Summary, TotalSeries,
};
use super::tally::Statistics;

/// Arranges the statistics of every series. `months` is the length of a step in months.
pub fn summarise(
    plan: &SeriesPlan,
    table: &SeriesTable,
    months: f64,
    replicates: u64,
    mode: Mode,
    statistics: &impl Statistics,
) -> Summary {
    let found = Found { plan, table, statistics, mode };
    let mut summary = Summary {
        replicates,
        expected: mode == Mode::Expected,
        people: Vec::with_capacity(plan.people.len()),
        flows: Vec::with_capacity(plan.flows.len()),
        totals: Vec::with_capacity(plan.totals.len()),
        rates: Vec::with_capacity(plan.rates.len()),
        events: Vec::with_capacity(plan.events.len()),
        measures: Vec::with_capacity(plan.measures.len()),
        outcomes: Vec::with_capacity(plan.outcomes.len()),
        scores: Vec::new(),
    };
    let mut scores: Vec<(usize, Score)> = Vec::with_capacity(plan.observed.points.len());
    for (id, series) in table.iter() {
        match series.source {
            SeriesSource::Outcome(index) => {
                summary.outcomes.push(found.outcome(id, index, months, replicates))
            }
            SeriesSource::Observed(index) => scores.push(found.score(id, index)),
            source => found.over_time(id, source, &mut summary),
        }
    }
    scores.sort_by_key(|(point, _)| *point);
    summary.scores = scores.into_iter().map(|(_, score)| score).collect();
    summary
}

/// What was found of the series of a plan.
struct Found<'a, S> {
    plan: &'a SeriesPlan,
    table: &'a SeriesTable,
    statistics: &'a S,
    mode: Mode,
}

impl<S: Statistics> Found<'_, S> {
    /// Adds a series that has a number in every step: what is told to date is put beside the flow of the steps, and a severity
    /// beside its shock, which stand before it.
    fn over_time(&self, id: SeriesId, source: SeriesSource, summary: &mut Summary) {
        let plan = self.plan;
        match source {
            SeriesSource::People(index) => {
                let (place, groups) = (plan.people[index].place, plan.people[index].groups.clone());
                summary.people.push(PeopleSeries { place, groups, points: self.points(id) });
            }
            SeriesSource::Flow(index) => {
                let flow = &plan.flows[index];
                summary.flows.push(FlowSeries {
                    mechanism: flow.mechanism,
                    from: flow.from,
                    to: flow.to,
                    groups: flow.groups.clone(),
                    per_step: self.points(id),
                    to_date: Vec::new(),
                });
            }
            SeriesSource::FlowToDate(index) => summary.flows[index].to_date = self.points(id),
            SeriesSource::Total(index) => {
                let total = &plan.totals[index];
                summary.totals.push(TotalSeries {
                    counts_as: total.counts_as.clone(),
                    from: total.from,
                    to: total.to,
                    groups: total.groups.clone(),
                    per_step: self.points(id),
                    to_date: Vec::new(),
                });
            }
            SeriesSource::TotalToDate(index) => summary.totals[index].to_date = self.points(id),
            SeriesSource::Rate(index) => {
                let (counts_as, groups) =
                    (plan.rates[index].counts_as.clone(), plan.rates[index].groups.clone());
                summary.rates.push(RateSeries { counts_as, groups, points: self.points(id) });
            }
            SeriesSource::Event(index) => summary.events.push(self.event(id, index)),
            SeriesSource::Severity(index) => summary.events[index].severity = self.stats(id).collect(),
            SeriesSource::Measure(index) => {
                let (measure, metric) = (&plan.measures[index], &plan.measures[index].metric);
                summary.measures.push(MeasureSeries {
                    subject: metric.subject.clone(),
                    measure: measure.name(),
                    unit: metric.unit.to_string(),
                    points: self.points(id),
                });
            }
            SeriesSource::Outcome(_) | SeriesSource::Observed(_) => {}
        }
    }

    /// The statistics of every point; `None` where no replicate has a value.
    fn stats(&self, id: SeriesId) -> impl Iterator<Item = Option<Stat>> + '_ {
        self.table.slots_of(id).map(|slot| self.statistics.stat(slot))
    }

    /// The same, with "not a number" where no replicate has a value.
    fn points(&self, id: SeriesId) -> Vec<Stat> {
        self.stats(id).map(|stat| stat.unwrap_or(self.nothing())).collect()
    }

    fn nothing(&self) -> Stat {
        let (sd, mc_se, quantiles) = (f64::NAN, f64::NAN, [f64::NAN; 5]);
        let spread = Spread { replicates: 0, sd, mc_se, quantiles };
        Stat { mean: f64::NAN, spread: (self.mode == Mode::MonteCarlo).then_some(spread) }
    }

    /// An event without severities.
    fn event(&self, id: SeriesId, index: usize) -> EventSeries {
        let happened = self.points(id);
        let error = |stat: &Stat| stat.spread.map_or(0.0, |spread| spread.mc_se);
        EventSeries {
            event: self.plan.events[index].event,
            probability: happened.iter().map(|stat| stat.mean).collect(),
            probability_se: happened.iter().map(error).collect(),
            severity: vec![None; happened.len()],
        }
    }

    fn outcome(&self, id: SeriesId, index: usize, months: f64, replicates: u64) -> OutcomeResult {
        let (plan, slot) = (&self.plan.outcomes[index], self.table.slot(id, 0));
        let stat = match plan.unit {
            OutcomeUnit::Date => self.statistics.stat_of_first(slot, replicates),
            _ => self.statistics.stat(slot),
        };
        outcome(
            plan,
            stat.filter(|_| !(self.mode == Mode::Expected && plan.needs_chance)),
            months,
            replicates,
        )
    }

    /// A score, and the index of its value in the model.
    fn score(&self, id: SeriesId, index: usize) -> (usize, Score) {
        let (planned, slot) = (self.plan.observed.points[index], self.table.slot(id, 0));
        let crps = self.statistics.crps(slot, planned.value).unwrap_or(f64::NAN);
        let stat = self.statistics.stat(slot).unwrap_or(self.nothing());
        (planned.point, Score { stat, crps })
    }
}

/// The result of an outcome from its statistics; those of dates count boundaries.
fn outcome(plan: &OutcomePlan, stat: Option<Stat>, months: f64, replicates: u64) -> OutcomeResult {
    let unit = plan.unit.clone();
    let share = |some_replicates: u64| some_replicates as f64 / replicates as f64;
    let with_value = stat.map_or(0, |stat| stat.spread.map_or(1, |spread| spread.replicates));
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
