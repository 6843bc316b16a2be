//! Promise: the charts of a study. Every design has those that fit it, well-formed and readable, whatever the numbers.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

#[path = "support/chart_promises.rs"]
mod chart_promises;

use std::collections::BTreeMap;

use repatria::internals::output::chart::Chart;
use repatria::internals::scenario::Source;
use repatria::internals::study::analysis::analyse;
use repatria::internals::study::chart::{draw_all, specs};
use repatria::internals::study::columns::{OutcomeColumn, OutcomeColumns};
use repatria::internals::study::{Inputs, Study, read};

/// A camp that empties: one place, few people, two outcomes.
const CAMP: &str = r#"
title = "A camp"
start = "2025-01"
horizon = "6 months"
step = "month"
[places.camp]
kind = "camp"
people = [{ count = 200 }]
[places.home]
kind = "community"
[moves.out]
from = "camp"
to = "home"
rate = { per_year = 0.5 }
[births.in]
at = "camp"
rate = { per_year = 0.1 }
[variants.faster]
label = "Twice as fast"
changes = [{ field = "moves.out.rate", times = 2 }]
[outcomes.left]
label = "People in the camp at the end"
people = { at = "camp" }
[outcomes.small]
label = "Fewer than 150"
people = { at = "camp" }
below = 150
"#;

const OUT: &str = "[factors.out]\nfield = \"moves.out.rate\"\ntimes = true\nlabel = \"Departures\"\n";
const BORN: &str = "[factors.born]\nfield = \"births.in.rate\"\ntimes = true\nlabel = \"Births\"\n";

fn study(design: &str, factors: &str, variants: &str) -> Study {
    of(CAMP, design, factors, variants)
}

