//! Figures: amounts, dated numbers, quantiles, scores.

use repatria::internals::output::scores::{scored, skill};

use crate::support::{at, measure};
use crate::{by, equal, means, read, replicates, text, within};

#[test]
fn money_in_millions() {
    let case = text("cost_in_millions");
    for summary in [means(&case), replicates(&case)] {
        for point in measure(&summary, "costs", "cost") {
            equal("cost of a month", point.mean, 0.00036);
            assert!(point.spread.is_none_or(|spread| spread.sd < 1e-15), "{point:?}");
        }
        let cost = summary.outcomes[0].stat.unwrap();
        equal("cost of half a year", cost.mean, 0.00216);
        for quantile in cost.spread.into_iter().flat_map(|spread| spread.quantiles) {
            equal("quantile of the cost", quantile, 0.00216);
        }
    }
}

#[test]
fn monthly_figures_under_longer_steps() {
    let case = text("monthly_figures_in_quarters");
    for (step, months) in [("month", 1), ("quarter", 3), ("year", 12)] {
        let text = by(&case, step);
        let (_, warnings) = read(&text);
        let about = warnings.iter().filter(|warning| warning.message.contains("2025-")).count();
        assert!(about <= 1, "by {step}: {warnings:#?}");
        let (exact, random) = (means(&text), replicates(&text));
        for (month, known) in [(3, 600.0), (6, 900.0), (9, 1200.0), (12, 1500.0)] {
            if month % months != 0 {
                continue;
            }
            let boundary = month / months;
            equal(&format!("by {step}, month {month}"), at(&exact, 0).points[boundary].mean, known);
            let stat = at(&random, 0).points[boundary];
            let z = (stat.mean - known) / (known / 300.0).sqrt();
            assert!(z.abs() < 4.0, "by {step}, month {month}: {} for {known}", stat.mean);
        }
    }
}

/// The quantiles of a number left of a million, where a part `p` of them is left: nearly normal, for which half a person counts
/// nothing here.
fn quantiles(p: f64) -> [f64; 5] {
    let (mean, sd) = (1e6 * p, (1e6 * p * (1.0 - p)).sqrt());
    [-1.644_853_627, -0.674_489_75, 0.0, 0.674_489_75, 1.644_853_627].map(|z| mean + z * sd)
}

#[test]
fn quantiles_of_a_large_stock() {
    let summary = replicates(&text("large_stock"));
    for boundary in 1..=3 {
        let known = quantiles(libm::exp(-0.01 * boundary as f64));
        let found = at(&summary, 0).points[boundary].spread.unwrap().quantiles;
        println!("month {boundary}: {found:?} for {known:?}");
        let width = known[4] - known[0];
        for ((found, known), error) in found.iter().zip(known).zip([2.1, 1.4, 1.3, 1.4, 2.1]) {
            // A hundredth of the band, and four standard errors of a quantile of 20,000 replicates (that of the middle is
            // 1.25 sd / sqrt(n)).
            let noise = 4.0 * error * width / 3.29 / 20_000f64.sqrt();
            assert!((found - known).abs() < 0.01 * width + noise, "month {boundary}: {found} for {known}");
        }
    }
}

#[test]
fn scores_of_a_large_stock() {
    let text = text("large_stock");
    let (model, _) = read(&text);
    let summary = replicates(&text);
    // The score of a normal forecast: Gneiting and Raftery (2007), equation 5.
    let crps = |p: f64, y: f64| {
        let (mean, sd) = (1e6 * p, (1e6 * p * (1.0 - p)).sqrt());
        let z = (y - mean) / sd;
        let cdf = 0.5 * libm::erfc(-z / std::f64::consts::SQRT_2);
        let density = libm::exp(-z * z / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
        sd * (z * (2.0 * cdf - 1.0) + 2.0 * density - 1.0 / std::f64::consts::PI.sqrt())
    };
    let inside = [[false, false], [true, true], [false, true]];
    for (index, (it, inside)) in scored(&model, &summary).iter().zip(inside).enumerate() {
        let known = crps(libm::exp(-0.01 * (index + 1) as f64), it.point.value);
        within(&format!("score of month {}", index + 1), it.score.crps, known, 0.04);
        assert_eq!([it.inside(1, 3), it.inside(0, 4)], inside.map(Some), "month {}", index + 1);
    }
}

#[test]
fn what_is_written_at_the_start_is_not_covered() {
    let text = text("covered_at_the_start");
    let (model, _) = read(&text);
    let summary = replicates(&text);
    let all = scored(&model, &summary);
    let skill = skill(&all).unwrap();
    println!("{skill:?}");
    assert_eq!(skill.inside, Some([0, 0]));
    equal("the score is that of the forecast", skill.crps, all.last().unwrap().score.crps);
}
