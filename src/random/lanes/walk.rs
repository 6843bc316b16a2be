//! Small counts: probabilities added up from 0 until every lane's uniform is passed.

use super::functions::exp2;
use super::law::LaneLaw;
use super::vector::Vector;

/// A lane is decided where no sum of probabilities comes nearer to its uniform than this.
///
/// What a sum is wrong by is checked to be a third of it: rounding of the probability of 0 (whose logarithm is at most 24) and
/// of each ratio, which grow with the count, and 1.2e-7 of the uniform.
pub const MARGIN: f32 = 1.5e-5;

/// No walk is longer. A lane that has not arrived by then is not decided here: with a variance below 6 hardly any, see the walk
/// for single draws.
const LONGEST: usize = 96;

/// `1 / k`, which spares a division a step.
const RECIPROCALS: [f32; LONGEST] = {
    let mut table = [0.0; LONGEST];
    let mut k = 0;
    while k < LONGEST {
        table[k] = 1.0 / (k + 1) as f32;
        k += 1;
    }
    table
};

/// Steps between two later looks at whether all lanes have arrived.
const STRIDE: usize = 2;

/// How far to walk before the first look, for counts of this mean: a look that goes now one way and now the other costs more
/// than several steps, so as far as nine in ten vectors of lanes need.
#[inline]
pub fn first_steps(mean: f64) -> usize {
    let mean = mean.clamp(0.0, 24.0);
    (mean + 2.3 * mean.sqrt() + 1.3) as usize
}

/// The counts of lanes whose `open` is true (all of them where there is none), and where they are decided. The others come out
/// as 0. `steps` says how far to walk before the first look.
#[inline(always)]
pub fn counts<V: Vector>(law: &impl LaneLaw<V>, open: Option<V::Mask>, u: V, steps: usize) -> (V, V::Mask) {
    let (zero, first, decline) = (V::all(0.0), law.first(), law.decline());
    let mut probability = exp2(law.log2_none());
    let mut left = u.minus(probability);
    if let Some(open) = open {
        // Lanes that do not walk have no probabilities to add up, and have arrived.
        probability = probability.where_or(open, zero);
        left = left.where_or(open, V::all(-1.0));
    }
    let mut nearest = left.size();
    let mut count = zero;
    let (mut k, mut until) = (0, steps.min(LONGEST));
    loop {
        for reciprocal in &RECIPROCALS[k..until] {
            let ratio = decline.times_from(V::all(k as f32), first).times(V::all(*reciprocal));
            count = count.one_more(zero.below(left));
            probability = probability.times(ratio);
            left = left.minus(probability);
            nearest = left.size_or_less(nearest);
            k += 1;
        }
        if until == LONGEST || V::bits(zero.below(left)) == 0 {
            break;
        }
        until = (until + STRIDE).min(LONGEST);
    }
    let decided = V::both(V::all(MARGIN).below(nearest), left.below(V::all(f32::MIN_POSITIVE)));
    (count, decided)
}

#[cfg(test)]
mod tests {
    use super::super::law::{BinomialLaw, PoissonLaw};
    use super::super::vector::{Plain, Portable};
    use super::*;

    /// Checks that the count changes within a third of the margin of where the exact sums pass the uniform. `ratio(k)` is the
    /// probability of `k` over that of `k - 1`.
    fn check<V: Vector>(law: &impl LaneLaw<V>, none: f64, ratio: impl Fn(f64) -> f64) {
        let (mut k, mut probability, mut sums) = (0.0, none, vec![none]);
        while sums[sums.len() - 1] < 1.0 - 1e-5 {
            k += 1.0;
            probability *= ratio(k);
            sums.push(sums[sums.len() - 1] + probability);
        }
        let third = f64::from(MARGIN) / 3.0;
        let below = |u: f64| sums.iter().filter(|sum| **sum < u).count() as f64;
        for sum in &sums[..sums.len() - 1] {
            for u in [sum - 1.01 * third, sum + 1.01 * third] {
                let (count, _) = counts(law, None, V::all(u as f32), 1);
                let mut row = [0.0; 32];
                V::store(count.widen(), &mut row);
                let right = below(u - third)..=below(u + third);
                assert!(right.contains(&row[0]), "{} at {u}, not one of {right:?}", row[0]);
            }
        }
    }

    fn check_all<V: Vector>() {
        for step in 1..=120 {
            let mean = 6.0 * f64::from(step) / 120.0;
            check(&PoissonLaw::<V>::new(V::wide(mean)), libm::exp(-mean), |k| mean / k);
            for p in [1e-9, 1e-5, 0.001, 0.02, 0.1, 0.2, 0.3, 0.4, 0.45, 0.5] {
                let (n, q) = ((mean / (p * (1.0 - p))).floor(), 1.0 - p);
                let law = BinomialLaw::<V>::each(V::wide(n), V::wide(p));
                check(&law, libm::exp(n * libm::log1p(-p)), |k| (n - k + 1.0) * p / (k * q));
            }
        }
    }

    #[test]
    fn sums_are_within_a_third_of_the_margin() {
        check_all::<Plain>();
        check_all::<Portable>();
    }
}
