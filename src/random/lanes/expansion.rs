//! Large counts: one formula for all of them, see [`cornish_fisher`](super::super::cornish_fisher).

use super::super::cornish_fisher;
use super::deviate::{self, Centred, LEAST};
use super::law::LaneLaw;
use super::vector::Vector;

/// By how much the arithmetic of 32 bits is wrong, in standard deviations of the count: the deviate by its error, the standard
/// deviation by 4e-7 of itself at deviates up to 3.1, the sum by half its last bit. The rounding of a mean of 64 bits is less.
const ROUNDING: f32 = deviate::ERROR + 1.6e-6;

/// The same, of terms that do not grow with the standard deviation: those that lean, at most 3, may add up to 2.2e-6. The test finds less
/// than half of both.
const LEANING: f32 = 3e-6;

/// The counts of lanes whose variance is at least [`LARGEST_VARIANCE`](super::super::walk::LARGEST_VARIANCE), and where they are
/// decided. The others come out as any number.
#[inline(always)]
pub fn counts<V: Vector>(law: &impl LaneLaw<V>, centred: Centred<V>) -> (V::Wide, V::Mask) {
    let product = centred.product();
    let Solution { base, y, error } = solution(law, deviate::deviate(centred, product));
    let nearest = y.nearest();
    let by = y.minus(nearest);
    let zero = V::all(0.0);
    let count = nearest.one_more(zero.below(by)).minus(V::all(1.0));
    let decided = V::both(error.below(by.size()), V::all(LEAST).below(product));
    (V::wide_plus(base, count.widen()), decided)
}

/// What the count is the whole part of.
struct Solution<V: Vector> {
    /// A whole number near the mean.
    base: V::Wide,
    /// What is to be added to it.
    y: V,
    /// By how much that may be wrong.
    error: V,
}

/// The formula at the deviates `w`.
#[inline(always)]
fn solution<V: Vector>(law: &impl LaneLaw<V>, w: V) -> Solution<V> {
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
    Solution { base, y, error }
}

/// As for single draws.
const ERROR: [f32; 2] = [cornish_fisher::ERROR[0] as f32, cornish_fisher::ERROR[1] as f32];

#[cfg(test)]
mod tests {
    use super::super::law::{BinomialLaw, PoissonLaw};
    use super::super::vector::{Plain, Portable};
    use super::*;
    use crate::random::cornish_fisher::Expansion;
    use crate::random::{Uniform, normal};

    fn first<V: Vector>(wide: V::Wide) -> f64 {
        let mut row = [0.0; 32];
        V::store(wide, &mut row);
        row[0]
    }

    /// The largest difference from the same formula in 64 bits over the bound on it, at `uniforms` uniforms.
    fn worst<V: Vector>(law: &impl LaneLaw<V>, exact: &Expansion, uniforms: u64) -> f64 {
        let (s, mut worst) = (exact.variance.sqrt(), 0.0f64);
        for i in 1..uniforms {
            let word = i * (u64::MAX / uniforms);
            let centred = Centred::<V>::new(V::whole((word >> 32) as u32));
            let product = centred.product();
            if first::<V>(product.widen()) > f64::from(LEAST) {
                let Solution { base, y, .. } = solution(law, deviate::deviate(centred, product));
                let found = first::<V>(base) + first::<V>(y.widen());
                let (right, _) = exact.solution(normal::quantile(Uniform(word)));
                worst = worst.max((found - right).abs() / (f64::from(ROUNDING) * s + f64::from(LEANING)));
            }
        }
        worst
    }

    fn check<V: Vector>() {
        for step in 0..60 {
            let variance = 6.0 * libm::pow(1.4, f64::from(step));
            let exact = Expansion { mean: variance, variance, skew: 1.0, pq: 0.0 };
            let error = worst::<V>(&PoissonLaw::new(V::wide(variance)), &exact, 997);
            assert!(error < 0.5, "Poisson of {variance}: {error} of the bound");
            for p in [1e-6, 1e-3, 0.04, 0.21, 0.5] {
                let n = (variance / (p * (1.0 - p))).ceil();
                let (mean, q) = (n * p, 1.0 - p);
                let exact = Expansion { mean, variance: mean * q, skew: q - p, pq: p * q };
                let error = worst::<V>(&BinomialLaw::each(V::wide(n), V::wide(p)), &exact, 997);
                assert!(error < 0.5, "n = {n}, p = {p}: {error} of the bound");
            }
        }
    }

    #[test]
    fn numbers_of_32_bits_are_as_good_as_they_say() {
        check::<Plain>();
        check::<Portable>();
    }
}
