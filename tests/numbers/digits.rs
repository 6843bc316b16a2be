//! Exact results keep their digits; others have those that their standard errors support.

use proptest::prelude::*;
use repatria::internals::ensemble::summary::{Stat, Where};

use super::tables;
use super::{answer, says, scenarios, sentences};

const CONSTANT: &str = r#"
title = "Nobody moves"
start = "2025-01"
horizon = "6 months"
step = "month"
[places.camp]
kind = "camp"
capacity = 1000
people = [{ count = 1003 }]
[places.home]
kind = "community"
[costs]
currency = "USD"
[costs.places.camp]
per_person_month = 3.1
[outcomes.over]
label = "Over capacity"
measure = { of = "places.camp", name = "person_months_over_capacity" }
[outcomes.cost]
label = "Cost"
measure = { of = "costs", name = "cost" }
[outcomes.years]
label = "Years"
people = { at = "camp" }
take = "person_years"
[outcomes.mean]
label = "Mean"
people = { at = "camp" }
take = "mean"
[variants.dearer]
label = "Dearer"
changes = [{ field = "costs.places.camp.per_person_month", set = 7.3 }]
"#;

#[test]
fn what_is_the_same_in_every_replicate_is_reported_with_all_its_digits() {
    // Also of one replicate, which has no standard error, and of the expected course.
    for replicates in [50, 2, 1, 0] {
        let reported = sentences(CONSTANT, replicates);
        says(&reported, "Mean: 1,003 people over time");
        says(&reported, "Years: 501.5 person-years by");
        says(&reported, "Cost: 18,656 USD by");
        says(&reported, "Over capacity: 18 person-months by");
        // 1003 people for 6 months at 4.2 more.
        let words = if replicates == 1 { "in the one replicate that tells" } else { "on average" };
        if replicates > 0 {
            says(&reported, &format!("Cost: 25,276 USD more {words} (135 %)."));
        } else {
            says(&reported, "Cost: 25,276 USD more (135 %).");
        }
        let outcomes = tables::of(&answer(CONSTANT, replicates), "outcomes");
        let cost = outcomes.last(&[("variant", "baseline"), ("outcome", "cost")]).text("mean");
        assert!(
            cost == "18655.8" || cost.parse::<f64>().is_ok_and(|cost| (cost - 18655.8).abs() < 1e-9),
            "{cost}"
        );
        assert_eq!(outcomes.last(&[("variant", "baseline"), ("outcome", "years")]).text("mean"), "501.5");
    }
}

#[test]
fn a_difference_is_rounded_by_its_own_standard_error() {
    // Seats that are always taken: an exact difference of 240 between numbers that vary by dozens.
    let reported = sentences(
        "title = \"Seats\"\nstart = \"2025-01\"\nhorizon = \"1 year\"\nstep = \"month\"\n\
         [places.camp]\nkind = \"camp\"\npeople = [{ count = 5000 }]\n[places.home]\nkind = \"community\"\n\
         [arrivals.a]\nto = \"camp\"\nrate = { per_month = 100 }\n\
         [programmes.f]\nfrom = \"camp\"\nto = \"home\"\noccasions = { every = \"1 month\" }\nseats = 121\n\
         [outcomes.left]\nlabel = \"Left\"\npeople = { at = \"camp\" }\n\
         [variants.more]\nlabel = \"More\"\nchanges = [{ field = \"programmes.f.seats\", set = 240 }]\n",
        100,
    );
    says(&reported, "More against Baseline: Left: 1,428 people fewer on average");
}

/// How many digits stand behind the point.
fn decimals(cell: &str) -> i32 {
    let (number, power) = cell.split_once('e').unwrap_or((cell, "0"));
    let digits = number.split_once('.').map_or(0, |(_, digits)| digits.trim_end_matches('0').len());
    digits as i32 - power.parse::<i32>().unwrap()
}

/// A written number is that of the summary to a thousandth of the standard error, and no finer.
fn supported(cell: &str, number: f64, error: f64) -> Result<(), TestCaseError> {
    let written: f64 = cell.parse().unwrap();
    if error > 0.0 {
        let finest = (3 - libm::log10(error).floor() as i32).max(0);
        prop_assert!(
            (written - number).abs() <= 0.501 * 10f64.powi(-finest),
            "{cell} for {number} +- {error}"
        );
        prop_assert!(decimals(cell) <= finest, "{cell} for {number} +- {error}");
    } else {
        prop_assert_eq!(written, number);
    }
    Ok(())
}

proptest! {
    #![proptest_config(super::cases(12))]

    #[test]
    fn tables_have_the_digits_that_errors_support((text, replicates) in scenarios::tried()) {
        let answer = answer(&text, replicates);
        let people = tables::of(&answer, "people");
        for variant in &answer.variants {
            let camp = variant.summary.people.iter().find(|it| it.place == Where::Place(0) && it.groups == [None]).unwrap();
            for (step, Stat { mean, spread }) in camp.points.iter().enumerate() {
                let step = step.to_string();
                let words = [("variant", variant.name.as_str()), ("step", &step), ("place", "camp"), ("age", "all")];
                let row = people.last(&words);
                let error = spread.map_or(0.0, |spread| spread.mc_se);
                supported(row.text("mean"), *mean, error)?;
                if let Some(spread) = spread {
                    for (column, quantile) in ["p05", "p25", "p50", "p75", "p95"].iter().zip(spread.quantiles) {
                        // People are whole.
                        prop_assert_eq!(row.number(column), Some(quantile));
                    }
                }
            }
        }
        let differences = tables::of(&answer, "differences");
        for comparison in &answer.comparisons {
            for outcome in &comparison.outcomes {
                let Some(difference) = outcome.difference else { continue };
                let variant = answer.variants[comparison.variant].name.as_str();
                let row = differences.last(&[("variant", variant), ("kind", "outcome"), ("subject", &outcome.outcome)]);
                let error = |of: fn(repatria::internals::ensemble::comparison::PairedSpread) -> f64| difference.spread.map_or(0.0, of);
                supported(row.text("mean"), difference.mean, error(|spread| spread.mc_se))?;
                supported(row.text("against_mean"), difference.against_mean, error(|spread| spread.against_mc_se))?;
            }
        }
    }
}
