//! Exact sums of values and of their squares: of whole numbers in integers, of real ones in slices.

use super::double_double::DoubleDouble;
use super::slices::Slices;

/// Sums of a number and of its squares.
///
/// There is one for each number that is recorded: those that need few bytes take few.
#[derive(Clone, Debug)]
pub enum Moments {
    /// Of whole numbers, as long as both fit.
    Small {
        /// Their sum.
        sum: i64,
        /// That of their squares.
        squares: u64,
    },
    /// Of whole numbers: both.
    Large(Box<(i128, u128)>),
    /// Of any.
    Real(Box<RealMoments>),
}

impl PartialEq for Moments {
    /// The same sums, however they are kept.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Moments::Real(one), Moments::Real(other)) => one == other,
            _ => self.whole().is_some() && self.whole() == other.whole(),
        }
    }
}

impl Eq for Moments {}

/// Of real numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RealMoments {
    sum: Slices<4>,
    squares: Slices<6>,
}

impl Default for Moments {
    fn default() -> Self {
        Moments::Small { sum: 0, squares: 0 }
    }
}

impl Moments {
    /// Adds whole numbers: their sum, and that of their squares.
    pub fn add_whole(&mut self, more: i128, more_squares: u128) {
        let Some((sum, squares)) = self.whole() else {
            debug_assert!(false, "whole numbers are added to sums of whole numbers");
            return;
        };
        let (sum, squares) = (sum + more, squares + more_squares);
        match (self, i64::try_from(sum), u64::try_from(squares)) {
            (Moments::Large(both), ..) => **both = (sum, squares),
            (small, Ok(sum), Ok(squares)) => *small = Moments::Small { sum, squares },
            (small, ..) => *small = Moments::Large(Box::new((sum, squares))),
        }
    }

    /// The sums of whole numbers.
    fn whole(&self) -> Option<(i128, u128)> {
        match self {
            Moments::Small { sum, squares } => Some((i128::from(*sum), u128::from(*squares))),
            Moments::Large(both) => Some(**both),
            Moments::Real(_) => None,
        }
    }

    /// Adds real numbers, all finite.
    pub fn add_real(&mut self, numbers: impl Iterator<Item = f64>) {
        let real = self.real();
        for number in numbers {
            real.sum.add_number(number);
            real.squares.add_square(number);
        }
    }

    fn real(&mut self) -> &mut RealMoments {
        if self.whole().is_some() {
            *self = Moments::Real(Box::default());
        }
        match self {
            Moments::Real(real) => real,
            Moments::Small { .. } | Moments::Large(_) => unreachable!("it has just been made"),
        }
    }

    /// Adds the sums of other numbers of the same kind.
    pub fn merge(&mut self, other: &Moments) {
        match (other, other.whole()) {
            (_, Some((0, 0))) => {}
            (_, Some((sum, squares))) => self.add_whole(sum, squares),
            (Moments::Real(other), None) => {
                let real = self.real();
                real.sum.merge(&other.sum);
                real.squares.merge(&other.squares);
            }
            (Moments::Small { .. } | Moments::Large(_), None) => {}
        }
    }

    /// The mean of so many.
    pub fn mean(&self, count: u64) -> f64 {
        match self {
            Moments::Small { sum, .. } => *sum as f64 / count as f64,
            Moments::Large(both) => both.0 as f64 / count as f64,
            Moments::Real(real) => real.sum.mean(count),
        }
    }

    /// The variance with n - 1 in the denominator; not a number of a single value, which tells of none. Of whole numbers exact up
    /// to the last, fractional part; of others good to 2^-100 of the mean square.
    pub fn variance(&self, count: u64) -> f64 {
        if count < 2 {
            return f64::NAN;
        }
        let (sum, squares) = match self {
            Moments::Small { sum, squares } => (i128::from(*sum), u128::from(*squares)),
            Moments::Large(both) => **both,
            Moments::Real(real) => return real.variance(count),
        };
        let n = i128::from(count);
        let (whole, rest) = (sum.div_euclid(n), sum.rem_euclid(n));
        // squares - sum^2 / n, with sum = whole n + rest
        let integers = squares as i128 - whole * whole * n - 2 * whole * rest;
        let deviations = integers as f64 - rest as f64 * (rest as f64 / n as f64);
        deviations.max(0.0) / (count - 1) as f64
    }

