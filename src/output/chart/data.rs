//! The numbers that a chart shows, as plain data: its series with their bands, and its rows.

use std::collections::BTreeSet;

use super::palette::Colour;
use super::spec::{Across, Area, AxisUnit, ChartLine, DotShape, Panel};

/// The numbers of a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelData {
    /// Its heading; empty where the chart's title says it.
    pub title: String,
    /// What its numbers count.
    pub unit_words: String,
    /// How they are written.
    pub unit: AxisUnit,
    /// Whether they are differences, written with their sign.
    pub signed: bool,
    /// What they are of.
    pub shown: PanelNumbers,
}

/// What the numbers of a panel are of.
#[derive(Clone, Debug, PartialEq)]
pub enum PanelNumbers {
    /// Series over time.
    OverTime(Vec<DataSeries>),
    /// A number for each row, or for each of what has a name.
    ByName(Vec<NamedNumber>),
}

/// A series over time.
#[derive(Clone, Debug, PartialEq)]
pub struct DataSeries {
    /// Its name; empty where the panel's title says it.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
    /// What its bands hold, the widest first: `"90 %"`.
    pub holds: Vec<&'static str>,
    /// Its points, in the order of time.
    pub points: Vec<DataPoint>,
}

/// A point of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct DataPoint {
    /// Days since the start.
    pub day: f64,
    /// The value.
    pub value: f64,
    /// The ends of each band, where there is one.
    pub bands: Vec<Option<(f64, f64)>>,
}

/// A number that belongs to a name.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedNumber {
    /// The name.
    pub name: String,
    /// What it counts, where that is not what the panel says.
    pub unit_words: String,
    /// The number.
    pub value: f64,
    /// How far it may be off.
    pub range: Option<(f64, f64)>,
}

/// The numbers of panels that have some.
pub fn of_panels(panels: &[Panel]) -> Vec<PanelData> {
    panels.iter().map(of_panel).filter(|data| !data.is_empty()).collect()
}

/// The numbers of a panel.
pub fn of_panel(panel: &Panel) -> PanelData {
    let (shown, unit_words) = match &panel.across {
        Across::Dates => (PanelNumbers::OverTime(over_time(panel)), panel.unit_words.clone()),
        Across::Numbers { words, .. } if !panel.rows.is_empty() => {
            (PanelNumbers::ByName(rows(panel)), words.clone())
        }
        Across::Numbers { words, .. } => {
            (PanelNumbers::ByName(named(panel, words)), panel.unit_words.clone())
        }
        Across::Columns { .. } => (PanelNumbers::ByName(Vec::new()), panel.unit_words.clone()),
    };
    let signed = match &panel.across {
        Across::Numbers { signed, .. } => *signed,
        Across::Dates | Across::Columns { .. } => panel.signed,
    };
    PanelData { title: panel.title.clone(), unit_words, unit: panel.unit, signed, shown }
}

impl PanelData {
    fn is_empty(&self) -> bool {
        match &self.shown {
            PanelNumbers::OverTime(series) => series.is_empty(),
            PanelNumbers::ByName(numbers) => numbers.is_empty(),
        }
    }
}

/// The series of a panel in the order of their labels and lines: shares of a whole from the top down, as they are seen.
fn over_time(panel: &Panel) -> Vec<DataSeries> {
    let shares = panel.areas.iter().rev().filter(|area| area.edge).filter_map(share);
    let lines = panel.lines.iter().chain(&panel.over).filter_map(|line| of_line(panel, line));
    shares.chain(lines).collect()
}

/// A share of a whole: how high its area is.
fn share(area: &Area) -> Option<DataSeries> {
    let name = area.series.clone()?;
    let height =
        |(day, low, high): &(f64, f64, f64)| DataPoint { day: *day, value: high - low, bands: Vec::new() };
    let points = last_of_each_day(area.runs.iter().flatten().map(height));
    Some(DataSeries { name, colour: area.colour, holds: Vec::new(), points })
}

fn of_line(panel: &Panel, line: &ChartLine) -> Option<DataSeries> {
    let name = line.series.clone()?;
    let own = |area: &&Area| !area.edge && area.series.as_ref() == Some(&name);
    let bands: Vec<&Area> = panel.areas.iter().filter(own).collect();
    let runs: Vec<Vec<(f64, f64, f64)>> = bands.iter().map(|band| band.runs.concat()).collect();
    let ends = |run: &Vec<(f64, f64, f64)>, day: f64| {
        let found = run.binary_search_by(|point| point.0.total_cmp(&day)).ok()?;
        Some((run[found].1, run[found].2))
    };
    let point = |(day, value): &(f64, f64)| {
        let bands = runs.iter().map(|run| ends(run, *day)).collect();
        DataPoint { day: *day, value: *value, bands }
    };
    let points = last_of_each_day(line.runs.iter().flatten().map(point));
    let holds = bands.iter().map(|band| band.holds).collect();
    Some(DataSeries { name, colour: line.colour, holds, points })
}

