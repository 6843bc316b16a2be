//! Charts: well-formed, readable by everybody, whatever the numbers and the names.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod cases;
#[path = "../support/chart_fixture.rs"]
mod chart_fixture;
#[path = "../support/chart_promises.rs"]
mod chart_promises;
#[path = "../generated/mod.rs"]
mod generated;
mod letters;
mod numbers;
mod variants;

use chart_fixture::Shape;
use repatria::internals::ensemble::answer::Answer;
use repatria::internals::ensemble::summary::{Event, EventSeries, Summary};
use repatria::internals::model::{Model, ThresholdSide, Trigger, TriggerMeasure};
use repatria::internals::output::chart::{self, Chart, ChartError};
use repatria::internals::units::TimeUnit;
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
    chart::specs(answer).iter().for_each(chart_promises::of_spec);
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
    chart_promises::of_drawing(chart);
    numbers::of_chart(chart);
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
    assert_eq!(png(&once[0].svg), png(&twice[0].svg));
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
    assert!(charts[0].svg.contains("2,000 replicates"));
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
    let picture = Pixmap::decode_png(&png(&chart.svg)).unwrap();
    assert_eq!((picture.width(), picture.height()), (2 * side("width"), 2 * side("height")));
    let inked = |picture: &Pixmap| picture.pixels().iter().filter(|pixel| pixel.green() < 200).count();
    let without_text: String = chart
        .svg
        .lines()
        .filter(|line| !line.contains(">Each panel has its own"))
        .collect::<Vec<_>>()
        .join("\n");
    let fewer = Pixmap::decode_png(&png(&without_text)).unwrap();
    assert!(inked(&picture) > inked(&fewer) + 500, "text leaves no trace");
}

#[test]
fn a_picture_without_a_font_is_refused() {
    let chart = draw(&Shape::readme()).remove(0);
    let refused = chart::picture_with(&chart.svg, usvg::fontdb::Database::new(), || panic!("asked for more"));
    assert!(matches!(refused, Err(ChartError::NoFont)));
    assert!(matches!(chart::picture("no drawing"), Err(ChartError::Svg(_))));
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
        // Where there is never anybody, there is nothing to see.
        assert!(draw(&shape).len() >= if shape.scale > 0.0 { 7 } else { 0 }, "{shape:?}");
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
                    spread.replicates = 0;
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
fn a_trigger_shows_in_how_many_replicates_it_holds() {
    let (mut model, mut summary) = fixture(&Shape::readme());
    model.policies[0].when = Some(Trigger {
        measure: TriggerMeasure::Occupancy(vec![0]),
        side: ThresholdSide::Above,
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

fn png(svg: &str) -> Vec<u8> {
    chart::picture(svg).unwrap().png.unwrap()
}

fn named<'c>(charts: &'c [Chart], name: &str) -> &'c Chart {
    charts.iter().find(|chart| chart.name == name).unwrap_or_else(|| panic!("no {name}"))
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
        let charts = variants::draw_variants(&readme(), variants).into_iter().take(5).collect();
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
        let png = png(&chart.svg);
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
