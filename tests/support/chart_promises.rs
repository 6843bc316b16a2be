//! What every chart promises, of a run or of a study, whatever it shows.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

use repatria::internals::output::chart::spec::{Across, AxisUnit, ChartLine, Panel, Spec};
use repatria::internals::output::chart::{self, Chart};
use resvg::usvg;

/// The width that a chart is set to on paper: an A4 page less margins of 2.25 cm, in points.
const PAGE: f64 = 16.5 / 2.54 * 72.0;

/// The smallest size of text on paper, in points.
const SMALLEST: f64 = 8.0;

/// A text as it is drawn: what it says and its left, upper, right and lower end in pixels.
pub struct Drawn {
    pub words: String,
    pub ends: [f64; 4],
}

/// Every text of a drawing, measured with the font of the pictures.
pub fn texts(chart: &Chart) -> Vec<Drawn> {
    let options = usvg::Options { fontdb: chart::fonts().into(), ..Default::default() };
    let tree = usvg::Tree::from_str(&chart.svg, &options).unwrap();
    let mut drawn = Vec::new();
    let mut groups = vec![tree.root()];
    while let Some(group) = groups.pop() {
        for node in group.children() {
            match node {
                usvg::Node::Group(group) => groups.push(group),
                usvg::Node::Text(text) => {
                    let words: String = text.chunks().iter().map(|chunk| chunk.text()).collect();
                    let at = text.abs_bounding_box();
                    let ends = [at.left(), at.top(), at.right(), at.bottom()].map(f64::from);
                    drawn.push(Drawn { words: words.trim().to_string(), ends });
                }
                _ => {}
            }
        }
    }
    let (width, height) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    for text in &drawn {
        let [left, top, right, bottom] = text.ends;
        let within = left >= 0.0 && top >= 0.0 && right <= width && bottom <= height;
        assert!(within, "{}: “{}” at {:?} of {width} x {height}", chart.name, text.words, text.ends);
    }
    drawn
}

/// What can be seen of the drawing: no text is smaller than it may be on paper, none lies upon another.
pub fn of_drawing(chart: &Chart) {
    let document = roxmltree::Document::parse(&chart.svg).unwrap();
    let root = document.root_element();
    // Text is in the units of the view box.
    let units: f64 = root.attribute("viewBox").unwrap().split(' ').nth(2).unwrap().parse().unwrap();
    for text in document.descendants().filter(|node| node.tag_name().name() == "text") {
        let size: f64 = text.attribute("font-size").unwrap().parse().unwrap();
        let points = size * PAGE / units;
        assert!(points >= SMALLEST, "{}: {points} points of “{:?}”", chart.name, text.text());
    }
    let drawn = texts(chart);
    for (index, one) in drawn.iter().enumerate() {
        for other in &drawn[..index] {
            assert!(
                !overlap(one.ends, other.ends),
                "{}: “{}” at {:?} and “{}” at {:?}",
                chart.name,
                one.words,
                one.ends,
                other.words,
                other.ends
            );
        }
    }
}

/// Whether letters lie upon each other: boxes of text have room above and below them.
fn overlap(a: [f64; 4], b: [f64; 4]) -> bool {
    let inner = |[left, top, right, bottom]: [f64; 4]| {
        let room = 0.22 * (bottom - top);
        [left + 1.0, top + room, right - 1.0, bottom - room]
    };
    let (a, b) = (inner(a), inner(b));
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// What holds of what is drawn, before it is.
pub fn of_spec(spec: &Spec) {
    assert!(!spec.panels.is_empty(), "{}", spec.name);
    for panel in &spec.panels {
        let what = format!("{}, “{}”", spec.name, panel.title);
        assert!(!is_empty(panel), "{what} is empty");
        for band in panel.areas.iter().filter(|area| area.opacity < 1.0 && !area.edge) {
            let points = || band.runs.iter().flatten().copied();
            let own = panel.lines.iter().any(|line| line.thickness >= 2.0 && lies_in(line, points));
            assert!(own, "{what}: a band without the line of its centre");
        }
        for bar in panel.areas.iter().filter(|_| spec.name.starts_with("attribution")) {
            let ends = [bar.runs[0][0].0, bar.runs[0][1].0];
            assert!(ends.contains(&0.0), "{what}: a bar from {ends:?}");
        }
        for mark in &panel.marks {
            let end = f64::from((spec.calendar.end() - spec.calendar.start()).get_days());
            assert!((0.0..=end).contains(&mark.at), "{what}: “{}” on day {}", mark.label, mark.at);
        }
        let people = panel.unit != AxisUnit::Share && panel.unit_words.starts_with("people");
        if people && !panel.signed {
            assert!(panel.lowest() >= 0.0, "{what}: people from {}", panel.lowest());
        }
        if panel.logarithmic {
            assert!(
                matches!(panel.across, Across::Numbers { .. }) && panel.span().unwrap().0 > 0.0,
                "{what}"
            );
        }
    }
}

/// Whether a line is inside of a band wherever the band is.
fn lies_in<I: Iterator<Item = (f64, f64, f64)>>(line: &ChartLine, band: impl Fn() -> I) -> bool {
    band().all(|(day, low, high)| {
        let slack = 1e-9 * low.abs().max(high.abs());
        line.runs
            .iter()
            .flatten()
            .any(|point| point.0 == day && point.1 >= low - slack && point.1 <= high + slack)
    })
}

fn is_empty(panel: &Panel) -> bool {
    let lines = panel.lines.iter().chain(&panel.over).flat_map(|line| line.runs.iter().flatten());
    let areas = panel.areas.iter().flat_map(|area| area.runs.iter().flatten());
    let rows = !panel.rows.is_empty();
    let flat = !rows
        && panel.dots.is_empty()
        && lines.map(|point| point.1).chain(areas.map(|point| point.2)).all(|value| value == 0.0);
    // No difference from anything is a line at 0, and is worth saying.
    flat && !panel.signed
}
