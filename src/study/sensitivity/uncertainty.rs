//! Two-level uncertainty: how much of an outcome's variance is due to parameters that are not known, and how much to chance.
//!
//! Outside, n points are drawn from what is believed of the parameters; inside, R replicates are simulated for each. By
//! the law of total variance the variance of the outcome of one replicate is that of the means, *between* points, and the
//! mean of the variances *within* points. More knowledge can take away the first part only, and no knowledge of the
//! parameters the second.
//!
//! The means are estimates, so their variance has the noise of R replicates on top, which is taken away ([`MeasuredOutcome`]; where no
//! batches are known, the mean of variance / R, which is right when points do not share their random numbers).

use super::estimate::Estimate;
use super::measured::{MeasuredOutcome, NoIndices};
use super::moments::{TermCounts, UnitMoments, UnitSlots, UnitTerms};
use super::resample::{Resampling, estimates};

/// Fewer points than this tell nothing.
const LEAST: usize = 10;

/// The two parts of an outcome's variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uncertainty {
    /// The variance of the expected outcome due to parameters; below 0 where noise happens to account for more than all.
    pub between: Estimate,
    /// The mean variance of replicates whose parameters are the same.
    pub within: Estimate,
    /// The share of parameters in the sum of both, 0 to 1; `None` when the outcome is always the same.
    pub share: Option<Estimate>,
    /// The variance of the points' means that is Monte Carlo noise, and was taken away from `between`.
    pub noise: f64,
}

/// The two parts of the variance of one outcome.
///
/// `measured` has one row a point: the mean over its replicates. `variances` has the points' variances of single replicates
/// (the sum of squares over R - 1), and `replicates` is R, the same for all. Points are drawn independently or as a Latin
/// hypercube.
///
/// # Errors
/// When there are fewer than 10 points, or lengths differ, or a variance is not finite.
pub fn split(
    measured: MeasuredOutcome<'_>,
    variances: &[f64],
    replicates: u64,
    resampling: Resampling,
) -> Result<Uncertainty, NoIndices> {
    let points = variances.len();
    let measured = measured.checked(points)?;
    if points < LEAST {
        return Err(NoIndices::TooFew { points, least: LEAST });
    }
    if let Some(row) = variances.iter().position(|variance| !variance.is_finite()) {
        return Err(NoIndices::NotFinite { row });
    }
    let noise_within = if measured.batches() == 0 { 1.0 / replicates as f64 } else { 0.0 };
    let levels = Levels { variances, noise_within };
    let (found, columns) = estimates(&levels, &measured, resampling);
    let share = found[2];
    let free = points as f64 / (points as f64 - 1.0);
    let noise =
        free * (columns.quadratic_noise()[0] - columns.square_noise()[0]) + noise_within * found[1].value;
    Ok(Uncertainty {
        between: found[0],
        within: found[1],
        share: share.value.is_finite().then_some(share),
        noise,
    })
}

/// The terms of a point.
struct Levels<'v> {
    variances: &'v [f64],
    /// What part of the variance within is noise of a mean.
    noise_within: f64,
}

impl UnitTerms for Levels<'_> {
    fn units(&self) -> usize {
        self.variances.len()
    }

    fn counts(&self) -> TermCounts {
        TermCounts { linear: 1, quadratic: 1, plain: 1 }
    }

    fn fill(&self, unit: usize, outcome: &dyn Fn(usize) -> f64, terms: &mut UnitSlots<'_>) {
        let value = outcome(unit);
        terms.linear[0] = value;
        terms.quadratic[0] = value * value;
        terms.plain[0] = self.variances[unit];
    }

    /// Between, within, and the share of the first, kept from 0 to 1.
    fn indices(&self, moments: &UnitMoments) -> Vec<f64> {
        let points = self.variances.len() as f64;
        let within = moments.plain[0];
        let seen = points / (points - 1.0) * (moments.quadratic[0] - moments.squares[0]);
        let between = seen - self.noise_within * within;
        let kept = between.max(0.0);
        vec![between, within, kept / (kept + within)]
    }
}
