//! Charts of several variants: what differs.

use super::chart_fixture::{self, Shape};
use super::{checked_of, draw, named};
use repatria::internals::ensemble::summary::{PeopleSeries, Where};
use repatria::internals::model::Place;
use repatria::internals::output::chart::{self, Chart};
use repatria::internals::units::TimeUnit;

/// The charts of several variants.
const OF_VARIANTS: [&str; 5] =
    ["variants", "variants_by_place", "outcome_differences", "attribution", "cost_against_outcome"];

pub fn draw_variants(shape: &Shape, variants: usize) -> Vec<Chart> {
    checked_of(&chart_fixture::answer(shape, variants))
}

#[test]
fn several_variants_have_charts_of_what_differs() {
    let charts = draw_variants(&Shape::readme(), 3);
    let names: Vec<&str> = charts.iter().map(|chart| chart.name.as_str()).collect();
    assert_eq!(names[..5], OF_VARIANTS);
    assert_eq!(names.len(), 5 + draw(&Shape::readme()).len() + 1, "{names:?}");
    for chart in &charts[5..] {
        assert!(chart.svg.contains("Baseline: 2,000 replicates"), "{}", chart.name);
    }
}

#[test]
fn a_place_that_only_a_variant_has_is_shown() {
    let mut answer = chart_fixture::answer(&Shape::readme(), 2);
    let variant = &mut answer.variants[2];
    let annex = Place { name: "annex".into(), label: "Annex".into(), ..variant.model.places[0].clone() };
    variant.model.places.push(annex);
    let place = Where::Place(variant.model.places.len() - 1);
    let series =
        variant.summary.people.iter().find(|series| series.place == Where::Place(0)).unwrap().clone();
    variant.summary.people.push(PeopleSeries { place, ..series });
    let specs = chart::specs(&answer);
    let by_place = specs.iter().find(|spec| spec.name == "variants_by_place").unwrap();
    let annex = by_place.panels.iter().find(|panel| panel.title == "Annex").expect("a panel of its own");
    // The line of that variant and no other.
    let second = by_place.key.iter().find(|entry| entry.name == "Variant number 2").unwrap();
    let [line] = annex.lines.as_slice() else { panic!("{} lines", annex.lines.len()) };
    assert_eq!((line.dash, line.colour), (second.dash, second.colour));
    assert!(by_place.footer.iter().any(|note| note == "Only in variants: Annex."), "{:?}", by_place.footer);
    checked_of(&answer);
}

#[test]
fn differences_say_what_they_are() {
    let charts = draw_variants(&Shape::readme(), 3);
    for name in ["variants", "outcome_differences", "cost_against_outcome"] {
        let svg = named(&charts, name).svg.replace('\n', " ");
        for words in ["than in the baseline: both use common random", "90 % of", "in each variant"] {
            assert!(svg.contains(words), "{name}: no “{words}”");
        }
    }
}

#[test]
fn every_variant_is_named_at_its_line_and_only_the_baseline_is_solid() {
    let charts = chart::specs(&chart_fixture::answer(&Shape::readme(), 3));
    let [levels, differences] = charts[0].panels.as_slice() else { panic!("two panels") };
    let names: Vec<&str> = levels.labels.iter().map(|label| label.name.as_str()).collect();
    assert_eq!(names, ["Baseline", "Variant number 1", "Variant number 2", "Variant number 3"]);
    let solid = levels.lines.iter().filter(|line| line.dash.is_empty());
    assert_eq!(solid.count(), 1);
    let mut dashes: Vec<_> = levels.lines.iter().map(|line| line.dash).collect();
    dashes.dedup();
    assert_eq!(dashes.len(), 4);
    assert_eq!(differences.areas.len(), 3);
    assert!(differences.signed && differences.lowest() < 0.0);
    // A band with the dashes of its line.
    assert_eq!(differences.lines.len(), 3 * 3);
}

#[test]
fn many_variants_have_panels_of_their_own_on_one_scale() {
    let charts = chart::specs(&chart_fixture::answer(&Shape::readme(), 8));
    let [levels, differences @ ..] = charts[0].panels.as_slice() else { panic!("no panels") };
    assert_eq!(differences.len(), 8);
    assert_eq!(levels.labels.len(), 1 + 6, "six can be told apart");
    let scales: Vec<(f64, f64)> = differences.iter().map(|panel| (panel.lowest(), panel.highest())).collect();
    assert!(scales.windows(2).all(|pair| pair[0] == pair[1]), "{scales:?}");
    assert!(charts[0].footer.iter().any(|note| note.starts_with("In thin grey among all variants")));
}