fn of(scenario: &str, design: &str, factors: &str, variants: &str) -> Study {
    let text = format!(
        "title = \"A small study\"\nscenario = \"camp.toml\"\nreplicates = 10\nvariants = \"{variants}\"\n[design]\n{design}\n{factors}[keep]\nseries = \"none\"\n"
    );
    let source = Source::new("study.toml", text);
    let file = repatria::internals::study::parse(&source).unwrap_or_else(|problems| panic!("{problems}"));
    let scenario = Source::new("camp.toml", scenario);
    let table = Some(("table.csv".to_string(), TABLE.to_string()));
    let name = "small".to_string();
    let mut inputs = Inputs { name, study: source, scenario, companions: BTreeMap::new(), table };
    read(&mut inputs, &file).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Points that somebody else has chosen.
const TABLE: &str = "out,born\n0.5,1\n1,2\n1.5,0.5\n2,1.5\n0.7,1.2\n1.2,0.8\n";

/// A factor that varies in a range, and one that has levels.
fn factors() -> String {
    format!("{OUT}range = [0.5, 2]\n{BORN}range = [0.5, 2]\n")
}

/// What the study might have come to: `outcome` of the factors and the variant, with a little noise that is always the same.
fn columns(study: &Study, outcome: impl Fn(&[f64], usize, usize) -> f64) -> OutcomeColumns {
    let points: Vec<u64> = (0..study.points()).collect();
    let values: Vec<Vec<f64>> = points.iter().map(|point| study.values(*point)).collect();
    let of = |variant: usize, which: usize| {
        let mean: Vec<f64> = values.iter().map(|values| outcome(values, variant, which)).collect();
        let base: Vec<f64> = values.iter().map(|values| outcome(values, 0, which)).collect();
        let noise = |point: usize, batch: usize| ((point * 7 + batch * 13) % 11) as f64 / 11.0 - 0.5;
        let batch = |batch: usize| -> Vec<f64> {
            mean.iter().enumerate().map(|(point, mean)| mean + 0.01 * noise(point, batch)).collect()
        };
        let like =
            |value: f64| mean.iter().map(|mean| if mean.is_finite() { value } else { f64::NAN }).collect();
        let moved = |by: f64| mean.iter().map(|mean| mean + by).collect::<Vec<f64>>();
        OutcomeColumn {
            mc_se: like(0.01),
            sd: like(0.5),
            quantiles: [moved(-0.8), moved(0.0), moved(0.8)],
            replicates: vec![10.0; mean.len()],
            batches: (0..5).map(batch).collect(),
            difference: mean.iter().zip(&base).map(|(mean, base)| mean - base).collect(),
            difference_mc_se: like(0.01),
            mean,
        }
    };
    let outcomes = study.keep.outcomes.len();
    OutcomeColumns {
        factors: (0..study.factors.len())
            .map(|factor| values.iter().map(|row| row[factor]).collect())
            .collect(),
        variants: (0..study.variant_count())
            .map(|variant| (0..outcomes).map(|which| of(variant, which)).collect())
            .collect(),
        points,
        failed: 0,
    }
}

/// Falls with the first factor and rises with the others, faster in a variant.
fn usual(values: &[f64], variant: usize, outcome: usize) -> f64 {
    let others: f64 = values[1..].iter().sum();
    let people = 200.0 - 40.0 * (1 + variant) as f64 * values[0] + 10.0 * others + 3.0 * values[0] * others;
    if outcome == 0 { people } else { (1.0 - people / 300.0).clamp(0.0, 1.0) }
}

fn draw(study: &Study, columns: &OutcomeColumns, partial: bool) -> Vec<Chart> {
    let analysed = analyse(study, columns);
    specs(study, columns, &analysed, partial).iter().for_each(chart_promises::of_spec);
    let charts = draw_all(study, columns, &analysed, partial);
    for (index, chart) in charts.iter().enumerate() {
        assert!(
            charts[..index].iter().all(|other| other.name != chart.name),
            "two charts are {}",
            chart.name
        );
        check(chart);
        assert_eq!(chart.svg.contains("units are missing"), partial, "{}", chart.name);
        assert_eq!(chart.alt.contains("units are missing"), partial, "{}", chart.name);
    }
    charts
}

fn check(chart: &Chart) {
    let name = &chart.name;
    let document = roxmltree::Document::parse(&chart.svg).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(document.root_element().attribute("role"), Some("img"), "{name}");
    assert!(chart.alt.len() > 40, "{name}: {}", chart.alt);
    assert!(chart.svg.contains("Illustrative parameters, not sourced"), "{name}");
    for node in document.descendants() {
        let words = node.text().unwrap_or_default();
        assert!(!words.contains("NaN") && !words.contains("inf "), "{name}: {words}");
        for attribute in node.attributes() {
            let numeric = ["x", "y", "cx", "cy", "points", "width", "height", "r"];
            if numeric.contains(&attribute.name()) {
                let value = attribute.value().to_lowercase();
                assert!(!value.contains("nan") && !value.contains("inf"), "{name}: {value}");
                assert!(!value.contains(&i32::MAX.to_string()), "{name}: {value}");
            }
        }
    }
    chart_promises::of_drawing(chart);
}

/// The charts of a study by their names.
fn names(design: &str, factors: &str, variants: &str) -> Vec<String> {
    let study = study(design, factors, variants);
    let charts = draw(&study, &columns(&study, usual), false);
    charts.into_iter().map(|chart| chart.name).collect()
}

#[test]
fn a_grid_has_tornado_heat_maps_and_scatter() {
    let found = names("kind = \"grid\"\nlevels = 4", &factors(), "all");
    let expected = [
        "tornado",
        "tornado_faster",
        "heat_left",
        "heat_small",
        "heat_left_faster",
        "heat_small_faster",
        "scatter_left",
        "scatter_small",
        "scatter_left_faster",
        "scatter_small_faster",
    ];
    assert_eq!(found, expected.map(String::from));
}

#[test]
fn a_grid_of_one_factor_has_a_fan() {
    let found = names("kind = \"grid\"\nlevels = 6", &format!("{OUT}range = [0.5, 2]\n"), "faster");
    assert!(
        found.contains(&"fan".to_string()) && !found.iter().any(|name| name.starts_with("heat")),
        "{found:?}"
    );
}

#[test]
fn every_other_design_has_its_own_chart() {
    for (design, own, not) in [
        ("kind = \"sobol\"\npoints = 64", "sobol", "morris"),
        ("kind = \"morris\"\ntrajectories = 10", "morris", "tornado"),
        ("kind = \"uncertainty\"\npoints = 60", "uncertainty", "sobol"),
        ("kind = \"latin_hypercube\"\npoints = 40", "tornado", "heat_left"),
        ("kind = \"file\"\nfile = \"table.csv\"", "scatter_left", "uncertainty"),
    ] {
        let found = names(design, &factors(), "all");
        let has = |name: &str| found.iter().any(|it| it == name);
        assert!(has(own) && has("scatter_left") && !has(not), "{design}: {found:?}");
    }
}

#[test]
fn a_part_of_a_study_says_so() {
    let study = study("kind = \"grid\"\nlevels = 4", &factors(), "none");
    let mut columns = columns(&study, usual);
    columns.failed = 3;
    let charts = draw(&study, &columns, true);
    assert!(!charts.is_empty());
    assert!(charts.iter().all(|chart| chart.svg.contains("3 points could not be simulated")));
}

#[test]
fn what_never_changes_and_what_is_no_number_is_left_out() {
    for design in [
        "kind = \"grid\"",
        "kind = \"sobol\"\npoints = 16",
        "kind = \"morris\"\ntrajectories = 4",
        "kind = \"uncertainty\"\npoints = 30",
    ] {
        let study = study(design, &factors(), "all");
        assert!(draw(&study, &columns(&study, |_, _, _| f64::NAN), false).is_empty(), "{design}");
        let constant = draw(&study, &columns(&study, |_, _, _| 7.0), false);
        assert!(constant.iter().all(|chart| chart.name == "uncertainty"), "{design}");
        // Every third point has none.
        let some = |values: &[f64], variant: usize, outcome: usize| match (values[0] * 1e6) as u64 % 3 {
            0 => f64::NAN,
            _ => usual(values, variant, outcome),
        };
        draw(&study, &columns(&study, some), false);
        for scale in [1e-12, 1e12] {
            draw(&study, &columns(&study, |v, w, o| scale * usual(v, w, o)), false);
        }
    }
}

#[test]
fn one_point_and_one_level_are_enough() {
    let one = format!("{OUT}levels = [1]\n");
    let study = study("kind = \"grid\"", &one, "all");
    assert!(draw(&study, &columns(&study, usual), false).is_empty());
}

#[test]
fn many_factors_with_long_names_fit() {
    let factor = |index: usize| {
        format!(
            "[factors.f{index}]\nfield = \"parameters.p{index}\"\nlabel = \"Factor {index}: <the> & \\\"longest\\\" name that anybody would ever think of giving to a number of people\"\nrange = [0.5, 2]\n"
        )
    };
    // Sobol's points serve at most fifty.
    for (design, count) in [
        ("kind = \"latin_hypercube\"\npoints = 100", 60),
        ("kind = \"sobol\"\npoints = 8", 50),
        ("kind = \"morris\"\ntrajectories = 4", 60),
        ("kind = \"uncertainty\"\npoints = 100", 60),
    ] {
        let many: String = (0..count).map(factor).collect();
        let study = of(&many_parameters(), design, &many, "none");
        let charts = draw(&study, &columns(&study, usual), false);
        assert!(!charts.is_empty(), "{design}");
    }
}

#[test]
fn a_factor_that_is_spread_over_its_logarithm_has_a_logarithmic_axis() {
    let factor = format!("{OUT}range = [0.01, 100]\nlog = true\n");
    for (design, name) in [
        ("kind = \"latin_hypercube\"\npoints = 60", "fan"),
        ("kind = \"latin_hypercube\"\npoints = 200", "scatter_left"),
    ] {
        let study = study(design, &factor, "none");
        let columns = columns(&study, |values, _, _| 200.0 / (1.0 + values[0]));
        draw(&study, &columns, false);
        let specs = specs(&study, &columns, &analyse(&study, &columns), false);
        let spec = specs.iter().find(|spec| spec.name == name).unwrap_or_else(|| panic!("no {name}"));
        assert!(spec.panels.iter().all(|panel| panel.logarithmic), "{design}");
        let svg = draw(&study, &columns, false).into_iter().find(|chart| chart.name == name).unwrap().svg;
        for tick in ["0.1", "1", "10", "(logarithmic)"] {
            assert!(svg.contains(&format!("\n{tick}\n")) || svg.contains(tick), "{design}: no {tick}");
        }
    }
    let linear =
        study("kind = \"latin_hypercube\"\npoints = 60", &format!("{OUT}range = [0.01, 100]\n"), "none");
    let columns = columns(&linear, usual);
    let specs = specs(&linear, &columns, &analyse(&linear, &columns), false);
    assert!(specs.iter().flat_map(|spec| &spec.panels).all(|panel| !panel.logarithmic));
}

#[test]
fn errors_of_people_do_not_reach_below_nobody() {
    let study = study("kind = \"latin_hypercube\"\npoints = 60", &format!("{OUT}range = [0.5, 2]\n"), "none");
    let mut columns = columns(&study, |values, _, outcome| if outcome == 0 { 10.0 * values[0] } else { 0.9 });
    for outcome in &mut columns.variants[0] {
        outcome.mc_se.iter_mut().for_each(|error| *error = 50.0);
        let [low, ..] = &mut outcome.quantiles;
        low.iter_mut().for_each(|low| *low = 0.0);
    }
    draw(&study, &columns, false);
    let specs = specs(&study, &columns, &analyse(&study, &columns), false);
    let fan = specs.iter().find(|spec| spec.name == "fan").unwrap();
    assert!(fan.panels.iter().all(|panel| panel.lowest() >= 0.0));
    let ends =
        |panel: usize| fan.panels[panel].whiskers.iter().flat_map(|whisker| [whisker.from.1, whisker.to.1]);
    assert!(ends(0).all(|end| end >= 0.0) && ends(0).any(|end| end > 50.0));
    // A share has two ends.
    assert!(ends(1).all(|end| (0.0..=100.0).contains(&end)));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let study = study("kind = \"sobol\"\npoints = 16", &factors(), "all");
    let columns = columns(&study, usual);
    let svgs = || draw(&study, &columns, false).into_iter().map(|chart| chart.svg).collect::<Vec<_>>();
    assert_eq!(svgs(), svgs());
}

/// The camp, and sixty parameters that nothing uses.
fn many_parameters() -> String {
    let parameters: String = (0..60).map(|index| format!("[parameters.p{index}]\nvalue = 1\n")).collect();
    format!("{CAMP}{parameters}")
}
