//! The mechanisms of a model by name, and their flows in a summary.

use super::text;
use crate::ensemble::summary::{FlowEnd, FlowSeries, GroupFilter, Mechanism, Stat, Summary};
use crate::model::Model;

/// A mechanism's name for people.
pub fn name(model: &Model, mechanism: Mechanism) -> String {
    let mover = model.mover(mechanism);
    text::label(mover.label, mover.name)
}

/// The mechanisms that count as `word`.
pub fn that_count_as(model: &Model, word: &str) -> Vec<Mechanism> {
    model.counted().filter(|(_, counts_as)| *counts_as == word).map(|(mechanism, _)| mechanism).collect()
}

/// Which of a flow's two numbers.
type FlowValues = fn(&FlowSeries) -> &Vec<Stat>;

/// What `mechanisms` do to `groups`, together. A single series is taken as it is; several have a mean together but no
/// quantiles, so their sum has no spread. `None` where nothing is recorded.
pub fn together(
    summary: &Summary,
    mechanisms: &[Mechanism],
    groups: &GroupFilter,
    measure: FlowValues,
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
