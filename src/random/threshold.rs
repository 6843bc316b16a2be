//! The question that an inversion asks of a distribution function: has it reached `u`?

use super::uniform::Uniform;

/// The bounds that answer it: `CDF >= lower`, or in terms of the other tail `1 - CDF <= upper`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Threshold {
    pub lower: f64,
    pub upper: f64,
}

impl Threshold {
    /// For the smallest `k` with `CDF(k) >= u`.
    #[inline]
    pub fn reach(u: Uniform) -> Self {
        Self { lower: u.lower(), upper: u.upper() }
    }

    /// For the smallest `k` with `CDF(k) > 1 - u`, strictly.
    ///
    /// It is what the quantile at `u` of a variable `n - K` asks of `K`: `n - k` is the answer. The ordinary
    /// quantile of `K` at `1 - u` would differ where the distribution function equals `1 - u`.
    #[inline]
    pub fn exceed_mirrored(u: Uniform) -> Self {
        Self { lower: u.upper().next_up(), upper: u.lower().next_down() }
    }
}
