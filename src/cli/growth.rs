//! Growth that never ends, for `repatria check`: found from the first twelve months, which are all that it simulates.

use crate::engine::ledger::MOST_PEOPLE;
use crate::ensemble::answer::BASELINE;
use crate::ensemble::summary::{FlowSeries, Summary};
use crate::model::{Mechanism, Model};
use crate::output::format::decimals;
use crate::scenario::Code;
use crate::scenario::{Diagnostic, ScenarioVariants};

/// Births that grow by less than this from a quarter to the next follow the people who are there, and do not run away.
const FASTER: f64 = 1.02;

/// A warning where births multiply, so that at the pace of the first twelve months a run would be stopped before its end. Those that only
/// follow people who come from outside grow too, but by an ever smaller factor.
pub fn growth(
    scenario: &ScenarioVariants,
    name: &str,
    model: &Model,
    summary: &Summary,
) -> Option<Diagnostic> {
    let calendar = &model.calendar;
    let year = calendar.steps_in(1.0).min(calendar.steps()) as usize;
    let births = |flow: &&FlowSeries| {
        matches!(flow.mechanism, Mechanism::Birth(_)) && flow.groups.iter().all(Option::is_none)
    };
    let mut running: Vec<(&FlowSeries, f64, f64)> = Vec::new();
    for flow in summary.flows.iter().filter(births) {
        let Some([_, second, third, fourth]) = quarters(flow, year) else { continue };
        let (before, now) = (third / second, fourth / third);
        // Not a number where there were none.
        if now > FASTER && now > 0.98 * before {
            let left = f64::from(calendar.steps()) / (year as f64 / 4.0) - 4.0;
            let more = fourth * now * (libm::pow(now, left) - 1.0) / (now - 1.0);
            running.push((flow, fourth, more));
        }
    }
    let (flow, lately, _) = running
        .into_iter()
        .filter(|(.., more)| *more > MOST_PEOPLE)
        .max_by(|one, other| one.1.total_cmp(&other.1))?;
    let address = model.address(flow.mechanism);
    let variant = if name == BASELINE { String::new() } else { format!(" in the variant `{name}`") };
    let written =
        scenario.written_at(&address).map_or_else(String::new, |place| format!(", written at {place}"));
    let message = format!(
        "births multiply{variant}: `{address}` brings {} people in the last quarter of the first year and ever more, by the end more than a \
         billion, and a run is stopped there",
        decimals(lately, 0)
    );
    Some(
        Diagnostic::warning(Code::EndlessGrowth, message)
            .help(format!("lower the rate of `{address}`{written}, or shorten the horizon")),
    )
}

/// What a flow brings in each quarter of the first so many steps.
fn quarters(flow: &FlowSeries, steps: usize) -> Option<[f64; 4]> {
    let to = |quarter: usize| match (quarter * steps / 4).checked_sub(1) {
        None => Some(0.0),
        Some(step) => Some(flow.to_date.get(step)?.mean),
    };
    // Of years there are none.
    if steps < 4 {
        return None;
    }
    Some([to(1)? - to(0)?, to(2)? - to(1)?, to(3)? - to(2)?, to(4)? - to(3)?])
}
