//! The one table of what a run records: each series is numbered once, with its unit, scale, kind and source.
//!
//! Whatever handles numbers of a run (recorder, tallies, rows, summary, comparison, what a study keeps, what memory is told to take) asks this
//! table which series is which, and none counts them out again. What a series is called is said in [`named`](super::named), where it is
//! wanted: most runs never ask.

use std::borrow::Cow;
use std::ops::Index;

use super::comparison::SeriesKind;
use super::plan::{MeasurePlan, SeriesPlan};
use super::scale::SeriesScale;
use super::summary::Event;

/// The number of a series: the row of its values, and its place in the [`SeriesTable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeriesId(usize);

impl SeriesId {
    /// As the index of a row.
    pub fn index(self) -> usize {
        self.0
    }
}

/// Where the numbers of a series are read: index in a list of the [`SeriesPlan`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesSource {
    /// People present.
    People(usize),
    /// People moved in a step.
    Flow(usize),
    /// The same from the start to date.
    FlowToDate(usize),
    /// People moved in a step by all that counts as one thing.
    Total(usize),
    /// The same from the start to date.
    TotalToDate(usize),
    /// Leavers per person-year.
    Rate(usize),
    /// Whether an event happens or holds.
    Event(usize),
    /// How severe an event is that is a shock.
    Severity(usize),
    /// What is measured beside people.
    Measure(usize),
    /// What a replicate comes to.
    Outcome(usize),
    /// The people that an observed value is compared with.
    Observed(usize),
}

/// A series that is recorded.
#[derive(Clone, Debug)]
pub struct RecordedSeries {
    /// What it is of.
    pub kind: SeriesKind,
    /// Where its numbers are read.
    pub source: SeriesSource,
    /// What they count: `"people"`.
    pub unit: Cow<'static, str>,
    /// What they can be.
    pub scale: SeriesScale,
    /// How many there are.
    pub points: usize,
    /// The slot of the first: slots number the points of all series, one after the other.
    first: usize,
}

/// Every series of a run, in one order.
#[derive(Clone, Debug)]
pub struct SeriesTable {
    steps: usize,
    series: Vec<RecordedSeries>,
    /// The first outcome, and the first observed value: they are the last of the table.
    outcomes: usize,
    observed: usize,
}

/// The unit of series of people.
const PEOPLE: &str = "people";

impl SeriesTable {
    /// The series of a plan over `steps` steps: by kind, to date after by step, each shock before its severity.
    pub fn new(plan: &SeriesPlan, steps: u32) -> SeriesTable {
        use SeriesSource as From;
        let steps = steps as usize;
        let mut table = SeriesTable { steps, series: Vec::new(), outcomes: 0, observed: 0 };
        let count = SeriesScale::Count;
        table.extend(SeriesKind::People, PEOPLE, count, (0..plan.people.len()).map(From::People));
        let (flows, totals) = (0..plan.flows.len(), 0..plan.totals.len());
        let by_step = flows.clone().map(From::Flow).chain(totals.clone().map(From::Total));
        table.extend(SeriesKind::Flow, PEOPLE, count, by_step);
        let to_date = flows.map(From::FlowToDate).chain(totals.map(From::TotalToDate));
        table.extend(SeriesKind::FlowToDate, PEOPLE, count, to_date);
        let rates = (0..plan.rates.len()).map(From::Rate);
        table.extend(SeriesKind::Rate, "people per person-year", SeriesScale::Real, rates);
        for (index, planned) in plan.events.iter().enumerate() {
            table.push_event(index, planned.event);
        }
        for (index, planned) in plan.measures.iter().enumerate() {
            table.push_measure(index, planned);
        }
        table.outcomes = table.series.len();
        for (index, planned) in plan.outcomes.iter().enumerate() {
            let unit = planned.unit.words().to_string().into();
            table.push(SeriesKind::Outcome, From::Outcome(index), unit, planned.scale);
        }
        table.observed = table.series.len();
        for (index, point) in plan.observed.points.iter().enumerate() {
            let scale = SeriesScale::of_amount(point.weight == 0.0);
            table.push(SeriesKind::Observed, From::Observed(index), PEOPLE.into(), scale);
        }
        table
    }

    fn push_event(&mut self, index: usize, event: Event) {
        let kind = event.kind();
        self.push(kind, SeriesSource::Event(index), "share of replicates".into(), SeriesScale::YesNo);
        if kind == SeriesKind::Shock {
            let unit = "share of people".into();
            self.push(SeriesKind::Severity, SeriesSource::Severity(index), unit, SeriesScale::Real);
        }
    }

