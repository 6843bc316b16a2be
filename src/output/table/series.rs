//! What the tables of series have in common: the columns of steps, groups, places and statistics, and their values.

use std::collections::BTreeSet;
use std::io;

use super::{ALL_VALUES, Column, ColumnKind, RowSink, Value};
use crate::ensemble::comparison::SeriesName;
use crate::ensemble::summary::{GroupFilter, Stat};
use crate::model::Model;
use crate::output::format::{error_of_share, six_digits, supported};

/// What every table says of the digits of a mean and of quantiles, after the name of the column of the standard error.
pub const DIGITS: &str =
    "to a thousandth of its first digit (ones at least), and with all digits where it is 0 or empty";

/// What a statistic says about its measure: the ending of a column's name and what it means. After the mean there is
/// none in expected mode.
const STATISTICS: [(&str, &str); 8] = [
    ("mean", "mean over the replicates; in expected mode the expected value"),
    ("sd", "standard deviation between the replicates; six digits"),
    ("mc_se", "Monte Carlo standard error of the mean: sd / sqrt(replicates); six digits"),
    ("p05", "the smallest value that at least 5 % of the replicates do not exceed"),
    ("p25", "the smallest value that at least 25 % of the replicates do not exceed"),
    ("p50", "median: the smallest value that at least 50 % of the replicates do not exceed"),
    ("p75", "the smallest value that at least 75 % of the replicates do not exceed"),
    ("p95", "the smallest value that at least 95 % of the replicates do not exceed"),
];

/// The column `step`, for tables that start with step `first`.
pub fn step_column(first: u32) -> Column {
    let start = if first == 0 { " 0 is the start of the scenario." } else { "" };
    Column::new(
        "step",
        ColumnKind::Integer,
        format!(
            "Number of the step, the same in every table: step k is the one that ends at boundary k.{start}"
        ),
    )
    .key()
}

/// The column `date` of tables that speak of the end of a step.
pub fn date_column(description: &str) -> Column {
    Column::new("date", ColumnKind::Date, description).required()
}

/// One column for each dimension.
pub fn group_columns(model: &Model, whose: &str) -> impl Iterator<Item = Column> {
    model.groups.dimensions.iter().map(move |dimension| {
        let words = dimension.values.iter().map(String::as_str).chain([ALL_VALUES]);
        let labels: Vec<String> = (0..dimension.values.len())
            .filter_map(|value| Some(format!("{} is {}", dimension.values[value], dimension.label(value)?)))
            .collect();
        let labels =
            if labels.is_empty() { String::new() } else { format!(" For people: {}.", labels.join(", ")) };
        let description =
            format!("{whose} on the dimension {}; \"all\" where all are counted.{labels}", dimension.name);
        Column::new(dimension.name.as_str(), ColumnKind::Text, description).words(words).key()
    })
}

/// The columns of a statistic of `what`: `mean` to `p95`, each name after `prefix`.
pub fn stat_columns<'a>(
    prefix: &'a str,
    what: &'a str,
    unit: &'static str,
) -> impl Iterator<Item = Column> + 'a {
    STATISTICS.iter().map(move |(ending, meaning)| {
        let digits = match *ending {
            "sd" | "mc_se" => String::new(),
            _ => format!(" Rounded by {prefix}mc_se: {DIGITS}."),
        };
        Column::new(format!("{prefix}{ending}"), ColumnKind::Number, format!("{what}: {meaning}.{digits}"))
            .unit(unit)
            .not_negative()
    })
}

/// The columns of a statistic that is over some of the replicates: those of [`stat_columns`] without a prefix, and over how many it is.
pub fn counted_columns<'a>(
    what: &'a str,
    unit: &'static str,
    replicates: &'a str,
) -> impl Iterator<Item = Column> + 'a {
    let replicates = Column::new("replicates_with_value", ColumnKind::Integer, replicates).unit("replicates");
    stat_columns("", what, unit).chain([replicates])
}

