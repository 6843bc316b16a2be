//! The distributions of a length of stay, by the integral of their survival function.

use std::f64::consts::SQRT_2;

use super::incomplete_gamma::regularised;
use super::table::Table;

/// How long people stay, in steps.
#[derive(Clone, Debug, PartialEq)]
pub enum Law {
    /// All equally long.
    Fixed {
        /// How long.
        length: f64,
    },
    /// Memoryless.
    Exponential {
        /// Its mean.
        mean: f64,
    },
    /// Gamma.
    Gamma {
        /// Its shape: 1 over the square of the coefficient of variation.
        shape: f64,
        /// Its scale: the mean over the shape.
        scale: f64,
    },
    /// Weibull.
    Weibull {
        /// Its shape: above 1 the longer the stay the likelier its end.
        shape: f64,
        /// Its scale: 63 % have left by then.
        scale: f64,
    },
    /// Lognormal.
    Lognormal {
        /// The mean of the logarithm.
        mu: f64,
        /// The standard deviation of the logarithm.
        sigma: f64,
    },
    /// Whole durations.
    Table(Table),
}

impl Law {
    /// The mean length.
    pub fn mean(&self) -> f64 {
        match self {
            Law::Fixed { length } => *length,
            Law::Exponential { mean } => *mean,
            Law::Gamma { shape, scale } => shape * scale,
            Law::Weibull { shape, scale } => scale * libm::tgamma(1.0 + 1.0 / shape),
            Law::Lognormal { mu, sigma } => libm::exp(mu + sigma * sigma / 2.0),
            Law::Table(table) => table.mean(),
        }
    }

    /// The probability of a length above `t`.
    pub fn longer_than(&self, t: f64) -> f64 {
        match self {
            Law::Table(table) => table.longer_than(t),
            _ if t <= 0.0 => 1.0,
            Law::Fixed { length } => f64::from(*length > t),
            Law::Exponential { mean } => libm::exp(-t / mean),
            Law::Gamma { shape, scale } => regularised(*shape, t / scale).1,
            Law::Weibull { shape, scale } => libm::exp(-libm::pow(t / scale, *shape)),
            Law::Lognormal { mu, sigma } => above_normal((libm::log(t) - mu) / sigma),
        }
    }

    /// The integral of the survival function from `from` to `to`. Taken from the side where no digits cancel.
    pub fn between(&self, from: f64, to: f64) -> f64 {
        let (from, to) = (from.max(0.0), to.max(0.0));
        if to <= from {
            return 0.0;
        }
        if let Law::Exponential { mean } = self {
            return -mean * libm::exp(-from / mean) * libm::expm1(-(to - from) / mean);
        }
        let limited = self.limited(to);
        let integral = if limited <= self.mean() / 2.0 {
            limited - self.limited(from)
        } else {
            self.beyond(from) - self.beyond(to)
        };
        integral.clamp(0.0, to - from)
    }

    /// The integral of the survival function up to `t`, the mean of the smaller of length and `t`.
    fn limited(&self, t: f64) -> f64 {
        match self {
            Law::Fixed { length } => length.min(t),
            Law::Exponential { mean } => -mean * libm::expm1(-t / mean),
            Law::Gamma { shape, scale } => {
                let x = t / scale;
                shape * scale * regularised(shape + 1.0, x).0 + t * regularised(*shape, x).1
            }
            Law::Weibull { shape, scale } => {
                self.mean() * regularised(1.0 / shape, libm::pow(t / scale, *shape)).0
            }
            Law::Lognormal { mu, sigma } => {
                let z = (libm::log(t) - mu) / sigma;
                self.mean() * above_normal(sigma - z) + t * above_normal(z)
            }
            Law::Table(table) => table.mean() - table.beyond(t),
        }
    }

    /// The integral of the survival function from `t` on, the mean of what lengths have beyond `t`.
    pub fn beyond(&self, t: f64) -> f64 {
        if t <= 0.0 {
            return self.mean();
        }
        let rest = match self {
            Law::Fixed { length } => length - t,
            Law::Exponential { mean } => mean * libm::exp(-t / mean),
            Law::Gamma { shape, scale } => {
                let x = t / scale;
                shape * scale * regularised(shape + 1.0, x).1 - t * regularised(*shape, x).1
            }
            Law::Weibull { shape, scale } => {
                self.mean() * regularised(1.0 / shape, libm::pow(t / scale, *shape)).1
            }
            Law::Lognormal { mu, sigma } => {
                let z = (libm::log(t) - mu) / sigma;
                self.mean() * above_normal(z - sigma) - t * above_normal(z)
            }
            Law::Table(table) => table.beyond(t),
        };
        rest.max(0.0)
    }
}

/// The probability that a standard normal variable is above `z`.
pub(super) fn above_normal(z: f64) -> f64 {
    0.5 * libm::erfc(z / SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laws() -> [Law; 6] {
        [
            Law::Exponential { mean: 12.0 },
            Law::Gamma { shape: 3.0, scale: 4.0 },
            Law::Gamma { shape: 0.4, scale: 30.0 },
            Law::Weibull { shape: 0.7, scale: 9.5 },
            Law::Weibull { shape: 2.5, scale: 13.0 },
            Law::Lognormal { mu: 1.9, sigma: 1.1 },
        ]
    }

    #[test]
    fn integrals_agree_with_simpsons_rule() {
        for law in laws() {
            for start in [1.0, 5.0, 12.0, 40.0, 120.0] {
                // Fine enough for the steepest tail, where survival falls by a factor of 200 within the step.
                let n = 1_000;
                let h = 1.0 / f64::from(n);
                let weight = |k: i32| {
                    if k == 0 || k == n {
                        1.0
                    } else if k % 2 == 1 {
                        4.0
                    } else {
                        2.0
                    }
                };
                let sum: f64 =
                    (0..=n).map(|k| weight(k) * law.longer_than(start + h * f64::from(k))).sum::<f64>() * h
                        / 3.0;
                let found = law.between(start, start + 1.0);
                assert!((found / sum - 1.0).abs() < 1e-9, "{law:?} from {start}: {found} for {sum}");
            }
        }
    }

    #[test]
    fn both_sides_make_the_mean() {
        for law in laws() {
            for t in [0.3, 4.0, 30.0, 200.0] {
                let sum = law.limited(t) + law.beyond(t);
                assert!((sum / law.mean() - 1.0).abs() < 1e-13, "{law:?} at {t}: {sum}");
            }
        }
    }
}
