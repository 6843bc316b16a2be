//! Charts: well-formed, readable by everybody, whatever the numbers and the names.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

#[path = "support/chart_fixture.rs"]
mod chart_fixture;

use chart_fixture::Shape;
use repatria::ensemble::answer::Answer;
use repatria::ensemble::summary::{Event, EventSeries, PeopleSeries, Summary, Where};
use repatria::model::{Measure, Model, Place, Side, Trigger};
use repatria::output::chart::{self, Chart, ChartError};
use repatria::units::TimeUnit;
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8};
use resvg::usvg;

fn fixture(shape: &Shape) -> (Model, Summary) {
    let model = chart_fixture::model(shape);
    let summary = chart_fixture::summary(shape, &model);
    (model, summary)
}

fn draw(shape: &Shape) -> Vec<Chart> {
    let (model, summary) = fixture(shape);
    checked(&model, &summary)
}

/// The charts, each checked for all that every chart promises.
fn checked(model: &Model, summary: &Summary) -> Vec<Chart> {
    checked_of(&Answer::alone(model.clone(), summary.clone()))
}

fn checked_of(answer: &Answer) -> Vec<Chart> {
    let charts = chart::draw_all(answer);
    for (index, chart) in charts.iter().enumerate() {
        assert!(
            charts[..index].iter().all(|other| other.name != chart.name),
            "two charts are {}",
            chart.name
        );
        assert!(!chart.alt.is_empty());
        check(chart);
    }
    charts
}

fn check(chart: &Chart) {
    let name = &chart.name;
    let document = roxmltree::Document::parse(&chart.svg).unwrap_or_else(|error| panic!("{name}: {error}"));
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"), "{name}");
    let labelled = root.attribute("aria-labelledby").unwrap();
    for (id, tag) in labelled.split(' ').zip(["title", "desc"]) {
        let node = root.children().find(|node| node.attribute("id") == Some(id)).unwrap();
        assert_eq!(node.tag_name().name(), tag, "{name}");
        assert!(node.text().is_some_and(|text| !text.is_empty()), "{name}: empty {tag}");
    }
    assert!(chart.svg.contains("Illustrative parameters, not sourced"), "{name}");
    for node in document.descendants() {
        for attribute in node.attributes() {
            let value = attribute.value().to_lowercase();
            let numeric = ["x", "y", "x1", "x2", "y1", "y2", "points", "width", "height", "font-size", "r"];
            if numeric.contains(&attribute.name()) {
                assert!(!value.contains("nan") && !value.contains("inf"), "{name}: {value}");
                assert!(!value.contains(&i32::MAX.to_string()), "{name}: {value}");
            }
        }
    }
    texts_lie_within(chart);
}

/// Measures every text with the font of the pictures.
fn texts_lie_within(chart: &Chart) {
    let options = usvg::Options { fontdb: chart::fonts().into(), ..Default::default() };
    let tree = usvg::Tree::from_str(&chart.svg, &options).unwrap();
    let mut texts = 0;
    let mut groups = vec![tree.root()];
    while let Some(group) = groups.pop() {
        for node in group.children() {
            match node {
                usvg::Node::Group(group) => groups.push(group),
                usvg::Node::Text(text) => {
                    texts += 1;
                    let at = text.abs_bounding_box();
                    let within = at.left() >= 0.0
                        && at.top() >= 0.0
                        && at.right() <= tree.size().width()
                        && at.bottom() <= tree.size().height();
                    let words: String = text.chunks().iter().map(|chunk| chunk.text()).collect();
                    assert!(within, "{}: “{words}” at {at:?} of {:?}", chart.name, tree.size());
                }
                _ => {}
            }
        }
    }
    assert!(texts > 5, "{}: {texts} texts", chart.name);
}

