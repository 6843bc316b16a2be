//! A scenario, topic by topic.

use super::telling::Telling;
use super::topic::Topic;
use super::{
    ageing, arrivals, births, corrections, costs, moves, observed, outcomes, parameters, places, policies,
    programmes, regimes, shocks, stays, variant_changes,
};
use crate::model::{Model, Window};
use crate::output::format::duration;
use crate::output::full_stops::{full_stop, one_stop};
use crate::output::sentences::words::capital;

/// What is in a scenario, in words that a student reads. Topics of which there is nothing are left out.
pub fn of_model(model: &Model) -> Vec<Topic> {
    topics(&Telling::of(model))
}

/// The same with the values of `telling`.
pub(super) fn topics(telling: &Telling<'_>) -> Vec<Topic> {
    let topics = [
        ("Who is where", places::sentences(telling)),
        ("Who comes", of_all(&telling.model.arrivals, |one| arrivals::of_arrival(telling, one))),
        ("Births and ageing", births_and_ageing(telling)),
        ("Who leaves, and how", leaving(telling)),
        (
            "Flights and other programmes",
            of_all(&telling.model.programmes, |one| programmes::of_programme(telling, one)),
        ),
        (
            "Shocks",
            (0..telling.model.shocks.len()).flat_map(|index| shocks::of_shock(telling, index)).collect(),
        ),
        ("What changes on dates", dated(telling)),
        (
            "What switches at random",
            (0..telling.model.regimes.len()).flat_map(|index| regimes::of_regime(telling, index)).collect(),
        ),
        (
            "Uncertain numbers",
            (0..telling.model.parameters.len())
                .flat_map(|index| parameters::of_parameter(telling, index))
                .collect(),
        ),
        ("What it costs", telling.model.costs.iter().flat_map(|all| costs::of_costs(telling, all)).collect()),
        ("What is asked", asked(telling)),
    ];
    let told = topics.into_iter().filter(|(_, sentences)| !sentences.is_empty());
    told.map(|(title, sentences)| Topic {
        title,
        sentences: sentences.iter().map(|words| sentence(words)).collect(),
    })
    .collect()
}

/// Words as a sentence.
pub(super) fn sentence(words: &str) -> String {
    one_stop(&full_stop(&capital(words.trim())))
}

fn of_all<T>(all: &[T], tell: impl Fn(&T) -> Vec<String>) -> Vec<String> {
    all.iter().flat_map(tell).collect()
}

fn births_and_ageing(telling: &Telling<'_>) -> Vec<String> {
    let births = telling.model.births.iter().map(|one| births::of_birth(telling, one));
    births.chain(of_all(&telling.model.ageing, |one| ageing::of_ageing(telling, one))).collect()
}

fn leaving(telling: &Telling<'_>) -> Vec<String> {
    let moves = telling.model.moves.iter().map(|one| moves::of_move(telling, one));
    moves.chain(of_all(&telling.model.stays, |one| stays::of_stay(telling, one))).collect()
}

/// Policies and recounts, and what a variant changes on dates.
fn dated(telling: &Telling<'_>) -> Vec<String> {
    let model = telling.model;
    let mut sentences: Vec<String> =
        (0..model.policies.len()).flat_map(|index| policies::of_policy(telling, index)).collect();
    let throughout = Window { from: 0, until: None, ramp: 0.0 };
    sentences.extend(variant_changes::sentences(telling, |window| *window != throughout));
    sentences.extend(model.corrections.iter().map(|one| corrections::of_correction(telling, one)));
    sentences
}

fn asked(telling: &Telling<'_>) -> Vec<String> {
    let model = telling.model;
    let calendar = &model.calendar;
    let mut sentences = vec![format!(
        "The scenario runs for {} from {}, in steps of a {}",
        duration(calendar.steps(), calendar.unit()),
        telling.date(0),
        calendar.unit().name()
    )];
    sentences.extend(model.outcomes.iter().map(|outcome| outcomes::of_outcome(telling, outcome)));
    sentences.extend(model.observed.iter().flat_map(|one| observed::of_observed(model, one)));
    sentences
}
