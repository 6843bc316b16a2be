//! Elementary effects: what an outcome changes when one factor moves by half of its levels.
//!
//! An effect is the change of the outcome per unit of the *unit interval* of its factor: the difference of two rows of a
//! trajectory over delta, with the sign of the move, as in SALib (unscaled). So it has the unit of the outcome, and is that of
//! moving the factor through all of its spread. Over a [`Drawn`](crate::study::design::FactorSpread::Drawn) spread, whose levels are the
//! middles of p equal parts, a move is somewhat shorter than delta, and the effect that is reported somewhat smaller.
//!
//! - mu: the mean effect (Morris 1991); near 0 also when effects of both signs cancel.
//! - mu*: the mean of their sizes (Campolongo, Cariboni and Saltelli 2007), the usual measure of importance.
//! - sigma: their standard deviation; large when the factor acts on others, or not in proportion.
//!
//! Monte Carlo noise makes every effect uncertain. sigma^2 is quadratic and corrected for it ([`MeasuredOutcome`]). The size of
//! an effect is not: noise of standard deviation s adds up to sqrt(2 / pi) s = 0.8 s to mu*, all of it to a factor
//! without effect, and little to one whose effects are well above s. So mu* is given as it is and `noise`, that s,
//! beside it, and `size`, the root of the mean squared effect, corrected, which is sqrt(mu^2 + sigma^2) but for the count.

use super::estimate::Estimate;
use super::measured::{MeasuredOutcome, NoIndices};
use super::moments::{TermCounts, UnitMoments, UnitSlots, UnitTerms};
use super::resample::{Resampling, estimates};
use crate::study::design;

/// What the effects of one factor are like, in units of the outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effects {
    /// The mean effect.
    pub mu: Estimate,
    /// The mean size of an effect, noise included.
    pub mu_star: Estimate,
    /// The standard deviation of the effects, without noise; 0 where noise accounts for all of it.
    pub sigma: Estimate,
    /// The root of the mean squared effect, without noise; 0 where noise accounts for all of it.
    pub size: Estimate,
    /// The standard deviation of one effect due to Monte Carlo noise alone; 0 when no batches are known.
    pub noise: f64,
}

impl Effects {
    /// Whether mu* is more than noise by itself would make it, sqrt(2 / pi) times `noise`, by two standard errors.
    pub fn is_above_noise(&self) -> bool {
        let from_noise = std::f64::consts::FRAC_2_PI.sqrt() * self.noise;
        self.mu_star.value > from_noise + 2.0 * self.mu_star.standard_error
    }
}

/// The effects of each factor of a [`design::Morris`], a row of which is a row of `measured`.
///
/// # Errors
/// When rows are missing. A constant outcome has effects of 0.
pub fn effects(
    design: &design::Morris,
    measured: MeasuredOutcome<'_>,
    resampling: Resampling,
) -> Result<Vec<Effects>, NoIndices> {
    let measured = measured.checked(design.len())?;
    let trajectories = Trajectories::new(design);
    let (found, columns) = estimates(&trajectories, &measured, resampling);
    let factors = design.factors();
    let at = |kind: usize, factor: usize| found[kind * factors + factor];
    Ok((0..factors)
        .map(|factor| Effects {
            mu: at(0, factor),
            mu_star: at(1, factor),
            sigma: root(at(2, factor)),
            size: root(at(3, factor)),
            noise: columns.quadratic_noise()[factor].max(0.0).sqrt(),
        })
        .collect())
}

/// The root of a square that noise may have left below 0, with its error: by the slope of the root where the square is well
/// known, and where it is not the root of what it may be.
fn root(square: Estimate) -> Estimate {
    let value = square.value.max(0.0).sqrt();
    let error = square.standard_error;
    let standard_error = if value * value > error {
        error / (2.0 * value)
    } else {
        (square.value.max(0.0) + error).sqrt() - value
    };
    Estimate { value, standard_error }
}

/// The terms of a trajectory.
struct Trajectories {
    /// Of every trajectory: of each factor the step at which it moves, and one over the move.
    moves: Vec<Vec<(usize, f64)>>,
}

impl Trajectories {
    fn new(design: &design::Morris) -> Trajectories {
        let moves = (0..design.trajectories()).map(|trajectory| {
            let mut of_factors = vec![(0, 0.0); design.factors()];
            for (step, moved) in design.moves(trajectory).into_iter().enumerate() {
                let slope = if moved.up { 1.0 } else { -1.0 } / design.delta();
                of_factors[moved.factor] = (step, slope);
            }
            of_factors
        });
        Trajectories { moves: moves.collect() }
    }
}

impl UnitTerms for Trajectories {
    fn units(&self) -> usize {
        self.moves.len()
    }

    /// Of each factor its effect, that squared, and its size.
    fn counts(&self) -> TermCounts {
        let factors = self.moves[0].len();
        TermCounts { linear: factors, quadratic: factors, plain: factors }
    }

    fn fill(&self, unit: usize, outcome: &dyn Fn(usize) -> f64, terms: &mut UnitSlots<'_>) {
        let first = unit * (self.moves[unit].len() + 1);
        for (factor, (step, slope)) in self.moves[unit].iter().enumerate() {
            let effect = slope * (outcome(first + step + 1) - outcome(first + step));
            terms.linear[factor] = effect;
            terms.quadratic[factor] = effect * effect;
            terms.plain[factor] = effect.abs();
        }
    }

    /// All mu, all mu*, all sigma^2, all mean squares.
    fn indices(&self, moments: &UnitMoments) -> Vec<f64> {
        let count = self.moves.len() as f64;
        // The effects of a sample are that much nearer to their own mean than to the true one.
        let free = count / (count - 1.0);
        let variances =
            moments.quadratic.iter().zip(&moments.squares).map(|(mean, square)| free * (mean - square));
        moments
            .linear
            .iter()
            .copied()
            .chain(moments.plain.iter().copied())
            .chain(variances)
            .chain(moments.quadratic.iter().copied())
            .collect()
    }
}
