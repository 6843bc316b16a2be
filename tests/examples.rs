//! Promise: the programs in `examples/` run, and the front page of the documentation names each.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

#[path = "../examples/compare.rs"]
mod compare;
#[path = "../examples/run.rs"]
mod run;
#[path = "../examples/sweep.rs"]
mod sweep;

#[test]
fn people_held_are_printed_with_their_band() {
    run::main().unwrap();
}

#[test]
fn variants_are_compared() {
    compare::main().unwrap();
}

#[test]
fn a_parameter_is_swept() {
    sweep::main().unwrap();
}

/// What the way in says is what the rooms behind it say.
#[test]
fn a_run_is_an_ensemble_of_its_programs() {
    use repatria::internals::{engine, ensemble};
    let text = include_str!("../scenarios/births_against_seats.toml");
    let scenario: repatria::Scenario = text.parse().unwrap();
    let run = repatria::Run::of(&scenario).seed(3).replicates(20);
    let answer = run.clone().threads(2).compare(&["seats_50"]).unwrap();
    let programs = [scenario.model(), &scenario.variants()[0].model].map(engine::compile);
    let alone = |program| ensemble::simulate(program, 3, 0..20, 1, &ensemble::Unwatched).unwrap();
    for (variant, program) in answer.variants.iter().zip(&programs) {
        assert_eq!(format!("{:?}", variant.summary), format!("{:?}", alone(program)));
    }
    // What a variant sets may be set from outside as well.
    let set = run.set("parameters.seats_a_month", 50.0).simulate().unwrap();
    assert_eq!(format!("{set:?}"), format!("{:?}", answer.variants[1].summary));
    assert!(run_of_nothing(&scenario).to_string().contains("no variant `nothing`"));
}

fn run_of_nothing(scenario: &repatria::Scenario) -> repatria::RunError {
    repatria::Run::of(scenario).compare(&["nothing"]).unwrap_err()
}

#[test]
fn every_example_is_on_the_front_page_and_tested() {
    let (front, tested) = (include_str!("../src/lib.rs"), include_str!("examples.rs"));
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for entry in fs_err::read_dir(folder).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let name = file.trim_end_matches(".rs");
        assert!(front.contains(&format!("`{name}` (")), "{file} is not on the front page");
        assert!(tested.contains(&format!("examples/{file}")), "{file} is not tested");
    }
}
