//! Runs a scenario and prints how many people are held, month by month, with the band that nine of ten replicates are in.
//!
//!     cargo run --release --example run

use std::error::Error;

use repatria::{Run, Scenario, Where};

/// Prints a line a month.
pub fn main() -> Result<(), Box<dyn Error>> {
    let scenario: Scenario = include_str!("../scenarios/overcrowding_loop.toml").parse()?;
    let summary = Run::of(&scenario).replicates(64).simulate()?;
    let held = summary.everybody(Where::AllHeld).ok_or("people are not recorded")?;
    println!("{}: people held\n      date      mean   5 %      95 %", scenario.model().title);
    for (boundary, stat) in held.points.iter().enumerate() {
        let date = scenario.model().calendar.date(boundary as u32);
        let [low, _, _, _, high] = stat.spread.ok_or("one replicate has no band")?.quantiles;
        println!("{date}  {:8.1}  {low:5.0} to {high:5.0}", stat.mean);
    }
    Ok(())
}
