//! `repatria study status`: what is done and what is missing.

use std::io::Write;

use super::args::StatusArgs;
use super::open::open;
use crate::cli::failure::Failure;
use crate::cli::say::{out, path_word, say};
use crate::output::format::thousands;

/// Says how far a study is.
pub fn status(args: &StatusArgs) -> Result<(), Failure> {
    let (store, plan, study) = open(&args.folder, "status")?;
    let missing: Vec<u64> =
        plan.units(&study).filter(|unit| !store.has(unit)).map(|unit| unit.index).collect();
    let mut out = out();
    if let Some(count) = args.missing_shards {
        // Shard i of n has the units whose position leaves i - 1 when divided by n.
        let mut shards: Vec<u64> = missing.iter().map(|unit| unit % count + 1).collect();
        shards.sort_unstable();
        shards.dedup();
        let words: Vec<String> = shards.iter().map(u64::to_string).collect();
        return Ok(writeln!(out, "{}", words.join(","))?);
    }
    let (total, left) = (plan.unit_count(), missing.len() as u64);
    writeln!(out, "{}", plan.title)?;
    writeln!(out, "{} of {} units are done", thousands((total - left) as f64), thousands(total as f64))?;
    if left == 0 {
        say(format!("To merge it:  repatria study merge {}", path_word(&args.folder)));
    } else {
        if let Some(seconds) = plan.seconds_a_point {
            let hours = seconds * (left * plan.points_a_unit) as f64 / 3600.0;
            writeln!(out, "about {hours:.2} processor-hours are left")?;
        }
        say(format!("To go on:  repatria study run {}", path_word(&args.folder)));
    }
    Ok(())
}
