//! Multiplying and adding, with one rounding or with two.

use super::Lanes;
use super::law::each;

/// How `a b + c` is computed. Without an instruction for it, one rounding would be emulated, a hundred times slower.
pub trait Arithmetic: Copy {
    /// `a b + c`.
    fn multiply_add(a: f64, b: f64, c: f64) -> f64;
}

/// With one rounding, by one instruction.
#[derive(Clone, Copy, Debug)]
pub struct Fused;

/// With two roundings.
#[derive(Clone, Copy, Debug)]
pub struct Separate;

impl Arithmetic for Fused {
    #[inline(always)]
    fn multiply_add(a: f64, b: f64, c: f64) -> f64 {
        a.mul_add(b, c)
    }
}

impl Arithmetic for Separate {
    #[inline(always)]
    fn multiply_add(a: f64, b: f64, c: f64) -> f64 {
        a * b + c
    }
}

/// `c[0] + c[1] x + ... + c[7] x^7` of every lane: in pairs, and pairs of pairs (Estrin), which wait for each other a third as
/// long as the terms of Horner's rule.
#[inline(always)]
pub fn polynomial<A: Arithmetic>(x: &Lanes, [c0, c1, c2, c3, c4, c5, c6, c7]: [f64; 8]) -> Lanes {
    let x2 = each(|lane| x[lane] * x[lane]);
    let x4 = each(|lane| x2[lane] * x2[lane]);
    let low = pairs::<A>(x, &x2, [c0, c1, c2, c3]);
    let high = pairs::<A>(x, &x2, [c4, c5, c6, c7]);
    each(|lane| A::multiply_add(high[lane], x4[lane], low[lane]))
}

/// The same of eleven terms, those from `x^8` in `high`.
#[inline(always)]
pub fn long_polynomial<A: Arithmetic>(x: &Lanes, low: [f64; 8], [c8, c9, c10]: [f64; 3]) -> Lanes {
    let x2 = each(|lane| x[lane] * x[lane]);
    let x8 = each(|lane| (x2[lane] * x2[lane]) * (x2[lane] * x2[lane]));
    let high = pairs::<A>(x, &x2, [c8, c9, c10, 0.0]);
    let low = polynomial::<A>(x, low);
    each(|lane| A::multiply_add(high[lane], x8[lane], low[lane]))
}

#[inline(always)]
fn pairs<A: Arithmetic>(x: &Lanes, x2: &Lanes, [c0, c1, c2, c3]: [f64; 4]) -> Lanes {
    let one = each(|lane| A::multiply_add(c1, x[lane], c0));
    let other = each(|lane| A::multiply_add(c3, x[lane], c2));
    each(|lane| A::multiply_add(other[lane], x2[lane], one[lane]))
}
