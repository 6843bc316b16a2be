//! The rates over time: leavers of the trailing twelve months per person-year.

use super::about;
use super::fan::{self, FanLine};
use super::format::list;
use super::groups;
use super::marks;
use super::mechanisms;
use super::palette;
use super::series::{self, Centre};
use super::spec::{AxisUnit, Panel, Spec};
use super::text;
use super::to_date::{FanDimension, by_dimension};
use crate::ensemble::summary::{GroupFilter, RateSeries, Stat, Summary};
use crate::model::Model;

/// The first months of a replicate are too short to be a rate: one flight in the first month is many a year.
const SHORTEST_YEARS: f64 = 0.25;

/// Of fewer person-years than this in twelve months there is no rate.
const LEAST_PERSON_YEARS: f64 = 1.0;

/// Nor of less than this part of the most that there ever are: a place that empties has ever higher rates of ever fewer people.
const LEAST_PART: f64 = 0.01;

/// One chart for each word that the scenario counts by.
pub fn specs(model: &Model, summary: &Summary) -> Vec<Spec> {
    groups::counted_words(model).into_iter().filter_map(|word| spec(model, summary, word)).collect()
}

fn spec(model: &Model, summary: &Summary, word: &str) -> Option<Spec> {
    let skipped = skipped_steps(model);
    let find = |filter: &GroupFilter| -> Option<Vec<Stat>> {
        let found = summary.rates.iter().find(|rate| rate.counts_as == word && rate.groups == *filter)?;
        let reported = with_a_denominator(model, summary, word, found);
        Some(reported.into_iter().skip(skipped).map(per_hundred).collect())
    };
    let total = FanLine { name: "Total".to_string(), points: find(&groups::everybody(model))?, value: 0 };
    // A rate of nobody, or of nothing that ever happens, is no picture.
    if !total.is_ever() {
        return None;
    }
    let centre = Centre::for_all([total.points.as_slice()]);
    let gaps = total.points.iter().any(|stat| !stat.mean.is_finite());
    let chosen = by_dimension(model, |dimension, value| {
        let points = find(&groups::only(model, dimension, value))?;
        Some(FanLine { name: groups::value_words(model, dimension, value), points, value })
    });
    let mut smaller = Vec::new();
    let (by, fan_lines) = match chosen {
        FanDimension::Dimension(dimension, fan_lines) => {
            let moved = |fan_line: &FanLine| {
                people_moved(model, summary, word, &groups::only(model, dimension, fan_line.value))
            };
            let (largest, rest) = largest(fan_lines, moved);
            smaller = rest;
            let name = text::inside(&text::words(&model.groups.dimensions[dimension].name));
            (format!(", by {name}"), largest)
        }
        _ => (String::new(), Vec::new()),
    };

    let things = text::inside(&groups::plural(word));
    let mut panel = Panel::new(String::new(), AxisUnit::Real, &format!("{things} per 100 person-years"));
    let days = &series::step_ends(&model.calendar)[skipped..];
    let mut notes = vec![format!(
        "Of the trailing twelve months (in the first year: since the start), per 100 person-years of those to whom {} applies.",
        text::inside(&text::words(word))
    )];
    if skipped > 0 {
        notes.push("The first three months are left out: too short to be a rate.".to_string());
    }
    if gaps {
        notes.push("Where there is no line, hardly anybody is there to leave: under one person-year in twelve months, or a hundredth of the most, or nobody in half of the replicates.".to_string());
    }
    notes.extend(fan::fill(&mut panel, days, &total, &fan_lines, centre));
    if !smaller.is_empty() {
        let names = list(&smaller, 8);
        notes.push(format!(
            "The groups with most {things}; in rates.csv, because rates of few people jump: {names}."
        ));
    }
    panel.marks = marks::of_mechanisms(model, &mechanisms::that_count_as(model, word));
    let title = format!("{} rate{by}", text::words(word));
    let spec = Spec::new(format!("{}_rate", groups::file_word(word)), title, &model.calendar)
        .subtitle(about::subtitle(model, summary, &centre.words(!fan_lines.is_empty())))
        .footer(about::footer(model, summary, notes, centre.spread()))
        .panels(vec![panel]);
    Some(spec)
}

/// The points of a rate, with gaps where its denominator is next to nothing: in at least half of the replicates there is nobody
/// at all, or on average there is less than a person-year, or than a hundredth of the most, in the trailing twelve months.
fn with_a_denominator(model: &Model, summary: &Summary, word: &str, rate: &RateSeries) -> Vec<Stat> {
    let counted = mechanisms::that_count_as(model, word);
    let moved = mechanisms::together(summary, &counted, &rate.groups, |flow| &flow.to_date);
    let year = (1.0 / model.calendar.step_years()).round() as usize;
    let person_years = |step: usize, stat: &Stat| {
        let moved = moved.as_ref()?;
        let before = step.checked_sub(year).map_or(0.0, |before| moved[before].mean);
        let moved = moved.get(step)?.mean - before;
        (stat.mean > 0.0).then(|| moved / stat.mean)
    };
    let all = || rate.points.iter().enumerate();
    let most = all().filter_map(|(step, stat)| person_years(step, stat)).fold(0.0, f64::max);
    let least = LEAST_PERSON_YEARS.max(LEAST_PART * most);
    let reported = |(step, stat): (usize, &Stat)| {
        let few = stat.spread.is_some_and(|spread| 2 * spread.replicates < summary.replicates);
        let little = person_years(step, stat).is_some_and(|years| years < least);
        if few || little { Stat { mean: f64::NAN, spread: None } } else { *stat }
    };
    all().map(reported).collect()
}

/// The lines of the groups that most people left, as many as can be told apart, and the names of the others.
fn largest(fan_lines: Vec<FanLine>, moved: impl Fn(&FanLine) -> f64) -> (Vec<FanLine>, Vec<String>) {
    let mut by_size: Vec<FanLine> = fan_lines;
    by_size.sort_by(|a, b| moved(b).total_cmp(&moved(a)));
    let rest = by_size.split_off(by_size.len().min(palette::MOST_LINES));
    // In the order of the file, as everywhere.
    by_size.sort_by_key(|fan_line| fan_line.value);
    (by_size, rest.into_iter().map(|fan_line| fan_line.name).collect())
}

/// How many people of a group have left by the end, on average.
fn people_moved(model: &Model, summary: &Summary, word: &str, groups: &GroupFilter) -> f64 {
    let counted = mechanisms::that_count_as(model, word);
    let to_date = mechanisms::together(summary, &counted, groups, |flow| &flow.to_date);
    to_date.and_then(|points| points.last().map(|stat| stat.mean)).unwrap_or(0.0)
}

/// How many steps are left out at the start; none where hardly any would remain.
fn skipped_steps(model: &Model) -> usize {
    let steps = model.calendar.steps() as usize;
    let skipped = (SHORTEST_YEARS / model.calendar.step_years() - 1e-6).ceil() as usize - 1;
    if skipped * 4 > steps { 0 } else { skipped }
}

fn per_hundred(stat: Stat) -> Stat {
    let spread = stat.spread.map(|mut spread| {
        spread.sd *= 100.0;
        spread.mc_se *= 100.0;
        spread.quantiles = spread.quantiles.map(|quantile| 100.0 * quantile);
        spread
    });
    Stat { mean: 100.0 * stat.mean, spread }
}
