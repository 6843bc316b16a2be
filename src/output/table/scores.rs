//! `scores` and `skill`: how well the replicates meet what was observed, by value and in all.

use std::io;

use super::series::{
    DIGITS, date_column, estimate, group_columns, group_values, share_of, stat_columns, stat_values,
    step_column,
};
use super::{ALL_HELD, ALL_VALUES, Column, ColumnKind, RowSink, Value, VariantTable};
use crate::ensemble::summary::Summary;
use crate::model::{Model, ObservedPoint};
use crate::output::scores::{Scored, same_series, scored, skill};

/// What a score is, for people.
const CRPS: &str = "Continuous ranked probability score: the mean distance of the replicates from the observed value, \
                    less half their mean distance from each other. 0 is perfect; of one replicate it is the distance.";

/// Every observed value beside the replicates.
pub struct Scores;

impl VariantTable for Scores {
    fn name(&self) -> &'static str {
        "scores"
    }

    fn title(&self) -> &'static str {
        "Observed values beside the replicates"
    }

    fn description(&self) -> &'static str {
        "One row for each observed value, with the people that the replicates have at the same place on its date; \
         within a step each replicate is interpolated between its ends."
    }

    fn applies(&self, summary: &Summary) -> bool {
        !summary.scores.is_empty()
    }

    fn columns(&self, model: &Model) -> Vec<Column> {
        let mut columns = vec![
            date_column("The date of the observation.").key(),
            step_column(0),
            place_column(model, "Where").key(),
        ];
        columns.extend(group_columns(model, "Who: the value"));
        columns.push(
            Column::new("observed", ColumnKind::Number, "The observed number of people.")
                .unit("people")
                .required()
                .not_negative(),
        );
        columns.extend(stat_columns("", "People in the replicates", "people"));
        columns.extend([
            Column::new("error", ColumnKind::Number, format!("The mean less the observed value. It and crps are rounded by mc_se: {DIGITS}.")).unit("people"),
            Column::new("inside_50", ColumnKind::Integer, "1 where the observed value is between p25 and p75, else 0; empty at the start, which is no forecast."),
            Column::new("inside_90", ColumnKind::Integer, "1 where the observed value is between p05 and p95, else 0; empty at the start."),
            Column::new("crps", ColumnKind::Number, CRPS).unit("people").not_negative(),
            Column::new(
                "naive_crps",
                ColumnKind::Number,
                "The same of the naive forecast that nothing changes after the last observed value of these people at the start, \
                 or else after the first; empty for that value.",
            )
            .unit("people")
            .not_negative(),
        ]);
        columns
    }

    fn rows(&self, model: &Model, summary: &Summary, sink: &mut RowSink<'_>) -> io::Result<()> {
        let mut all = scored(model, summary);
        all.sort_by_key(|it| it.point.date);
        let mut row = Vec::new();
        for it in &all {
            row.clear();
            row.push(Value::Date(it.point.date));
            row.push(Value::Integer(it.point.step().into()));
            row.push(place_value(model, it.point));
            row.extend(group_values(model, &it.point.groups));
            row.push(Value::Number(it.point.value));
            row.extend(stat_values(Some(&it.score.stat)));
            row.push(estimate(it.error(), it.mc_se()));
            row.push(it.inside(1, 3).map_or(Value::Missing, |inside| Value::Integer(inside.into())));
            row.push(it.inside(0, 4).map_or(Value::Missing, |inside| Value::Integer(inside.into())));
            row.push(it.crps().map_or(Value::Missing, |crps| estimate(crps, it.mc_se())));
            row.push(it.naive.map_or(Value::Missing, Value::Number));
            sink(&row)?;
        }
        Ok(())
    }
}

/// Every series of observed values, and all of them together.
pub struct Skills;

impl VariantTable for Skills {
    fn name(&self) -> &'static str {
        "skill"
    }

    fn title(&self) -> &'static str {
        "How well the replicates meet the observed values"
    }

    fn description(&self) -> &'static str {
        "One row for each place and group with observed values, and one for all of them (place \"all\"). People are rounded by \
         the mean of the standard errors of the means that are compared, to a thousandth of its first digit (ones at least)."
    }

    fn applies(&self, summary: &Summary) -> bool {
        !summary.scores.is_empty()
    }

    fn columns(&self, model: &Model) -> Vec<Column> {
        let words = model.places.iter().map(|place| place.name.as_str()).chain([ALL_HELD, ALL_VALUES]);
        let mut columns =
            vec![place_column(model, "Where; \"all\" for all observed values").words(words).key()];
        columns.extend(group_columns(model, "Who: the value"));
        let people = |name: &str, what: &str| Column::new(name, ColumnKind::Number, what).unit("people");
        columns.extend([
            Column::new("observed", ColumnKind::Integer, "How many observed values count: all but those of the start, which are no forecast.").unit("values").required(),
            people("bias", "The mean of the errors, the mean of the replicates less the observed value."),
            people("mean_absolute_error", "The mean size of the errors.").not_negative(),
            Column::new("coverage_50", ColumnKind::Number, "Share of the observed values between p25 and p75.")
                .unit("share of values")
                .not_negative(),
            Column::new("coverage_90", ColumnKind::Number, "Share of the observed values between p05 and p95.")
                .unit("share of values")
                .not_negative(),
            people("crps", CRPS).not_negative(),
            people("crps_after_first", "The same of the values that the naive forecast tells of.").not_negative(),
            people(
                "naive_crps",
                "The score of the naive forecast that nothing changes after the last value at the start, or else after the first \
                 one: compare it with crps_after_first.",
            )
            .not_negative(),
        ]);
        columns
    }

    fn rows(&self, model: &Model, summary: &Summary, sink: &mut RowSink<'_>) -> io::Result<()> {
        let all = scored(model, summary);
        let mut write = |place: Value<'_>, groups: &Vec<Option<usize>>, of: &[Scored<'_>]| {
            let Some(skill) = skill(of) else { return Ok(()) };
            let share = |which: usize| {
                let inside = skill.inside.map(|inside| inside[which] as f64 / skill.observed as f64);
                inside.map_or(Value::Missing, |inside| share_of(skill.observed as u64, inside))
            };
            let of_replicates = |number: f64| estimate(number, skill.mc_se);
            let (crps_after, naive) = match skill.against_naive {
                Some((crps, naive)) => (of_replicates(crps), of_replicates(naive)),
                None => (Value::Missing, Value::Missing),
            };
            let mut row = vec![place];
            row.extend(group_values(model, groups));
            row.extend([
                Value::Integer(skill.observed as u64),
                of_replicates(skill.bias),
                of_replicates(skill.mean_absolute_error),
                share(0),
                share(1),
                of_replicates(skill.crps),
                crps_after,
                naive,
            ]);
            sink(&row)
        };
        for series in all.chunk_by(|a, b| same_series(a.point, b.point)) {
            write(place_value(model, series[0].point), &series[0].point.groups, series)?;
        }
        write(Value::Text(ALL_VALUES), &vec![None; model.groups.dimensions.len()], &all)
    }
}

fn place_column(model: &Model, whose: &str) -> Column {
    let places = model.places.iter().map(|place| place.name.as_str()).chain([ALL_HELD]);
    let description = format!(
        "{whose}: a place of the scenario, or \"all_held\" for everybody in prisons, camps and centres."
    );
    Column::new("place", ColumnKind::Text, description).words(places)
}

fn place_value<'a>(model: &'a Model, point: &ObservedPoint) -> Value<'a> {
    Value::Text(point.place.map_or(ALL_HELD, |place| model.places[place].name.as_str()))
}
