//! Rows of people added up, a vector at a time.

use crate::random::lanes::levels;

levels! {
    /// Adds to a row, or takes away from it.
    pub(crate) fn shift(row: &mut [f64], counts: &[f64], sign: f64) = shift_in, shift_in
}

#[inline(always)]
fn shift_in(row: &mut [f64], counts: &[f64], sign: f64) {
    for (sum, count) in row.iter_mut().zip(counts) {
        *sum += sign * count;
    }
}
