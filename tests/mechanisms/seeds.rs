//! Seeds, ranges of replicates, pairs.

use repatria::internals::ensemble::summary::{Stat, Summary};
use repatria::internals::ensemble::{Unwatched, simulate};

use crate::support::{at, program};
use crate::{monthly, one_replicate};

fn text(more: &str) -> String {
    monthly(
        "6 months",
        &format!(
            r#"
[parameters.will]
value = 1
distribution = {{ gamma = {{ mean = 1, sd = 0.5 }} }}
[places.camp]
kind = "camp"
people = [{{ count = "1000 * will" }}]
[places.home]
kind = "community"
[moves.leave]
from = "camp"
to = "home"
rate = {{ per_year = "will" }}
[shocks.raid]
at = "camp"
rate = {{ per_year = 2 }}
share = {{ beta = {{ mean = 0.2, sd = 0.1 }} }}
to = "home"
{more}
"#
        ),
    )
}

/// The sum and the sum of squares of what a statistic is of.
fn sums(stat: Stat) -> [f64; 3] {
    let spread = stat.spread.unwrap();
    let n = spread.replicates as f64;
    [n, n * stat.mean, spread.sd * spread.sd * (n - 1.0) + n * stat.mean * stat.mean]
}

#[test]
fn halves_add_up_to_the_whole() {
    let program = program(&text(""));
    let part = |range| simulate(&program, 1, range, 2, &Unwatched).unwrap();
    // Not at the border of a block of replicates.
    let parts = [part(0..333), part(333..1000)];
    let whole = part(0..1000);
    let stats = |summary: &Summary| -> Vec<Stat> {
        at(summary, 0).points.iter().chain(&at(summary, 1).points).copied().collect()
    };
    let [first, second] = parts.each_ref().map(stats);
    for ((a, b), both) in first.into_iter().zip(second).zip(stats(&whole)) {
        let known = [0, 1, 2].map(|k| sums(a)[k] + sums(b)[k]);
        crate::equal(&sums(both), &known);
    }
}

#[test]
fn another_seed_is_other_luck() {
    let program = program(&text(""));
    let [one, two] = [1, 2].map(|seed| simulate(&program, seed, 0..200, 2, &Unwatched).unwrap());
    for (boundary, (a, b)) in at(&one, 0).points.iter().zip(&at(&two, 0).points).enumerate() {
        assert_ne!(a.mean, b.mean, "boundary {boundary}");
        let gap = (a.mean - b.mean) / (a.spread.unwrap().mc_se.hypot(b.spread.unwrap().mc_se));
        assert!(gap.abs() < 4.0, "boundary {boundary}: {gap}");
    }
}

#[test]
fn a_replicate_draws_the_same_parameters_in_every_scenario() {
    let more = "[parameters.first]\nvalue = 3\ndistribution = { normal = { mean = 3, sd = 1 } }\n[arrivals.a]\nto = \"camp\"\nrate = { per_month = \"first\" }\n";
    for replicate in 0..50 {
        let [plain, richer] =
            ["", more].map(|more| at(&one_replicate(&text(more), replicate), 0).points[0].mean);
        assert_eq!(plain, richer);
    }
}
