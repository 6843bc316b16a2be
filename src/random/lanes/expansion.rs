//! Large counts: one formula for all of them, see [`cornish_fisher`](super::super::cornish_fisher).

use super::super::cornish_fisher;
use super::deviate::{Centred, LEAST, deviate};
use super::law::Law;
use super::vector::Vector;

/// By how much the arithmetic of 32 bits is wrong, in standard deviations of the count: the deviate by 1e-6, the standard
/// deviation by 4e-7 of itself at deviates up to 3.1, the sum by half its last bit.
pub const ROUNDING: f32 = 2.5e-6;

/// The same, of terms that do not grow with the standard deviation: those that lean, at most 3.
const LEANING: f32 = 2e-6;

/// The counts of lanes whose variance is at least [`LARGEST_VARIANCE`](super::super::walk::LARGEST_VARIANCE), and where they are
/// decided. The others come out as any number.
#[inline(always)]
pub fn counts<V: Vector>(law: &impl Law<V>, centred: Centred<V>) -> (V::Wide, V::Mask) {
    let product = centred.product();
    let w = deviate(centred, product);
    // The whole part of the mean is kept aside, so that what is left has its digits in 32 bits.
    let mean = law.mean();
    let base = V::wide_nearest(mean);
    let part = V::narrow(V::wide_minus(mean, base));
    let variance = law.variance().minus(V::all(1.0 / 12.0));
    let r = variance.inverse_root();
    let s = variance.times(r);
    let w2 = w.times(w);
    let shape = law.shape();
    let third = w2.times_plus(shape.third[1], shape.third[0]);
    let second = w2.times_plus(w2.times_plus(V::all(3.0), V::all(7.0)), V::all(-16.0)).times(shape.second);
    let first = w2.times_plus(shape.first[1], shape.first[0]);
    // r (w first + r (second + r w third))
    let rw = r.times(w);
    let small = r.times(rw.times_plus(third, second)).times_plus(r, rw.times(first));
    let lean = shape.sixth.times_plus(w2.minus(V::all(1.0)), small.plus(V::all(0.5)));
    let y = s.times_plus(w, part.plus(lean));
    let w6 = w2.times(w2).times(w2);
    let left_out = w6.times_plus(V::all(ERROR[1]), V::all(ERROR[0])).times(r.times(r).times(r));
    let error = s.times_plus(V::all(ROUNDING), left_out.plus(V::all(LEANING)));
    let nearest = y.nearest();
    let by = y.minus(nearest);
    let zero = V::all(0.0);
    let count = nearest.one_more(zero.below(by)).minus(V::all(1.0));
    let decided = V::both(error.below(by.size()), V::all(LEAST).below(product));
    (V::wide_plus(base, count.widen()), decided)
}

/// As for single draws.
const ERROR: [f32; 2] = [cornish_fisher::ERROR[0] as f32, cornish_fisher::ERROR[1] as f32];
