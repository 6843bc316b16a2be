//! Exponential and logarithms for the lanes: no branches, no tables, good to what the kernel needs and no better.
//!
//! The polynomials interpolate the functions at 80 Chebyshev nodes, least squares; errors were taken from 2,001 points
//! in 40-digit arithmetic and are checked by tests against `libm`.

use super::Lanes;
use super::arithmetic::{Arithmetic, polynomial};
use super::law::{each, whole};

/// The natural logarithm of normal numbers above 0, to 6.1e-8 absolute, and `more`.
#[inline(always)]
pub fn ln<A: Arithmetic>(x: &Lanes, more: f64) -> Lanes {
    // x = 2^e m with m between the square roots of 1/2 and of 2: the bits of a float are e and m side by side.
    let shifted = whole(|lane| x[lane].to_bits().wrapping_add(ONE - ROOT_HALF));
    let e = each(|lane| f64::from_bits(BIG | shifted[lane] >> 52) - (4_503_599_627_370_496.0 + 1023.0));
    let f = each(|lane| f64::from_bits((shifted[lane] & MANTISSA) + ROOT_HALF) - 1.0);
    let of_e = each(|lane| A::multiply_add(e[lane], std::f64::consts::LN_2, more));
    let of_m = polynomial::<A>(&f, LN);
    each(|lane| A::multiply_add(f[lane], of_m[lane], of_e[lane]))
}

/// `exp(x)` for x in [-700, 700], to 6e-11 of itself.
#[inline(always)]
pub fn exp<A: Arithmetic>(x: &Lanes) -> Lanes {
    // Adding 1.5 x 2^52 rounds to a whole number, which then stands in the lowest bits.
    let rounded = each(|lane| A::multiply_add(x[lane], std::f64::consts::LOG2_E, ROUNDER));
    let r = each(|lane| A::multiply_add(rounded[lane] - ROUNDER, -std::f64::consts::LN_2, x[lane]));
    let power = each(|lane| f64::from_bits((rounded[lane].to_bits() << 52).wrapping_add(ONE)));
    let rest = polynomial::<A>(&r, EXP);
    each(|lane| rest[lane] * power[lane])
}

/// `ln(1 - p)` for p in [0, 1/2], to 1e-14 of itself.
#[inline(always)]
pub fn ln_1_minus<A: Arithmetic>(p: &Lanes) -> Lanes {
    // ln(1 - p) = -2 artanh(s) with s = p / (2 - p), at most 1/3.
    let s = each(|lane| p[lane] / (2.0 - p[lane]));
    let square = each(|lane| s[lane] * s[lane]);
    let rest = polynomial::<A>(&square, ARTANH);
    each(|lane| -2.0 * A::multiply_add(s[lane] * square[lane], rest[lane], s[lane]))
}

/// The whole number nearest to `y`, for `y` in [0, 2^51].
#[inline(always)]
pub fn round(y: f64) -> f64 {
    // Not `f64::round`, which is a call where the machine has no instruction for it.
    (y + 4_503_599_627_370_496.0) - 4_503_599_627_370_496.0
}

const ONE: u64 = 0x3FF0_0000_0000_0000;
/// The square root of 1/2.
const ROOT_HALF: u64 = 0x3FE6_A09E_667F_3BCD;
/// 2^52: a whole number below it, put into the lowest bits, is added.
const BIG: u64 = 0x4330_0000_0000_0000;
const MANTISSA: u64 = 0x000F_FFFF_FFFF_FFFF;
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// ln(1 + f) / f on [2^-1/2 - 1, 2^1/2 - 1]; times f within 6.0e-8.
const LN: [f64; 8] = [
    0.9999999425426719,
    -0.5000036309272986,
    0.3333511414034761,
    -0.2497007168505641,
    0.1989856504821308,
    -0.17247013303824119,
    0.16234189799360363,
    -0.10134056751402401,
];

/// exp(r) for r within half of ln 2 from 0, within 4.2e-11.
const EXP: [f64; 8] = [
    0.9999999999595485,
    0.9999999999797807,
    0.5000000107749233,
    0.16666666891081136,
    0.04166621827469747,
    0.008333266091783,
    0.0013948580803216724,
    0.00019915869968246158,
];

/// (artanh(s) / s - 1) / s^2 over s^2 in [0, 1/9]; times s^2 within 7e-15.
const ARTANH: [f64; 8] = [
    0.3333333333332751,
    0.20000000006670451,
    0.14285713036088438,
    0.11111200037640473,
    0.09087815605641604,
    0.07750282853338333,
    0.0607423127022652,
    0.08910458008614948,
];

#[cfg(test)]
mod tests {
    use super::super::WIDTH;
    use super::super::arithmetic::{Fused, Separate};
    use super::*;

    fn close<A: Arithmetic>() {
        for i in 1..200_000 {
            let u = f64::from(i) / 200_000.0;
            assert!((ln::<A>(&[u; WIDTH], 0.0)[0] - libm::log(u)).abs() < 6.1e-8, "ln {u}");
            let x = -40.0 * u;
            assert!((exp::<A>(&[x; WIDTH])[0] / libm::exp(x) - 1.0).abs() < 6e-11, "exp {x}");
            let p = libm::pow(0.5, 1.0 + 60.0 * u);
            assert!((ln_1_minus::<A>(&[p; WIDTH])[0] / libm::log1p(-p) - 1.0).abs() < 1e-14, "ln(1 - {p})");
        }
        assert_eq!(ln_1_minus::<A>(&[0.0; WIDTH]), [0.0; WIDTH]);
    }

    #[test]
    fn functions_are_as_good_as_they_say() {
        close::<Fused>();
        close::<Separate>();
    }

    #[test]
    fn rounds() {
        for (y, rounded) in [(0.0, 0.0), (0.49, 0.0), (0.51, 1.0), (2.6, 3.0), (1e12 + 0.75, 1e12 + 1.0)] {
            assert_eq!(round(y), rounded, "{y}");
        }
    }
}
