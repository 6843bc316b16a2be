//! Functions whose indices are known, and noise.

use std::f64::consts::PI;

use repatria::internals::random::{Keys, Site, normal};
use repatria::internals::study::design::{Design, Factor, FactorSpread};
use repatria::internals::study::sensitivity::Estimate;

/// Factors of the same range.
pub fn factors(count: usize, low: f64, high: f64) -> Vec<Factor> {
    let spread = FactorSpread::Range { low, high, log: false };
    (0..count).map(|i| Factor { name: format!("x{i}"), spread: spread.clone() }).collect()
}

/// The function of Ishigami and Homma (1990) with a = 7 and b = 0.1, of three factors between -pi and pi.
pub fn ishigami(x: &[f64]) -> f64 {
    let (first, second) = (libm::sin(x[0]), libm::sin(x[1]));
    first + 7.0 * second * second + 0.1 * x[2] * x[2] * x[2] * x[2] * first
}

/// Its variance, by 1/2 + a^2/8 + b pi^4/5 + b^2 pi^8/18: 13.8446.
pub fn ishigami_variance() -> f64 {
    0.5 + 49.0 / 8.0 + 0.1 * PI.powi(4) / 5.0 + 0.01 * PI.powi(8) / 18.0
}

/// Its first and total indices: .3139, .4424, 0 and .5576, .4424, .2437.
pub fn ishigami_indices() -> ([f64; 3], [f64; 3]) {
    let variance = ishigami_variance();
    let first = 0.5 * (1.0 + 0.1 * PI.powi(4) / 5.0).powi(2) / variance;
    let second = 49.0 / 8.0 / variance;
    let both = 8.0 * 0.01 * PI.powi(8) / 225.0 / variance;
    ([first, second, 0.0], [first + both, second, both])
}

/// The outcomes of all rows of a design.
pub fn outcomes(design: &Design, factors: &[Factor], function: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    (0..design.len()).map(|row| function(&design.values(factors, row))).collect()
}

/// A standard normal number of its own for each address.
pub fn noise(seed: u64, row: u64, batch: u32, kind: u32) -> f64 {
    normal::quantile(Keys { seed }.uniform(row, Site::of(&["noise"]), batch, kind))
}

/// Estimates of every batch, and their means.
pub struct Batches {
    pub means: Vec<f64>,
    pub batches: Vec<Vec<f64>>,
}

impl Batches {
    /// True values, and the error of a batch of a row.
    pub fn new(truth: &[f64], batches: u32, error: impl Fn(usize, u32) -> f64) -> Batches {
        let of_batch = |batch| truth.iter().enumerate().map(|(row, y)| y + error(row, batch)).collect();
        let batches: Vec<Vec<f64>> = (0..batches).map(of_batch).collect();
        let mean = |row: usize| batches.iter().map(|batch| batch[row]).sum::<f64>() / batches.len() as f64;
        Batches { means: (0..truth.len()).map(mean).collect(), batches }
    }

    pub fn slices(&self) -> Vec<&[f64]> {
        self.batches.iter().map(Vec::as_slice).collect()
    }
}

/// Estimates of one number from many seeds.
#[derive(Default)]
pub struct Repeated(Vec<Estimate>);

impl Repeated {
    pub fn push(&mut self, estimate: Estimate) {
        self.0.push(estimate);
    }

    fn mean_and_error(&self) -> (f64, f64) {
        let count = self.0.len() as f64;
        let mean = self.0.iter().map(|e| e.value).sum::<f64>() / count;
        let square = self.0.iter().map(|e| (e.value - mean) * (e.value - mean)).sum::<f64>();
        (mean, (square / (count - 1.0) / count).sqrt())
    }

    pub fn mean(&self) -> f64 {
        self.mean_and_error().0
    }

    /// How many standard errors of their mean the estimates are off on average.
    pub fn bias(&self, truth: f64) -> f64 {
        let (mean, error) = self.mean_and_error();
        (mean - truth) / error
    }

    /// How many of a hundred 95 % intervals have the truth inside.
    pub fn covered(&self, truth: f64) -> f64 {
        let inside = self.0.iter().filter(|e| e.interval().0 <= truth && truth <= e.interval().1).count();
        100.0 * inside as f64 / self.0.len() as f64
    }

    /// The mean standard error over the spread that the estimates really have.
    pub fn honesty(&self) -> f64 {
        let reported = self.0.iter().map(|e| e.standard_error).sum::<f64>() / self.0.len() as f64;
        reported / (self.mean_and_error().1 * (self.0.len() as f64).sqrt())
    }
}
