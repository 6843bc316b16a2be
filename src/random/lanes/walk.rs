//! Small counts: probabilities added up from 0 until every lane's uniform is passed.

use super::arithmetic::Arithmetic;
use super::functions::exp;
use super::law::{Law, any, each};
use super::{Lanes, WIDTH};

/// A lane is decided where no sum of probabilities comes nearer to its uniform than this. The sums are wrong by less than
/// 1e-10: the exponential by 6e-11 of itself, each of up to 96 terms by some roundings, the uniform by 2^-52.
pub const MARGIN: f64 = 1e-8;

/// `1 / k`, which spares a division a step. A lane that has not arrived after 96 steps is not decided here: with a variance
/// below 12 hardly any, see the walk for single draws.
const RECIPROCALS: [f64; 96] = {
    let mut table = [0.0; 96];
    let mut k = 0;
    while k < 96 {
        table[k] = 1.0 / (k + 1) as f64;
        k += 1;
    }
    table
};

/// Steps between two looks at whether all lanes have arrived.
const STRIDE: usize = 2;

/// The counts of lanes whose `open` is true, at the uniforms `u`, and by how much each was decided: not above 0 where it
/// was not. The others come out as 0, decided.
#[inline(always)]
pub fn counts<A: Arithmetic>(law: &impl Law, open: impl Fn(usize) -> bool, u: &Lanes) -> (Lanes, Lanes) {
    let first = each(|lane| law.first(lane));
    let decline = each(|lane| law.decline(lane));
    // Lanes that do not walk have no probabilities to add up, and have arrived.
    let none = exp::<A>(&law.ln_none::<A>());
    let mut probability = each(|lane| if open(lane) { none[lane] } else { 0.0 });
    let mut left = each(|lane| if open(lane) { u[lane] - probability[lane] } else { -1.0 });
    let mut nearest = each(|lane| left[lane].abs());
    let mut count = [0.0; WIDTH];
    let mut k = 0.0;
    for reciprocals in RECIPROCALS.as_chunks::<STRIDE>().0 {
        if !any(|lane| left[lane] > 0.0) {
            break;
        }
        for reciprocal in reciprocals {
            for lane in 0..WIDTH {
                count[lane] += if left[lane] > 0.0 { 1.0 } else { 0.0 };
                probability[lane] *= A::multiply_add(-k, decline[lane], first[lane]) * *reciprocal;
                left[lane] -= probability[lane];
                let distance = left[lane].abs();
                nearest[lane] = if distance < nearest[lane] { distance } else { nearest[lane] };
            }
            k += 1.0;
        }
    }
    let decided = each(|lane| if left[lane] <= 0.0 { nearest[lane] - MARGIN } else { -1.0 });
    (count, decided)
}
