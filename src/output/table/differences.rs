//! `differences`: what a variant changes, series by series and outcome by outcome.

use std::io;

use super::by_variant::variant_column;
use super::series::{DIGITS, estimate, name_values, of_spread, share_of};
use super::{Column, ColumnKind, RowSink, Table, Value};
use crate::ensemble::answer::{Answer, VariantAnswer};
use crate::ensemble::comparison::{Comparison, Difference, OutcomeDifference, SeriesKind};
use crate::model::Dimension;

/// Paired differences of every variant.
pub struct DifferencesTable;

/// What a reader must know of every band in the table.
const PAIRED: &str = "Pairs are one replicate in two variants, with common random numbers: the band is the spread of what the change \
                      does to one and the same replicate.";

impl Table for DifferencesTable {
    fn name(&self) -> &'static str {
        "differences"
    }

    fn title(&self) -> &'static str {
        "Differences: what each variant changes, replicate by replicate"
    }

    fn description(&self) -> &'static str {
        "One row for each variant, each step and each series that both variants have, and one for each outcome (on the date \
         of the end). A difference is that of one replicate in two variants on common random numbers, the variant less the one it\
         is compared with, and the row has the distribution of these paired differences. Standard errors and bands are \
         of the difference: they are not the spread of two independent replicates, they hold no uncertainty of parameters \
         but of those that are drawn, and they are no forecast. What one variant lacks counts as 0 where that is what it \
         means: nobody is at a place or moved by a mechanism that is not there, a shock that is not there never happens, \
         and no amount adds up of it; rates, levels, severities and states of a regime that only one variant has are left \
         out. Of events and of a yes or no the difference is one of probabilities, without quantiles. Of a date, mean and \
         quantiles are over the replicates in which it comes in both variants, in months (a month is a twelfth of a year), \
         while the three shares are over all: a date that never comes is later than any other."
    }

    fn applies(&self, answer: &Answer) -> bool {
        !answer.comparisons.is_empty()
    }

    fn columns(&self, answer: &Answer) -> Vec<Column> {
        let mut columns = vec![
            variant_column(&answer.variants, "The variant that is compared").required(),
            Column { name: "against".into(), ..variant_column(&answer.variants, "The variant it is compared with") }
                .required(),
            Column::new("date", ColumnKind::Date, "The day on which the step ends; of an outcome the end.").required(),
            Column::new(
                "step",
                ColumnKind::Integer,
                "Number of the step, the same in every table: step k is the one that ends at boundary k; 0 is the start.",
            )
            .required(),
        ];
        columns.extend(name_columns(answer.first()));
        columns.push(Column::new("unit", ColumnKind::Text, "The unit of the numbers of this row."));
        columns.extend(numbers());
        columns
    }

    fn rows(&self, answer: &Answer, sink: &mut RowSink<'_>) -> io::Result<()> {
        let dimensions = answer.first().model.groups.dimensions.len();
        let mut row = Vec::new();
        let names = |comparison: &Comparison| {
            [comparison.variant, comparison.against]
                .map(|variant| Value::Text(&answer.variants[variant].name))
        };
        // Outcomes of all variants come first: readers that look at the first rows alone then see a number in every column.
        for comparison in &answer.comparisons {
            let calendar = &answer.variants[comparison.variant].model.calendar;
            let end = calendar.steps();
            for outcome in &comparison.outcomes {
                row.clear();
                row.extend(names(comparison));
                row.extend([
                    Value::Date(calendar.date(end)),
                    Value::Integer(end.into()),
                    Value::Text(SeriesKind::Outcome.word()),
                    Value::Text(&outcome.outcome),
                ]);
                row.extend(std::iter::repeat_n(Value::Missing, 3 + dimensions));
                row.push(Value::Text(outcome.unit.words()));
                row.extend(values_of_outcome(outcome));
                sink(&row)?;
            }
        }
        for comparison in &answer.comparisons {
            let calendar = &answer.variants[comparison.variant].model.calendar;
            let end = calendar.steps();
            for step in 0..=end {
                for series in &comparison.series {
                    let Some(point) = series.name.kind.point(step as usize) else { continue };
                    row.clear();
                    row.extend(names(comparison));
                    row.extend([Value::Date(calendar.date(step)), Value::Integer(step.into())]);
                    row.extend(name_values(&series.name, dimensions));
                    row.push(Value::Text(&series.unit));
                    row.extend(values(series.points.get(point).and_then(Option::as_ref)));
                    sink(&row)?;
                }
            }
        }
        Ok(())
    }
}

