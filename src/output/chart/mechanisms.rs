//! The mechanisms of a model by name, and their flows in a summary.

use super::text;
use crate::ensemble::summary::{FlowEnd, FlowSeries, GroupFilter, Mechanism, Stat, Summary};
use crate::model::Model;

/// Every mechanism that moves people, in the order of the model.
pub fn all(model: &Model) -> Vec<Mechanism> {
    let arrivals = (0..model.arrivals.len()).map(Mechanism::Arrival);
    let births = (0..model.births.len()).map(Mechanism::Birth);
    let ageing = (0..model.ageing.len()).map(Mechanism::Ageing);
    let moves = (0..model.moves.len()).map(Mechanism::Move);
    let stays = (0..model.stays.len()).map(Mechanism::Stay);
    let programmes = (0..model.programmes.len()).map(Mechanism::Programme);
    let shocks = (0..model.shocks.len()).map(Mechanism::Shock);
    let closes = |place: &usize| model.places[*place].closes.is_some();
    let closures = (0..model.places.len()).filter(closes).map(Mechanism::Closure);
    let in_and_within = arrivals.chain(births).chain(ageing);
    in_and_within.chain(moves).chain(stays).chain(programmes).chain(shocks).chain(closures).collect()
}

/// A mechanism's name for people.
pub fn name(model: &Model, mechanism: Mechanism) -> String {
    let (label, name) = match mechanism {
        Mechanism::Move(index) => (&model.moves[index].label, &model.moves[index].name),
        Mechanism::Stay(index) => (&model.stays[index].label, &model.stays[index].name),
        Mechanism::Ageing(index) => (&model.ageing[index].label, &model.ageing[index].name),
        Mechanism::Arrival(index) => (&model.arrivals[index].label, &model.arrivals[index].name),
        Mechanism::Birth(index) => (&model.births[index].label, &model.births[index].name),
        Mechanism::Programme(index) => (&model.programmes[index].label, &model.programmes[index].name),
        Mechanism::Shock(index) => (&model.shocks[index].label, &model.shocks[index].name),
        Mechanism::Closure(place) => {
            let place = &model.places[place];
            (place.closes.as_ref().map_or(&place.label, |closure| &closure.label), &place.name)
        }
    };
    text::label(label, name)
}

/// The mechanisms that count as `word`.
pub fn that_count_as(model: &Model, word: &str) -> Vec<Mechanism> {
    let counts = |mechanism: &Mechanism| match mechanism {
        Mechanism::Move(index) => model.moves[*index].counts_as.as_deref() == Some(word),
        Mechanism::Stay(index) => model.stays[*index].counts_as.as_deref() == Some(word),
        Mechanism::Programme(index) => model.programmes[*index].counts_as.as_deref() == Some(word),
        _ => false,
    };
    all(model).into_iter().filter(counts).collect()
}

/// Which of a flow's two numbers.
pub type Measure = fn(&FlowSeries) -> &Vec<Stat>;

/// What `mechanisms` do to `groups`, together. A single series is taken as it is; several have a mean together but no
/// quantiles, so their sum has no spread. `None` where nothing is recorded.
pub fn together(
    summary: &Summary,
    mechanisms: &[Mechanism],
    groups: &GroupFilter,
    measure: Measure,
) -> Option<Vec<Stat>> {
    let mut found: Vec<&FlowSeries> = Vec::new();
    for mechanism in mechanisms {
        let of: Vec<&FlowSeries> = summary
            .flows
            .iter()
            .filter(|flow| flow.mechanism == *mechanism && flow.groups == *groups)
            .collect();
        // A mechanism of several places may have a series for all of them and one for each way.
        let breadth =
            |flow: &FlowSeries| usize::from(flow.from == FlowEnd::All) + usize::from(flow.to == FlowEnd::All);
        let broadest = of.iter().map(|flow| breadth(flow)).max().unwrap_or(0);
        found.extend(of.into_iter().filter(|flow| breadth(flow) == broadest));
    }
    match found.as_slice() {
        [] => None,
        [only] => Some(measure(only).clone()),
        [first, rest @ ..] => {
            let mut sum: Vec<Stat> =
                measure(first).iter().map(|stat| Stat { mean: stat.mean, spread: None }).collect();
            for flow in rest {
                for (sum, stat) in sum.iter_mut().zip(measure(flow)) {
                    sum.mean += stat.mean;
                }
            }
            Some(sum)
        }
    }
}
