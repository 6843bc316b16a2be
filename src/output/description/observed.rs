//! What was observed.

use jiff::civil::Date;

use crate::model::{Model, Observed};
use crate::output::format::{count, when};
use crate::units::TimeUnit;
use crate::wording::list;

/// "Compared with 5 observed numbers of people at Camp from July 2022 to January 2025; source: ..."
pub(super) fn of_observed(model: &Model, observed: &Observed) -> Vec<String> {
    let mut places: Vec<&str> = Vec::new();
    for point in &observed.points {
        let label = point
            .place
            .map_or("all places where people are held", |place| model.places[place].label.as_str());
        if !places.contains(&label) {
            places.push(label);
        }
    }
    let dates = observed.points.iter().map(|point| point.date);
    let when = dates.clone().min().zip(dates.max()).map(|(first, last)| match first == last {
        true => format!(" {}", day(first)),
        false => format!(" from {} to {}", bare(first), bare(last)),
    });
    let many = count(observed.points.len() as u64, "observed number");
    let at = list(&places, places.len());
    let source = observed.source.as_ref().map(|source| format!("; source: {source}")).unwrap_or_default();
    let at = if at.is_empty() { at } else { format!(" of people at {at}") };
    vec![format!("Results are compared with {many}{at}{}{source}", when.unwrap_or_default())]
}

/// "on 1 July 2022"
fn day(date: Date) -> String {
    when(date, TimeUnit::Day)
}

/// "1 July 2022"
fn bare(date: Date) -> String {
    day(date).trim_start_matches("on ").to_string()
}
