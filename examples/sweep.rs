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
    let scenario: Scenario = include_str!("../scenarios/overcrowding_loop.toml").parse()?;
    println!("arrests  held in the end");
    for arrests in [0.7, 0.85, 1.0, 1.15] {
        let run = Run::of(&scenario).replicates(64).set("parameters.arrests", arrests);
        let held = run.simulate()?.held_at_end().ok_or("people are not recorded")?;
        println!("{arrests:7}  {:.0}", held.mean);
    }
    Ok(())
}
