//! What is asked: the outcomes.

use super::fields::subject;
use super::names::{places, spaced};
use super::telling::Telling;
use super::who::people;
use super::words::number;
use crate::model::{AmountTake, Beyond, LevelTake, MeasureTake, Outcome, OutcomeOf, PlaceId};
use crate::output::outcomes::time;
use crate::output::sentences::words::capital;
use crate::wording::list;

/// "Foreign children in the camp: how many third country children are at River camp in January 2031"
pub(super) fn of_outcome(telling: &Telling<'_>, outcome: &Outcome) -> String {
    let model = telling.model;
    let label = |id: usize| model.outcomes[id].label.as_str();
    let when = time(model, outcome);
    let what = match &outcome.of {
        OutcomeOf::People { at, who, take } => {
            level(telling, &format!("{} at {}", people(model, who), at_places(telling, at)), take, &when)
        }
        OutcomeOf::Flow { by, who, take } => {
            let labels: Vec<&str> = by.iter().map(|it| model.mover(*it).label).collect();
            let who = people(model, who);
            amount(&format!("{who} are counted in {}", list(&labels, labels.len())), "how many", take, &when)
        }
        OutcomeOf::Measure { subject: of, measure, take } => {
            let what = format!("the {} of {}", spaced(measure), subject(model, of));
            match take {
                Some(MeasureTake::Level(take)) => {
                    level(telling, &what, take, &when).replace("the number of the ", "the ")
                }
                Some(MeasureTake::Amount(AmountTake::FirstAbove(limit))) => {
                    format!("when {what} comes to more than {}", number(*limit))
                }
                Some(MeasureTake::Amount(_)) => format!("{what}{when}"),
                None => format!("{what} over the whole time"),
            }
        }
        OutcomeOf::Events { shock, take } => {
            amount(&format!("{} happens", model.shocks[*shock].label), "how often", take, &when)
        }
        OutcomeOf::Sum(all) => {
            let labels: Vec<&str> = all.iter().map(|id| label(*id)).collect();
            format!("the sum of {}", list(&labels, labels.len()))
        }
        OutcomeOf::Share { of, over } => format!("{} as a share of {}", label(*of), label(*over)),
    };
    let asks = outcome.is.map(|is| format!(", and whether that is {}", beyond(is))).unwrap_or_default();
    format!("{}: {what}{asks}", capital(&outcome.label))
}

/// The places, or all where people are held.
fn at_places(telling: &Telling<'_>, at: &[PlaceId]) -> String {
    let held: Vec<PlaceId> = telling.model.held_places().collect();
    if at == held && held.len() > 1 {
        "all places where people are held".into()
    } else {
        places(telling.model, at)
    }
}

fn level(telling: &Telling<'_>, what: &str, take: &LevelTake, when: &str) -> String {
    match take {
        LevelTake::At(_) | LevelTake::Mean | LevelTake::Max | LevelTake::Min => {
            format!("the number of {what}{when}")
        }
        LevelTake::PersonTime { unit } => {
            let unit = if *unit == 1.0 { "years" } else { "months" };
            format!("the {unit} spent by all {what} together{when}")
        }
        LevelTake::First(limit) => format!("when the number of {what} is first {}", beyond(*limit)),
        LevelTake::ShareOfTime(limit) => {
            let steps = telling.model.calendar.unit().name();
            format!("in which share of {steps}s the number of {what} is {}", beyond(*limit))
        }
    }
}

fn amount(what: &str, how: &str, take: &AmountTake, when: &str) -> String {
    match take {
        AmountTake::FirstAbove(limit) => {
            format!("when it is more than {} to date: {how} {what}", number(*limit))
        }
        AmountTake::Between(..) | AmountTake::Max => format!("{how} {what}{when}"),
    }
}

fn beyond(limit: Beyond) -> String {
    match limit {
        Beyond::Above(limit) => format!("above {}", number(limit)),
        Beyond::Below(limit) => format!("below {}", number(limit)),
    }
}
