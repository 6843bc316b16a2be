//! Lengths of stay, and what changes them.

use super::names::{any_of, places};
use super::start::at_start;
use super::targets::go;
use super::telling::Telling;
use super::who::people;
use super::words::{number, percent, span};
use crate::model::{Durations, Length, LengthSpread, Span, Stay, StayChange, StayEffect};
use crate::wording::list;

/// Tables of more lengths than this are told from the shortest to the longest.
const MOST_LENGTHS: usize = 6;

/// Sentences about one stay.
pub(super) fn of_stay(telling: &Telling<'_>, stay: &Stay) -> Vec<String> {
    let model = telling.model;
    let go = go(telling, &stay.at, &stay.targets, "leave");
    let minimum = stay.minimum.as_ref().map(|minimum| format!(", at least {}", span(telling, minimum)));
    vec![
        format!(
            "{}: {} at {} stay {}{}; then they {go}",
            stay.label,
            people(model, &stay.who),
            places(model, &stay.at),
            length(telling, &stay.length),
            minimum.unwrap_or_default()
        ),
        at_start(telling, &stay.label, &stay.at_start),
    ]
}

/// "for 9 months on average, with a gamma distribution of shape 3"
pub(super) fn length(telling: &Telling<'_>, length: &Length) -> String {
    match length {
        Length::Fixed(time) => format!("for {}", span(telling, time)),
        Length::Exponential(mean) => {
            format!("for {} on average, with an exponential distribution", span(telling, mean))
        }
        Length::Spread(family, LengthSpread::Shape(mean, shape)) => format!(
            "for {} on average, with a {} distribution of shape {}",
            span(telling, mean),
            family.name(),
            telling.told(*shape, number)
        ),
        Length::Spread(family, LengthSpread::Cv(mean, cv)) => format!(
            "for {} on average, with a {} distribution whose standard deviation is {}",
            span(telling, mean),
            family.name(),
            telling.told(*cv, |cv| format!("{} of the mean", percent(cv)))
        ),
        Length::Spread(family, LengthSpread::Quantiles(quantiles)) => {
            let quantile = |(portion, time): &(f64, Span)| {
                format!("{} less than {}", percent(*portion), span(telling, time))
            };
            let words = quantiles.each_ref().map(quantile);
            format!("with a {} distribution: {}", family.name(), list(&words, 2))
        }
        Length::Table(table) => durations(telling, table),
    }
}

fn durations(telling: &Telling<'_>, table: &Durations) -> String {
    let never = table.never.map_or(0.0, |never| telling.value(never));
    let whole = never + table.portions.iter().map(|(_, portion)| telling.value(*portion)).sum::<f64>();
    let whole = if whole > 0.0 { whole } else { 1.0 };
    let forever = (never > 0.0).then(|| format!("for ever ({})", percent(never / whole)));
    if table.portions.len() > MOST_LENGTHS {
        let lengths = table.portions.iter().map(|(steps, _)| *steps);
        let [least, most] =
            [lengths.clone().min(), lengths.max()].map(|steps| telling.length(f64::from(steps.unwrap_or(0))));
        let forever = forever.map(|forever| format!(", or {forever}")).unwrap_or_default();
        return format!("from {least} to {most} by a table of {} lengths{forever}", table.portions.len());
    }
    let mut words: Vec<String> = table
        .portions
        .iter()
        .map(|(steps, portion)| {
            let portion = percent(telling.value(*portion) / whole);
            format!("for {} ({portion})", telling.length(f64::from(*steps)))
        })
        .collect();
    words.extend(forever);
    any_of(&words)
}

/// What changes a stay: "Sentence is half as long for 75 % of those who enter from January 2027 on"; its dates come before.
pub(super) fn change(telling: &Telling<'_>, stay: &Stay, change: &StayChange) -> String {
    let effect = match &change.effect {
        StayEffect::Length(to) => format!("people stay {}", length(telling, to)),
        StayEffect::Minimum(minimum) => format!("the least stay is {}", span(telling, minimum)),
        StayEffect::Times(times) => format!("the length of stay times {}", telling.told(*times, number)),
    };
    let share = change.share.map(|share| telling.told(share, percent));
    let whom = if change.everyone { "everybody who is there" } else { "those who enter" };
    let whom = share.map_or_else(|| whom.to_string(), |share| format!("{share} of {whom}"));
    format!("{}: {effect} for {whom}", stay.label)
}