#[test]
fn bars_of_parts_start_at_zero_and_add_up() {
    let answer = chart_fixture::answer(&Shape::readme(), 2);
    let charts = chart::specs(&answer);
    let attribution = charts.iter().find(|spec| spec.name == "attribution").unwrap();
    let panel = &attribution.panels[0];
    assert_eq!(panel.rows, ["More flights", "Fewer births", "All together"]);
    let explained = &answer.attributions[0].explained[0];
    let ends = |bar: usize| panel.areas[bar].runs[0][0].0 + panel.areas[bar].runs[0][1].0;
    assert_eq!([ends(0), ends(1)], [explained.parts[0].mean, explained.parts[1].mean]);
    assert!((ends(0) + ends(1) - ends(2)).abs() < 1e-9 * ends(2).abs());
    assert_eq!(panel.whiskers.len(), 3);
    assert!(panel.unit_words.ends_with("with all parts"), "{}", panel.unit_words);
}

#[test]
fn costs_and_outcomes_are_differences_from_the_baseline_at_zero() {
    let answer = chart_fixture::answer(&Shape::readme(), 3);
    let charts = chart::specs(&answer);
    let panel = &charts.iter().find(|spec| spec.name == "cost_against_outcome").unwrap().panels[0];
    assert_eq!((panel.dots[0].at, panel.dots[0].name.as_str()), ((0.0, 0.0), "Baseline"));
    assert_eq!(panel.dots.len(), 4);
    assert_eq!(panel.whiskers.len(), 6);
    let difference = answer.comparisons[0].outcomes[0].difference.unwrap();
    assert_eq!(panel.dots[1].at.1, difference.mean);
    let outcomes = charts.iter().find(|spec| spec.name == "outcome_differences").unwrap();
    assert_eq!(outcomes.panels[0].rows.len(), 3);
    assert_eq!(
        outcomes.panels[0].dots[2].at,
        (answer.comparisons[2].outcomes[0].difference.unwrap().mean, 2.0)
    );
}

#[test]
fn variants_without_randomness_have_no_bands_and_no_whiskers() {
    let shape = Shape { expected: true, ..Shape::readme() };
    for spec in chart::specs(&chart_fixture::answer(&shape, 3)).iter().take(5) {
        for panel in &spec.panels {
            assert!(panel.areas.is_empty() || spec.name == "attribution", "{}", spec.name);
            assert!(panel.whiskers.is_empty(), "{}", spec.name);
        }
        let words = spec.footer.join(" ");
        assert!(!words.contains("90 %") && !words.contains("luck"), "{}: {words}", spec.name);
    }
    draw_variants(&shape, 3);
}

#[test]
fn any_number_of_variants_of_any_size_is_drawn() {
    let readme = Shape::readme;
    for variants in [1, 2, 3, 4, 6, 8, 30] {
        draw_variants(&readme(), variants);
    }
    for shape in [
        Shape { scale: 0.0, ..readme() },
        Shape { scale: 1e-6, ..readme() },
        Shape { scale: 1e5, ..readme() },
        Shape { scale: 1e12, ..readme() },
        Shape { steps: 1, ..readme() },
        Shape { steps: 45, unit: TimeUnit::Day, expected: true, ..readme() },
        Shape { more_places: 9, ..readme() },
    ] {
        draw_variants(&shape, 3);
        draw_variants(&shape, 9);
    }
}

#[test]
fn hostile_names_of_variants_parts_and_outcomes_fit() {
    let hostile = "<b>\"Tom & Jerry's\"</b> ]]> \u{0}\u{7}\n\t  &amp; ".to_string();
    for variants in [3, 8] {
        let mut answer = chart_fixture::answer(&Shape::readme(), variants);
        answer.variants[1].label = hostile.repeat(9);
        answer.variants[2].label = "W".repeat(300);
        answer.variants[3].label = "東京都".repeat(40);
        for variant in &mut answer.variants {
            variant.model.outcomes[0].label = "W".repeat(200);
            if let Some(costs) = &mut variant.model.costs {
                costs.currency = hostile.repeat(7);
            }
        }
        answer.attributions[0].label = hostile.repeat(9);
        answer.attributions[0].parts = vec!["W".repeat(300), hostile.repeat(5)];
        answer.attributions[0].explained[0].label = "M".repeat(300);
        checked_of(&answer);
    }
}
