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

/// `c[0] + c[1] x + c[2] x^2 + ...`, by Horner's rule: lanes side by side hide the waiting for each term.
#[inline(always)]
pub fn polynomial<A: Arithmetic, const N: usize>(x: f64, coefficients: &[f64; N]) -> f64 {
    let mut sum = coefficients[N - 1];
    for c in coefficients[..N - 1].iter().rev() {
        sum = A::multiply_add(sum, x, *c);
    }
    sum
}
