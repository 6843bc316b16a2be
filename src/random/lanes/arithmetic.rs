//! Multiplying and adding, with one rounding or with two.

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

/// `c[0] + c[1] x + ... + c[7] x^7`: in pairs, and pairs of pairs (Estrin), which wait for each other a third as long as the
/// terms of Horner's rule.
#[inline(always)]
pub fn polynomial<A: Arithmetic>(x: f64, [c0, c1, c2, c3, c4, c5, c6, c7]: [f64; 8]) -> f64 {
    let x2 = x * x;
    let x4 = x2 * x2;
    let low = A::multiply_add(A::multiply_add(c3, x, c2), x2, A::multiply_add(c1, x, c0));
    let high = A::multiply_add(A::multiply_add(c7, x, c6), x2, A::multiply_add(c5, x, c4));
    A::multiply_add(high, x4, low)
}

/// The same of eleven terms, those from `x^8` in `high`.
#[inline(always)]
pub fn long_polynomial<A: Arithmetic>(x: f64, low: [f64; 8], [c8, c9, c10]: [f64; 3]) -> f64 {
    let x2 = x * x;
    let x4 = x2 * x2;
    let high = A::multiply_add(c10, x2, A::multiply_add(c9, x, c8));
    A::multiply_add(high, x4 * x4, polynomial::<A>(x, low))
}
