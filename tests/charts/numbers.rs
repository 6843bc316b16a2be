//! What a chart shows as numbers: in tables, as comma-separated values, and under a pointer.

use std::collections::{BTreeMap, BTreeSet};

use super::chart_fixture::Shape;
use super::variants::draw_variants;
use super::{draw, named};
use repatria::internals::output::chart::Chart;
use repatria::internals::output::chart::data::{PanelData, PanelNumbers};
use repatria::internals::output::chart::hover::{HoverPanel, ShortNumber};
use repatria::internals::output::chart::spec::AxisUnit;
use repatria::internals::output::format::first_digit;

/// A point in units of the view box.
type At = (f64, f64);

/// What a chart's drawing has.
struct Drawing {
    /// The corners of everything that is drawn.
    corners: BTreeSet<(i64, i64)>,
    /// The pieces of lines, by their colour.
    pieces: BTreeMap<String, Vec<[At; 2]>>,
}

impl Drawing {
    fn of(chart: &Chart) -> Drawing {
        let document = roxmltree::Document::parse(&chart.svg).unwrap();
        let mut drawing = Drawing { corners: BTreeSet::new(), pieces: BTreeMap::new() };
        for node in document.descendants() {
            let number = |name| node.attribute(name).unwrap().parse::<i64>().unwrap();
            if node.tag_name().name() == "circle" {
                drawing.corners.insert((number("cx"), number("cy")));
            }
            let Some(path) = node.attribute("d") else { continue };
            for corners in lines(path) {
                let real = |at: (i64, i64)| (at.0 as f64, at.1 as f64);
                if let Some(colour) = node.attribute("stroke") {
                    let pieces = corners.windows(2).map(|pair| [real(pair[0]), real(pair[1])]);
                    drawing.pieces.entry(colour.to_string()).or_default().extend(pieces);
                }
                drawing.corners.extend(corners);
            }
        }
        drawing
    }

    /// Whether a corner is at a point, within `reach` to both sides and `slack` up and down.
    fn has(&self, (x, y): At, reach: i64, slack: f64) -> bool {
        let columns = (x.round() as i64 - reach, i64::MIN)..(x.round() as i64 + reach + 1, i64::MIN);
        self.corners.range(columns).any(|at| (at.1 as f64 - y).abs() <= slack)
    }

    /// Whether a line of a colour is at a point, within `slack`.
    fn has_line(&self, colour: &str, at: At, slack: f64) -> bool {
        let pieces = self.pieces.get(colour).into_iter().flatten();
        pieces.into_iter().any(|piece| distance(at, *piece) <= slack)
    }
}

/// The lines of a path, each after an `m`, in pairs of numbers by how far they are from those before.
fn lines(path: &str) -> Vec<Vec<(i64, i64)>> {
    let mut at = (0, 0);
    let mut lines = Vec::new();
    for line in path.trim_end_matches('z').split('m').filter(|line| !line.is_empty()) {
        let spaced = line.replace('-', " -");
        let numbers: Vec<i64> = spaced.split_whitespace().map(|number| number.parse().unwrap()).collect();
        let corners = numbers.chunks(2).map(|pair| {
            at = (at.0 + pair[0], at.1 + pair[1]);
            at
        });
        lines.push(corners.collect());
    }
    lines
}

/// The largest gap between the dashes of a line, in units of the view box.
const GAP: f64 = 41.0;

/// How far a point is from a piece of a line.
fn distance(at: At, [from, to]: [At; 2]) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let part = ((at.0 - from.0) * dx + (at.1 - from.1) * dy) / (dx * dx + dy * dy).max(1e-9);
    let part = part.clamp(0.0, 1.0);
    (at.0 - from.0 - part * dx).hypot(at.1 - from.1 - part * dy)
}

/// A value of a panel in units of the view box.
fn pixel(panel: &HoverPanel, day: f64, value: f64) -> At {
    let [left, top, right, bottom] = panel.plot.map(f64::from);
    let part = |at: f64, ends: [ShortNumber; 2]| (at - ends[0].0) / (ends[1].0 - ends[0].0);
    (
        left + part(day, panel.across) * (right - left),
        bottom - part(value, panel.upwards).clamp(0.0, 1.0) * (bottom - top),
    )
}

/// What is told of a chart is what is drawn, and its tables are whole.
pub fn of_chart(chart: &Chart) {
    under_a_pointer(chart);
    in_tables(chart);
    as_comma_separated_values(chart);
}

fn under_a_pointer(chart: &Chart) {
    let drawing = Drawing::of(chart);
    for panel in &chart.hover.panels {
        let told = chart
            .data
            .iter()
            .find(|data| data.title == panel.title && data.unit_words == panel.unit)
            .unwrap();
        let [from, to] = panel.upwards.map(|end| end.0);
        // Half of the last digit that is told, and the whole units of the drawing.
        let unit = f64::from(panel.plot[3] - panel.plot[1]) / (to - from).abs();
        let stacked = is_stacked(told);
        let days: Vec<f64> = chart.hover.days[panel.days].iter().map(|day| day.0).collect();
        for series in &panel.series {
            assert_eq!(series.values.len(), days.len());
            assert!(series.low.is_empty() || series.low.len() == days.len());
            assert_eq!(series.low.len(), series.high.len());
            let all = [(&series.values, false), (&series.low, true), (&series.high, true)];
            let points = points_of(told, &series.name);
            let width = (panel.plot[2] - panel.plot[0]) as usize / 10;
            // A band of one day is a bar.
            let drawn_as_is = |band: &bool| !(stacked || (*band && days.len() == 1));
            for (numbers, band) in all.into_iter().filter(|(_, band)| drawn_as_is(band)) {
                for (day, value) in days.iter().zip(numbers) {
                    let Some(value) = value else { continue };
                    let slack = 1.5 + unit * 0.51 * last_digit(value.0, told.unit == AxisUnit::Whole);
                    let at = pixel(panel, *day, value.0);
                    let what = if band { "a band" } else { "a line" };
                    let name = (&chart.name, &panel.title, &series.name);
                    // Of a line with more points than can be seen, neighbours stand for each other.
                    let thinned = points > 2 * width;
                    let (reach, slack) = if thinned { (12, slack + GAP) } else { (1, slack) };
                    // Of a line in dashes the point may be in a gap.
                    let dashed = || drawing.has_line(&series.colour, at, slack + GAP);
                    assert!(
                        drawing.has(at, reach, slack) || (!band && dashed()),
                        "{name:?}: {what} is not at {at:?}, {} on day {}",
                        value.0,
                        *day
                    );
                }
            }
        }
    }
}

