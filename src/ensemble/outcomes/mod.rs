//! Outcomes: of which cells, edges and metrics each is a number, and in what unit.

mod follow;

pub use follow::Follower;

use super::scale::SeriesScale;
use super::under::by_who;
use crate::engine::Program;
use crate::engine::edge::EdgeId;
use crate::engine::metric::{Keeps, MetricId};
use crate::model::{
    AmountTake, Beyond, CellId, LevelTake, MeasureTake, Outcome, OutcomeId, OutcomeOf, OutcomeUnit,
};

/// How an outcome comes about.
#[derive(Clone, Debug)]
pub struct OutcomePlan {
    /// What is followed through a replicate.
    pub follows: Follows,
    /// Makes a yes or no of the number.
    pub is: Option<Beyond>,
    /// The unit of what is tallied.
    pub unit: OutcomeUnit,
    /// What its values can be; of dates they are boundaries.
    pub scale: SeriesScale,
    /// Whether only many replicates tell it: a yes or no, or what is made of such.
    pub needs_chance: bool,
}

/// What is followed through a replicate.
#[derive(Clone, Debug)]
pub enum Follows {
    /// People in some cells, from the start on.
    People(Vec<CellId>, LevelTake),
    /// A level, from the end of the first step on.
    Level(MetricId, LevelTake),
    /// Amounts by step.
    Amount(AmountOf, AmountTake),
    /// An amount over another, in all.
    Ratio(MetricId, MetricId),
    /// Outcomes added up.
    Sum(Vec<OutcomeId>),
    /// An outcome over another.
    Share(OutcomeId, OutcomeId),
    /// A measure that this scenario does not have.
    Nothing,
}

/// An amount of a step.
#[derive(Clone, Debug)]
pub enum AmountOf {
    /// People along edges.
    Edges(Vec<EdgeId>),
    /// A metric.
    Metric(MetricId),
    /// Whether a shock happens.
    Shock(usize),
}

/// The plans of all outcomes.
pub fn plans(program: &Program) -> Vec<OutcomePlan> {
    let mut plans: Vec<OutcomePlan> = Vec::new();
    for outcome in &program.model().outcomes {
        let plan = plan(program, outcome, &plans);
        plans.push(plan);
    }
    plans
}

/// The unit of every outcome.
pub fn outcome_units(program: &Program) -> Vec<OutcomeUnit> {
    plans(program).into_iter().map(|plan| plan.unit).collect()
}

fn plan(program: &Program, outcome: &Outcome, earlier: &[OutcomePlan]) -> OutcomePlan {
    let model = program.model();
    let people = || "people".to_string();
    let mut needs_chance = outcome.is.is_some();
    let (follows, unit, whole) = match &outcome.of {
        OutcomeOf::People { at, who, take } => {
            let cells = at.iter().flat_map(|place| {
                model.groups.matching(who).map(|group| model.cell(*place, group)).collect::<Vec<_>>()
            });
            let (unit, whole) = level(*take, people(), true);
            (Follows::People(cells.collect(), *take), unit, whole)
        }
        OutcomeOf::Flow { by, who, take } => {
            let of = |edge: &EdgeId| {
                let edge = &program.edges()[*edge];
                by.contains(&edge.mechanism) && by_who(model, edge, who)
            };
            let edges = (0..program.edges().len()).filter(of).collect();
            let unit = amount(*take, people());
            (Follows::Amount(AmountOf::Edges(edges), *take), unit, true)
        }
        OutcomeOf::Events { shock, take } => {
            (Follows::Amount(AmountOf::Shock(*shock), *take), amount(*take, "events".into()), true)
        }
        OutcomeOf::Measure { subject, measure, take } => measured(program, subject, measure, take.as_ref()),
        OutcomeOf::Sum(parts) => {
            needs_chance |= parts.iter().any(|part| earlier[*part].needs_chance);
            let whole = parts.iter().all(|part| earlier[*part].scale.is_whole());
            let unit = parts.first().map(|part| earlier[*part].unit.clone());
            let unit = match unit {
                Some(OutcomeUnit::Probability) | None => OutcomeUnit::Amount("of them true".into()),
                Some(unit) => unit,
            };
            (Follows::Sum(parts.clone()), unit, whole)
        }
        OutcomeOf::Share { of, over } => {
            let (above, below) = (&earlier[*of], &earlier[*over]);
            needs_chance |= above.needs_chance || below.needs_chance;
            let unit = if above.unit == below.unit {
                OutcomeUnit::Share
            } else {
                OutcomeUnit::Amount(format!("{} per {}", above.unit.words(), one(below.unit.words())))
            };
            (Follows::Share(*of, *over), unit, false)
        }
    };
    let (unit, whole) = if outcome.is.is_some() { (OutcomeUnit::Probability, true) } else { (unit, whole) };
    let scale = SeriesScale::of_outcome(&unit, whole);
    OutcomePlan { follows, is: outcome.is, unit, scale, needs_chance }
}

/// A metric, by what it is about and its name.
fn measured(
    program: &Program,
    subject: &str,
    measure: &str,
    take: Option<&MeasureTake>,
) -> (Follows, OutcomeUnit, bool) {
    let metrics = program.metrics();
    // What a ratio is of may have its name.
    let found = metrics.iter().position(|metric| {
        metric.subject == subject && metric.measure == measure && metric.keeps != Keeps::Part
    });
    let nothing = (Follows::Nothing, OutcomeUnit::Amount(String::new()), true);
    let Some(id) = found else { return nothing };
    let unit = metrics[id].unit.to_string();
    match (metrics[id].keeps, take) {
        (Keeps::Level { whole }, Some(MeasureTake::Level(take))) => {
            let (unit, whole) = level(*take, unit, whole);
            (Follows::Level(id, *take), unit, whole)
        }
        (Keeps::Amount { whole }, Some(MeasureTake::Amount(take))) => {
            let unit = amount(*take, unit);
            let whole = whole || unit == OutcomeUnit::Date;
            (Follows::Amount(AmountOf::Metric(id), *take), unit, whole)
        }
        (Keeps::Ratio { of, over }, _) => (Follows::Ratio(of, over), OutcomeUnit::Amount(unit), false),
        _ => nothing,
    }
}

/// The unit of a level, and whether what is taken of one that may be whole is whole.
fn level(take: LevelTake, unit: String, whole: bool) -> (OutcomeUnit, bool) {
    match take {
        LevelTake::At(_) | LevelTake::Max | LevelTake::Min => (OutcomeUnit::Amount(unit), whole),
        LevelTake::Mean => (OutcomeUnit::Amount(unit), false),
        LevelTake::PersonTime { unit } => {
            let words = if unit == 1.0 { "person-years" } else { "person-months" };
            (OutcomeUnit::Amount(words.into()), false)
        }
        LevelTake::First(_) => (OutcomeUnit::Date, true),
        LevelTake::ShareOfTime(_) => (OutcomeUnit::Share, false),
    }
}

fn amount(take: AmountTake, unit: String) -> OutcomeUnit {
    match take {
        AmountTake::FirstAbove(_) => OutcomeUnit::Date,
        AmountTake::Between(..) | AmountTake::Max => OutcomeUnit::Amount(unit),
    }
}

/// One of a unit: a person of people.
fn one(unit: &str) -> &str {
    match unit {
        "people" => "person",
        unit => unit.strip_suffix('s').unwrap_or(unit),
    }
}
