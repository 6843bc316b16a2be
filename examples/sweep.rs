//! Runs a scenario at several values of one of its parameters and prints what comes of each.
//!
//! All runs have the same seed, so they share their random numbers and the curve is smooth with few replicates. Many parameters at
//! once, designs and sensitivities are what `repatria study` is for.
//!
//!     cargo run --release --example sweep

use std::error::Error;

use repatria::{Run, Scenario};

/// Prints a line a value.
pub fn main() -> Result<(), Box<dyn Error>> {
    let scenario: Scenario = include_str!("../scenarios/births_against_seats.toml").parse()?;
    println!("seats a month  held in the end");
    for seats in [0, 50, 70, 86, 100, 150] {
        let run = Run::of(&scenario).replicates(64).set("parameters.seats_a_month", seats.into());
        let held = run.simulate()?.held_at_end().ok_or("people are not recorded")?;
        println!("{seats:13}  {:15.0}", held.mean);
    }
    Ok(())
}
