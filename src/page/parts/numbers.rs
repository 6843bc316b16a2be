//! Numbers of outcomes as the page has them: rounded by their standard errors, as sentences round them.

use crate::calendar::Calendar;
use crate::ensemble::comparison::Difference;
use crate::ensemble::summary::{OutcomeResult, OutcomeUnit, Stat, Summary};
use crate::model::Model;
use crate::output::chart::format::with_sign;
use crate::output::outcomes::date_after;
use crate::output::sentences::words::{ends, is_supported, percent_of, rough, significant};
use crate::page::words::Words;

/// What an outcome comes to in one variant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LevelWords {
    /// The mean, of a date the median.
    pub middle: String,
    /// From where to where nine in ten replicates lie; empty where there is no such band.
    pub band: String,
}

/// What a variant changes in an outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeWords {
    /// The mean difference, with its sign.
    pub difference: String,
    /// Its Monte Carlo standard error, behind a plus-minus sign; empty where there is none.
    pub error: String,
    /// Whether the error is as large as the difference.
    pub is_noise: bool,
}

/// What the numbers of a unit are multiplied by to be read.
fn times(unit: &OutcomeUnit) -> f64 {
    if matches!(unit, OutcomeUnit::Share | OutcomeUnit::Probability) { 100.0 } else { 1.0 }
}

/// The unit in which an outcome is told; of a date none.
pub fn unit_words<'a>(unit: &'a OutcomeUnit, words: &'a Words) -> &'a str {
    match unit {
        OutcomeUnit::Amount(unit) => unit,
        OutcomeUnit::Share => "%",
        OutcomeUnit::Date => words.say("outcomes.date"),
        OutcomeUnit::Probability => words.say("outcomes.probability"),
    }
}

/// The unit of differences of an outcome.
pub fn unit_of_change<'a>(unit: &'a OutcomeUnit, words: &'a Words) -> &'a str {
    match unit {
        OutcomeUnit::Amount(unit) => unit,
        OutcomeUnit::Share | OutcomeUnit::Probability => words.say("outcomes.points"),
        OutcomeUnit::Date => words.say("outcomes.months"),
    }
}

/// The Monte Carlo standard error of an outcome's mean, with its unit; `None` where there is none.
pub fn error_words(result: &OutcomeResult, words: &Words) -> Option<String> {
    let spread = result.stat?.spread?;
    let (unit, size) = (unit_of_change(&result.unit, words), times(&result.unit) * spread.mc_se);
    size.is_finite().then(|| format!("{} {unit}", words.number(&rough(size))))
}

/// What an outcome comes to.
pub fn level(model: &Model, summary: &Summary, result: &OutcomeResult, words: &Words) -> LevelWords {
    match (&result.unit, result.stat) {
        (OutcomeUnit::Date, stat) => date(model, summary, result, stat, words),
        (_, None) => LevelWords { middle: words.say("outcomes.none").into(), band: String::new() },
        (OutcomeUnit::Probability, Some(stat)) => LevelWords {
            middle: words.number(&percent_of(summary.replicates, stat.mean)),
            band: String::new(),
        },
        (unit, Some(stat)) => {
            let by = times(unit);
            let error = stat.spread.map_or(0.0, |spread| by * spread.mc_se);
            let band = stat.spread.filter(|spread| spread.replicates > 1).and_then(|spread| {
                let [low, .., high] = spread.quantiles.map(|quantile| by * quantile);
                ends(low, high, by * spread.mc_se)
            });
            LevelWords {
                middle: words.number(&significant(by * stat.mean, error)),
                band: band.map_or_else(String::new, |band| from_to(&band, words)),
            }
        }
    }
}

fn from_to([low, high]: &[String; 2], words: &Words) -> String {
    words.fill("outcomes.from_to", &[("low", &words.number(low)), ("high", &words.number(high))])
}

/// The date by which it has happened in half of the replicates, and the band of dates.
fn date(
    model: &Model,
    summary: &Summary,
    result: &OutcomeResult,
    stat: Option<Stat>,
    words: &Words,
) -> LevelWords {
    let calendar = &model.calendar;
    let never = || words.fill("outcomes.not_by", &[("date", &end(calendar, words))]);
    let said = |months: f64| match date_after(model, months) {
        Some(date) => words.date(date, calendar.unit()),
        None => never(),
    };
    let Some(stat) = stat else { return LevelWords { middle: never(), band: String::new() } };
    let Some(spread) = stat.spread.filter(|_| !summary.expected) else {
        return LevelWords { middle: said(stat.mean), band: String::new() };
    };
    let [low, _, median, _, high] = spread.quantiles;
    let band = if low == high || summary.replicates == 1 {
        String::new()
    } else {
        words.fill("outcomes.from_to", &[("low", &said(low)), ("high", &said(high))])
    };
    let missing = 1.0 - result.probability.unwrap_or(1.0);
    let band = match missing {
        missing if missing > 0.0 && !band.is_empty() => {
            let share = words.number(&percent_of(summary.replicates, missing));
            format!("{band}; {}", words.fill("outcomes.never_in", &[("share", &share)]))
        }
        _ => band,
    };
    LevelWords { middle: said(median), band }
}

fn end(calendar: &Calendar, words: &Words) -> String {
    words.date(calendar.end(), calendar.unit())
}

/// What a variant changes in an outcome.
pub fn change(unit: &OutcomeUnit, difference: Option<&Difference>, words: &Words) -> ChangeWords {
    let Some(difference) = difference else {
        return ChangeWords { difference: words.say("outcomes.none").into(), ..ChangeWords::default() };
    };
    let (mean, spread) = (times(unit) * difference.mean, difference.spread);
    let signed = |error: f64| with_sign(mean, significant(mean.abs(), error));
    match spread {
        None => ChangeWords { difference: words.number(&signed(0.0)), ..ChangeWords::default() },
        Some(spread) if spread.equal == 1.0 => {
            ChangeWords { difference: words.say("outcomes.same").into(), ..ChangeWords::default() }
        }
        Some(spread) => {
            let error = times(unit) * spread.mc_se;
            let known = error.is_finite() && error > 0.0;
            ChangeWords {
                difference: words.number(&signed(error)),
                error: if known { format!("±\u{a0}{}", words.number(&rough(error))) } else { String::new() },
                is_noise: !is_supported(mean, error),
            }
        }
    }
}