/// Where something jumps there are two points: what is so from then on counts.
fn last_of_each_day(points: impl Iterator<Item = DataPoint>) -> Vec<DataPoint> {
    let mut kept: Vec<DataPoint> = Vec::new();
    for point in points {
        match kept.last_mut().filter(|last| last.day == point.day) {
            Some(last) => *last = point,
            None => kept.push(point),
        }
    }
    kept
}

/// The number of each row: its dot or its bar.
fn rows(panel: &Panel) -> Vec<NamedNumber> {
    let rows = panel.rows.iter().zip(0u32..);
    rows.filter_map(|(name, row)| {
        let at = f64::from(row);
        let dot = panel.dots.iter().find(|dot| dot.at.1 == at).map(|dot| dot.at.0);
        let bar = || {
            let run = panel.areas.iter().flat_map(|area| &area.runs).find(|run| lies_about(run, at))?;
            run.iter().map(|point| point.0).max_by(|one, other| one.abs().total_cmp(&other.abs()))
        };
        let value = dot.or_else(bar)?;
        let whisker = panel.whiskers.iter().find(|it| it.from.1 == at && it.to.1 == at);
        let range = whisker.map(|it| (it.from.0, it.to.0));
        Some(NamedNumber { name: name.clone(), unit_words: String::new(), value, range })
    })
    .collect()
}

/// Whether a bar lies about a row.
fn lies_about(run: &[(f64, f64, f64)], row: f64) -> bool {
    run.first().is_some_and(|(_, top, bottom)| *top < row && row < *bottom)
}

/// Both numbers of each named dot: to the right, in `words`, and upwards.
fn named(panel: &Panel, words: &str) -> Vec<NamedNumber> {
    let told = panel.dots.iter().filter(|dot| !dot.name.is_empty() && dot.shape != DotShape::Point);
    told.flat_map(|dot| {
        let across = panel.whiskers.iter().find(|it| it.from.1 == dot.at.1 && it.to.1 == dot.at.1);
        let upright = panel.whiskers.iter().find(|it| it.from.0 == dot.at.0 && it.to.0 == dot.at.0);
        [
            NamedNumber {
                name: dot.name.clone(),
                unit_words: words.to_string(),
                value: dot.at.0,
                range: across.map(|it| (it.from.0, it.to.0)),
            },
            NamedNumber {
                name: dot.name.clone(),
                unit_words: String::new(),
                value: dot.at.1,
                range: upright.map(|it| (it.from.1, it.to.1)),
            },
        ]
    })
    .collect()
}

/// The days of series over time, each once, in order.
pub fn days(series: &[DataSeries]) -> Vec<f64> {
    // Days are above or at 0, where the order of bits is that of numbers.
    let bits: BTreeSet<u64> =
        series.iter().flat_map(|one| &one.points).map(|point| point.day.max(0.0).to_bits()).collect();
    bits.into_iter().map(f64::from_bits).collect()
}

impl DataSeries {
    /// The point of a day.
    pub fn at(&self, day: f64) -> Option<&DataPoint> {
        let found = self.points.binary_search_by(|point| point.day.total_cmp(&day)).ok()?;
        self.points.get(found)
    }
}

/// `count` places thinned to at most `most` of them, evenly, with the first and the last; by one of `steps` where these suffice.
pub fn thinned(count: usize, most: usize, steps: &[usize]) -> Vec<usize> {
    if count <= most || most < 2 {
        return (0..count.min(most.max(1))).collect();
    }
    let last = count - 1;
    let picked = |step: usize| last.div_ceil(step) + 1;
    let step = steps.iter().copied().find(|step| picked(*step) <= most);
    let step = step.unwrap_or_else(|| last.div_ceil(most - 1));
    let mut places: Vec<usize> = (0..last).step_by(step).collect();
    places.push(last);
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thinning_keeps_both_ends() {
        assert_eq!(thinned(5, 25, &[]), [0, 1, 2, 3, 4]);
        assert_eq!(thinned(73, 25, &[1, 2, 3, 6, 12]).len(), 25);
        assert_eq!(thinned(61, 25, &[1, 2, 3, 6, 12])[..3], [0, 3, 6]);
        assert_eq!(thinned(145, 25, &[1, 2, 3, 6, 12])[..3], [0, 6, 12]);
        for count in 1..400 {
            for most in 2..30 {
                let places = thinned(count, most, &[1, 2, 3, 4, 6, 12]);
                assert!(places.len() <= most && places[0] == 0 && places[places.len() - 1] == count - 1);
                assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{places:?}");
            }
        }
    }
}
