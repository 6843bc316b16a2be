//! Large counts: one formula for all of them, see [`cornish_fisher`](super::super::cornish_fisher).

use super::super::cornish_fisher::ERROR;
use super::Lanes;
use super::arithmetic::Arithmetic;
use super::deviate::{self, deviate};
use super::functions::round;
use super::law::{Law, each};

/// The counts at the uniforms `u` of lanes whose variance is at least [`LARGEST_VARIANCE`](super::super::walk::LARGEST_VARIANCE),
/// and by how much each was decided: not above 0 where it was not. The others come out as any number.
#[inline(always)]
pub fn counts<A: Arithmetic>(law: &impl Law, u: &Lanes) -> (Lanes, Lanes) {
    // In short loops, so that what all lanes share is loaded once and not for each vector.
    let x = each(|lane| A::multiply_add(2.0, u[lane], -1.0));
    let product = each(|lane| A::multiply_add(-x[lane], x[lane], 1.0));
    let w = deviate::<A>(&x, &product);
    let variance = each(|lane| law.variance(lane) - 1.0 / 12.0);
    let s = each(|lane| variance[lane].sqrt());
    let r = each(|lane| 1.0 / s[lane]);
    let w2 = each(|lane| w[lane] * w[lane]);
    // The terms are explained beside the formula for single draws.
    let third = each(|lane| {
        let z = law.pq(lane);
        w[lane]
            * A::multiply_add((5.0 - 14.0 * z) * (-1.0 / 864.0), w2[lane], (11.0 - 26.0 * z) * (1.0 / 864.0))
    });
    let second = each(|lane| {
        let shape = law.skew(lane) * (2.0 + law.pq(lane)) * (1.0 / 1620.0);
        shape * A::multiply_add(w2[lane], A::multiply_add(3.0, w2[lane], 7.0), -16.0)
    });
    let first = each(|lane| {
        let z = law.pq(lane);
        w[lane] * A::multiply_add((1.0 + 2.0 * z) * (-1.0 / 72.0), w2[lane], (1.0 + 14.0 * z) * (1.0 / 72.0))
    });
    let small = each(|lane| A::multiply_add(r[lane], third[lane], second[lane]));
    let small = each(|lane| r[lane] * A::multiply_add(r[lane], small[lane], first[lane]));
    let sixth = each(|lane| law.skew(lane) * (1.0 / 6.0));
    let lean = each(|lane| A::multiply_add(sixth[lane], w2[lane] - 1.0, small[lane]));
    let middle = each(|lane| A::multiply_add(s[lane], w[lane], law.mean(lane)));
    let y = each(|lane| middle[lane] + (0.5 + lean[lane]));
    let w6 = each(|lane| w2[lane] * w2[lane] * w2[lane]);
    let cube = each(|lane| r[lane] * r[lane] * r[lane]);
    let rounding = each(|lane| A::multiply_add(deviate::ERROR, s[lane], 8.0 * f64::EPSILON * law.mean(lane)));
    let error = each(|lane| {
        A::multiply_add(A::multiply_add(ERROR[1], w6[lane], ERROR[0]), cube[lane], rounding[lane])
    });
    let nearest = each(|lane| round(y[lane]));
    let by = each(|lane| (y[lane] - nearest[lane]).abs() - error[lane]);
    let counts = each(|lane| nearest[lane] - if nearest[lane] > y[lane] { 1.0 } else { 0.0 });
    // A product that is too small ends the polynomial of the deviate; one of both being negative is enough.
    let decided = each(|lane| {
        let within = product[lane] - deviate::LEAST;
        if within < by[lane] { within } else { by[lane] }
    });
    (counts, decided)
}
