//! Promise: what is said is so. Numbers in tables have the digits that their standard errors support and read as one type; those in
//! sentences are those of the tables, rounded as the guide says.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod digits;
mod inference;
mod said;
mod scenarios;
mod shocks;
mod stops;
mod tables;
mod totals;

use proptest::prelude::ProptestConfig;
use repatria::internals::engine::{Program, compile};
use repatria::internals::ensemble::answer::{Answer, BASELINE, VariantAnswer};
use repatria::internals::ensemble::shapley::{Shapley, VariantWithParts};
use repatria::internals::ensemble::{
    Ensemble, Machine, Mode, SimulateError, Track, Unwatched, expect_side_by_side,
};
use repatria::internals::output::sentences::of_answer;
use repatria::internals::random::lanes::InstructionLevel;
use repatria::internals::scenario::{ScenarioVariants, Source, load};
use std::sync::Arc;

/// So many cases, or as many times more as `PROPERTY_CASES` asks for.
fn cases(few: u32) -> ProptestConfig {
    let times = std::env::var("PROPERTY_CASES").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    ProptestConfig { cases: few * times, failure_persistence: None, ..ProptestConfig::default() }
}

/// What a scenario and its variants come to in so many replicates, or in expected mode where there are none.
fn answer(text: &str, replicates: u64) -> Answer {
    let source = Source::new("test.toml", text);
    let (scenario, _) = load(&source).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"));
    answer_of(&scenario, replicates)
}

fn answer_of(scenario: &ScenarioVariants, replicates: u64) -> Answer {
    let mut models = vec![(BASELINE, "Baseline", &scenario.baseline)];
    models.extend(scenario.variants.iter().map(|it| (it.name.as_str(), it.label.as_str(), &it.model)));
    let programs: Vec<Arc<Program>> = models.iter().map(|(_, _, model)| compile(model)).collect();
    let tracks: Vec<Track> =
        models.iter().zip(&programs).map(|((name, _, _), program)| Track::new(name, program)).collect();
    let machine = Machine { threads: 2, level: InstructionLevel::best() };
    let (summaries, comparisons) = match replicates {
        0 => expect_side_by_side(&tracks, 0, &Unwatched).unwrap(),
        _ => {
            let mut all = Ensemble::new(&tracks, 0, 1, machine).unwrap();
            all.add(0..replicates, &Unwatched).unwrap();
            (all.summaries(), all.comparisons())
        }
    };
    let of_parts = scenario.variants.iter().filter(|variant| variant.parts.len() > 1 && replicates > 0);
    let attributions = of_parts.map(|variant| {
        let labels: Vec<String> = variant.parts.iter().map(|part| part.label.clone()).collect();
        let build = |keep: &[bool]| -> Result<Arc<Program>, SimulateError> {
            Ok(compile(&scenario.with_parts(variant, keep).unwrap()))
        };
        let parted =
            VariantWithParts { name: &variant.name, label: &variant.label, parts: &labels, build: &build };
        let mut parts = Shapley::new(parted, 1, machine, Mode::MonteCarlo).unwrap();
        parts.add(0..replicates, &Unwatched).unwrap();
        parts.attribution()
    });
    let variants = models.iter().zip(summaries).map(|((name, label, model), summary)| VariantAnswer {
        name: (*name).into(),
        label: (*label).into(),
        model: (*model).clone(),
        summary,
    });
    Answer {
        variants: variants.collect(),
        against: 0,
        comparisons,
        attributions: attributions.collect(),
        precision: Vec::new(),
    }
}

/// What a scenario ends with.
fn sentences(text: &str, replicates: u64) -> Vec<String> {
    of_answer(&answer(text, replicates))
}

/// Whether some sentence has these words.
#[track_caller]
fn says(sentences: &[String], words: &str) {
    assert!(sentences.iter().any(|sentence| sentence.contains(words)), "{words} is not in {sentences:#?}");
}
