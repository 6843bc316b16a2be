//! From the numbers of a summary to curves and bands.

use super::about::ShownSpread;
use super::format::{amount, range};
use super::palette::{self, Colour, Dash};
use super::spec::{Area, ChartLine};
use super::time_axis::boundary;
use crate::calendar::Calendar;
use crate::ensemble::summary::Stat;
/// What the lines of a chart show of many replicates, and what its bands then are: a line lies in its own band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Centre {
    /// Half of the replicates are below it; bands hold 50 % and 90 % of them.
    Median,
    /// Their mean; the band is where chance leaves it. Of what comes seldom the median would be 0.
    Mean,
}

/// Half of the range of a mean that chance alone leaves open, in standard errors: 95 % of normal values.
pub const ERRORS: f64 = 1.96;

/// What bands hold.
pub const NINE_IN_TEN: &str = "90 %";
pub const HALF: &str = "50 %";
pub const ERROR: &str = "± 1.96 standard errors";

impl Centre {
    /// For all lines of a chart: the median where it tells something of every one, else the mean.
    pub fn for_all<'a>(all: impl IntoIterator<Item = &'a [Stat]>) -> Centre {
        if all.into_iter().all(reported_by_median) { Centre::Median } else { Centre::Mean }
    }

    /// What lines and bands are, `of_the_total` where only its line has bands.
    pub fn words(self, of_the_total: bool) -> String {
        let of = if of_the_total { " of the total" } else { "" };
        match self {
            Centre::Median => format!("lines are medians, bands{of} hold 50 % and 90 % of them"),
            Centre::Mean => {
                format!("lines are means, bands{of} are ± 1.96 standard errors")
            }
        }
    }

    /// What is said of the bands under the chart.
    pub fn spread(self) -> ShownSpread {
        match self {
            Centre::Median => ShownSpread::Bands,
            Centre::Mean => ShownSpread::Errors,
        }
    }

    /// The value of `stat`; the mean in expected mode.
    pub fn of(self, stat: &Stat) -> f64 {
        match (self, &stat.spread) {
            (Centre::Median, Some(spread)) => spread.quantiles[2],
            _ => stat.mean,
        }
    }
}

/// Whether the median says what happens: it is above 0 where the mean is, mostly and at the end.
fn reported_by_median(points: &[Stat]) -> bool {
    let medians = points.iter().filter(|stat| stat.mean > 0.0);
    let medians: Vec<bool> =
        medians.map(|stat| stat.spread.is_some_and(|spread| spread.quantiles[2] > 0.0)).collect();
    let above = medians.iter().filter(|above| **above).count();
    2 * above >= medians.len() && medians.last().is_none_or(|above| *above)
}

/// Where chance leaves the mean; not below 0 where the mean is not.
pub fn of_mean(stat: &Stat) -> Option<(f64, f64)> {
    let error = ERRORS * stat.spread?.mc_se;
    let low = stat.mean - error;
    let low = if stat.mean >= 0.0 { low.max(0.0) } else { low };
    error.is_finite().then_some((low, stat.mean + error))
}

/// Days at which a series has its points.
type Days = Vec<f64>;

/// Every boundary: people present.
pub fn boundaries(calendar: &Calendar) -> Days {
    (0..=calendar.steps()).map(|k| boundary(calendar, k)).collect()
}

/// The end of every step: sums to date, rates.
pub fn step_ends(calendar: &Calendar) -> Days {
    (1..=calendar.steps()).map(|k| boundary(calendar, k)).collect()
}

/// The middle of every step: flows within it.
pub fn step_middles(calendar: &Calendar) -> Days {
    let ends = boundaries(calendar);
    ends.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0).collect()
}

/// Points in pieces without gaps: what is not finite (a rate without person-years) is a gap.
fn pieces<P: Copy>(points: impl Iterator<Item = P>, finite: impl Fn(&P) -> bool) -> Vec<Vec<P>> {
    let mut runs: Vec<Vec<P>> = vec![Vec::new()];
    for point in points {
        if !finite(&point) {
            runs.push(Vec::new());
        } else if let Some(run) = runs.last_mut() {
            run.push(point);
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// A curve through `values`.
pub fn curve(days: &[f64], values: &[f64], colour: Colour, dash: Dash, thickness: f64) -> ChartLine {
    let points = days.iter().copied().zip(values.iter().copied());
    let runs = pieces(points, |point| point.1.is_finite());
    ChartLine { runs, colour, dash, thickness, series: None }
}

/// What lies between `lower` and `upper`, without an edge.
pub fn between(days: &[f64], lower: &[f64], upper: &[f64], colour: Colour, opacity: f64) -> Area {
    let points = days.iter().zip(lower).zip(upper).map(|((day, lower), upper)| (*day, *lower, *upper));
    let runs = pieces(points, |point| point.1.is_finite() && point.2.is_finite());
    Area { runs, colour, opacity, edge: false, series: None, holds: "" }
}

/// The centre of every point.
pub fn centres(points: &[Stat], centre: Centre) -> Vec<f64> {
    points.iter().map(|stat| centre.of(stat)).collect()
}

/// The bands that belong to the centre: those that hold 90 % and 50 % of the replicates, or that of the mean; none in expected
/// mode.
pub fn bands(days: &[f64], points: &[Stat], colour: Colour, centre: Centre) -> Vec<Area> {
    let band = |ends: &dyn Fn(&Stat) -> Option<(f64, f64)>, opacity, holds| {
        let ends: Vec<(f64, f64)> =
            points.iter().map(|stat| ends(stat).unwrap_or((f64::NAN, f64::NAN))).collect();
        let (lower, upper): (Vec<f64>, Vec<f64>) = ends.into_iter().unzip();
        Area { holds, ..between(days, &lower, &upper, colour, opacity) }.of("")
    };
    let quantiles = |low: usize, high: usize| {
        move |stat: &Stat| stat.spread.map(|spread| (spread.quantiles[low], spread.quantiles[high]))
    };
    let mut bands = match centre {
        Centre::Median => vec![band(&quantiles(0, 4), 0.20, NINE_IN_TEN), band(&quantiles(1, 3), 0.32, HALF)],
        Centre::Mean => vec![band(&of_mean, 0.30, ERROR)],
    };
    bands.retain(|band| !band.runs.is_empty());
    bands
}

/// The line and the bands of the one series of a panel.
pub fn main_line(days: &[f64], points: &[Stat], centre: Centre) -> ChartLine {
    curve(days, &centres(points, centre), palette::MAIN, &[], 2.2).of("")
}

/// The last finite number.
pub fn last(values: &[f64]) -> Option<f64> {
    values.iter().rev().copied().find(|value| value.is_finite())
}

/// What is said of the bands where a line ends: "2–17", or "± 3" of a mean; nothing where all replicates are alike.
pub fn range_words(stat: &Stat, centre: Centre) -> String {
    match centre {
        Centre::Median => range_90(stat).filter(|(low, high)| low < high).map(|(low, high)| range(low, high)),
        Centre::Mean => {
            let error = stat.spread.map(|spread| ERRORS * spread.mc_se);
            error
                .filter(|error| *error > 0.0 && error.is_finite())
                .map(|error| format!("± {}", amount(error)))
        }
    }
    .unwrap_or_default()
}

/// The 5 % and 95 % quantiles.
pub fn range_90(stat: &Stat) -> Option<(f64, f64)> {
    stat.spread
        .map(|spread| (spread.quantiles[0], spread.quantiles[4]))
        .filter(|(low, high)| low.is_finite() && high.is_finite())
}