#[test]
fn the_readme_scenario_has_every_chart() {
    let names: Vec<String> = draw(&Shape::readme()).into_iter().map(|chart| chart.name).collect();
    let expected = [
        "population_by_place",
        "composition_by_origin",
        "composition_by_category",
        "repatriation_to_date",
        "release_to_date",
        "repatriation_rate",
        "release_rate",
        "flows_per_step",
        "events",
    ];
    assert_eq!(names, expected);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (once, twice) = (draw(&Shape::readme()), draw(&Shape::readme()));
    assert!(once.iter().zip(&twice).all(|(one, two)| one.svg == two.svg && one.alt == two.alt));
    assert_eq!(chart::png(&once[0].svg).unwrap(), chart::png(&twice[0].svg).unwrap());
}

#[test]
fn marks_and_capacities_are_written() {
    let charts = draw(&Shape::readme());
    for text in [
        "Capacity 4,000",
        "5,000",
        "Review court",
        "Flights home: paused",
        "Mass escape",
        "External support: reduced",
    ] {
        assert!(charts[0].svg.contains(text), "no “{text}”");
    }
    assert!(charts[0].svg.contains("2,000 simulated histories"));
}

#[test]
fn expected_values_have_no_bands() {
    let shape = Shape { expected: true, ..Shape::readme() };
    for chart in draw(&shape) {
        assert!(chart.svg.contains("Expected values, no randomness"), "{}", chart.name);
        assert!(!chart.svg.contains("bands"), "{}", chart.name);
    }
}

#[test]
fn sourced_parameters_are_said_to_be() {
    let (mut model, summary) = fixture(&Shape::readme());
    model.parameters[0].source = Some("A report".into());
    for chart in chart::draw_all(&Answer::alone(model, summary)) {
        assert!(chart.svg.contains("Parameters: see parameters.csv") && !chart.svg.contains("Illustrative"));
    }
}

#[test]
fn a_picture_has_the_size_and_the_text_of_the_drawing() {
    let chart = draw(&Shape::readme()).remove(0);
    let document = roxmltree::Document::parse(&chart.svg).unwrap();
    let side = |name| document.root_element().attribute(name).unwrap().parse::<u32>().unwrap();
    let picture = Pixmap::decode_png(&chart::png(&chart.svg).unwrap()).unwrap();
    assert_eq!((picture.width(), picture.height()), (2 * side("width"), 2 * side("height")));
    let inked = |picture: &Pixmap| picture.pixels().iter().filter(|pixel| pixel.green() < 200).count();
    let without_text: String = chart
        .svg
        .lines()
        .filter(|line| !line.starts_with("Each panel has its own"))
        .collect::<Vec<_>>()
        .join("\n");
    let fewer = Pixmap::decode_png(&chart::png(&without_text).unwrap()).unwrap();
    assert!(inked(&picture) > inked(&fewer) + 500, "text leaves no trace");
}

#[test]
fn a_picture_without_a_font_is_refused() {
    let chart = draw(&Shape::readme()).remove(0);
    let refused = chart::png_with(&chart.svg, usvg::fontdb::Database::new());
    assert!(matches!(refused, Err(ChartError::NoFont)));
    assert!(matches!(chart::png("no drawing"), Err(ChartError::Svg(_))));
}

#[test]
fn hostile_names_are_escaped_and_fit() {
    let hostile = "<b>\"Tom & Jerry's\"</b> ]]> \u{0}\u{7}\n\t  &amp; ".to_string();
    let mut shape = Shape { title: hostile.repeat(20), ..Shape::readme() };
    shape.origins =
        vec![hostile.repeat(5), "W".repeat(300), "東京都".repeat(40), "🙂".repeat(50), "ليبيا".into()];
    shape.policies = vec![(hostile.repeat(3), 10), ("M".repeat(200), 12), (String::new(), 40)];
    let (mut model, summary) = fixture(&shape);
    for place in &mut model.places {
        place.label = format!("{} {}", hostile, place.label.repeat(10));
    }
    model.programmes[0].label = "W".repeat(500);
    model.programmes[0].counts_as = Some("repatriation & \"return\" <home>".into());
    model.moves[1].counts_as = Some("repatriation_& \"return\" <home>".into());
    model.regimes[0].states[1] = hostile;
    model.groups.dimensions[0].name = "W".repeat(200);
    checked(&model, &summary);
}