/// The columns that say which series or outcome a row is of.
fn name_columns(variant: &VariantAnswer) -> impl Iterator<Item = Column> {
    let dimension = |dimension: &Dimension| {
        let description = format!(
            "Who: the value on the dimension {}, before a move; \"all\" where all are counted; empty of what is not about \
             groups.",
            dimension.name
        );
        Column::new(dimension.name.as_str(), ColumnKind::Text, description)
    };
    [
        Column::new(
            "kind",
            ColumnKind::Text,
            "What the numbers are of: people present, people moved in the step (flow) or since the start \
             (flow_to_date), leavers per person-year (rate), whether a shock, switch or trigger comes or a state \
             holds, how severe a shock is, a measure, or an outcome.",
        )
        .words(SeriesKind::OVER_TIME.map(SeriesKind::word).into_iter().chain([SeriesKind::Outcome.word()]))
        .required(),
        Column::new(
            "subject",
            ColumnKind::Text,
            "What it is about: of people a place or \"all_held\", of a rate what it counts as, of an outcome its \
             name, otherwise an address of the scenario; of a flow also \"counts_as.\" and a word, for all that counts as this.",
        )
        .required(),
        Column::new("measure", ColumnKind::Text, "Which measure; empty of everything else."),
        Column::new(
            "from",
            ColumnKind::Text,
            "Of a flow where from (a place, \"outside\", or \"all\"), of a switch the state it leaves; empty otherwise.",
        ),
        Column::new(
            "to",
            ColumnKind::Text,
            "Of a flow where to, of a switch or state the state of the regime; empty otherwise.",
        ),
    ]
    .into_iter()
    .chain(variant.model.groups.dimensions.iter().map(dimension))
}

/// The columns of a difference.
fn numbers() -> impl Iterator<Item = Column> {
    let number = |name: &str, description: &str| {
        Column::new(name, ColumnKind::Number, description).unit("see the column unit")
    };
    let quantile = |name: &str, percent: u32| {
        let description = format!(
            "The smallest difference that at least {percent} % of the pairs do not exceed. {PAIRED} It is not the spread of \
             two independent replicates, holds no uncertainty of parameters but of those that are drawn, and is no forecast. Rounded \
             by mc_se."
        );
        number(name, &description)
    };
    let means = [
        number(
            "mean",
            &format!(
                "Mean of the paired differences: the variant less the one it is compared with. Rounded by mc_se: {DIGITS}."
            ),
        ),
        number("sd", "Standard deviation of the paired differences; six digits."),
        number("mc_se", "Monte Carlo standard error of the mean difference: sd / sqrt(replicates); six digits.")
            .not_negative(),
        number(
            "against_mean",
            "Mean in the variant it is compared with, over the same replicates. Rounded by its own standard error as mean is by mc_se.",
        ),
        Column::new(
            "relative",
            ColumnKind::Number,
            "The mean difference divided by against_mean: 0.1 is a tenth more. Empty where that is 0. Rounded by \
             relative_mc_se.",
        )
        .unit("share of against_mean"),
        Column::new(
            "relative_mc_se",
            ColumnKind::Number,
            "Monte Carlo standard error of the relative difference, to first order; six digits.",
        )
        .unit("share of against_mean"),
    ];
    let quantiles = [("p05", 5), ("p25", 25), ("p50", 50), ("p75", 75), ("p95", 95)];
    means.into_iter().chain(quantiles.map(|(name, percent)| quantile(name, percent))).chain(of_pairs())
}

/// The columns that say how pairs of replicates lie: in which of them there is less or more, and what sharing chance is worth.
fn of_pairs() -> [Column; 5] {
    let share = |name: &str, description: &str| {
        Column::new(name, ColumnKind::Number, description).unit("share of replicates").not_negative()
    };
    [
        share("share_lower", "Share of the replicates in which the variant has less; of dates, comes earlier."),
        share("share_equal", "Share of the replicates in which both have the same."),
        share("share_higher", "Share of the replicates in which the variant has more; of dates, comes later."),
        Column::new(
            "variance_ratio",
            ColumnKind::Number,
            "How many times as many replicates independent runs would need for the same standard error: the sum of the two \
             variances over that of the paired difference. Empty where the difference is the same in all replicates; six digits.",
        )
        .not_negative(),
        Column::new(
            "replicates_with_value",
            ColumnKind::Integer,
            "In how many replicates both variants have the number; empty in expected mode.",
        )
        .unit("replicates"),
    ]
}

/// The values of the columns of [`numbers`].
fn values(difference: Option<&Difference>) -> [Value<'static>; 16] {
    let mut values = [Value::Missing; 16];
    let Some(difference) = difference else { return values };
    let [error, against_error, relative_error] = difference
        .spread
        .map_or([0.0; 3], |spread| [spread.mc_se, spread.against_mc_se, spread.relative_mc_se]);
    values[0] = estimate(difference.mean, error);
    values[3] = estimate(difference.against_mean, against_error);
    values[4] = difference.relative.map_or(Value::Missing, |relative| estimate(relative, relative_error));
    let Some(spread) = &difference.spread else { return values };
    values[1] = of_spread(spread.sd);
    values[2] = of_spread(spread.mc_se);
    values[5] = of_spread(spread.relative_mc_se);
    for (value, quantile) in values[6..11].iter_mut().zip(spread.quantiles) {
        *value = estimate(quantile, error);
    }
    for (value, share) in values[11..14].iter_mut().zip([spread.lower, spread.equal, spread.higher]) {
        *value = share_of(spread.pairs, share);
    }
    values[14] = spread.variance_ratio.map_or(Value::Missing, of_spread);
    values[15] = Value::Integer(spread.pairs);
    values
}

/// The same of an outcome: of a date that no replicate has in both variants there are the shares.
fn values_of_outcome(outcome: &OutcomeDifference) -> [Value<'static>; 16] {
    let mut values = values(outcome.difference.as_ref());
    if let (None, Some(order)) = (&outcome.difference, outcome.order) {
        for (value, share) in values[11..14].iter_mut().zip(order) {
            *value = Value::Number(share);
        }
        values[15] = Value::Integer(0);
    }
    values
}