    fn push_measure(&mut self, index: usize, planned: &MeasurePlan) {
        let (unit, scale) = (planned.metric.unit.clone(), SeriesScale::of_amount(planned.whole()));
        self.push(SeriesKind::Measure, SeriesSource::Measure(index), unit, scale);
    }

    fn extend(
        &mut self,
        kind: SeriesKind,
        unit: &'static str,
        scale: SeriesScale,
        sources: impl Iterator<Item = SeriesSource>,
    ) {
        sources.for_each(|source| self.push(kind, source, unit.into(), scale));
    }

    fn push(&mut self, kind: SeriesKind, source: SeriesSource, unit: Cow<'static, str>, scale: SeriesScale) {
        let (points, first) = (kind.points(self.steps), self.slots());
        self.series.push(RecordedSeries { kind, source, unit, scale, points, first });
    }

    /// How many steps are recorded.
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// Every series, with its number.
    pub fn iter(&self) -> impl Iterator<Item = (SeriesId, &RecordedSeries)> {
        self.series.iter().enumerate().map(|(index, series)| (SeriesId(index), series))
    }

    /// Those that have a number in every step: all but outcomes and observed values.
    pub fn over_time(&self) -> impl Iterator<Item = (SeriesId, &RecordedSeries)> {
        self.iter().take(self.outcomes)
    }

    /// The series of an outcome, by its index in the plan.
    pub fn outcome(&self, outcome: usize) -> SeriesId {
        SeriesId(self.outcomes + outcome)
    }

    /// That of an observed value.
    pub fn observed(&self, point: usize) -> SeriesId {
        SeriesId(self.observed + point)
    }

    /// The first series: everybody who is held, where people are recorded at all.
    pub fn everybody_held(&self) -> SeriesId {
        SeriesId(0)
    }

    /// How many series two variants can be compared by: all but observed values, which are the last.
    pub fn rows(&self) -> usize {
        self.observed
    }

    /// How many slots there are.
    pub fn slots(&self) -> usize {
        self.series.last().map_or(0, |last| last.first + last.points)
    }

    /// The slot of a point of a series.
    pub fn slot(&self, series: SeriesId, point: usize) -> usize {
        self[series].first + point
    }

    /// The slots of a series.
    pub fn slots_of(&self, series: SeriesId) -> std::ops::Range<usize> {
        let RecordedSeries { first, points, .. } = self[series];
        first..first + points
    }

    /// The series of a slot.
    pub fn of_slot(&self, slot: usize) -> SeriesId {
        SeriesId(self.series.partition_point(|series| series.first + series.points <= slot))
    }
}

impl Index<SeriesId> for SeriesTable {
    type Output = RecordedSeries;

    fn index(&self, series: SeriesId) -> &RecordedSeries {
        &self.series[series.0]
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::{EventPlan, FlowPlan, PeoplePlan, SplitBy};
    use super::super::summary::{FlowEnd, Where};
    use super::*;
    use crate::model::Mechanism;

    const STEPS: u32 = 5;

    fn table() -> SeriesTable {
        let people = PeoplePlan { place: Where::AllHeld, groups: Vec::new(), cells: vec![0] };
        let flow = FlowPlan {
            mechanism: Mechanism::Move(0),
            from: FlowEnd::All,
            to: FlowEnd::All,
            groups: Vec::new(),
            split: SplitBy::Nothing,
            edges: Vec::new(),
        };
        let events = [Event::Shock(0), Event::Shock(1), Event::Trigger(0)];
        let plan = SeriesPlan {
            people: vec![people.clone(), people],
            flows: vec![flow.clone(), flow],
            events: events.map(|event| EventPlan { event, row: 0 }).to_vec(),
            ..SeriesPlan::default()
        };
        SeriesTable::new(&plan, STEPS)
    }

    #[test]
    fn every_slot_is_of_one_point_of_one_series() {
        let table = table();
        let mut next = 0;
        for (id, series) in table.iter() {
            assert_eq!(table.slots_of(id).len(), series.points);
            for point in 0..series.points {
                assert_eq!((table.slot(id, point), table.of_slot(next)), (next, id));
                next += 1;
            }
        }
        assert_eq!(table.slots(), next);
    }

    #[test]
    fn people_are_counted_at_the_start_and_shocks_alone_have_a_severity() {
        let table = table();
        let kinds: Vec<&str> = table.iter().map(|(_, series)| series.kind.word()).collect();
        let flows = ["flow", "flow", "flow_to_date", "flow_to_date"];
        let events = ["shock", "severity", "shock", "severity", "trigger"];
        assert_eq!(kinds, [&["people", "people"][..], &flows, &events].concat());
        let points: Vec<usize> = table.iter().map(|(_, series)| series.points).collect();
        assert_eq!(points, [[6, 6].as_slice(), &[5; 9]].concat());
    }
}