fn in_tables(chart: &Chart) {
    for (data, table) in chart.data.iter().zip(chart.tables(25)) {
        assert!(table.columns.len() > 1 && !table.caption.is_empty(), "{}", chart.name);
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", chart.name);
        assert!(matches!(data.shown, PanelNumbers::ByName(_)) || table.rows.len() <= 25, "{}", chart.name);
        let heads: BTreeSet<&String> = table.rows.iter().map(|row| &row[0]).collect();
        assert!(
            matches!(data.shown, PanelNumbers::ByName(_)) || heads.len() == table.rows.len(),
            "{}",
            chart.name
        );
        for cell in table.rows.iter().flatten() {
            assert!(!cell.contains("NaN") && !cell.contains("inf"), "{}: {cell}", chart.name);
        }
    }
}

fn as_comma_separated_values(chart: &Chart) {
    let text = chart.csv();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for record in reader.records() {
        let record = record.unwrap();
        assert_eq!(record.len(), 11, "{}", chart.name);
        for field in [4, 5, 6, 8, 9].map(|place| &record[place]).into_iter().filter(|field| !field.is_empty())
        {
            assert!(field.parse::<f64>().unwrap().is_finite(), "{}: {field}", chart.name);
        }
        let within =
            |low: &str, high: &str| low.is_empty() || low.parse::<f64>().unwrap() <= high.parse().unwrap();
        assert!(
            within(&record[5], &record[6]) && within(&record[8], &record[9]),
            "{}: {record:?}",
            chart.name
        );
    }
}

/// How many points a series of a panel has.
fn points_of(data: &PanelData, name: &str) -> usize {
    match &data.shown {
        PanelNumbers::OverTime(series) => {
            let own = series.iter().find(|one| one.name == name || one.name.is_empty());
            own.map_or(0, |one| one.points.len())
        }
        PanelNumbers::ByName(_) => 0,
    }
}

/// The size of the last digit that is told of a number.
fn last_digit(value: f64, counted: bool) -> f64 {
    if counted || value.abs() >= 100.0 || value == 0.0 {
        return 1.0;
    }
    first_digit(value.abs()).map_or(1.0, |first| libm::pow(10.0, f64::from(first - 2)))
}

/// Whether a panel shows shares of a whole, one upon the other.
fn is_stacked(data: &PanelData) -> bool {
    match &data.shown {
        PanelNumbers::OverTime(series) => series.len() > 1 && series.iter().all(|one| one.holds.is_empty()),
        PanelNumbers::ByName(_) => true,
    }
}

#[test]
fn a_table_says_what_the_lines_and_bands_are() {
    let charts = draw(&Shape::readme());
    let population = named(&charts, "population_by_place");
    let tables = population.tables(25);
    let first = &tables[0];
    assert_eq!(first.rows[0][0], "January 2025");
    assert_eq!(first.rows.last().unwrap()[0], "January 2031");
    assert!(first.caption.ends_with("(in brackets: 90 %)"), "{}", first.caption);
    assert!(first.rows[5][1].contains(" to "), "{:?}", first.rows[5]);
    assert_eq!(first.rows.len(), 25);
    let composition = named(&charts, "composition_by_category");
    assert_eq!(composition.tables(25)[0].columns, ["Date", "Children", "Women", "Men"]);
    let flows = named(&charts, "flows_per_step");
    assert_eq!(flows.tables(100)[0].rows[0][0], "January 2025");
}

#[test]
fn differences_have_their_sign_and_names_their_ranges() {
    let charts = draw_variants(&Shape::readme(), 3);
    let tables = named(&charts, "variants").tables(25);
    assert_eq!(tables[1].columns, ["Date", "Variant number 1", "Variant number 2", "Variant number 3"]);
    let last = tables[1].rows.last().unwrap();
    assert!(last[1..].iter().all(|cell| cell.starts_with(['+', '−', '0'])), "{last:?}");
    let outcomes = &named(&charts, "outcome_differences").tables(25)[0];
    assert_eq!(outcomes.rows.len(), 3);
    assert!(outcomes.rows.iter().all(|row| row[3].contains(" to ")), "{:?}", outcomes.rows);
    let costs = &named(&charts, "cost_against_outcome").tables(25)[0];
    assert!(costs.rows.len() > 3, "{:?}", costs.rows);
}

#[test]
fn what_a_pointer_tells_is_small() {
    let charts = draw(&Shape::readme());
    for chart in &charts {
        let text = serde_json::to_string(&chart.hover).unwrap();
        assert!(!text.contains(".0,") && !text.contains("NaN"), "{text}");
        assert!(text.len() < 20_000, "{}: {} bytes", chart.name, text.len());
    }
}
