//! Binomials of at most two: two comparisons.

use super::Lanes;
use super::law::each;
use super::walk::MARGIN;

/// The counts among `n`, each 0, 1 or 2, at the uniforms `u`, and by how much each was decided: not above 0 where it was not.
#[inline(always)]
pub fn counts(n: &Lanes, p: f64, q: f64, u: &Lanes) -> (Lanes, Lanes) {
    // The probabilities of none, and of at most one.
    let none = each(|lane| {
        if n[lane] > 1.0 {
            q * q
        } else if n[lane] > 0.0 {
            q
        } else {
            1.0
        }
    });
    let one = each(|lane| if n[lane] > 1.0 { 1.0 - p * p } else { 1.0 });
    let counts = each(|lane| {
        (if u[lane] > none[lane] { 1.0 } else { 0.0 }) + (if u[lane] > one[lane] { 1.0 } else { 0.0 })
    });
    let decided = each(|lane| {
        let (to_none, to_one) = ((u[lane] - none[lane]).abs(), (u[lane] - one[lane]).abs());
        (if to_none < to_one { to_none } else { to_one }) - MARGIN
    });
    (counts, decided)
}
