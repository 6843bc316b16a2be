//! The language reads as it is meant to: every construct, with what it becomes in the model.

use repatria::cli::render::render;
use repatria::model::{Model, *};
use repatria::scenario::{Diagnostic, Source, load};
use repatria::units::{RateUnit, TimeUnit};

/// The model of a text that is good, with its warnings.
fn good(text: &str) -> (Model, Vec<Diagnostic>) {
    let source = Source::new("test.toml", text);
    load(&source).unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)))
}

fn example() -> (Model, Vec<Diagnostic>) {
    good(include_str!("good/two_prisons_and_a_camp.toml"))
}

#[test]
fn the_example_is_read() {
    let (model, warnings) = example();
    for w in &warnings {
        println!("{}", w.message);
    }
    assert_eq!(model.cells(), 45);
}
