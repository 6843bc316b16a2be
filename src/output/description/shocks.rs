//! Shocks: how often, how hard, whom, and what they set off.

use super::fields::effects;
use super::names::places;
use super::rate::{multipliers, of_events};
use super::table::{parts, render};
use super::targets::go;
use super::telling::Telling;
use super::who::people;
use super::words::percent;
use crate::model::{Hits, Layer, Shock, ShockSeverity};
use crate::wording::list;

/// More dates than this are counted instead of listed.
const MOST_DATES: usize = 6;

/// Sentences about the shock at `index`.
pub(super) fn of_shock(telling: &Telling<'_>, index: usize) -> Vec<String> {
    let model = telling.model;
    let shock = &model.shocks[index];
    let go = go(telling, &shock.at, &shock.targets, "leave");
    let who = people(model, &shock.who);
    let (share, spread) = severity(telling, &shock.severity);
    let mut sentences = vec![format!(
        "{}: {}; it takes {share} of the {who} at {}{spread}, who {go}",
        shock.label,
        when(telling, shock),
        places(model, &shock.at)
    )];
    sentences.extend(hits(telling, shock));
    sentences.extend(aftermath(telling, index));
    sentences
}

fn when(telling: &Telling<'_>, shock: &Shock) -> String {
    let mut words: Vec<String> =
        shock.rate.iter().map(|rate| format!("at random, {}", of_events(telling, rate, "event"))).collect();
    let dates: Vec<String> = shock.on.iter().map(|step| telling.on(*step)).collect();
    match dates.len() {
        0 => {}
        few if few <= MOST_DATES => words.push(list(&dates, few)),
        many => words.push(format!("on {many} dates from {}", telling.date(shock.on[0]))),
    }
    if words.is_empty() { "never".into() } else { words.join(" and ") }
}

/// The share that it takes, and how that differs.
fn severity(telling: &Telling<'_>, severity: &ShockSeverity) -> (String, String) {
    match severity {
        ShockSeverity::Fixed(share) => {
            let share = render(telling, &parts(telling, share, &[]), &percent, &|text| text.to_string());
            (share, String::new())
        }
        ShockSeverity::Beta { mean, sd, times } => {
            let spread = telling.told(*sd, percent);
            let times: Vec<String> = times
                .iter()
                .filter_map(|table| multipliers(telling, table))
                .map(|words| format!(", {words}"))
                .collect();
            (telling.told(*mean, percent), format!(" (standard deviation {spread}{})", times.concat()))
        }
    }
}

/// Which of several places it meets.
fn hits(telling: &Telling<'_>, shock: &Shock) -> Option<String> {
    if shock.at.len() < 2 {
        return None;
    }
    let label = &shock.label;
    let share = if shock.same_share { "the same share of each" } else { "a share of its own of each" };
    Some(match shock.hits {
        Hits::All => format!("{label}: it meets all of these places at once, and takes {share}"),
        Hits::One => format!("{label}: it meets one of these places, each with the same chance"),
        Hits::Each(chance) => {
            let chance = telling.told(chance, percent);
            format!("{label}: it meets each of these places with a chance of {chance}, and takes {share}")
        }
    })
}

/// "For 3 months after Mass escape: occasions of Flights home times 0"
fn aftermath(telling: &Telling<'_>, index: usize) -> Vec<String> {
    let model = telling.model;
    let lasting = |layer: &Layer| match layer {
        Layer::Aftermath { shock, lasts } if *shock == index => Some(*lasts),
        _ => None,
    };
    let mut all: Vec<u32> = model.changes.iter().filter_map(|change| lasting(&change.layer)).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter()
        .map(|lasts| {
            let changes = model.changes.iter().filter(|change| lasting(&change.layer) == Some(lasts));
            let effects = effects(telling, changes);
            format!(
                "For {} after {}: {}",
                telling.length(f64::from(lasts)),
                model.shocks[index].label,
                effects.join("; ")
            )
        })
        .collect()
}
