//! The normal deviate for the lanes: one polynomial, without the outer tails.

use super::Lanes;
use super::arithmetic::{Arithmetic, long_polynomial};
use super::functions::ln;
use super::law::each;

/// What [`deviate`] is at most wrong by, with a margin of three over what the test finds.
pub const ERROR: f64 = 1.2e-7;

/// Below this value of `4 u (1 - u)`, where less than a thousandth of the draws lie on either side, the polynomial ends.
pub const LEAST: f64 = 0.003996;

/// The standard normal deviates of `u`, given x = 2u - 1 and 1 - x^2 = 4 u (1 - u), at least [`LEAST`].
///
/// The deviate is x times a smooth function of ln(1 - x^2) (Giles, "Approximating the erfinv function", 2011, has it so in
/// single precision): one logarithm, and neither a root nor a division.
#[inline(always)]
pub fn deviate<A: Arithmetic>(x: &Lanes, product: &Lanes) -> Lanes {
    let v = ln::<A>(product, -MIDDLE);
    let smooth = long_polynomial::<A>(&v, DEVIATE, DEVIATE_FROM_8);
    each(|lane| x[lane] * smooth[lane])
}

/// The middle of the logarithms from [`LEAST`] to 1.
const MIDDLE: f64 = -2.761230709097915;

/// The deviate over x as a function of ln(1 - x^2) - MIDDLE; interpolated at 80 Chebyshev nodes, least squares, within 7e-9.
const DEVIATE: [f64; 8] = [
    2.2139979704699293,
    -0.3453746673476124,
    -0.007171232196152533,
    0.0014555747962002438,
    0.0002949419487055111,
    1.3612894137094542e-05,
    -3.600782620728397e-06,
    -6.688634454048043e-07,
];

/// Its coefficients from the eighth power on.
const DEVIATE_FROM_8: [f64; 3] = [-7.168559743924311e-09, 1.0003637062844455e-08, 8.829598451018586e-10];

#[cfg(test)]
mod tests {
    use super::super::WIDTH;
    use super::super::arithmetic::{Fused, Separate};
    use super::*;
    use crate::random::{Uniform, normal};

    fn worst<A: Arithmetic>() -> f64 {
        let mut worst = 0.0f64;
        for i in 1..2_000_000u64 {
            let word = i << 43;
            let u = word as f64 / 18_446_744_073_709_551_616.0;
            let x = 2.0 * u - 1.0;
            let product = 1.0 - x * x;
            if product >= LEAST {
                let [w, ..] = deviate::<A>(&[x; WIDTH], &[product; WIDTH]);
                worst = worst.max((w - normal::quantile(Uniform(word))).abs());
            }
        }
        worst
    }

    #[test]
    fn the_error_has_a_margin_of_three() {
        for worst in [worst::<Fused>(), worst::<Separate>()] {
            assert!(worst < ERROR / 3.0, "{worst}");
        }
    }
}