    /// The sum so far, to be compared with a later one.
    pub fn total(&self) -> Total {
        match self {
            Moments::Small { sum, .. } => Total::Whole(i128::from(*sum)),
            Moments::Large(both) => Total::Whole(both.0),
            Moments::Real(real) => Total::Real(real.sum),
        }
    }
}

impl RealMoments {
    /// The sum of (x - m)^2 is that of x^2 - 2 m x + m^2, for any m: for one near the mean, nothing is lost but what cancels.
    fn variance(&self, count: u64) -> f64 {
        let n = count as f64;
        // Counted in parts of the highest slice, so that squares are never too large or too small for a float.
        let exponent = self.sum.exponent().max(self.squares.exponent() / 2);
        let mean = libm::scalbn(self.sum.mean(count), -exponent);
        let (mut deviations, mut size) = (DoubleDouble::default(), 0.0);
        for piece in self.squares.pieces(2 * exponent) {
            deviations.add(piece);
            size += piece;
        }
        self.sum.pieces(exponent).for_each(|piece| deviations.add_product(-2.0 * mean, piece));
        let square = mean * mean;
        deviations.add_product(n, square);
        deviations.add_product(n, libm::fma(mean, mean, -square));
        let deviations = deviations.number();
        // Below this they are what rounding left.
        let deviations = if deviations > size * libm::scalbn(1.0, -96) { deviations } else { 0.0 };
        libm::scalbn(deviations / (n - 1.0), 2 * exponent)
    }
}

/// A sum at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// Of whole numbers.
    Whole(i128),
    /// Of any.
    Real(Slices<4>),
}

impl Total {
    /// The mean of `count` numbers that were added since `earlier`.
    pub fn mean_since(&self, earlier: Option<&Total>, count: u64) -> f64 {
        match (self, earlier) {
            (Total::Whole(now), Some(Total::Whole(earlier))) => (now - earlier) as f64 / count as f64,
            (Total::Whole(now), _) => *now as f64 / count as f64,
            (Total::Real(now), Some(Total::Real(earlier))) => now.since(earlier).mean(count),
            (Total::Real(now), _) => now.mean(count),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_variance_keeps_its_digits(level in prop_oneof![Just(0.0), -1e9..1e9, Just(1e12)], spread in prop_oneof![Just(1.0), 0.001..1000.0], parts in prop::collection::vec(-1.0..1.0, 2..200), power in -200i32..200) {
            let unit = libm::scalbn(1.0, power);
            // Multiples of 2^-12, so that the deviations are exact.
            let parts: Vec<f64> = parts.iter().map(|part| libm::floor(part * spread * 4096.0) / 4096.0).collect();
            let level = libm::floor(level);
            let n = parts.len() as f64;
            let mean = parts.iter().sum::<f64>() / n;
            let known = parts.iter().map(|part| (part - mean) * (part - mean)).sum::<f64>() / (n - 1.0);
            let mut moments = Moments::default();
            moments.add_real(parts.iter().map(|part| (level + part) * unit));
            let found = moments.variance(parts.len() as u64) / unit / unit;
            prop_assert!((found - known).abs() <= 1e-9 * known + level * level * 2e-31, "{} for {}", found, known);
        }
    }

    #[test]
    fn what_never_varies_has_no_variance() {
        for value in [0.1, 1e12 / 3.0, 7e-9, -2.5, 1e200] {
            let mut moments = Moments::default();
            moments.add_real(std::iter::repeat_n(value, 1000));
            assert_eq!((moments.mean(1000), moments.variance(1000)), (value, 0.0));
        }
    }
}
