//! How many are held in the end, and how the largest place changes.

use std::cmp::Ordering;

use super::findings::RunFindings;
use super::words::{are, band_are, mean, middle, people};
use crate::ensemble::summary::{Stat, Where};

/// "In 9 of 10 replicates between 3,100 and 4,250 people are held in January 2031."
pub fn held(findings: &RunFindings<'_>) -> Option<String> {
    let stat = findings.everybody_at(Where::AllHeld)?.points.last()?;
    let who = match &stat.spread {
        Some(spread) => band_are(spread),
        None => format!("On average {}", are(&mean(stat))),
    };
    Some(format!("{who} held {}.", findings.end()))
}

/// "The median at River camp falls from 18,000 people in January 2025 to 16,400 in January 2031."
pub fn largest_place(findings: &RunFindings<'_>) -> Option<String> {
    let size = |ends: &(usize, Stat, Stat)| ends.1.mean.max(ends.2.mean);
    let (place, first, last) = (findings.model.held_places())
        .filter_map(|place| {
            let points = &findings.everybody_at(Where::Place(place))?.points;
            Some((place, *points.first()?, *points.last()?))
        })
        // The first of equals.
        .reduce(|largest, next| if size(&next) > size(&largest) { next } else { largest })?;
    let what = if findings.summary.expected { "mean" } else { "median" };
    let label = &findings.model.places[place].label;
    let (before, after) = (middle(&first), middle(&last));
    let (start, end) = (findings.start(), findings.end());
    if before == after {
        return Some(format!("The {what} at {label} is {} {start} and as many {end}.", people(&before)));
    }
    let verb = if value(&last).total_cmp(&value(&first)) == Ordering::Less { "falls" } else { "rises" };
    Some(format!("The {what} at {label} {verb} from {} {start} to {after} {end}.", people(&before)))
}

/// The number that [`middle`] rounds.
fn value(stat: &Stat) -> f64 {
    stat.spread.map_or(stat.mean, |spread| spread.quantiles[2])
}
