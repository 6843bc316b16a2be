//! What a scenario is expected to do in its first year, for `repatria check`.

use std::sync::Arc;

use crate::engine::Program;
use crate::ensemble::answer::BASELINE;
use crate::ensemble::summary::{FlowSeries, Summary};
use crate::ensemble::{SimulateError, Track, Watch, expect_first};
use crate::model::{FlowDetail, Mechanism, Model, Record, Section};
use crate::scenario::ScenarioFile;

/// People that one mechanism is expected to move in the first year.
pub struct FirstYear {
    /// The mechanism.
    pub mechanism: Mechanism,
    /// How many.
    pub people: f64,
}

/// Runs the first twelve months in expected mode, as far as `watch` lets it: the people of places, and the flows of mechanisms.
pub fn in_expected_mode(program: Arc<Program>, watch: &dyn Watch) -> Result<Summary, SimulateError> {
    let record = Record { cells: false, places: true, dimensions: Vec::new(), flows: FlowDetail::Totals };
    let program = Arc::new(Arc::unwrap_or_clone(program).recording(record));
    let year = program.model().calendar.steps_in(1.0);
    expect_first(Track::new(BASELINE, &program), year, watch)
}

/// The flows of the first twelve months, or of all of it where it is shorter; in the order of the file.
pub fn first_year(file: &ScenarioFile, model: &Model, summary: &Summary) -> Vec<FirstYear> {
    let year = model.calendar.steps_in(1.0).min(model.calendar.steps()) as usize;
    let mut flows: Vec<&FlowSeries> = summary.flows.iter().collect();
    // The first series of a mechanism is its total.
    flows.dedup_by_key(|flow| flow.mechanism);
    flows.sort_by_key(|flow| written_at(file, flow.mechanism));
    flows
        .into_iter()
        .map(|flow| FirstYear { mechanism: flow.mechanism, people: flow.to_date[year - 1].mean })
        .collect()
}

/// Where in the file the mechanism's name stands.
fn written_at(file: &ScenarioFile, mechanism: Mechanism) -> Option<usize> {
    let table = file.section(mechanism.section().unwrap_or(Section::Places));
    table.keys().get(mechanism.index()).map(|name| name.span().start)
}
