//! What a chart shows, as plain data: made by one function per chart type, drawn by one function for all.

use plotters::style::RGBColor;

use super::palette::Dash;
use crate::calendar::Calendar;

/// A sheet of one or more panels over one calendar.
#[derive(Clone, Debug)]
pub struct Spec {
    /// File stem: `"population_by_place"`.
    pub name: String,
    /// What it shows, as a heading.
    pub title: String,
    /// The scenario; the number of histories and what lines and bands are: on one line if they fit.
    pub subtitle: [String; 2],
    /// Sentences under the chart.
    pub footer: Vec<String>,
    /// The chart in words, for who does not see it.
    pub alt: String,
    /// The horizontal axis of every panel.
    pub calendar: Calendar,
    /// At least one.
    pub panels: Vec<Panel>,
}

/// One pair of axes and what is drawn on them. Horizontal positions are days since the start, vertical ones are in
/// the panel's unit; all are finite.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Its heading; empty where the chart's title says it.
    pub title: String,
    /// What the vertical axis counts: `"people"`.
    pub unit_words: String,
    /// How its numbers are written.
    pub unit: Unit,
    /// Bands and stacked shares, drawn first to last.
    pub areas: Vec<Area>,
    /// Drawn over the areas.
    pub lines: Vec<Line>,
    /// Single values, drawn over everything: (day, value).
    pub points: Vec<(f64, f64)>,
    /// A level that the numbers compare with.
    pub level: Option<Level>,
    /// Texts at the right edge.
    pub labels: Vec<EndLabel>,
    /// Dates at which something happens.
    pub marks: Vec<Mark>,
}

/// What a vertical axis measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Counts: ticks are whole numbers.
    Whole,
    /// Anything from 0 up.
    Real,
    /// From 0 to 1, written as percentages.
    Share,
}

/// What lies between two curves.
#[derive(Clone, Debug)]
pub struct Area {
    /// Pieces without gaps, of (day, lower, upper).
    pub runs: Vec<Vec<(f64, f64, f64)>>,
    /// Its colour.
    pub colour: RGBColor,
    /// From 0 to 1.
    pub opacity: f64,
    /// Whether a white line sets it apart from what lies over it.
    pub edge: bool,
}

/// A curve.
#[derive(Clone, Debug)]
pub struct Line {
    /// Pieces without gaps, of (day, value).
    pub runs: Vec<Vec<(f64, f64)>>,
    /// Its colour.
    pub colour: RGBColor,
    /// Its dashes.
    pub dash: Dash,
    /// Its thickness in pixels.
    pub thickness: f64,
}

/// A level with a name, such as a capacity.
#[derive(Clone, Debug)]
pub struct Level {
    /// (day, value), in steps.
    pub run: Vec<(f64, f64)>,
    /// What it is called from a day until another: `"Capacity 4,000"`, `"5,000"`.
    pub labels: Vec<(f64, f64, String)>,
}

/// What a curve or an area is called and ends at.
#[derive(Clone, Debug)]
pub struct EndLabel {
    /// Where it belongs.
    pub at: f64,
    /// Its name; may be empty.
    pub name: String,
    /// Its last value.
    pub value: String,
    /// A smaller line under it; may be empty.
    pub note: String,
    /// The colour of what it names.
    pub colour: RGBColor,
}

/// Something that happens on a date or for a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// When, in days since the start.
    pub at: f64,
    /// Until when, for a span.
    pub until: Option<f64>,
    /// What.
    pub kind: MarkKind,
    /// In words.
    pub label: String,
}

/// Kinds of marks, each drawn in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A policy starts or ends.
    Policy,
    /// A programme is paused.
    Pause,
    /// A shock on a date.
    Shock,
    /// A regime switches on a date.
    Switch,
}

impl Panel {
    /// A panel with nothing on it yet.
    pub fn new(title: String, unit: Unit, unit_words: &str) -> Panel {
        Panel {
            title,
            unit_words: unit_words.to_string(),
            unit,
            areas: Vec::new(),
            lines: Vec::new(),
            points: Vec::new(),
            level: None,
            labels: Vec::new(),
            marks: Vec::new(),
        }
    }

    /// The highest value of its areas, lines, points and level; 0 if there is none.
    pub fn highest(&self) -> f64 {
        let areas = self.areas.iter().flat_map(|area| area.runs.iter().flatten()).map(|point| point.2);
        let lines = self.lines.iter().flat_map(|line| line.runs.iter().flatten()).map(|point| point.1);
        let level = self.level.iter().flat_map(|level| &level.run).map(|point| point.1);
        let points = self.points.iter().map(|point| point.1);
        areas.chain(lines).chain(level).chain(points).fold(0.0, f64::max)
    }
}