/// The value of a series on each dimension.
pub fn group_values<'a>(model: &'a Model, groups: &GroupFilter) -> impl Iterator<Item = Value<'a>> {
    model.groups.dimensions.iter().zip(groups).map(|(dimension, value)| {
        Value::Text(value.map_or(ALL_VALUES, |value| dimension.values[value].as_str()))
    })
}

/// The values of [`stat_columns`]: as many, missing where there is none.
pub fn stat_values(stat: Option<&Stat>) -> [Value<'static>; 8] {
    let mut values = [Value::Missing; 8];
    let Some(stat) = stat.filter(|stat| replicates(stat) != Some(0)) else { return values };
    let error = stat.spread.map_or(0.0, |spread| spread.mc_se);
    values[0] = estimate(stat.mean, error);
    if let Some(spread) = &stat.spread {
        values[1] = of_spread(spread.sd);
        values[2] = of_spread(spread.mc_se);
        for (value, quantile) in values[3..].iter_mut().zip(spread.quantiles) {
            *value = estimate(quantile, error);
        }
    }
    values
}

/// The values of [`counted_columns`].
pub fn counted_values(stat: Option<&Stat>) -> [Value<'static>; 9] {
    let [mean, sd, mc_se, p05, p25, p50, p75, p95] = stat_values(stat);
    [mean, sd, mc_se, p05, p25, p50, p75, p95, replicates_value(stat)]
}

/// The values that say which series a row is of: kind, subject, measure, where from and where to, and its group on each of so many
/// dimensions; missing where it is not about groups.
pub fn name_values(name: &SeriesName, dimensions: usize) -> impl Iterator<Item = Value<'_>> {
    let groups = (0..dimensions).map(|dimension| match name.groups.get(dimension) {
        Some(value) => Value::Text(value.as_deref().unwrap_or(ALL_VALUES)),
        None => Value::Missing,
    });
    let [measure, from, to] =
        [&name.measure, &name.from, &name.to].map(|text| text.as_deref().map_or(Value::Missing, Value::Text));
    [Value::Text(name.kind.word()), Value::Text(&name.subject), measure, from, to].into_iter().chain(groups)
}

/// Hands over a row for each step from `first` on and each of some series: the date and number of the step, and what `values` adds
/// of the series, whose first point is that of the first step.
///
/// # Errors
/// Those of the sink.
pub fn rows_by_step<'v, S>(
    model: &Model,
    first: u32,
    series: &'v [S],
    sink: &mut RowSink<'_>,
    values: impl Fn(&mut Vec<Value<'v>>, &'v S, usize),
) -> io::Result<()> {
    let mut row = Vec::new();
    for step in first..=model.calendar.steps() {
        for series in series {
            row.clear();
            row.extend([Value::Date(model.calendar.date(step)), Value::Integer(step.into())]);
            values(&mut row, series, (step - first) as usize);
            sink(&row)?;
        }
    }
    Ok(())
}

/// A number with the digits that its standard error supports.
pub fn estimate(number: f64, standard_error: f64) -> Value<'static> {
    Value::Number(supported(number, standard_error))
}

/// The value of a standard error, a standard deviation or a ratio of such.
pub fn of_spread(number: f64) -> Value<'static> {
    Value::Number(six_digits(number))
}

/// A share of so many replicates.
pub fn share_of(replicates: u64, share: f64) -> Value<'static> {
    estimate(share, error_of_share(share, replicates))
}

/// The value of a column that says how many replicates a statistic is over.
pub fn replicates_value(stat: Option<&Stat>) -> Value<'static> {
    stat.and_then(replicates).map_or(Value::Missing, Value::Integer)
}

fn replicates(stat: &Stat) -> Option<u64> {
    stat.spread.map(|spread| spread.replicates)
}

/// The first series of each key: without dimensions a cell is its place, and a row stands only once.
pub fn distinct<S, K: Ord>(series: &[S], key: impl Fn(&S) -> K) -> Vec<&S> {
    let mut seen = BTreeSet::new();
    series.iter().filter(|series| seen.insert(key(series))).collect()
}
