//! The sums that indices are made of, and what noise adds to them.

use super::measured::MeasuredOutcome;

/// An analysis, described by what each of its independent units (base points, trajectories, points) contributes.
///
/// Indices are functions of means over units of three kinds of terms: linear in the outcomes, of which squares of means are
/// corrected for noise; quadratic in them, of which the means are; and plain ones, which are taken as they are.
pub trait UnitTerms: Sync {
    /// How many units there are.
    fn units(&self) -> usize;
    /// How many terms of each kind a unit has.
    fn counts(&self) -> TermCounts;
    /// The terms of a unit, given the outcome of every row.
    fn fill(&self, unit: usize, outcome: &dyn Fn(usize) -> f64, terms: &mut UnitSlots<'_>);
    /// The indices, always equally many; not finite where there are none.
    fn indices(&self, moments: &UnitMoments) -> Vec<f64>;
}

/// The number of terms of each kind.
#[derive(Clone, Copy, Debug)]
pub struct TermCounts {
    pub linear: usize,
    pub quadratic: usize,
    pub plain: usize,
}

impl TermCounts {
    fn all(self) -> usize {
        self.linear + self.quadratic + self.plain
    }
}

/// Where a unit's terms are put.
pub struct UnitSlots<'s> {
    pub linear: &'s mut [f64],
    pub quadratic: &'s mut [f64],
    pub plain: &'s mut [f64],
}

impl UnitSlots<'_> {
    fn over(terms: &mut [f64], counts: TermCounts) -> UnitSlots<'_> {
        let (linear, rest) = terms.split_at_mut(counts.linear);
        let (quadratic, plain) = rest.split_at_mut(counts.quadratic);
        UnitSlots { linear, quadratic, plain }
    }
}

/// Means over units.
#[derive(Clone, Debug)]
pub struct UnitMoments {
    /// Of linear terms.
    pub linear: Vec<f64>,
    /// The squares of those, without noise.
    pub squares: Vec<f64>,
    /// Of quadratic terms, without noise.
    pub quadratic: Vec<f64>,
    /// Of plain terms.
    pub plain: Vec<f64>,
}

/// The terms of all units, eight bytes each.
pub struct TermColumns {
    counts: TermCounts,
    /// Unit by unit; quadratic terms are without noise.
    terms: Vec<f64>,
    /// What noise adds to the squares of means of linear terms. The same for every resample: what is left of it in a mean
    /// over many units is what units share.
    square_noise: Vec<f64>,
    /// What was taken from the means of quadratic terms.
    quadratic_noise: Vec<f64>,
}

impl TermColumns {
    /// The terms of outcomes less `centre`, which cuts the rounding.
    pub fn new(terms: &dyn UnitTerms, measured: &MeasuredOutcome<'_>, centre: f64) -> TermColumns {
        let (counts, units, factor) = (terms.counts(), terms.units(), measured.noise_factor());
        let values = measured.values();
        let mut all = vec![0.0; units * counts.all()];
        let mut errors_of = vec![0.0; counts.all()];
        let mut sums = vec![0.0; counts.linear * measured.batches()];
        let mut quadratic_noise = vec![0.0; counts.quadratic];
        for (unit, own) in all.chunks_exact_mut(counts.all()).enumerate() {
            let mut own = UnitSlots::over(own, counts);
            terms.fill(unit, &|row| values[row] - centre, &mut own);
            for batch in 0..measured.batches() {
                let mut errors = UnitSlots::over(&mut errors_of, counts);
                terms.fill(unit, &|row| measured.error(row, batch), &mut errors);
                for ((own, error), noise) in
                    own.quadratic.iter_mut().zip(&*errors.quadratic).zip(&mut quadratic_noise)
                {
                    *own -= factor * error;
                    *noise += factor * error / units as f64;
                }
                for (sum, error) in sums[batch * counts.linear..].iter_mut().zip(&*errors.linear) {
                    *sum += error / units as f64;
                }
            }
        }
        let mut square_noise = vec![0.0; counts.linear];
        for batch in sums.chunks_exact(counts.linear.max(1)) {
            for (noise, mean) in square_noise.iter_mut().zip(batch) {
                *noise += factor * mean * mean;
            }
        }
        TermColumns { counts, terms: all, square_noise, quadratic_noise }
    }

    /// Means over units, each counted `weights[unit]` times.
    pub fn moments(&self, weights: &[u32]) -> UnitMoments {
        let width = self.counts.all();
        let mut sums = vec![0.0; width];
        let mut total = 0.0;
        for (terms, weight) in self.terms.chunks_exact(width).zip(weights) {
            if *weight == 0 {
                continue;
            }
            let weight = f64::from(*weight);
            total += weight;
            for (sum, term) in sums.iter_mut().zip(terms) {
                *sum += weight * term;
            }
        }
        for sum in &mut sums {
            *sum /= total;
        }
        let plain = sums.split_off(self.counts.linear + self.counts.quadratic);
        let quadratic = sums.split_off(self.counts.linear);
        let squares = sums.iter().zip(&self.square_noise).map(|(mean, noise)| mean * mean - noise).collect();
        UnitMoments { linear: sums, squares, quadratic, plain }
    }

    /// Takes further noise away, `times` as much as that which is in the moments of `from`.
    pub fn take_noise_of(&mut self, from: &TermColumns, times: f64) {
        for (noise, known) in self.square_noise.iter_mut().zip(&from.square_noise) {
            *noise += times * known;
        }
        let first = self.counts.linear;
        for terms in self.terms.chunks_exact_mut(self.counts.all()) {
            for (term, known) in terms[first..].iter_mut().zip(&from.quadratic_noise) {
                *term -= times * known;
            }
        }
    }

    /// What noise adds to the means of quadratic terms.
    pub fn quadratic_noise(&self) -> &[f64] {
        &self.quadratic_noise
    }

    /// What noise adds to the squares of means of linear terms.
    pub fn square_noise(&self) -> &[f64] {
        &self.square_noise
    }
}
