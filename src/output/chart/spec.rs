//! What a chart shows, as plain data: made by one function per chart type, drawn by one function for all.

use super::palette::{Colour, Dash};
use crate::calendar::Calendar;

/// A sheet of one or more panels.
#[derive(Clone, Debug)]
pub struct Spec {
    /// File stem: `"population_by_place"`.
    pub name: String,
    /// What it shows, as a heading.
    pub title: String,
    /// The scenario; the number of replicates and what lines and bands are: on one line if they fit.
    pub subtitle: [String; 2],
    /// Sentences under the chart.
    pub footer: Vec<String>,
    /// The horizontal axis of every panel of dates.
    pub calendar: Calendar,
    /// What lines mean that several panels have, where their ends have no room for names.
    pub key: Vec<KeyEntry>,
    /// At least one.
    pub panels: Vec<Panel>,
}

/// A line and its name.
#[derive(Clone, Debug)]
pub struct KeyEntry {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
    /// Its dashes.
    pub dash: Dash,
    /// Its thickness in pixels.
    pub thickness: f64,
}

/// One pair of axes and what is drawn on them. Horizontal positions are days since the start or numbers of the horizontal
/// axis, vertical ones are in the panel's unit or count rows from the top, the first being 0; all are finite.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Its heading; empty where the chart's title says it.
    pub title: String,
    /// What the vertical axis counts: `"people"`.
    pub unit_words: String,
    /// How its numbers are written.
    pub unit: AxisUnit,
    /// Whether its numbers are differences, written with their sign.
    pub signed: bool,
    /// Numbers that the vertical axis reaches at least: panels side by side may share a scale.
    pub reach: (f64, f64),
    /// What is side by side.
    pub across: Across,
    /// Whether a horizontal axis of numbers is logarithmic: all of them are above 0.
    pub logarithmic: bool,
    /// The names of rows from the top, in place of a vertical axis of numbers.
    pub rows: Vec<String>,
    /// Whether it takes the whole width.
    pub wide: bool,
    /// The height of its plot in pixels, where it is not that of its neighbours or rows.
    pub height: Option<f64>,
    /// Bands, bars and stacked shares, drawn first to last.
    pub areas: Vec<Area>,
    /// Drawn over the areas.
    pub lines: Vec<ChartLine>,
    /// How far numbers may be off, drawn over the lines.
    pub whiskers: Vec<Whisker>,
    /// Single values, drawn over everything.
    pub dots: Vec<Dot>,
    /// Lines over single values.
    pub over: Vec<ChartLine>,
    /// What stands in the middle of cells.
    pub texts: Vec<CellText>,
    /// A level that the numbers compare with.
    pub level: Option<LevelLine>,
    /// Texts at the right edge.
    pub labels: Vec<EndLabel>,
    /// Dates at which something happens.
    pub marks: Vec<Mark>,
}

/// A horizontal axis.
#[derive(Clone, Debug, Default)]
pub enum Across {
    /// The sheet's calendar.
    #[default]
    Dates,
    /// Numbers.
    Numbers {
        /// What they count, under the axis.
        words: String,
        /// Whether they are differences, written with their sign.
        signed: bool,
    },
    /// Columns of equal width, the first at 0, the next at 1.
    Columns {
        /// What they are called; what has no room is left out.
        names: Vec<String>,
        /// What they are, under the axis.
        words: String,
    },
}

/// A text in a cell.
#[derive(Clone, Debug)]
pub struct CellText {
    /// Its middle.
    pub at: (f64, f64),
    /// What the cell's colour stands for.
    pub value: f64,
    /// What it says where there is room for it, and where there is not.
    pub words: [String; 2],
    /// Whether it is white: upon a dark cell.
    pub light: bool,
}

/// What a vertical axis measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AxisUnit {
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
    pub colour: Colour,
    /// From 0 to 1.
    pub opacity: f64,
    /// Whether a white line sets it apart from what lies over it.
    pub edge: bool,
    /// The series that it is of: its band, or where it has an edge its share of a whole. Empty where the panel's title says it;
    /// `None`: of no series.
    pub series: Option<String>,
    /// What a band holds: `"90 %"`.
    pub holds: &'static str,
}