#[test]
fn any_number_of_anything_is_drawn() {
    let readme = Shape::readme;
    let many = |count: usize| (0..count).map(|index| format!("country_number_{index}")).collect::<Vec<_>>();
    let crowded = (0..30).map(|index| (format!("Policy number {index}"), 20 + index / 2)).collect();
    for shape in [
        Shape { origins: many(40), ..readme() },
        Shape { origins: many(1), ..readme() },
        Shape { origins: many(9), more_places: 9, ..readme() },
        Shape { more_places: 1, ..readme() },
        Shape { policies: crowded, ..readme() },
        Shape { scale: 0.0, ..readme() },
        Shape { scale: 1e-3, ..readme() },
        Shape { scale: 1e5, ..readme() },
        Shape { scale: 1e14, ..readme() },
        Shape { steps: 1, ..readme() },
        Shape { steps: 2, unit: TimeUnit::Day, ..readme() },
        Shape { steps: 1, unit: TimeUnit::Year, ..readme() },
        Shape { steps: 45, unit: TimeUnit::Day, ..readme() },
        Shape { steps: 30, unit: TimeUnit::Week, ..readme() },
        Shape { steps: 400, unit: TimeUnit::Year, ..readme() },
        Shape { steps: 7000, unit: TimeUnit::Day, expected: true, ..readme() },
    ] {
        assert!(draw(&shape).len() >= 7, "{shape:?}");
    }
}

#[test]
fn what_is_not_a_number_is_a_gap() {
    let (model, mut summary) = fixture(&Shape::readme());
    for rate in &mut summary.rates {
        for (k, stat) in rate.points.iter_mut().enumerate() {
            if k % 7 < 3 || k > 60 {
                stat.mean = f64::NAN;
                if let Some(spread) = &mut stat.spread {
                    spread.histories = 0;
                    spread.quantiles = [f64::NAN; 5];
                }
            }
        }
    }
    checked(&model, &summary);
}

#[test]
fn a_summary_without_records_has_no_charts() {
    let (model, mut summary) = fixture(&Shape::readme());
    summary.people.clear();
    summary.flows.clear();
    summary.rates.clear();
    summary.events.clear();
    assert!(chart::draw_all(&Answer::alone(model, summary)).is_empty());
}

#[test]
fn one_place_and_no_dimension_are_enough() {
    let (mut model, mut summary) = fixture(&Shape::readme());
    model.groups.dimensions.clear();
    model.record.dimensions.clear();
    model.places.truncate(1);
    model.programmes.clear();
    model.moves.clear();
    model.shocks.clear();
    model.regimes.clear();
    model.policies.clear();
    summary.people.truncate(1);
    summary.people[0].groups.clear();
    summary.flows.clear();
    summary.rates.clear();
    summary.events.clear();
    assert_eq!(checked(&model, &summary).len(), 1);
}

#[test]
fn a_trigger_shows_in_how_many_histories_it_holds() {
    let (mut model, mut summary) = fixture(&Shape::readme());
    model.policies[0].when = Some(Trigger {
        measure: Measure::Occupancy(vec![0]),
        side: Side::Above,
        starts: 0,
        ends: None,
        lasts: 0,
    });
    let steps = summary.events[0].probability.len();
    summary.events.push(EventSeries {
        event: Event::Trigger(0),
        probability: (0..steps).map(|step| 0.5 * step as f64 / steps as f64).collect(),
        probability_se: vec![0.01; steps],
        severity: vec![None; steps],
    });
    let charts = checked(&model, &summary);
    let specs = chart::specs(&Answer::alone(model, summary));
    let events = specs.iter().find(|spec| spec.name == "events").unwrap();
    let panel = &events.panels[2];
    assert_eq!((panel.title.as_str(), panel.areas.len()), ("Review court", 1));
    assert_eq!(panel.labels[0].name, "In force");
    assert!((panel.areas[0].runs[0].last().unwrap().2 - 0.5 * 71.0 / 72.0).abs() < 1e-12);
    assert!(named(&charts, "events").title.ends_with("how likely triggered policies are"));
}

