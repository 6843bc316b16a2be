//! What tables, sentences and charts of outcomes share.

use jiff::civil::Date;

use super::format::when;
use crate::model::{AmountTake, LevelTake, MeasureTake, Model, Outcome, OutcomeOf};

/// The boundary so many months after the start, a month being a twelfth of a year; `None` of what is no number.
pub fn date_after(model: &Model, months: f64) -> Option<Date> {
    let boundary = months / 12.0 / model.calendar.step_years();
    boundary.is_finite().then(|| model.calendar.date((boundary.round() as u32).min(model.calendar.steps())))
}

/// " in January 2031", " by January 2031", " from January 2027 to January 2028", or what else the number is of.
pub fn time(model: &Model, outcome: &Outcome) -> String {
    let calendar = &model.calendar;
    let at = |boundary: u32| when(calendar.date(boundary), calendar.unit());
    let date = |boundary: u32| {
        let words = at(boundary);
        words.split_once(' ').map_or(words.clone(), |(_, date)| date.to_string())
    };
    let level = |take: &LevelTake| match take {
        LevelTake::At(boundary) => format!(" {}", at(*boundary)),
        LevelTake::Mean => " over time".into(),
        LevelTake::Max => " at the highest".into(),
        LevelTake::Min => " at the lowest".into(),
        LevelTake::ShareOfTime(_) => " of the time".into(),
        LevelTake::PersonTime { .. } => format!(" by {}", date(calendar.steps())),
        LevelTake::First(_) => String::new(),
    };
    let amount = |take: &AmountTake| match take {
        AmountTake::Between(0, until) => format!(" by {}", date(*until)),
        AmountTake::Between(from, until) => format!(" from {} to {}", date(*from), date(*until)),
        AmountTake::Max => format!(" in the highest {}", calendar.unit().name()),
        AmountTake::FirstAbove(_) => String::new(),
    };
    match &outcome.of {
        OutcomeOf::People { take, .. } => level(take),
        OutcomeOf::Flow { take, .. } | OutcomeOf::Events { take, .. } => amount(take),
        OutcomeOf::Measure { take: Some(MeasureTake::Level(take)), .. } => level(take),
        OutcomeOf::Measure { take: Some(MeasureTake::Amount(take)), .. } => amount(take),
        OutcomeOf::Measure { take: None, .. } | OutcomeOf::Sum(_) | OutcomeOf::Share { .. } => String::new(),
    }
}
