//! `events`: how likely shocks, regimes and triggered policies are, in every step, and how severe shocks are.
//!
//! `step` is that of every table. `date` is the day on which the event takes place, so that what a scenario dates
//! appears under the date that it wrote: a shock comes at the start of its step, a switch at the end, and a state or a triggered
//! policy is listed from the first day of the step throughout which it holds (the day of the switch that led to it).

use std::io;

use super::series::{DIGITS, counted_values, distinct, estimate, of_spread, stat_columns, step_column};
use super::{Column, ColumnKind, RowSink, Value, VariantTable};
use crate::ensemble::summary::{Event, Summary};
use crate::model::Model;

/// Shocks, switches and states of regimes, triggered policies.
pub struct Events;

impl VariantTable for Events {
    fn name(&self) -> &'static str {
        "events"
    }

    fn title(&self) -> &'static str {
        "Shocks, switches and states of regimes, triggered policies: probability and severity in every step"
    }

    fn description(&self) -> &'static str {
        "One row for each step and each shock, switch, state and policy with a trigger. Probabilities are shares of the replicates, or \
         computed in expected mode. \
         To put an event beside its effects, join the tables on step: a shock of a step is in the flows of that step \
         and in the people at its end."
    }

    fn columns(&self, _: &Model) -> Vec<Column> {
        let mut columns = vec![
            Column::new(
                "date",
                ColumnKind::Date,
                "The day on which it takes place: of a shock the first day of the step, of a switch the day on which \
                 the step ends and the new state begins, of a state or trigger the first day of the step \
                 throughout which it holds.",
            )
            .required(),
            // Not a key: what tells switches apart is empty for shocks.
            Column { key: false, ..step_column(1) },
            Column::new("kind", ColumnKind::Text, "What the row is about.").words(["shock", "switch", "state", "trigger"]).required(),
            Column::new("event", ColumnKind::Text, "The shock, regime or policy: its address in the scenario.").required(),
            Column::new("from_state", ColumnKind::Text, "The state that a switch leaves; empty otherwise."),
            Column::new(
                "to_state",
                ColumnKind::Text,
                "The state that a switch enters, or that the regime is in; empty otherwise.",
            ),
            Column::new(
                "probability",
                ColumnKind::Number,
                format!(
                    "Share of the replicates in which it happens in the step; of a state or trigger, in which it holds. \
                     Rounded by probability_mc_se: {DIGITS}."
                ),
            )
            .unit("share of replicates")
            .required()
            .not_negative(),
            Column::new("probability_mc_se", ColumnKind::Number, "Monte Carlo standard error of the probability; six digits.")
                .unit("share of replicates")
                .required()
                .not_negative(),
        ];
        let what = "Of the people a shock may affect where it hits, the share it affects, where it happens and there are any";
        columns.extend(stat_columns("severity_", what, "share of people"));
        columns.push(
            Column::new(
                "severity_replicates",
                ColumnKind::Integer,
                "How many replicates the severity is over; empty where there are none, in expected mode, \
                 for regimes and for triggers.",
            )
            .unit("replicates"),
        );
        columns
    }

    fn rows(&self, model: &Model, summary: &Summary, sink: &mut RowSink<'_>) -> io::Result<()> {
        let series = distinct(&summary.events, |series| series.event);
        let addresses: Vec<String> = series.iter().map(|series| series.event.address(model)).collect();
        let mut row = Vec::new();
        for step in 1..=model.calendar.steps() {
            let index = step as usize - 1;
            for (series, address) in series.iter().zip(&addresses) {
                let severity = series.severity.get(index).and_then(Option::as_ref);
                row.clear();
                row.push(Value::Date(model.calendar.date(step - steps_back(series.event))));
                row.push(Value::Integer(step.into()));
                row.push(Value::Text(series.event.kind().word()));
                row.push(Value::Text(address));
                row.extend(series.event.states(model).map(|state| state.map_or(Value::Missing, Value::Text)));
                let error = series.probability_se.get(index).copied();
                let probability = series.probability.get(index);
                row.push(probability.map_or(Value::Missing, |it| estimate(*it, error.unwrap_or(0.0))));
                row.push(error.map_or(Value::Missing, of_spread));
                row.extend(counted_values(severity));
                sink(&row)?;
            }
        }
        Ok(())
    }
}

/// 0 where an event takes place at the end of its step, 1 where at the start.
fn steps_back(event: Event) -> u32 {
    match event {
        Event::Switch { .. } => 0,
        Event::Shock(_) | Event::State { .. } | Event::Trigger(_) => 1,
    }
}