/// The charts of several worlds.
const OF_WORLDS: [&str; 5] =
    ["variants", "variants_by_place", "outcome_differences", "attribution", "cost_against_outcome"];

fn draw_worlds(shape: &Shape, variants: usize) -> Vec<Chart> {
    checked_of(&chart_fixture::answer(shape, variants))
}

fn named<'c>(charts: &'c [Chart], name: &str) -> &'c Chart {
    charts.iter().find(|chart| chart.name == name).unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn several_worlds_have_charts_of_what_differs() {
    let charts = draw_worlds(&Shape::readme(), 3);
    let names: Vec<&str> = charts.iter().map(|chart| chart.name.as_str()).collect();
    assert_eq!(names[..5], OF_WORLDS);
    assert_eq!(names.len(), 5 + draw(&Shape::readme()).len() + 1, "{names:?}");
    for chart in &charts[5..] {
        assert!(chart.svg.contains("Baseline: 2,000 simulated histories"), "{}", chart.name);
    }
}

#[test]
fn a_place_that_only_a_variant_has_is_shown() {
    let mut answer = chart_fixture::answer(&Shape::readme(), 2);
    let world = &mut answer.worlds[2];
    let annex = Place { name: "annex".into(), label: "Annex".into(), ..world.model.places[0].clone() };
    world.model.places.push(annex);
    let place = Where::Place(world.model.places.len() - 1);
    let series = world.summary.people.iter().find(|series| series.place == Where::Place(0)).unwrap().clone();
    world.summary.people.push(PeopleSeries { place, ..series });
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
    let charts = draw_worlds(&Shape::readme(), 3);
    for name in ["variants", "outcome_differences", "cost_against_outcome"] {
        let svg = named(&charts, name).svg.replace('\n', " ");
        for words in ["than in the baseline: both have the same luck", "90 % of", "in each world"] {
            assert!(svg.contains(words), "{name}: no “{words}”");
        }
    }
}

#[test]
fn every_world_is_named_at_its_line_and_only_the_baseline_is_solid() {
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
    assert!(charts[0].footer.iter().any(|note| note.starts_with("In thin grey among all worlds")));
}

