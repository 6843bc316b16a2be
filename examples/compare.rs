//! Compares the variants of a scenario with the scenario itself, replicate by replicate.
//!
//! Replicate 17 of a variant has the random numbers of replicate 17 of the scenario (common random numbers), so their difference is
//! what the variant does, and its standard error is much smaller than that of two runs apart.
//!
//!     cargo run --release --example compare

use std::error::Error;

use repatria::{Run, Scenario};

/// Prints a line a variant.
pub fn main() -> Result<(), Box<dyn Error>> {
    let scenario: Scenario = include_str!("../scenarios/births_against_seats.toml").parse()?;
    let names: Vec<&str> = scenario.variants().iter().map(|variant| variant.name.as_str()).collect();
    let answer = Run::of(&scenario).replicates(64).compare(&names)?;
    println!("People held in the end, beside the scenario as it is:");
    for comparison in &answer.comparisons {
        let label = &answer.variants[comparison.variant].label;
        let held = comparison.held_at_end().ok_or("people are not recorded")?;
        let paired = held.spread.ok_or("one replicate has no spread")?;
        let [low, _, _, _, high] = paired.quantiles;
        println!("{label}: {:+.1} (standard error {:.1}; {low:+} to {high:+})", held.mean, paired.mc_se);
        if let Some(ratio) = paired.variance_ratio {
            println!("  runs apart would need {ratio:.0} times as many replicates");
        }
    }
    Ok(())
}
