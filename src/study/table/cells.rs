//! `cells`: how every cell went on, one row for each cell, date and series.

use std::io;

use super::StudyTable;
use super::common::{cell_columns, cell_values, number, spread};
use crate::engine::compile;
use crate::ensemble::kept::{KeptName, KeptSeries};
use crate::output::table::series::name_values;
use crate::output::table::{Column, ColumnKind, RowSink, Value};
use crate::study::cell::PointResult;
use crate::study::merge::Merge;
use crate::study::valid::Study;

/// How every cell went on.
pub struct TableCells;

impl StudyTable for TableCells {
    fn name(&self) -> &'static str {
        "cells"
    }

    fn title(&self) -> &'static str {
        "Cells: every cell of the study, date by date and series by series"
    }

    fn description(&self) -> &'static str {
        "One row for each cell, each date that the study keeps and each series that it keeps. A cell is a point of the design \
         in one variant. Means, standard errors and quantiles are over the replicates of the cell. Means and quantiles are \
         rounded by mc_se: to a thousandth of its first digit (ones at least), and with all digits where it is 0 or empty. Rows with \"all\" or \
         \"all_held\" already contain the others: do not add them up. Bands are of replicates: they are not all of the \
         uncertainty. Parameters are illustrative and not sourced unless the scenario states a source."
    }

    fn applies(&self, merge: &Merge<'_>) -> bool {
        merge.study.keep.series != KeptSeries::None
    }

    fn rows_a_point(&self, study: &Study) -> u64 {
        let of_variant = |variant: usize| {
            let steps = study.variant_model(variant).calendar.steps();
            let kept: Vec<u32> = (0..=steps).filter(|step| study.keeps(variant, *step)).collect();
            let of = |name: &KeptName| kept.iter().filter(|step| **step >= name.first_step).count() as u64;
            names(study, variant).iter().map(of).sum::<u64>()
        };
        (0..study.variant_count()).map(of_variant).sum()
    }

    fn columns(&self, merge: &Merge<'_>) -> Vec<Column> {
        let study = merge.study;
        // Of more series than people at places, groups and the like tell them apart, which are empty in some rows.
        let alone = study.keep.series == KeptSeries::Places;
        let key = |column: Column| if alone { column.key() } else { column.required() };
        let mut columns = cell_columns(study, alone);
        columns.extend([
            key(Column::new("date", ColumnKind::Date, "The end of the step, or the start of the scenario.")),
            Column::new("step", ColumnKind::Integer, "The step that ends on the date; 0 is the start.").required(),
            key(Column::new(
                "kind",
                ColumnKind::Text,
                "What the series is of: people, flow, flow_to_date, rate, shock, ...",
            )),
            key(Column::new(
                "subject",
                ColumnKind::Text,
                "What it is about: a place, \"all_held\", an address of the scenario, or \"counts_as.\" and a word.",
            )),
            Column::new("measure", ColumnKind::Text, "Of a measure, which; empty otherwise."),
            Column::new(
                "from",
                ColumnKind::Text,
                "Of a flow where from, of a switch the state it leaves; empty otherwise.",
            ),
            Column::new(
                "to",
                ColumnKind::Text,
                "Of a flow where to, of a switch or state the state; empty otherwise.",
            ),
        ]);
        columns.extend(study.scenario.baseline.groups.dimensions.iter().map(|dimension| {
            let who = format!("Who: the value on the dimension {}, or \"all\".", dimension.name);
            Column::new(dimension.name.as_str(), ColumnKind::Text, who)
        }));
        columns.push(Column::new("unit", ColumnKind::Text, "The unit of the numbers of this row."));
        let numbers = [
            ("mean", "Mean over the replicates."),
            ("sd", "Standard deviation between replicates; six digits."),
            ("mc_se", "Monte Carlo standard error of the mean; six digits."),
            ("p05", "5 % of the replicates do not exceed this."),
            ("p25", "25 % of the replicates do not exceed this."),
            ("p50", "Half of the replicates do not exceed this."),
            ("p75", "75 % of the replicates do not exceed this."),
            ("p95", "95 % of the replicates do not exceed this."),
        ];
        columns.extend(numbers.map(|(name, description)| {
            Column::new(name, ColumnKind::Number, description).unit("see the column unit")
        }));
        columns
    }

    fn rows(&self, merge: &Merge<'_>, sink: &mut RowSink<'_>) -> io::Result<()> {
        let study = merge.study;
        let dimensions = study.scenario.baseline.groups.dimensions.len();
        let series: Vec<Vec<KeptName>> =
            (0..study.variant_count()).map(|variant| names(study, variant)).collect();
        let mut one = |values: &[f64], result: &PointResult| {
            let Ok(cells) = &result.cells else { return Ok(()) };
            for (variant, cell) in cells.iter().enumerate() {
                let calendar = &study.variant_model(variant).calendar;
                // Of each series, how many of its points were handed over.
                let mut next = vec![0; series[variant].len()];
                for step in (0..=calendar.steps()).filter(|step| study.keeps(variant, *step)) {
                    for ((name, points), next) in series[variant].iter().zip(&cell.series).zip(&mut next) {
                        if step < name.first_step {
                            continue;
                        }
                        let point = points.get(*next).copied().unwrap_or_default();
                        *next += 1;
                        let mut row: Vec<Value<'_>> =
                            cell_values(study, result.point, variant, values).collect();
                        row.extend([Value::Date(calendar.date(step)), Value::Integer(step.into())]);
                        row.extend(name_values(&name.name, dimensions));
                        row.push(Value::Text(&name.unit));
                        let [mean, sd, mc_se, quantiles @ ..] = point;
                        row.extend([number(mean, mc_se), spread(sd), spread(mc_se)]);
                        row.extend(quantiles.map(|quantile| number(quantile, mc_se)));
                        sink(&row)?;
                    }
                }
            }
            Ok(())
        };
        Ok(merge.each_point(&mut one)?)
    }
}

/// The series of a variant.
pub fn names(study: &Study, variant: usize) -> Vec<KeptName> {
    study.keep.series.names(&compile(study.variant_model(variant)))
}
