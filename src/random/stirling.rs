//! The two terms of the saddle-point form of a probability.
//!
//! Loader, "Fast and accurate computation of binomial probabilities" (2000): with `k! = (k/e)^k exp(excess(k))`,
//! the powers of a binomial, Poisson or hypergeometric probability combine into deviances, which are small where
//! the probability is not, so that no digits cancel.

/// `ln k! - k ln k + k` for k from 0 to 15, from 50-digit arithmetic.
const EXCESS: [f64; 16] = [
    0.0,
    1.0,
    1.306_852_819_440_054_6,
    1.495_922_603_223_725_8,
    1.632_876_385_868_383_2,
    1.740_302_180_611_544_2,
    1.828_694_396_641_771,
    1.903_790_317_678_221_2,
    1.969_070_569_306_562_9,
    2.026_806_284_055_495_2,
    2.078_561_643_135_058_6,
    2.125_459_845_091_81,
    2.168_334_698_205_882,
    2.207_822_206_123_445,
    2.244_418_568_125_061,
    2.278_518_367_307_740_7,
];

/// `ln(2 pi)`.
const LN_TAU: f64 = 1.837_877_066_409_345_3;

/// `ln k! - k ln k + k`, to about 1e-16 absolute and relative.
pub(super) fn excess(k: u64) -> f64 {
    match usize::try_from(k).ok().and_then(|k| EXCESS.get(k)) {
        Some(tabulated) => *tabulated,
        None => excess_by_series(k as f64),
    }
}

/// `ln Gamma(x + 1) - x ln x + x` for any real `x > 0`.
pub(super) fn excess_of_real(x: f64) -> f64 {
    if x < 16.0 { libm::lgamma(x + 1.0) - x * libm::log(x) + x } else { excess_by_series(x) }
}

/// Stirling's series. The first term left out is 691/360360 x^-11: 1.1e-16 at x = 16.
fn excess_by_series(x: f64) -> f64 {
    let r = 1.0 / (x * x);
    let error = (1.0 / 12.0 - r * (1.0 / 360.0 - r * (1.0 / 1260.0 - r * (1.0 / 1680.0 - r / 1188.0)))) / x;
    0.5 * (LN_TAU + libm::log(x)) + error
}

/// `x ln(x / mean) - x + mean`, where `difference` is `x - mean` known better than the subtraction would give.
///
/// Loader's `bd0`. For `x` near `mean` a series in `v = difference / (x + mean)` avoids the cancellation;
/// his limit is `v < 0.1`, ours 0.3 because this is never on a fast path and the closed form loses a digit there.
pub(super) fn deviance(x: f64, mean: f64, difference: f64) -> f64 {
    if x == 0.0 {
        return mean;
    }
    let v = difference / (x + mean);
    if v.abs() >= 0.3 {
        return x * libm::log(x / mean) - difference;
    }
    // x ln(x / mean) = 2 x (v + v^3/3 + v^5/5 + ...), and 2 x v - difference = difference v.
    let square = v * v;
    let mut sum = difference * v;
    let mut power = 2.0 * x * v;
    let mut odd = 3.0;
    loop {
        power *= square;
        let next = sum + power / odd;
        if next == sum {
            return sum;
        }
        sum = next;
        odd += 2.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_meets_the_series() {
        for k in 10..16 {
            assert!((excess(k) - excess_by_series(k as f64)).abs() < 3e-14, "{k}");
        }
        for k in [1, 2, 7, 15, 16, 40] {
            assert!((excess(k) - excess_of_real(k as f64)).abs() < 4e-14, "{k}");
        }
    }

    #[test]
    fn the_deviance_series_meets_the_closed_form() {
        for mean in [0.5, 3.0, 1000.0] {
            for ratio in [0.2, 0.54, 0.7, 0.9, 1.1, 1.5, 1.85, 1.87, 3.0] {
                let x = mean * ratio;
                let closed = x * libm::log(ratio) - (x - mean);
                assert!((deviance(x, mean, x - mean) - closed).abs() < 1e-15 * mean * 4.0, "{mean} {ratio}");
            }
        }
        assert_eq!(deviance(0.0, 2.5, -2.5), 2.5);
    }
}
