//! How well replicates meet observed values, in all and by series.

use crate::ensemble::summary::{Score, Summary};
use crate::model::{Model, ObservedPoint};

/// An observed value with its score.
#[derive(Clone, Copy, Debug)]
pub struct Scored<'a> {
    /// The value.
    pub point: &'a ObservedPoint,
    /// Its score.
    pub score: &'a Score,
    /// Whether it counts: not where it is of the start, which is no forecast.
    pub counts: bool,
    /// The distance of the naive forecast, which is the last value of the series before the first that counts, or that one where there is
    /// none before it; `None` for what is no later than that.
    pub naive: Option<f64>,
}

impl Scored<'_> {
    /// The mean of the replicates less the observed value.
    pub fn error(&self) -> f64 {
        self.score.stat.mean - self.point.value
    }

    /// The Monte Carlo standard error of the mean of the replicates; 0 in expected mode.
    pub fn mc_se(&self) -> f64 {
        self.score.stat.spread.map_or(0.0, |spread| spread.mc_se)
    }

    /// The continuous ranked probability score; `None` of what does not count.
    pub fn crps(&self) -> Option<f64> {
        self.counts.then_some(self.score.crps)
    }

    /// Whether the value is between two of the quantiles, ends included; `None` in expected mode, and of what does not count.
    pub fn inside(&self, low: usize, high: usize) -> Option<bool> {
        if !self.counts {
            return None;
        }
        let quantiles = self.score.stat.spread?.quantiles;
        Some((quantiles[low]..=quantiles[high]).contains(&self.point.value))
    }
}

/// Every observed value with its score, in the order of series, and of dates within a series.
pub fn scored<'a>(model: &'a Model, summary: &'a Summary) -> Vec<Scored<'a>> {
    let points = model.observed.iter().flat_map(|observed| &observed.points);
    let mut scored: Vec<Scored<'a>> = Vec::new();
    let mut last: Option<&ObservedPoint> = None;
    for (point, score) in points.zip(&summary.scores) {
        let counts = !point.is_start();
        let known = last.filter(|last| counts && same_series(last, point));
        scored.push(Scored {
            point,
            score,
            counts,
            naive: known.map(|last| (last.value - point.value).abs()),
        });
        last = known.or(Some(point));
    }
    scored
}

/// Whether two values are of the same people.
pub fn same_series(a: &ObservedPoint, b: &ObservedPoint) -> bool {
    (a.place, &a.groups) == (b.place, &b.groups)
}

/// How well several observed values are met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Skill {
    /// How many values count.
    pub observed: usize,
    /// The mean of the errors: above 0 where the replicates have too many people.
    pub bias: f64,
    /// The mean of their sizes.
    pub mean_absolute_error: f64,
    /// How many lie between the 25 % and 75 % quantiles, and between the 5 % and 95 % ones; `None` in expected mode.
    pub inside: Option<[usize; 2]>,
    /// The mean score.
    pub crps: f64,
    /// The mean scores of the replicates and of the naive forecast, both of all values that the latter tells of; `None` where there are
    /// none.
    pub against_naive: Option<(f64, f64)>,
    /// The mean of the Monte Carlo standard errors of the means: that of the bias is no larger.
    pub mc_se: f64,
}

/// The skill of those of some values that count; `None` where none does.
pub fn skill(scored: &[Scored<'_>]) -> Option<Skill> {
    let scored: Vec<Scored<'_>> = scored.iter().filter(|it| it.counts).copied().collect();
    if scored.is_empty() {
        return None;
    }
    let mean = |values: &mut dyn Iterator<Item = f64>| {
        let (mut sum, mut count) = (0.0, 0.0);
        for value in values {
            sum += value;
            count += 1.0;
        }
        sum / count
    };
    let inside = |low, high| {
        let all: Option<Vec<bool>> = scored.iter().map(|it| it.inside(low, high)).collect();
        Some(all?.into_iter().filter(|inside| *inside).count())
    };
    let later = || scored.iter().filter(|it| it.naive.is_some());
    Some(Skill {
        observed: scored.len(),
        mc_se: mean(&mut scored.iter().map(Scored::mc_se)),
        bias: mean(&mut scored.iter().map(Scored::error)),
        mean_absolute_error: mean(&mut scored.iter().map(|it| it.error().abs())),
        inside: inside(1, 3).zip(inside(0, 4)).map(|(half, most)| [half, most]),
        crps: mean(&mut scored.iter().map(|it| it.score.crps)),
        against_naive: later().next().is_some().then(|| {
            (mean(&mut later().map(|it| it.score.crps)), mean(&mut later().filter_map(|it| it.naive)))
        }),
    })
}
