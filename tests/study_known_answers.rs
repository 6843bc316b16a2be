//! Promise: sensitivities of a study are those of closed forms, through the program itself: files in, tables out.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

use std::path::Path;

use assert_cmd::Command;

/// Runs a study to its merged tables, and gives the folder that they are in.
fn merged(scenario: &str, study: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs_err::write(at("scenario.toml"), scenario).unwrap();
    fs_err::write(at("study.toml"), study).unwrap();
    let repatria = |args: &[&str]| {
        let mut command = Command::cargo_bin("repatria").unwrap();
        command.current_dir(folder.path()).args(args).assert().success();
    };
    repatria(&["study", "plan", "study.toml", "--out", "plan", "--unit-points", "64", "--quiet"]);
    repatria(&["study", "run", "plan", "--quiet"]);
    repatria(&["study", "merge", "plan", "--quiet", "--charts", "none"]);
    folder
}

/// The rows of a merged table: for each the values of the wanted columns.
fn rows<const N: usize>(folder: &Path, table: &str, wanted: [&str; N]) -> Vec<[String; N]> {
    let mut reader = csv::Reader::from_path(folder.join("plan/merged").join(table)).unwrap();
    let header = reader.headers().unwrap().clone();
    let at = wanted.map(|name| header.iter().position(|column| column == name).unwrap());
    reader.records().map(|row| row.map(|row| at.map(|column| row[column].to_string())).unwrap()).collect()
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

/// Of n people each leaves at a hazard: n exp(-hazard t) are left.
const DECAY: &str = r#"
title = "Decay"
start = "2025-01"
horizon = "4 years"
step = "month"
seed = 11
[parameters.n]
value = 1000
range = [500, 1500]
[parameters.hazard]
value = 0.3
range = [0.1, 0.5]
[parameters.nothing]
value = 0.3
range = [0.1, 0.5]
[places.camp]
kind = "camp"
people = [{ count = "n" }]
[places.home]
kind = "community"
[moves.leave]
from = "camp"
to = "home"
rate = { per_year = "hazard + 0 * nothing" }
[outcomes.left]
people = { at = "camp" }
"#;

/// The variances that n, the hazard, and both together account for.
fn decay() -> (f64, f64, f64) {
    let (t, low, high) = (4.0, 0.1, 0.5);
    let mean = |power: f64| {
        let rate = power * t;
        (libm::exp(-rate * low) - libm::exp(-rate * high)) / (rate * (high - low))
    };
    let (n_mean, n_variance) = (1000.0, 1000.0 * 1000.0 / 12.0);
    let (g, g2) = (mean(1.0), mean(2.0));
    let all = (n_variance + n_mean * n_mean) * g2 - (n_mean * g) * (n_mean * g);
    (n_variance * g * g, n_mean * n_mean * (g2 - g * g), all)
}

#[test]
fn sobol_indices_of_a_decay() {
    let study = r#"
title = "What decay owes to what"
scenario = "scenario.toml"
replicates = 20
[design]
kind = "sobol"
points = 512
[factors.n]
field = "parameters.n"
[factors.hazard]
field = "parameters.hazard"
[factors.nothing]
field = "parameters.nothing"
[keep]
series = "none"
"#;
    let folder = merged(DECAY, study);
    let (by_n, by_hazard, all) = decay();
    let both = all - by_n - by_hazard;
    let expected = |factor: &str, index: &str| {
        let own = match factor {
            "n" => by_n,
            "hazard" => by_hazard,
            _ => return 0.0,
        };
        (own + if index == "total" { both } else { 0.0 }) / all
    };
    let found = rows(folder.path(), "sensitivity.csv", ["factor", "index", "value", "standard_error"]);
    assert_eq!(found.len(), 6);
    for [factor, index, value, error] in found {
        let off = number(&value) - expected(&factor, &index);
        // Sobol's points are better than the independent ones that the bootstrap takes them for.
        assert!(
            off.abs() < 3.0 * number(&error) + 1e-12,
            "{index} of {factor}: {value}, off by {off}, error {error}"
        );
        assert!(off.abs() < 0.06, "{index} of {factor}: {value} is off by {off}");
    }
}

#[test]
fn morris_effects_of_a_decay_have_its_signs_and_sizes() {
    let study = r#"
title = "Screening"
scenario = "scenario.toml"
replicates = 200
[design]
kind = "morris"
trajectories = 40
[factors.n]
field = "parameters.n"
[factors.hazard]
field = "parameters.hazard"
[factors.nothing]
field = "parameters.nothing"
[keep]
series = "none"
"#;
    let folder = merged(DECAY, study);
    // On four levels a factor moves from the first to the third, or from the second to the fourth.
    let level = |low: f64, high: f64, level: usize| low + (high - low) * level as f64 / 3.0;
    let left = |n: usize, hazard: usize| level(500.0, 1500.0, n) * libm::exp(-4.0 * level(0.1, 0.5, hazard));
    let (mut of_n, mut of_hazard) = (0.0, 0.0);
    for from in 0..2 {
        for other in 0..4 {
            of_n += (left(from + 2, other) - left(from, other)) / (2.0 / 3.0) / 8.0;
            of_hazard += (left(other, from + 2) - left(other, from)) / (2.0 / 3.0) / 8.0;
        }
    }
    for [factor, index, value, error] in
        rows(folder.path(), "sensitivity.csv", ["factor", "index", "value", "standard_error"])
    {
        let expected = match (factor.as_str(), index.as_str()) {
            ("n", "mu") => of_n,
            ("hazard", "mu") => of_hazard,
            ("nothing", "mu" | "sigma" | "mu_star") => 0.0,
            _ => continue,
        };
        let off = (number(&value) - expected).abs();
        assert!(off <= 4.0 * number(&error), "{index} of {factor}: {value} for {expected}, error {error}");
    }
}

#[test]
fn variance_of_arrivals_whose_rate_is_not_known() {
    let scenario = r#"
title = "Arrivals"
start = "2025-01"
horizon = "1 year"
step = "month"
seed = 5
[parameters.inflow]
value = 100
distribution = { uniform = { low = 60, high = 140 } }
[places.camp]
kind = "camp"
[arrivals.new]
to = "camp"
rate = { per_year = "inflow" }
[outcomes.arrived]
people = { at = "camp" }
"#;
    let study = r#"
title = "What is due to the rate, and what to chance"
scenario = "scenario.toml"
replicates = 50
[design]
kind = "uncertainty"
points = 400
"#;
    let folder = merged(scenario, study);
    let found = rows(
        folder.path(),
        "uncertainty.csv",
        ["outcome", "between", "between_standard_error", "within", "share", "share_low", "share_high"],
    );
    let [outcome, between, error, within, share, low, high] = &found[0];
    assert_eq!(outcome, "arrived");
    // Poisson with a mean that is uniform: the variance within is the mean of means, between that of the means.
    let (exact_between, exact_within) = (80.0 * 80.0 / 12.0, 100.0);
    assert!((number(between) - exact_between).abs() < 3.0 * number(error), "{between} with error {error}");
    // 400 x 49 degrees of freedom: a standard error of 1 % of the variance.
    assert!((number(within) - exact_within).abs() < 4.0, "{within}");
    let exact_share = exact_between / (exact_between + exact_within);
    assert!((number(low)..=number(high)).contains(&exact_share), "{share}: {low} to {high}, {exact_share}");
}