/// From one end of what is likely to the other, across or upright.
#[derive(Clone, Copy, Debug)]
pub struct Whisker {
    /// One end.
    pub from: (f64, f64),
    /// The other.
    pub to: (f64, f64),
    /// Its colour.
    pub colour: Colour,
}

/// A single value.
#[derive(Clone, Debug)]
pub struct Dot {
    /// Where.
    pub at: (f64, f64),
    /// How it is drawn.
    pub shape: DotShape,
    /// Its colour.
    pub colour: Colour,
    /// What stands beside it; may be empty.
    pub name: String,
}

/// Shapes of single values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DotShape {
    /// A ring: something observed.
    Ring,
    /// A disc.
    Disc,
    /// A square: what others are compared with.
    Square,
    /// A small disc: one of a cloud.
    Point,
    /// A ring among discs: not distinguishable from noise.
    Faint,
}

/// A curve.
#[derive(Clone, Debug)]
pub struct ChartLine {
    /// Pieces without gaps, of (day, value).
    pub runs: Vec<Vec<(f64, f64)>>,
    /// Its colour.
    pub colour: Colour,
    /// Its dashes.
    pub dash: Dash,
    /// Its thickness in pixels.
    pub thickness: f64,
    /// The series whose values it shows, empty where the panel's title says it; `None`: it only leads the eye.
    pub series: Option<String>,
}

/// A level with a name, such as a capacity.
#[derive(Clone, Debug)]
pub struct LevelLine {
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
    pub colour: Colour,
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
    pub fn new(title: String, unit: AxisUnit, unit_words: &str) -> Panel {
        Panel {
            title,
            unit_words: unit_words.to_string(),
            unit,
            signed: false,
            reach: (0.0, 0.0),
            across: Across::default(),
            logarithmic: false,
            rows: Vec::new(),
            wide: false,
            height: None,
            areas: Vec::new(),
            lines: Vec::new(),
            whiskers: Vec::new(),
            dots: Vec::new(),
            over: Vec::new(),
            texts: Vec::new(),
            level: None,
            labels: Vec::new(),
            marks: Vec::new(),
        }
    }

    /// The highest value of what is drawn on it, and not below what its axis is to reach.
    pub fn highest(&self) -> f64 {
        self.heights().fold(self.reach.1, f64::max)
    }

    /// The lowest value of what is drawn on it, and not above what its axis is to reach.
    pub fn lowest(&self) -> f64 {
        self.heights().fold(self.reach.0, f64::min)
    }

    /// The ends of what is drawn on it from left to right; `None` where nothing is.
    pub fn span(&self) -> Option<(f64, f64)> {
        let areas = self.areas.iter().flat_map(|area| area.runs.iter().flatten()).map(|point| point.0);
        let lines = self.lines.iter().chain(&self.over);
        let lines = lines.flat_map(|line| line.runs.iter().flatten()).map(|point| point.0);
        let whiskers = self.whiskers.iter().flat_map(|whisker| [whisker.from.0, whisker.to.0]);
        let all = areas.chain(lines).chain(whiskers).chain(self.dots.iter().map(|dot| dot.at.0));
        all.fold(None, |span, x| span.map_or(Some((x, x)), |(from, to)| Some((x.min(from), x.max(to)))))
    }

    fn heights(&self) -> impl Iterator<Item = f64> + '_ {
        let areas = self.areas.iter().flat_map(|area| area.runs.iter().flatten());
        let lines = self.lines.iter().chain(&self.over);
        let lines = lines.flat_map(|line| line.runs.iter().flatten()).map(|point| point.1);
        let whiskers = self.whiskers.iter().flat_map(|whisker| [whisker.from.1, whisker.to.1]);
        let level = self.level.iter().flat_map(|level| &level.run).map(|point| point.1);
        let dots = self.dots.iter().map(|dot| dot.at.1);
        areas.flat_map(|point| [point.1, point.2]).chain(lines).chain(whiskers).chain(level).chain(dots)
    }
}