#[test]
fn a_waterfall_leads_from_the_baseline_to_the_variant() {
    let answer = chart_fixture::answer(&Shape::readme(), 2);
    let charts = chart::specs(&answer);
    let waterfall = charts.iter().find(|spec| spec.name == "attribution").unwrap();
    let panel = &waterfall.panels[0];
    assert_eq!(panel.rows, ["Baseline", "More flights", "Fewer births", "Variant number 1"]);
    let base = answer.worlds[0].summary.outcomes[0].stat.unwrap().mean;
    let explained = &answer.attributions[0].explained[0];
    let (from, to) = (panel.dots[0].at.0, panel.dots[1].at.0);
    assert_eq!(from, base);
    assert!((to - base - explained.whole.mean).abs() < 1e-9 * base);
    // Bars follow each other without a gap, and have the width of their parts.
    let ends = |bar: usize| (panel.areas[bar].runs[0][0].0, panel.areas[bar].runs[0][1].0);
    assert_eq!(ends(0).1, from);
    assert_eq!(ends(1).0, ends(0).0);
    assert!((ends(1).1 - to).abs() < 1e-9 * base);
    assert_eq!(panel.whiskers.len(), 2);
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
fn worlds_without_randomness_have_no_bands_and_no_whiskers() {
    let shape = Shape { expected: true, ..Shape::readme() };
    for spec in chart::specs(&chart_fixture::answer(&shape, 3)).iter().take(5) {
        for panel in &spec.panels {
            assert!(panel.areas.is_empty() || spec.name == "attribution", "{}", spec.name);
            assert!(panel.whiskers.is_empty(), "{}", spec.name);
        }
        let words = spec.footer.join(" ");
        assert!(!words.contains("90 %") && !words.contains("luck"), "{}: {words}", spec.name);
    }
    draw_worlds(&shape, 3);
}

#[test]
fn any_number_of_variants_of_any_size_is_drawn() {
    let readme = Shape::readme;
    for variants in [1, 2, 3, 4, 6, 8, 30] {
        draw_worlds(&readme(), variants);
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
        draw_worlds(&shape, 3);
        draw_worlds(&shape, 9);
    }
}

#[test]
fn hostile_names_of_worlds_parts_and_outcomes_fit() {
    let hostile = "<b>\"Tom & Jerry's\"</b> ]]> \u{0}\u{7}\n\t  &amp; ".to_string();
    for variants in [3, 8] {
        let mut answer = chart_fixture::answer(&Shape::readme(), variants);
        answer.worlds[1].label = hostile.repeat(9);
        answer.worlds[2].label = "W".repeat(300);
        answer.worlds[3].label = "東京都".repeat(40);
        for world in &mut answer.worlds {
            world.model.outcomes[0].label = "W".repeat(200);
            if let Some(costs) = &mut world.model.costs {
                costs.currency = hostile.repeat(7);
            }
        }
        answer.attributions[0].label = hostile.repeat(9);
        answer.attributions[0].parts = vec!["W".repeat(300), hostile.repeat(5)];
        answer.attributions[0].explained[0].label = "M".repeat(300);
        checked_of(&answer);
    }
}

/// Pictures to look at, in colour and in grey, in the test's own folder under `target`.
#[test]
fn pictures_to_look_at() {
    pictures("readme", &Shape::readme());
}

/// The same of what is hard to draw: slow, and for eyes only.
#[test]
#[ignore = "makes a hundred pictures for somebody to look at"]
fn more_pictures_to_look_at() {
    let readme = Shape::readme;
    let countries = (0..40).map(|index| format!("country_number_{index}")).collect();
    let long = "A very long title that goes on & on, <with> \"quotes\", ".repeat(6);
    let crowded = (0..9).map(|index| (format!("Policy number {index}"), 10 + 3 * index)).collect();
    for (kind, shape) in [
        ("many", Shape { origins: countries, more_places: 5, scale: 1e5, title: long, ..readme() }),
        ("crowded", Shape { policies: crowded, expected: true, ..readme() }),
        ("empty", Shape { scale: 0.0, ..readme() }),
        ("one_step", Shape { steps: 1, ..readme() }),
        ("days", Shape { steps: 45, unit: TimeUnit::Day, ..readme() }),
    ] {
        pictures(kind, &shape);
    }
    for variants in [1, 3, 8] {
        let charts = draw_worlds(&readme(), variants).into_iter().take(5).collect();
        pictures_of(&format!("worlds_{variants}"), charts);
    }
}

fn pictures(kind: &str, shape: &Shape) {
    pictures_of(kind, draw(shape));
}

fn pictures_of(kind: &str, charts: Vec<Chart>) {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("charts").join(kind);
    fs_err::create_dir_all(&folder).unwrap();
    for chart in charts {
        fs_err::write(folder.join(format!("{}.svg", chart.name)), &chart.svg).unwrap();
        let png = chart::png(&chart.svg).unwrap();
        fs_err::write(folder.join(format!("{}.png", chart.name)), &png).unwrap();
        fs_err::write(folder.join(format!("{}-grey.png", chart.name)), grey(&png)).unwrap();
    }
}

/// The picture as a black and white printer shows it.
fn grey(png: &[u8]) -> Vec<u8> {
    let mut pixels = Pixmap::decode_png(png).unwrap();
    for pixel in pixels.pixels_mut() {
        let luma = (0.299 * f64::from(pixel.red())
            + 0.587 * f64::from(pixel.green())
            + 0.114 * f64::from(pixel.blue()))
        .round() as u8;
        *pixel = PremultipliedColorU8::from_rgba(luma, luma, luma, 255).unwrap();
    }
    pixels.encode_png().unwrap()
}
