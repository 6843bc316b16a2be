//! What a scenario is expected to do in its first year, for `repatria check`.

use crate::engine::compile;
use crate::ensemble::summary::{FlowSeries, Summary};
use crate::ensemble::{SimulateError, expect};
use crate::model::{FlowDetail, Mechanism, Model, Record};

/// People that one mechanism is expected to move in the first year.
pub struct FirstYear {
    /// The mechanism.
    pub mechanism: Mechanism,
    /// How many.
    pub people: f64,
}

/// Runs the whole scenario in expected mode and reads off the flows of its first twelve months, or of all of it where it
/// is shorter.
pub fn first_year(model: &Model) -> Result<Vec<FirstYear>, SimulateError> {
    let mut model = model.clone();
    model.record = Record { cells: false, places: false, dimensions: Vec::new(), flows: FlowDetail::Totals };
    let year = model.calendar.steps_in(1.0).min(model.calendar.steps()) as usize;
    let summary: Summary = expect(&compile(&model))?;
    let mut flows: Vec<&FlowSeries> = summary.flows.iter().collect();
    // The first series of a mechanism is its total.
    flows.dedup_by_key(|flow| flow.mechanism);
    Ok(flows
        .into_iter()
        .map(|flow| FirstYear { mechanism: flow.mechanism, people: flow.to_date[year - 1].mean })
        .collect())
}
