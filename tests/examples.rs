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
