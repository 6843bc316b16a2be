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

    /// For the smallest `k` with `CDF(k) > u`, strictly.
    ///
    /// The quantile at `1 - u` of a variable `n - K` is `n` less this `k` of `K`. The ordinary quantile of `K`
    /// would differ where the distribution function equals `u`.
    #[inline]
    pub fn exceed(u: Uniform) -> Self {
        Self { lower: u.lower().next_up(), upper: u.upper().next_down() }
    }
}
