//! Polynomials, powers and logarithms for the lanes: no branches, no tables, good to what the kernel needs and no better.
//!
//! The polynomials interpolate the functions at Chebyshev nodes, in 40-digit arithmetic; their errors were taken from 801
//! points, and tests check the functions against `libm`.

#![expect(clippy::excessive_precision, reason = "the coefficients as they were computed")]

use super::vector::Vector;

/// `c[0] + c[1] x + ... + c[7] x^7`: in pairs, and pairs of pairs (Estrin), which wait for each other a third as long as the terms
/// of Horner's rule.
#[inline(always)]
pub fn polynomial<V: Vector>(x: V, c: [f32; 8]) -> V {
    let x2 = x.times(x);
    let low = pairs(x, x2, [c[0], c[1], c[2], c[3]]);
    let high = pairs(x, x2, [c[4], c[5], c[6], c[7]]);
    high.times_plus(x2.times(x2), low)
}

/// The same of four terms.
#[inline(always)]
pub fn pairs<V: Vector>(x: V, x2: V, c: [f32; 4]) -> V {
    pair(x, [c[2], c[3]]).times_plus(x2, pair(x, [c[0], c[1]]))
}

/// The same of two.
#[inline(always)]
pub fn pair<V: Vector>(x: V, c: [f32; 2]) -> V {
    x.times_plus(V::all(c[1]), V::all(c[0]))
}

/// The binary logarithm of normal numbers above 0: its whole part and the rest, together within 2.5e-7.
#[inline(always)]
pub fn log2<V: Vector>(x: V) -> (V, V) {
    // x = 2^e m with m between the square roots of 1/2 and of 2: the bits of a float are e and m side by side.
    let shifted = V::sum(x.to_bits(), V::whole(ONE.wrapping_sub(ROOT_HALF)));
    let e = V::sum(V::shifted_down_23(shifted), V::whole(0u32.wrapping_sub(127)));
    let m = V::from_bits(V::sum(V::common(shifted, V::whole(MANTISSA)), V::whole(ROOT_HALF)));
    let f = m.minus(V::all(1.0));
    (V::number(e), f.times(polynomial(f, LOG2)))
}

/// `2^x` for x in [-100, 0], to 3e-7 of itself.
#[inline(always)]
pub fn exp2<V: Vector>(x: V) -> V {
    // Adding 1.5 x 2^23 rounds to a whole number, which then stands in the lowest bits.
    let rounder = V::all(12_582_912.0);
    let rounded = x.plus(rounder);
    let r = x.minus(rounded.minus(rounder));
    let r2 = r.times(r);
    let [c0, c1, c2, c3, c4, c5] = EXP2;
    let rest = pair(r, [c4, c5]).times_plus(r2.times(r2), pairs(r, r2, [c0, c1, c2, c3]));
    // The exponent of `rest` is raised by what is rounded.
    V::from_bits(V::sum(rest.to_bits(), V::shifted_up_23(rounded.to_bits())))
}

/// `log2(1 - p)` for p in [0, 1/2], to 4e-7 of itself.
#[inline(always)]
pub fn log2_1_minus<V: Vector>(p: V) -> V {
    // ln(1 - p) = -2 artanh(s) with s = p / (2 - p), at most 1/3.
    let s = p.over(V::all(2.0).minus(p));
    let square = s.times(s);
    let [c0, c1, c2, c3, c4] = ARTANH;
    let squared = square.times(square);
    let rest = V::all(c4).times_plus(squared.times(squared), pairs(square, squared, [c0, c1, c2, c3]));
    s.times(rest)
}

const ONE: u32 = 0x3F80_0000;
/// The square root of 1/2.
const ROOT_HALF: u32 = 0x3F35_04F3;
const MANTISSA: u32 = 0x007F_FFFF;

/// log2(1 + f) / f on [2^-1/2 - 1, 2^1/2 - 1]; times f within 9.7e-8.
const LOG2: [f32; 8] = [
    1.44269499489,
    -0.721352931363,
    0.480916708,
    -0.360225182461,
    0.287288882374,
    -0.249271822075,
    0.232652578821,
    -0.14275973436,
];

/// 2^r for r within half of 0, within 8e-8.
const EXP2: [f32; 6] =
    [1.00000007545, 0.693147188026, 0.240221074853, 0.0555035711422, 0.00967603191832, 0.00133908633647];

/// -2 artanh(s) / (s ln 2) over s^2 in [0, 1/9], within 1.3e-8.
const ARTANH: [f32; 5] = [-2.88539009286, -0.961791716263, -0.577432850529, -0.403451943967, -0.406230872069];

#[cfg(test)]
mod tests {
    use super::super::vector::{Plain, Portable};
    use super::*;

    fn first<V: Vector>(of: V) -> f64 {
        let mut row = [0.0; 32];
        V::store(of.widen(), &mut row);
        row[0]
    }

    fn close<V: Vector>() {
        for i in 1..200_000 {
            let u = f64::from(i) / 200_000.0;
            let x = u as f32;
            let (whole, rest) = log2(V::all(x));
            let logarithm = first(whole) + first(rest);
            assert!((logarithm - libm::log2(f64::from(x))).abs() < 2.5e-7, "log2 {x}");
            let x = -100.0 * x;
            assert!((first(exp2(V::all(x))) / libm::exp2(f64::from(x)) - 1.0).abs() < 3e-7, "exp2 {x}");
            let p = libm::pow(0.5, 1.0 + 60.0 * u) as f32;
            let exact = libm::log1p(-f64::from(p)) / std::f64::consts::LN_2;
            assert!((first(log2_1_minus(V::all(p))) / exact - 1.0).abs() < 4e-7, "log2(1 - {p})");
        }
        assert_eq!(first(log2_1_minus(V::all(0.0))), 0.0);
    }

    #[test]
    fn functions_are_as_good_as_they_say() {
        close::<Plain>();
        close::<Portable>();
    }
}
