//! Large counts: one formula for all of them, see [`cornish_fisher`](super::super::cornish_fisher).

use super::super::cornish_fisher::ERROR;
use super::arithmetic::Arithmetic;
use super::deviate::{self, deviate};
use super::functions::round;
use super::law::Law;
use super::{Lanes, WIDTH};

/// The counts at the uniforms `u` of lanes whose variance is at least [`LARGEST_VARIANCE`](super::super::walk::LARGEST_VARIANCE),
/// and by how much each was decided: not above 0 where it was not. The others come out as any number.
#[inline(always)]
pub fn counts<A: Arithmetic>(law: &impl Law, u: &Lanes) -> (Lanes, Lanes) {
    let (mut counts, mut decided) = ([0.0; WIDTH], [0.0; WIDTH]);
    for lane in 0..WIDTH {
        (counts[lane], decided[lane]) = count::<A>(law, lane, u[lane]);
    }
    (counts, decided)
}

/// The count of one lane, and by how much it was decided.
#[inline(always)]
fn count<A: Arithmetic>(law: &impl Law, lane: usize, u: f64) -> (f64, f64) {
    let (w, product) = deviate::<A>(u);
    let (g, z) = (law.skew(lane), law.pq(lane));
    let variance = law.variance(lane) - 1.0 / 12.0;
    let s = variance.sqrt();
    let r = 1.0 / s;
    let w2 = w * w;
    let w4 = w2 * w2;
    // The terms are explained beside the formula for single draws.
    let first = w * A::multiply_add((1.0 + 2.0 * z) * (-1.0 / 72.0), w2, (1.0 + 14.0 * z) * (1.0 / 72.0));
    let second = g * (2.0 + z) * (1.0 / 1620.0) * A::multiply_add(3.0, w4, A::multiply_add(7.0, w2, -16.0));
    let third = w * A::multiply_add((5.0 - 14.0 * z) * (-1.0 / 864.0), w2, (11.0 - 26.0 * z) * (1.0 / 864.0));
    let small = r * A::multiply_add(r, A::multiply_add(r, third, second), first);
    let lean = A::multiply_add(g * (1.0 / 6.0), w2 - 1.0, small);
    let y = A::multiply_add(s, w, law.mean(lane)) + (0.5 + lean);
    let truncation = A::multiply_add(ERROR[1] * w2, w4, ERROR[0]) * (r * r * r);
    let rounding = A::multiply_add(deviate::ERROR, s, 8.0 * f64::EPSILON * law.mean(lane));
    let nearest = round(y);
    let by = (y - nearest).abs() - (truncation + rounding);
    let below = nearest - if nearest > y { 1.0 } else { 0.0 };
    // A product that is too small ends the polynomial of the deviate; one of both being negative is enough.
    let within = product - deviate::LEAST;
    (below, if within < by { within } else { by })
}
