//! What a study measured: one estimate a row, and how it came about.

use super::estimate::Estimate;

/// One outcome of every row of a design.
///
/// With the estimates of B batches of each row's replicates, equally large and the same replicates in all rows, indices are
/// corrected for Monte Carlo noise. Sensible are 5 to 20 batches: with fewer the noise itself is poorly known.
///
/// # Why the correction does not need independent rows
///
/// Every index is made of quadratic forms Q of the rows' estimates: variances, covariances, mean squared differences. A
/// row's estimate is its true value and an error, the mean of the errors of the batches. As those have mean 0,
/// E Q(estimates) = Q(true values) + E Q(errors). Batches are independent of each other, so the errors of one batch have
/// B times as large a Q on average as their mean, and
///
/// ```text
/// E Q(errors) = 1 / (B (B - 1)) x the sum over batches of Q(estimates of the batch - mean of all batches)
/// ```
///
/// on average, whichever way the errors of different rows of one batch depend on each other: rows that share their random numbers
/// have less noise in their differences and more in their sums, and Q sees that. It is the same number as (mean of Q over
/// batches - Q of the mean) / (B - 1). If rows are independent and Q is a variance, it is the mean squared standard error.
///
/// The estimates have to be means (or sums) over replicates: the median of many replicates is not the mean of the medians of
/// parts of them.
#[derive(Clone, Copy, Debug)]
pub struct MeasuredOutcome<'m> {
    values: &'m [f64],
    batches: &'m [&'m [f64]],
}

/// Why there are no indices.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NoIndices {
    /// Another number of rows than the design has.
    #[error("{found} outcomes for a design of {expected} rows")]
    Rows {
        /// How many there are.
        found: usize,
        /// How many there should be.
        expected: usize,
    },
    /// Too few points.
    #[error("{points} points are too few: at least {least} are needed")]
    TooFew {
        /// How many there are.
        points: usize,
        /// How many are needed.
        least: usize,
    },
    /// One batch tells nothing of noise.
    #[error("one batch of replicates tells nothing about noise: give two or more, or none")]
    OneBatch,
    /// An outcome that is infinite or none.
    #[error("the outcome of row {row} is not a finite number")]
    NotFinite {
        /// The row, from 0.
        row: usize,
    },
    /// All outcomes are equal.
    #[error("the outcome is the same in every row: no factor has an effect")]
    Constant,
    /// Noise is all there is.
    #[error(
        "the rows differ no more (variance {variance:.1e}) than Monte Carlo noise makes them (variance {noise:.1e}): more replicates a row would tell whether any factor has an effect"
    )]
    OnlyNoise {
        /// The variance between the rows.
        variance: f64,
        /// That of noise alone.
        noise: f64,
    },
}

impl NoIndices {
    /// That a variance, without the noise that was taken from it, can be told from that noise: it is above 0 and, where noise is
    /// over half of what was seen, two standard errors above.
    pub(super) fn unless_clear(variance: Estimate, noise: f64) -> Result<(), NoIndices> {
        let value = variance.value;
        let unclear = noise > value && value < 2.0 * variance.standard_error;
        if value <= 0.0 || unclear {
            return Err(NoIndices::OnlyNoise { variance: value + noise, noise });
        }
        Ok(())
    }
}

impl<'m> MeasuredOutcome<'m> {
    /// Estimates without noise, or of which no batches are known.
    ///
    /// # Errors
    /// When a value is not finite.
    pub fn exact(values: &'m [f64]) -> Result<MeasuredOutcome<'m>, NoIndices> {
        Self::new(values, &[])
    }

    /// The estimates `values` of all rows, and of each of B batches, which are as long: B is 0, or at least 2.
    ///
    /// # Errors
    /// When lengths differ, B is 1, or a value is not finite.
    pub fn new(values: &'m [f64], batches: &'m [&'m [f64]]) -> Result<MeasuredOutcome<'m>, NoIndices> {
        if batches.len() == 1 {
            return Err(NoIndices::OneBatch);
        }
        for rows in std::iter::once(&values).chain(batches) {
            if rows.len() != values.len() {
                return Err(NoIndices::Rows { found: rows.len(), expected: values.len() });
            }
            if let Some(row) = rows.iter().position(|value| !value.is_finite()) {
                return Err(NoIndices::NotFinite { row });
            }
        }
        Ok(MeasuredOutcome { values, batches })
    }

    /// Values that are known to be finite.
    pub(super) fn trusted(values: &'m [f64]) -> MeasuredOutcome<'m> {
        MeasuredOutcome { values, batches: &[] }
    }

    /// The estimate of every row.
    pub fn values(&self) -> &'m [f64] {
        self.values
    }

    /// The number of batches.
    pub fn batches(&self) -> usize {
        self.batches.len()
    }

    /// What a batch of a row is apart from the mean of all.
    pub(super) fn error(&self, row: usize, batch: usize) -> f64 {
        let mean = self.batches.iter().map(|batch| batch[row]).sum::<f64>() / self.batches.len() as f64;
        self.batches[batch][row] - mean
    }

    /// What the sum over batches of a quadratic form of [`error`](Self::error) is multiplied by to be the noise in the same
    /// form of the estimates: 1 / (B (B - 1)).
    pub(super) fn noise_factor(&self) -> f64 {
        let batches = self.batches.len() as f64;
        if self.batches.is_empty() { 0.0 } else { 1.0 / (batches * (batches - 1.0)) }
    }

    /// The estimates from all batches but one.
    pub(super) fn without(&self, batch: usize) -> Vec<f64> {
        let others = (self.batches.len() - 1) as f64;
        self.values.iter().enumerate().map(|(row, value)| value - self.error(row, batch) / others).collect()
    }

    /// Whether all rows have the same outcome.
    pub(super) fn is_constant(&self) -> bool {
        self.values.iter().all(|value| *value == self.values[0])
    }

    /// As long as the design has rows.
    pub(super) fn checked(self, rows: usize) -> Result<MeasuredOutcome<'m>, NoIndices> {
        if self.values.len() == rows {
            Ok(self)
        } else {
            Err(NoIndices::Rows { found: self.values.len(), expected: rows })
        }
    }
}
