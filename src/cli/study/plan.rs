//! `repatria study plan`: what a study takes, and a folder in which it can be run.

use super::args::PlanArgs;
use super::calibrate::{Calibration, calibrate};
use super::load::load;
use super::memory::{can_be_merged, fits};
use crate::cli::failure::Failure;
use crate::cli::say::{path_word, say};
use crate::cli::stop::{leave_when_asked, stop_requested};
use crate::output::format::{Rounding, count, first_digit, round_to, thousands};
use crate::study::plan::StudyPlan;
use crate::study::store::Store;
use crate::study::{RandomNumbers, Study};

/// A unit takes about so long on one thread.
const UNIT_SECONDS: f64 = 120.0;

/// A study is cut into so many units at least, as far as it has points: many processes may share it.
const FEWEST_UNITS: u64 = 16;

/// A unit is held in memory until it is written, and is not to be larger than this.
const LARGEST_UNIT: u64 = 32 << 20;

/// Plans a study.
pub fn plan(args: &PlanArgs) -> Result<(), Failure> {
    let leave = leave_when_asked()?;
    let (inputs, study) = load(&args.study)?;
    if !args.quiet {
        say(what(&study));
    }
    // One point at a time is tried here, and what can be run on one thread may be run elsewhere.
    fits(&study, 1, args.memory)?;
    can_be_merged(&study, args.memory)?;
    let calibration = match args.unit_points {
        Some(_) if args.quiet => None,
        _ => Some(calibrate(&study)?),
    };
    if stop_requested() {
        return Err(Failure::Interrupted);
    }
    let points = args.unit_points.or_else(|| calibration.map(|found| points_a_unit(&study, found)));
    let seconds = calibration.map(|found| found.seconds);
    let plan = StudyPlan::new(&study, &inputs, points.unwrap_or(1), seconds);
    if !args.quiet {
        say(work(&plan, calibration));
    }
    let Some(folder) = &args.out else {
        if !args.quiet {
            say("Nothing was written: --out DIR makes a folder in which it can be run.");
        }
        return Ok(());
    };
    drop(leave);
    if stop_requested() {
        return Err(Failure::Interrupted);
    }
    let (_, kept) = Store::create(folder, &plan, &inputs, args.replan)?;
    if !args.quiet {
        let folder = path_word(folder);
        let was_there = kept.points_a_unit != plan.points_a_unit;
        let there = if was_there { "It was planned already, and stays so. " } else { "" };
        say(format!("{there}To run it:  repatria study run {folder}"));
        say(format!("On a cluster:  repatria study script {folder} --engine slurm"));
    }
    Ok(())
}

/// How many points a unit should have.
fn points_a_unit(study: &Study, found: Calibration) -> u64 {
    let in_time = (UNIT_SECONDS / found.seconds.max(1e-9)).ceil() as u64;
    let in_memory = LARGEST_UNIT / found.bytes.max(1);
    in_time.min(in_memory).min(study.points().div_ceil(FEWEST_UNITS)).max(1)
}

/// What is simulated.
fn what(study: &Study) -> String {
    let factors: Vec<&str> = study.factors.iter().map(|factor| factor.name.as_str()).collect();
    let random_numbers = match study.random_numbers {
        RandomNumbers::Shared => "the same for all points",
        RandomNumbers::Own => "of its own for each point",
    };
    let variants = match study.variant_count() {
        1 => String::new(),
        n => format!(" in {}", count(n as u64, "variant")),
    };
    format!(
        "{}\n  design    {}, {}: {}\n  cells     {} of {}, random numbers {random_numbers}",
        study.title,
        study.design_word(),
        count(factors.len() as u64, "factor"),
        factors.join(", "),
        format_args!("{}{variants}: {}", count(study.points(), "point"), count(study.cells(), "cell")),
        count(study.replicates, "replicate"),
    )
}

/// What it takes.
fn work(plan: &StudyPlan, calibration: Option<Calibration>) -> String {
    let units =
        format!("  units     {} of {}", count(plan.unit_count(), "unit"), count(plan.points_a_unit, "point"));
    let Some(Calibration { tried, seconds, .. }) = calibration else { return units };
    let hours = seconds * plan.points as f64 / 3600.0;
    let total = match hours {
        hours if hours < 1.0 / 60.0 => format!("{} processor-seconds", digits(hours * 3600.0)),
        hours if hours < 1.0 => format!("{} processor-minutes", digits(hours * 60.0)),
        hours => format!("{} processor-hours", digits(hours)),
    };
    format!(
        "{units}\n  work      about {total} (a point takes {} s; {} tried)",
        digits(seconds),
        count(tried, "point")
    )
}

/// A number to two digits.
fn digits(number: f64) -> String {
    let power = first_digit(number).map_or(0, |first| first - 1);
    let rounded = round_to(number, power, Rounding::Nearest);
    if power >= 0 { thousands(rounded) } else { format!("{rounded:.*}", power.unsigned_abs() as usize) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_two_digits() {
        for (number, shown) in
            [(0.0, "0"), (0.0234, "0.023"), (0.5, "0.50"), (1.26, "1.3"), (12.3, "12"), (1234.0, "1,200")]
        {
            assert_eq!(digits(number), shown);
        }
    }
}
