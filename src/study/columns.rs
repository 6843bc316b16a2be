//! The outcomes of a study by column: what sensitivities, charts and other programs' files are made of.
//!
//! Eight bytes for each number, some fifteen numbers for each cell and outcome; the tables themselves are never held.

use super::cell::{CellOutcome, PointResult};
use super::merge::{Merge, MergeError};

/// The outcomes of all points that were simulated, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeColumns {
    /// The points.
    pub points: Vec<u64>,
    /// Of each factor its value at every point.
    pub factors: Vec<Vec<f64>>,
    /// Of the baseline and of each variant, of each outcome that is kept.
    pub variants: Vec<Vec<OutcomeColumn>>,
    /// How many points could not be simulated in spite of being done: they are rows of "not a number".
    pub failed: u64,
}

/// An outcome in the baseline or in one variant: a number for every point, "not a number" where there is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutcomeColumn {
    /// The mean over replicates.
    pub mean: Vec<f64>,
    /// Its Monte Carlo standard error.
    pub mc_se: Vec<f64>,
    /// The standard deviation between replicates.
    pub sd: Vec<f64>,
    /// Quantiles over replicates: 5, 50 and 95 %.
    pub quantiles: [Vec<f64>; 3],
    /// In how many replicates there is a value.
    pub replicates: Vec<f64>,
    /// The means of equal parts of the replicates, part by part; empty where points have fewer than two replicates.
    pub batches: Vec<Vec<f64>>,
    /// The mean difference from the baseline, replicate by replicate.
    pub difference: Vec<f64>,
    /// Its standard error.
    pub difference_mc_se: Vec<f64>,
}

impl OutcomeColumns {
    /// Reads all units.
    ///
    /// # Errors
    /// When a unit cannot be read or is damaged.
    pub fn read(merge: &Merge<'_>) -> Result<OutcomeColumns, MergeError> {
        let study = merge.study;
        let outcomes = study.keep.outcomes.len();
        let mut columns = OutcomeColumns {
            points: Vec::new(),
            factors: vec![Vec::new(); study.factors.len()],
            variants: vec![vec![OutcomeColumn::default(); outcomes]; study.variant_count()],
            failed: 0,
        };
        merge.each_point(&mut |values, result| {
            columns.add(values, result);
            Ok(())
        })?;
        Ok(columns)
    }

    fn add(&mut self, values: &[f64], result: &PointResult) {
        self.points.push(result.point);
        for (column, value) in self.factors.iter_mut().zip(values) {
            column.push(*value);
        }
        self.failed += u64::from(result.cells.is_err());
        for (variant, columns) in self.variants.iter_mut().enumerate() {
            for (outcome, column) in columns.iter_mut().enumerate() {
                match &result.cells {
                    Ok(cells) => column.push(&cells[variant].outcomes[outcome]),
                    Err(_) => column.push_nothing(),
                }
            }
        }
    }
}

impl OutcomeColumn {
    fn push(&mut self, outcome: &CellOutcome) {
        let number = |number: Option<f64>| number.unwrap_or(f64::NAN);
        let [mean, sd, mc_se, p05, _, p50, _, p95] = outcome.stat.map(number);
        self.mean.push(mean);
        self.sd.push(sd);
        self.mc_se.push(mc_se);
        for (column, quantile) in self.quantiles.iter_mut().zip([p05, p50, p95]) {
            column.push(quantile);
        }
        self.replicates.push(outcome.replicates as f64);
        let before = self.mean.len() - 1;
        if self.batches.is_empty() {
            self.batches = vec![vec![f64::NAN; before]; outcome.batches.len()];
        }
        for (index, batch) in self.batches.iter_mut().enumerate() {
            batch.push(number(outcome.batches.get(index).copied().flatten()));
        }
        self.difference.push(number(outcome.difference.and_then(|[mean, _]| mean)));
        self.difference_mc_se.push(number(outcome.difference.and_then(|[_, mc_se]| mc_se)));
    }

    fn push_nothing(&mut self) {
        self.push(&CellOutcome {
            replicates: 0,
            probability: None,
            stat: [None; 8],
            batches: Vec::new(),
            difference: None,
        });
    }
}
